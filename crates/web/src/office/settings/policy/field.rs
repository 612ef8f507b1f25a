//! `…/feld/{feld}` and `…/neu`: one field, with what it is called, where it stands and how open it may be.

use access::actions::EditPolicy;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use domain::catalogue::{Bilingual, Catalogue, Section};
use domain::policy::OwnKind;
use domain::{Field, Light};
use usecases::policy::draft::{self, FieldForm};
use usecases::policy::{self, is_own};
use usecases::{Error, Problem};

use super::{POLICY, called, field_of, section, to_list};
use crate::form::{Choice, Control, FormField, Sent, errors_of, problem, wrong};
use crate::office::groups::words::{label, light, product_label};
use crate::page::{Page, html};
use crate::visit::Visit;
use crate::{Granted, Lang, Routes, WebError, WebState};

const FIELD: &str = "/office/einstellungen/ampel/feld/{feld}";
const NEW: &str = "/office/einstellungen/ampel/neu";
/// Empty rows for new choices.
const MORE: usize = 4;

pub(super) fn routes() -> Routes {
    Routes::new()
        .office::<EditPolicy, _, _>(Method::GET, FIELD, show)
        .office::<EditPolicy, _, _>(Method::POST, FIELD, save)
        .office::<EditPolicy, _, _>(Method::GET, NEW, blank)
        .office::<EditPolicy, _, _>(Method::POST, NEW, add)
}

/// One choice of an own field.
struct ChoiceRow {
    code: String,
    name: String,
    de: FormField,
    en: FormField,
}

#[derive(Template)]
#[template(path = "office/policy_field.html")]
struct FieldPage {
    page: Page,
    lead: String,
    action: String,
    names: Vec<FormField>,
    /// A new field is named before anything else.
    names_first: bool,
    choices: Vec<ChoiceRow>,
    choices_error: Option<&'static str>,
    lights: Vec<FormField>,
    place: Vec<FormField>,
    problem: Option<&'static str>,
    remove: Option<String>,
}

impl FieldPage {
    fn errors(&self) -> Vec<(String, String)> {
        let mut errors = errors_of(self.names.iter().chain(&self.lights).chain(&self.place));
        errors.extend(self.choices_error.map(|error| ("choice-0-de".to_owned(), error.to_owned())));
        errors
    }
}

fn names(lang: Lang, field: Option<Field>, form: &FieldForm, problems: &[Problem]) -> Vec<FormField> {
    let product = field.filter(|field| !is_own(*field));
    let text = |name: &'static str, value: &str| {
        let input = FormField::new(name, lang.t(&format!("policy-{}", name.replace('_', "-")))).value(value);
        let input = input.error(problem(lang, problems, name));
        if product.is_some() || name.starts_with("help") { input.optional() } else { input }
    };
    // In the language of whoever reads; the name is in the language of the field.
    let visit_lang = lang;
    let product_called = |lang: Lang| match product {
        Some(field) => visit_lang.t1(&format!("policy-label-hint-{}", lang.code()), "name", product_label(lang, field)),
        None => String::new(),
    };
    let mut fields = vec![
        text("label_de", &form.label.de).hint(product_called(Lang::De)),
        text("label_en", &form.label.en).hint(product_called(Lang::En)),
        text("help_de", &form.help.de),
        text("help_en", &form.help.en),
    ];
    if field.is_none() {
        let current = form.kind.map(OwnKind::code).unwrap_or_default();
        let kinds = OwnKind::ALL.map(|kind| Choice::new(kind.code(), lang.choice("policy-kind", kind.code()), current));
        fields.push(
            FormField::new("kind", lang.t("policy-kind"))
                .hint(lang.t("policy-kind-hint"))
                .control(Control::Radios(kinds.into()))
                .error(problem(lang, problems, "kind")),
        );
    }
    fields
}

fn choices(lang: Lang, form: &FieldForm) -> Vec<ChoiceRow> {
    let more = (0..MORE).map(|_| (String::new(), Bilingual::default()));
    let rows = form.choices.iter().cloned().chain(more).enumerate();
    rows.map(|(number, (code, words))| {
        let name = format!("choice-{number}");
        let input = |part: &str, value: &str| {
            let label = lang.t1(&format!("policy-choice-{part}"), "number", (number + 1).to_string());
            FormField::new(format!("{name}-{part}"), label).value(value).optional().width("w-20")
        };
        ChoiceRow { de: input("de", &words.de), en: input("en", &words.en), name, code }
    })
    .collect()
}

