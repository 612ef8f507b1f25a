//! The private `PostgreSQL` that `cargo xtask test` starts, as tests see it, and its client programs.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const HOW: &str =
    "run the tests with `cargo xtask test`, or one command with `cargo xtask postgres -- cargo nextest run …`";

/// The address of the test server with its superuser, `postgres://postgres:…@127.0.0.1:…/postgres`.
///
/// # Panics
/// When no server was started for the tests: a test that cannot run fails, it never passes silently.
#[must_use]
pub fn url() -> String {
    from_environment("AMPELHAUS_TEST_POSTGRES")
}

/// A client program of the server's own version, such as `psql` or `pg_dump`.
///
/// # Panics
/// When no server was started for the tests.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    PathBuf::from(from_environment("AMPELHAUS_TEST_POSTGRES_BIN")).join(name)
}

/// Runs one SQL text through `psql` at this address, as a person would: without start-up file, stopping at the first error, rows as
/// plain `a|b` lines. Nothing of the tests' own login leaks in: only what the address says counts.
///
/// # Panics
/// When no server was started for the tests or `psql` cannot be run.
#[must_use]
pub fn psql(url: &str, sql: &str) -> Output {
    let mut command = Command::new(program("psql"));
    for name in ["PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE"] {
        command.env_remove(name);
    }
    command.args([
        "--no-psqlrc",
        "--no-password",
        "--tuples-only",
        "--no-align",
        "--set=ON_ERROR_STOP=1",
        "--command",
        sql,
        url,
    ]);
    match command.stdin(Stdio::null()).output() {
        Ok(output) => output,
        Err(error) => panic!("psql cannot be run: {error}"),
    }
}

fn from_environment(name: &str) -> String {
    match std::env::var(name) {
        Ok(value) if !value.is_empty() => value,
        _ => panic!("{name} is not set, so this test has no PostgreSQL: {HOW}"),
    }
}
