//! A passkey device in software, for tests without a browser: it holds one passkey and always has its owner's finger.

use data_encoding::BASE64URL_NOPAD;
use passkey::authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod};
use passkey::crypto::hash::Sha256Backend as _;
use passkey::crypto::{AvailableBackend, CryptoBackend};
use passkey::types::Passkey;
use passkey::types::ctap2::{Aaguid, Ctap2Error, get_assertion, make_credential};
use passkey::types::webauthn::{CredentialCreationOptions, CredentialRequestOptions};
use serde_json::{Value, json};

struct OwnerIsThere;

#[async_trait::async_trait]
impl UserValidationMethod for OwnerIsThere {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        _hint: UiHint<'a, Passkey>,
        presence: bool,
        verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck { presence, verification })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }
}

/// A device with at most one passkey, and the browser around it, which is at one address.
pub struct Device {
    origin: String,
    authenticator: Authenticator<Option<Passkey>, OwnerIsThere, AvailableBackend>,
}

impl Device {
    /// A new device, in a browser that stands at `origin`: `http://alpha.localhost`.
    pub fn at(origin: impl Into<String>) -> Self {
        Self::with(origin.into(), None)
    }

    fn with(origin: String, passkey: Option<Passkey>) -> Self {
        let mut authenticator = Authenticator::new(Aaguid::new_empty(), passkey, OwnerIsThere, AvailableBackend);
        authenticator.set_make_credentials_with_signature_counter(true);
        Self { origin, authenticator }
    }

    /// The same passkey on a second device, which must not happen: the signature counter shows it.
    #[must_use]
    pub fn copied(&self) -> Self {
        Self::with(self.origin.clone(), self.authenticator.store().clone())
    }

    /// The same device, in a browser that stands elsewhere: at a phisher's address.
    #[must_use]
    pub fn lured_to(&self, origin: &str) -> Self {
        Self::with(origin.to_owned(), self.authenticator.store().clone())
    }

    fn client_data(&self, kind: &str, challenge: &[u8]) -> String {
        let challenge = BASE64URL_NOPAD.encode(challenge);
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false }).to_string()
    }

    /// `navigator.credentials.create`
    ///
    /// # Panics
    /// When the options are none a browser would take.
    pub async fn make(&mut self, options: &str) -> String {
        let CredentialCreationOptions { public_key } = serde_json::from_str(options).expect("options");
        let client_data = self.client_data("webauthn.create", &public_key.challenge);
        let request = make_credential::Request {
            client_data_hash: hash(&client_data).into(),
            rp: make_credential::PublicKeyCredentialRpEntity {
                id: public_key.rp.id.expect("a relying party's id"),
                name: Some(public_key.rp.name),
            },
            user: public_key.user,
            pub_key_cred_params: public_key.pub_key_cred_params,
            exclude_list: public_key.exclude_credentials,
            extensions: None,
            options: make_credential::Options { rk: true, up: true, uv: true },
            pin_auth: None,
            pin_protocol: None,
        };
        let made = self.authenticator.make_credential(request).await.expect("a passkey");
        let id = self.authenticator.store().as_ref().expect("kept").credential_id.clone();
        let response = json!({
            "attestationObject": BASE64URL_NOPAD.encode(&made.as_webauthn_bytes()),
            "clientDataJSON": BASE64URL_NOPAD.encode(client_data.as_bytes()),
        });
        credential(&id, &response)
    }

    /// `navigator.credentials.get`
    ///
    /// # Panics
    /// When the options are none a browser would take, or the passkey is not asked for.
    pub async fn answer(&mut self, options: &str) -> String {
        let CredentialRequestOptions { public_key } = serde_json::from_str(options).expect("options");
        let client_data = self.client_data("webauthn.get", &public_key.challenge);
        let request = get_assertion::Request {
            rp_id: public_key.rp_id.expect("a relying party's id"),
            client_data_hash: hash(&client_data).into(),
            allow_list: public_key.allow_credentials.filter(|list| !list.is_empty()),
            extensions: None,
            options: get_assertion::Options { up: true, uv: true },
            pin_auth: None,
            pin_protocol: None,
        };
        let used = self.authenticator.get_assertion(request).await.expect("a passkey that is asked for");
        let passkey = self.authenticator.store().as_ref().expect("kept");
        let handle = passkey.user_handle.as_ref().map(|handle| BASE64URL_NOPAD.encode(handle));
        let response = json!({
            "authenticatorData": BASE64URL_NOPAD.encode(&used.auth_data.to_vec()),
            "clientDataJSON": BASE64URL_NOPAD.encode(client_data.as_bytes()),
            "signature": BASE64URL_NOPAD.encode(&used.signature),
            "userHandle": handle,
        });
        credential(&passkey.credential_id, &response)
    }
}

fn credential(id: &[u8], response: &Value) -> String {
    let id = BASE64URL_NOPAD.encode(id);
    json!({ "id": id, "rawId": id, "type": "public-key", "extensions": {}, "response": response }).to_string()
}

fn hash(text: &str) -> Vec<u8> {
    <AvailableBackend as CryptoBackend>::Sha256::sha256(text.as_bytes()).to_vec()
}
