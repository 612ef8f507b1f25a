//! CSV (RFC 4180) as programs really write it.
//!
//! The `csv` crate divides text into cells. Three things are added here: the delimiter is found out, rows are numbered
//! as the office sees them in its program (blank rows count, a cell of several lines is in one row), and a quotation
//! mark that never closes is an error, not a very long cell.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord};

use super::{Cell, FileError, Limits, MAX_COLUMNS, MAX_ROWS, Sheet, Workbook};

const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// Comes after the last row, in a row of its own. No text holds it (see `encoding`), so whatever cell it turns up in
/// was opened and never closed.
const END: &str = "\0";

/// Reads the text of a list.
pub(super) fn read(text: &str) -> Result<Workbook, FileError> {
    let text = text.trim_start_matches('\u{feff}');
    let (text, delimiter) = hinted(text).unwrap_or_else(|| (text, delimiter(text)));
    Ok(Workbook { sheets: vec![Sheet { rows: rows(text, delimiter)?, ..Sheet::default() }] })
}

/// Excel's own hint, a first line "sep=;": what follows it, and the delimiter.
fn hinted(text: &str) -> Option<(&str, u8)> {
    let hint = text.get(..4).filter(|hint| hint.eq_ignore_ascii_case("sep="))?;
    let delimiter = *text.as_bytes().get(hint.len())?;
    let is_sign = delimiter.is_ascii() && !matches!(delimiter, b'"' | b'\r' | b'\n');
    let rest = text.find(['\r', '\n']).map_or("", |end| &text[end..]);
    is_sign.then_some((rest, delimiter))
}

fn rows(text: &str, delimiter: u8) -> Result<Vec<Vec<Cell>>, FileError> {
    let end = format!("\n{END}");
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes().chain(end.as_bytes()));
    let (mut rows, mut limits, mut record) = (Vec::new(), Limits::default(), StringRecord::new());
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        // Text in memory reads to its end, and it is UTF-8.
        if !reader.read_record(&mut record).map_err(|_| FileError::NotText)? {
            break;
        }
        // The reader skips blank rows before a record.
        let row = rows.len() + blank_rows(text, start);
        if row > MAX_ROWS * 4 {
            return Err(FileError::TooManyRows);
        }
        if record.len() == 1 && &record[0] == END {
            break;
        }
        rows.resize_with(row, Vec::new);
        rows.push(cells(&record, row, &mut limits)?);
    }
    while rows.last().is_some_and(Vec::is_empty) {
        rows.pop();
    }
    Ok(rows)
}

/// How many line ends stand at `start`, the rest of one that was begun before left out.
fn blank_rows(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let begun = start > 0 && bytes.get(start - 1) == Some(&b'\r') && bytes.get(start) == Some(&b'\n');
    let ends = bytes.get(start + usize::from(begun)..).unwrap_or_default();
    let ends = &ends[..ends.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(ends.len())];
    ends.iter().enumerate().filter(|(at, byte)| **byte == b'\r' || *at == 0 || ends[at - 1] != b'\r').count()
}

/// The cells of a row up to the last that holds anything.
fn cells(record: &StringRecord, row: usize, limits: &mut Limits) -> Result<Vec<Cell>, FileError> {
    if record.iter().any(|cell| cell.contains(END)) {
        return Err(FileError::UnclosedQuote { row: row + 1 });
    }
    if record.len() > MAX_COLUMNS * 10 {
        return Err(FileError::TooManyColumns);
    }
    let mut cells: Vec<Cell> = record.iter().map(Cell::text).collect();
    cells.truncate(cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1));
    for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
        limits.cell("", row, column, &cell.text)?;
    }
    Ok(cells)
}

/// The sign between column names that are known; without such names the one that divides most lines alike.
fn delimiter(text: &str) -> u8 {
    let names = |sign: u8| {
        let known = |line: &str| {
            line.split(char::from(sign))
                .filter(|name| crate::columns::Target::by_name(name.trim_matches('"')).is_some())
                .count()
        };
        text.lines().take(40).map(known).filter(|known| *known > 1).max().unwrap_or(0)
    };
    let alike = |sign: u8| {
        let counts = counts(text, char::from(sign));
        let most = counts.iter().copied().max().unwrap_or(0);
        let lines_with = |n: usize| counts.iter().filter(|count| **count == n).count();
        let usual = (1..=most.min(MAX_COLUMNS)).max_by_key(|n| lines_with(*n)).unwrap_or(0);
        let share = lines_with(usual) * 1_000 / counts.len().max(1);
        share * share * usual.min(20)
    };
    DELIMITERS.into_iter().rev().max_by_key(|sign| (names(*sign), alike(*sign))).unwrap_or(b';')
}

