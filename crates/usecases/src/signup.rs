//! An office joins: it asks, confirms by mail, and its database and keys are made. Nothing is made before the mail is
//! confirmed.

use crypto::token::Token;
use domain::audit::{Actor, AuditEvent};
use domain::office::{OfficeProfile, Regime};
use domain::{EmailAddress, Slug, TenantId};
use jiff::SignedDuration;
pub use storage::platform::SignupState;
use storage::platform::{Signup, SignupData, signups::LIFETIME};
use storage::throttle::Pace;
use storage::{Mail, NewTenant, StorageError};

use crate::{Error, House, Problem, Result};

/// Subdomains that no office can have: ours, and those that others take for ours.
const RESERVED: &[&str] = &[
    "admin",
    "administrator",
    "ampelhaus",
    "anmelden",
    "api",
    "app",
    "assets",
    "auth",
    "autoconfig",
    "autodiscover",
    "backup",
    "blog",
    "cdn",
    "dev",
    "dns",
    "docs",
    "ftp",
    "help",
    "hilfe",
    "hostmaster",
    "imap",
    "impressum",
    "intern",
    "kontakt",
    "localhost",
    "login",
    "mail",
    "mailer",
    "monitor",
    "mta-sts",
    "mx",
    "ns",
    "ns1",
    "ns2",
    "office",
    "operator",
    "platform",
    "plattform",
    "pop",
    "pop3",
    "postmaster",
    "public",
    "root",
    "security",
    "sicherheit",
    "smtp",
    "ssl",
    "ssh",
    "staging",
    "static",
    "status",
    "support",
    "system",
    "test",
    "vpn",
    "webmail",
    "webmaster",
    "wpad",
    "www",
    "www1",
    "www2",
];

/// Sign-ups from one network: three at once are fine, then ever slower.
const PER_NETWORK: Pace = Pace { free: 3, first_ms: 60_000, longest_ms: 6 * 3_600_000, forget_ms: 24 * 3_600_000 };
/// Mails to one address.
const PER_ADDRESS: Pace = Pace { free: 2, first_ms: 300_000, longest_ms: 12 * 3_600_000, forget_ms: 24 * 3_600_000 };
/// Sign-ups altogether: a flood from many networks must not fill the disk.
const ALTOGETHER: Pace = Pace { free: 200, first_ms: 1_000, longest_ms: 60_000, forget_ms: 3_600_000 };

/// What the form holds, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// "Selbsthilfekontaktstelle Musterstadt"
    pub office: String,
    /// Träger.
    pub carrier: String,
    /// Code of a [`Regime`].
    pub regime: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// Mail address.
    pub email: String,
    /// The subdomain wanted.
    pub slug: String,
}

impl Form {
    fn read(&self) -> Result<(SignupData, Slug)> {
        let mut problems = Vec::new();
        let mut text = |field: &str, value: &str, most: usize| {
            let value = value.trim();
            if value.is_empty() {
                problems.push(Problem::new(field, "missing"));
            } else if value.chars().count() > most {
                problems.push(Problem::new(field, "too-long"));
            } else if value.chars().any(|c| c.is_control() || c == char::REPLACEMENT_CHARACTER) {
                problems.push(Problem::new(field, "control-characters"));
            }
            value.to_owned()
        };
        let office = text("office", &self.office, 200);
        let carrier = text("carrier", &self.carrier, 200);
        let street = text("street", &self.street, 200);
        let town = text("town", &self.town, 100);
        let postcode = self.postcode.trim().to_owned();
        if postcode.len() != 5 || !postcode.bytes().all(|byte| byte.is_ascii_digit()) {
            problems.push(Problem::new("postcode", "not-a-postcode"));
        }
        let regime = Regime::from_code(&self.regime);
        if regime.is_none() {
            problems.push(Problem::new("regime", "choose"));
        }
        let email = EmailAddress::parse(&self.email).ok();
        if email.is_none() {
            problems.push(Problem::new("email", if self.email.trim().is_empty() { "missing" } else { "not-an-email" }));
        }
        let slug = Slug::parse(&self.slug).ok().filter(|slug| slug.as_str().len() >= 3);
        match &slug {
            None => problems.push(Problem::new("slug", "not-a-subdomain")),
            Some(slug) if RESERVED.contains(&slug.as_str()) || slug.as_str().starts_with("xn-") => {
                problems.push(Problem::new("slug", "reserved"));
            }
            Some(_) => {}
        }
        match (problems.is_empty(), regime, email, slug) {
            (true, Some(regime), Some(email), Some(slug)) => {
                Ok((SignupData { office, carrier, regime, street, postcode, town, email }, slug))
            }
            _ => Err(Error::Invalid(problems)),
        }
    }
}

