//! Groups that somebody outside suggested: sealed whole, and bound to what stands beside it in the clear.

use crypto::keys::Purpose;
use crypto::token::TokenHash;
use domain::{EmailAddress, GroupId, SuggestionId};
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use super::{TenantTx, moment};
use crate::rows::{groups, suggestions};
use crate::sealing::{Column, bound};
use crate::{Result, StorageError};

const SEALED: Column = Column::new("suggestions", "sealed", Purpose::Enquiries);

/// How far a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestionState {
    /// A mail is out; nobody of the office sees it.
    Unconfirmed,
    /// It waits for the office, with a draft.
    Waiting,
    /// The office took the draft over; whoever suggested it can still be invited.
    Accepted,
}

impl SuggestionState {
    const fn code(self) -> &'static str {
        match self {
            Self::Unconfirmed => "unconfirmed",
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
        }
    }

    fn from_code(code: &str) -> Result<Self> {
        [Self::Unconfirmed, Self::Waiting, Self::Accepted]
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or(StorageError::Unreadable { what: "a suggestion" })
    }
}

/// What was typed; empty once it stands in a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// The group's name.
    pub name: String,
    /// What it is about.
    pub about: String,
    /// For whom it is.
    pub audience: String,
    /// When it meets, in words.
    pub meetings: String,
    /// Where.
    pub place: String,
    /// How it can be written to.
    pub email: Option<EmailAddress>,
    /// How it can be called.
    pub phone: String,
}

/// A suggested group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its id.
    pub id: SuggestionId,
    /// How far it is.
    pub state: SuggestionState,
    /// The draft it became, once it is confirmed.
    pub group: Option<GroupId>,
    /// When it was sent.
    pub made_at: Timestamp,
    /// When it is removed by itself.
    pub expires_at: Option<Timestamp>,
    /// By which link it is confirmed.
    pub token: TokenHash,
    /// Who suggested it.
    pub by: EmailAddress,
    /// What was typed.
    pub suggested: Suggested,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    by: EmailAddress,
    suggested: Suggested,
}

fn place(row: &suggestions::Model) -> Vec<u8> {
    let suggestions::Model { id, state, group_id, made_at, expires_at, token_hash, sealed: _ } = row;
    let expires_at = expires_at.map(i64::to_be_bytes);
    bound(&[
        id.as_bytes(),
        state.as_bytes(),
        group_id.as_ref().map_or(&[][..], |group| group.as_bytes()),
        &made_at.to_be_bytes(),
        expires_at.as_ref().map_or(&[][..], |at| at),
        token_hash,
    ])
}

fn row(tx: &TenantTx, suggestion: &Suggestion) -> Result<suggestions::Model> {
    let Suggestion { id, state, group, made_at, expires_at, token, by, suggested } = suggestion;
    let mut row = suggestions::Model {
        id: id.0,
        state: state.code().to_owned(),
        group_id: group.map(|group| group.0),
        made_at: made_at.as_millisecond(),
        expires_at: expires_at.map(Timestamp::as_millisecond),
        token_hash: token.as_bytes().to_vec(),
        sealed: Vec::new(),
    };
    let kept = Kept { by: by.clone(), suggested: suggested.clone() };
    row.sealed = tx.sealer().seal(SEALED, &place(&row), &kept)?;
    Ok(row)
}

fn read(tx: &TenantTx, row: suggestions::Model) -> Result<Suggestion> {
    let Kept { by, suggested } = tx.sealer().open(SEALED, &place(&row), &row.sealed)?;
    let suggestions::Model { id, state, group_id, made_at, expires_at, token_hash, sealed: _ } = row;
    let token: [u8; 32] = token_hash.try_into().map_err(|_| StorageError::Unreadable { what: "a suggestion" })?;
    Ok(Suggestion {
        id: SuggestionId(id),
        state: SuggestionState::from_code(&state)?,
        group: group_id.map(GroupId),
        made_at: moment(made_at)?,
        expires_at: expires_at.map(moment).transpose()?,
        token: TokenHash(token),
        by,
        suggested,
    })
}

