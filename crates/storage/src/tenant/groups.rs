//! Groups with their items and memberships; every save makes a version and brings the published projection up to date
//! in the same transaction.

use std::collections::{HashMap, HashSet};

use access::{Limit, Reach};
use crypto::keys::{PersonKey, Purpose};
use domain::audit::Actor;
use domain::group::{Membership, PastItem};
use domain::{Catalogue, Field, Group, GroupId, Item, ItemId, Light, PersonId, PersonRole, Slug, Source, Status};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{TenantTx, moment};
use crate::audit::{actor_code, actor_from_code};
use crate::rows::{group_versions, groups, items, memberships};
use crate::sealing::{Column, bound};
use crate::{Result, StorageError};

const ITEM: Column = Column::new("items", "sealed", Purpose::Items);
const VERSION: Column = Column::new("group_versions", "sealed", Purpose::Items);

/// A group as in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupSummary {
    /// Its id.
    pub id: GroupId,
    /// Its place in public addresses.
    pub slug: Slug,
    /// Where it stands.
    pub status: Status,
    /// The last change.
    pub updated_at: Timestamp,
    /// The items of the fields asked for.
    pub items: Vec<Item>,
}

/// A saved version of a group's own items. Persons' items are not kept in versions: deleting a person deletes them
/// everywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Counts from 1.
    pub number: u32,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What was done: a code.
    pub change: String,
    /// Where the group stood.
    pub status: Status,
    /// Which version of the office's light policy applied; 0: the product's own.
    pub policy: u32,
    /// Its items.
    pub items: Vec<PastItem>,
    /// Its people.
    pub people: Vec<Membership>,
}

#[derive(Serialize, Deserialize)]
struct Snapshot {
    status: Status,
    #[serde(default)]
    policy: u32,
    items: Vec<PastItem>,
    people: Vec<Membership>,
}

/// Whose item: a person's is sealed with the person's own key.
#[derive(Clone, Copy)]
pub(crate) enum ItemOwner<'a> {
    Group(GroupId),
    Person(PersonId, &'a PersonKey),
}

/// An item's value opens only in its row, for its group or person, and as a value of its field.
fn item_place(item: Uuid, owner: Uuid, field: Field) -> Vec<u8> {
    bound(&[item.as_bytes(), owner.as_bytes(), field.code().as_bytes()])
}

impl TenantTx {
    pub(crate) fn read_item(&self, catalogue: &Catalogue, row: &items::Model, key: Option<&PersonKey>) -> Result<Item> {
        let light = Light::from_code(&row.light).ok_or(StorageError::Unreadable { what: "a light" })?;
        let field = Field::from_code(&row.field).ok_or(StorageError::Unreadable { what: "a field" })?;
        let owner = row.group_id.or(row.person_id).ok_or(StorageError::Unreadable { what: "an item" })?;
        Ok(Item {
            id: ItemId(row.id),
            field,
            value: self.sealer().open_item(ITEM, &item_place(row.id, owner, field), light, key, &row.sealed)?,
            light,
            source: Source::from_code(&row.source).ok_or(StorageError::Unreadable { what: "a source" })?,
            limit: catalogue.limit(field),
        })
    }

    /// Never more open than the office's policy allows, whatever the item says: a policy that is loosened later must not
    /// find an open item.
    pub(crate) fn item_row(
        &self,
        catalogue: &Catalogue,
        item: &Item,
        owner: ItemOwner<'_>,
        position: usize,
    ) -> Result<items::ActiveModel> {
        let Item { id, field, value, light, source, limit: _ } = item;
        let light = &light.under(catalogue.limit(*field).ceiling);
        let (group, person, key) = match owner {
            ItemOwner::Group(group) => (Some(group.0), None, None),
            ItemOwner::Person(person, key) => (None, Some(person.0), Some(key)),
        };
        let place = item_place(id.0, group.or(person).unwrap_or_default(), *field);
        Ok(items::ActiveModel {
            id: Set(id.0),
            group_id: Set(group),
            person_id: Set(person),
            field: Set(field.code().into_owned()),
            light: Set(light.code().to_owned()),
            source: Set(source.code().to_owned()),
            position: Set(i64::try_from(position).unwrap_or(i64::MAX)),
            sealed: Set(self.sealer().seal_item(ITEM, &place, *light, key, value)?),
            policy: Set(i64::from(catalogue.version())),
        })
    }

