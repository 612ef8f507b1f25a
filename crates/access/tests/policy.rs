//! The policy table as one reviewable snapshot, and what permits are for.

use std::fmt::Write;

use access::actions::{ConfirmSecondFactor, EditGroup, ListGroups, LogOut, PublishOffice, SendMail};
use access::{ActionName, Denied, Principal, Role, Stage, authorize, system_permit};
use domain::audit::Actor;
use domain::{Clock, Ids, SystemClock};

fn principal(role: Role, stage: Stage) -> Principal {
    let ids = Ids::new(std::sync::Arc::new(SystemClock) as std::sync::Arc<dyn Clock>, |buffer| buffer.fill(7));
    Principal { tenant: ids.next(), user: ids.next(), role, stage }
}

#[test]
fn the_policy_table_is_as_reviewed() {
    let mark = |yes: bool| if yes { "yes" } else { "-" };
    let mut table = format!(
        "{:20} {:18} {:5} {:5} {:9} {:6} {}\n",
        "action", "stages", "lead", "staff", "anonymous", "system", "operator"
    );
    for action in ActionName::ALL {
        let policy = action.policy();
        let stages: Vec<_> = policy.stages.iter().map(|stage| stage.code()).collect();
        let stages = if stages.len() == Stage::ALL.len() { "any".to_owned() } else { stages.join(" ") };
        writeln!(
            table,
            "{:20} {:18} {:5} {:5} {:9} {:6} {}",
            action.code(),
            stages,
            mark(policy.roles.contains(&Role::Lead)),
            mark(policy.roles.contains(&Role::Staff)),
            mark(policy.anonymous),
            mark(policy.system),
            mark(policy.operator),
        )
        .unwrap();
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
        assert_eq!(policy.roles.is_empty(), policy.stages.is_empty(), "{}", action.code());
        let someone = !policy.roles.is_empty() || policy.anonymous || policy.system || policy.operator;
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
fn a_job_acts_as_the_system() {
    let tenant = principal(Role::Lead, Stage::Full).tenant;
    let permit = system_permit::<SendMail>(tenant);
    assert_eq!((permit.tenant(), permit.actor(), permit.action()), (tenant, Actor::System, ActionName::SendMail));
}
