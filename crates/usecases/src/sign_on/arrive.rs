//! Back from the provider: the answer belongs to a departure of this browser, is verified, and only then counts.

use access::actions::LogIn;
use access::{Permit, Right, Stage};
use crypto::token::Token;
use domain::alert::Sign;
use domain::audit::{Actor, AuditEvent};
use domain::{EmailAddress, InvitationId, ProviderId, SessionId, UserId};
use jiff::{SignedDuration, Timestamp};
use sso::Returned;
use storage::TenantTx;
use storage::tenant::{Admission, Aim, Identity, Invitation, Journey, Provider, Standing, User, UserState};
use storage::throttle::Pace;
use zeroize::Zeroizing;

use super::depart::asked;
use super::own::end_logins_through;
use super::{OwnFactor, Refusal, log_failure, named_role, redirect_uri, registration, stage, vouches};
use crate::account::invitation::Newcomer;
use crate::account::own::read_name;
use crate::account::{
    Begun, Caller, How, Proven, begin_session_by, end_logins_without_factor, listed, not_too_often, notice, session_of,
    user_of, whole_login_by,
};
use crate::people::somebody_manages_locally;
use crate::{Error, House, Result};

/// Answers from one network that belong to no departure.
const PER_NETWORK: Pace = Pace { free: 30, first_ms: 1_000, longest_ms: 300_000, forget_ms: 3_600_000 };
/// What a provider does not say when somebody logged in there, is not held for lately.
const LONG_AGO: SignedDuration = SignedDuration::from_hours(1);

/// What the browser brought back.
#[derive(Clone, Copy, Debug)]
pub struct Brought<'a> {
    /// Finds the departure.
    pub state: &'a str,
    /// Trades for the ID token; none if the provider says no.
    pub code: Option<&'a str>,
    /// Who answers (RFC 9207).
    pub iss: Option<&'a str>,
    /// The browser's mark.
    pub browser: Option<&'a str>,
    /// The token of the login this browser has, if any.
    pub session: Option<&'a str>,
}

/// What came of it.
#[derive(Debug)]
pub enum Arrival {
    /// Logged in, as far as that went.
    In {
        /// The new session.
        begun: Begun,
        /// Where to go on; may be empty.
        next: String,
    },
    /// One's own account is connected.
    Connected,
    /// Proven once more who one is.
    Proven {
        /// The login's new token.
        token: Zeroizing<String>,
        /// Where to go on; may be empty.
        next: String,
    },
    /// It went no further.
    Refused(Refusal),
}

/// Takes in what a provider's answer brought.
pub async fn arrive(
    permit: &Permit<LogIn>,
    house: &House,
    provider: ProviderId,
    brought: Brought<'_>,
    caller: Caller<'_>,
) -> Result<Arrival> {
    let slug = house.slug(permit.tenant()).await?;
    let what = format!("sign-on answers from {}", caller.network);
    let tx = house.stores.begin(permit).await?;
    let provider = tx.provider(provider).await?.ok_or(Error::NotFound)?;
    not_too_often(&tx, &what).await?;
    let journey = match Token::parse(brought.state) {
        Ok(state) => tx.take_journey(&state.hash()).await?,
        Err(_) => None,
    };
    let Some(journey) = journey else {
        tx.count_against(&what, PER_NETWORK).await?;
        return refuse(tx, &provider, Refusal::Stale, "state").await;
    };
    // Used up from here on, whatever comes of it.
    let browser = brought.browser.and_then(|mark| Token::parse(mark).ok());
    if browser.is_none_or(|browser| browser.hash() != journey.browser) {
        tx.count_against(&what, PER_NETWORK).await?;
        return refuse(tx, &provider, Refusal::Stale, "browser").await;
    }
    if journey.provider != provider.id {
        return refuse(tx, &provider, Refusal::Untrusted, "issuer").await;
    }
    tx.commit_housekeeping().await?;

    let registration = registration(&provider, redirect_uri(&house.addresses, &slug, provider.id));
    let secrets = sso::Secrets {
        state: Zeroizing::new(brought.state.to_owned()),
        nonce: journey.nonce.clone(),
        verifier: journey.verifier.clone(),
    };
    let returned = Returned { code: brought.code, iss: brought.iss };
    let moments = (journey.begun_at, house.clock().now());
    let told = house.outside.redeem(&registration, &secrets, asked(journey.errand), returned, moments).await;

    let tx = house.stores.begin(permit).await?;
    // The office may have changed or removed it meanwhile.
    let Some(provider) = tx.provider(provider.id).await?.filter(|now| now.issuer == provider.issuer) else {
        return Ok(Arrival::Refused(Refusal::Stale));
    };
    let told = match told {
        Ok(Some(told)) => told,
        Ok(None) => return refuse(tx, &provider, Refusal::Denied, "denied").await,
        Err(failure) => {
            log_failure(provider.id, &failure);
            return refuse(tx, &provider, Refusal::from(&failure), failure.code()).await;
        }
    };
    let at = At { provider: &provider, told: &told, caller };
    let arrival = match journey.errand {
        Aim::LogIn => log_in(house, permit, tx, at, journey).await,
        Aim::Invitation(invitation) => accept(house, tx, at, invitation).await,
        Aim::Link(user, session) => connect(house, tx, at, (user, session, brought.session)).await,
        Aim::Prove(user, session) => {
            let next = journey.next;
            prove(tx, at, (user, session, brought.session), next).await
        }
    };
    // A mail may wait: that a new browser logged in.
    house.ring();
    arrival
}

