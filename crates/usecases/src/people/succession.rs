//! A group admin hands a group over to a successor: they say who, the office agrees, the successor accepts.
//!
//! Whoever has a group sees what is yellow and red of it, so nobody gets one without the office. A successor with an
//! account has the group as soon as the office agrees; others get an invitation. Only then does the former admin lose it,
//! if they want to: a group is never without one in between.

use access::actions::{DecideAccess, HandOverGroup};
use access::{Action, Permit, Role};
use domain::audit::{Actor, AuditEvent};
use domain::change_request::RequestState;
use domain::{EmailAddress, GroupId, InvitationId, UserId};
use jiff::Timestamp;
pub use storage::tenant::Leaves;
use storage::tenant::{Invitation, Standing, Succession, User, UserState};
use storage::{Mail, TenantTx};

use super::{invite, member_of, within_own_rights};
use crate::account::{told, user_of};
use crate::groups::{group_of, record_seen, shown_name};
use crate::{Error, House, Problem, Result};

/// What the form says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The successor's mail address, as typed.
    pub email: String,
    /// Whether the present admin gives the group up then.
    pub leaves: Leaves,
}

/// A group, and who is to take it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// The group.
    pub group: GroupId,
    /// What it is called.
    pub name: String,
    /// Whether it is their last one: with it the account ends.
    pub last: bool,
    /// Who is proposed or invited, if somebody is.
    pub open: Option<Open>,
}

/// Someone who is to take a group over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The proposal or invitation.
    pub id: InvitationId,
    /// Their mail address.
    pub email: EmailAddress,
    /// How far it is.
    pub step: Step,
    /// Until when it waits.
    pub expires_at: Timestamp,
}

/// How far handing over is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The office is to agree.
    Proposed,
    /// The successor is to accept.
    Invited,
}

/// A proposal, for the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: InvitationId,
    /// The successor's mail address.
    pub email: EmailAddress,
    /// The group's name.
    pub group: String,
    /// Who has it now; none if the account is gone.
    pub from: Option<String>,
    /// Whether they give it up.
    pub leaves: Leaves,
    /// Whether it is their last group: without it their account ends.
    pub last: bool,
    /// What the group proposed and nobody has decided yet: it stays for the successor.
    pub waits: bool,
    /// Whether the successor has an account as a group admin already.
    pub known: bool,
}

pub(crate) async fn open_of(tx: &TenantTx, group: GroupId) -> Result<Option<Open>> {
    let of_group = |one: &Invitation| one.succession.is_some() && one.groups == [group];
    let open = |one: Invitation, step| Open { id: one.id, email: one.email, step, expires_at: one.expires_at };
    if let Some(one) = tx.proposals().await?.into_iter().find(of_group) {
        return Ok(Some(open(one, Step::Proposed)));
    }
    Ok(tx.invitations().await?.into_iter().find(of_group).map(|one| open(one, Step::Invited)))
}

/// One of one's own groups, and whether it is being handed over.
pub async fn own(permit: &Permit<HandOverGroup>, house: &House, id: GroupId) -> Result<HandOver> {
    let look = house.stores.look(permit).await?;
    let group = group_of(&look, id).await?;
    let open = open_of(&look, id).await?;
    let last = match permit.actor() {
        Actor::User(me) => look.user(me).await?.is_some_and(|me| is_last(&me, id)),
        _ => false,
    };
    drop(look);
    let mut seen = Vec::new();
    let name = shown_name(&group, &mut seen);
    record_seen(permit, house, id, "succession", seen).await?;
    Ok(HandOver { group: id, name, last, open })
}

/// Whether someone has no other group than this one.
fn is_last(user: &User, group: GroupId) -> bool {
    user.standing.groups == [group]
}

/// The address as typed: not one's own, and nobody's of the office.
async fn successor(tx: &TenantTx, from: &User, group: GroupId, typed: &str) -> Result<EmailAddress> {
    let no = |code| Err(Error::Invalid(vec![Problem::new("email", code)]));
    let Ok(email) = EmailAddress::parse(typed.trim()) else { return no("not-an-email") };
    match tx.user_by_email(&email).await? {
        Some(user) if user.id == from.id => no("successor-oneself"),
        Some(user) if !user.standing.role.is_group_admin() => no("successor-staff"),
        Some(user) if user.standing.groups.contains(&group) => no("successor-has-it"),
        Some(user) if user.standing.state == UserState::Disabled => no("has-account"),
        _ => Ok(email),
    }
}

/// Proposes a successor for one of one's own groups; a newer proposal takes the place of an older one.
pub async fn propose(permit: &Permit<HandOverGroup>, house: &House, group: GroupId, form: &Form) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    group_of(&tx, group).await?;
    let Actor::User(me) = permit.actor() else { return Err(Error::NotFound) };
    let me = user_of(&tx, me).await?;
    let email = match successor(&tx, &me, group, &form.email).await {
        // Who else has an account is the office's business: it is told when it decides.
        Err(Error::Invalid(problems)) if problems.iter().all(|problem| reveals(problem.code)) => {
            EmailAddress::parse(form.email.trim())?
        }
        other => other?,
    };
    if let Some(open) = open_of(&tx, group).await? {
        tx.revoke_invitation(open.id).await?;
    }
    tx.propose_successor(&email, group, Succession { from: me.id, leaves: form.leaves }).await?;
    tx.commit(AuditEvent::new("succession.proposed", group)).await?;
    Ok(())
}

