//! `/office/gruppen/{id}/personen/{person}/einwilligung/{item}`: what a person agreed to, or does no longer.

use access::actions::RecordConsent;
use askama::Template;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderValue, Method, header};
use axum::response::{Html, IntoResponse, Response};
use domain::consent::{Channel, ConsentState, Wording};
use domain::{GroupId, Item, Light, Person};
use jiff::civil::Date;
use usecases::consents::address;
use usecases::consents::record::{self, Agreed, Asked, LARGEST_PAPER};
use usecases::groups::people::name;
use usecases::{Error, Problem};

use super::posted::Posted;
use super::words::{self, Words};
use super::{group_path, to_group};
use crate::form::{Choice, Control, FormField, errors_of, unreadable, wrong};
use crate::office::confirm::ConfirmPage;
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const PATH: &str = "/office/gruppen/{id}/personen/{person}/einwilligung/{item}";
const PAPER: &str = "/office/gruppen/{id}/personen/{person}/papier/{receipt}";
/// Somewhat more than a scan may have, so that one slightly too large is answered at its field.
const BODY_LIMIT: usize = LARGEST_PAPER + 3 * 1024 * 1024;
const WITHDRAW: &str = "/office/gruppen/{id}/personen/{person}/einwilligung/{item}/widerruf";

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<RecordConsent, _, _>(Method::GET, PATH, ask)
        .office_upload::<RecordConsent, _, _>(PATH, BODY_LIMIT, save)
        .office::<RecordConsent, _, _>(Method::GET, PAPER, download)
        .office::<RecordConsent, _, _>(Method::GET, WITHDRAW, ask_take_back)
        .office::<RecordConsent, _, _>(Method::POST, WITHDRAW, take_back)
}

struct Receipt {
    text: String,
    filed: String,
    until: Option<String>,
    /// Where the scan is, if there is one.
    paper: Option<String>,
    light: Light,
    state: ConsentState,
}

#[derive(Template)]
#[template(path = "office/groups_consent.html")]
struct ConsentPage {
    page: Page,
    who: Words,
    label: String,
    value: Words,
    light: Light,
    /// What is read out: not of a light that the item cannot have.
    wording: Vec<&'static str>,
    version: &'static str,
    receipts: Vec<Receipt>,
    in_force: bool,
    fields: Vec<FormField>,
    errors: Vec<(String, String)>,
    action: String,
    cancel: String,
}

/// What was typed.
#[derive(Default)]
struct Typed {
    light: String,
    given_on: String,
    channel: String,
    filed: String,
    receipt: bool,
}

fn typed_fields(lang: Lang, person: &Person, item: &Item, typed: &Typed, problems: &[Problem]) -> Vec<FormField> {
    let error = |name: &str| {
        let problem = problems.iter().find(|problem| problem.field == name);
        problem.map(|problem| lang.t(&format!("error-{}", problem.code)))
    };
    let open = [Light::Yellow, Light::Green].into_iter().filter(|light| *light <= item.limit.ceiling);
    let lights = open.map(|light| Choice {
        hint: lang.choice("light-means", light.code()).to_owned(),
        ..Choice::new(light.code(), words::light(lang, light), &typed.light)
    });
    let channels =
        Channel::HEARD.map(|one| Choice::new(one.code(), lang.choice("channel", one.code()), &typed.channel));
    let mut fields = vec![
        FormField::new("light", lang.t("consent-light"))
            .control(Control::Radios(lights.collect()))
            .error(error("light")),
        FormField::new("given_on", lang.t("consent-date"))
            .control(Control::Input("date"))
            .width("w-10")
            .value(&typed.given_on)
            .error(error("given_on")),
        FormField::new("channel", lang.t("consent-channel"))
            .control(Control::Radios(channels.into()))
            .error(error("channel")),
        FormField::new("filed", lang.t("consent-filed"))
            .hint(lang.t("consent-filed-hint"))
            .value(&typed.filed)
            .error(error("filed")),
        FormField::new("paper", lang.t("consent-paper"))
            .hint(lang.t("consent-paper-hint"))
            .control(Control::File(".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"))
            .optional()
            .error(error("paper")),
    ];
    if let Some(address) = address(person) {
        let chosen = if typed.receipt { "ja" } else { "" };
        let text = lang.tx("consent-send-receipt", [("email", address.as_str().to_owned().into())]);
        fields.push(FormField::new("receipt", "").control(Control::Checks(vec![Choice::new("ja", text, chosen)])));
    }
    fields
}

