//! Whole-system tests of what goes wrong: people who leave midway, bad input, floods, dead servers, missing keys, full disks.
//! One file per kind of fault. Cancelled units of work and broken migrations are tested in `crates/storage/tests`.

#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod campaign;
#[cfg(test)]
mod database_away;
#[cfg(test)]
mod dropped_requests;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod import;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod login;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod processes;
#[cfg(test)]
mod recover;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod sign_up;
#[cfg(test)]
mod slow_clients;
