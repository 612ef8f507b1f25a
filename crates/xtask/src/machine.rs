//! What the tests need on this machine: found, else installed on Debian and its relatives, else named in a clear message.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::process;

/// The version of axe-core the pages are checked with, and the SHA-256 of its `axe.min.js`.
const AXE_VERSION: &str = "4.14.1";
const AXE_SHA256: &str = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c";

/// The programs of a `PostgreSQL` server.
pub(crate) struct Postgres {
    /// The directory that holds `initdb`, `postgres`, `psql` and `pg_dump` of one version.
    pub(crate) binaries: PathBuf,
    /// What `postgres --version` says.
    pub(crate) version: String,
}

/// Everything the whole test command needs.
pub(crate) struct Tools {
    pub(crate) postgres: Postgres,
    /// The path of `axe.min.js`.
    pub(crate) axe: PathBuf,
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
    /// The directory with the `OpenID` provider's packages.
    pub(crate) oidc: PathBuf,
}

/// Finds all of it and installs what is missing.
pub(crate) fn tools_or_install(root: &Path) -> Result<Tools> {
    let mut packages = Vec::new();
    if postgres_binaries().is_none() {
        packages.push("postgresql");
    }
    for (program, package) in [
        ("chromium", "chromium"),
        ("chromedriver", "chromium-driver"),
        ("setpriv", "util-linux"),
        ("oathtool", "oathtool"),
        ("pdftoppm", "poppler-utils"),
    ] {
        if on_path(program).is_none() {
            packages.push(package);
        }
    }
    if on_path("node").is_none() || on_path("npm").is_none() {
        packages.push("npm");
    }
    install(&packages)?;
    nextest_or_install()?;
    let tools = Tools {
        postgres: postgres()?,
        axe: axe_or_fetch()?,
        chromium: on_path("chromium").context("chromium is still missing")?,
        chromedriver: on_path("chromedriver").context("chromedriver is still missing")?,
        oidc: oidc_or_fetch(root)?,
    };
    println!("machine: {}", tools.postgres.version);
    println!("machine: {}", version_of(&tools.chromium));
    println!("machine: {}", version_of(&tools.chromedriver));
    println!("machine: axe-core {AXE_VERSION} at {}", tools.axe.display());
    println!("machine: {} for the OpenID provider at {}", version_of("node"), tools.oidc.display());
    println!(
        "machine: {}",
        process::output(Command::new("cargo").args(["nextest", "--version"]))?.lines().next().unwrap_or("")
    );
    Ok(tools)
}

/// Only what a private `PostgreSQL` needs.
pub(crate) fn postgres_or_install() -> Result<Postgres> {
    if postgres_binaries().is_none() {
        install(&["postgresql"])?;
    }
    postgres()
}

/// Whether this program runs as root.
pub(crate) fn is_root() -> Result<bool> {
    Ok(fs::metadata("/proc/self").context("there is no /proc")?.uid() == 0)
}

/// The first program of this name on the search path; Debian keeps a few of them where only root looks.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/local/sbin", "/usr/sbin", "/sbin"].map(PathBuf::from))
        .map(|directory| directory.join(program))
        .find(|candidate| candidate.is_file())
}

fn postgres() -> Result<Postgres> {
    let binaries =
        postgres_binaries().context("the server programs of PostgreSQL are missing (Debian: package postgresql)")?;
    let version = process::output(Command::new(binaries.join("postgres")).arg("--version"))?.trim().to_owned();
    Ok(Postgres { binaries, version })
}

/// The newest server below Debian's `/usr/lib/postgresql`, else the one on the search path.
fn postgres_binaries() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        Some((version, entry.path().join("bin")))
    });
    let mut candidates: Vec<(u32, PathBuf)> = debian.collect();
    candidates.sort();
    candidates.into_iter().rev().map(|(_, directory)| directory).chain(initdb_on_path()).find(|directory| {
        ["initdb", "postgres", "pg_isready", "psql", "pg_dump"].iter().all(|program| directory.join(program).is_file())
    })
}

fn initdb_on_path() -> Option<PathBuf> {
    let initdb = fs::canonicalize(on_path("initdb")?).ok()?;
    initdb.parent().map(Path::to_path_buf)
}

fn install(packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let wanted = packages.join(" ");
    let by_hand = format!("apt-get update && apt-get install -y --no-install-recommends {wanted}");
    if on_path("apt-get").is_none() {
        bail!("the tests need what Debian calls {wanted}; this machine has no apt-get, so please install them by hand");
    }
    let sudo = if is_root()? {
        None
    } else if passwordless_sudo() {
        Some("sudo")
    } else {
        bail!("the tests need {wanted}. Please run as root:\n    {by_hand}");
    };
    println!("machine: installing {wanted}");
    for arguments in [vec!["update"], [vec!["install", "-y", "--no-install-recommends"], packages.to_vec()].concat()] {
        let mut command = Command::new(sudo.unwrap_or("env"));
        command.args(sudo.map(|_| ["-n", "env"]).into_iter().flatten());
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]).args(arguments).stdin(Stdio::null());
        let status = process::status(&mut command)?;
        if !status.success() {
            bail!("apt-get ended with {status}; please run as root:\n    {by_hand}");
        }
    }
    Ok(())
}

