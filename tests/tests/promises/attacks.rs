//! Row 2.10: twenty attacks as scripts, each of which raises its alert; and a day of ordinary work, which raises none.

use std::net::Ipv4Addr;
use std::sync::Arc;

use access::actions::{StartRecovery, WatchAlerts};
use access::{Role, Stage, operator_permit};
use domain::Status;
use domain::alert::Sign;
use jiff::SignedDuration;
use reqwest::Method;
use testkit::{Backend, Office, Person, Server, Visitor, World};
use tests::requests::{fresh_group, support_of};
use usecases::people::recovery::{self, Request};

struct Scene {
    world: World,
    office: Office,
    server: Server,
}

impl Scene {
    async fn new() -> Self {
        let world = World::new(Backend::Sqlite).await;
        let office = world.public_office("alpha").await;
        let server = Server::start(Arc::clone(&world.house), |config| {
            config.client_address = web::ClientAddress::ForwardedFor;
        })
        .await;
        Self { world, office, server }
    }

    /// How many alerts of this sign there are.
    async fn raised(&self, sign: Sign) -> usize {
        let look = self.world.stores().look(&operator_permit::<WatchAlerts>(self.office.id)).await.unwrap();
        look.alerts(1_000).await.unwrap().iter().filter(|alert| alert.sign == sign.code()).count()
    }

    /// A form, from this address.
    async fn post(&self, visitor: &Visitor, from: &str, path: &str, form: &[(&str, &str)]) -> u16 {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = visitor.builder(Method::POST, path).header("x-forwarded-for", from);
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        visitor.send(request).await.status.as_u16()
    }

    async fn get(&self, visitor: &Visitor, from: &str, path: &str) -> u16 {
        visitor.send(visitor.builder(Method::GET, path).header("x-forwarded-for", from)).await.status.as_u16()
    }

    async fn inside(&self, role: Role) -> (Person, Visitor) {
        let person = self.office.someone(role).await;
        let visitor = self.server.with_session(&self.office, &self.office.session(&person, Stage::Full).await);
        (person, visitor)
    }

    async fn half_in(&self) -> (Person, Visitor) {
        let person = self.office.someone(Role::Staff).await;
        let visitor = self.server.with_session(&self.office, &self.office.session(&person, Stage::HalfIn).await);
        (person, visitor)
    }

