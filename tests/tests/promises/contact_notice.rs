//! Row 0.1.

use testkit::Backend;
use tests::canary::found_in;
use tests::{Crawl, Reach};

use crate::scene::{Scene, entrances, host};

#[tokio::test]
async fn p0_1_contacts_stay_hidden_until_the_notice_is_acknowledged() {
    let scene = Scene::new(Backend::Sqlite).await;
    let server = scene.serve().await;
    let office = &scene.alpha.office;
    let contacts: Vec<_> = scene.alpha.reaching(Reach::BehindNotice).collect();
    assert!(contacts.len() >= 8, "group and person have phones, mails, sites and names: {}", contacts.len());

    // Before: not a byte of any contact on the whole site, in either language.
    for language in ["de", "en"] {
        let seeker = server.seeker(office);
        seeker.set_cookie("__Host-lang", language);
        let crawl = Crawl::of(&seeker, &host(office), entrances(&scene.alpha)).await;
        assert!(crawl.answers.iter().any(|(path, answer)| path.ends_with("/kontakt") && answer.status == 200));
        for (path, answer) in &crawl.answers {
            let found = found_in(contacts.iter().copied(), &answer.bytes());
            assert!(found.is_empty(), "{path} shows {found:?} before the notice");
        }
    }

    // A notice acknowledged at another office, or a made-up cookie, opens nothing.
    let group = scene.alpha.public_group();
    let page = format!("/gruppen/{}/kontakt", group.slug);
    let elsewhere = server.seeker(&scene.beta.office);
    let acknowledged = elsewhere.post(&format!("/gruppen/{}/kontakt", scene.beta.public_group().slug), &[]).await;
    assert_eq!(acknowledged.status, 303);
    let foreign = elsewhere.cookies().remove("__Host-notice").expect("a cookie");
    for cookie in [foreign.as_str(), "1", "ja", "498706.00000000000000000000000000000000"] {
        let cheat = server.seeker(office);
        cheat.set_cookie("__Host-notice", cookie);
        let answer = cheat.get(&page).await;
        assert_eq!(answer.status, 200);
        assert_eq!(found_in(contacts.iter().copied(), &answer.bytes()), Vec::<String>::new(), "{cookie}");
    }

    // After: all of them, by a form without any script; other visitors still see none.
    let seeker = server.seeker(office);
    let acknowledged = seeker.post(&page, &[]).await;
    assert_eq!((acknowledged.status.as_u16(), acknowledged.location()), (303, page.as_str()));
    assert_eq!(found_in(contacts.iter().copied(), &acknowledged.bytes()), Vec::<String>::new());
    let crawl = Crawl::of(&seeker, &host(office), entrances(&scene.alpha)).await;
    for contact in &contacts {
        assert!(crawl.answers.iter().any(|(_, answer)| contact.is_in(&answer.bytes())), "{} is nowhere", contact.what);
    }
    for (path, answer) in &crawl.answers {
        assert!(path.ends_with("/kontakt") || found_in(contacts.iter().copied(), &answer.bytes()).is_empty(), "{path}");
    }
    let other = server.seeker(office).get(&page).await;
    assert_eq!(found_in(contacts.iter().copied(), &other.bytes()), Vec::<String>::new());
}
