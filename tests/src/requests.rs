//! One valid request for every route of the house.
//!
//! [`REQUESTS`] says for each route that has parameters or takes a form what to put there. Whoever adds a route adds its line; a route
//! that needs one and has none fails the tests that walk over all routes.

use std::collections::BTreeSet;

use access::actions::{ChangeCredentials, CreateFirstAccount, CreateGroup, EditGroup};
use access::{Limit, Right, Rights, Role, Stage, authorize, operator_permit};
use crypto::token::{RecoveryCode, Token};
use crypto::totp::TotpSecret;
use domain::audit::{Actor, AuditEvent};
use domain::catalogue::{Bilingual, Section};
use domain::consent::{Agreement, Channel, WORDING};
use domain::disclosure::{self, Answerer, Disclosure, Link, Particulars, PassedItem, Recipient, State};
use domain::group::Membership;
use domain::policy::{FieldRule, OwnField, OwnKind, Policy};
use domain::reconciliation::{Occasion, Round, Way};
use domain::{
    AlertId, EmailAddress, Field, FieldId, Group, GroupId, Item, ItemId, Light, OperatorId, Person as Someone,
    PersonId, PersonRole, ProviderId, RoleId, SessionId, Slug, Source, Status, SuggestionId, UserId, Value,
};
use jiff::SignedDuration;
use reqwest::Method;
use storage::TenantTx;
use storage::platform::Operator;
use storage::tenant::alerts::Alert;
use storage::tenant::suggestions::{Suggested as SuggestedTexts, Suggestion, SuggestionState};
use storage::tenant::{
    Admission, Campaign, ConsentPaper, EmailChange, Errand, Factor, FactorLoss, FactorSecret, Identity, Leaves,
    OwnRole, PolicyDraft, Provider, Question, Standing, Succession, SupportGrant, UserState,
};
use testkit::passkey::Device;
use testkit::requests::wish;
use testkit::{Answer, Office, Person, Server, Visitor, World};
use tokio::sync::OnceCell;
use usecases::account::passkeys;
use usecases::consents::record::{self, Agreed};
use usecases::reconciliation::campaign::NewCampaign;
use web::RouteEntry;

use crate::Planted;
use crate::form::{Filled, form_to};

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

const WITHDRAW_OWN: &str = "/meine-gruppen/{id}/personen/{person}/widerruf/{item}";

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
    ("POST", "/office/einstellungen/ampel/neu", &[], Shown("", &[("label_de", "Hunde"), ("label_en", "Dogs")])),
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
const POLICY: &str = r#"{"format": "ampelhaus-light-policy-1", "fields": []}"#;

const LIST: &str = "Gruppe;Themen;Telefon\nLichtblick;Angst;0341 123456\nZuversicht;Depression;0341 654321\n";

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

/// Whose object a parameter names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The office's own.
    Own,
    /// Another office's.
    Foreign,
    /// Nobody's.
    Missing,
}

/// Everything the requests need: two planted offices, served.
pub struct Scene<'a> {
    /// The house.
    pub world: &'a World,
    /// The service.
    pub server: &'a Server,
    /// The office asked.
    pub own: &'a Planted,
    /// The other one.
    pub foreign: &'a Planted,
    lead: OnceCell<(Person, String)>,
}

/// Who sends a request: a browser, and who sits before it.
pub struct Sender {
    /// The browser.
    pub visitor: Visitor,
    /// Who is logged in with it, if anybody is.
    pub person: Option<Person>,
}

/// Stands for a second factor of the one who asks, until it is sent.
const OWN_FACTOR: domain::FactorId = domain::FactorId::from_u128(0x0192_0000_0000_7000_8000_0000_0000_00fa);

/// What the browsers of the walk keep that asked for a link to log in with.
const BROWSER: &str = "this-browser-asked";

/// Stands for a login of whoever asks.
const OWN_LOGIN: SessionId = SessionId::from_u128(1);

impl<'a> Scene<'a> {
    /// Requests to `own`, with `foreign` beside it.
    pub fn new(world: &'a World, server: &'a Server, own: &'a Planted, foreign: &'a Planted) -> Self {
        Self { world, server, own, foreign, lead: OnceCell::new() }
    }

    /// A request to a route with these parameters, by this sender.
    ///
    /// # Panics
    /// When it cannot be sent.
    pub async fn send(&self, sender: &Sender, route: &RouteEntry, values: &[String]) -> Answer {
        self.send_form_of(sender, route, values, values).await
    }