/// How often a sign stands in each line that is not blank, quoted signs left out.
fn counts(text: &str, sign: char) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut count, mut blank, mut quoted) = (0, true, false);
    for c in text.chars().take(100_000).chain(['\n']) {
        match c {
            '"' => quoted = !quoted,
            '\n' if !quoted => {
                if !blank {
                    counts.push(count);
                }
                (count, blank) = (0, true);
            }
            c if c == sign && !quoted => count += 1,
            _ => {}
        }
        blank &= c.is_whitespace();
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::{FileError, read};

    fn rows(text: &str) -> Vec<Vec<String>> {
        read(text).unwrap().sheets[0].rows.iter().map(|r| r.iter().map(|c| c.text.clone()).collect()).collect()
    }

    #[test]
    fn all_usual_delimiters_are_found() {
        for sign in [";", ",", "\t", "|"] {
            let text = format!("Gruppe{sign}Ort{sign}Tel.\nAngst{sign}\"Haus 1{sign} Raum 2\"{sign}030 1\n");
            assert_eq!(rows(&text)[1], ["Angst", &format!("Haus 1{sign} Raum 2"), "030 1"], "{sign:?}");
        }
        assert_eq!(rows("sep=,\nGruppe,Ort; Raum\n")[1], ["Gruppe", "Ort; Raum"]);
    }

    #[test]
    fn commas_in_sentences_do_not_outvote_semicolons() {
        let text = "Gruppe;Text\nA;Offen, herzlich, froh, bunt\nB;Eins, zwei, drei, vier\nC;x\n";
        assert_eq!(rows(text)[1].len(), 2);
    }

    #[test]
    fn cells_of_several_lines_and_blank_rows_count_as_in_a_spreadsheet() {
        assert_eq!(
            rows("A;B\r\n\r\n\"eins\r\nzwei \"\"drei\"\"\";x\r\n"),
            [vec!["A".to_owned(), "B".to_owned()], vec![], vec!["eins\r\nzwei \"drei\"".to_owned(), "x".to_owned()]]
        );
    }

    #[test]
    fn rows_are_numbered_alike_whatever_ends_a_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["", "A;B", "", "", "1;\"x", "y\"", " ;", "2;", "", ""].join(end);
            let found = rows(&text);
            assert_eq!(found.len(), 7, "{end:?}");
            assert_eq!((found[1].len(), found[4][0].as_str(), found[6].len()), (2, "1", 1), "{end:?}");
            assert_eq!(found[4][1], format!("x{end}y"));
        }
        assert_eq!(rows("sep=\"\nGruppe;Ort\n").len(), 2, "no delimiter, so no hint");
    }

    #[test]
    fn a_quotation_mark_that_never_closes_is_named_by_its_row() {
        assert_eq!(read("A;B\nx;\"y\nz;1\n"), Err(FileError::UnclosedQuote { row: 2 }));
        assert_eq!(read("A;B\n\n\n\"x\n\"\"\n\"\""), Err(FileError::UnclosedQuote { row: 4 }));
        assert_eq!(rows("A;B\n\"\"\"x\"\"\";\"\"")[1], ["\"x\""]);
        assert_eq!(rows("A;B\n\"Neuer Mut\" Gruppe;1\n")[1][0], "Neuer Mut Gruppe");
    }

    #[test]
    fn limits_hold() {
        assert_eq!(read(&"a;b\n".repeat(6_000)), Err(FileError::TooManyRows));
        assert_eq!(read(&"a;".repeat(200)), Err(FileError::TooManyColumns));
        assert_eq!(read(&format!("a{}", ";".repeat(2_000))), Err(FileError::TooManyColumns));
        assert_eq!(read(&format!("a;b\n{}c;d", "\n".repeat(30_000))), Err(FileError::TooManyRows));
        assert_eq!(rows(&format!("a;b\n{}", "\n".repeat(10_000))).len(), 1);
        let long = format!("Name;b\n{};c\n", "x".repeat(10_001));
        assert_eq!(read(&long), Err(FileError::CellTooLong { sheet: String::new(), row: 2, column: 1 }));
    }
}
