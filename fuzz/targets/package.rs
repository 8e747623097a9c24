//! Bytes of the fuzzer to a package.

use gouji_read::Limits;
use std::io::{Cursor, Write};

/// Limits so small that one run is short.
fn limits() -> Limits {
    Limits {
        unpacked_bytes: 4 << 20,
        nodes: 100_000,
        cells: 5_000,
        stream_bytes: 4 << 20,
        streams_bytes: 8 << 20,
        page_bytes: 2 << 20,
        page_marks: 20_000,
        pages: 100,
        ..Limits::default()
    }
}

/// Reads the bytes as a file.
pub fn read(name: &str, bytes: Vec<u8>) {
    let document = gouji_read::read(vec![(name.into(), bytes)], &limits());
    for issue in &document.issues {
        assert!(!issue.text(language(true)).is_empty() && !issue.text(language(false)).is_empty());
    }
    for block in &document.blocks {
        if let gouji_read::Block::Table(table) = block {
            table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| assert!(document.slice(*cell).len() <= cell.end as usize));
        }
    }
}

fn language(is_chinese: bool) -> gouji_model::Lang {
    if is_chinese { gouji_model::Lang::Zh } else { gouji_model::Lang::En }
}

/// A package whose parts are those of the bytes that a byte 0xFF separates.
#[allow(dead_code)] // Formats that are no packages do without.
pub fn packed(names: &[&str], fixed: &[(&str, &str)], bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let parts = names.iter().copied().zip(bytes.split(|byte| *byte == 0xFF));
    let fixed = fixed.iter().map(|(name, text)| (*name, text.as_bytes()));
    for (name, part) in fixed.chain(parts) {
        writer.start_file(name, options).expect("memory can be written");
        writer.write_all(part).expect("memory can be written");
    }
    writer.finish().expect("memory can be written").into_inner()
}
