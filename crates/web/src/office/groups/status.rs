//! `/office/gruppen/{id}/status/{to}`: a step in a group's life, with what it means for the public.

use access::actions::ChangeStatus;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{Html, Response};
use domain::{Field, Status};
use usecases::Error;
use usecases::groups::status::{Effect, Preview, change_status, preview};

use super::confirm::ConfirmPage;
use super::posted::Posted;
use super::words::{self, Words};
use super::{group_path, to_group};
use crate::page::html;
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/office/gruppen/{id}/status/{to}";

pub(super) fn routes() -> Routes {
    Routes::new().office::<ChangeStatus, _, _>(Method::GET, PATH, ask).office::<ChangeStatus, _, _>(
        Method::POST,
        PATH,
        save,
    )
}

fn effect(lang: Lang, preview: &Preview) -> Vec<String> {
    let mut says = vec![lang.tx(
        "status-says",
        [
            ("from", lang.choice("status", preview.from.code()).into()),
            ("to", lang.choice("status", preview.to.code()).into()),
        ],
    )];
    says.push(match preview.effect {
        Effect::Appears { items, contacts } => {
            lang.tx("effect-appears", [("items", items.into()), ("contacts", contacts.into())])
        }
        Effect::Disappears => lang.t("effect-disappears").to_owned(),
        Effect::None => lang.t("effect-none").to_owned(),
        Effect::NotShowable => lang.t("effect-not-showable").to_owned(),
    });
    if !preview.lacks.is_empty() {
        says.push(lang.t("status-lacks").to_owned());
    }
    if !preview.directory_public && matches!(preview.effect, Effect::Appears { .. }) {
        says.push(lang.t("effect-directory-closed").to_owned());
    }
    says
}

/// A field that says nothing yet.
fn lacking(lang: Lang, preview: &Preview, field: Field) -> Words {
    Words { text: words::label(lang, &preview.catalogue, field), own: false }
}

async fn ask(
    granted: Granted<ChangeStatus>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, to)): Path<(String, String)>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let to = Status::from_code(&to).ok_or(WebError::NotFound)?;
    let id = super::id(&id)?;
    let preview = match preview(&granted, &state.house, id, to).await {
        Err(Error::Invalid(_)) => return Err(WebError::Conflict),
        other => other?,
    };
    let step = lang.choice("status-step", to.code());
    html(&ConfirmPage {
        page: super::page(&visit, format!("{}: {step}", preview.name)).back_to(group_path(id), preview.name.clone()),
        says: effect(lang, &preview),
        list: preview.lacks.iter().map(|field| lacking(lang, &preview, *field)).collect(),
        danger: matches!(preview.effect, Effect::Disappears) || to == Status::Dissolved,
        action: format!("{}/status/{}", group_path(id), to.code()),
        hidden: vec![("version", preview.version.to_string())],
        fields: Vec::new(),
        errors: Vec::new(),
        button: step.to_owned(),
        cancel: group_path(id),
        other: None,
    })
}

async fn save(
    granted: Granted<ChangeStatus>,
    State(state): State<WebState>,
    Path((id, to)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, WebError> {
    let to = Status::from_code(&to).ok_or(WebError::NotFound)?;
    let id = super::id(&id)?;
    let version = posted.get("version").parse().map_err(|_| WebError::BadRequest("error-form"))?;
    match change_status(&granted, &state.house, id, version, to).await {
        Err(Error::Invalid(_)) => Err(WebError::Conflict),
        other => {
            other?;
            Ok(to_group(id, "status-geaendert"))
        }
    }
}
