//! Everything a correct provider does, with a certified one.

use access::{Role, Stage};
use domain::{Clock, ProviderId, SystemClock};
use serde_json::json;
use storage::tenant::UserState;
use testkit::hostile::SECRET;
use testkit::{Certified, Visitor};
use tests::requests::invitation_to;
use usecases::sign_on::providers::Form;

use crate::scene::{CLIENT, Scene, depart, form, is_in, leads_to, part, refusal};

/// An office at the present time, which the provider's tokens carry, and a provider that knows it.
async fn certified(change: impl FnOnce(&mut Form)) -> (Scene, Certified, ProviderId) {
    let scene = Scene::new().await;
    scene.world.clock.advance(SystemClock.now().duration_since(scene.world.clock.now()));
    let mut provider = Certified::start();
    let mut form = form(&provider.issuer);
    change(&mut form);
    let id = scene.provider(&form).await;
    let back = format!("http://alpha.localhost:{}/login/sso/{id}/zurueck", scene.server.address.port());
    provider.register(CLIENT, SECRET, &back).await;
    let claims =
        json!({"email": "kim@provider.example", "email_verified": true, "name": "Kim Muster", "groups": ["team"]});
    provider.account("kim", claims.clone(), &["pwd", "mfa"]).await;
    provider.account("kim-without", claims, &["pwd"]).await;
    (scene, provider, id)
}

fn way(url: &url::Url) -> String {
    format!("{}?{}", url.path(), url.query().unwrap_or_default())
}

async fn staff(scene: &Scene) -> (testkit::Person, Visitor) {
    let person = scene.office.someone(Role::Staff).await;
    let session = scene.office.session(&person, Stage::Full).await;
    let visitor = scene.server.with_session(&scene.office, &session);
    (person, visitor)
}

#[tokio::test]
async fn someone_connects_the_own_account_and_logs_in_and_out_with_it() {
    let (scene, provider, id) = certified(|_| {}).await;
    let (person, visitor) = staff(&scene).await;
    let there = provider.browser();
    let page = visitor.get("/konto").await;
    assert!(page.text.contains(&format!("/konto/sso/{id}/verbinden")) && page.text.contains("nicht verbunden"));
    assert_eq!(visitor.get(&format!("/konto/sso/{id}/verbinden")).await.status, 200);
    let sent = leads_to(&visitor.post(&format!("/konto/sso/{id}/verbinden"), &[]).await);
    assert_eq!((part(&sent, "code_challenge_method"), part(&sent, "prompt")), ("S256".to_owned(), "login".to_owned()));
    let back = there.log_in(sent.as_str(), "kim").await;
    assert_eq!(part(&back, "iss"), provider.issuer);
    assert_eq!(visitor.get(&way(&back)).await.location(), "/konto?meldung=verbunden");
    assert!(visitor.get("/konto").await.text.contains("kim@provider.example"));
    assert!(scene.log().await.iter().any(|(action, _)| action == "account.connected"));
    let mails =
        usecases::mail::claim(&scene.world.house, usecases::mail::Outbox::Tenant(scene.office.id)).await.unwrap();
    assert!(mails.iter().any(|mail| mail.mail.to.as_str() == person.email && mail.mail.subject.contains("verbunden")));

    let visitor = scene.visitor();
    assert!(visitor.get("/login").await.text.contains("Anmelden mit Dienst"));
    let back = there.log_in(depart(&visitor, id).await.as_str(), "kim").await;
    assert_eq!(visitor.get(&way(&back)).await.location(), "/office");
    assert_eq!(visitor.get("/office").await.status, 200);
    assert_eq!(refusal(&visitor.get(&way(&back)).await).as_deref(), Some("stale"), "not twice");
    assert_eq!(scene.log().await[1], ("login.complete".to_owned(), "single sign-on, new browser".to_owned()));

    let out = visitor.post("/abmelden", &[]).await;
    assert_eq!(out.location(), format!("/login/sso/{id}/abgemeldet"));
    assert_eq!(visitor.get("/office").await.status, 303, "the login here is over");
    let page = visitor.get(out.location()).await;
    let end = format!("{}/session/end?client_id={CLIENT}", provider.issuer);
    assert!(page.status == 200 && page.text.contains(&end), "{}", page.text);

    // And disconnected again.
    let visitor = scene.server.with_session(&scene.office, &scene.office.session(&person, Stage::Full).await);
    let page = visitor.get(&format!("/konto/sso/{id}/trennen")).await;
    assert!(page.status == 200 && page.text.contains("kim@provider.example"));
    assert_eq!(visitor.post(&format!("/konto/sso/{id}/trennen"), &[]).await.location(), "/konto?meldung=getrennt");
    let visitor = scene.visitor();
    let back = there.log_in(depart(&visitor, id).await.as_str(), "kim").await;
    assert_eq!(refusal(&visitor.get(&way(&back)).await).as_deref(), Some("unknown"));
}