/// An office asks to join: a confirming mail is sent, nothing else is made.
pub async fn request(house: &House, form: &Form, network: &str) -> Result<()> {
    let (data, slug) = form.read()?;
    let network = format!("signup from {network}");
    let address = format!("signup for {}", data.email.folded());
    let tx = house.stores.platform().await?;
    tx.take_turn().await?;
    for (what, pace) in
        [(network.as_str(), PER_NETWORK), (address.as_str(), PER_ADDRESS), ("signup altogether", ALTOGETHER)]
    {
        if let Some(until) = tx.throttled(what).await? {
            return Err(Error::Throttled(until));
        }
        tx.count_against(what, pace).await?;
    }
    if tx.slug_taken(&slug).await? {
        // Counted: nobody tries out quickly which names are taken.
        tx.commit(Actor::Anonymous, AuditEvent::new("signup.refused", "")).await?;
        return Err(Error::invalid("slug", "taken"));
    }
    let token = Token::generate(house.ids());
    let signup = Signup {
        id: house.ids().next(),
        token_hash: *token.hash().as_bytes(),
        slug,
        state: SignupState::Pending,
        data,
        expires_at: house.clock().now() + LIFETIME,
        tenant: None,
        attempts: 0,
    };
    tx.insert_signup(&signup).await?;
    let link = format!("{}/anmelden/bestaetigen/{}", house.addresses.platform(), token.to_text().as_str());
    tx.enqueue(&confirming_mail(&signup, &link)).await?;
    tx.commit(Actor::Anonymous, AuditEvent::new("signup.requested", signup.id)).await?;
    house.ring();
    Ok(())
}

fn confirming_mail(signup: &Signup, link: &str) -> Mail {
    Mail {
        to: signup.data.email.clone(),
        subject: "Bitte bestätigen Sie Ihre Anmeldung bei Ampelhaus".to_owned(),
        body: format!(
            "Guten Tag,\n\njemand hat mit dieser E-Mail-Adresse eine Kontaktstelle bei Ampelhaus angemeldet.\n\
             Wenn Sie das waren, öffnen Sie bitte innerhalb von 24 Stunden diese Seite und bestätigen Sie dort:\n\n\
             {link}\n\n\
             Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ohne Bestätigung wird nichts eingerichtet,\n\
             und die Anmeldung wird nach 24 Stunden gelöscht.\n\n\
             --\n\n\
             Hello,\n\nsomeone signed up a contact office at Ampelhaus with this e-mail address.\n\
             If it was you, please open this page within 24 hours and confirm there:\n\n\
             {link}\n\n\
             If it was not you, there is nothing to do: without confirmation nothing is set up,\n\
             and the sign-up is deleted after 24 hours.\n"
        ),
    }
}

/// A sign-up as its confirming page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The office's name.
    pub office: String,
    /// The subdomain.
    pub slug: Slug,
    /// How far it is.
    pub state: SignupState,
    /// Where to make the first account, once the office is there.
    pub next: Option<String>,
}

fn view(house: &House, signup: Signup, token: &str) -> View {
    let next = (signup.state == SignupState::Provisioned)
        .then(|| format!("{}/einladung/{token}", house.addresses.office(&signup.slug)));
    View { office: signup.data.office, slug: signup.slug, state: signup.state, next }
}

async fn find(house: &House, token: &str) -> Result<Signup> {
    let token = Token::parse(token).map_err(|_| Error::NotFound)?;
    let look = house.stores.platform_look().await?;
    look.signup_by_token(token.hash().as_bytes()).await?.ok_or(Error::NotFound)
}

/// Looks at a sign-up by its link; uses nothing up.
pub async fn look(house: &House, token: &str) -> Result<View> {
    Ok(view(house, find(house, token).await?, token))
}

/// Confirms a sign-up: from here on the worker makes the office. May be repeated.
pub async fn confirm(house: &House, token: &str) -> Result<View> {
    let mut signup = find(house, token).await?;
    if signup.state == SignupState::Pending {
        let tenant: TenantId = house.ids().next();
        let expires_at = house.clock().now() + SignedDuration::from_hours(72);
        let tx = house.stores.platform().await?;
        match tx.move_signup(&signup, SignupState::Confirmed, Some(tenant), expires_at).await {
            Ok(()) => {
                tx.commit(Actor::Anonymous, AuditEvent::new("signup.confirmed", signup.id)).await?;
                signup.state = SignupState::Confirmed;
            }
            // A double click: the other one confirmed it.
            Err(StorageError::Conflict) => {
                drop(tx);
                signup = find(house, token).await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    house.ring();
    Ok(view(house, signup, token))
}

/// Makes the offices of confirmed sign-ups: keys, database, the right to make the first account. How many.
pub async fn provision_waiting(house: &House) -> Result<usize> {
    let waiting = house.stores.platform_look().await?.signups_to_provision().await?;
    let mut made = 0;
    for signup in waiting {
        match provision(house, &signup).await {
            Ok(()) => made += 1,
            Err(error) => {
                tracing::error!(signup = %signup.id, error = &error as &dyn std::error::Error, "an office could not be made");
                let tx = house.stores.platform().await?;
                tx.signup_failed(&signup).await?;
                tx.commit(Actor::System, AuditEvent::new("signup.failed", signup.id)).await?;
            }
        }
    }
    Ok(made)
}

async fn provision(house: &House, signup: &Signup) -> Result<()> {
    let id = signup.tenant.ok_or_else(|| Error::Internal("a confirmed sign-up without a tenant".to_owned()))?;
    let SignupData { office, carrier, regime, street, postcode, town, email } = signup.data.clone();
    let profile = OfficeProfile {
        name: office,
        carrier,
        street,
        postcode,
        town,
        email: String::new(),
        ..OfficeProfile::default()
    };
    let new =
        NewTenant { id, slug: signup.slug.clone(), profile, regime, first_account: Some((email, signup.token_hash)) };
    house.stores.provision(&new).await?;
    let tx = house.stores.platform().await?;
    tx.move_signup(signup, SignupState::Provisioned, Some(id), signup.expires_at).await?;
    tx.commit(Actor::System, AuditEvent::new("signup.provisioned", signup.id)).await?;
    Ok(())
}