    /// The attack.
    #[expect(clippy::too_many_lines, reason = "one attack after the other")]
    async fn attack(&self, sign: Sign) {
        let times = sign.rule().count;
        let stranger = self.server.seeker(&self.office);
        let wrong = |email: String| [("email", email), ("password", "falsch-falsch-falsch".to_owned())];
        let log_in = async |from: String, email: String| {
            let form = wrong(email);
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            self.post(&stranger, &from, "/login", &form).await;
        };
        match sign {
            Sign::PasswordsForOne => {
                let victim = self.office.someone(Role::Staff).await;
                for _ in 0..times {
                    log_in("192.0.2.1".to_owned(), victim.email.clone()).await;
                }
            }
            Sign::PasswordsFromOne => {
                for number in 0..times {
                    log_in("198.51.100.7".to_owned(), format!("wer{number}@alpha.example")).await;
                }
            }
            Sign::PasswordsEverywhere => {
                for number in 0..times {
                    log_in(format!("10.0.{number}.1"), format!("da{number}@alpha.example")).await;
                }
            }
            Sign::WrongCodes => {
                let (_, visitor) = self.half_in().await;
                for _ in 0..times {
                    self.post(&visitor, "192.0.2.2", "/login/code", &[("code", "000000")]).await;
                }
            }
            Sign::RecoveryCodeUsed => {
                let (person, visitor) = self.half_in().await;
                let code = crypto::token::RecoveryCode::generate(self.world.ids());
                let tx = self.world.stores().begin(&self.office.lead::<access::actions::CreateGroup>()).await.unwrap();
                tx.put_recovery_codes(person.user, &[code.hash(person.user)]).await.unwrap();
                tx.commit(domain::audit::AuditEvent::new("test.recovery", person.user)).await.unwrap();
                let text = code.to_text();
                self.post(&visitor, "192.0.2.2", "/login/notfallcode", &[("code", text.as_str())]).await;
            }
            Sign::DeadLinks | Sign::DeadSupportLinks => {
                let door = if sign == Sign::DeadLinks { "einladung" } else { "unterstuetzung" };
                for _ in 0..times {
                    let token = crypto::token::Token::generate(self.world.ids());
                    self.get(&stranger, "192.0.2.3", &format!("/{door}/{}", token.to_text().as_str())).await;
                }
            }
            Sign::DeadLogins => {
                for _ in 0..times {
                    let token = crypto::token::Token::generate(self.world.ids());
                    stranger.set_cookie("__Host-session", token.to_text().as_str());
                    self.get(&stranger, "192.0.2.4", "/office/gruppen").await;
                }
            }
            Sign::ClosedDoors => {
                for _ in 0..times {
                    self.get(&stranger, "192.0.2.5", "/office/personen").await;
                }
            }
            Sign::ForeignForms => {
                for _ in 0..times {
                    let request = stranger.builder(Method::POST, "/login").header("x-forwarded-for", "192.0.2.6");
                    let request =
                        request.header("origin", "https://boese.example").header("sec-fetch-site", "cross-site");
                    stranger.send(request.body("email=a")).await;
                }
            }
            Sign::ContactsCollected => {
                let (group, ..) = fresh_group(&self.office, Status::Active).await;
                let path = format!("/gruppen/frisch-{group}/kontakt");
                assert_eq!(self.post(&stranger, "192.0.2.7", &path, &[]).await, 303);
                for _ in 0..60 {
                    self.post(&stranger, "192.0.2.7", &path, &[]).await;
                }
            }
            Sign::NewCountry => {
                let file = tempfile::NamedTempFile::new().unwrap();
                let networks = [(Ipv4Addr::new(192, 0, 2, 0), "DE"), (Ipv4Addr::new(198, 51, 100, 0), "NZ")];
                std::fs::write(file.path(), testkit::countries::database(&networks)).unwrap();
                self.world.house.know_countries(usecases::Countries::read(file.path()).unwrap());
                let person = self.office.someone(Role::Staff).await;
                for from in ["192.0.2.9", "192.0.2.9", "198.51.100.9"] {
                    self.world.clock.advance(SignedDuration::from_mins(1));
                    let visitor = self.server.seeker(&self.office);
                    let form = [("email", person.email.as_str()), ("password", person.password)];
                    assert_eq!(self.post(&visitor, from, "/login", &form).await, 303);
                    let code = person.code(domain::Clock::now(&*self.world.clock));
                    assert_eq!(self.post(&visitor, from, "/login/code", &[("code", &code)]).await, 303);
                }
            }
            Sign::WrongProofs => {
                let (_, visitor) = self.inside(Role::Staff).await;
                for _ in 0..times {
                    self.post(&visitor, "192.0.2.8", "/bestaetigen", &[("code", "000000")]).await;
                }
            }
            Sign::Forbidden => {
                let (_, visitor) = self.inside(Role::ReadOnly).await;
                for _ in 0..times {
                    self.get(&visitor, "192.0.2.9", "/office/personen").await;
                }
            }
            Sign::NotHere => {
                let (_, visitor) = self.inside(Role::ReadOnly).await;
                for _ in 0..times {
                    let id: domain::GroupId = self.world.ids().next();
                    self.get(&visitor, "192.0.2.9", &format!("/office/gruppen/{id}")).await;
                }
            }
            Sign::MassReading => {
                let (_, visitor) = self.inside(Role::ReadOnly).await;
                let (group, ..) = fresh_group(&self.office, Status::Active).await;
                for _ in 0..times {
                    self.get(&visitor, "192.0.2.9", &format!("/office/gruppen/{group}")).await;
                }
            }
            Sign::LogExports => {
                let (_, visitor) = self.inside(Role::Privacy).await;
                for _ in 0..times {
                    self.get(&visitor, "192.0.2.9", "/office/protokoll/export.csv").await;
                }
            }
            Sign::BadFiles => {
                let (_, visitor) = self.inside(Role::Staff).await;
                for _ in 0..times {
                    let part = reqwest::multipart::Part::bytes(b"PK\x03\x04kaputt".to_vec()).file_name("liste.xlsx");
                    let form = reqwest::multipart::Form::new().part("file", part);
                    visitor.send(visitor.builder(Method::POST, "/office/import").multipart(form)).await;
                }
            }
            Sign::MassDeleting => {
                let (_, visitor) = self.inside(Role::Staff).await;
                for _ in 0..times {
                    let (group, person, _) = fresh_group(&self.office, Status::Active).await;
                    let path = format!("/office/gruppen/{group}/personen/{person}/loeschen");
                    let page = visitor.get(&path).await;
                    let form = tests::form::form_to(&page.text, &path).expect("a form");
                    let form: Vec<(&str, &str)> =
                        form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                    assert_eq!(self.post(&visitor, "192.0.2.9", &path, &form).await, 303);
                }
            }
            Sign::LockOuts => {
                let (_, visitor) = self.inside(Role::Lead).await;
                for _ in 0..times {
                    let person = self.office.someone(Role::Staff).await;
                    let path = format!("/office/personen/{}/sperren", person.user);
                    assert_eq!(self.post(&visitor, "192.0.2.9", &path, &[]).await, 303);
                }
            }
            Sign::ManagerMade => {
                let (_, visitor) = self.inside(Role::Lead).await;
                let person = self.office.someone(Role::Staff).await;
                let path = format!("/office/personen/{}/rolle", person.user);
                assert_eq!(self.post(&visitor, "192.0.2.9", &path, &[("role", "lead")]).await, 303);
            }
            Sign::RecoveryStarted => {
                let (lead, visitor) = self.inside(Role::Lead).await;
                let sheet = visitor.post("/office/einstellungen/notfallblatt", &[]).await.text;
                let share = sheet.split_once("<code class=\"secret\">").unwrap().1.split_once('<').unwrap().0;
                let ending = [("ending", &share[share.len() - 9..])];
                assert_eq!(visitor.post("/office/einstellungen/notfallblatt/pruefen", &ending).await.status, 303);
                let request = Request { user: &lead.email, share, identity_check: "Videoanruf mit Ausweis" };
                let operator = operator_permit::<StartRecovery>(self.office.id);
                recovery::start(&operator, &self.world.house, request).await.unwrap();
            }
            Sign::SupportEntered => {
                let (_, token) = support_of(&self.office).await;
                let answer = self.post(&stranger, "192.0.2.9", &format!("/unterstuetzung/{token}"), &[]).await;
                assert_eq!(answer, 303);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p2_10_each_scripted_attack_raises_its_alert() {
    assert!(Sign::ALL.len() >= 20, "twenty attacks");
    for sign in Sign::ALL {
        let scene = Scene::new().await;
        assert_eq!(scene.raised(*sign).await, 0);
        scene.attack(*sign).await;
        assert_eq!(scene.raised(*sign).await, 1, "{}", sign.code());
    }
}

#[tokio::test]
async fn p2_10_ordinary_work_raises_none() {
    let scene = Scene::new().await;
    let person = scene.office.someone(Role::Staff).await;
    let visitor = scene.server.seeker(&scene.office);
    scene.get(&visitor, "192.0.2.9", "/office").await;
    scene.post(&visitor, "192.0.2.9", "/login", &[("email", &person.email), ("password", "vertippt-vertippt")]).await;
    scene.post(&visitor, "192.0.2.9", "/login", &[("email", &person.email), ("password", person.password)]).await;
    let code = person.code(scene.world.house.clock().now());
    assert_eq!(scene.post(&visitor, "192.0.2.9", "/login/code", &[("code", &code)]).await, 303);
    for _ in 0..20 {
        let (group, ..) = fresh_group(&scene.office, Status::Active).await;
        assert_eq!(scene.get(&visitor, "192.0.2.9", &format!("/office/gruppen/{group}")).await, 200);
    }
    scene.get(&visitor, "192.0.2.9", "/office/gibt-es-nicht").await;
    let look = scene.world.stores().look(&operator_permit::<WatchAlerts>(scene.office.id)).await.unwrap();
    let raised: Vec<String> = look.alerts(10).await.unwrap().into_iter().map(|alert| alert.sign).collect();
    assert!(raised.is_empty(), "{raised:?}");
}
