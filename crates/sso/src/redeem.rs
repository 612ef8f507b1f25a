//! What comes back from the provider, step by step: who answers, the code, the ID token, and nothing believed unchecked.

use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{CoreGenderClaim, CoreJsonWebKey};
use openidconnect::{
    AccessToken, AccessTokenHash, AuthorizationCode, ClaimsVerificationError, IdTokenVerifier, Nonce,
    OAuth2TokenResponse, PkceCodeVerifier, RequestTokenError, SignatureVerificationError, SubjectIdentifier,
    TokenResponse, UserInfoClaims,
};
use serde_json::Value;

use crate::claims::{Rest, claim, words};
use crate::discovery::ALGORITHMS;
use crate::journey::{Answer, ProviderClient, client};
use crate::{Asked, Failure, Identity, Outside, Registration, Secrets, Unverified};

/// Clocks differ by as much.
const SKEW: SignedDuration = SignedDuration::from_secs(60);

/// What the browser brought back, beside the state that found the login.
#[derive(Clone, Debug)]
pub struct Returned<'a> {
    /// The code, or none if the provider says no.
    pub code: Option<&'a str>,
    /// Who answers (RFC 9207).
    pub iss: Option<&'a str>,
}

const fn untrusted(what: Unverified) -> Failure {
    Failure::Untrusted(what)
}

fn utc(moment: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(moment.as_millisecond()).unwrap_or_default()
}

impl Outside {
    /// Trades the code for an ID token, and reads who it is; `None` if the provider says no.
    ///
    /// `begun` is when the browser was sent there.
    pub async fn redeem(
        &self,
        registration: &Registration,
        secrets: &Secrets,
        asked: Asked,
        returned: Returned<'_>,
        (begun, now): (Timestamp, Timestamp),
    ) -> Result<Option<Identity>, Failure> {
        let metadata = self.metadata(&registration.issuer).await?;
        // Before the code goes anywhere: it must come from the provider that was asked (RFC 9207, 2.4; RFC 9700, 4.4).
        let named = metadata.additional_metadata().authorization_response_iss_parameter_supported;
        match returned.iss {
            Some(iss) if iss != registration.issuer => return Err(untrusted(Unverified::Issuer)),
            None if named => return Err(untrusted(Unverified::Issuer)),
            _ => {}
        }
        let Some(code) = returned.code else { return Ok(None) };
        let trader = client(&metadata, registration)?;
        let answer = self.trade(&trader, code, secrets).await?;
        let claims = match verified(&trader, &answer, secrets, now) {
            // A key we do not know (yet): the provider may have changed its keys.
            Err(Failure::Untrusted(Unverified::Signature)) if lacks_key(&trader, &answer) => {
                let metadata = self.anew(&registration.issuer).await?;
                verified(&client(&metadata, registration)?, &answer, secrets, now)?
            }
            other => other?,
        };
        if asked == Asked::Anew {
            let at = claims.get("auth_time").and_then(Value::as_i64).ok_or(untrusted(Unverified::NotAnew))?;
            let at = Timestamp::from_second(at).map_err(|_| untrusted(Unverified::NotAnew))?;
            if begun.duration_since(at) > SKEW {
                return Err(untrusted(Unverified::NotAnew));
            }
        }
        self.identity(registration, &trader, claims, answer.access_token()).await.map(Some)
    }

