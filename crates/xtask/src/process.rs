//! Child processes: run and wait, with Ctrl-C and SIGTERM passed on, so that what was started is also stopped.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

static ASKED_TO_STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From now on a signal no longer ends this process at once; the running child ends, and everything is cleaned up behind it.
pub(crate) fn watch_signals() -> Result<()> {
    let flag = ASKED_TO_STOP.get_or_init(|| Arc::new(AtomicBool::new(false)));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(flag)).context("cannot watch for signals")?;
    }
    Ok(())
}

/// Whether someone pressed Ctrl-C or sent SIGTERM.
pub(crate) fn asked_to_stop() -> bool {
    ASKED_TO_STOP.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// Runs a command to its end, its output going where ours goes.
pub(crate) fn status(command: &mut Command) -> Result<ExitStatus> {
    let child = command.spawn().with_context(|| format!("cannot start {}", name(command)))?;
    wait(child)
}

/// Runs a command to its end and passes its standard error on line by line to `look` as well as to ours.
pub(crate) fn status_watching(command: &mut Command, mut look: impl FnMut(&str) + Send) -> Result<ExitStatus> {
    let mut child =
        command.stderr(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", name(command)))?;
    let errors = child.stderr.take().context("no standard error to read")?;
    thread::scope(|scope| {
        scope.spawn(move || {
            for line in BufReader::new(errors).split(b'\n') {
                let Ok(line) = line else { break };
                let line = String::from_utf8_lossy(&line);
                eprintln!("{line}");
                look(&line);
            }
        });
        wait(child)
    })
}

/// What a command prints on standard output, if it succeeds.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let out = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {}", name(command)))?;
    if !out.status.success() {
        bail!("{} failed ({}): {}", name(command), out.status, String::from_utf8_lossy(&out.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Our exit code for a child's: the same number, or 128 plus the signal as shells do.
pub(crate) fn exit_code(status: ExitStatus) -> ExitCode {
    let number = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    ExitCode::from(u8::try_from(number).unwrap_or(1))
}

/// Sends a signal (`INT`, `QUIT`, …) to a process of ours.
pub(crate) fn signal(child: &Child, signal: &str) -> Result<()> {
    let status = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status()?;
    if !status.success() {
        bail!("kill -{signal} {} failed", child.id());
    }
    Ok(())
}

fn wait(mut child: Child) -> Result<ExitStatus> {
    let mut told = false;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if asked_to_stop() && !told {
            told = true;
            // The child may have ended in this moment; the next turn sees it.
            let _ = signal(&child, "TERM");
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
