//! `ampelhaus`: configuration, wiring, commands. Without a command it serves and works in one process, with a demo
//! office unless the configuration says production.

mod audit;
mod config;
mod connections;
mod demo;
mod import;
mod migrate;
mod recover;
mod serve;
mod start;
mod support;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::config::Config;

/// Many self-help contact offices, each with its own directory of self-help groups.
#[derive(Debug, Parser)]
#[command(name = "ampelhaus", version, about)]
struct Arguments {
    /// Configuration file (TOML). Every setting can also be given as `AMPELHAUS_…`.
    #[arg(long, env = "AMPELHAUS_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests only; needs no right to make databases.
    Serve,
    /// Provision offices, send mail, remove what has expired.
    Worker,
    /// Make the shared databases and bring every office's database up to date.
    Migrate,
    /// Bring in an office's list of groups.
    Import(import::Arguments),
    /// Start the way back for a sole lead who lost every second factor, with the office's recovery share.
    Recover(recover::Arguments),
    /// Check the audit log.
    #[command(subcommand)]
    Audit(audit::Command),
    /// The operator's people, whom offices can let in.
    #[command(subcommand)]
    Operator(support::People),
    /// Show what was tried in offices that should not be, without whom it is about.
    Alerts,
    /// Come into an office that allows it.
    #[command(subcommand)]
    Support(support::Support),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments { config, command } = Arguments::parse();
    // Whatever this process writes - databases, keys, caught mails - is its owner's alone.
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    let config = Config::load(config.as_deref())?;
    start::logging(&config);
    match command {
        None => serve::everything(config).await,
        Some(Command::Serve) => serve::serve_only(config).await,
        Some(Command::Worker) => serve::work_only(config).await,
        Some(Command::Migrate) => migrate::run(config).await,
        Some(Command::Import(arguments)) => import::run(config, arguments).await,
        Some(Command::Recover(arguments)) => recover::run(config, arguments).await,
        Some(Command::Audit(command)) => audit::run(config, command).await,
        Some(Command::Operator(command)) => support::people(config, command).await,
        Some(Command::Alerts) => support::alerts(config).await,
        Some(Command::Support(command)) => support::support(config, command).await,
    }
}
