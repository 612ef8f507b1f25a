//! Whether the time an answer takes tells who has an account: known and unknown addresses in turn, each request from a
//! network of its own, compared by rank (Mann and Whitney): 0.5 is what guessing gives.
//!
//! One in-process server and one client that waits for each answer: nobody on a network measures as exactly as this.

#![allow(clippy::expect_used, missing_docs, reason = "a measurement that cannot be set up stops")]

use std::cmp::Ordering;
use std::sync::Arc;
use std::time::{Duration, Instant};

use access::Role;
use reqwest::Method;
use testkit::{Backend, Office, Server, World};

/// How often each is asked.
const TIMES: usize = 400;
/// The same where an answer takes its time.
const MAILS: usize = 120;
/// Accounts; few guesses for each, so that no throttle is met where none is to be.
const ACCOUNTS: usize = 200;

struct Scene {
    office: Office,
    server: Server,
    known: Vec<String>,
}

#[tokio::main]
async fn main() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("eins").await;
    let mut known = Vec::new();
    for number in 0..ACCOUNTS {
        known.push(if number % 2 == 0 { office.someone(Role::Staff).await } else { office.admin_of(&[]).await }.email);
    }
    let server = Server::start(Arc::clone(&world.house), |config| {
        config.client_address = web::ClientAddress::ForwardedFor;
    })
    .await;
    let scene = Scene { office, server, known };
    scene.compare("a wrong password", "/login", Throttled::No).await;
    scene.compare("a wrong password, too often", "/login", Throttled::Yes).await;
    scene.compare("a new password is asked for", "/login/passwort", Throttled::No).await;
    scene.compare("a link is asked for", "/login/link", Throttled::No).await;
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Throttled {
    Yes,
    No,
}

impl Scene {
    async fn compare(&self, what: &str, path: &str, throttled: Throttled) {
        let (mut there, mut not_there) = (Vec::new(), Vec::new());
        let times = if path == "/login" { TIMES } else { MAILS };
        for round in 0..times {
            let email = &self.known[round % self.known.len()];
            // As long as the others are.
            let nobody = format!("{}x{}", &email[..1], &email[2..]);
            let mut pair = [(email.as_str(), true), (nobody.as_str(), false)];
            pair.rotate_left(round % 2);
            for (email, known) in pair {
                let network = match throttled {
                    // One that has failed far too often.
                    Throttled::Yes => "203.0.113.1".to_owned(),
                    Throttled::No => format!("10.{}.{}.1", round / 250, round % 250 + usize::from(!known)),
                };
                let took = self.ask(path, &network, email).await;
                if throttled == Throttled::Yes && round < 40 {
                    continue;
                }
                if known { there.push(took) } else { not_there.push(took) }
            }
        }
        let (n, m) = (count(&there), count(&not_there));
        let slower: f64 = there.iter().map(|one| rank(*one, &not_there)).sum();
        let area = slower / (n * m);
        let error = 1.96 * ((n + m + 1.0) / (12.0 * n * m)).sqrt();
        println!(
            "{what}: {area:.3} (by chance 0.5 ± {error:.3}); medians {:.2?} with an account, {:.2?} without",
            median(there),
            median(not_there)
        );
    }

    async fn ask(&self, path: &str, network: &str, email: &str) -> Duration {
        let visitor = self.server.seeker(&self.office);
        let form = [("email", email), ("password", "falsch-falsch-falsch")];
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = visitor.builder(Method::POST, path).header("x-forwarded-for", network);
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        let began = Instant::now();
        visitor.send(request).await;
        began.elapsed()
    }
}

/// How many of the others are faster; equals count half.
fn rank(one: Duration, others: &[Duration]) -> f64 {
    let score = |other: &Duration| match other.cmp(&one) {
        Ordering::Less => 1.0,
        Ordering::Equal => 0.5,
        Ordering::Greater => 0.0,
    };
    others.iter().map(score).sum()
}

fn count(of: &[Duration]) -> f64 {
    f64::from(u32::try_from(of.len()).unwrap_or(u32::MAX))
}

fn median(mut of: Vec<Duration>) -> Duration {
    of.sort_unstable();
    of.get(of.len() / 2).copied().unwrap_or_default()
}
