//! The policy table as one reviewable snapshot, and what permits are for.

use std::fmt::Write;

use access::actions::{ConfirmSecondFactor, DecideAccess, EditGroup, ListGroups, LogOut, PublishOffice, SendMail};
use access::{ActionName, Denied, Principal, Proof, Right, Rights, Role, Stage, Who, authorize, system_permit};
use domain::audit::Actor;
use domain::{Clock, Ids, SystemClock};

fn principal(role: Role, stage: Stage) -> Principal {
    let ids = Ids::new(std::sync::Arc::new(SystemClock) as std::sync::Arc<dyn Clock>, |buffer| buffer.fill(7));
    Principal::new(ids.next(), ids.next(), role, stage)
}

#[test]
fn the_policy_table_is_as_reviewed() {
    let mark = |yes: bool| if yes { "yes" } else { "-" };
    let mut table = format!("{:20} {:16} {:14}", "action", "stages", "right");
    for role in Role::BUILT_IN {
        write!(table, " {:11}", role.code()).unwrap();
    }
    table.push_str(" fresh anonymous link system operator\n");
    for action in ActionName::ALL {
        let policy = action.policy();
        let stages: Vec<_> = policy.stages.iter().map(|stage| stage.code()).collect();
        let stages = if stages.len() == Stage::ALL.len() { "any".to_owned() } else { stages.join(" ") };
        let who = match policy.who {
            Who::Nobody => "-",
            Who::Anyone => "anyone",
            Who::Member => "member",
            Who::Holder(right) => right.code(),
        };
        write!(table, "{:20} {stages:16} {who:14}", action.code()).unwrap();
        for role in Role::BUILT_IN {
            write!(table, " {:11}", mark(policy.allows(role, role.built_in_rights()))).unwrap();
        }
        let [fresh, anonymous, link, system, operator] =
            [policy.fresh, policy.anonymous, policy.link, policy.system, policy.operator].map(mark);
        writeln!(table, " {fresh:5} {anonymous:9} {link:4} {system:6} {operator}").unwrap();
    }
    insta::assert_snapshot!(table);
}

#[test]
fn codes_of_actions_are_unique() {
    let codes: std::collections::HashSet<_> = ActionName::ALL.iter().map(|action| action.code()).collect();
    assert_eq!(codes.len(), ActionName::ALL.len());
}

#[test]
fn no_role_means_no_stage_and_the_other_way_round() {
    for action in ActionName::ALL {
        let policy = action.policy();
        let nobody = policy.who == Who::Nobody;
        assert_eq!(nobody, policy.stages.is_empty(), "{}", action.code());
        let someone = !nobody || policy.anonymous || policy.link || policy.system || policy.operator;
        assert!(someone, "nobody may do {}", action.code());
    }
}

#[test]
fn a_half_logged_in_user_gets_only_the_second_factor() {
    let half = principal(Role::Lead, Stage::HalfIn);
    assert!(authorize::<ConfirmSecondFactor>(&half).is_ok());
    assert!(authorize::<LogOut>(&half).is_ok());
    assert_eq!(authorize::<ListGroups>(&half).unwrap_err(), Denied::Stage(ActionName::ListGroups));
}

#[test]
fn staff_edit_groups_and_only_the_lead_publishes() {
    let (lead, staff) = (principal(Role::Lead, Stage::Full), principal(Role::Staff, Stage::Full));
    let permit = authorize::<EditGroup>(&staff).unwrap();
    assert_eq!((permit.tenant(), permit.actor()), (staff.tenant, Actor::User(staff.user)));
    assert!(authorize::<PublishOffice>(&lead).is_ok());
    assert_eq!(authorize::<PublishOffice>(&staff).unwrap_err(), Denied::Role(ActionName::PublishOffice));
}

#[test]
fn a_role_an_office_made_may_what_its_rights_say() {
    let mut someone = principal(Role::Custom(domain::RoleId::from_u128(1)), Stage::Full);
    assert_eq!(authorize::<ListGroups>(&someone).unwrap_err(), Denied::Role(ActionName::ListGroups));
    someone.rights = Rights::of(&[Right::SeeGroups]);
    assert!(authorize::<ListGroups>(&someone).is_ok());
    assert!(authorize::<EditGroup>(&someone).is_err());
}

#[test]
fn grave_acts_ask_for_a_fresh_proof() {
    let mut lead = principal(Role::Lead, Stage::Full);
    assert!(authorize::<DecideAccess>(&lead).is_ok());
    lead.proof = Proof::Old;
    assert_eq!(authorize::<DecideAccess>(&lead).unwrap_err(), Denied::Proof(ActionName::DecideAccess));
    assert!(authorize::<PublishOffice>(&lead).is_ok());
}

#[test]
fn everybody_s_roles_read_back() {
    let own = Role::Custom(domain::RoleId::from_u128(7));
    for role in Role::BUILT_IN.into_iter().chain([own, Role::Support]) {
        assert_eq!(Role::from_code(&role.code()), Some(role));
    }
    assert_eq!(Role::from_code("chief"), None);
}

#[test]
fn a_job_acts_as_the_system() {
    let tenant = principal(Role::Lead, Stage::Full).tenant;
    let permit = system_permit::<SendMail>(tenant);
    assert_eq!((permit.tenant(), permit.actor(), permit.action()), (tenant, Actor::System, ActionName::SendMail));
}
