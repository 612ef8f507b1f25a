//! Campaigns of the reconciliation, how far each group is, which mail was sent in which round, and half-filled wizards.

use std::collections::{BTreeMap, HashMap};

use crypto::keys::Purpose;
use domain::audit::Actor;
use domain::change_request::Change;
use domain::reconciliation::{Answerer, MailKind, Plan, Round, Step, Way};
use domain::{CampaignId, GroupId, ItemId, LinkId, MailId, PersonId, RoundId, UserId};
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::{OnConflict, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::bulk::ROWS;
use super::{TenantTx, moment};
use crate::rows::{
    memberships, outbox, reconciliation_campaigns as campaigns, reconciliation_drafts as drafts,
    reconciliation_mails as mails, reconciliation_rounds as rounds,
};
use crate::sealing::{Column, bound};
use crate::{Mail, Result, StorageError};

const CAMPAIGN: Column = Column::new("reconciliation_campaigns", "sealed", Purpose::Mail);
const DRAFT: Column = Column::new("reconciliation_drafts", "sealed", Purpose::Items);

/// A draft that nobody went on with goes after so long.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24 * 90);

/// What an office writes to its groups; placeholders in braces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The subject, in German.
    pub subject: String,
    /// The text, in German.
    pub german: String,
    /// The text, in English; may be empty.
    pub english: String,
}

/// A campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// When it was sent.
    pub made_at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// What was written.
    pub wording: Wording,
    /// When groups are reminded, and until when they are waited for.
    pub plan: Plan,
    /// When somebody ended it before its time.
    pub ended_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct KeptCampaign {
    by: Actor,
    wording: Wording,
    plan: Plan,
    #[serde(default)]
    ended_at: Option<Timestamp>,
}

/// The ids of a campaign's mails.
fn mails_of(campaign: CampaignId) -> SelectStatement {
    let rounds = rounds::Entity::find()
        .select_only()
        .column(rounds::Column::Id)
        .filter(rounds::Column::CampaignId.eq(campaign.0));
    let mails = mails::Entity::find()
        .select_only()
        .column(mails::Column::MailId)
        .filter(mails::Column::RoundId.in_subquery(sea_orm::QueryTrait::into_query(rounds)));
    sea_orm::QueryTrait::into_query(mails)
}

fn campaign_place(id: Uuid, made_at: i64) -> Vec<u8> {
    bound(&[id.as_bytes(), &made_at.to_be_bytes()])
}

/// A wizard half filled in: what is to be different so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WizardDraft {
    /// Codes of the steps that were saved.
    pub done: Vec<String>,
    /// What is to be different.
    pub changes: Vec<Change>,
    /// What the group wants to tell the office.
    #[serde(default)]
    pub message: String,
    /// Whether that was typed with a link.
    #[serde(default)]
    pub message_by_link: bool,
    /// Items whose new value was typed with a link, and with which: it is told back to whoever holds that one.
    #[serde(default)]
    pub typed_with: BTreeMap<ItemId, LinkId>,
    /// Who said to be that contact person, and to agree to the lights asked for.
    #[serde(default)]
    pub agreed: BTreeMap<PersonId, UserId>,
    /// What came of it, if it was submitted and nothing was filled in since: whoever presses twice submits once.
    #[serde(default)]
    pub finished: Option<Ended>,
}

/// A wizard that was ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// What was shown when it was.
    pub mark: String,
    /// Whether something waits for the office.
    pub waits: bool,
}

/// A mail of a round, to be put into the outbox.
#[derive(Clone, Debug)]
pub struct RoundMail {
    /// Of which round.
    pub round: RoundId,
    /// Which one.
    pub kind: MailKind,
    /// What it says.
    pub mail: Mail,
}

fn unreadable<T>(_: T) -> StorageError {
    StorageError::Unreadable { what: "a round" }
}

