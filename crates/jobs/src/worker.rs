//! The worker's round.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use usecases::mail::Outbox;
use usecases::{House, housekeeping, mail, reconciliation, signup};

use crate::Post;

/// How often the platform's outbox and sign-ups are looked at without being woken.
const ROUND: Duration = Duration::from_secs(1);
/// How often every office is opened: to remove what has expired, and to find mail whose hint was lost.
const SWEEP: Duration = Duration::from_secs(3600);

/// Works until `stop` resolves; what has begun is finished.
pub async fn run(house: Arc<House>, post: Post, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    let mut swept: Option<Instant> = None;
    let stopped = Arc::new(AtomicBool::new(false));
    // Whoever waits for an office must not wait for mail.
    let making = tokio::spawn(provision_until(Arc::clone(&house), Arc::clone(&stopped)));
    loop {
        send(&house, &post, Outbox::Platform).await;
        wake(&house, &post).await;
        if swept.is_none_or(|swept| swept.elapsed() >= SWEEP) {
            sweep(&house, &post).await;
            swept = Some(Instant::now());
        }
        tokio::select! {
            () = &mut stop => break,
            () = house.bell() => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
    stopped.store(true, Ordering::Relaxed);
    house.ring();
    if let Err(error) = making.await {
        tracing::error!(error = &error as &dyn std::error::Error, "provisioning broke off");
    }
}

async fn provision_until(house: Arc<House>, stopped: Arc<AtomicBool>) {
    while !stopped.load(Ordering::Relaxed) {
        provision(&house).await;
        tokio::select! {
            () = house.bell() => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}

/// Sends what waits in the offices that left a hint.
async fn wake(house: &House, post: &Post) {
    let waiting = match mail::waiting(house).await {
        Ok(waiting) => waiting,
        Err(error) => return report("the hints cannot be read", &error),
    };
    for wakeup in waiting {
        send(house, post, Outbox::Tenant(wakeup.tenant)).await;
        if let Err(error) = mail::settle(house, wakeup).await {
            report("a hint cannot be settled", &error);
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
    match reconciliation::remind::remind_due(house).await {
        Ok(done) if done != reconciliation::remind::Done::default() => {
            tracing::info!(reminded = done.reminded, overdue = done.overdue, "groups were reminded");
        }
        Ok(_) => {}
        Err(error) => report("groups cannot be reminded", &error),
    }
    match housekeeping::remove_expired(house).await {
        Ok(removed) if removed != housekeeping::Removed::default() => {
            tracing::info!(
                signups = removed.signups,
                sessions = removed.sessions,
                lost_factors = removed.lost_factors,
                imports = removed.imports,
                disclosures = removed.disclosures,
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
        let sender = match mail::sender(house, outbox).await {
            Ok(sender) => sender,
            // They are given back when their claim ends.
            Err(error) => return report("whom mail comes from cannot be read", &error),
        };
        for outgoing in claimed {
            let outcome = post.send(&outgoing, &sender).await;
            if let Err(why) = &outcome {
                let reason = why.reason();
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
