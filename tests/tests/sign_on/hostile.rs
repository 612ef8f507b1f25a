//! Answers no correct provider gives. Each is refused after one that must be taken.

use access::{Role, Stage};
use domain::Clock;
use jiff::SignedDuration;
use reqwest::StatusCode;
use serde_json::{Value, json};
use storage::tenant::{Standing, UserState};
use testkit::hostile::{Door, Realm, Signed};
use testkit::{Hostile, Server, Visitor};
use url::Url;

use crate::scene::{Scene, answer, claims, depart, form, is_in, part, refusal};

/// An office, a provider, and somebody connected there as `kim`.
async fn connected() -> (Scene, Hostile, domain::ProviderId, testkit::Person) {
    let (scene, hostile) = (Scene::new().await, Hostile::start(&["a", "b"]).await);
    let issuer = hostile.issuer("a");
    let provider = scene.provider(&form(&issuer)).await;
    let kim = scene.office.someone(Role::Staff).await;
    scene.connect(&kim, provider, (&issuer, "kim")).await;
    (scene, hostile, provider, kim)
}

type Twist = fn(&mut Value);

#[tokio::test]
async fn what_a_correct_provider_never_says_is_refused() {
    let (scene, hostile, provider, kim) = connected().await;
    let issuer = hostile.issuer("a");
    let same: Twist = |_| {};
    let twists: &[(&str, Twist, Signed)] = &[
        ("nonce", |claims| claims["nonce"] = "another".into(), Signed::With("one")),
        ("nonce", |claims| claims["nonce"] = Value::Null, Signed::With("one")),
        ("signature", same, Signed::Not),
        ("signature", same, Signed::WithSecret),
        ("signature", same, Signed::Falsely),
        ("signature", same, Signed::With("unknown")),
        ("time", |claims| claims["exp"] = (claims["iat"].as_i64().unwrap() - 1).into(), Signed::With("one")),
        ("time", |claims| claims["nbf"] = (claims["iat"].as_i64().unwrap() + 600).into(), Signed::With("one")),
        ("time", |claims| claims["iat"] = (claims["iat"].as_i64().unwrap() + 600).into(), Signed::With("one")),
        ("audience", |claims| claims["aud"] = "somebody-else".into(), Signed::With("one")),
        ("audience", |claims| claims["aud"] = json!(["ampelhaus", "somebody-else"]), Signed::With("one")),
        ("audience", |claims| claims["azp"] = "somebody-else".into(), Signed::With("one")),
        ("issuer", |claims| claims["iss"] = "https://login.example".into(), Signed::With("one")),
        ("shape", |claims| claims["sub"] = "".into(), Signed::With("one")),
        ("signature", |claims| claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA".into(), Signed::With("one")),
    ];
    for (why, twist, signed) in twists {
        let visitor = scene.visitor();
        let sent = depart(&visitor, provider).await;
        let good = claims(&scene, &issuer, "kim", &sent);
        let taken = visitor.get(&answer(&hostile, &sent, &good, Signed::With("one"))).await;
        assert_eq!((refusal(&taken), taken.location()), (None, "/office"), "{why}");
        assert_eq!(visitor.get("/office").await.status, 200);

        let other = scene.visitor();
        let sent = depart(&other, provider).await;
        let mut bad = claims(&scene, &issuer, "kim", &sent);
        twist(&mut bad);
        let refused = other.get(&answer(&hostile, &sent, &bad, *signed)).await;
        assert_eq!(refusal(&refused).as_deref(), Some("untrusted"), "{why} {bad} {signed:?}");
        assert!(!is_in(&other), "{why}");
        let (action, summary) = scene.log().await.remove(0);
        assert_eq!((action.as_str(), summary), ("login.failed", format!("single sign-on: {why}")), "{bad} {signed:?}");
    }
    let page = scene.visitor().get(&format!("/login/sso/{provider}/hinweis?grund=untrusted")).await;
    assert!(page.status == 200 && page.text.contains("href=\"/login\""), "the way back is there");
    assert_eq!(scene.user(kim.user).await.standing.role, Role::Staff);
}

#[tokio::test]
async fn an_answer_of_one_provider_is_not_taken_for_another_ones() {
    let (scene, hostile, a, _) = connected().await;
    let b = scene.provider(&form(&hostile.issuer("b"))).await;
    let kim = scene.office.someone(Role::Staff).await;
    scene.connect(&kim, b, (&hostile.issuer("b"), "kim")).await;
    let visitor = scene.visitor();
    for (provider, realm) in [(a, "a"), (b, "b")] {
        let sent = depart(&visitor, provider).await;
        let good = claims(&scene, &hostile.issuer(realm), "kim", &sent);
        let taken = visitor.get(&answer(&hostile, &sent, &good, Signed::With("one"))).await;
        assert_eq!(taken.location(), "/office");
    }
    let traded = hostile.traded().len();

    // Begun with a, answered at the address of b: the code goes nowhere.
    let visitor = scene.visitor();
    let sent = depart(&visitor, a).await;
    let path = answer(&hostile, &sent, &claims(&scene, &hostile.issuer("a"), "kim", &sent), Signed::With("one"));
    let path = path.replace(&a.to_string(), &b.to_string());
    assert_eq!(refusal(&visitor.get(&path).await).as_deref(), Some("untrusted"));
    // Answered at the right address, but by somebody who says to be b.
    let sent = depart(&visitor, a).await;
    let path = answer(&hostile, &sent, &claims(&scene, &hostile.issuer("a"), "kim", &sent), Signed::With("one"));
    let named = |issuer: &str| {
        format!("{path}&iss={}", url::form_urlencoded::byte_serialize(issuer.as_bytes()).collect::<String>())
    };
    assert_eq!(refusal(&visitor.get(&named(&hostile.issuer("b"))).await).as_deref(), Some("untrusted"));
    assert_eq!(hostile.traded().len(), traded, "no code was traded");
    assert!(!is_in(&visitor));
}

#[tokio::test]
async fn a_provider_that_names_itself_must_do_so_every_time() {
    let (scene, hostile, a, _) = connected().await;
    let discovery = json!({"authorization_response_iss_parameter_supported": true});
    hostile.set("a", Realm { discovery, ..Realm::default() });
    let visitor = scene.visitor();
    let sent = depart(&visitor, a).await;
    let path = answer(&hostile, &sent, &claims(&scene, &hostile.issuer("a"), "kim", &sent), Signed::With("one"));
    let iss: String = url::form_urlencoded::byte_serialize(hostile.issuer("a").as_bytes()).collect();
    assert_eq!(visitor.get(&format!("{path}&iss={iss}")).await.location(), "/office");

    let visitor = scene.visitor();
    let sent = depart(&visitor, a).await;
    let path = answer(&hostile, &sent, &claims(&scene, &hostile.issuer("a"), "kim", &sent), Signed::With("one"));
    let traded = hostile.traded().len();
    assert_eq!(refusal(&visitor.get(&path).await).as_deref(), Some("untrusted"));
    assert_eq!(hostile.traded().len(), traded);
}

#[tokio::test]
async fn an_answer_counts_once_in_the_browser_that_asked_and_for_ten_minutes() {
    let (scene, hostile, provider, _) = connected().await;
    let issuer = hostile.issuer("a");
    let way = |sent: &Url| answer(&hostile, sent, &claims(&scene, &issuer, "kim", sent), Signed::With("one"));
    let visitor = scene.visitor();
    // Two tabs.
    let (first, second) = (depart(&visitor, provider).await, depart(&visitor, provider).await);
    for sent in [&second, &first] {
        let path = way(sent);
        assert_eq!(visitor.get(&path).await.location(), "/office");
        assert_eq!(refusal(&visitor.get(&path).await).as_deref(), Some("stale"), "not twice");
    }

    let sent = depart(&visitor, provider).await;
    let path = way(&sent);
    let other = scene.visitor();
    assert_eq!(refusal(&other.get(&path).await).as_deref(), Some("stale"), "without the mark");
    assert_eq!(refusal(&visitor.get(&path).await).as_deref(), Some("stale"), "and used up by that");
    let sent = depart(&visitor, provider).await;
    depart(&other, provider).await;
    assert_eq!(refusal(&other.get(&way(&sent)).await).as_deref(), Some("stale"), "with another browser's mark");
    assert!(!is_in(&other));

    let sent = depart(&visitor, provider).await;
    scene.world.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(refusal(&visitor.get(&way(&sent)).await).as_deref(), Some("stale"), "too late");
    for nonsense in ["", "?state=", "?state=abc&code=1", "?error=access_denied"] {
        let path = format!("/login/sso/{provider}/zurueck{nonsense}");
        assert_eq!(refusal(&visitor.get(&path).await).as_deref(), Some("stale"), "{nonsense}");
    }
}

#[tokio::test]
async fn of_parallel_answers_one_logs_in() {
    let (scene, hostile, provider, _) = connected().await;
    let visitor = scene.visitor();
    let sent = depart(&visitor, provider).await;
    let path = answer(&hostile, &sent, &claims(&scene, &hostile.issuer("a"), "kim", &sent), Signed::With("one"));
    let mark = visitor.cookies()["__Host-sso"].clone();
    let tries = (0..20).map(|_| {
        let other: Visitor = scene.visitor();
        other.set_cookie("__Host-sso", &mark);
        let path = path.clone();
        tokio::spawn(async move { other.get(&path).await.location().to_owned() })
    });
    let mut logged_in = 0;
    for attempt in tries.collect::<Vec<_>>() {
        logged_in += usize::from(attempt.await.unwrap() == "/office");
    }
    assert_eq!(logged_in, 1);
}

#[tokio::test]
async fn a_code_the_provider_does_not_know_any_more_is_refused() {
    let (scene, hostile, provider, _) = connected().await;
    let visitor = scene.visitor();
    let sent = depart(&visitor, provider).await;
    let path = answer(&hostile, &sent, &claims(&scene, &hostile.issuer("a"), "kim", &sent), Signed::With("one"));
    assert_eq!(visitor.get(&path).await.location(), "/office");
    let used = part(&sent, "nonce");
    let sent = depart(&visitor, provider).await;
    let replayed = format!("/login/sso/{provider}/zurueck?state={}&code={used}", part(&sent, "state"));
    assert_eq!(refusal(&visitor.get(&replayed).await).as_deref(), Some("untrusted"));
    assert_eq!(scene.log().await[0].1, "single sign-on: code");
}

#[tokio::test]
async fn a_new_key_is_taken_at_once_and_a_withdrawn_one_no_more() {
    let (scene, hostile, provider, _) = connected().await;
    let issuer = hostile.issuer("a");
    let attempt = async |signed: Signed| {
        let visitor = scene.visitor();
        let sent = depart(&visitor, provider).await;
        let answer = visitor.get(&answer(&hostile, &sent, &claims(&scene, &issuer, "kim", &sent), signed)).await;
        refusal(&answer)
    };
    assert_eq!(attempt(Signed::With("one")).await, None);
    hostile.set("a", Realm { key: "two".to_owned(), ..Realm::default() });
    assert_eq!(attempt(Signed::With("two")).await, None, "asked for as soon as it was met");
    assert_eq!(attempt(Signed::With("one")).await.as_deref(), Some("untrusted"), "and the old one is gone");
}

#[tokio::test]
async fn a_provider_that_is_down_or_leads_elsewhere_is_said_to_be_and_the_password_still_works() {
    let (scene, hostile) = (Scene::new().await, Hostile::start(&["a", "b", "c", "d", "e", "f"]).await);
    let inside = hostile.issuer("a");
    let broken: Vec<(&str, Realm, &str)> = vec![
        ("b", Realm { door: Door::Broken, ..Realm::default() }, "antwortet gerade niemand"),
        (
            "c",
            Realm { door: Door::Redirect(format!("{inside}/.well-known/openid-configuration")), ..Realm::default() },
            "leitet woanders hin",
        ),
        ("d", Realm { door: Door::Flood, ..Realm::default() }, "antwortet gerade niemand"),
        ("e", Realm { discovery: json!({"issuer": inside}), ..Realm::default() }, "nennt sich selbst anders"),
        ("f", Realm { discovery: json!({"code_challenge_methods_supported": ["plain"]}), ..Realm::default() }, "PKCE"),
    ];
    let lead = scene.server.with_session(&scene.office, &scene.office.session(&scene.lead, Stage::Full).await);
    for (realm, behaviour, said) in broken {
        let provider = scene.provider(&form(&hostile.issuer(realm))).await;
        depart(&scene.visitor(), provider).await;
        let test = format!("/office/einstellungen/anmeldung/{provider}/pruefen");
        assert!(lead.get(&test).await.text.contains("kann genutzt werden"), "{realm}");
        hostile.set(realm, behaviour);
        let page = lead.get(&test).await;
        assert!(page.status == 200 && page.text.contains(said), "{realm}: {}", page.text);
        let visitor = scene.visitor();
        let refused = visitor.post(&format!("/login/sso/{provider}"), &[]).await;
        assert_eq!(refusal(&refused).as_deref(), Some("down"), "{realm}");
        let page = visitor.get(refused.location()).await;
        assert!(page.status == 200 && page.text.contains("href=\"/login\""), "{realm}");
        let removed = lead.post(&format!("/office/einstellungen/anmeldung/{provider}/entfernen"), &[]).await;
        assert_eq!(removed.status, 303);
    }
    assert!(!hostile.traded().iter().any(|(realm, _)| realm == "a"), "nobody was led there");
    let visitor = scene.visitor();
    let form = [("email", scene.lead.email.as_str()), ("password", scene.lead.password)];
    assert_eq!(visitor.post("/login", &form).await.location(), "/login/code");
}

#[tokio::test]
async fn a_provider_that_never_answers_is_not_waited_for_long() {
    let (scene, hostile) = (Scene::new().await, Hostile::start(&["a"]).await);
    let provider = scene.provider(&form(&hostile.issuer("a"))).await;
    hostile.set("a", Realm { door: Door::Silent, ..Realm::default() });
    let began = std::time::Instant::now();
    let refused = scene.visitor().post(&format!("/login/sso/{provider}"), &[]).await;
    assert_eq!(refusal(&refused).as_deref(), Some("down"));
    assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
}

#[tokio::test]
async fn private_addresses_are_refused_unless_the_operator_allows_them() {
    let (scene, hostile, provider, _) = connected().await;
    depart(&scene.visitor(), provider).await;
    let asked = hostile.requests();
    assert!(asked > 0, "allowed in this house");

    // Another process over the same databases, whose operator has allowed nothing.
    let house = scene.world.second_house().await;
    let server = Server::start(std::sync::Arc::clone(&house), |_| {}).await;
    let visitor = server.seeker(&scene.office);
    let refused = visitor.post(&format!("/login/sso/{provider}"), &[]).await;
    assert_eq!(refusal(&refused).as_deref(), Some("down"));
    let lead = server.with_session(&scene.office, &scene.office.session(&scene.lead, Stage::Full).await);
    let page = lead.get(&format!("/office/einstellungen/anmeldung/{provider}/pruefen")).await;
    assert!(page.text.contains("nicht erlaubt"), "{}", page.text);
    let new = |issuer: &'static str| [("name", "Neu"), ("issuer", issuer), ("client_id", "a"), ("client_secret", "b")];
    for issuer in
        ["http://login.example.org", "https://127.0.0.1/x", "https://[::ffff:10.0.0.1]/", "https://a:b@c.example/"]
    {
        let answer = lead.post("/office/einstellungen/anmeldung/neu", &new(issuer)).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text.contains("internes Netz"), "{issuer}");
    }
    // A name says nothing before it is resolved; then it leads inside.
    let answer = lead.post("/office/einstellungen/anmeldung/neu", &new("https://localhost/x")).await;
    assert_eq!(answer.status, 303);
    let (page, _) = answer.location().split_once('?').unwrap();
    assert!(lead.get(&format!("{page}/pruefen")).await.text.contains("nicht erlaubt"));
    assert_eq!(hostile.requests(), asked, "nobody was asked");
}

