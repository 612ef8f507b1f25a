//! What may be a password, and how passwords are hashed when many come at once.

use std::sync::Arc;
use std::time::Duration;

use crypto::password::rules::{Context, Weakness, check};
use crypto::password::{Cost, HashError, Limits, Password, Passwords, Verdict};
use domain::{Ids, SystemClock};
use proptest::prelude::*;

fn context() -> Context {
    Context::new([
        "Selbsthilfekontaktstelle Quedlinburg",
        "Quedlinburg",
        "Friederike Wohlleben",
        "f.wohlleben",
        "kiss-qlb",
    ])
}

fn asked(password: &str) -> Result<(), Weakness> {
    check(&Password::typed(password), &context())
}

#[test]
fn length_is_counted_in_characters() {
    assert_eq!(asked("Xk9#vQ2!mZ7"), Err(Weakness::TooShort));
    assert_eq!(asked("Xk9#vQ2!mZ7p"), Ok(()));
    assert_eq!(asked("äößüÄÖÜẞ€éè"), Err(Weakness::TooShort), "11 characters, 23 bytes");
    let long: String = "Zm4-kqT8wfX2 ".chars().cycle().take(129).collect();
    assert_eq!(asked(&long), Err(Weakness::TooLong));
    let odd = |length: u32| (0..length).filter_map(|n| char::from_u32(0x4E00 + n * n * 7 % 9_973)).collect::<String>();
    assert_eq!(asked(&odd(128)), Ok(()));
    assert_eq!(asked(""), Err(Weakness::TooShort));
}

#[test]
fn one_text_is_one_password_whatever_the_keyboard_sends() {
    let decomposed = Password::typed("Ma\u{308}rchen\u{a0}wald");
    let composed = Password::typed("M\u{e4}rchen wald");
    assert_eq!(decomposed.length(), 12);
    assert_eq!(composed.length(), 12);
}

#[test]
fn common_passwords_of_twelve_characters_and_more_are_refused() {
    for password in [
        "passwort1234",
        "Passwort2024!",
        "P@ssw0rt2024!",
        "P4ssw0rd!!!!",
        "passwordpassword",
        "PasswortPasswort",
        "Password123!",
        "password12345",
        "Sommer2024!!",
        "Sommer2026!?",
        "Winter20252026",
        "Hallo12345678",
        "hallohallo123",
        "HalloHallo!1",
        "willkommen123",
        "Willkommen2025",
        "welcome12345",
        "administrator",
        "Administrator1!",
        "letmeinplease",
        "iloveyou1234",
        "iloveyouforever",
        "ichliebedich",
        "ichliebedich1",
        "Schatzi12345",
        "schalke04schalke",
        "fcbayern1900",
        "BayernMünchen1",
        "bayernmuenchen",
        "BorussiaDortmund09",
        "sonnenschein1",
        "Sonnenblume12",
        "sonnenblume2024!",
        "schmetterling",
        "Schmetterling1",
        "sunshine1234",
        "princess1234",
        "football2024",
        "starwars1977",
        "dasistmeinpasswort",
        "MeinPasswort!1",
        "thisismypassword",
        "correcthorsebatterystaple",
        "tr0ub4d0rtest1",
        "deutschland1",
        "Deutschland2024",
        "Hamburg040!!",
        "michael12051980",
        "Stefanie1985!",
        "geheim123456",
        "Geheimnis2023",
        "trustno1trustno1",
        "changeme1234",
        "januar012026",
        "November2026!",
        "Donnerstag12",
        "trowssap2024",
        "testtesttest",
        "Test1234test",
        "master123456",
        "Fussball1234",
        "Familie2024!",
        "weihnachten24",
        "Kaffee12345!",
        "computer2024",
    ] {
        assert_eq!(asked(password), Err(Weakness::Common), "{password}");
    }
}

#[test]
fn sequences_repetitions_and_walks_are_refused() {
    for password in [
        "123456789012",
        "1234567890123",
        "987654321098",
        "abcdefghijkl",
        "aaaaaaaaaaaa",
        "111111111111",
        "abcabcabcabc",
        "121212121212",
        "1q2w3e4r5t6z",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "1qaz2wsx3edc4rfv",
        "qwertzuiopü+",
        "qwertyuiop[]",
        "yxcvbnm,.-yx",
        "asdfghjklöä#",
        "Xk9#Xk9#Xk9#",
        "241220241225",
        "....,,,,----",
        "            ",
        "112233445566",
        "!!!!!!!!!!!!",
    ] {
        assert!(
            matches!(asked(password), Err(Weakness::Pattern | Weakness::Common)),
            "{password}: {:?}",
            asked(password)
        );
    }
    assert_eq!(asked("1q2w3e4r5t6z"), Err(Weakness::Pattern));
    assert_eq!(asked("123456789012"), Err(Weakness::Pattern));
}

