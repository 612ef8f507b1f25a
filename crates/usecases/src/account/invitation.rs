//! Someone invited makes an account.

use access::actions::CreateFirstAccount;
use access::{Permit, Stage};
use crypto::password::Password;
use crypto::password::rules::{self, Context};
use crypto::token::Token;
use domain::EmailAddress;
use domain::audit::{Actor, AuditEvent};
use storage::tenant::{Standing, User, UserProfile, UserState};

use super::own::read_name;
use super::{Begun, Caller, Proven, begin_session, factors, weakness_code, whole_login};
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
    let demanded = factors::is_demanded(&tx, invited.role).await?;
    let state = if demanded { UserState::Enrolling } else { UserState::Active };
    let user = User {
        id: tx.ids().next(),
        standing: Standing { role: invited.role, state, groups: invited.groups },
        profile: UserProfile { name, email: invited.email },
        password: hash,
        last_login_at: None,
    };
    tx.insert_user(&user).await?;
    let begun = if demanded {
        begin_session(&tx, user.id, Stage::Enrolling, caller.device).await?
    } else {
        whole_login(&tx, &user, caller, Proven::WithoutFactor).await?.0
    };
    tx.commit_as(Actor::User(user.id), AuditEvent::new("account.created", user.id)).await?;
    Ok(begun)
}
