//! What the office says about itself in public.

use access::Permit;
use access::actions::EditOfficeProfile;
use domain::EmailAddress;
use domain::audit::AuditEvent;
use domain::office::OfficeProfile;

use super::state::{is_written, regime};
use super::suggestion::{self, Suggestions};
use crate::{Error, House, Problem, Result};

/// Longest text of several lines, in characters.
pub const LONGEST_TEXT: usize = 50_000;
/// Longest "about the office", opening hours and contact notice.
pub const LONGEST_SHORT_TEXT: usize = 4_000;

/// How the office is reached, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// "Selbsthilfekontaktstelle Musterstadt"
    pub name: String,
    /// Träger.
    pub carrier: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// Public phone, may be empty.
    pub phone: String,
    /// Public mail address, may be empty.
    pub email: String,
    /// "Mo–Do 9–12 Uhr", may be empty.
    pub hours: String,
    /// A short text about the office, may be empty.
    pub about: String,
}

/// What the law wants written, and the notice before a contact, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Impressum (§ 5 DDG).
    pub imprint: String,
    /// Datenschutzhinweise (Art. 13 GDPR).
    pub privacy: String,
    /// What is read before a contact is shown; empty: the built-in text.
    pub notice: String,
}

/// A part of the profile that is changed as a whole; the other part stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// How the office is reached.
    Contact(Contact),
    /// Imprint, privacy notice, contact notice.
    Texts(Texts),
}

impl From<OfficeProfile> for Contact {
    fn from(profile: OfficeProfile) -> Self {
        let OfficeProfile {
            name,
            carrier,
            street,
            postcode,
            town,
            phone,
            email,
            hours,
            about,
            imprint: _,
            privacy: _,
            notice: _,
        } = profile;
        Self { name, carrier, street, postcode, town, phone, email, hours, about }
    }
}

impl From<OfficeProfile> for Texts {
    fn from(profile: OfficeProfile) -> Self {
        let OfficeProfile { imprint, privacy, notice, .. } = profile;
        Self { imprint, privacy, notice }
    }
}

/// The profile, and suggestions for the texts an office starts with.
pub async fn profile(permit: &Permit<EditOfficeProfile>, house: &House) -> Result<(OfficeProfile, Suggestions)> {
    let tx = house.stores.look(permit).await?;
    let profile = tx.site().await?.profile;
    let suggestions = suggestion::for_office(&profile, regime(&tx).await?);
    Ok((profile, suggestions))
}