#[test]
fn names_of_the_account_are_refused_only_there() {
    for password in [
        "Quedlinburg1!",
        "quedlinburg2024",
        "Quedl1nburg!!",
        "Wohlleben1985",
        "friederikewohlleben",
        "Wohlleben-Quedlinburg",
        "f.wohlleben123",
        "kissqlb-2024-kissqlb",
        "QuedlinburgQuedlinburg",
    ] {
        assert_eq!(asked(password), Err(Weakness::Context), "{password}");
    }
    for password in ["ampelhaus2026", "Selbsthilfe2024!", "SelbsthilfeKontaktstelle"] {
        assert!(matches!(asked(password), Err(Weakness::Common | Weakness::Context)), "{password}");
    }
    assert_eq!(check(&Password::typed("Wohlleben-Quedlinburg"), &Context::default()), Ok(()));
    assert_eq!(asked("Quedlinburg hat 7 krumme Gassen"), Ok(()), "a name within something longer is fine");
}

#[test]
fn good_passwords_without_any_composition_rule_pass() {
    for password in [
        "tisch wolke gabel",
        "correct horse battery staple",
        "Der Igel trägt heut Gummistiefel",
        "xqzvbtkwplmd",
        "kf83nvq0x2ls",
        "J7$kd!m2Qx9z",
        "vier krumme Birnen im Schuh",
        "Omas roter Traktor brummt leise",
        "zwölf Boxkämpfer jagen Viktor",
        "regenschirmzwiebelkuchenlok",
        "מה נשתנה הלילה הזה",
        "почему-бы-и-нет",
        "夏目漱石吾輩は猫である名前",
        "nasse Steine glitzern",
        "😀🐢🌧🎻🥕🚲🪁🧶🏔🎈🍞🦔",
    ] {
        assert_eq!(asked(password), Ok(()), "{password}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn random_passwords_pass(password in "[a-zA-Z0-9]{14,40}") {
        prop_assert_eq!(asked(&password), Ok(()));
    }

    #[test]
    fn any_text_is_judged(password in ".{0,140}") {
        let _ = asked(&password);
    }
}

const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };
const LIMITS: Limits = Limits { at_once: 2, waiting: 100, patience: Duration::from_mins(1) };

fn ids() -> Ids {
    let mut next = 0_u8;
    Ids::new(Arc::new(SystemClock), move |buffer: &mut [u8]| {
        next = next.wrapping_add(1);
        buffer.fill(next);
    })
}

const RIGHT: Verdict = Verdict::Right { needs_rehash: false };
const RIGHT_BUT_OLD: Verdict = Verdict::Right { needs_rehash: true };

#[tokio::test]
async fn a_password_is_recognised_and_another_is_not() {
    let passwords = Passwords::new(CHEAP, LIMITS, ids()).unwrap();
    let stored = passwords.hash(&Password::typed("Ma\u{308}rchenwald")).await.unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{}", stored.as_str());
    let verify = async |typed| passwords.verify(&Password::typed(typed), Some(&stored)).await;
    assert_eq!(verify("M\u{e4}rchenwald").await, Ok(RIGHT));
    for wrong in ["märchenwald", "Märchenwald ", "Märchenwal", ""] {
        assert_eq!(verify(wrong).await, Ok(Verdict::Wrong), "{wrong}");
    }
    assert_eq!(passwords.verify(&Password::typed("Märchenwald"), None).await, Ok(Verdict::Wrong));
    assert_eq!(verify(&"x".repeat(100_000)).await, Ok(Verdict::Wrong));
    let again = passwords.hash(&Password::typed("Märchenwald")).await.unwrap();
    assert_ne!(*again, *stored, "a fresh salt each time");
}

#[tokio::test]
async fn a_hash_of_another_cost_is_right_but_to_be_made_anew() {
    let before = Passwords::new(CHEAP, LIMITS, ids()).unwrap();
    let password = Password::typed("Märchenwald");
    let stored = before.hash(&password).await.unwrap();
    let after = Passwords::new(Cost { memory_kib: 128, ..CHEAP }, LIMITS, ids()).unwrap();
    assert_eq!(after.verify(&password, Some(&stored)).await, Ok(RIGHT_BUT_OLD));
    let stored = after.hash(&password).await.unwrap();
    assert_eq!(after.verify(&password, Some(&stored)).await, Ok(RIGHT));
}