    /// The same with the form that is shown for other parameters: as somebody does it who may see the one and tries the other.
    ///
    /// # Panics
    /// When it cannot be sent.
    pub async fn send_form_of(
        &self,
        sender: &Sender,
        route: &RouteEntry,
        values: &[String],
        shown: &[String],
    ) -> Answer {
        let (_, _, params, body) = line_of(route);
        let mut values = values.to_vec();
        for (value, _) in values.iter_mut().zip(params).filter(|(value, _)| **value == OWN_LOGIN.to_string()) {
            let works_here = |person: &&Person| person.email.ends_with(&format!("@{}.example", self.own.office.slug));
            if let Some(person) = sender.person.as_ref().filter(works_here) {
                self.own.office.session(person, Stage::Full).await;
                *value = session_of(&self.own.office, person).await;
            }
        }
        for (value, _) in values.iter().zip(params).filter(|(_, param)| **param == Param::Connected) {
            connect(&self.own.office, sender.person.as_ref(), value).await;
        }
        for (value, _) in values.iter().zip(params).filter(|(_, param)| **param == Param::Changed) {
            if let Some(person) = sender.person.as_ref().filter(|person| self.works_here(person))
                && let Ok(group) = value.parse()
            {
                request_of(&self.own.office, group, person.user).await;
            }
        }
        for (value, _) in values.iter_mut().zip(params).filter(|(value, _)| **value == OWN_FACTOR.to_string()) {
            if let Some(person) = sender.person.as_ref().filter(|person| self.works_here(person)) {
                *value = factor_of(&self.own.office, person.user).await;
            }
        }
        if params.contains(&Param::PassedOn) {
            sender.visitor.set_cookie("__Host-passed-on", &Token::generate(self.world.ids()).to_text());
        }
        if params.contains(&Param::LogInLink) {
            sender.visitor.set_cookie("__Host-link", BROWSER);
        }
        let path = path_of(route, &values);
        let text = match body {
            File(..) => String::new(),
            _ if route.method == Method::GET => String::new(),
            body => {
                let filled = self.fill(body, &path_of(route, shown), sender).await;
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(filled).finish()
            }
        };
        // Only now: what was looked at to fill the form may have brought cookies.
        let own_network = sender.visitor.builder(route.method.clone(), &path).header("x-forwarded-for", self.network());
        let request = match body {
            File(field, file, content, fields) => {
                let part = reqwest::multipart::Part::bytes(content.as_bytes().to_vec()).file_name(file);
                let form = reqwest::multipart::Form::new().part(field, part);
                let form = fields.iter().fold(form, |form, (name, value)| form.text(*name, *value));
                own_network.multipart(form)
            }
            _ if route.method == Method::GET => own_network,
            _ => own_network.header("content-type", "application/x-www-form-urlencoded").body(text),
        };
        let answer = sender.visitor.send(request).await;
        if params.contains(&Param::Paused) {
            reactivate(&self.own.office, values[0].parse().ok()).await;
        }
        answer
    }

    fn works_here(&self, person: &Person) -> bool {
        person.email.ends_with(&format!("@{}.example", self.own.office.slug))
    }

    /// What a page shows to whoever asks, if it shows it.
    async fn shown(&self, sender: &Sender, at: &str, before: &str, after: char) -> Option<String> {
        let page = match at {
            // Whoever only looks gets no cookie.
            "/login/passkey" => sender.visitor.post(at, &[]).await.text,
            _ => sender.visitor.get(at).await.text,
        };
        let found = page.split_once(before)?.1.split_once(after)?.0;
        Some(found.replace("&#34;", "\""))
    }

    /// A device whose passkey is this person's, who also has an app.
    async fn device_of(&self, office: &Office, person: &Person) -> Device {
        let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
        for old in tx.factors_of(person.user).await.unwrap().iter().filter(|factor| factor.passkey().is_some()) {
            tx.remove_factor(person.user, old.id).await.unwrap();
        }
        tx.commit(AuditEvent::new("test.passkey", person.user)).await.unwrap();
        let session = office.session(person, Stage::Full).await;
        let principal = office.house.principal(&office.slug, &session).await.unwrap().unwrap();
        let permit = authorize::<ChangeCredentials>(&principal).unwrap();
        let mut device = Device::at(format!("http://{}.localhost", office.slug));
        let asked = passkeys::ask_to_add(&permit, &office.house).await.unwrap();
        let answer = device.make(&asked.options).await;
        let answer = passkeys::Answer { cookie: &asked.cookie, response: &answer };
        passkeys::add(&permit, &office.house, &session, "Schlüssel", answer).await.unwrap();
        device
    }

    /// A link of an office for a fresh person.
    async fn link(&self, office: &Office, param: Param) -> String {
        let person = match param {
            Param::LogInLink => office.admin_of(&[]).await,
            _ => office.someone(Role::Staff).await,
        };
        let user = person.user;
        let tx = self.world.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
        let later = tx.now().checked_add(SignedDuration::from_hours(1)).unwrap();
        let errand = match param {
            Param::LogInLink => Errand::LogIn { browser: tx.keyed(&format!("link asked on {BROWSER}")) },
            Param::NewPassword => {
                let standing = Standing { role: Role::Staff, state: UserState::Enrolling, groups: Vec::new() };
                tx.set_standing(user, &standing).await.unwrap();
                Errand::NewPassword
            }
            Param::OldEmail => {
                let email = EmailAddress::parse(&format!("{user}@anders.example")).unwrap();
                let change = EmailChange { user, email, new_agreed: true, old_agreed: false, expires_at: later };
                tx.put_email_change(&change).await.unwrap();
                Errand::ConfirmOldEmail
            }
            _ => {
                let loss =
                    FactorLoss { user, by: Actor::Operator, started_at: tx.now(), due_at: later, password_too: true };
                tx.put_factor_loss(&loss).await.unwrap();
                Errand::KeepFactor
            }
        };
        let token = Token::generate(tx.ids());
        tx.issue_ticket(user, errand, &token.hash(), SignedDuration::from_hours(1)).await.unwrap();
        tx.commit(AuditEvent::new("test.link", user)).await.unwrap();
        if param == Param::Loser { user.to_string() } else { token.to_text().to_string() }
    }

    /// An address from which nobody asked before, so that throttles stay out of the way.
    fn network(&self) -> String {
        let mut bytes = [0; 3];
        self.world.ids().fill(&mut bytes);
        format!("10.{}.{}.{}", bytes[0], bytes[1], bytes[2])
    }

