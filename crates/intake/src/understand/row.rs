//! One row to one draft. Every cell passes through [`Builder::take`], which afterwards asks whether all its words are
//! in what was made of it; if not, the whole cell is put into the notes too. So nothing is lost, whatever a reader of
//! single fields overlooks.

use domain::catalogue::{Count, Kind};
use domain::{EmailAddress, Field, PersonRole, Schedule, Status, Value, Venue};

use crate::columns::Target;
use crate::draft::{About, Draft, DraftPerson, RowSource, Warning};
use crate::mapping::ColumnMapping;
use crate::phones::{Among, Phone};
use crate::table::Cell;
use crate::wishes::Wish;
use crate::words::{folded, is_kept};
use crate::{audience, dates, mails, people, phones, places, wishes};

use super::links;

mod finish;

/// The longest one-line value (characters), as the catalogue says.
const LINE: usize = 200;

/// Makes a draft of the filled cells, comments become notes; `None` if they name neither a group nor a topic.
pub(super) fn understand(
    cells: &[(&ColumnMapping, &Cell)],
    comments: &[String],
    source: RowSource,
    status: Status,
) -> Option<Draft> {
    let mut builder = Builder {
        draft: Draft {
            source,
            name: String::new(),
            status,
            items: Vec::new(),
            people: Vec::new(),
            notes: Vec::new(),
            warnings: Vec::new(),
            duplicate_of: None,
        },
        column: "",
        kept: Vec::new(),
        venue: Venue::default(),
        people: Vec::new(),
        phones: Vec::new(),
        mails: Vec::new(),
        address: None,
        wish: Wish::default(),
        place_column: "",
        wish_column: "",
    };
    for (column, cell) in cells {
        builder.take(column, cell);
    }
    // Before the place is settled: "Adresse geheim!" is often said here.
    builder.draft.notes.extend_from_slice(comments);
    builder.finish()
}

/// What became of a cell.
enum Fate {
    /// Its words must be found in what was kept.
    Words,
    /// It was read as a whole: "ja" is `yes`, "12.03.24" is a day.
    Understood,
}

struct Builder<'a> {
    draft: Draft,
    /// The present column's name.
    column: &'a str,
    /// What was made of the present cell, in words.
    kept: Vec<String>,
    venue: Venue,
    people: Vec<DraftPerson>,
    phones: Vec<Phone>,
    mails: Vec<EmailAddress>,
    address: Option<Venue>,
    wish: Wish,
    place_column: &'a str,
    wish_column: &'a str,
}

impl<'a> Builder<'a> {
    fn take(&mut self, column: &'a ColumnMapping, cell: &Cell) {
        self.column = &column.header;
        self.kept.clear();
        let fate = self.read(column.target, cell);
        if matches!(fate, Fate::Words) && !is_kept(&cell.text, &self.kept.join(" ")) {
            self.kept.clear();
            self.note(&cell.text);
        }
    }

