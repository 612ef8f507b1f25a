//! `cargo xtask`: the chores of this repository as one program.
//!
//! It finds or installs what the tests need on a Debian machine, starts a private `PostgreSQL` for them, runs every check and every
//! test, and says in one closing line what passed, what failed and what could not run. It holds no product code and depends on no
//! other crate of the workspace, so that it builds in seconds and still works when the rest does not compile.
//!
//! Start reading at [`Chore`]; `test.rs` is the whole test command in order, `cluster.rs` the private `PostgreSQL`.

mod checks;
mod cluster;
mod docs;
mod machine;
mod process;
mod promises;
mod report;
mod test;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of this repository")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Install what the tests need, then run every check and every test.
    Test,
    /// Formatting and lints only.
    Check,
    /// Run a command with a private `PostgreSQL` up, e.g. `cargo xtask postgres -- psql`.
    Postgres {
        /// The command and its arguments.
        #[arg(last = true, required = true)]
        command: Vec<OsString>,
    },
    /// Fill `data/` with the real list of offices (`AMPELHAUS_REAL_DATA` names its folder). Refused where mail could go out.
    SeedReal,
    /// Run the benchmarks with a private `PostgreSQL` up.
    Bench,
    /// Check the links of the book and the state of the promises.
    Docs {
        /// Write the state of each promise, as found in the tests, into the book.
        #[arg(long)]
        write: bool,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().chore) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> Result<ExitCode> {
    process::watch_signals()?;
    let root = root()?;
    match chore {
        Chore::Test => Ok(test::everything(&root)),
        Chore::Check => Ok(test::checks_only(&root)),
        Chore::Postgres { command } => {
            let Some((program, arguments)) = command.split_first() else { bail!("name a command after --") };
            let postgres = machine::postgres_or_install()?;
            let cluster = cluster::Cluster::start(&postgres)?;
            let mut command = std::process::Command::new(program);
            checks::unlike_cargo_run(&mut command);
            command.args(arguments).envs(cluster.environment());
            let status = process::status(&mut command)?;
            cluster.stop()?;
            Ok(process::exit_code(status))
        }
        Chore::SeedReal => {
            let mut command = checks::cargo(&root, &["run", "--package", "tests", "--bin", "seed_real"]);
            Ok(process::exit_code(process::status(&mut command)?))
        }
        Chore::Bench => {
            let postgres = machine::postgres_or_install()?;
            let built = process::status(&mut checks::cargo(
                &root,
                &["build", "--release", "--workspace", "--bins", "--benches"],
            ))?;
            if !built.success() {
                return Ok(process::exit_code(built));
            }
            let cluster = cluster::Cluster::start(&postgres)?;
            let mut command = checks::cargo(&root, &["bench", "--workspace", "--benches"]);
            command.env("AMPELHAUS_TEST_PROGRAM", test::program("release")?);
            let status = process::status(command.envs(cluster.environment()))?;
            cluster.stop()?;
            Ok(process::exit_code(status))
        }
        Chore::Docs { write } => {
            if write {
                promises::write_states(&root)?;
            }
            docs::check(&root)?;
            promises::check_states(&root)?;
            println!("docs: links and promises are in order");
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The directory of the workspace.
fn root() -> Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(here.ancestors().nth(2).context("xtask is not in crates/xtask")?.to_path_buf())
}