    async fn fill(&self, body: Body, path: &str, sender: &Sender) -> Filled {
        let owned = |fields: &[(&str, &str)]| {
            fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Filled>()
        };
        let office = &self.own.office;
        match body {
            Nothing | File(..) => Filled::new(),
            Fields(fields) => owned(fields),
            Shown(at, instead) => {
                let lead = self.lead().await;
                let at = if at.is_empty() { path } else { at };
                let page = lead.visitor.get(at).await;
                let filled = form_to(&page.text, path);
                let mut filled =
                    filled.unwrap_or_else(|| panic!("{at} shows no form ({}): {}", page.status, page.text));
                filled.retain(|(name, _)| !instead.iter().any(|(changed, _)| changed == name));
                filled.extend(owned(instead));
                filled
            }
            Login => {
                let person = office.someone(Role::Staff).await;
                owned(&[("email", &person.email), ("password", person.password)])
            }
            Code => {
                let code = sender.person.as_ref().map(|person| person.code(self.world.house.clock().now()));
                owned(&[("code", &code.unwrap_or_default())])
            }
            Body::ShownApp(at) => {
                let shown = self.shown(sender, at, "<code class=\"secret\">", '<').await.unwrap_or_default();
                let secret: String = shown.split_whitespace().collect();
                let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap_or_default();
                let now = self.world.house.clock().now();
                let code = TotpSecret::from_bytes(&secret).map(|secret| secret.code_at(now).to_string());
                owned(&[("code", &code.unwrap_or_default()), ("name", "Telefon")])
            }
            Body::NewPasskey(at) => {
                let options = self.shown(sender, at, "data-options=\"", '"').await;
                let mut device = Device::at(format!("http://{}.localhost", office.slug));
                let answer = match options {
                    Some(options) => device.make(&options).await,
                    None => "{}".to_owned(),
                };
                owned(&[("credential", &answer), ("name", "Schlüssel")])
            }
            Body::UsePasskey(at) => {
                let of = match &sender.person {
                    Some(person) if at != "/login/passkey" => {
                        Some(person.clone()).filter(|person| self.works_here(person))
                    }
                    _ => Some(office.someone(Role::Staff).await),
                };
                let mut answer = "{}".to_owned();
                if let Some(person) = of {
                    let mut device = self.device_of(office, &person).await;
                    if let Some(options) = self.shown(sender, at, "data-options=\"", '"').await {
                        answer = device.answer(&options).await;
                    }
                }
                owned(&[("credential", &answer)])
            }
            Body::SheetEnding => {
                let lead = self.lead().await;
                let sheet = lead.visitor.post("/office/einstellungen/notfallblatt", &[]).await.text;
                let share = sheet.split_once("<code class=\"secret\">").expect("a sheet").1;
                let share = share.split_once('<').expect("a share").0;
                owned(&[("ending", &share[share.len() - 9..])])
            }
            Recovery => {
                let code = RecoveryCode::generate(self.world.ids());
                if let Some(person) = &sender.person
                    && person.email.ends_with(&format!("@{}.example", office.slug))
                {
                    let tx = self.world.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
                    tx.put_recovery_codes(person.user, &[code.hash(person.user)]).await.unwrap();
                    tx.commit(AuditEvent::new("test.recovery", person.user)).await.unwrap();
                }
                owned(&[("code", code.to_text().as_str())])
            }
            KnownPerson => {
                let (_, person, _) = fresh_group(office, Status::Active).await;
                owned(&[("person", &person.to_string()), ("role", "contact")])
            }
            Body::Suggestion => {
                let id: UserId = self.world.ids().next();
                let by = format!("{id}@melden.example");
                owned(&[("by", &by), ("name", "Neue Runde"), ("about", "Wir reden."), ("meetings", "montags, 18 Uhr")])
            }
            Body::Invite => {
                let id: UserId = self.world.ids().next();
                owned(&[("email", &format!("{id}@eingeladen.example")), ("role", "staff")])
            }
            Body::GroupLink => owned(&[("code", &group_link(office).await)]),
            Body::Campaign => {
                let (group, ..) = fresh_group(office, Status::Active).await;
                let new = campaign_to(&office.house, group);
                let deadline = new.plan.deadline.to_string();
                owned(&[
                    ("id", &new.id.to_string()),
                    ("groups", &group.to_string()),
                    ("subject", &new.wording.subject),
                    ("german", &new.wording.german),
                    ("english", &new.wording.english),
                    ("deadline", &deadline),
                    ("first", "14"),
                    ("second", "24"),
                    ("was", "senden"),
                ])
            }
            Body::NewRole => {
                let id: UserId = self.world.ids().next();
                owned(&[("name", &format!("Rolle {}", &id.to_string()[20..])), ("rights", "groups-see")])
            }
            Body::NewProvider => {
                // An office has room for a few only.
                if path.ends_with("/neu") {
                    let tx = self.world.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
                    for older in tx.providers().await.unwrap() {
                        tx.remove_provider(older.id).await.unwrap();
                    }
                    tx.commit(AuditEvent::new("test.providers", "")).await.unwrap();
                }
                let id: UserId = self.world.ids().next();
                owned(&[
                    ("name", &format!("Dienst {id}")),
                    ("issuer", &format!("http://127.0.0.1:1/{id}")),
                    ("client_id", "ampelhaus"),
                    ("client_secret", "geheim"),
                ])
            }
            Body::Support => {
                let operator = self.operator().await;
                owned(&[("operator", &operator.to_string()), ("reason", "Das Einlesen stockt."), ("hours", "1")])
            }
            Body::ConsentCode => {
                let (group, person, item) = fresh_group(office, Status::Active).await;
                let given_on = jiff::civil::date(2026, 11, 1);
                let (filed, receipt, channel) = (String::new(), false, Channel::Phone);
                let agreed = Agreed { group, person, item, light: Light::Yellow, given_on, channel, filed, receipt };
                record::record(&office.lead(), &office.house, &agreed).await.unwrap();
                let token = Token::generate(self.world.ids());
                let tx = self.world.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
                tx.make_consent_link(person, &[], &token.hash(), usecases::consents::LINK).await.unwrap();
                tx.commit(AuditEvent::new("test.link", person)).await.unwrap();
                owned(&[("code", token.to_text().as_str()), ("item", &item.to_string()), ("light", "red")])
            }
            Seen(instead) => {
                let mut filled = form_to(&sender.visitor.get(path).await.text, path).unwrap_or_default();
                filled.retain(|(name, _)| instead.iter().all(|(other, _)| other != name));
                filled.extend(owned(instead));
                filled
            }
            Body::Kept => {
                let at = path.replace("/entwurf/", "/bearbeiten/");
                form_to(&sender.visitor.get(&at).await.text, &at).unwrap_or_default()
            }
            Body::Policy(at) => {
                let mut filled = None;
                if let Some(person) = sender.person.as_ref().filter(|person| self.works_here(person)) {
                    let tx = self.world.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
                    let base = tx.catalogue().await.unwrap().version();
                    let mut policy = policy_of(&tx).await;
                    policy.fields[0].help.de = format!("Vor Fassung {}", base + 1);
                    let draft = PolicyDraft { base, policy, delete: BTreeSet::new() };
                    tx.put_policy_draft(person.user, &draft).await.unwrap();
                    tx.commit(AuditEvent::new("test.policy", person.user)).await.unwrap();
                    filled = form_to(&sender.visitor.get(at).await.text, path);
                }
                filled.unwrap_or_else(|| owned(&[("mark", "x")]))
            }
            Body::SignUp => {
                let id: UserId = self.world.ids().next();
                let id = id.to_string();
                owned(&[
                    ("office", "Neue Kontaktstelle"),
                    ("carrier", "Verein"),
                    ("regime", "DSGVO"),
                    ("street", "Lindenweg 4"),
                    ("postcode", "04177"),
                    ("town", "Leipzig"),
                    ("email", &format!("{id}@neu.example")),
                    ("slug", &format!("neu-{}", &id[20..])),
                ])
            }
        }
    }

