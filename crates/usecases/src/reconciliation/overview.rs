//! Who is due, and how far each group is.

use std::collections::HashMap;

use access::actions::ReadReconciliation;
use access::{Action, Permit};
use domain::reconciliation::{Answerer, Dueness, Interval, Round, Shown, Step, Way};
use domain::schedule::berlin;
use domain::{CampaignId, Field, GroupId, Item, Light, Status};
use jiff::Timestamp;
use jiff::civil::Date;
use storage::TenantTx;
use storage::tenant::{Campaign, GroupSummary};

use super::interval::{Intervals, intervals};
use super::silence::{SilenceLine, shown, without_mail};
use super::{contacts, last_confirmed, with_post};
use crate::groups::edit::today;
use crate::groups::record_seen;
use crate::{Error, House, Result};

/// So many campaigns are listed.
const CAMPAIGNS: u64 = 20;

/// A group as the reconciliation sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub status: Status,
    /// When it last confirmed its data.
    pub confirmed_on: Option<Date>,
    /// Whether it is to be asked.
    pub dueness: Dueness,
    /// Since when, or from when on; none if it was never confirmed.
    pub due_on: Option<Date>,
    /// How often it is asked, if not like all others.
    pub months: Option<Interval>,
    /// How it can be written to; none if neither address is known.
    pub reach: Option<Way>,
    /// How it was written to in its newest round.
    pub way: Option<Way>,
    /// What became of its newest round.
    pub round: Option<Shown>,
    /// When that last moved.
    pub moved_at: Option<Timestamp>,
    /// Who answered it.
    pub answered: Option<Answerer>,
    /// Whether it was asked and has not answered: it is not asked again by itself.
    pub asked: bool,
    /// What was announced after a long silence.
    pub silence: Option<SilenceLine>,
}

impl Line {
    /// Whether a mail address is known.
    pub fn has_mail(&self) -> bool {
        self.reach == Some(Way::Mail)
    }

    /// Whether somebody has to call, or to write again: the mail came back, the deadline is over without an answer, or a letter
    /// cannot be written. Who has confirmed since is done.
    pub fn is_stuck(&self) -> bool {
        let confirmed_since =
            self.confirmed_on.zip(self.moved_at).is_some_and(|(on, at)| on > at.to_zoned(berlin()).date());
        let unwritten = self.round == Some(Shown::Step(Step::Waiting)) && self.reach.is_none();
        !confirmed_since && (self.round.is_some_and(Shown::is_stuck) || unwritten)
    }
}

/// All groups that take part, the longest silent first, and the last campaigns.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// The groups.
    pub lines: Vec<Line>,
    /// Newest first.
    pub campaigns: Vec<Campaign>,
    /// How many groups were written to in each.
    pub sizes: HashMap<CampaignId, usize>,
    /// How often they are asked.
    pub intervals: Intervals,
}

/// Groups that take part: all that are there for somebody.
pub(super) const fn takes_part(status: Status) -> bool {
    match status {
        Status::Active | Status::Paused | Status::Dormant => true,
        Status::Draft | Status::Dissolved => false,
    }
}

/// The groups that take part, with what the reconciliation needs of them.
pub(super) async fn participants(tx: &TenantTx) -> Result<Vec<GroupSummary>> {
    let mut groups = tx.group_summaries(&[Field::Name, Field::ConfirmedOn, Field::GroupEmail]).await?;
    groups.retain(|group| takes_part(group.status));
    Ok(groups)
}

pub(super) fn name_of(items: &[Item]) -> Option<&Item> {
    items.iter().find(|item| item.field == Field::Name)
}

/// What is shown of groups, of these fields, and not public, as it is recorded.
fn seen_of<'a>(groups: impl Iterator<Item = &'a GroupSummary>, fields: &[Field]) -> Vec<String> {
    let shown = groups.flat_map(|group| &group.items).filter(|item| fields.contains(&item.field));
    shown.filter(|item| item.effective() != Light::Green).map(|item| item.id.to_string()).collect()
}

