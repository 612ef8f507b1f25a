//! What a group and the office write to each other about a request.

use std::collections::{HashMap, HashSet};

use crypto::keys::Purpose;
use domain::{RequestId, UserId};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{TenantTx, moment};
use crate::Result;
use crate::rows::request_comments as rows;
use crate::sealing::{Column, bound};

const SEALED: Column = Column::new("request_comments", "sealed", Purpose::Items);

/// One comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// When.
    pub at: Timestamp,
    /// By whom; none: by a personal link of the group.
    pub by: Option<UserId>,
    /// Whether it was written for the office, not for the group.
    pub office: bool,
    /// What it says.
    pub text: String,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    by: Option<UserId>,
    office: bool,
    text: String,
}

/// A comment opens only as what it was: about this request, at this time.
fn place(id: Uuid, request: Uuid, at: i64) -> Vec<u8> {
    bound(&[id.as_bytes(), request.as_bytes(), &at.to_be_bytes()])
}

impl TenantTx {
    /// Keeps a comment about a request in reach.
    pub async fn insert_comment(&self, request: RequestId, comment: &Comment) -> Result<()> {
        let Comment { at, by, office, text } = comment;
        let (id, at): (RequestId, _) = (self.ids().next(), at.as_millisecond());
        let kept = Kept { by: *by, office: *office, text: text.clone() };
        let row = rows::ActiveModel {
            id: Set(id.0),
            request_id: Set(request.0),
            at: Set(at),
            sealed: Set(self.sealer().seal(SEALED, &place(id.0, request.0, at), &kept)?),
        };
        rows::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// To which of these requests the group wrote last.
    pub async fn answered(&self, requests: &[RequestId]) -> Result<HashSet<RequestId>> {
        let found = rows::Entity::find()
            .filter(rows::Column::RequestId.is_in(requests.iter().map(|id| id.0)))
            .order_by_asc(rows::Column::At)
            .order_by_asc(rows::Column::Id)
            .all(&self.tx)
            .await?;
        let last: HashMap<Uuid, rows::Model> = found.into_iter().map(|row| (row.request_id, row)).collect();
        let mut answered = HashSet::new();
        for rows::Model { id, request_id, at, sealed } in last.into_values() {
            let kept: Kept = self.sealer().open(SEALED, &place(id, request_id, at), &sealed)?;
            if !kept.office {
                answered.insert(RequestId(request_id));
            }
        }
        Ok(answered)
    }

    /// What was written about a request, oldest first. Whether the request is in reach is the caller's to know.
    pub async fn comments_of(&self, request: RequestId) -> Result<Vec<Comment>> {
        let found = rows::Entity::find()
            .filter(rows::Column::RequestId.eq(request.0))
            .order_by_asc(rows::Column::At)
            .order_by_asc(rows::Column::Id)
            .all(&self.tx)
            .await?;
        found
            .into_iter()
            .map(|rows::Model { id, request_id, at, sealed }| {
                let Kept { by, office, text } = self.sealer().open(SEALED, &place(id, request_id, at), &sealed)?;
                Ok(Comment { at: moment(at)?, by, office, text })
            })
            .collect()
    }
}
