//! Consent receipts (Art. 7 (1) GDPR), and the links by which persons see and withdraw what they agreed to.
//!
//! A receipt is sealed and bound to person, item, and the times at which it began and ended: someone who writes the
//! database but lacks the keys can neither make one nor bring one that ended back into force.

use crypto::keys::Purpose;
use crypto::token::TokenHash;
use domain::audit::Actor;
use domain::consent::{Agreement, Channel, ConsentState};
use domain::{ConsentId, ConsentReceipt, ItemId, Light, PersonId, UserId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{TenantTx, moment};
use crate::rows::{consent_links, consent_receipts, consents};
use crate::sealing::{Column, Sealer, bound};
use crate::{Result, StorageError};

const RECEIPT: Column = Column::new("consent_receipts", "sealed", Purpose::Consents);
const LINK: Column = Column::new("consent_links", "sealed", Purpose::Consents);

#[derive(Serialize, Deserialize)]
struct Kept {
    light: Light,
    given_on: Date,
    channel: Channel,
    wording: String,
    filed: String,
    recorded_by: Option<UserId>,
    state: ConsentState,
}

fn place(row: &consent_receipts::Model) -> Vec<u8> {
    let consent_receipts::Model { id, person_id, item_id, recorded_at, ended_at, until, reminded_at: _, sealed: _ } =
        row;
    let ended_at = ended_at.map(i64::to_be_bytes);
    bound(&[
        id.as_bytes(),
        person_id.as_bytes(),
        item_id.as_bytes(),
        &recorded_at.to_be_bytes(),
        ended_at.as_ref().map_or(&[], <[u8; 8]>::as_slice),
        until.as_bytes(),
    ])
}

async fn insert(tx: &DatabaseTransaction, sealer: &Sealer, receipt: &ConsentReceipt) -> Result<()> {
    let ConsentReceipt { id, said, recorded_at, recorded_by, state, ended_at } = receipt;
    let Agreement { person, item, light, given_on, channel, wording, filed, until } = said;
    let mut row = consent_receipts::Model {
        id: id.0,
        person_id: person.0,
        item_id: item.0,
        recorded_at: recorded_at.as_millisecond(),
        ended_at: ended_at.map(Timestamp::as_millisecond),
        until: until.map(|until| until.to_string()).unwrap_or_default(),
        reminded_at: None,
        sealed: Vec::new(),
    };
    let kept = Kept {
        light: *light,
        given_on: *given_on,
        channel: *channel,
        wording: wording.clone(),
        filed: filed.clone(),
        recorded_by: *recorded_by,
        state: *state,
    };
    row.sealed = sealer.seal(RECEIPT, &place(&row), &kept)?;
    consent_receipts::Entity::insert(consent_receipts::ActiveModel::from(row)).exec_without_returning(tx).await?;
    Ok(())
}

fn read(sealer: &Sealer, row: &consent_receipts::Model) -> Result<ConsentReceipt> {
    let Kept { light, given_on, channel, wording, filed, recorded_by, state } =
        sealer.open(RECEIPT, &place(row), &row.sealed)?;
    let until = (!row.until.is_empty()).then(|| row.until.parse()).transpose();
    let said = Agreement {
        person: PersonId(row.person_id),
        item: ItemId(row.item_id),
        light,
        given_on,
        channel,
        wording,
        filed,
        until: until.map_err(|_| StorageError::Unreadable { what: "a consent" })?,
    };
    let (recorded_at, ended_at) = (moment(row.recorded_at)?, row.ended_at.map(moment).transpose()?);
    Ok(ConsentReceipt { id: ConsentId(row.id), said, recorded_at, recorded_by, state, ended_at })
}

/// Receipts from before they were sealed.
pub(crate) async fn carry_over(tx: &DatabaseTransaction, sealer: &Sealer) -> Result<()> {
    let rows = consents::Entity::find().order_by_asc(consents::Column::RecordedAt).all(tx).await?;
    for row in &rows {
        let unreadable = || StorageError::Unreadable { what: "a consent" };
        // What ended in the moment in which the next one began was replaced, not withdrawn.
        let next = |at| rows.iter().any(|other| other.item_id == row.item_id && other.recorded_at == at);
        let receipt = ConsentReceipt {
            id: ConsentId(row.id),
            said: Agreement {
                person: PersonId(row.person_id),
                item: ItemId(row.item_id),
                light: Light::from_code(&row.light).ok_or_else(unreadable)?,
                given_on: row.given_on.parse().map_err(|_| unreadable())?,
                channel: Channel::from_code(&row.channel).ok_or_else(unreadable)?,
                wording: row.wording.clone(),
                filed: String::new(),
                until: None,
            },
            recorded_at: moment(row.recorded_at)?,
            recorded_by: row.recorded_by.map(UserId),
            state: match row.withdrawn_at {
                None => ConsentState::InForce,
                Some(at) if at > row.recorded_at && next(at) => ConsentState::Replaced,
                Some(_) => ConsentState::Withdrawn,
            },
            ended_at: row.withdrawn_at.map(moment).transpose()?,
        };
        insert(tx, sealer, &receipt).await?;
        consents::Entity::delete_by_id(row.id).exec(tx).await?;
    }
    Ok(())
}

/// What a link sent to a person stands for: seeing, withdrawing and, as far as the office asked, giving consents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentLink {
    /// Whose.
    pub person: PersonId,
    /// What the office asks for: how open it wants to have which item.
    pub asked: Vec<(ItemId, Light)>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it opens.
    pub expires_at: Timestamp,
}

