//! `/office/einstellungen/vertrag`: records the processing contract and gives its document back.

use access::actions::RecordContract;
use askama::Template;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{Query, State};
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::office::Visibility;
use usecases::office::contract::{Form, LARGEST_DOCUMENT, View};
use usecases::office::{contract, document, record_contract};
use usecases::{Error, Problem};

use super::{Flash, visibility};
use crate::form::{Control, FormField, errors_of, problem, unreadable, wrong};
use crate::{Granted, Lang, Page, Routes, Visit, WebError, WebState, html};

const PATH: &str = "/office/einstellungen/vertrag";
/// Somewhat more than a document may have, so that one slightly too large is answered at its field.
const BODY_LIMIT: usize = LARGEST_DOCUMENT + 6 * 1024 * 1024;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .office::<RecordContract, _, _>(Method::GET, PATH, show)
        .office_upload::<RecordContract, _, _>(PATH, BODY_LIMIT, record)
        .office::<RecordContract, _, _>(Method::GET, "/office/einstellungen/vertrag/dokument", download)
}

/// What is recorded, in words.
struct Recorded {
    concluded_on: String,
    signer: String,
    document: String,
    size: String,
}

#[derive(Template)]
#[template(path = "office/contract.html")]
struct ContractPage {
    page: Page,
    regime: &'static str,
    regime_text: &'static str,
    recorded: Option<Recorded>,
    trial: bool,
    state: &'static str,
    fields: Vec<FormField>,
    errors: Vec<(String, String)>,
}

fn page(visit: &Visit, view: View, form: &Form, problems: &[Problem], flash: Option<&str>) -> ContractPage {
    let lang = visit.lang;
    let fields = fields(lang, form, problems);
    let regime = view.regime.map_or("", domain::office::Regime::code);
    ContractPage {
        page: visit
            .page(lang.t("settings-contract"))
            .office()
            .back_to("/office/einstellungen", lang.t("settings-title"))
            .flash(flash),
        regime,
        regime_text: match regime {
            "KDG" => lang.t("contract-regime-kdg"),
            "DSG-EKD" => lang.t("contract-regime-dsg-ekd"),
            _ => lang.t("contract-regime-dsgvo"),
        },
        recorded: view.recorded.map(|recorded| Recorded {
            concluded_on: lang.date(recorded.concluded_on),
            signer: recorded.signer,
            document: recorded.document_name,
            size: lang.tn("contract-size", recorded.size.div_ceil(1024)),
        }),
        trial: view.visibility == Visibility::Trial,
        state: visibility(lang, view.visibility),
        errors: errors_of(&fields),
        fields,
    }
}

fn fields(lang: Lang, form: &Form, problems: &[Problem]) -> Vec<FormField> {
    let field = |id: &str| {
        FormField::new(id, lang.t(&format!("contract-{}", id.replace('_', "-")))).error(problem(lang, problems, id))
    };
    vec![
        field("concluded_on").control(Control::Input("date")).value(&form.concluded_on).width("w-10"),
        field("signer").value(&form.signer).hint(lang.t("contract-signer-hint")).width("w-20"),
        field("document").control(Control::File(".pdf,application/pdf")).hint(lang.t("contract-document-hint")),
    ]
}

async fn show(
    granted: Granted<RecordContract>,
    State(state): State<WebState>,
    visit: Visit,
    Query(Flash { meldung }): Query<Flash>,
) -> Result<Response, WebError> {
    let view = contract(&granted, &state.house).await?;
    Ok(html(&page(&visit, view, &Form::default(), &[], meldung.as_deref()))?.into_response())
}

/// A field of text, cut at a length no honest form exceeds.
async fn text(field: Field<'_>) -> Result<String, WebError> {
    Ok(field.text().await.map_err(|error| unreadable(&error))?.chars().take(1_000).collect())
}

async fn read(mut sent: Multipart) -> Result<Form, WebError> {
    let mut form = Form::default();
    while let Some(field) = sent.next_field().await.map_err(|error| unreadable(&error))? {
        match field.name() {
            Some("concluded_on") => form.concluded_on = text(field).await?,
            Some("signer") => form.signer = text(field).await?,
            Some("document") => {
                form.document_name = field.file_name().unwrap_or_default().to_owned();
                form.document = field.bytes().await.map_err(|error| unreadable(&error))?.into();
            }
            _ => {}
        }
    }
    Ok(form)
}

async fn record(
    granted: Granted<RecordContract>,
    State(state): State<WebState>,
    visit: Visit,
    sent: Multipart,
) -> Result<Response, WebError> {
    let form = read(sent).await?;
    // A browser does not send a file twice: only the rest of the form can be kept.
    let typed = Form { document: Vec::new(), document_name: String::new(), ..form.clone() };
    match record_contract(&granted, &state.house, form).await {
        Ok(_) => Ok(Redirect::to(&format!("{PATH}?meldung=vertrag-erfasst")).into_response()),
        Err(Error::Invalid(problems)) => {
            let view = contract(&granted, &state.house).await?;
            wrong(&page(&visit, view, &typed, &problems, None))
        }
        Err(error) => Err(error.into()),
    }
}

async fn download(granted: Granted<RecordContract>, State(state): State<WebState>) -> Result<Response, WebError> {
    let contract = document(&granted, &state.house).await?;
    // Named by us: the browser's own name for the file may hold anything.
    let name = format!("attachment; filename=\"vertrag-{}.pdf\"", contract.concluded_on);
    let mut response = contract.document.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(WebError::internal)?);
    Ok(response)
}
