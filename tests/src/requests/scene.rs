//! Who sends, in which offices, and what stands there for each parameter of a route.

use std::collections::BTreeSet;

use access::actions::{ChangeCredentials, CreateFirstAccount, CreateGroup, EditGroup};
use access::{Role, Stage, authorize, operator_permit};
use crypto::token::{RecoveryCode, Token};
use crypto::totp::TotpSecret;
use domain::audit::{Actor, AuditEvent};
use domain::consent::Channel;
use domain::{EmailAddress, Field, GroupId, ItemId, Light, OperatorId, PersonId, SessionId, Status, UserId};
use jiff::SignedDuration;
use reqwest::Method;
use storage::platform::Operator;
use storage::tenant::{EmailChange, Errand, FactorLoss, PolicyDraft, Standing, UserState};
use testkit::passkey::Device;
use testkit::{Answer, Office, Person, Server, Visitor, World};
use tokio::sync::OnceCell;
use usecases::account::passkeys;
use usecases::consents::record::{self, Agreed};
use web::RouteEntry;

use super::objects::{
    admin_of, alert_of, campaign_of, campaign_to, connect, factor_of, fresh_group, group_link, invitation_to,
    locked_out, own_field_of, paper_of, passed_on, policy_of, proposal_of, provider_of, reactivate, remark_of,
    request_of, role_of, session_of, suggested, support_of, yellow_group,
};
use super::{
    Body, Code, Fields, File, G, I, Invitation, KnownPerson, LIST, Login, Nothing, P, Param, Recovery, S, Seen, Shown,
    SignUp, T, Word, line_of, path_of,
};
use crate::Planted;
use crate::form::{Filled, form_to};

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
