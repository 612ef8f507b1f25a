//! A page that asks for a mail address, to which a link may be sent; which, its texts say.

use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;
use usecases::Problem;

use super::private;
use crate::form::{Control, FormField, FormPage, problem};
use crate::visit::SiteVisit;
use crate::{WebError, WebState};

/// What such a page sends.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    pub(super) email: String,
}

/// Such a page, by the keys of its texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct AskMail {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
}

impl AskMail {
    /// As it is shown first, or after it was sent.
    pub(super) fn shown(self, visit: &SiteVisit, said: Option<&str>) -> Result<Response, WebError> {
        self.form(visit, "", &[], said).answer().map(private)
    }

    /// With what is wrong.
    pub(super) fn wrong(self, visit: &SiteVisit, email: &str, problems: &[Problem]) -> Result<Response, WebError> {
        self.form(visit, email, problems, None).answer().map(private)
    }

    /// Asked for too often.
    pub(super) fn waits(
        self,
        state: &WebState,
        visit: &SiteVisit,
        email: &str,
        until: Timestamp,
    ) -> Result<Response, WebError> {
        self.form(visit, email, &[], None).waits(until, state.clock.now()).answer().map(private)
    }

    fn form(self, visit: &SiteVisit, email: &str, problems: &[Problem], said: Option<&str>) -> FormPage {
        let lang = visit.lang;
        let page = visit.page(lang.t(self.title)).back_to("/login", lang.t("login-title"));
        let mut page = page.flash(said);
        page.indexed = false;
        let field = FormField::new("email", lang.t("field-email"))
            .control(Control::Input("email"))
            .autocomplete("username")
            .value(email)
            .error(problem(lang, problems, "email"));
        FormPage::new(page, lang.t(self.lead), vec![field], lang.t("mail-link-ask"))
    }
}
