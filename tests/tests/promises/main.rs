//! One test per promise, named after its row in `docs/src/promises.md`: `p0_1_…` is the test of row 0.1.
//!
//! They look from outside: over HTTP as a seeker, a colleague or a scraper, at the files and database dumps as a thief, at the log as
//! whoever reads logs. `tests::plant` fills the offices with canaries.

#[cfg(test)]
mod access_is_logged;
#[cfg(test)]
mod attacks;
#[cfg(test)]
mod contact_notice;
#[cfg(test)]
mod cookies;
#[cfg(test)]
mod disclosures;
#[cfg(test)]
mod lights;
#[cfg(test)]
mod logins;
#[cfg(test)]
mod matching_wish;
#[cfg(test)]
mod policy;
#[cfg(test)]
mod pseudonyms;
#[cfg(test)]
mod reconciliation;
#[cfg(test)]
mod review;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod scene;
#[cfg(test)]
mod sealed_at_rest;
#[cfg(test)]
mod separated;
#[cfg(test)]
mod support;
#[cfg(test)]
mod three_lights;
