//! Bytes that nobody filled in: whatever comes, faults are told and nothing stops.

use gouji_model::Lang;
use gouji_sources::{blank, from_folder, from_workbook, to_folder, to_workbook};
use proptest::prelude::*;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The parts of a workbook that are looked at.
fn parts() -> Vec<(String, Vec<u8>)> {
    let bytes = to_workbook(&blank("shenzhen-2019", 2026), Lang::Zh).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().to_string(), bytes));
    }
    parts
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        writer.start_file(name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A cut of some bytes, with others in their place.
fn wound() -> impl Strategy<Value = (prop::sample::Index, prop::sample::Index, usize, Vec<u8>)> {
    let put = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        Just(b"<c r=\"XFD1048577\">".to_vec()),
        Just(b"99999999999999999999".to_vec()),
        Just(b"\"/>".to_vec()),
    ];
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..8usize, put)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_broken_workbook_never_stops_the_reader(wounds in prop::collection::vec(wound(), 1..4)) {
        let mut parts = parts();
        let is_read = |name: &str| name.contains("xl/") && !name.contains("drawing") && !name.contains("comments");
        parts.retain(|(name, _)| is_read(name) || name.starts_with(['[', '_']));
        for (part, at, cut, put) in wounds {
            let index = part.index(parts.len());
            let bytes = &mut parts[index].1;
            if !bytes.is_empty() {
                let start = at.index(bytes.len());
                let end = (start + cut).min(bytes.len());
                bytes.splice(start..end, put);
            }
        }
        let _ = from_workbook(&packed(&parts));
    }

    #[test]
    fn a_broken_folder_never_stops_the_reader(wounds in prop::collection::vec(wound(), 1..6)) {
        let mut files = to_folder(&blank("shenzhen-2019", 2026));
        for (file, at, cut, put) in wounds {
            let index = file.index(files.len());
            let bytes = &mut files[index].1;
            let start = at.index(bytes.len());
            let end = (start + cut).min(bytes.len());
            bytes.splice(start..end, put);
        }
        let _ = from_folder(&files);
    }
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    writer.start_file("xl/sharedStrings.xml", options).unwrap();
    for _ in 0..210 {
        writer.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    let faults = from_workbook(&bytes).unwrap_err();
    assert_eq!(faults[0].message(Lang::Zh), "工作簿过大，没有读取；请删去多余的工作表");
}
