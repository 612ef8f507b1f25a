//! The comments ("Notizen", "Kommentare") of an Excel workbook's cells, which the reader of its cells leaves out.
//!
//! Where they stand: `xl/workbook.xml` names the sheets, its relationships the part of each sheet, that part's
//! relationships a part of comments (ECMA-376-1, 18.7 and 9.2). Newer, answered comments are in parts of their own;
//! Excel writes their words here too.

use std::collections::{HashMap, HashSet};
use std::io::{BufReader, Cursor, Read};

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Comment, FileError, Limits, MAX_UNPACKED};

/// More comments than this are no comments.
const MAX_COMMENTS: usize = 10_000;
/// Stands at the end of what Excel tells older versions before the words of an answered comment.
const NEWER: &str = "go.microsoft.com/fwlink/?linkid=870924";

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// The comments of all sheets by the sheet's name; those of a sheet in the order of rows and columns.
///
/// The archive must have been found within bounds before.
pub(super) fn read(bytes: &[u8], limits: &mut Limits) -> Result<HashMap<String, Vec<Comment>>, FileError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileError::Damaged)?;
    let main = relations(&mut archive, "", "")?.into_iter().find(|relation| relation.is("officeDocument"));
    let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let (folder, file) = split(&main);
    let parts = relations(&mut archive, folder, file)?;
    let mut comments: HashMap<String, Vec<Comment>> = HashMap::new();
    // A part belongs to one sheet; many sheets naming the same one are no reason to read it many times.
    let mut seen = HashSet::new();
    for (name, id) in sheets(&mut archive, &main)? {
        let Some(sheet) = parts.iter().find(|part| part.id == id) else { continue };
        let (folder, file) = split(&sheet.target);
        for relation in relations(&mut archive, folder, file)? {
            if !relation.is("comments") || !seen.insert(relation.target.clone()) {
                continue;
            }
            let found = part_of(&mut archive, &relation.target, &name, limits)?;
            comments.entry(name.clone()).or_default().extend(found);
        }
    }
    for comments in comments.values_mut() {
        comments.sort_by_key(|comment| (comment.row, comment.column));
    }
    Ok(comments)
}

/// One line of a part of relationships.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl Relation {
    /// The kind's address ends alike in both editions of the standard.
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// What belongs to a part, with addresses from the archive's root.
fn relations(archive: &mut Archive<'_>, folder: &str, file: &str) -> Result<Vec<Relation>, FileError> {
    let mut relations = Vec::new();
    walk(archive, &format!("{folder}_rels/{file}.rels"), |event| {
        if let Event::Start(tag) = event
            && tag.local_name().as_ref() == "Relationship"
        {
            let of = |name| attribute(tag, name).unwrap_or_default();
            relations.push(Relation { id: of("Id"), kind: of("Type"), target: from_root(folder, &of("Target")) });
        }
        Ok(())
    })?;
    Ok(relations)
}

/// Names of the sheets, each with the id of its part.
fn sheets(archive: &mut Archive<'_>, workbook: &str) -> Result<Vec<(String, String)>, FileError> {
    let mut sheets = Vec::new();
    walk(archive, workbook, |event| {
        if let Event::Start(tag) = event
            && tag.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "id"))
        {
            sheets.push((name, id));
        }
        Ok(())
    })?;
    Ok(sheets)
}

fn part_of(archive: &mut Archive<'_>, part: &str, sheet: &str, limits: &mut Limits) -> Result<Vec<Comment>, FileError> {
    let mut comments = Vec::new();
    let (mut place, mut text, mut said) = ((0, 0), String::new(), false);
    walk(archive, part, |event| {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "comment" => {
                    place = attribute(tag, "ref").as_deref().and_then(place_of).unwrap_or_default();
                    text.clear();
                }
                name => said = name == "t",
            },
            Event::Text(words) if said => text.push_str(&words.xml10_content()),
            Event::CData(words) if said => text.push_str(&words.xml10_content()),
            Event::GeneralRef(name) if said => match (resolve_xml_entity(name), name.resolve_char_ref()) {
                (Some(sign), _) => text.push_str(sign),
                (None, Ok(Some(sign))) => text.push(sign),
                (None, _) => return Err(FileError::Damaged),
            },
            Event::End(tag) => {
                said = false;
                if tag.local_name().as_ref() == "comment" {
                    let text = own_words(&text);
                    if !text.is_empty() {
                        let (row, column) = place;
                        limits.text(sheet, row, column, text)?;
                        comments.push(Comment { row, column, text: text.to_owned() });
                    }
                    if comments.len() > MAX_COMMENTS {
                        return Err(FileError::TooMuchText);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(comments)
}

/// Walks over the events of a part; a part that is not there has none.
fn walk(
    archive: &mut Archive<'_>,
    part: &str,
    mut each: impl FnMut(&Event<'_>) -> Result<(), FileError>,
) -> Result<(), FileError> {
    let Some(index) = archive.index_for_name(part) else { return Ok(()) };
    let part = archive.by_index(index).map_err(|_| FileError::Damaged)?;
    let mut reader = Reader::from_reader(BufReader::new(part.take(MAX_UNPACKED)));
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return Ok(()),
            Ok(event) => each(&event)?,
            Err(_) => return Err(FileError::Damaged),
        }
        buffer.clear();
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// "xl/worksheets/sheet1.xml" → "xl/worksheets/", "sheet1.xml".
fn split(path: &str) -> (&str, &str) {
    path.rfind('/').map_or(("", path), |slash| path.split_at(slash + 1))
}

/// "../comments1.xml" seen from "xl/worksheets/" → "xl/comments1.xml".
fn from_root(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// "B3" → row 2, column 1.
fn place_of(reference: &str) -> Option<(usize, usize)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at(digits);
    let row: usize = row.split(':').next()?.parse().ok()?;
    let mut column = 0_usize;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        let number = letter.is_ascii_uppercase().then(|| usize::from(letter - b'A') + 1)?;
        column = column.checked_mul(26)?.checked_add(number)?;
    }
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// What a person wrote, without what Excel writes before it for its older versions.
fn own_words(text: &str) -> &str {
    let own = text.find(NEWER).filter(|_| text.starts_with('[')).map_or(text, |at| &text[at + NEWER.len()..]);
    own.trim()
}

#[cfg(test)]
mod tests {
    use super::{from_root, own_words, place_of};

    #[test]
    fn places_and_paths_are_read() {
        assert_eq!(place_of("A1"), Some((0, 0)));
        assert_eq!(place_of("AB12:AC13"), Some((11, 27)));
        assert_eq!([place_of("A0"), place_of("7"), place_of("Ä1"), place_of(&"Z".repeat(99)), place_of("")], [None; 5]);
        assert_eq!(from_root("xl/worksheets/", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(from_root("xl/worksheets/", "/xl/comments/c.xml"), "xl/comments/c.xml");
        assert_eq!(from_root("", "../../../xl/workbook.xml"), "xl/workbook.xml");
    }

    #[test]
    fn what_excel_tells_its_older_versions_is_left_out() {
        let text = "[Kommentarthread]\n\nIhre Version von Excel gestattet das Lesen. Weitere Informationen: \
                    https://go.microsoft.com/fwlink/?linkid=870924\n\nKommentar:\n    Bitte nicht anrufen";
        assert_eq!(own_words(text), "Kommentar:\n    Bitte nicht anrufen");
        assert_eq!(own_words(" Ute: ruft an "), "Ute: ruft an");
    }
}
