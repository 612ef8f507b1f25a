//! The filter of the log as it stands in the address.

use domain::UserId;
use serde::Deserialize;
use usecases::account::Colleague;
use usecases::audit::{Filter, TOPICS, Who};

use crate::Lang;
use crate::form::Choice;

/// The filter as typed; what makes no sense filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    pub(super) thema: String,
    pub(super) wer: String,
    pub(super) objekt: String,
    pub(super) von: String,
    pub(super) bis: String,
    pub(super) vor: String,
}

fn who(code: &str) -> Option<Who> {
    match code {
        "anonymous" => Some(Who::Anonymous),
        "system" => Some(Who::System),
        "operator" => Some(Who::Operator),
        user => user.parse::<UserId>().ok().map(Who::User),
    }
}

impl Sent {
    pub(super) fn filter(&self) -> Filter {
        let (from, until) = (self.von.parse().ok(), self.bis.parse().ok());
        // The wrong way round the two days mean the same.
        let (from, until) =
            if from.is_some() && until.is_some() && from > until { (until, from) } else { (from, until) };
        Filter {
            topic: TOPICS.iter().find(|(code, _)| *code == self.thema).map(|(code, _)| (*code).to_owned()),
            who: who(&self.wer),
            object: Some(self.objekt.trim().to_owned()).filter(|object| !object.is_empty() && object.len() <= 100),
            from,
            until,
            before: self.vor.parse().ok(),
        }
    }

    /// Whether anything is filtered.
    pub(super) fn is_set(&self) -> bool {
        let Filter { topic, who, object, from, until, before: _ } = self.filter();
        topic.is_some() || who.is_some() || object.is_some() || from.is_some() || until.is_some()
    }

    /// The same filter as the query of an address, from another entry on.
    pub(super) fn query(&self, before: Option<i64>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let Self { thema, wer, objekt, von, bis, vor: _ } = self;
        for (name, value) in [("thema", thema), ("wer", wer), ("objekt", objekt), ("von", von), ("bis", bis)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if let Some(before) = before {
            query.append_pair("vor", &before.to_string());
        }
        query.finish()
    }

    pub(super) fn topics(&self, lang: Lang) -> Vec<Choice> {
        let all = std::iter::once(Choice::new("", lang.t("audit-topic-all"), &self.thema));
        all.chain(TOPICS.iter().map(|(code, _)| Choice::new(*code, lang.choice("audit-topic", code), &self.thema)))
            .collect()
    }

    pub(super) fn people(&self, lang: Lang, people: &[Colleague]) -> Vec<Choice> {
        let all = std::iter::once(Choice::new("", lang.t("audit-who-all"), &self.wer));
        let people = people.iter().map(|person| Choice::new(person.id.to_string(), person.name.clone(), &self.wer));
        let others = ["anonymous", "system", "operator"];
        let others = others.map(|code| Choice::new(code, lang.choice("audit-who", code), &self.wer));
        all.chain(people).chain(others).collect()
    }
}

#[cfg(test)]
mod tests {
    use usecases::audit::Filter;

    use super::Sent;

    #[test]
    fn nonsense_filters_nothing() {
        let sent = Sent {
            thema: "%".to_owned(),
            wer: "niemand".to_owned(),
            von: "gestern".to_owned(),
            vor: "-".to_owned(),
            ..Sent::default()
        };
        assert_eq!(sent.filter(), Filter::default());
        assert!(!sent.is_set());
    }

    #[test]
    fn two_days_the_wrong_way_round_mean_the_same() {
        let sent = |von: &str, bis: &str| Sent { von: von.to_owned(), bis: bis.to_owned(), ..Sent::default() }.filter();
        assert_eq!(sent("2026-11-09", "2026-11-01"), sent("2026-11-01", "2026-11-09"));
        assert!(sent("2026-11-09", "").until.is_none());
    }

    #[test]
    fn the_next_page_keeps_the_filter() {
        let sent =
            Sent { thema: "groups".to_owned(), von: "2026-11-01".to_owned(), vor: "90".to_owned(), ..Sent::default() };
        assert_eq!(sent.query(Some(40)), "thema=groups&von=2026-11-01&vor=40");
        assert!(sent.is_set());
    }
}
