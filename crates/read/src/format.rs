//! Which format a file is of, by what is in it: names end as people like.

use crate::compound::Compound;

/// A format that is told by the first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Pdf,
    /// A zip package: DOCX, XLSX, OFD or something else.
    Package,
    /// A compound file with a workbook in it.
    OldWorkbook,
    /// A document that a program has to convert first.
    Legacy(Legacy),
    /// An OOXML package behind a password.
    Encrypted,
    /// A compound file of something else.
    OtherCompound,
    Html,
    Text,
}

/// A document format that has to be converted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legacy {
    /// DOC, or WPS of the same kind.
    Doc,
    /// RTF, often named .doc.
    Rtf,
}

impl Legacy {
    /// The name of the format, in Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Legacy::Doc => "DOC 或 WPS 文件",
            Legacy::Rtf => "RTF 文件",
        }
    }

    /// How files of the format are named.
    pub const fn ending(self) -> &'static str {
        match self {
            Legacy::Doc => "doc",
            Legacy::Rtf => "rtf",
        }
    }
}

/// The format of these bytes.
pub(crate) fn format_of(bytes: &[u8]) -> Format {
    if bytes.starts_with(b"%PDF") {
        return Format::Pdf;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Format::Package;
    }
    if bytes.starts_with(b"{\\rtf") {
        return Format::Legacy(Legacy::Rtf);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return compound_format(bytes);
    }
    if begins_with_markup(bytes) { Format::Html } else { Format::Text }
}

/// A format that has to be converted before it is read.
pub fn legacy_format(bytes: &[u8]) -> Option<Legacy> {
    match format_of(bytes) {
        Format::Legacy(legacy) => Some(legacy),
        _ => None,
    }
}

fn compound_format(bytes: &[u8]) -> Format {
    let Some(compound) = Compound::open(bytes) else { return Format::OtherCompound };
    let has = |name: &str| compound.has(name);
    if has("EncryptedPackage") {
        Format::Encrypted
    } else if has("Workbook") || has("Book") {
        Format::OldWorkbook
    } else if has("WordDocument") || has("WpsDocument") {
        Format::Legacy(Legacy::Doc)
    } else {
        Format::OtherCompound
    }
}

/// The text begins with an element of HTML; what may stand before one is passed over.
fn begins_with_markup(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4_096)];
    let decoded = match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, _)) => encoding.decode(head).0.into_owned(),
        None => String::from_utf8_lossy(head).into_owned(),
    };
    let mut rest = decoded.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    for (begin, end) in [("<?xml", "?>"), ("<!--", "-->"), ("<!--", "-->")] {
        if let Some(after) =
            rest.strip_prefix(begin).and_then(|inner| inner.find(end).map(|at| &inner[at + end.len()..]))
        {
            rest = after.trim_start();
        }
    }
    let lower: String = rest.chars().take(20).collect::<String>().to_ascii_lowercase();
    let Some(tag) = lower.strip_prefix('<') else { return false };
    let names = [
        "!doctype html",
        "html",
        "head",
        "body",
        "table",
        "div",
        "p",
        "meta",
        "title",
        "style",
        "script",
        "span",
        "h1",
        "h2",
        "h3",
        "center",
        "font",
        "link",
        "section",
        "article",
    ];
    names.iter().any(|name| {
        tag.strip_prefix(name)
            .is_some_and(|after| after.is_empty() || after.starts_with(['>', ' ', '\n', '\r', '\t', '/']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_known_by_its_first_element() {
        for html in [
            "<!DOCTYPE html>",
            "\u{feff}  <html lang=zh>",
            "<?xml version='1.0'?>\n<!-- x --><html>",
            "<TABLE border=1>",
        ] {
            assert_eq!(format_of(html.as_bytes()), Format::Html, "{html}");
        }
        for text in ["2024年部门预算\n<html>", "<2024年>", "<部门>", "", "<pre>", "{"] {
            assert_eq!(format_of(text.as_bytes()), Format::Text, "{text}");
        }
        let utf16: Vec<u8> = "\u{feff}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(format_of(&utf16), Format::Html);
    }
}
