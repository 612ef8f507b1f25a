//! Mails that tell people what became of their login, so that a stranger's act does not go unseen. None of them logs in.

use jiff::tz::TimeZone;
use storage::tenant::{User, UserProfile};
use storage::{Mail, TenantTx};

use crate::Result;

/// Tells someone by mail that what they log in with was changed. Without a link: such mails are imitated.
pub(crate) async fn notice(tx: &TenantTx, user: &User, office: &str, german: &str, english: &str) -> Result<()> {
    let UserProfile { name, email } = &user.profile;
    let mail = Mail {
        to: email.clone(),
        subject: german.to_owned(),
        body: format!(
            "Guten Tag {name},\n\n{german} ({office}).\n\nWenn Sie das waren, brauchen Sie nichts zu tun. Wenn nicht, \
             wenden Sie sich\nbitte sofort an die Leitung Ihrer Kontaktstelle.\n\n--\n\nHello {name},\n\n{english} \
             ({office}).\n\nIf it was you, there is nothing to do. If not, please tell the head of your office at \
             once.\n"
        ),
    };
    tx.enqueue(&mail).await?;
    Ok(())
}

/// Tells someone that they, or someone else, logged in on a browser not known for them (ASVS 5.0, 6.3.5).
pub(super) async fn new_device(tx: &TenantTx, user: &User, office: &str, device: &str) -> Result<()> {
    let UserProfile { name, email } = &user.profile;
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let at = tx.now().to_zoned(zone).strftime("%d.%m.%Y, %H:%M").to_string();
    let (german, english) =
        if device.is_empty() { ("einem unbekannten Browser", "an unknown browser") } else { (device, device) };
    let mail = Mail {
        to: email.clone(),
        subject: "Anmeldung auf einem neuen Gerät".to_owned(),
        body: format!(
            "Guten Tag {name},\n\nam {at} Uhr hat sich jemand mit Ihrem Konto angemeldet ({office}),\nund zwar mit \
             {german}. Auf diesem Gerät waren Sie bisher nicht angemeldet.\n\nWaren Sie das? Dann brauchen Sie nichts \
             zu tun.\n\nWaren Sie das nicht? Dann melden Sie sich bitte gleich selbst an, beenden Sie\nunter \
             „Mein Konto“ alle anderen Anmeldungen und ändern Sie Ihr Passwort.\nSagen Sie bitte auch der Leitung \
             Ihrer Kontaktstelle Bescheid.\n\nDiese E-Mail enthält mit Absicht keinen Link.\n\n--\n\nHello \
             {name},\n\non {at} (German time) someone logged in with your account ({office}),\nusing {english}. You \
             had not been logged in on this device before.\n\nWas it you? Then there is nothing to do.\n\nIf not, \
             please log in yourself at once, end all other logins under\n\"My account\" and change your password. \
             Please tell the head of your office, too.\n\nThis mail contains no link on purpose.\n"
        ),
    };
    tx.enqueue(&mail).await?;
    Ok(())
}