    async fn trade(&self, client: &ProviderClient, code: &str, secrets: &Secrets) -> Result<Answer, Failure> {
        client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| Failure::NotAProvider("token-endpoint"))?
            .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.to_string()))
            .request_async(&self.network)
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(error) => error.into(),
                RequestTokenError::ServerResponse(_) => Failure::Refused,
                RequestTokenError::Parse(..) | RequestTokenError::Other(_) => untrusted(Unverified::Shape),
            })
    }

    /// Puts together who it is. What the ID token does not say is asked for once more, with the access token.
    async fn identity(
        &self,
        registration: &Registration,
        client: &ProviderClient,
        mut claims: Value,
        access: &AccessToken,
    ) -> Result<Identity, Failure> {
        let subject = claims.get("sub").and_then(Value::as_str).unwrap_or_default().to_owned();
        if subject.is_empty() {
            return Err(untrusted(Unverified::Shape));
        }
        let lacks_claim = registration.claim.as_deref().is_some_and(|path| claim(&claims, path).is_none());
        if lacks_claim || claims.get("email").is_none() {
            match self.more(client, access, &subject).await {
                Ok(Some(Value::Object(more))) => {
                    if let Value::Object(known) = &mut claims {
                        for (name, value) in more {
                            known.entry(name).or_insert(value);
                        }
                    }
                }
                Err(failure) if lacks_claim => return Err(failure),
                _ => {}
            }
        }
        let text =
            |name: &str| claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
        let checked = claims.get("email_verified").is_none_or(|said| said == &Value::Bool(true));
        Ok(Identity {
            issuer: registration.issuer.clone(),
            subject,
            email: text("email").filter(|_| checked),
            name: text("name").or_else(|| text("preferred_username")),
            acr: text("acr"),
            amr: claims.get("amr").map(words).unwrap_or_default(),
            logged_in_at: claims
                .get("auth_time")
                .and_then(Value::as_i64)
                .and_then(|at| Timestamp::from_second(at).ok()),
            values: registration.claim.as_deref().and_then(|path| claim(&claims, path)).map(words).unwrap_or_default(),
        })
    }

    async fn more(
        &self,
        client: &ProviderClient,
        access: &AccessToken,
        subject: &str,
    ) -> Result<Option<Value>, Failure> {
        let expected = Some(SubjectIdentifier::new(subject.to_owned()));
        let Ok(request) = client.user_info(access.clone(), expected) else { return Ok(None) };
        let claims: UserInfoClaims<Rest, CoreGenderClaim> =
            request.request_async(&self.network).await.map_err(|_| Failure::Unreachable(None))?;
        serde_json::to_value(claims).map(Some).map_err(|_| untrusted(Unverified::Shape))
    }
}

fn verifier(client: &ProviderClient, now: Timestamp) -> IdTokenVerifier<'_, CoreJsonWebKey> {
    let latest = utc(now.saturating_add(SKEW).unwrap_or(now));
    client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || utc(now))
        .set_issue_time_verifier_fn(move |at| if at > latest { Err("not yet".to_owned()) } else { Ok(()) })
}

/// The claims of an ID token that is what it should be (OpenID Connect Core 1.0, 3.1.3.7).
fn verified(client: &ProviderClient, answer: &Answer, secrets: &Secrets, now: Timestamp) -> Result<Value, Failure> {
    let token = answer.id_token().ok_or(untrusted(Unverified::Shape))?;
    let verifier = verifier(client, now);
    let claims = token.claims(&verifier, &Nonce::new(secrets.nonce.to_string())).map_err(|error| {
        untrusted(match error {
            ClaimsVerificationError::Expired(_) => Unverified::Time,
            ClaimsVerificationError::InvalidAudience(_) => Unverified::Audience,
            ClaimsVerificationError::InvalidIssuer(_) => Unverified::Issuer,
            ClaimsVerificationError::InvalidNonce(_) => Unverified::Nonce,
            ClaimsVerificationError::SignatureVerification(_) => Unverified::Signature,
            _ => Unverified::Shape,
        })
    })?;
    if claims.authorized_party().is_some_and(|party| party != client.client_id()) {
        return Err(untrusted(Unverified::Audience));
    }
    if let Some(expected) = claims.access_token_hash() {
        let key = token.signing_key(&verifier).map_err(|_| untrusted(Unverified::Signature))?;
        let algorithm = token.signing_alg().map_err(|_| untrusted(Unverified::Signature))?;
        let actual = AccessTokenHash::from_token(answer.access_token(), algorithm, key);
        if actual.map_err(|_| untrusted(Unverified::Signature))? != *expected {
            return Err(untrusted(Unverified::Signature));
        }
    }
    let claims = serde_json::to_value(claims).map_err(|_| untrusted(Unverified::Shape))?;
    let not_before = claims.get("nbf").and_then(Value::as_i64);
    if not_before.is_some_and(|at| at > now.as_second() + SKEW.as_secs()) {
        return Err(untrusted(Unverified::Time));
    }
    Ok(claims)
}

/// Whether the token names a key that is not among those known, or the key of that name does not fit.
fn lacks_key(client: &ProviderClient, answer: &Answer) -> bool {
    let verifier = verifier(client, Timestamp::UNIX_EPOCH);
    answer.id_token().is_some_and(|token| match token.signing_key(&verifier) {
        Ok(_) | Err(SignatureVerificationError::NoMatchingKey) => token.signing_alg().is_ok(),
        Err(_) => false,
    })
}
