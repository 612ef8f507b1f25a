//! The audit chain: every act in the act's own transaction, each entry bound to the one before by a keyed MAC.
//!
//! The key is derived from the tenant's root key, so whoever can write the database but holds no key cannot recompute
//! the chain; the newest entry's MAC is also kept in the platform's store, so cutting the end off shows.

use crypto::KeyVersion;
use crypto::chain::{self, Broken, Entry, Head, Verifier};
use crypto::keys::Purpose;
use domain::TenantId;
use domain::audit::{Actor, AuditEvent, Details};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, ExprTrait,
    QueryFilter, QueryOrder, QuerySelect, Statement,
};

use crate::rows::{audit, audit_heads};
use crate::sealing::{Column, Sealer, encode};
use crate::{Result, StorageError};

const DETAILS: Column = Column::new("audit", "details", Purpose::Audit);

/// An entry of the chain, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its place in the chain, from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What was done.
    pub action: String,
    /// On what: an id or empty.
    pub object: String,
    /// Everything else.
    pub details: Details,
}

/// Which entries to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only these actions, or actions starting with one of these (`group.`); empty: all.
    pub actions: Vec<String>,
    /// Only this actor.
    pub actor: Option<Actor>,
    /// Only this object.
    pub object: Option<String>,
    /// Only entries before this one, for paging.
    pub before: Option<i64>,
    /// From this moment on.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// How many at most.
    pub limit: u64,
}

/// What the word for the holder of a group's personal link begins with.
const GROUP: &str = "group:";

pub(crate) fn actor_code(actor: Actor) -> String {
    match actor {
        Actor::User(user) => user.to_string(),
        Actor::Group(group) => format!("{GROUP}{group}"),
        Actor::Anonymous => "anonymous".to_owned(),
        Actor::System => "system".to_owned(),
        Actor::Operator => "operator".to_owned(),
    }
}

pub(crate) fn actor_from_code(code: &str) -> Result<Actor> {
    Ok(match code {
        "anonymous" => Actor::Anonymous,
        "system" => Actor::System,
        "operator" => Actor::Operator,
        other => {
            let unreadable = |_| StorageError::Unreadable { what: "an actor" };
            match other.strip_prefix(GROUP) {
                Some(group) => Actor::Group(group.parse().map_err(unreadable)?),
                None => Actor::User(other.parse().map_err(unreadable)?),
            }
        }
    })
}

/// The end of a chain before and after an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Appended {
    /// Before.
    pub(crate) previous: Head,
    /// After.
    pub(crate) head: Head,
}

/// Writers of one database queue here until the one before has committed: the chain has one end, and what is counted or
/// looked up before it is written must not change in between. SQLite has one writer anyway.
pub(crate) async fn take_turn(tx: &DatabaseTransaction) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        // Raw: an advisory lock is beyond what sea-orm can say.
        tx.execute_raw(Statement::from_string(DbBackend::Postgres, "SELECT pg_advisory_xact_lock(4711)")).await?;
    }
    Ok(())
}

/// Appends one event; returns the end of the chain before it and its new end.
pub(crate) async fn append(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    at: Timestamp,
    actor: Actor,
    event: &AuditEvent,
) -> Result<Appended> {
    take_turn(tx).await?;
    let last = audit::Entity::find().order_by_desc(audit::Column::Seq).limit(1).one(tx).await?;
    let previous = match last {
        Some(row) => Head { number: row.seq.unsigned_abs(), mac: mac_of(&row.mac)? },
        None => Head::EMPTY,
    };
    let number = previous.number + 1;
    let seq = i64::try_from(number).map_err(|_| StorageError::Unreadable { what: "an audit entry" })?;
    let details = encode(DETAILS, &event.details)?;
    let actor = actor_code(actor);
    let entry = Entry {
        number,
        at: at.as_millisecond(),
        actor: &actor,
        action: event.action,
        object: &event.object,
        details: &details,
    };
    let chain = sealer.keyring.chain();
    let mac = chain.next(&previous.mac, &entry);
    let row = audit::ActiveModel {
        seq: Set(seq),
        at: Set(at.as_millisecond()),
        actor: Set(actor.clone()),
        action: Set(event.action.to_owned()),
        object: Set(event.object.clone()),
        details: Set(sealer.seal_bytes(DETAILS, &seq.to_be_bytes(), &details)),
        key_version: Set(i64::from(chain.version().0)),
        mac: Set(mac.to_vec()),
    };
    audit::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(Appended { previous, head: Head { number, mac } })
}

fn mac_of(bytes: &[u8]) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| StorageError::Unreadable { what: "an audit entry" })
}

