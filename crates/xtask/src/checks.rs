//! The checks that run cargo: formatting, lints, licences.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::process;

/// A cargo command at the root of the workspace, without standard input.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).args(arguments).stdin(Stdio::null());
    command
}

/// Runs cargo and turns a failing end into an error.
pub(crate) fn run_cargo(root: &Path, arguments: &[&str]) -> Result<String> {
    let status = process::status(&mut cargo(root, arguments))?;
    if !status.success() {
        bail!("cargo {} ended with {status}", arguments.join(" "));
    }
    Ok(String::new())
}

pub(crate) fn formatting(root: &Path) -> Result<String> {
    run_cargo(root, &["fmt", "--all", "--check"])
}

pub(crate) fn lints(root: &Path) -> Result<String> {
    run_cargo(root, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

/// Whether cargo-deny is installed. It takes long to build, and only this one check needs it, so it is not installed unasked.
pub(crate) fn cargo_deny_is_there() -> bool {
    process::output(Command::new("cargo").args(["deny", "--version"])).is_ok()
}

/// Licences, bans and sources as `deny.toml` says. Advisories need a database from the network and are checked apart.
pub(crate) fn licences(root: &Path) -> Result<String> {
    run_cargo(root, &["deny", "--workspace", "check", "licenses", "bans", "sources"])
}
