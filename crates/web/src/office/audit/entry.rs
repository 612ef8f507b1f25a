//! An entry of the log in words.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use usecases::audit::{ActorName, Line, ObjectName};

use crate::Lang;

/// The moment in Germany.
pub(super) fn local(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC))
}

/// Who did it.
pub(super) fn actor(lang: Lang, actor: &ActorName) -> String {
    match actor {
        ActorName::User(name) => name.clone(),
        ActorName::Gone(id) => lang.t1("audit-who-gone", "id", id.chars().take(8).collect::<String>()),
        ActorName::Anonymous => lang.t("audit-who-anonymous").to_owned(),
        ActorName::System => lang.t("audit-who-system").to_owned(),
        ActorName::Operator => lang.t("audit-who-operator").to_owned(),
    }
}

/// What was done, in a sentence; an act that has no sentence yet stands as it is kept.
pub(super) fn sentence(lang: Lang, action: &str) -> String {
    let key = format!("audit-act-{}", action.replace(['.', '_'], "-"));
    let known = key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if known && lang.has(&key) { lang.t(&key).to_owned() } else { action.to_owned() }
}

/// On what.
pub(super) fn object(object: &ObjectName) -> String {
    match object {
        ObjectName::None => String::new(),
        ObjectName::Group(_, name) | ObjectName::User(name) => name.clone(),
        ObjectName::Other(id) => id.clone(),
    }
}

/// An entry as a line of the page.
pub(super) struct Shown {
    pub(super) seq: i64,
    pub(super) time: String,
    pub(super) moment: String,
    pub(super) who: String,
    pub(super) what: String,
    pub(super) object: String,
    /// Where the object is, if it has a page.
    pub(super) href: String,
    /// For "only entries about this".
    pub(super) object_id: String,
    pub(super) named: bool,
    pub(super) summary: String,
    pub(super) items: String,
}

impl Shown {
    pub(super) fn of(lang: Lang, line: &Line) -> Self {
        let Line { seq, at, actor: who, action, object: on, object_id, summary, items } = line;
        let at = local(*at);
        Self {
            seq: *seq,
            time: at.strftime("%H:%M:%S").to_string(),
            moment: at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            who: actor(lang, who),
            what: sentence(lang, action),
            object: object(on),
            href: match on {
                ObjectName::Group(id, _) => format!("/office/gruppen/{id}"),
                _ => String::new(),
            },
            object_id: object_id.clone(),
            named: !matches!(on, ObjectName::Other(_)),
            summary: summary.clone(),
            items: if *items == 0 { String::new() } else { lang.tn("audit-items", *items) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;
    use crate::Lang;

    #[test]
    fn an_unknown_act_stands_as_it_is_kept() {
        for lang in Lang::ALL {
            assert_eq!(sentence(lang, "moon.landed"), "moon.landed");
            assert_ne!(sentence(lang, "office.published"), "office.published");
        }
    }
}
