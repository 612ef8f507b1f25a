//! What lies on the disk and in dumps, as a thief would find it.

use std::path::{Path, PathBuf};
use std::process::Command;

use storage::StoreConfig;
use testkit::World;

/// Every file below a folder, hidden ones too.
///
/// # Panics
/// When a folder cannot be read.
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            files.extend(below(&entry.path()));
        } else {
            files.push(entry.path());
        }
    }
    files
}

/// Everything a world has written: the files of its folder, and on `PostgreSQL` a plain dump of each of its databases. Name and bytes.
///
/// # Panics
/// When something cannot be read.
pub fn everything_written(world: &World, offices: &[domain::TenantId]) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = below(world.folder.path())
        .into_iter()
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    if let StoreConfig::Postgres(config) = &world.config {
        let name = |url: &str| url::Url::parse(url).unwrap().path().trim_start_matches('/').to_owned();
        let mut databases = vec![name(&config.platform_url), name(&config.keystore_url)];
        databases.extend(offices.iter().map(|office| format!("t_{office}")));
        for database in databases {
            let mut url = url::Url::parse(&testkit::postgres::url()).unwrap();
            url.set_path(&database);
            let dump = Command::new(testkit::postgres::program("pg_dump"))
                .args(["--format=plain", "--dbname", url.as_str()])
                .output()
                .unwrap();
            assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
            all.push((format!("dump of {database}"), dump.stdout));
        }
    }
    all
}
