//! Text to words: folding of umlauts and case, splitting, stemming, stop words.
//!
//! The same code reads groups and queries, so that both sides lose the same things.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that carry grammar only. Looked at only in a query that has nothing else.
const GRAMMAR: &[&str] = &[
    "ab", "aber", "am", "an", "auch", "auf", "aus", "bei", "beim", "bin", "bis", "da", "das", "dass", "dem", "den",
    "der", "des", "die", "dies", "diese", "dieser", "du", "durch", "ein", "eine", "einem", "einen", "einer", "eines",
    "er", "es", "fur", "gegen", "gibt", "habe", "haben", "hat", "ich", "ihr", "im", "in", "innen", "ist", "kann",
    "man", "mein", "meine", "meinem", "meinen", "meiner", "mich", "mir", "mit", "nach", "nicht", "oder", "of", "sich",
    "sie", "sind", "so", "the", "uber", "um", "und", "uns", "unter", "vom", "von", "vor", "was", "wegen", "wer", "wie",
    "wir", "wo", "zu", "zum", "zur", "and", "for",
];

/// What nearly every group says of itself or every seeker asks: says nothing about the topic.
const NOISE: &[&str] = &[
    "austausch",
    "erfahrungsaustausch",
    "ev",
    "finde",
    "finden",
    "gesucht",
    "gesprachsgruppe",
    "gesprachskreis",
    "gruppe",
    "gruppen",
    "hilfe",
    "kreis",
    "nahe",
    "rat",
    "raum",
    "selbsthilfe",
    "selbsthilfegruppe",
    "selbsthilfegruppen",
    "selbsthilfetreff",
    "shg",
    "suche",
    "thema",
    "treff",
    "treffen",
    "umgebung",
    "umkreis",
    "unterstutzung",
    "verein",
];

/// Words that help to rank but that a group need not have.
const SOFT: &[&str] = &[
    "beschwerde",
    "beschwerden",
    "betroffen",
    "betroffene",
    "chronisch",
    "chronische",
    "diagnose",
    "erkrankt",
    "erkrankte",
    "erkrankung",
    "erkrankungen",
    "krank",
    "kranke",
    "kranken",
    "kranker",
    "erkrankten",
    "krankheit",
    "krankheiten",
    "leben",
    "leiden",
    "leute",
    "mensch",
    "menschen",
    "neu",
    "person",
    "personen",
    "probleme",
    "problem",
    "schwere",
    "storung",
    "storungen",
    "starke",
    "syndrom",
];

/// Parts of compounds that say too little to find a group by ("Angehörigen|gruppe").
const WEAK_PARTS: &[&str] = &[
    "abend",
    "arbeit",
    "beratung",
    "eltern",
    "erfahrung",
    "frage",
    "haus",
    "infektion",
    "kind",
    "kinder",
    "kontakt",
    "mittel",
    "stelle",
    "therapie",
    "transplantation",
    "behandlung",
    "training",
    "bereich",
    "stamm",
    "tisch",
    "stunde",
];

/// How much a word of a query says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Say {
    /// A topic: a group must have it.
    Topic,
    /// Helps to rank.
    Soft,
    /// Nothing.
    Nothing,
}

/// One folded word; its stem is a head of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Word {
    pub(crate) text: String,
    stem: usize,
}

impl Word {
    /// Stems a folded word.
    pub(crate) fn new(stemmer: &Stemmer, mut text: String) -> Self {
        Self::cut(&mut text);
        let stem = stem_len(stemmer, &text);
        Self { text, stem }
    }

    /// No word needs more than 64 bytes.
    pub(crate) fn cut(text: &mut String) {
        text.truncate(text.floor_char_boundary(64));
    }

    pub(crate) fn stem(&self) -> &str {
        self.text.get(..self.stem).unwrap_or(&self.text)
    }

    pub(crate) fn stem_len(&self) -> usize {
        self.stem
    }

