//! `/weitergabe-frage/{token}`: a group says whether something yellow may be passed on. Looking at the page says nothing.

use access::actions::AnswerDisclosure;
use access::anonymous_permit;
use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use domain::disclosure::{Answer, State as Stage};
use serde::Deserialize;
use usecases::disclosures::answer::{self, Asked};

use super::robots;
use crate::entrance::{in_force, private};
use crate::office::groups::words::label;
use crate::page::{Page, html};
use crate::visit::SiteVisit;
use crate::{Routes, WebError, WebState};

const PATH: &str = "/weitergabe-frage/{token}";

pub(crate) fn routes() -> Routes {
    Routes::new().site(Method::GET, PATH, show).site(Method::POST, PATH, say)
}

#[derive(Template)]
#[template(path = "site/passed_on_question.html")]
struct QuestionPage<'a> {
    page: Page,
    group: Option<String>,
    office: &'a str,
    fields: Vec<String>,
    purpose: Vec<&'a str>,
    /// What was answered before, if anything was.
    answered: Option<&'static str>,
    can_agree: bool,
    can_refuse: bool,
}

async fn show(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let permit = anonymous_permit::<AnswerDisclosure>(visit.site.tenant);
    let asked = in_force(&state, &visit, answer::question(&permit, &state.house, &token).await).await?;
    let lang = visit.lang;
    let mut page = visit.page(lang.t("passed-question-title"));
    page.indexed = false;
    let Asked { group, fields, purpose, state: stage, catalogue } = &asked;
    let page = QuestionPage {
        page,
        group: group.clone(),
        office: &visit.site.profile.name,
        fields: fields.iter().map(|field| label(lang, catalogue, *field)).collect(),
        purpose: purpose.lines().collect(),
        answered: (*stage != Stage::Asked).then(|| lang.choice("passed-answered", stage.code())),
        can_agree: stage.answered(Answer::Yes).is_some(),
        can_refuse: stage.answered(Answer::No).is_some(),
    };
    let mut response = html(&page)?.into_response();
    robots::never_index(&mut response);
    Ok(private(response))
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    antwort: String,
}

async fn say(
    State(state): State<WebState>,
    visit: SiteVisit,
    Path(token): Path<String>,
    Form(Typed { antwort }): Form<Typed>,
) -> Result<Redirect, WebError> {
    let permit = anonymous_permit::<AnswerDisclosure>(visit.site.tenant);
    let said = Answer::from_code(&antwort).ok_or(WebError::BadRequest("error-form"))?;
    in_force(&state, &visit, answer::answer(&permit, &state.house, &token, said).await).await?;
    // The page says how it stands now.
    Ok(Redirect::to(&format!("/weitergabe-frage/{token}")))
}
