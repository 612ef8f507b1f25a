//! Which column holds what: proposed, corrected by a person, remembered for the next list with the same header.

use domain::Status;
use serde::{Deserialize, Serialize};

use crate::columns::Target;
use crate::header;
use crate::table::{Cell, Sheet, Workbook};

/// Why a column was given its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// A person chose it for this list.
    Chosen,
    /// A person chose it for an earlier list with the same header.
    Remembered,
    /// The column's name says it.
    ByName,
    /// The cells look like it; worth a look.
    ByContent,
    /// Nothing says it: its cells go to the notes.
    Unknown,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnMapping {
    /// Its name in the list, or "Spalte A".
    pub header: String,
    /// What it holds.
    pub target: Target,
    /// Why.
    pub confidence: Confidence,
}

/// One sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetMapping {
    /// Its name, empty for CSV.
    pub sheet: String,
    /// The row of column names, from 0.
    pub header_row: Option<usize>,
    /// The same for every list with the same header; the key to remember the mapping under.
    pub fingerprint: String,
    /// What the groups of this sheet are, by its name: "aufgelöst" → dissolved.
    pub status: Status,
    /// Its columns, from the first.
    pub columns: Vec<ColumnMapping>,
}

/// All sheets, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// In the order of the file.
    pub sheets: Vec<SheetMapping>,
}

impl SheetMapping {
    /// Puts a column to another use.
    pub fn choose(&mut self, column: usize, target: Target) {
        if let Some(column) = self.columns.get_mut(column) {
            column.target = target;
            column.confidence = Confidence::Chosen;
        }
    }
}

/// Proposes what the columns hold. What was remembered for the same header wins over every guess.
pub fn propose(workbook: &Workbook, remembered: &[SheetMapping]) -> Mapping {
    let propose = |sheet| propose_sheet(sheet, header::find(sheet), remembered);
    Mapping { sheets: workbook.sheets.iter().map(propose).collect() }
}

/// Proposes for one sheet, where a person said which row holds the names (from 0; `None`: there is no such row).
pub fn propose_sheet(sheet: &Sheet, header_row: Option<usize>, remembered: &[SheetMapping]) -> SheetMapping {
    let header_row = header_row.filter(|row| *row < sheet.rows.len());
    let names: Vec<&str> = (0..header::width(sheet))
        .map(|column| header_row.and_then(|row| sheet.rows[row].get(column)).map_or("", |cell| cell.text.as_str()))
        .collect();
    let fingerprint = fingerprint(&names);
    let known = remembered
        .iter()
        .find(|old| old.fingerprint == fingerprint && old.columns.len() == names.len())
        .filter(|_| header_row.is_some());
    let first = header_row.map_or(0, |row| row + 1);
    let mut columns: Vec<ColumnMapping> = names
        .iter()
        .enumerate()
        .map(|(column, name)| {
            let header = if name.is_empty() { header::letter(column) } else { (*name).to_owned() };
            if let Some(old) = known {
                let target = old.columns[column].target;
                return ColumnMapping { header, target, confidence: Confidence::Remembered };
            }
            let cells: Vec<&Cell> = sheet.rows[first..].iter().filter_map(|row| row.get(column)).collect();
            let (target, confidence) = match Target::by_name(name) {
                Some(target) => (target, Confidence::ByName),
                None => match Target::by_content(&cells) {
                    Some(target) => (target, Confidence::ByContent),
                    None => (Target::Note, Confidence::Unknown),
                },
            };
            ColumnMapping { header, target, confidence }
        })
        .collect();
    if known.is_none() {
        settle(&mut columns);
    }
    SheetMapping { sheet: sheet.name.clone(), header_row, fingerprint, status: status(&sheet.name), columns }
}

