//! Lists of groups as offices keep them, understood: bytes of a CSV or XLSX file in, drafts of groups out.
//!
//! Four steps, each a function without input or output:
//!
//! 1. [`table::read`]: bytes → [`table::Workbook`] (sheets of cells), or a [`table::FileError`] that a page can explain.
//! 2. [`mapping::propose`]: which column holds what, by its name and content → a [`mapping::Mapping`] that a person can
//!    correct and that is found again for the next list with the same header.
//! 3. [`understand::understand`]: rows → [`draft::Draft`]s with values, people, notes and warnings.
//! 4. [`duplicates::mark`]: which drafts may be the same group, in the file or in the office's directory.
//!
//! Two rules hold everywhere. **Nothing is lost**: what is in a cell or its comment is in a value of the draft, or word for word in
//! its internal notes. **Nothing opens**: contacts go to people, whose items are red; the list's "öffentlich? ja" is
//! kept as a question to ask ([`wishes`]), not as a consent.
//!
//! This crate stores nothing, asks no clock and gives no lights other than the catalogue's defaults.

pub mod audience;
pub mod columns;
pub mod dates;
pub mod draft;
pub mod duplicates;
pub mod header;
pub mod mails;
pub mod mapping;
pub mod people;
pub mod phones;
pub mod places;
pub mod table;
pub mod understand;
pub mod wishes;
pub mod words;

pub use draft::{Draft, DraftPerson, Understood, Warning};
pub use mapping::{Mapping, propose};
pub use table::{FileError, Workbook, read};
pub use understand::understand;
