//! What was announced to groups that are silent for long.
//!
//! What counts is sealed, and bound to the group and to the mail: someone who writes the database but lacks the keys can make
//! no announcement that was never sent, and so close nothing before its time.

use std::collections::HashMap;

use crypto::keys::Purpose;
use domain::silence::{Announced, Silence};
use domain::{GroupId, MailId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::TenantTx;
use crate::rows::silences;
use crate::sealing::{Column, bound};
use crate::{Mail, Result};

const SEALED: Column = Column::new("silences", "sealed", Purpose::Users);

fn place(group: GroupId, changed_at: i64, mail: MailId) -> Vec<u8> {
    bound(&[group.0.as_bytes(), &changed_at.to_be_bytes(), mail.0.as_bytes()])
}

impl TenantTx {
    fn read_silence(&self, row: &silences::Model) -> Result<Silence> {
        let silences::Model { group_id, changed_at, mail_id, sealed } = row;
        self.sealer().open(SEALED, &place(GroupId(*group_id), *changed_at, MailId(*mail_id)), sealed)
    }

    /// What was announced to silent groups.
    pub async fn silences(&self) -> Result<HashMap<GroupId, Silence>> {
        let rows = silences::Entity::find().all(&self.tx).await?;
        rows.iter().map(|row| Ok((GroupId(row.group_id), self.read_silence(row)?))).collect()
    }

    /// What was announced to a group.
    pub async fn silence(&self, group: GroupId) -> Result<Option<Silence>> {
        let row = silences::Entity::find_by_id(group.0).one(&self.tx).await?;
        row.map(|row| self.read_silence(&row)).transpose()
    }

    /// Puts an announcement into the outbox, and keeps how far the silence has come with it.
    pub async fn announce_silence(&self, group: GroupId, silence: &Silence, mail: &Mail) -> Result<()> {
        let id = self.enqueue_known(mail).await?;
        self.put_silence(group, silence, id).await
    }

    async fn put_silence(&self, group: GroupId, silence: &Silence, mail: MailId) -> Result<()> {
        let changed_at = self.now().as_millisecond();
        let row = silences::ActiveModel {
            group_id: Set(group.0),
            changed_at: Set(changed_at),
            mail_id: Set(mail.0),
            sealed: Set(self.sealer().seal(SEALED, &place(group, changed_at, mail), silence)?),
        };
        let again = OnConflict::column(silences::Column::GroupId)
            .update_columns([silences::Column::ChangedAt, silences::Column::MailId, silences::Column::Sealed])
            .to_owned();
        silences::Entity::insert(row).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Keeps how far a silence has come, after the same mail.
    pub async fn save_silence(&self, group: GroupId, silence: &Silence) -> Result<()> {
        match silences::Entity::find_by_id(group.0).one(&self.tx).await? {
            Some(row) => self.put_silence(group, silence, MailId(row.mail_id)).await,
            None => Ok(()),
        }
    }

    /// Forgets what was announced to a group.
    pub async fn forget_silence(&self, group: GroupId) -> Result<()> {
        silences::Entity::delete_by_id(group.0).exec(&self.tx).await?;
        Ok(())
    }

    /// Notes what became of a mail, if it was such an announcement.
    pub(super) async fn silence_mail_done(&self, mail: MailId, became: Announced) -> Result<()> {
        let row = silences::Entity::find().filter(silences::Column::MailId.eq(mail.0)).one(&self.tx).await?;
        if let Some(row) = row {
            let silence = self.read_silence(&row)?.left(became);
            self.put_silence(GroupId(row.group_id), &silence, mail).await?;
        }
        Ok(())
    }
}
