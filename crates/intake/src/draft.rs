//! What was understood of a list.
//!
//! Drafts hold everything that a list says about people. They have no `Serialize`: a preview is made again from file
//! and mapping, which takes milliseconds.

use domain::schedule::WhyText;
use domain::{EmailAddress, Field, PersonRole, Status, Value, Venue};

use crate::phones::Phone;
use crate::wishes::Wish;

/// Where a draft comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowSource {
    /// The place of the sheet, from 0.
    pub sheet: usize,
    /// The sheet's name, empty for CSV.
    pub sheet_name: String,
    /// The row as a spreadsheet program numbers it, from 1.
    pub row: usize,
}

/// A person named in a row. All their items are red until they agree.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftPerson {
    /// As one would say it; empty when the list gives only a number or an address.
    pub name: String,
    /// Contact or deputy.
    pub role: PersonRole,
    /// Numbers with their remarks.
    pub phones: Vec<Phone>,
    /// Mail addresses.
    pub emails: Vec<EmailAddress>,
    /// Private address.
    pub address: Option<Venue>,
    /// What the list says about publishing.
    pub wish: Wish,
}

impl DraftPerson {
    /// A person of whom only the name is known.
    pub fn named(name: String, role: PersonRole) -> Self {
        Self { name, role, phones: Vec::new(), emails: Vec::new(), address: None, wish: Wish::default() }
    }
}

/// A group as one row tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Where it stands.
    pub source: RowSource,
    /// The group's name; also in `items`.
    pub name: String,
    /// By the sheet's name or a status column.
    pub status: Status,
    /// The group's own values, each valid for its field; lights are the catalogue's defaults.
    pub items: Vec<(Field, Value)>,
    /// People, contacts first.
    pub people: Vec<DraftPerson>,
    /// Every cell or part of one that is in no field, after its column's name. Internal.
    pub notes: Vec<String>,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
    /// The same group elsewhere, perhaps. Set by [`crate::duplicates::mark`].
    pub duplicate_of: Option<Duplicate>,
}

/// The same group elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// Where.
    pub of: DuplicateOf,
    /// How sure.
    pub likelihood: Likelihood,
}

/// Where the other one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DuplicateOf {
    /// An earlier row of this file.
    Row(RowSource),
    /// A group of the office, by the key it was given with.
    Existing(String),
}

/// How sure it is that two are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    /// Something is the same.
    Possible,
    /// Name and place or meetings are the same.
    Likely,
}

/// Something to look at in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The column's name; empty for the whole row.
    pub column: String,
    /// What.
    pub about: About,
}

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// The meetings stay text.
    ScheduleStaysText(WhyText),
    /// No date; the words are in the notes.
    DateNotUnderstood,
    /// Only month or year are known; the earliest day was taken, the words are in the notes.
    DateInexact,
    /// A number without area code.
    PhoneWithoutAreaCode,
    /// Words in a column of numbers; they are in the notes.
    PhoneNotUnderstood,
    /// No address; the words are in the notes.
    MailNotUnderstood,
    /// Not `http` or `https`; the words are in the notes.
    LinkRefused,
    /// The wish could not be read; it is kept in its words.
    WishNotUnderstood,
    /// The list says that nothing is to be published: the group came in as a draft.
    NotToBePublished,
    /// The place is to be asked for; the words are in the notes.
    PlaceNotSaid,
    /// Not one of the field's choices; the words are in the notes.
    ChoiceNotUnderstood,
    /// No number; the words are in the notes.
    NumberNotUnderstood,
    /// Too long for the field; the whole text is in the notes.
    TooLong,
    /// The field has a value already; this one is in the notes.
    SecondValue,
    /// The row names no group; its topic was taken.
    NameFromTopic,
    /// Contacts without a name.
    ContactWithoutName,
    /// Several people and fewer contacts: all were given to the first person unless a mail address names another.
    ContactsOfSeveral,
    /// Names could not be told from other words; they are in the notes.
    NamesNotUnderstood,
    /// A phone or mail address in a text that would be public; the text is in the notes.
    ContactInText,
    /// The row says that the address must not be given out, or it is a home: the place came in as a private one, red.
    AddressNotPublic,
    /// A text that would be public tells where somebody lives; the text is in the notes.
    HomeInText,
}

impl About {
    /// The word used in translations. For schedules see also [`WhyText::code`].
    pub const fn code(self) -> &'static str {
        match self {
            Self::ScheduleStaysText(_) => "schedule_stays_text",
            Self::DateNotUnderstood => "date_not_understood",
            Self::DateInexact => "date_inexact",
            Self::PhoneWithoutAreaCode => "phone_without_area_code",
            Self::PhoneNotUnderstood => "phone_not_understood",
            Self::MailNotUnderstood => "mail_not_understood",
            Self::LinkRefused => "link_refused",
            Self::WishNotUnderstood => "wish_not_understood",
            Self::NotToBePublished => "not_to_be_published",
            Self::PlaceNotSaid => "place_not_said",
            Self::ChoiceNotUnderstood => "choice_not_understood",
            Self::NumberNotUnderstood => "number_not_understood",
            Self::TooLong => "too_long",
            Self::SecondValue => "second_value",
            Self::NameFromTopic => "name_from_topic",
            Self::ContactWithoutName => "contact_without_name",
            Self::ContactsOfSeveral => "contacts_of_several",
            Self::NamesNotUnderstood => "names_not_understood",
            Self::ContactInText => "contact_in_text",
            Self::AddressNotPublic => "address_not_public",
            Self::HomeInText => "home_in_text",
        }
    }
}

/// Text of a sheet that belongs to no group: titles, rows without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetNote {
    /// The row, from 1.
    pub row: usize,
    /// Column and text.
    pub text: String,
}

/// What was found in one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetResult {
    /// Its name, empty for CSV.
    pub name: String,
    /// What its groups are.
    pub status: Status,
    /// The number of drafts.
    pub drafts: usize,
    /// What belongs to no group; internal, to be kept with the import.
    pub notes: Vec<SheetNote>,
}

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Understood {
    /// In the order of the file.
    pub sheets: Vec<SheetResult>,
    /// All groups, in the order of the file.
    pub drafts: Vec<Draft>,
}
