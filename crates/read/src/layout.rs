//! Sheets to blocks: tables first, then the lines around them, then what goes on over pages.

mod aligned;
mod flow;
mod grid;
mod ink;
mod lattice;
mod lines;

pub(crate) use ink::APART;

use crate::Limits;
use crate::document::{Area, Document, Page, SourceFile};
use crate::issue::Issue;
use crate::sheet::{Letter, Sheet};
use flow::{Flow, Piece};
use grid::Grid;
use lattice::Lattice;

/// Lays out the pages of one file: adds its blocks to the document and returns the file.
pub(crate) fn lay_out(
    document: &mut Document,
    path: String,
    sheets: Vec<Sheet>,
    limits: &Limits,
    issues: &mut Vec<Issue>,
) -> SourceFile {
    let mut flow = Flow::new(document.next_file(), limits);
    let mut pages = Vec::new();
    for sheet in sheets {
        pages.push(Page { width: sheet.width, height: sheet.height, rulings: sheet.rulings.clone() });
        let shown = (sheet.number, sheet.turns, (sheet.width, sheet.height));
        let sheet = sheet.upright();
        let height = sheet.height;
        flow.add_page(shown, height, pieces_of(sheet, limits));
    }
    let (mut source, mut blocks) = flow.finish(path, issues);
    source.pages = pages;
    document.blocks.append(&mut blocks);
    source
}

/// The tables and lines of a page, from top to bottom.
fn pieces_of(sheet: Sheet, limits: &Limits) -> Vec<Piece> {
    let mut lattices = lattice::lattices(&sheet.rulings, limits.cells);
    // The smaller table first: what stands in a frame around a table belongs to the table.
    lattices.sort_by_key(|lattice| i64::from(lattice.area().width()) * i64::from(lattice.area().height()));
    let mut parts: Vec<Vec<Letter>> = vec![Vec::new(); lattices.len()];
    let mut rest = Vec::new();
    for letter in sheet.letters {
        let at = lattices.iter().position(|lattice| holds(lattice, &letter));
        match at {
            Some(at) => parts[at].push(letter),
            None => rest.push(letter),
        }
    }
    let mut pieces = Vec::new();
    for (lattice, letters) in lattices.iter().zip(parts) {
        if letters.iter().all(|letter| letter.character.is_whitespace()) {
            continue;
        }
        let (grid, outside) = grid::ruled(lattice, letters);
        rest.extend(outside);
        pieces.push(Piece::Table(grid));
    }
    let (grids, lines) = aligned::aligned(lines::lines_of(rest));
    pieces.extend(grids.into_iter().map(Piece::Table));
    pieces.extend(lines.into_iter().map(Piece::Line));
    pieces.sort_by_key(|piece| (piece.area().top, piece.area().left));
    pieces
}

fn holds(lattice: &Lattice, letter: &Letter) -> bool {
    let (x, y) = (letter.middle(), (letter.area.top + letter.area.bottom) / 2);
    lattice.cell_at(x, y).is_some()
}

impl Piece {
    fn area(&self) -> Area {
        match self {
            Piece::Table(Grid { area, .. }) => *area,
            Piece::Line(line) => line.area,
        }
    }
}
