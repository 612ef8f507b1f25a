//! Roles an office composes itself: a name, rights in plain words, perhaps only for some topic areas or towns.

use access::actions::{DecideAccess, ManagePeople};
use access::{Limit, Permit, Right, Rights, Role};
use domain::alert::Sign;
use domain::audit::AuditEvent;
use domain::{Field, Item, Light, RoleId, UserId, Value};
use storage::tenant::{OwnRole, User, UserState};

use super::somebody_still_manages;
use crate::{Error, House, Problem, Result};

/// What the roles every office has are called on its pages: no own role is called the same.
pub const BUILT_IN_NAMES: &[&str] = &[
    "Leitung",
    "Mitarbeit",
    "Mitarbeit, nur lesend",
    "Datenschutz",
    "Gruppenadmin",
    "Technischer Betrieb",
    "Head of office",
    "Staff",
    "Staff, reading only",
    "Data protection",
    "Group admin",
    "Technical support",
];

/// Most roles of an office's own.
pub const MOST_ROLES: usize = 30;

/// The form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// What the role is called.
    pub name: String,
    /// Codes of rights.
    pub rights: Vec<String>,
    /// Codes of topic areas; none for all.
    pub sectors: Vec<String>,
    /// Towns, one a line; none for all.
    pub towns: String,
}

/// A role beside how many people have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleLine {
    /// Which.
    pub role: Role,
    /// What a role the office made is called.
    pub name: Option<String>,
    /// What it may.
    pub rights: Rights,
    /// With which groups.
    pub limit: Limit,
    /// How many have it, whose access is open.
    pub people: usize,
}

/// All roles of the office: the built-in ones, then its own.
pub async fn roles(permit: &Permit<ManagePeople>, house: &House) -> Result<Vec<RoleLine>> {
    let look = house.stores.look(permit).await?;
    let users = look.users().await?;
    let here =
        |role: Role| move |user: &&User| user.standing.role == role && user.standing.state != UserState::Disabled;
    let people = |role: Role| users.iter().filter(here(role)).count();
    let mut lines: Vec<RoleLine> = Role::BUILT_IN
        .into_iter()
        .map(|role| RoleLine {
            role,
            name: None,
            rights: role.built_in_rights(),
            limit: Limit::default(),
            people: people(role),
        })
        .collect();
    lines.extend(look.own_roles().await?.into_iter().map(|OwnRole { id, name, rights, limit }| {
        let role = Role::Custom(id);
        RoleLine { role, name: Some(name), rights, limit, people: people(role) }
    }));
    Ok(lines)
}

/// A role the office made, for its form.
pub async fn role(permit: &Permit<DecideAccess>, house: &House, id: RoleId) -> Result<OwnRole> {
    let look = house.stores.look(permit).await?;
    look.own_roles().await?.into_iter().find(|own| own.id == id).ok_or(Error::NotFound)
}

fn read(form: &Form) -> Result<(String, Rights, Limit)> {
    let mut problems = Vec::new();
    let name = form.name.trim();
    if name.is_empty() {
        problems.push(Problem::new("name", "missing"));
    } else if name.chars().count() > 60 || name.chars().any(char::is_control) {
        problems.push(Problem::new("name", "too-long"));
    }
    let known = |code: &String| Right::composable().find(|right| right.code() == code);
    let rights: Rights = form.rights.iter().filter_map(known).collect();
    if rights == Rights::NONE {
        problems.push(Problem::new("rights", "choose-right"));
    }
    // Whoever may change groups and not see them finds no page to do it on.
    let mut needed = rights.iter().flat_map(Right::needs);
    if let Some(missing) = needed.find(|needed| !rights.contains(**needed)) {
        problems.push(Problem::new("rights", needs_code(*missing)));
    }
    let Some(domain::catalogue::Kind::Choice(sectors)) = domain::Field::Sector.built_in().map(|def| &def.kind) else {
        return Err(Error::Internal("the topic area is no choice".to_owned()));
    };
    let sectors: Vec<String> = form.sectors.iter().filter(|code| sectors.contains(&code.as_str())).cloned().collect();
    let towns: Vec<String> =
        form.towns.lines().map(str::trim).filter(|town| !town.is_empty()).map(str::to_owned).collect();
    // Who decides about people or lights, or brings in lists, does so for the whole office.
    let whole = [Right::ManagePeople, Right::ImportLists, Right::LightPolicy]
        .map(|right| rights.contains(right))
        .contains(&true);
    if whole && !(sectors.is_empty() && towns.is_empty()) {
        problems.push(Problem::new("rights", "only-without-limit"));
    }
    if towns.len() > 50 || towns.iter().any(|town| town.chars().count() > 100) {
        problems.push(Problem::new("towns", "too-long"));
    }
    if problems.is_empty() {
        Ok((name.to_owned(), rights, Limit { sectors, towns }))
    } else {
        Err(Error::Invalid(problems))
    }
}

