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
        ActorName::Link => lang.t("audit-who-link").to_owned(),
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

/// A remark in words. Remarks are written in code words (fields, lights, states) and never hold a value; a phrase or
/// word without translation stands as it is kept, and so does a name, which stands in quotation marks.
pub(super) fn remark(lang: Lang, summary: &str) -> String {
    if let Some(text) = phrase(lang, summary) {
        return text;
    }
    let mut parts = Vec::new();
    let mut rest = summary;
    while let Some((before, named)) = rest.split_once('„') {
        let (name, after) = named.split_once('“').unwrap_or((named, ""));
        parts.push(phrases(lang, before));
        parts.push(format!("„{name}“"));
        rest = after;
    }
    parts.push(phrases(lang, rest));
    parts.concat()
}

fn phrases(lang: Lang, text: &str) -> String {
    text.split(", ").map(|part| phrase(lang, part).unwrap_or_else(|| words(lang, part))).collect::<Vec<_>>().join(", ")
}

/// Words that mean something only together, perhaps after a number: `link by mail`, `3 logins ended`.
fn phrase(lang: Lang, text: &str) -> Option<String> {
    let (count, rest) = match text.split_once(' ') {
        Some((number, rest)) => number.parse().map_or((None, text), |count: usize| (Some(count), rest)),
        None => (None, text),
    };
    let plain = |c: char| c.is_ascii_lowercase() || matches!(c, ' ' | ',' | ':' | '-');
    if rest.is_empty() || !rest.chars().all(plain) {
        return None;
    }
    let words: Vec<&str> = rest.split([' ', ',', ':']).filter(|word| !word.is_empty()).collect();
    let key = format!("audit-phrase-{}", words.join("-"));
    match count {
        Some(count) => lang.known_count(&format!("{key}-count"), count),
        None => lang.has(&key).then(|| lang.t(&key).to_owned()),
    }
}

fn words(lang: Lang, text: &str) -> String {
    let word = |text: &str| {
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
        let plain = |b: u8| b.is_ascii_lowercase() || b == b'_' || b == b'-';
        if bare.is_empty() || !bare.bytes().all(plain) {
            return text.to_owned();
        }
        let code = bare.replace('_', "-");
        let key = ["audit-word", "role", "right", "field", "light", "status", "visibility", "sector"]
            .map(|prefix| format!("{prefix}-{code}"));
        match key.iter().find(|key| lang.has(key)) {
            Some(key) => text.replace(bare, lang.t(key)),
            None => text.to_owned(),
        }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
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
        let oneself = matches!((who, on), (ActorName::User(who), ObjectName::User(on)) if who == on);
        Self {
            seq: *seq,
            time: at.strftime("%H:%M:%S").to_string(),
            moment: at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            who: actor(lang, who),
            what: sentence(lang, action),
            // The remark says which role it was: it may be gone, or be called otherwise now.
            object: if oneself || action.starts_with("roles.") { String::new() } else { object(on) },
            href: match on {
                ObjectName::Group(id, _) => format!("/office/gruppen/{id}"),
                _ => String::new(),
            },
            object_id: object_id.clone(),
            named: !matches!(on, ObjectName::Other(_)),
            summary: remark(lang, summary),
            items: if *items == 0 { String::new() } else { lang.tn("audit-items", *items) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{remark, sentence};
    use crate::Lang;

    #[test]
    fn remarks_are_put_into_words() {
        assert_eq!(remark(Lang::De, "setup → trial, 3 groups"), "In Vorbereitung → Probebetrieb, 3 Gruppen");
        assert_eq!(remark(Lang::De, "second factor"), "zweiter Faktor");
        assert_eq!(remark(Lang::De, "xyzzy 2026-11-01"), "xyzzy 2026-11-01");
        for (kept, shown) in [
            ("link by mail, new browser", "mit einem Link aus einer E-Mail, neuer Browser"),
            ("by the link in the mail", "über den Link in der E-Mail"),
            ("by link", "über einen Link"),
            ("group_phone, person_phone by link", "Gruppen-Telefon, Telefon über Link"),
            ("yes by contact", "ja, über den Link"),
            ("off", "nein"),
            ("disclosure", "Weitergabe"),
            ("„Seit“ red", "„Seit“ nur intern"),
            ("link in another browser", "Link in einem anderen Browser geöffnet"),
            ("treffen, 1 closed at once", "Treffen, 1 Angabe sofort geschlossen"),
            ("request", "Änderungsvorschlag"),
            ("1 logins ended", "1 Anmeldung beendet"),
            ("staff → „Sucht am Ort“", "Mitarbeit → „Sucht am Ort“"),
            ("„Ehrenamt“: log, only addiction „Grünau“", "„Ehrenamt“: Das Protokoll lesen, nur für Sucht „Grünau“"),
            ("last group, 2 logins ended", "letzte Gruppe, 2 Anmeldungen beendet"),
            (
                "„on mail“: groups-see, log",
                "„on mail“: Alle Gruppen mit allen Angaben und Notizen sehen, Das Protokoll lesen",
            ),
        ] {
            assert_eq!(remark(Lang::De, kept), shown);
        }
    }

    #[test]
    fn an_unknown_act_stands_as_it_is_kept() {
        for lang in Lang::ALL {
            assert_eq!(sentence(lang, "moon.landed"), "moon.landed");
            assert_ne!(sentence(lang, "office.published"), "office.published");
        }
    }
}
