//! The proof that someone may do something in one office.

use std::fmt;
use std::marker::PhantomData;

use domain::audit::Actor;
use domain::{GroupId, LinkId, TenantId};

use crate::{
    Action, ActionName, AnonymousAction, LinkAction, OperatorAction, Principal, Proof, Reach, Rights, SystemAction,
};

/// The policy table says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The login has not come far enough (or too far) for it.
    #[error("{} cannot be done at this stage of a login", .0.code())]
    Stage(ActionName),
    /// The role may not.
    #[error("{} is not for this role", .0.code())]
    Role(ActionName),
    /// It is grave, and the last proof of who one is was too long ago.
    #[error("{} asks for a fresh proof", .0.code())]
    Proof(ActionName),
}

/// Proof that `actor` may do `A` in `tenant`. Made by the functions of this module only; cannot be cloned, so it
/// cannot outlive or leave the act it was given for.
///
/// ```compile_fail
/// fn twice<A: access::Action>(permit: &access::Permit<A>) -> access::Permit<A> {
///     permit.clone()
/// }
/// ```
pub struct Permit<A: Action> {
    tenant: TenantId,
    actor: Actor,
    rights: Rights,
    reach: Reach,
    link: Option<LinkId>,
    action: PhantomData<fn() -> A>,
}

impl<A: Action> Permit<A> {
    const fn new(tenant: TenantId, actor: Actor, rights: Rights, reach: Reach) -> Self {
        Self { tenant, actor, rights, reach, link: None, action: PhantomData }
    }

    /// Where.
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Who.
    pub const fn actor(&self) -> Actor {
        self.actor
    }

    /// What else the actor may: nobody gives others what they may not themselves.
    pub const fn rights(&self) -> Rights {
        self.rights
    }

    /// With which groups.
    pub const fn reach(&self) -> &Reach {
        &self.reach
    }

    /// By which personal link; none where it was not one.
    pub const fn link(&self) -> Option<LinkId> {
        self.link
    }

    /// What.
    pub const fn action(&self) -> ActionName {
        A::NAME
    }
}

impl<A: Action> fmt::Debug for Permit<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Permit({}, {:?}, {:?})", A::NAME.code(), self.tenant, self.actor)
    }
}

/// Asks the policy table whether someone logged in may do `A` in their own office.
pub fn authorize<A: Action>(principal: &Principal) -> Result<Permit<A>, Denied> {
    let Principal { tenant, user, role, rights, reach, stage, proof } = principal;
    let policy = A::NAME.policy();
    if !policy.stages.contains(stage) {
        return Err(Denied::Stage(A::NAME));
    }
    if !policy.allows(*role, *rights) {
        return Err(Denied::Role(A::NAME));
    }
    if policy.fresh && *proof == Proof::Old {
        return Err(Denied::Proof(A::NAME));
    }
    Ok(Permit::new(*tenant, Actor::User(*user), *rights, reach.clone()))
}

/// For what may be done without login in the office the request was sent to.
pub const fn anonymous_permit<A: AnonymousAction>(tenant: TenantId) -> Permit<A> {
    Permit::new(tenant, Actor::Anonymous, Rights::NONE, Reach::Everything)
}

/// For whoever holds this personal link of this group, in force and for this: with this group and no other.
pub fn link_permit<A: LinkAction>(tenant: TenantId, group: GroupId, link: LinkId) -> Permit<A> {
    let permit = Permit::new(tenant, Actor::Group(group), Rights::NONE, Reach::Groups([group].into()));
    Permit { link: Some(link), ..permit }
}

/// For a job.
pub const fn system_permit<A: SystemAction>(tenant: TenantId) -> Permit<A> {
    Permit::new(tenant, Actor::System, Rights::NONE, Reach::Everything)
}

/// For the operator on the command line.
pub const fn operator_permit<A: OperatorAction>(tenant: TenantId) -> Permit<A> {
    Permit::new(tenant, Actor::Operator, Rights::NONE, Reach::Everything)
}