    /// Weighs the word for a query.
    pub(crate) fn say(&self) -> Say {
        let text = self.text.as_str();
        if GRAMMAR.contains(&text) || NOISE.contains(&text) {
            Say::Nothing
        } else if SOFT.contains(&text) {
            Say::Soft
        } else {
            Say::Topic
        }
    }

    /// Whether the word, as part of a compound, leads to groups.
    pub(crate) fn is_telling_part(&self) -> bool {
        self.say() == Say::Topic && !WEAK_PARTS.contains(&self.text.as_str())
    }
}

/// The German stemmer (Snowball).
pub(crate) fn stemmer() -> Stemmer {
    Stemmer::create(Algorithm::German)
}

/// Length of the stem. Snowball's German stem of a folded word is always a head of it.
fn stem_len(stemmer: &Stemmer, word: &str) -> usize {
    let stem = stemmer.stem(word);
    // "Leber", "Leben" and "Vater" must not meet at "leb" and "vat".
    let too_short = stem.len() < 4 && word.get(stem.len()..).is_some_and(|tail| tail.starts_with("er"));
    if too_short || stem.len() < 2 || !word.starts_with(stem.as_ref()) { word.len() } else { stem.len() }
}

/// Small letters, no accents, `ß` as `ss`; `ae`, `oe`, `ue` as `a`, `o`, `u` where they can stand for an umlaut.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        text.bytes().for_each(|b| push_folded(&mut out, char::from(b.to_ascii_lowercase())));
    } else if text.chars().all(|c| c.is_ascii() || german(c).is_some()) {
        for c in text.chars() {
            match german(c) {
                Some(letters) => out.push_str(letters),
                None => push_folded(&mut out, c.to_ascii_lowercase()),
            }
        }
    } else {
        for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
            match plain_letters(c) {
                Some(letters) => letters.chars().for_each(|c| push_folded(&mut out, c)),
                None if is_combining_mark(c) => {}
                None => push_folded(&mut out, c),
            }
        }
    }
    out
}

/// The letters of German, without the detour through Unicode's tables.
const fn german(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'Ä' => "a",
        'ö' | 'Ö' => "o",
        'ü' | 'Ü' => "u",
        'ß' => "ss",
        _ => return None,
    })
}

/// Letters that Unicode does not take apart.
pub(crate) const fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' | 'ø' => "o",
        'ł' => "l",
        'đ' => "d",
        'ı' => "i",
        _ => return None,
    })
}

/// "ue" is an umlaut in "Suedstadt", not in "Trauer", "neue" and "Quelle": there a vowel or `q` stands before.
fn push_folded(out: &mut String, c: char) {
    if c == 'e' {
        let mut before = out.bytes().rev();
        let umlaut = matches!(before.next(), Some(b'a' | b'o' | b'u'));
        if umlaut && !matches!(before.next(), Some(b'a' | b'e' | b'i' | b'o' | b'u' | b'q')) {
            return;
        }
    }
    out.push(c);
}

/// A word as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// As written.
    pub(crate) raw: &'a str,
    /// "Krebs-Nachsorge" is read as its parts and as a whole: this is the whole.
    pub(crate) joined: bool,
}

/// Calls `each` with every word of `text`: the folded word and where it came from.
///
/// Hyphens split; the whole is given too. Gender endings ("Alkoholiker*innen", "Teilnehmer:in", `BetroffeneInnen`) are
/// cut off. Brackets inside a word give it with and without them ("AD(H)S").
pub(crate) fn each_word<'a>(text: &'a str, mut each: impl FnMut(String, Token<'a>)) {
    for chunk in text.split(|c: char| !is_chunk(c)) {
        if chunk.is_empty() {
            continue;
        }
        if let Some((long, short)) = bracketed(chunk) {
            each(fold(&long), Token { raw: chunk, joined: false });
            each(fold(&short), Token { raw: chunk, joined: true });
            continue;
        }
        let mut parts = 0;
        let plain = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        for part in plain.split(|c: char| is_hyphen(c) || matches!(c, '(' | ')')) {
            let word = fold_part(part);
            if !word.is_empty() {
                parts += 1;
                each(word, Token { raw: part, joined: false });
            }
        }
        if parts > 1 && !plain.contains(['(', ')']) {
            each(fold_part(plain), Token { raw: plain, joined: true });
        }
    }
}