/// Changes a part of the profile; public at once if the directory is. While it is, imprint and privacy notice cannot be
/// emptied and must have no gaps.
pub async fn save_profile(permit: &Permit<EditOfficeProfile>, house: &House, change: Change) -> Result<()> {
    let mut problems = Vec::new();
    let change = match change {
        Change::Contact(contact) => Change::Contact(checked_contact(contact, &mut problems)),
        Change::Texts(texts) => Change::Texts(checked_texts(texts, &mut problems)),
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let tx = house.stores.begin(permit).await?;
    let site = tx.site_for_change().await?;
    let profile = match change {
        Change::Contact(Contact { name, carrier, street, postcode, town, phone, email, hours, about }) => {
            OfficeProfile { name, carrier, street, postcode, town, phone, email, hours, about, ..site.profile.clone() }
        }
        Change::Texts(Texts { imprint, privacy, notice }) => {
            if site.visibility.is_public() {
                let unfinished =
                    [("imprint", &imprint), ("privacy", &privacy)].into_iter().filter(|(_, text)| !is_written(text));
                let problems: Vec<_> = unfinished
                    .map(|(field, text)| {
                        Problem::new(field, if text.is_empty() { "needed-while-public" } else { "gap-left" })
                    })
                    .collect();
                if !problems.is_empty() {
                    return Err(Error::Invalid(problems));
                }
            }
            OfficeProfile { imprint, privacy, notice, ..site.profile.clone() }
        }
    };
    if profile == site.profile {
        return Ok(());
    }
    let changed = changed_fields(&site.profile, &profile).join(", ");
    tx.save_site(site.visibility, &profile).await?;
    tx.commit(AuditEvent::new("office.profile_saved", permit.tenant()).summary(changed)).await?;
    house.sites.changed(permit.tenant());
    Ok(())
}

/// Which fields differ, by name: what they say is public anyway, but does not belong into the log.
fn changed_fields(old: &OfficeProfile, new: &OfficeProfile) -> Vec<&'static str> {
    [
        ("name", old.name != new.name),
        ("carrier", old.carrier != new.carrier),
        ("street", old.street != new.street),
        ("postcode", old.postcode != new.postcode),
        ("town", old.town != new.town),
        ("phone", old.phone != new.phone),
        ("email", old.email != new.email),
        ("hours", old.hours != new.hours),
        ("about", old.about != new.about),
        ("imprint", old.imprint != new.imprint),
        ("privacy", old.privacy != new.privacy),
        ("notice", old.notice != new.notice),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}

fn line(problems: &mut Vec<Problem>, field: &'static str, value: &str, most: usize) -> String {
    let value = value.trim();
    if value.chars().count() > most {
        problems.push(Problem::new(field, "too-long"));
    } else if value.chars().any(char::is_control) {
        problems.push(Problem::new(field, "control-characters"));
    }
    value.to_owned()
}

fn needed(problems: &mut Vec<Problem>, field: &'static str, value: &str, most: usize) -> String {
    let value = line(problems, field, value, most);
    if value.is_empty() {
        problems.push(Problem::new(field, "missing"));
    }
    value
}

/// Text of several lines: line ends as everywhere, no other control characters.
fn text(problems: &mut Vec<Problem>, field: &'static str, value: &str, most: usize) -> String {
    let value = value.replace("\r\n", "\n").replace('\r', "\n");
    let value = value.trim();
    if value.chars().count() > most {
        problems.push(Problem::new(field, "too-long"));
    } else if value.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        problems.push(Problem::new(field, "control-characters"));
    }
    value.to_owned()
}

fn checked_contact(contact: Contact, problems: &mut Vec<Problem>) -> Contact {
    let Contact { name, carrier, street, postcode, town, phone, email, hours, about } = contact;
    let checked = Contact {
        name: needed(problems, "name", &name, 200),
        carrier: needed(problems, "carrier", &carrier, 200),
        street: needed(problems, "street", &street, 200),
        postcode: postcode.trim().to_owned(),
        town: needed(problems, "town", &town, 100),
        phone: line(problems, "phone", &phone, 60),
        email: email.trim().to_owned(),
        hours: text(problems, "hours", &hours, LONGEST_SHORT_TEXT),
        about: text(problems, "about", &about, LONGEST_SHORT_TEXT),
    };
    if checked.postcode.len() != 5 || !checked.postcode.bytes().all(|byte| byte.is_ascii_digit()) {
        problems.push(Problem::new("postcode", "not-a-postcode"));
    }
    // A phone number as people write it: the page makes a link of it.
    let plain = |c: char| c.is_ascii_digit() || " +/()-–.".contains(c);
    let digits = checked.phone.chars().filter(char::is_ascii_digit).count();
    if !checked.phone.is_empty() && (digits < 5 || !checked.phone.chars().all(plain)) {
        problems.push(Problem::new("phone", "not-a-phone"));
    }
    if !checked.email.is_empty() && EmailAddress::parse(&checked.email).is_err() {
        problems.push(Problem::new("email", "not-an-email"));
    }
    if checked.phone.is_empty() && checked.email.is_empty() {
        problems.push(Problem::new("phone", "phone-or-email"));
    }
    checked
}

fn checked_texts(texts: Texts, problems: &mut Vec<Problem>) -> Texts {
    let Texts { imprint, privacy, notice } = texts;
    Texts {
        imprint: text(problems, "imprint", &imprint, LONGEST_TEXT),
        privacy: text(problems, "privacy", &privacy, LONGEST_TEXT),
        notice: text(problems, "notice", &notice, LONGEST_SHORT_TEXT),
    }
}
