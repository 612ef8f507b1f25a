//! Setting up the first second factor: an app, or a passkey (see [`super::passkeys`]).

use access::actions::EnrolSecondFactor;
use access::{Action, Permit, Stage};
use crypto::token::{RecoveryCode, recovery_codes};
use crypto::totp::TotpSecret;
use domain::audit::AuditEvent;
use domain::{ProviderId, UserId};
use storage::TenantTx;
use storage::tenant::{Errand, Factor, FactorSecret, FactorState, Session, Standing, User, UserState};
use zeroize::Zeroizing;

use super::login::{PER_CODE, use_code_of};
use super::notices::notice;
use super::{Begun, Caller, How, Proven, not_too_often, session_of, user_of, whole_login_by};
use crate::{Error, House, Result};

/// An app being set up.
#[derive(Debug)]
pub struct Enrolment {
    /// For the QR code: `otpauth://totp/…`.
    pub uri: Zeroizing<String>,
    /// For typing.
    pub secret: Zeroizing<String>,
}

/// What an app is called that its owner gave no name.
pub(super) const UNNAMED_APP: &str = "Authenticator-App";

/// The secret shown in this login; none in another one, which may be somebody else's.
async fn shown(tx: &TenantTx, session: &Session) -> Result<Option<Factor>> {
    let state = FactorState::Shown(session.id);
    Ok(tx.factors_of(session.user).await?.into_iter().find(|factor| factor.state == state))
}

/// The app to set up; the same one within a login until it is confirmed, so that a reload does no harm.
pub(super) async fn show_app<A: Action>(permit: &Permit<A>, house: &House, token: &str) -> Result<Enrolment> {
    let look = house.stores.look(permit).await?;
    let session = session_of(&look, token).await?.session;
    let user = user_of(&look, session.user).await?;
    let issuer = look.site().await?.profile.name;
    let known = shown(&look, &session).await?;
    drop(look);
    let broken = |error: crypto::totp::TotpError| Error::Internal(error.to_string());
    let secret = match known.as_ref().map(|factor| &factor.secret) {
        Some(FactorSecret::App(bytes)) => TotpSecret::from_bytes(bytes).map_err(broken)?,
        Some(FactorSecret::Passkey { .. }) | None => {
            let tx = house.stores.begin(permit).await?;
            let secret = TotpSecret::generate(tx.ids());
            forget_shown(&tx, user.id).await?;
            let bytes = FactorSecret::App(Zeroizing::new(secret.expose_bytes().to_vec()));
            let factor = Factor::new(tx.ids().next(), user.id, UNNAMED_APP, bytes, tx.now());
            tx.insert_factor(&Factor { state: FactorState::Shown(session.id), ..factor }).await?;
            tx.commit(AuditEvent::new("second_factor.begun", user.id)).await?;
            secret
        }
    };
    let uri = secret.uri(&issuer, user.profile.email.as_str()).map_err(broken)?;
    Ok(Enrolment { uri, secret: secret.to_text() })
}

/// Takes away what was shown and never confirmed.
async fn forget_shown(tx: &TenantTx, user: UserId) -> Result<()> {
    for factor in tx.factors_of(user).await?.iter().filter(|factor| !factor.is_confirmed()) {
        tx.remove_factor(user, factor.id).await?;
    }
    Ok(())
}

/// Whether the code is that of the app shown in this login, which then counts under this name.
pub(super) async fn confirm_app(tx: &TenantTx, session: &Session, name: &str, code: &str) -> Result<Option<Factor>> {
    let Some(mut factor) = shown(tx, session).await? else { return Ok(None) };
    if !use_code_of(tx, &factor, code).await? {
        return Ok(None);
    }
    factor.state = FactorState::Confirmed;
    name.clone_into(&mut factor.name);
    tx.save_factor(&factor).await?;
    Ok(Some(factor))
}

/// Ten new recovery codes instead of those there were.
pub(super) async fn new_recovery_codes(tx: &TenantTx, user: UserId) -> Result<Vec<Zeroizing<String>>> {
    let codes = recovery_codes(tx.ids());
    let hashes: Vec<_> = codes.iter().map(|code| code.hash(user)).collect();
    tx.put_recovery_codes(user, &hashes).await?;
    Ok(codes.iter().map(RecoveryCode::to_text).collect())
}

/// The app to set up.
pub async fn enrolment(permit: &Permit<EnrolSecondFactor>, house: &House, token: &str) -> Result<Enrolment> {
    show_app(permit, house, token).await
}

/// The app works: a whole session begins, and the recovery codes are shown once.
pub async fn enrol(
    permit: &Permit<EnrolSecondFactor>,
    house: &House,
    token: &str,
    code: &str,
    caller: Caller<'_>,
) -> Result<(Begun, Vec<Zeroizing<String>>)> {
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    let user = user_of(&tx, session.user).await?;
    let what = format!("second factor {}", user.id);
    not_too_often(&tx, &what).await?;
    if confirm_app(&tx, &session, UNNAMED_APP, code).await?.is_none() {
        tx.count_against(&what, PER_CODE).await?;
        tx.commit_housekeeping().await?;
        return Err(Error::invalid("code", "wrong-code"));
    }
    tx.forgive(&what).await?;
    let whole = finish(&tx, &user, session.provider, caller).await?;
    tx.commit(AuditEvent::new("second_factor.enrolled", user.id).summary("app")).await?;
    house.ring();
    Ok(whole)
}

/// The first factor counts: from here on the account is whole. A login that came through a provider stays one.
pub(super) async fn finish(
    tx: &TenantTx,
    user: &User,
    provider: Option<ProviderId>,
    caller: Caller<'_>,
) -> Result<(Begun, Vec<Zeroizing<String>>)> {
    let codes = new_recovery_codes(tx, user.id).await?;
    forget_shown(tx, user.id).await?;
    tx.revoke_tickets(user.id, |errand| *errand == Errand::NewPassword).await?;
    tx.set_standing(user.id, &Standing { state: UserState::Active, ..user.standing.clone() }).await?;
    // Every other login of this user ends, too: whoever began one has not shown the factor that now counts.
    tx.remove_other_sessions(user.id, None).await?;
    if user.last_login_at.is_some() {
        let office = tx.site().await?.profile.name;
        let (german, english) = ("Ein zweiter Faktor wurde eingerichtet", "a second factor was set up");
        notice(tx, user, &office, german, english).await?;
    }
    let how = How { stage: Stage::Full, provider, proven_at: tx.now() };
    let (begun, _) = whole_login_by(tx, user, caller, Proven::WithFactor, how).await?;
    Ok((begun, codes))
}