/// Whether a refusal says something about somebody else's account.
fn reveals(code: &str) -> bool {
    matches!(code, "successor-staff" | "has-account")
}

/// Takes one's own proposal back, or the invitation that came of it; [`Error::NotFound`] if there is none.
pub async fn withdraw(permit: &Permit<HandOverGroup>, house: &House, group: GroupId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    group_of(&tx, group).await?;
    let open = open_of(&tx, group).await?.ok_or(Error::NotFound)?;
    tx.revoke_invitation(open.id).await?;
    tx.commit(AuditEvent::new("succession.withdrawn", group)).await?;
    Ok(())
}

async fn proposal_of(tx: &TenantTx, id: InvitationId) -> Result<(Invitation, Succession, GroupId)> {
    let found = tx.proposals().await?.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
    match (found.succession, found.groups.as_slice()) {
        (Some(succession), [group]) => {
            let group = *group;
            Ok((found, succession, group))
        }
        _ => Err(Error::NotFound),
    }
}

/// A proposal, for the office to decide.
pub async fn proposal<A: Action>(permit: &Permit<A>, house: &House, id: InvitationId) -> Result<Proposal> {
    let look = house.stores.look(permit).await?;
    let (found, succession, group) = proposal_of(&look, id).await?;
    let mut seen = Vec::new();
    let name = shown_name(&group_of(&look, group).await?, &mut seen);
    let from = look.user(succession.from).await?;
    let last = from.as_ref().is_some_and(|from| is_last(from, group));
    let from = from.map(|user| user.profile.name);
    let waits = look.requests_of(group).await?.iter().any(|one| one.state == RequestState::Open);
    let known = look.user_by_email(&found.email).await?.is_some();
    drop(look);
    record_seen(permit, house, group, "succession", seen).await?;
    Ok(Proposal { id, email: found.email, group: name, from, leaves: succession.leaves, last, waits, known })
}

/// The office agrees: a group admin with an account has the group at once, others are invited.
pub async fn agree(permit: &Permit<DecideAccess>, house: &House, id: InvitationId) -> Result<()> {
    let slug = house.slug(permit.tenant()).await?;
    let tx = house.stores.begin(permit).await?;
    let (found, succession, group) = proposal_of(&tx, id).await?;
    group_of(&tx, group).await?;
    let from = user_of(&tx, succession.from).await?;
    // Whoever has the group no more has nothing to hand over.
    if from.standing.state == UserState::Disabled || !from.standing.groups.contains(&group) {
        return Err(Error::invalid("email", "successor-from-gone"));
    }
    let email = successor(&tx, &from, group, found.email.as_str()).await?;
    tx.revoke_invitation(id).await?;
    pass(permit, &tx, house, &slug, (group, &email, succession)).await?;
    tx.commit(AuditEvent::new("succession.agreed", group)).await?;
    house.ring();
    Ok(())
}

/// Begins it for a group admin who asked the office to, on the phone say: there is nothing to agree to.
pub async fn begin(permit: &Permit<DecideAccess>, house: &House, from: UserId, group: &str, form: &Form) -> Result<()> {
    let slug = house.slug(permit.tenant()).await?;
    let tx = house.stores.begin(permit).await?;
    let from = member_of(&tx, from).await?;
    let chosen = from.standing.groups.iter().find(|own| own.to_string() == group).copied();
    let email = match (chosen, EmailAddress::parse(form.email.trim())) {
        (None, email) => {
            let wrong = email.is_err().then(|| Problem::new("email", "not-an-email"));
            return Err(Error::Invalid(wrong.into_iter().chain([Problem::new("group", "choose-group")]).collect()));
        }
        (Some(group), _) => successor(&tx, &from, group, &form.email).await?,
    };
    let group = chosen.ok_or(Error::NotFound)?;
    if let Some(open) = open_of(&tx, group).await? {
        tx.revoke_invitation(open.id).await?;
    }
    let succession = Succession { from: from.id, leaves: form.leaves };
    pass(permit, &tx, house, &slug, (group, &email, succession)).await?;
    tx.commit(AuditEvent::new("succession.agreed", group)).await?;
    house.ring();
    Ok(())
}

