//! When a group meets: recurrence rules (RFC 5545) with the words of the group beside them.

use serde::{Deserialize, Serialize};

/// When a group meets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Schedule {
    /// In the group's words: "1. Mittwoch im Monat, 18.30 Uhr", "nach Absprache".
    pub text: String,
}