    pub(crate) async fn insert_items(&self, rows: Vec<items::ActiveModel>) -> Result<()> {
        for chunk in rows.chunks(500) {
            items::Entity::insert_many(chunk.to_vec()).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }

    /// All groups in reach with the items of these fields, opened.
    pub async fn group_summaries(&self, fields: &[Field]) -> Result<Vec<GroupSummary>> {
        let Reach::Limited(_) = self.reach() else {
            let mut all = self.any_group_summaries(fields).await?;
            all.retain(|summary| self.reach().covers_items(summary.id, &[]));
            return Ok(all);
        };
        let deciding = Limit::FIELDS.into_iter().filter(|field| !fields.contains(field));
        let asked: Vec<Field> = fields.iter().copied().chain(deciding).collect();
        let mut within = self.any_group_summaries(&asked).await?;
        within.retain(|summary| self.reach().covers_items(summary.id, &summary.items));
        for summary in &mut within {
            summary.items.retain(|item| fields.contains(&item.field));
        }
        Ok(within)
    }

    async fn any_group_summaries(&self, fields: &[Field]) -> Result<Vec<GroupSummary>> {
        let rows = groups::Entity::find().all(&self.tx).await?;
        let mut found: HashMap<Uuid, GroupSummary> = HashMap::with_capacity(rows.len());
        for row in rows {
            let groups::Model { id, slug, status, version: _, created_at: _, updated_at } = row;
            let summary = GroupSummary {
                id: GroupId(id),
                slug: Slug::parse(&slug).map_err(|_| StorageError::Unreadable { what: "a slug" })?,
                status: Status::from_code(&status).ok_or(StorageError::Unreadable { what: "a status" })?,
                updated_at: moment(updated_at)?,
                items: Vec::new(),
            };
            found.insert(id, summary);
        }
        let codes: Vec<_> = fields.iter().map(|field| field.code().into_owned()).collect();
        let catalogue = self.catalogue().await?;
        let rows = items::Entity::find()
            .filter(items::Column::GroupId.is_not_null())
            .filter(items::Column::Field.is_in(codes))
            .order_by_asc(items::Column::Position)
            .all(&self.tx)
            .await?;
        for row in rows {
            if let Some(summary) = row.group_id.and_then(|group| found.get_mut(&group)) {
                summary.items.push(self.read_item(&catalogue, &row, None)?);
            }
        }
        Ok(found.into_values().collect())
    }

    /// Which of these groups are in reach.
    pub async fn in_reach(&self, groups: impl IntoIterator<Item = GroupId>) -> Result<HashSet<GroupId>> {
        let mut within: HashSet<GroupId> = groups.into_iter().collect();
        let mut deciding: HashMap<GroupId, Vec<Item>> = HashMap::new();
        if let Reach::Limited(_) = self.reach() {
            let asked: Vec<GroupId> = within.iter().copied().collect();
            for (group, item) in self.items_of(&asked, &Limit::FIELDS).await? {
                deciding.entry(group).or_default().push(item);
            }
        }
        within.retain(|group| self.reach().covers_items(*group, deciding.get(group).map_or(&[], Vec::as_slice)));
        Ok(within)
    }

    /// The names of those of these groups that are in reach; a group can be without one.
    pub async fn group_names(&self, groups: impl IntoIterator<Item = GroupId>) -> Result<HashMap<GroupId, Item>> {
        let within: Vec<GroupId> = self.in_reach(groups).await?.into_iter().collect();
        Ok(self.items_of(&within, &[Field::Name]).await?.into_iter().collect())
    }

    /// The items of these fields of these groups, whatever the reach.
    async fn items_of(&self, groups: &[GroupId], fields: &[Field]) -> Result<Vec<(GroupId, Item)>> {
        let catalogue = self.catalogue().await?;
        let codes: Vec<_> = fields.iter().map(|field| field.code().into_owned()).collect();
        let mut found = Vec::new();
        for some in groups.chunks(500) {
            let rows = items::Entity::find()
                .filter(items::Column::GroupId.is_in(some.iter().map(|group| group.0)))
                .filter(items::Column::Field.is_in(codes.clone()))
                .order_by_asc(items::Column::Position)
                .all(&self.tx)
                .await?;
            for row in rows {
                let Some(group) = row.group_id else { continue };
                found.push((GroupId(group), self.read_item(&catalogue, &row, None)?));
            }
        }
        Ok(found)
    }

    /// How many items of each of these groups, at most some hundred, have which light, in the order of [`Light::ALL`]. The
    /// lights that count: an item is never more open than the office's policy allows its field; fields it does not know are
    /// hidden and not counted. Counted by the database: one row a group instead of one an item.
    pub async fn count_lights(&self, groups: &[GroupId]) -> Result<HashMap<GroupId, [usize; 3]>> {
        let within = self.in_reach(groups.iter().copied()).await?;
        let catalogue = self.catalogue().await?;
        let codes = |ceiling: Option<Light>| {
            let fields = catalogue.fields().iter().filter(move |def| ceiling.is_none_or(|light| def.ceiling == light));
            fields.map(|def| def.field.code().into_owned())
        };
        let capped = |ceiling: Light| items::Column::Field.is_in(codes(Some(ceiling)));
        let is = |light: Light| items::Column::Light.eq(light.code()).or(capped(light));
        let red = is(Light::Red);
        let yellow = red.clone().not().and(is(Light::Yellow));
        let green = red.clone().or(yellow.clone()).not();
        let count = |condition: SimpleExpr| Expr::case(condition, 1).finally(0).sum();
        let rows: Vec<(Uuid, i64, i64, i64)> = items::Entity::find()
            .select_only()
            .column(items::Column::GroupId)
            .column_as(count(green), "green")
            .column_as(count(yellow), "yellow")
            .column_as(count(red), "red")
            .filter(items::Column::GroupId.is_in(within.into_iter().map(|group| group.0)))
            .filter(items::Column::Field.is_in(codes(None)))
            .group_by(items::Column::GroupId)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let by_light = |(group, green, yellow, red)| {
            let of = |light: &Light| match light {
                Light::Green => green,
                Light::Yellow => yellow,
                Light::Red => red,
            };
            let lights = Light::ALL.each_ref().map(of);
            (GroupId(group), lights.map(|count: i64| usize::try_from(count).unwrap_or_default()))
        };
        Ok(rows.into_iter().map(by_light).collect())
    }

    /// How many groups are in this status.
    pub async fn count_groups(&self, status: Status) -> Result<u64> {
        Ok(groups::Entity::find().filter(groups::Column::Status.eq(status.code())).count(&self.tx).await?)
    }

    /// A group in reach with its items and people.
    pub async fn group(&self, id: GroupId) -> Result<Option<Group>> {
        Ok(self.any_group(id).await?.filter(|group| self.reach().covers(group)))
    }

    /// Whether a group is there and in reach.
    pub(super) async fn within(&self, id: GroupId) -> Result<bool> {
        Ok(self.reach().is_everything() || self.group(id).await?.is_some())
    }

    pub(super) async fn any_group(&self, id: GroupId) -> Result<Option<Group>> {
        let Some(row) = groups::Entity::find_by_id(id.0).one(&self.tx).await? else { return Ok(None) };
        let groups::Model { id: _, slug, status, version, created_at: _, updated_at: _ } = row;
        let rows = items::Entity::find()
            .filter(items::Column::GroupId.eq(id.0))
            .order_by_asc(items::Column::Position)
            .all(&self.tx)
            .await?;
        let catalogue = self.catalogue().await?;
        let items = rows.iter().map(|row| self.read_item(&catalogue, row, None)).collect::<Result<Vec<_>>>()?;
        let rows = memberships::Entity::find()
            .filter(memberships::Column::GroupId.eq(id.0))
            .order_by_asc(memberships::Column::Position)
            .all(&self.tx)
            .await?;
        let people = rows
            .into_iter()
            .map(|row| {
                let role = PersonRole::from_code(&row.role).ok_or(StorageError::Unreadable { what: "a role" })?;
                Ok(Membership { person: PersonId(row.person_id), role })
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(Some(Group {
            id,
            slug: Slug::parse(&slug).map_err(|_| StorageError::Unreadable { what: "a slug" })?,
            status: Status::from_code(&status).ok_or(StorageError::Unreadable { what: "a status" })?,
            version: u32::try_from(version).map_err(|_| StorageError::Unreadable { what: "a version" })?,
            items,
            people,
        }))
    }

    /// Adds a group (its persons must be there); its version becomes 1. A slug that says nothing stays until the group
    /// is published, see [`domain::Slug::unspoken`].
    pub async fn insert_group(&self, group: &Group, change: &str) -> Result<()> {
        let Group { id, slug, status, version: _, items: _, people: _ } = group;
        let now = self.now().as_millisecond();
        let row = groups::ActiveModel {
            id: Set(id.0),
            slug: Set(slug.to_string()),
            status: Set(status.code().to_owned()),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        };
        match groups::Entity::insert(row).exec_without_returning(&self.tx).await {
            Ok(_) => {}
            Err(error) if StorageError::is_unique(&error) => {
                return Err(StorageError::Taken { what: "the group's address" });
            }
            Err(error) => return Err(error.into()),
        }
        self.write_group_parts(group, 1, change).await?;
        self.republish(&[*id]).await
    }

    /// Saves a group as its next version, if nobody else saved meanwhile: [`StorageError::Conflict`] otherwise.
    pub async fn save_group(&self, group: &Group, change: &str) -> Result<()> {
        let Group { id, slug, status, version, items: _, people: _ } = group;
        let next = version + 1;
        let saved = groups::Entity::update_many()
            .col_expr(groups::Column::Slug, slug.as_str().into())
            .col_expr(groups::Column::Status, status.code().into())
            .col_expr(groups::Column::Version, i64::from(next).into())
            .col_expr(groups::Column::UpdatedAt, self.now().as_millisecond().into())
            .filter(groups::Column::Id.eq(id.0))
            .filter(groups::Column::Version.eq(i64::from(*version)))
            .exec(&self.tx)
            .await?;
        if saved.rows_affected != 1 {
            return Err(StorageError::Conflict);
        }
        items::Entity::delete_many().filter(items::Column::GroupId.eq(id.0)).exec(&self.tx).await?;
        memberships::Entity::delete_many().filter(memberships::Column::GroupId.eq(id.0)).exec(&self.tx).await?;
        self.write_group_parts(group, next, change).await?;
        self.republish(&[*id]).await
    }

    async fn write_group_parts(&self, group: &Group, version: u32, change: &str) -> Result<()> {
        let catalogue = self.catalogue().await?;
        self.insert_items(self.group_item_rows(&catalogue, group)?).await?;
        let rows = membership_rows(group);
        if !rows.is_empty() {
            memberships::Entity::insert_many(rows).exec_without_returning(&self.tx).await?;
        }
        let row = self.version_row(&catalogue, group, version, change)?;
        group_versions::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    pub(super) fn group_item_rows(&self, catalogue: &Catalogue, group: &Group) -> Result<Vec<items::ActiveModel>> {
        let rows = group.items.iter().enumerate();
        rows.map(|(position, item)| self.item_row(catalogue, item, ItemOwner::Group(group.id), position)).collect()
    }

    pub(super) fn version_row(
        &self,
        catalogue: &Catalogue,
        group: &Group,
        version: u32,
        change: &str,
    ) -> Result<group_versions::ActiveModel> {
        let snapshot = Snapshot {
            status: group.status,
            policy: catalogue.version(),
            items: group
                .items
                .iter()
                .map(|Item { id, field, value, light, source: _, limit: _ }| PastItem {
                    id: *id,
                    field: *field,
                    value: value.clone(),
                    light: light.under(catalogue.limit(*field).ceiling),
                })
                .collect(),
            people: group.people.clone(),
        };
        let (at, actor) = (self.now().as_millisecond(), actor_code(self.actor()));
        let place = version_place(group.id, version, at, &actor, change);
        Ok(group_versions::ActiveModel {
            group_id: Set(group.id.0),
            version: Set(i64::from(version)),
            at: Set(at),
            actor: Set(actor),
            change: Set(change.to_owned()),
            sealed: Set(self.sealer().seal(VERSION, &place, &snapshot)?),
        })
    }

    /// A group's versions, newest first.
    pub async fn versions(&self, group: GroupId) -> Result<Vec<Version>> {
        if !self.within(group).await? {
            return Ok(Vec::new());
        }
        let rows = group_versions::Entity::find()
            .filter(group_versions::Column::GroupId.eq(group.0))
            .order_by_desc(group_versions::Column::Version)
            .all(&self.tx)
            .await?;
        rows.into_iter()
            .map(|row| {
                let number = u32::try_from(row.version).map_err(|_| StorageError::Unreadable { what: "a version" })?;
                let place = version_place(group, number, row.at, &row.actor, &row.change);
                let snapshot: Snapshot = self.sealer().open(VERSION, &place, &row.sealed)?;
                let Snapshot { status, policy, items, people } = snapshot;
                Ok(Version {
                    number,
                    at: moment(row.at)?,
                    actor: actor_from_code(&row.actor)?,
                    change: row.change,
                    status,
                    policy,
                    items,
                    people,
                })
            })
            .collect()
    }

    /// When a group was last saved, and by whom.
    pub async fn last_version(&self, group: GroupId) -> Result<Option<(Timestamp, Actor)>> {
        let row = group_versions::Entity::find()
            .filter(group_versions::Column::GroupId.eq(group.0))
            .order_by_desc(group_versions::Column::Version)
            .one(&self.tx)
            .await?;
        row.map(|row| Ok((moment(row.at)?, actor_from_code(&row.actor)?))).transpose()
    }

    /// The groups in reach a person stands for.
    pub async fn groups_of(&self, person: PersonId) -> Result<Vec<GroupId>> {
        let mut groups = self.all_groups_of(person).await?;
        let within = self.in_reach(groups.iter().copied()).await?;
        groups.retain(|group| within.contains(group));
        Ok(groups)
    }

    pub(super) async fn all_groups_of(&self, person: PersonId) -> Result<Vec<GroupId>> {
        let rows = memberships::Entity::find().filter(memberships::Column::PersonId.eq(person.0)).all(&self.tx).await?;
        Ok(rows.into_iter().map(|row| GroupId(row.group_id)).collect())
    }
}

pub(super) fn membership_rows(group: &Group) -> Vec<memberships::ActiveModel> {
    group
        .people
        .iter()
        .enumerate()
        .map(|(position, membership)| memberships::ActiveModel {
            group_id: Set(group.id.0),
            person_id: Set(membership.person.0),
            role: Set(membership.role.code().to_owned()),
            position: Set(i64::try_from(position).unwrap_or(i64::MAX)),
        })
        .collect()
}

/// A version opens only as what it was: of this group, by this one, then, for this reason.
fn version_place(group: GroupId, version: u32, at: i64, actor: &str, change: &str) -> Vec<u8> {
    bound(&[group.0.as_bytes(), &version.to_be_bytes(), &at.to_be_bytes(), actor.as_bytes(), change.as_bytes()])
}
