//! Which printed sums differ from their parts.

use super::lattice::Members;
use super::{Figure, Figures};
use crate::contents::title;
use crate::document::{Block, Cell, Document, Table};
use gouji_model::books::Books;
use gouji_model::{Lang, Printed};

/// A sum of a table that differs, as printed, from what its parts add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclosed {
    /// The number and the title of its table.
    pub table: String,
    /// What stands first in its row.
    pub row: String,
    /// The lowest words of the head of its column.
    pub column: String,
    /// Where its parts stand.
    pub along: Along,
    /// The sum as printed.
    pub sum: Printed,
    /// What the printed parts add up to.
    pub parts: Printed,
}

/// Where the parts of a sum stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// Beside it.
    Row,
    /// Above or below it.
    Column,
}

impl Unclosed {
    /// `表三 部门支出总表，科学技术支出，合计：10，各栏相加 9`.
    pub fn text(&self, lang: Lang) -> String {
        let Unclosed { table, row, column, .. } = self;
        let (sum, parts) = (self.sum.grouped(), self.parts.grouped());
        match (lang, self.along) {
            (Lang::Zh, Along::Row) => format!("{table}，{row}，{column}：{sum}，同行分项相加 {parts}"),
            (Lang::Zh, Along::Column) => format!("{table}，{row}，{column}：{sum}，同列分项相加 {parts}"),
            (Lang::En, Along::Row) => format!("{table}, {row}, {column}: {sum}, its parts in the row make {parts}"),
            (Lang::En, Along::Column) => {
                format!("{table}, {row}, {column}: {sum}, its parts in the column make {parts}")
            }
        }
    }
}

/// Every sum of every table that does not close, in the order of the pages.
pub(crate) fn unclosed(books: &Books, figures: &Figures, document: &Document) -> Vec<Unclosed> {
    let mut out = Vec::new();
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    for table in tables {
        let amounts = amounts(books, figures, table);
        let mut look = |along, one: &dyn Fn(&Amount) -> usize, count: usize| {
            for line in 0..count {
                let line: Vec<&Amount> = amounts.iter().filter(|amount| one(amount) == line).collect();
                out.extend(differing(&line).into_iter().map(|(sum, parts)| named(table, along, sum, parts)));
            }
        };
        look(Along::Row, &|amount| amount.row, table.rows.len());
        look(Along::Column, &|amount| amount.column, table.columns.len());
    }
    out
}

/// An amount of a table with its postings.
struct Amount {
    row: usize,
    column: usize,
    printed: Printed,
    members: Members,
}

fn amounts(books: &Books, figures: &Figures, table: &Table) -> Vec<Amount> {
    let mut out = Vec::new();
    for (row, cells) in table.rows.iter().enumerate() {
        for (column, cell) in cells.cells.iter().enumerate() {
            let Cell::Amount { printed, at } = cell else { continue };
            let own = figures.at(at, printed.unit(), printed.decimals());
            // Two figures of the same coordinates may have other parts: the nearer is meant.
            let nearest = own.iter().min_by_key(|figure: &&Figure| (figure.fen - printed.atoms()).abs());
            if let Some(members) = nearest.and_then(|figure| Members::of(books, figure)) {
                out.push(Amount { row, column, printed: *printed, members });
            }
        }
    }
    out
}

/// The sums of a line that its parts do not make up, with what they make.
fn differing<'a>(line: &[&'a Amount]) -> Vec<(&'a Amount, i64)> {
    let is_part = |own: &Amount, whole: &Amount| own.members != whole.members && own.members.within(&whole.members);
    let mut out = Vec::new();
    for sum in line {
        let parts: Vec<&Amount> = line.iter().copied().filter(|own| is_part(own, sum)).collect();
        let largest = parts.iter().filter(|own| !parts.iter().any(|other| is_part(own, other)));
        let mut made: Vec<i64> = largest.filter_map(|first| cover(sum, first, &parts)).collect();
        made.sort_unstable();
        made.dedup();
        out.extend(made.into_iter().filter(|made| *made != sum.printed.digits()).map(|made| (*sum, made)));
    }
    out
}

/// What the parts beginning with `first` make, where they are the whole without overlap: the larger ones come first.
fn cover(sum: &Amount, first: &Amount, parts: &[&Amount]) -> Option<i64> {
    let mut left: Vec<&Amount> = parts.iter().copied().filter(|own| own.members.is_apart(&first.members)).collect();
    let mut covered = first.members.clone();
    let mut made = first.printed.digits();
    while let Some(next) = left.iter().position(|own| !left.iter().any(|other| is_larger(other, own))) {
        let next = left.swap_remove(next);
        covered.add(&next.members);
        made += next.printed.digits();
        left.retain(|own| own.members.is_apart(&next.members));
    }
    (covered == sum.members).then_some(made)
}

fn is_larger(one: &Amount, other: &Amount) -> bool {
    one.members != other.members && other.members.within(&one.members)
}

fn named(table: &Table, along: Along, sum: &Amount, parts: i64) -> Unclosed {
    let words = |cell: &Cell| match cell {
        Cell::Text(text) => Some(text.trim().to_owned()),
        _ => None,
    };
    let before = table.rows[sum.row].cells[..sum.column].iter().rev();
    let row = before.filter_map(words).next().unwrap_or_default();
    let above = table.head.iter().filter(|cell| (cell.column..cell.column + cell.columns).contains(&sum.column));
    let column = above.max_by_key(|cell| cell.row).map(|cell| cell.text.clone()).unwrap_or_default();
    let parts = Printed::new(parts, sum.printed.decimals(), sum.printed.unit())
        .expect("the decimals and the unit are those of a figure that is printed");
    Unclosed { table: title(table), row, column, along, sum: sum.printed, parts }
}
