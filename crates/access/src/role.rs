//! Who stands at the door: a role, and how far the login has come.

use domain::{TenantId, UserId};

/// What someone is in an office. Compared nowhere outside this crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Leitung: also users, publishing, contract, audit.
    Lead,
    /// Mitarbeitende: the daily work.
    Staff,
}

impl Role {
    /// All roles, as offered.
    pub const ALL: [Self; 2] = [Self::Lead, Self::Staff];

    /// The word used in databases and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Staff => "staff",
        }
    }

    /// Reads [`Role::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
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

/// Someone with a valid session of one office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The office the session belongs to.
    pub tenant: TenantId,
    /// Who.
    pub user: UserId,
    /// As what.
    pub role: Role,
    /// How far the login has come.
    pub stage: Stage,
}
