//! Row 0.8.

use domain::{Light, PersonRole, Status};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use testkit::{Backend, Visitor};
use tests::canary::found_in;
use tests::plant::group_fields;
use tests::{Agreed, Crawl, GroupPlan, PersonPlan, Planted, Reach};

use crate::scene::{Scene, entrances, host};

fn lights() -> impl Strategy<Value = Light> {
    prop::sample::select(Light::ALL.to_vec())
}

fn person() -> impl Strategy<Value = PersonPlan> {
    let agreed = prop_oneof![
        Just(Agreed::Never),
        lights().prop_map(Agreed::To),
        Just(Agreed::To(Light::Green)),
        lights().prop_map(Agreed::Withdrawn)
    ];
    let items = prop::collection::vec((lights(), agreed), 4).prop_map(|items| items.try_into().expect("four"));
    let role = prop::sample::select(vec![PersonRole::Contact, PersonRole::Contact, PersonRole::Deputy]);
    (role, items).prop_map(|(role, items)| PersonPlan { role, items })
}

fn group() -> impl Strategy<Value = GroupPlan> {
    let fields = group_fields().count();
    let status = prop_oneof![3 => Just(Status::Active), 1 => prop::sample::select(Status::ALL.to_vec())];
    let name = prop_oneof![4 => Just(Light::Green), 1 => lights()];
    (status, name, prop::collection::vec(lights(), fields), prop::collection::vec(person(), 0..3)).prop_map(
        |(status, name, mut lights, people)| {
            lights[0] = name;
            GroupPlan { status, lights, people }
        },
    )
}

fn office() -> impl Strategy<Value = Vec<GroupPlan>> {
    prop::collection::vec(group(), 1..4)
}

#[test]
fn p0_8_only_green_leaves_whatever_the_lights() {
    let config = Config { cases: 4, max_shrink_iters: 4, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&(office(), office()), |(alpha, beta)| {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(only_green_leaves(&alpha, &beta)).map_err(TestCaseError::fail)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

async fn only_green_leaves(alpha: &[GroupPlan], beta: &[GroupPlan]) -> Result<(), String> {
    let scene = Scene::of(Backend::Sqlite, alpha, beta).await;
    let server = scene.serve().await;
    for (own, foreign) in [(&scene.alpha, &scene.beta), (&scene.beta, &scene.alpha)] {
        let host = host(&own.office);
        let before = everything_public(&server.visitor(host.clone()), &host, own).await;
        complain("before the notice", &before, own.reaching(Reach::BehindNotice))?;
        let visitor = server.visitor(host.clone());
        let mut after = Crawl::default();
        for group in own.groups.iter().filter(|group| group.public) {
            let answer = visitor.post(&format!("/gruppen/{}/kontakt", group.slug), &[]).await;
            after.keep("the acknowledgement", answer);
        }
        after.answers.extend(Crawl::of(&visitor, &host, entrances(own)).await.answers);
        let english = server.visitor(host.clone());
        english.set_cookie("__Host-lang", "en");
        after.answers.extend(Crawl::of(&english, &host, entrances(own)).await.answers);
        for crawl in [&before, &after] {
            complain("although it is not green", crawl, own.reaching(Reach::Never))?;
            complain("although it is another office's", crawl, &foreign.canaries)?;
        }
        // What is green can be read: the search for leaks is no search in an empty house.
        shown(&before, own.reaching(Reach::OnPage))?;
        if own.groups.iter().any(|group| group.public) {
            shown(&after, own.reaching(Reach::BehindNotice))?;
        }
    }
    let platform = server.visitor("localhost");
    let crawl = Crawl::of(&platform, "localhost", ["/", "/robots.txt", "/anmelden", "/mail"].map(str::to_owned)).await;
    complain("on the platform's pages", &crawl, &scene.alpha.canaries)?;
    complain("on the platform's pages", &crawl, &scene.beta.canaries)
}

/// Every public byte: all links, all groups there are, searches that come close to every value, and errors.
async fn everything_public(visitor: &Visitor, host: &str, own: &Planted) -> Crawl {
    let mut crawl = Crawl::of(visitor, host, entrances(own)).await;
    for (number, canary) in own.canaries.iter().enumerate() {
        // A typing error in the last letters: what was typed comes back in the page, so it must not be the word itself.
        let word = &canary.words[0];
        let typed = format!("{}zz", &word[..word.len() - 2]);
        let names: &[&str] = if number % 8 == 0 { &["suche", "ort", "sprache"] } else { &["suche"] };
        for name in names {
            let path = format!("/?{name}={typed}");
            let answer = visitor.get(&path).await;
            crawl.keep(path, answer);
        }
        let path = format!("/?suche={}", &word[..word.len() - 2]);
        if number % 4 == 0 {
            let answer = visitor.get(&path).await;
            crawl.keep(path, answer);
        }
    }
    for group in &own.groups {
        for path in [format!("/gruppen/{}", group.id), format!("/gruppen/{}/kontakt?x=%ff", group.slug)] {
            let answer = visitor.get(&path).await;
            crawl.keep(path, answer);
        }
        let answer = visitor.post(&format!("/gruppen/{}", group.slug), &[("x", "y")]).await;
        crawl.keep("a wrong method", answer);
    }
    for path in ["/gibt-es-nicht", "/office/gruppen", "/einladung/x", "/?seite=99999", "/assets/x"] {
        let answer = visitor.get(path).await;
        crawl.keep(path, answer);
    }
    crawl
}

fn complain<'a>(why: &str, crawl: &Crawl, canaries: impl IntoIterator<Item = &'a tests::Canary>) -> Result<(), String> {
    let canaries: Vec<_> = canaries.into_iter().collect();
    for (path, answer) in &crawl.answers {
        let found = found_in(canaries.iter().copied(), &answer.bytes());
        if !found.is_empty() {
            return Err(format!("{path} shows {found:?} {why}"));
        }
    }
    Ok(())
}

fn shown<'a>(crawl: &Crawl, canaries: impl IntoIterator<Item = &'a tests::Canary>) -> Result<(), String> {
    let pages: Vec<String> = crawl.answers.iter().map(|(_, answer)| answer.bytes()).collect();
    for canary in canaries {
        if !pages.iter().any(|page| canary.is_in(page)) {
            return Err(format!("{} {:?} is green and nowhere", canary.what, canary.words));
        }
    }
    Ok(())
}
