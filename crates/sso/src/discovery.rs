//! What a provider says about itself, and how long that is believed.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm, CoreResponseMode,
    CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, DiscoveryError, IssuerUrl, ProviderMetadata};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::network::{CallError, Network};
use crate::{Failure, Reach};

/// Discovery documents and keys are asked for again after this time at the latest: a key the provider has withdrawn
/// counts no longer than that. A key not known yet is asked for at once.
const BELIEVED: Duration = Duration::from_secs(10 * 60);
/// Providers remembered at once, over all offices.
const MOST_KNOWN: u64 = 1_000;

/// The algorithms an ID token may be signed with: asymmetric ones only, so that neither our own secret nor nothing at
/// all can stand in for the provider's key (RFC 8725, 3.1; OWASP ASVS 5.0, 9.1.2).
pub(crate) const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What discovery says beside the core: RFC 9207, RP-Initiated Logout 1.0, RFC 8414 with RFC 7636.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Beside {
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
    pub(crate) end_session_endpoint: Option<Url>,
    pub(crate) code_challenge_methods_supported: Option<Vec<String>>,
}

impl AdditionalProviderMetadata for Beside {}

pub(crate) type Metadata = ProviderMetadata<
    Beside,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A provider, as it describes itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// Where people log in.
    pub authorization: String,
    /// How many keys it signs with.
    pub keys: usize,
    /// Whether it names itself in every answer (RFC 9207).
    pub names_itself: bool,
    /// Whether one can log out there, too.
    pub logs_out: bool,
}

/// Speaks with providers. One for the whole process.
#[derive(Clone, Debug)]
pub struct Outside {
    pub(crate) network: Network,
    known: Cache<String, Arc<Metadata>>,
}

impl Outside {
    /// Goes to these addresses only.
    pub fn new(reach: Reach) -> Result<Self, Failure> {
        let known = Cache::builder().max_capacity(MOST_KNOWN).time_to_live(BELIEVED).build();
        Ok(Self { network: Network::new(reach)?, known })
    }

    /// Whether an issuer can be asked at all, before anybody tries.
    pub fn admits(&self, issuer: &str) -> bool {
        Url::parse(issuer)
            .is_ok_and(|url| self.network.admits(&url) && url.query().is_none() && url.fragment().is_none())
    }

    /// Asks a provider what it is, whatever is remembered: for an office that wants to know whether it works.
    pub async fn describe(&self, issuer: &str) -> Result<Described, Failure> {
        let metadata = self.anew(issuer).await?;
        let beside = metadata.additional_metadata();
        Ok(Described {
            authorization: metadata.authorization_endpoint().to_string(),
            keys: metadata.jwks().keys().len(),
            names_itself: beside.authorization_response_iss_parameter_supported,
            logs_out: beside.end_session_endpoint.is_some(),
        })
    }

    /// Where one logs out at the provider, too (RP-Initiated Logout 1.0); none where it offers no such thing. Nothing of
    /// the person goes along: the provider knows its own session.
    pub async fn end_session(&self, issuer: &str, client_id: &str, back: &str) -> Result<Option<Url>, Failure> {
        let metadata = self.metadata(issuer).await?;
        let mut url = metadata.additional_metadata().end_session_endpoint.clone();
        if let Some(url) = &mut url {
            url.query_pairs_mut().append_pair("client_id", client_id).append_pair("post_logout_redirect_uri", back);
        }
        Ok(url)
    }

    pub(crate) async fn metadata(&self, issuer: &str) -> Result<Arc<Metadata>, Failure> {
        match self.known.get(issuer).await {
            Some(known) => Ok(known),
            None => self.anew(issuer).await,
        }
    }

    /// Asks again, and remembers. After a failure what was remembered is gone, too.
    pub(crate) async fn anew(&self, issuer: &str) -> Result<Arc<Metadata>, Failure> {
        self.known.invalidate(issuer).await;
        let url = IssuerUrl::new(issuer.to_owned()).map_err(|_| Failure::NotAProvider("discovery"))?;
        let metadata: Metadata = Metadata::discover_async(url, &self.network).await.map_err(undiscovered)?;
        self.usable(&metadata)?;
        let metadata = Arc::new(metadata);
        self.known.insert(issuer.to_owned(), Arc::clone(&metadata)).await;
        Ok(metadata)
    }

    /// Whether everything is there that a login needs.
    fn usable(&self, metadata: &Metadata) -> Result<(), Failure> {
        let beside = metadata.additional_metadata();
        // Browsers are sent there: nothing but a web address.
        let places = [Some(metadata.authorization_endpoint().url()), beside.end_session_endpoint.as_ref()];
        if !places.into_iter().flatten().all(|url| self.network.admits(url)) {
            return Err(Failure::NotAProvider("addresses"));
        }
        if metadata.token_endpoint().is_none() {
            return Err(Failure::NotAProvider("token-endpoint"));
        }
        if beside.code_challenge_methods_supported.as_ref().is_some_and(|all| !all.iter().any(|one| one == "S256")) {
            return Err(Failure::NotAProvider("pkce"));
        }
        let signs = metadata.id_token_signing_alg_values_supported();
        if !signs.iter().any(|algorithm| ALGORITHMS.contains(algorithm)) {
            return Err(Failure::NotAProvider("algorithms"));
        }
        Ok(())
    }
}

fn undiscovered(error: DiscoveryError<CallError>) -> Failure {
    match error {
        DiscoveryError::Request(error) => error.into(),
        DiscoveryError::Response(status, ..) if status.is_server_error() => Failure::Unreachable(None),
        DiscoveryError::Response(status, ..) if status.is_redirection() => Failure::NotAProvider("redirect"),
        DiscoveryError::Validation(_) => Failure::NotAProvider("other-issuer"),
        _ => Failure::NotAProvider("discovery"),
    }
}
