//! What happens after a long silence, if the office wants it: two announcements by mail, then lights are closed or the group
//! pauses. Seen to every night; nothing is ever deleted, and one answer, or one look at the link, ends it.

use access::Permit;
use access::actions::{RemoveExpired, SetInterval};
use domain::audit::AuditEvent;
use domain::catalogue::Section;
use domain::reconciliation::{Occasion, Round};
use domain::schedule::berlin;
use domain::silence::{Announced, Silence, SilenceAct, SilencePolicy, SilenceStep, silent_since};
use domain::{Catalogue, Group, GroupId, Item, ItemId, Light, Status};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use storage::TenantTx;
use storage::tenant::GroupSummary;

use super::interval::intervals;
use super::links::public_name;
use super::overview::participants;
use super::words::{Filling, silence_mail};
use super::{address, addresses, last_confirmed};
use crate::consents::set_light;
use crate::groups::group_of;
use crate::{House, Result};

/// What the directory still shows of a group can be taken back by a policy only while it is there.
const fn can_be_silent(act: SilenceAct, status: Status) -> bool {
    match act {
        SilenceAct::Close => matches!(status, Status::Active | Status::Paused | Status::Dormant),
        SilenceAct::Pause => matches!(status, Status::Active),
    }
}

/// What was done in one office.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Announcements in the outbox.
    pub announced: u64,
    /// Groups of which something was closed, or that pause.
    pub carried_out: u64,
}

/// Sees to every silent group of an office, each in a unit of work of its own.
pub(crate) async fn see_to(permit: &Permit<RemoveExpired>, house: &House) -> Result<Done> {
    let look = house.stores.look(permit).await?;
    let policy = intervals(&look).await?.silence;
    let kept = look.silences().await?;
    if policy.is_none() && kept.is_empty() {
        return Ok(Done::default());
    }
    let groups = participants(&look).await?;
    let rounds = look.last_rounds().await?;
    drop(look);
    let now = house.clock().now();
    let mut due: Vec<GroupId> = Vec::new();
    for group in &groups {
        let here = policy.as_ref().filter(|policy| can_be_silent(policy.act, group.status));
        let since = silent_since(last_confirmed(&group.items), rounds.get(&group.id), now);
        match Silence::step(kept.get(&group.id), here, since, now) {
            SilenceStep::Wait(_) | SilenceStep::Over => {}
            _ => due.push(group.id),
        }
    }
    // Those that take part no more.
    due.extend(kept.keys().filter(|id| groups.iter().all(|group| group.id != **id)));
    let mut done = Done::default();
    for id in due {
        let here = one(permit, house, id).await?;
        done.announced += here.announced;
        done.carried_out += here.carried_out;
    }
    if done.announced > 0 {
        house.ring();
    }
    Ok(done)
}

/// Sees to one group, as it is now.
async fn one(permit: &Permit<RemoveExpired>, house: &House, id: GroupId) -> Result<Done> {
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    let now = tx.now();
    let policy = intervals(&tx).await?.silence;
    let kept = tx.silence(id).await?;
    let group = tx.group(id).await?;
    let round = tx.last_round(id).await?;
    let step = match &group {
        Some(group) => {
            let here = policy.as_ref().filter(|policy| can_be_silent(policy.act, group.status));
            let since = silent_since(last_confirmed(&group.items), round.as_ref(), now);
            Silence::step(kept.as_ref(), here, since, now)
        }
        None => SilenceStep::Forget,
    };
    let Some(group) = group else {
        tx.forget_silence(id).await?;
        tx.commit_housekeeping().await?;
        return Ok(Done::default());
    };
    match step {
        SilenceStep::AnnounceFirst => {
            let since = silent_since(last_confirmed(&group.items), round.as_ref(), now);
            let Some((policy, since)) = policy.zip(since) else { return Ok(Done::default()) };
            announce(tx, &group, Silence::announced(policy, since), &origin).await
        }
        SilenceStep::AnnounceSecond => {
            let Some(kept) = kept else { return Ok(Done::default()) };
            announce(tx, &group, Silence { second: Some(Announced::Queued), ..kept }, &origin).await
        }
        SilenceStep::Act => {
            let Some(kept) = kept else { return Ok(Done::default()) };
            carry_out(tx, group, kept).await?;
            house.sites.changed(permit.tenant());
            Ok(Done { announced: 0, carried_out: 1 })
        }
        SilenceStep::Forget => {
            tx.forget_silence(id).await?;
            tx.commit_housekeeping().await?;
            Ok(Done::default())
        }
        SilenceStep::Wait(_) | SilenceStep::Over => Ok(Done::default()),
    }
}

