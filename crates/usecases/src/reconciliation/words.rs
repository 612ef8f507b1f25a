//! What the reconciliation writes: mails are links, no data (KDG-DVO § 25), German first.

use domain::EmailAddress;
use domain::office::OfficeProfile;
use domain::reconciliation::MailKind;
use domain::silence::SilenceAct;
use jiff::civil::Date;
use storage::Mail;
use storage::tenant::FreshLink;
pub use storage::tenant::Wording;

/// The placeholders of a wording.
pub const PLACEHOLDERS: [&str; 7] =
    ["{gruppe}", "{kontaktstelle}", "{kontakt}", "{frist}", "{link}", "{code}", "{adresse}"];

/// What an office starts with.
pub fn suggested() -> Wording {
    Wording {
        subject: "Bitte prüfen Sie die Angaben zu Ihrer Gruppe".to_owned(),
        german: include_str!("wording/de.txt").to_owned(),
        english: include_str!("wording/en.txt").to_owned(),
    }
}

/// What the placeholders of one group stand for.
#[derive(Clone, Debug, Default)]
pub struct Filling {
    /// The group's name; none unless it is public.
    pub group: Option<String>,
    /// The office.
    pub office: OfficeProfile,
    /// Until when an answer is awaited; none without a deadline.
    pub deadline: Option<Date>,
    /// The link with its token.
    pub link: String,
    /// The code to type.
    pub code: String,
    /// Where it is typed, without `https://`.
    pub address: String,
}

/// German or English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// German.
    German,
    /// English.
    English,
}

impl Filling {
    /// What stands in the mail for `fresh`.
    pub fn of(
        group: Option<String>,
        office: &OfficeProfile,
        deadline: Option<Date>,
        fresh: &FreshLink,
        origin: &str,
    ) -> Self {
        Self {
            group,
            office: office.clone(),
            deadline,
            link: link(origin, &fresh.token),
            code: fresh.code.to_string(),
            address: typed_address(origin),
        }
    }

    /// A text with everything put in.
    pub fn fill(&self, text: &str, tongue: Tongue) -> String {
        let german = tongue == Tongue::German;
        let contact = contact(&self.office, tongue);
        let deadline = match (self.deadline, german) {
            (Some(day), true) => day.strftime("%d.%m.%Y").to_string(),
            (Some(day), false) => day.strftime("%d/%m/%Y").to_string(),
            (None, true) => "Ende des Monats".to_owned(),
            (None, false) => "the end of the month".to_owned(),
        };
        // One pass: what a group is called cannot bring in another placeholder.
        let mut filled = String::with_capacity(text.len() + 200);
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            filled.push_str(&rest[..at]);
            rest = &rest[at..];
            let known = PLACEHOLDERS.iter().find(|name| rest.starts_with(**name));
            let Some(name) = known else {
                filled.push('{');
                rest = &rest[1..];
                continue;
            };
            // Where the wording has quotes of its own, there are no further ones.
            let quoted = filled.ends_with(['„', '“', '"', '»', '«', '‚', '‘', '\'']);
            let group = match (&self.group, german) {
                (Some(name), _) if quoted => name.clone(),
                (Some(name), true) => format!("„{name}“"),
                (Some(name), false) => format!("“{name}”"),
                (None, true) => "Ihre Gruppe".to_owned(),
                (None, false) => "your group".to_owned(),
            };
            filled.push_str(match *name {
                "{gruppe}" => &group,
                "{kontaktstelle}" => &self.office.name,
                "{kontakt}" => &contact,
                "{frist}" => &deadline,
                "{link}" => &self.link,
                "{code}" => &self.code,
                _ => &self.address,
            });
            rest = &rest[name.len()..];
        }
        filled.push_str(rest);
        filled
    }
}

/// How the office is reached, a line each, as far as it is known.
fn contact(office: &OfficeProfile, tongue: Tongue) -> String {
    let OfficeProfile { phone, email, hours, .. } = office;
    let (at_phone, by_mail) = match tongue {
        Tongue::German => ("Telefon", "E-Mail"),
        Tongue::English => ("Phone", "Mail"),
    };
    let mut lines = Vec::new();
    if !phone.trim().is_empty() {
        let hours = hours.trim();
        let hours = if hours.is_empty() { String::new() } else { format!(" ({hours})") };
        lines.push(format!("{at_phone}: {}{hours}", phone.trim()));
    }
    if !email.trim().is_empty() {
        lines.push(format!("{by_mail}: {}", email.trim()));
    }
    lines.join("\n")
}

/// The personal link: the token stands behind the `#`, which no browser sends and no log keeps.
pub fn link(origin: &str, token: &str) -> String {
    format!("{origin}/abgleich#{token}")
}

