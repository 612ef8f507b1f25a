//! What a list says about publishing a person's contact: "ja", "x", "nur Tel.", "Name nein, Mail ja". It is the office's
//! old note, not a consent: it becomes a question to ask.

use domain::Light;

/// The light wished for each part; `None` where nothing was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// In the list's words; empty when the cell was.
    pub text: String,
    /// The name.
    pub name: Option<Light>,
    /// Phone numbers.
    pub phone: Option<Light>,
    /// Mail addresses.
    pub mail: Option<Light>,
}

/// What the office should ask the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToAsk {
    /// The list says yes or on request: is it still right, and may we record it?
    Confirm {
        /// Which part.
        part: Part,
        /// What the list says.
        light: Light,
    },
    /// The list says nothing: may anything be told, and to whom?
    Open {
        /// Which part.
        part: Part,
    },
}

/// A part of a person's contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The name.
    Name,
    /// Phone numbers.
    Phone,
    /// Mail addresses.
    Mail,
}

impl Wish {
    /// What is to be asked. Where the list says no there is nothing to ask: it stays red.
    pub fn to_ask(&self) -> Vec<ToAsk> {
        [(Part::Name, self.name), (Part::Phone, self.phone), (Part::Mail, self.mail)]
            .into_iter()
            .filter_map(|(part, light)| match light {
                Some(Light::Red) => None,
                Some(light) => Some(ToAsk::Confirm { part, light }),
                None => Some(ToAsk::Open { part }),
            })
            .collect()
    }

    /// Whether the list says no to everything.
    pub fn is_no(&self) -> bool {
        [self.name, self.phone, self.mail].iter().all(|light| *light == Some(Light::Red))
    }

    /// Whether nothing could be made of the words.
    pub fn is_unclear(&self) -> bool {
        !self.text.is_empty() && self.name.is_none() && self.phone.is_none() && self.mail.is_none()
    }
}

/// Reads the cell.
pub fn read(text: &str) -> Wish {
    let text = text.trim();
    let mut wish = Wish { text: text.to_owned(), ..Wish::default() };
    let small = text.to_lowercase();
    if let Some(light) = answer(&small) {
        (wish.name, wish.phone, wish.mail) = (Some(light), Some(light), Some(light));
        return wish;
    }
    if let Some(only) = small.strip_prefix("nur ") {
        let parts = parts(only);
        if !parts.is_empty() {
            let light = |part| Some(if parts.contains(&part) { Light::Green } else { Light::Red });
            (wish.name, wish.phone, wish.mail) = (light(Part::Name), light(Part::Phone), light(Part::Mail));
        }
        return wish;
    }
    let mut read = Wish { text: wish.text.clone(), ..Wish::default() };
    for clause in small.split([',', ';', '/', '\n']).map(str::trim).filter(|clause| !clause.is_empty()) {
        let Some((light, subject)) = ["ja", "nein", "auf anfrage", "nicht", "x", "ok"].iter().find_map(|word| {
            let subject = clause.strip_suffix(word).or_else(|| clause.strip_prefix(word))?;
            Some((answer(word)?, subject.trim_matches(|c: char| c == ':' || c == '=' || c.is_whitespace())))
        }) else {
            return wish;
        };
        let parts = parts(subject);
        if parts.is_empty() {
            return wish;
        }
        for part in parts {
            match part {
                Part::Name => read.name = Some(light),
                Part::Phone => read.phone = Some(light),
                Part::Mail => read.mail = Some(light),
            }
        }
    }
    read
}

fn answer(text: &str) -> Option<Light> {
    match text.trim_end_matches(['.', '!']) {
        "ja" | "j" | "x" | "ok" | "alles" | "yes" | "öffentlich" | "✓" | "✔" | "wahr" => Some(Light::Green),
        "auf anfrage" | "anfrage" | "a. a" | "auf nachfrage" | "nur auf anfrage" => Some(Light::Yellow),
        "nein" | "n" | "nicht" | "no" | "intern" | "nur intern" | "keine" | "-" | "–" | "falsch" => Some(Light::Red),
        _ => None,
    }
}

/// The parts a text names; empty if it says anything else.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for word in text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty()) {
        match word {
            "name" | "namen" => parts.push(Part::Name),
            "tel" | "telefon" | "telefonnummer" | "handy" | "nummer" | "mobil" => parts.push(Part::Phone),
            "mail" | "e-mail" | "email" | "mailadresse" => parts.push(Part::Mail),
            "und" | "u" | "die" | "der" => {}
            _ => return Vec::new(),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use domain::Light::{Green, Red, Yellow};

    use super::{Part, ToAsk, read};

    #[test]
    fn wishes_are_read_part_by_part() {
        for (text, name, phone, mail) in [
            ("ja", Some(Green), Some(Green), Some(Green)),
            ("x", Some(Green), Some(Green), Some(Green)),
            ("nein", Some(Red), Some(Red), Some(Red)),
            ("auf Anfrage", Some(Yellow), Some(Yellow), Some(Yellow)),
            ("nur Tel.", Some(Red), Some(Green), Some(Red)),
            ("Name nein, Mail ja", Some(Red), None, Some(Green)),
            ("Tel. und Mail ja; Name: nein", Some(Red), Some(Green), Some(Green)),
            ("", None, None, None),
            ("erst nach dem Sommer", None, None, None),
        ] {
            let wish = read(text);
            assert_eq!((wish.name, wish.phone, wish.mail), (name, phone, mail), "{text}");
            assert_eq!(wish.text, text);
        }
    }

    #[test]
    fn what_is_not_refused_is_asked() {
        assert_eq!(
            read("Name nein, Mail ja").to_ask(),
            [ToAsk::Open { part: Part::Phone }, ToAsk::Confirm { part: Part::Mail, light: Green }]
        );
        assert!(read("nein").to_ask().is_empty());
        assert_eq!(read("").to_ask().len(), 3);
        assert!(read("mal sehen").is_unclear());
    }
}