#[tokio::test]
async fn the_same_mail_with_another_subject_is_somebody_else() {
    let (scene, hostile, provider, kim) = connected().await;
    let issuer = hostile.issuer("a");
    let attempt = async |subject: &str, mail: &str| {
        let visitor = scene.visitor();
        let sent = depart(&visitor, provider).await;
        let mut claims = claims(&scene, &issuer, subject, &sent);
        claims["email"] = mail.into();
        let answer = visitor.get(&answer(&hostile, &sent, &claims, Signed::With("one"))).await;
        (refusal(&answer), is_in(&visitor))
    };
    let before = scene.users().await.len();
    assert_eq!(attempt("kim", &kim.email).await, (None, true));
    assert_eq!(attempt("kim-2", &kim.email).await, (Some("unknown".to_owned()), false));
    assert_eq!(attempt("lee", &scene.lead.email).await, (Some("unknown".to_owned()), false));
    // Even where a role may bring somebody in.
    scene.change(provider, &usecases::sign_on::providers::Form { admits: true, ..form(&issuer) }).await;
    assert_eq!(attempt("kim-2", &kim.email).await, (Some("address-taken".to_owned()), false));
    assert_eq!(attempt("lee", &scene.lead.email).await, (Some("address-taken".to_owned()), false));
    assert_eq!(scene.users().await.len(), before, "nobody was added");
    assert_eq!(attempt("new", "new@provider.example").await, (None, true), "somebody really new comes in");
    assert_eq!(scene.users().await.len(), before + 1);
    // An address nobody has checked is none.
    let visitor = scene.visitor();
    let sent = depart(&visitor, provider).await;
    let mut claims = claims(&scene, &issuer, "newer", &sent);
    claims["email_verified"] = false.into();
    let refused = visitor.get(&answer(&hostile, &sent, &claims, Signed::With("one"))).await;
    assert_eq!(refusal(&refused).as_deref(), Some("no-address"));
}