fn read_round(row: rounds::Model) -> Result<Round> {
    let rounds::Model {
        id,
        group_id,
        campaign_id,
        way,
        step,
        begun_at,
        moved_at,
        answered_by,
        reminders,
        bounced_at,
        overdue_at,
        next_at,
    } = row;
    let answered = answered_by.map(|by| Answerer::from_code(&by).ok_or_else(|| unreadable(()))).transpose()?;
    Ok(Round {
        id: RoundId(id),
        group: GroupId(group_id),
        campaign: campaign_id.map(CampaignId),
        way: Way::from_code(&way).ok_or_else(|| unreadable(()))?,
        step: Step::from_code(&step).ok_or_else(|| unreadable(()))?,
        begun_at: moment(begun_at)?,
        moved_at: moment(moved_at)?,
        answered,
        reminders: u8::try_from(reminders).map_err(unreadable)?,
        bounced_at: bounced_at.map(moment).transpose()?,
        overdue_at: overdue_at.map(moment).transpose()?,
        next_at: next_at.map(moment).transpose()?,
    })
}

fn round_row(round: &Round) -> rounds::ActiveModel {
    let Round { id, group, campaign, way, step, begun_at, moved_at, answered, reminders, .. } = round;
    let Round { bounced_at, overdue_at, next_at, .. } = round;
    let millis = |at: &Option<Timestamp>| at.map(Timestamp::as_millisecond);
    rounds::ActiveModel {
        id: Set(id.0),
        group_id: Set(group.0),
        campaign_id: Set(campaign.map(|campaign| campaign.0)),
        way: Set(way.code().to_owned()),
        step: Set(step.code().to_owned()),
        begun_at: Set(begun_at.as_millisecond()),
        moved_at: Set(moved_at.as_millisecond()),
        answered_by: Set(answered.map(|by| by.code().to_owned())),
        reminders: Set(i64::from(*reminders)),
        bounced_at: Set(millis(bounced_at)),
        overdue_at: Set(millis(overdue_at)),
        next_at: Set(millis(next_at)),
    }
}

impl TenantTx {
    /// Keeps a campaign; [`StorageError::Conflict`] if this one was sent already.
    pub async fn insert_campaign(&self, campaign: &Campaign) -> Result<()> {
        match campaigns::Entity::insert(self.campaign_row(campaign)?).exec_without_returning(&self.tx).await {
            Ok(_) => Ok(()),
            Err(error) if StorageError::is_unique(&error) => Err(StorageError::Conflict),
            Err(error) => Err(error.into()),
        }
    }

    fn campaign_row(&self, campaign: &Campaign) -> Result<campaigns::ActiveModel> {
        let Campaign { id, made_at, by, wording, plan, ended_at } = campaign;
        let made_at = made_at.as_millisecond();
        let kept = KeptCampaign { by: *by, wording: wording.clone(), plan: *plan, ended_at: *ended_at };
        Ok(campaigns::ActiveModel {
            id: Set(id.0),
            made_at: Set(made_at),
            sealed: Set(self.sealer().seal(CAMPAIGN, &campaign_place(id.0, made_at), &kept)?),
        })
    }

    /// Keeps what became of a campaign.
    pub async fn save_campaign(&self, campaign: &Campaign) -> Result<()> {
        campaigns::Entity::update(self.campaign_row(campaign)?).exec(&self.tx).await?;
        Ok(())
    }

    fn read_campaign(&self, row: &campaigns::Model) -> Result<Campaign> {
        let kept: KeptCampaign = self.sealer().open(CAMPAIGN, &campaign_place(row.id, row.made_at), &row.sealed)?;
        let KeptCampaign { by, wording, plan, ended_at } = kept;
        Ok(Campaign { id: CampaignId(row.id), made_at: moment(row.made_at)?, by, wording, plan, ended_at })
    }

    /// A campaign.
    pub async fn campaign(&self, id: CampaignId) -> Result<Option<Campaign>> {
        let row = campaigns::Entity::find_by_id(id.0).one(&self.tx).await?;
        row.map(|row| self.read_campaign(&row)).transpose()
    }

    /// The last campaigns, newest first.
    pub async fn campaigns(&self, most: u64) -> Result<Vec<Campaign>> {
        let rows = campaigns::Entity::find().order_by_desc(campaigns::Column::MadeAt).limit(most).all(&self.tx).await?;
        rows.iter().map(|row| self.read_campaign(row)).collect()
    }

