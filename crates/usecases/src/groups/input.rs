//! What was typed into the forms of groups and people, and the values it means.

use domain::catalogue::{Catalogue, Kind};
use domain::schedule::{RhythmChoice, RuleInput};
use domain::{EmailAddress, Field, ItemId, Light, PhoneNumber, Schedule, Value, Venue};
use jiff::civil::Date;
use url::Url;

use super::rule_words;
use crate::Problem;

/// Characters of a line.
pub const LINE: usize = 200;
/// Characters of a text.
pub const TEXT: usize = 10_000;
/// Characters of a web address.
pub const LINK: usize = 2_000;

/// One row of a form: a value with its light. An empty row removes the item.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What the form calls the row, such as `topic-0`; problems name it.
    pub key: String,
    /// The item shown in this row; none for a new one.
    pub item: Option<ItemId>,
    /// What it says something about.
    pub field: Field,
    /// The light chosen.
    pub light: Option<Light>,
    /// What was typed.
    pub typed: Typed,
}

/// What was typed, by the kind of field.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// Everything with one input.
    Plain(String),
    /// A phone number with a remark.
    Phone {
        /// The number.
        number: String,
        /// "ab 18 Uhr".
        remark: String,
    },
    /// A place.
    Venue(Venue),
    /// A meeting schedule.
    Meetings {
        /// In words.
        text: String,
        /// What rules cannot say.
        remark: String,
        /// Days without a meeting, parted by commas or lines.
        exceptions: String,
        /// The rules, as chosen.
        rules: Vec<RuleInput>,
    },
}

impl Typed {
    /// What a form shows for a value.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Phone { number, remark } => {
                Self::Phone { number: number.as_str().to_owned(), remark: remark.clone() }
            }
            Value::Venue(venue) => Self::Venue(venue.clone()),
            Value::Meetings(Schedule { text, rules, exceptions, remark, why_text: _ }) => Self::Meetings {
                text: text.clone(),
                remark: remark.clone(),
                exceptions: exceptions.iter().map(Date::to_string).collect::<Vec<_>>().join(", "),
                rules: rules.iter().map(RuleInput::from).collect(),
            },
            other => Self::Plain(other.plain()),
        }
    }

    /// An empty row of this kind.
    pub fn empty(kind: &Kind) -> Self {
        match kind {
            Kind::Phone => Self::Phone { number: String::new(), remark: String::new() },
            Kind::Venue => Self::Venue(Venue::default()),
            Kind::Meetings => Self::Meetings {
                text: String::new(),
                remark: String::new(),
                exceptions: String::new(),
                rules: Vec::new(),
            },
            _ => Self::Plain(String::new()),
        }
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        let blank = |text: &str| text.trim().is_empty();
        match self {
            Self::Plain(text) => blank(text),
            Self::Phone { number, remark } => blank(number) && blank(remark),
            Self::Venue(Venue { name, street, postcode, town, district }) => {
                [name, street, postcode, town, district].into_iter().all(|part| blank(part))
            }
            Self::Meetings { text, remark, exceptions, rules } => {
                blank(text) && blank(remark) && blank(exceptions) && rules.is_empty()
            }
        }
    }
}

impl Entry {
    /// The value, or what is wrong with it; none if nothing was typed. `today` bounds the product's own dates and years.
    pub fn read(&self, catalogue: &Catalogue, today: Date) -> Result<Option<Value>, Vec<Problem>> {
        if self.typed.is_empty() {
            return Ok(None);
        }
        let value = match &self.typed {
            Typed::Plain(text) => self.plain(text.trim(), catalogue, today),
            Typed::Phone { number, remark } => self.phone(number, remark),
            Typed::Venue(venue) => self.venue(venue),
            Typed::Meetings { text, remark, exceptions, rules } => self.meetings(text, remark, exceptions, rules),
        };
        value.map(Some)
    }

    fn problem(&self, part: &str, code: &'static str) -> Vec<Problem> {
        let field = if part.is_empty() { self.key.clone() } else { format!("{}-{part}", self.key) };
        vec![Problem::new(field, code)]
    }

