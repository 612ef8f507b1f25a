//! The way to the provider.

use std::fmt;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AuthType, Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IdTokenFields, LanguageTag, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    StandardErrorResponse, StandardTokenResponse,
};
use url::Url;
use zeroize::Zeroizing;

use crate::claims::Rest;
use crate::discovery::Metadata;
use crate::{Failure, Outside};

/// What a provider knows us by.
#[derive(Clone)]
pub struct Registration {
    /// The provider.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// What proves that it is us.
    pub client_secret: Zeroizing<String>,
    /// Where the provider sends people back to: one address per provider, compared to the letter.
    pub redirect_uri: String,
    /// The claim that says what someone is there, if one is used.
    pub claim: Option<String>,
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Registration({})", self.issuer)
    }
}

/// What binds the answer to the question: 256 random bits each, in letters that need no escape.
#[derive(Clone)]
pub struct Secrets {
    /// Comes back in the address.
    pub state: Zeroizing<String>,
    /// Comes back in the ID token.
    pub nonce: Zeroizing<String>,
    /// Proves to the provider that it was us who asked (RFC 7636).
    pub verifier: Zeroizing<String>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// What is asked of the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Who it is; whoever is logged in there already need not log in again.
    Who,
    /// To log in once more, now.
    Anew,
}

pub(crate) type Answer = StandardTokenResponse<
    IdTokenFields<
        Rest,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

pub(crate) type ProviderClient = Client<
    Rest,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Answer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The client for a provider that is known.
pub(crate) fn client(metadata: &Metadata, registration: &Registration) -> Result<ProviderClient, Failure> {
    use openidconnect::core::CoreClientAuthMethod;
    let redirect = RedirectUrl::new(registration.redirect_uri.clone());
    let secret = ClientSecret::new(registration.client_secret.to_string());
    let client: ProviderClient =
        Client::from_provider_metadata(metadata.clone(), ClientId::new(registration.client_id.clone()), Some(secret))
            .set_redirect_uri(redirect.map_err(|_| Failure::NotAProvider("redirect-uri"))?);
    // In the header unless the provider wants it in the body (OpenID Connect Core 1.0, 9).
    let methods = metadata.token_endpoint_auth_methods_supported();
    let in_body = methods.is_some_and(|methods| !methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
    Ok(if in_body { client.set_auth_type(AuthType::RequestBody) } else { client })
}

impl Outside {
    /// The address at the provider to which the browser is sent: authorization code with PKCE (S256), state and nonce.
    pub async fn way(
        &self,
        registration: &Registration,
        secrets: &Secrets,
        asked: Asked,
        language: &'static str,
    ) -> Result<Url, Failure> {
        let metadata = self.metadata(&registration.issuer).await?;
        let client = client(&metadata, registration)?;
        let (state, nonce) = (secrets.state.to_string(), secrets.nonce.to_string());
        let verifier = PkceCodeVerifier::new(secrets.verifier.to_string());
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || CsrfToken::new(state), || Nonce::new(nonce))
            .add_scope(Scope::new("profile".to_owned()))
            .add_scope(Scope::new("email".to_owned()))
            .add_ui_locale(LanguageTag::new(language.to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        if asked == Asked::Anew {
            request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(std::time::Duration::ZERO);
        }
        Ok(request.url().0)
    }
}