    /// A lead of the office, wholly logged in; always the same one.
    pub async fn lead(&self) -> Sender {
        let office = &self.own.office;
        let log_in = async || {
            let person = office.someone(Role::Lead).await;
            let session = office.session(&person, Stage::Full).await;
            (person, session)
        };
        let (person, session) = self.lead.get_or_init(log_in).await;
        Sender { visitor: self.server.with_session(office, session), person: Some(person.clone()) }
    }

    /// Values for the parameters of a route: objects that are this office's own, another office's, or nobody's. Own objects are fresh,
    /// so that a request that uses them up harms no other.
    pub async fn values(&self, route: &RouteEntry, whose: Whose) -> Vec<String> {
        let (_, _, params, _) = line_of(route);
        let fresh =
            if route.method == Method::GET { None } else { Some(fresh_group(&self.own.office, Status::Active).await) };
        let mut values = Vec::new();
        for param in params {
            values.push(match whose {
                _ if !param.is_object() => self.own_value(*param, fresh.as_ref()).await,
                Whose::Own => self.own_value(*param, fresh.as_ref()).await,
                Whose::Foreign => self.foreign_value(*param).await,
                Whose::Missing => missing_value(*param, self.world),
            });
        }
        values
    }

    async fn own_value(&self, param: Param, fresh: Option<&(GroupId, PersonId, ItemId)>) -> String {
        let group = self.own.public_group();
        let (person, items) = &group.people[0];
        match param {
            Word("app.css") => web::assets::css().to_owned(),
            Word(word) => word.to_owned(),
            S => group.slug.to_string(),
            G => fresh.map_or(group.id, |fresh| fresh.0).to_string(),
            P => fresh.map_or(*person, |fresh| fresh.1).to_string(),
            T => fresh.map_or(items[0], |fresh| fresh.2).to_string(),
            Param::Paper => paper_of(&self.own.office, *person, items[0]).await,
            I => self.upload().await,
            Invitation => self.invitation(&self.own.office).await,
            SignUp => self.sign_up().await,
            Param::User => self.own.office.someone(Role::Staff).await.user.to_string(),
            Param::LockedOut => locked_out(&self.own.office).await,
            Param::Invited => self.invited(&self.own.office).await,
            Param::Proposal => proposal_of(&self.own.office, group.id).await,
            Param::OwnGroup => {
                proposal_of(&self.own.office, group.id).await;
                group.id.to_string()
            }
            Param::Changed | Param::Paused => group.id.to_string(),
            Param::OwnPerson => person.to_string(),
            Param::OwnItem => items[0].to_string(),
            Param::Remark => fresh.map_or(items[0], |fresh| remark_of(fresh.0)).to_string(),
            Param::Request => {
                let (group, ..) = fresh_group(&self.own.office, Status::Active).await;
                request_of(&self.own.office, group, self.own.office.admin_of(&[group]).await.user).await
            }
            Param::Yellow => yellow_group(&self.own.office).await.0.to_string(),
            Param::Asked | Param::Agreed | Param::LinkOut | Param::PassedOn | Param::Question => {
                passed_on(&self.own.office, param).await
            }
            Param::SuggestedLink | Param::Suggested | Param::SuggestedAccepted => {
                suggested(&self.own.office, param).await
            }
            Param::Admin => admin_of(&self.own.office).await,
            Param::Role => role_of(&self.own.office).await,
            Param::Grant => support_of(&self.own.office).await.0.to_string(),
            Param::Door => support_of(&self.own.office).await.1,
            Param::OwnField => own_field_of(&self.own.office).await,
            Param::Alert => alert_of(&self.own.office).await,
            Param::Campaign => campaign_of(&self.own.office).await,
            // Made for the one who asks when it is sent.
            Param::Login => OWN_LOGIN.to_string(),
            Param::Provider | Param::Connected => provider_of(&self.own.office).await,
            Param::Factor => OWN_FACTOR.to_string(),
            Param::Loser | Param::KeepFactor | Param::NewPassword | Param::OldEmail | Param::LogInLink => {
                self.link(&self.own.office, param).await
            }
        }
    }

