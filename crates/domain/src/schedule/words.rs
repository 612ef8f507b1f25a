//! German schedule text as tokens: numbers, clock times, dates, words, signs.

use unicode_normalization::UnicodeNormalization;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `18:30`, `18.30`, `18h30`. A dot could also stand in a date.
    Clock { hour: i8, minute: i8, dot: bool },
    /// `18`.
    Number(u32),
    /// `1.`
    Ordinal(u32),
    /// `14.01.` or `14.01.2026`.
    Date { day: i8, month: i8, year: Option<i16> },
    /// A word in small letters; whether it began with a capital.
    Word(String, Capital),
    /// Any other character; all dashes are `-`.
    Sign(char),
}

/// Whether a word began with a capital: "So 18 Uhr" is a day, "so gegen 18 Uhr" is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Capital {
    Yes,
    No,
}

impl Token {
    /// The word in small letters, or nothing.
    pub(super) fn word(&self) -> &str {
        match self {
            Self::Word(word, _) => word,
            _ => "",
        }
    }

    pub(super) fn is_sign(&self, sign: char) -> bool {
        *self == Self::Sign(sign)
    }
}

/// The word at a place, or nothing.
pub(super) fn word_at(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map(Token::word).unwrap_or_default()
}

/// Writes all kinds of dashes, spaces and composed letters in one way.
pub(super) fn plain(text: &str) -> String {
    text.nfc()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'))
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
            '\n' | '\r' => ';',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

/// A token and where it stands in the plain text (bytes).
pub(super) type Placed = (Token, std::ops::Range<usize>);

/// All tokens of a plain text. Spaces and the dots after abbreviations are left out.
pub(super) fn tokens(text: &str) -> Vec<Placed> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (token, length) = if c.is_ascii_digit() {
            number(&text[at..])
        } else if c.is_alphabetic() {
            word(&text[at..])
        } else {
            (Token::Sign(c), c.len_utf8())
        };
        if !matches!(token, Token::Sign(' ' | '.')) {
            found.push((token, at..at + length));
        }
        at += length;
    }
    found
}

fn word(text: &str) -> (Token, usize) {
    let length = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let capital = if text.starts_with(char::is_uppercase) { Capital::Yes } else { Capital::No };
    (Token::Word(text[..length].to_lowercase(), capital), length)
}

fn digits(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())]
}

fn number(text: &str) -> (Token, usize) {
    let first = digits(text);
    let rest = &text[first.len()..];
    let Ok(value) = first.parse::<u32>() else { return (Token::Sign('#'), first.len()) };
    let small = i8::try_from(value).ok();
    if let (Some(hour), Some(sign)) = (small, rest.chars().next())
        && matches!(sign, '.' | ':' | 'h' | 'H')
    {
        let second = digits(&rest[1..]);
        let tail = &rest[1 + second.len()..];
        if sign == '.'
            && !second.is_empty()
            && let Some(after) = tail.strip_prefix('.')
            && let Some((token, length)) = date(hour, second, after)
        {
            return (token, first.len() + 1 + second.len() + 1 + length);
        }
        if second.len() == 2
            && first.len() <= 2
            && !tail.starts_with(':')
            && let Ok(minute) = second.parse()
        {
            return (Token::Clock { hour, minute, dot: sign == '.' }, first.len() + 3);
        }
        if sign == '.' && second.is_empty() {
            return (Token::Ordinal(value), first.len() + 1);
        }
    }
    (Token::Number(value), first.len())
}

fn date(day: i8, month: &str, after: &str) -> Option<(Token, usize)> {
    let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    if !(1..=31).contains(&day) {
        return None;
    }
    let year = digits(after);
    let value = match year.len() {
        2 => year.parse::<i16>().ok().map(|year| 2000 + year),
        4 => year.parse().ok(),
        _ => None,
    };
    let length = if value.is_some() { year.len() } else { 0 };
    Some((Token::Date { day, month, year: value }, length))
}