/// What is typed where a link cannot be followed.
pub fn typed_address(origin: &str) -> String {
    let bare = origin.split_once("://").map_or(origin, |(_, bare)| bare);
    format!("{bare}/abgleich")
}

/// The mail of a round. A reminder says that it is one, before whatever the office wrote.
pub(crate) fn mail(to: EmailAddress, wording: &Wording, filling: &Filling, kind: MailKind) -> Mail {
    let subject = filling.fill(&wording.subject, Tongue::German);
    let (subject, german, english) = match kind {
        MailKind::Reminder1 => (format!("Erinnerung: {subject}"), "eine Erinnerung", "a reminder"),
        MailKind::Reminder2 => {
            (format!("Letzte Erinnerung: {subject}"), "unsere letzte Erinnerung", "our last reminder")
        }
        MailKind::First | MailKind::Receipt => (subject, "", ""),
    };
    let (mut first, mut second) = (String::new(), String::new());
    if !german.is_empty() {
        first = format!(
            "Das ist {german}: Wir haben noch keine Antwort von Ihnen. Haben Sie schon angefangen? Dann ist noch da, was Sie \
             gespeichert haben.\n\n",
        );
        second = format!(
            "This is {english}: we have no answer from you yet. Have you begun already? Then what you saved is still \
             there.\n\n",
        );
    }
    let body = both(filling, &format!("{first}{}", wording.german), &wording.english, &second);
    Mail { to, subject: subject.replace(['\r', '\n'], " "), body }
}

/// The German text, and below it the English one, if there is one.
fn both(filling: &Filling, german: &str, english: &str, before_english: &str) -> String {
    let mut body = filling.fill(german, Tongue::German).trim_end().to_owned();
    if !english.trim().is_empty() {
        body.push_str("\n\n--\n\n");
        body.push_str(before_english);
        body.push_str(filling.fill(english, Tongue::English).trim_end());
    }
    body.push('\n');
    body
}

/// The mail with a link that the group asked for itself.
pub(crate) fn renewed(to: EmailAddress, filling: &Filling) -> Mail {
    let german = "Guten Tag,\n\nfür {gruppe} wurde ein neuer Link angefordert. Damit prüfen und ändern Sie Ihre \
                  Angaben:\n\n{link}\n\nOder geben Sie im Browser {adresse} ein und dort diesen Code:\n\n{code}\n\nLink und \
                  Code sind nur für Ihre Gruppe und gelten 30 Tage. Was Sie schon gespeichert haben, ist noch \
                  da.\n\nWaren Sie das nicht? Dann brauchen Sie nichts zu tun: Der Link kam nur an diese \
                  Adresse.\n\n{kontaktstelle}\n{kontakt}";
    let english = "Hello,\n\na new link was asked for, for {gruppe}. With it you check and change your \
                   details:\n\n{link}\n\nOr type {adresse} into your browser, and there this code:\n\n{code}\n\nLink and \
                   code are for your group only and work for 30 days. What you have saved already is still there.\n\nWas \
                   this not you? Then there is nothing to do: the link came to this address \
                   only.\n\n{kontaktstelle}\n{kontakt}";
    let body = both(filling, german, english, "");
    Mail { to, subject: "Ihr neuer Link zu den Angaben Ihrer Gruppe".to_owned(), body }
}

/// What will happen if the group stays silent, and that it can still answer.
pub(crate) fn silence_mail(to: EmailAddress, act: SilenceAct, again: bool, filling: &Filling) -> Mail {
    let (german, english) = match act {
        SilenceAct::Close => (
            "stellen wir Telefonnummern, E-Mail-Adressen und andere Kontaktangaben zu {gruppe} auf Rot: Sie stehen dann nicht \
             mehr im Internet, und wir geben sie nicht mehr weiter. Die Gruppe selbst bleibt im Verzeichnis.",
            "we will turn phone numbers, mail addresses and other contact details of {gruppe} to red: they leave the \
             internet, and we pass them on no more. The group itself stays in the directory.",
        ),
        SilenceAct::Pause => (
            "setzen wir {gruppe} auf „pausiert“: Sie steht dann nicht mehr im Verzeichnis.",
            "we will set {gruppe} to “paused”: it then no longer stands in the directory.",
        ),
    };
    let german = format!(
        "Guten Tag,\n\nwir haben Sie gebeten, die Angaben zu {{gruppe}} zu prüfen, und lange nichts von Ihnen gehört. Dies ist \
         {} Ankündigungen: Wenn wir bis zum {{frist}} nichts hören, {german} Gelöscht wird nichts; Sie können es jederzeit \
         wieder ändern.\n\nStimmt noch alles? Dann genügen zwei Klicks:\n\n{{link}}\n\nOder geben Sie im Browser {{adresse}} \
         ein und dort diesen Code:\n\n{{code}}\n\nSie können uns auch einfach anrufen.\n\n{{kontaktstelle}}\n{{kontakt}}",
        if again { "die zweite und letzte von zwei" } else { "die erste von zwei" },
    );
    let english = format!(
        "Hello,\n\nwe asked you to check the details of {{gruppe}} and have not heard from you for long. This is {} \
         announcements: if we hear nothing by {{frist}}, {english} Nothing is deleted; you can change it back at any \
         time.\n\nIs everything still right? Then two clicks are enough:\n\n{{link}}\n\nOr type {{adresse}} into your browser \
         and there this code:\n\n{{code}}\n\nYou can also simply call us.\n\n{{kontaktstelle}}\n{{kontakt}}",
        if again { "the second and last of two" } else { "the first of two" },
    );
    let subject = if again {
        "Letzte Ankündigung: Bitte prüfen Sie die Angaben zu Ihrer Gruppe"
    } else {
        "Ankündigung: Bitte prüfen Sie die Angaben zu Ihrer Gruppe"
    };
    let body = both(filling, &german, &english, "");
    Mail { to, subject: subject.to_owned(), body }
}