/// Who has come, from where.
#[derive(Clone, Copy)]
struct At<'a> {
    provider: &'a Provider,
    told: &'a sso::Identity,
    caller: Caller<'a>,
}

impl At<'_> {
    /// The two parts that name the account there.
    fn name(&self) -> (&str, &str) {
        (&self.told.issuer, &self.told.subject)
    }

    async fn connection(&self, tx: &TenantTx) -> Result<Option<Identity>> {
        Ok(tx.identity(self.provider.id, &self.told.issuer, &self.told.subject).await?)
    }

    /// What one recognises the account there by.
    fn label(&self) -> String {
        let label = self.told.email.as_ref().or(self.told.name.as_ref()).unwrap_or(&self.told.subject);
        label.chars().filter(|c| !c.is_control()).take(120).collect()
    }

    /// When its user last proved there who they are.
    fn proven_at(&self, now: Timestamp) -> Timestamp {
        self.told.logged_in_at.unwrap_or(now.saturating_sub(LONG_AGO).unwrap_or(now)).min(now)
    }

    fn new_connection(&self, tx: &TenantTx, user: UserId, role_from_provider: bool) -> Identity {
        Identity {
            id: tx.ids().next(),
            provider: self.provider.id,
            user,
            label: self.label(),
            role_from_provider,
            created_at: tx.now(),
            used_at: Some(tx.now()),
        }
    }
}

/// Records that somebody did not get in, and why.
async fn refuse(tx: TenantTx, provider: &Provider, refusal: Refusal, why: &'static str) -> Result<Arrival> {
    tx.commit(AuditEvent::new("login.failed", provider.id).summary(format!("single sign-on: {why}"))).await?;
    Ok(Arrival::Refused(refusal))
}

async fn log_in(house: &House, permit: &Permit<LogIn>, tx: TenantTx, at: At<'_>, journey: Journey) -> Result<Arrival> {
    let named = named_role(&tx, at.provider, &at.told.values).await?;
    let Some(mut connection) = at.connection(&tx).await? else {
        return match (at.provider.admission, named) {
            (Admission::ByRole, Some(role)) => admit(house, tx, at, role, journey.next).await,
            (Admission::ByRole, None) => refuse(tx, at.provider, Refusal::NoRole, "no role").await,
            (Admission::Known, _) => refuse(tx, at.provider, Refusal::Unknown, "not connected").await,
        };
    };
    let mut user = user_of(&tx, connection.user).await?;
    if user.standing.state == UserState::Disabled {
        return refuse(tx, at.provider, Refusal::Unknown, "access ended").await;
    }
    // What the provider gave, the provider can take: a role it named once counts only while it names one.
    if named.is_none() && connection.role_from_provider && !at.provider.roles.is_empty() {
        return refuse(tx, at.provider, Refusal::NoRole, "no role any more").await;
    }
    let mut tx = tx;
    if let Some(role) = named.filter(|role| *role != user.standing.role) {
        let standing = Standing { role, groups: Vec::new(), state: user.standing.state };
        let change = format!("{} → {}", user.standing.role.code(), role.code());
        // Only this change may not take the last one away: where nobody manages without a provider, it takes nothing.
        let takes_the_last = somebody_manages_locally(&tx, None).await?
            && !somebody_manages_locally(&tx, Some((user.id, &standing))).await?;
        if takes_the_last {
            tx.commit_as(Actor::System, AuditEvent::new("users.role_kept", user.id).summary(change)).await?;
        } else {
            tx.set_standing(user.id, &standing).await?;
            end_logins_without_factor(&tx, user.id, role).await?;
            let manages = tx.rights_of(role, &[]).await?.0.contains(Right::ManagePeople);
            tx.commit_as(Actor::System, AuditEvent::new("users.role_mapped", user.id).summary(change)).await?;
            if manages {
                house.noticed(permit.tenant(), Sign::ManagerMade, &user.id.to_string(), Some(user.id)).await;
            }
        }
        tx = house.stores.begin(permit).await?;
        user = user_of(&tx, user.id).await?;
    }
    connection.label = at.label();
    connection.role_from_provider = named.is_some();
    let vouched = vouches(at.provider, at.told);
    let own = OwnFactor::of(&tx, &user).await?;
    match stage(user.standing.state, own, at.provider, vouched) {
        Ok(stage) => {
            tx.identity_used(&connection).await?;
            enter(tx, at, user, stage, ("login.sign_on", journey.next)).await
        }
        Err(refusal) => refuse(tx, at.provider, refusal, "second factor").await,
    }
}

