//! Web addresses: `http` and `https` only, with a host.

/// Reads one address; "www.example.org/gruppe" gets its `https://`.
pub(super) fn read(text: &str) -> Option<String> {
    let text = text.trim();
    let small = text.to_lowercase();
    let address = if small.starts_with("http://") || small.starts_with("https://") {
        text.to_owned()
    } else if small.starts_with("www.") || bare_host(&small) {
        format!("https://{text}")
    } else {
        return None;
    };
    let host: String = address.split("://").nth(1)?.chars().take_while(|c| !"/?#".contains(*c)).collect();
    let host = host.split(':').next().unwrap_or_default();
    let safe = !address.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"'\\`{}|^@".contains(c));
    let labels = host.contains('.') && host.split('.').all(|label| !label.is_empty());
    (safe && labels && host.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')).then_some(address)
}

/// "shg-angst.de/treffen"
fn bare_host(text: &str) -> bool {
    let host = text.split('/').next().unwrap_or_default();
    host.rsplit_once('.').is_some_and(|(name, top)| {
        !name.is_empty()
            && ["de", "org", "net", "com", "eu", "info", "berlin", "online"].contains(&top)
            && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn only_web_addresses_are_links() {
        for (text, expected) in [
            ("https://example.org/gruppe", Some("https://example.org/gruppe")),
            ("www.example.org/zwänge", Some("https://www.example.org/zwänge")),
            ("shg-angst.de", Some("https://shg-angst.de")),
            ("javascript:alert(1)", None),
            ("JaVaScRiPt://example.org/%0aalert(1)", None),
            ("data:text/html,x", None),
            ("http://", None),
            ("https://user@example.org", None),
            ("https://exa mple.org", None),
            ("keine", None),
        ] {
            assert_eq!(read(text).as_deref(), expected, "{text}");
        }
    }
}