async fn pass(
    permit: &Permit<DecideAccess>,
    tx: &TenantTx,
    house: &House,
    slug: &domain::Slug,
    (group, email, succession): (GroupId, &EmailAddress, Succession),
) -> Result<()> {
    within_own_rights(permit, tx, Role::GroupAdmin).await?;
    let Some(mut user) = tx.user_by_email(email).await? else {
        // Another invitation would take the place of the one that is out, and what it was for would be lost.
        if !invite::older(tx, email).await?.is_empty() {
            return Err(Error::invalid("email", "already-invited"));
        }
        return invite::send(tx, house, slug, (email, Role::GroupAdmin, &[group]), Some(succession)).await;
    };
    user.standing.groups.push(group);
    user.standing.groups.sort_unstable();
    tx.set_standing(user.id, &user.standing).await?;
    let office = tx.site().await?.profile.name;
    let link = format!("{}/meine-gruppen", house.addresses.office(slug));
    tx.enqueue(&taken_mail(&user, &office, &link)).await?;
    taken_over(tx, group, succession).await
}

/// The office does not agree; whoever proposed it is told by mail.
pub async fn refuse(permit: &Permit<DecideAccess>, house: &House, id: InvitationId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let (_, succession, group) = proposal_of(&tx, id).await?;
    group_of(&tx, group).await?;
    tx.revoke_invitation(id).await?;
    if let Some(user) = tx.user(succession.from).await? {
        let office = tx.site().await?.profile.name;
        tx.enqueue(&refused_mail(&user, &office)).await?;
    }
    tx.commit(AuditEvent::new("succession.refused", group)).await?;
    house.ring();
    Ok(())
}

/// The successor has the group: whoever had it gives it up, if that was said, and is told. With the last group the
/// account ends.
pub(crate) async fn taken_over(tx: &TenantTx, group: GroupId, succession: Succession) -> Result<()> {
    let Some(from) = tx.user(succession.from).await? else { return Ok(()) };
    // Whoever was given another role, or lost the group meanwhile, keeps what they have.
    if !from.standing.role.is_group_admin() || !from.standing.groups.contains(&group) {
        return Ok(());
    }
    let office = tx.site().await?.profile.name;
    tx.also(AuditEvent::new("succession.taken_over", group));
    if succession.leaves == Leaves::No {
        let german = format!("Ihre Gruppe hat jetzt noch jemanden mit Zugang ({office}). Ihr Zugang bleibt.");
        let english = format!("your group has one more admin now ({office}). You keep your access.");
        return told(tx, &from, "Ihre Gruppe hat jetzt noch jemanden mit Zugang", &german, &english).await;
    }
    let groups: Vec<GroupId> = from.standing.groups.iter().copied().filter(|own| *own != group).collect();
    let state = if groups.is_empty() { UserState::Disabled } else { from.standing.state };
    tx.set_standing(from.id, &Standing { groups, state, ..from.standing.clone() }).await?;
    tx.also(AuditEvent::new("users.group_given_up", from.id));
    let (ends, ends_english) = if state == UserState::Disabled {
        let ended = tx.remove_other_sessions(from.id, None).await?;
        tx.revoke_tickets(from.id, |_| true).await?;
        let event = AuditEvent::new("users.deactivated", from.id).summary(format!("last group, {ended} logins ended"));
        tx.also_by_itself(event);
        (
            "Es war Ihre letzte Gruppe:\nDamit endet auch Ihr Konto, Sie können sich nicht mehr anmelden.",
            "It was your last one,\nso your account ends, too: you cannot log in any more.",
        )
    } else {
        ("Ihr Zugang zu dieser Gruppe endet damit. Ihr Konto bleibt.", "Your access to it ends. You keep your account.")
    };
    // No mail of the house names a group: its name tells what people there live with.
    let german = format!("Ihre Gruppe ist übergeben ({office}). {ends}");
    let english = format!("your group was handed over ({office}). {ends_english}");
    told(tx, &from, "Ihre Gruppe ist übergeben", &german, &english).await
}

fn taken_mail(to: &User, office: &str, link: &str) -> Mail {
    let name = &to.profile.name;
    Mail {
        to: to.profile.email.clone(),
        subject: format!("Sie haben eine Gruppe übernommen: {office}"),
        body: format!(
            "Guten Tag {name},\n\nSie sind jetzt für eine weitere Gruppe eingetragen ({office}).\nNach der Anmeldung \
             finden Sie sie hier:\n\n{link}\n\n--\n\nHello {name},\n\nyou are now entered for one more group \
             ({office}).\nAfter logging in you find it here:\n\n{link}\n"
        ),
    }
}

fn refused_mail(to: &User, office: &str) -> Mail {
    let name = &to.profile.name;
    Mail {
        to: to.profile.email.clone(),
        subject: format!("Ihre Nachfolge: {office}"),
        body: format!(
            "Guten Tag {name},\n\n{office} hat Ihren Vorschlag zur Nachfolge nicht angenommen. Ihr Zugang\nbleibt, wie er \
             ist. Bitte rufen Sie dort an, wenn Sie nicht wissen, warum.\n\n--\n\nHello {name},\n\n{office} did not \
             agree to the successor you proposed. Your access stays as it is.\nPlease call them if you do not know \
             why.\n"
        ),
    }
}