#[tokio::test]
async fn connecting_needs_a_fresh_proof_the_same_login_and_an_account_nobody_else_has() {
    let (scene, provider, id) = certified(|_| {}).await;
    let (_, first) = staff(&scene).await;
    let sent = leads_to(&first.post(&format!("/konto/sso/{id}/verbinden"), &[]).await);
    let back = provider.browser().log_in(sent.as_str(), "kim").await;
    assert_eq!(first.get(&way(&back)).await.location(), "/konto?meldung=verbunden");

    let (person, second) = staff(&scene).await;
    let sent = leads_to(&second.post(&format!("/konto/sso/{id}/verbinden"), &[]).await);
    let back = provider.browser().log_in(sent.as_str(), "kim").await;
    assert_eq!(refusal(&second.get(&way(&back)).await).as_deref(), Some("connected"));

    // Begun by one login, finished by another one in the same browser.
    let sent = leads_to(&second.post(&format!("/konto/sso/{id}/verbinden"), &[]).await);
    let back = provider.browser().log_in(sent.as_str(), "kim-without").await;
    second.set_cookie("__Host-session", &scene.office.session(&person, Stage::Full).await);
    assert_eq!(refusal(&second.get(&way(&back)).await).as_deref(), Some("stale"));

    scene.world.clock.advance(jiff::SignedDuration::from_mins(6));
    let (_, third) = staff(&scene).await;
    assert_eq!(third.get(&format!("/konto/sso/{id}/verbinden")).await.status, 200);
    scene.world.clock.advance(jiff::SignedDuration::from_mins(6));
    let asked = third.get(&format!("/konto/sso/{id}/verbinden")).await;
    assert!(asked.location().starts_with("/bestaetigen?weiter="), "{asked:?}");
}

#[tokio::test]
async fn an_invitation_is_accepted_with_a_provider_and_needs_no_password() {
    let (scene, provider, id) = certified(|form| form.roles = vec![("leitung".to_owned(), "lead".to_owned())]).await;
    for (subject, next) in [("kim", "/office"), ("kim-without", "/login/einrichten")] {
        let token = invitation_to(&scene.office, &format!("{subject}@alpha.example")).await;
        let visitor = scene.visitor();
        let page = visitor.get(&format!("/einladung/{token}")).await;
        assert!(page.text.contains(&format!("/einladung/{token}/sso/{id}")), "{}", page.text);
        let sent = leads_to(&visitor.post(&format!("/einladung/{token}/sso/{id}"), &[]).await);
        let back = provider.browser().log_in(sent.as_str(), subject).await;
        assert_eq!(visitor.get(&way(&back)).await.location(), next);
        let users = scene.users().await;
        let user = users.iter().find(|user| user.profile.email.as_str() == format!("{subject}@alpha.example")).unwrap();
        assert_eq!(
            (user.standing.role, user.password_hash(), user.profile.name.as_str()),
            (Role::Staff, None, "Kim Muster")
        );
        assert_eq!(user.standing.state == UserState::Active, next == "/office");
        assert_eq!(scene.visitor().post(&format!("/einladung/{token}/sso/{id}"), &[]).await.status, 404, "once only");
        // Nobody guesses a password that is not there.
        let typed = [("email", user.profile.email.as_str()), ("password", "")];
        assert_eq!(scene.visitor().post("/login", &typed).await.status, 422);
        let again = scene.visitor();
        let back = provider.browser().log_in(depart(&again, id).await.as_str(), subject).await;
        assert_eq!(again.get(&way(&back)).await.location(), next, "and from now on it is a way in");
    }
}