fn lights(lang: Lang, field: Option<Field>, form: &FieldForm, problems: &[Problem]) -> Vec<FormField> {
    let product = field.and_then(Field::built_in);
    let highest = product.map_or(Light::Green, |def| def.ceiling);
    let of_person = form.section == Some(Section::Person);
    let select = |name: &'static str, most: Light, current: Option<Light>| {
        let current = current.map(Light::code).unwrap_or_default();
        let open = Light::ALL.into_iter().filter(|light| *light <= most);
        let choices = open.map(|one| Choice::new(one.code(), light(lang, one), current)).collect();
        let key = format!("policy-{name}");
        FormField::new(name, lang.t(&key))
            .hint(lang.t(&format!("{key}-hint")))
            .control(Control::Select(choices))
            .value(current)
            .width("w-20")
            .error(problem(lang, problems, name))
    };
    let default = if of_person { Light::Red } else { highest };
    let ceiling = select("ceiling", highest, form.ceiling);
    let ceiling = match product {
        Some(def) if def.ceiling < Light::Green => {
            let most = lang.choice("light", def.ceiling.code());
            ceiling.hint(lang.t1("policy-ceiling-product", "light", most))
        }
        _ => ceiling,
    };
    let mut fields = vec![ceiling, select("default", default, form.default)];
    if !of_person {
        let current = if form.required { "yes" } else { "" };
        let choice = Choice::new("yes", lang.t("policy-required-yes"), current);
        fields.push(
            FormField::new("required", lang.t("policy-required"))
                .control(Control::Checks(vec![choice]))
                .error(problem(lang, problems, "required")),
        );
    }
    fields
}

fn place(lang: Lang, field: Option<Field>, form: &FieldForm, next: &Catalogue, problems: &[Problem]) -> Vec<FormField> {
    let product = field.and_then(Field::built_in);
    let fits = |one: &Section| match product {
        Some(def) if def.field == Field::Name => *one == Section::Group,
        Some(def) => (def.section == Section::Person) == (*one == Section::Person),
        None => true,
    };
    let current = form.section.map(Section::code).unwrap_or_default();
    let sections = Section::ALL.into_iter().filter(fits);
    let sections = sections.map(|one| Choice::new(one.code(), section(lang, one), current)).collect();
    let longest = Section::ALL.map(|one| next.section(one).len()).into_iter().max().unwrap_or_default();
    let here = form.place.to_string();
    let places = (1..=longest + 1).map(|number| Choice::new(number.to_string(), number.to_string(), &here)).collect();
    vec![
        FormField::new("section", lang.t("policy-section-label"))
            .hint(lang.t("policy-section-hint"))
            .control(Control::Select(sections))
            .width("w-20")
            .error(problem(lang, problems, "section")),
        FormField::new("place", lang.t("policy-place"))
            .hint(lang.t("policy-place-hint"))
            .control(Control::Select(places))
            .width("w-10"),
    ]
}

fn page_of(visit: &Visit, field: Option<Field>, next: &Catalogue, form: &FieldForm, problems: &[Problem]) -> FieldPage {
    let lang = visit.lang;
    let title = field.map_or_else(|| lang.t("policy-new-title").to_owned(), |field| called(lang, &[next], field));
    let asks_choices = field.is_none() || form.kind == Some(OwnKind::Choice);
    let own = field.filter(|field| is_own(*field));
    let lead = match (field, own, form.kind) {
        (None, ..) => lang.t("policy-new-lead").to_owned(),
        (_, Some(_), Some(kind)) => lang.t1("policy-own-lead", "kind", lang.choice("policy-kind", kind.code())),
        _ if form.section == Some(Section::Person) => lang.t("policy-person-lead").to_owned(),
        _ => lang.t("policy-field-lead").to_owned(),
    };
    FieldPage {
        page: visit.page(title).office().back_to(POLICY, lang.t("policy-title")),
        lead,
        action: field.map_or_else(|| NEW.to_owned(), |field| format!("{POLICY}/feld/{field}")),
        names: names(lang, field, form, problems),
        names_first: field.is_none(),
        choices: if asks_choices { choices(lang, form) } else { Vec::new() },
        choices_error: problem(lang, problems, "choices"),
        lights: lights(lang, field, form, problems),
        place: place(lang, field, form, next, problems),
        problem: problem(lang, problems, ""),
        remove: own.map(|field| format!("{POLICY}/feld/{field}/entfernen")),
    }
}

