//! Mail addresses out of cells: several, disguised with "(at)", among names.

use domain::EmailAddress;

/// Addresses found in a text, and the text without them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// In the order of the text, none twice.
    pub mails: Vec<EmailAddress>,
    /// What is left.
    pub rest: String,
}

/// Finds all addresses.
pub fn find(text: &str) -> Found {
    let text = undisguised(text);
    let mut found = Found::default();
    let mut rest: Vec<String> = Vec::new();
    for piece in text.split_inclusive(|c: char| c.is_whitespace() || ",;/|<>()\"".contains(c)) {
        let word = piece.trim_end_matches(|c: char| c.is_whitespace() || ",;/|<>()\"".contains(c));
        let bare = word.trim_matches(|c: char| ".:'„“”".contains(c));
        let bare = if bare.to_lowercase().starts_with("mailto:") { &bare[7..] } else { bare };
        match EmailAddress::parse(bare) {
            Ok(mail) if bare.contains('@') => {
                if !found.mails.contains(&mail) {
                    found.mails.push(mail);
                }
                rest.push(piece[word.len()..].to_owned());
            }
            _ => rest.push(piece.to_owned()),
        }
    }
    let rest = rest.concat();
    let words: Vec<&str> = rest
        .split_whitespace()
        .filter(|word| !["oder", "und", "/", ",", ";", "|", "<>", "()", "<", ">", "(", ")", ";,"].contains(word))
        .collect();
    if found.mails.is_empty() {
        text.trim().clone_into(&mut found.rest);
    } else {
        let rest = words.join(" ");
        rest.trim_matches(|c: char| c.is_whitespace() || ",;/|<>".contains(c)).clone_into(&mut found.rest);
    }
    found
}

/// "name (at) example.org", "name[ät]example[dot]org" → with their signs.
fn undisguised(text: &str) -> String {
    let mut plain = text.to_owned();
    for (words, sign) in [(["at", "ät", "@", "Klammeraffe"].as_slice(), "@"), (&["dot", "punkt", "."], ".")] {
        for word in words {
            for (open, close) in [('(', ')'), ('[', ']'), ('{', '}')] {
                for spelled in [word.to_lowercase(), word.to_uppercase()] {
                    plain = close_up(&plain, &format!("{open}{spelled}{close}"), sign);
                }
            }
        }
    }
    plain
}

/// Replaces a disguise and the spaces around it.
fn close_up(text: &str, disguise: &str, sign: &str) -> String {
    if !text.contains(disguise) {
        return text.to_owned();
    }
    text.split(disguise).map(str::trim).collect::<Vec<_>>().join(sign)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn addresses_are_found_in_all_their_dresses() {
        for (text, mails, rest) in [
            ("flora.kessel (at) example.org", vec!["flora.kessel@example.org"], ""),
            ("dana@example.org; gruppe.dana@example.org", vec!["dana@example.org", "gruppe.dana@example.org"], ""),
            (
                "a@example.org/b@example.org, c@example.org oder d@example.org",
                vec!["a@example.org", "b@example.org", "c@example.org", "d@example.org"],
                "",
            ),
            ("mailto:A.B@Example.org", vec!["A.B@example.org"], ""),
            ("Jo Baum <jo@example.org>", vec!["jo@example.org"], "Jo Baum"),
            ("jo[ät]example[dot]org.", vec!["jo@example.org"], ""),
            ("keine", vec![], "keine"),
            ("jo@example", vec![], "jo@example"),
            ("a@example.org\na@example.org", vec!["a@example.org"], ""),
        ] {
            let found = find(text);
            assert_eq!(found.mails.iter().map(domain::EmailAddress::as_str).collect::<Vec<_>>(), mails, "{text}");
            assert_eq!(found.rest, rest, "{text}");
        }
    }
}