#[tokio::test]
async fn without_a_second_factor_there_the_house_asks_for_its_own() {
    let (scene, hostile, provider, kim) = connected().await;
    let issuer = hostile.issuer("a");
    let arrive = async |visitor: &Visitor, subject: &str, amr: Value| {
        let sent = depart(visitor, provider).await;
        let mut claims = claims(&scene, &issuer, subject, &sent);
        claims["amr"] = amr;
        visitor.get(&answer(&hostile, &sent, &claims, Signed::With("one"))).await.location().to_owned()
    };
    let visitor = scene.visitor();
    assert_eq!(arrive(&visitor, "kim", json!(["mfa"])).await, "/office");
    let visitor = scene.visitor();
    assert_eq!(arrive(&visitor, "kim", json!(["pwd"])).await, "/login/code");
    assert_eq!(visitor.get("/office").await.location(), "/login/code", "half in");
    let code = kim.code(scene.world.clock.now());
    assert_eq!(visitor.post("/login/code", &[("code", &code)]).await.location(), "/office");
    assert_eq!(visitor.get("/office").await.status, 200);

    // Somebody whose second factor is the provider's only: a login without it does not lead to setting up another one.
    scene.change(provider, &usecases::sign_on::providers::Form { admits: true, ..form(&issuer) }).await;
    let visitor = scene.visitor();
    assert_eq!(arrive(&visitor, "new", json!(["mfa"])).await, "/office");
    let visitor = scene.visitor();
    assert!(arrive(&visitor, "new", json!(["pwd"])).await.ends_with("grund=no-second-factor"));
    assert!(!is_in(&visitor));
    // Once the office says that the provider's does not count, its own follows.
    let none = usecases::sign_on::providers::Form { second_factor: String::new(), admits: true, ..form(&issuer) };
    scene.change(provider, &none).await;
    assert_eq!(arrive(&scene.visitor(), "new", json!(["mfa"])).await, "/login/einrichten");
    assert_eq!(arrive(&scene.visitor(), "newest", json!(["mfa"])).await, "/login/einrichten");
}

