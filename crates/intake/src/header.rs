//! Where a list begins: the row of column names, after titles and blank rows.

use crate::columns::Target;
use crate::table::Sheet;

/// Titles above a list are few.
const LOOKED_AT: usize = 40;

/// Rows that may hold the names of the columns: the first ones with anything in them.
pub fn candidates(sheet: &Sheet) -> impl Iterator<Item = usize> {
    let filled = |row: &usize| sheet.rows[*row].iter().any(|cell| !cell.is_blank());
    (0..sheet.rows.len().min(LOOKED_AT)).filter(filled)
}

/// The place of the header row, from 0; `None` when the sheet has none.
pub fn find(sheet: &Sheet) -> Option<usize> {
    sheet.rows.iter().take(LOOKED_AT).position(|row| {
        let filled = row.iter().filter(|cell| !cell.is_blank()).count();
        let known = row.iter().filter(|cell| Target::by_name(&cell.text).is_some()).count();
        // A list of names only has a header of one word.
        known >= 4 || (known >= 2 && known * 2 >= filled) || (known == 1 && filled == 1 && width(sheet) == 1)
    })
}

/// The number of columns that hold anything.
pub fn width(sheet: &Sheet) -> usize {
    sheet.rows.iter().filter_map(|row| row.iter().rposition(|cell| !cell.is_blank())).max().map_or(0, |last| last + 1)
}

/// What a column without a name is called: "Spalte A", as in a spreadsheet.
pub fn letter(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or_default()));
        left /= 26;
    }
    format!("Spalte {}", letters.iter().rev().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{find, letter};
    use crate::table::{Cell, Sheet};

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let rows = rows.iter().map(|row| row.iter().map(|text| Cell::text(text)).collect()).collect();
        Sheet { rows, ..Sheet::default() }
    }

    #[test]
    fn the_header_stands_after_titles_and_blank_rows() {
        let list = sheet(&[
            &["Selbsthilfegruppen Stand Oktober", "", ""],
            &[],
            &["Nr.", "Gruppe", "Tel."],
            &["1", "Angst", "0"],
        ]);
        assert_eq!(find(&list), Some(2));
        assert_eq!(find(&sheet(&[&["Angst", "montags"], &["Sucht", "dienstags"]])), None);
        assert_eq!(find(&sheet(&[&["Gruppe"], &["Angst"]])), Some(0));
    }

    #[test]
    fn columns_are_called_as_in_a_spreadsheet() {
        assert_eq!([letter(0), letter(25), letter(26), letter(99)], ["Spalte A", "Spalte Z", "Spalte AA", "Spalte CV"]);
    }
}
