//! The worker's round.

use std::sync::Arc;
use std::time::{Duration, Instant};

use usecases::mail::Outbox;
use usecases::{House, housekeeping, mail, signup};

use crate::Post;

/// How often the platform's outbox and sign-ups are looked at without being woken.
const ROUND: Duration = Duration::from_secs(1);
/// How often every office's outbox is looked at, and what has expired is removed.
const SWEEP: Duration = Duration::from_secs(60);

/// Works until `stop` resolves; what has begun is finished.
pub async fn run(house: Arc<House>, post: Post, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    let mut swept: Option<Instant> = None;
    loop {
        provision(&house).await;
        send(&house, &post, Outbox::Platform).await;
        if swept.is_none_or(|swept| swept.elapsed() >= SWEEP) {
            sweep(&house, &post).await;
            swept = Some(Instant::now());
        }
        tokio::select! {
            () = &mut stop => return,
            () = house.bell() => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}

async fn provision(house: &House) {
    match signup::provision_waiting(house).await {
        Ok(0) => {}
        Ok(made) => tracing::info!(made, "offices were provisioned"),
        Err(error) => report("sign-ups cannot be provisioned", &error),
    }
}

async fn sweep(house: &House, post: &Post) {
    match mail::outboxes(house).await {
        Ok(outboxes) => {
            for outbox in outboxes {
                send(house, post, outbox).await;
            }
        }
        Err(error) => report("the outboxes cannot be listed", &error),
    }
    match housekeeping::remove_expired(house).await {
        Ok(removed) if removed != housekeeping::Removed::default() => {
            tracing::info!(
                signups = removed.signups,
                sessions = removed.sessions,
                imports = removed.imports,
                "expired"
            );
        }
        Ok(_) => {}
        Err(error) => report("what has expired cannot be removed", &error),
    }
}

async fn send(house: &House, post: &Post, outbox: Outbox) {
    loop {
        let claimed = match mail::claim(house, outbox).await {
            Ok(claimed) => claimed,
            Err(error) => return report("mail cannot be taken from an outbox", &error),
        };
        if claimed.is_empty() {
            return;
        }
        for outgoing in claimed {
            let outcome = post.send(&outgoing).await;
            if let Err(reason) = &outcome {
                tracing::warn!(mail = %outgoing.id, attempts = outgoing.attempts + 1, reason, "a mail was not sent");
            }
            if let Err(error) = mail::done(house, outbox, &outgoing, outcome).await {
                report("what became of a mail cannot be noted", &error);
            }
        }
    }
}

fn report(what: &str, error: &usecases::Error) {
    tracing::error!(error = error as &dyn std::error::Error, "{what}");
}
