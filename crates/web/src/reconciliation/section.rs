//! Items as a step: a section of the group's own, or one of its contact persons. The same inputs as everywhere, but what is
//! masked is empty and stays as it is unless something is typed or it is taken away.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::{Count, Section};
use domain::consent::Wording;
use domain::{Catalogue, Item, ItemId, PersonId, Value};
use usecases::groups::edit::section_code;
use usecases::groups::{Entry, Typed};
use usecases::reconciliation::wizard::person::{self, PersonStep};
use usecases::reconciliation::wizard::section::{self, Filled, FormStep};
use usecases::reconciliation::wizard::{Door, PEOPLE};
use usecases::{Error, Problem};

use super::steps::At;
use crate::form::{Choice, Control, FormField, problem, status_of};
use crate::office::groups::edit::{Drafts, ItemsPage, Meanwhile, SentRows, meanwhile};
use crate::office::groups::posted::Posted;
use crate::office::groups::rows::{self, FormView};
use crate::page::{Tone, html};
use crate::{Lang, WebError};

/// The address of a person's step begins with this.
const PERSON: &str = "person-";

/// The step of somebody new.
pub(super) const SOMEBODY_NEW: &str = "person-neu";

/// The step of a person.
pub(super) fn person_step(person: PersonId) -> String {
    format!("{PERSON}{person}")
}

/// What a step is about.
#[derive(Clone, Copy)]
pub(super) enum About {
    Section(Section),
    Person(PersonId),
    SomebodyNew,
}

impl About {
    /// A step that is a section or a person; none for other words.
    pub(super) fn of(code: &str) -> Option<Self> {
        match code.strip_prefix(PERSON) {
            _ if code == SOMEBODY_NEW => Some(Self::SomebodyNew),
            Some(person) => person.parse().ok().map(Self::Person),
            None => usecases::groups::edit::section_from_code(code).map(Self::Section),
        }
    }

    /// As it stands in the address.
    fn code(self) -> String {
        match self {
            Self::Section(section) => section_code(section).to_owned(),
            Self::Person(person) => person_step(person),
            Self::SomebodyNew => SOMEBODY_NEW.to_owned(),
        }
    }

    const fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(person),
            Self::Section(_) | Self::SomebodyNew => None,
        }
    }
}

/// A step with what its page says besides its items.
struct Step {
    form: FormStep,
    title: String,
    intro: &'static str,
    can_agree: bool,
}

/// What a form brought back that is shown again.
#[derive(Default)]
struct Again<'a> {
    entries: Option<Vec<Entry>>,
    removed: Vec<ItemId>,
    agrees: bool,
    problems: &'a [Problem],
    offered: &'a [String],
    conflict: bool,
}

