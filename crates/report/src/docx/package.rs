//! The parts of the package and what ties them together.

use super::{DocxError, styles};
use crate::document::Document;
use crate::escape::markup;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "application/vnd.openxmlformats-officedocument";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
/// No clock is read: every report has the same date of making.
const MADE: &str = "2000-01-01T00:00:00Z";

/// Packs the body and its charts together with everything that a Word document needs beside them.
pub(super) fn pack(document: &Document, body: String, charts: Vec<String>) -> Result<Vec<u8>, DocxError> {
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), content_types(charts.len())),
        ("_rels/.rels".to_owned(), package_relations()),
        ("docProps/core.xml".to_owned(), core(document)),
        ("docProps/app.xml".to_owned(), app()),
        ("word/document.xml".to_owned(), body),
        ("word/styles.xml".to_owned(), styles::styles()),
        ("word/fontTable.xml".to_owned(), styles::fonts()),
        ("word/settings.xml".to_owned(), styles::settings()),
        ("word/footer1.xml".to_owned(), styles::footer()),
        ("word/_rels/document.xml.rels".to_owned(), document_relations(charts.len())),
    ];
    parts.extend(charts.into_iter().enumerate().map(|(at, xml)| (format!("word/charts/chart{}.xml", at + 1), xml)));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        package.start_file(name, options)?;
        package.write_all(XML.as_bytes())?;
        package.write_all(xml.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

fn content_types(charts: usize) -> String {
    let word = |part: &str, kind: &str| {
        format!("<Override PartName=\"/word/{part}.xml\" ContentType=\"{OFFICE}.wordprocessingml.{kind}+xml\"/>")
    };
    let mut out = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"{OFFICE}.extended-properties+xml\"/>"
    );
    out.push_str(&word("document", "document.main"));
    out.push_str(&word("styles", "styles"));
    out.push_str(&word("fontTable", "fontTable"));
    out.push_str(&word("settings", "settings"));
    out.push_str(&word("footer1", "footer"));
    for chart in 1..=charts {
        out.push_str(&format!(
            "<Override PartName=\"/word/charts/chart{chart}.xml\" ContentType=\"{OFFICE}.drawingml.chart+xml\"/>"
        ));
    }
    out + "</Types>"
}

fn package_relations() -> String {
    format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{RELATIONS}/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>"
    )
}

fn document_relations(charts: usize) -> String {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
    };
    let mut out = format!("<Relationships xmlns=\"{PACKAGE}/relationships\">");
    out.push_str(&relation("styles", "styles", "styles.xml"));
    out.push_str(&relation("fonts", "fontTable", "fontTable.xml"));
    out.push_str(&relation("settings", "settings", "settings.xml"));
    out.push_str(&relation("footer1", "footer", "footer1.xml"));
    for chart in 1..=charts {
        out.push_str(&relation(&format!("chart{chart}"), "chart", &format!("charts/chart{chart}.xml")));
    }
    out + "</Relationships>"
}

fn core(document: &Document) -> String {
    format!(
        "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>zh-CN</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{MADE}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{MADE}</dcterms:modified></cp:coreProperties>",
        markup(&document.title),
        markup(&document.entity)
    )
}

fn app() -> String {
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
     <Application>gouji</Application></Properties>"
        .to_owned()
}
