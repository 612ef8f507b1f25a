//! CSV (RFC 4180) as programs really write it.
//!
//! An own reader, because row numbers must be those that the office sees in its program (blank rows count, cells of
//! several lines are one row) and because a quotation mark that never closes must be an error, not a very long cell.

use super::{Cell, FileError, Limits, Sheet, Workbook};

const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// Reads the text of a list.
pub(super) fn read(text: &str) -> Result<Workbook, FileError> {
    let (text, delimiter) = match text.trim_start_matches('\u{feff}') {
        // Excel's own hint
        hinted if hinted.get(..4).is_some_and(|hint| hint.eq_ignore_ascii_case("sep=")) => {
            let delimiter = hinted.chars().nth(4).unwrap_or(';');
            let rest = hinted.find('\n').map_or("", |end| &hinted[end..]);
            (rest, delimiter)
        }
        plain => (plain, delimiter(plain)),
    };
    let rows = Reader { text: text.chars().peekable(), delimiter, limits: Limits::default() }.rows()?;
    Ok(Workbook { sheets: vec![Sheet { name: String::new(), rows }] })
}

/// The sign between column names that are known; without such names the one that divides most lines alike.
fn delimiter(text: &str) -> char {
    let names = |sign: char| {
        let known = |line: &str| {
            line.split(sign).filter(|name| crate::columns::Target::by_name(name.trim_matches('"')).is_some()).count()
        };
        text.lines().take(40).map(known).filter(|known| *known > 1).max().unwrap_or(0)
    };
    let alike = |sign: char| {
        let counts = counts(text, sign);
        let most = counts.iter().copied().max().unwrap_or(0);
        let lines_with = |n: usize| counts.iter().filter(|count| **count == n).count();
        let usual = (1..=most.min(super::MAX_COLUMNS)).max_by_key(|n| lines_with(*n)).unwrap_or(0);
        let share = lines_with(usual) * 1_000 / counts.len().max(1);
        share * share * usual.min(20)
    };
    DELIMITERS.into_iter().rev().max_by_key(|sign| (names(*sign), alike(*sign))).unwrap_or(';')
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

struct Reader<'a> {
    text: std::iter::Peekable<std::str::Chars<'a>>,
    delimiter: char,
    limits: Limits,
}

impl Reader<'_> {
    fn rows(mut self) -> Result<Vec<Vec<Cell>>, FileError> {
        let mut rows = vec![Vec::new()];
        while self.text.peek().is_some() {
            let row = rows.len() - 1;
            let cell = self.cell(row)?;
            let column = rows[row].len();
            if !cell.trim().is_empty() {
                self.limits.cell("", row, column, cell.trim())?;
            } else if column > super::MAX_COLUMNS * 10 {
                return Err(FileError::TooManyColumns);
            }
            rows[row].push(Cell::text(&cell));
            match self.text.next() {
                Some('\n') => rows.push(Vec::new()),
                Some('\r') => {
                    self.text.next_if_eq(&'\n');
                    rows.push(Vec::new());
                }
                _ => {}
            }
            if rows.len() > super::MAX_ROWS * 4 {
                return Err(FileError::TooManyRows);
            }
        }
        for row in &mut rows {
            while row.last().is_some_and(Cell::is_blank) {
                row.pop();
            }
        }
        while rows.last().is_some_and(Vec::is_empty) {
            rows.pop();
        }
        Ok(rows)
    }

    /// Reads up to the delimiter or the end of the row, which stays.
    fn cell(&mut self, row: usize) -> Result<String, FileError> {
        let mut cell = String::new();
        if self.text.next_if_eq(&'"').is_some() {
            loop {
                match self.text.next() {
                    Some('"') if self.text.next_if_eq(&'"').is_some() => cell.push('"'),
                    Some('"') => break,
                    Some(c) => cell.push(c),
                    None => return Err(FileError::UnclosedQuote { row: row + 1 }),
                }
            }
        }
        let delimiter = self.delimiter;
        while let Some(c) = self.text.next_if(|c| *c != delimiter && *c != '\n' && *c != '\r') {
            cell.push(c);
        }
        Ok(cell)
    }
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
    fn a_quotation_mark_that_never_closes_is_named_by_its_row() {
        assert_eq!(read("A;B\nx;\"y\nz;1\n"), Err(FileError::UnclosedQuote { row: 2 }));
        assert_eq!(rows("A;B\n\"Neuer Mut\" Gruppe;1\n")[1][0], "Neuer Mut Gruppe");
    }

    #[test]
    fn limits_hold() {
        assert_eq!(read(&"a;b\n".repeat(6_000)), Err(FileError::TooManyRows));
        assert_eq!(read(&"a;".repeat(200)), Err(FileError::TooManyColumns));
        let long = format!("Name;b\n{};c\n", "x".repeat(10_001));
        assert_eq!(read(&long), Err(FileError::CellTooLong { sheet: String::new(), row: 2, column: 1 }));
    }
}
