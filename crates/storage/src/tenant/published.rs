//! What is published: written in the transaction of every change, read without any key.

use domain::office::{OfficeProfile, Visibility};
use domain::projection::{self, Published, PublishedContact, PublishedGroup};
use domain::{Catalogue, Group, GroupId, Person, Slug};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter};
use tokio::sync::OwnedSemaphorePermit;

use super::TenantTx;
use crate::rows::{groups, published_groups, published_site};
use crate::{Result, StorageError};

/// The office's public state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedSite {
    /// Counts the changes.
    pub version: u64,
    /// Whether the public can see the directory.
    pub visibility: Visibility,
    /// What the office says about itself.
    pub profile: OfficeProfile,
    /// Signs the "notice acknowledged" cookie.
    pub visit_key: [u8; 32],
}

/// What the public may see of a group, as a row; none if that is nothing.
pub(super) fn published_row(
    group: &Group,
    people: &[Person],
    catalogue: &Catalogue,
) -> Result<Option<published_groups::ActiveModel>> {
    let Some(published) = projection::publish(group, people, catalogue) else { return Ok(None) };
    row_of(group, &published).map(Some)
}

pub(super) fn row_of(group: &Group, published: &Published) -> Result<published_groups::ActiveModel> {
    let Published { group: page, contact } = published;
    let json = |error: serde_json::Error| StorageError::Database(sea_orm::DbErr::Json(error.to_string()));
    Ok(published_groups::ActiveModel {
        group_id: Set(group.id.0),
        slug: Set(group.slug.to_string()),
        page: Set(serde_json::to_string(page).map_err(json)?),
        contact: Set(serde_json::to_string(contact).map_err(json)?),
    })
}

async fn read_site(tx: &DatabaseTransaction) -> Result<PublishedSite> {
    let unreadable = StorageError::Unreadable { what: "the published site" };
    let Some(row) = published_site::Entity::find_by_id(1).one(tx).await? else { return Err(unreadable) };
    let published_site::Model { id: _, version, visibility, profile, visit_key } = row;
    let Ok(visit_key) = visit_key.try_into() else { return Err(unreadable) };
    Ok(PublishedSite {
        version: version.unsigned_abs(),
        visibility: Visibility::from_code(&visibility).ok_or(StorageError::Unreadable { what: "a visibility" })?,
        profile: serde_json::from_str(&profile).map_err(|_| unreadable)?,
        visit_key,
    })
}

impl TenantTx {
    /// The office's public state.
    pub async fn site(&self) -> Result<PublishedSite> {
        read_site(&self.tx).await
    }

    /// The same, held against every other change until this unit of work ends: what is written back from it undoes
    /// nobody's change.
    pub async fn site_for_change(&self) -> Result<PublishedSite> {
        // An update locks the row on PostgreSQL; SQLite has one writer anyway.
        self.bump_site().await?;
        read_site(&self.tx).await
    }

    /// Changes what the office says about itself and whether the public can see it.
    pub async fn save_site(&self, visibility: Visibility, profile: &OfficeProfile) -> Result<()> {
        let text =
            serde_json::to_string(profile).map_err(|_| StorageError::Unreadable { what: "the office's profile" })?;
        published_site::Entity::update_many()
            .col_expr(published_site::Column::Visibility, visibility.code().into())
            .col_expr(published_site::Column::Profile, text.into())
            .filter(published_site::Column::Id.eq(1))
            .exec(&self.tx)
            .await?;
        self.bump_site().await
    }

    pub(super) async fn bump_site(&self) -> Result<()> {
        let bumped = published_site::Entity::update_many()
            .col_expr(published_site::Column::Version, Expr::col(published_site::Column::Version).add(1))
            .filter(published_site::Column::Id.eq(1))
            .exec(&self.tx)
            .await?;
        if bumped.rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// Brings the published projection of these groups up to date. Every save calls it; nothing else writes it.
    pub(crate) async fn republish(&self, ids: &[GroupId]) -> Result<()> {
        let catalogue = self.catalogue().await?;
        for id in ids {
            published_groups::Entity::delete_by_id(id.0).exec(&self.tx).await?;
            let Some(mut group) = self.any_group(*id).await? else { continue };
            let people: Vec<_> = group.people.iter().map(|membership| membership.person).collect();
            let people = self.any_persons(&people).await?;
            if published_row(&group, &people, &catalogue)?.is_none() {
                continue;
            }
            if group.slug.is_unspoken() {
                group.slug = self.speaking_slugs().await?.of(group.name());
                groups::Entity::update_many()
                    .col_expr(groups::Column::Slug, group.slug.as_str().into())
                    .filter(groups::Column::Id.eq(id.0))
                    .exec(&self.tx)
                    .await?;
            }
            let Some(row) = published_row(&group, &people, &catalogue)? else { continue };
            let again = OnConflict::column(published_groups::Column::GroupId)
                .update_columns([
                    published_groups::Column::Slug,
                    published_groups::Column::Page,
                    published_groups::Column::Contact,
                ])
                .to_owned();
            published_groups::Entity::insert(row).on_conflict(again).exec_without_returning(&self.tx).await?;
        }
        if ids.is_empty() { Ok(()) } else { self.bump_site().await }
    }
}

/// What the public may read: `published_*` only, on PostgreSQL enforced by the login, on SQLite by a read-only
/// connection and by this type, which has no other method.
pub struct PublicTx {
    tx: DatabaseTransaction,
    _places: [OwnedSemaphorePermit; 2],
}

impl std::fmt::Debug for PublicTx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PublicTx")
    }
}

impl PublicTx {
    pub(crate) fn new(tx: DatabaseTransaction, places: [OwnedSemaphorePermit; 2]) -> Self {
        Self { tx, _places: places }
    }

    /// The office's public state.
    pub async fn site(&self) -> Result<PublishedSite> {
        read_site(&self.tx).await
    }

    /// All published groups with their contacts.
    pub async fn groups(&self) -> Result<Vec<(PublishedGroup, PublishedContact)>> {
        let rows = published_groups::Entity::find().all(&self.tx).await?;
        rows.into_iter()
            .map(|row| {
                let unreadable = |_| StorageError::Unreadable { what: "a published group" };
                let page: PublishedGroup = serde_json::from_str(&row.page).map_err(unreadable)?;
                let contact: PublishedContact = serde_json::from_str(&row.contact).map_err(unreadable)?;
                debug_assert_eq!(Slug::parse(&row.slug).ok().as_ref(), Some(&page.slug));
                Ok((page, contact))
            })
            .collect()
    }
}
