//! The processes: everything in one, or requests and work apart.

use std::sync::Arc;

use anyhow::Context;
use jobs::Post;
use tokio::net::TcpListener;
use tokio::sync::watch;
use usecases::House;
use web::{ClientAddress, WebConfig, WebState};

use crate::config::{Config, Provisions};
use crate::{connections, demo, start};

/// Serves and works in one process; with a demo office unless the configuration says production.
pub(crate) async fn everything(config: Config) -> anyhow::Result<()> {
    // Before anything long: if the port is taken, say so at once.
    let listener = listen(&config).await?;
    let store_config = config.stores(Provisions::Yes);
    storage::migrate::prepare(&store_config).await.context("the databases cannot be prepared")?;
    let stores = start::stores(&config, Provisions::Yes).await?;
    let report = storage::migrate::all(&stores, &mut |_, _| {}).await?;
    for (tenant, error) in &report.broken {
        tracing::error!(%tenant, error = error as &dyn std::error::Error, "an office's database could not be migrated");
    }
    let house = start::house(&config, stores)?;
    let demo = if config.has_demo() { Some(demo::prepare(&house).await?) } else { None };
    let (stop, stopped) = stop_signal();
    let worker = tokio::spawn(jobs::run(Arc::clone(&house), post(&config)?, until(stopped.clone())));
    println!("Ampelhaus: {}", house.addresses().platform());
    if let Some(demo) = &demo {
        println!("{}", demo.describe(&house));
    }
    if let Some(folder) = config.mail_folder() {
        println!("Mails are kept in {} and shown at {}/mail", folder.display(), house.addresses().platform());
    }
    serve(&config, &house, listener, until(stopped)).await;
    drop(stop);
    worker.await?;
    house.stores().close().await;
    Ok(())
}

/// Answers requests only.
pub(crate) async fn serve_only(config: Config) -> anyhow::Result<()> {
    if config.knows_provisioner() {
        tracing::warn!("`serve` needs no provisioner_url: keep it from this process");
    }
    let listener = listen(&config).await?;
    let house = start::house(&config, start::stores(&config, Provisions::No).await?)?;
    let (_stop, stopped) = stop_signal();
    println!("Ampelhaus serves: {}", house.addresses().platform());
    serve(&config, &house, listener, until(stopped)).await;
    house.stores().close().await;
    Ok(())
}

/// Works only.
pub(crate) async fn work_only(config: Config) -> anyhow::Result<()> {
    let house = start::house(&config, start::stores(&config, Provisions::Yes).await?)?;
    let (_stop, stopped) = stop_signal();
    println!("Ampelhaus works");
    jobs::run(Arc::clone(&house), post(&config)?, until(stopped)).await;
    house.stores().close().await;
    Ok(())
}

fn post(config: &Config) -> anyhow::Result<Post> {
    Ok(match (&config.smtp, config.mail_folder()) {
        (Some(smtp), _) => Post::smtp(smtp)?,
        (None, folder) => Post::folder(folder.unwrap_or_else(|| config.data.join("mail")))?,
    })
}

async fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("{} cannot be listened on: is another Ampelhaus running?", config.listen))
}

async fn serve(config: &Config, house: &Arc<House>, listener: TcpListener, stop: impl Future<Output = ()>) {
    let mut web = WebConfig::new(&config.base_domain);
    web.https = config.behind_proxy;
    web.public_port = house.addresses().port;
    web.client_address = if config.behind_proxy { ClientAddress::ForwardedFor } else { ClientAddress::Connection };
    web.mail_folder = config.mail_folder().filter(|_| !config.production);
    let services = house.stores().services();
    let state = WebState::new(Arc::clone(house), web, Arc::clone(&services.clock), services.ids.clone());
    connections::serve(listener, web::app(&state), stop).await;
}

/// Resolves to "stop" at Ctrl-C or SIGTERM, or when the sender is dropped.
fn stop_signal() -> (Arc<watch::Sender<bool>>, watch::Receiver<bool>) {
    let (sender, receiver) = watch::channel(false);
    let sender = Arc::new(sender);
    let on_signal = Arc::downgrade(&sender);
    tokio::spawn(async move {
        asked_to_stop().await;
        if let Some(sender) = on_signal.upgrade() {
            // Nobody listens any more: then everything has stopped already.
            let _nobody = sender.send(true);
        }
    });
    (sender, receiver)
}

async fn asked_to_stop() {
    let ctrl_c = async {
        let _cannot_be_heard = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = ctrl_c => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    ctrl_c.await;
}

async fn until(mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        if stopped.changed().await.is_err() {
            return;
        }
    }
}
