//! Clock times and spans: "18.30 Uhr", "19.30h", "18 bis 20 Uhr", "19:00 - 21:00".

use jiff::civil::Time;

use super::WhyText;
use super::words::{Token, word_at};

/// A time or a span of time at the beginning of the tokens, and how many tokens it takes.
pub(super) fn time_of_day(tokens: &[Token]) -> Result<Option<(Time, Option<Time>, usize)>, WhyText> {
    let Some((from, first, length)) = clock(tokens)? else { return Ok(None) };
    let to = tokens.get(length).is_some_and(|t| t.is_sign('-') || t.word() == "bis");
    if to {
        let about = usize::from(["ca", "circa", "etwa"].contains(&word_at(tokens, length + 1)));
        if let Some((until, second, more)) = clock(&tokens[(length + 1 + about).min(tokens.len())..])? {
            if second == Sure::No || until <= from {
                return Err(WhyText::UnclearTime);
            }
            return Ok(Some((from, Some(until), length + 1 + about + more)));
        }
    }
    match first {
        Sure::Yes => Ok(Some((from, None, length))),
        Sure::No if matches!(tokens[0], Token::Clock { .. }) => Err(WhyText::UnclearTime),
        Sure::No => Ok(None),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sure {
    Yes,
    /// `18` or `18.05`: a time only beside one that is.
    No,
}

fn clock(tokens: &[Token]) -> Result<Option<(Time, Sure, usize)>, WhyText> {
    let oclock = |at: usize| ["uhr", "h"].contains(&word_at(tokens, at));
    let read = |hour: i8, minute: i8| Time::new(hour, minute, 0, 0).map_err(|_| WhyText::UnclearTime);
    match tokens.first() {
        Some(Token::Clock { hour, minute, dot }) => {
            let said = oclock(1);
            let sure = said || !dot || *minute == 0 || *minute > 12;
            Ok(Some((read(*hour, *minute)?, if sure { Sure::Yes } else { Sure::No }, 1 + usize::from(said))))
        }
        Some(Token::Number(hour)) => {
            let Some(hour) = i8::try_from(*hour).ok().filter(|hour| (0..24).contains(hour)) else { return Ok(None) };
            if !oclock(1) {
                return Ok(Some((read(hour, 0)?, Sure::No, 1)));
            }
            // "18 Uhr 30"
            if let Some(Token::Number(minute @ (15 | 30 | 45))) = tokens.get(2)
                && word_at(tokens, 1) == "uhr"
                && !["uhr", "h"].contains(&word_at(tokens, 3))
            {
                return Ok(Some((read(hour, i8::try_from(*minute).unwrap_or_default())?, Sure::Yes, 3)));
            }
            Ok(Some((read(hour, 0)?, Sure::Yes, 2)))
        }
        _ => Ok(None),
    }
}
