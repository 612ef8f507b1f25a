//! Numbers about an office, for overviews: counted without opening anything of a group or a person.

use std::collections::HashSet;

use domain::projection::PublishedContact;
use domain::{Field, GroupId, Status};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use uuid::Uuid;

use super::TenantTx;
use crate::rows::{groups, items, published_groups};
use crate::{Result, StorageError};

/// Numbers about an office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficeCounts {
    /// How many groups are in each status, in the order of [`Status::ALL`].
    pub by_status: [usize; 5],
    /// Groups the public can see when the directory is online.
    pub published: usize,
    /// Of these, groups whose contact is passed on by the office because none is green.
    pub without_contact: usize,
    /// Groups with a consent still to be asked for.
    pub consents_to_record: usize,
    /// Alerts nobody has ticked off.
    pub alerts: usize,
    /// People who can log in or are about to.
    pub users: usize,
    /// Mails that wait to be sent.
    pub mails_waiting: usize,
    /// Mails that were given up.
    pub mails_failed: usize,
}

impl OfficeCounts {
    /// How many groups are in this status.
    pub fn status(&self, status: Status) -> usize {
        Status::ALL.iter().zip(self.by_status).find(|(known, _)| **known == status).map_or(0, |(_, count)| count)
    }

    /// How many groups there are.
    pub fn groups(&self) -> usize {
        self.by_status.iter().sum()
    }
}

fn whole(count: impl TryInto<usize>) -> usize {
    count.try_into().unwrap_or_default()
}

impl TenantTx {
    /// The groups with a consent still to be asked for.
    pub async fn groups_with_consents_to_record(&self) -> Result<HashSet<GroupId>> {
        let ids: Vec<Option<Uuid>> = items::Entity::find()
            .select_only()
            .column(items::Column::GroupId)
            .distinct()
            .filter(items::Column::Field.eq(Field::ConsentToRecord.code()))
            .filter(items::Column::GroupId.is_not_null())
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(ids.into_iter().flatten().map(GroupId).collect())
    }

    /// How many groups are published, and those of them whose contact is passed on by the office.
    pub async fn published_without_contact(&self) -> Result<(usize, HashSet<GroupId>)> {
        let rows: Vec<(Uuid, String)> = published_groups::Entity::find()
            .select_only()
            .column(published_groups::Column::GroupId)
            .column(published_groups::Column::Contact)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let published = rows.len();
        let mut without = HashSet::new();
        for (id, contact) in rows {
            let contact: PublishedContact =
                serde_json::from_str(&contact).map_err(|_| StorageError::Unreadable { what: "a published group" })?;
            if contact.is_empty() {
                without.insert(GroupId(id));
            }
        }
        Ok((published, without))
    }

    /// Numbers about the office.
    pub async fn counts(&self) -> Result<OfficeCounts> {
        let mut counts = OfficeCounts::default();
        let rows: Vec<(String, i64)> = groups::Entity::find()
            .select_only()
            .column(groups::Column::Status)
            .column_as(groups::Column::Id.count(), "count")
            .group_by(groups::Column::Status)
            .into_tuple()
            .all(&self.tx)
            .await?;
        for (code, count) in rows {
            let place = Status::ALL.iter().position(|status| status.code() == code);
            let place = place.ok_or(StorageError::Unreadable { what: "a status" })?;
            counts.by_status[place] = whole(count);
        }
        let (published, without_contact) = self.published_without_contact().await?;
        (counts.published, counts.without_contact) = (published, without_contact.len());
        counts.consents_to_record = self.groups_with_consents_to_record().await?.len();
        counts.alerts = whole(self.count_open_alerts().await?);
        counts.users = self.count_active_users().await?;
        let (waiting, failed) = self.mail_counts().await?;
        (counts.mails_waiting, counts.mails_failed) = (whole(waiting), whole(failed));
        Ok(counts)
    }
}
