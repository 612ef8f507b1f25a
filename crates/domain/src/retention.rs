//! How long what the office keeps about people for a purpose of its own is kept: one row each, with the reason.
//!
//! The nightly clean-up erases by these, and pages say them. They hold for every office; an office that must keep
//! something longer or shorter has no setting for it yet.

use jiff::SignedDuration;

/// How long something is kept after it last changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// In days.
    pub days: u16,
}

impl Kept {
    /// The same as a span of time.
    pub const fn duration(self) -> SignedDuration {
        SignedDuration::from_hours(24 * self.days as i64)
    }
}

/// To whom and why something was passed on. The person it is about may ask for the recipients themselves, not only for kinds
/// of them (Art. 15 (1) (c) GDPR; CJEU, 12 January 2023, C-154/21), and for the past as well: one year was too short where the
/// rest is kept longer (CJEU, 7 May 2009, C-553/07). Three years are as long as claims can regularly be made (§ 195 BGB).
/// What remains is the fact: of which group, what, on which day.
pub const PASSED_ON: Kept = Kept { days: 3 * 365 + 1 };

/// To whom and why something was to be passed on that nobody learned: refused, taken back, never answered, never opened.
/// There is no recipient to tell anybody about; the office needs it only as long as somebody may ask again (Art. 5 (1) (e)
/// GDPR).
pub const NOT_PASSED_ON: Kept = Kept { days: 90 };

/// A group's yes to passing something on, until it is carried out: the reason it was asked for does not last.
pub const AGREED: Kept = Kept { days: 30 };

/// A suggestion that nobody confirmed: what was typed may be somebody else's.
pub const UNCONFIRMED_SUGGESTION: Kept = Kept { days: 2 };

/// The address of whoever suggested an accepted group: as long as they may be invited.
pub const ACCEPTED_SUGGESTION: Kept = Kept { days: 30 };
