//! The people who get into the house, and the roles they have.

mod access;
mod invite;
mod list;
mod lost_factor;
mod role_form;
mod roles;
mod show;
mod succession;

pub(crate) use succession::{successor_fields, successor_form};

use ::access::Role;
use domain::UserId;
use usecases::people::invite::Choices;

use crate::form::{Choice, Control, FormField};
use crate::{Lang, Routes, WebError};

const PEOPLE: &str = "/office/personen";
const ROLES: &str = "/office/rollen";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(list::routes())
        .merge(invite::routes())
        .merge(roles::routes())
        .merge(role_form::routes())
        .merge(access::routes())
        .merge(lost_factor::routes())
        .merge(succession::routes())
        .merge(show::routes())
}

/// What a role is called: in the language of the screen, or as the office named it.
pub(crate) fn role_word(lang: Lang, role: Role, own: Option<&str>) -> String {
    match (role, own) {
        (Role::Custom(_), Some(name)) => name.to_owned(),
        (Role::Custom(_), None) => lang.t("role-gone").to_owned(),
        (built_in, _) => lang.choice("role", &built_in.code()).to_owned(),
    }
}

/// The person an address names.
fn user(id: &str) -> Result<UserId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

/// The fields that say what someone is to be: a role, and the groups of a group admin.
fn role_fields(lang: Lang, choices: &Choices, role: &str, groups: &[String]) -> [FormField; 2] {
    let built_in = Role::BUILT_IN.into_iter().map(|known| {
        let code = known.code();
        let mut choice = Choice::new(code.clone(), lang.choice("role", &code), role);
        lang.choice("role-means", &code).clone_into(&mut choice.hint);
        choice
    });
    let own = choices.own_roles.iter().map(|(code, name)| Choice::new(code.clone(), name.clone(), role));
    let roles = FormField::new("role", lang.t("people-role")).control(Control::Radios(built_in.chain(own).collect()));
    let all = choices.groups.iter().map(|(id, name)| {
        let mut choice = Choice::new(id.to_string(), name.clone(), "");
        choice.chosen = groups.contains(&choice.value);
        choice
    });
    let groups = FormField::new("groups", lang.t("people-groups"))
        .hint(lang.t("people-groups-hint"))
        .control(Control::Checks(all.collect()));
    [roles, groups]
}
