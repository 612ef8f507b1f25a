//! Links that let one person make an account, and a group admin's proposal of who is to take over.
//!
//! To whom and as what is sealed and bound to row and token: someone who writes the database but lacks the keys invites
//! nobody, and makes no invitation of a proposal.

use access::Role;
use crypto::keys::Purpose;
use crypto::token::{Token, TokenHash};
use domain::{EmailAddress, GroupId, InvitationId, UserId};
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{TenantTx, moment};
use crate::rows::invitations;
use crate::sealing::{Column, Sealer, bound};
use crate::{Result, StorageError};

const INVITED: Column = Column::new("invitations", "sealed", Purpose::Users);

/// How long the link to the first account works.
pub const INVITATION_LIFETIME: SignedDuration = SignedDuration::from_hours(72);

/// How long a proposal waits for the office.
pub const PROPOSAL_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 30);

/// That someone takes a group over from its admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// Who has it now.
    pub from: UserId,
    /// Whether they give it up then.
    pub leaves: Leaves,
}

/// Whether a group admin gives the group up to the successor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaves {
    /// Both have it from then on.
    No,
    /// As soon as the successor has it.
    Then,
}

/// An invitation, or the proposal of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// To whom.
    pub email: EmailAddress,
    /// As what.
    pub role: Role,
    /// A group admin's groups.
    pub groups: Vec<GroupId>,
    /// From whom they are taken over.
    pub succession: Option<Succession>,
    /// Who of the office sent it, if that is known.
    pub by: Option<UserId>,
    /// Until when the link works, or the proposal waits.
    pub expires_at: Timestamp,
}

/// How far an invitation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// The office has not agreed to it: nobody has a link.
    Proposed,
    /// A mail with a link is out.
    #[default]
    Sent,
}

#[derive(Serialize, Deserialize)]
struct Invited {
    email: EmailAddress,
    role: String,
    groups: Vec<GroupId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    succession: Option<Succession>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<UserId>,
    #[serde(default)]
    step: Step,
}

/// To whom, as what, with which groups.
pub type To<'a> = (&'a EmailAddress, Role, &'a [GroupId]);

pub(crate) async fn invite_in(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    (email, role, groups): To<'_>,
    token_hash: &[u8; 32],
    now: i64,
) -> Result<()> {
    let invited = Invited {
        email: email.clone(),
        role: role.code(),
        groups: groups.to_vec(),
        succession: None,
        by: None,
        step: Step::Sent,
    };
    insert(tx, sealer, &invited, token_hash, now).await
}