/// Begins the session. `event` is recorded where the login is not whole yet.
async fn enter(
    tx: TenantTx,
    at: At<'_>,
    user: User,
    stage: Stage,
    (event, next): (&'static str, String),
) -> Result<Arrival> {
    let vouched = vouches(at.provider, at.told);
    if vouched && user.standing.state == UserState::Enrolling {
        tx.set_standing(user.id, &Standing { state: UserState::Active, ..user.standing.clone() }).await?;
    }
    if stage == Stage::Enrolling && user.standing.state == UserState::Active {
        // They would count again once the account is whole.
        tx.remove_other_sessions(user.id, None).await?;
        tx.set_standing(user.id, &Standing { state: UserState::Enrolling, ..user.standing.clone() }).await?;
    }
    let how = How { stage, provider: Some(at.provider.id), proven_at: at.proven_at(tx.now()) };
    let (begun, said) = if stage == Stage::Full {
        let proven = if vouched { Proven::WithFactor } else { Proven::WithoutFactor };
        whole_login_by(&tx, &user, at.caller, proven, how).await?
    } else {
        (begin_session_by(&tx, user.id, how, at.caller).await?, String::new())
    };
    let event = match (stage, event) {
        (Stage::Full, "login.sign_on") => "login.complete",
        (_, event) => event,
    };
    let event = AuditEvent::new(event, user.id).summary(listed("single sign-on", &said));
    tx.commit_as(Actor::User(user.id), event).await?;
    Ok(Arrival::In { begun, next })
}

/// Somebody new, brought in by a role the provider names.
async fn admit(house: &House, tx: TenantTx, at: At<'_>, role: access::Role, next: String) -> Result<Arrival> {
    let address = at.told.email.as_deref().and_then(|email| EmailAddress::parse(email).ok());
    let Some(email) = address else {
        return refuse(tx, at.provider, Refusal::NoAddress, "no mail address").await;
    };
    // Never connected by the address alone: whoever has it there need not be who has it here.
    if tx.user_by_email(&email).await?.is_some() {
        return refuse(tx, at.provider, Refusal::AddressTaken, "mail address has an account").await;
    }
    let newcomer = Newcomer { email, role, groups: Vec::new(), succession: None };
    create(house, tx, at, newcomer, (None, next), true).await
}

/// Someone invited, who needs no password here.
async fn accept(house: &House, tx: TenantTx, at: At<'_>, invitation: InvitationId) -> Result<Arrival> {
    if at.connection(&tx).await?.is_some() {
        return refuse(tx, at.provider, Refusal::Connected, "connected already").await;
    }
    let invited = tx.invitations().await?.into_iter().find(|open| open.id == invitation);
    let Some(invited) = invited else {
        return refuse(tx, at.provider, Refusal::Stale, "invitation").await;
    };
    if tx.user_by_email(&invited.email).await?.is_some() {
        return refuse(tx, at.provider, Refusal::AddressTaken, "mail address has an account").await;
    }
    let named = named_role(&tx, at.provider, &at.told.values).await?;
    let Invitation { id, email, role, groups, succession, .. } = invited;
    let newcomer = match named {
        Some(role) => Newcomer { email, role, groups: Vec::new(), succession: None },
        None => Newcomer { email, role, groups, succession },
    };
    create(house, tx, at, newcomer, (Some(id), String::new()), named.is_some()).await
}

async fn create(
    house: &House,
    tx: TenantTx,
    at: At<'_>,
    newcomer: Newcomer,
    (invitation, next): (Option<InvitationId>, String),
    role_from_provider: bool,
) -> Result<Arrival> {
    let name = at.told.name.as_deref().and_then(|name| read_name(name).ok());
    let name = name.unwrap_or_else(|| newcomer.email.as_str().split('@').next().unwrap_or_default().to_owned());
    let user = newcomer.account(&tx, name, Zeroizing::default()).await?;
    let own = OwnFactor::of(&tx, &user).await?;
    let stage = match stage(user.standing.state, own, at.provider, vouches(at.provider, at.told)) {
        Ok(stage) => stage,
        Err(refusal) => return refuse(tx, at.provider, refusal, "second factor").await,
    };
    // Only now: whoever is refused can accept in another way.
    if let Some(invitation) = invitation
        && !tx.use_invitation(invitation).await?
    {
        return refuse(tx, at.provider, Refusal::Stale, "invitation").await;
    }
    newcomer.arrives(&tx, &user).await?;
    tx.insert_identity(&at.new_connection(&tx, user.id, role_from_provider), at.name()).await?;
    let (tenant, id, manages) = (tx.id(), user.id, newcomer.manages(&tx).await?);
    let arrival = enter(tx, at, user, stage, ("account.created", next)).await?;
    if manages {
        house.noticed(tenant, Sign::ManagerMade, &id.to_string(), Some(id)).await;
    }
    Ok(arrival)
}

/// The login somebody set out from: still in force, whole, and in the browser that came back.
async fn same_login(
    tx: &TenantTx,
    (user, session, token): (UserId, SessionId, Option<&str>),
) -> Result<Option<storage::tenant::Session>> {
    let Some(token) = token else { return Ok(None) };
    match session_of(tx, token).await {
        Ok(found)
            if found.session.id == session && found.session.user == user && found.session.stage == Stage::Full =>
        {
            Ok(Some(found.session))
        }
        Ok(_) | Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn connect(house: &House, tx: TenantTx, at: At<'_>, login: (UserId, SessionId, Option<&str>)) -> Result<Arrival> {
    let Some(session) = same_login(&tx, login).await? else {
        return refuse(tx, at.provider, Refusal::Stale, "login").await;
    };
    match at.connection(&tx).await? {
        Some(connection) if connection.user == session.user => return Ok(Arrival::Connected),
        Some(_) => return refuse(tx, at.provider, Refusal::Connected, "connected already").await,
        None => {}
    }
    let user = user_of(&tx, session.user).await?;
    // One account there for one here: the newest counts.
    for older in tx.identities_of(user.id).await?.into_iter().filter(|older| older.provider == at.provider.id) {
        tx.remove_identity(older.id).await?;
        end_logins_through(&tx, user.id, at.provider.id, session.id).await?;
    }
    tx.insert_identity(&at.new_connection(&tx, user.id, false), at.name()).await?;
    let office = tx.site().await?.profile.name;
    let (german, english) =
        ("Ihr Konto wurde für die Einmal-Anmeldung verbunden", "your account was connected for single sign-on");
    notice(&tx, &user, &office, german, english).await?;
    tx.commit_as(Actor::User(user.id), AuditEvent::new("account.connected", user.id)).await?;
    house.ring();
    Ok(Arrival::Connected)
}

async fn prove(tx: TenantTx, at: At<'_>, login: (UserId, SessionId, Option<&str>), next: String) -> Result<Arrival> {
    let Some(session) = same_login(&tx, login).await? else {
        return refuse(tx, at.provider, Refusal::Stale, "login").await;
    };
    if at.connection(&tx).await?.is_none_or(|connection| connection.user != session.user) {
        return refuse(tx, at.provider, Refusal::Unknown, "another account").await;
    }
    let user = user_of(&tx, session.user).await?;
    // It must be worth as much as the login was: whoever has a factor of their own uses that.
    let own = OwnFactor::of(&tx, &user).await?;
    if own == OwnFactor::There || (own == OwnFactor::Missing && !vouches(at.provider, at.told)) {
        return refuse(tx, at.provider, Refusal::NoSecondFactor, "second factor").await;
    }
    let token = tx.proven_again(&session).await?;
    tx.commit_as(Actor::User(user.id), AuditEvent::new("login.proven", user.id).summary("single sign-on")).await?;
    Ok(Arrival::Proven { token, next })
}