/// That everything arrived.
pub(crate) fn receipt(to: EmailAddress, office: &str, waits: bool, origin: &str) -> Mail {
    let (german, english) = if waits {
        (
            "Ihre Änderungen sind angekommen. Was Sie geschlossen haben, gilt schon. Alles andere sehen wir uns an und \
             geben Ihnen Bescheid.",
            "Your changes have arrived. What you closed is closed already. We will look at everything else and let you \
             know.",
        )
    } else {
        (
            "Vielen Dank: Ihre Angaben sind bestätigt. Sie brauchen nichts weiter zu tun.",
            "Thank you: your details are confirmed. There is nothing more to do.",
        )
    };
    Mail {
        to,
        subject: format!("Danke für Ihren Datenabgleich: {office}").replace(['\r', '\n'], " "),
        body: format!(
            "Guten Tag,\n\n{german}\n\nWaren Sie das nicht? Dann sagen Sie uns bitte Bescheid.\n\n{office}\n{origin}\n\n--\n\n\
             Hello,\n\n{english}\n\nWas this not you? Then please tell us.\n\n{office}\n{origin}\n"
        ),
    }
}

/// What became of changes that a group sent with its link.
pub(crate) fn outcome(to: EmailAddress, office: &str, (taken, refused): (usize, usize), origin: &str) -> Mail {
    Mail {
        to,
        subject: format!("Ihre Änderungen wurden angesehen: {office}").replace(['\r', '\n'], " "),
        body: format!(
            "Guten Tag,\n\nwir haben Ihre Änderungen angesehen: {taken} übernommen, {refused} nicht übernommen.\nGenauer, auch \
             warum, steht dort, wenn Sie Ihren persönlichen Link noch einmal öffnen. Ist er älter als 30 Tage, fordern Sie hier \
             einen neuen an:\n\n{origin}/abgleich/neuer-link\n\n{office}\n\n--\n\nHello,\n\nwe have looked at your \
             changes: {taken} accepted, {refused} not accepted.\nMore, and why, you find when you open your personal link \
             once more. If it is older than 30 days, ask for a new one here:\n\n{origin}/abgleich/neuer-link\n\n{office}\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{Filling, PLACEHOLDERS, Tongue, link, suggested, typed_address};

    #[test]
    fn the_suggested_wording_has_what_a_group_needs() {
        let wording = suggested();
        for text in [&wording.german, &wording.english] {
            for needed in ["{link}", "{code}", "{adresse}", "{kontaktstelle}", "{frist}"] {
                assert!(text.contains(needed), "{needed}");
            }
        }
        assert!(PLACEHOLDERS.iter().all(|name| !wording.subject.contains(name)), "a subject says nothing of a group");
    }

    #[test]
    fn a_groups_name_cannot_bring_in_a_placeholder() {
        let filling = Filling { group: Some("{link}{code}".to_owned()), code: "XYZ".to_owned(), ..Filling::default() };
        assert_eq!(filling.fill("{gruppe} {unbekannt} { {code}", Tongue::German), "„{link}{code}“ {unbekannt} { XYZ");
    }

    #[test]
    fn the_token_stands_behind_the_hash_only() {
        assert_eq!(link("https://a.example", "tok"), "https://a.example/abgleich#tok");
        assert_eq!(typed_address("https://a.example:8443"), "a.example:8443/abgleich");
    }
}
