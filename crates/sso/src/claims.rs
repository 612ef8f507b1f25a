//! Who the provider says it is.

use jiff::Timestamp;
use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Claims beside the standard ones, as they come.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Rest {
    #[serde(flatten)]
    pub(crate) values: Map<String, Value>,
}

impl AdditionalClaims for Rest {}

/// Whom a provider vouches for. Only `issuer` and `subject` together name an account (OpenID Connect Core 1.0, 5.7;
/// OWASP ASVS 5.0, 10.5.2): addresses and names change hands.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// The account there; says nothing elsewhere.
    pub subject: String,
    /// A mail address, if the provider tells one and does not say that nobody has checked it.
    pub email: Option<String>,
    /// How the person is called there.
    pub name: Option<String>,
    /// How thoroughly the person logged in there (`acr`).
    pub acr: Option<String>,
    /// By what means (`amr`, RFC 8176).
    pub amr: Vec<String>,
    /// When the person last logged in there, if the provider says so.
    pub logged_in_at: Option<Timestamp>,
    /// The values of the claim that was asked for.
    pub values: Vec<String>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(…)")
    }
}

/// The claim called `path`: by its whole name, or, as some providers nest them, part by part (`realm_access.roles`).
pub(crate) fn claim<'a>(claims: &'a Value, path: &str) -> Option<&'a Value> {
    claims.get(path).or_else(|| path.split('.').try_fold(claims, |value, part| value.get(part)))
}

/// A claim as words: one, or a list of them.
pub(crate) fn words(claim: &Value) -> Vec<String> {
    match claim {
        Value::String(word) => vec![word.clone()],
        Value::Array(words) => words.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{claim, words};

    #[test]
    fn a_claim_is_found_by_its_name_or_part_by_part() {
        let claims = json!({"groups": ["a", 7, "b"], "realm_access": {"roles": ["lead"]}, "https://x.y/role": "one"});
        let of = |path: &str| claim(&claims, path).map(words);
        assert_eq!(of("groups"), Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(of("realm_access.roles"), Some(vec!["lead".to_owned()]));
        assert_eq!(of("https://x.y/role"), Some(vec!["one".to_owned()]));
        assert_eq!(of("realm_access.nothing"), None);
    }
}