    /// Someone of the operator's who was never there.
    async fn operator(&self) -> OperatorId {
        let id: OperatorId = self.world.ids().next();
        let email = EmailAddress::parse(&format!("{id}@betrieb.example")).unwrap();
        let platform = self.world.stores().platform().await.unwrap();
        platform.add_operator(&Operator { id, name: "Kim Technik".to_owned(), email }).await.unwrap();
        platform.commit(Actor::Operator, AuditEvent::new("test.operator", id)).await.unwrap();
        id
    }

    /// An invitation of an office, by its id.
    async fn invited(&self, office: &Office) -> String {
        self.invitation(office).await;
        let look = self.world.stores().look(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
        look.invitations().await.unwrap().first().expect("an invitation").id.to_string()
    }

    async fn foreign_value(&self, param: Param) -> String {
        let group = self.foreign.public_group();
        let (person, items) = &group.people[0];
        match param {
            S => group.slug.to_string(),
            G | Param::OwnGroup | Param::Changed | Param::Paused => group.id.to_string(),
            P | Param::OwnPerson => person.to_string(),
            T | Param::OwnItem | Param::Remark => items[0].to_string(),
            Param::Paper => paper_of(&self.foreign.office, *person, items[0]).await,
            I => self.foreign.import.to_string(),
            Invitation => self.invitation(&self.foreign.office).await,
            Param::User => self.foreign.office.someone(Role::Staff).await.user.to_string(),
            Param::LockedOut => locked_out(&self.foreign.office).await,
            Param::Invited => self.invited(&self.foreign.office).await,
            Param::Proposal => proposal_of(&self.foreign.office, group.id).await,
            Param::Request => {
                let (group, ..) = fresh_group(&self.foreign.office, Status::Active).await;
                request_of(&self.foreign.office, group, self.foreign.office.admin_of(&[group]).await.user).await
            }
            Param::Yellow => yellow_group(&self.foreign.office).await.0.to_string(),
            Param::Asked | Param::Agreed | Param::LinkOut | Param::PassedOn | Param::Question => {
                passed_on(&self.foreign.office, param).await
            }
            Param::SuggestedLink | Param::Suggested | Param::SuggestedAccepted => {
                suggested(&self.foreign.office, param).await
            }
            Param::Admin => admin_of(&self.foreign.office).await,
            Param::Role => role_of(&self.foreign.office).await,
            Param::Provider | Param::Connected => provider_of(&self.foreign.office).await,
            Param::Grant => support_of(&self.foreign.office).await.0.to_string(),
            Param::Door => support_of(&self.foreign.office).await.1,
            Param::OwnField => own_field_of(&self.foreign.office).await,
            Param::Alert => alert_of(&self.foreign.office).await,
            Param::Campaign => campaign_of(&self.foreign.office).await,
            Param::Factor => {
                let person = self.foreign.office.someone(Role::Staff).await;
                factor_of(&self.foreign.office, person.user).await
            }
            Param::Loser | Param::KeepFactor | Param::NewPassword | Param::OldEmail | Param::LogInLink => {
                self.link(&self.foreign.office, param).await
            }
            Param::Login => {
                let office = &self.foreign.office;
                let person = office.someone(Role::Staff).await;
                office.session(&person, Stage::Full).await;
                session_of(office, &person).await
            }
            Word(_) | SignUp => unreachable!("no object of an office"),
        }
    }

    /// A list uploaded by a lead.
    async fn upload(&self) -> String {
        let lead = self.lead().await.visitor;
        let part = reqwest::multipart::Part::bytes(LIST.as_bytes().to_vec()).file_name("liste.csv");
        let request =
            lead.builder(Method::POST, "/office/import").multipart(reqwest::multipart::Form::new().part("file", part));
        let answer = lead.send(request).await;
        answer.location().split('/').nth(3).unwrap_or_else(|| panic!("not uploaded: {answer:?}")).to_owned()
    }

    /// A link to make an account of an office.
    async fn invitation(&self, office: &Office) -> String {
        invitation_to(office, &format!("{}@eingeladen.example", self.world.ids().next::<UserId>())).await
    }

    /// A link of a sign-up that was just asked for.
    async fn sign_up(&self) -> String {
        let fresh = self.server.visitor("localhost");
        let sender = Sender { visitor: fresh, person: None };
        let filled = self.fill(Body::SignUp, "/anmelden", &sender).await;
        let text = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(filled.clone()).finish();
        let request = sender.visitor.builder(Method::POST, "/anmelden").header("x-forwarded-for", self.network());
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(text);
        assert_eq!(sender.visitor.send(request).await.status, 303, "signed up");
        let email = &filled.iter().find(|(name, _)| name == "email").unwrap().1;
        loop {
            let mails = self.world.stores().platform().await.unwrap().claim_mail(50).await.unwrap();
            assert!(!mails.is_empty(), "no mail to {email}");
            for mail in mails {
                if mail.mail.to.as_str() == email {
                    let (_, rest) = mail.mail.body.split_once("/anmelden/bestaetigen/").unwrap();
                    return rest.split_whitespace().next().unwrap().to_owned();
                }
            }
        }
    }
}

/// Somebody's request that a group gets a summary.
async fn request_of(office: &Office, group: GroupId, by: UserId) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    if tx.group(group).await.unwrap().is_none() {
        // Another office's, or nobody's: there is nothing to ask for.
        return group.to_string();
    }
    let request = wish(&tx, group, by, "Vorgeschlagen.");
    tx.insert_request(&request).await.unwrap();
    tx.commit(AuditEvent::new("test.request", group)).await.unwrap();
    request.id.to_string()
}

