//! Personal links of groups: what the link or the code of a mail or letter stands for.
//!
//! Only hashes of both are kept. For which group, for what and until when is bound to what is sealed: someone who writes
//! the database but lacks the keys can make no link, and make none lead to another group, serve another purpose or work
//! longer; nor make one work again that was taken back, but by putting back the whole older row (decision 0009). Several are
//! valid beside each other.

use crypto::keys::Purpose as Key;
use crypto::token::{RecoveryCode, Token};
use domain::audit::Actor;
use domain::reconciliation::{LINK_LIFETIME, Occasion, Purpose};
use domain::{GroupId, LinkId, UserId};
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::bulk::ROWS;
use super::{TenantTx, moment};
use crate::rows::group_links;
use crate::sealing::{Column, bound};
use crate::{Result, StorageError};

const SEALED: Column = Column::new("group_links", "sealed", Key::Users);

/// So long after its end a link is still known, so that it can ask for a new one.
const KNOWN: SignedDuration = SignedDuration::from_hours(24 * 365);

/// A new link: shown or sent once, kept nowhere.
pub struct FreshLink {
    /// Its id.
    pub id: LinkId,
    /// Of which group.
    pub group: GroupId,
    /// What stands behind the `#`: 256 random bits.
    pub token: Zeroizing<String>,
    /// What can be typed instead: 120 random bits.
    pub code: Zeroizing<String>,
    /// Until when both work.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for FreshLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FreshLink({:?}, {:?})", self.id, self.group)
    }
}

/// A link as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupLink {
    /// Its id.
    pub id: LinkId,
    /// Of which group.
    pub group: GroupId,
    /// Who had it made.
    pub by: Actor,
    /// Why.
    pub occasion: Occasion,
    /// When.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

impl GroupLink {
    /// Whether it opens anything.
    pub fn in_force(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at > now
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    by: Actor,
    occasion: Occasion,
}

/// A link opens only as what it was made as, and one that was taken back only as that.
fn place(row: &group_links::Model) -> Vec<u8> {
    let group_links::Model {
        id,
        token_hash,
        code_hash,
        group_id,
        purpose,
        created_at,
        expires_at,
        revoked_at,
        sealed: _,
    } = row;
    let (created_at, expires_at) = (created_at.to_be_bytes(), expires_at.to_be_bytes());
    let revoked_at = revoked_at.map(i64::to_be_bytes);
    let made: [&[u8]; 7] =
        [id.as_bytes(), token_hash, code_hash, group_id.as_bytes(), purpose.as_bytes(), &created_at, &expires_at];
    let taken_back = revoked_at.as_ref().map(<[u8; 8]>::as_slice);
    bound(&made.into_iter().chain(taken_back).collect::<Vec<_>>())
}

impl TenantTx {
    /// Makes a link for each of these groups.
    pub async fn issue_group_links(&self, groups: &[GroupId], occasion: Occasion) -> Result<Vec<FreshLink>> {
        let now = self.now();
        let expires_at = now.checked_add(LINK_LIFETIME).map_err(|_| StorageError::Unreadable { what: "a lifetime" })?;
        let mut fresh = Vec::with_capacity(groups.len());
        let mut rows = Vec::with_capacity(groups.len());
        for group in groups {
            let id: LinkId = self.ids().next();
            let (token, code) = (Token::generate(self.ids()), RecoveryCode::generate(self.ids()));
            let mut row = group_links::Model {
                id: id.0,
                token_hash: token.hash().as_bytes().to_vec(),
                code_hash: code.hash(self.id()).as_bytes().to_vec(),
                group_id: group.0,
                purpose: Purpose::Reconcile.code().to_owned(),
                created_at: now.as_millisecond(),
                expires_at: expires_at.as_millisecond(),
                revoked_at: None,
                sealed: Vec::new(),
            };
            row.sealed = self.sealer().seal(SEALED, &place(&row), &Kept { by: self.actor(), occasion })?;
            rows.push(group_links::ActiveModel {
                id: Set(row.id),
                token_hash: Set(row.token_hash),
                code_hash: Set(row.code_hash),
                group_id: Set(row.group_id),
                purpose: Set(row.purpose),
                created_at: Set(row.created_at),
                expires_at: Set(row.expires_at),
                revoked_at: Set(row.revoked_at),
                sealed: Set(row.sealed),
            });
            fresh.push(FreshLink { id, group: *group, token: token.to_text(), code: code.to_text(), expires_at });
        }
        for chunk in rows.chunks(ROWS) {
            group_links::Entity::insert_many(chunk.to_vec()).exec_without_returning(&self.tx).await?;
        }
        Ok(fresh)
    }

