//! Inviting someone by mail: a link for one address and one role, good once and for three days.

use access::actions::{DecideAccess, ManagePeople};
use access::{Permit, Role};
use crypto::token::Token;
use domain::audit::{Actor, AuditEvent};
use domain::office::OfficeProfile;
use domain::{EmailAddress, GroupId, InvitationId, Slug};
use storage::tenant::invitations::To;
use storage::tenant::{Invitation, Succession};
use storage::{Mail, TenantTx};

use super::list::group_choices;
use super::{role_name, within_own_rights};
use crate::{Error, House, Problem, Result};

/// The form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// To whom.
    pub email: String,
    /// Code of the role.
    pub role: String,
    /// A group admin's groups.
    pub groups: Vec<String>,
}

/// What can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Roles the office made: code and name.
    pub own_roles: Vec<(String, String)>,
    /// Groups by name.
    pub groups: Vec<(GroupId, String)>,
}

/// What can be chosen in the forms about people.
pub async fn choices<A: access::Action>(permit: &Permit<A>, house: &House) -> Result<Choices> {
    let look = house.stores.look(permit).await?;
    let own_roles = look.own_roles().await?.into_iter().map(|own| (Role::Custom(own.id).code(), own.name)).collect();
    let mut seen = Vec::new();
    let groups = group_choices(&look, &mut seen).await?;
    drop(look);
    // Names that are not green are recorded as read, here as everywhere.
    crate::groups::record_seen(permit, house, permit.tenant(), "roles", seen).await?;
    Ok(Choices { own_roles, groups })
}

/// A role and groups as typed: the role must be there, a group admin must have groups, and nobody else any.
pub(super) async fn read_role(tx: &TenantTx, role: &str, groups: &[String]) -> Result<(Role, Vec<GroupId>)> {
    let unknown = || Error::invalid("role", "choose");
    let role = Role::from_code(role).filter(|role| !role.is_support()).ok_or_else(unknown)?;
    if matches!(role, Role::Custom(_)) && role_name(tx, role).await?.is_none() {
        return Err(unknown());
    }
    if !role.is_group_admin() {
        return Ok((role, Vec::new()));
    }
    let mut chosen = Vec::new();
    for group in groups {
        let id: GroupId = group.parse().map_err(|_| Error::invalid("groups", "choose"))?;
        if tx.group(id).await?.is_none() {
            return Err(Error::invalid("groups", "choose"));
        }
        chosen.push(id);
    }
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.is_empty() { Err(Error::invalid("groups", "choose-group")) } else { Ok((role, chosen)) }
}

async fn chosen(permit: &Permit<DecideAccess>, tx: &TenantTx, form: &Form) -> Result<(Role, Vec<GroupId>)> {
    let (role, groups) = read_role(tx, &form.role, &form.groups).await?;
    // Ticks that count for nothing were meant for something.
    if !role.is_group_admin() && !form.groups.is_empty() {
        return Err(Error::invalid("groups", "groups-of-staff"));
    }
    within_own_rights(permit, tx, role).await?;
    Ok((role, groups))
}

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The first to this address.
    First,
    /// Another took its place: the older link works no more.
    Again,
}

