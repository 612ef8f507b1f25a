//! Passkeys (`WebAuthn` Level 3), as second factor and instead of a password: user verification is always asked for.
//!
//! A ceremony has two halves: what the browser is asked ([`Asked`]) and what it answers. Between the two the house keeps
//! [`Asked::state`], out of the browser's reach; whoever keeps it sees to it that it is answered once and in time. The
//! relying party is one office: its id is the office's host, its origin the office's exact address.
//!
//! Protocol and signatures are webauthn-rs's; which algorithms, too. The challenge's randomness is that library's own
//! (the operating system's generator).

use domain::UserId;
use serde_json::Value;
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    Webauthn, WebauthnBuilder, WebauthnError,
};
use zeroize::Zeroizing;

/// What can go wrong with a passkey.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// The office's address is none that passkeys can be bound to.
    #[error("passkeys cannot be bound to this address")]
    Address,
    /// What came back is no answer to what was asked: wrong challenge, origin, signature, or not readable at all.
    #[error("the answer does not fit what was asked")]
    Refused,
    /// The signature counter did not rise: two copies of the passkey may be in use (`WebAuthn` § 6.1.1).
    #[error("the signature counter did not rise")]
    Copied,
    /// What the house kept cannot be read.
    #[error("what was kept of a passkey cannot be read")]
    Kept,
}

/// What a browser is asked.
#[derive(Debug)]
pub struct Asked {
    /// The options for `navigator.credentials`, as JSON with binary values in base64url.
    pub options: String,
    /// What is needed to check the answer. It must not reach the browser in the clear.
    pub state: Zeroizing<String>,
}

/// A new passkey.
#[derive(Debug)]
pub struct NewPasskey {
    /// Its id: must belong to no second account.
    pub credential: Vec<u8>,
    /// What is kept of it.
    pub kept: Zeroizing<String>,
}

/// A passkey that was used.
#[derive(Debug)]
pub struct UsedPasskey {
    /// What is kept of it from now on.
    pub kept: Zeroizing<String>,
    /// Its signature counter; 0 if it does not count.
    pub counter: u64,
}

/// What an answer says before it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which passkey.
    pub credential: Vec<u8>,
    /// Whose it says to be: there when the browser was not told whose passkeys to look for.
    pub user: Option<UserId>,
}

/// One office as passkeys see it.
#[derive(Debug)]
pub struct RelyingParty(Webauthn);

