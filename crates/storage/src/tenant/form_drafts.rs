//! Forms of own groups that are half filled in: kept as they were typed until they are sent.

use crypto::keys::Purpose;
use domain::{GroupId, UserId};
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{TenantTx, moment};
use crate::Result;
use crate::rows::form_drafts as rows;
use crate::sealing::{Column, bound};

const SEALED: Column = Column::new("form_drafts", "sealed", Purpose::Items);

/// A draft that nobody went on with goes after so long: it may hold what was never meant to be kept.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A half-filled form: names and values in the order of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormDraft {
    /// When it was kept last.
    pub saved_at: Timestamp,
    /// What stood in it.
    pub typed: Vec<(String, String)>,
}

fn place(user: UserId, group: GroupId, form: &str) -> Vec<u8> {
    bound(&[user.0.as_bytes(), group.0.as_bytes(), form.as_bytes()])
}

impl TenantTx {
    /// Keeps what someone typed so far into a form about a group in reach; it takes the place of an older draft.
    pub async fn put_form_draft(
        &self,
        user: UserId,
        group: GroupId,
        form: &str,
        typed: &[(String, String)],
    ) -> Result<()> {
        let row = rows::ActiveModel {
            user_id: Set(user.0),
            group_id: Set(group.0),
            form: Set(form.to_owned()),
            saved_at: Set(self.now().as_millisecond()),
            sealed: Set(self.sealer().seal(SEALED, &place(user, group, form), &typed)?),
        };
        let again = OnConflict::columns([rows::Column::UserId, rows::Column::GroupId, rows::Column::Form])
            .update_columns([rows::Column::SavedAt, rows::Column::Sealed])
            .to_owned();
        rows::Entity::insert(row).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// What someone typed so far into a form about a group.
    pub async fn form_draft(&self, user: UserId, group: GroupId, form: &str) -> Result<Option<FormDraft>> {
        let row = rows::Entity::find_by_id((user.0, group.0, form.to_owned())).one(&self.tx).await?;
        row.map(|row| {
            let typed = self.sealer().open(SEALED, &place(user, group, form), &row.sealed)?;
            Ok(FormDraft { saved_at: moment(row.saved_at)?, typed })
        })
        .transpose()
    }

    /// Forgets what someone typed into a form about a group.
    pub async fn remove_form_draft(&self, user: UserId, group: GroupId, form: &str) -> Result<()> {
        rows::Entity::delete_by_id((user.0, group.0, form.to_owned())).exec(&self.tx).await?;
        Ok(())
    }

    /// Removes drafts that nobody went on with; how many.
    pub async fn remove_old_form_drafts(&self) -> Result<u64> {
        let before = self.now().saturating_sub(FORGOTTEN).unwrap_or(Timestamp::MIN).as_millisecond();
        let old = rows::Entity::delete_many().filter(rows::Column::SavedAt.lt(before)).exec(&self.tx).await?;
        Ok(old.rows_affected)
    }
}
