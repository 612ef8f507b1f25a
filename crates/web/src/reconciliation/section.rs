//! One section of the group's own items as a step: the same inputs as everywhere, but what is masked is empty and stays as
//! it is unless something is typed or it is taken away.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::Section;
use domain::{Catalogue, ItemId};
use usecases::groups::edit::section_code;
use usecases::groups::{Entry, Typed};
use usecases::reconciliation::wizard::{self, Door, SectionFilled, SectionStep};
use usecases::{Error, Problem};

use super::steps::At;
use crate::form::{Choice, Control, FormField, status_of};
use crate::office::groups::edit::{Drafts, ItemsPage, SectionSent};
use crate::office::groups::posted::Posted;
use crate::office::groups::rows::{self, FormView};
use crate::page::{Tone, html};
use crate::{Lang, WebError};

/// What a form brought back that is shown again.
#[derive(Default)]
struct Again<'a> {
    entries: Option<Vec<Entry>>,
    removed: Vec<ItemId>,
    problems: &'a [Problem],
    offered: &'a [String],
    conflict: bool,
}

impl<D: Door> At<'_, D> {
    async fn step(&self, section: Section) -> Result<SectionStep, WebError> {
        Ok(wizard::section(self.permit, &self.state.house, self.group, section).await?)
    }

    pub(super) async fn section(&self, section: Section) -> Result<Response, WebError> {
        let step = self.step(section).await?;
        self.section_page(section, &step, Again::default())
    }

    pub(super) async fn take_section(&self, section: Section, posted: &Posted) -> Result<Response, WebError> {
        let step = self.step(section).await?;
        let SectionSent { entries, again, offered, version } =
            SectionSent::read(posted, &step.catalogue, &step.fields, &step.items)?;
        let removed: Vec<ItemId> = entries
            .iter()
            .filter(|entry| posted.get(&format!("{}-weg", entry.key)) == "ja")
            .filter_map(|entry| entry.item)
            .filter(|item| step.masks.contains_key(item))
            .collect();
        let mut problems = Vec::new();
        let mut conflict = false;
        if !again {
            let filled = SectionFilled {
                group: self.group,
                section,
                version,
                entries: entries.clone(),
                removed: removed.clone(),
            };
            match wizard::save(self.permit, &self.state.house, &filled).await {
                Ok(()) => return Ok(Redirect::to(&self.next(section_code(section))).into_response()),
                Err(Error::Invalid(found)) => problems = found,
                Err(Error::Conflict) => conflict = true,
                Err(error) => return Err(error.into()),
            }
        }
        if conflict {
            // What somebody else saved meanwhile is shown; what was typed would undo it unseen.
            let step = self.step(section).await?;
            return self.section_page(section, &step, Again { conflict, ..Again::default() });
        }
        let step = SectionStep { version, ..step };
        let again = Again { entries: Some(entries), removed, problems: &problems, offered: &offered, conflict: false };
        self.section_page(section, &step, again)
    }

    fn section_page(&self, section: Section, step: &SectionStep, again: Again<'_>) -> Result<Response, WebError> {
        let lang = self.lang();
        let code = section_code(section);
        let Again { entries, removed, problems, offered, conflict } = again;
        let entries = entries.unwrap_or_else(|| entries_of(step));
        let of = (lang, &*step.catalogue);
        let mut form = rows::form(of, &step.fields, &entries, problems, offered, self.state.clock.now());
        masks(lang, &step.catalogue, &mut form, step, &removed);
        let mut page = self.page(lang.choice("section", code)).back_to(self.previous(code), lang.t("wizard-back"));
        if conflict {
            page = page.notice(Tone::Warning, lang.t("wizard-conflict"));
        } else if !offered.is_empty() {
            page = page.notice(Tone::Info, lang.t("meetings-understood"));
        }
        let shown = ItemsPage {
            page,
            position: self.position(code),
            intro: lang.choice("wizard-intro", code),
            action: self.at(code),
            cancel: self.at("start"),
            save: lang.t("wizard-save"),
            hidden: vec![("version", step.version.to_string())],
            first: Vec::new(),
            form,
            meanwhile: Vec::new(),
            conflict: false,
            lights: true,
            drafts: Drafts::default(),
        };
        let status = if conflict { StatusCode::CONFLICT } else { status_of(problems) };
        Ok((status, html(&shown)?).into_response())
    }
}

/// The rows to begin with; those of masked items are empty.
fn entries_of(step: &SectionStep) -> Vec<Entry> {
    let mut entries = rows::entries_of(&step.catalogue, &step.items, &step.fields);
    for entry in &mut entries {
        let masked = entry.item.is_some_and(|item| step.masks.contains_key(&item));
        if let Some(def) = step.catalogue.def(entry.field).filter(|_| masked) {
            entry.typed = Typed::empty(&def.kind);
        }
    }
    entries
}

/// Says at each masked row what is known, and lets it be taken away.
fn masks(lang: Lang, catalogue: &Catalogue, form: &mut FormView, step: &SectionStep, removed: &[ItemId]) {
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