    fn read(&mut self, target: Target, cell: &Cell) -> Fate {
        let text = cell.text.as_str();
        if is_public_text(target) && phones::has_contact(text) {
            self.warn(About::ContactInText);
            if target == Target::Name {
                let rest = phones::find(&mails::find(text).rest, Among::AnyText).rest;
                self.name(&rest);
            }
            self.note(text);
            return Fate::Words;
        }
        let home = match target {
            Target::Meetings => places::is_private(text),
            // Texts about something else; the columns of the place are looked at together, when the row is read.
            Target::Topic | Target::Summary | Target::Audience | Target::Accessibility | Target::Costs => {
                places::tells_a_home(text)
            }
            _ => false,
        };
        if home {
            self.warn(About::HomeInText);
            self.note(text);
            return Fate::Words;
        }
        match target {
            Target::Name => self.name(text),
            Target::Topic => {
                text.split([';', '|', '\n']).map(str::trim).for_each(|topic| self.line(Field::Topic, topic));
            }
            Target::Summary => self.item(Field::Summary, Value::Text(text.to_owned())),
            Target::Audience => return self.audience(text),
            Target::Sector => return self.choice(Field::Sector, text, sector(text)),
            Target::AcceptsNew => return self.choice(Field::AcceptsNew, text, audience::accepts_new(text)),
            Target::Status => return self.status(text),
            Target::ConfirmedOn => return self.date(cell),
            Target::Founded => self.founded(text),
            Target::Size => self.number(Field::Size, text),
            Target::FreePlaces => self.number(Field::FreePlaces, text),
            Target::Language => text.split([',', ';', '/']).for_each(|part| self.line(Field::Language, part.trim())),
            Target::Association => self.line(Field::Association, text),
            Target::Costs => self.line(Field::Costs, text),
            Target::Funding => self.line(Field::Funding, text),
            Target::BankAccount => self.line(Field::BankAccount, text),
            Target::Accessibility => self.line(Field::Accessibility, text),
            Target::Meetings => self.meetings(text),
            Target::Place => self.place(text),
            Target::VenueName => self.place_part(text, |venue, text| set_once(&mut venue.name, text)),
            Target::Street => self.place_part(text, |venue, text| set_once(&mut venue.street, text)),
            Target::Town => self.place_part(text, |venue, text| set_once(&mut venue.town, text)),
            Target::District => self.place_part(text, |venue, text| set_once(&mut venue.district, text)),
            Target::Postcode => return self.postcode(text),
            Target::PostcodeTown => self.place_part(text, |venue, text| {
                let mut read = Venue::default();
                places::set_postcode_and_town(&mut read, text);
                let free = venue.postcode.is_empty()
                    && venue.town.is_empty()
                    && (venue.district.is_empty() || read.district.is_empty());
                if free {
                    (venue.postcode, venue.town) = (read.postcode, read.town);
                    venue.district.push_str(&read.district);
                }
                free
            }),
            Target::Contact => self.contact(text, PersonRole::Contact),
            Target::Deputy => self.contact(text, PersonRole::Deputy),
            Target::Phone => {
                let found = self.phone_cell(text);
                self.phones.extend(found);
            }
            Target::Email => {
                let found = self.mail_cell(text);
                self.mails.extend(found);
            }
            Target::PersonAddress => self.person_address(text),
            Target::GroupPhone => {
                for (number, remark) in self.phone_cell(text) {
                    self.item(Field::GroupPhone, Value::Phone { number, remark });
                }
            }
            Target::GroupEmail => {
                for mail in self.mail_cell(text) {
                    self.item(Field::GroupEmail, Value::Email(mail));
                }
            }
            Target::Website => self.links(text),
            Target::Wish => self.wish(text),
            Target::Note => self.note(text),
        }
        Fate::Words
    }

    fn keep(&mut self, text: &str) {
        self.kept.push(text.to_owned());
    }

    fn note(&mut self, text: &str) {
        self.keep(text);
        self.draft.notes.push(format!("{}: {text}", self.column));
    }

    fn warn(&mut self, about: About) {
        self.draft.warnings.push(Warning { column: self.column.to_owned(), about });
    }

    fn has(&self, field: Field) -> bool {
        self.draft.items.iter().any(|(there, _)| *there == field)
    }

    /// Adds a value, unless the field may have one only and has it.
    fn item(&mut self, field: Field, value: Value) {
        if field.built_in().is_some_and(|def| def.count == Count::One) && self.has(field) {
            self.warn(About::SecondValue);
            self.note(&value.plain());
            return;
        }
        self.keep(&value.plain());
        self.draft.items.push((field, value));
    }

    fn line(&mut self, field: Field, text: &str) {
        if text.is_empty() {
            return;
        }
        let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if field.built_in().is_some_and(|def| def.kind == Kind::Line) && one_line.chars().count() > LINE {
            self.warn(About::TooLong);
            self.note(text);
            return;
        }
        self.item(field, Value::Text(one_line));
    }

    fn name(&mut self, text: &str) {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || !self.draft.name.is_empty() {
            self.note(text);
            return;
        }
        let short: String = name.chars().take(LINE).collect();
        if short != name {
            self.warn(About::TooLong);
            self.note(text);
        }
        let short = short.trim().to_owned();
        self.draft.name.clone_from(&short);
        self.item(Field::Name, Value::Text(short));
    }

    fn audience(&mut self, text: &str) -> Fate {
        let values = audience::read(text);
        // Choices are made of every word or of none.
        let understood = values.iter().all(|(field, value)| matches!(value, Value::Choice(_)) && !self.has(*field));
        for (field, value) in values {
            match value {
                Value::Text(words) => self.line(field, &words),
                choice => self.item(field, choice),
            }
        }
        if understood { Fate::Understood } else { Fate::Words }
    }