/// Newest first.
pub(crate) async fn read(tx: &DatabaseTransaction, sealer: &Sealer, filter: &AuditFilter) -> Result<Vec<AuditEntry>> {
    let AuditFilter { actions, actor, object, before, since, until, limit } = filter;
    let mut query = audit::Entity::find().order_by_desc(audit::Column::Seq).limit(*limit);
    if !actions.is_empty() {
        let any =
            actions.iter().fold(Condition::any(), |any, action| any.add(audit::Column::Action.starts_with(action)));
        query = query.filter(any);
    }
    if let Some(actor) = actor {
        query = query.filter(audit::Column::Actor.eq(actor_code(*actor)));
    }
    if let Some(object) = object {
        query = query.filter(audit::Column::Object.eq(object));
    }
    if let Some(before) = before {
        query = query.filter(audit::Column::Seq.lt(*before));
    }
    if let Some(since) = since {
        query = query.filter(audit::Column::At.gte(since.as_millisecond()));
    }
    if let Some(until) = until {
        query = query.filter(audit::Column::At.lt(until.as_millisecond()));
    }
    query.all(tx).await?.into_iter().map(|row| open(sealer, row)).collect()
}

fn open(sealer: &Sealer, row: audit::Model) -> Result<AuditEntry> {
    let audit::Model { seq, at, actor, action, object, details, key_version: _, mac: _ } = row;
    Ok(AuditEntry {
        seq,
        at: Timestamp::from_millisecond(at).map_err(|_| StorageError::Unreadable { what: "a moment" })?,
        actor: actor_from_code(&actor)?,
        action,
        object,
        details: sealer.open(DETAILS, &seq.to_be_bytes(), &details)?,
    })
}

/// Recomputes the whole chain in pages; its end, or where it is broken.
pub(crate) async fn verify(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    known: Option<Head>,
) -> Result<std::result::Result<Head, Broken>> {
    let mut verifier = Verifier::new(&sealer.keyring, Head::EMPTY, known);
    let mut last = 0;
    loop {
        let page = audit::Entity::find()
            .filter(audit::Column::Seq.gt(last))
            .order_by_asc(audit::Column::Seq)
            .limit(1000)
            .all(tx)
            .await?;
        if page.is_empty() {
            return Ok(verifier.finish());
        }
        for row in page {
            last = row.seq;
            let number = row.seq.unsigned_abs();
            // Sealed details that do not open were changed, moved here from another place, or sealed with another key.
            let Ok(details) = sealer.open_bytes(DETAILS, &row.seq.to_be_bytes(), &row.details) else {
                return Ok(Err(Broken::Changed(number)));
            };
            let entry = Entry {
                number,
                at: row.at,
                actor: &row.actor,
                action: &row.action,
                object: &row.object,
                details: &details,
            };
            let version = KeyVersion(u32::try_from(row.key_version).unwrap_or_default());
            let mac = row.mac.as_slice().try_into().unwrap_or(chain::GENESIS);
            if let Err(broken) = verifier.check(version, &entry, &mac) {
                return Ok(Err(broken));
            }
        }
    }
}

/// Whether the entry at this place still has the link that is known from elsewhere.
pub(crate) async fn passes(tx: &DatabaseTransaction, known: Head) -> Result<bool> {
    let seq = i64::try_from(known.number).unwrap_or(i64::MAX);
    Ok(audit::Entity::find_by_id(seq).one(tx).await?.is_some_and(|row| row.mac == known.mac))
}

/// Keeps a tenant's newest entry outside the tenant's database. Never goes back.
pub(crate) async fn keep_head(
    platform: &DatabaseTransaction,
    tenant: TenantId,
    head: Head,
    at: Timestamp,
) -> Result<()> {
    let row = audit_heads::ActiveModel {
        tenant_id: Set(tenant.0),
        seq: Set(i64::try_from(head.number).unwrap_or(i64::MAX)),
        mac: Set(head.mac.to_vec()),
        at: Set(at.as_millisecond()),
    };
    let newer = OnConflict::column(audit_heads::Column::TenantId)
        .update_columns([audit_heads::Column::Seq, audit_heads::Column::Mac, audit_heads::Column::At])
        .action_and_where(
            sea_orm::sea_query::Expr::col((audit_heads::Entity, audit_heads::Column::Seq))
                .lt(i64::try_from(head.number).unwrap_or(i64::MAX)),
        )
        .to_owned();
    audit_heads::Entity::insert(row).on_conflict(newer).exec_without_returning(platform).await?;
    Ok(())
}

pub(crate) async fn kept_head(platform: &DatabaseTransaction, tenant: TenantId) -> Result<Option<Head>> {
    let row = audit_heads::Entity::find_by_id(tenant.0).one(platform).await?;
    row.map(|row| Ok(Head { number: row.seq.unsigned_abs(), mac: mac_of(&row.mac)? })).transpose()
}