    fn read_group_link(&self, row: &group_links::Model) -> Result<GroupLink> {
        let Kept { by, occasion } = self.sealer().open(SEALED, &place(row), &row.sealed)?;
        Ok(GroupLink {
            id: LinkId(row.id),
            group: GroupId(row.group_id),
            by,
            occasion,
            created_at: moment(row.created_at)?,
            expires_at: moment(row.expires_at)?,
            revoked_at: row.revoked_at.map(moment).transpose()?,
        })
    }

    /// The link that this token, or this typed code, stands for, in force or not; none for anything else, and none for a
    /// link of another purpose.
    pub async fn group_link_by_secret(&self, typed: &str, purpose: Purpose) -> Result<Option<GroupLink>> {
        let typed = typed.trim();
        let found = match (Token::parse(typed), RecoveryCode::parse(typed)) {
            (Ok(token), _) => group_links::Column::TokenHash.eq(token.hash().as_bytes().to_vec()),
            (Err(_), Ok(code)) => group_links::Column::CodeHash.eq(code.hash(self.id()).as_bytes().to_vec()),
            (Err(_), Err(_)) => return Ok(None),
        };
        let row = group_links::Entity::find()
            .filter(found)
            .filter(group_links::Column::Purpose.eq(purpose.code()))
            .one(&self.tx)
            .await?;
        row.map(|row| self.read_group_link(&row)).transpose()
    }

    /// A link by its id.
    pub async fn group_link(&self, id: LinkId, purpose: Purpose) -> Result<Option<GroupLink>> {
        let row = group_links::Entity::find_by_id(id.0)
            .filter(group_links::Column::Purpose.eq(purpose.code()))
            .one(&self.tx)
            .await?;
        row.map(|row| self.read_group_link(&row)).transpose()
    }

    /// The links of a group in reach that work now, newest first.
    pub async fn group_links_of(&self, group: GroupId) -> Result<Vec<GroupLink>> {
        if !self.within(group).await? {
            return Ok(Vec::new());
        }
        let rows = group_links::Entity::find()
            .filter(group_links::Column::GroupId.eq(group.0))
            .filter(group_links::Column::RevokedAt.is_null())
            .filter(group_links::Column::ExpiresAt.gt(self.now().as_millisecond()))
            .order_by_desc(group_links::Column::CreatedAt)
            .order_by_desc(group_links::Column::Id)
            .all(&self.tx)
            .await?;
        rows.iter().map(|row| self.read_group_link(row)).collect()
    }

    /// Takes back the links of a group that work now; how many there were.
    pub async fn revoke_group_links(&self, group: GroupId) -> Result<u64> {
        let now = self.now().as_millisecond();
        let of_group = group_links::Column::GroupId.eq(group.0);
        self.revoke_links(now, of_group, |_| true).await
    }

    /// Takes back the links that somebody had shown to them, and that work now; how many. They are in their hands, not in the
    /// group's.
    pub async fn revoke_links_shown_to(&self, user: UserId) -> Result<u64> {
        let all = group_links::Column::Purpose.eq(Purpose::Reconcile.code());
        let theirs = |kept: &Kept| kept.by == Actor::User(user) && kept.occasion == Occasion::Shown;
        self.revoke_links(self.now().as_millisecond(), all, theirs).await
    }

    async fn revoke_links(&self, now: i64, which: SimpleExpr, wanted: impl Fn(&Kept) -> bool) -> Result<u64> {
        let rows = group_links::Entity::find()
            .filter(which)
            .filter(group_links::Column::RevokedAt.is_null())
            .filter(group_links::Column::ExpiresAt.gt(now))
            .all(&self.tx)
            .await?;
        let mut revoked = 0;
        for mut row in rows {
            let kept: Kept = self.sealer().open(SEALED, &place(&row), &row.sealed)?;
            if !wanted(&kept) {
                continue;
            }
            row.revoked_at = Some(now);
            let done = group_links::Entity::update_many()
                .col_expr(group_links::Column::RevokedAt, Expr::value(row.revoked_at))
                .col_expr(group_links::Column::Sealed, Expr::value(self.sealer().seal(SEALED, &place(&row), &kept)?))
                .filter(group_links::Column::Id.eq(row.id))
                .exec(&self.tx)
                .await?;
            revoked += done.rows_affected;
        }
        Ok(revoked)
    }

    /// Removes links that ended long ago; how many.
    pub async fn remove_old_group_links(&self) -> Result<u64> {
        let before = self.now().saturating_sub(KNOWN).unwrap_or(Timestamp::MIN).as_millisecond();
        let old =
            group_links::Entity::delete_many().filter(group_links::Column::ExpiresAt.lt(before)).exec(&self.tx).await?;
        Ok(old.rows_affected)
    }
}
