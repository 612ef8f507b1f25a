//! `/office/einstellungen/anmeldung`: the providers of single sign-on the office trusts.

mod list;
mod provider_form;
mod remove;
mod test;

use domain::ProviderId;

use crate::{Routes, WebError};

pub(super) const SIGN_ON: &str = "/office/einstellungen/anmeldung";

pub(super) fn routes() -> Routes {
    Routes::new().merge(list::routes()).merge(provider_form::routes()).merge(test::routes()).merge(remove::routes())
}

fn provider_of(id: &str) -> Result<ProviderId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}