#[tokio::test]
async fn what_the_office_demands_of_group_admins_holds_through_a_provider_too() {
    let (scene, hostile, provider, _) = connected().await;
    let issuer = hostile.issuer("a");
    let none = usecases::sign_on::providers::Form { second_factor: String::new(), ..form(&issuer) };
    scene.change(provider, &none).await;
    let (group, ..) = tests::requests::fresh_group(&scene.office, domain::Status::Active).await;
    let admin = scene.office.admin_of(&[group]).await;
    let tx = scene.world.stores().begin(&scene.office.lead::<access::actions::EditGroup>()).await.unwrap();
    for factor in tx.factors_of(admin.user).await.unwrap() {
        tx.remove_factor(admin.user, factor.id).await.unwrap();
    }
    tx.commit(domain::audit::AuditEvent::new("test.factor", admin.user)).await.unwrap();
    scene.connect(&admin, provider, (&issuer, "gina")).await;
    let arrive = async || {
        let visitor = scene.visitor();
        let sent = depart(&visitor, provider).await;
        let mut claims = claims(&scene, &issuer, "gina", &sent);
        claims["groups"] = json!(["nothing"]);
        visitor.get(&answer(&hostile, &sent, &claims, Signed::With("one"))).await.location().to_owned()
    };
    assert_eq!(arrive().await, "/office", "without it they do without");
    let permit = scene.office.lead::<access::actions::DecideAccess>();
    usecases::people::demands::decide(&permit, &scene.world.house, usecases::account::factors::Demanded::Yes)
        .await
        .unwrap();
    assert_eq!(arrive().await, "/login/einrichten");
}

