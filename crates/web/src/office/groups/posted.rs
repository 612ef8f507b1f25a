//! A form as it was sent, and the rows in it.

use axum::extract::{Form, FromRequest, Request};
use domain::catalogue::{Catalogue, Kind};
use domain::schedule::{Nth, RhythmChoice, RuleInput, Weekday};
use domain::{Field, Light, Venue};
use usecases::groups::{Entry, Typed};

use crate::{WebError, WebState};

/// Rows of one field that are read at most, and rules of one schedule.
const MOST: usize = 200;

/// Names and values, in the order they were sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Posted(Vec<(String, String)>);

impl FromRequest<WebState> for Posted {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, WebError> {
        match Form::<Vec<(String, String)>>::from_request(request, state).await {
            Ok(Form(pairs)) => Ok(Self(pairs)),
            Err(rejection) if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
                Err(WebError::TooLarge)
            }
            Err(_) => Err(WebError::BadRequest("error-form")),
        }
    }
}

impl Posted {
    /// A form as if it had been sent.
    pub(crate) const fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// All names and values, as they were sent.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The value of a name, empty if it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// All values of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn has_row(&self, key: &str) -> bool {
        self.0
            .iter()
            .any(|(name, _)| name.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
    }

    /// The field for which another row is wanted instead of saving.
    pub(crate) fn more(&self) -> Option<Field> {
        Field::from_code(self.get("mehr"))
    }

    /// All rows of these fields.
    pub(crate) fn entries(&self, catalogue: &Catalogue, fields: &[Field]) -> Vec<Entry> {
        let mut entries = Vec::new();
        for field in fields {
            let Some(def) = catalogue.def(*field) else { continue };
            let keys = (0..MOST).map(|number| format!("{}-{number}", field.code()));
            entries.extend(keys.filter(|key| self.has_row(key)).map(|key| Entry {
                item: self.get(&format!("{key}-id")).parse().ok(),
                field: *field,
                light: Light::from_code(self.get(&format!("{key}-light"))),
                typed: self.typed(&def.kind, &key),
                key,
            }));
        }
        entries
    }

    fn typed(&self, kind: &Kind, key: &str) -> Typed {
        let part = |part: &str| self.get(&format!("{key}-{part}")).to_owned();
        let main = self.get(key).to_owned();
        match kind {
            Kind::Phone => Typed::Phone { number: main, remark: part("remark") },
            Kind::Venue => Typed::Venue(Venue {
                name: main,
                street: part("street"),
                postcode: part("postcode"),
                town: part("town"),
                district: part("district"),
            }),
            Kind::Meetings => Typed::Meetings {
                text: main,
                remark: part("remark"),
                exceptions: part("exceptions"),
                rules: (0..MOST)
                    .map(|number| format!("{key}-r{number}"))
                    .take_while(|rule| self.has_row(rule))
                    .filter_map(|rule| self.rule(&rule))
                    .collect(),
            },
            _ => Typed::Plain(main),
        }
    }

    fn rule(&self, key: &str) -> Option<RuleInput> {
        let part = |part: &str| self.get(&format!("{key}-{part}")).trim().to_owned();
        let rhythm = RhythmChoice::from_code(&part("rhythm"))?;
        let monthly = rhythm == RhythmChoice::MonthlyNth;
        let interval = rhythm == RhythmChoice::EveryNWeeks;
        let named = format!("{key}-weekday");
        let weekdays = self.all(&named).filter_map(Weekday::from_code).collect();
        let named = format!("{key}-nth");
        let nths = self.all(&named).filter_map(Nth::from_code).filter(|_| monthly).collect();
        let named = format!("{key}-month");
        let months = self.all(&named).filter_map(|month| month.parse().ok()).filter(|_| monthly).collect();
        Some(RuleInput {
            rhythm,
            weekdays,
            nths,
            months,
            // What the chosen rhythm does not use counts as not filled in.
            weeks: if interval { part("weeks").parse().unwrap_or_default() } else { 2 },
            anchor: if interval { part("anchor") } else { String::new() },
            start: part("start"),
            end: part("end"),
        })
    }
}