/// A receipt with a scan, of a person. Nobody acts: it is simply there.
async fn paper_of(office: &Office, person: PersonId, item: ItemId) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let said = Agreement {
        person,
        item,
        light: Light::Yellow,
        given_on: jiff::civil::date(2026, 11, 1),
        channel: Channel::Paper,
        wording: WORDING.to_owned(),
        filed: String::new(),
        until: None,
    };
    let receipt = tx.record_consent(&said).await.unwrap();
    let paper = ConsentPaper { media: "application/pdf".to_owned(), bytes: b"%PDF-1.4 unterschrieben".to_vec() };
    tx.put_consent_paper(receipt, person, &paper).await.unwrap();
    tx.commit(AuditEvent::new("test.paper", person)).await.unwrap();
    receipt.to_string()
}

/// A fresh group with one yellow item: "Zweimal klingeln."
///
/// # Panics
/// When it cannot be made.
pub async fn yellow_group(office: &Office) -> (GroupId, ItemId) {
    let (id, ..) = fresh_group(office, Status::Active).await;
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let mut group = tx.group(id).await.unwrap().expect("just made");
    let hint = Value::Text("Zweimal klingeln.".to_owned());
    let hint = Item::new(tx.ids().next(), Field::AccessHints, hint, Source::Staff);
    let item = hint.id;
    group.items.push(hint);
    tx.save_group(&group, "treffen").await.unwrap();
    tx.commit(AuditEvent::new("test.yellow", id)).await.unwrap();
    (id, item)
}

/// Something yellow that is passed on: its id, or the link that is out.
///
/// # Panics
/// When it cannot be made.
pub async fn passed_on(office: &Office, param: Param) -> String {
    let (group, item) = yellow_group(office).await;
    let (by, admin) = (office.someone(Role::Staff).await.user, office.admin_of(&[group]).await);
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let (now, token) = (tx.now(), Token::generate(tx.ids()));
    let later = now + SignedDuration::from_hours(1);
    let state = match param {
        Param::Agreed => State::Agreed,
        Param::PassedOn | Param::LinkOut => State::Sent,
        _ => State::Asked,
    };
    let disclosure = Disclosure {
        id: tx.ids().next(),
        group,
        items: vec![PassedItem { item, field: Field::AccessHints, person: None }],
        particulars: Some(Particulars {
            recipient: Recipient { name: "Anruferin".to_owned(), email: None },
            purpose: "Möchte kommen.".to_owned(),
        }),
        channel: disclosure::Channel::Link,
        by,
        made_at: now,
        state,
        changed_at: now,
        link: (state == State::Sent).then(|| Link { hash: *token.hash().as_bytes(), expires_at: later }),
        answer: None,
        browser: None,
        version: 1,
    };
    tx.insert_disclosure(&disclosure).await.unwrap();
    if param == Param::Question {
        let to = EmailAddress::parse(&admin.email).unwrap();
        let question = Question { about: disclosure.id, asked: Answerer::Admin(admin.user), to };
        tx.ask_about(question, &token.hash(), later).await.unwrap();
    }
    tx.commit(AuditEvent::new("test.passed_on", group)).await.unwrap();
    match param {
        Param::Asked | Param::Agreed | Param::LinkOut => disclosure.id.to_string(),
        _ => token.to_text().to_string(),
    }
}

/// A suggested group: its id, or the link that confirms it.
async fn suggested(office: &Office, param: Param) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let (token, now) = (Token::generate(tx.ids()), tx.now());
    let state = match param {
        Param::Suggested => SuggestionState::Waiting,
        Param::SuggestedAccepted => SuggestionState::Accepted,
        _ => SuggestionState::Unconfirmed,
    };
    let name = Item::new(tx.ids().next(), Field::Name, Value::Text("Neue Runde".to_owned()), Source::Group);
    let draft = Group {
        id: tx.ids().next(),
        slug: Slug::unspoken(tx.ids()),
        status: Status::Draft,
        version: 1,
        items: vec![name],
        people: Vec::new(),
    };
    tx.insert_group(&draft, "suggested").await.unwrap();
    let id: SuggestionId = tx.ids().next();
    let suggestion = Suggestion {
        id,
        state,
        group: (state != SuggestionState::Unconfirmed).then_some(draft.id),
        made_at: now,
        expires_at: Some(now + SignedDuration::from_hours(1)),
        token: token.hash(),
        by: EmailAddress::parse(&format!("{id}@melden.example")).unwrap(),
        suggested: SuggestedTexts { name: "Neue Runde".to_owned(), ..SuggestedTexts::default() },
    };
    tx.insert_suggestion(&suggestion).await.unwrap();
    tx.commit(AuditEvent::new("test.suggested", id)).await.unwrap();
    if param == Param::SuggestedLink { token.to_text().to_string() } else { id.to_string() }
}

/// What stands in the personal link of a fresh group.
///
/// # Panics
/// When it cannot be made.
pub async fn group_link(office: &Office) -> String {
    let (group, ..) = fresh_group(office, Status::Active).await;
    let tx = office.house.stores().begin(&office.lead::<CreateGroup>()).await.unwrap();
    let fresh = tx.issue_group_links(&[group], Occasion::Shown).await.unwrap().remove(0);
    tx.commit(AuditEvent::new("test.link", group)).await.unwrap();
    fresh.token.as_str().to_owned()
}

/// A campaign to one group.
fn campaign_to(house: &usecases::House, group: GroupId) -> NewCampaign {
    NewCampaign { groups: vec![group], ..usecases::reconciliation::campaign::blank(house) }
}

/// A campaign that was sent to a fresh group without a mail address.
async fn campaign_of(office: &Office) -> String {
    let (group, person, _) = fresh_group(office, Status::Active).await;
    let NewCampaign { id, wording, plan, .. } = campaign_to(&office.house, group);
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let mut unreachable = tx.person(person).await.unwrap().expect("just made");
    unreachable.items.retain(|item| item.field != Field::PersonEmail);
    tx.save_person(&unreachable).await.unwrap();
    let now = tx.now();
    tx.insert_campaign(&Campaign { id, made_at: now, by: Actor::System, wording, plan, ended_at: None }).await.unwrap();
    let round = Round::new(tx.ids().next(), group, Some(id), Way::Letter, now);
    tx.insert_rounds(&[round]).await.unwrap();
    tx.commit(AuditEvent::new("test.campaign", id)).await.unwrap();
    id.to_string()
}

