//! Row 0.8, when the office changes its mind about what may be open.

use std::collections::BTreeSet;
use std::time::Duration;

use access::actions::EditGroup;
use domain::audit::AuditEvent;
use domain::policy::Policy;
use domain::{Field, Light};
use storage::tenant::policy::SAVED;
use testkit::{Backend, Office};
use tests::canary::found_in;
use tests::{Canary, Crawl, Planted, Reach};

use crate::scene::{Scene, entrances, host};

async fn save(office: &Office, policy: &Policy) {
    let tx = office.house.stores().begin(&office.lead::<EditGroup>()).await.expect("a transaction");
    let saved = tx.save_policy(policy, &BTreeSet::new()).await.expect("saved");
    tx.commit(AuditEvent::new(SAVED, saved.version)).await.expect("committed");
}

/// What the public gets from here, contacts too.
async fn everything(server: &testkit::Server, own: &Planted) -> Vec<String> {
    tokio::time::sleep(Duration::from_secs(1)).await;
    let visitor = server.visitor(host(&own.office));
    for group in own.groups.iter().filter(|group| group.public) {
        visitor.post(&format!("/gruppen/{}/kontakt", group.slug), &[]).await;
    }
    let crawl = Crawl::of(&visitor, &host(&own.office), entrances(own)).await;
    crawl.answers.iter().map(|(_, answer)| answer.bytes()).collect()
}

fn shown(canaries: &[Canary], pages: &[String]) -> Vec<String> {
    pages.iter().flat_map(|page| found_in(canaries, page)).filter(|what| !what.contains(" name ")).collect()
}

/// One office lets nothing but the names of groups be public: a second later nothing else is, anywhere, and it stays so when the office
/// takes its rule back. The other office does not notice.
#[tokio::test]
async fn p0_8_a_tightened_policy_closes_every_way_out_within_a_second_and_for_good() {
    let scene = Scene::new(Backend::Postgres).await;
    let server = scene.serve().await;
    let green = scene.alpha.reaching(Reach::OnPage).count() + scene.alpha.reaching(Reach::BehindNotice).count();
    let before = shown(&scene.alpha.canaries, &everything(&server, &scene.alpha).await);
    assert!(before.len() >= green / 2 && green > 20, "{} of {green}", before.len());
    let foreign = shown(&scene.beta.canaries, &everything(&server, &scene.beta).await);

    let mut strict = Policy::built_in();
    for rule in strict.fields.iter_mut().filter(|rule| rule.field != Field::Name) {
        rule.ceiling = rule.ceiling.under(Light::Yellow);
        rule.default = rule.default.under(Light::Yellow);
    }
    for policy in [&strict, &Policy::built_in()] {
        save(&scene.alpha.office, policy).await;
        let left = shown(&scene.alpha.canaries, &everything(&server, &scene.alpha).await);
        assert!(left.is_empty(), "still public: {left:?}");
    }
    let now = shown(&scene.beta.canaries, &everything(&server, &scene.beta).await);
    assert_eq!(now.len(), foreign.len(), "another office's policy changes nothing here");
}
