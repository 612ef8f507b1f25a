//! The pages of the wizard: start, what the lights mean, the sections, people, check, done.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Catalogue, Field, GroupId, Light};
use usecases::Error;
use usecases::groups::edit::section_code;
use usecases::reconciliation::finish::{Finished, What, finish};
use usecases::reconciliation::wizard::shown::{Pending, Said, ShownItem, Sight};
use usecases::reconciliation::wizard::{self, Decided, Door, PEOPLE, ShownChange, ShownPerson, WizardView};
use usecases::review::submit::SECTIONS;

use access::Permit;

use super::section::{About, SOMEBODY_NEW, person_step};
use crate::form::{Control, FormField, errors_of, problem, status_of};
use crate::granted::OWN_GROUPS;
use crate::office::groups::posted::Posted;
use crate::office::groups::words::{Words, label, moment};
use crate::page::{Page, Tone, html};
use crate::visit::Visit;
use crate::{Lang, WebError, WebState};

/// Which door one came in by; the pages differ in their frame only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Link,
    Login,
    Phone,
}

impl Place {
    const fn is_phone(self) -> bool {
        matches!(self, Self::Phone)
    }

    const fn is_link(self) -> bool {
        matches!(self, Self::Link)
    }
}

/// A request to the wizard.
pub(super) struct At<'a, D: Door> {
    pub(super) permit: &'a Permit<D>,
    pub(super) state: &'a WebState,
    pub(super) visit: &'a Visit,
    pub(super) group: GroupId,
    /// The addresses of the steps are below it.
    pub(super) base: String,
    pub(super) door: Place,
}

/// The steps in their order, as they stand in addresses; each person has one of their own besides.
pub(super) const STEPS: [&str; 6] = ["ampel", "gruppe", "treffen", "kontakt", PEOPLE, "pruefen"];

/// A value with its light.
struct Line {
    label: String,
    value: Words,
    light: Light,
    /// That it does not count yet.
    pending: Option<&'static str>,
}

/// What the office decided last.
struct DecidedPart {
    lead: String,
    /// What was not taken over as it was asked for, and why.
    otherwise: Vec<(String, String)>,
}

/// A change as the check page shows it.
struct ChangeLine {
    label: String,
    before: Option<Line>,
    after: Option<Line>,
    at_once: bool,
}

#[derive(Template)]
#[template(path = "reconciliation/start.html")]
struct StartPage {
    page: Page,
    base: String,
    name: Option<String>,
    confirmed: Option<String>,
    lines: Vec<Line>,
    people: Vec<Vec<Line>>,
    masked: bool,
    begun: Option<String>,
    waiting: bool,
    decided: Option<DecidedPart>,
    door: Place,
}

#[derive(Template)]
#[template(path = "reconciliation/lights.html")]
struct LightsPage {
    page: Page,
    position: String,
    next: String,
}

#[derive(Template)]
#[template(path = "reconciliation/people.html")]
struct PeoplePage {
    page: Page,
    position: String,
    action: String,
    people: Vec<PersonPart>,
    add: &'static str,
    masked: bool,
    message: FormField,
    errors: Vec<(String, String)>,
}

/// One who stands for the group.
struct PersonPart {
    role: &'static str,
    lines: Vec<Line>,
    edit: String,
    edit_text: String,
    /// Who it is.
    id: String,
    /// What is said of them with one press.
    turn: Turn,
}

/// What is said of a person with one press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// Named here, and not to be named after all.
    Unname,
    /// Stands for the group no more.
    Leaves,
    /// Does after all.
    Stays,
}

impl Turn {
    const fn is_stays(self) -> bool {
        matches!(self, Self::Stays)
    }

    /// The name of the button, and what it says.
    const fn button(self) -> (&'static str, &'static str) {
        match self {
            Self::Unname => ("weg", "wizard-person-unname"),
            Self::Leaves => ("weg", "wizard-person-leaves"),
            Self::Stays => ("doch", "wizard-person-stays"),
        }
    }
}

