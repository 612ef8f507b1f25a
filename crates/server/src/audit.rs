//! `ampelhaus audit verify`

use access::actions::VerifyAudit;
use access::{Permit, operator_permit};
use anyhow::{Context, bail};
use clap::Subcommand;
use domain::Slug;

use crate::config::{Config, Provisions};
use crate::start;

/// What can be done with audit logs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Recompute the chain of one office's audit log, or of all.
    Verify {
        /// The office's subdomain; all offices without it.
        #[arg(long)]
        tenant: Option<String>,
    },
}

/// Recomputes the chains and compares them with the heads kept outside.
pub(crate) async fn run(config: Config, command: Command) -> anyhow::Result<()> {
    let Command::Verify { tenant } = command;
    let stores = start::stores(&config, Provisions::No).await?;
    let look = stores.platform_look().await?;
    let tenants = match tenant {
        Some(slug) => {
            let slug = Slug::parse(&slug).context("this is no subdomain")?;
            vec![look.tenant_by_slug(&slug).await?.context("there is no such office")?]
        }
        None => look.tenants().await?,
    };
    drop(look);
    let mut broken = 0;
    for tenant in tenants {
        let permit: Permit<VerifyAudit> = operator_permit(tenant.id);
        match stores.verify_audit(&permit).await? {
            Ok(head) => println!("{}: {} entries, unbroken", tenant.slug, head.number),
            Err(error) => {
                broken += 1;
                println!("{}: BROKEN: {error}", tenant.slug);
            }
        }
    }
    stores.close().await;
    if broken == 0 { Ok(()) } else { bail!("{broken} audit logs are broken") }
}
