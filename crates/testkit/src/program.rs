//! The real program as a process of its own, as an operator starts it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use storage::{PostgresConfig, StoreConfig};

use crate::World;

/// Everything that starts the program reads its settings from here.
#[derive(Clone, Debug, Default)]
pub struct Settings(Vec<(String, String)>);

impl Settings {
    /// Nothing but the folder for its data.
    pub fn data(folder: &std::path::Path) -> Self {
        Self::default().with("AMPELHAUS_DATA", folder.display())
    }

    /// The stores and the key file of a world.
    pub fn of(world: &World) -> Self {
        let kek = world.folder.path().join("kek");
        match &world.config {
            StoreConfig::Sqlite { folder } => Self::data(folder),
            StoreConfig::Postgres(PostgresConfig { platform_url, keystore_url, provisioner_url, connections: _ }) => {
                let settings = Self::data(&world.folder.path().join("data"))
                    .with("AMPELHAUS_POSTGRES__PLATFORM_URL", platform_url)
                    .with("AMPELHAUS_POSTGRES__KEYSTORE_URL", keystore_url);
                match provisioner_url {
                    Some(url) => settings.with("AMPELHAUS_POSTGRES__PROVISIONER_URL", url),
                    None => settings,
                }
            }
        }
        .with("AMPELHAUS_KEK_FILE", kek.display())
    }

    /// One more, replacing an earlier one.
    #[must_use]
    pub fn with(self, name: &str, value: impl std::fmt::Display) -> Self {
        let mut settings = self.without(name);
        settings.0.push((name.to_owned(), value.to_string()));
        settings
    }

    /// One less.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }
}

/// The program's file.
///
/// # Panics
/// When the tests were started without it.
#[must_use]
pub fn file() -> PathBuf {
    match std::env::var_os("AMPELHAUS_TEST_PROGRAM") {
        Some(file) => PathBuf::from(file),
        None => panic!(
            "AMPELHAUS_TEST_PROGRAM is not set, so the program cannot be started: run the tests with `cargo xtask \
             test`, or `cargo build -p server` and name target/debug/ampelhaus in it"
        ),
    }
}

fn command(arguments: &[&str], settings: &Settings) -> Command {
    let mut command = Command::new("setpriv");
    // It ends with the test, even with a test that is killed. A file that may not grow is an error, not the end.
    command.args(["--pdeathsig", "KILL", "sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(file()).args(arguments);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("AMPELHAUS_") || name.starts_with("PG") {
            command.env_remove(&*name);
        }
    }
    command.envs(settings.0.iter().map(|(name, value)| (name, value))).env("RUST_LOG", "info,sqlx=warn,sea_orm=warn");
    command.stdin(Stdio::null());
    command
}

/// Runs a command of the program to its end.
///
/// # Panics
/// When it cannot be started.
#[must_use]
pub fn run(arguments: &[&str], settings: &Settings) -> Output {
    command(arguments, settings).output().expect("the program can be started")
}

/// What a finished command said, both streams.
#[must_use]
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A running program; killed when dropped.
pub struct Program {
    child: Child,
    /// Where it listens, if it does.
    pub address: SocketAddr,
    log: tempfile::NamedTempFile,
}

impl Program {
    /// Starts a command that does not listen: `worker`, `migrate`.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn start(arguments: &[&str], settings: &Settings) -> Self {
        Self::launch(arguments, settings, SocketAddr::from(([127, 0, 0, 1], 0)))
    }

    /// Starts a command that listens (`serve`, or none), on a free port, and waits until it answers.
    ///
    /// # Panics
    /// When it does not answer within a minute; then with what it said.
    pub async fn serving(arguments: &[&str], settings: &Settings) -> Self {
        let address = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
            listener.local_addr().expect("an address")
        };
        let mut program = Self::launch(arguments, &settings.clone().with("AMPELHAUS_LISTEN", address), address);
        let deadline = Instant::now() + Duration::from_mins(1);
        loop {
            if program.said().contains("Ampelhaus: ") || program.said().contains("Ampelhaus serves: ") {
                return program;
            }
            if let Some(status) = program.ended() {
                panic!("the program ended ({status}):\n{}", program.said());
            }
            assert!(Instant::now() < deadline, "the program does not answer:\n{}", program.said());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn launch(arguments: &[&str], settings: &Settings, address: SocketAddr) -> Self {
        let log = tempfile::NamedTempFile::new().expect("a file");
        let writer = || std::fs::OpenOptions::new().append(true).open(log.path()).expect("a file");
        let mut command = command(arguments, settings);
        command.stdout(writer()).stderr(writer());
        let child = command.spawn().expect("the program can be started");
        Self { child, address, log }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Everything it has printed and logged so far.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.log.path()).unwrap_or_default()
    }

    /// With which status it ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("a process")
    }

    /// Asks it to stop, as an operator's service manager does, and waits at most that long.
    pub async fn stop(&mut self, patience: Duration) -> Option<ExitStatus> {
        let asked = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
        assert!(asked.expect("kill can be run").success(), "the program is there to be stopped");
        let deadline = Instant::now() + patience;
        loop {
            match self.ended() {
                None if Instant::now() < deadline => tokio::time::sleep(Duration::from_millis(10)).await,
                ended => return ended,
            }
        }
    }

    /// Kills it at once, as a power cut does.
    pub fn kill(mut self) {
        self.end();
    }

    /// A figure of its memory in KiB: `VmRSS` now, `VmHWM` at most.
    ///
    /// # Panics
    /// When it has ended.
    pub fn memory(&self, figure: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':')).expect("the figure");
        line.trim().trim_end_matches("kB").trim().parse().expect("a number")
    }

    fn end(&mut self) {
        // It may have ended by itself.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.end();
    }
}