#[tokio::test]
async fn the_reference_implementation_s_hash_is_recognised() {
    // `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1`, as given in the test suite of the reference implementation.
    let stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    let passwords = Passwords::new(Cost::OWASP, LIMITS, ids()).unwrap();
    assert_eq!(passwords.verify(&Password::typed("password"), Some(stored)).await, Ok(RIGHT_BUT_OLD));
    assert_eq!(passwords.verify(&Password::typed("Password"), Some(stored)).await, Ok(Verdict::Wrong));
}

#[tokio::test]
async fn stored_hashes_that_would_take_the_machine_or_are_none_are_unusable() {
    let passwords = Passwords::new(CHEAP, LIMITS, ids()).unwrap();
    let tail = "$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    for stored in [
        String::new(),
        "password".to_owned(),
        format!("$argon2id$v=19$m=4194304,t=2,p=1{tail}"),
        format!("$argon2id$v=19$m=64,t=4000000,p=1{tail}"),
        format!("$argon2i$v=19$m=64,t=1,p=1{tail}"),
        format!("$argon2id$v=16$m=64,t=1,p=1{tail}"),
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ".to_owned(),
    ] {
        let verdict = passwords.verify(&Password::typed("password"), Some(&stored)).await;
        assert_eq!(verdict, Err(HashError::Unusable), "{stored}");
    }
    assert!(Passwords::new(Cost { memory_kib: 1 << 20, ..CHEAP }, LIMITS, ids()).is_err());
    assert!(Passwords::new(Cost { memory_kib: 0, ..CHEAP }, LIMITS, ids()).is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_at_once_some_wait_and_the_rest_hear_that_it_is_busy() {
    let limits = Limits { at_once: 2, waiting: 6, patience: Duration::from_mins(1) };
    let slow = Cost { memory_kib: 4 * 1024, passes: 4, lanes: 1 };
    let passwords = Passwords::new(slow, limits, ids()).unwrap();
    let mut crowd = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let passwords = passwords.clone();
        crowd.spawn(async move { passwords.verify(&Password::typed("Märchenwald"), None).await });
    }
    let (mut judged, mut busy) = (0, 0);
    while let Some(verdict) = crowd.join_next().await {
        match verdict.unwrap() {
            Ok(Verdict::Wrong) => judged += 1,
            Err(HashError::Busy) => busy += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(judged + busy, 50);
    assert!(judged >= 8, "those with a seat are served: {judged}");
    assert!(busy > 0, "the others are told at once");
    assert_eq!(
        passwords.verify(&Password::typed("Märchenwald"), None).await,
        Ok(Verdict::Wrong),
        "and then it is quiet again"
    );
}

#[tokio::test]
async fn who_waits_too_long_hears_that_it_is_busy() {
    let limits = Limits { at_once: 1, waiting: 5, patience: Duration::from_millis(1) };
    let slow = Cost { memory_kib: 32 * 1024, passes: 4, lanes: 1 };
    let passwords = Passwords::new(slow, limits, ids()).unwrap();
    let password = Password::typed("Märchenwald");
    let (first, second) = tokio::join!(passwords.verify(&password, None), passwords.verify(&password, None));
    assert_eq!(first, Ok(Verdict::Wrong));
    assert_eq!(second, Err(HashError::Busy));
}

#[tokio::test]
async fn a_caller_who_leaves_keeps_the_turn_until_the_memory_is_free() {
    let limits = Limits { at_once: 1, waiting: 5, patience: Duration::from_millis(1) };
    let slow = Cost { memory_kib: 64 * 1024, passes: 4, lanes: 1 };
    let passwords = Passwords::new(slow, limits, ids()).unwrap();
    let password = Password::typed("Märchenwald");
    let left = tokio::time::timeout(Duration::from_millis(5), passwords.verify(&password, None)).await;
    assert!(left.is_err(), "the caller is gone before the hash is done");
    assert_eq!(passwords.verify(&password, None).await, Err(HashError::Busy));
    let mut verdict = Err(HashError::Busy);
    while verdict == Err(HashError::Busy) {
        tokio::time::sleep(Duration::from_millis(10)).await;
        verdict = passwords.verify(&password, None).await;
    }
    assert_eq!(verdict, Ok(Verdict::Wrong));
}