/// The admin of a fresh group.
async fn admin_of(office: &Office) -> String {
    let (group, ..) = fresh_group(office, Status::Active).await;
    office.admin_of(&[group]).await.user.to_string()
}

/// The proposal of who is to take this group over.
async fn proposal_of(office: &Office, group: GroupId) -> String {
    let from = office.admin_of(&[group]).await.user;
    let tx = office.house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    let email = EmailAddress::parse(&format!("{from}@nachfolge.example")).unwrap();
    tx.propose_successor(&email, group, Succession { from, leaves: Leaves::No }).await.unwrap();
    let id = tx.proposals().await.unwrap().into_iter().find(|one| one.email == email).expect("a proposal").id;
    tx.commit(AuditEvent::new("test.proposed", group)).await.unwrap();
    id.to_string()
}

/// The token of an invitation to work in an office.
///
/// # Panics
/// When it cannot be made.
pub async fn invitation_to(office: &Office, email: &str) -> String {
    let token = Token::generate(office.house.ids());
    let email = EmailAddress::parse(email).unwrap();
    let tx = office.house.stores().begin(&operator_permit::<CreateFirstAccount>(office.id)).await.unwrap();
    tx.invite((&email, Role::Staff, &[]), None, &token.hash()).await.unwrap();
    tx.commit(AuditEvent::new("test.invited", "")).await.unwrap();
    token.to_text().to_string()
}

/// A provider of single sign-on of an office, at whose address nobody is.
async fn provider_of(office: &Office) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let id: ProviderId = tx.ids().next();
    let provider = Provider {
        id,
        name: format!("Dienst {id}"),
        issuer: format!("http://127.0.0.1:1/{id}"),
        client_id: "ampelhaus".to_owned(),
        client_secret: "geheim".to_owned().into(),
        claim: None,
        roles: Vec::new(),
        admission: Admission::Known,
        second_factor: Vec::new(),
    };
    tx.insert_provider(&provider).await.unwrap();
    tx.commit(AuditEvent::new("test.provider", id)).await.unwrap();
    id.to_string()
}

/// Connects somebody of an office with one of its providers, if it is one.
async fn connect(office: &Office, person: Option<&Person>, provider: &str) {
    let (Some(person), Ok(provider)) = (person, provider.parse::<ProviderId>()) else { return };
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    if tx.provider(provider).await.unwrap().is_none() || tx.user(person.user).await.unwrap().is_none() {
        return;
    }
    let identity = Identity {
        id: tx.ids().next(),
        provider,
        user: person.user,
        label: "kim@anbieter.example".to_owned(),
        role_from_provider: false,
        created_at: tx.now(),
        used_at: None,
    };
    let subject = identity.id.to_string();
    tx.insert_identity(&identity, ("http://127.0.0.1:1/", &subject)).await.unwrap();
    tx.commit(AuditEvent::new("test.connected", person.user)).await.unwrap();
}

/// One more second factor of someone.
async fn factor_of(office: &Office, user: UserId) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    for older in tx.factors_of(user).await.unwrap().into_iter().filter(|factor| factor.name != "Authenticator-App") {
        tx.remove_factor(user, older.id).await.unwrap();
    }
    let secret = FactorSecret::App(vec![7; 20].into());
    let factor = Factor::new(tx.ids().next(), user, "Zweitgerät", secret, tx.now());
    tx.insert_factor(&factor).await.unwrap();
    tx.commit(AuditEvent::new("test.factor", user)).await.unwrap();
    factor.id.to_string()
}

/// The light policy of an office.
async fn policy_of(tx: &TenantTx) -> Policy {
    tx.policy().await.unwrap().map_or_else(Policy::built_in, |saved| saved.policy)
}

/// A field the office made itself, always the same one, of which nobody has a draft.
async fn own_field_of(office: &Office) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    for user in tx.users().await.unwrap() {
        tx.remove_policy_draft(user.id).await.unwrap();
    }
    let mut policy = policy_of(&tx).await;
    if let Some(known) = policy.fields.iter().find(|rule| rule.own.is_some()) {
        tx.commit(AuditEvent::new("test.drafts", "")).await.unwrap();
        return known.field.to_string();
    }
    let field = Field::Own(tx.ids().next::<FieldId>());
    policy.fields.push(FieldRule {
        field,
        section: Section::Internal,
        default: Light::Red,
        ceiling: Light::Red,
        required: false,
        label: Bilingual { de: "Hunde".to_owned(), en: "Dogs".to_owned() },
        help: Bilingual::default(),
        own: Some(OwnField { kind: OwnKind::Line, choices: Vec::new() }),
    });
    let saved = tx.save_policy(&policy, &BTreeSet::new()).await.unwrap();
    tx.commit(AuditEvent::new("test.policy", saved.version)).await.unwrap();
    field.to_string()
}

/// Someone whose access was ended.
async fn locked_out(office: &Office) -> String {
    let person = office.someone(Role::Staff).await;
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let standing = Standing { role: Role::Staff, state: UserState::Disabled, groups: Vec::new() };
    tx.set_standing(person.user, &standing).await.unwrap();
    tx.commit(AuditEvent::new("test.locked_out", person.user)).await.unwrap();
    person.user.to_string()
}

