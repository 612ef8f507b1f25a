//! The inputs of a form of items: each value with its light.

use domain::catalogue::{Catalogue, Count, FieldDef, Kind, Need};
use domain::{Field, Item, Light};
use jiff::Timestamp;
use usecases::Problem;
use usecases::groups::{Entry, Typed};

use super::rules::{self, RuleRow};
use super::words;
use crate::Lang;
use crate::form::{Choice, Control, FormField, errors_of};

/// All rows of one field.
pub(crate) struct Block {
    pub(crate) code: String,
    pub(crate) label: String,
    pub(crate) hint: String,
    /// Whether it must be filled in.
    pub(crate) required: bool,
    /// Whether rows can be added.
    pub(crate) many: bool,
    pub(crate) rows: Vec<Row>,
}

/// One value with its light.
pub(crate) struct Row {
    pub(crate) key: String,
    pub(crate) item: String,
    pub(crate) inputs: Vec<FormField>,
    pub(crate) light: FormField,
    /// The one light the field can have, where there is no choice.
    pub(crate) fixed: Option<Light>,
    /// The rules of a meeting schedule.
    pub(crate) rules: Vec<RuleRow>,
    /// What stands below the rules.
    pub(crate) after: Vec<FormField>,
    /// The next dates by the rules as they are typed.
    pub(crate) next: Vec<String>,
    /// Whether the rules were understood from the words and are to be confirmed.
    pub(crate) understood: bool,
}

/// The rows a form starts with: one per item, and an empty one where there is none.
pub(crate) fn entries_of(catalogue: &Catalogue, items: &[Item], fields: &[Field]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for field in fields {
        let of_field: Vec<&Item> = items.iter().filter(|item| item.field == *field).collect();
        if of_field.is_empty() {
            entries.extend(empty(catalogue, *field, 0));
        }
        entries.extend(of_field.into_iter().enumerate().map(|(number, item)| Entry {
            key: key(*field, number),
            item: Some(item.id),
            field: *field,
            light: Some(item.effective()),
            typed: Typed::of(&item.value),
        }));
    }
    entries
}

/// The row of this number of a field, as it stands in the names of inputs.
pub(crate) fn key(field: Field, number: usize) -> String {
    format!("{}-{number}", field.code())
}

fn empty(catalogue: &Catalogue, field: Field, number: usize) -> Option<Entry> {
    let FieldDef { default, kind, .. } = catalogue.def(field)?;
    Some(Entry { key: key(field, number), item: None, field, light: Some(*default), typed: Typed::empty(kind) })
}

/// One more row for a field.
pub(crate) fn add_row(catalogue: &Catalogue, entries: &mut Vec<Entry>, field: Field) {
    let number = entries.iter().filter(|entry| entry.field == field).count();
    if catalogue.def(field).is_some_and(|def| def.count == Count::Many) {
        entries.extend(empty(catalogue, field, number));
    }
}

/// The form, with what is wrong at its fields.
pub(crate) struct FormView {
    pub(crate) blocks: Vec<Block>,
    pub(crate) errors: Vec<(String, String)>,
}

/// Builds the form. `offered` are the rows whose rules were understood from the words just now.
pub(crate) fn form(
    (lang, catalogue): (Lang, &Catalogue),
    fields: &[Field],
    entries: &[Entry],
    problems: &[Problem],
    offered: &[String],
    now: Timestamp,
) -> FormView {
    let at = Context { lang, catalogue, problems, now };
    let blocks: Vec<Block> = fields
        .iter()
        .filter_map(|field| catalogue.def(*field))
        .map(|def| {
            let code = def.field.code();
            let hint = format!("hint-{}", code.replace('_', "-"));
            let hint = words::own_words(lang, &def.help).or_else(|| lang.has(&hint).then(|| lang.t(&hint)));
            Block {
                label: words::label(lang, catalogue, def.field),
                hint: hint.unwrap_or_default().to_owned(),
                code: code.into_owned(),
                required: def.need == Need::Required,
                many: def.count == Count::Many,
                rows: entries
                    .iter()
                    .filter(|entry| entry.field == def.field)
                    .map(|entry| at.row(def, entry, offered.contains(&entry.key)))
                    .collect(),
            }
        })
        .collect();
    let errors = blocks.iter().flat_map(|block| &block.rows).flat_map(Row::errors).collect();
    FormView { blocks, errors }
}

