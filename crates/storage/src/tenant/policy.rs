//! The office's light policy: its versions, what someone is changing about it, and how a new one takes effect.
//!
//! A version is sealed and bound to its number, to who saved it and when: whoever can write the database, but lacks the
//! keys, can make none, and one that does not open stops the office's pages instead of opening items. Taking the newest
//! away opens nothing either: what it closed was written into the items themselves, whose light their values are bound
//! to. That it is gone, the audit log shows ([`TenantTx::policy_last_saved`]).

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError};

use crypto::keys::Purpose;
use domain::audit::Actor;
use domain::group::Membership;
use domain::policy::Policy;
use domain::policy::impact::Stock;
use domain::{
    Catalogue, Field, Group, GroupId, Item, ItemId, Light, Person, PersonId, PersonRole, Slug, Status, UserId,
};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::bulk::ROWS;
use super::published::row_of;
use super::{TenantTx, moment};
use crate::audit::{actor_code, actor_from_code};
use crate::rows::{group_versions, groups, items, memberships, policies, policy_drafts, published_groups};
use crate::sealing::{Column, bound};
use crate::{AuditFilter, Result, StorageError};

const POLICY: Column = Column::new("policies", "sealed", Purpose::Office);
const DRAFT: Column = Column::new("policy_drafts", "sealed", Purpose::Office);

/// The audit action of a saved policy; its object is the version.
pub const SAVED: &str = "policy.saved";

/// A version of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedPolicy {
    /// Counts from 1.
    pub version: u32,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What it says.
    pub policy: Policy,
}

/// What someone is changing about the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyDraft {
    /// The version it was begun from.
    pub base: u32,
    /// The policy as it would be.
    pub policy: Policy,
    /// Fields that are taken away with all their values.
    pub delete: BTreeSet<Field>,
}

/// What saving a policy did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedOut {
    /// The new version's number.
    pub version: u32,
    /// Items that were closed or deleted.
    pub items: Vec<ItemId>,
}

/// A version opens only as what it is: this one, by this one, then.
fn policy_place(version: i64, at: i64, actor: &str) -> Vec<u8> {
    bound(&[&version.to_be_bytes(), &at.to_be_bytes(), actor.as_bytes()])
}

fn whole(version: i64) -> Result<u32> {
    u32::try_from(version).map_err(|_| StorageError::Unreadable { what: "a version" })
}

impl TenantTx {
    /// The office's fields as the policy in force sets them. Read once; every item of this unit of work is under it.
    pub async fn catalogue(&self) -> Result<Arc<Catalogue>> {
        let known = self.catalogue.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known {
            return Ok(known);
        }
        let catalogue = match self.policy().await? {
            None => Catalogue::built_in(),
            // A field the product has gained since joins it with the product's own rules.
            Some(SavedPolicy { version, policy, .. }) => {
                let unreadable = |_| StorageError::Unreadable { what: "a light policy" };
                policy.complete().catalogue(version).map_err(unreadable)?
            }
        };
        Ok(self.remember(catalogue))
    }