/// Names that mean one thing alone and another beside others.
fn settle(columns: &mut [ColumnMapping]) {
    let has = |columns: &[ColumnMapping], target| columns.iter().any(|column| column.target == target);
    let street = has(columns, Target::Street);
    // "Ort" beside "PLZ" is the town; beside street and town it is the house.
    if has(columns, Target::Postcode) || has(columns, Target::PostcodeTown) || street {
        let to = if has(columns, Target::PostcodeTown) || has(columns, Target::Town) {
            Target::VenueName
        } else {
            Target::Town
        };
        for column in columns.iter_mut().filter(|column| column.target == Target::Place) {
            let ort = crate::words::folded(&column.header) == "ort";
            column.target = if ort { to } else { Target::VenueName };
        }
    }
    if !has(columns, Target::Name) {
        // "Thema" alone names the group; else the first column nobody knows.
        let first = columns.iter().position(|column| column.target == Target::Topic).or_else(|| {
            columns.iter().position(|column| column.target == Target::Note && column.confidence == Confidence::Unknown)
        });
        if let Some(first) = first {
            columns[first].target = Target::Name;
            columns[first].confidence = Confidence::ByContent;
        }
    }
    let mut named = false;
    for column in columns.iter_mut().filter(|column| column.target == Target::Name) {
        if named {
            column.target = Target::Note;
            column.confidence = Confidence::Unknown;
        }
        named = true;
    }
}

/// What a sheet's name says about its groups.
fn status(name: &str) -> Status {
    let name = crate::words::folded(name);
    let has = |stems: &[&str]| stems.iter().any(|stem| name.contains(stem));
    if has(&["aufgeloest", "ehemalig", "beendet", "inaktiv", "archiv", "geloescht"]) {
        Status::Dissolved
    } else if has(&["pausier", "ruhend", "ruht"]) {
        Status::Paused
    } else if has(&["in gruendung", "neugruendung", "entwurf"]) {
        Status::Draft
    } else {
        Status::Active
    }
}

/// FNV-1a over the folded names: short, stable over versions, not secret.
fn fingerprint(names: &[&str]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in names.iter().map(|name| crate::words::folded(name)).collect::<Vec<_>>().join("\u{1f}").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{}-{hash:016x}", names.len())
}

#[cfg(test)]
mod tests {
    use domain::Status;

    use super::{Confidence, Mapping, propose, status};
    use crate::columns::Target;

    fn list(text: &str) -> crate::Workbook {
        crate::read(text.as_bytes()).unwrap()
    }

    fn targets(mapping: &Mapping) -> Vec<Target> {
        mapping.sheets[0].columns.iter().map(|column| column.target).collect()
    }

    #[test]
    fn a_corrected_mapping_is_found_again_for_the_same_header() {
        let first = list("Gruppe;Seltsames;Tel.\nAngst;rot;030 123456\n");
        let mut mapping = propose(&first, &[]);
        assert_eq!(targets(&mapping), [Target::Name, Target::Note, Target::Phone]);
        mapping.sheets[0].choose(1, Target::Funding);
        let kept: Mapping = serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
        let second = list("Stand 2027\n\nGRUPPE ;seltsames;Tel\nSucht;blau;030 123457\n");
        let again = propose(&second, &kept.sheets);
        assert_eq!(targets(&again), [Target::Name, Target::Funding, Target::Phone]);
        assert!(again.sheets[0].columns.iter().all(|column| column.confidence == Confidence::Remembered));
        let other = propose(&list("Gruppe;Anderes;Tel.\nA;b;c\n"), &kept.sheets);
        assert_eq!(targets(&other)[1], Target::Note);
    }

    #[test]
    fn a_place_column_is_what_its_neighbours_leave() {
        assert_eq!(targets(&propose(&list("Gruppe;PLZ;Ort\nA;04107;Leipzig\n"), &[]))[2], Target::Town);
        assert_eq!(
            targets(&propose(&list("Gruppe;Ort;Straße;PLZ Ort\nA;VHS;Weg 1;04107 L\n"), &[]))[1],
            Target::VenueName
        );
        assert_eq!(targets(&propose(&list("Gruppe;Ort\nA;VHS, Weg 1, 04107 L\n"), &[]))[1], Target::Place);
    }

    #[test]
    fn columns_without_names_are_known_by_their_cells() {
        let text = "Angst;montags 18 Uhr;a@example.org;0341 123456\nSucht;dienstags 18 Uhr;b@example.org;0341 123457\n";
        assert_eq!(targets(&propose(&list(text), &[])), [Target::Name, Target::Meetings, Target::Email, Target::Phone]);
    }

    #[test]
    fn sheets_say_what_their_groups_are() {
        assert_eq!(status("aufgelöst"), Status::Dissolved);
        assert_eq!(status("Gruppen aktuell"), Status::Active);
        assert_eq!(status("ruhende Gruppen"), Status::Paused);
    }
}
