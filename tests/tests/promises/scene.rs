//! What the tests of this room begin with.

use std::num::NonZeroU32;
use std::sync::Arc;

use testkit::{Backend, Office, Server, World};
use tests::{GroupPlan, Planted};

/// A house with two offices full of canaries.
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) alpha: Planted,
    pub(crate) beta: Planted,
}

impl Scene {
    /// Both offices with some of everything.
    pub(crate) async fn new(backend: Backend) -> Self {
        Self::of(backend, &GroupPlan::some_of_everything(), &GroupPlan::some_of_everything()).await
    }

    /// Offices with these groups.
    pub(crate) async fn of(backend: Backend, alpha: &[GroupPlan], beta: &[GroupPlan]) -> Self {
        let world = World::new(backend).await;
        let alpha = tests::plant::plant(&world.office("alpha").await, 'a', alpha).await;
        let beta = tests::plant::plant(&world.office("beta").await, 'b', beta).await;
        Self { world, alpha, beta }
    }

    /// The service, patient with a test that asks for many contacts in one minute.
    pub(crate) async fn serve(&self) -> Server {
        Server::start(Arc::clone(&self.world.house), |config| {
            config.notices_per_minute = NonZeroU32::MAX;
            config.contacts_per_minute = NonZeroU32::MAX;
        })
        .await
    }
}

/// The host of an office.
pub(crate) fn host(office: &Office) -> String {
    format!("{}.localhost", office.slug)
}

/// Where a crawler begins: the addresses everyone knows, and those of every group there is, public or not.
pub(crate) fn entrances(planted: &Planted) -> Vec<String> {
    let mut entrances: Vec<String> =
        ["/", "/robots.txt", "/sitemap.xml", "/login", "/office"].map(str::to_owned).into();
    for group in &planted.groups {
        for rest in ["", "/kontakt", "/termine.ics"] {
            entrances.push(format!("/gruppen/{}{rest}", group.slug));
        }
    }
    entrances
}