async fn show(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    visit: Visit,
    Path(field): Path<String>,
) -> Result<Response, WebError> {
    let field = field_of(&field)?;
    let overview = policy::overview(&granted, &state.house).await?;
    let form = FieldForm::of(&overview.policy, field).ok_or(WebError::NotFound)?;
    Ok(html(&page_of(&visit, Some(field), &overview.next, &form, &[]))?.into_response())
}

async fn blank(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    visit: Visit,
) -> Result<Response, WebError> {
    let overview = policy::overview(&granted, &state.house).await?;
    let section = Section::Group;
    let form = FieldForm {
        section: Some(section),
        place: overview.next.section(section).len() + 1,
        kind: Some(OwnKind::Line),
        default: Some(Light::Red),
        ceiling: Some(Light::Green),
        ..FieldForm::default()
    };
    Ok(html(&page_of(&visit, None, &overview.next, &form, &[]))?.into_response())
}

fn read(sent: &Sent) -> FieldForm {
    let words = |de: &str, en: &str| Bilingual { de: sent.one(de).to_owned(), en: sent.one(en).to_owned() };
    let rows = (0..domain::policy::CHOICES + MORE).map(|number| format!("choice-{number}"));
    let rows = rows.filter(|row| sent.0.iter().any(|(name, _)| name.starts_with(&format!("{row}-"))));
    FieldForm {
        label: words("label_de", "label_en"),
        help: words("help_de", "help_en"),
        section: Section::from_code(sent.one("section")),
        place: sent.one("place").parse().unwrap_or_default(),
        default: Light::from_code(sent.one("default")),
        ceiling: Light::from_code(sent.one("ceiling")),
        required: sent.one("required") == "yes",
        kind: OwnKind::from_code(sent.one("kind")),
        choices: rows
            .map(|row| (sent.one(&format!("{row}-code")).to_owned(), words(&format!("{row}-de"), &format!("{row}-en"))))
            .collect(),
    }
}

async fn again(
    granted: &Granted<EditPolicy>,
    state: &WebState,
    visit: &Visit,
    (field, mut form): (Option<Field>, FieldForm),
    problems: &[Problem],
) -> Result<Response, WebError> {
    let overview = policy::overview(granted, &state.house).await?;
    if let Some(field) = field {
        form.kind = FieldForm::of(&overview.policy, field).ok_or(WebError::NotFound)?.kind;
    }
    // The empty rows are added again.
    form.choices.retain(|(code, words)| !code.is_empty() || *words != Bilingual::default());
    wrong(&page_of(visit, field, &overview.next, &form, problems))
}

/// A name that another field of this draft has already, in either language, whoever gave it.
fn taken(next: &Catalogue, field: Option<Field>, form: &FieldForm) -> Vec<Problem> {
    let is = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    let known = |lang: Lang, name: &str| {
        let mut others = next.fields().iter().filter(|def| Some(def.field) != field);
        !name.trim().is_empty() && others.any(|def| is(&label(lang, next, def.field), name))
    };
    [(Lang::De, "label_de", &form.label.de), (Lang::En, "label_en", &form.label.en)]
        .into_iter()
        .filter(|(lang, _, name)| known(*lang, name))
        .map(|(_, part, _)| Problem::new(part, "policy-label-taken"))
        .collect()
}

async fn save(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    visit: Visit,
    Path(field): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let field = field_of(&field)?;
    let form = read(&Sent(sent));
    let taken = taken(&policy::overview(&granted, &state.house).await?.next, Some(field), &form);
    if !taken.is_empty() {
        return again(&granted, &state, &visit, (Some(field), form), &taken).await;
    }
    match draft::change(&granted, &state.house, field, &form).await {
        Ok(()) => Ok(to_list("ampel-vorgemerkt")),
        Err(Error::Invalid(problems)) => again(&granted, &state, &visit, (Some(field), form), &problems).await,
        Err(error) => Err(error.into()),
    }
}

async fn add(
    granted: Granted<EditPolicy>,
    State(state): State<WebState>,
    visit: Visit,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let form = read(&Sent(sent));
    let taken = taken(&policy::overview(&granted, &state.house).await?.next, None, &form);
    if !taken.is_empty() {
        return again(&granted, &state, &visit, (None, form), &taken).await;
    }
    match draft::add(&granted, &state.house, &form).await {
        Ok(_) => Ok(to_list("ampel-vorgemerkt")),
        Err(Error::Invalid(problems)) => again(&granted, &state, &visit, (None, form), &problems).await,
        Err(error) => Err(error.into()),
    }
}
