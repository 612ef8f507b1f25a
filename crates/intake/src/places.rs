//! Venue, street, postal code and town out of one text.

use domain::Venue;

use crate::words::folded;

/// Splits "Klinikum, Haus C, 3. Etage, Rosenweg 80, 99990 Musterstadt" into its parts. What is no street and no town is the
/// name; nothing is left out.
pub fn split(text: &str) -> Venue {
    let text = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    let mut venue = Venue::default();
    let (before, town) = match postcode(&text) {
        Some((start, code)) => {
            code.clone_into(&mut venue.postcode);
            (&text[..start], &text[start + code.len()..])
        }
        None => (text.as_str(), ""),
    };
    let mut name: Vec<&str> = pieces(before);
    // "D-04107"
    if let Some(last) = name.last_mut()
        && !venue.postcode.is_empty()
    {
        *last = last.trim_end_matches("D-").trim();
    }
    name.retain(|piece| !piece.is_empty());
    if let Some(last) = name.pop() {
        if is_street(last) {
            last.clone_into(&mut venue.street);
        } else if let Some((rest, street)) = street_at_end(last) {
            street.clone_into(&mut venue.street);
            name.push(rest);
        } else {
            name.push(last);
        }
    }
    let mut after = pieces(town).into_iter();
    if let Some(town) = after.next() {
        set_town(&mut venue, town);
    }
    name.extend(after);
    venue.name = name.join(", ");
    venue
}

/// Splits "04347 Leipzig" and "04177 Leipzig (Lindenau)".
pub fn set_postcode_and_town(venue: &mut Venue, text: &str) {
    match postcode(text) {
        Some((start, code)) => {
            code.clone_into(&mut venue.postcode);
            let before = text[..start].trim().trim_end_matches("D-");
            let after = text[start + code.len()..].trim();
            set_town(venue, [before, after].join(" ").trim());
        }
        None => set_town(venue, text.trim()),
    }
}

fn set_town(venue: &mut Venue, text: &str) {
    let text = text.trim().trim_matches(',').trim();
    let (town, district) = match text.strip_suffix(')').and_then(|inner| inner.split_once('(')) {
        Some((town, district)) => (town.trim(), district.trim()),
        None => match text.split_once(" OT ") {
            Some((town, district)) => (town.trim(), district.trim()),
            None => (text, ""),
        },
    };
    town.clone_into(&mut venue.town);
    if !district.is_empty() {
        district.clone_into(&mut venue.district);
    }
}

/// Whether a cell says to ask for the place instead of naming it.
pub fn is_to_be_asked_for(text: &str) -> bool {
    let text = folded(text);
    let words =
        ["bitte", "erfragen", "auf", "anfrage", "nachfrage", "nach", "absprache", "vereinbarung", "ort", "wird"];
    let more = ["bekannt", "gegeben", "mitgeteilt", "noch", "offen", "unbekannt", "treffpunkt", "wechselnd", "k", "a"];
    let asks = [
        "erfragen",
        "anfrage",
        "nachfrage",
        "absprache",
        "vereinbarung",
        "bekannt",
        "mitgeteilt",
        "offen",
        "unbekannt",
    ];
    let said: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    said.iter().any(|word| asks.contains(word)) && said.iter().all(|word| words.contains(word) || more.contains(word))
}

fn pieces(text: &str) -> Vec<&str> {
    text.split([',', ';', '|']).map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

/// The last group of exactly five digits, and where it begins.
pub fn postcode(text: &str) -> Option<(usize, &str)> {
    let mut found = None;
    let mut from = 0;
    while let Some(start) = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        let length = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - start);
        let code = &text[start..start + length];
        let before = text[..start].chars().next_back();
        let after = text[start + length..].chars().next();
        let free = !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphabetic);
        if length == 5 && free && plausible(code) {
            found = Some((start, code));
        }
        from = start + length;
    }
    found
}

/// German codes go from 01001 to 99998.
fn plausible(code: &str) -> bool {
    code.parse::<u32>().is_ok_and(|number| (1_001..99_999).contains(&number))
}

