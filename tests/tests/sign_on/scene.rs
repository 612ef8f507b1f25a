//! An office with a provider, and the steps of a login with it.

use access::actions::{CreateFirstAccount, DecideSignOn, ReadAudit};
use access::{Role, operator_permit};
use domain::audit::AuditEvent;
use domain::{ProviderId, UserId};
use serde_json::{Value, json};
use storage::AuditFilter;
use storage::tenant::Identity;
use testkit::hostile::{SECRET, Signed, id_token};
use testkit::{Answer, Backend, Hostile, Office, Person, Server, Visitor, World};
use url::Url;
use usecases::sign_on::providers::{self, Form};

pub(crate) const CLIENT: &str = "ampelhaus";

pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) server: Server,
    pub(crate) office: Office,
    pub(crate) lead: Person,
}

/// The form of a provider whose `groups` mean roles and whose `mfa` is a second factor.
pub(crate) fn form(issuer: &str) -> Form {
    Form {
        name: format!("Dienst {}", issuer.rsplit('/').next().unwrap_or_default()),
        issuer: issuer.to_owned(),
        client_id: CLIENT.to_owned(),
        client_secret: SECRET.to_owned().into(),
        claim: "groups".to_owned(),
        roles: vec![("leitung".to_owned(), "lead".to_owned()), ("team".to_owned(), "staff".to_owned())],
        admits: false,
        second_factor: "mfa".to_owned(),
    }
}

impl Scene {
    pub(crate) async fn new() -> Self {
        let (world, server) = Server::with_world(Backend::Sqlite).await;
        let office = world.office("alpha").await;
        let lead = office.someone(Role::Lead).await;
        Self { world, server, office, lead }
    }

    pub(crate) async fn provider(&self, form: &Form) -> ProviderId {
        providers::add(&self.office.lead::<DecideSignOn>(), &self.world.house, form).await.expect("added")
    }

    pub(crate) async fn change(&self, id: ProviderId, form: &Form) {
        providers::save(&self.office.lead::<DecideSignOn>(), &self.world.house, id, form).await.expect("changed");
    }

    /// Connects somebody, past the page for it.
    pub(crate) async fn connect(&self, person: &Person, provider: ProviderId, (issuer, subject): (&str, &str)) {
        let tx = self.world.stores().begin(&operator_permit::<CreateFirstAccount>(self.office.id)).await.unwrap();
        let identity = Identity {
            id: tx.ids().next(),
            provider,
            user: person.user,
            label: subject.to_owned(),
            role_from_provider: false,
            created_at: tx.now(),
            used_at: None,
        };
        tx.insert_identity(&identity, (issuer, subject)).await.unwrap();
        tx.commit(AuditEvent::new("test.connected", person.user)).await.unwrap();
    }

    pub(crate) fn visitor(&self) -> Visitor {
        self.server.seeker(&self.office)
    }

    /// What the office's log says, newest first.
    pub(crate) async fn log(&self) -> Vec<(String, String)> {
        let look = self.world.stores().look(&self.office.lead::<ReadAudit>()).await.unwrap();
        let entries = look.audit_entries(&AuditFilter { limit: 50, ..AuditFilter::default() }).await.unwrap();
        entries.into_iter().map(|entry| (entry.action, entry.details.summary)).collect()
    }

    pub(crate) async fn users(&self) -> Vec<storage::tenant::User> {
        self.world.stores().look(&self.office.lead::<ReadAudit>()).await.unwrap().users().await.unwrap()
    }

    pub(crate) async fn user(&self, id: UserId) -> storage::tenant::User {
        self.users().await.into_iter().find(|user| user.id == id).expect("a user")
    }
}

/// Where a page leads by itself: the provider.
pub(crate) fn leads_to(answer: &Answer) -> Url {
    assert_eq!(answer.status, 200, "{answer:?}");
    let refresh = answer.headers.get("refresh").expect("it leads on").to_str().unwrap();
    let url = refresh.strip_prefix("0; url=").expect("an address");
    assert!(answer.text.contains(&url.replace('&', "&#38;")), "the link is on the page, too: {}", answer.text);
    Url::parse(url).unwrap()
}

/// A part of an address' query.
pub(crate) fn part(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// To the provider, with this browser.
pub(crate) async fn depart(visitor: &Visitor, provider: ProviderId) -> Url {
    leads_to(&visitor.post(&format!("/login/sso/{provider}"), &[]).await)
}

/// What a correct provider says of `subject` for this departure.
pub(crate) fn claims(scene: &Scene, issuer: &str, subject: &str, sent: &Url) -> Value {
    let now = scene.world.house.clock().now().as_second();
    json!({
        "iss": issuer, "sub": subject, "aud": CLIENT, "iat": now, "exp": now + 300, "auth_time": now,
        "nonce": part(sent, "nonce"), "amr": ["pwd", "mfa"], "email": format!("{subject}@provider.example"),
        "email_verified": true, "name": "Kim Muster", "groups": ["team"],
    })
}

/// The provider gives the token for a new code; the path that brings the browser back.
pub(crate) fn answer(hostile: &Hostile, sent: &Url, claims: &Value, signed: Signed) -> String {
    let code = part(sent, "nonce");
    hostile.give(&code, id_token(claims, signed));
    let path = Url::parse(&part(sent, "redirect_uri")).unwrap().path().to_owned();
    format!("{path}?state={}&code={code}", part(sent, "state"))
}

/// Why it went no further, if it did not.
pub(crate) fn refusal(answer: &Answer) -> Option<String> {
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.location().split_once("/hinweis?grund=").map(|(_, why)| why.to_owned())
}

pub(crate) fn is_in(visitor: &Visitor) -> bool {
    visitor.cookies().contains_key("__Host-session")
}
