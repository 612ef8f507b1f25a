//! `/office/gruppen/{id}/bearbeiten/{section}`: a section of a group, each value with its light.

use access::actions::EditGroup;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use domain::catalogue::Section;
use domain::{Catalogue, Field, Group, Item};
use usecases::groups::edit::{SectionForm, edit, form, section_code, section_from_code};
use usecases::groups::input::understood;
use usecases::groups::{Entry, Typed};
use usecases::{Error, Problem};

use super::posted::Posted;
use super::rows::{self, FormView};
use super::words::{self, Words};
use super::{group_path, to_group};
use crate::form::status_of;
use crate::page::{Page, Tone, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/office/gruppen/{id}/bearbeiten/{section}";

pub(super) fn routes() -> Routes {
    Routes::new().office::<EditGroup, _, _>(Method::GET, PATH, ask).office_upload::<EditGroup, _, _>(
        PATH,
        super::FORM_LIMIT,
        save,
    )
}

/// What somebody else saved while the form was open.
pub(crate) struct Meanwhile {
    pub(crate) label: String,
    pub(crate) values: Vec<(Words, domain::Light)>,
}

/// A form of items: of a section of a group, of a new group, of a person.
#[derive(Template)]
#[template(path = "office/groups_form.html")]
pub(crate) struct ItemsPage {
    pub(crate) page: Page,
    /// Where one is in a wizard; may be empty.
    pub(crate) position: String,
    pub(crate) intro: &'static str,
    pub(crate) action: String,
    pub(crate) cancel: String,
    pub(crate) save: &'static str,
    /// What travels with the form.
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// Inputs before the items.
    pub(crate) first: Vec<crate::form::FormField>,
    pub(crate) form: FormView,
    pub(crate) meanwhile: Vec<Meanwhile>,
    pub(crate) conflict: bool,
    /// Whether lights are chosen here; where not, everything stays red.
    pub(crate) lights: bool,
    /// Whether the form keeps itself.
    pub(crate) drafts: Drafts,
}

/// A form that keeps itself while it is filled in.
#[derive(Default)]
pub(crate) struct Drafts {
    /// Where it is kept; none where it is not.
    pub(crate) keep: Option<String>,
    /// What is shown was kept before, and not sent.
    pub(crate) kept: Option<KeptDraft>,
}

/// A form that was kept, and not sent.
pub(crate) struct KeptDraft {
    /// When, in a sentence.
    pub(crate) saved: String,
    /// Where it is thrown away.
    pub(crate) discard: String,
}

/// What is shown of a section, and where its form leads.
pub(crate) struct SectionView<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) group: &'a Group,
    pub(crate) section: Section,
    /// The fields of the section that whoever looks may change.
    pub(crate) fields: &'a [Field],
    pub(crate) entries: &'a [Entry],
    pub(crate) problems: &'a [Problem],
    /// Rows whose rhythm was understood just now.
    pub(crate) offered: &'a [String],
    pub(crate) conflict: bool,
    /// The group's page: the form is below it.
    pub(crate) base: String,
    pub(crate) intro: &'static str,
    pub(crate) save: &'static str,
    /// What waits to be decided, where the form is about that, too; may be empty.
    pub(crate) waiting: String,
}

impl<'a> SectionView<'a> {
    /// As it is shown first, in the office's words.
    pub(crate) fn of(
        lang: Lang,
        (catalogue, group): (&'a Catalogue, &'a Group),
        (section, fields): (Section, &'a [Field]),
        entries: &'a [Entry],
    ) -> Self {
        Self {
            catalogue,
            group,
            section,
            fields,
            entries,
            problems: &[],
            offered: &[],
            conflict: false,
            base: group_path(group.id),
            intro: lang.choice("section-intro", section_code(section)),
            save: lang.t("save"),
            waiting: String::new(),
        }
    }

    pub(crate) fn page(&self, state: &WebState, visit: &Visit) -> ItemsPage {
        let Self {
            catalogue,
            group,
            section,
            fields,
            entries,
            problems,
            offered,
            conflict,
            base,
            intro,
            save,
            waiting,
        } = self;
        let lang = visit.lang;
        let code = section_code(*section);
        let title = format!("{}: {}", group.name(), lang.choice("section", code));
        let mut page = super::page(visit, title).back_to(base.clone(), group.name());
        if !offered.is_empty() {
            page = page.notice(Tone::Info, lang.t("meetings-understood"));
        }
        let meanwhile =
            if *conflict { meanwhile((lang, catalogue), &group.items, fields, entries) } else { Vec::new() };
        ItemsPage {
            position: String::new(),
            intro,
            action: format!("{base}/bearbeiten/{code}"),
            cancel: base.clone(),
            save,
            hidden: vec![("version", group.version.to_string()), ("waiting", waiting.clone())],
            first: Vec::new(),
            form: rows::form((lang, catalogue), fields, entries, problems, offered, state.clock.now()),
            meanwhile,
            conflict: *conflict,
            lights: true,
            drafts: Drafts::default(),
            page,
        }
    }
}

/// What was sent of a section.
pub(crate) struct SectionSent {
    pub(crate) entries: Vec<Entry>,
    /// The form comes back before anything is saved: another row was wanted, or a rhythm is offered.
    pub(crate) again: bool,
    pub(crate) offered: Vec<String>,
    pub(crate) version: u32,
}

impl SectionSent {
    pub(crate) fn read(
        posted: &Posted,
        catalogue: &Catalogue,
        fields: &[Field],
        items: &[Item],
    ) -> Result<Self, WebError> {
        let version = posted.get("version").parse().map_err(|_| WebError::BadRequest("error-form"))?;
        let SentRows { entries, again, offered } = SentRows::read(posted, catalogue, fields, items);
        Ok(Self { entries, again, offered, version })
    }
}

/// The rows of a form of items that was sent, without what it is bound to.
pub(crate) struct SentRows {
    pub(crate) entries: Vec<Entry>,
    /// As in [`SectionSent`].
    pub(crate) again: bool,
    pub(crate) offered: Vec<String>,
}

impl SentRows {
    pub(crate) fn read(posted: &Posted, catalogue: &Catalogue, fields: &[Field], items: &[Item]) -> Self {
        let mut entries = posted.entries(catalogue, fields);
        if let Some(field) = posted.more() {
            rows::add_row(catalogue, &mut entries, field);
            return Self { entries, again: true, offered: Vec::new() };
        }
        let offered = offer(items, &mut entries, posted);
        Self { again: !offered.is_empty(), entries, offered }
    }
}

async fn ask(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, section)): Path<(String, String)>,
) -> Result<Html<String>, WebError> {
    let section = section_from_code(&section).ok_or(WebError::NotFound)?;
    let (group, catalogue) = form(&granted, &state.house, super::id(&id)?, section).await?;
    let fields = catalogue.section(section);
    let entries = rows::entries_of(&catalogue, &group.items, &fields);
    html(&SectionView::of(visit.lang, (&catalogue, &group), (section, &fields), &entries).page(&state, &visit))
}