/// Words that carry a number and are no street.
const ROOMS: &[&str] = &[
    "raum",
    "r",
    "zimmer",
    "zi",
    "haus",
    "etage",
    "og",
    "ug",
    "eg",
    "stock",
    "saal",
    "gebäude",
    "gruppenraum",
    "aufgang",
    "eingang",
    "tür",
    "seminarraum",
    "station",
    "block",
    "ebene",
    "postfach",
    "halle",
];

/// A house number at the end and letters before it: "Netzstr. 150", "Am Markt 5a", "Hauptstraße 12-14".
pub fn is_street(text: &str) -> bool {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    // "12 a", "12 - 14"
    if words.len() > 2 && words.last().is_some_and(|w| w.chars().count() == 1 && w.chars().all(char::is_alphabetic)) {
        words.pop();
    }
    let Some((number, name)) = words.split_last() else { return false };
    let digits = number.chars().take_while(char::is_ascii_digit).count();
    let house = (1..=4).contains(&digits)
        && number.chars().skip(digits).all(|c| c.is_ascii_alphanumeric() || "-–/+".contains(c))
        && number.chars().filter(|c| c.is_alphabetic()).count() <= 2;
    let first = name.first().map(|word| word.trim_end_matches('.').to_lowercase()).unwrap_or_default();
    house
        && name.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 2)
        && !ROOMS.contains(&first.as_str())
        && !name.last().is_some_and(|word| ROOMS.contains(&word.trim_end_matches('.').to_lowercase().as_str()))
}

/// "Stadtteilladen Hauptstr. 5" without a comma: the street is the word that ends like one.
fn street_at_end(text: &str) -> Option<(&str, &str)> {
    if !is_street(text) {
        return None;
    }
    let endings = ["straße", "strasse", "str.", "weg", "platz", "allee", "gasse", "ring"];
    let start = text.char_indices().filter(|(at, c)| *at == 0 || c.is_whitespace()).map(|(at, _)| at).find(|at| {
        let word = text[*at..].split_whitespace().next().unwrap_or_default().to_lowercase();
        endings.iter().any(|ending| word.ends_with(ending))
    })?;
    (start > 0).then(|| (text[..start].trim(), text[start..].trim()))
}

/// Whether somebody's home is meant. Rather once too often: a wrong guess leaves a place red, and somebody is asked to
/// look at it.
pub fn is_private(text: &str) -> bool {
    let words = folded(text);
    let anywhere = ["privat", "wohnung", "wohnzimmer", "zuhause", "daheim", "bei fam"];
    let whole = ["zu hause", "zu haus", "bei frau", "bei fr", "bei herrn", "bei herr", "bei hr", "bei mir"];
    anywhere.iter().any(|word| words.contains(word)) || whole.iter().any(|said| has_words(&words, said))
}

/// Whether the place is said to be with one of these people: "bei Klaus", where a row names Klaus Beispiel.
pub fn is_with_one_of<'a>(text: &str, mut names: impl Iterator<Item = &'a str>) -> bool {
    let words = folded(text);
    names.any(|name| {
        let name = folded(name);
        let parts = name.split(' ').filter(|part| part.chars().count() > 2);
        parts
            .into_iter()
            .any(|part| has_words(&words, &format!("bei {part}")) || has_words(&words, &format!("beim {part}")))
    })
}

/// Whether a text that is about something else tells where somebody lives: words for a home, and a street with number.
pub fn tells_a_home(text: &str) -> bool {
    let street = |piece: &str| {
        let words: Vec<&str> = piece.split_whitespace().collect();
        // A house number, and before it a word that ends like a street.
        words.windows(2).any(|pair| {
            let [name, number] = pair else { return false };
            let name = name.to_lowercase();
            let ends = ["straße", "strasse", "str.", "str", "weg", "platz", "allee", "gasse", "ring", "ufer", "markt"];
            number.starts_with(|c: char| c.is_ascii_digit()) && ends.iter().any(|end| name.ends_with(end))
        })
    };
    is_private(text) && pieces(text).into_iter().any(street)
}

fn has_words(folded: &str, said: &str) -> bool {
    format!(" {folded} ").contains(&format!(" {said} "))
}

