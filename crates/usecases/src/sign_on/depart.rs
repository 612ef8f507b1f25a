//! To the provider: what the answer must match is kept, sealed, and the browser gets a mark of its own.

use access::actions::{ChangeCredentials, CreateFirstAccount, LogIn, ProveAgain};
use access::{Action, Permit};
use crypto::token::Token;
use domain::ProviderId;
use domain::audit::{Actor, AuditEvent};
use sso::{Asked, Secrets};
use storage::tenant::{Aim, Journey, Provider};
use storage::throttle::Pace;
use url::Url;
use zeroize::Zeroizing;

use super::{Refusal, log_failure, redirect_uri, registration};
use crate::account::{not_too_often, session_of};
use crate::{Error, House, Result};

/// Departures from one network: what they cost is a row for ten minutes.
const PER_NETWORK: Pace = Pace { free: 100, first_ms: 1_000, longest_ms: 60_000, forget_ms: 3_600_000 };

/// From where somebody sets out.
#[derive(Clone, Copy, Debug)]
pub struct From<'a> {
    /// The network, for throttles only; never stored.
    pub network: &'a str,
    /// The mark this browser has from an earlier departure: several may be on their way, in several tabs.
    pub browser: Option<&'a str>,
    /// Where to go on afterwards; may be empty.
    pub next: &'a str,
    /// The language of the screen, which the provider may follow.
    pub language: &'static str,
}

/// What came of it.
#[derive(Debug)]
pub enum Departure {
    /// The browser is to go there.
    To {
        /// The provider's address.
        url: Url,
        /// What the office calls the provider.
        name: String,
        /// The browser's mark, for a cookie.
        browser: Zeroizing<String>,
    },
    /// It goes no further.
    Refused(Refusal),
}

/// To log in.
pub async fn to_log_in(
    permit: &Permit<LogIn>,
    house: &House,
    provider: ProviderId,
    from: From<'_>,
) -> Result<Departure> {
    depart(permit, house, provider, Aim::LogIn, from).await
}

/// To make the account of an invitation.
pub async fn to_accept(
    permit: &Permit<CreateFirstAccount>,
    house: &House,
    (provider, invitation): (ProviderId, &str),
    from: From<'_>,
) -> Result<Departure> {
    let token = Token::parse(invitation).map_err(|_| Error::NotFound)?;
    let look = house.stores.look(permit).await?;
    let invited = look.invitation(&token.hash()).await?.ok_or(Error::NotFound)?;
    drop(look);
    depart(permit, house, provider, Aim::Invitation(invited.id), from).await
}

/// To connect one's own account; one logs in there anew, so that nobody connects whoever sat there before.
pub async fn to_connect(
    permit: &Permit<ChangeCredentials>,
    house: &House,
    (provider, session): (ProviderId, &str),
    from: From<'_>,
) -> Result<Departure> {
    let session = session_of(&house.stores.look(permit).await?, session).await?.session;
    depart(permit, house, provider, Aim::Link(session.user, session.id), from).await
}

/// To prove once more who one is.
pub async fn to_prove(
    permit: &Permit<ProveAgain>,
    house: &House,
    (provider, session): (ProviderId, &str),
    from: From<'_>,
) -> Result<Departure> {
    let session = session_of(&house.stores.look(permit).await?, session).await?.session;
    depart(permit, house, provider, Aim::Prove(session.user, session.id), from).await
}

/// What is asked of the provider for an errand.
pub(super) const fn asked(errand: Aim) -> Asked {
    match errand {
        Aim::LogIn => Asked::Who,
        Aim::Invitation(_) | Aim::Link(..) | Aim::Prove(..) => Asked::Anew,
    }
}

async fn depart<A: Action>(
    permit: &Permit<A>,
    house: &House,
    provider: ProviderId,
    errand: Aim,
    from: From<'_>,
) -> Result<Departure> {
    let From { network, browser, next, language } = from;
    let slug = house.slug(permit.tenant()).await?;
    let what = format!("sign-on from {network}");
    let tx = house.stores.begin(permit).await?;
    let provider: Provider = tx.provider(provider).await?.ok_or(Error::NotFound)?;
    not_too_often(&tx, &what).await?;
    // Counted before the provider is asked, which may take long: each departure is a request of ours to the outside.
    tx.count_against(&what, PER_NETWORK).await?;
    tx.commit_housekeeping().await?;
    let ids = house.ids();
    let (state, nonce, verifier) = (Token::generate(ids), Token::generate(ids), Token::generate(ids));
    let secrets = Secrets { state: state.to_text(), nonce: nonce.to_text(), verifier: verifier.to_text() };
    let registration = registration(&provider, redirect_uri(&house.addresses, &slug, provider.id));
    let url = match house.outside.way(&registration, &secrets, asked(errand), language).await {
        Ok(url) => url,
        Err(failure) => {
            log_failure(provider.id, &failure);
            if let Actor::User(_) = permit.actor() {
                let summary = format!("single sign-on: {}", failure.code());
                let tx = house.stores.begin(permit).await?;
                tx.commit(AuditEvent::new("login.failed", provider.id).summary(summary)).await?;
            }
            return Ok(Departure::Refused(Refusal::from(&failure)));
        }
    };
    let browser = browser.and_then(|mark| Token::parse(mark).ok()).unwrap_or_else(|| Token::generate(ids));
    let tx = house.stores.begin(permit).await?;
    let journey = Journey {
        provider: provider.id,
        errand,
        browser: browser.hash(),
        nonce: secrets.nonce,
        verifier: secrets.verifier,
        next: next.to_owned(),
        begun_at: tx.now(),
    };
    tx.insert_journey(&state.hash(), &journey).await?;
    // Nothing has happened yet; what comes of it is recorded when the browser is back.
    tx.commit_housekeeping().await?;
    Ok(Departure::To { url, name: provider.name, browser: browser.to_text() })
}
