//! One valid request for every route of the house.
//!
//! [`REQUESTS`] says for each route that has parameters or takes a form what to put there. Whoever adds a route adds its line; a route
//! that needs one and has none fails the tests that walk over all routes.

mod objects;
mod scene;

use reqwest::Method;
use web::RouteEntry;

pub use objects::{fresh_group, group_link, invitation_to, lose_factor, passed_on, support_of, yellow_group};
pub use scene::{Scene, Sender, Whose};

/// What a parameter names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Param {
    /// A public group, by its slug.
    Slug,
    /// A group.
    Group,
    /// A person of that group.
    Person,
    /// An item of that person.
    Item,
    /// A receipt of that person's consent that has a scan.
    Paper,
    /// An uploaded list whose columns are still to be checked.
    Import,
    /// A link to make an account.
    Invitation,
    /// Someone who works in the office.
    User,
    /// Someone of the office whose access was ended.
    LockedOut,
    /// An invitation nobody has used yet, by its id.
    Invited,
    /// The proposal of a group admin's successor.
    Proposal,
    /// A group that is always the same one, with a proposal of who takes it over.
    OwnGroup,
    /// The same, with changes of the one who asks that wait.
    Changed,
    /// The same, active again afterwards.
    Paused,
    /// A contact person of that group.
    OwnPerson,
    /// An item of that person.
    OwnItem,
    /// What the old list said about a consent in this group, which is named before.
    Remark,
    /// What a group admin asks to be different.
    Request,
    /// The admin of a group.
    Admin,
    /// A role the office made.
    Role,
    /// A login of the one who asks.
    Login,
    /// A second factor of the one who asks, who has another one.
    Factor,
    /// Someone whose second factor is said to be lost.
    Loser,
    /// A link to stop that a second factor is taken away.
    KeepFactor,
    /// A link to a new password.
    NewPassword,
    /// A link at the old address of an account whose address is to change.
    OldEmail,
    /// A link to log in with, asked for by the browser that uses it.
    LogInLink,
    /// A link to confirm a sign-up.
    SignUp,
    /// A provider of single sign-on.
    Provider,
    /// One that the one who asks is connected with.
    Connected,
    /// A support grant in force.
    Grant,
    /// An alert nobody has ticked off.
    Alert,
    /// A campaign of the reconciliation.
    Campaign,
    /// A field the office made itself, of which nobody has a draft.
    OwnField,
    /// A group with one yellow item.
    Yellow,
    /// Something to be passed on, about which the group was asked.
    Asked,
    /// The same, to which the group agreed.
    Agreed,
    /// The same, of which a link is out that nobody opened.
    LinkOut,
    /// A link to something that was passed on, in the browser that looked at its notice.
    PassedOn,
    /// A link by which a group answers whether something is passed on.
    Question,
    /// The link by which a suggested group is confirmed.
    SuggestedLink,
    /// A suggested group that waits for the office.
    Suggested,
    /// One that the office accepted, and whose sender can be invited.
    SuggestedAccepted,
    /// The link by which support comes in.
    Door,
    /// No object of an office: this word.
    Word(&'static str),
}

impl Param {
    /// Whether it names something that belongs to one office.
    pub fn is_object(self) -> bool {
        !matches!(self, Self::Word(_) | Self::SignUp)
    }
}

