//! Roles an office made itself: a name, rights, and perhaps a limit to topic areas or towns.

use std::sync::Arc;

use access::{Limit, Reach, Right, Rights, Role};
use domain::{GroupId, RoleId};
use serde::{Deserialize, Serialize};

use super::TenantTx;
use crate::{Result, StorageError};

/// Key of the setting that holds them all.
const ROLES: &str = "roles";

/// A role an office made itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRole {
    /// Its id.
    pub id: RoleId,
    /// What the office calls it.
    pub name: String,
    /// What it may.
    pub rights: Rights,
    /// With which groups.
    pub limit: Limit,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    id: RoleId,
    name: String,
    rights: Vec<String>,
    sectors: Vec<String>,
    towns: Vec<String>,
}

impl TenantTx {
    /// The roles the office made, in the order they were made.
    pub async fn own_roles(&self) -> Result<Vec<OwnRole>> {
        let kept: Vec<Kept> = self.setting(ROLES).await?.unwrap_or_default();
        kept.into_iter()
            .map(|Kept { id, name, rights, sectors, towns }| {
                let rights = rights.iter().map(|code| Right::from_code(code));
                let rights = rights.collect::<Option<Rights>>().ok_or(StorageError::Unreadable { what: "a role" })?;
                Ok(OwnRole { id, name, rights, limit: Limit { sectors, towns } })
            })
            .collect()
    }

    /// Keeps these roles instead of those there were. Whether one that is left out is still somebody's is for the
    /// caller to know.
    pub async fn put_own_roles(&self, roles: &[OwnRole]) -> Result<()> {
        let kept: Vec<Kept> = roles
            .iter()
            .map(|OwnRole { id, name, rights, limit: Limit { sectors, towns } }| Kept {
                id: *id,
                name: name.clone(),
                rights: rights.iter().map(|right| right.code().to_owned()).collect(),
                sectors: sectors.clone(),
                towns: towns.clone(),
            })
            .collect();
        self.put_setting(ROLES, &kept).await
    }

    /// What a role may now, and with which groups. A role that is gone may nothing.
    pub async fn rights_of(&self, role: Role, groups: &[GroupId]) -> Result<(Rights, Reach)> {
        let Role::Custom(id) = role else {
            let reach = if role.is_group_admin() { Reach::Groups(groups.into()) } else { Reach::Everything };
            return Ok((role.built_in_rights(), reach));
        };
        let Some(own) = self.own_roles().await?.into_iter().find(|own| own.id == id) else {
            return Ok((Rights::NONE, Reach::Groups(Arc::new([]))));
        };
        let reach = if own.limit.is_empty() { Reach::Everything } else { Reach::Limited(Arc::new(own.limit)) };
        Ok((own.rights, reach))
    }
}
