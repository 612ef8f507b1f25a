//! The pages for whoever manages people.

use access::{Principal, Right, Rights, Role, Stage, authorize};
use testkit::hostile::{SECRET, Signed};
use testkit::{Hostile, Visitor};
use usecases::sign_on::providers;

use crate::scene::{Scene, answer, claims, depart, form};

const LIST: &str = "/office/einstellungen/anmeldung";

async fn lead(scene: &Scene) -> Visitor {
    scene.server.with_session(&scene.office, &scene.office.session(&scene.lead, Stage::Full).await)
}

#[tokio::test]
async fn a_provider_is_added_tried_out_changed_and_its_secret_never_shown() {
    let (scene, hostile) = (Scene::new().await, Hostile::start(&["a"]).await);
    let lead = lead(&scene).await;
    assert!(lead.get(LIST).await.text.contains("Noch kein Anmeldedienst"));
    let issuer = hostile.issuer("a");
    let mut typed = vec![
        ("name", "Vereinskonto"),
        ("issuer", issuer.as_str()),
        ("client_id", "ampelhaus"),
        ("client_secret", SECRET),
        ("claim", "groups"),
        ("value-0", "team"),
        ("role-0", "staff"),
        ("value-2", "leitung"),
        ("role-2", "lead"),
        ("admits", "yes"),
        ("second_factor", "mfa\r\nhwk"),
    ];
    let added = lead.post(&format!("{LIST}/neu"), &typed).await;
    assert_eq!(added.status, 303, "{}", added.text);
    let (one, _) = added.location().split_once('?').unwrap();
    let id = one.rsplit('/').next().unwrap();
    let page = lead.get(added.location()).await;
    let port = scene.server.address.port();
    for shown in [
        format!("http://alpha.localhost:{port}/login/sso/{id}/zurueck"),
        format!("http://alpha.localhost:{port}/login<"),
    ] {
        assert!(page.text.contains(&shown), "{shown}");
    }
    assert!(page.text.contains("mfa") && page.text.contains("value=\"leitung\""));
    let test = lead.get(&format!("{one}/pruefen")).await;
    assert!(test.text.contains("kann genutzt werden") && test.text.contains("/a/auth"));
    // Saved without the secret: it stays, and works.
    typed.retain(|(name, _)| !["issuer", "client_secret"].contains(name));
    typed[0].1 = "Neuer Name";
    assert_eq!(lead.post(one, &typed).await.location(), format!("{one}?meldung=gespeichert"));
    let visitor = scene.visitor();
    assert!(visitor.get("/login").await.text.contains("Anmelden mit Neuer Name"));
    let sent = depart(&visitor, id.parse().unwrap()).await;
    let back = answer(&hostile, &sent, &claims(&scene, &issuer, "kim", &sent), Signed::With("one"));
    assert_eq!(visitor.get(&back).await.location(), "/office");
    for path in [LIST, one, &format!("{one}/entfernen"), &format!("{one}/pruefen"), "/office/protokoll", "/login"] {
        assert!(!lead.get(path).await.bytes().contains(SECRET), "{path} shows the secret");
    }
    let typed_again = lead.post(one, &[("name", ""), ("client_secret", "another-secret")]).await;
    assert!(typed_again.status == 422 && !typed_again.text.contains("another-secret"));
    assert!(scene.log().await.iter().any(|(action, _)| action == "sign_on.added"));
}