fn line(group: &GroupSummary, intervals: &Intervals, today: Date, round: Option<&Round>, reach: Option<Way>) -> Line {
    let confirmed_on = last_confirmed(&group.items);
    Line {
        id: group.id,
        name: name_of(&group.items).map(|item| item.value.plain()).unwrap_or_default(),
        status: group.status,
        confirmed_on,
        dueness: Dueness::of(confirmed_on, intervals.of(group.id), today),
        due_on: Dueness::day(confirmed_on, intervals.of(group.id), today),
        months: intervals.groups.get(&group.id).copied(),
        reach,
        way: round.map(|round| round.way),
        round: round.map(Round::shown),
        moved_at: round.map(|round| round.moved_at),
        answered: round.and_then(|round| round.answered),
        asked: round.is_some_and(|round| {
            round.campaign.is_some() && round.overdue_at.is_none() && round.step != Step::Confirmed
        }),
        silence: None,
    }
}

/// Everything at a glance. Names and days that are not public are recorded as read.
pub async fn overview(permit: &Permit<ReadReconciliation>, house: &House) -> Result<Overview> {
    all(permit, house).await
}

pub(super) async fn all<A: Action>(permit: &Permit<A>, house: &House) -> Result<Overview> {
    let look = house.stores.look(permit).await?;
    let intervals = intervals(&look).await?;
    let groups = participants(&look).await?;
    let with: Vec<(GroupId, &[Item])> = groups.iter().map(|group| (group.id, group.items.as_slice())).collect();
    let known = contacts(&look, &with).await?;
    let rounds = look.last_rounds().await?;
    let silences = look.silences().await?;
    let campaigns = look.campaigns(CAMPAIGNS).await?;
    let sizes = look.campaign_sizes().await?;
    drop(look);
    let (today, now) = (today(house), house.clock().now());
    let mut lines: Vec<(String, Line)> = groups
        .iter()
        .map(|group| {
            let (round, reach) = (rounds.get(&group.id), known.of(group.id));
            let silence = match silences.get(&group.id) {
                None if reach != Some(Way::Mail) => without_mail(intervals.silence, group, round, now),
                kept => kept.map(shown),
            };
            let line = Line { silence, ..line(group, &intervals, today, round, reach) };
            (directory::sort_key(&line.name), line)
        })
        .collect();
    lines.sort_by(|(a, one), (b, other)| {
        (one.dueness, one.confirmed_on, a, one.id).cmp(&(other.dueness, other.confirmed_on, b, other.id))
    });
    let seen = seen_of(groups.iter(), &[Field::Name, Field::ConfirmedOn]);
    record_seen(permit, house, permit.tenant(), "reconciliation", seen).await?;
    Ok(Overview { lines: lines.into_iter().map(|(_, line)| line).collect(), campaigns, sizes, intervals })
}

/// Groups that wait for the office, for its first page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Due, and not asked.
    pub due: usize,
    /// Asked in vain.
    pub stuck: usize,
}

/// How many groups wait for the office. Letters that lack an address are not looked for: that would read every person.
pub(crate) async fn count_waiting(tx: &TenantTx, house: &House) -> Result<Waiting> {
    let mut groups = tx.group_summaries(&[Field::ConfirmedOn]).await?;
    groups.retain(|group| takes_part(group.status));
    let intervals = intervals(tx).await?;
    let rounds = tx.last_rounds().await?;
    let today = today(house);
    let mut waiting = Waiting::default();
    for group in &groups {
        let line = line(group, &intervals, today, rounds.get(&group.id), Some(Way::Letter));
        waiting.due += usize::from(line.dueness.is_due() && !line.asked);
        waiting.stuck += usize::from(line.is_stuck());
    }
    Ok(waiting)
}

/// A group in a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundLine {
    /// Its id.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// How it was written to.
    pub way: Way,
    /// How far it is.
    pub shown: Shown,
    /// Since when.
    pub moved_at: Timestamp,
    /// Who answered.
    pub answered: Option<Answerer>,
    /// How many reminders it got.
    pub reminders: u8,
    /// How far its letter is, if it is written one.
    pub letter: Option<LetterState>,
}

/// How far a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// Nobody stands for the group whose address is known.
    NoAddress,
    /// It is to be printed.
    ToPrint,
    /// It was downloaded before.
    Printed,
}

/// A campaign, group by group.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The campaign.
    pub campaign: Campaign,
    /// By whom, if the account is still there.
    pub by: Option<String>,
    /// Its groups in reach, by name.
    pub lines: Vec<RoundLine>,
    /// Mails that wait to leave.
    pub mails_waiting: u64,
}

