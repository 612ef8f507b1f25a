//! What a group admin sees after the login: their own groups, every item with its light.

mod ask_first;
mod comment;
mod consent;
mod draft;
mod edit;
mod list;
mod pause;
mod person;
mod show;
mod succession;

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(list::routes())
        .merge(show::routes())
        .merge(edit::routes())
        .merge(ask_first::routes())
        .merge(comment::routes())
        .merge(draft::routes())
        .merge(consent::routes())
        .merge(person::routes())
        .merge(pause::routes())
        .merge(succession::routes())
}