/// Puts an announcement with a link into the outbox. Without an address nothing is announced, and so nothing is done.
async fn announce(tx: TenantTx, group: &Group, silence: Silence, origin: &str) -> Result<Done> {
    let Some(to) = address(&tx, group).await? else { return Ok(Done::default()) };
    let Some(fresh) = tx.issue_group_links(&[group.id], Occasion::Reminder).await?.pop() else {
        return Ok(Done::default());
    };
    let office = tx.site().await?.profile;
    let again = silence.second.is_some();
    let acts_on = not_before(&silence, tx.now());
    let filling = Filling::of(public_name(group), &office, acts_on, &fresh, origin);
    let mail = silence_mail(to, silence.policy.act, again, &filling);
    tx.announce_silence(group.id, &silence, &mail).await?;
    let said = format!("{}, announcement {}", silence.policy.act.code(), if again { 2 } else { 1 });
    tx.commit(AuditEvent::new("reconcile.silence_announced", group.id).summary(said)).await?;
    Ok(Done { announced: 1, carried_out: 0 })
}

/// The day before which nothing happens, if the announcement leaves now.
fn not_before(silence: &Silence, now: Timestamp) -> Option<Date> {
    let rounds = if silence.second.is_some() { 1 } else { 2 };
    let wait = SignedDuration::from_hours(24 * i64::from(silence.policy.apart_days) * rounds);
    now.checked_add(wait).ok().map(|at| at.to_zoned(berlin()).date())
}

/// Items one reaches a group by.
fn reaches(catalogue: &Catalogue, item: &Item) -> bool {
    catalogue.def(item.field).is_some_and(|def| def.section == Section::Contact)
}

async fn carry_out(tx: TenantTx, mut group: Group, silence: Silence) -> Result<()> {
    let mut closed: Vec<ItemId> = Vec::new();
    let id = group.id;
    let action = match silence.policy.act {
        SilenceAct::Close => {
            let catalogue = tx.catalogue().await?;
            for item in group.items.iter_mut().filter(|item| reaches(&catalogue, item) && item.light > Light::Red) {
                item.light = Light::Red;
                closed.push(item.id);
            }
            for member in &group.people {
                closed.extend(close_person(&tx, member.person, id).await?);
            }
            tx.save_group(&group, "silent-closed").await?;
            "reconcile.silence_closed"
        }
        SilenceAct::Pause => {
            group.status = Status::Paused;
            tx.save_group(&group, "silent-paused").await?;
            "reconcile.silence_paused"
        }
    };
    tx.save_silence(id, &Silence { done_at: Some(tx.now()), ..silence }).await?;
    tx.commit(AuditEvent::new(action, id).items(closed)).await?;
    Ok(())
}

/// Closes what stands open of a person, unless they stand for another group as well: that one is not silent. What they agreed
/// to stays on record.
async fn close_person(tx: &TenantTx, id: domain::PersonId, group: GroupId) -> Result<Vec<ItemId>> {
    if tx.groups_of(id).await?.iter().any(|other| *other != group) {
        return Ok(Vec::new());
    }
    let Some(mut person) = tx.person(id).await? else { return Ok(Vec::new()) };
    let open: Vec<ItemId> = person.items.iter().filter(|item| item.light > Light::Red).map(|item| item.id).collect();
    for item in &open {
        set_light(&mut person, *item, Light::Red)?;
    }
    if !open.is_empty() {
        tx.save_person(&person).await?;
    }
    Ok(open)
}

