//! Rights: actions grouped into what a person in an office would call one thing. A role is a set of rights.

/// A set of rights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rights(u32);

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident $code:literal;)+) => {
        /// What someone may do, in one word. Screens call it `right-<code>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Right { $($(#[$doc])* $name),+ }

        impl Right {
            /// All rights, in the order of screens.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word used in databases and forms.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

rights! {
    /// See today's numbers and where the office stands.
    Overview "overview";
    /// See all groups with all items, people, notes and history.
    SeeGroups "groups-see";
    /// Write, change, pause and dissolve groups; write notes.
    EditGroups "groups-edit";
    /// Record and withdraw the consents of persons.
    RecordConsents "consents";
    /// Pass yellow items of a group on, one by one.
    Disclose "disclose";
    /// See what of which group was passed on to whom, in the register of the whole office.
    SeeDisclosures "disclosures-see";
    /// Bring in lists.
    ImportLists "import";
    /// Change what the office says about itself.
    EditTexts "texts";
    /// Bring the directory online and take it offline.
    Publish "publish";
    /// Decide about the office's fields and their lights.
    LightPolicy "light-policy";
    /// Record the processing contract.
    Contract "contract";
    /// Invite and remove people, decide on roles.
    ManagePeople "people";
    /// Read the log.
    ReadLog "log";
    /// Take the log out as a file.
    ExportLog "log-export";
    /// Decide when the operator's support may look into the office.
    GrantSupport "support";
    /// Ask groups to check their data: write to them, fetch their personal links, go through it on the phone.
    Reconcile "reconcile";
    /// See one's own groups: for group admins.
    OwnGroups "own-groups";
}

impl Right {
    /// Rights that an office may put into a role of its own.
    pub fn composable() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|right| *right != Self::OwnGroups)
    }

    /// Rights that a support grant always holds: to look.
    pub const SUPPORT_READS: [Self; 2] = [Self::Overview, Self::SeeGroups];

    /// Rights that the office may add to a support grant. What decides about people, consents and contracts, or takes
    /// data out, never is among them.
    pub const SUPPORT_MAY: [Self; 5] =
        [Self::EditGroups, Self::ImportLists, Self::EditTexts, Self::Publish, Self::ReadLog];

    /// The rights without which this one cannot be used: its pages are reached from there. Whoever passes on sees what
    /// was passed on.
    pub const fn needs(self) -> &'static [Self] {
        match self {
            Self::Disclose => &[Self::SeeGroups, Self::SeeDisclosures],
            Self::EditGroups | Self::RecordConsents | Self::Reconcile => &[Self::SeeGroups],
            Self::EditTexts | Self::Publish | Self::LightPolicy | Self::Contract | Self::GrantSupport => {
                &[Self::Overview]
            }
            Self::ExportLog => &[Self::ReadLog],
            Self::Overview
            | Self::SeeGroups
            | Self::SeeDisclosures
            | Self::ImportLists
            | Self::ManagePeople
            | Self::ReadLog
            | Self::OwnGroups => &[],
        }
    }

    /// Reads [`Right::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|right| right.code() == code)
    }
}

impl Rights {
    /// None.
    pub const NONE: Self = Self(0);

    /// These.
    pub const fn of(rights: &[Right]) -> Self {
        let mut set = 0;
        let mut place = 0;
        while place < rights.len() {
            set |= 1 << rights[place] as u32;
            place += 1;
        }
        Self(set)
    }

    /// Whether it is among them.
    pub const fn contains(self, right: Right) -> bool {
        self.0 & (1 << right as u32) != 0
    }

    /// Whether someone with these rights may give or take away those: nobody decides about more than they may
    /// themselves. A group's own admins are everybody's to name.
    pub const fn cover(self, others: Self) -> bool {
        others.0 & !self.0 & !(1 << Right::OwnGroups as u32) == 0
    }

    /// In the order of screens.
    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL.iter().copied().filter(move |right| self.contains(*right))
    }
}

impl FromIterator<Right> for Rights {
    fn from_iter<I: IntoIterator<Item = Right>>(rights: I) -> Self {
        Self(rights.into_iter().fold(0, |set, right| set | (1 << right as u32)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Right, Rights};

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        let set = Rights::of(&[Right::SeeGroups, Right::OwnGroups]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [Right::SeeGroups, Right::OwnGroups]);
        assert_eq!(set, [Right::OwnGroups, Right::SeeGroups].into_iter().collect());
        assert!(!set.contains(Right::Overview) && Rights::NONE.iter().next().is_none());
    }

    #[test]
    fn nobody_decides_about_more_than_they_may_but_everyone_about_group_admins() {
        let mine = Rights::of(&[Right::ManagePeople, Right::SeeGroups]);
        assert!(mine.cover(Rights::of(&[Right::SeeGroups])) && mine.cover(Rights::of(&[Right::OwnGroups])));
        assert!(!mine.cover(Rights::of(&[Right::SeeGroups, Right::EditGroups])));
    }

    #[test]
    fn codes_read_back() {
        for right in Right::ALL {
            assert_eq!(Right::from_code(right.code()), Some(*right));
        }
    }
}