impl TenantTx {
    /// Keeps a new suggestion.
    pub async fn insert_suggestion(&self, suggestion: &Suggestion) -> Result<()> {
        let row: suggestions::ActiveModel = row(self, suggestion)?.into();
        suggestions::Entity::insert(row.reset_all()).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Keeps what became of one that was in this state: [`StorageError::Conflict`] if somebody else moved it on.
    pub async fn save_suggestion(&self, suggestion: &Suggestion, from: SuggestionState) -> Result<()> {
        let row = row(self, suggestion)?;
        let saved = suggestions::Entity::update_many()
            .col_expr(suggestions::Column::State, row.state.into())
            .col_expr(suggestions::Column::GroupId, row.group_id.into())
            .col_expr(suggestions::Column::ExpiresAt, row.expires_at.into())
            .col_expr(suggestions::Column::Sealed, row.sealed.into())
            .filter(suggestions::Column::Id.eq(row.id))
            .filter(suggestions::Column::State.eq(from.code()))
            .exec(&self.tx)
            .await?;
        if saved.rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// The one a link is for, if its time is not over.
    pub async fn suggestion_by_link(&self, token: &TokenHash) -> Result<Option<Suggestion>> {
        let row = suggestions::Entity::find()
            .filter(suggestions::Column::TokenHash.eq(token.as_bytes().to_vec()))
            .one(&self.tx)
            .await?;
        let found = row.map(|row| read(self, row)).transpose()?;
        Ok(found.filter(|found| found.expires_at.is_none_or(|at| at > self.now())))
    }

    /// One about whose draft is in reach; an unconfirmed one is there for nobody.
    pub async fn suggestion(&self, id: SuggestionId) -> Result<Option<Suggestion>> {
        let Some(row) = suggestions::Entity::find_by_id(id.0).one(&self.tx).await? else { return Ok(None) };
        let Some(group) = row.group_id.map(GroupId) else { return Ok(None) };
        if self.within(group).await? { read(self, row).map(Some) } else { Ok(None) }
    }

    /// What waits for the office, or whose sender can still be invited, oldest first.
    pub async fn suggestions(&self) -> Result<Vec<Suggestion>> {
        let rows = suggestions::Entity::find()
            .filter(suggestions::Column::State.ne(SuggestionState::Unconfirmed.code()))
            .order_by_asc(suggestions::Column::MadeAt)
            .all(&self.tx)
            .await?;
        let mut found = Vec::new();
        for row in rows {
            let Some(group) = row.group_id.map(GroupId) else { continue };
            if self.within(group).await? {
                found.push(read(self, row)?);
            }
        }
        Ok(found)
    }

    /// The suggestion a draft comes from, while the office has not decided; it is not opened.
    pub async fn undecided_suggestion(&self, group: GroupId) -> Result<Option<SuggestionId>> {
        let row = suggestions::Entity::find()
            .filter(suggestions::Column::GroupId.eq(group.0))
            .filter(suggestions::Column::State.eq(SuggestionState::Waiting.code()))
            .one(&self.tx)
            .await?;
        Ok(row.map(|row| SuggestionId(row.id)))
    }

    /// How many wait for the office; none of them is opened.
    pub async fn count_suggestions(&self) -> Result<usize> {
        let rows = suggestions::Entity::find()
            .filter(suggestions::Column::State.eq(SuggestionState::Waiting.code()))
            .all(&self.tx)
            .await?;
        let mut count = 0;
        for group in rows.into_iter().filter_map(|row| row.group_id) {
            count += usize::from(self.within(GroupId(group)).await?);
        }
        Ok(count)
    }

    /// Removes a suggestion; its draft stays. [`StorageError::Conflict`] if somebody else did.
    pub async fn remove_suggestion(&self, id: SuggestionId) -> Result<()> {
        let removed = suggestions::Entity::delete_by_id(id.0).exec(&self.tx).await?;
        if removed.rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// Removes a draft that was never public, with everything that belongs to it: [`StorageError::Conflict`] if the group
    /// is no draft, or has people (whose keys would stay).
    pub async fn remove_draft(&self, id: GroupId) -> Result<()> {
        let group = self.group(id).await?.ok_or(StorageError::Conflict)?;
        if !group.people.is_empty() || !group.slug.is_unspoken() {
            return Err(StorageError::Conflict);
        }
        let removed = groups::Entity::delete_many()
            .filter(groups::Column::Id.eq(id.0))
            .filter(groups::Column::Status.eq(domain::Status::Draft.code()))
            .exec(&self.tx)
            .await?;
        if removed.rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// Removes what nobody confirmed, and addresses that are needed no more; how many.
    pub async fn remove_expired_suggestions(&self) -> Result<u64> {
        let removed = suggestions::Entity::delete_many()
            .filter(suggestions::Column::ExpiresAt.lte(self.now().as_millisecond()))
            .exec(&self.tx)
            .await?;
        Ok(removed.rows_affected)
    }
}