    /// How many groups were written to in each campaign.
    pub async fn campaign_sizes(&self) -> Result<HashMap<CampaignId, usize>> {
        let rows: Vec<(Option<Uuid>, i64)> = rounds::Entity::find()
            .select_only()
            .column(rounds::Column::CampaignId)
            .column_as(rounds::Column::Id.count(), "groups")
            .filter(rounds::Column::CampaignId.is_not_null())
            .group_by(rounds::Column::CampaignId)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let size = |(id, count): (Option<Uuid>, i64)| Some((CampaignId(id?), usize::try_from(count).ok()?));
        Ok(rows.into_iter().filter_map(size).collect())
    }

    /// Begins rounds.
    pub async fn insert_rounds(&self, new: &[Round]) -> Result<()> {
        let rows: Vec<_> = new.iter().map(round_row).collect();
        for chunk in rows.chunks(ROWS) {
            rounds::Entity::insert_many(chunk.to_vec()).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }

    /// Keeps where a round stands.
    pub async fn save_round(&self, round: &Round) -> Result<()> {
        rounds::Entity::update(round_row(round)).exec(&self.tx).await?;
        Ok(())
    }

    /// The newest round of a group.
    pub async fn last_round(&self, group: GroupId) -> Result<Option<Round>> {
        let row = rounds::Entity::find()
            .filter(rounds::Column::GroupId.eq(group.0))
            .order_by_desc(rounds::Column::BegunAt)
            .order_by_desc(rounds::Column::Id)
            .one(&self.tx)
            .await?;
        row.map(read_round).transpose()
    }

    /// The newest round of every group.
    pub async fn last_rounds(&self) -> Result<HashMap<GroupId, Round>> {
        let rows = rounds::Entity::find()
            .order_by_asc(rounds::Column::BegunAt)
            .order_by_asc(rounds::Column::Id)
            .all(&self.tx)
            .await?;
        let read = rows.into_iter().map(|row| read_round(row).map(|round| (round.group, round)));
        read.collect()
    }

    /// The rounds of a campaign.
    pub async fn rounds_of(&self, campaign: CampaignId) -> Result<Vec<Round>> {
        let rows = rounds::Entity::find().filter(rounds::Column::CampaignId.eq(campaign.0)).all(&self.tx).await?;
        rows.into_iter().map(read_round).collect()
    }

    /// The rounds about which there is something to do now, at most so many.
    pub async fn due_rounds(&self, most: u64) -> Result<Vec<Round>> {
        let rows = rounds::Entity::find()
            .filter(rounds::Column::NextAt.lte(self.now().as_millisecond()))
            .order_by_asc(rounds::Column::NextAt)
            .limit(most)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read_round).collect()
    }

    /// Ends what would still be done about older rounds of these groups: a newer one takes their place.
    pub async fn quiet_rounds_of(&self, groups: &[GroupId]) -> Result<()> {
        for chunk in groups.chunks(ROWS) {
            rounds::Entity::update_many()
                .col_expr(rounds::Column::NextAt, sea_orm::sea_query::Expr::value(None::<i64>))
                .filter(rounds::Column::GroupId.is_in(chunk.iter().map(|group| group.0)))
                .exec(&self.tx)
                .await?;
        }
        Ok(())
    }

