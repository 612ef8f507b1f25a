//! `/office/einstellungen/texte`: imprint, privacy notice, and the notice before a contact.

use access::actions::EditOfficeProfile;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use usecases::office::profile::Texts;
use usecases::office::{Change, Suggestions, profile, save_profile};
use usecases::{Error, Problem};

use super::Flash;
use crate::form::{Control, FormField, errors_of, problem, wrong};
use crate::{Granted, Page, Routes, Visit, WebError, WebState, html};

const PATH: &str = "/office/einstellungen/texte";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<EditOfficeProfile, _, _>(Method::GET, PATH, show).office::<EditOfficeProfile, _, _>(
        Method::POST,
        PATH,
        save,
    )
}

/// What the form sends; `vorschlag` names the text to be filled in with a suggestion instead of saving.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sent {
    imprint: String,
    privacy: String,
    notice: String,
    vorschlag: String,
}

/// A text with what can be put into it.
struct Part {
    field: FormField,
    public: &'static str,
    suggest: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "office/texts.html")]
struct TextsPage {
    page: Page,
    parts: Vec<Part>,
    errors: Vec<(String, String)>,
    regime: &'static str,
    suggested: bool,
}

fn page(
    visit: &Visit,
    texts: &Texts,
    suggestions: &Suggestions,
    problems: &[Problem],
    flash: Option<&str>,
) -> TextsPage {
    let lang = visit.lang;
    let Texts { imprint, privacy, notice } = texts;
    let part = |id: &str, value: &str, rows, public, suggest: Option<&'static str>| Part {
        field: FormField::new(id, lang.t(&format!("texts-{id}")))
            .hint(lang.t(&format!("texts-{id}-hint")))
            .value(value)
            .error(problem(lang, problems, id))
            .control(Control::Area { rows }),
        public,
        suggest: suggest.filter(|_| value.trim().is_empty()),
    };
    let mut parts = vec![
        part("imprint", imprint, 16, "/impressum", Some("imprint")),
        part("privacy", privacy, 24, "/datenschutz", Some("privacy")),
        part("notice", notice, 8, "", None),
    ];
    if let Some(last) = parts.last_mut() {
        last.field.optional = true;
    }
    let errors = errors_of(parts.iter().map(|part| &part.field));
    TextsPage {
        page: visit
            .page(lang.t("settings-texts"))
            .office()
            .back_to("/office/einstellungen", lang.t("settings-title"))
            .flash(flash),
        parts,
        errors,
        regime: suggestions.regime.code(),
        suggested: imprint.contains("[[") || privacy.contains("[["),
    }
}

async fn show(
    granted: Granted<EditOfficeProfile>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Response, WebError> {
    let (profile, suggestions) = profile(&granted, &state.house).await?;
    Ok(html(&page(&visit, &profile.into(), &suggestions, &[], meldung.as_deref()))?.into_response())
}

async fn save(
    granted: Granted<EditOfficeProfile>,
    State(state): State<WebState>,
    visit: Visit,
    Form(Sent { imprint, privacy, notice, vorschlag }): Form<Sent>,
) -> Result<Response, WebError> {
    let mut texts = Texts { imprint, privacy, notice };
    let (_, suggestions) = profile(&granted, &state.house).await?;
    // Only an empty field is filled in: nothing typed is ever replaced.
    let wanted = match vorschlag.as_str() {
        "imprint" => Some((&mut texts.imprint, &suggestions.imprint)),
        "privacy" => Some((&mut texts.privacy, &suggestions.privacy)),
        _ => None,
    };
    if let Some((text, suggestion)) = wanted {
        if text.trim().is_empty() {
            text.clone_from(suggestion);
        }
        return Ok(html(&page(&visit, &texts, &suggestions, &[], None))?.into_response());
    }
    match save_profile(&granted, &state.house, Change::Texts(texts.clone())).await {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?meldung=gespeichert")).into_response()),
        Err(Error::Invalid(problems)) => wrong(&page(&visit, &texts, &suggestions, &problems, None)),
        Err(error) => Err(error.into()),
    }
}
