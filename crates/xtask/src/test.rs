//! The one test command, from an empty machine to the closing line.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;

use anyhow::{Context as _, Result, bail};

use crate::cluster::Cluster;
use crate::machine::{self, Tools};
use crate::report::Report;
use crate::{checks, docs, process, promises};

/// Formatting and lints.
pub(crate) fn checks_only(root: &Path) -> ExitCode {
    let mut report = Report::new();
    report.step("formatting", || checks::formatting(root));
    report.step("lints", || checks::lints(root));
    report.close()
}

/// Every check and every test. A failing step does not hide the ones after it.
pub(crate) fn everything(root: &Path) -> ExitCode {
    let mut report = Report::new();
    let mut tools = None;
    report.step("machine", || {
        tools = Some(machine::tools_or_install(root)?);
        Ok(String::new())
    });
    report.step("formatting", || checks::formatting(root));
    report.step("book", || {
        docs::check(root)?;
        promises::check_states(root)
    });
    report.step("lints", || checks::lints(root));
    if checks::cargo_deny_is_there() {
        report.step("licences", || checks::licences(root));
    } else {
        report.not_run("licences", "cargo-deny is not installed; `cargo install cargo-deny --locked` installs it");
    }
    match &tools {
        Some(tools) => run_tests(root, tools, &mut report),
        None => report.step("tests", || bail!("not started, because the machine lacks what they need")),
    }
    report.close()
}

fn run_tests(root: &Path, tools: &Tools, report: &mut Report) {
    // Whole-system tests start the real program, which cargo does not build for another package's tests.
    report.step("programs", || checks::run_cargo(root, &["build", "--workspace", "--bins"]));
    report.step("tests", || {
        let cluster = Cluster::start(&tools.postgres)?;
        let outcome = nextest(root, tools, &cluster, &[]);
        cluster.stop()?;
        outcome
    });
    match real_lists(root) {
        Some(folder) => report.step("real lists", || {
            let cluster = Cluster::start(&tools.postgres)?;
            let outcome = nextest(root, tools, &cluster, &[("AMPELHAUS_REAL_DATA", &folder)]);
            cluster.stop()?;
            outcome
        }),
        None => report.not_run("real lists", "they are no part of the project; AMPELHAUS_REAL_DATA names their folder"),
    }
    report.step("doc tests", || checks::run_cargo(root, &["test", "--workspace", "--doc", "--quiet"]));
}

/// The offices' own lists, where they are at hand: whole, or they count as absent.
fn real_lists(root: &Path) -> Option<PathBuf> {
    let named = std::env::var_os("AMPELHAUS_REAL_DATA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| root.join("../shared/data"));
    let whole =
        ["offices.json", "groups-zwickau.csv", "groups-leipzig.xlsx"].iter().all(|name| folder.join(name).is_file());
    if whole { folder.canonicalize().ok() } else { None }
}

/// Runs every test but the ignored ones; where `data` names anything, the ignored ones only: those that need it.
fn nextest(root: &Path, tools: &Tools, cluster: &Cluster, data: &[(&str, &PathBuf)]) -> Result<String> {
    let Tools { postgres: _, axe, chromium, chromedriver, oidc } = tools;
    let which = if data.is_empty() { "default" } else { "only" };
    let mut command = checks::cargo(root, &["nextest", "run", "--workspace", "--run-ignored", which]);
    command.envs(data.iter().copied());
    command
        .envs(cluster.environment())
        .env("AMPELHAUS_TEST_AXE", axe)
        .env("AMPELHAUS_TEST_CHROMIUM", chromium)
        .env("AMPELHAUS_TEST_CHROMEDRIVER", chromedriver)
        .env("AMPELHAUS_TEST_OIDC", oidc)
        .env("AMPELHAUS_TEST_PROGRAM", program("debug")?);
    // The same cases every time: a change is judged by what it changed. Whoever looks for new ones gives a seed of their
    // own, and more cases (`PROPTEST_CASES`).
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        command.env("PROPTEST_RNG_SEED", "20261122");
    }
    let summary = Mutex::new(String::new());
    let status = process::status_watching(&mut command, |line| {
        if let Some(counts) = counts_in(line)
            && let Ok(mut summary) = summary.lock()
        {
            *summary = counts;
        }
    })?;
    let summary = summary.into_inner().unwrap_or_default();
    if !status.success() {
        bail!("{}", if summary.is_empty() { format!("cargo nextest ended with {status}") } else { summary });
    }
    if summary.is_empty() {
        bail!("cargo nextest named no number of tests");
    }
    Ok(summary)
}

/// The server's program, where the step before has put it, built with this profile.
pub(crate) fn program(profile: &str) -> Result<std::path::PathBuf> {
    let this = std::env::current_exe()?;
    Ok(this.ancestors().nth(2).context("xtask has no directory")?.join(profile).join("ampelhaus"))
}

/// nextest's closing line without its time: `12 tests run: 12 passed, 1 skipped`.
fn counts_in(line: &str) -> Option<String> {
    let line = without_colours(line);
    let (_, rest) = line.split_once("Summary [")?;
    let (_, counts) = rest.split_once(']')?;
    Some(counts.trim().to_owned())
}

fn without_colours(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_are_read_from_nextests_closing_line() {
        let line = "     Summary [   0.012s] 3 tests run: 2 passed, 1 failed, 4 skipped";
        assert_eq!(counts_in(line).as_deref(), Some("3 tests run: 2 passed, 1 failed, 4 skipped"));
        assert_eq!(counts_in("        PASS [   0.004s] xtask tests::a_test"), None);
    }

    #[test]
    fn colours_are_left_out_of_the_closing_line() {
        let line = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.012s] \u{1b}[1m3\u{1b}[0m tests run";
        assert_eq!(counts_in(line).as_deref(), Some("3 tests run"));
    }
}