/// Invites someone.
pub async fn invite(permit: &Permit<DecideAccess>, house: &House, form: &Form) -> Result<Sent> {
    let slug = house.slug(permit.tenant()).await?;
    let tx = house.stores.begin(permit).await?;
    let mut problems = Vec::new();
    let typed = form.email.trim();
    let wrong = if typed.is_empty() { "missing" } else { "not-an-email" };
    let email = EmailAddress::parse(typed).map_err(|_| Problem::new("email", wrong));
    let role = match chosen(permit, &tx, form).await {
        Err(Error::Invalid(found)) => {
            problems.extend(found);
            None
        }
        other => Some(other?),
    };
    let email = match email {
        Ok(email) if tx.user_by_email(&email).await?.is_some() => {
            problems.push(Problem::new("email", "has-account"));
            None
        }
        Ok(email) => Some(email),
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let (Some(email), Some((role, groups))) = (email, role) else { return Err(Error::Invalid(problems)) };
    let before = older(&tx, &email).await?;
    for older in &before {
        within_own_rights(permit, &tx, older.role).await?;
    }
    send(&tx, house, &slug, (&email, role, &groups), None).await?;
    tx.commit(AuditEvent::new("users.invited", permit.tenant()).summary(said(&email, role, &groups))).await?;
    house.ring();
    Ok(if before.is_empty() { Sent::First } else { Sent::Again })
}

/// Sends an invitation once more, with a new link and three new days; the older link works no more.
pub async fn resend(permit: &Permit<DecideAccess>, house: &House, id: InvitationId) -> Result<()> {
    let slug = house.slug(permit.tenant()).await?;
    let tx = house.stores.begin(permit).await?;
    let Invitation { email, role, groups, succession, .. } =
        tx.invitations().await?.into_iter().find(|open| open.id == id).ok_or(Error::NotFound)?;
    within_own_rights(permit, &tx, role).await?;
    send(&tx, house, &slug, (&email, role, &groups), succession).await?;
    tx.commit(AuditEvent::new("users.invited", permit.tenant()).summary(said(&email, role, &groups))).await?;
    house.ring();
    Ok(())
}

/// Who was invited, as what, with which groups: without that, the entry says nothing.
fn said(email: &EmailAddress, role: Role, groups: &[GroupId]) -> String {
    let groups = groups.iter().map(ToString::to_string);
    [format!("„{}“", email.as_str()), role.code()].into_iter().chain(groups).collect::<Vec<_>>().join(", ")
}

/// Sends the link. A second invitation replaces the first: only the newest link works.
pub(super) async fn send(
    tx: &TenantTx,
    house: &House,
    slug: &Slug,
    to: To<'_>,
    succession: Option<Succession>,
) -> Result<()> {
    let (email, role, _) = to;
    for older in older(tx, email).await? {
        tx.revoke_invitation(older.id).await?;
    }
    let token = Token::generate(tx.ids());
    tx.invite(to, succession, &token.hash()).await?;
    let profile = tx.site().await?.profile;
    let by = match tx.actor() {
        Actor::User(user) => tx.user(user).await?.map(|user| user.profile.name),
        Actor::Anonymous | Actor::System | Actor::Operator | Actor::Group(_) => None,
    };
    let link = format!("{}/einladung/{}", house.addresses.office(slug), token.to_text().as_str());
    tx.enqueue(&mail(email.clone(), role, by.as_deref(), &profile, &link)).await?;
    Ok(())
}

/// What this address was invited to before.
pub(super) async fn older(tx: &TenantTx, email: &EmailAddress) -> Result<Vec<Invitation>> {
    let mut found = tx.invitations().await?;
    found.retain(|older| older.email.folded() == email.folded());
    Ok(found)
}

/// The mail names no group: the name of one tells what people there live with.
fn mail(to: EmailAddress, role: Role, by: Option<&str>, office: &OfficeProfile, link: &str) -> Mail {
    let (what, what_english) = if role.is_group_admin() {
        (
            "die Angaben Ihrer Selbsthilfegruppe im Verzeichnis selbst zu pflegen",
            "to look after what the directory says about your self-help group",
        )
    } else {
        ("im Programm der Kontaktstelle mitzuarbeiten", "to work with the contact office in its program")
    };
    let (who, who_english) = (by.unwrap_or("Die Kontaktstelle"), by.unwrap_or("The contact office"));
    let (name, phone) = (&office.name, &office.phone);
    let (call, call_english) = match phone.as_str() {
        "" => (String::new(), String::new()),
        phone => (format!("\nTelefon für Rückfragen: {phone}"), format!("\nPhone, if you have questions: {phone}")),
    };
    Mail {
        to,
        subject: format!("Einladung: {name}"),
        body: format!(
            "Guten Tag,\n\n{who} lädt Sie ein, {what}.\n\nKontaktstelle: {name}{call}\n\nÖffnen Sie bitte innerhalb von \
             drei Tagen diese Seite und richten Sie Ihr Konto ein:\n\n{link}\n\nDer Link ist nur für Sie: Bitte geben Sie \
             ihn nicht weiter. Wenn Sie nicht wissen,\nworum es geht, brauchen Sie nichts zu tun.\n\n--\n\nHello,\n\n\
             {who_english} invites you {what_english}.\n\nContact office: {name}{call_english}\n\nPlease open this page \
             within three days and set up your account:\n\n{link}\n\nThe link is for you alone: please do not pass it \
             on. If you do not know what this is\nabout, there is nothing to do.\n"
        ),
    }
}

/// Takes an invitation back.
pub async fn revoke(permit: &Permit<ManagePeople>, house: &House, id: InvitationId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let open = tx.invitations().await?.into_iter().find(|open| open.id == id).ok_or(Error::NotFound)?;
    within_own_rights(permit, &tx, open.role).await?;
    tx.revoke_invitation(id).await?;
    let summary = said(&open.email, open.role, &open.groups);
    tx.commit(AuditEvent::new("users.invitation_revoked", permit.tenant()).summary(summary)).await?;
    Ok(())
}
