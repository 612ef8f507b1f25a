//! The light policy of an office: what it changes about the built-in fields, and its own fields.
//!
//! A [`Policy`] is one whole document: it is kept in versions, taken out as a file and brought in elsewhere.
//! [`Policy::catalogue`] checks it and makes the [`Catalogue`] that counts; there is no other way to one. What a change
//! does to the items there are is said by [`impact`](crate::policy::impact::impact) before, and done by
//! [`Catalogue::keep`].

pub mod impact;

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalogue::{
    BUILT_IN, Bilingual, Catalogue, ConsentNeed, Count, FieldDef, Kind, Need, OwnChoice, Section, Shown,
};
use crate::{Field, Light};

/// What the first line of a policy file says.
pub const FORMAT: &str = "ampelhaus-light-policy-1";
/// Characters of what a field is called.
pub const LABEL: usize = 80;
/// Characters of its help.
pub const HELP: usize = 300;
/// Choices of one field.
pub const CHOICES: usize = 50;
/// Fields of an office's own.
pub const OWN_FIELDS: usize = 60;
/// For how many months a consent may count: at least until the next Datenabgleich, at most ten years.
pub const CONSENT_MONTHS: RangeInclusive<u16> = 6..=120;

/// What an own field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnKind {
    /// One line of text.
    Line,
    /// Text of several lines.
    Text,
    /// One of the office's choices.
    Choice,
    /// A whole number.
    Number,
    /// A day.
    Date,
}

impl OwnKind {
    /// All, as offered.
    pub const ALL: [Self; 5] = [Self::Line, Self::Text, Self::Choice, Self::Number, Self::Date];

    /// The word used in files and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Text => "text",
            Self::Choice => "choice",
            Self::Number => "number",
            Self::Date => "date",
        }
    }

    /// Reads [`OwnKind::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What makes a field an office's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnField {
    /// What it holds; stays for good.
    pub kind: OwnKind,
    /// Its choices, in order; none of another kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<OwnChoice>,
}

/// What an office says about one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldRule {
    /// Which.
    pub field: Field,
    /// Where it stands.
    pub section: Section,
    /// The light of a new item.
    pub default: Light,
    /// The most open light.
    pub ceiling: Light,
    /// Whether a group must have it.
    pub required: bool,
    /// What the office calls it; empty: as the product does.
    #[serde(default)]
    pub label: Bilingual,
    /// What it says about filling it in.
    #[serde(default)]
    pub help: Bilingual,
    /// For an office's own field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnField>,
}

/// What an office says about all fields, in the order of forms and pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// [`FORMAT`].
    pub format: String,
    /// All fields.
    pub fields: Vec<FieldRule>,
    /// For how many months a person's consent counts; none: until it is withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_months: Option<u16>,
}

/// Something in a policy that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wrong {
    /// About which field; none: about the whole.
    pub field: Option<Field>,
    /// Which part of it: the name of the input of a form.
    pub part: &'static str,
    /// What is wrong: a code.
    pub code: &'static str,
}

impl FieldRule {
    /// What the product says about a built-in field.
    pub fn built_in(def: &FieldDef) -> Self {
        Self {
            field: def.field,
            section: def.section,
            default: def.default,
            ceiling: def.ceiling,
            required: def.need == Need::Required,
            label: Bilingual::default(),
            help: Bilingual::default(),
            own: None,
        }
    }

