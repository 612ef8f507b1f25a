//! A campaign: groups, a wording, a deadline, two reminders; sent in one go.
//!
//! Everything is written in one transaction: the campaign, a round and a link for each group, and each mail in the outbox.
//! So a process that is killed has sent all of it or nothing, and a button pressed twice sends once: the campaign's id is
//! given out with the form, and there is one campaign of that id.

use access::Permit;
use access::actions::RunReconciliation;
use domain::audit::AuditEvent;
use domain::reconciliation::{LINK_DAYS, MailKind, Occasion, Plan, Round, Way};
use domain::{CampaignId, GroupId, Item, Light, Status};
use jiff::ToSpan;
use jiff::civil::Date;
use letters::Letter;
use storage::Mail;
use storage::tenant::{Campaign, GroupSummary, RoundMail, Wording};

use super::letters::{letter, posted_to};
use super::overview::{Line, all, name_of, participants};
use super::words::{self, Filling, PLACEHOLDERS, typed_address};
use super::{Contacts, addresses, contacts};
use crate::groups::edit::today;
use crate::groups::record_seen;
use crate::{Error, House, Problem, Result};

/// Characters of a subject.
const SUBJECT: usize = 150;
/// Characters of a text.
const TEXT: usize = 5_000;
/// Days until the deadline that are suggested.
const DAYS: i32 = 28;
/// Days that a group has at least. At most it has as many as its link works ([`LINK_DAYS`]): nobody is asked for an answer
/// that they cannot give any more, and a letter has one link only.
const SHORTEST: i64 = 7;

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCampaign {
    /// Given out with the form, see [`blank`].
    pub id: CampaignId,
    /// To which groups.
    pub groups: Vec<GroupId>,
    /// What.
    pub wording: Wording,
    /// When.
    pub plan: Plan,
}

/// A campaign as it is offered.
pub fn blank(house: &House) -> NewCampaign {
    let today = today(house);
    NewCampaign {
        id: house.ids().next(),
        groups: Vec::new(),
        wording: words::suggested(),
        plan: Plan {
            first_reminder_days: 14,
            second_reminder_days: 24,
            deadline: today.checked_add(DAYS.days()).unwrap_or(today),
        },
    }
}

/// What is wrong with it.
fn problems(new: &NewCampaign, today: Date) -> Vec<Problem> {
    let NewCampaign { id: _, groups, wording: Wording { subject, german, english }, plan } = new;
    let mut problems = Vec::new();
    let mut note = |field: &str, code| problems.push(Problem::new(field, code));
    if groups.is_empty() {
        note("groups", "no-groups");
    }
    if subject.trim().is_empty() {
        note("subject", "missing");
    } else if subject.chars().count() > SUBJECT || subject.chars().any(char::is_control) {
        note("subject", "line-too-long");
    } else if PLACEHOLDERS.iter().any(|name| *name != "{kontaktstelle}" && subject.contains(name)) {
        note("subject", "placeholder-in-subject");
    }
    for (field, text) in [("german", german), ("english", english)] {
        let optional = field == "english" && text.trim().is_empty();
        if !optional && !text.contains("{link}") {
            note(field, "link-missing");
        } else if text.chars().count() > TEXT {
            note(field, "text-too-long");
        }
    }
    let in_days = |days: i64| today.checked_add(days.days()).unwrap_or(today);
    if plan.deadline < in_days(SHORTEST) || plan.deadline > in_days(LINK_DAYS) {
        note("deadline", "not-a-deadline");
    }
    let left = (plan.deadline - today).get_days();
    let left = u16::try_from(left).unwrap_or(u16::MAX);
    if plan.first_reminder_days == 0 || plan.first_reminder_days >= left {
        note("first", "not-days");
    }
    if plan.second_reminder_days <= plan.first_reminder_days || plan.second_reminder_days >= left {
        note("second", "not-after-first");
    }
    problems
}

