//! The keystore: wrapped keys of tenants and persons, in a database of its own with backups of its own.
//!
//! A person's key is durable here before the tenant's transaction that uses it begins (the two databases commit apart).
//! If that transaction never commits, the key is left over and harmless: it opens nothing.

use std::collections::HashMap;
use std::sync::Arc;

use crypto::KeyVersion;
use crypto::keys::{Keyring, Owner, PersonKey, RootKey};
use domain::{PersonId, TenantId};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::database::{Database, Intent};
use crate::rows::{person_keys, tenant_keys};
use crate::stores::Services;
use crate::{Result, StorageError};

/// The platform's own keys stand under the nil tenant.
fn row_id(owner: Owner) -> Uuid {
    match owner {
        Owner::Platform => Uuid::nil(),
        Owner::Tenant(tenant) => tenant.0,
    }
}

/// Whether any tenant or the platform has keys.
pub(crate) async fn is_empty(keystore: &Database) -> Result<bool> {
    let tx = keystore.begin(Intent::Read).await?;
    Ok(tenant_keys::Entity::find().one(&tx).await?.is_none())
}

/// Makes the root key of an owner, durable before this returns. Repeating it for the same owner changes nothing.
pub(crate) async fn create(keystore: &Database, services: &Services, owner: Owner) -> Result<Keyring> {
    let tx = keystore.begin(Intent::Write).await?;
    if let Some(ring) = load_in(&tx, services, owner).await? {
        return Ok(ring);
    }
    let root = RootKey::generate(KeyVersion::FIRST, &services.ids);
    let wrapped = root.wrap(owner, services.kek.as_ref()).await.map_err(keys)?;
    let escrow = services.escrow.as_ref().map(|recipient| recipient.seal(owner, &root)).transpose().map_err(keys)?;
    let ring = Keyring::new(owner, KeyVersion::FIRST, [root]).map_err(keys)?;
    let row = tenant_keys::ActiveModel {
        tenant_id: Set(row_id(owner)),
        version: Set(i64::from(KeyVersion::FIRST.0)),
        wrapped: Set(wrapped),
        escrow: Set(escrow),
        canary: Set(ring.canary(&services.ids)),
        created_at: Set(services.clock.now().as_millisecond()),
    };
    tenant_keys::Entity::insert(row).exec_without_returning(&tx).await?;
    tx.commit().await?;
    Ok(ring)
}

/// The keys of an owner, checked with the canary; none if it has none (or they were destroyed).
pub(crate) async fn load(keystore: &Database, services: &Services, owner: Owner) -> Result<Option<Keyring>> {
    let tx = keystore.begin(Intent::Read).await?;
    load_in(&tx, services, owner).await
}

async fn load_in(tx: &DatabaseTransaction, services: &Services, owner: Owner) -> Result<Option<Keyring>> {
    let rows = tenant_keys::Entity::find()
        .filter(tenant_keys::Column::TenantId.eq(row_id(owner)))
        .order_by_asc(tenant_keys::Column::Version)
        .all(tx)
        .await?;
    let mut roots = Vec::new();
    let mut newest = None;
    for row in rows {
        let version = u32::try_from(row.version).map_err(|_| StorageError::Unreadable { what: "a key version" })?;
        let version = KeyVersion(version);
        roots.push(RootKey::unwrap(owner, version, &row.wrapped, services.kek.as_ref()).await.map_err(keys)?);
        newest = Some((version, row.canary));
    }
    let Some((current, canary)) = newest else { return Ok(None) };
    let ring = Keyring::new(owner, current, roots).map_err(keys)?;
    ring.check_canary(&canary).map_err(|_| StorageError::Keys(format!("the canary of {owner:?} does not open")))?;
    Ok(Some(ring))
}

/// Makes keys for new persons, all durable before this returns.
pub(crate) async fn create_person_keys(
    keystore: &Database,
    services: &Services,
    tenant: TenantId,
    ring: &Keyring,
    persons: &[PersonId],
) -> Result<()> {
    if persons.is_empty() {
        return Ok(());
    }
    let tx = keystore.begin(Intent::Write).await?;
    let now = services.clock.now().as_millisecond();
    let mut rows = Vec::new();
    for person in persons {
        let key = PersonKey::generate(tenant, *person, &services.ids);
        let wrapped = ring.wrap_person_key(&key, &services.ids).ok_or_else(|| keys("another tenant's keyring"))?;
        rows.push(person_keys::ActiveModel {
            id: Set(person.0),
            tenant_id: Set(tenant.0),
            wrapped: Set(wrapped),
            created_at: Set(now),
        });
    }
    for chunk in rows.chunks(200) {
        person_keys::Entity::insert_many(chunk.to_vec()).exec_without_returning(&tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The keys of these persons of one tenant; a destroyed one is missing.
pub(crate) async fn person_keys(
    keystore: &Database,
    tenant: TenantId,
    ring: &Keyring,
    persons: &[PersonId],
) -> Result<HashMap<PersonId, Arc<PersonKey>>> {
    let mut found = HashMap::new();
    if persons.is_empty() {
        return Ok(found);
    }
    let tx = keystore.begin(Intent::Read).await?;
    for chunk in persons.chunks(500) {
        let rows = person_keys::Entity::find()
            .filter(person_keys::Column::TenantId.eq(tenant.0))
            .filter(person_keys::Column::Id.is_in(chunk.iter().map(|person| person.0)))
            .all(&tx)
            .await?;
        for row in rows {
            let person = PersonId(row.id);
            let key = ring
                .unwrap_person_key(person, &row.wrapped)
                .map_err(|_| StorageError::Sealed { table: "person_keys" })?;
            found.insert(person, Arc::new(key));
        }
    }
    Ok(found)
}

/// Destroys a person's key: what it sealed cannot be read any more.
pub(crate) async fn destroy_person_key(keystore: &Database, tenant: TenantId, person: PersonId) -> Result<()> {
    let tx = keystore.begin(Intent::Write).await?;
    person_keys::Entity::delete_many()
        .filter(person_keys::Column::Id.eq(person.0))
        .filter(person_keys::Column::TenantId.eq(tenant.0))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

fn keys(error: impl std::fmt::Display) -> StorageError {
    StorageError::Keys(error.to_string())
}
