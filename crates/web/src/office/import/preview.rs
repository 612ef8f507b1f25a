//! `/office/import/{id}/vorschau`: row by row what would come in.

use access::actions::ImportGroups;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use domain::{Catalogue, Field, Light, PersonRole, Status, Value};
use jiff::civil::Date;
use serde::Deserialize;
use usecases::Error;
use usecases::import::{self, DraftPerson, Likelihood, Numbers, Preview, Row, Twin};

use crate::office::groups::words;

use super::{Step, address, back, id, steps, texts};
use crate::page::{Page, Pages, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState, office};

/// Rows on a page.
const ON_PAGE: usize = 50;

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<ImportGroups, _, _>(Method::GET, "/office/import/{id}/vorschau", show)
        .office::<ImportGroups, _, _>(Method::POST, "/office/import/{id}/vorschau", choose)
}

/// A value with its light.
struct ItemLine {
    label: String,
    value: String,
    light: Light,
    /// What was made of it: the next meeting.
    made: String,
}

/// A person with what belongs to them.
struct PersonLine {
    name: String,
    role: &'static str,
    contacts: Vec<String>,
}

/// A row, ready to be shown.
struct RowCard {
    key: String,
    place: String,
    name: String,
    status: Option<&'static str>,
    take: bool,
    twin: String,
    twin_href: String,
    items: Vec<ItemLine>,
    people: Vec<PersonLine>,
    notes: Vec<String>,
    warnings: Vec<String>,
}

/// A number with its word.
struct Figure {
    number: usize,
    text: String,
}

#[derive(Template)]
#[template(path = "office/import_preview.html")]
struct PreviewPage {
    page: Page,
    steps: Vec<(&'static str, bool)>,
    numbers: Numbers,
    figures: Vec<Figure>,
    rows: Vec<RowCard>,
    leftovers: Vec<(String, String)>,
    report_days: String,
    pages: Pages,
    position: String,
    import: String,
    columns: String,
    confirm: String,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default = "first")]
    seite: usize,
}

const fn first() -> usize {
    1
}

async fn show(
    granted: Granted<ImportGroups>,
    visit: Visit,
    State(state): State<WebState>,
    Path(path): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let id = id(&path)?;
    let pages = |total| Pages::of(total, ON_PAGE, asked.seite, |number| number.to_string());
    let preview = import::preview(&granted, &state.house, id, |total| pages(total).range(total, ON_PAGE)).await;
    let preview = match preview {
        Ok(preview) => preview,
        Err(Error::Conflict) => return Ok(Redirect::to(&address(id, "bericht")).into_response()),
        Err(error) => return Err(error.into()),
    };
    let lang = visit.lang;
    let Preview { file_name, numbers, rows, total, sheets, catalogue } = preview;
    let pages = pages(total);
    let leftovers = sheets
        .iter()
        .flat_map(|sheet| sheet.notes.iter().map(|note| (texts::row(lang, &sheet.name, note.row), note.text.clone())));
    let page = PreviewPage {
        page: back(office::page(&visit, lang.t1("import-preview-title", "file", file_name))),
        steps: steps(lang, Step::Preview),
        numbers,
        report_days: (import::REPORT_LIFETIME.as_hours() / 24).to_string(),
        figures: figures(lang, numbers),
        rows: rows.into_iter().map(|row| card((lang, &catalogue), row, visit.today)).collect(),
        // The first page says what belongs to no group.
        leftovers: if pages.number == 1 { leftovers.collect() } else { Vec::new() },
        position: pages.position(&lang),
        pages,
        import: address(id, "uebernehmen"),
        columns: address(id, "spalten"),
        confirm: lang.tn("import-take-over", numbers.groups),
    };
    Ok(html(&page)?.into_response())
}

