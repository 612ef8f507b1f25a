//! Whole-system tests in a real Chromium. One file per walk through the house; `rig.rs` tests the instrument itself.

#[cfg(test)]
mod consents;
#[cfg(test)]
mod disclosures;
#[cfg(test)]
mod import;
#[cfg(test)]
mod keyboard;
#[cfg(test)]
mod passkeys;
#[cfg(test)]
mod people;
#[cfg(test)]
mod policy;
#[cfg(test)]
mod reconciliation;
#[cfg(test)]
mod review;
#[cfg(test)]
mod rig;
#[cfg(test)]
mod sign_on;
#[cfg(test)]
mod sign_up_to_directory;
#[cfg(test)]
mod succession;
#[cfg(test)]
mod support;
#[cfg(test)]
mod walk;
#[cfg(test)]
mod without_scripts;