impl<D: Door> At<'_, D> {
    async fn step(&self, about: About) -> Result<Step, WebError> {
        let lang = self.lang();
        match about {
            About::Section(section) => {
                let form = section::section(self.permit, &self.state.house, self.group, section).await?;
                let code = section_code(section);
                let title = lang.choice("section", code).to_owned();
                Ok(Step { form, title, intro: lang.choice("wizard-intro", code), can_agree: false })
            }
            About::Person(_) | About::SomebodyNew => {
                let step = person::person(self.permit, &self.state.house, self.group, about.person()).await?;
                let PersonStep { role, called, form, can_agree } = step;
                let title = match about {
                    About::SomebodyNew => lang.t("own-person-new").to_owned(),
                    _ => called.unwrap_or_else(|| lang.choice("role", role.code()).to_owned()),
                };
                let intro = lang.t(if can_agree { "own-person-intro" } else { "wizard-person-intro" });
                Ok(Step { form, title, intro, can_agree })
            }
        }
    }

    /// Where a step leads, and where it came from.
    fn ways(&self, about: About) -> (String, String) {
        match about {
            About::Section(section) => (self.next(section_code(section)), self.previous(section_code(section))),
            About::Person(_) | About::SomebodyNew => (self.at(PEOPLE), self.at(PEOPLE)),
        }
    }

    pub(super) async fn items(&self, code: &str) -> Result<Response, WebError> {
        let about = About::of(code).ok_or(WebError::NotFound)?;
        let step = self.step(about).await?;
        self.items_page(about, &step, Again::default())
    }

    pub(super) async fn take_items(&self, code: &str, posted: &Posted) -> Result<Response, WebError> {
        let about = About::of(code).ok_or(WebError::NotFound)?;
        let step = self.step(about).await?;
        let FormStep { catalogue, fields, items, masks, .. } = &step.form;
        let SentRows { entries, again, offered } = SentRows::read(posted, catalogue, fields, items);
        let removed: Vec<ItemId> = entries
            .iter()
            .filter(|entry| posted.get(&format!("{}-weg", entry.key)) == "ja")
            .filter_map(|entry| entry.item)
            .filter(|item| masks.contains_key(item))
            .collect();
        let agrees = posted.get("agrees") == "ja";
        let mut problems = Vec::new();
        let mark = posted.get("mark").to_owned();
        if !again {
            let filled =
                Filled { group: self.group, mark: mark.clone(), entries: entries.clone(), removed: removed.clone() };
            let saved = match about {
                About::Section(section) => section::save(self.permit, &self.state.house, section, &filled).await,
                About::Person(_) | About::SomebodyNew => {
                    person::save(self.permit, &self.state.house, about.person(), &filled, agrees).await
                }
            };
            match saved {
                Ok(()) => return Ok(Redirect::to(&self.ways(about).0).into_response()),
                Err(Error::Invalid(found)) => problems = found,
                Err(Error::Conflict) => {
                    let step = self.step(about).await?;
                    let entries = Some(beside(&step.form, entries));
                    let again = Again { entries, removed, agrees, conflict: true, ..Again::default() };
                    return self.items_page(about, &step, again);
                }
                Err(error) => return Err(error.into()),
            }
        }
        // The form stays bound to what it was made from.
        let step = Step { form: FormStep { mark, ..step.form }, ..step };
        let (problems, offered) = (&problems, &offered);
        let again = Again { entries: Some(entries), removed, agrees, problems, offered, conflict: false };
        self.items_page(about, &step, again)
    }

    fn items_page(&self, about: About, step: &Step, again: Again<'_>) -> Result<Response, WebError> {
        let lang = self.lang();
        let Again { entries, removed, agrees, problems, offered, conflict } = again;
        let Step { form: FormStep { mark, fields, catalogue, .. }, title, intro, can_agree } = step;
        let entries = entries.unwrap_or_else(|| entries_of(&step.form));
        let mut form = rows::form((lang, catalogue), fields, &entries, problems, offered, self.state.clock.now());
        masks(lang, catalogue, &mut form, &step.form, &removed);
        let (_, back) = self.ways(about);
        let mut page = self.page(title.clone()).back_to(back.clone(), lang.t("wizard-back"));
        if !offered.is_empty() {
            page = page.notice(Tone::Info, lang.t("meetings-understood"));
        }
        let Wording { agreed, yellow, green, free, .. } = Wording::current();
        let agree = FormField::new("agrees", lang.t("own-person-agrees-legend"))
            .hint(format!("{agreed} {yellow} {green} {free}"))
            .control(Control::Checks(vec![Choice::new(
                "ja",
                lang.t("own-person-agrees"),
                if agrees { "ja" } else { "" },
            )]))
            .optional()
            .error(problem(lang, problems, "agrees"));
        let (code, cancel) = match about {
            About::Section(_) => (about.code(), self.at("start")),
            About::Person(_) | About::SomebodyNew => (about.code(), back),
        };
        let meanwhile = if conflict { meanwhile_of(lang, &step.form, &entries) } else { Vec::new() };
        let shown = ItemsPage {
            page,
            position: self.position(if matches!(about, About::Section(_)) { &code } else { PEOPLE }),
            intro,
            action: self.at(&code),
            cancel,
            save: lang.t("wizard-save"),
            hidden: vec![("mark", mark.clone())],
            first: if *can_agree { vec![agree] } else { Vec::new() },
            form,
            meanwhile,
            conflict,
            lights: true,
            drafts: Drafts::default(),
        };
        let status = if conflict { StatusCode::CONFLICT } else { status_of(problems) };
        Ok((status, html(&shown)?).into_response())
    }
}

