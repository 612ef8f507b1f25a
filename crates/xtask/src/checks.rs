//! The checks that run cargo: formatting, lints, licences.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::process;

/// Takes away what `cargo run` tells this program about its own package: build scripts (that of `ring`) watch it, and a
/// cargo started here would build everything above them anew, and so would the next one started by hand.
pub(crate) fn unlike_cargo_run(command: &mut Command) {
    let own = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(own) {
            command.env_remove(name);
        }
    }
}

/// A cargo command at the root of the workspace, without standard input.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    unlike_cargo_run(&mut command);
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