async fn save(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, section)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, WebError> {
    let section = section_from_code(&section).ok_or(WebError::NotFound)?;
    let id = super::id(&id)?;
    let (mut group, catalogue) = form(&granted, &state.house, id, section).await?;
    let fields = catalogue.section(section);
    let SectionSent { entries, again, offered, version } =
        SectionSent::read(&posted, &catalogue, &fields, &group.items)?;
    let mut problems = Vec::new();
    let mut conflict = false;
    if !again {
        let filled = SectionForm { group: id, section, version, entries: entries.clone() };
        match edit(&granted, &state.house, &filled).await {
            Ok(0) => return Ok(to_group(id, "gespeichert")),
            // What is red is opened by two.
            Ok(_) => return Ok(to_group(id, "gespeichert-wartet")),
            Err(Error::Invalid(found)) => problems = found,
            Err(Error::Conflict) => conflict = true,
            Err(error) => return Err(error.into()),
        }
    }
    if conflict {
        // What somebody else saved meanwhile.
        (group, _) = form(&granted, &state.house, id, section).await?;
    } else {
        // The form stays bound to the version it was made from.
        group.version = version;
    }
    let shown = SectionView::of(visit.lang, (&catalogue, &group), (section, &fields), &entries);
    let shown = SectionView { problems: &problems, offered: &offered, conflict, ..shown };
    let status = if conflict { StatusCode::CONFLICT } else { status_of(&problems) };
    Ok((status, html(&shown.page(&state, &visit))?).into_response())
}

/// Where the words of a schedule are new and state a rhythm that was not chosen, the rhythm is filled in and offered
/// once; the keys of these rows.
fn offer(items: &[Item], entries: &mut [Entry], posted: &Posted) -> Vec<String> {
    let mut offered = Vec::new();
    for entry in entries {
        let stored =
            entry.item.and_then(|id| items.iter().find(|item| item.id == id)).map(|item| Typed::of(&item.value));
        let Typed::Meetings { text, rules, .. } = &mut entry.typed else { continue };
        let (old_text, old_rules) = match &stored {
            Some(Typed::Meetings { text, rules, .. }) => (text.as_str(), rules.as_slice()),
            _ => ("", &[][..]),
        };
        let new_words = text.trim() != old_text && *rules == old_rules;
        if new_words
            && posted.get(&format!("{}-asked", entry.key)).is_empty()
            && let Some(found) = understood(text).filter(|found| found != rules)
        {
            *rules = found;
            offered.push(entry.key.clone());
        }
    }
    offered
}

/// What is saved now, for the fields where it is not what was typed.
pub(crate) fn meanwhile(
    (lang, catalogue): (Lang, &Catalogue),
    items: &[Item],
    fields: &[Field],
    entries: &[Entry],
) -> Vec<Meanwhile> {
    let differs = |field: Field| {
        let now: Vec<_> =
            items.iter().filter(|item| item.field == field).map(|item| (Typed::of(&item.value), item.light)).collect();
        let typed: Vec<_> = entries
            .iter()
            .filter(|entry| entry.field == field && !entry.typed.is_empty())
            .map(|entry| (entry.typed.clone(), entry.light.unwrap_or(catalogue.default_light(field))))
            .collect();
        now != typed
    };
    let changed = fields.iter().filter(|field| differs(**field));
    changed
        .map(|field| Meanwhile {
            label: words::label(lang, catalogue, *field),
            values: items
                .iter()
                .filter(|item| item.field == *field)
                .map(|item| (Words::of(lang, catalogue, *field, &item.value), item.effective()))
                .collect(),
        })
        .collect()
}
