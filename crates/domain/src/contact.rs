//! Mail addresses and phone numbers, parsed at the edge.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A mail address: `local@domain.tld`, at most 254 characters (RFC 5321 § 4.5.3.1), one line, no display name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// The text is no mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a mail address")]
pub struct NotAnEmail;

impl EmailAddress {
    /// Reads an address; the domain is folded to small letters, the local part is kept.
    pub fn parse(text: &str) -> Result<Self, NotAnEmail> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnEmail)?;
        let allowed_local = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
        let local_ok = !local.is_empty()
            && local.len() <= 64
            && local.chars().all(allowed_local)
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let label_ok = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let domain_ok = domain.contains('.') && domain.split('.').all(label_ok);
        if text.len() > 254 || !local_ok || !domain_ok {
            return Err(NotAnEmail);
        }
        Ok(Self(format!("{local}@{}", domain.to_lowercase())))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of one mailbox have in common: used for equality look-ups only.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = NotAnEmail;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

/// A phone number as people write it, with the digits to dial. 3 to 15 digits (ITU-T E.164), a leading `+` allowed.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

/// The text is no phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number")]
pub struct NotAPhone;

impl PhoneNumber {
    /// Reads a number; digits, spaces, `/ - ( ) .` and one leading `+` are understood.
    pub fn parse(text: &str) -> Result<Self, NotAPhone> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let plain =
            text.chars().enumerate().all(|(i, c)| c.is_ascii_digit() || " /-().–".contains(c) || (c == '+' && i == 0));
        if !plain || !(3..=15).contains(&digits) {
            return Err(NotAPhone);
        }
        Ok(Self(text))
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For `tel:` links (RFC 3966): digits only, `+49…` for a German number written with its leading 0.
    pub fn dial(&self) -> String {
        let digits: String = self.0.replace("(0)", "").chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        match digits.strip_prefix("00") {
            Some(rest) => format!("+{rest}"),
            None => match digits.strip_prefix('0') {
                Some(rest) => format!("+49{rest}"),
                None => digits,
            },
        }
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber(…)")
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = NotAPhone;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::{EmailAddress, PhoneNumber};

    #[test]
    fn mail_addresses_are_one_plain_mailbox() {
        for good in ["a@example.org", "A.b+c@Sub.Example.ORG", "jörg@müller.de"] {
            assert!(EmailAddress::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a@b",
            "a b@example.org",
            "a@example.org\nBcc: x@example.org",
            "<a@example.org>",
            "a@@example.org",
            ".a@example.org",
        ] {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_dial_as_written() {
        assert_eq!(PhoneNumber::parse("0171-39200-13").unwrap().dial(), "+491713920013");
        assert_eq!(PhoneNumber::parse("+49 (0)30 / 231").unwrap().dial(), "+4930231");
        assert!(PhoneNumber::parse("abends").is_err());
    }
}
