//! One-time codes by time (TOTP, RFC 6238): SHA-1, six digits, 30 seconds, as every authenticator app takes them.

use std::fmt;

use domain::Ids;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretBox};
use totp_rs::{Algorithm, Builder, Secret};
use zeroize::Zeroizing;

const STEP_SECONDS: u64 = 30;
/// 160 bits, as RFC 4226 § 4 recommends.
const SECRET: usize = 20;

/// The bytes are no secret of 20 bytes, or names do not fit into an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TotpError {
    /// A secret has 20 bytes.
    #[error("a secret for one-time codes has 20 bytes")]
    SecretLength,
    /// The account is empty.
    #[error("the account needs a name")]
    NoAccount,
}

/// What server and authenticator app share. Keep it sealed ([`crate::keys::Purpose::Totp`]).
pub struct TotpSecret(SecretBox<[u8; SECRET]>);

impl TotpSecret {
    /// A new secret.
    pub fn generate(ids: &Ids) -> Self {
        Self(SecretBox::init_with_mut(|bytes: &mut [u8; SECRET]| ids.fill(bytes)))
    }

    /// From opened bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TotpError> {
        let bytes: &[u8; SECRET] = bytes.try_into().map_err(|_| TotpError::SecretLength)?;
        Ok(Self(SecretBox::init_with_mut(|secret: &mut [u8; SECRET]| secret.copy_from_slice(bytes))))
    }

    /// The bytes, to be sealed.
    pub fn expose_bytes(&self) -> &[u8] {
        self.0.expose_secret()
    }

    /// For typing it into an app: Base32 in groups of four.
    pub fn to_text(&self) -> Zeroizing<String> {
        let base32 = Zeroizing::new(data_encoding::BASE32_NOPAD.encode(self.expose_bytes()));
        let mut text = Zeroizing::new(String::with_capacity(base32.len() * 5 / 4));
        for (index, letter) in base32.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                text.push(' ');
            }
            text.push(letter);
        }
        text
    }

    /// For the QR code: `otpauth://totp/…`. Colons in the names become spaces, because they separate the two.
    pub fn uri(&self, issuer: &str, account: &str) -> Result<Zeroizing<String>, TotpError> {
        let plain = |name: &str| name.replace(':', " ").trim().to_owned();
        let (issuer, account) = (plain(issuer), plain(account));
        let builder = self.builder().with_account_name(account);
        let builder = if issuer.is_empty() { builder } else { builder.with_issuer(Some(issuer)) };
        builder.build_noncompliant().to_url().map(Zeroizing::new).map_err(|_| TotpError::NoAccount)
    }

    /// Whether `code` is right now: the step it belongs to, one step early or late allowed, but only a step after
    /// `last_step`. The caller stores the step by compare-and-set before it believes the code, so that no code counts
    /// twice (RFC 6238 § 5.2).
    pub fn check(&self, code: &str, now: Timestamp, last_step: Option<u64>) -> Option<u64> {
        let code: Zeroizing<String> = Zeroizing::new(code.chars().filter(|c| !c.is_whitespace()).collect());
        let totp = self.builder().build_noncompliant();
        let now = u64::try_from(now.as_second()).ok()? / STEP_SECONDS;
        (now.saturating_sub(1)..=now + 1)
            .filter(|step| last_step.is_none_or(|last| *step > last))
            .find(|step| totp.check(&code, step * STEP_SECONDS).is_some())
    }

    /// The code shown by the app at `now`: for the demo and for tests.
    pub fn code_at(&self, now: Timestamp) -> Zeroizing<String> {
        let seconds = u64::try_from(now.as_second()).unwrap_or_default();
        Zeroizing::new(self.builder().build_noncompliant().generate(seconds).to_string())
    }

    fn builder(&self) -> Builder {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(0)
            .with_step_duration(STEP_SECONDS)
            .with_secret(Secret::new_stack(*self.0.expose_secret()))
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn rfc_secret() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890").unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238_appendix_b() {
        // The appendix gives eight digits; six-digit codes are their last six.
        for (second, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(rfc_secret().code_at(at(second)).as_str(), &code[2..]);
            assert_eq!(rfc_secret().check(&code[2..], at(second), None), Some(second.unsigned_abs() / 30));
        }
    }

    #[test]
    fn one_step_early_or_late_is_right_and_two_are_not() {
        let secret = rfc_secret();
        let code = secret.code_at(at(1_000_000_000));
        let step = 1_000_000_000 / 30;
        for offset in [-30, 0, 30] {
            assert_eq!(secret.check(&code, at(1_000_000_000 + offset), None), Some(step), "{offset}");
        }
        for offset in [-60, 60] {
            assert_eq!(secret.check(&code, at(1_000_000_000 + offset), None), None, "{offset}");
        }
    }

    #[test]
    fn a_code_counts_once_and_an_older_one_no_more() {
        let secret = rfc_secret();
        let now = at(1_000_000_000);
        let code = secret.code_at(now);
        let step = secret.check(&code, now, None).unwrap();
        assert_eq!(secret.check(&code, now, Some(step)), None);
        assert_eq!(secret.check(&secret.code_at(at(1_000_000_000 - 30)), now, Some(step)), None);
        assert_eq!(secret.check(&secret.code_at(at(1_000_000_000 + 30)), now, Some(step)), Some(step + 1));
    }

    #[test]
    fn typed_spaces_are_forgiven_and_nothing_else_is() {
        let secret = rfc_secret();
        let now = at(1_111_111_109);
        assert!(secret.check(" 081 804 ", now, None).is_some());
        for wrong in ["", "81804", "+81804", "0818040", "08180४", "-81804", "08i804"] {
            assert_eq!(secret.check(wrong, now, None), None, "{wrong}");
        }
    }

    #[test]
    fn a_clock_before_1970_refuses() {
        assert_eq!(rfc_secret().check("000000", at(-100), None), None);
    }

    #[test]
    fn the_address_names_issuer_and_account() {
        let uri = rfc_secret().uri("Selbsthilfe: Köln", "anna@example.org").unwrap();
        assert_eq!(
            uri.as_str(),
            "otpauth://totp/Selbsthilfe%20%20K%C3%B6ln:anna%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Selbsthilfe%20%20K%C3%B6ln"
        );
        assert_eq!(rfc_secret().uri("x", " ").err(), Some(TotpError::NoAccount));
        assert_eq!(rfc_secret().to_text().as_str(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