#[derive(Template)]
#[template(path = "reconciliation/check.html")]
struct CheckPage {
    page: Page,
    position: String,
    lead: &'static str,
    action: String,
    mark: String,
    changes: Vec<ChangeLine>,
    /// Whether something of it is shown in part only.
    masked: bool,
    message: String,
    discards: Option<String>,
    button: &'static str,
    sections: Vec<(String, &'static str)>,
}

#[derive(Template)]
#[template(path = "reconciliation/done.html")]
struct DonePage {
    page: Page,
    waits: bool,
    phone: bool,
    onward: (String, &'static str),
    leave: bool,
}

/// A value as the wizard tells it.
fn line(lang: Lang, catalogue: &Catalogue, item: &ShownItem) -> Line {
    let value = match &item.said {
        Said::Full(said) => Words::of(lang, catalogue, item.field, said),
        Said::Masked(text) => Words { text: text.clone(), own: true },
    };
    let pending = item.pending.map(|pending| {
        lang.t(match pending {
            Pending::NotSent => "wizard-not-sent",
            Pending::Waits => "wizard-still-waits",
        })
    });
    Line { label: label(lang, catalogue, item.field), value, light: item.light, pending }
}

/// What the office decided about what was sent with a link.
fn decided(lang: Lang, view: &WizardView) -> Option<DecidedPart> {
    let Decided { at, accepted, otherwise } = view.decided.as_ref()?;
    let lead = lang.tx("wizard-decided", [("date", moment(lang, *at).into()), ("count", (*accepted).into())]);
    let told = otherwise.iter().map(|one| {
        let what = label(lang, &view.catalogue, one.field);
        let what = if one.of_person { format!("{} · {what}", lang.t("wizard-people-title")) } else { what };
        let how = match &one.reason {
            Some(reason) => format!("{}: {reason}", lang.t("own-decided-rejected")),
            None => lang.t("own-decided-amended").to_owned(),
        };
        (what, how)
    });
    Some(DecidedPart { lead, otherwise: told.collect() })
}

/// What a person is called, as far as the door shows it; else as what they stand for the group.
fn called(lang: Lang, person: &ShownPerson) -> String {
    let name = person.items.iter().find(|item| item.field == Field::PersonName);
    match name.map(|item| &item.said) {
        Some(Said::Full(value)) => value.plain(),
        Some(Said::Masked(text)) => text.clone(),
        None => lang.choice("role", person.role.code()).to_owned(),
    }
}

/// Whether a change is told in part only.
fn is_masked(change: &ShownChange) -> bool {
    let mut items = change.before.iter().chain(&change.after);
    items.any(|item| matches!(item.said, Said::Masked(_)))
}

/// A value of a person that another one takes the place of is one change to whoever reads it.
fn joined(changes: &[ShownChange]) -> Vec<ShownChange> {
    let mut shown: Vec<ShownChange> = Vec::with_capacity(changes.len());
    for change in changes {
        let other = |known: &&mut ShownChange| {
            let same = known.person.is_some() && (known.person, known.field) == (change.person, change.field);
            same && (known.before.is_none() && change.after.is_none()
                || known.after.is_none() && change.before.is_none())
        };
        match shown.iter_mut().find(other) {
            Some(known) if known.after.is_none() => {
                known.after.clone_from(&change.after);
                known.at_once = false;
            }
            Some(known) => {
                known.before.clone_from(&change.before);
                known.at_once = false;
            }
            None => shown.push(change.clone()),
        }
    }
    shown
}

fn change_label(lang: Lang, view: &WizardView, change: &ShownChange) -> String {
    let label = label(lang, &view.catalogue, change.field);
    let person = view.people.iter().find(|person| Some(person.id) == change.person);
    person.map_or_else(|| label.clone(), |person| format!("{}: {label}", called(lang, person)))
}

impl<D: Door> At<'_, D> {
    pub(super) fn lang(&self) -> Lang {
        self.visit.lang
    }

    /// A page of the wizard, in the frame of its door.
    pub(super) fn page(&self, title: impl Into<String>) -> Page {
        let mut page = self.visit.page(title);
        page.indexed = false;
        match self.door {
            Place::Link => page,
            Place::Login | Place::Phone => page.office(),
        }
    }

    pub(super) fn at(&self, step: &str) -> String {
        format!("{}/{step}", self.base)
    }

    /// "Schritt 2 von 6".
    pub(super) fn position(&self, step: &str) -> String {
        let number = STEPS.iter().position(|known| *known == step).map_or(1, |at| at + 1);
        self.lang().tx("wizard-position", [("number", number.into()), ("count", STEPS.len().into())])
    }

    /// The step after this one.
    pub(super) fn next(&self, step: &str) -> String {
        let at = STEPS.iter().position(|known| *known == step).map_or(0, |at| at + 1);
        self.at(STEPS.get(at).copied().unwrap_or("pruefen"))
    }

    /// The step before, for the link back.
    pub(super) fn previous(&self, step: &str) -> String {
        let at = STEPS.iter().position(|known| *known == step).and_then(|at| at.checked_sub(1));
        self.at(at.and_then(|at| STEPS.get(at)).copied().unwrap_or("start"))
    }