/// What a campaign will do, before it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Groups that get a mail.
    pub mails: usize,
    /// Groups that get a letter.
    pub letters: usize,
    /// Groups of which neither a mail address nor an address on paper is known, by name.
    pub unreachable: Vec<(GroupId, String)>,
    /// One of the mails.
    pub mail: Option<MailPreview>,
    /// One of the letters: the group's name, and what it gets.
    pub letter: Option<(String, Letter)>,
}

/// A mail as one group will get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailPreview {
    /// Which group.
    pub name: String,
    /// What it gets.
    pub mail: Mail,
}

/// What a campaign will do: how many get what, and a mail and a letter as they will be, with a link that opens nothing. Names
/// and addresses are recorded as read where they are not public.
pub async fn preview(permit: &Permit<RunReconciliation>, house: &House, new: &NewCampaign) -> Result<Preview> {
    let problems = problems(new, today(house));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let NewCampaign { id, groups: asked, wording, plan } = new;
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let look = house.stores.look(permit).await?;
    let mut groups = participants(&look).await?;
    groups.retain(|group| asked.contains(&group.id));
    let name = |group: &GroupSummary| name_of(&group.items).map(|item| item.value.plain()).unwrap_or_default();
    groups.sort_by_cached_key(|group| (directory::sort_key(&name(group)), group.id));
    let with: Vec<(GroupId, &[Item])> = groups.iter().map(|group| (group.id, group.items.as_slice())).collect();
    let Contacts { mail: known, post } = contacts(&look, &with).await?;
    let office = look.site().await?.profile;
    let mut seen = Vec::new();
    let filling = |group: &GroupSummary| Filling {
        group: name_of(&group.items)
            .filter(|item| group.status == Status::Active && item.effective() == Light::Green)
            .map(|item| item.value.plain()),
        office: office.clone(),
        deadline: Some(plan.deadline),
        link: words::link(&origin, "…"),
        code: "XXXX-XXXX-XXXX-XXXX-XXXX-XXXX".to_owned(),
        address: typed_address(&origin),
    };
    let mut preview = Preview { mails: known.len(), letters: post.len(), ..Preview::default() };
    for group in &groups {
        let mut shown = true;
        if let Some((item, to)) = known.get(&group.id) {
            if preview.mail.is_none() {
                seen.push(item.to_string());
                let mail = words::mail(to.clone(), wording, &filling(group), MailKind::First);
                preview.mail = Some(MailPreview { name: name(group), mail });
            } else {
                shown = false;
            }
        } else if post.contains(&group.id) {
            if preview.letter.is_none() {
                let to = posted_to(&look, group.id, &mut seen).await?;
                let dated = today(house).strftime("%d.%m.%Y").to_string();
                preview.letter = Some((name(group), letter(&dated, to, wording, &filling(group))));
            } else {
                shown = false;
            }
        } else {
            preview.unreachable.push((group.id, name(group)));
        }
        if shown {
            let hidden = name_of(&group.items).filter(|item| item.effective() != Light::Green);
            seen.extend(hidden.map(|item| item.id.to_string()));
        }
    }
    drop(look);
    record_seen(permit, house, *id, "campaign preview", seen).await?;
    Ok(preview)
}

