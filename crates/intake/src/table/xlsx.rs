//! Excel workbooks, unpacked within bounds.

use std::io::{Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use jiff::civil::Date;

use super::{Cell, FileError, Limits, MAX_SHEETS, MAX_UNPACKED, Sheet, Workbook, comments};

/// A workbook has a few dozen parts.
const MAX_PARTS: usize = 2_000;

/// Reads all sheets, hidden ones too.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, FileError> {
    guard(bytes)?;
    // The reader is not ours; should it panic on a crafted file, that file is damaged and nothing else.
    std::panic::catch_unwind(|| sheets(bytes)).unwrap_or(Err(FileError::Damaged))
}

/// Refuses what would unpack to too much: first by what the archive declares, then, as that may be a lie, by unpacking
/// every part up to the bound and throwing it away.
fn guard(bytes: &[u8]) -> Result<(), FileError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileError::Damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(FileError::UnpacksTooLarge);
    }
    let mut declared = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| FileError::Damaged)?;
        declared = declared.saturating_add(part.size());
    }
    if declared > MAX_UNPACKED {
        return Err(FileError::UnpacksTooLarge);
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| FileError::Damaged)?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| FileError::Damaged)?;
        left = left.checked_sub(unpacked).ok_or(FileError::UnpacksTooLarge)?;
    }
    Ok(())
}

fn sheets(bytes: &[u8]) -> Result<Workbook, FileError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| FileError::Damaged)?;
    let names = book.sheet_names();
    if names.len() > MAX_SHEETS {
        return Err(FileError::TooManySheets);
    }
    let mut limits = Limits::default();
    let mut workbook = Workbook::default();
    let mut rows_before = 0;
    for name in names {
        // Chart sheets have no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        // Cell by cell: a sheet with one cell in its last corner must not become a table of 17 billion.
        while let Some(found) = cells.next_cell().map_err(|_| FileError::Damaged)? {
            let (row, column) = found.get_position();
            let (row, column) = (row as usize, column as usize);
            let cell = cell(found.get_value());
            if cell.is_blank() {
                continue;
            }
            limits.cell(&name, rows_before + row, column, &cell.text)?;
            if rows.len() <= row {
                rows.resize_with(row + 1, Vec::new);
            }
            if rows[row].len() <= column {
                rows[row].resize_with(column + 1, Cell::default);
            }
            rows[row][column] = cell;
        }
        rows_before += rows.len();
        workbook.sheets.push(Sheet { name, rows, comments: Vec::new() });
    }
    let mut comments = comments::read(bytes, &mut limits)?;
    for sheet in &mut workbook.sheets {
        sheet.comments = comments.remove(&sheet.name).unwrap_or_default();
    }
    Ok(workbook)
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::default(),
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Int(number) => Cell::text(&number.to_string()),
        DataRef::Float(number) => Cell::text(&number.to_string()),
        DataRef::Bool(true) => Cell::text("ja"),
        DataRef::Bool(false) => Cell::text("nein"),
        DataRef::DateTime(moment) => moment_cell(*moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell { text: text.clone(), date: text.get(..10).and_then(|day| day.parse().ok()) }
        }
        DataRef::Error(error) => Cell::text(&error.to_string()),
    }
}

/// Excel's days: a whole number is a day, a fraction a time of day.
fn moment_cell(moment: ExcelDateTime) -> Cell {
    let serial = moment.as_f64();
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    if moment.is_duration() || serial < 1.0 {
        return Cell::text(&format!("{hour:02}:{minute:02}"));
    }
    let date = i16::try_from(year)
        .ok()
        .zip(i8::try_from(month).ok().zip(i8::try_from(day).ok()))
        .and_then(|(year, (month, day))| Date::new(year, month, day).ok());
    let Some(date) = date else { return Cell::text(&serial.to_string()) };
    if serial.fract() > 0.000_01 {
        return Cell { text: format!("{date} {hour:02}:{minute:02}"), date: Some(date) };
    }
    Cell { text: date.to_string(), date: Some(date) }
}