#[tokio::test]
async fn removing_a_provider_says_whom_it_locks_out_and_ends_their_logins() {
    let (scene, hostile) = (Scene::new().await, Hostile::start(&["a"]).await);
    let issuer = hostile.issuer("a");
    let admits = usecases::sign_on::providers::Form { admits: true, ..form(&issuer) };
    let provider = scene.provider(&admits).await;
    let kim = scene.office.someone(Role::Staff).await;
    scene.connect(&kim, provider, (&issuer, "kim")).await;
    let mut visitors = Vec::new();
    for subject in ["kim", "new"] {
        let visitor = scene.visitor();
        let sent = depart(&visitor, provider).await;
        visitor.get(&answer(&hostile, &sent, &claims(&scene, &issuer, subject, &sent), Signed::With("one"))).await;
        assert_eq!(visitor.get("/office").await.status, 200);
        visitors.push(visitor);
    }
    let by_password = scene.server.with_session(&scene.office, &scene.office.session(&kim, Stage::Full).await);
    let lead = lead(&scene).await;
    let page = lead.get(&format!("{LIST}/{provider}/entfernen")).await;
    for said in ["2 Personen sind verbunden", "Eine davon hat keinen anderen Weg", "2 laufende Anmeldungen enden"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    let removed = lead.post(&format!("{LIST}/{provider}/entfernen"), &[]).await;
    assert_eq!(removed.location(), format!("{LIST}?meldung=anbieter-entfernt"));
    for visitor in &visitors {
        assert_eq!(visitor.get("/office").await.status, 303, "ended");
    }
    assert_eq!(by_password.get("/office").await.status, 200, "begun otherwise, goes on");
    assert_eq!(scene.visitor().post(&format!("/login/sso/{provider}"), &[]).await.status, 404);
}

#[tokio::test]
async fn the_last_manager_with_a_password_keeps_a_provider_from_being_removed_only_when_there_is_none() {
    let (scene, hostile) = (Scene::new().await, Hostile::start(&["a"]).await);
    let provider = scene.provider(&form(&hostile.issuer("a"))).await;
    let lead = lead(&scene).await;
    // The lead's only factor goes away: nobody could manage people without the provider.
    let permit = scene.office.lead::<access::actions::EditGroup>();
    let tx = scene.world.stores().begin(&permit).await.unwrap();
    for factor in tx.factors_of(scene.lead.user).await.unwrap() {
        tx.remove_factor(scene.lead.user, factor.id).await.unwrap();
    }
    tx.commit(domain::audit::AuditEvent::new("test.factor", "")).await.unwrap();
    let refused = lead.post(&format!("{LIST}/{provider}/entfernen"), &[]).await;
    assert!(refused.status == 409 && refused.text.contains("niemand mehr"), "{}", refused.text);
    scene.office.someone(Role::Lead).await;
    assert_eq!(lead.post(&format!("{LIST}/{provider}/entfernen"), &[]).await.status, 303);
}

#[tokio::test]
async fn nobody_is_raised_above_whoever_enters_a_provider() {
    let (scene, hostile) = (Scene::new().await, Hostile::start(&["a", "b"]).await);
    let by_lead = scene.provider(&form(&hostile.issuer("a"))).await;
    let people_only = Rights::of(&[Right::Overview, Right::ManagePeople]);
    let user = scene.world.ids().next();
    let mut principal = Principal::new(scene.office.id, user, Role::Custom(scene.world.ids().next()), Stage::Full);
    principal.rights = people_only;
    let permit = || authorize::<access::actions::DecideSignOn>(&principal).unwrap();
    let house = &scene.world.house;
    let mut new = form(&hostile.issuer("b"));
    new.roles = vec![("alle".to_owned(), "lead".to_owned())];
    assert!(providers::add(&permit(), house, &new).await.is_err(), "a lead by way of a provider");
    new.roles = vec![("alle".to_owned(), "support".to_owned())];
    assert!(providers::add(&permit(), house, &new).await.is_err(), "nobody is given that role");
    let one = form(&hostile.issuer("a"));
    assert!(providers::save(&permit(), house, by_lead, &one).await.is_err(), "nor one entered by a lead changed");
    scene.connect(&scene.lead, by_lead, (&hostile.issuer("a"), "lee")).await;
    assert!(providers::remove(&permit(), house, by_lead).await.is_err(), "nor a lead's way in taken away");
    (new.claim, new.roles) = (String::new(), Vec::new());
    providers::add(&permit(), house, &new).await.expect("one that names no roles");
    providers::save(&scene.office.lead(), house, by_lead, &one).await.expect("by a lead");
}

#[tokio::test]
async fn a_role_that_a_provider_names_cannot_be_removed() {
    let (scene, hostile) = (Scene::new().await, Hostile::start(&["a"]).await);
    let permit = scene.office.lead::<access::actions::DecideAccess>();
    let role = usecases::people::roles::Form {
        name: "Ehrenamt".to_owned(),
        rights: vec!["groups-see".to_owned()],
        ..Default::default()
    };
    usecases::people::roles::save(&permit, &scene.world.house, None, &role).await.unwrap();
    let look = scene.world.stores().look(&permit).await.unwrap();
    let id = look.own_roles().await.unwrap()[0].id;
    drop(look);
    let mut named = form(&hostile.issuer("a"));
    named.roles = vec![("helfen".to_owned(), id.to_string())];
    let provider = scene.provider(&named).await;
    let refused = usecases::people::roles::remove(&permit, &scene.world.house, id).await;
    assert!(refused.is_err());
    named.roles = vec![("helfen".to_owned(), "staff".to_owned())];
    scene.change(provider, &named).await;
    usecases::people::roles::remove(&permit, &scene.world.house, id).await.unwrap();
}