impl Progress {
    /// How many groups there are of each kind, without the empty ones, and without those that cannot be written to.
    pub fn counts(&self) -> Vec<(Shown, usize)> {
        let written =
            |line: &&RoundLine| line.letter != Some(LetterState::NoAddress) || line.shown != Shown::Step(Step::Waiting);
        let counted = Shown::ALL
            .into_iter()
            .map(|kind| (kind, self.lines.iter().filter(written).filter(|line| line.shown == kind).count()));
        counted.filter(|(_, count)| *count > 0).collect()
    }

    /// How many letters are so far.
    pub fn letters(&self, state: LetterState) -> usize {
        self.lines.iter().filter(|line| line.letter == Some(state)).count()
    }
}

/// How a group stands in the reconciliation, for its own page: the last time it was asked, and until when it can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupStanding {
    /// Whether it is to be asked.
    pub dueness: Dueness,
    /// Since when, or from when on.
    pub due_on: Option<Date>,
    /// How far its newest round is, how it was written to, and since when.
    pub round: Option<(Shown, Way, Timestamp)>,
    /// Who answered it.
    pub answered: Option<Answerer>,
    /// How often it is asked.
    pub interval: Interval,
    /// Its campaign, and until when that waits for an answer.
    pub campaign: Option<(CampaignId, Date)>,
}

/// How a group stands; none for one that takes no part.
pub(crate) async fn standing(tx: &TenantTx, house: &House, group: &domain::Group) -> Result<Option<GroupStanding>> {
    if !takes_part(group.status) {
        return Ok(None);
    }
    let (intervals, today) = (intervals(tx).await?, today(house));
    let last = last_confirmed(&group.items);
    let round = tx.last_round(group.id).await?;
    let campaign = match round.as_ref().and_then(|round| round.campaign) {
        Some(id) => tx.campaign(id).await?,
        None => None,
    };
    Ok(Some(GroupStanding {
        dueness: Dueness::of(last, intervals.of(group.id), today),
        due_on: Dueness::day(last, intervals.of(group.id), today),
        round: round.as_ref().map(|round| (round.shown(), round.way, round.moved_at)),
        answered: round.and_then(|round| round.answered),
        interval: intervals.of(group.id),
        campaign: campaign.map(|campaign| (campaign.id, campaign.plan.deadline)),
    }))
}

/// Whether a group of a campaign is written a letter: there is no address, or the mail came back.
pub(super) const fn is_letter(way: Way, shown: Shown) -> bool {
    match shown {
        Shown::Bounced => true,
        Shown::Step(Step::Submitted | Step::Confirmed) => false,
        _ => matches!(way, Way::Letter),
    }
}

/// How far a campaign is. Names that are not public are recorded as read.
pub async fn progress(permit: &Permit<ReadReconciliation>, house: &House, id: CampaignId) -> Result<Progress> {
    let look = house.stores.look(permit).await?;
    let campaign = look.campaign(id).await?.ok_or(Error::NotFound)?;
    let by = crate::groups::names(&look).await?(campaign.by);
    let mut rounds = look.rounds_of(id).await?;
    let within = look.in_reach(rounds.iter().map(|round| round.group)).await?;
    rounds.retain(|round| within.contains(&round.group));
    let names = look.group_names(within).await?;
    let written = |round: &Round| campaign.ended_at.is_none() && is_letter(round.way, round.shown());
    let letters: Vec<GroupId> = rounds.iter().filter(|round| written(round)).map(|round| round.group).collect();
    let post = with_post(&look, &letters).await?;
    let mails_waiting = look.campaign_mails_waiting(id).await?;
    drop(look);
    let hidden = names.values().filter(|name| name.effective() != Light::Green);
    let seen = hidden.map(|name| name.id.to_string()).collect();
    record_seen(permit, house, id, "campaign", seen).await?;
    let mut lines: Vec<RoundLine> = rounds
        .iter()
        .map(|round| RoundLine {
            group: round.group,
            name: names.get(&round.group).map(|name| name.value.plain()).unwrap_or_default(),
            way: round.way,
            shown: round.shown(),
            moved_at: round.moved_at,
            answered: round.answered,
            reminders: round.reminders,
            letter: written(round).then(|| {
                if !post.contains(&round.group) {
                    LetterState::NoAddress
                } else if round.way == Way::Letter && round.step > Step::Waiting {
                    LetterState::Printed
                } else {
                    LetterState::ToPrint
                }
            }),
        })
        .collect();
    lines.sort_by_cached_key(|line| directory::sort_key(&line.name));
    Ok(Progress { campaign, by, lines, mails_waiting })
}