impl Row {
    fn errors(&self) -> Vec<(String, String)> {
        let mut errors = errors_of(&self.inputs);
        errors.extend(self.rules.iter().flat_map(RuleRow::errors));
        errors.extend(errors_of(&self.after));
        errors.extend(errors_of(std::slice::from_ref(&self.light)));
        errors
    }
}

pub(crate) struct Context<'a> {
    pub(crate) lang: Lang,
    catalogue: &'a Catalogue,
    problems: &'a [Problem],
    now: Timestamp,
}

impl Context<'_> {
    pub(crate) fn input(&self, name: String, label: &str, value: &str) -> FormField {
        let problem = self.problems.iter().find(|problem| problem.field == name);
        let error = problem.map(|problem| self.lang.t(&format!("error-{}", problem.code)));
        FormField::new(name, label).value(value).error(error).optional()
    }

    fn row(&self, def: &FieldDef, entry: &Entry, understood: bool) -> Row {
        let (lang, key) = (self.lang, &entry.key);
        let label = words::label(lang, self.catalogue, def.field);
        let part =
            |part: &str, value: &str| self.input(format!("{key}-{part}"), lang.t(&format!("part-{part}")), value);
        let mut rules = Vec::new();
        let mut after = Vec::new();
        let mut next = Vec::new();
        let inputs = match &entry.typed {
            Typed::Plain(text) => vec![plain(lang, def, self.input(key.clone(), &label, text))],
            Typed::Phone { number, remark } => vec![
                self.input(key.clone(), &label, number).control(Control::Input("tel")).width("w-20"),
                part("remark", remark).width("w-20"),
            ],
            Typed::Venue(venue) => vec![
                self.input(key.clone(), lang.t("part-place"), &venue.name),
                part("street", &venue.street),
                part("postcode", &venue.postcode).inputmode("numeric").width("w-5"),
                part("town", &venue.town).width("w-20"),
                part("district", &venue.district).width("w-20"),
            ],
            Typed::Meetings { text, remark, exceptions, rules: chosen } => {
                rules = rules::rows(self, key, chosen);
                next = rules::next(lang, chosen, self.now);
                after = vec![part("exceptions", exceptions), part("remark", remark)];
                let words = self.input(key.clone(), lang.t("part-words"), text);
                vec![words.hint(lang.t("part-words-hint"))]
            }
        };
        Row {
            item: entry.item.map(|item| item.to_string()).unwrap_or_default(),
            light: self.light(def, entry),
            fixed: (def.ceiling == Light::Red).then_some(Light::Red),
            key: key.clone(),
            inputs,
            rules,
            after,
            next,
            understood,
        }
    }

    fn light(&self, def: &FieldDef, entry: &Entry) -> FormField {
        let chosen = entry.light.unwrap_or(def.default);
        let open = Light::ALL.into_iter().filter(|light| *light <= def.ceiling);
        let choices = open.map(|light| Choice::new(light.code(), words::light(self.lang, light), chosen.code()));
        let name = format!("{}-light", entry.key);
        let select = Control::Select(choices.collect());
        self.input(name, self.lang.t("light-label"), chosen.code()).control(select).width("w-10")
    }
}

fn plain(lang: Lang, def: &FieldDef, input: FormField) -> FormField {
    match &def.kind {
        Kind::Text => input.control(Control::Area { rows: 5 }),
        Kind::Choice(codes) => {
            let mut choices = vec![Choice::new("", lang.t("not-said"), &input.value)];
            let prefix = words::choice_prefix(def.field);
            choices.extend(codes.iter().map(|code| Choice::new(*code, lang.choice(prefix, code), &input.value)));
            input.control(Control::Select(choices)).width("w-20")
        }
        Kind::OwnChoice(own) => {
            let mut choices = vec![Choice::new("", lang.t("not-said"), &input.value)];
            choices.extend(own.iter().map(|choice| {
                let words = words::own_words(lang, &choice.words).unwrap_or(&choice.code);
                Choice::new(choice.code.clone(), words, &input.value)
            }));
            input.control(Control::Select(choices)).width("w-20")
        }
        Kind::Number => input.inputmode("numeric").width("w-5"),
        Kind::Date => input.control(Control::Input("date")).width("w-10"),
        Kind::Email => input.inputmode("email").width("w-20"),
        Kind::Link => input.inputmode("url"),
        _ => input,
    }
}