    fn plain(&self, text: &str, catalogue: &Catalogue, today: Date) -> Result<Value, Vec<Problem>> {
        let wrong = |code| self.problem("", code);
        let Some(def) = catalogue.def(self.field) else { return Err(wrong("not-a-choice")) };
        match &def.kind {
            Kind::Line => line(text).map(Value::Text).map_err(wrong),
            Kind::Text => {
                let text = text.replace("\r\n", "\n");
                if text.chars().count() > TEXT {
                    return Err(wrong("text-too-long"));
                }
                if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
                    return Err(wrong("line-control"));
                }
                Ok(Value::Text(text))
            }
            Kind::Choice(codes) => {
                let known = codes.iter().find(|code| **code == text);
                known.map(|code| Value::Choice((*code).to_owned())).ok_or_else(|| wrong("not-a-choice"))
            }
            Kind::OwnChoice(choices) => {
                let known = choices.iter().find(|choice| choice.code == text);
                known.map(|choice| Value::Choice(choice.code.clone())).ok_or_else(|| wrong("not-a-choice"))
            }
            Kind::Number => {
                let number = text.parse::<u32>().map_err(|_| wrong("not-a-number"))?;
                let year = u32::try_from(today.year()).unwrap_or(9999);
                match self.field {
                    Field::Founded if !(1850..=year).contains(&number) => Err(wrong("not-a-year")),
                    _ if number > 100_000 => Err(wrong("not-a-number")),
                    _ => Ok(Value::Number(number)),
                }
            }
            Kind::Date => {
                let date = date(text).ok_or_else(|| wrong("not-a-date"))?;
                let past = def.field.built_in().is_some();
                if past && date > today { Err(wrong("date-in-future")) } else { Ok(Value::Date(date)) }
            }
            Kind::Email => EmailAddress::parse(text).map(Value::Email).map_err(|_| wrong("item-not-an-email")),
            Kind::Link => link(text).map(Value::Link).map_err(wrong),
            // The form sends these in several parts.
            Kind::Meetings | Kind::Venue | Kind::Phone => Err(wrong("not-a-choice")),
        }
    }

    fn phone(&self, number: &str, remark: &str) -> Result<Value, Vec<Problem>> {
        let number = PhoneNumber::parse(number.trim()).map_err(|_| self.problem("", "not-a-phone"))?;
        let remark = line(remark.trim()).map_err(|code| self.problem("remark", code))?;
        Ok(Value::Phone { number, remark })
    }

    fn venue(&self, venue: &Venue) -> Result<Value, Vec<Problem>> {
        let Venue { name, street, postcode, town, district } = venue;
        let mut problems = Vec::new();
        let mut part = |text: &str, part: &str| {
            line(text.trim()).map_err(|code| problems.extend(self.problem(part, code))).unwrap_or_default()
        };
        let read = Venue {
            name: part(name, ""),
            street: part(street, "street"),
            postcode: part(postcode, "postcode"),
            town: part(town, "town"),
            district: part(district, "district"),
        };
        let five = read.postcode.len() == 5 && read.postcode.bytes().all(|b| b.is_ascii_digit());
        if !read.postcode.is_empty() && !five {
            problems.extend(self.problem("postcode", "not-a-postcode"));
        }
        if problems.is_empty() { Ok(Value::Venue(read)) } else { Err(problems) }
    }

    fn meetings(&self, text: &str, remark: &str, exceptions: &str, rules: &[RuleInput]) -> Result<Value, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut read = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            match rule.check() {
                Ok(rule) => read.push(rule),
                Err(wrong) => {
                    let wrong = wrong.into_iter().map(rule_words::problem);
                    problems.extend(wrong.flat_map(|(part, code)| self.problem(&format!("r{number}-{part}"), code)));
                }
            }
        }
        let mut part = |text: &str, part: &str| {
            line(text.trim()).map_err(|code| problems.extend(self.problem(part, code))).unwrap_or_default()
        };
        let mut words = part(text, "");
        let remark = part(remark, "remark");
        let days: Vec<Option<Date>> =
            exceptions.split([',', ';', '\n']).map(str::trim).filter(|day| !day.is_empty()).map(date).collect();
        if days.contains(&None) {
            problems.extend(self.problem("exceptions", "not-a-date"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        if words.is_empty() {
            words = read.iter().map(rule_words::german).collect::<Vec<_>>().join("; ");
        }
        if words.is_empty() {
            return Err(self.problem("", "meeting-without-words"));
        }
        let why_text = if read.is_empty() { Schedule::parse_german(&words).why_text } else { None };
        let exceptions = days.into_iter().flatten().collect();
        Ok(Value::Meetings(Schedule { text: words, rules: read, exceptions, remark, why_text }))
    }
}

/// One line of text.
fn line(text: &str) -> Result<String, &'static str> {
    if text.chars().count() > LINE {
        Err("line-too-long")
    } else if text.chars().any(char::is_control) {
        Err("line-control")
    } else {
        Ok(text.to_owned())
    }
}

/// A web address; `https://` is put in front of a bare host.
fn link(text: &str) -> Result<String, &'static str> {
    let bare = !text.contains(':') && !text.starts_with('/') && text.contains('.');
    let text = if bare { format!("https://{text}") } else { text.to_owned() };
    if text.chars().count() > LINK {
        return Err("link-too-long");
    }
    let url = Url::parse(&text).map_err(|_| "not-a-link")?;
    let plain = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| host.contains('.'));
    let quiet = url.username().is_empty() && url.password().is_none();
    if plain && quiet && !text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        Ok(text)
    } else {
        Err("not-a-link")
    }
}

