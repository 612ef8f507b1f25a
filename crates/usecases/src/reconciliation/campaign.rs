//! A campaign: groups, a wording, a deadline, two reminders; sent in one go.
//!
//! Everything is written in one transaction: the campaign, a round and a link for each group, and each mail in the outbox.
//! So a process that is killed has sent all of it or nothing, and a button pressed twice sends once: the campaign's id is
//! given out with the form, and there is one campaign of that id.

use access::Permit;
use access::actions::RunReconciliation;
use domain::audit::AuditEvent;
use domain::reconciliation::{MailKind, Occasion, Plan, Round, Way};
use domain::{CampaignId, EmailAddress, GroupId, Item, Light, Status};
use jiff::ToSpan;
use jiff::civil::Date;
use storage::tenant::{Campaign, RoundMail, Wording};

use super::addresses;
use super::overview::{Line, all, name_of, participants};
use super::words::{self, Filling, PLACEHOLDERS, Tongue, typed_address};
use crate::groups::edit::today;
use crate::groups::record_seen;
use crate::{Error, House, Problem, Result};

/// Characters of a subject.
const SUBJECT: usize = 150;
/// Characters of a text.
const TEXT: usize = 5_000;
/// Days until the deadline that are suggested.
const DAYS: i32 = 28;

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
    // Links made with the first mail work 30 days; each reminder brings another one.
    let latest = today.checked_add(120.days()).unwrap_or(today);
    if plan.deadline <= today || plan.deadline > latest {
        note("deadline", "not-a-deadline");
    }
    if plan.first_reminder_days == 0 || plan.first_reminder_days > 100 {
        note("first", "not-days");
    }
    if plan.second_reminder_days <= plan.first_reminder_days || plan.second_reminder_days > 100 {
        note("second", "not-after-first");
    }
    problems
}

/// A mail as one group would get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Which group.
    pub name: String,
    /// To whom; none: a letter.
    pub to: Option<EmailAddress>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// How a campaign looks for its first group, with a link that opens nothing. Name and address are recorded as read where they
/// are not public.
pub async fn preview(permit: &Permit<RunReconciliation>, house: &House, new: &NewCampaign) -> Result<Preview> {
    let problems = problems(new, today(house));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let origin = house.addresses.office(&house.slug(permit.tenant()).await?);
    let look = house.stores.look(permit).await?;
    let groups = participants(&look).await?;
    let group = groups.iter().find(|group| new.groups.contains(&group.id)).ok_or(Error::NotFound)?;
    let address = addresses(&look, &[(group.id, group.items.as_slice())]).await?.remove(&group.id);
    let office = look.site().await?.profile.name;
    drop(look);
    let name = name_of(&group.items);
    let published = group.status == Status::Active;
    let public = name.filter(|item| published && item.effective() == Light::Green).map(|item| item.value.plain());
    let mut seen: Vec<String> = address.iter().map(|(item, _)| item.to_string()).collect();
    seen.extend(name.filter(|item| item.effective() != Light::Green).map(|item| item.id.to_string()));
    let name = name.map(|item| item.value.plain()).unwrap_or_default();
    record_seen(permit, house, group.id, "campaign preview", seen).await?;
    let filling = Filling {
        group: public,
        office,
        deadline: Some(new.plan.deadline),
        link: words::link(&origin, "…"),
        code: "XXXX-XXXX-XXXX-XXXX-XXXX-XXXX".to_owned(),
        address: typed_address(&origin),
    };
    let subject = filling.fill(&new.wording.subject, Tongue::German);
    let mut body = filling.fill(&new.wording.german, Tongue::German);
    if !new.wording.english.trim().is_empty() {
        body.push_str("\n\n--\n\n");
        body.push_str(&filling.fill(&new.wording.english, Tongue::English));
    }
    Ok(Preview { name, to: address.map(|(_, address)| address), subject, body })
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
    tx.insert_campaign(&Campaign { id: *id, made_at: now, by: permit.actor(), wording: wording.clone(), plan: *plan })
        .await?;
    let mut groups = participants(&tx).await?;
    groups.retain(|group| asked.contains(&group.id));
    if groups.is_empty() {
        return Err(Error::invalid("groups", "no-groups"));
    }
    let with: Vec<(GroupId, &[Item])> = groups.iter().map(|group| (group.id, group.items.as_slice())).collect();
    let known = addresses(&tx, &with).await?;
    let office = tx.site().await?.profile.name;
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

/// The groups to choose from, the longest silent first.
pub async fn choices(permit: &Permit<RunReconciliation>, house: &House) -> Result<Vec<Line>> {
    Ok(all(permit, house).await?.lines)
}

/// Whether a group is preselected: it is due, and was not asked already.
pub fn preselected(line: &Line) -> bool {
    line.dueness.is_due() && !line.asked
}
