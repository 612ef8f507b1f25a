//! What a column can hold, and how offices call it.

use serde::{Deserialize, Serialize};

use crate::table::Cell;
use crate::{dates, mails, phones, places};

macro_rules! targets {
    ($($(#[$doc:meta])* $name:ident $code:literal [$($word:literal),*];)+) => {
        /// What a column holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Target { $($(#[$doc])* $name),+ }

        impl Target {
            /// All, in the order in which a form offers them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word used in forms and translations.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// Names of such columns: small letters, words divided by one space.
            const fn names(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($word),*]),+ }
            }
        }
    };
}

targets! {
    /// The group's name.
    Name "name" ["gruppe", "gruppenname", "name der gruppe", "name", "selbsthilfegruppe", "shg", "bezeichnung", "titel"];
    /// Topics.
    Topic "topic" ["thema", "themen", "stichwort", "stichworte", "stichwörter", "schlagworte", "schlagwörter", "krankheit", "diagnose", "krankheitsbild", "anliegen"];
    /// Bereich.
    Sector "sector" ["bereich", "themenbereich", "kategorie", "rubrik"];
    /// A short description.
    Summary "summary" ["kurzbeschreibung", "beschreibung", "beschreibung der gruppe", "info", "infos", "informationen", "angebot", "text", "inhalt", "inhalte", "über uns", "selbstdarstellung"];
    /// For whom.
    Audience "audience" ["zielgruppe", "für wen", "fuer wen", "wer", "teilnehmer", "teilnehmerkreis", "personenkreis", "adressaten"];
    /// Languages.
    Language "language" ["sprache", "sprachen"];
    /// Whether it takes new members.
    AcceptsNew "accepts_new" ["aufnahme", "nimmt neue mitgl", "nimmt neue mitglieder", "neue mitglieder", "neuaufnahme", "aufnahme neuer mitglieder", "vermittlung", "vermittlungswunsch", "offen für neue", "neue willkommen", "aufnahmestatus"];
    /// Verband.
    Association "association" ["verband", "dachverband", "träger", "verein", "organisation"];
    /// Costs.
    Costs "costs" ["kosten", "beitrag", "teilnahmegebühr", "unkosten"];
    /// The year of foundation.
    Founded "founded" ["gründungsjahr", "gegründet", "gegründet am", "gründung", "gründungsdatum", "besteht seit"];
    /// When it meets.
    Meetings "meetings" ["treffen", "wann", "termin", "termine", "treffzeit", "treffzeiten", "treffen wann", "zeit", "zeiten", "uhrzeit", "turnus", "gruppentreffen", "treffrhythmus", "rhythmus"];
    /// Venue, street and town in one cell.
    Place "place" ["wo", "ort", "treffpunkt", "treffort", "treffen wo", "veranstaltungsort", "gruppenort", "ort der treffen", "ort des treffens", "tagungsort"];
    /// The house or room.
    VenueName "venue_name" ["ort raum", "raum", "räume", "einrichtung", "räumlichkeit", "räumlichkeiten", "haus", "lokal"];
    /// Street and number.
    Street "street" ["straße", "strasse", "str", "straße nr", "straße hausnummer", "straße und hausnummer"];
    /// Postal code and town.
    PostcodeTown "postcode_town" ["plz ort", "plz und ort", "plz stadt", "postleitzahl ort"];
    /// Postal code.
    Postcode "postcode" ["plz", "postleitzahl"];
    /// Town.
    Town "town" ["stadt", "gemeinde", "wohnort"];
    /// Part of town.
    District "district" ["ortsteil", "stadtteil", "stadtbezirk"];
    /// Accessibility.
    Accessibility "accessibility" ["barrierefreiheit", "barrierefrei", "rollstuhlgerecht"];
    /// A contact person: names, perhaps phones and mails in the same cell.
    Contact "contact" ["kontakt", "ansprechpartner", "ansprechpartner in", "ansprechpartnerin", "ansprechperson", "ansprechpersonen", "kontaktperson", "kontaktpersonen", "gruppenleitung", "leitung", "gruppenleiter", "gruppenleiter in", "verantwortlich", "kontakt name", "gruppensprecher", "gruppensprecher in"];
    /// A deputy, the same way.
    Deputy "deputy" ["vertretung", "stellvertretung", "stellvertreter", "stellvertreter in", "zweiter ansprechpartner", "weitere ansprechpartner"];
    /// A person's phones.
    Phone "phone" ["tel", "telefon", "telefonnummer", "telefonnr", "tel nr", "rufnummer", "mobil", "handy", "mobiltelefon", "festnetz", "fon", "telefon privat", "telefon mobil"];
    /// A person's mail addresses.
    Email "email" ["mail", "e mail", "email", "e mail adresse", "mailadresse", "email adresse", "e mailadresse"];
    /// A person's private address.
    PersonAddress "person_address" ["anschrift", "adresse", "privatadresse", "private anschrift", "postadresse", "privatanschrift", "adresse ansprechpartner"];
    /// The group's own phone.
    GroupPhone "group_phone" ["gruppentelefon", "gruppen telefon", "telefon der gruppe"];
    /// The group's own mail address.
    GroupEmail "group_email" ["gruppenmail", "gruppen e mail", "gruppen mail", "e mail der gruppe", "mail der gruppe"];
    /// Web address.
    Website "website" ["internet", "website", "webseite", "homepage", "web", "url", "internetseite", "www", "link"];
    /// What may be published, in the list's words.
    Wish "wish" ["öffentlich", "veröffentlichen", "veröffentlichung", "darf veröffentlicht werden", "freigabe", "publizieren", "internet ja nein", "im internet", "einwilligung", "datenfreigabe"];
    /// When the group last answered.
    ConfirmedOn "confirmed_on" ["letzte rückmeldung", "rückmeldung", "zuletzt bestätigt", "zuletzt bestätigt am", "aktualisiert", "aktualisiert am", "letzte aktualisierung", "stand", "letzter kontakt", "geprüft am", "datenabgleich"];
    /// Where the group stands.
    Status "status" ["status", "zustand", "aktiv"];
    /// Members.
    Size "size" ["gruppengröße", "mitglieder", "mitgliederzahl", "teilnehmerzahl", "anzahl mitglieder", "größe"];
    /// Free places.
    FreePlaces "free_places" ["freie plätze"];
    /// Förderkategorie.
    Funding "funding" ["förderung", "förderkategorie", "förderstatus"];
    /// Bank account.
    BankAccount "bank_account" ["bankverbindung", "iban", "konto", "kontoverbindung"];
    /// Anything else: kept in the internal notes.
    Note "note" ["bemerkung", "bemerkungen", "notiz", "notizen", "anmerkung", "anmerkungen", "intern", "bemerkung intern", "interne notiz", "hinweis", "hinweise", "kommentar", "nr", "lfd nr", "id", "sonstiges", "seit"];
}

