//! `/meine-gruppen/{id}/bearbeiten/{section}`: a group admin corrects the own group; what is closed is closed at once, the
//! rest waits for the office.

use access::actions::SubmitChanges;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::catalogue::Section;
use domain::{Catalogue, Field, Group, GroupId, RequestId};
use usecases::groups::Entry;
use usecases::groups::edit::{SectionForm, section_code, section_from_code};
use usecases::review::draft;
use usecases::review::submit::{self, OwnForm, SECTIONS, Submitted, fields};
use usecases::{Error, Problem};

use crate::form::status_of;
use crate::granted::OWN_GROUPS;
use crate::office::groups::FORM_LIMIT;
use crate::office::groups::edit::{Drafts, KeptDraft, SectionSent, SectionView};
use crate::office::groups::posted::Posted;
use crate::office::groups::rows;
use crate::office::groups::words::moment;
use crate::page::{Flash, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/meine-gruppen/{id}/bearbeiten/{section}";
const WITHDRAW: &str = "/meine-gruppen/{id}/zuruecknehmen";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<SubmitChanges, _, _>(Method::GET, PATH, ask)
        .office_upload::<SubmitChanges, _, _>(PATH, FORM_LIMIT, send)
        .office::<SubmitChanges, _, _>(Method::POST, WITHDRAW, withdraw)
}

fn view<'a>(
    lang: Lang,
    of: (&'a Catalogue, &'a Group),
    (section, fields): (Section, &'a [Field]),
    entries: &'a [Entry],
) -> SectionView<'a> {
    SectionView {
        base: format!("{OWN_GROUPS}/{}", of.1.id),
        intro: lang.t("own-edit-intro"),
        save: lang.t("own-edit-save"),
        ..SectionView::of(lang, of, (section, fields), entries)
    }
}

/// What waits, as it travels with the form.
pub(super) fn written(waiting: Option<(RequestId, u32)>) -> String {
    waiting.map(|(id, version)| format!("{id}.{version}")).unwrap_or_default()
}

/// Reads [`written`] back.
pub(super) fn read(text: &str) -> Result<Option<(RequestId, u32)>, WebError> {
    let bad = || WebError::BadRequest("error-form");
    if text.is_empty() {
        return Ok(None);
    }
    let (id, version) = text.split_once('.').ok_or_else(bad)?;
    Ok(Some((id.parse().map_err(|_| bad())?, version.parse().map_err(|_| bad())?)))
}

/// What became of a form that was sent.
pub(super) enum Outcome {
    /// It is taken: back to the group, which says how.
    Taken(Response),
    /// It is shown again with what is wrong.
    Wrong(Vec<Problem>),
    /// It is shown again, because something else is there by now.
    Stale,
}

pub(super) fn outcome(group: GroupId, submitted: usecases::Result<Submitted>) -> Result<Outcome, WebError> {
    let said = match submitted {
        Ok(Submitted::Waits) => "eingereicht",
        Ok(Submitted::Done) => "geschlossen",
        Ok(Submitted::Nothing) => "nichts-geaendert",
        Err(Error::Invalid(problems)) => return Ok(Outcome::Wrong(problems)),
        Err(Error::Conflict) => return Ok(Outcome::Stale),
        Err(error) => return Err(error.into()),
    };
    Ok(Outcome::Taken(Redirect::to(&format!("{OWN_GROUPS}/{group}?meldung={said}")).into_response()))
}

/// The group and section an address names.
pub(super) fn place(id: &str, section: &str) -> Result<(GroupId, Section), WebError> {
    let section = section_from_code(section).filter(|section| SECTIONS.contains(section));
    Ok((id.parse().map_err(|_| WebError::NotFound)?, section.ok_or(WebError::NotFound)?))
}

async fn ask(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, section)): Path<(String, String)>,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Html<String>, WebError> {
    let (id, section) = place(&id, &section)?;
    let OwnForm { mut group, catalogue, waiting } = submit::form(&granted, &state.house, id, section).await?;
    let fields = fields(&catalogue, section);
    let mut entries = rows::entries_of(&catalogue, &group.items, &fields);
    let mut waiting = written(waiting);
    let draft = draft::draft(&granted, &state.house, id, section_code(section)).await?;
    let kept = draft.as_ref().map(|draft| KeptDraft {
        saved: visit.lang.t1("draft-saved", "at", moment(visit.lang, draft.saved_at)),
        discard: format!("{OWN_GROUPS}/{id}/entwurf/{}/verwerfen", section_code(section)),
    });
    if let Some(draft) = draft {
        // It goes on where it stopped, bound to what it was begun from.
        let typed = Posted::of(draft.typed);
        entries = typed.entries(&catalogue, &fields);
        typed.get("waiting").clone_into(&mut waiting);
        group.version = typed.get("version").parse().unwrap_or(group.version);
    }
    let shown = view(visit.lang, (&catalogue, &group), (section, &fields), &entries);
    let mut page = SectionView { waiting, ..shown }.page(&state, &visit);
    page.page = page.page.flash(meldung.as_deref());
    page.drafts = drafts(id, section, kept);
    html(&page)
}

/// The form keeps itself.
fn drafts(id: GroupId, section: Section, kept: Option<KeptDraft>) -> Drafts {
    Drafts { keep: Some(format!("{OWN_GROUPS}/{id}/entwurf/{}", section_code(section))), kept }
}

async fn send(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, section)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, WebError> {
    let (id, section) = place(&id, &section)?;
    let OwnForm { mut group, catalogue, waiting: mut now } = submit::form(&granted, &state.house, id, section).await?;
    let seen = posted.get("waiting").to_owned();
    let fields = fields(&catalogue, section);
    let SectionSent { entries, again, offered, version } =
        SectionSent::read(&posted, &catalogue, &fields, &group.items)?;
    let mut problems = Vec::new();
    let mut conflict = false;
    if !again {
        let filled = SectionForm { group: id, section, version, entries: entries.clone() };
        match outcome(id, submit::submit(&granted, &state.house, &filled, read(&seen)?).await)? {
            Outcome::Taken(back) => return Ok(back),
            Outcome::Wrong(found) => problems = found,
            Outcome::Stale => conflict = true,
        }
    }
    if conflict {
        OwnForm { group, waiting: now, .. } = submit::form(&granted, &state.house, id, section).await?;
    } else {
        group.version = version;
    }
    let waiting = if conflict { written(now) } else { seen };
    let shown = view(visit.lang, (&catalogue, &group), (section, &fields), &entries);
    let shown = SectionView { problems: &problems, offered: &offered, conflict, waiting, ..shown };
    let status = if conflict { StatusCode::CONFLICT } else { status_of(&problems) };
    let mut page = shown.page(&state, &visit);
    page.drafts = drafts(id, section, None);
    Ok((status, html(&page)?).into_response())
}

async fn withdraw(
    granted: Granted<SubmitChanges>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Redirect, WebError> {
    let id: GroupId = id.parse().map_err(|_| WebError::NotFound)?;
    submit::withdraw(&granted, &state.house, id).await?;
    Ok(Redirect::to(&format!("{OWN_GROUPS}/{id}?meldung=zurueckgenommen")))
}
