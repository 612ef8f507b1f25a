//! `ampelhaus migrate`

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};

use crate::config::{Config, Provisions};
use crate::start;

/// Makes the shared databases and brings every office's database up to date. May be killed and repeated.
pub(crate) async fn run(config: Config) -> anyhow::Result<()> {
    storage::migrate::prepare(&config.stores(Provisions::Yes)).await?;
    let stores = start::stores(&config, Provisions::Yes).await?;
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos} of {len} offices, {elapsed}")?);
    let report = storage::migrate::all(&stores, &mut |done, total| {
        bar.set_length(u64::try_from(total).unwrap_or(u64::MAX));
        bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    })
    .await?;
    bar.finish_and_clear();
    println!("{} migrated, {} were up to date, {} failed", report.migrated, report.current, report.broken.len());
    for (tenant, error) in &report.broken {
        println!("  {tenant}: {:#}", anyhow::anyhow!("{error}"));
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            println!("    because {cause}");
            source = cause.source();
        }
    }
    stores.close().await;
    if report.broken.is_empty() {
        Ok(())
    } else {
        bail!("{} offices could not be migrated; the others were. Mend the cause and run it again", report.broken.len())
    }
}
