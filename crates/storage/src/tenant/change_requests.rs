//! What group admins want to be different about their groups, and what was decided: sealed as the items are, because it
//! holds their values; found by group and state.

use crypto::keys::Purpose;
use domain::change_request::{Change, ChangeRequest, FirstLook, RequestState, Submitter};
use domain::{GroupId, RequestId, UserId};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{TenantTx, moment};
use crate::rows::change_requests;
use crate::sealing::{Column, bound};
use crate::{Result, StorageError};

const SEALED: Column = Column::new("change_requests", "sealed", Purpose::Items);

#[derive(Serialize, Deserialize)]
struct Kept {
    // None: by a personal link of the group.
    by: Option<UserId>,
    #[serde(default)]
    confirms: bool,
    changes: Vec<Change>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<FirstLook>,
}

/// A request that waits, as the queue needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its id.
    pub id: RequestId,
    /// About which group.
    pub group: GroupId,
    /// Since when.
    pub made_at: Timestamp,
    /// Who says to be at work on it.
    pub taken_by: Option<UserId>,
}

/// A request opens only as what it was: about this group, this far, in this version.
fn place(id: RequestId, group: GroupId, state: &str, version: i64) -> Vec<u8> {
    bound(&[id.0.as_bytes(), group.0.as_bytes(), state.as_bytes(), &version.to_be_bytes()])
}

fn seal(tx: &TenantTx, request: &ChangeRequest) -> Result<Vec<u8>> {
    let ChangeRequest { id, group, by, state, version, confirms, changes, first, made_at: _, ended_at: _ } = request;
    let kept = Kept { by: by.user(), confirms: *confirms, changes: changes.clone(), first: first.clone() };
    tx.sealer().seal(SEALED, &place(*id, *group, state.code(), i64::from(*version)), &kept)
}

fn read(tx: &TenantTx, row: change_requests::Model) -> Result<ChangeRequest> {
    let change_requests::Model { id, group_id, state, made_at, ended_at, version, sealed, taken_by: _ } = row;
    let (id, group) = (RequestId(id), GroupId(group_id));
    let Kept { by, confirms, changes, first } =
        tx.sealer().open(SEALED, &place(id, group, &state, version), &sealed)?;
    Ok(ChangeRequest {
        id,
        group,
        by: by.map_or(Submitter::Link, Submitter::User),
        confirms,
        made_at: moment(made_at)?,
        ended_at: ended_at.map(moment).transpose()?,
        state: RequestState::from_code(&state).ok_or(StorageError::Unreadable { what: "a request" })?,
        version: u32::try_from(version).map_err(|_| StorageError::Unreadable { what: "a request" })?,
        changes,
        first,
    })
}

