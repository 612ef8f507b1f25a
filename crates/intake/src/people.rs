//! Names of people out of cells: "Buche, Hans-Egon", "Flora Kessel / Karin Mander", "Frau Drees".

/// The names of a text, in order, each as one would say it.
pub fn names(text: &str) -> Vec<String> {
    text.split(['/', ';', '\n', '&', '+', '|'])
        .flat_map(|part| part.split(" und ").flat_map(|part| part.split(" oder ")).flat_map(|part| part.split(" u. ")))
        .flat_map(by_commas)
        .filter(|name| !name.is_empty())
        .collect()
}

/// "Buche, Hans-Egon" is one person, "Anna Müller, Bernd Schmidt" are two.
fn by_commas(part: &str) -> Vec<String> {
    let pieces: Vec<&str> = part.split(',').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    if let [family, given] = pieces.as_slice()
        && is_family(family)
        && !is_addressed(given)
        && given.split_whitespace().count() <= 3
        && given.starts_with(char::is_uppercase)
    {
        return vec![turned(family, given)];
    }
    pieces.into_iter().map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn is_addressed(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    ["frau", "herr", "fr", "hr", "hn", "familie", "fam", "dr", "prof", "dipl"].contains(&first.as_str())
}

const PARTICLES: &[&str] =
    &["von", "van", "der", "den", "de", "zu", "zum", "zur", "vom", "di", "da", "la", "le", "ter", "ten"];

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word.to_lowercase().as_str())
}

/// One word, apart from "van", "von" or a number like "II".
fn is_family(name: &str) -> bool {
    let number = |word: &str| !word.is_empty() && word.chars().all(|c| c == 'I' || c == 'V');
    name.split_whitespace().filter(|word| !is_particle(word) && !number(word)).count() == 1 && !is_addressed(name)
}

/// "Dorn van" and "Benno" → "Benno van Dorn".
fn turned(family: &str, given: &str) -> String {
    let words: Vec<&str> = family.split_whitespace().collect();
    let particles = words.iter().rev().take_while(|word| is_particle(word)).count();
    let (name, behind) = words.split_at(words.len() - particles);
    [given].into_iter().chain(behind.iter().copied()).chain(name.iter().copied()).collect::<Vec<_>>().join(" ")
}

/// Whether a text can be names at all: letters, few words, no sentence.
pub fn could_be_names(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let strange = text.chars().filter(|c| c.is_ascii_digit() || "!?:=@#%*_\"<>".contains(*c)).count();
    letters >= 2 && strange == 0 && words <= 12 && text.chars().count() <= 120 && !text.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::{could_be_names, names};

    #[test]
    fn names_are_read_as_one_says_them() {
        for (text, expected) in [
            ("Buche, Hans-Egon", vec!["Hans-Egon Buche"]),
            ("Flora Kessel / Karin Mander", vec!["Flora Kessel", "Karin Mander"]),
            ("Frau Drees", vec!["Frau Drees"]),
            ("Thoms, Hans Otto", vec!["Hans Otto Thoms"]),
            ("Dorn van, Benno", vec!["Benno van Dorn"]),
            ("Kock II, Silke", vec!["Silke Kock II"]),
            ("Sofie van der Dorn", vec!["Sofie van der Dorn"]),
            ("Anna Müller, Bernd Schmidt", vec!["Anna Müller", "Bernd Schmidt"]),
            ("Anna und Bernd Müller", vec!["Anna", "Bernd Müller"]),
            ("Frau Meyer, Herr Baum", vec!["Frau Meyer", "Herr Baum"]),
            ("", vec![]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn sentences_are_no_names() {
        assert!(!could_be_names("Bitte nur abends anrufen!"));
        assert!(!could_be_names("12"));
        assert!(could_be_names("Reno Stift / Otto Rot"));
    }
}