fn kept<T: serde::Serialize>(value: &T) -> Result<Zeroizing<String>, PasskeyError> {
    serde_json::to_string(value).map(Zeroizing::new).map_err(|_| PasskeyError::Kept)
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, PasskeyError> {
    serde_json::from_str(text).map_err(|_| PasskeyError::Kept)
}

fn answer<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, PasskeyError> {
    serde_json::from_str(text).map_err(|_| PasskeyError::Refused)
}

fn options<T: serde::Serialize>(value: &T) -> Result<Value, PasskeyError> {
    serde_json::to_value(value).map_err(|_| PasskeyError::Kept)
}

impl From<WebauthnError> for PasskeyError {
    fn from(error: WebauthnError) -> Self {
        match error {
            WebauthnError::CredentialPossibleCompromise => Self::Copied,
            _ => Self::Refused,
        }
    }
}

impl RelyingParty {
    /// The office reached at `origin`, such as `https://heidelberg.ampelhaus.example`.
    pub fn new(origin: &str, name: &str) -> Result<Self, PasskeyError> {
        let origin = Url::parse(origin).map_err(|_| PasskeyError::Address)?;
        let host = origin.domain().ok_or(PasskeyError::Address)?.to_owned();
        let builder = WebauthnBuilder::new(&host, &origin).map_err(|_| PasskeyError::Address)?.rp_name(name);
        Ok(Self(builder.build().map_err(|_| PasskeyError::Address)?))
    }

    /// Asks for a new passkey of someone. `known` are the ids of those they have: a device makes no second one.
    pub fn ask_new(
        &self,
        user: UserId,
        name: &str,
        display_name: &str,
        known: Vec<Vec<u8>>,
    ) -> Result<Asked, PasskeyError> {
        let (asked, state) = self.0.start_passkey_registration(user.0, name, display_name, Some(known))?;
        let mut options = options(&asked)?;
        // One that the device remembers by itself can replace the password, too; where there is no place for it, it
        // still is a second factor.
        if let Some(wanted) = options.pointer_mut("/publicKey/authenticatorSelection/residentKey") {
            *wanted = Value::from("preferred");
        }
        Ok(Asked { options: options.to_string(), state: kept(&state)? })
    }

    /// The answer to [`RelyingParty::ask_new`].
    pub fn accept_new(&self, state: &str, response: &str) -> Result<NewPasskey, PasskeyError> {
        let state: PasskeyRegistration = read(state)?;
        let response: RegisterPublicKeyCredential = answer(response)?;
        let passkey = self.0.finish_passkey_registration(&response, &state)?;
        Ok(NewPasskey { credential: passkey.cred_id().clone(), kept: kept(&passkey)? })
    }

    /// Asks for one of these passkeys; with none, for any that the device remembers for this office.
    pub fn ask_known(&self, credentials: &[&[u8]]) -> Result<Asked, PasskeyError> {
        let (asked, state) = self.0.start_discoverable_authentication()?;
        let mut options = options(&asked)?;
        if let Some(options) = options.as_object_mut() {
            // Asked for with a button, not offered beside a field.
            options.remove("mediation");
        }
        if let Some(allowed) = options.pointer_mut("/publicKey/allowCredentials") {
            let entry = |id: &&[u8]| {
                let id = data_encoding::BASE64URL_NOPAD.encode(id);
                serde_json::json!({ "type": "public-key", "id": id })
            };
            *allowed = credentials.iter().map(entry).collect();
        }
        Ok(Asked { options: options.to_string(), state: kept(&state)? })
    }

    /// Which passkey an answer says to be of.
    pub fn claim(&self, response: &str) -> Result<Claim, PasskeyError> {
        let response: PublicKeyCredential = answer(response)?;
        let user = match response.get_user_unique_id() {
            None => None,
            Some(bytes) => Some(UserId(Uuid::from_slice(bytes).map_err(|_| PasskeyError::Refused)?)),
        };
        Ok(Claim { credential: response.get_credential_id().to_vec(), user })
    }

    /// The answer to [`RelyingParty::ask_known`], given with the passkey of which `known` was kept. The caller stores the
    /// counter by compare-and-set before it believes the answer.
    pub fn accept_known(&self, state: &str, response: &str, known: &str) -> Result<UsedPasskey, PasskeyError> {
        let state: DiscoverableAuthentication = read(state)?;
        let response: PublicKeyCredential = answer(response)?;
        let mut passkey: Passkey = read(known)?;
        let used = self.0.finish_discoverable_authentication_v2(&response, state, &passkey)?;
        if !used.user_verified() {
            return Err(PasskeyError::Refused);
        }
        passkey.update_credential(&used).ok_or(PasskeyError::Refused)?;
        Ok(UsedPasskey { kept: kept(&passkey)?, counter: u64::from(used.counter()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USER: UserId = UserId(Uuid::from_u128(7));

    fn alpha() -> RelyingParty {
        RelyingParty::new("https://alpha.ampelhaus.example", "Alpha").unwrap()
    }

    #[test]
    fn a_new_passkey_is_asked_for_at_the_offices_host_with_user_verification() {
        let asked = alpha().ask_new(USER, "kim@alpha.example", "Kim", vec![vec![1, 2, 3]]).unwrap();
        let options: Value = serde_json::from_str(&asked.options).unwrap();
        let at = |path: &str| options.pointer(path).cloned().unwrap_or_default();
        assert_eq!(at("/publicKey/rp/id"), "alpha.ampelhaus.example");
        assert_eq!(at("/publicKey/authenticatorSelection/userVerification"), "required");
        assert_eq!(at("/publicKey/authenticatorSelection/residentKey"), "preferred");
        assert_eq!(at("/publicKey/attestation"), "none");
        assert_eq!(at("/publicKey/excludeCredentials/0/id"), "AQID");
        assert!(asked.state.contains("challenge"));
    }

    #[test]
    fn a_known_passkey_is_asked_for_with_a_button() {
        let asked = alpha().ask_known(&[&[9, 9]]).unwrap();
        let options: Value = serde_json::from_str(&asked.options).unwrap();
        assert!(options.get("mediation").is_none());
        assert_eq!(options.pointer("/publicKey/allowCredentials/0/id").unwrap(), "CQk");
        assert_eq!(options.pointer("/publicKey/userVerification").unwrap(), "required");
        let any = alpha().ask_known(&[]).unwrap();
        let any: Value = serde_json::from_str(&any.options).unwrap();
        assert_eq!(any.pointer("/publicKey/allowCredentials").unwrap(), &serde_json::json!([]));
        assert_ne!(any.pointer("/publicKey/challenge"), options.pointer("/publicKey/challenge"));
    }

    #[test]
    fn addresses_without_a_name_and_answers_that_are_none_are_refused() {
        assert!(matches!(RelyingParty::new("https://127.0.0.1", "x"), Err(PasskeyError::Address)));
        assert!(RelyingParty::new("http://alpha.localhost:8080", "x").is_ok());
        let asked = alpha().ask_known(&[]).unwrap();
        for text in ["", "{}", "[]", "\u{0}", "{\"id\":\"x\"}"] {
            assert!(matches!(alpha().claim(text), Err(PasskeyError::Refused)), "{text}");
            assert!(alpha().accept_known(&asked.state, text, "{}").is_err(), "{text}");
        }
    }
}