    fn outside(&self) -> (String, &'static str) {
        match self.door {
            Place::Link => ("/".to_owned(), "nav-public-site"),
            Place::Login => (format!("{OWN_GROUPS}/{}", self.group), "wizard-to-own-group"),
            Place::Phone => (format!("/office/gruppen/{}", self.group), "requests-to-group"),
        }
    }

    async fn view(&self) -> Result<WizardView, WebError> {
        Ok(wizard::view(self.permit, &self.state.house, self.group).await?)
    }

    fn lines(&self, view: &WizardView) -> (Vec<Line>, Vec<Vec<Line>>) {
        let lang = self.lang();
        let lines = view.items.iter().map(|item| line(lang, &view.catalogue, item)).collect();
        let people = view.people.iter();
        let people =
            people.map(|person| person.items.iter().map(|item| line(lang, &view.catalogue, item)).collect()).collect();
        (lines, people)
    }

    pub(super) async fn show(&self, step: &str) -> Result<Response, WebError> {
        let lang = self.lang();
        match step {
            "start" => self.start().await,
            "ampel" => {
                // Somebody must be here, though the page says the same to all.
                self.view().await?;
                let page = self.page(lang.t("wizard-lights-title")).back_to(self.previous(step), lang.t("wizard-back"));
                let next = self.next(step);
                Ok(html(&LightsPage { page, position: self.position(step), next })?.into_response())
            }
            PEOPLE => self.people(None, &[]).await,
            "pruefen" => self.check(What::Filled, false).await,
            "bestaetigen" => self.check(What::Unchanged, false).await,
            "bestaetigt" | "eingereicht" => {
                // Somebody must be here.
                self.view().await?;
                let waits = step == "eingereicht";
                let title = if waits { "wizard-done-waits" } else { "wizard-done-confirmed" };
                let (href, text) = self.outside();
                let page = DonePage {
                    page: self.page(lang.t(title)),
                    waits,
                    phone: self.door == Place::Phone,
                    onward: (href, lang.t(text)),
                    leave: self.door == Place::Link,
                };
                Ok(html(&page)?.into_response())
            }
            code => self.items(code).await,
        }
    }

    pub(super) async fn take(&self, step: &str, posted: &Posted) -> Result<Response, WebError> {
        match step {
            PEOPLE => self.take_people(posted).await,
            "pruefen" => self.finish(What::Filled, posted.get("mark")).await,
            "bestaetigen" => self.finish(What::Unchanged, posted.get("mark")).await,
            code => self.take_items(code, posted).await,
        }
    }

    /// The people step is one form: whatever is pressed, what was typed for the office is kept.
    async fn take_people(&self, posted: &Posted) -> Result<Response, WebError> {
        let (permit, house) = (self.permit, &self.state.house);
        let message = posted.get("message");
        match wizard::say(permit, house, self.group, message).await {
            Ok(()) => {}
            Err(Error::Invalid(problems)) => return self.people(Some(message), &problems).await,
            Err(error) => return Err(error.into()),
        }
        let to = match (posted.get("weg"), posted.get("doch"), posted.get("zu")) {
            ("", "", "") => self.next(PEOPLE),
            ("", "", step) if About::of(step).is_some() => self.at(step),
            ("", "", _) => return Err(WebError::NotFound),
            (leaves, stays, _) => {
                let whose = if leaves.is_empty() { stays } else { leaves };
                let whose = whose.parse().map_err(|_| WebError::NotFound)?;
                let turned = if leaves.is_empty() {
                    wizard::person::bring_back(permit, house, self.group, whose).await
                } else {
                    wizard::person::take_out(permit, house, self.group, whose).await
                };
                match turned {
                    // Not there any more: the button was pressed twice.
                    Ok(()) | Err(Error::NotFound) => self.at(PEOPLE),
                    Err(error) => return Err(error.into()),
                }
            }
        };
        Ok(Redirect::to(&to).into_response())
    }

    async fn start(&self) -> Result<Response, WebError> {
        let lang = self.lang();
        let view = self.view().await?;
        let (lines, people) = self.lines(&view);
        let next = STEPS.iter().find(|step| !view.done.iter().any(|done| done == *step) && **step != "ampel");
        let begun = (!view.done.is_empty()).then(|| self.at(next.copied().unwrap_or("pruefen")));
        let title = if self.door == Place::Phone { "wizard-phone-title" } else { "wizard-title" };
        let (href, text) = self.outside();
        let mut page = self.page(lang.t(title));
        if self.door != Place::Link {
            page = page.back_to(href, lang.t(text));
        }
        let page = StartPage {
            page,
            base: self.base.clone(),
            confirmed: view.confirmed_on.map(|day| lang.t1("wizard-confirmed", "date", lang.date(day))),
            lines,
            people,
            masked: D::SIGHT == Sight::Masked,
            begun,
            waiting: view.waiting,
            decided: decided(lang, &view),
            door: self.door,
            name: view.name,
        };
        Ok(html(&page)?.into_response())
    }