impl Target {
    /// Reads [`Target::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|target| target.code() == code)
    }

    /// What a column of this name holds, if the name says it.
    pub fn by_name(header: &str) -> Option<Self> {
        let words: Vec<String> =
            crate::words::words(header).into_iter().filter(|word| !word.bytes().all(|b| b.is_ascii_digit())).collect();
        let name = words.join(" ");
        if name.is_empty() {
            return None;
        }
        Self::ALL.iter().copied().find(|target| target.names().contains(&name.as_str())).or_else(|| by_part(&words))
    }

    /// What a column holds, judged by its cells: most of them must look alike.
    pub fn by_content(cells: &[&Cell]) -> Option<Self> {
        let filled: Vec<&&Cell> = cells.iter().filter(|cell| !cell.is_blank()).collect();
        if filled.len() < 2 {
            return None;
        }
        let most =
            |test: &dyn Fn(&Cell) -> bool| filled.iter().filter(|cell| test(cell)).count() * 10 >= filled.len() * 6;
        let alone = |text: &str| {
            let found = phones::find(text, phones::Among::AnyText);
            !found.phones.is_empty() && found.rest.is_empty()
        };
        if most(&|cell| mails::find(&cell.text).rest.is_empty() && cell.text.contains(['@', '('])) {
            return Some(Self::Email);
        }
        if most(&|cell| cell.text.starts_with("http") || cell.text.starts_with("www.")) {
            return Some(Self::Website);
        }
        if most(&|cell| cell.date.is_some() || dates::read(&cell.text).is_some()) {
            return Some(Self::ConfirmedOn);
        }
        if most(&|cell| alone(&cell.text)) {
            return Some(Self::Phone);
        }
        if most(&|cell| !phones::find(&cell.text, phones::Among::AnyText).phones.is_empty()) {
            return Some(Self::Contact);
        }
        if filled.iter().filter(|cell| domain::Schedule::parse_german(&cell.text).is_structured()).count() * 3
            >= filled.len()
        {
            return Some(Self::Meetings);
        }
        if most(&|cell| places::postcode(&cell.text).is_some() && cell.text.contains(',')) {
            return Some(Self::Place);
        }
        if most(&|cell| places::postcode(&cell.text).is_some_and(|(at, code)| at == 0 && code != cell.text)) {
            return Some(Self::PostcodeTown);
        }
        if most(&|cell| places::is_street(&cell.text)) {
            return Some(Self::Street);
        }
        None
    }
}

