//! The mails an office would send.
#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::Arc;

use storage::Mail;
use testkit::Office;
use usecases::House;
use usecases::mail::{self, Outbox};

/// The mails that wait, taken out.
pub async fn mails(house: &Arc<House>, office: &Office) -> Vec<Mail> {
    let outbox = Outbox::Tenant(office.id);
    let mut all = Vec::new();
    loop {
        let claimed = mail::claim(house, outbox).await.unwrap();
        if claimed.is_empty() {
            return all;
        }
        for outgoing in claimed {
            mail::done(house, outbox, &outgoing, Ok(())).await.unwrap();
            all.push(outgoing.mail);
        }
    }
}

/// What stands after the last slash of the first link to this path in a mail.
pub fn token_of(mail: &Mail, path: &str) -> String {
    let line = mail.body.lines().find(|line| line.starts_with("http") && line.contains(path));
    let line = line.unwrap_or_else(|| panic!("no link to {path} in {}", mail.body));
    line.rsplit('/').next().unwrap().to_owned()
}
