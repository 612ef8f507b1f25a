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
    /// The same for every list with the same header; a key to remember the mapping under. Without a header it stands
    /// for what the columns look like.
    pub fingerprint: String,
    /// The fingerprint of the header that was found without help: another one once a person corrected the header
    /// row. The second key to remember the mapping under, by which that correction is found again.
    #[serde(default)]
    pub found: String,
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

/// Proposes what the columns hold. What was remembered for the same header wins over every guess; of several that fit
/// the first counts.
pub fn propose(workbook: &Workbook, remembered: &[SheetMapping]) -> Mapping {
    let propose = |sheet| propose_sheet(sheet, header_row(sheet, remembered), remembered);
    Mapping { sheets: workbook.sheets.iter().map(propose).collect() }
}

/// The keys under which something may be remembered for a sheet, the weightiest first.
pub fn keys(sheet: &Sheet) -> Vec<String> {
    let mut keys = vec![fingerprint_at(sheet, header::find(sheet))];
    for row in header::candidates(sheet) {
        let key = fingerprint_at(sheet, Some(row));
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Where the names stand: where a person said it for a list that began like this one, else in a row whose names are
/// remembered, else where they were found.
fn header_row(sheet: &Sheet, remembered: &[SheetMapping]) -> Option<usize> {
    let found = header::find(sheet);
    let row_of =
        |old: &SheetMapping| header::candidates(sheet).find(|row| fingerprint_at(sheet, Some(*row)) == old.fingerprint);
    let begun = fingerprint_at(sheet, found);
    if let Some(old) = remembered.iter().find(|old| old.found == begun) {
        match (old.header_row, row_of(old)) {
            (None, _) => return None,
            (Some(_), Some(row)) => return Some(row),
            (Some(_), None) => {}
        }
    }
    remembered.iter().filter(|old| old.header_row.is_some()).find_map(row_of).or(found)
}

/// Proposes for one sheet, where a person said which row holds the names (from 0; `None`: there is no such row).
pub fn propose_sheet(sheet: &Sheet, header_row: Option<usize>, remembered: &[SheetMapping]) -> SheetMapping {
    let header_row = header_row.filter(|row| *row < sheet.rows.len());
    let names = names(sheet, header_row);
    let fingerprint = fingerprint_at(sheet, header_row);
    let found = fingerprint_at(sheet, header::find(sheet));
    let known = remembered.iter().find(|old| old.fingerprint == fingerprint && old.columns.len() == names.len());
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
            let cells = cells(sheet, first, column);
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
    SheetMapping { sheet: sheet.name.clone(), header_row, fingerprint, found, status: status(&sheet.name), columns }
}

/// The names of the columns, empty where there are none.
fn names(sheet: &Sheet, header_row: Option<usize>) -> Vec<&str> {
    let row = header_row.and_then(|row| sheet.rows.get(row));
    let name = |column: usize| row.and_then(|row| row.get(column)).map_or("", |cell| cell.text.as_str());
    (0..header::width(sheet)).map(name).collect()
}

/// The cells of a column from a row on.
fn cells(sheet: &Sheet, first: usize, column: usize) -> Vec<&Cell> {
    sheet.rows[first.min(sheet.rows.len())..].iter().filter_map(|row| row.get(column)).collect()
}

fn fingerprint_at(sheet: &Sheet, header_row: Option<usize>) -> String {
    if header_row.is_some() {
        return fingerprint("", &names(sheet, header_row));
    }
    let looks = |column| Target::by_content(&cells(sheet, 0, column)).map_or("", Target::code);
    fingerprint("looks-", &(0..header::width(sheet)).map(looks).collect::<Vec<_>>())
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
fn fingerprint(kind: &str, names: &[&str]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in names.iter().map(|name| crate::words::folded(name)).collect::<Vec<_>>().join("\u{1f}").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{kind}{}-{hash:016x}", names.len())
}

#[cfg(test)]
mod tests {
    use domain::Status;

    use super::{Confidence, Mapping, keys, propose, propose_sheet, status};
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
    fn a_corrected_header_row_is_found_again() {
        // Two rows look like names of columns; the first one is found.
        let text = "Gruppe;Ort;Telefon\nBezeichnung;Saal;Erreichbar unter\nAngst;VHS;030 123456\nMut;VHS;030 123457\n";
        let first = list(text);
        let mut kept = propose_sheet(&first.sheets[0], Some(1), &[]);
        assert_eq!((propose(&first, &[]).sheets[0].header_row, kept.header_row), (Some(0), Some(1)));
        kept.choose(1, Target::VenueName);
        let again = list("Gruppe;Ort;Telefon\n\nBezeichnung;Saal;Erreichbar unter\nSucht;Haus;030 1234\n");
        assert!(keys(&again.sheets[0]).contains(&kept.fingerprint) && keys(&again.sheets[0])[0] == kept.found);
        let proposed = propose(&again, std::slice::from_ref(&kept));
        assert_eq!((proposed.sheets[0].header_row, targets(&proposed)[1]), (Some(2), Target::VenueName));
        // Where the row above is missing, its names suffice.
        let bare = propose(&list("Stand Mai\nBezeichnung;Saal;Erreichbar unter\nA;b;c\n"), std::slice::from_ref(&kept));
        assert_eq!(bare.sheets[0].header_row, Some(1));
        // Where it stands alone it is the header, whatever was said of lists that had both.
        let alone = propose(&list("Gruppe;Ort;Telefon\nSucht;Haus;030 1234\n"), &[kept]);
        assert_eq!(alone.sheets[0].header_row, Some(0));
    }

    #[test]
    fn a_list_without_column_names_is_found_again() {
        // Groups whose names are words of other lists' headers.
        let text = "Bereich;Termine;x\nAngst;montags 18 Uhr;030 123456\nMut;dienstags 18 Uhr;030 123457\n";
        let first = list(text);
        assert_eq!(propose(&first, &[]).sheets[0].header_row, Some(0));
        let mut kept = propose_sheet(&first.sheets[0], None, &[]);
        kept.choose(0, Target::Topic);
        let longer = format!("{text}Sucht;mittwochs 18 Uhr;030 123458\n");
        let again = propose(&list(&longer), std::slice::from_ref(&kept));
        assert_eq!((again.sheets[0].header_row, targets(&again)[0]), (None, Target::Topic));
        assert_eq!(again.sheets[0].columns[0].confidence, Confidence::Remembered);
        let understood = crate::understand(&list(&longer), &again);
        assert_eq!(understood.drafts.len(), 4, "the first row is a group");
        let other = list("Angst;montags 18 Uhr;a@example.org\nMut;dienstags 18 Uhr;b@example.org\n");
        assert_eq!(propose(&other, &[kept]).sheets[0].columns[0].confidence, Confidence::ByContent);
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
