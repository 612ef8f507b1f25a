//! Everyone of an office, and who is invited.

use std::collections::HashSet;

use access::actions::ManagePeople;
use access::{Permit, Reach, Rights, Role};
use domain::audit::{Actor, AuditEvent};
use domain::{EmailAddress, Field, GroupId, InvitationId, UserId};
use jiff::Timestamp;
use storage::TenantTx;
use storage::tenant::{Invitation, OwnRole, User, UserState};

use super::lost_factor::Loss;
use crate::groups::record_seen;
use crate::{House, Result};

/// Someone of the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Mail address.
    pub email: EmailAddress,
    /// As what.
    pub role: Role,
    /// Whether they can log in.
    pub state: UserState,
    /// Whether a second factor is set up.
    pub second_factor: bool,
    /// The last complete login.
    pub last_login: Option<Timestamp>,
    /// A group admin's groups.
    pub groups: Vec<GroupId>,
    /// Whether it is the one who looks.
    pub myself: bool,
}

/// Someone invited who has no account yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The invitation.
    pub id: InvitationId,
    /// To whom.
    pub email: EmailAddress,
    /// As what.
    pub role: Role,
    /// Until when the link works.
    pub expires_at: Timestamp,
}

/// The page of the people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    /// Everyone, by name; those who are out come last.
    pub members: Vec<Member>,
    /// Invitations in force.
    pub invited: Vec<Invited>,
    /// Proposals of a successor that wait for the office: id and address.
    pub proposed: Vec<(InvitationId, EmailAddress)>,
    /// The roles the office made.
    pub own_roles: Vec<OwnRole>,
}

fn member(user: User, actor: Actor, with_factor: &HashSet<UserId>) -> Member {
    Member {
        myself: actor == Actor::User(user.id),
        id: user.id,
        name: user.profile.name,
        email: user.profile.email,
        role: user.standing.role,
        state: user.standing.state,
        second_factor: with_factor.contains(&user.id),
        last_login: user.last_login_at,
        groups: user.standing.groups,
    }
}

/// Everyone of the office.
pub async fn people(permit: &Permit<ManagePeople>, house: &House) -> Result<People> {
    let tx = house.stores.begin(permit).await?;
    let with_factor = tx.users_with_factor().await?;
    let users = tx.users().await?.into_iter().filter(|user| !user.standing.role.is_support());
    let mut members: Vec<Member> = users.map(|user| member(user, permit.actor(), &with_factor)).collect();
    members.sort_by_key(|member| (member.state == UserState::Disabled, directory::sort_key(&member.name)));
    let invited = tx.invitations().await?.into_iter();
    let invited = invited.map(|Invitation { id, email, role, expires_at, .. }| Invited { id, email, role, expires_at });
    let proposed = tx.proposals().await?.into_iter().map(|proposal| (proposal.id, proposal.email)).collect();
    let people = People { members, invited: invited.collect(), proposed, own_roles: tx.own_roles().await? };
    tx.commit(AuditEvent::new("users.seen", permit.tenant())).await?;
    Ok(people)
}

/// Someone of the office, with what they can see and do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insight {
    /// Who.
    pub member: Member,
    /// What their role may.
    pub rights: Rights,
    /// Names of the groups they can see, if not all.
    pub groups: Option<Vec<String>>,
    /// How many groups there are.
    pub all_groups: usize,
    /// The roles the office made.
    pub own_roles: Vec<OwnRole>,
    /// Whether their second factor is said to be lost, and will be taken away.
    pub loss: Option<Loss>,
}

/// What this person can see.
pub async fn insight(permit: &Permit<ManagePeople>, house: &House, id: UserId) -> Result<Insight> {
    let look = house.stores.look(permit).await?;
    let user = super::member_of(&look, id).await?;
    let (rights, reach) = look.rights_of(user.standing.role, &user.standing.groups).await?;
    let fields = [&[Field::Name][..], &access::Limit::FIELDS].concat();
    let all = look.group_summaries(&fields).await?;
    let groups = (!reach.is_everything()).then(|| names(&all, &reach));
    let own_roles = look.own_roles().await?;
    let loss = look.factor_loss(id).await?.map(|loss| Loss::of(&user, &loss));
    let member = member(user, permit.actor(), &look.users_with_factor().await?);
    drop(look);
    if groups.is_some() {
        let shown =
            all.iter().filter(|group| reach.covers_items(group.id, &group.items)).flat_map(|group| &group.items);
        let hidden = shown.filter(|item| item.field == Field::Name && item.effective() != domain::Light::Green);
        record_seen(permit, house, id, "person", hidden.map(|item| item.id.to_string()).collect()).await?;
    }
    Ok(Insight { member, loss, rights, groups, all_groups: all.len(), own_roles })
}

fn names(all: &[storage::tenant::GroupSummary], reach: &Reach) -> Vec<String> {
    let within = all.iter().filter(|group| reach.covers_items(group.id, &group.items));
    let mut names: Vec<String> = within
        .map(|group| group.items.iter().find(|item| item.field == Field::Name))
        .map(|name| name.map(|item| item.value.plain()).unwrap_or_default())
        .collect();
    names.sort_by_cached_key(|name| directory::sort_key(name));
    names
}

/// Groups a group admin can be given, by name.
pub(crate) async fn group_choices(tx: &TenantTx, seen: &mut Vec<String>) -> Result<Vec<(GroupId, String)>> {
    let mut groups: Vec<(GroupId, String)> = tx
        .group_summaries(&[Field::Name])
        .await?
        .into_iter()
        .map(|group| {
            let hidden = group.items.iter().filter(|item| item.effective() != domain::Light::Green);
            seen.extend(hidden.map(|item| item.id.to_string()));
            (group.id, group.items.first().map(|item| item.value.plain()).unwrap_or_default())
        })
        .collect();
    groups.sort_by_cached_key(|(_, name)| directory::sort_key(name));
    Ok(groups)
}