/// Sends a campaign: [`Error::Conflict`] if the one of this id was sent already.
pub async fn send(permit: &Permit<RunReconciliation>, house: &House, new: &NewCampaign) -> Result<()> {
    let problems = problems(new, today(house));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let NewCampaign { id, groups: asked, wording, plan } = new;
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let tx = house.stores.begin(permit).await?;
    let now = tx.now();
    let campaign =
        Campaign { id: *id, made_at: now, by: permit.actor(), wording: wording.clone(), plan: *plan, ended_at: None };
    tx.insert_campaign(&campaign).await?;
    let mut groups = participants(&tx).await?;
    groups.retain(|group| asked.contains(&group.id));
    if groups.is_empty() {
        return Err(Error::invalid("groups", "no-groups"));
    }
    let with: Vec<(GroupId, &[Item])> = groups.iter().map(|group| (group.id, group.items.as_slice())).collect();
    let known = addresses(&tx, &with).await?;
    let office = tx.site().await?.profile;
    let ids: Vec<GroupId> = groups.iter().map(|group| group.id).collect();
    tx.quiet_rounds_of(&ids).await?;
    let by_mail: Vec<GroupId> = ids.iter().copied().filter(|group| known.contains_key(group)).collect();
    let mut links: std::collections::HashMap<GroupId, _> =
        tx.issue_group_links(&by_mail, Occasion::Campaign).await?.into_iter().map(|link| (link.group, link)).collect();
    let mut rounds = Vec::with_capacity(groups.len());
    let mut mails = Vec::with_capacity(by_mail.len());
    for group in &groups {
        let round = tx.ids().next();
        let to = known.get(&group.id).zip(links.remove(&group.id));
        let way = if to.is_some() { Way::Mail } else { Way::Letter };
        let round = Round::new(round, group.id, Some(*id), way, now);
        if let Some(((_, to), fresh)) = to {
            let published = group.status == Status::Active;
            let name = name_of(&group.items).filter(|item| published && item.effective() == Light::Green);
            let name = name.map(|item| item.value.plain());
            let filling = Filling::of(name, &office, Some(plan.deadline), &fresh, &origin);
            let mail = words::mail(to.clone(), wording, &filling, MailKind::First);
            mails.push(RoundMail { round: round.id, kind: MailKind::First, mail });
        }
        let next_at = round.next(plan, now).map(|(at, _)| at);
        rounds.push(Round { next_at, ..round });
    }
    tx.insert_rounds(&rounds).await?;
    tx.enqueue_round_mails(&mails).await?;
    let said = format!("{} groups, {} by mail", groups.len(), mails.len());
    // To whom it was written, address by address.
    let items = by_mail.iter().filter_map(|group| known.get(group)).map(|(item, _)| *item);
    tx.commit(AuditEvent::new("reconcile.campaign", id).summary(said).items(items)).await?;
    house.ring();
    Ok(())
}

/// What ending a campaign before its time would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Groups that have not answered.
    pub silent: usize,
    /// Mails that wait to leave.
    pub mails: u64,
}

/// What [`end`] would do; [`Error::NotFound`] for a campaign that was ended already.
pub async fn ending(permit: &Permit<RunReconciliation>, house: &House, id: CampaignId) -> Result<Ending> {
    let look = house.stores.look(permit).await?;
    look.campaign(id).await?.filter(|campaign| campaign.ended_at.is_none()).ok_or(Error::NotFound)?;
    let silent = look.rounds_of(id).await?.iter().filter(|round| !round.step.is_answered()).count();
    Ok(Ending { silent, mails: look.campaign_mails_waiting(id).await? })
}

/// Ends a campaign before its time: nobody is reminded any more, what waits is not sent, no letter is printed. Links that are
/// out work on, and answers are taken. Ending it twice does nothing.
pub async fn end(permit: &Permit<RunReconciliation>, house: &House, id: CampaignId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let now = tx.now();
    let campaign = tx.campaign(id).await?.ok_or(Error::NotFound)?;
    if campaign.ended_at.is_some() {
        return Ok(());
    }
    tx.save_campaign(&Campaign { ended_at: Some(now), ..campaign }).await?;
    for round in tx.rounds_of(id).await?.into_iter().filter(|round| !round.step.is_answered()) {
        tx.save_round(&Round { overdue_at: round.overdue_at.or(Some(now)), next_at: None, ..round }).await?;
    }
    let unsent = tx.cancel_campaign_mails(id).await?;
    tx.commit(AuditEvent::new("reconcile.ended", id).summary(format!("{unsent} mails not sent"))).await?;
    Ok(())
}

/// The groups to choose from, the longest silent first.
pub async fn choices(permit: &Permit<RunReconciliation>, house: &House) -> Result<Vec<Line>> {
    Ok(all(permit, house).await?.lines)
}

/// Whether a group is preselected: it is due, and was not asked already.
pub fn preselected(line: &Line) -> bool {
    line.dueness.is_due() && !line.asked
}
