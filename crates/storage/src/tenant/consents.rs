//! Consent receipts (Art. 7 (1) GDPR).

use domain::audit::Actor;
use domain::consent::Channel;
use domain::{ConsentId, ConsentReceipt, ItemId, Light, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::TenantTx;
use crate::rows::consents;
use crate::{Result, StorageError};

impl TenantTx {
    /// Records a consent and brings the published projection of the person's groups up to date.
    pub async fn insert_consent(&self, consent: &ConsentReceipt) -> Result<()> {
        let ConsentReceipt { id, person, item, light, given_on, channel, wording, withdrawn: _ } = consent;
        let recorded_by = match self.actor() {
            Actor::User(user) => Some(user.0),
            _ => None,
        };
        let row = consents::ActiveModel {
            id: Set(id.0),
            person_id: Set(person.0),
            item_id: Set(item.0),
            light: Set(light.code().to_owned()),
            given_on: Set(given_on.to_string()),
            channel: Set(channel.code().to_owned()),
            wording: Set(wording.clone()),
            recorded_by: Set(recorded_by),
            recorded_at: Set(self.now().as_millisecond()),
            withdrawn_at: Set(None),
        };
        consents::Entity::insert(row).exec_without_returning(&self.tx).await?;
        self.republish(&self.all_groups_of(*person).await?).await
    }

    /// Withdraws every consent of a person to an item, at once; how many there were.
    pub async fn withdraw_consents(&self, person: PersonId, item: ItemId) -> Result<u64> {
        let withdrawn = consents::Entity::update_many()
            .col_expr(consents::Column::WithdrawnAt, sea_orm::sea_query::Expr::value(Some(self.now().as_millisecond())))
            .filter(consents::Column::PersonId.eq(person.0))
            .filter(consents::Column::ItemId.eq(item.0))
            .filter(consents::Column::WithdrawnAt.is_null())
            .exec(&self.tx)
            .await?;
        self.republish(&self.all_groups_of(person).await?).await?;
        Ok(withdrawn.rows_affected)
    }

    pub(crate) async fn consents(&self, persons: &[PersonId]) -> Result<Vec<ConsentReceipt>> {
        let rows = consents::Entity::find()
            .filter(consents::Column::PersonId.is_in(persons.iter().map(|person| person.0)))
            .order_by_asc(consents::Column::RecordedAt)
            .all(&self.tx)
            .await?;
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
                    withdrawn: row.withdrawn_at.is_some(),
                })
            })
            .collect()
    }
}