    async fn people(&self, typed: Option<&str>, problems: &[usecases::Problem]) -> Result<Response, WebError> {
        let lang = self.lang();
        let view = self.view().await?;
        let (_, lines) = self.lines(&view);
        let people = view.people.iter().zip(lines).map(|(person, lines)| PersonPart {
            role: lang.choice("role", person.role.code()),
            lines,
            edit: person_step(person.id),
            edit_text: lang.t1("wizard-person-edit", "person", called(lang, person)),
            id: person.id.to_string(),
            turn: match (person.leaves, person.named_here) {
                (true, _) => Turn::Stays,
                (false, true) => Turn::Unname,
                (false, false) => Turn::Leaves,
            },
        });
        let people = people.collect();
        let message = FormField::new("message", lang.t("wizard-message"))
            .hint(lang.t("wizard-message-hint"))
            .control(Control::Area { rows: 4 })
            .value(typed.unwrap_or(&view.message))
            .error(problem(lang, problems, "message"))
            .optional();
        let page = PeoplePage {
            page: self.page(lang.t("wizard-people-title")).back_to(self.previous(PEOPLE), lang.t("wizard-back")),
            position: self.position(PEOPLE),
            action: self.at(PEOPLE),
            people,
            add: SOMEBODY_NEW,
            masked: D::SIGHT == Sight::Masked,
            errors: errors_of([&message]),
            message,
        };
        Ok((status_of(problems), html(&page)?).into_response())
    }

    async fn check(&self, what: What, conflict: bool) -> Result<Response, WebError> {
        let lang = self.lang();
        let view = self.view().await?;
        let of = |item: &Option<ShownItem>| item.as_ref().map(|item| line(lang, &view.catalogue, item));
        let changes: Vec<ChangeLine> = joined(&view.changes)
            .iter()
            .map(|change| ChangeLine {
                label: change_label(lang, &view, change),
                before: of(&change.before),
                after: of(&change.after),
                at_once: change.at_once,
            })
            .collect();
        let filled = what == What::Filled;
        let (title, lead, button, step) = match (filled, changes.is_empty()) {
            (false, _) => ("wizard-confirm-title", "wizard-confirm-lead", "wizard-confirm", "bestaetigen"),
            (true, true) => ("wizard-check-title", "wizard-check-nothing", "wizard-confirm", "pruefen"),
            (true, false) => ("wizard-check-title", "wizard-check-lead", "wizard-send", "pruefen"),
        };
        let mut page = self.page(lang.t(title));
        page = if filled {
            page.back_to(self.previous(step), lang.t("wizard-back"))
        } else {
            page.back_to(self.at("start"), lang.t("wizard-back"))
        };
        if conflict {
            page = page.notice(Tone::Warning, lang.t("wizard-conflict"));
        }
        let discards = (!filled && !changes.is_empty()).then(|| lang.tn("wizard-discards", changes.len()));
        let sections = SECTIONS.iter().map(|section| {
            let code = section_code(*section);
            (self.at(code), lang.choice("section", code))
        });
        let sections = sections.chain([(self.at(PEOPLE), lang.t("wizard-people-title"))]);
        let page = CheckPage {
            page,
            position: if filled { self.position(step) } else { String::new() },
            lead: lang.t(lead),
            action: self.at(step),
            mark: view.mark,
            masked: filled && view.changes.iter().any(is_masked),
            changes: if filled { changes } else { Vec::new() },
            message: if filled { view.message } else { String::new() },
            discards,
            button: lang.t(button),
            sections: if filled { sections.collect() } else { Vec::new() },
        };
        let status = if conflict { StatusCode::CONFLICT } else { StatusCode::OK };
        Ok((status, html(&page)?).into_response())
    }

    async fn finish(&self, what: What, mark: &str) -> Result<Response, WebError> {
        match finish(self.permit, &self.state.house, self.group, what, mark).await {
            Ok(Finished::Confirmed) => Ok(Redirect::to(&self.at("bestaetigt")).into_response()),
            Ok(Finished::Waits) => Ok(Redirect::to(&self.at("eingereicht")).into_response()),
            Err(Error::Conflict) => self.check(what, true).await,
            Err(error) => Err(error.into()),
        }
    }
}
