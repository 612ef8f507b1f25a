//! Consent receipts (Art. 7 (1) GDPR).

use domain::audit::Actor;
use domain::consent::{Channel, ConsentState};
use domain::{ConsentId, ConsentReceipt, ItemId, Light, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::TenantTx;
use crate::rows::consents;
use crate::{Result, StorageError};

impl TenantTx {
    /// Records a consent, which takes the place of an earlier one to the same item, and brings the published projection of the person's groups up to date.
    pub async fn insert_consent(&self, consent: &ConsentReceipt) -> Result<()> {
        let ConsentReceipt { id, person, item, light, given_on, channel, wording, state: _ } = consent;
        let recorded_by = match self.actor() {
            Actor::User(user) => Some(user.0),
            _ => None,
        };
        let now = self.now().as_millisecond();
        // What ends in the moment in which the next one begins was replaced, not withdrawn: see `consents`.
        self.end_consents(*person, *item, now).await?;
        let row = consents::ActiveModel {
            id: Set(id.0),
            person_id: Set(person.0),
            item_id: Set(item.0),
            light: Set(light.code().to_owned()),
            given_on: Set(given_on.to_string()),
            channel: Set(channel.code().to_owned()),
            wording: Set(wording.clone()),
            recorded_by: Set(recorded_by),
            recorded_at: Set(now),
            withdrawn_at: Set(None),
        };
        consents::Entity::insert(row).exec_without_returning(&self.tx).await?;
        self.republish(&self.all_groups_of(*person).await?).await
    }

    /// Withdraws every consent of a person to an item, at once; how many there were.
    pub async fn withdraw_consents(&self, person: PersonId, item: ItemId) -> Result<u64> {
        let withdrawn = self.end_consents(person, item, self.now().as_millisecond()).await?;
        self.republish(&self.all_groups_of(person).await?).await?;
        Ok(withdrawn)
    }

    async fn end_consents(&self, person: PersonId, item: ItemId, at: i64) -> Result<u64> {
        let ended = consents::Entity::update_many()
            .col_expr(consents::Column::WithdrawnAt, sea_orm::sea_query::Expr::value(Some(at)))
            .filter(consents::Column::PersonId.eq(person.0))
            .filter(consents::Column::ItemId.eq(item.0))
            .filter(consents::Column::WithdrawnAt.is_null())
            .exec(&self.tx)
            .await?;
        Ok(ended.rows_affected)
    }

    pub(crate) async fn consents(&self, persons: &[PersonId]) -> Result<Vec<ConsentReceipt>> {
        let rows = consents::Entity::find()
            .filter(consents::Column::PersonId.is_in(persons.iter().map(|person| person.0)))
            .order_by_asc(consents::Column::RecordedAt)
            .all(&self.tx)
            .await?;
        let begun: std::collections::HashSet<_> = rows.iter().map(|row| (row.item_id, row.recorded_at)).collect();
        rows.into_iter()
            .map(|row| {
                let unreadable = || StorageError::Unreadable { what: "a consent" };
                Ok(ConsentReceipt {
                    id: ConsentId(row.id),
                    person: PersonId(row.person_id),
                    item: ItemId(row.item_id),
                    light: Light::from_code(&row.light).ok_or_else(unreadable)?,
                    given_on: row.given_on.parse().map_err(|_| unreadable())?,
                    channel: Channel::from_code(&row.channel).ok_or_else(unreadable)?,
                    wording: row.wording,
                    state: match row.withdrawn_at {
                        None => ConsentState::InForce,
                        Some(at) if at > row.recorded_at && begun.contains(&(row.item_id, at)) => {
                            ConsentState::Replaced
                        }
                        Some(_) => ConsentState::Withdrawn,
                    },
                })
            })
            .collect()
    }
}