#[cfg(test)]
mod tests {
    use domain::Venue;

    use super::{is_street, set_postcode_and_town, split};

    #[test]
    fn a_place_to_be_asked_for_is_none() {
        for text in ["bitte erfragen", "Ort auf Anfrage", "nach Absprache", "wird noch bekannt gegeben"] {
            assert!(super::is_to_be_asked_for(text), "{text}");
        }
        for text in ["Auf der Wiese 3", "Absprachehaus, Markt 1", "", "Bürgerhaus, bitte klingeln"] {
            assert!(!super::is_to_be_asked_for(text), "{text}");
        }
    }

    #[test]
    fn a_home_is_known_by_its_words() {
        for home in [
            "Beim Klaus zu Hause",
            "zuhause bei Ute",
            "Privatwohnung",
            "Wohnung Muster, 2. OG",
            "bei Klaus privat",
            "bei Fr. Muster",
            "bei Hr. Muster",
            "bei Familie Muster",
            "bei mir",
        ] {
            assert!(super::is_private(home), "{home}");
        }
        for house in
            ["Bürgerhaus", "beim Roten Kreuz", "Haus der Begegnung", "Beitzer Hof", "Frauenzentrum, bei der Kirche"]
        {
            assert!(!super::is_private(house), "{house}");
        }
        let people = ["Klaus Beispiel", "Frau Ute Muster"];
        assert!(super::is_with_one_of("Bei Klaus, Hinterhaus", people.into_iter()));
        assert!(!super::is_with_one_of("Klaus-Groth-Saal", people.into_iter()));
        assert!(super::tells_a_home("Wir treffen uns bei Klaus zu Hause, Rosenweg 3"));
        assert!(!super::tells_a_home("Für alle, die zu Hause pflegen"));
    }

    #[test]
    fn places_fall_into_their_parts() {
        for (text, [name, street, postcode, town]) in [
            (
                "Klinikum, Haus C, 3. Etage, Kai-Uhu-Weg 80, 99990 Musterstadt",
                ["Klinikum, Haus C, 3. Etage", "Kai-Uhu-Weg 80", "99990", "Musterstadt"],
            ),
            ("VHS, R 107, Kargstr. 159, 99991 Musterstadt", ["VHS, R 107", "Kargstr. 159", "99991", "Musterstadt"]),
            ("Kontaktstelle, Raum 2.14, 99991 Musterstadt", ["Kontaktstelle, Raum 2.14", "", "99991", "Musterstadt"]),
            (
                "Begegnungsstätte (barrierefrei), Poolring 71, 99990 Musterstadt",
                ["Begegnungsstätte (barrierefrei)", "Poolring 71", "99990", "Musterstadt"],
            ),
            ("Am Markt 5 a, D-04107 Leipzig", ["", "Am Markt 5 a", "04107", "Leipzig"]),
            ("Haus 2\nHauptstraße 12-14\n04107 Leipzig", ["Haus 2", "Hauptstraße 12-14", "04107", "Leipzig"]),
            ("Hauptstr. 5 04107 Leipzig, 2. OG", ["2. OG", "Hauptstr. 5", "04107", "Leipzig"]),
            ("VHS, R 107", ["VHS, R 107", "", "", ""]),
            ("Leipzig", ["Leipzig", "", "", ""]),
        ] {
            let venue = split(text);
            assert_eq!(
                [&*venue.name, &*venue.street, &*venue.postcode, &*venue.town],
                [name, street, postcode, town],
                "{text}"
            );
        }
    }

    #[test]
    fn a_town_may_carry_its_district() {
        let mut venue = Venue::default();
        set_postcode_and_town(&mut venue, "04177 Leipzig (Lindenau)");
        assert_eq!((&*venue.postcode, &*venue.town, &*venue.district), ("04177", "Leipzig", "Lindenau"));
    }

    #[test]
    fn rooms_are_no_streets() {
        assert!(is_street("Anna-Muster-Weg 162") && is_street("Jakobi Jägerweg 8"));
        assert!(!is_street("Raum 214") && !is_street("R 107") && !is_street("Haus C") && !is_street("3. Etage"));
    }
}
