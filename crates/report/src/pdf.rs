//! A report as PDF: set by Typst from a fixed template, in which the report is data and never markup.
//!
//! The same report gives the same bytes: no clock, no random names, no file or font but those named here.

mod fonts;
mod pages;
mod widths;
mod world;

pub use fonts::{Fonts, Open};

use crate::document::Document;
use fonts::Chosen;
use std::collections::{BTreeMap, BTreeSet};
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::Closed;

const TEMPLATE: &str = include_str!("pdf/template.typ");
/// How many reports a layout is remembered for: a change of one figure is set again at once.
const REMEMBERED: usize = 4;

/// A report as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Characters that no font has, in order; each is drawn as the box of a missing glyph.
    pub missing: Vec<char>,
    /// True when the file conforms to PDF/UA-1; it is tagged in any case.
    pub accessible: bool,
}

/// Why a report cannot be set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A cell of a head lies outside of the head or upon another.
    #[error("{table}: the head cell {cell} lies outside of the head or upon another cell")]
    Head {
        /// The number of the table.
        table: String,
        /// The text of the cell.
        cell: String,
    },
    /// A row with too few or too many cells.
    #[error("{table}: row {row} has not one cell for each column")]
    Row {
        /// The number of the table.
        table: String,
        /// The row of the body, from 1.
        row: usize,
    },
    /// Typst refuses what the template makes of the report: a fault of ours.
    #[error("the report cannot be set as PDF: {0}")]
    Setting(String),
}

/// Sets a report and gives the bytes of its PDF.
pub fn pdf(document: &Document, fonts: &Fonts) -> Result<Pdf, PdfError> {
    let (pages, charts) = pages::pages(document, &fonts.ruler())?;
    let data = serde_json::to_string(&pages).map_err(|error| PdfError::Setting(error.to_string()))?;
    let mut files = BTreeMap::new();
    let mut characters = shown(&data);
    for (index, chart) in charts.into_iter().enumerate() {
        let svg = crate::chart::svg(chart);
        characters.extend(shown(&svg));
        files.insert(pages::chart_path(index + 1), svg.into_bytes());
    }
    let Chosen { faces, missing } = fonts.choose(&characters);
    let families: Vec<&str> = faces.iter().map(|face| face.info().family.as_str()).collect();
    let families = serde_json::to_vec(&families).map_err(|error| PdfError::Setting(error.to_string()))?;
    files.insert("/families.json".to_owned(), families);
    files.insert("/report.json".to_owned(), data.into_bytes());
    let (bytes, accessible) = set(&Closed::new(TEMPLATE, files, faces))?;
    typst::comemo::evict(REMEMBERED);
    Ok(Pdf { bytes, missing: missing.into_iter().collect(), accessible })
}

/// The file, and whether it conforms to PDF/UA-1. A report with missing glyphs or a level of headings left out
/// cannot conform, and is better published tagged than not at all.
fn set(world: &Closed) -> Result<(Vec<u8>, bool), PdfError> {
    let complain = |errors: &[SourceDiagnostic]| PdfError::Setting(complaint(world, errors));
    let pages = typst::compile(world).output.map_err(|errors| complain(&errors))?;
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| PdfError::Setting(error.message().to_string()))?;
    match typst_pdf::pdf(&pages, &options(standards)) {
        Ok(bytes) => Ok((bytes, true)),
        Err(_) => typst_pdf::pdf(&pages, &options(PdfStandards::default()))
            .map(|bytes| (bytes, false))
            .map_err(|errors| complain(&errors)),
    }
}

fn options(standards: PdfStandards) -> PdfOptions {
    let creator = Smart::Custom(Some(concat!("Gouji ", env!("CARGO_PKG_VERSION")).to_owned()));
    PdfOptions { creator, timestamp: None, tagged: true, standards, ..PdfOptions::default() }
}

fn complaint(world: &Closed, errors: &[SourceDiagnostic]) -> String {
    let said = errors.iter().map(|error| match world.line(error.span) {
        Some(line) => format!("{} (line {line} of the template)", error.message),
        None => error.message.to_string(),
    });
    said.collect::<Vec<_>>().join("; ")
}

/// The characters of a text that need a glyph.
fn shown(text: &str) -> BTreeSet<char> {
    text.chars().filter(|&character| !character.is_control() && !is_invisible(character)).collect()
}

/// Characters that steer the setting of others and are never drawn.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