#[tokio::test]
async fn roles_follow_the_provider_at_each_login_but_never_take_the_last_manager_away() {
    let (scene, hostile, provider, kim) = connected().await;
    let issuer = hostile.issuer("a");
    scene.connect(&scene.lead, provider, (&issuer, "lee")).await;
    let arrive = async |subject: &str, groups: Value| {
        let visitor = scene.visitor();
        let sent = depart(&visitor, provider).await;
        let mut claims = claims(&scene, &issuer, subject, &sent);
        claims["groups"] = groups;
        refusal(&visitor.get(&answer(&hostile, &sent, &claims, Signed::With("one"))).await)
    };
    let role = async |person: &testkit::Person| scene.user(person.user).await.standing.role;
    assert_eq!(arrive("kim", json!(["nothing"])).await, None, "decided here so far, so it stays");
    assert_eq!(role(&kim).await, Role::Staff);
    // The lead is the only one who manages people: the role stays, and the log says so.
    assert_eq!(arrive("lee", json!(["team"])).await, None);
    assert_eq!(role(&scene.lead).await, Role::Lead);
    assert!(scene.log().await.iter().any(|(action, _)| action == "users.role_kept"));
    assert_eq!(arrive("kim", json!(["team", "leitung"])).await, None, "the first of the office's list counts");
    assert_eq!(role(&kim).await, Role::Lead);
    assert!(scene.log().await.contains(&("users.role_mapped".to_owned(), "staff → lead".to_owned())));
    // Now there are two.
    assert_eq!(arrive("lee", json!(["team"])).await, None);
    assert_eq!(role(&scene.lead).await, Role::Staff);
    // What the provider gave it can take: without a value nobody comes in by it any more.
    assert_eq!(arrive("kim", json!([])).await.as_deref(), Some("no-role"));
    assert_eq!(role(&kim).await, Role::Lead, "who can still log in with the password");
}

#[tokio::test]
async fn whose_access_was_ended_does_not_come_in_by_a_provider() {
    let (scene, hostile, provider, kim) = connected().await;
    let attempt = async || {
        let visitor = scene.visitor();
        let sent = depart(&visitor, provider).await;
        let claims = claims(&scene, &hostile.issuer("a"), "kim", &sent);
        refusal(&visitor.get(&answer(&hostile, &sent, &claims, Signed::With("one"))).await)
    };
    assert_eq!(attempt().await, None);
    let permit = scene.office.lead::<access::actions::DecideAccess>();
    usecases::people::decide::deactivate(&permit, &scene.world.house, kim.user, "").await.unwrap();
    assert_eq!(attempt().await.as_deref(), Some("unknown"));
    let standing = Standing { role: Role::Staff, state: UserState::Disabled, groups: Vec::new() };
    assert_eq!(scene.user(kim.user).await.standing, standing);
}
