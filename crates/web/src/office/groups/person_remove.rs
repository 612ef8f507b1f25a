//! `/office/gruppen/{id}/personen/{person}/entfernen` and `…/loeschen`: out of this group, or out of the house.

use access::actions::EditGroup;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{Html, Response};
use usecases::groups::people::{delete, remove};

use super::confirm::ConfirmPage;
use super::person::{called, of_group};
use super::words::Words;
use super::{group_path, to_group};
use crate::page::html;
use crate::visit::Visit;
use crate::{Granted, Routes, WebError, WebState};

const REMOVE: &str = "/office/gruppen/{id}/personen/{person}/entfernen";
const DELETE: &str = "/office/gruppen/{id}/personen/{person}/loeschen";

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<EditGroup, _, _>(Method::GET, REMOVE, ask_remove)
        .office::<EditGroup, _, _>(Method::POST, REMOVE, do_remove)
        .office::<EditGroup, _, _>(Method::GET, DELETE, ask_delete)
        .office::<EditGroup, _, _>(Method::POST, DELETE, do_delete)
}

async fn ask_remove(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, person)): Path<(String, String)>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let (group, person, view, name, _) = of_group(&granted, &state, (&id, &person)).await?;
    let others = view.groups.len().saturating_sub(1);
    let who = called(&visit, &view);
    let base = format!("{}/personen/{person}", group_path(group));
    let left =
        if others == 0 { lang.t("person-remove-last").to_owned() } else { lang.tn("person-remove-others", others) };
    html(&ConfirmPage {
        page: super::page(&visit, lang.t1("person-remove-title", "name", who)).back_to(group_path(group), name.clone()),
        says: vec![lang.t1("person-remove-says", "group", name), left],
        list: Vec::new(),
        danger: false,
        action: format!("{base}/entfernen"),
        hidden: Vec::new(),
        fields: Vec::new(),
        errors: Vec::new(),
        button: lang.t("person-remove-do").to_owned(),
        cancel: group_path(group),
        other: Some((format!("{base}/loeschen"), lang.t("person-delete-instead"))),
    })
}

async fn do_remove(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    Path((id, person)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let group = super::id(&id)?;
    remove(&granted, &state.house, group, super::id(&person)?).await?;
    Ok(to_group(group, "person-entfernt"))
}

async fn ask_delete(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    visit: Visit,
    Path((id, person)): Path<(String, String)>,
) -> Result<Html<String>, WebError> {
    let lang = visit.lang;
    let (group, person, view, name, _) = of_group(&granted, &state, (&id, &person)).await?;
    let who = called(&visit, &view);
    let open = view.person.consents.iter().filter(|consent| consent.in_force()).count();
    html(&ConfirmPage {
        page: super::page(&visit, lang.t1("person-delete-title", "name", who)).back_to(group_path(group), name),
        says: vec![
            lang.tx(
                "person-delete-says",
                [
                    ("items", view.person.items.len().into()),
                    ("consents", open.into()),
                    ("groups", view.groups.len().into()),
                ],
            ),
            lang.t("person-delete-key").to_owned(),
            lang.t("person-delete-groups").to_owned(),
        ],
        list: view.groups.iter().map(|(_, name, _)| Words::name(name, lang.t("groups-nameless"))).collect(),
        danger: true,
        action: format!("{}/personen/{person}/loeschen", group_path(group)),
        hidden: Vec::new(),
        fields: Vec::new(),
        errors: Vec::new(),
        button: lang.t("person-delete-do").to_owned(),
        cancel: group_path(group),
        other: None,
    })
}

async fn do_delete(
    granted: Granted<EditGroup>,
    State(state): State<WebState>,
    Path((id, person)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let (group, person, ..) = of_group(&granted, &state, (&id, &person)).await?;
    delete(&granted, &state.house, person).await?;
    Ok(to_group(group, "person-geloescht"))
}
