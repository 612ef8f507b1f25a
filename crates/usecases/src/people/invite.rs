//! Inviting someone by mail: a link for one address and one role, good once and for three days.

use access::actions::{DecideAccess, ManagePeople};
use access::{Permit, Right, Role};
use crypto::token::Token;
use domain::alert::Sign;
use domain::audit::AuditEvent;
use domain::{EmailAddress, GroupId, InvitationId, Slug};
use storage::tenant::invitations::To;
use storage::tenant::{Invitation, Succession};
use storage::{Mail, TenantTx};

use super::list::group_choices;
use super::{noticed_of, role_name, within_own_rights};
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
    within_own_rights(permit, tx, role).await?;
    Ok((role, groups))
}

/// Invites someone.
pub async fn invite(permit: &Permit<DecideAccess>, house: &House, form: &Form) -> Result<()> {
    let slug = house.slug(permit.tenant()).await?;
    let tx = house.stores.begin(permit).await?;
    let mut problems = Vec::new();
    let email = EmailAddress::parse(form.email.trim()).map_err(|_| Problem::new("email", "not-an-email"));
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
    for older in older(&tx, &email).await? {
        within_own_rights(permit, &tx, older.role).await?;
    }
    send(&tx, house, &slug, (&email, role, &groups), None).await?;
    let manages = tx.rights_of(role, &[]).await?.0.contains(Right::ManagePeople);
    tx.commit(AuditEvent::new("users.invited", permit.tenant()).summary(role.code())).await?;
    house.ring();
    if manages {
        noticed_of(permit, house, Sign::ManagerMade).await;
    }
    Ok(())
}

/// Sends the link. A second invitation replaces the first: only the newest link works.
pub(super) async fn send(
    tx: &TenantTx,
    house: &House,
    slug: &Slug,
    to: To<'_>,
    succession: Option<Succession>,
) -> Result<()> {
    let (email, ..) = to;
    for older in older(tx, email).await? {
        tx.revoke_invitation(older.id).await?;
    }
    let token = Token::generate(tx.ids());
    tx.invite(to, succession, &token.hash()).await?;
    let site = tx.site().await?;
    let link = format!("{}/einladung/{}", house.addresses.office(slug), token.to_text().as_str());
    tx.enqueue(&mail(email.clone(), &site.profile.name, &link)).await?;
    Ok(())
}

/// What this address was invited to before.
pub(super) async fn older(tx: &TenantTx, email: &EmailAddress) -> Result<Vec<Invitation>> {
    let mut found = tx.invitations().await?;
    found.retain(|older| older.email.folded() == email.folded());
    Ok(found)
}

fn mail(to: EmailAddress, office: &str, link: &str) -> Mail {
    Mail {
        to,
        subject: format!("Einladung: {office}"),
        body: format!(
            "Guten Tag,\n\nSie sind eingeladen, bei {office} mitzuarbeiten.\nÖffnen Sie dazu innerhalb von drei Tagen \
             diese Seite und richten Sie Ihr Konto ein:\n\n{link}\n\nDer Link ist nur für Sie: Bitte geben Sie ihn \
             nicht weiter. Wenn Sie nicht wissen,\nworum es geht, brauchen Sie nichts zu tun.\n\n--\n\nHello,\n\n\
             {office} invites you to work with them.\nPlease open this page within three days and set up your \
             account:\n\n{link}\n\nThe link is for you alone: please do not pass it on. If you do not know what \
             this is\nabout, there is nothing to do.\n"
        ),
    }
}

/// Takes an invitation back.
pub async fn revoke(permit: &Permit<ManagePeople>, house: &House, id: InvitationId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let open = tx.invitations().await?.into_iter().find(|open| open.id == id).ok_or(Error::NotFound)?;
    within_own_rights(permit, &tx, open.role).await?;
    tx.revoke_invitation(id).await?;
    tx.commit(AuditEvent::new("users.invitation_revoked", permit.tenant())).await?;
    Ok(())
}
