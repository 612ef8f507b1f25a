//! `ampelhaus recover`: starts the way back for a sole lead who lost every factor, with the office's recovery share.

use access::actions::StartRecovery;
use access::{Permit, operator_permit};
use anyhow::{Context, bail};
use domain::Slug;
use usecases::Error;
use usecases::people::recovery::{self, Request};

use crate::config::{Config, Provisions};
use crate::start;

/// What the operator brings.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The office's subdomain.
    #[arg(long)]
    tenant: String,
    /// The lead's mail address.
    #[arg(long)]
    user: String,
    /// The share from the office's recovery sheet.
    #[arg(long)]
    share: String,
    /// How it was checked who asks: a sentence, kept in both logs.
    #[arg(long)]
    identity_check: String,
}

/// Starts it. Everybody of the office is told and can stop it for three days.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { tenant, user, share, identity_check } = arguments;
    let slug = Slug::parse(&tenant).context("this is no subdomain")?;
    let stores = start::stores(&config, Provisions::No).await?;
    let house = start::house(&config, stores.clone())?;
    let found = stores.platform_look().await?.tenant_by_slug(&slug).await?.context("there is no such office")?;
    let permit: Permit<StartRecovery> = operator_permit(found.id);
    let request = Request { user: &user, share: &share, identity_check: &identity_check };
    let started = recovery::start(&permit, &house, request).await;
    stores.close().await;
    match started {
        Ok(due) => {
            println!("started: everybody of {slug} is told by mail and can stop it until {due}");
            Ok(())
        }
        Err(Error::Invalid(problems)) => {
            let said: Vec<_> = problems.iter().map(|problem| format!("{}: {}", problem.field, problem.code)).collect();
            bail!("refused: {}", said.join(", "))
        }
        Err(error) => Err(error.into()),
    }
}
