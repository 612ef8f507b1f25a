//! Signs that someone tries what they may not, and how many of one kind in which time are too many (OWASP ASVS 5.0,
//! 16.3.3; promise 2.10).
//!
//! To add a sign, add a line to the table; its words are `alert-<code>` on screens.

use jiff::SignedDuration;

/// So many within so long raise an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// How many, by the same account or from the same network, as the sign says.
    pub count: u32,
    /// Within which time, counted from the first.
    pub within: SignedDuration,
}

macro_rules! signs {
    ($($(#[$doc:meta])* $name:ident $code:literal $count:literal in $minutes:literal min;)+) => {
        /// A sign that someone tries what they may not, or that something grave was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Sign { $($(#[$doc])* $name),+ }

        impl Sign {
            /// All signs, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word used in databases and for texts.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// When it raises an alert.
            pub const fn rule(self) -> Rule {
                match self {
                    $(Self::$name => Rule {
                        count: $count,
                        within: SignedDuration::from_mins($minutes),
                    }),+
                }
            }
        }
    };
}

signs! {
    // Before the login.
    /// Wrong passwords for one account.
    PasswordsForOne "passwords-for-one" 10 in 60 min;
    /// Wrong passwords from one network, for whatever accounts.
    PasswordsFromOne "passwords-from-one" 30 in 60 min;
    /// Wrong passwords from everywhere together.
    PasswordsEverywhere "passwords-everywhere" 150 in 60 min;
    /// The password was right, the second factor was not: someone may know the password.
    WrongCodes "wrong-codes" 5 in 60 min;
    /// A recovery code was used instead of the second factor.
    RecoveryCodeUsed "recovery-code-used" 1 in 60 min;
    /// Links of mails that never were, or are used up or taken back.
    DeadLinks "dead-links" 5 in 60 min;
    /// Links to come in as support that never were, or are used up.
    DeadSupportLinks "dead-support-links" 3 in 60 min;
    /// Logins that never were, or are over, from one network.
    DeadLogins "dead-logins" 40 in 10 min;
    /// Pages of the office asked for without any login.
    ClosedDoors "closed-doors" 60 in 10 min;
    /// Forms that another site sent.
    ForeignForms "foreign-forms" 5 in 10 min;
    /// Contacts asked for faster than people read.
    ContactsCollected "contacts-collected" 3 in 60 min;
    // Behind the login.
    /// Wrong proofs before grave acts: someone may sit at another's screen.
    WrongProofs "wrong-proofs" 4 in 60 min;
    /// Pages and acts that one's role may not.
    Forbidden "forbidden" 10 in 10 min;
    /// Groups, persons, lists that are not here: guessed ids, or another office's.
    NotHere "not-here" 15 in 10 min;
    /// Groups opened faster than anyone works.
    MassReading "mass-reading" 60 in 10 min;
    /// The log taken out again and again.
    LogExports "log-exports" 4 in 60 min;
    /// Files that were refused: broken, bombs, no lists.
    BadFiles "bad-files" 5 in 60 min;
    /// Persons deleted in a row.
    MassDeleting "mass-deleting" 10 in 60 min;
    /// People locked out in a row.
    LockOuts "lock-outs" 3 in 60 min;
    /// Someone was given the right to decide about people.
    ManagerMade "manager-made" 1 in 1 min;
    /// Someone logged in from a country they had never logged in from; only where a country database is given.
    NewCountry "new-country" 1 in 1 min;
    /// The operator's support came in.
    SupportEntered "support-entered" 1 in 1 min;
    /// The operator began to restore a sole lead's access, with the office's recovery share.
    RecoveryStarted "recovery-started" 1 in 1 min;
}

#[cfg(test)]
mod tests {
    use super::Sign;

    #[test]
    fn codes_are_unique_and_every_rule_can_be_met() {
        let codes: std::collections::HashSet<_> = Sign::ALL.iter().map(|sign| sign.code()).collect();
        assert_eq!(codes.len(), Sign::ALL.len());
        assert!(Sign::ALL.iter().all(|sign| sign.rule().count > 0 && sign.rule().within.as_secs() > 0));
    }
}