fn passwordless_sudo() -> bool {
    let mut sudo = Command::new("sudo");
    sudo.args(["-n", "true"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    sudo.status().is_ok_and(|status| status.success())
}

fn nextest_or_install() -> Result<()> {
    if process::output(Command::new("cargo").args(["nextest", "--version"])).is_ok() {
        return Ok(());
    }
    println!("machine: building cargo-nextest (a few minutes, once)");
    let mut install = Command::new("cargo");
    install.args(["install", "cargo-nextest", "--locked"]).stdin(Stdio::null());
    let status = process::status(&mut install)?;
    if !status.success() {
        bail!("cargo install cargo-nextest --locked ended with {status}; the tests need it (https://nexte.st)");
    }
    Ok(())
}

/// Where tools of the tests are kept: beside the build, so that `cargo clean` takes them away.
fn tools_directory() -> Result<PathBuf> {
    let this = std::env::current_exe()?;
    let target = this.ancestors().nth(2).context("xtask runs outside a target directory")?;
    Ok(target.join("test-tools"))
}

fn axe_directory() -> Result<PathBuf> {
    Ok(tools_directory()?.join(format!("axe-core-{AXE_VERSION}")))
}

fn axe_file() -> Result<PathBuf> {
    Ok(axe_directory()?.join("package/axe.min.js"))
}

fn axe_is_there() -> Result<bool> {
    let file = axe_file()?;
    Ok(file.is_file() && sha256(&file)? == AXE_SHA256)
}

fn axe_or_fetch() -> Result<PathBuf> {
    if axe_is_there()? {
        return axe_file();
    }
    let directory = axe_directory()?;
    fs::create_dir_all(&directory)?;
    println!("machine: fetching axe-core {AXE_VERSION} from npm");
    let npm =
        on_path("npm").context("npm is missing; it fetches axe-core, which checks the pages for accessibility")?;
    let archive = process::output(Command::new(npm).current_dir(&directory).args([
        "pack",
        "--silent",
        &format!("axe-core@{AXE_VERSION}"),
    ]))?;
    let archive = directory.join(archive.lines().last().unwrap_or_default().trim());
    process::output(
        Command::new("tar")
            .current_dir(&directory)
            .arg("-xzf")
            .arg(&archive)
            .args(["--no-same-owner", "package/axe.min.js"]),
    )?;
    fs::remove_file(&archive)?;
    let file = axe_file()?;
    let found = sha256(&file)?;
    if found != AXE_SHA256 {
        bail!("axe-core {AXE_VERSION} is not what it was: expected SHA-256 {AXE_SHA256}, found {found}");
    }
    Ok(file)
}

/// The certified `OpenID` provider that single sign-on is tested against, in the versions of `tests/oidc/package-lock.json`,
/// whose checksums npm compares. Nothing of it lies in the checkout.
fn oidc_or_fetch(root: &Path) -> Result<PathBuf> {
    let lock = "package-lock.json";
    let (from, to) = (root.join("tests/oidc"), tools_directory()?.join("oidc"));
    let wanted = fs::read(from.join(lock)).with_context(|| format!("{} cannot be read", from.join(lock).display()))?;
    // Written last, when everything else is there.
    let mark = to.join("installed.json");
    if fs::read(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(to);
    }
    println!("machine: fetching the OpenID provider of tests/oidc from npm");
    let npm = on_path("npm").context("npm is missing; it fetches the OpenID provider of the tests")?;
    fs::create_dir_all(&to)?;
    for file in ["package.json", lock] {
        fs::copy(from.join(file), to.join(file))?;
    }
    process::output(Command::new(npm).current_dir(&to).args([
        "ci",
        "--silent",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]))?;
    fs::write(mark, wanted)?;
    Ok(to)
}

fn sha256(file: &Path) -> Result<String> {
    let line = process::output(Command::new("sha256sum").arg(file))?;
    Ok(line.split_whitespace().next().unwrap_or_default().to_owned())
}

fn version_of(program: impl AsRef<OsStr>) -> String {
    let program = program.as_ref();
    let said = process::output(Command::new(program).arg("--version")).unwrap_or_else(|error| format!("{error:#}"));
    said.lines().next().unwrap_or_default().trim().to_owned()
}