    fn choice(&mut self, field: Field, text: &str, code: Option<&str>) -> Fate {
        match code {
            Some(code) if !self.has(field) => {
                self.item(field, Value::Choice(code.to_owned()));
                Fate::Understood
            }
            _ => {
                self.warn(About::ChoiceNotUnderstood);
                self.note(text);
                Fate::Words
            }
        }
    }

    fn status(&mut self, text: &str) -> Fate {
        let status = match folded(text).as_str() {
            "aktiv" | "ja" | "x" => Status::Active,
            "pausiert" | "ruht" | "pause" | "ruhend" => Status::Paused,
            "aufgeloest" | "beendet" => Status::Dissolved,
            "in gruendung" | "gruendung" | "entwurf" => Status::Draft,
            _ => {
                self.warn(About::ChoiceNotUnderstood);
                self.note(text);
                return Fate::Words;
            }
        };
        self.draft.status = status;
        Fate::Understood
    }

    fn date(&mut self, cell: &Cell) -> Fate {
        let read = match cell.date {
            // A time beside the day is kept in the notes.
            Some(date) if cell.text.len() == 10 => Some(dates::Read::Day(date)),
            _ => dates::read(&cell.text),
        };
        let Some(read) = read.filter(|_| !self.has(Field::ConfirmedOn)) else {
            self.warn(About::DateNotUnderstood);
            self.note(&cell.text);
            return Fate::Words;
        };
        self.item(Field::ConfirmedOn, Value::Date(read.earliest()));
        if matches!(read, dates::Read::Day(_)) && cell.text.len() <= 20 && !cell.text.contains(':') {
            return Fate::Understood;
        }
        if !matches!(read, dates::Read::Day(_)) {
            self.warn(About::DateInexact);
        }
        self.note(&cell.text);
        Fate::Words
    }

    fn founded(&mut self, text: &str) {
        let year = dates::read(text).map(|read| read.earliest().year()).and_then(|year| u32::try_from(year).ok());
        match year {
            Some(year) if !self.has(Field::Founded) => {
                self.item(Field::Founded, Value::Number(year));
                // Day and month have no field.
                if text != year.to_string() {
                    self.note(text);
                }
            }
            _ => {
                self.warn(About::NumberNotUnderstood);
                self.note(text);
            }
        }
    }

    fn number(&mut self, field: Field, text: &str) {
        if let Ok(number) = text.parse::<u32>()
            && !self.has(field)
        {
            self.item(field, Value::Number(number));
            return;
        }
        self.warn(About::NumberNotUnderstood);
        self.note(text);
    }

    fn meetings(&mut self, text: &str) {
        let schedule = Schedule::parse_german(text);
        if let Some(why) = schedule.why_text {
            self.warn(About::ScheduleStaysText(why));
        }
        self.item(Field::Meetings, Value::Meetings(schedule));
    }

    fn place(&mut self, text: &str) {
        self.place_column = self.column;
        if places::is_to_be_asked_for(text) {
            self.warn(About::PlaceNotSaid);
            self.note(text);
            return;
        }
        let venue = places::split(text);
        self.keep(&venue.line());
        if self.venue == Venue::default() {
            self.venue = venue;
        } else {
            self.note(text);
        }
    }

    fn place_part(&mut self, text: &str, set: impl FnOnce(&mut Venue, &str) -> bool) {
        self.place_column = self.column;
        if set(&mut self.venue, text) {
            let line = self.venue.line();
            self.keep(&line);
        } else {
            self.note(text);
        }
    }

    fn postcode(&mut self, text: &str) -> Fate {
        // A spreadsheet that took it for a number has lost the leading zero.
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        if digits && (text.len() == 4 || text.len() == 5) && self.venue.postcode.is_empty() {
            self.venue.postcode = format!("{text:0>5}");
            return Fate::Understood;
        }
        self.note(text);
        Fate::Words
    }