    fn remember(&self, catalogue: Catalogue) -> Arc<Catalogue> {
        let catalogue = Arc::new(catalogue);
        *self.catalogue.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&catalogue));
        catalogue
    }

    /// The policy in force; none while the office has none of its own.
    pub async fn policy(&self) -> Result<Option<SavedPolicy>> {
        let row = policies::Entity::find().order_by_desc(policies::Column::Version).one(&self.tx).await?;
        row.map(|row| self.read_policy(&row)).transpose()
    }

    /// One version of it.
    pub async fn policy_version(&self, version: u32) -> Result<Option<SavedPolicy>> {
        let row = policies::Entity::find_by_id(i64::from(version)).one(&self.tx).await?;
        row.map(|row| self.read_policy(&row)).transpose()
    }

    /// All versions, newest first.
    pub async fn policies(&self) -> Result<Vec<SavedPolicy>> {
        let rows = policies::Entity::find().order_by_desc(policies::Column::Version).all(&self.tx).await?;
        rows.iter().map(|row| self.read_policy(row)).collect()
    }

    fn read_policy(&self, row: &policies::Model) -> Result<SavedPolicy> {
        let policies::Model { version, at, actor, sealed } = row;
        Ok(SavedPolicy {
            version: whole(*version)?,
            at: moment(*at)?,
            actor: actor_from_code(actor)?,
            policy: self.sealer().open(POLICY, &policy_place(*version, *at, actor), sealed)?,
        })
    }

    /// The version that was saved last, as the audit log has it: another than that in force was put there from outside.
    pub async fn policy_last_saved(&self) -> Result<u32> {
        let filter = AuditFilter { actions: vec![SAVED.to_owned()], limit: 1, ..AuditFilter::default() };
        let entries = self.audit_entries(&filter).await?;
        Ok(entries.first().and_then(|entry| entry.object.parse().ok()).unwrap_or(0))
    }

    /// What someone is changing about the policy.
    pub async fn policy_draft(&self, user: UserId) -> Result<Option<PolicyDraft>> {
        let row = policy_drafts::Entity::find_by_id(user.0).one(&self.tx).await?;
        row.map(|row| self.sealer().open(DRAFT, row.user_id.as_bytes(), &row.sealed)).transpose()
    }

    /// Keeps it, instead of what was kept before.
    pub async fn put_policy_draft(&self, user: UserId, draft: &PolicyDraft) -> Result<()> {
        let row = policy_drafts::ActiveModel {
            user_id: Set(user.0),
            sealed: Set(self.sealer().seal(DRAFT, user.0.as_bytes(), draft)?),
            updated_at: Set(self.now().as_millisecond()),
        };
        let again = OnConflict::column(policy_drafts::Column::UserId)
            .update_columns([policy_drafts::Column::Sealed, policy_drafts::Column::UpdatedAt])
            .to_owned();
        policy_drafts::Entity::insert(row).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Throws it away. Not an error if there was none.
    pub async fn remove_policy_draft(&self, user: UserId) -> Result<()> {
        policy_drafts::Entity::delete_by_id(user.0).exec(&self.tx).await?;
        Ok(())
    }

    /// How many items of an own field there are, whether the policy knows the field or not.
    pub async fn count_items_of(&self, field: Field) -> Result<usize> {
        use sea_orm::PaginatorTrait;
        let count = items::Entity::find().filter(items::Column::Field.eq(field.code().into_owned()));
        Ok(usize::try_from(count.count(&self.tx).await?).unwrap_or(usize::MAX))
    }

    /// How many items were last saved under which version of the policy.
    pub async fn items_by_policy(&self) -> Result<HashMap<u32, usize>> {
        use sea_orm::QuerySelect;
        let rows: Vec<(i64, i64)> = items::Entity::find()
            .select_only()
            .column(items::Column::Policy)
            .column_as(items::Column::Id.count(), "count")
            .group_by(items::Column::Policy)
            .into_tuple()
            .all(&self.tx)
            .await?;
        rows.into_iter().map(|(version, count)| Ok((whole(version)?, usize::try_from(count).unwrap_or(0)))).collect()
    }

    /// All groups and people of the office, beyond reach too: a policy is for all of them. Few queries, however many.
    pub async fn stock(&self) -> Result<Stock> {
        let catalogue = self.catalogue().await?;
        let mut of_group: HashMap<Uuid, Vec<Item>> = HashMap::new();
        let own = items::Entity::find().filter(items::Column::GroupId.is_not_null());
        for row in own.order_by_asc(items::Column::Position).all(&self.tx).await? {
            let Some(group) = row.group_id else { continue };
            of_group.entry(group).or_default().push(self.read_item(&catalogue, &row, None)?);
        }
        let mut members: HashMap<Uuid, Vec<Membership>> = HashMap::new();
        for row in memberships::Entity::find().order_by_asc(memberships::Column::Position).all(&self.tx).await? {
            let role = PersonRole::from_code(&row.role).ok_or(StorageError::Unreadable { what: "a role" })?;
            members.entry(row.group_id).or_default().push(Membership { person: PersonId(row.person_id), role });
        }
        let rows = groups::Entity::find().order_by_asc(groups::Column::Id).all(&self.tx).await?;
        let groups = rows.into_iter().map(|row| {
            let groups::Model { id, slug, status, version, created_at: _, updated_at: _ } = row;
            Ok(Group {
                id: GroupId(id),
                slug: Slug::parse(&slug).map_err(|_| StorageError::Unreadable { what: "a slug" })?,
                status: Status::from_code(&status).ok_or(StorageError::Unreadable { what: "a status" })?,
                version: whole(version)?,
                items: of_group.remove(&id).unwrap_or_default(),
                people: members.remove(&id).unwrap_or_default(),
            })
        });
        Ok(Stock { groups: groups.collect::<Result<_>>()?, people: self.any_persons(&self.person_ids().await?).await? })
    }

    /// Saves a policy as the next version and lets it take effect at once: items that are more open than it allows are
    /// closed for good, those of the fields in `delete` removed, and what is published follows, all in this unit of work.
    pub async fn save_policy(&self, policy: &Policy, delete: &BTreeSet<Field>) -> Result<CarriedOut> {
        let old = self.catalogue().await?;
        let stock = self.stock().await?;
        let version = old.version() + 1;
        let new = policy.catalogue(version).map_err(|_| StorageError::Unreadable { what: "a light policy" })?;
        let (number, at, actor) = (i64::from(version), self.now().as_millisecond(), actor_code(self.actor()));
        let row = policies::ActiveModel {
            version: Set(number),
            at: Set(at),
            sealed: Set(self.sealer().seal(POLICY, &policy_place(number, at, &actor), policy)?),
            actor: Set(actor),
        };
        match policies::Entity::insert(row).exec_without_returning(&self.tx).await {
            Ok(_) => {}
            Err(error) if StorageError::is_unique(&error) => return Err(StorageError::Conflict),
            Err(error) => return Err(error.into()),
        }
        let new = self.remember(new);
        let kept = stock.kept(&new, delete);
        self.close_groups(&new, &stock.groups, &kept.groups).await?;
        self.close_people(&new, &stock.people, &kept.people).await?;
        self.publish_kept(&old, &new, &stock, &kept).await?;
        Ok(CarriedOut { version, items: touched(&stock, &kept) })
    }

    async fn close_groups(&self, catalogue: &Catalogue, before: &[Group], after: &[Group]) -> Result<()> {
        let changed = before.iter().zip(after).filter(|(before, after)| !same(&before.items, &after.items));
        let changed: Vec<&Group> = changed.map(|(_, after)| after).collect();
        let (mut rows, mut versions) = (Vec::new(), Vec::new());
        for group in &changed {
            rows.extend(self.group_item_rows(catalogue, group)?);
            versions.push(self.version_row(catalogue, group, group.version + 1, "policy")?);
        }
        for chunk in changed.chunks(ROWS) {
            let ids = || chunk.iter().map(|group| group.id.0);
            items::Entity::delete_many().filter(items::Column::GroupId.is_in(ids())).exec(&self.tx).await?;
            groups::Entity::update_many()
                .col_expr(groups::Column::Version, Expr::col(groups::Column::Version).add(1))
                .col_expr(groups::Column::UpdatedAt, self.now().as_millisecond().into())
                .filter(groups::Column::Id.is_in(ids()))
                .exec(&self.tx)
                .await?;
        }
        self.insert_items(rows).await?;
        for chunk in versions.chunks(ROWS) {
            group_versions::Entity::insert_many(chunk.to_vec()).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }

    async fn close_people(&self, catalogue: &Catalogue, before: &[Person], after: &[Person]) -> Result<()> {
        let changed = before.iter().zip(after).filter(|(before, after)| !same(&before.items, &after.items));
        let changed: Vec<&Person> = changed.map(|(_, after)| after).collect();
        let ids: Vec<PersonId> = changed.iter().map(|person| person.id).collect();
        let keys = self.person_keys(&ids).await?;
        let mut rows = Vec::new();
        for person in changed {
            let key = keys.get(&person.id).ok_or(StorageError::Sealed { table: "items" })?;
            rows.extend(self.person_item_rows(catalogue, person, key)?);
        }
        for chunk in ids.chunks(ROWS) {
            let ids = chunk.iter().map(|id| id.0);
            items::Entity::delete_many().filter(items::Column::PersonId.is_in(ids)).exec(&self.tx).await?;
        }
        self.insert_items(rows).await
    }

    /// What the public sees follows; only groups for which it is another are written.
    async fn publish_kept(&self, old: &Catalogue, new: &Catalogue, before: &Stock, after: &Stock) -> Result<()> {
        let (was, is) = (before.published(old), after.published(new));
        let (mut gone, mut rows, mut appear) = (Vec::new(), Vec::new(), Vec::new());
        for group in after.groups.iter().filter(|group| was.get(&group.id) != is.get(&group.id)) {
            match is.get(&group.id) {
                // Loosening opens nothing, so this does not happen; should it, its address is made like everyone's.
                Some(_) if !was.contains_key(&group.id) => appear.push(group.id),
                Some(published) => {
                    gone.push(group.id);
                    rows.push(row_of(group, published)?);
                }
                None => gone.push(group.id),
            }
        }
        for chunk in gone.chunks(ROWS) {
            let ids = chunk.iter().map(|id| id.0);
            published_groups::Entity::delete_many()
                .filter(published_groups::Column::GroupId.is_in(ids))
                .exec(&self.tx)
                .await?;
        }
        for chunk in rows.chunks(ROWS) {
            published_groups::Entity::insert_many(chunk.to_vec()).exec_without_returning(&self.tx).await?;
        }
        self.republish(&appear).await?;
        if gone.is_empty() { Ok(()) } else { self.bump_site().await }
    }
}

/// Items that are not as they were.
fn touched(before: &Stock, after: &Stock) -> Vec<ItemId> {
    let all = |stock: &Stock| -> HashMap<ItemId, Light> {
        let of_groups = stock.groups.iter().flat_map(|group| &group.items);
        of_groups
            .chain(stock.people.iter().flat_map(|person| &person.items))
            .map(|item| (item.id, item.light))
            .collect()
    };
    let after = all(after);
    let mut items: Vec<ItemId> =
        all(before).into_iter().filter(|(id, light)| after.get(id) != Some(light)).map(|(id, _)| id).collect();
    items.sort_unstable();
    items
}

/// Whether the same items have the same lights.
fn same(before: &[Item], after: &[Item]) -> bool {
    before.len() == after.len() && before.iter().zip(after).all(|(before, after)| before.light == after.light)
}
