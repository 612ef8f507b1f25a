//! Contact persons: their items are sealed with the person's own key.

use std::collections::HashSet;

use std::collections::HashMap;

use crypto::keys::PersonKey;
use domain::{Catalogue, Field, ItemId, Person, PersonId, Value};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::TenantTx;
use super::groups::ItemOwner;
use crate::rows::{erasures, items, people};
use crate::{Result, StorageError, Stores, keystore};

impl Stores {
    /// Makes the keys of new persons, durable before a unit of work uses them.
    pub async fn make_person_keys<A: access::Action>(
        &self,
        permit: &access::Permit<A>,
        persons: &[PersonId],
    ) -> Result<()> {
        // Opens the tenant to have its keyring; the transaction itself is not needed.
        let look = self.look(permit).await?;
        keystore::create_person_keys(self.keystore(), self.services(), permit.tenant(), &look.sealer().keyring, persons)
            .await
    }
}

impl Stores {
    /// Destroys the keys of removed persons, after the units of work that removed them were committed: no copy of their
    /// items, in no backup of the office's database, can be read any more. How many there were. May be repeated: what a
    /// killed process left undone, the next call does.
    pub async fn destroy_removed_persons_keys<A: access::Action>(&self, permit: &access::Permit<A>) -> Result<usize> {
        let look = self.look(permit).await?;
        let removed = erasures::Entity::find().all(&look.tx).await?;
        let mut living = HashSet::new();
        for erasure in &removed {
            if people::Entity::find_by_id(erasure.id).one(&look.tx).await?.is_some() {
                living.insert(erasure.id);
            }
        }
        drop(look);
        for erasure in &removed {
            // Ids are never used twice, so nobody who was removed is here again: someone else wrote this row.
            if living.contains(&erasure.id) {
                tracing::error!(tenant = %permit.tenant(), person = %erasure.id, "a person who is still here is to be erased: the database was changed from outside");
                continue;
            }
            keystore::destroy_person_key(self.keystore(), permit.tenant(), PersonId(erasure.id)).await?;
            let tx = self.begin(permit).await?;
            erasures::Entity::delete_by_id(erasure.id).exec(&tx.tx).await?;
            tx.commit_housekeeping().await?;
        }
        Ok(removed.len() - living.len())
    }
}

impl TenantTx {
    /// Removes a person with all items, consents and memberships, and republishes their groups. The key goes with
    /// [`Stores::destroy_removed_persons_keys`], which is owed from this commit on. [`StorageError::Conflict`] if the
    /// person also stands for a group beyond reach.
    pub async fn remove_person(&self, id: PersonId) -> Result<()> {
        let groups = self.all_groups_of(id).await?;
        if groups.len() != self.groups_of(id).await?.len() {
            return Err(StorageError::Conflict);
        }
        let removed = people::Entity::delete_by_id(id.0).exec(&self.tx).await?;
        if removed.rows_affected != 1 {
            return Err(StorageError::Conflict);
        }
        let owed = erasures::ActiveModel { id: Set(id.0), at: Set(self.now().as_millisecond()) };
        erasures::Entity::insert(owed).exec_without_returning(&self.tx).await?;
        self.republish(&groups).await
    }

    /// Adds a person, whose key must be there already.
    pub async fn insert_person(&self, person: &Person) -> Result<()> {
        let row = people::ActiveModel { id: Set(person.id.0), created_at: Set(self.now().as_millisecond()) };
        people::Entity::insert(row).exec_without_returning(&self.tx).await?;
        self.write_person_items(person).await
    }

    /// Saves a person's items, and brings the published projection of all their groups up to date.
    pub async fn save_person(&self, person: &Person) -> Result<()> {
        let Some(before) = self.any_persons(&[person.id]).await?.pop() else { return Err(StorageError::Conflict) };
        self.end_outdated_questions(&before, person).await?;
        items::Entity::delete_many().filter(items::Column::PersonId.eq(person.id.0)).exec(&self.tx).await?;
        self.write_person_items(person).await?;
        self.republish(&self.all_groups_of(person.id).await?).await
    }

