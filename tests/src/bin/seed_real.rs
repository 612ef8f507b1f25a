//! `cargo xtask seed-real`: fills `data/` with the real list of offices, to be looked at with `cargo run`.

#![allow(clippy::expect_used, reason = "a chore: what it cannot set up ends it")]

use std::path::Path;
use std::sync::Arc;

use crypto::kek::FileKek;
use domain::{Clock, Ids, SystemClock};
use rand::TryRng;
use storage::{Services, StoreConfig, Stores};
use tests::real;

#[tokio::main]
async fn main() {
    let Some(folder) = real::folder() else {
        eprintln!("the real list of offices is not here: name its folder in AMPELHAUS_REAL_DATA");
        std::process::exit(1);
    };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let ids = Ids::new(Arc::clone(&clock), |buffer| {
        rand::rngs::SysRng.try_fill_bytes(buffer).expect("the system gives randomness");
    });
    let data = Path::new("data");
    std::fs::create_dir_all(data).expect("the folder data");
    let file = data.join("kek");
    let kek = if file.exists() { FileKek::load(&file, ids.clone()) } else { FileKek::create(&file, ids.clone()) };
    let services = Services { clock, ids, kek: Arc::new(kek.expect("a key file")), escrow: None };
    let config = StoreConfig::Sqlite { folder: data.to_owned() };
    let stores = Stores::open(config, services).await.expect("the stores open");
    let slugs = real::seed(&stores, &folder, |done, all| eprint!("\r{done} of {all} offices")).await;
    stores.close().await;
    println!("\n{} offices, for example http://{}.localhost:8080 after `cargo run`", slugs.len(), slugs[0]);
}
