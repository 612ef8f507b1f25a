//! Values, lights and moments in the language of the screen.

use domain::catalogue::{Bilingual, Catalogue, Kind};
use domain::schedule::berlin;
use domain::{Field, Light, Value};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::Lang;

/// The prefix of the texts of a field's choices.
pub(super) const fn choice_prefix(field: Field) -> &'static str {
    match field {
        Field::Sector => "sector",
        Field::Audience => "audience",
        Field::AudienceGender => "gender",
        Field::SignLanguage => "sign",
        Field::AcceptsNew => "accepts",
        Field::Guidance => "guidance",
        _ => "format",
    }
}

/// An office's words in the language of the screen; none if it has none.
pub(crate) fn own_words(lang: Lang, words: &Bilingual) -> Option<&str> {
    let words = match lang {
        Lang::De => &words.de,
        Lang::En => &words.en,
    };
    Some(words.as_str()).filter(|words| !words.is_empty())
}

/// What a field is called: as the office says, or as the product does.
pub(crate) fn label(lang: Lang, catalogue: &Catalogue, field: Field) -> String {
    let own = catalogue.def(field).and_then(|def| own_words(lang, &def.label));
    own.map_or_else(|| product_label(lang, field).to_owned(), str::to_owned)
}

/// What the product calls a field; an own field that was taken away has no name any more.
pub(crate) fn product_label(lang: Lang, field: Field) -> &'static str {
    if field.built_in().is_none() { lang.t("field-removed") } else { lang.choice("field", &field.code()) }
}

/// A text with whose words it is: the office's own are German, whatever the language of the page (WCAG 3.1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) own: bool,
}

impl Words {
    /// A value in words.
    pub(crate) fn of(lang: Lang, catalogue: &Catalogue, field: Field, value: &Value) -> Self {
        let own = !matches!(value, Value::Choice(_) | Value::Date(_) | Value::Number(_));
        Self { text: self::value(lang, catalogue, field, value), own }
    }

    /// A name, or what stands where there is none.
    pub(crate) fn name(name: &str, nameless: &str) -> Self {
        if name.is_empty() {
            Self { text: nameless.to_owned(), own: false }
        } else {
            Self { text: name.to_owned(), own: true }
        }
    }
}

/// A value in words.
pub(crate) fn value(lang: Lang, catalogue: &Catalogue, field: Field, value: &Value) -> String {
    match value {
        Value::Choice(code) => match catalogue.def(field).map(|def| &def.kind) {
            Some(Kind::OwnChoice(choices)) => {
                let known = choices.iter().find(|choice| choice.code == *code);
                known.and_then(|choice| own_words(lang, &choice.words)).unwrap_or(code).to_owned()
            }
            Some(_) => lang.choice(choice_prefix(field), code).to_owned(),
            None => code.clone(),
        },
        Value::Date(date) => lang.date(*date),
        other => other.plain(),
    }
}

/// A light with its shape, for menus, which can show text only.
pub(crate) fn light(lang: Lang, light: Light) -> String {
    let shape = match light {
        Light::Green => '●',
        Light::Yellow => '▲',
        Light::Red => '■',
    };
    format!("{shape} {}", lang.choice("light", light.code()))
}

/// "22.11.2026" in German, the long form in English, where figures alone can be misread.
pub(crate) fn short_date(lang: Lang, date: Date) -> String {
    match lang {
        Lang::De => date.strftime("%d.%m.%Y").to_string(),
        Lang::En => lang.date(date),
    }
}

/// Day and time of day in Germany.
pub(crate) fn moment(lang: Lang, at: Timestamp) -> String {
    let local = at.to_zoned(berlin());
    format!("{}, {}", short_date(lang, local.date()), local.strftime("%H:%M"))
}

/// "Freitag, 4. Dezember 2026, 17:30".
pub(super) fn meeting(lang: Lang, start: &jiff::Zoned) -> String {
    format!("{}, {}, {}", lang.weekday(start.weekday()), lang.date(start.date()), start.strftime("%H:%M"))
}