fn view(
    visit: &Visit,
    group: GroupId,
    Asked { person, papers, catalogue }: &Asked,
    item: &Item,
    (typed, problems): (&Typed, &[Problem]),
) -> ConsentPage {
    let lang = visit.lang;
    let base = format!("{}/personen/{}", group_path(group), person.id);
    let fields = typed_fields(lang, person, item, typed, problems);
    let receipts = person.consents.iter().rev().filter(|receipt| receipt.said.item == item.id);
    let receipts: Vec<_> = receipts
        .map(|receipt| Receipt {
            text: lang.tx(
                "consent-receipt",
                [
                    ("date", words::short_date(lang, receipt.said.given_on).into()),
                    ("channel", lang.choice("channel", receipt.said.channel.code()).into()),
                    ("wording", receipt.said.wording.clone().into()),
                ],
            ),
            filed: receipt.said.filed.clone(),
            until: receipt.said.until.filter(|_| receipt.in_force()).map(|until| words::short_date(lang, until)),
            paper: papers.contains(&receipt.id).then(|| format!("{base}/papier/{}", receipt.id)),
            light: receipt.said.light,
            state: receipt.state,
        })
        .collect();
    ConsentPage {
        page: super::page(visit, lang.t("consent-title")).back_to(group_path(group), lang.t("consent-back")),
        who: Words::name(name(person), lang.t("person-nameless")),
        label: words::label(lang, catalogue, item.field),
        value: Words::of(lang, catalogue, item.field, &item.value),
        light: person.effective(item),
        wording: {
            let Wording { agreed, yellow, green, free, .. } = Wording::current();
            let green = (item.limit.ceiling == Light::Green).then_some(*green);
            [Some(*agreed), Some(*yellow), green, Some(*free)].into_iter().flatten().collect()
        },
        version: Wording::current().version,
        in_force: receipts.iter().any(|receipt| receipt.state == ConsentState::InForce),
        receipts,
        errors: errors_of(&fields),
        fields,
        action: format!("{base}/einwilligung/{}", item.id),
        cancel: group_path(group),
    }
}

async fn ask(
    granted: Granted<RecordConsent>,
    State(state): State<WebState>,
    visit: Visit,
    Path((group, person, item)): Path<(String, String, String)>,
) -> Result<Html<String>, WebError> {
    let (group, item) = (super::id(&group)?, super::id(&item)?);
    let asked = record::person(&granted, &state.house, group, super::id(&person)?).await?;
    let item = asked.person.items.iter().find(|one| one.id == item).ok_or(WebError::NotFound)?;
    let typed = Typed { given_on: visit.today.to_string(), receipt: true, ..Typed::default() };
    html(&view(&visit, group, &asked, item, (&typed, &[])))
}

