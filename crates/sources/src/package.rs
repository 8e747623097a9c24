//! What the reader of workbooks does not tell: how large the parts are, and which rows are hidden.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// All parts together; a workbook of books is far smaller.
const LARGEST: u64 = 200 << 20;

/// True when the parts of a package are together no larger than can be read.
///
/// The sizes that a package states may lie, so that the parts are unpacked once, without keeping them.
pub(crate) fn is_readable(bytes: &[u8]) -> Option<bool> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut left = LARGEST;
    for index in 0..archive.len() {
        let part = archive.by_index(index).ok()?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).ok()?;
        match left.checked_sub(size) {
            Some(rest) => left = rest,
            None => return Some(false),
        }
    }
    Some(true)
}

/// Rows that are hidden, by the name of their sheet, from 1; empty when the package cannot be read so.
pub(crate) fn hidden_rows(bytes: &[u8]) -> BTreeMap<String, Vec<u32>> {
    let mut hidden = BTreeMap::new();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return hidden };
    let targets: BTreeMap<String, String> =
        elements(&part(&mut archive, "xl/_rels/workbook.xml.rels"), "Relationship", &["Id", "Target"])
            .into_iter()
            .map(|[id, target]| (id, target))
            .collect();
    for [name, id] in elements(&part(&mut archive, "xl/workbook.xml"), "sheet", &["name", "id"]) {
        let Some(target) = targets.get(&id) else { continue };
        let path = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_string(),
            None => format!("xl/{target}"),
        };
        let rows = elements(&part(&mut archive, &path), "row", &["r", "hidden"]);
        let is_hidden = |[_, hidden]: &[String; 2]| hidden == "1" || hidden == "true";
        let rows = rows.iter().filter(|row| is_hidden(row)).filter_map(|[row, _]| row.parse().ok()).collect();
        hidden.insert(name, rows);
    }
    hidden
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Ok(part) = archive.by_name(path) {
        // What could not be read to its end is read as far as it goes.
        let _ = part.take(LARGEST).read_to_end(&mut bytes);
    }
    bytes
}

/// Two attributes of every element, by their names without a prefix; an attribute that is missing is empty.
fn elements(xml: &[u8], name: &str, keys: &[&str; 2]) -> Vec<[String; 2]> {
    let mut reader = Reader::from_reader(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) if element.local_name().as_ref() == name => {
                found.push([attribute(&element, keys[0]), attribute(&element, keys[1])]);
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, key: &str) -> String {
    let found = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == key);
    found.map_or(String::new(), |attribute| {
        quick_xml::escape::unescape(&attribute.value).map_or(String::new(), |text| text.into())
    })
}
