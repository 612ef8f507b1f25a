//! A whole house for one test: stores on SQLite or PostgreSQL, keys, offices, and a clock that can be moved.

use std::sync::Arc;

use access::actions::{CreateFirstAccount, ImportGroups};
use access::{Action, Permit, Principal, Role, Stage, authorize, operator_permit};
use crypto::kek::FileKek;
use crypto::token::Token;
use crypto::totp::TotpSecret;
use domain::audit::{Actor, AuditEvent};
use domain::office::{OfficeProfile, Regime, Visibility};
use domain::{Clock, EmailAddress, GroupId, Ids, Slug, TenantId, TestClock, UserId};
use jiff::Timestamp;
use rand::TryRng;
use storage::tenant::{Factor, FactorSecret, Session, Standing, User, UserProfile, UserState};
use storage::{NewTenant, PostgresConfig, Services, StoreConfig, Stores};
use tempfile::TempDir;
use usecases::{Addresses, House, ProviderReach};

use crate::postgres;

/// Which database a test runs on; storage tests run on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// Files in a temporary folder.
    Sqlite,
    /// The private server that `cargo xtask test` starts.
    Postgres,
}

/// A whole house. Its files go when it is dropped; its databases go with the private server.
pub struct World {
    /// The house.
    pub house: Arc<House>,
    /// Stands still until moved.
    pub clock: Arc<TestClock>,
    /// Where the stores are.
    pub config: StoreConfig,
    /// Where files are: the key file, and everything else on SQLite.
    pub folder: TempDir,
}

/// The moment at which every world begins: Sunday, 22 November 2026, 10:00 UTC.
pub const BEGINNING: Timestamp = Timestamp::constant(1_795_341_600, 0);

fn ids(clock: &Arc<dyn Clock>) -> Ids {
    Ids::new(Arc::clone(clock), |buffer| {
        rand::rngs::SysRng.try_fill_bytes(buffer).expect("the system gives randomness");
    })
}

impl World {
    /// A new, empty house.
    pub async fn new(backend: Backend) -> Self {
        Self::at_port(backend, None).await
    }

    /// A new, empty house whose mails carry links to this port.
    pub async fn at_port(backend: Backend, port: Option<u16>) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let config = match backend {
            Backend::Sqlite => StoreConfig::Sqlite { folder: folder.path().join("data") },
            Backend::Postgres => StoreConfig::Postgres(postgres_config()),
        };
        storage::migrate::prepare(&config).await.expect("the databases can be prepared");
        let clock = Arc::new(TestClock::at(BEGINNING));
        let stores = open(&config, &folder, Arc::clone(&clock) as Arc<dyn Clock>).await;
        // The providers of tests are on this machine.
        let addresses = Addresses { port, ..addresses() };
        let house = House::reaching(stores, addresses, ProviderReach::Anywhere).expect("a house");
        Self { house, clock, config, folder }
    }

    /// A second house over the same stores, as a second server process has it. On PostgreSQL it holds no provisioning role.
    /// It asks providers of single sign-on at public addresses only, as in production.
    pub async fn second_house(&self) -> Arc<House> {
        let config = match self.config.clone() {
            StoreConfig::Postgres(postgres) => {
                StoreConfig::Postgres(PostgresConfig { provisioner_url: None, ..postgres })
            }
            sqlite @ StoreConfig::Sqlite { .. } => sqlite,
        };
        let stores = open(&config, &self.folder, Arc::clone(&self.clock) as Arc<dyn Clock>).await;
        House::new(stores, addresses()).expect("a house")
    }

    /// The stores.
    pub fn stores(&self) -> &Stores {
        self.house.stores()
    }

    /// Ids and randomness.
    pub fn ids(&self) -> &Ids {
        &self.stores().services().ids
    }

    /// A new office without users, not yet public.
    pub async fn office(&self, slug: &str) -> Office {
        let id: TenantId = self.ids().next();
        let slug = Slug::parse(slug).expect("a slug");
        let new =
            NewTenant { id, slug: slug.clone(), profile: profile(&slug), regime: Regime::Dsgvo, first_account: None };
        self.stores().provision(&new).await.expect("the office can be provisioned");
        Office { house: Arc::clone(&self.house), id, slug }
    }

    /// A new office whose directory is public (in trial).
    pub async fn public_office(&self, slug: &str) -> Office {
        let office = self.office(slug).await;
        office.set_visibility(Visibility::Trial).await;
        office
    }
}

fn addresses() -> Addresses {
    Addresses { scheme: "http", base_domain: "localhost".to_owned(), port: None }
}

async fn open(config: &StoreConfig, folder: &TempDir, clock: Arc<dyn Clock>) -> Stores {
    let ids = ids(&clock);
    let file = folder.path().join("kek");
    let kek = if file.exists() { FileKek::load(&file, ids.clone()) } else { FileKek::create(&file, ids.clone()) };
    let services = Services { clock, ids, kek: Arc::new(kek.expect("a key file")), escrow: None };
    Stores::open(config.clone(), services).await.expect("the stores open")
}

