//! Texts an office can start from. They are suggestions: the office checks them and answers for them. Gaps that only
//! the office can fill stand in `[[double brackets]]` and keep a text from being published.

use domain::office::{OfficeProfile, Regime};

/// How a gap begins that only the office can fill.
pub const GAP: &str = "[[";

const IMPRINT: &str = include_str!("suggestions/imprint.txt");
const PRIVACY: &str = include_str!("suggestions/privacy.txt");

/// Suggested texts, filled in with what is known about the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestions {
    /// The law they name.
    pub regime: Regime,
    /// Impressum.
    pub imprint: String,
    /// Datenschutzhinweise.
    pub privacy: String,
}

/// What differs between the three laws.
struct Law {
    name: &'static str,
    task: &'static str,
    interest: &'static str,
    consent: &'static str,
    health: &'static str,
    withdraw: &'static str,
    processor: &'static str,
    rights: &'static str,
    authority: &'static str,
}

const fn law(regime: Regime) -> Law {
    match regime {
        Regime::Dsgvo => Law {
            name: "Datenschutz-Grundverordnung (DSGVO)",
            task: "Art. 6 Abs. 1 Buchst. e oder f DSGVO",
            interest: "Art. 6 Abs. 1 Buchst. f DSGVO",
            consent: "Art. 6 Abs. 1 Buchst. a DSGVO",
            health: "Art. 9 Abs. 2 Buchst. a DSGVO",
            withdraw: "Art. 7 Abs. 3 DSGVO",
            processor: "Art. 28 DSGVO",
            rights: "Auskunft (Art. 15), Berichtigung (Art. 16), Löschung (Art. 17), Einschränkung der Verarbeitung \
                     (Art. 18), Datenübertragbarkeit (Art. 20) und Widerspruch (Art. 21 DSGVO)",
            authority: "der Datenschutzaufsichtsbehörde Ihres Bundeslandes (Art. 77 DSGVO): [[Name und Anschrift der \
                        Behörde]]",
        },
        Regime::Kdg => Law {
            name: "Gesetz über den Kirchlichen Datenschutz (KDG)",
            task: "§ 6 Abs. 1 Buchst. f oder g KDG",
            interest: "§ 6 Abs. 1 Buchst. g KDG",
            consent: "§ 6 Abs. 1 Buchst. b KDG",
            health: "§ 11 Abs. 2 Buchst. a KDG",
            withdraw: "§ 8 Abs. 6 KDG",
            processor: "§ 29 KDG",
            rights: "Auskunft (§ 17), Berichtigung (§ 18), Löschung (§ 19), Einschränkung der Verarbeitung (§ 20), \
                     Datenübertragbarkeit (§ 22) und Widerspruch (§ 23 KDG)",
            authority: "der kirchlichen Datenschutzaufsicht (§ 48 KDG): [[Name und Anschrift des Katholischen \
                        Datenschutzzentrums]]",
        },
        Regime::DsgEkd => Law {
            name: "Kirchengesetz über den Datenschutz der Evangelischen Kirche in Deutschland (DSG-EKD)",
            task: "§ 6 DSG-EKD",
            interest: "§ 6 DSG-EKD",
            consent: "§ 6 Nr. 2 und § 11 DSG-EKD",
            health: "§ 13 Abs. 2 Nr. 1 DSG-EKD",
            withdraw: "§ 11 Abs. 3 DSG-EKD",
            processor: "§ 30 DSG-EKD",
            rights: "Auskunft (§ 19), Berichtigung (§ 20), Löschung (§ 21), Einschränkung der Verarbeitung (§ 22), \
                     Datenübertragbarkeit (§ 24) und Widerspruch (§ 25 DSG-EKD)",
            authority: "dem Beauftragten für den Datenschutz der EKD (§ 46 DSG-EKD): [[Anschrift der zuständigen \
                        Außenstelle]]",
        },
    }
}

/// The texts for one office; without a known law those of the GDPR.
pub(super) fn for_office(profile: &OfficeProfile, regime: Option<Regime>) -> Suggestions {
    let regime = regime.unwrap_or(Regime::Dsgvo);
    let known = |value: &str, gap: &str| if value.is_empty() { format!("[[{gap}]]") } else { value.to_owned() };
    let Law { name, task, interest, consent, health, withdraw, processor, rights, authority } = law(regime);
    let parts = [
        ("{office}", known(&profile.name, "Name der Kontaktstelle")),
        ("{carrier}", known(&profile.carrier, "Name des Trägers")),
        ("{street}", known(&profile.street, "Straße und Hausnummer")),
        ("{place}", known(format!("{} {}", profile.postcode, profile.town).trim(), "PLZ und Ort")),
        ("{phone}", known(&profile.phone, "Telefon")),
        ("{email}", known(&profile.email, "E-Mail")),
        ("{law}", name.to_owned()),
        ("{task}", task.to_owned()),
        ("{interest}", interest.to_owned()),
        ("{consent}", consent.to_owned()),
        ("{health}", health.to_owned()),
        ("{withdraw}", withdraw.to_owned()),
        ("{processor}", processor.to_owned()),
        ("{rights}", rights.to_owned()),
        ("{authority}", authority.to_owned()),
    ];
    let fill = |text: &str| parts.iter().fold(text.to_owned(), |text, (part, value)| text.replace(part, value));
    Suggestions { regime, imprint: fill(IMPRINT), privacy: fill(PRIVACY) }
}

#[cfg(test)]
mod tests {
    use domain::office::{OfficeProfile, Regime};

    use super::for_office;

    #[test]
    fn every_part_is_filled_in_and_each_law_is_named() {
        let profile = OfficeProfile { name: "Kontaktstelle Musterstadt".to_owned(), ..OfficeProfile::default() };
        for (regime, paragraph) in
            [(Regime::Dsgvo, "Art. 28 DSGVO"), (Regime::Kdg, "§ 29 KDG"), (Regime::DsgEkd, "§ 30 DSG-EKD")]
        {
            let texts = for_office(&profile, Some(regime));
            for text in [&texts.imprint, &texts.privacy] {
                assert!(!text.contains('{') && !text.contains('}'), "{text}");
                assert!(text.contains("Kontaktstelle Musterstadt") && text.contains("[["));
            }
            assert!(texts.privacy.contains(paragraph));
            for other in Regime::ALL.into_iter().filter(|other| *other != regime) {
                assert!(
                    !texts.privacy.contains(&format!(" {})", other.code())),
                    "{} names {}",
                    regime.code(),
                    other.code()
                );
            }
        }
    }
}
