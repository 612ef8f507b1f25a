//! Someone invited makes an account.

use access::actions::CreateFirstAccount;
use access::{Permit, Right, Role, Stage};
use crypto::password::Password;
use crypto::password::rules::{self, Context};
use crypto::token::Token;
use domain::alert::Sign;
use domain::audit::{Actor, AuditEvent};
use domain::{EmailAddress, GroupId};
use storage::TenantTx;
use storage::tenant::{Invitation, Standing, Succession, User, UserProfile, UserState};
use zeroize::Zeroizing;

use super::own::read_name;
use super::{Begun, Caller, Proven, begin_session, factors, weakness_code, whole_login};
use crate::people::succession::taken_over;
use crate::{Error, House, Problem, Result};

/// Who is invited, for the page of the link; uses nothing up.
pub async fn invitation(permit: &Permit<CreateFirstAccount>, house: &House, token: &str) -> Result<EmailAddress> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    let look = house.stores.look(permit).await?;
    Ok(look.invitation(&token.hash()).await?.ok_or(Error::NotFound)?.email)
}

/// Makes the account of an invitation; its second factor is set up next.
pub async fn accept_invitation(
    permit: &Permit<CreateFirstAccount>,
    house: &House,
    token: &str,
    name: &str,
    password: &str,
    caller: Caller<'_>,
) -> Result<Begun> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    let look = house.stores.look(permit).await?;
    let invited = look.invitation(&token.hash()).await?.ok_or(Error::NotFound)?;
    let profile = look.site().await?.profile;
    drop(look);
    let typed = Password::typed(password);
    let context = Context::new([name.trim(), invited.email.as_str(), &profile.name, &profile.town, &profile.carrier]);
    let weak = rules::check(&typed, &context).map_err(|weakness| Problem::new("password", weakness_code(weakness)));
    let name = match (read_name(name), weak) {
        (Ok(name), Ok(())) => name,
        (name, weak) => return Err(Error::Invalid(name.err().into_iter().chain(weak.err()).collect())),
    };
    let hash = house.passwords.hash(&typed).await?;
    let tx = house.stores.begin(permit).await?;
    if !tx.use_invitation(invited.id).await? {
        return Err(Error::NotFound);
    }
    let Invitation { email, role, groups, succession, .. } = invited;
    let newcomer = Newcomer { email, role, groups, succession };
    let user = newcomer.account(&tx, name, hash).await?;
    newcomer.arrives(&tx, &user).await?;
    let begun = match user.standing.state {
        UserState::Enrolling => begin_session(&tx, user.id, Stage::Enrolling, caller).await?,
        UserState::Active | UserState::Disabled => whole_login(&tx, &user, caller, Proven::WithoutFactor).await?.0,
    };
    let manages = newcomer.manages(&tx).await?;
    tx.commit_as(Actor::User(user.id), AuditEvent::new("account.created", user.id)).await?;
    house.ring();
    // From now on, and about whoever may; an invitation alone gives nobody a right.
    if manages {
        house.noticed(permit.tenant(), Sign::ManagerMade, &user.id.to_string(), Some(user.id)).await;
    }
    Ok(begun)
}

/// Someone who is to have an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Newcomer {
    pub(crate) email: EmailAddress,
    pub(crate) role: Role,
    pub(crate) groups: Vec<GroupId>,
    pub(crate) succession: Option<Succession>,
}

impl Newcomer {
    /// Their account, not kept yet. Who must have a second factor sets one up first.
    pub(crate) async fn account(&self, tx: &TenantTx, name: String, password: Zeroizing<String>) -> Result<User> {
        let Self { email, role, groups, succession: _ } = self;
        let state = if factors::is_demanded(tx, *role).await? { UserState::Enrolling } else { UserState::Active };
        Ok(User {
            id: tx.ids().next(),
            standing: Standing { role: *role, state, groups: groups.clone() },
            profile: UserProfile::new(name, email.clone()),
            password,
            last_login_at: None,
        })
    }

    /// Whether somebody may decide about people now who could not before: a sign the others are told of. The first one of
    /// an office is told of to nobody.
    pub(crate) async fn manages(&self, tx: &TenantTx) -> Result<bool> {
        let (rights, _) = tx.rights_of(self.role, &self.groups).await?;
        Ok(rights.contains(Right::ManagePeople) && tx.users().await?.len() > 1)
    }

    /// Keeps the account; whoever hands a group over to them is done with it.
    pub(crate) async fn arrives(&self, tx: &TenantTx, user: &User) -> Result<()> {
        tx.insert_user(user).await?;
        match (self.succession, self.groups.as_slice()) {
            (Some(succession), [group]) => taken_over(tx, *group, succession).await,
            _ => Ok(()),
        }
    }
}
