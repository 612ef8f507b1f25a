//! The cookies of the house: the one table that the code and the page "Cookies" are both made from.
//!
//! Only what is necessary (§ 25 (2) no. 2 TDDDG), so there is no banner. Every name starts with `__Host-`: sent over
//! a secure connection only, to this host only, for every path (RFC 6265bis § 4.1.3.2).

use axum::http::{HeaderMap, HeaderValue, header};

/// A cookie of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieDef {
    /// Its name.
    pub name: &'static str,
    /// Key of the text that says what it is for; its lifetime is `{key}-lifetime`.
    pub text: &'static str,
    /// How long it lives; none: until the browser is closed.
    pub max_age_seconds: Option<u32>,
}

/// The language chosen.
pub const LANG: CookieDef =
    CookieDef { name: "__Host-lang", text: "cookie-lang", max_age_seconds: Some(365 * 24 * 60 * 60) };
/// The contact notice was acknowledged.
pub const NOTICE: CookieDef = CookieDef { name: "__Host-notice", text: "cookie-notice", max_age_seconds: None };
/// A login; staff only.
pub const SESSION: CookieDef = CookieDef { name: "__Host-session", text: "cookie-session", max_age_seconds: None };

/// Someone has logged in on this browser before; wrong passwords from elsewhere then do not slow them down.
pub const DEVICE: CookieDef =
    CookieDef { name: "__Host-device", text: "cookie-device", max_age_seconds: Some(365 * 24 * 60 * 60) };

/// Whoever comes back from a provider of single sign-on is in the browser that was sent there.
pub const SIGN_ON: CookieDef = CookieDef { name: "__Host-sso", text: "cookie-sign-on", max_age_seconds: Some(10 * 60) };

/// What a browser was asked about a passkey, sealed, until it answers.
pub const PASSKEY: CookieDef =
    CookieDef { name: "__Host-passkey", text: "cookie-passkey", max_age_seconds: Some(5 * 60) };

/// That this browser asked for a link to log in with.
pub const LINK: CookieDef = CookieDef { name: "__Host-link", text: "cookie-link", max_age_seconds: Some(15 * 60) };

/// That this browser opened what the office passed on: it may show it again for an hour.
pub const PASSED_ON: CookieDef =
    CookieDef { name: "__Host-passed-on", text: "cookie-passed-on", max_age_seconds: None };

/// Whoever brought a group's personal link checks that group's data.
pub const RECONCILE: CookieDef =
    CookieDef { name: "__Host-abgleich", text: "cookie-reconcile", max_age_seconds: Some(4 * 60 * 60) };

/// All cookies there are.
pub const COOKIES: [CookieDef; 9] = [LANG, NOTICE, PASSED_ON, SESSION, DEVICE, PASSKEY, LINK, SIGN_ON, RECONCILE];

impl CookieDef {
    /// The value a request brings, if any.
    pub fn read(self, headers: &HeaderMap) -> Option<&str> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name)
            .map(|(_, value)| value)
    }

    /// A `Set-Cookie` header. `value` must consist of token characters; anything else gives none.
    pub fn set(self, value: &str) -> Option<HeaderValue> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
        if !value.bytes().all(plain) {
            return None;
        }
        let age = self.max_age_seconds.map(|age| format!("; Max-Age={age}")).unwrap_or_default();
        HeaderValue::try_from(format!("{}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}", self.name)).ok()
    }

    /// A `Set-Cookie` header that removes it.
    pub fn clear(self) -> Option<HeaderValue> {
        HeaderValue::try_from(format!("{}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", self.name)).ok()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{COOKIES, LANG, NOTICE};

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; __Host-lang=en"));
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-notice=1.2"));
        assert_eq!((LANG.read(&headers), NOTICE.read(&headers)), (Some("en"), Some("1.2")));
    }

    #[test]
    fn every_cookie_is_bound_to_its_host_and_no_value_breaks_out() {
        for cookie in COOKIES {
            let set = cookie.set("abc").unwrap();
            let set = set.to_str().unwrap();
            assert!(set.starts_with("__Host-") && set.contains("; Secure") && set.contains("; HttpOnly"));
            assert!(cookie.set("a; Domain=example.org").is_none());
        }
    }
}