fn figures(lang: Lang, numbers: Numbers) -> Vec<Figure> {
    [
        (numbers.groups, "import-figure-groups"),
        (numbers.dissolved, "import-figure-dissolved"),
        (numbers.persons, "import-figure-persons"),
        (numbers.structured, "import-figure-structured"),
        (numbers.text, "import-figure-text"),
        (numbers.notes, "import-figure-notes"),
        (numbers.warned, "import-figure-warned"),
        (numbers.twins, "import-figure-twins"),
        (numbers.skipped, "import-figure-skipped"),
    ]
    .into_iter()
    .filter(|(number, key)| *number > 0 || *key == "import-figure-groups")
    .map(|(number, key)| Figure { number, text: lang.tn(key, number) })
    .collect()
}

fn card((lang, catalogue): (Lang, &Catalogue), row: Row, today: Date) -> RowCard {
    let Row { key, draft, twin, take, .. } = row;
    let (twin, twin_href) = twin.map_or_else(Default::default, |twin| twin_text(lang, twin));
    let items = draft.items.iter().filter(|(field, _)| *field != Field::Name).map(|(field, value)| ItemLine {
        label: words::label(lang, catalogue, *field),
        value: words::value(lang, catalogue, *field, value),
        light: catalogue.default_light(*field),
        made: match value {
            Value::Meetings(schedule) => texts::schedule(lang, schedule, today),
            _ => String::new(),
        },
    });
    RowCard {
        key,
        place: texts::source(lang, &draft.source),
        items: items.collect(),
        status: (draft.status != Status::Active).then(|| lang.choice("import-status", draft.status.code())),
        take,
        twin,
        twin_href,
        people: draft.people.into_iter().map(|person| person_line(lang, person)).collect(),
        warnings: draft.warnings.iter().map(|warning| texts::warning(lang, warning)).collect(),
        notes: draft.notes,
        name: draft.name,
    }
}

fn person_line(lang: Lang, person: DraftPerson) -> PersonLine {
    let phones = person.phones.into_iter().map(|(number, remark)| Value::Phone { number, remark }.plain());
    let mails = person.emails.iter().map(|mail| mail.as_str().to_owned());
    let address = person.address.iter().map(domain::Venue::line);
    PersonLine {
        contacts: phones.chain(mails).chain(address).collect(),
        role: match person.role {
            PersonRole::Contact => lang.t("import-role-contact"),
            PersonRole::Deputy => lang.t("import-role-deputy"),
        },
        name: if person.name.is_empty() { lang.t("import-no-person-name").to_owned() } else { person.name },
    }
}

fn twin_text(lang: Lang, twin: Twin) -> (String, String) {
    let sure = |likelihood| match likelihood {
        Likelihood::Likely => "likely",
        Likelihood::Possible => "possible",
    };
    match twin {
        Twin::Same { group, name } => (lang.t1("import-twin-same", "name", name), format!("/office/gruppen/{group}")),
        Twin::Existing { group, name, likelihood } => {
            let key = format!("import-twin-existing-{}", sure(likelihood));
            (lang.t1(&key, "name", name), format!("/office/gruppen/{group}"))
        }
        Twin::Row { source, likelihood } => {
            let key = format!("import-twin-row-{}", sure(likelihood));
            (lang.t1(&key, "place", texts::source(lang, &source)), String::new())
        }
    }
}

/// What the form of the preview sends: the rows it showed, those of them to take, and where to go on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    zeile: Vec<String>,
    nimm: Vec<String>,
    seite: Option<usize>,
}

impl Chosen {
    pub(super) fn rows(self) -> Vec<(String, bool)> {
        let Self { zeile, nimm, .. } = self;
        zeile.into_iter().map(|key| (nimm.contains(&key), key)).map(|(take, key)| (key, take)).collect()
    }
}

async fn choose(
    granted: Granted<ImportGroups>,
    State(state): State<WebState>,
    Path(path): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Result<Redirect, WebError> {
    let id = id(&path)?;
    let next = chosen.seite.unwrap_or(1);
    match import::choose(&granted, &state.house, id, &chosen.rows()).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?seite={next}", address(id, "vorschau")))),
        Err(Error::Conflict) => Ok(Redirect::to(&address(id, "bericht"))),
        Err(error) => Err(error.into()),
    }
}