/// Longer names by a telling word: "Ansprechpartner/in der Gruppe", "E-Mail-Adresse (privat)".
fn by_part(words: &[String]) -> Option<Target> {
    let has = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    let group = has(&["gruppen"]);
    [
        (has(&["veröffentlich", "freigabe", "einwillig", "öffentlich"]), Target::Wish),
        (has(&["rückmeldung", "aktualisier", "bestätigt"]), Target::ConfirmedOn),
        (has(&["vertret", "stellvertret"]), Target::Deputy),
        (has(&["bemerkung", "notiz", "intern", "anmerkung"]), Target::Note),
        (has(&["ansprechpartner", "ansprechperson", "kontaktperson"]), Target::Contact),
        (has(&["mail", "email"]) && group, Target::GroupEmail),
        (has(&["mail", "email"]), Target::Email),
        (has(&["telefon", "tel", "handy", "mobil"]) && group, Target::GroupPhone),
        (has(&["telefon", "tel", "handy", "mobil"]), Target::Phone),
        (has(&["homepage", "internetseite", "website", "webseite"]), Target::Website),
        (has(&["beschreibung"]), Target::Summary),
        (has(&["zielgruppe"]), Target::Audience),
        (has(&["gruppenname"]), Target::Name),
        (has(&["treffpunkt", "treffort", "veranstaltungsort"]), Target::Place),
    ]
    .into_iter()
    .find_map(|(holds, target)| holds.then_some(target))
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn usual_names_are_known() {
        for (name, target) in [
            ("Gruppe", Target::Name),
            ("Stichworte", Target::Topic),
            ("für wen", Target::Audience),
            ("Ort / Raum", Target::VenueName),
            ("PLZ Ort", Target::PostcodeTown),
            ("Ansprechpartner/in", Target::Contact),
            ("Tel.", Target::Phone),
            ("Tel. 2", Target::Phone),
            ("E-Mail", Target::Email),
            ("öffentlich?", Target::Wish),
            ("nimmt neue Mitgl.", Target::AcceptsNew),
            ("letzte Rückmeldung", Target::ConfirmedOn),
            ("Bemerkung (intern)", Target::Note),
            ("E-Mail-Adresse (privat)", Target::Email),
            ("Gruppen-E-Mail", Target::GroupEmail),
            ("Wo", Target::Place),
        ] {
            assert_eq!(Target::by_name(name), Some(target), "{name}");
        }
        assert_eq!(Target::by_name("Schuhgröße des Hundes"), None);
    }

    #[test]
    fn no_name_means_two_things_and_codes_read_back() {
        let mut seen = std::collections::HashMap::new();
        for target in Target::ALL {
            assert_eq!(Target::from_code(target.code()), Some(*target));
            for name in target.names() {
                assert_eq!(seen.insert(*name, *target), None, "{name}");
                assert_eq!(crate::words::words(name).join(" "), *name);
            }
        }
    }
}