impl TenantTx {
    /// Keeps a new request.
    pub async fn insert_request(&self, request: &ChangeRequest) -> Result<()> {
        let row = change_requests::ActiveModel {
            id: Set(request.id.0),
            group_id: Set(request.group.0),
            state: Set(request.state.code().to_owned()),
            made_at: Set(request.made_at.as_millisecond()),
            ended_at: Set(None),
            version: Set(i64::from(request.version)),
            sealed: Set(seal(self, request)?),
            taken_by: Set(None),
        };
        change_requests::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Keeps what became of a request, as the version after `from`: [`StorageError::Conflict`] if somebody else did
    /// something to it, or it was at its end.
    pub async fn save_request(&self, request: &ChangeRequest, from: u32) -> Result<()> {
        let ended_at = request.ended_at.map(Timestamp::as_millisecond);
        let saved = change_requests::Entity::update_many()
            .col_expr(change_requests::Column::State, request.state.code().into())
            .col_expr(change_requests::Column::EndedAt, Expr::value(ended_at))
            .col_expr(change_requests::Column::Version, i64::from(request.version).into())
            .col_expr(change_requests::Column::Sealed, seal(self, request)?.into())
            .filter(change_requests::Column::Id.eq(request.id.0))
            .filter(change_requests::Column::State.eq(RequestState::Open.code()))
            .filter(change_requests::Column::Version.eq(i64::from(from)))
            .exec(&self.tx)
            .await?;
        if saved.rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// A request about a group in reach.
    pub async fn request(&self, id: RequestId) -> Result<Option<ChangeRequest>> {
        let Some(row) = change_requests::Entity::find_by_id(id.0).one(&self.tx).await? else { return Ok(None) };
        if !self.within(GroupId(row.group_id)).await? {
            return Ok(None);
        }
        read(self, row).map(Some)
    }

    /// What waits about groups in reach, oldest first; of it only what needs no opening.
    pub async fn waiting_requests(&self) -> Result<Vec<Waiting>> {
        let rows: Vec<(Uuid, Uuid, i64, Option<Uuid>)> = change_requests::Entity::find()
            .select_only()
            .column(change_requests::Column::Id)
            .column(change_requests::Column::GroupId)
            .column(change_requests::Column::MadeAt)
            .column(change_requests::Column::TakenBy)
            .filter(change_requests::Column::State.eq(RequestState::Open.code()))
            .order_by_asc(change_requests::Column::MadeAt)
            .order_by_asc(change_requests::Column::Id)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let within = self.in_reach(rows.iter().map(|(_, group, _, _)| GroupId(*group))).await?;
        rows.into_iter()
            .filter(|(_, group, _, _)| within.contains(&GroupId(*group)))
            .map(|(id, group, made_at, taken_by)| {
                let (id, group) = (RequestId(id), GroupId(group));
                Ok(Waiting { id, group, made_at: moment(made_at)?, taken_by: taken_by.map(UserId) })
            })
            .collect()
    }

    /// These requests, if they are about groups in reach; in no order.
    pub async fn requests(&self, ids: &[RequestId]) -> Result<Vec<ChangeRequest>> {
        let ids = ids.iter().map(|id| id.0);
        let rows = change_requests::Entity::find().filter(change_requests::Column::Id.is_in(ids)).all(&self.tx).await?;
        let within = self.in_reach(rows.iter().map(|row| GroupId(row.group_id))).await?;
        let rows = rows.into_iter().filter(|row| within.contains(&GroupId(row.group_id)));
        rows.map(|row| read(self, row)).collect()
    }

    /// Who says to be at work on a request.
    pub async fn taken_by(&self, id: RequestId) -> Result<Option<UserId>> {
        let Some(row) = change_requests::Entity::find_by_id(id.0).one(&self.tx).await? else { return Ok(None) };
        Ok(row.taken_by.map(UserId))
    }

    /// Notes who is at work on a request that waits, or nobody. It keeps nobody else out.
    pub async fn take_request(&self, id: RequestId, by: Option<UserId>) -> Result<()> {
        change_requests::Entity::update_many()
            .col_expr(change_requests::Column::TakenBy, Expr::value(by.map(|by| by.0)))
            .filter(change_requests::Column::Id.eq(id.0))
            .filter(change_requests::Column::State.eq(RequestState::Open.code()))
            .exec(&self.tx)
            .await?;
        Ok(())
    }

    /// Takes someone off all requests they are at work on, and puts somebody else there, or nobody. Returns how many.
    pub async fn hand_over_requests(&self, from: UserId, to: Option<UserId>) -> Result<u64> {
        let moved = change_requests::Entity::update_many()
            .col_expr(change_requests::Column::TakenBy, Expr::value(to.map(|to| to.0)))
            .filter(change_requests::Column::TakenBy.eq(from.0))
            .filter(change_requests::Column::State.eq(RequestState::Open.code()))
            .exec(&self.tx)
            .await?;
        Ok(moved.rows_affected)
    }

    /// Requests about one group in reach, newest first.
    pub async fn requests_of(&self, group: GroupId) -> Result<Vec<ChangeRequest>> {
        if !self.within(group).await? {
            return Ok(Vec::new());
        }
        let rows = change_requests::Entity::find()
            .filter(change_requests::Column::GroupId.eq(group.0))
            .order_by_desc(change_requests::Column::MadeAt)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(|row| read(self, row)).collect()
    }
}