/// How far a group's silence is, as the office sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SilenceLine {
    /// What was announced.
    pub act: SilenceAct,
    /// How far.
    pub state: SilenceState,
    /// Since when, or not before when.
    pub at: Option<Timestamp>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SilenceState {
    /// Silent for long, and there is no address to announce anything to: nothing happens by itself.
    NoMail,
    /// The announcement came back: nothing happens by itself.
    Unreachable,
    /// The first announcement waits to leave, or left; the second one comes not before then.
    First,
    /// The second waits to leave, or left; it is carried out not before then.
    Second,
    /// It is done, since then.
    Done,
}

impl SilenceState {
    /// The word used in texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoMail => "no-mail",
            Self::Unreachable => "unreachable",
            Self::First => "first",
            Self::Second => "second",
            Self::Done => "done",
        }
    }
}

/// Whether a policy would have to do with a group today.
fn is_silent(policy: SilencePolicy, group: &GroupSummary, round: Option<&Round>, now: Timestamp) -> bool {
    let since = silent_since(last_confirmed(&group.items), round, now);
    can_be_silent(policy.act, group.status) && since.is_some_and(|since| domain::silence::is_long(&policy, since, now))
}

/// What is shown where nothing can be announced.
pub(super) fn without_mail(
    policy: Option<SilencePolicy>,
    group: &GroupSummary,
    round: Option<&Round>,
    now: Timestamp,
) -> Option<SilenceLine> {
    let policy = policy.filter(|policy| is_silent(*policy, group, round, now))?;
    Some(SilenceLine { act: policy.act, state: SilenceState::NoMail, at: None })
}

/// What is shown of what was announced to a group.
pub(super) fn shown(kept: &Silence) -> SilenceLine {
    let came_back = kept.first == Announced::CameBack || kept.second == Some(Announced::CameBack);
    let (state, at) = match (kept.done_at, kept.second) {
        (Some(at), _) => (SilenceState::Done, Some(at)),
        (None, _) if came_back => (SilenceState::Unreachable, None),
        (None, None) => (SilenceState::First, kept.due_at()),
        (None, Some(_)) => (SilenceState::Second, kept.due_at()),
    };
    SilenceLine { act: kept.policy.act, state, at }
}

/// What a policy would have to do with today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Groups that are silent for so long.
    pub groups: usize,
    /// Of these, those without an address: nothing happens to them by itself.
    pub without_mail: usize,
    /// Items of these groups themselves, and of their people, that would be closed.
    pub items: usize,
}

/// What a policy would reach if nobody answered.
pub async fn preview(permit: &Permit<SetInterval>, house: &House, policy: &SilencePolicy) -> Result<Reach> {
    let look = house.stores.look(permit).await?;
    reach(&look, house, policy).await
}

async fn reach(look: &TenantTx, house: &House, policy: &SilencePolicy) -> Result<Reach> {
    let now = house.clock().now();
    let rounds = look.last_rounds().await?;
    let mut groups = participants(look).await?;
    groups.retain(|group| is_silent(*policy, group, rounds.get(&group.id), now));
    let with: Vec<(GroupId, &[Item])> = groups.iter().map(|group| (group.id, group.items.as_slice())).collect();
    let known = addresses(look, &with).await?;
    let mut reach = Reach { groups: groups.len(), without_mail: groups.len() - known.len(), items: 0 };
    if policy.act == SilenceAct::Close {
        let catalogue = look.catalogue().await?;
        for (id, _) in known {
            let group = group_of(look, id).await?;
            reach.items +=
                group.items.iter().filter(|item| reaches(&catalogue, item) && item.light > Light::Red).count();
            for member in &group.people {
                if look.groups_of(member.person).await?.iter().all(|other| *other == id)
                    && let Some(person) = look.person(member.person).await?
                {
                    reach.items += person.items.iter().filter(|item| person.effective(item) > Light::Red).count();
                }
            }
        }
    }
    Ok(reach)
}