    /// Checks one field by itself.
    pub fn check(&self) -> Result<FieldDef, Vec<Wrong>> {
        let Self { field, section, default, ceiling, required, label, help, own } = self;
        let mut wrong = Vec::new();
        let mut say = |part, code| wrong.push(Wrong { field: Some(*field), part, code });
        let product = field.built_in();
        let (kind, count) = match (product, own) {
            (Some(def), None) => (def.kind.clone(), def.count),
            (None, Some(own)) => (kind_of(own, &mut say), Count::One),
            (Some(_), Some(_)) | (None, None) => {
                say("kind", "policy-kind");
                (Kind::Line, Count::One)
            }
        };
        if product.is_some_and(|def| *ceiling > def.ceiling) {
            say("ceiling", "policy-ceiling");
        }
        if default > ceiling {
            say("default", "policy-default");
        }
        let of_person = *section == Section::Person;
        if of_person && *default != Light::Red {
            say("default", "policy-person-default");
        }
        if of_person && *required {
            say("required", "policy-person-required");
        }
        if product.is_some_and(|def| (def.section == Section::Person) != of_person) {
            say("section", "policy-section");
        }
        if *field == Field::Name && *section != Section::Group {
            say("section", "policy-section");
        }
        if *field == Field::Name && !required {
            say("required", "policy-name-required");
        }
        for (part, text) in [("label_de", &label.de), ("label_en", &label.en)] {
            if product.is_none() && text.is_empty() {
                say(part, "policy-label-missing");
            }
            if !is_line(text, LABEL) {
                say(part, "policy-label-long");
            }
        }
        for (part, text) in [("help_de", &help.de), ("help_en", &help.en)] {
            if !is_line(text, HELP) {
                say(part, "policy-help-long");
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let behind = matches!(section, Section::Contact | Section::Person);
        let own_shown = if behind { Shown::BehindNotice } else { Shown::OnPage };
        Ok(FieldDef {
            field: *field,
            section: *section,
            kind,
            count,
            default: *default,
            ceiling: *ceiling,
            consent: if of_person { ConsentNeed::OfThePerson } else { ConsentNeed::None },
            shown: product.map_or(own_shown, |def| def.shown),
            need: if *required { Need::Required } else { Need::Optional },
            label: label.clone(),
            help: help.clone(),
        })
    }
}

fn kind_of(own: &OwnField, say: &mut impl FnMut(&'static str, &'static str)) -> Kind {
    let OwnField { kind, choices } = own;
    if *kind != OwnKind::Choice && !choices.is_empty() {
        say("choices", "policy-choices-none");
    }
    match kind {
        OwnKind::Line => Kind::Line,
        OwnKind::Text => Kind::Text,
        OwnKind::Number => Kind::Number,
        OwnKind::Date => Kind::Date,
        OwnKind::Choice => {
            let words = choices.iter().flat_map(|choice| [&choice.words.de, &choice.words.en]);
            if choices.len() < 2 {
                say("choices", "policy-choices-few");
            } else if choices.len() > CHOICES {
                say("choices", "policy-choices-many");
            } else if words.clone().any(|word| word.is_empty() || !is_line(word, LABEL)) {
                say("choices", "policy-choices-words");
            }
            let plain = |code: &str| {
                (1..=20).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            };
            let codes: HashSet<&str> = choices.iter().map(|choice| choice.code.as_str()).collect();
            if codes.len() != choices.len() || !codes.iter().all(|code| plain(code)) {
                say("choices", "policy-choices-codes");
            }
            Kind::OwnChoice(Arc::from(choices.as_slice()))
        }
    }
}

fn is_line(text: &str, most: usize) -> bool {
    text.chars().count() <= most && text.trim() == text && !text.chars().any(char::is_control)
}

impl Default for Policy {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Policy {
    /// The product's own.
    pub fn built_in() -> Self {
        Self {
            format: FORMAT.to_owned(),
            fields: BUILT_IN.iter().map(FieldRule::built_in).collect(),
            consent_months: None,
        }
    }

    /// What it says about a field.
    pub fn rule(&self, field: Field) -> Option<&FieldRule> {
        self.fields.iter().find(|rule| rule.field == field)
    }

    /// The same with every built-in field that it says nothing about: a file of an older version of the product.
    #[must_use]
    pub fn complete(mut self) -> Self {
        let missing: Vec<_> = BUILT_IN.iter().filter(|def| self.rule(def.field).is_none()).collect();
        self.fields.extend(missing.into_iter().map(FieldRule::built_in));
        self
    }

    /// Checks it as a whole. `version` counts from 1.
    ///
    /// No field is more open than the product lets it be, what is about a person needs that person's consent and starts
    /// red, and no field is missing: that holds for every catalogue there is.
    pub fn catalogue(&self, version: u32) -> Result<Catalogue, Vec<Wrong>> {
        let whole = |code| Wrong { field: None, part: "", code };
        let mut wrong = Vec::new();
        if self.format != FORMAT {
            wrong.push(whole("policy-format"));
        }
        let mut known = HashSet::new();
        let twice = self.fields.iter().filter(|rule| !known.insert(rule.field));
        wrong.extend(twice.map(|rule| Wrong { field: Some(rule.field), part: "", code: "policy-twice" }));
        if self.fields.iter().filter(|rule| rule.field.built_in().is_none()).count() > OWN_FIELDS {
            wrong.push(whole("policy-many"));
        }
        if BUILT_IN.iter().any(|def| !known.contains(&def.field)) {
            wrong.push(whole("policy-incomplete"));
        }
        if self.consent_months.is_some_and(|months| !CONSENT_MONTHS.contains(&months)) {
            wrong.push(Wrong { field: None, part: "consent_months", code: "policy-consent-months" });
        }
        let mut fields = Vec::with_capacity(self.fields.len());
        for rule in &self.fields {
            match rule.check() {
                Ok(def) => fields.push(def),
                Err(found) => wrong.extend(found),
            }
        }
        if wrong.is_empty() { Ok(Catalogue::checked(version, fields, self.consent_months)) } else { Err(wrong) }
    }

    /// Whether what `known` says of its own fields still holds here: what such a field holds never changes, and no choice
    /// goes that items may hold.
    pub fn keeps_kinds(&self, known: &Self) -> Result<(), Vec<Wrong>> {
        let mut wrong = Vec::new();
        for old in &known.fields {
            let (Some(was), Some(now)) = (&old.own, self.rule(old.field).and_then(|rule| rule.own.as_ref())) else {
                continue;
            };
            let mut say = |part, code| wrong.push(Wrong { field: Some(old.field), part, code });
            if was.kind != now.kind {
                say("kind", "policy-kind-fixed");
            } else if !was.choices.iter().all(|old| now.choices.iter().any(|new| new.code == old.code)) {
                say("choices", "policy-choices-fixed");
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}