fn link_place(row: &consent_links::Model) -> Vec<u8> {
    let consent_links::Model { id, token_hash, person_id, made_at, expires_at, sealed: _ } = row;
    bound(&[id.as_bytes(), token_hash, person_id.as_bytes(), &made_at.to_be_bytes(), &expires_at.to_be_bytes()])
}

impl TenantTx {
    fn read_link(&self, row: &consent_links::Model) -> Result<ConsentLink> {
        Ok(ConsentLink {
            person: PersonId(row.person_id),
            asked: self.sealer().open(LINK, &link_place(row), &row.sealed)?,
            made_at: moment(row.made_at)?,
            expires_at: moment(row.expires_at)?,
        })
    }

    /// Makes a link to a person's consents for whoever brings the token.
    pub async fn make_consent_link(
        &self,
        person: PersonId,
        asked: &[(ItemId, Light)],
        token: &TokenHash,
        lifetime: SignedDuration,
    ) -> Result<()> {
        let now = self.now();
        let expires_at = now.checked_add(lifetime).map_err(|_| StorageError::Unreadable { what: "a lifetime" })?;
        let mut row = consent_links::Model {
            id: self.ids().next(),
            token_hash: token.as_bytes().to_vec(),
            person_id: person.0,
            made_at: now.as_millisecond(),
            expires_at: expires_at.as_millisecond(),
            sealed: Vec::new(),
        };
        row.sealed = self.sealer().seal(LINK, &link_place(&row), &asked)?;
        consent_links::Entity::insert(consent_links::ActiveModel::from(row)).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// A link in force.
    pub async fn consent_link(&self, token: &TokenHash) -> Result<Option<ConsentLink>> {
        let found = consent_links::Entity::find()
            .filter(consent_links::Column::TokenHash.eq(token.as_bytes().to_vec()))
            .one(&self.tx)
            .await?;
        let link = found.map(|row| self.read_link(&row)).transpose()?;
        Ok(link.filter(|link| link.expires_at > self.now()))
    }

    /// Links in force, newest first.
    pub async fn consent_links(&self) -> Result<Vec<ConsentLink>> {
        let rows = consent_links::Entity::find()
            .filter(consent_links::Column::ExpiresAt.gt(self.now().as_millisecond()))
            .order_by_desc(consent_links::Column::MadeAt)
            .all(&self.tx)
            .await?;
        rows.iter().map(|row| self.read_link(row)).collect()
    }

    /// Ends what a person was asked by links: about these items, or about all. What was closed since, or asked at an address
    /// that is no longer theirs, is not opened by an old mail. Seeing and withdrawing stay.
    pub(super) async fn end_asking(&self, person: PersonId, about: Option<&[ItemId]>) -> Result<()> {
        let rows = consent_links::Entity::find()
            .filter(consent_links::Column::PersonId.eq(person.0))
            .filter(consent_links::Column::ExpiresAt.gt(self.now().as_millisecond()))
            .all(&self.tx)
            .await?;
        for row in rows {
            let ConsentLink { mut asked, .. } = self.read_link(&row)?;
            let before = asked.len();
            asked.retain(|(item, _)| about.is_some_and(|about| !about.contains(item)));
            if asked.len() < before {
                let sealed = self.sealer().seal(LINK, &link_place(&row), &asked)?;
                consent_links::Entity::update_many()
                    .col_expr(consent_links::Column::Sealed, sealed.into())
                    .filter(consent_links::Column::Id.eq(row.id))
                    .exec(&self.tx)
                    .await?;
            }
        }
        Ok(())
    }

    /// Removes links whose time is over; how many.
    pub async fn remove_expired_consent_links(&self) -> Result<u64> {
        let removed = consent_links::Entity::delete_many()
            .filter(consent_links::Column::ExpiresAt.lte(self.now().as_millisecond()))
            .exec(&self.tx)
            .await?;
        Ok(removed.rows_affected)
    }

    /// Records what a person said, in place of an earlier consent to the same item, and brings the published projection of
    /// the person's groups up to date.
    pub async fn record_consent(&self, said: &Agreement) -> Result<ConsentId> {
        let by = match self.actor() {
            Actor::User(user) => Some(user),
            _ => None,
        };
        self.keep_consent(said, by).await
    }

    /// The same where another user than the one who works here said it.
    pub async fn record_consent_of(&self, said: &Agreement, by: UserId) -> Result<ConsentId> {
        self.keep_consent(said, Some(by)).await
    }

    async fn keep_consent(&self, said: &Agreement, recorded_by: Option<UserId>) -> Result<ConsentId> {
        self.end_some(said.person, said.item, ConsentState::Replaced).await?;
        let receipt = ConsentReceipt {
            id: self.ids().next(),
            said: said.clone(),
            recorded_at: self.now(),
            recorded_by,
            state: ConsentState::InForce,
            ended_at: None,
        };
        insert(&self.tx, self.sealer(), &receipt).await?;
        self.republish(&self.all_groups_of(said.person).await?).await?;
        Ok(receipt.id)
    }

    /// Withdraws every consent of a person to an item, at once; how many there were. What was asked about it is answered.
    pub async fn withdraw_consents(&self, person: PersonId, item: ItemId) -> Result<usize> {
        self.end_asking(person, Some(&[item])).await?;
        self.end_consents(person, item, ConsentState::Withdrawn).await
    }

    /// The same because the time the policy gives it is over.
    pub async fn expire_consents(&self, person: PersonId, item: ItemId) -> Result<usize> {
        self.end_consents(person, item, ConsentState::Expired).await
    }

    async fn end_consents(&self, person: PersonId, item: ItemId, state: ConsentState) -> Result<usize> {
        let ended = self.end_some(person, item, state).await?;
        self.republish(&self.all_groups_of(person).await?).await?;
        Ok(ended)
    }

    async fn end_some(&self, person: PersonId, item: ItemId, state: ConsentState) -> Result<usize> {
        let rows = consent_receipts::Entity::find()
            .filter(consent_receipts::Column::PersonId.eq(person.0))
            .filter(consent_receipts::Column::ItemId.eq(item.0))
            .filter(consent_receipts::Column::EndedAt.is_null())
            .all(&self.tx)
            .await?;
        let now = self.now().as_millisecond();
        let count = rows.len();
        for mut row in rows {
            let kept: Kept = self.sealer().open(RECEIPT, &place(&row), &row.sealed)?;
            row.ended_at = Some(now);
            let sealed = self.sealer().seal(RECEIPT, &place(&row), &Kept { state, ..kept })?;
            consent_receipts::Entity::update_many()
                .col_expr(consent_receipts::Column::EndedAt, Expr::value(Some(now)))
                .col_expr(consent_receipts::Column::Sealed, sealed.into())
                .filter(consent_receipts::Column::Id.eq(row.id))
                .exec(&self.tx)
                .await?;
        }
        Ok(count)
    }

    pub(crate) async fn consents(&self, persons: &[PersonId]) -> Result<Vec<ConsentReceipt>> {
        let rows = consent_receipts::Entity::find()
            .filter(consent_receipts::Column::PersonId.is_in(persons.iter().map(|person| person.0)))
            .order_by_asc(consent_receipts::Column::RecordedAt)
            .order_by_asc(consent_receipts::Column::Id)
            .all(&self.tx)
            .await?;
        rows.iter().map(|row| read(self.sealer(), row)).collect()
    }

    fn ending(until: Date) -> sea_orm::Select<consent_receipts::Entity> {
        // ISO dates stand in the order of days.
        consent_receipts::Entity::find()
            .filter(consent_receipts::Column::EndedAt.is_null())
            .filter(consent_receipts::Column::Until.ne(""))
            .filter(consent_receipts::Column::Until.lte(until.to_string()))
            .order_by_asc(consent_receipts::Column::Until)
    }

    /// Consents in force whose last day is `until` or before.
    pub async fn consents_ending(&self, until: Date) -> Result<Vec<ConsentReceipt>> {
        let rows = Self::ending(until).all(&self.tx).await?;
        rows.iter().map(|row| read(self.sealer(), row)).collect()
    }

    /// How many there are; none is opened.
    pub async fn count_consents_ending(&self, until: Date) -> Result<u64> {
        Ok(Self::ending(until).count(&self.tx).await?)
    }

    /// The same without those whose persons were reminded, which they are from now on.
    pub async fn remind_of_consents(&self, until: Date) -> Result<Vec<ConsentReceipt>> {
        let rows = Self::ending(until).filter(consent_receipts::Column::RemindedAt.is_null()).all(&self.tx).await?;
        let now = Some(self.now().as_millisecond());
        consent_receipts::Entity::update_many()
            .col_expr(consent_receipts::Column::RemindedAt, Expr::value(now))
            .filter(consent_receipts::Column::Id.is_in(rows.iter().map(|row| row.id).collect::<Vec<Uuid>>()))
            .exec(&self.tx)
            .await?;
        rows.iter().map(|row| read(self.sealer(), row)).collect()
    }
}
