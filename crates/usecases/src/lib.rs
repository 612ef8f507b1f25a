//! One function per intention of a person or a job; transactions begin and end here.
//!
//! For now a stand-in: sites given from outside, sessions named after what they are, so that pages can be built and
//! tested without a database.

use std::collections::HashMap;
use std::sync::Arc;

use access::{Principal, Role, Stage};
use domain::{Clock, Ids, Slug, SystemClock, UserId};

pub mod site;

use site::Site;

/// What can go wrong in the house.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such thing.
    #[error("not found")]
    NotFound,
    /// Too much to do.
    #[error("busy")]
    Busy,
    /// Anything else.
    #[error("{0}")]
    Internal(String),
}

/// The house.
pub struct House {
    sites: HashMap<Slug, Arc<Site>>,
}

impl House {
    /// A house of these sites and nothing else.
    pub fn of_sites(sites: Vec<Site>) -> Self {
        Self { sites: sites.into_iter().map(|site| (site.slug.clone(), Arc::new(site))).collect() }
    }

    /// The public site of an office.
    #[expect(clippy::unused_async, reason = "stand-in")]
    pub async fn site(&self, slug: &Slug) -> Result<Option<Arc<Site>>, Error> {
        Ok(self.sites.get(slug).cloned())
    }

    /// Whose session this is: `{slug}-lead`, `{slug}-staff`, `{slug}-half` or `{slug}-enrolling`.
    #[expect(clippy::unused_async, reason = "stand-in")]
    pub async fn principal(&self, tenant: &Slug, session_token: &str) -> Result<Option<Principal>, Error> {
        let token = session_token.strip_prefix(tenant.as_str()).and_then(|rest| rest.strip_prefix('-'));
        let (Some(site), Some(token)) = (self.sites.get(tenant), token) else { return Ok(None) };
        let (role, stage) = match token {
            "lead" => (Role::Lead, Stage::Full),
            "staff" => (Role::Staff, Stage::Full),
            "half" => (Role::Lead, Stage::HalfIn),
            "enrolling" => (Role::Lead, Stage::Enrolling),
            _ => return Ok(None),
        };
        let ids = Ids::new(Arc::new(SystemClock) as Arc<dyn Clock>, |buffer| buffer.fill(7));
        Ok(Some(Principal { tenant: site.tenant, user: ids.next::<UserId>(), role, stage }))
    }
}