async fn insert(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    invited: &Invited,
    token_hash: &[u8; 32],
    now: i64,
) -> Result<()> {
    let id: Uuid = sealer.ids.next();
    let lifetime = match invited.step {
        Step::Proposed => PROPOSAL_LIFETIME,
        Step::Sent => INVITATION_LIFETIME,
    };
    let row = invitations::ActiveModel {
        id: Set(id),
        token_hash: Set(token_hash.to_vec()),
        sealed: Set(sealer.seal(INVITED, &bound(&[id.as_bytes(), token_hash]), invited)?),
        created_at: Set(now),
        expires_at: Set(now + i64::try_from(lifetime.as_millis()).unwrap_or_default()),
        used_at: Set(None),
    };
    invitations::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

impl TenantTx {
    /// Invites someone: whoever brings the token within [`INVITATION_LIFETIME`] may make an account in this role.
    pub async fn invite(
        &self,
        (email, role, groups): To<'_>,
        succession: Option<Succession>,
        token: &TokenHash,
    ) -> Result<()> {
        let invited = Invited {
            email: email.clone(),
            role: role.code(),
            groups: groups.to_vec(),
            succession,
            by: self.actor().user(),
            step: Step::Sent,
        };
        insert(&self.tx, self.sealer(), &invited, token.as_bytes(), self.now().as_millisecond()).await
    }

    /// Keeps a group admin's proposal of who is to take a group over. Nobody gets a link before the office agrees.
    pub async fn propose_successor(&self, email: &EmailAddress, group: GroupId, succession: Succession) -> Result<()> {
        let invited = Invited {
            email: email.clone(),
            role: Role::GroupAdmin.code(),
            groups: vec![group],
            succession: Some(succession),
            by: None,
            step: Step::Proposed,
        };
        // Of a token that is forgotten at once.
        let nobody = Token::generate(self.ids()).hash();
        insert(&self.tx, self.sealer(), &invited, nobody.as_bytes(), self.now().as_millisecond()).await
    }

    async fn open_invitations(&self, step: Step) -> Result<Vec<Invitation>> {
        let rows = invitations::Entity::find()
            .filter(invitations::Column::UsedAt.is_null())
            .filter(invitations::Column::ExpiresAt.gt(self.now().as_millisecond()))
            .order_by_desc(invitations::Column::CreatedAt)
            .all(&self.tx)
            .await?;
        let all = rows.iter().map(|row| self.read_invitation(row)).collect::<Result<Vec<_>>>()?;
        Ok(all.into_iter().filter(|(_, known)| *known == step).map(|(invitation, _)| invitation).collect())
    }

    /// Invitations still in force, newest first.
    pub async fn invitations(&self) -> Result<Vec<Invitation>> {
        self.open_invitations(Step::Sent).await
    }

    /// Proposals about groups in reach that wait for the office, newest first.
    pub async fn proposals(&self) -> Result<Vec<Invitation>> {
        let mut within = Vec::new();
        for proposal in self.open_invitations(Step::Proposed).await? {
            let [group] = proposal.groups.as_slice() else { continue };
            if self.within(*group).await? {
                within.push(proposal);
            }
        }
        Ok(within)
    }

    /// Takes an invitation or a proposal back; whether it was there and unused.
    pub async fn revoke_invitation(&self, id: InvitationId) -> Result<bool> {
        let removed = invitations::Entity::delete_many()
            .filter(invitations::Column::Id.eq(id.0))
            .filter(invitations::Column::UsedAt.is_null())
            .exec(&self.tx)
            .await?;
        Ok(removed.rows_affected == 1)
    }

    /// Removes invitations and proposals whose time is over, used ones included; how many.
    pub async fn remove_expired_invitations(&self) -> Result<u64> {
        let removed = invitations::Entity::delete_many()
            .filter(invitations::Column::ExpiresAt.lte(self.now().as_millisecond()))
            .exec(&self.tx)
            .await?;
        Ok(removed.rows_affected)
    }

    fn read_invitation(&self, row: &invitations::Model) -> Result<(Invitation, Step)> {
        let place = bound(&[row.id.as_bytes(), &row.token_hash]);
        let Invited { email, role, groups, succession, by, step } = self.sealer().open(INVITED, &place, &row.sealed)?;
        let role = Role::from_code(&role).ok_or(StorageError::Unreadable { what: "a role" })?;
        let (id, expires_at) = (InvitationId(row.id), moment(row.expires_at)?);
        Ok((Invitation { id, email, role, groups, succession, by, expires_at }, step))
    }

    /// An invitation still in force.
    pub async fn invitation(&self, token: &TokenHash) -> Result<Option<Invitation>> {
        let row = invitations::Entity::find()
            .filter(invitations::Column::TokenHash.eq(token.as_bytes().to_vec()))
            .filter(invitations::Column::UsedAt.is_null())
            .filter(invitations::Column::ExpiresAt.gt(self.now().as_millisecond()))
            .one(&self.tx)
            .await?;
        let found = row.map(|row| self.read_invitation(&row)).transpose()?;
        Ok(found.filter(|(_, step)| *step == Step::Sent).map(|(invitation, _)| invitation))
    }

    /// Uses an invitation: whether it was unused. Of parallel uses exactly one succeeds.
    pub async fn use_invitation(&self, id: InvitationId) -> Result<bool> {
        let used = invitations::Entity::update_many()
            .col_expr(invitations::Column::UsedAt, Expr::value(Some(self.now().as_millisecond())))
            .filter(invitations::Column::Id.eq(id.0))
            .filter(invitations::Column::UsedAt.is_null())
            .exec(&self.tx)
            .await?;
        Ok(used.rows_affected == 1)
    }
}
