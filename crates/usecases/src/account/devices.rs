//! Browsers that are known: someone has logged in on them before, wholly.
//!
//! Such a browser keeps random bits and their keyed hash together with the user and their password. It opens nothing; it
//! only says that a wrong password here is not a stranger's, and that a login here is no news. With another password no
//! browser is known any more.

use crypto::token::Token;
use storage::TenantTx;
use storage::tenant::User;

use super::Caller;

/// How many people a browser is known for; colleagues share one.
const MARKS: usize = 6;

fn mark(tx: &TenantTx, user: &User, random: Option<&str>) -> String {
    let random = random.map_or_else(|| Token::generate(tx.ids()).to_text().to_string(), str::to_owned);
    let proof = tx.keyed(&format!("device {} {random} {}", user.id, *user.password));
    format!("{random}.{proof}")
}

/// The mark of this user among those a browser brought.
fn own<'a>(tx: &TenantTx, user: &User, brought: Option<&'a str>) -> Option<&'a str> {
    brought?.split('~').take(MARKS).find(|known| {
        let random = known.split_once('.').map(|(random, _)| random);
        random.is_some_and(|random| *known == mark(tx, user, Some(random)))
    })
}

/// Whether this user has logged in here before.
pub(super) fn is_known(tx: &TenantTx, user: &User, caller: Caller<'_>) -> bool {
    own(tx, user, caller.known).is_some()
}

/// What the browser keeps from now on: a new mark of this user, and those of others who logged in on it.
pub(super) fn known_from_now_on(tx: &TenantTx, user: &User, caller: Caller<'_>) -> String {
    let own = own(tx, user, caller.known);
    let others = caller.known.into_iter().flat_map(|brought| brought.split('~')).filter(|mark| Some(*mark) != own);
    let others = others.take(MARKS - 1).map(str::to_owned);
    std::iter::once(mark(tx, user, None)).chain(others).collect::<Vec<_>>().join("~")
}
