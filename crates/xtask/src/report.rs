//! What happened, step by step, and the one line that says so at the end.

use std::fmt;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use crate::process;

/// How a step ended.
enum Outcome {
    Passed,
    Failed,
    NotRun,
}

/// The steps of one run.
pub(crate) struct Report {
    began: Instant,
    steps: Vec<(&'static str, Outcome, String)>,
}

impl Report {
    pub(crate) fn new() -> Self {
        Self { began: Instant::now(), steps: Vec::new() }
    }

    /// Runs a step and notes how it ended; the text it returns goes into the closing line. A failure does not stop the steps after it.
    pub(crate) fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<String>) {
        println!("\n== {name}");
        let began = Instant::now();
        let done = if process::asked_to_stop() { Err(anyhow::anyhow!("stopped before it began")) } else { work() };
        let (outcome, note) = match done {
            Ok(note) => (Outcome::Passed, note),
            Err(error) => (Outcome::Failed, format!("{error:#}")),
        };
        let seconds = began.elapsed().as_secs_f64();
        match outcome {
            Outcome::Failed => println!("== {name}: FAILED after {seconds:.1} s: {note}"),
            Outcome::Passed | Outcome::NotRun => println!("== {name}: passed in {seconds:.1} s"),
        }
        self.steps.push((name, outcome, note));
    }

    /// Notes a step that could not run here, and why.
    pub(crate) fn not_run(&mut self, name: &'static str, why: &str) {
        println!("\n== {name}: NOT RUN: {why}");
        self.steps.push((name, Outcome::NotRun, why.to_owned()));
    }

    /// Prints the closing line and says with which code to end: failure if any step failed.
    pub(crate) fn close(self) -> ExitCode {
        println!("\n{self}");
        if self.steps.iter().any(|(_, outcome, _)| matches!(outcome, Outcome::Failed)) {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failed = self.steps.iter().any(|(_, outcome, _)| matches!(outcome, Outcome::Failed));
        write!(out, "xtask: {} in {} s", if failed { "FAILED" } else { "passed" }, self.began.elapsed().as_secs())?;
        for (name, outcome, note) in &self.steps {
            let first_line = note.lines().next().unwrap_or_default();
            match outcome {
                Outcome::Passed if first_line.is_empty() => write!(out, " | {name} ok")?,
                Outcome::Passed => write!(out, " | {name} ok ({first_line})")?,
                Outcome::Failed => write!(out, " | {name} FAILED ({first_line})")?,
                Outcome::NotRun => write!(out, " | {name} NOT RUN ({first_line})")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_names_what_failed_and_what_did_not_run() {
        let mut report = Report::new();
        report.step("lints", || Ok(String::new()));
        report.step("tests", || anyhow::bail!("2 of 3 failed\nmore"));
        report.not_run("licences", "cargo-deny is not installed");
        let line = report.to_string();
        assert!(line.starts_with("xtask: FAILED in "), "{line}");
        assert!(
            line.contains("lints ok | tests FAILED (2 of 3 failed) | licences NOT RUN (cargo-deny is not installed)")
        );
        assert!(!line.contains('\n'));
        assert_eq!(format!("{:?}", report.close()), format!("{:?}", ExitCode::FAILURE));
    }

    #[test]
    fn a_step_that_could_not_run_is_no_failure_but_is_said() {
        let mut report = Report::new();
        report.step("lints", || Ok("clean".to_owned()));
        report.not_run("licences", "cargo-deny is not installed");
        assert!(report.to_string().contains("passed"));
        assert!(report.to_string().contains("NOT RUN"));
        assert_eq!(format!("{:?}", report.close()), format!("{:?}", ExitCode::SUCCESS));
    }
}
