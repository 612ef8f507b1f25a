//! Setting up a second factor.

use access::actions::EnrolSecondFactor;
use access::{Permit, Stage};
use crypto::token::{RecoveryCode, recovery_codes};
use crypto::totp::TotpSecret;
use domain::audit::AuditEvent;
use storage::tenant::{Standing, UserState};
use zeroize::Zeroizing;

use super::login::{PER_CODE, use_code};
use super::{Begun, How, begin_session_by, session_of, user_of};
use crate::{Error, House, Result};

/// A second factor being set up.
#[derive(Debug)]
pub struct Enrolment {
    /// For the QR code: `otpauth://totp/…`.
    pub uri: Zeroizing<String>,
    /// For typing.
    pub secret: Zeroizing<String>,
}

/// The second factor to set up; the same one until it is confirmed, so that a reload does no harm.
pub async fn enrolment(permit: &Permit<EnrolSecondFactor>, house: &House, token: &str) -> Result<Enrolment> {
    let tx = house.stores.begin(permit).await?;
    let user = session_of(&tx, token).await?.session.user;
    let user = user_of(&tx, user).await?;
    let broken = |error: crypto::totp::TotpError| Error::Internal(error.to_string());
    let issuer = tx.site().await?.profile.name;
    let secret = match &user.totp {
        Some(bytes) => TotpSecret::from_bytes(bytes).map_err(broken)?,
        None => {
            let secret = TotpSecret::generate(tx.ids());
            tx.set_totp(user.id, secret.expose_bytes()).await?;
            tx.commit(AuditEvent::new("second_factor.begun", user.id)).await?;
            secret
        }
    };
    let uri = secret.uri(&issuer, user.profile.email.as_str()).map_err(broken)?;
    Ok(Enrolment { uri, secret: secret.to_text() })
}

/// The second factor works: a whole session begins, and the recovery codes are shown once.
pub async fn enrol(
    permit: &Permit<EnrolSecondFactor>,
    house: &House,
    token: &str,
    code: &str,
) -> Result<(Begun, Vec<Zeroizing<String>>)> {
    let tx = house.stores.begin(permit).await?;
    let session = session_of(&tx, token).await?.session;
    let user = user_of(&tx, session.user).await?;
    let what = format!("second factor {}", user.id);
    if let Some(until) = tx.throttled(&what).await? {
        return Err(Error::Throttled(until));
    }
    if !use_code(&tx, &user, code).await? {
        tx.count_against(&what, PER_CODE).await?;
        tx.commit_housekeeping().await?;
        return Err(Error::invalid("code", "wrong-code"));
    }
    let codes = recovery_codes(tx.ids());
    let hashes: Vec<_> = codes.iter().map(|code| code.hash(user.id)).collect();
    tx.put_recovery_codes(user.id, &hashes).await?;
    tx.set_standing(user.id, &Standing { state: UserState::Active, ..user.standing.clone() }).await?;
    tx.forgive(&what).await?;
    // Every other login of this user ends, too: one half set up elsewhere could read the secret that now counts.
    tx.remove_other_sessions(user.id, None).await?;
    tx.logged_in(user.id).await?;
    let how = How { stage: Stage::Full, provider: session.provider, proven_at: tx.now() };
    let begun = begin_session_by(&tx, user.id, how, &session.device).await?;
    tx.commit(AuditEvent::new("second_factor.enrolled", user.id)).await?;
    Ok((begun, codes.iter().map(RecoveryCode::to_text).collect()))
}