/// A support grant of an office, with the link that waits to be used.
pub async fn support_of(office: &Office) -> (UserId, String) {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let (account, token): (UserId, _) = (tx.ids().next(), Token::generate(tx.ids()));
    let until = tx.now() + jiff::SignedDuration::from_hours(1);
    let grant = SupportGrant {
        account,
        name: "Kim Technik".to_owned(),
        email: EmailAddress::parse(&format!("{account}@betrieb.example")).unwrap(),
        reason: "Das Einlesen stockt.".to_owned(),
        rights: Rights::of(&Right::SUPPORT_READS),
        granted_by: account,
        granted_at: tx.now(),
        until,
        ended_at: None,
        door: Some((token.hash(), until)),
    };
    tx.put_support_account(&grant).await.unwrap();
    let mut grants = tx.support_grants().await.unwrap();
    grants.insert(0, grant);
    // Few at a time: every page names them all.
    grants.truncate(6);
    tx.put_support_grants(&grants).await.unwrap();
    tx.commit(AuditEvent::new("test.support", account)).await.unwrap();
    (account, token.to_text().to_string())
}

/// An alert of an office.
async fn alert_of(office: &Office) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let (id, at): (AlertId, _) = (tx.ids().next(), tx.now());
    tx.insert_alert(&Alert { id, at, sign: "not-here".to_owned(), about: None, done_at: None }).await.unwrap();
    tx.commit(AuditEvent::new("test.alert", id)).await.unwrap();
    id.to_string()
}

/// A login of someone, by its id.
async fn session_of(office: &Office, person: &Person) -> String {
    let look = office.house.stores().look(&office.lead::<EditGroup>()).await.unwrap();
    look.sessions_of(person.user).await.unwrap().last().expect("a login").id.to_string()
}

/// A role an office made.
async fn role_of(office: &Office) -> String {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.unwrap();
    let mut roles = tx.own_roles().await.unwrap();
    let id: RoleId = tx.ids().next();
    let rights = Rights::of(&[Right::SeeGroups]);
    roles.push(OwnRole { id, name: format!("Rolle {id}"), rights, limit: Limit::default() });
    let kept = roles.split_off(roles.len().saturating_sub(5));
    tx.put_own_roles(&kept).await.unwrap();
    tx.commit(AuditEvent::new("test.role", id)).await.unwrap();
    id.to_string()
}

fn missing_value(param: Param, world: &World) -> String {
    match param {
        S => "gibt-es-nicht".to_owned(),
        Invitation
        | Param::Door
        | Param::KeepFactor
        | Param::NewPassword
        | Param::OldEmail
        | Param::LogInLink
        | Param::PassedOn
        | Param::Question
        | Param::SuggestedLink => Token::generate(world.ids()).to_text().to_string(),
        G
        | P
        | T
        | I
        | Param::User
        | Param::LockedOut
        | Param::Invited
        | Param::Proposal
        | Param::OwnGroup
        | Param::Changed
        | Param::Paper
        | Param::Yellow
        | Param::Asked
        | Param::Agreed
        | Param::LinkOut
        | Param::Suggested
        | Param::SuggestedAccepted
        | Param::Paused
        | Param::OwnPerson
        | Param::OwnItem
        | Param::Remark
        | Param::Request
        | Param::Campaign
        | Param::Admin
        | Param::Role
        | Param::Login
        | Param::Grant
        | Param::Alert
        | Param::Provider
        | Param::Connected
        | Param::Factor
        | Param::Loser => {
            let id: GroupId = world.ids().next();
            id.to_string()
        }
        Param::OwnField => Field::Own(world.ids().next()).to_string(),
        Word(_) | SignUp => unreachable!("no object of an office"),
    }
}

/// The path of a route with its parameters.
pub fn path_of(route: &RouteEntry, values: &[String]) -> String {
    let mut values = values.iter();
    let parts =
        route.path.split('/').map(|part| if part.starts_with('{') { values.next().unwrap().as_str() } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Takes a paused group in again, if there is one.
async fn reactivate(office: &Office, group: Option<GroupId>) {
    let permit = office.lead::<EditGroup>();
    let tx = office.house.stores().begin(&permit).await.unwrap();
    let Some(mut group) = tx.group(group.unwrap()).await.unwrap() else { return };
    if group.status == Status::Paused {
        group.status = Status::Active;
        tx.save_group(&group, "status").await.unwrap();
        tx.commit(AuditEvent::new("test.active", group.id)).await.unwrap();
    }
}

/// What the old list said about consents in a fresh group.
fn remark_of(group: GroupId) -> ItemId {
    ItemId(group.0)
}

/// A group of an office with one person who has a name.
pub async fn fresh_group(office: &Office, status: Status) -> (GroupId, PersonId, ItemId) {
    let ids = office.house.ids();
    let (group, person): (GroupId, PersonId) = (ids.next(), ids.next());
    let permit = office.lead::<EditGroup>();
    office.house.stores().make_person_keys(&permit, &[person]).await.unwrap();
    let name = Item::new(ids.next(), Field::PersonName, Value::Text("Kim Muster".to_owned()), Source::Staff);
    let item = name.id;
    let address = Value::Email(EmailAddress::parse("kim@muster.example").unwrap());
    let address = Item::new(ids.next(), Field::PersonEmail, address, Source::Staff);
    let tx = office.house.stores().begin(&permit).await.unwrap();
    tx.insert_person(&Someone { id: person, items: vec![name, address], consents: Vec::new() }).await.unwrap();
    let row = Group {
        id: group,
        slug: Slug::parse(&format!("frisch-{group}")).unwrap(),
        status,
        version: 1,
        items: vec![
            Item::new(ids.next(), Field::Name, Value::Text("Frisch".to_owned()), Source::Staff),
            Item::new(remark_of(group), Field::ConsentToRecord, Value::Text("j".to_owned()), Source::Import),
        ],
        people: vec![Membership { person, role: PersonRole::Contact }],
    };
    tx.insert_group(&row, "created").await.unwrap();
    tx.commit(AuditEvent::new("test.group", group)).await.unwrap();
    (group, person, item)
}
