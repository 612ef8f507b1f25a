//! Rows to drafts.

mod links;
mod row;

use domain::Status;

use crate::columns::Target;
use crate::draft::{RowSource, SheetNote, SheetResult, Understood};
use crate::header;
use crate::mapping::{ColumnMapping, Confidence, Mapping, SheetMapping};
use crate::table::{Cell, Comment, Sheet, Workbook};

/// Understands every row as the mapping says. Cells outside the mapping go to the notes, so that any mapping is safe.
/// Duplicates are not marked yet: see [`crate::duplicates::mark`].
pub fn understand(workbook: &Workbook, mapping: &Mapping) -> Understood {
    let mut understood = Understood::default();
    for (place, sheet) in workbook.sheets.iter().enumerate() {
        let unmapped = SheetMapping {
            sheet: sheet.name.clone(),
            header_row: None,
            fingerprint: String::new(),
            found: String::new(),
            status: Status::Draft,
            columns: Vec::new(),
        };
        let mapping = mapping.sheets.get(place).unwrap_or(&unmapped);
        let result = understand_sheet(place, sheet, mapping, &mut understood);
        understood.sheets.push(result);
    }
    understood
}

fn understand_sheet(place: usize, sheet: &Sheet, mapping: &SheetMapping, understood: &mut Understood) -> SheetResult {
    let mut result = SheetResult { name: sheet.name.clone(), status: mapping.status, drafts: 0, notes: Vec::new() };
    let columns: Vec<ColumnMapping> = (0..header::width(sheet))
        .map(|column| {
            mapping.columns.get(column).cloned().unwrap_or_else(|| ColumnMapping {
                header: header::letter(column),
                target: Target::Note,
                confidence: Confidence::Unknown,
            })
        })
        .collect();
    for (number, row) in sheet.rows.iter().enumerate() {
        let filled: Vec<(&ColumnMapping, &Cell)> =
            columns.iter().zip(row).filter(|(_, cell)| !cell.is_blank()).collect();
        let comments: Vec<String> = sheet.comments_of(number).iter().map(|comment| said(comment, mapping)).collect();
        if filled.is_empty() {
            result.notes.extend(comments.into_iter().map(|text| SheetNote { row: number + 1, text }));
            continue;
        }
        let above = mapping.header_row.is_some_and(|header| number < header);
        if mapping.header_row == Some(number) {
            // The names live on in the mapping and before every note; a name that was corrected away is kept here.
            for (column, cell) in filled.iter().filter(|(column, cell)| column.header != cell.text) {
                let text = format!("{}: {}", column.header, cell.text);
                result.notes.push(SheetNote { row: number + 1, text });
            }
            result.notes.extend(comments.into_iter().map(|text| SheetNote { row: number + 1, text }));
            continue;
        }
        let source = RowSource { sheet: place, sheet_name: sheet.name.clone(), row: number + 1 };
        let draft = if above { None } else { row::understand(&filled, &comments, source, mapping.status) };
        match draft {
            Some(draft) => {
                understood.drafts.push(draft);
                result.drafts += 1;
            }
            None => {
                let texts = filled.iter().map(|(column, cell)| {
                    if above { cell.text.clone() } else { format!("{}: {}", column.header, cell.text) }
                });
                result.notes.extend(texts.chain(comments).map(|text| SheetNote { row: number + 1, text }));
            }
        }
    }
    let below = sheet.comments.iter().filter(|comment| comment.row >= sheet.rows.len());
    result.notes.extend(below.map(|comment| SheetNote { row: comment.row + 1, text: said(comment, mapping) }));
    result
}

/// A comment as it stands in the notes.
fn said(comment: &Comment, mapping: &SheetMapping) -> String {
    let named = mapping.columns.get(comment.column).map(|column| column.header.clone());
    let column = named.unwrap_or_else(|| header::letter(comment.column));
    format!("Kommentar zu {column}: {}", comment.text)
}