    /// Puts the mails of rounds into the outbox. [`StorageError::Conflict`] if one of them was sent before: nobody gets a
    /// mail of the same round twice.
    pub async fn enqueue_round_mails(&self, new: &[RoundMail]) -> Result<()> {
        let now = self.now().as_millisecond();
        let mut rows = Vec::with_capacity(new.len());
        for RoundMail { round, kind, mail } in new {
            let id = self.enqueue_known(mail).await?;
            rows.push(mails::ActiveModel {
                round_id: Set(round.0),
                kind: Set(kind.code().to_owned()),
                mail_id: Set(id.0),
                at: Set(now),
            });
        }
        for chunk in rows.chunks(ROWS) {
            match mails::Entity::insert_many(chunk.to_vec()).exec_without_returning(&self.tx).await {
                Ok(_) => {}
                Err(error) if StorageError::is_unique(&error) => return Err(StorageError::Conflict),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// The round that a mail belongs to, with whether it is its newest mail; none for all other mails.
    pub(crate) async fn round_of_mail(&self, mail: MailId) -> Result<Option<Round>> {
        let Some(row) = mails::Entity::find().filter(mails::Column::MailId.eq(mail.0)).one(&self.tx).await? else {
            return Ok(None);
        };
        rounds::Entity::find_by_id(row.round_id).one(&self.tx).await?.map(read_round).transpose()
    }

    /// How many mails of a campaign still wait to be sent.
    pub async fn campaign_mails_waiting(&self, campaign: CampaignId) -> Result<u64> {
        let waiting = outbox::Entity::find()
            .filter(outbox::Column::State.eq("waiting"))
            .filter(outbox::Column::Id.in_subquery(mails_of(campaign)))
            .count(&self.tx)
            .await?;
        Ok(waiting)
    }

    /// Removes the mails of a campaign that wait and that no worker is sending just now; how many.
    pub async fn cancel_campaign_mails(&self, campaign: CampaignId) -> Result<u64> {
        let removed = outbox::Entity::delete_many()
            .filter(outbox::Column::State.eq("waiting"))
            .filter(outbox::Column::ClaimedUntil.lt(self.now().as_millisecond()))
            .filter(outbox::Column::Id.in_subquery(mails_of(campaign)))
            .exec(&self.tx)
            .await?;
        Ok(removed.rows_affected)
    }

    /// What was filled in so far for a group in reach.
    pub async fn wizard_draft(&self, group: GroupId) -> Result<Option<WizardDraft>> {
        if !self.within(group).await? {
            return Ok(None);
        }
        let row = drafts::Entity::find_by_id(group.0).one(&self.tx).await?;
        row.map(|row| self.sealer().open(DRAFT, group.0.as_bytes(), &row.sealed)).transpose()
    }

    /// Keeps what was filled in so far.
    pub async fn put_wizard_draft(&self, group: GroupId, draft: &WizardDraft) -> Result<()> {
        if !self.within(group).await? {
            return Err(StorageError::Conflict);
        }
        let row = drafts::ActiveModel {
            group_id: Set(group.0),
            updated_at: Set(self.now().as_millisecond()),
            sealed: Set(self.sealer().seal(DRAFT, group.0.as_bytes(), draft)?),
        };
        let again = OnConflict::column(drafts::Column::GroupId)
            .update_columns([drafts::Column::UpdatedAt, drafts::Column::Sealed])
            .to_owned();
        drafts::Entity::insert(row).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Forgets what was filled in.
    pub async fn remove_wizard_draft(&self, group: GroupId) -> Result<()> {
        if self.within(group).await? {
            drafts::Entity::delete_by_id(group.0).exec(&self.tx).await?;
        }
        Ok(())
    }

    /// Removes drafts that nobody went on with; how many.
    pub async fn remove_old_wizard_drafts(&self) -> Result<u64> {
        let before = self.now().saturating_sub(FORGOTTEN).unwrap_or(Timestamp::MIN).as_millisecond();
        let old = drafts::Entity::delete_many().filter(drafts::Column::UpdatedAt.lt(before)).exec(&self.tx).await?;
        Ok(old.rows_affected)
    }

    /// Who stands for these groups, in their order.
    pub async fn people_of_groups(&self, groups: &[GroupId]) -> Result<HashMap<GroupId, Vec<PersonId>>> {
        let mut found: HashMap<GroupId, Vec<PersonId>> = HashMap::new();
        for chunk in groups.chunks(ROWS) {
            let rows = memberships::Entity::find()
                .filter(memberships::Column::GroupId.is_in(chunk.iter().map(|group| group.0)))
                .order_by_asc(memberships::Column::Position)
                .all(&self.tx)
                .await?;
            for row in rows {
                found.entry(GroupId(row.group_id)).or_default().push(PersonId(row.person_id));
            }
        }
        Ok(found)
    }
}