    fn contact(&mut self, text: &str, role: PersonRole) {
        let mails = mails::find(text);
        let found = phones::find(&mails.rest, Among::AnyText);
        let mut names = found.rest.clone();
        // "Frau Meyer (nur abends)"
        while let Some((start, end)) = brackets(&names) {
            let inside = names[start + 1..end].trim().to_owned();
            if !inside.is_empty() {
                self.note(&inside);
            }
            names.replace_range(start..=end, " ");
        }
        let mut said = Vec::new();
        if !names.trim().is_empty() {
            if people::could_be_names(&names) {
                said = people::names(&names);
            } else {
                self.warn(About::NamesNotUnderstood);
                self.note(names.trim());
            }
        }
        for (number, remark) in &found.phones {
            self.keep(&format!("{} {remark}", number.as_str()));
        }
        for mail in &mails.mails {
            self.keep(mail.as_str());
        }
        for name in &said {
            self.keep(name);
        }
        let mut persons: Vec<DraftPerson> = said.into_iter().map(|name| DraftPerson::named(name, role)).collect();
        if role == PersonRole::Deputy && persons.is_empty() && !(found.phones.is_empty() && mails.mails.is_empty()) {
            persons.push(DraftPerson::named(String::new(), role));
        }
        match persons.first_mut() {
            Some(first) if role == PersonRole::Deputy => {
                first.phones = found.phones;
                first.emails = mails.mails;
            }
            _ => {
                self.phones.extend(found.phones);
                self.mails.extend(mails.mails);
            }
        }
        self.people.extend(persons);
    }

    fn phone_cell(&mut self, text: &str) -> Vec<Phone> {
        let mut found = phones::find(text, Among::Numbers);
        if !found.rest.is_empty() {
            match found.phones.as_mut_slice() {
                [(_, remark)] if remark.is_empty() && found.rest.chars().count() <= 80 => {
                    remark.clone_from(&found.rest);
                }
                _ => {
                    self.warn(About::PhoneNotUnderstood);
                    self.note(&found.rest);
                }
            }
        }
        if found.phones.iter().any(|(number, _)| !number.as_str().starts_with(['0', '+', '('])) {
            self.warn(About::PhoneWithoutAreaCode);
        }
        for (number, remark) in &found.phones {
            self.keep(&format!("{} {remark}", number.as_str()));
        }
        found.phones
    }

    fn mail_cell(&mut self, text: &str) -> Vec<EmailAddress> {
        let found = mails::find(text);
        if !found.rest.is_empty() {
            self.warn(About::MailNotUnderstood);
            self.note(&found.rest);
        }
        for mail in &found.mails {
            self.keep(mail.as_str());
        }
        found.mails
    }

    fn person_address(&mut self, text: &str) {
        if self.address.is_some() {
            self.warn(About::SecondValue);
            self.note(text);
            return;
        }
        let venue = places::split(text);
        self.keep(&venue.line());
        self.address = Some(venue);
    }

    fn links(&mut self, text: &str) {
        for word in text.split(|c: char| c.is_whitespace() || c == ';' || c == ',').filter(|word| !word.is_empty()) {
            if let Some(link) = links::read(word) {
                self.item(Field::Website, Value::Link(link));
            } else {
                self.warn(About::LinkRefused);
                self.note(word);
            }
        }
    }

    fn wish(&mut self, text: &str) {
        let wish = wishes::read(text);
        if wish.is_unclear() {
            self.warn(About::WishNotUnderstood);
        }
        // "nein" may mean the contact or the whole group: the office decides, and until then nothing is public.
        if wish.is_no() {
            self.wish = wish;
            self.wish_column = self.column;
            self.note(text);
            return;
        }
        self.wish = wish;
        self.line(Field::ConsentToRecord, text);
    }
}

/// Columns whose texts are public at once: a contact among them would be open without anybody's consent.
fn is_public_text(target: Target) -> bool {
    matches!(
        target,
        Target::Name
            | Target::Topic
            | Target::Summary
            | Target::Audience
            | Target::Language
            | Target::Association
            | Target::Costs
            | Target::Meetings
            | Target::Place
            | Target::VenueName
            | Target::Street
            | Target::Town
            | Target::District
            | Target::PostcodeTown
            | Target::Accessibility
    )
}

fn set_once(place: &mut String, text: &str) -> bool {
    let free = place.is_empty();
    if free {
        *place = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    free
}

/// The first pair of brackets, in bytes.
fn brackets(text: &str) -> Option<(usize, usize)> {
    let start = text.find('(')?;
    let end = text[start..].find(')')? + start;
    Some((start, end))
}

fn sector(text: &str) -> Option<&'static str> {
    match folded(text).as_str() {
        "gesundheit" | "gesundheitlich" | "erkrankung" | "erkrankungen" | "chronische erkrankungen" => Some("health"),
        "psychosozial" | "psyche" | "psychosoziales" => Some("psychosocial"),
        "sozial" | "soziales" => Some("social"),
        "sucht" | "abhaengigkeit" => Some("addiction"),
        _ => None,
    }
}