/// Logins and databases of their own for this world, on the private server.
fn postgres_config() -> PostgresConfig {
    let server = postgres::url();
    let clock: Arc<dyn Clock> = Arc::new(domain::SystemClock);
    let name: uuid::Uuid = ids(&clock).next();
    let name = name.as_simple();
    // A provisioner as in production: no superuser, and one for the whole cluster, whose template and groups are its own.
    let made = postgres::psql(
        &server,
        "DO $$ BEGIN CREATE ROLE provisioner LOGIN CREATEDB CREATEROLE NOSUPERUSER PASSWORD 'prov'; \
         EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
    );
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let url = |login: &str, password: &str, database: &str| {
        let mut url = url::Url::parse(&server).expect("a URL");
        url.set_username(login).expect("a login");
        url.set_password(Some(password)).expect("a password");
        url.set_path(database);
        url.to_string()
    };
    PostgresConfig {
        platform_url: url(&format!("serve_{name}"), "serve", &format!("platform_{name}")),
        keystore_url: url(&format!("keys_{name}"), "keys", &format!("keys_{name}")),
        provisioner_url: Some(url("provisioner", "prov", "postgres")),
        connections: 40,
    }
}

fn profile(slug: &Slug) -> OfficeProfile {
    OfficeProfile {
        name: format!("Selbsthilfekontaktstelle {slug}"),
        carrier: "Verein".to_owned(),
        street: "Lindenweg 4".to_owned(),
        postcode: "04177".to_owned(),
        town: "Musterstadt".to_owned(),
        phone: "0341 000 12 34".to_owned(),
        email: format!("kontakt@{slug}.example"),
        imprint: "Verein, Lindenweg 4, 04177 Musterstadt".to_owned(),
        privacy: "Verantwortlich ist der Verein.".to_owned(),
        ..OfficeProfile::default()
    }
}

/// Everybody's password.
pub const PASSWORD: &str = "apfelbaum-regen-morgen";

/// Hashing it takes long.
static HASH: tokio::sync::OnceCell<zeroize::Zeroizing<String>> = tokio::sync::OnceCell::const_new();

/// An office of a test.
#[derive(Clone)]
pub struct Office {
    /// The house it is in.
    pub house: Arc<House>,
    /// Its id.
    pub id: TenantId,
    /// Its subdomain.
    pub slug: Slug,
}

/// Someone who works in an office of a test.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their id.
    pub user: UserId,
    /// As what.
    pub role: Role,
    /// Their mail address.
    pub email: String,
    /// Their password.
    pub password: &'static str,
    /// The secret of their second factor.
    pub totp: [u8; 20],
}

impl Office {
    /// A permit of someone in this role, wholly logged in, who need not exist.
    pub fn permit<A: Action>(&self, role: Role) -> Permit<A> {
        let user = self.house.ids().next();
        authorize(&Principal::new(self.id, user, role, Stage::Full)).expect("the role may")
    }

    /// The same for an action that the lead may.
    pub fn lead<A: Action>(&self) -> Permit<A> {
        self.permit(Role::Lead)
    }

    /// Changes whether the public can see the directory, past every checklist.
    pub async fn set_visibility(&self, visibility: Visibility) {
        let permit: Permit<ImportGroups> = operator_permit(self.id);
        let tx = self.house.stores().begin(&permit).await.expect("a transaction");
        let profile = tx.site().await.expect("a site").profile;
        tx.save_site(visibility, &profile).await.expect("saved");
        tx.commit(AuditEvent::new("test.visibility", "")).await.expect("committed");
    }

    /// Someone who works here, with password and second factor.
    pub async fn someone(&self, role: Role) -> Person {
        self.person(role, Vec::new()).await
    }

    /// The admin of these groups.
    pub async fn admin_of(&self, groups: &[GroupId]) -> Person {
        self.person(Role::GroupAdmin, groups.to_vec()).await
    }

    async fn person(&self, role: Role, groups: Vec<GroupId>) -> Person {
        let ids = self.house.ids();
        let user: UserId = ids.next();
        let mut totp = [0; 20];
        ids.fill(&mut totp);
        let password = PASSWORD;
        let email = format!("{user}@{}.example", self.slug);
        let permit: Permit<CreateFirstAccount> = operator_permit(self.id);
        let row = User {
            id: user,
            standing: Standing { role, state: UserState::Active, groups },
            profile: UserProfile::new(
                format!("{} {}", role.code(), self.slug),
                EmailAddress::parse(&email).expect("an address"),
            ),
            password: HASH
                .get_or_init(async || self.house.hash_password(password).await.expect("a hash"))
                .await
                .clone(),
            last_login_at: None,
        };
        let tx = self.house.stores().begin(&permit).await.expect("a transaction");
        tx.insert_user(&row).await.expect("a user");
        let secret = FactorSecret::App(totp.to_vec().into());
        let app = Factor::new(ids.next(), user, "Authenticator-App", secret, tx.now());
        tx.insert_factor(&app).await.expect("a second factor");
        tx.commit(AuditEvent::new("test.user", user)).await.expect("committed");
        Person { user, role, email, password, totp }
    }

    /// The cookie value of a session of this person at this stage, begun now.
    pub async fn session(&self, person: &Person, stage: Stage) -> String {
        let permit: Permit<CreateFirstAccount> = operator_permit(self.id);
        let tx = self.house.stores().begin(&permit).await.expect("a transaction");
        let token = Token::generate(tx.ids());
        let now = tx.now();
        let session = Session {
            id: tx.ids().next(),
            token_hash: token.hash(),
            user: person.user,
            stage,
            created_at: now,
            seen_at: now,
            proven_at: now,
            device: "Firefox, Linux".to_owned(),
            provider: None,
        };
        tx.insert_session(&session).await.expect("a session");
        tx.commit_as(Actor::User(person.user), AuditEvent::new("test.session", person.user)).await.expect("committed");
        token.to_text().to_string()
    }
}

impl Person {
    /// The code their app shows now.
    pub fn code(&self, now: Timestamp) -> String {
        TotpSecret::from_bytes(&self.totp).expect("a secret").code_at(now).to_string()
    }
}
