//! Settings: built-in defaults, then a TOML file, then the environment (`AMPELHAUS_…`, nested with `__`).

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use jobs::SmtpConfig;
use serde::Deserialize;
use storage::{PostgresConfig, StoreConfig};

/// All settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Real offices: no demo, TLS in front, mail by SMTP, an escrow recipient.
    pub(crate) production: bool,
    /// The demo office; by default on unless in production.
    pub(crate) demo: Option<bool>,
    /// Where everything is kept that is not in PostgreSQL.
    pub(crate) data: PathBuf,
    /// Loopback by default; a proxy with TLS stands in front.
    pub(crate) listen: SocketAddr,
    /// Offices are reached as `{slug}.{base_domain}`.
    pub(crate) base_domain: String,
    /// Behind a proxy: addresses start with `https`, and the client's address is read from `X-Forwarded-For`.
    pub(crate) behind_proxy: bool,
    /// PostgreSQL; SQLite under `data` without it.
    pub(crate) postgres: Option<Postgres>,
    /// How mail goes out; kept under `data/mail` without it.
    pub(crate) smtp: Option<SmtpConfig>,
    /// The key-encryption key's file; `data/kek` by default.
    pub(crate) kek_file: Option<PathBuf>,
    /// age recipient (`age1…`) of the offline escrow.
    pub(crate) escrow_recipient: Option<String>,
    /// A database of countries (`MaxMind` DB format), to tell the lead when someone logs in from a new one; read once.
    pub(crate) country_database: Option<PathBuf>,
    /// Providers of single sign-on.
    #[serde(default)]
    pub(crate) sign_on: SignOn,
    /// One line of JSON per log entry.
    pub(crate) log_json: bool,
}

/// Providers of single sign-on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SignOn {
    /// Whether they may be in the operator's own network, and reached over `http`.
    pub(crate) private_addresses: bool,
}

/// PostgreSQL's logins.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Postgres {
    platform_url: String,
    keystore_url: String,
    provisioner_url: Option<String>,
    #[serde(default = "forty")]
    connections: u32,
}

const fn forty() -> u32 {
    40
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Postgres(…)")
    }
}

impl Config {
    /// Reads all settings and refuses contradictions.
    pub(crate) fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let mut builder = config::Config::builder()
            .set_default("production", false)?
            .set_default("data", "data")?
            .set_default("listen", "127.0.0.1:8080")?
            .set_default("base_domain", "localhost")?
            .set_default("behind_proxy", false)?
            .set_default("log_json", false)?;
        if let Some(file) = file {
            builder = builder.add_source(config::File::from(file).format(config::FileFormat::Toml));
        }
        // Variables of the tests and of the command line itself are no settings.
        let environment = std::env::vars().filter(|(name, _)| {
            name.starts_with("AMPELHAUS_")
                && !name.starts_with("AMPELHAUS_TEST_")
                && name != "AMPELHAUS_CONFIG"
                && name != "AMPELHAUS_REAL_DATA"
        });
        let environment = config::Environment::with_prefix("AMPELHAUS")
            .prefix_separator("_")
            .separator("__")
            .try_parsing(true)
            .source(Some(environment.collect()));
        let config: Self = builder
            .add_source(environment)
            .build()
            .and_then(config::Config::try_deserialize)
            .context("the configuration cannot be read")?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        if !self.production {
            return Ok(());
        }
        if self.demo == Some(true) {
            bail!("`demo` and `production` exclude each other: the demo's logins are public");
        }
        if self.smtp.is_none() {
            bail!("in production mail must go out: set `smtp`");
        }
        if self.escrow_recipient.is_none() {
            bail!("in production lost keys must be recoverable: set `escrow_recipient` (age1…)");
        }
        if !self.behind_proxy {
            bail!("in production a proxy with TLS must stand in front: set `behind_proxy`");
        }
        if let Some(postgres) = &self.postgres {
            for url in [Some(&postgres.platform_url), Some(&postgres.keystore_url), postgres.provisioner_url.as_ref()]
                .into_iter()
                .flatten()
            {
                let local = ["@localhost", "@127.0.0.1", "@[::1]"].iter().any(|host| url.contains(host));
                let encrypted = url.contains("sslmode=verify-full");
                if !local && !encrypted {
                    bail!("in production connections to PostgreSQL must be encrypted and checked: sslmode=verify-full");
                }
            }
        }
        Ok(())
    }

    /// Whether there is a demo office.
    pub(crate) fn has_demo(&self) -> bool {
        self.demo.unwrap_or(!self.production)
    }

    /// Where caught mail lies; only without SMTP.
    pub(crate) fn mail_folder(&self) -> Option<PathBuf> {
        self.smtp.is_none().then(|| self.data.join("mail"))
    }

    pub(crate) fn kek_file(&self) -> PathBuf {
        self.kek_file.clone().unwrap_or_else(|| self.data.join("kek"))
    }

    /// Where the stores are, for a process that may or may not provision.
    pub(crate) fn stores(&self, provisions: Provisions) -> StoreConfig {
        match &self.postgres {
            None => StoreConfig::Sqlite { folder: self.data.clone() },
            Some(Postgres { platform_url, keystore_url, provisioner_url, connections }) => {
                StoreConfig::Postgres(PostgresConfig {
                    platform_url: platform_url.clone(),
                    keystore_url: keystore_url.clone(),
                    provisioner_url: provisioner_url.clone().filter(|_| provisions == Provisions::Yes),
                    connections: *connections,
                })
            }
        }
    }

    /// Warns of a provisioning login that a serving process should not even know.
    pub(crate) fn knows_provisioner(&self) -> bool {
        self.postgres.as_ref().is_some_and(|postgres| postgres.provisioner_url.is_some())
    }
}

/// Whether a process may make databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Provisions {
    /// It provisions or migrates.
    Yes,
    /// It answers requests.
    No,
}
