//! Many new groups and persons at once: the same rows as one by one, in few statements.

use std::collections::HashMap;

use domain::{Group, GroupId, Person, PersonId};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::TenantTx;
use super::groups::membership_rows;
use super::published::published_row;
use crate::rows::{group_versions, groups, memberships, notes, people, published_groups};
use crate::{Result, StorageError};

/// SQLite takes 32,766 parameters in a statement, `PostgreSQL` 65,535; no table here has more than 9 columns.
pub(super) const ROWS: usize = 500;

/// A group that is not there yet, with its internal notes.
#[derive(Clone, Debug)]
pub struct NewGroup {
    /// The group.
    pub group: Group,
    /// Its notes, in order.
    pub notes: Vec<String>,
}

macro_rules! insert_all {
    ($self:ident, $table:ident, $rows:expr) => {
        for chunk in $rows.chunks(ROWS) {
            $table::Entity::insert_many(chunk.to_vec()).exec_without_returning(&$self.tx).await?;
        }
    };
}

impl TenantTx {
    /// Adds persons, whose keys must be there already.
    pub async fn insert_persons(&self, persons: &[Person]) -> Result<()> {
        let ids: Vec<PersonId> = persons.iter().map(|person| person.id).collect();
        let keys = self.person_keys(&ids).await?;
        let catalogue = self.catalogue().await?;
        let now = self.now().as_millisecond();
        let mut rows = Vec::with_capacity(persons.len());
        let mut items = Vec::new();
        for person in persons {
            let key = keys.get(&person.id).ok_or(StorageError::Sealed { table: "items" })?;
            rows.push(people::ActiveModel { id: Set(person.id.0), created_at: Set(now) });
            items.extend(self.person_item_rows(&catalogue, person, key)?);
        }
        insert_all!(self, people, rows);
        self.insert_items(items).await
    }

    /// Adds groups with their notes, each as its version 1, and publishes what may be published. `persons` must hold
    /// everyone who stands for one of them. [`StorageError::Taken`] if an address is taken.
    pub async fn insert_groups(&self, new: &[NewGroup], persons: &[Person], change: &str) -> Result<()> {
        let now = self.now().as_millisecond();
        let catalogue = self.catalogue().await?;
        let by_id: HashMap<PersonId, &Person> = persons.iter().map(|person| (person.id, person)).collect();
        let (mut rows, mut items, mut members) = (Vec::new(), Vec::new(), Vec::new());
        let (mut versions, mut texts, mut published) = (Vec::new(), Vec::new(), Vec::new());
        let mut slugs = None;
        for NewGroup { group, notes } in new {
            let Group { id, slug: _, status, version: _, items: _, people } = group;
            let own: Vec<Person> =
                people.iter().filter_map(|member| by_id.get(&member.person)).map(|person| (*person).clone()).collect();
            let mut public = group.clone();
            if group.slug.is_unspoken() && published_row(group, &own, &catalogue)?.is_some() {
                let slugs = match &mut slugs {
                    Some(slugs) => slugs,
                    none => none.insert(self.speaking_slugs().await?),
                };
                public.slug = slugs.of(group.name());
            }
            rows.push(groups::ActiveModel {
                id: Set(id.0),
                slug: Set(public.slug.to_string()),
                status: Set(status.code().to_owned()),
                version: Set(1),
                created_at: Set(now),
                updated_at: Set(now),
            });
            items.extend(self.group_item_rows(&catalogue, group)?);
            members.extend(membership_rows(group));
            versions.push(self.version_row(&catalogue, group, 1, change)?);
            texts.extend(self.note_rows(*id, notes)?);
            published.extend(published_row(&public, &own, &catalogue)?);
        }
        for chunk in rows.chunks(ROWS) {
            match groups::Entity::insert_many(chunk.to_vec()).exec_without_returning(&self.tx).await {
                Ok(_) => {}
                Err(error) if StorageError::is_unique(&error) => {
                    return Err(StorageError::Taken { what: "a group's address" });
                }
                Err(error) => return Err(error.into()),
            }
        }
        self.insert_items(items).await?;
        insert_all!(self, memberships, members);
        insert_all!(self, group_versions, versions);
        insert_all!(self, notes, texts);
        insert_all!(self, published_groups, published);
        if new.is_empty() { Ok(()) } else { self.bump_site().await }
    }

    /// All groups' addresses and ids.
    pub async fn group_slugs(&self) -> Result<Vec<(GroupId, String)>> {
        let rows = groups::Entity::find().all(&self.tx).await?;
        Ok(rows.into_iter().map(|row| (GroupId(row.id), row.slug)).collect())
    }
}
