//! The policy table: every action of the house, at which stage of a login, and who may.
//!
//! To add an action, add a line to the table at the end of this file and accept the changed snapshot of
//! `tests/policy.rs` after reading it.

use crate::{Role, Stage};

/// What the table says about one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Stages of a login at which it may be done.
    pub stages: &'static [Stage],
    /// Roles that may do it.
    pub roles: &'static [Role],
    /// Whether it may be done without login.
    pub anonymous: bool,
    /// Whether a job may do it.
    pub system: bool,
    /// Whether the operator may do it on the command line.
    pub operator: bool,
}

mod sealed {
    pub trait Sealed {}
}

/// Something that can be done in an office. Implemented by the marker types of the table only.
pub trait Action: sealed::Sealed + Send + Sync + 'static {
    /// Its name.
    const NAME: ActionName;
}

/// An action that may be done without login: the steps of a login itself.
pub trait AnonymousAction: Action {}

/// An action that a job may do.
pub trait SystemAction: Action {}

/// An action that the operator may do on the command line.
pub trait OperatorAction: Action {}

macro_rules! stages {
    (Full) => {
        &[Stage::Full]
    };
    (HalfIn) => {
        &[Stage::HalfIn]
    };
    (Enrolling) => {
        &[Stage::Enrolling]
    };
    (Any) => {
        &Stage::ALL
    };
    (None) => {
        &[]
    };
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident $code:literal $stage:ident [$($role:ident),*] $(+ $door:ident)*;)+) => {
        /// The name of an action, for tables, logs and tests.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ActionName { $($(#[$doc])* $name),+ }

        impl ActionName {
            /// Every action of the table, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The dotted word used in logs and tables.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// What the table says about it.
            pub const fn policy(self) -> Policy {
                match self {
                    $(Self::$name => {
                        let policy = Policy {
                            stages: stages!($stage),
                            roles: &[$(Role::$role),*],
                            anonymous: false,
                            system: false,
                            operator: false,
                        };
                        $(let policy = doors::$door(policy);)*
                        policy
                    })+
                }
            }
        }

        /// One marker type per action.
        pub mod marker {
            $(
                $(#[$doc])*
                #[derive(Debug)]
                pub enum $name {}
                impl super::sealed::Sealed for $name {}
                impl super::Action for $name {
                    const NAME: super::ActionName = super::ActionName::$name;
                }
                $(impl super::$door for $name {})*
            )+
        }
    };
}

/// What a door (a trait behind a `+` in the table) means for the policy.
#[expect(non_snake_case, reason = "named like the traits of the table")]
mod doors {
    use super::Policy;

    pub(super) const fn AnonymousAction(policy: Policy) -> Policy {
        Policy { anonymous: true, ..policy }
    }
    pub(super) const fn SystemAction(policy: Policy) -> Policy {
        Policy { system: true, ..policy }
    }
    pub(super) const fn OperatorAction(policy: Policy) -> Policy {
        Policy { operator: true, ..policy }
    }
}

actions! {
    // Logging in.
    /// Try a name and a password.
    LogIn "session.open" None [] + AnonymousAction;
    /// Set up the second factor that is still missing.
    EnrolSecondFactor "session.enrol" Enrolling [Lead, Staff];
    /// Give the second factor, or a recovery code.
    ConfirmSecondFactor "session.confirm" HalfIn [Lead, Staff];
    /// End one's own session.
    LogOut "session.close" Any [Lead, Staff];
    /// See and change one's own password, second factor and sessions.
    ManageOwnAccount "account.manage" Full [Lead, Staff];

    // Daily work.
    /// See what waits.
    ReadToday "office.today" Full [Lead, Staff];
    /// See the list of groups.
    ListGroups "groups.list" Full [Lead, Staff];
    /// See a group with all its items, people, notes and history.
    ReadGroup "group.read" Full [Lead, Staff];
    /// Write a new group.
    CreateGroup "group.create" Full [Lead, Staff];
    /// Change items, people and lights of a group.
    EditGroup "group.edit" Full [Lead, Staff];
    /// Activate, pause, dissolve a group.
    ChangeStatus "group.status" Full [Lead, Staff];
    /// Write an internal note.
    WriteNote "note.write" Full [Lead, Staff];
    /// Record or withdraw a person's consent.
    RecordConsent "consent.record" Full [Lead, Staff];
    /// Bring in a list.
    ImportGroups "groups.import" Full [Lead, Staff] + OperatorAction;

    // Leading the office.
    /// See what is missing before the office can go live.
    ReadChecklist "office.checklist" Full [Lead, Staff];
    /// Change what the office says about itself.
    EditOfficeProfile "office.profile" Full [Lead];
    /// Bring the directory online or take it offline.
    PublishOffice "office.publish" Full [Lead];
    /// Record the processing contract (Art. 28 GDPR).
    RecordContract "office.contract" Full [Lead];
    /// Invite, change and remove users.
    ManageUsers "users.manage" Full [Lead];
    /// Read the audit log.
    ReadAudit "audit.read" Full [Lead];
    /// Take the audit log out as a file.
    ExportAudit "audit.export" Full [Lead];

    // The house itself.
    /// Make a new office's first account; only the confirmed sign-up leads here.
    CreateFirstAccount "account.first" None [] + AnonymousAction + OperatorAction;
    /// Send what waits in the outbox.
    SendMail "mail.send" None [] + SystemAction;
    /// Remove what has expired: sessions, sign-ups, previews of imports.
    RemoveExpired "expired.remove" None [] + SystemAction;
    /// Check the audit chain.
    VerifyAudit "audit.verify" None [] + SystemAction + OperatorAction;
}
