//! `ampelhaus operator`, `ampelhaus support` and `ampelhaus alerts`: who works for the operator, and the way into an office that allows it.

use anyhow::{Context, bail};
use clap::Subcommand;
use domain::Slug;
use usecases::support::enter;
use usecases::{Error, House};

use crate::config::{Config, Provisions};
use crate::start;

/// What can be done with the list of the operator's people.
#[derive(Debug, Subcommand)]
pub(crate) enum People {
    /// Name someone whom offices can let in.
    Add {
        /// As offices are to see it.
        #[arg(long)]
        name: String,
        /// Where the person is reached.
        #[arg(long)]
        email: String,
    },
    /// Show the list.
    List,
    /// Take someone off the list.
    Remove {
        /// Where the person is reached.
        #[arg(long)]
        email: String,
    },
}

/// What support can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Support {
    /// Show which offices let whom in now.
    List,
    /// Make the link by which someone comes in where the office allows it; good once and for ten minutes.
    Open {
        /// The office's subdomain.
        #[arg(long)]
        tenant: String,
        /// The mail address of the person the office named.
        #[arg(long)]
        operator: String,
    },
}

fn plain(error: Error) -> anyhow::Error {
    match error {
        Error::Invalid(problems) => {
            let codes: Vec<String> =
                problems.iter().map(|problem| format!("{}: {}", problem.field, problem.code)).collect();
            anyhow::anyhow!("not possible: {}", codes.join(", "))
        }
        other => other.into(),
    }
}

async fn name_someone(house: &House, command: People) -> anyhow::Result<()> {
    match command {
        People::Add { name, email } => {
            enter::add_operator(house, &name, &email).await.map_err(plain)?;
            println!("{name} can be chosen by offices now.");
        }
        People::List => {
            for operator in enter::operators(house).await? {
                println!("{} <{}>", operator.name, operator.email.as_str());
            }
        }
        People::Remove { email } => match enter::remove_operator(house, &email).await {
            Err(Error::NotFound) => bail!("nobody on the list has this address"),
            other => {
                other.map_err(plain)?;
                println!("{email} is off the list. What offices granted already lasts until it ends or they end it.");
            }
        },
    }
    Ok(())
}

/// `ampelhaus operator …`
pub(crate) async fn people(config: Config, command: People) -> anyhow::Result<()> {
    let house = start::house(&config, start::stores(&config, Provisions::No).await?)?;
    let done = name_someone(&house, command).await;
    house.stores().close().await;
    done
}

async fn come_in(house: &House, command: Support) -> anyhow::Result<()> {
    match command {
        Support::List => {
            let granted = enter::in_force(house).await?;
            for one in &granted {
                println!("{}: {} until {}", one.office, one.name, one.until.strftime("%F %R UTC"));
            }
            println!("{} in force", granted.len());
        }
        Support::Open { tenant, operator } => {
            let slug = Slug::parse(&tenant).context("this is no subdomain")?;
            match enter::open(house, &slug, &operator).await {
                Err(Error::NotFound) => bail!("{tenant} does not let {operator} in now: ask the head of the office"),
                other => println!("{}", other.map_err(plain)?),
            }
        }
    }
    Ok(())
}

/// `ampelhaus support …`
pub(crate) async fn support(config: Config, command: Support) -> anyhow::Result<()> {
    let house = start::house(&config, start::stores(&config, Provisions::No).await?)?;
    let done = come_in(&house, command).await;
    house.stores().close().await;
    done
}

/// `ampelhaus alerts`
pub(crate) async fn alerts(config: Config) -> anyhow::Result<()> {
    let house = start::house(&config, start::stores(&config, Provisions::No).await?)?;
    let found = usecases::alerts::list::everywhere(&house).await;
    for alert in found.iter().flatten() {
        let done = if alert.done { "done" } else { "open" };
        println!("{} {} {} {done}", alert.at.strftime("%F %R UTC"), alert.office, alert.sign);
    }
    house.stores().close().await;
    found?;
    Ok(())
}
