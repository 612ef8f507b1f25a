//! Mails that tell people what became of their login, so that a stranger's act does not go unseen. None of them logs in.

use access::Right;
use domain::Language;
use jiff::tz::TimeZone;
use storage::tenant::{User, UserProfile};
use storage::{Mail, TenantTx};

use crate::Result;

/// The text in the language somebody chose, or in both.
fn in_language(language: Option<Language>, german: String, english: String) -> String {
    match language {
        Some(Language::De) => german,
        Some(Language::En) => english,
        None => format!("{german}\n--\n\n{english}"),
    }
}

/// With a capital letter, as a subject begins.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Tells someone by mail that what they log in with was changed. Without a link: such mails are imitated.
pub(crate) async fn notice(tx: &TenantTx, user: &User, office: &str, german: &str, english: &str) -> Result<()> {
    let UserProfile { name, email, language } = &user.profile;
    let (rights, _) = tx.rights_of(user.standing.role, &user.standing.groups).await?;
    // Whoever decides about access is not sent to themselves.
    let (whom, whom_english) = if rights.contains(Right::ManagePeople) {
        (
            "ändern Sie\nbitte sofort Ihr Passwort, beenden Sie unter „Mein Konto“ alle anderen Anmeldungen und\nsagen Sie \
             auch den anderen in der Leitung Bescheid",
            "please change your password at\nonce, end all other logins under \"My account\" and tell the others who \
             lead the office",
        )
    } else {
        (
            "wenden Sie sich\nbitte sofort an die Leitung Ihrer Kontaktstelle",
            "please tell the head of your office at once",
        )
    };
    let mail = Mail {
        to: email.clone(),
        subject: if *language == Some(Language::En) { sentence(english) } else { german.to_owned() },
        body: in_language(
            *language,
            format!(
                "Guten Tag {name},\n\n{german} ({office}).\n\nWenn Sie das waren, brauchen Sie nichts zu tun. Wenn nicht, \
             {whom}.\n"
            ),
            format!(
                "Hello {name},\n\n{english} ({office}).\n\nIf it was you, there is nothing to do. If not, \
             {whom_english}.\n"
            ),
        ),
    };
    tx.enqueue(&mail).await?;
    Ok(())
}

/// Tells someone by mail what others decided about their access: the words are whole sentences. Without a link, too.
pub(crate) async fn told(tx: &TenantTx, user: &User, subject: &str, german: &str, english: &str) -> Result<()> {
    let UserProfile { name, email, language } = &user.profile;
    let profile = tx.site().await?.profile;
    let phone = match profile.phone.as_str() {
        "" => String::new(),
        phone => format!(", Telefon {phone}"),
    };
    let (office, also) = (&profile.name, phone.replace("Telefon", "phone"));
    let mail = Mail {
        to: email.clone(),
        subject: subject.to_owned(),
        body: in_language(
            *language,
            format!(
                "Guten Tag {name},\n\n{german}\n\nWenn Sie Fragen dazu haben, wenden Sie sich bitte an Ihre \
             Kontaktstelle:\n{office}{phone}.\n"
            ),
            format!(
                "Hello {name},\n\n{english}\n\nIf you have questions, please ask \
             your contact office:\n{office}{also}.\n"
            ),
        ),
    };
    tx.enqueue(&mail).await?;
    Ok(())
}

/// Tells someone that they, or someone else, logged in on a browser not known for them (ASVS 5.0, 6.3.5).
pub(super) async fn new_device(tx: &TenantTx, user: &User, office: &str, device: &str) -> Result<()> {
    let UserProfile { name, email, language } = &user.profile;
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let at = tx.now().to_zoned(zone).strftime("%d.%m.%Y, %H:%M").to_string();
    let (german, english) =
        if device.is_empty() { ("einem unbekannten Browser", "an unknown browser") } else { (device, device) };
    let mail = Mail {
        to: email.clone(),
        subject: match language {
            Some(Language::En) => "Log-in on a new device",
            Some(Language::De) | None => "Anmeldung auf einem neuen Gerät",
        }
        .to_owned(),
        body: in_language(
            *language,
            format!(
                "Guten Tag {name},\n\nam {at} Uhr hat sich jemand mit Ihrem Konto angemeldet ({office}),\nund zwar mit \
             {german}. Diesen Browser kennen wir für Ihr Konto\nnicht, oder nicht mehr: nach einem neuen Passwort etwa gilt jeder als neu.\n\nWaren Sie das? Dann brauchen Sie nichts \
             zu tun.\n\nWaren Sie das nicht? Dann melden Sie sich bitte gleich selbst an, beenden Sie\nunter \
             „Mein Konto“ alle anderen Anmeldungen und ändern Sie Ihr Passwort.\nSagen Sie bitte auch der Leitung \
             Ihrer Kontaktstelle Bescheid.\n\nDiese E-Mail enthält mit Absicht keinen Link.\n"
            ),
            format!(
                "Hello \
             {name},\n\non {at} (German time) someone logged in with your account ({office}),\nusing {english}. We do \
             not know this browser for your account, or not any more: after a new\npassword, say, every browser is new.\n\nWas it you? Then there is nothing to do.\n\nIf not, \
             please log in yourself at once, end all other logins under\n\"My account\" and change your password. \
             Please tell the head of your office, too.\n\nThis mail contains no link on purpose.\n"
            ),
        ),
    };
    tx.enqueue(&mail).await?;
    Ok(())
}