/// The code of the problem that a right lacks this other one.
const fn needs_code(needed: Right) -> &'static str {
    match needed {
        Right::SeeGroups => "needs-groups-see",
        Right::SeeDisclosures => "needs-disclosures",
        Right::ReadLog => "needs-log",
        _ => "needs-overview",
    }
}

/// The towns where groups of the office meet in public, each once, sorted: what is not green is nobody's business here.
pub async fn towns(permit: &Permit<DecideAccess>, house: &House) -> Result<Vec<String>> {
    let groups = house.stores.look(permit).await?.group_summaries(&[Field::Venue]).await?;
    let mut towns: Vec<String> = Vec::new();
    let public = |item: &&Item| item.effective() == Light::Green;
    for item in groups.iter().flat_map(|group| &group.items).filter(public) {
        if let Value::Venue(venue) = &item.value {
            let town = venue.town.trim();
            if !town.is_empty() && !towns.iter().any(|known| known.to_lowercase() == town.to_lowercase()) {
                towns.push(town.to_owned());
            }
        }
    }
    towns.sort_by_cached_key(|town| directory::sort_key(town));
    Ok(towns)
}

/// Adds a role, or changes one; it counts from the next request of everyone who has it.
pub async fn save(permit: &Permit<DecideAccess>, house: &House, id: Option<RoleId>, form: &Form) -> Result<()> {
    let (name, rights, limit) = read(form)?;
    let tx = house.stores.begin(permit).await?;
    let mut roles = tx.own_roles().await?;
    let before = roles.iter().find(|own| Some(own.id) == id).map_or(Rights::NONE, |own| own.rights);
    if !permit.rights().cover(rights) || !permit.rights().cover(before) {
        return Err(Error::invalid("rights", "more-than-oneself"));
    }
    let same_name = |own: &OwnRole| directory::sort_key(&own.name) == directory::sort_key(&name) && Some(own.id) != id;
    let built_in = |known: &&str| directory::sort_key(known) == directory::sort_key(&name);
    if roles.iter().any(same_name) || BUILT_IN_NAMES.iter().any(built_in) {
        return Err(Error::invalid("name", "name-taken"));
    }
    let saved = id.unwrap_or_else(|| tx.ids().next());
    let said: Vec<&str> = rights.iter().map(Right::code).collect();
    let mut summary = format!("„{name}“: {}", said.join(", "));
    if !limit.is_empty() {
        // Towns are no code words: in quotation marks they stand as they are.
        let towns = limit.towns.iter().map(|town| format!("„{town}“"));
        let only: Vec<String> = limit.sectors.iter().cloned().chain(towns).collect();
        summary = format!("{summary}, only {}", only.join(" "));
    }
    let role = OwnRole { id: saved, name, rights, limit };
    match id {
        Some(id) => *roles.iter_mut().find(|own| own.id == id).ok_or(Error::NotFound)? = role,
        None if roles.len() >= MOST_ROLES => return Err(Error::invalid("", "too-many-roles")),
        None => roles.push(role),
    }
    tx.put_own_roles(&roles).await?;
    somebody_still_manages(&tx, None).await?;
    // Everyone who has the role and may manage people from now on.
    let new = rights.contains(Right::ManagePeople) && !before.contains(Right::ManagePeople);
    let holders = tx.users().await?.into_iter().filter(|user| new && user.standing.role == Role::Custom(saved));
    let new_managers: Vec<UserId> = holders.map(|user| user.id).collect();
    tx.commit(AuditEvent::new("roles.saved", saved).summary(summary)).await?;
    for user in new_managers {
        house.noticed(permit.tenant(), Sign::ManagerMade, &user.to_string(), Some(user)).await;
    }
    Ok(())
}

/// Removes a role that nobody has and nobody is invited with.
pub async fn remove(permit: &Permit<DecideAccess>, house: &House, id: RoleId) -> Result<()> {
    let tx = house.stores.begin(permit).await?;
    let mut roles = tx.own_roles().await?;
    if !roles.iter().any(|own| own.id == id) {
        return Err(Error::NotFound);
    }
    let role = Role::Custom(id);
    let held = tx.users().await?.iter().any(|user| user.standing.role == role)
        || tx.invitations().await?.iter().any(|invited| invited.role == role)
        || tx.providers().await?.iter().any(|provider| provider.roles.iter().any(|(_, mapped)| *mapped == role));
    if held {
        return Err(Error::invalid("", "role-in-use"));
    }
    let name = roles.iter().find(|own| own.id == id).map(|own| own.name.clone()).unwrap_or_default();
    roles.retain(|own| own.id != id);
    tx.put_own_roles(&roles).await?;
    tx.commit(AuditEvent::new("roles.removed", id).summary(format!("„{name}“"))).await?;
    Ok(())
}