/// What a form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing; also for GET.
    Nothing,
    /// These fields.
    Fields(&'static [(&'static str, &'static str)]),
    /// The form shown at this path (the route's own if empty), filled in as it is, with these fields instead.
    Shown(&'static str, &'static [(&'static str, &'static str)]),
    /// A file in a multipart form, with these fields beside it: name of the field, name of the file, content.
    File(&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]),
    /// Mail address and password of someone of the office.
    Login,
    /// The code that the app of the one who asks shows now.
    Code,
    /// The code of the app that this page shows to the one who asks, and a name for it.
    ShownApp(&'static str),
    /// The answer to what this page asks of a passkey of the one who asks; before the door, of someone of the office.
    UsePasskey(&'static str),
    /// A new passkey, as this page asks for it.
    NewPasskey(&'static str),
    /// The end of a recovery sheet that was just made.
    SheetEnding,
    /// A recovery code of the one who asks.
    Recovery,
    /// A known person, to be added to a group.
    KnownPerson,
    /// What stands in the personal link of a fresh group.
    GroupLink,
    /// A campaign to a fresh group that was never sent.
    Campaign,
    /// An office that was never there.
    SignUp,
    /// A group nobody suggested before.
    Suggestion,
    /// Someone who was never invited.
    Invite,
    /// A role that was never there.
    NewRole,
    /// A provider of single sign-on that was never there.
    NewProvider,
    /// A look for someone of the operator's who was never there.
    Support,
    /// The code of a link to the consents of a contact person, with an answer that withdraws.
    ConsentCode,
    /// The form shown at the route's own path, if the one who asks is shown one, with these fields instead.
    Seen(&'static [(&'static str, &'static str)]),
    /// The form of the section, as the one who asks is shown it: kept, not sent.
    Kept,
    /// A change of the light policy that the one who asks has prepared, as this page shows it.
    Policy(&'static str),
}

/// Method, path, parameters in their order, body.
pub type Line = (&'static str, &'static str, &'static [Param], Body);

use Body::{Code, Fields, File, KnownPerson, Login, Nothing, Recovery, Seen, Shown};
use Param::{Group as G, Import as I, Invitation, Item as T, Person as P, SignUp, Slug as S, Word};

pub(super) const WITHDRAW_OWN: &str = "/meine-gruppen/{id}/personen/{person}/widerruf/{item}";

/// Every route that needs more than its path.
pub const REQUESTS: &[Line] = &[
    ("GET", "/assets/{name}", &[Word("app.css")], Nothing),
    ("GET", "/sprache/{lang}", &[Word("en")], Nothing),
    // The public site.
    ("GET", "/gruppen/{slug}", &[S], Nothing),
    ("GET", "/gruppen/{slug}/kontakt", &[S], Nothing),
    ("POST", "/gruppen/{slug}/kontakt", &[S], Nothing),
    ("GET", "/gruppen/{slug}/termine.ics", &[S], Nothing),
    ("GET", "/weitergabe/{token}", &[Param::PassedOn], Nothing),
    ("POST", "/weitergabe/{token}", &[Param::PassedOn], Nothing),
    ("GET", "/weitergabe-frage/{token}", &[Param::Question], Nothing),
    ("POST", "/weitergabe-frage/{token}", &[Param::Question], Fields(&[("antwort", "yes")])),
    ("POST", "/gruppe-melden", &[], Body::Suggestion),
    ("GET", "/gruppe-melden/{token}", &[Param::SuggestedLink], Nothing),
    ("POST", "/gruppe-melden/{token}", &[Param::SuggestedLink], Nothing),
    // The way in.
    ("POST", "/login", &[], Login),
    ("POST", "/login/code", &[], Code),
    ("POST", "/login/notfallcode", &[], Recovery),
    ("POST", "/login/code/passkey", &[], Body::UsePasskey("/login/code")),
    ("POST", "/login/passkey", &[], Nothing),
    ("POST", "/login/passkey/antwort", &[], Body::UsePasskey("/login/passkey")),
    ("POST", "/login/einrichten", &[], Body::ShownApp("/login/einrichten")),
    ("POST", "/login/einrichten/passkey", &[], Body::NewPasskey("/login/einrichten")),
    ("POST", "/login/link", &[], Body::Invite),
    ("POST", "/login/passwort", &[], Body::Invite),
    ("GET", "/login/link/{token}", &[Param::LogInLink], Nothing),
    ("POST", "/login/link/{token}", &[Param::LogInLink], Nothing),
    ("GET", "/faktor-verlust/{token}", &[Param::KeepFactor], Nothing),
    ("POST", "/faktor-verlust/{token}", &[Param::KeepFactor], Nothing),
    ("GET", "/neues-passwort/{token}", &[Param::NewPassword], Nothing),
    ("POST", "/neues-passwort/{token}", &[Param::NewPassword], Fields(&[("password", "regenbogen-suppe-laterne")])),
    ("GET", "/email/{token}", &[Param::OldEmail], Nothing),
    ("POST", "/email/{token}", &[Param::OldEmail], Nothing),
    ("POST", "/email/{token}/stoppen", &[Param::OldEmail], Nothing),
    ("POST", "/abmelden", &[], Nothing),
    ("GET", "/einladung/{token}", &[Invitation], Nothing),
    (
        "POST",
        "/einladung/{token}",
        &[Invitation],
        Fields(&[("name", "Kim Muster"), ("password", "regenbogen-suppe-laterne")]),
    ),
    // The platform.
    ("POST", "/anmelden", &[], Body::SignUp),
    ("GET", "/anmelden/bestaetigen/{token}", &[SignUp], Nothing),
    ("POST", "/anmelden/bestaetigen/{token}", &[SignUp], Nothing),
    // One's own account.
    ("POST", "/konto", &[], Fields(&[("name", "Kim Muster")])),
    ("POST", "/konto/anmeldungen/{id}/beenden", &[Param::Login], Nothing),
    ("POST", "/konto/anmeldungen/beenden", &[], Nothing),
    (
        "POST",
        "/konto/passwort",
        &[],
        Fields(&[("present", testkit::PASSWORD), ("password", "regenbogen-suppe-laterne")]),
    ),
    ("POST", "/konto/notfallcodes", &[], Nothing),
    ("POST", "/konto/email", &[], Fields(&[("email", "ganz-neu@anders.example")])),
    ("POST", "/konto/email/zuruecknehmen", &[], Nothing),
    ("POST", "/konto/faktor-verlust/stoppen", &[], Nothing),
    ("POST", "/konto/faktoren/app", &[], Body::ShownApp("/konto/faktoren/app")),
    ("POST", "/konto/faktoren/passkey", &[], Body::NewPasskey("/konto/faktoren/passkey")),
    ("GET", "/konto/faktoren/{id}", &[Param::Factor], Nothing),
    ("POST", "/konto/faktoren/{id}", &[Param::Factor], Fields(&[("name", "Diensthandy")])),
    ("GET", "/konto/faktoren/{id}/entfernen", &[Param::Factor], Nothing),
    ("POST", "/konto/faktoren/{id}/entfernen", &[Param::Factor], Nothing),
    ("POST", "/bestaetigen", &[], Code),
    // Single sign-on. Nobody is at the provider's door: every answer is a page that says so.
    ("POST", "/login/sso/{provider}", &[Param::Provider], Nothing),
    ("POST", "/einladung/{token}/sso/{provider}", &[Invitation, Param::Provider], Nothing),
    ("GET", "/login/sso/{provider}/zurueck", &[Param::Provider], Nothing),
    ("GET", "/login/sso/{provider}/hinweis", &[Param::Provider], Nothing),
    ("GET", "/login/sso/{provider}/abgemeldet", &[Param::Provider], Nothing),
    ("GET", "/konto/sso/{provider}/verbinden", &[Param::Provider], Nothing),
    ("POST", "/konto/sso/{provider}/verbinden", &[Param::Provider], Nothing),
    ("GET", "/konto/sso/{provider}/trennen", &[Param::Connected], Nothing),
    ("POST", "/konto/sso/{provider}/trennen", &[Param::Connected], Nothing),
    ("POST", "/bestaetigen/sso/{provider}", &[Param::Provider], Nothing),
    ("POST", "/office/einstellungen/anmeldung/neu", &[], Body::NewProvider),
    ("GET", "/office/einstellungen/anmeldung/{provider}", &[Param::Provider], Nothing),
    ("POST", "/office/einstellungen/anmeldung/{provider}", &[Param::Provider], Body::NewProvider),
    ("GET", "/office/einstellungen/anmeldung/{provider}/pruefen", &[Param::Provider], Nothing),
    ("GET", "/office/einstellungen/anmeldung/{provider}/entfernen", &[Param::Provider], Nothing),
    ("POST", "/office/einstellungen/anmeldung/{provider}/entfernen", &[Param::Provider], Nothing),
    ("POST", "/bestaetigen/passkey", &[], Body::UsePasskey("/bestaetigen")),
    // People and roles.
    ("POST", "/office/personen/einladen", &[], Body::Invite),
    ("POST", "/office/personen/einladungen/{id}/erneut", &[Param::Invited], Nothing),
    ("POST", "/office/personen/einladungen/{id}/zuruecknehmen", &[Param::Invited], Nothing),
    ("GET", "/office/personen/{id}", &[Param::User], Nothing),
    ("GET", "/office/personen/{id}/rolle", &[Param::User], Nothing),
    ("POST", "/office/personen/{id}/rolle", &[Param::User], Fields(&[("role", "read-only")])),
    ("GET", "/office/personen/{id}/sperren", &[Param::User], Nothing),
    ("POST", "/office/personen/{id}/sperren", &[Param::User], Nothing),
    ("GET", "/office/personen/{id}/oeffnen", &[Param::LockedOut], Nothing),
    ("POST", "/office/personen/{id}/oeffnen", &[Param::LockedOut], Nothing),
    ("GET", "/office/personen/{id}/faktor-verloren", &[Param::User], Nothing),
    ("POST", "/office/personen/{id}/faktor-verloren", &[Param::User], Nothing),
    ("POST", "/office/personen/{id}/faktor-verloren/stoppen", &[Param::Loser], Nothing),
    ("GET", "/office/personen/{id}/abmelden", &[Param::User], Nothing),
    ("POST", "/office/personen/{id}/abmelden", &[Param::User], Nothing),
    ("GET", "/office/personen/nachfolge/{id}", &[Param::Proposal], Nothing),
    ("POST", "/office/personen/nachfolge/{id}", &[Param::Proposal], Nothing),
    ("GET", "/office/personen/nachfolge/{id}/ablehnen", &[Param::Proposal], Nothing),
    ("POST", "/office/personen/nachfolge/{id}/ablehnen", &[Param::Proposal], Nothing),
    ("GET", "/office/personen/{id}/nachfolge", &[Param::Admin], Nothing),
    ("POST", "/office/personen/{id}/nachfolge", &[Param::Admin], Shown("", &[("email", "nachfolge@anders.example")])),
    ("POST", "/office/rollen/neu", &[], Body::NewRole),
    ("GET", "/office/rollen/{id}", &[Param::Role], Nothing),
    ("POST", "/office/rollen/{id}", &[Param::Role], Body::NewRole),
    ("GET", "/office/rollen/{id}/entfernen", &[Param::Role], Nothing),
    ("POST", "/office/rollen/{id}/entfernen", &[Param::Role], Nothing),
    // The operator's support.
    ("POST", "/office/unterstuetzung/erlauben", &[], Body::Support),
    ("GET", "/office/unterstuetzung/{id}/verlaengern", &[Param::Grant], Nothing),
    ("POST", "/office/unterstuetzung/{id}/verlaengern", &[Param::Grant], Fields(&[("hours", "2")])),
    ("POST", "/office/unterstuetzung/{id}/beenden", &[Param::Grant], Nothing),
    ("GET", "/unterstuetzung/{token}", &[Param::Door], Nothing),
    ("POST", "/unterstuetzung/{token}", &[Param::Door], Nothing),
    ("POST", "/office/warnungen/{id}/erledigt", &[Param::Alert], Nothing),
    // Group admins.
    ("GET", "/meine-gruppen/{id}", &[G], Nothing),
    ("GET", "/meine-gruppen/{id}/nachfolge", &[Param::OwnGroup], Nothing),
    ("POST", "/meine-gruppen/{id}/nachfolge", &[Param::OwnGroup], Fields(&[("email", "nachfolge@anders.example")])),
    ("POST", "/meine-gruppen/{id}/nachfolge/zuruecknehmen", &[Param::OwnGroup], Nothing),
    ("GET", "/meine-gruppen/{id}/bearbeiten/{section}", &[Param::OwnGroup, Word("gruppe")], Nothing),
    (
        "POST",
        "/meine-gruppen/{id}/bearbeiten/{section}",
        &[Param::OwnGroup, Word("gruppe")],
        Seen(&[("founded-0", "1999"), ("founded-0-light", "green")]),
    ),
    ("POST", "/meine-gruppen/{id}/zuerst-fragen", &[Param::OwnGroup], Fields(&[("fragen", "ja")])),
    ("POST", "/meine-gruppen/{id}/zuruecknehmen", &[Param::Changed], Nothing),
    ("POST", "/meine-gruppen/{id}/nachricht", &[Param::Changed], Fields(&[("comment", "Gern am Abend.")])),
    ("POST", "/meine-gruppen/{id}/entwurf/{section}", &[Param::OwnGroup, Word("gruppe")], Body::Kept),
    ("POST", "/meine-gruppen/{id}/entwurf/{section}/verwerfen", &[Param::OwnGroup, Word("gruppe")], Nothing),
    ("GET", "/meine-gruppen/{id}/pause", &[Param::OwnGroup], Nothing),
    ("POST", "/meine-gruppen/{id}/pause", &[Param::Paused], Nothing),
    ("GET", "/meine-gruppen/{id}/personen/{person}", &[Param::OwnGroup, Param::OwnPerson], Nothing),
    (
        "POST",
        "/meine-gruppen/{id}/personen/{person}",
        &[Param::OwnGroup, Param::OwnPerson],
        Seen(&[("person_name-0", "Kim Anders")]),
    ),
    ("GET", WITHDRAW_OWN, &[Param::OwnGroup, Param::OwnPerson, Param::OwnItem], Nothing),
    ("POST", WITHDRAW_OWN, &[Param::OwnGroup, Param::OwnPerson, Param::OwnItem], Nothing),
    // Consents.
    ("POST", "/einwilligung", &[], Body::ConsentCode),
    ("POST", "/einwilligung/antwort", &[], Body::ConsentCode),
    ("POST", "/office/einwilligungen/{group}/erledigt/{remark}", &[G, Param::Remark], Nothing),
    ("GET", "/office/gruppen/{id}/personen/{person}/fragen", &[G, P], Nothing),
    ("POST", "/office/gruppen/{id}/personen/{person}/fragen", &[G, P], Shown("", &[])),
    ("POST", "/office/einstellungen/ampel/einwilligung", &[], Fields(&[("consent_months", "24")])),
    ("GET", "/office/pruefung/{id}", &[Param::Request], Nothing),
    (
        "POST",
        "/office/pruefung/{id}",
        &[Param::Request],
        Fields(&[("version", "1"), ("group-version", "1"), ("alles", "ja")]),
    ),
    ("POST", "/office/pruefung/{id}/bearbeitung", &[Param::Request], Fields(&[("ich", "ja")])),
    ("POST", "/office/pruefung/{id}/nachricht", &[Param::Request], Fields(&[("comment", "Bitte rufen Sie an.")])),
    ("POST", "/office/einstellungen/pruefen", &[], Fields(&[("eyes", "no"), ("reasons", "Bitte nachfragen.")])),
    ("GET", "/office/vorschlaege/{id}", &[Param::Suggested], Nothing),
    ("POST", "/office/vorschlaege/{id}/annehmen", &[Param::Suggested], Nothing),
    ("POST", "/office/vorschlaege/{id}/ablehnen", &[Param::Suggested], Fields(&[("reason", "Gibt es schon.")])),
    ("POST", "/office/vorschlaege/{id}/einladen", &[Param::SuggestedAccepted], Nothing),
    // The reconciliation. Without a personal link the steps lead to where one is brought.
    ("POST", "/abgleich", &[], Body::GroupLink),
    ("POST", "/abgleich/neuer-link", &[], Body::Invite),
    ("POST", "/abgleich/ende", &[], Nothing),
    ("GET", "/abgleich/{step}", &[Word("gruppe")], Nothing),
    ("POST", "/abgleich/{step}", &[Word("gruppe")], Nothing),
    ("GET", "/meine-gruppen/{id}/abgleich/{step}", &[Param::OwnGroup, Word("gruppe")], Nothing),
    (
        "POST",
        "/meine-gruppen/{id}/abgleich/{step}",
        &[Param::OwnGroup, Word("gruppe")],
        Seen(&[("founded-0", "1999"), ("founded-0-light", "green")]),
    ),
    ("GET", "/office/gruppen/{id}/abgleich/{step}", &[G, Word("pruefen")], Nothing),
    ("POST", "/office/gruppen/{id}/abgleich/{step}", &[G, Word("pruefen")], Seen(&[])),
    ("POST", "/office/abgleich/neu", &[], Body::Campaign),
    ("GET", "/office/abgleich/{id}", &[Param::Campaign], Nothing),
    ("POST", "/office/abgleich/{id}/briefe", &[Param::Campaign], Nothing),
    ("GET", "/office/abgleich/{id}/beenden", &[Param::Campaign], Nothing),
    ("POST", "/office/abgleich/{id}/beenden", &[Param::Campaign], Nothing),
    ("POST", "/office/abgleich/abstand", &[], Fields(&[("months", "9")])),
    ("GET", "/office/gruppen/{id}/link", &[G], Nothing),
    ("POST", "/office/gruppen/{id}/link", &[G], Nothing),
    ("POST", "/office/gruppen/{id}/link/senden", &[G], Nothing),
    ("GET", "/office/gruppen/{id}/link/zuruecknehmen", &[G], Nothing),
    ("POST", "/office/gruppen/{id}/link/zuruecknehmen", &[G], Nothing),
    ("GET", "/office/gruppen/{id}/link/abstand", &[G], Nothing),
    ("POST", "/office/gruppen/{id}/link/abstand", &[G], Fields(&[("months", "6")])),
    // Groups.
    ("POST", "/office/gruppen/neu", &[], Shown("", &[("name-0", "Neue Gruppe")])),
    ("GET", "/office/gruppen/{id}", &[G], Nothing),
    ("GET", "/office/gruppen/{id}/verlauf", &[G], Nothing),
    ("GET", "/office/gruppen/{id}/verlauf/{version}/wiederherstellen", &[G, Word("1")], Nothing),
    ("POST", "/office/gruppen/{id}/verlauf/{version}/wiederherstellen", &[G, Word("1")], Fields(&[("version", "1")])),
    ("POST", "/office/gruppen/{id}/notizen", &[G], Fields(&[("note", "Ruft zurück.")])),
    ("GET", "/office/gruppen/{id}/status/{to}", &[G, Word("paused")], Nothing),
    ("POST", "/office/gruppen/{id}/status/{to}", &[G, Word("paused")], Shown("", &[])),
    ("GET", "/office/gruppen/{id}/bearbeiten/{section}", &[G, Word("gruppe")], Nothing),
    (
        "POST",
        "/office/gruppen/{id}/bearbeiten/{section}",
        &[G, Word("gruppe")],
        Shown("", &[("summary-0", "Anders als zuvor.")]),
    ),
    ("GET", "/office/gruppen/{id}/weitergeben", &[G], Nothing),
    (
        "POST",
        "/office/gruppen/{id}/weitergeben",
        &[Param::Yellow],
        Shown("", &[("recipient", "Anruferin"), ("purpose", "Möchte kommen."), ("channel", "phone")]),
    ),
    ("POST", "/office/gruppen/{id}/angaben/{item}/kopiert", &[G, T], Nothing),
    ("POST", "/office/gruppen/{id}/zuerst-fragen", &[G], Fields(&[("fragen", "ja")])),
    ("GET", "/office/weitergaben/{id}", &[Param::Asked], Nothing),
    ("POST", "/office/weitergaben/{id}/weitergeben", &[Param::Agreed], Fields(&[("version", "1")])),
    ("POST", "/office/weitergaben/{id}/antwort", &[Param::Asked], Fields(&[("version", "1"), ("antwort", "yes")])),
    ("POST", "/office/weitergaben/{id}/link", &[Param::LinkOut], Fields(&[("version", "1")])),
    ("POST", "/office/weitergaben/{id}/zuruecknehmen", &[Param::Asked], Fields(&[("version", "1")])),
    // People.
    ("GET", "/office/gruppen/{id}/personen", &[G], Nothing),
    ("POST", "/office/gruppen/{id}/personen", &[G], KnownPerson),
    ("GET", "/office/gruppen/{id}/personen/neu", &[G], Nothing),
    ("POST", "/office/gruppen/{id}/personen/neu", &[G], Shown("", &[("person_name-0", "Kim Muster")])),
    ("GET", "/office/gruppen/{id}/personen/{person}", &[G, P], Nothing),
    ("POST", "/office/gruppen/{id}/personen/{person}", &[G, P], Shown("", &[("person_name-0", "Anders Muster")])),
    ("GET", "/office/gruppen/{id}/personen/{person}/entfernen", &[G, P], Nothing),
    ("POST", "/office/gruppen/{id}/personen/{person}/entfernen", &[G, P], Shown("", &[])),
    ("GET", "/office/gruppen/{id}/personen/{person}/loeschen", &[G, P], Nothing),
    ("POST", "/office/gruppen/{id}/personen/{person}/loeschen", &[G, P], Shown("", &[])),
    ("GET", "/office/gruppen/{id}/personen/{person}/einwilligung/{item}", &[G, P, T], Nothing),
    (
        "POST",
        "/office/gruppen/{id}/personen/{person}/einwilligung/{item}",
        &[G, P, T],
        File(
            "paper",
            "blatt.pdf",
            "%PDF-1.4 unterschrieben",
            &[("light", "yellow"), ("given_on", "2026-11-01"), ("channel", "paper")],
        ),
    ),
    ("GET", "/office/gruppen/{id}/personen/{person}/papier/{receipt}", &[G, P, Param::Paper], Nothing),
    ("GET", "/office/gruppen/{id}/personen/{person}/einwilligung/{item}/widerruf", &[G, P, T], Nothing),
    ("POST", "/office/gruppen/{id}/personen/{person}/einwilligung/{item}/widerruf", &[G, P, T], Nothing),
    // Lists.
    ("POST", "/office/import", &[], File("file", "liste.csv", LIST, &[])),
    ("GET", "/office/import/{id}/spalten", &[I], Nothing),
    ("POST", "/office/import/{id}/spalten", &[I], Shown("", &[])),
    ("GET", "/office/import/{id}/vorschau", &[I], Nothing),
    ("POST", "/office/import/{id}/vorschau", &[I], Shown("", &[])),
    ("POST", "/office/import/{id}/uebernehmen", &[I], Nothing),
    ("GET", "/office/import/{id}/bericht", &[I], Nothing),
    ("GET", "/office/import/{id}/entfernen", &[I], Nothing),
    ("POST", "/office/import/{id}/entfernen", &[I], Nothing),
    // Settings.
    ("POST", "/office/einstellungen/kontaktstelle", &[], Shown("", &[("hours", "Mo 9-12 Uhr")])),
    ("POST", "/office/einstellungen/ampel/verwerfen", &[], Nothing),
    ("POST", "/office/einstellungen/ampel/neu", &[], Shown("", &[("label_de", "Vögel"), ("label_en", "Birds")])),
    ("GET", "/office/einstellungen/ampel/feld/{feld}", &[Param::OwnField], Nothing),
    ("POST", "/office/einstellungen/ampel/feld/{feld}", &[Param::OwnField], Shown("", &[("label_de", "Katzen")])),
    ("GET", "/office/einstellungen/ampel/feld/{feld}/entfernen", &[Param::OwnField], Nothing),
    ("POST", "/office/einstellungen/ampel/feld/{feld}/zuruecknehmen", &[Param::OwnField], Nothing),
    ("POST", "/office/einstellungen/ampel/feld/{feld}/entfernen", &[Param::OwnField], Fields(&[("values", "hidden")])),
    ("POST", "/office/einstellungen/ampel/vorschau", &[], Body::Policy("/office/einstellungen/ampel/vorschau")),
    ("POST", "/office/einstellungen/ampel/lockern", &[], Body::Policy("/office/einstellungen/ampel/lockern")),
    ("GET", "/office/einstellungen/ampel/fassungen/{fassung}", &[Word("0")], Nothing),
    ("POST", "/office/einstellungen/ampel/fassungen/{fassung}", &[Word("0")], Nothing),
    ("POST", "/office/einstellungen/ampel/datei", &[], File("file", "regeln.json", POLICY, &[])),
    ("POST", "/office/einstellungen/zweiter-faktor", &[], Fields(&[("factor", "no")])),
    ("POST", "/office/einstellungen/notfallblatt", &[], Nothing),
    ("POST", "/office/einstellungen/notfallblatt/pruefen", &[], Body::SheetEnding),
    ("POST", "/office/einstellungen/texte", &[], Shown("", &[("notice", "Bitte freundlich.")])),
    (
        "POST",
        "/office/einstellungen/vertrag",
        &[],
        File(
            "document",
            "vertrag.pdf",
            "%PDF-1.7\n%%EOF\n",
            &[("concluded_on", "2026-11-02"), ("signer", "Kim Muster")],
        ),
    ),
    ("POST", "/office/einstellungen/veroeffentlichen/online", &[], Nothing),
    ("POST", "/office/einstellungen/veroeffentlichen/offline", &[], Nothing),
];

/// A file that says nothing else than the product does.
pub(super) const POLICY: &str = r#"{"format": "ampelhaus-light-policy-1", "fields": []}"#;

pub(super) const LIST: &str =
    "Gruppe;Themen;Telefon\nLichtblick;Angst;0341 123456\nZuversicht;Depression;0341 654321\n";

/// The line of a route. A route without parameters and without a form needs none.
///
/// # Panics
/// When it needs one and has none.
pub fn line_of(route: &RouteEntry) -> Line {
    let found = REQUESTS.iter().find(|(method, path, ..)| *method == route.method.as_str() && *path == route.path);
    match found {
        Some(line) => *line,
        None if route.method == Method::GET && !route.path.contains('{') => ("GET", route.path, &[], Nothing),
        None => panic!("no request for {} {}: add its line to tests/src/requests.rs", route.method, route.path),
    }
}

/// The path of a route with its parameters.
pub fn path_of(route: &RouteEntry, values: &[String]) -> String {
    let mut values = values.iter();
    let parts =
        route.path.split('/').map(|part| if part.starts_with('{') { values.next().unwrap().as_str() } else { part });
    parts.collect::<Vec<_>>().join("/")
}
