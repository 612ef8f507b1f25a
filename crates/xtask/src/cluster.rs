//! A private `PostgreSQL` for the tests: own directory, own port on the loopback interface, own random password, gone at the end.
//!
//! `PostgreSQL` refuses to run as root; then it runs as the user `postgres`, or `nobody` where there is none. It is told to end when
//! this program ends in whatever way (`setpriv --pdeathsig`), so that not even `kill -9` leaves a server behind.

use std::fs::{self, DirBuilder, File};
use std::io::Read as _;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{DirBuilderExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::machine::{self, Postgres};
use crate::process;

const PREFIX: &str = "ampelhaus-postgres-";
const START_LIMIT: Duration = Duration::from_mins(1);
const STOP_LIMIT: Duration = Duration::from_secs(20);

/// Speed before durability: these data live for one test run.
const SETTINGS: [&str; 9] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=127.0.0.1",
    "max_connections=400",
    "password_encryption=scram-sha-256",
    "log_statement=none",
    "timezone=UTC",
    "log_timezone=UTC",
];

/// A running server. [`Cluster::stop`] ends it and removes its directory; so does dropping it.
pub(crate) struct Cluster {
    server: Option<Child>,
    directory: PathBuf,
    binaries: PathBuf,
    port: u16,
    password: String,
}

impl Cluster {
    /// Creates a cluster in a fresh directory and waits until it takes connections.
    pub(crate) fn start(postgres: &Postgres) -> Result<Self> {
        remove_left_behind();
        let began = Instant::now();
        let account = Account::to_run_as()?;
        let directory = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
        DirBuilder::new()
            .mode(0o700)
            .create(&directory)
            .with_context(|| format!("cannot create {}", directory.display()))?;
        let mut cluster = Self {
            server: None,
            directory,
            binaries: postgres.binaries.clone(),
            port: 0,
            password: random_password()?,
        };
        cluster.create(account.as_ref())?;
        cluster.launch(account.as_ref())?;
        println!(
            "postgres: {} on 127.0.0.1:{} in {}, ready after {:.1} s",
            postgres.version,
            cluster.port,
            cluster.directory.display(),
            began.elapsed().as_secs_f64()
        );
        Ok(cluster)
    }

    /// What tests and tools need to reach the server: one URL, the client programs that fit it, and libpq's own variables.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let Self { server: _, directory: _, binaries, port, password } = self;
        vec![
            ("AMPELHAUS_TEST_POSTGRES", format!("postgres://postgres:{password}@127.0.0.1:{port}/postgres")),
            ("AMPELHAUS_TEST_POSTGRES_BIN", binaries.display().to_string()),
            ("PGHOST", "127.0.0.1".to_owned()),
            ("PGPORT", port.to_string()),
            ("PGUSER", "postgres".to_owned()),
            ("PGPASSWORD", password.clone()),
            ("PGDATABASE", "postgres".to_owned()),
        ]
    }

    /// Ends the server and removes its directory.
    pub(crate) fn stop(mut self) -> Result<()> {
        self.end()
    }

    fn create(&mut self, account: Option<&Account>) -> Result<()> {
        let password_file = self.directory.join("password");
        fs::write(&password_file, &self.password)?;
        if let Some(account) = account {
            for path in [&self.directory, &password_file] {
                chown(path, Some(account.uid), Some(account.gid))?;
            }
        }
        let mut initdb = as_account(account, &self.binaries.join("initdb"));
        initdb
            .current_dir(&self.directory)
            .args(["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
            .arg(format!("--pwfile={}", password_file.display()))
            .arg(format!("--pgdata={}", self.directory.join("data").display()));
        process::output(&mut initdb).context("cannot create a PostgreSQL cluster")?;
        fs::remove_file(&password_file)?;
        Ok(())
    }

    fn launch(&mut self, account: Option<&Account>) -> Result<()> {
        self.port = free_port()?;
        let log = File::create(self.directory.join("server.log"))?;
        let mut postgres = as_account(account, &self.binaries.join("postgres"));
        postgres
            .current_dir(&self.directory)
            .arg("-D")
            .arg(self.directory.join("data"))
            .args(["-p", &self.port.to_string()])
            .arg("-k")
            .arg(&self.directory)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            // Ctrl-C is for the command that uses the server; the server is stopped after it.
            .process_group(0);
        for setting in SETTINGS {
            postgres.args(["-c", setting]);
        }
        self.server = Some(postgres.spawn().context("cannot start PostgreSQL")?);
        self.wait_until_ready()
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let deadline = Instant::now() + START_LIMIT;
        loop {
            let Some(server) = self.server.as_mut() else { bail!("PostgreSQL was not started") };
            if let Some(status) = server.try_wait()? {
                bail!("PostgreSQL ended at once ({status}):\n{}", self.log());
            }
            let ready = Command::new(self.binaries.join("pg_isready"))
                .args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()])
                .status()
                .context("cannot run pg_isready")?;
            if ready.success() {
                return Ok(());
            }
            if process::asked_to_stop() {
                bail!("stopped");
            }
            if Instant::now() > deadline {
                bail!("PostgreSQL took no connections within {} s:\n{}", START_LIMIT.as_secs(), self.log());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.directory.join("server.log")).unwrap_or_default()
    }

    fn end(&mut self) -> Result<()> {
        if let Some(mut server) = self.server.take() {
            // SIGINT is PostgreSQL's "fast shutdown": it ends the sessions that are still open.
            let _ = process::signal(&server, "INT");
            let deadline = Instant::now() + STOP_LIMIT;
            while server.try_wait()?.is_none() {
                if Instant::now() > deadline {
                    let _ = process::signal(&server, "QUIT");
                    server.wait()?;
                    break;
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        if self.directory.exists() {
            fs::remove_dir_all(&self.directory)
                .with_context(|| format!("cannot remove {}", self.directory.display()))?;
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            eprintln!("postgres: {error:#}");
        }
    }
}

/// The account that runs the server when we are root.
struct Account {
    uid: u32,
    gid: u32,
}

impl Account {
    fn to_run_as() -> Result<Option<Self>> {
        if !machine::is_root()? {
            return Ok(None);
        }
        let passwd = fs::read_to_string("/etc/passwd")?;
        for wanted in ["postgres", "nobody"] {
            for line in passwd.lines() {
                let mut fields = line.split(':');
                if fields.next() == Some(wanted)
                    && let (Some(uid), Some(gid)) = (fields.nth(1), fields.next())
                {
                    return Ok(Some(Self { uid: uid.parse()?, gid: gid.parse()? }));
                }
            }
        }
        bail!("PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody to run it as")
    }
}

fn as_account(account: Option<&Account>, program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if let Some(Account { uid, gid }) = account {
        command.arg(format!("--reuid={uid}")).arg(format!("--regid={gid}")).arg("--clear-groups");
    }
    command.args(["--pdeathsig", "INT"]).arg(program);
    // A server or client of the system may be configured in the environment; this cluster is not that one.
    for name in ["PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGDATA", "PGSERVICE", "PGOPTIONS"] {
        command.env_remove(name);
    }
    command
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?.local_addr()?.port())
}

fn random_password() -> Result<String> {
    let mut bytes = [0_u8; 18];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}")))
}

/// Removes the directories of earlier runs that were killed. Their servers are gone; they end with the program that started them.
fn remove_left_behind() {
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(process) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else { continue };
        let running = process.parse::<u32>().is_err() || Path::new("/proc").join(process).exists();
        if !running && let Err(error) = fs::remove_dir_all(entry.path()) {
            eprintln!("postgres: cannot remove {}: {error}", entry.path().display());
        }
    }
}