/// The words of a query, in order, without the joined forms.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word, token| {
        if !token.joined {
            words.push(word);
        }
    });
    words
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_chunk(c: char) -> bool {
    c.is_alphanumeric()
        || is_combining_mark(c)
        || is_hyphen(c)
        || matches!(c, '\'' | '’' | '*' | ':' | '_' | '·' | '(' | ')' | '\u{ad}' | '\u{200d}')
}

fn fold_part(part: &str) -> String {
    let mut part = part;
    for mark in ['*', ':', '_', '·'] {
        match part.split_once(mark) {
            Some((head, "in" | "innen" | "r" | "n")) => part = head,
            _ => continue,
        }
        break;
    }
    if let Some(head) = part.strip_suffix("Innen").or_else(|| part.strip_suffix("In"))
        && head.ends_with(char::is_lowercase)
    {
        part = head;
    }
    if part.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return fold(part);
    }
    fold(&part.chars().filter(|c| c.is_alphanumeric() || is_combining_mark(*c)).collect::<String>())
}

/// "AD(H)S" → ("ADHS", "ADS"); "Freund(innen)" → ("Freund", "Freundinnen").
fn bracketed(chunk: &str) -> Option<(String, String)> {
    let (head, rest) = chunk.split_once('(')?;
    let (inner, tail) = rest.split_once(')')?;
    let letters = |part: &str| part.chars().all(char::is_alphanumeric);
    let fits = !head.is_empty() && !inner.is_empty() && letters(head) && letters(inner) && letters(tail);
    fits.then(|| (format!("{head}{inner}{tail}"), format!("{head}{tail}")))
}

#[cfg(test)]
mod tests {
    use super::{Word, each_word, fold, plain_words, stemmer};

    #[test]
    fn umlauts_meet_however_they_are_written() {
        for (one, other) in [
            ("Ängste", "Aengste"),
            ("Ängste", "Angste"),
            ("Straße", "STRASSE"),
            ("Überschuldung", "ueberschuldung"),
            ("A\u{308}ngste", "Ängste"),
            ("Essstörung", "eßstoerung"),
            ("Müesli", "Mu\u{308}esli"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn diphthongs_are_no_umlauts() {
        assert_eq!(fold("Trauer"), "trauer");
        assert_eq!(fold("Frauen"), "frauen");
        assert_eq!(fold("neue Quelle"), "neue quelle");
    }

    #[test]
    fn hyphens_brackets_and_gender_endings_are_understood() {
        let all = |text: &str| {
            let mut words = Vec::new();
            each_word(text, |word, _| words.push(word));
            words
        };
        assert_eq!(all("Krebs-Nachsorge"), ["krebs", "nachsorge", "krebsnachsorge"]);
        assert_eq!(all("AD(H)S"), ["adhs", "ads"]);
        assert_eq!(all("Anonyme Alkoholiker*innen"), ["anonyme", "alkoholiker"]);
        assert_eq!(all("Teilnehmer:in und TeilnehmerInnen"), ["teilnehmer", "und", "teilnehmer"]);
        assert_eq!(all("„Crohn’s“ (Darm)"), ["crohns", "darm"]);
        assert_eq!(plain_words("Co-Abhängigkeit"), ["co", "abhangigkeit"]);
        assert!(all(" -- () ' 🙂 ").is_empty());
    }

    #[test]
    fn forms_of_a_word_share_a_stem_and_organs_do_not_meet_life() {
        let stemmer = stemmer();
        let stem = |text: &str| Word::new(&stemmer, fold(text)).stem().to_owned();
        assert_eq!(stem("Depressionen"), stem("Depression"));
        assert_eq!(stem("Ängste"), stem("Angst"));
        assert_eq!(stem("Kinder"), stem("Kind"));
        assert_ne!(stem("Leber"), stem("Leben"));
    }
}
