//! The policy table: every action of the house, at which stage of a login, and who may.
//!
//! To add an action, add a line to the table at the end of this file and accept the changed snapshot of
//! `tests/policy.rs` after reading it.

use crate::{Right, Rights, Role, Stage};

/// What the table says about one action.
#[expect(clippy::struct_excessive_bools, reason = "independent columns of the table")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Stages of a login at which it may be done.
    pub stages: &'static [Stage],
    /// Whoever of those logged in may do it.
    pub who: Who,
    /// Whether it asks for a fresh proof of who one is.
    pub fresh: bool,
    /// Whether it may be done without login.
    pub anonymous: bool,
    /// Whether the holder of a group's personal link may do it, for that group.
    pub link: bool,
    /// Whether a job may do it.
    pub system: bool,
    /// Whether the operator may do it on the command line.
    pub operator: bool,
}

/// Who of those logged in may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody: it is for other doors.
    Nobody,
    /// Everyone: it is about oneself.
    Anyone,
    /// Everyone of the office: the operator's support has no account here.
    Member,
    /// Whoever's role has this right.
    Holder(Right),
}

impl Policy {
    /// Whether someone of this role, with these rights, may do it.
    pub const fn allows(&self, role: Role, rights: Rights) -> bool {
        match self.who {
            Who::Nobody => false,
            Who::Anyone => true,
            Who::Member => !role.is_support(),
            Who::Holder(right) => rights.contains(right),
        }
    }
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

/// An action that the holder of a group's personal link may do, for that group.
pub trait LinkAction: Action {}

/// An action that a job may do.
pub trait SystemAction: Action {}

/// An action that the operator may do on the command line.
pub trait OperatorAction: Action {}

/// A grave action: it asks for a proof not older than a few minutes (OWASP ASVS 5.0, 7.5.3).
pub trait FreshAction: Action {}

macro_rules! who {
    (Nobody) => {
        Who::Nobody
    };
    (Anyone) => {
        Who::Anyone
    };
    (Member) => {
        Who::Member
    };
    ($right:ident) => {
        Who::Holder(Right::$right)
    };
}

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
    ($($(#[$doc:meta])* $name:ident $code:literal $stage:ident $who:ident $(+ $door:ident)*;)+) => {
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
                            who: who!($who),
                            fresh: false,
                            anonymous: false,
                            link: false,
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
    pub(super) const fn LinkAction(policy: Policy) -> Policy {
        Policy { link: true, ..policy }
    }
    pub(super) const fn FreshAction(policy: Policy) -> Policy {
        Policy { fresh: true, ..policy }
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
    LogIn "session.open" None Nobody + AnonymousAction;
    /// Set up the second factor that is still missing.
    EnrolSecondFactor "session.enrol" Enrolling Anyone;
    /// Give the second factor, or a recovery code.
    ConfirmSecondFactor "session.confirm" HalfIn Anyone;
    /// End one's own session.
    LogOut "session.close" Any Anyone;
    /// Stay logged in while a page stands open.
    StayLoggedIn "session.stay" Full Anyone;
    /// Prove once more who one is, before something grave.
    ProveAgain "session.prove" Full Member;
    /// See one's own account: name, sessions.
    ManageOwnAccount "account.manage" Full Member;
    /// Change what one logs in with: password, mail address, second factors.
    ChangeCredentials "account.credentials" Full Member + FreshAction;

    /// Say at an address that one agrees to its change, or stop the change; only a link leads here.
    ConfirmEmail "account.email" None Nobody + AnonymousAction;
    /// Choose a new password after the second factor was taken away; only a link leads here.
    SetNewPassword "account.new_password" None Nobody + AnonymousAction;
    /// See what the office passed on; only a link leads here.
    OpenDisclosure "disclosure.open" None Nobody + AnonymousAction;
    /// Answer for a group whether something of it may be passed on; only a link leads here.
    AnswerDisclosure "disclosure.answer" None Nobody + AnonymousAction;
    /// See, give and withdraw one's own consents; only a link sent to the person leads here.
    AnswerConsent "consent.answer" None Nobody + AnonymousAction;
    /// Suggest a group from outside, and confirm it by the link in a mail.
    SuggestGroup "suggestion.send" None Nobody + AnonymousAction;
    /// Stop that a second factor is taken away as lost; only a link leads here.
    StopRecovery "recovery.stop" None Nobody + AnonymousAction;

    // Group admins.
    /// See one's own groups with all lights, and who saw them.
    ReadOwnGroup "own_group.read" Full OwnGroups;
    /// Correct one of one's own groups: closings count at once, the rest waits for the office.
    SubmitChanges "own_group.submit" Full OwnGroups;
    /// Propose who takes one of one's own groups over; the office decides.
    HandOverGroup "own_group.hand_over" Full OwnGroups;
    /// Decide whether the office asks before it passes anything of one of one's own groups on.
    DecideAskFirst "own_group.ask_first" Full OwnGroups;

    // The reconciliation, by a group's personal link.
    /// Bring a personal link or its code, or ask for a new one.
    OpenGroupLink "group_link.open" None Nobody + AnonymousAction;
    /// Check, correct and confirm the data of the one group.
    ReconcileByLink "reconcile.link" None Nobody + LinkAction;

    // Daily work.
    /// See what waits.
    ReadToday "office.today" Full Overview;
    /// See the list of groups.
    ListGroups "groups.list" Full SeeGroups;
    /// See a group with all its items, people, notes and history.
    ReadGroup "group.read" Full SeeGroups;
    /// See what group admins ask to be different.
    ReadRequests "requests.read" Full SeeGroups;
    /// Decide what group admins ask for, item by item.
    DecideRequest "requests.decide" Full EditGroups;
    /// Decide about a group that somebody outside suggested.
    DecideSuggestion "suggestion.decide" Full EditGroups;
    /// Write a new group.
    CreateGroup "group.create" Full EditGroups;
    /// Change items, people and lights of a group.
    EditGroup "group.edit" Full EditGroups;
    /// Activate, pause, dissolve a group.
    ChangeStatus "group.status" Full EditGroups;
    /// Write an internal note.
    WriteNote "note.write" Full EditGroups;
    /// See which groups are due, and how far each is.
    ReadReconciliation "reconcile.read" Full SeeGroups;
    /// Write to groups that are to check their data.
    RunReconciliation "reconcile.run" Full Reconcile;
    /// Fetch a group's personal link, have it sent, revoke it.
    FetchGroupLink "group_link.fetch" Full Reconcile;
    /// Go through a group's data with it on the phone.
    ReconcileByPhone "reconcile.phone" Full Reconcile;
    /// Decide how often groups are asked.
    SetInterval "reconcile.interval" Full LightPolicy;
    /// Record or withdraw a person's consent.
    RecordConsent "consent.record" Full RecordConsents;
    /// Pass yellow items of a group on to somebody, ask the group about it, take it back.
    PassOn "disclosure.pass_on" Full Disclose;
    /// Read what of which group was passed on to whom.
    ReadDisclosures "disclosures.read" Full SeeDisclosures;
    /// Say that a yellow or red item was copied from the screen.
    CopyItem "items.copy" Full SeeGroups;
    /// Set that a group is asked before anything of it is passed on.
    SetAskFirst "group.ask_first" Full EditGroups;
    /// Bring in a list.
    ImportGroups "groups.import" Full ImportLists + OperatorAction;

    // Leading the office.
    /// See what is missing before the office can go live.
    ReadChecklist "office.checklist" Full Overview;
    /// Change what the office says about itself.
    EditOfficeProfile "office.profile" Full EditTexts;
    /// Bring the directory online or take it offline.
    PublishOffice "office.publish" Full Publish;
    /// See and change the office's fields and their lights, as long as nothing becomes more open.
    EditPolicy "policy.edit" Full LightPolicy;
    /// Let the office's policy open more than before, or delete what a field held.
    LoosenPolicy "policy.loosen" Full LightPolicy + FreshAction;
    /// Record the processing contract (Art. 28 GDPR).
    RecordContract "office.contract" Full Contract + FreshAction;
    /// Invite, change and remove users.
    ManagePeople "people.manage" Full ManagePeople;
    /// Change what someone is, end their access, decide what roles may.
    DecideAccess "people.decide" Full ManagePeople + FreshAction;
    /// See which providers of single sign-on the office trusts.
    ReadSignOn "sign_on.read" Full ManagePeople;
    /// Decide which providers of single sign-on vouch for whom.
    DecideSignOn "sign_on.decide" Full ManagePeople + FreshAction;
    /// See which support grants there are.
    ReadSupport "support.read" Full GrantSupport;
    /// Let the operator's support look into the office.
    GrantSupport "support.grant" Full GrantSupport + FreshAction;
    /// Send the operator's support away again, at once.
    EndSupport "support.end" Full GrantSupport;
    /// Read the audit log.
    ReadAudit "audit.read" Full ReadLog;
    /// See what was tried that should not be.
    ReadAlerts "alerts.read" Full ReadLog;
    /// Tick such an alert off.
    SettleAlert "alerts.settle" Full ReadLog;
    /// Take the audit log out as a file.
    ExportAudit "audit.export" Full ExportLog + FreshAction;

    // The house itself.
    /// Make the link by which the operator's support comes in where the office granted it.
    OpenSupport "support.open" None Nobody + OperatorAction;
    /// Come in by that link.
    EnterAsSupport "support.enter" None Nobody + AnonymousAction;
    /// Make a new office's first account; only the confirmed sign-up leads here.
    CreateFirstAccount "account.first" None Nobody + AnonymousAction + OperatorAction;
    /// Have a sole lead's second factor taken away, with the office's recovery share.
    StartRecovery "recovery.start" None Nobody + OperatorAction;
    /// Send what waits in the outbox.
    SendMail "mail.send" None Nobody + SystemAction;
    /// Remind groups, and note whose deadline is over.
    RemindGroups "reconcile.remind" None Nobody + SystemAction;
    /// Remove what has expired: sessions, sign-ups, previews of imports.
    RemoveExpired "expired.remove" None Nobody + SystemAction;
    /// Raise an alert.
    RaiseAlert "alert.raise" None Nobody + SystemAction;
    /// See which alerts there are, without whom they are about.
    WatchAlerts "alerts.watch" None Nobody + OperatorAction;
    /// Check the audit chain.
    VerifyAudit "audit.verify" None Nobody + SystemAction + OperatorAction;
}