/// `2026-11-22` or `22.11.2026`.
fn date(text: &str) -> Option<Date> {
    text.parse().ok().or_else(|| Date::strptime("%d.%m.%Y", text).ok())
}

/// Rules that German words state, as a form shows them; none if they state none for sure.
pub fn understood(text: &str) -> Option<Vec<RuleInput>> {
    let schedule = Schedule::parse_german(text);
    schedule.is_structured().then(|| schedule.rules.iter().map(RuleInput::from).collect())
}

/// An empty rule with this rhythm.
pub fn rule_of(rhythm: RhythmChoice) -> RuleInput {
    RuleInput { rhythm, weeks: 2, ..RuleInput::default() }
}

/// What was typed into a field of one line: without spaces around, and with what no keyboard types there (line ends, control
/// characters) as spaces.
pub(crate) fn one_line(typed: &str) -> String {
    typed.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use domain::{Field, Value, Venue};
    use jiff::civil::{Date, date};

    use super::{Entry, Typed};

    const TODAY: Date = date(2026, 11, 22);

    fn read(field: Field, typed: Typed) -> Result<Option<Value>, Vec<&'static str>> {
        let entry = Entry { key: "x".into(), item: None, field, light: None, typed };
        entry
            .read(&domain::Catalogue::built_in(), TODAY)
            .map_err(|problems| problems.into_iter().map(|problem| problem.code).collect())
    }

    fn plain(field: Field, text: &str) -> Result<Option<Value>, Vec<&'static str>> {
        read(field, Typed::Plain(text.to_owned()))
    }

    #[test]
    fn only_web_addresses_are_links() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "https://a b.de",
            "//x.de",
            "mailto:a@b.de",
            "https://user:pw@evil.de",
            "http://",
            "https://x",
            "ftp://a.de",
            "\u{1}https://a.de",
        ] {
            assert_eq!(plain(Field::Website, bad), Err(vec!["not-a-link"]), "{bad}");
        }
        assert_eq!(plain(Field::Website, " www.shg.de/a "), Ok(Some(Value::Link("https://www.shg.de/a".into()))));
        assert_eq!(plain(Field::Website, "http://shg.de"), Ok(Some(Value::Link("http://shg.de".into()))));
    }

    #[test]
    fn lines_and_texts_have_limits() {
        assert_eq!(plain(Field::Costs, &"ä".repeat(200)), Ok(Some(Value::Text("ä".repeat(200)))));
        assert_eq!(plain(Field::Costs, &"ä".repeat(201)), Err(vec!["line-too-long"]));
        assert_eq!(plain(Field::Costs, "a\nb"), Err(vec!["line-control"]));
        assert_eq!(plain(Field::Summary, "a\r\nb"), Ok(Some(Value::Text("a\nb".into()))));
        assert_eq!(plain(Field::Summary, &"x".repeat(10_001)), Err(vec!["text-too-long"]));
        assert_eq!(plain(Field::Costs, "   "), Ok(None));
    }

    #[test]
    fn numbers_dates_choices_and_postcodes_are_checked() {
        assert_eq!(plain(Field::Founded, "1984"), Ok(Some(Value::Number(1984))));
        assert_eq!(plain(Field::Founded, "2027"), Err(vec!["not-a-year"]));
        assert_eq!(plain(Field::Size, "-3"), Err(vec!["not-a-number"]));
        assert_eq!(plain(Field::ConfirmedOn, "21.11.2026"), Ok(Some(Value::Date(date(2026, 11, 21)))));
        assert_eq!(plain(Field::ConfirmedOn, "2026-11-23"), Err(vec!["date-in-future"]));
        assert_eq!(plain(Field::AcceptsNew, "maybe"), Err(vec!["not-a-choice"]));
        let venue = |postcode: &str| Typed::Venue(Venue { postcode: postcode.into(), ..Venue::default() });
        assert_eq!(read(Field::Venue, venue("4109")), Err(vec!["not-a-postcode"]));
        assert!(read(Field::Venue, venue("04109")).is_ok());
    }

    #[test]
    fn a_schedule_without_words_gets_them_from_its_rules() {
        let rules = super::understood("1. und 3. Freitag im Monat um 17:30").unwrap();
        let empty = String::new();
        let typed = Typed::Meetings { text: empty.clone(), remark: empty.clone(), exceptions: empty, rules };
        let Ok(Some(Value::Meetings(schedule))) = read(Field::Meetings, typed) else { panic!("no schedule") };
        assert_eq!(schedule.text, "jeden 1. und 3. Freitag im Monat, 17:30 Uhr");
    }
}
