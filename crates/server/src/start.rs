//! What every command begins with: logging, keys, stores.

use std::sync::Arc;

use anyhow::{Context, bail};
use crypto::escrow::EscrowRecipient;
use crypto::kek::{FileKek, KekProvider};
use domain::{Clock, Ids, SystemClock};
use rand::TryRng;
use storage::{Services, StoreConfig, Stores};
use tracing_subscriber::EnvFilter;
use usecases::{Addresses, Countries, House, ProviderReach};

use crate::config::{Config, Provisions};

/// Logs to standard error; `RUST_LOG` chooses what.
pub(crate) fn logging(config: &Config) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm=warn"));
    // What cannot be logged (a full disk) is not worth a request: complaining about it would panic.
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).log_internal_errors(false);
    if config.log_json {
        builder.json().init();
    } else {
        builder.with_target(false).compact().init();
    }
}

/// The machine's clock and randomness.
pub(crate) fn clock_and_ids() -> (Arc<dyn Clock>, Ids) {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let ids = Ids::new(Arc::clone(&clock), |buffer| {
        #[expect(clippy::expect_used, reason = "without randomness nothing may go on")]
        rand::rngs::SysRng.try_fill_bytes(buffer).expect("the system gives no randomness");
    });
    (clock, ids)
}

/// Opens the stores and checks that the keys fit.
pub(crate) async fn stores(config: &Config, provisions: Provisions) -> anyhow::Result<Stores> {
    let (clock, ids) = clock_and_ids();
    let store_config = config.stores(provisions);
    make_data_folder(config).await?;
    let kek = kek(config, &store_config, &ids).await?;
    let escrow = config
        .escrow_recipient
        .as_deref()
        .map(EscrowRecipient::parse)
        .transpose()
        .context("`escrow_recipient` is no age recipient")?;
    let services = Services { clock, ids, kek, escrow };
    let stores = Stores::open(store_config, services).await.context("the stores cannot be opened")?;
    let broken = stores.check_canaries().await?;
    if !broken.is_empty() {
        for (tenant, reason) in &broken {
            tracing::error!(%tenant, reason, "the keys of an office do not fit");
        }
        bail!(
            "the keys of {} offices do not fit: is {} the right key file?",
            broken.len(),
            config.kek_file().display()
        );
    }
    Ok(stores)
}

async fn make_data_folder(config: &Config) -> anyhow::Result<()> {
    tokio::fs::create_dir_all(&config.data)
        .await
        .with_context(|| format!("the folder {} cannot be made", config.data.display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        tokio::fs::set_permissions(&config.data, std::fs::Permissions::from_mode(0o700)).await?;
    }
    Ok(())
}

/// The key-encryption key. Made only on a first start, when there is nothing yet that needs another one.
async fn kek(config: &Config, stores: &StoreConfig, ids: &Ids) -> anyhow::Result<Arc<dyn KekProvider>> {
    let file = config.kek_file();
    if file.exists() {
        let kek = FileKek::load(&file, ids.clone()).with_context(|| format!("{} cannot be used", file.display()))?;
        return Ok(Arc::new(kek));
    }
    if !Stores::is_first_start(stores).await.context("the stores cannot be read")? {
        bail!(
            "there are offices, but the key file {} that opens their keys is missing. Put it back from its backup; \
             a new one would make every office unreadable",
            file.display()
        );
    }
    tracing::info!(file = %file.display(), "a new key file was made: keep a copy of it apart from the data");
    Ok(Arc::new(FileKek::create(&file, ids.clone())?))
}

/// The house over these stores.
pub(crate) fn house(config: &Config, stores: Stores) -> anyhow::Result<Arc<House>> {
    let reach = if config.sign_on.private_addresses { ProviderReach::Anywhere } else { ProviderReach::Public };
    let house = House::reaching(stores, addresses(config), reach)?;
    if let Some(file) = &config.country_database {
        house.know_countries(Countries::read(file).context("the database of countries cannot be read")?);
    }
    Ok(house)
}

fn addresses(config: &Config) -> Addresses {
    if config.behind_proxy {
        Addresses { scheme: "https", base_domain: config.base_domain.clone(), port: None }
    } else {
        let port = config.listen.port();
        Addresses { scheme: "http", base_domain: config.base_domain.clone(), port: (port != 80).then_some(port) }
    }
}
