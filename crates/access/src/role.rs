//! Who stands at the door: a role, which groups it is for, and how far the login has come.

use std::sync::Arc;

use domain::{Field, Group, GroupId, Item, RoleId, TenantId, UserId, Value};

use crate::{Right, Rights};

/// What someone is in an office. Compared nowhere outside this crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Leitung: everything the office can decide.
    Lead,
    /// Mitarbeit: the daily work.
    Staff,
    /// Mitarbeit, nur lesend.
    ReadOnly,
    /// Datenschutz: log and registers, no item of a group.
    Privacy,
    /// Gruppenadmin: one's own groups only.
    GroupAdmin,
    /// A role the office made itself.
    Custom(RoleId),
    /// The operator's support, let in by the office for some hours. Nobody is given this role: a grant makes it.
    Support,
}

impl Role {
    /// The roles every office has, in the order of screens.
    pub const BUILT_IN: [Self; 5] = [Self::Lead, Self::Staff, Self::ReadOnly, Self::Privacy, Self::GroupAdmin];

    /// The word used in databases and forms.
    pub fn code(self) -> String {
        match self {
            Self::Lead => "lead".to_owned(),
            Self::Staff => "staff".to_owned(),
            Self::ReadOnly => "read-only".to_owned(),
            Self::Privacy => "privacy".to_owned(),
            Self::GroupAdmin => "group-admin".to_owned(),
            Self::Custom(id) => id.to_string(),
            Self::Support => "support".to_owned(),
        }
    }

    /// Reads [`Role::code`] back. Whether the office has such a role of its own is for the caller to know.
    pub fn from_code(code: &str) -> Option<Self> {
        let built_in = Self::BUILT_IN.into_iter().chain([Self::Support]).find(|role| role.code() == code);
        built_in.or_else(|| code.parse().ok().map(Self::Custom))
    }

    /// The rights of a role every office has; [`Rights::NONE`] for one the office made, whose definition says them, and
    /// for support, whose grant says them.
    pub const fn built_in_rights(self) -> Rights {
        match self {
            Self::Lead => Rights::of(&[
                Right::Overview,
                Right::SeeGroups,
                Right::EditGroups,
                Right::RecordConsents,
                Right::Disclose,
                Right::SeeDisclosures,
                Right::ImportLists,
                Right::EditTexts,
                Right::Publish,
                Right::LightPolicy,
                Right::Contract,
                Right::ManagePeople,
                Right::ReadLog,
                Right::ExportLog,
                Right::GrantSupport,
                Right::Reconcile,
            ]),
            Self::Staff => Rights::of(&[
                Right::Overview,
                Right::SeeGroups,
                Right::EditGroups,
                Right::RecordConsents,
                Right::Disclose,
                Right::SeeDisclosures,
                Right::ImportLists,
                Right::Reconcile,
            ]),
            Self::ReadOnly => Rights::of(&[Right::Overview, Right::SeeGroups]),
            Self::Privacy => Rights::of(&[Right::Overview, Right::SeeDisclosures, Right::ReadLog, Right::ExportLog]),
            Self::GroupAdmin => Rights::of(&[Right::OwnGroups]),
            Self::Custom(_) | Self::Support => Rights::NONE,
        }
    }

    /// Whether a second factor is demanded (it is of everyone but group admins, who may add one).
    pub const fn needs_second_factor(self) -> bool {
        !matches!(self, Self::GroupAdmin)
    }

    /// Whether it is for one's own groups instead of the office's work.
    pub const fn is_group_admin(self) -> bool {
        matches!(self, Self::GroupAdmin)
    }

    /// Whether it is no one of the office, but the operator's support under a grant.
    pub const fn is_support(self) -> bool {
        matches!(self, Self::Support)
    }
}

/// Topic areas and towns a role is limited to; a group is within if it has one of either.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    /// Codes of [`Field::Sector`].
    pub sectors: Vec<String>,
    /// Towns where groups meet, as written; compared without regard to case.
    pub towns: Vec<String>,
}

impl Limit {
    /// The fields that decide.
    pub const FIELDS: [Field; 2] = [Field::Sector, Field::Venue];

    /// Whether nothing is limited.
    pub fn is_empty(&self) -> bool {
        self.sectors.is_empty() && self.towns.is_empty()
    }

    fn covers(&self, items: &[Item]) -> bool {
        items.iter().any(|item| match (&item.field, &item.value) {
            (Field::Sector, Value::Choice(code)) => self.sectors.contains(code),
            (Field::Venue, Value::Venue(venue)) => {
                let town = venue.town.trim().to_lowercase();
                self.towns.iter().any(|known| known.trim().to_lowercase() == town)
            }
            _ => false,
        })
    }
}

/// Which groups someone's rights are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All.
    Everything,
    /// Those with a topic area or town of a limited role.
    Limited(Arc<Limit>),
    /// A group admin's own.
    Groups(Arc<[GroupId]>),
}

impl Reach {
    /// Whether it is about all groups.
    pub const fn is_everything(&self) -> bool {
        matches!(self, Self::Everything)
    }

    /// Whether this group is within; `items` are at least those of [`Limit::FIELDS`].
    pub fn covers_items(&self, group: GroupId, items: &[Item]) -> bool {
        match self {
            Self::Everything => true,
            Self::Limited(limit) => limit.covers(items),
            Self::Groups(groups) => groups.contains(&group),
        }
    }

    /// Whether this group is within.
    pub fn covers(&self, group: &Group) -> bool {
        self.covers_items(group.id, &group.items)
    }
}

/// How far a login has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The password was right, a second factor is yet to be set up.
    Enrolling,
    /// The password was right, the second factor is still asked for.
    HalfIn,
    /// Password and second factor were right.
    Full,
}

impl Stage {
    /// All stages, in the order of a login.
    pub const ALL: [Self; 3] = [Self::Enrolling, Self::HalfIn, Self::Full];

    /// The word used in databases.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Enrolling => "enrolling",
            Self::HalfIn => "half_in",
            Self::Full => "full",
        }
    }

    /// Reads [`Stage::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// When someone last proved who they are, by password or second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// Not longer ago than the few minutes that grave acts allow (OWASP ASVS 5.0, 7.5.3).
    Fresh,
    /// Longer ago.
    Old,
}

/// Someone with a valid session of one office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The office the session belongs to.
    pub tenant: TenantId,
    /// Who.
    pub user: UserId,
    /// As what.
    pub role: Role,
    /// What that role may.
    pub rights: Rights,
    /// With which groups.
    pub reach: Reach,
    /// How far the login has come.
    pub stage: Stage,
    /// Whether they proved lately who they are.
    pub proof: Proof,
}

impl Principal {
    /// Someone in a role every office has, whose proof is fresh.
    pub const fn new(tenant: TenantId, user: UserId, role: Role, stage: Stage) -> Self {
        let (rights, reach) = (role.built_in_rights(), Reach::Everything);
        Self { tenant, user, role, rights, reach, stage, proof: Proof::Fresh }
    }
}