    /// Whoever closes an item, or writes down another mail address, takes back what was asked about it by mail.
    async fn end_outdated_questions(&self, before: &Person, after: &Person) -> Result<()> {
        let emails = |person: &Person| -> Vec<Value> {
            let of_person = person.items.iter().filter(|item| item.field == Field::PersonEmail);
            of_person.map(|item| item.value.clone()).collect()
        };
        if emails(before) != emails(after) {
            return self.end_asking(after.id, None).await;
        }
        let now = |id: ItemId| after.items.iter().find(|item| item.id == id).map(|item| item.light);
        let closed: Vec<ItemId> =
            before.items.iter().filter(|item| now(item.id) < Some(item.light)).map(|item| item.id).collect();
        if closed.is_empty() { Ok(()) } else { self.end_asking(after.id, Some(&closed)).await }
    }

    async fn write_person_items(&self, person: &Person) -> Result<()> {
        let key = self.person_key(person.id).await?;
        self.insert_items(self.person_item_rows(&*self.catalogue().await?, person, &key)?).await
    }

    pub(super) fn person_item_rows(
        &self,
        catalogue: &Catalogue,
        person: &Person,
        key: &PersonKey,
    ) -> Result<Vec<items::ActiveModel>> {
        let rows = person.items.iter().enumerate();
        rows.map(|(position, item)| self.item_row(catalogue, item, ItemOwner::Person(person.id, key), position))
            .collect()
    }

    /// A person.
    pub async fn person(&self, id: PersonId) -> Result<Option<Person>> {
        Ok(self.persons(&[id]).await?.pop())
    }

    /// These persons, in this order; one that is gone, or stands for no group in reach, is missing.
    pub async fn persons(&self, ids: &[PersonId]) -> Result<Vec<Person>> {
        if self.reach().is_everything() {
            return self.any_persons(ids).await;
        }
        let mut within = Vec::new();
        for id in ids {
            if !self.groups_of(*id).await?.is_empty() {
                within.push(*id);
            }
        }
        self.any_persons(&within).await
    }

    pub(super) async fn any_persons(&self, ids: &[PersonId]) -> Result<Vec<Person>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let catalogue = self.catalogue().await?;
        let keys = self.person_keys(ids).await?;
        let mut found: HashMap<PersonId, Person> = HashMap::new();
        for chunk in ids.chunks(500) {
            let known = people::Entity::find()
                .filter(people::Column::Id.is_in(chunk.iter().map(|id| id.0)))
                .all(&self.tx)
                .await?;
            for row in known {
                let id = PersonId(row.id);
                found.insert(id, Person { id, items: Vec::new(), consents: Vec::new() });
            }
            let rows = items::Entity::find()
                .filter(items::Column::PersonId.is_in(chunk.iter().map(|id| id.0)))
                .order_by_asc(items::Column::Position)
                .all(&self.tx)
                .await?;
            for row in rows {
                let Some(id) = row.person_id.map(PersonId) else { continue };
                // A person whose key was destroyed is still a row for a moment, but says nothing any more.
                let (Some(person), Some(key)) = (found.get_mut(&id), keys.get(&id)) else { continue };
                person.items.push(self.read_item(&catalogue, &row, Some(key))?);
            }
            for consent in self.consents(chunk).await? {
                if let Some(person) = found.get_mut(&consent.said.person) {
                    person.consents.push(consent);
                }
            }
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// All persons' ids.
    pub async fn person_ids(&self) -> Result<Vec<PersonId>> {
        let rows = people::Entity::find().order_by_asc(people::Column::CreatedAt).all(&self.tx).await?;
        Ok(rows.into_iter().map(|row| PersonId(row.id)).collect())
    }
}