async fn save(
    granted: Granted<RecordConsent>,
    State(state): State<WebState>,
    visit: Visit,
    Path((group, person, item)): Path<(String, String, String)>,
    sent: Multipart,
) -> Result<Response, WebError> {
    let (posted, scan) = read(sent).await?;
    let (group, person, item) = (super::id(&group)?, super::id(&person)?, super::id(&item)?);
    let part = |name: &str| posted.get(name).trim().to_owned();
    let typed = Typed {
        light: part("light"),
        given_on: part("given_on"),
        channel: part("channel"),
        filed: part("filed"),
        receipt: part("receipt") == "ja",
    };
    let given_on: Option<Date> =
        typed.given_on.parse().ok().or_else(|| Date::strptime("%d.%m.%Y", &typed.given_on).ok());
    let problems = match (Light::from_code(&typed.light), given_on, Channel::from_code(&typed.channel)) {
        (Some(light), Some(given_on), Some(channel)) => {
            let (filed, receipt) = (typed.filed.clone(), typed.receipt);
            let agreed = Agreed { group, person, item, light, given_on, channel, filed, receipt };
            match record::record_scanned(&granted, &state.house, &agreed, &scan).await {
                Ok(()) => return Ok(to_group(group, "einwilligung-erfasst")),
                Err(Error::Invalid(problems)) => problems,
                Err(error) => return Err(error.into()),
            }
        }
        (light, given_on, channel) => [
            light.is_none().then(|| Problem::new("light", "consent-light-missing")),
            given_on.is_none().then(|| Problem::new("given_on", "not-a-date")),
            channel.is_none().then(|| Problem::new("channel", "consent-channel-missing")),
        ]
        .into_iter()
        .flatten()
        .collect(),
    };
    let asked = record::person(&granted, &state.house, group, person).await?;
    let item = asked.person.items.iter().find(|one| one.id == item).ok_or(WebError::NotFound)?;
    wrong(&view(&visit, group, &asked, item, (&typed, &problems)))
}

/// The fields of the form, and the scan; empty if none was chosen.
async fn read(mut sent: Multipart) -> Result<(Posted, Vec<u8>), WebError> {
    let (mut pairs, mut scan) = (Vec::new(), Vec::new());
    while let Some(field) = sent.next_field().await.map_err(|error| unreadable(&error))? {
        let Some(name) = field.name().map(str::to_owned) else { continue };
        if name == "paper" {
            scan = field.bytes().await.map_err(|error| unreadable(&error))?.into();
        } else {
            pairs.push((name, field.text().await.map_err(|error| unreadable(&error))?));
        }
    }
    Ok((Posted::of(pairs), scan))
}

/// The scan, to look at; a browser never shows it as a page of this house.
async fn download(
    granted: Granted<RecordConsent>,
    State(state): State<WebState>,
    Path((group, person, receipt)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let (of, receipt) = ((super::id(&group)?, super::id(&person)?), super::id(&receipt)?);
    let paper = record::paper(&granted, &state.house, of, receipt).await?;
    let ending = paper.media.rsplit('/').next().unwrap_or_default();
    let name = format!("attachment; filename=\"einwilligung-{receipt}.{ending}\"");
    let mut response = paper.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::try_from(paper.media).map_err(WebError::internal)?);
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(WebError::internal)?);
    Ok(response)
}

/// Says what withdrawing does, before it does.
async fn ask_take_back(
    granted: Granted<RecordConsent>,
    State(state): State<WebState>,
    visit: Visit,
    Path((group, person, item)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let lang = visit.lang;
    let (group, item) = (super::id(&group)?, super::id(&item)?);
    let Asked { person, catalogue, .. } = record::person(&granted, &state.house, group, super::id(&person)?).await?;
    let item = person.items.iter().find(|one| one.id == item).ok_or(WebError::NotFound)?;
    let here = format!("{}/personen/{}/einwilligung/{}", group_path(group), person.id, item.id);
    let who = Words::name(name(&person), lang.t("person-nameless")).text;
    let label = words::label(lang, &catalogue, item.field);
    let label = if label == who { label } else { format!("{who}, {label}") };
    let page = ConfirmPage {
        page: super::page(&visit, lang.t("own-withdraw-title")).back_to(here.clone(), lang.t("consent-title")),
        effects: vec![lang.t1("own-withdraw-effect", "field", label), lang.t("own-withdraw-again").to_owned()],
        fields: Vec::new(),
        action: format!("{here}/widerruf"),
        button: lang.t("own-consent-withdraw"),
        danger: true,
    };
    page.answer(&[])
}

async fn take_back(
    granted: Granted<RecordConsent>,
    State(state): State<WebState>,
    Path((group, person, item)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let group = super::id(&group)?;
    record::withdraw(&granted, &state.house, group, super::id(&person)?, super::id(&item)?).await?;
    Ok(to_group(group, "einwilligung-widerrufen"))
}