/// The rows to begin with; those of masked items are empty.
fn entries_of(step: &FormStep) -> Vec<Entry> {
    let mut entries = rows::entries_of(&step.catalogue, &step.items, &step.fields);
    for entry in &mut entries {
        let masked = entry.item.is_some_and(|item| step.masks.contains_key(&item));
        if let Some(def) = step.catalogue.def(entry.field).filter(|_| masked) {
            entry.typed = Typed::empty(&def.kind);
        }
    }
    entries
}

/// What was typed, and what somebody else added meanwhile: nobody takes away what they did not see.
fn beside(step: &FormStep, mut typed: Vec<Entry>) -> Vec<Entry> {
    for entry in entries_of(step).into_iter().filter(|entry| entry.item.is_some()) {
        let one = step.catalogue.def(entry.field).is_some_and(|def| def.count == Count::One);
        if typed.iter().any(|row| row.item == entry.item) {
            continue;
        }
        match typed.iter_mut().find(|row| one && row.field == entry.field) {
            Some(row) => row.item = entry.item,
            None => {
                let number = typed.iter().filter(|row| row.field == entry.field).count();
                typed.push(Entry { key: rows::key(entry.field, number), ..entry });
            }
        }
    }
    typed
}

/// What is saved now where it is not what was typed; of what is masked its mask, where something was typed over it.
fn meanwhile_of(lang: Lang, step: &FormStep, entries: &[Entry]) -> Vec<Meanwhile> {
    let FormStep { catalogue, fields, items, masks, .. } = step;
    let typed = |item: ItemId| entries.iter().any(|row| row.item == Some(item) && !row.typed.is_empty());
    let told = |item: ItemId| !masks.contains_key(&item) || typed(item);
    let items: Vec<Item> = items
        .iter()
        .filter(|item| told(item.id))
        .map(|item| match masks.get(&item.id) {
            Some(mask) => Item { value: Value::Text(mask.clone()), ..item.clone() },
            None => item.clone(),
        })
        .collect();
    let entries: Vec<Entry> = entries.iter().filter(|row| row.item.is_none_or(told)).cloned().collect();
    meanwhile((lang, catalogue), &items, fields, &entries)
}

/// Says at each masked row what is known, and lets it be taken away.
fn masks(lang: Lang, catalogue: &Catalogue, form: &mut FormView, step: &FormStep, removed: &[ItemId]) {
    for row in form.blocks.iter_mut().flat_map(|block| &mut block.rows) {
        let Ok(item) = row.item.parse::<ItemId>() else { continue };
        let Some(mask) = step.masks.get(&item) else { continue };
        let hint = lang.t1("wizard-masked", "value", mask.clone());
        if let Some(input) = row.inputs.first_mut() {
            input.hint = hint;
        }
        let required = step.items.iter().find(|one| one.id == item).and_then(|one| catalogue.def(one.field));
        if required.is_some_and(|def| def.need == domain::catalogue::Need::Required) {
            continue;
        }
        let mut choice = Choice::new("ja", lang.t("wizard-remove"), "");
        choice.chosen = removed.contains(&item);
        let remove = FormField::new(format!("{}-weg", row.key), lang.t("wizard-remove-label"));
        row.inputs.push(remove.control(Control::Checks(vec![choice])).optional());
    }
}