#[tokio::test]
async fn whoever_has_no_password_proves_with_the_provider_who_they_are() {
    let (scene, provider, id) = certified(|form| form.admits = true).await;
    let there = provider.browser();
    let visitor = scene.visitor();
    let back = there.log_in(depart(&visitor, id).await.as_str(), "kim").await;
    assert_eq!(visitor.get(&way(&back)).await.location(), "/office");
    // The last proof was ten minutes ago.
    let users = scene.users().await;
    let user = users.iter().find(|user| user.profile.email.as_str() == "kim@provider.example").expect("brought in");
    let ago = jiff::SignedDuration::from_mins(10);
    scene.world.clock.advance(-ago);
    let tx = scene.world.stores().begin(&scene.office.lead::<access::actions::EditGroup>()).await.unwrap();
    let session = tx.sessions_of(user.id).await.unwrap().remove(0);
    let token = tx.proven_again(&session).await.unwrap();
    visitor.set_cookie("__Host-session", &token);
    tx.commit(domain::audit::AuditEvent::new("test.proven", "")).await.unwrap();
    scene.world.clock.advance(ago);
    let wanted = "/konto/passwort";
    let asked = visitor.get(wanted).await;
    let page = visitor.get(asked.location()).await;
    assert!(page.text.contains(&format!("/bestaetigen/sso/{id}?weiter=")) && !page.text.contains("name=\"password\""));
    let prove = format!("/bestaetigen/sso/{id}?weiter=%2Fkonto%2Fpasswort");
    // With somebody else's account there it is no proof.
    let sent = leads_to(&visitor.post(&prove, &[]).await);
    assert_eq!((part(&sent, "prompt"), part(&sent, "max_age")), ("login".to_owned(), "0".to_owned()));
    let back = provider.browser().log_in(sent.as_str(), "kim-without").await;
    assert_eq!(refusal(&visitor.get(&way(&back)).await).as_deref(), Some("unknown"));
    assert_eq!(visitor.get(wanted).await.status, 303, "still asked");
    let sent = leads_to(&visitor.post(&prove, &[]).await);
    let back = there.log_in(sent.as_str(), "kim").await;
    assert_eq!(visitor.get(&way(&back)).await.location(), wanted);
    assert_eq!(visitor.get(wanted).await.status, 200);
    assert!(scene.log().await.contains(&("login.proven".to_owned(), "single sign-on".to_owned())));
    // The only way in cannot be taken away.
    let refused = visitor.post(&format!("/konto/sso/{id}/trennen"), &[]).await;
    assert!(refused.status == 409 && refused.text.contains("einziger Weg"), "{}", refused.text);
}

#[tokio::test]
async fn a_role_comes_from_a_claim_that_only_the_userinfo_tells() {
    let (scene, mut provider, id) = certified(|form| form.admits = true).await;
    provider.set("idTokenClaims", false.into()).await;
    let visitor = scene.visitor();
    let back = provider.browser().log_in(depart(&visitor, id).await.as_str(), "kim").await;
    assert_eq!(visitor.get(&way(&back)).await.location(), "/office");
    let users = scene.users().await;
    let user = users.iter().find(|user| user.profile.email.as_str() == "kim@provider.example").expect("brought in");
    assert_eq!((user.standing.role, user.profile.name.as_str()), (Role::Staff, "Kim Muster"));
    // Somebody for whom nothing is told that means a role.
    provider.account("lee", json!({"email": "lee@provider.example", "groups": ["other"]}), &["mfa"]).await;
    let visitor = scene.visitor();
    let back = provider.browser().log_in(depart(&visitor, id).await.as_str(), "lee").await;
    assert_eq!(refusal(&visitor.get(&way(&back)).await).as_deref(), Some("no-role"));
}

#[tokio::test]
async fn the_provider_changes_its_keys_and_people_keep_coming_in() {
    let (scene, mut provider, id) = certified(|form| form.admits = true).await;
    for keys in ["one", "two", "three"] {
        provider.set("keys", keys.into()).await;
        let visitor = scene.visitor();
        let back = provider.browser().log_in(depart(&visitor, id).await.as_str(), "kim").await;
        assert_eq!(visitor.get(&way(&back)).await.location(), "/office", "{keys}");
    }
}

#[tokio::test]
async fn a_refusal_there_a_wrong_secret_and_a_provider_that_ends_are_said() {
    let (scene, provider, id) = certified(|form| form.admits = true).await;
    let attempt = async |cancel: bool| {
        let visitor = scene.visitor();
        let to = depart(&visitor, id).await;
        let there = provider.browser();
        let back = if cancel { there.cancel(to.as_str()).await } else { there.log_in(to.as_str(), "kim").await };
        (refusal(&visitor.get(&way(&back)).await), is_in(&visitor))
    };
    assert_eq!(attempt(false).await, (None, true));
    assert_eq!(attempt(true).await, (Some("denied".to_owned()), false));
    let wrong = Form { client_secret: "wrong".to_owned().into(), admits: true, ..form(&provider.issuer) };
    scene.change(id, &wrong).await;
    assert_eq!(attempt(false).await, (Some("untrusted".to_owned()), false));
    assert_eq!(scene.log().await[0].1, "single sign-on: code");
    scene.change(id, &Form { admits: true, ..form(&provider.issuer) }).await;

    let visitor = scene.visitor();
    let to = depart(&visitor, id).await;
    let back = provider.browser().log_in(to.as_str(), "kim").await;
    drop(provider);
    assert_eq!(refusal(&visitor.get(&way(&back)).await).as_deref(), Some("down"));
}
