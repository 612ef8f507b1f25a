//! Words for whom a group is, and whether it takes new members.

use domain::{Field, Value};

/// Reads "Betroffene + Angehörige", "Frauen", "junge Menschen 18-35". Whatever is not a known word stays as text.
pub fn read(text: &str) -> Vec<(Field, Value)> {
    let text = text.trim();
    let mut who: Option<&str> = None;
    let mut gender: Option<&str> = None;
    let mut known = !text.is_empty();
    let small = text.to_lowercase();
    for word in small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        match word {
            "betroffene" | "betroffenen" => {
                who = Some(if who.is_none_or(|w| w == "affected") { "affected" } else { "both" });
            }
            "angehörige" | "angehörigen" => {
                who = Some(if who.is_none_or(|w| w == "relatives") { "relatives" } else { "both" });
            }
            "frauen" => gender = Some(if gender.is_none_or(|g| g == "women") { "women" } else { "all" }),
            "männer" => gender = Some(if gender.is_none_or(|g| g == "men") { "men" } else { "all" }),
            "und" | "u" | "sowie" | "für" => {}
            _ => known = false,
        }
    }
    let mut found = Vec::new();
    if known {
        found.extend(who.map(|who| (Field::Audience, Value::Choice(who.to_owned()))));
        found.extend(gender.map(|gender| (Field::AudienceGender, Value::Choice(gender.to_owned()))));
    }
    if found.is_empty() && !text.is_empty() {
        found.push((Field::AudienceText, Value::Text(text.to_owned())));
        found.extend(age(text).map(|age| (Field::AudienceAge, Value::Text(age))));
    }
    found
}

/// "18-35", "ab 60", "unter 30".
fn age(text: &str) -> Option<String> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let small = text.to_lowercase();
    if numbers.iter().any(|number| number.len() > 2) {
        return None;
    }
    match numbers.as_slice() {
        [from, to] if from < to => Some(format!("{from}–{to}")),
        [from] if small.contains(&format!("ab {from}")) => Some(format!("ab {from}")),
        [to] if small.contains(&format!("unter {to}")) => Some(format!("unter {to}")),
        [to] if small.contains(&format!("bis {to}")) => Some(format!("bis {to}")),
        _ => None,
    }
}

/// Reads "ja", "Warteliste", "nach Vorgespräch" into the code of [`Field::AcceptsNew`].
pub fn accepts_new(text: &str) -> Option<&'static str> {
    match text.trim().trim_end_matches(['.', '!']).to_lowercase().as_str() {
        "ja" | "j" | "x" | "offen" | "yes" | "gern" | "gerne" | "✓" | "✔" | "wahr" => Some("yes"),
        "nein" | "n" | "no" | "geschlossen" | "voll" | "aufnahmestopp" | "falsch" => Some("no"),
        "warteliste" | "wl" | "auf warteliste" | "nur warteliste" => Some("waiting_list"),
        "nach vorgespräch" | "vorgespräch" | "nach gespräch" | "mit vorgespräch" | "nur nach vorgespräch" => {
            Some("after_talk")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::{Field, Value};

    use super::{accepts_new, read};

    #[test]
    fn audiences_are_read() {
        let choice = |field, code: &str| vec![(field, Value::Choice(code.to_owned()))];
        assert_eq!(read("Betroffene"), choice(Field::Audience, "affected"));
        assert_eq!(read("Angehörige"), choice(Field::Audience, "relatives"));
        assert_eq!(read("Betroffene + Angehörige"), choice(Field::Audience, "both"));
        assert_eq!(read("Betroffene und Angehörige"), choice(Field::Audience, "both"));
        assert_eq!(read("Frauen"), choice(Field::AudienceGender, "women"));
        let text = |text: &str| (Field::AudienceText, Value::Text(text.to_owned()));
        assert_eq!(read("Eltern"), [text("Eltern")]);
        assert_eq!(
            read("junge Menschen 18-35"),
            [text("junge Menschen 18-35"), (Field::AudienceAge, Value::Text("18–35".to_owned()))]
        );
        assert_eq!(read("Betroffene 2024"), [text("Betroffene 2024")]);
        assert_eq!(read("betroffene Eltern"), [text("betroffene Eltern")]);
    }

    #[test]
    fn every_choice_is_one_of_the_catalogue() {
        let domain::catalogue::Kind::Choice(codes) = Field::AcceptsNew.built_in().unwrap().kind else {
            panic!("a choice")
        };
        for (text, code) in
            [("ja", "yes"), ("nein", "no"), ("Warteliste", "waiting_list"), ("nach Vorgespräch", "after_talk")]
        {
            assert_eq!(accepts_new(text), Some(code));
            assert!(codes.contains(&code));
        }
        assert_eq!(accepts_new("?"), None);
    }
}
