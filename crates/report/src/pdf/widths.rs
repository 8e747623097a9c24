//! How wide the columns of a table are and how large its type is, so that no figure is cut and no line runs over the edge.

use super::fonts::Ruler;
use crate::document::{Cell, ColumnKind, HeadCell, Row, RowKind, Table};
use std::ops::Range;

/// Lengths are in points. A4 with 24 mm beside the text, as the template sets it.
const ACROSS: f64 = 595.28 - 2.0 * MARGIN;
const ACROSS_LANDSCAPE: f64 = 841.89 - 2.0 * MARGIN;
const MARGIN: f64 = 68.0;
/// What the template leaves beside the text of a cell, both sides and the rule.
const PADDING: f64 = 7.0;
/// A row higher than this may be parted between pages; any other stays whole.
const TALLEST_WHOLE: f64 = 320.0;
const LINE: f64 = 1.5;
/// A little more than the text, in ems, for the stroke of bold type and for what rounding takes.
const STROKE: f64 = 0.1;

/// The sizes that are tried, from 五号 down to what is still read on paper.
const SIZES: [f64; 7] = [10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5];
/// For tables that are too wide even on a page on its side.
const SMALL_SIZES: [f64; 6] = [7.0, 6.5, 6.0, 5.5, 5.0, 4.5];
/// How much of its wish a column gets, and the smallest size at which that is better than less room for larger type.
const PASSES: [(f64, f64); 3] = [(1.0, 8.5), (0.5, 8.0), (0.0, 7.5)];

/// How a table is set.
pub(super) struct Measures {
    pub(super) size: f64,
    pub(super) widths: Vec<f64>,
    pub(super) landscape: bool,
}

/// The room a column asks for, in ems of text.
struct Need {
    least: f64,
    wished: f64,
    /// Its part in the room that is left over.
    weight: f64,
}

/// The largest type at which the table fits on its page, and the widths of its columns.
pub(super) fn measure(table: &Table, ruler: &Ruler) -> Measures {
    let needs: Vec<Need> = (0..table.columns.len()).map(|column| need(table, column, ruler)).collect();
    let orientations: &[bool] = if table.landscape { &[true] } else { &[false, true] };
    for &landscape in orientations {
        for (share, smallest) in PASSES {
            for size in SIZES.into_iter().filter(|&size| size >= smallest) {
                if total(&needs, size, share) <= room(landscape) {
                    return Measures { size, widths: spread(&needs, size, room(landscape)), landscape };
                }
            }
        }
    }
    let fits = |&size: &f64| total(&needs, size, 0.0) <= room(true);
    let size = SMALL_SIZES.into_iter().find(fits).unwrap_or(SMALL_SIZES[SMALL_SIZES.len() - 1]);
    Measures { size, widths: spread(&needs, size, room(true)), landscape: true }
}

impl Measures {
    /// The room for text, in ems, of a cell over these columns.
    pub(super) fn room_ems(&self, columns: Range<usize>) -> f64 {
        (self.widths[columns].iter().sum::<f64>() - PADDING) / self.size
    }

    /// The width in ems at which the lines of a head cell are as few as its room allows and of like length.
    pub(super) fn head_ems(&self, cell: &HeadCell, ruler: &Ruler) -> f64 {
        let room = self.room_ems(cell.column..cell.column + cell.columns);
        let (whole, word) = extent(&cell.text, ruler);
        let lines = ((whole + STROKE) / room).ceil().max(1.0);
        ((whole / lines).ceil().max(word) + STROKE).min(room)
    }

    /// True for a row that would leave most of a page white if it had to stay whole.
    pub(super) fn is_tall(&self, row: &Row, ruler: &Ruler) -> bool {
        row.cells.iter().zip(&self.widths).any(|(cell, width)| {
            let lines: f64 =
                cell.text().lines().map(|line| (ruler.width(line) * self.size / (width - PADDING)).ceil()).sum();
            lines * self.size * LINE > TALLEST_WHOLE
        })
    }
}

/// The text with line breaks in words of Latin letters and figures that are longer than a line: Typst would let them run over the edge.
pub(super) fn broken(text: &str, room_ems: f64, ruler: &Ruler) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = 0.0;
    for character in text.chars() {
        let width = ruler.width(character.encode_utf8(&mut [0; 4]));
        word = if character.is_ascii_graphic() { word + width } else { 0.0 };
        if word > room_ems && word > width {
            out.push('\n');
            word = width;
        }
        out.push(character);
    }
    out
}

/// How far the names of each row are moved in, in ems: by the level of a group, a line by that of the group it stands in.
pub(super) fn indents(rows: &[Row]) -> Vec<f64> {
    let mut within: u8 = 0;
    let indent = |row: &Row| match row.kind {
        RowKind::Total => {
            within = 0;
            0.0
        }
        RowKind::Group(level) => {
            within = level;
            f64::from(level.saturating_sub(1))
        }
        RowKind::Leaf => f64::from(within),
    };
    rows.iter().map(indent).collect()
}

/// The column that is moved in: the first of names.
pub(super) fn indented_column(columns: &[ColumnKind]) -> Option<usize> {
    columns.iter().position(|kind| *kind == ColumnKind::Name)
}

fn room(landscape: bool) -> f64 {
    if landscape { ACROSS_LANDSCAPE } else { ACROSS }
}

fn total(needs: &[Need], size: f64, share: f64) -> f64 {
    needs.iter().map(|need| need.at(size, share)).sum()
}

impl Need {
    fn at(&self, size: f64, share: f64) -> f64 {
        (self.least + share * (self.wished - self.least)) * size + PADDING
    }
}

/// What is left of the room goes first to the wishes, then by weight; where there is too little all columns shrink alike.
fn spread(needs: &[Need], size: f64, room: f64) -> Vec<f64> {
    let (least, wished) = (total(needs, size, 0.0), total(needs, size, 1.0));
    let widths: Vec<f64> = if wished <= room {
        let weights: f64 = needs.iter().map(|need| need.weight * need.wished).sum();
        let part = |need: &Need| (room - wished) * need.weight * need.wished / weights.max(f64::MIN_POSITIVE);
        needs.iter().map(|need| need.at(size, 1.0) + part(need)).collect()
    } else if least <= room {
        let share = (room - least) / (wished - least);
        needs.iter().map(|need| need.at(size, share)).collect()
    } else {
        needs.iter().map(|need| need.at(size, 0.0) * room / least).collect()
    };
    // Hundredths of a point: what lies beyond is noise that would only make files differ.
    widths.into_iter().map(|width| (width * 100.0).floor() / 100.0).collect()
}

fn need(table: &Table, column: usize, ruler: &Ruler) -> Need {
    let indents = indents(&table.rows);
    let indented = indented_column(&table.columns) == Some(column);
    let widest = table.rows.iter().zip(&indents).filter_map(|(row, indent)| {
        let text = row.cells.get(column).map(Cell::text)?;
        let line = text.lines().map(|line| ruler.width(line)).fold(0.0, f64::max);
        Some(if indented && line > 0.0 { line + indent } else { line })
    });
    let widest = widest.fold(0.0, f64::max) + STROKE;
    let (head_least, head_wished) = head_need(table, column, ruler);
    let (least, wished, weight) = match table.columns[column] {
        ColumnKind::Amount => (widest, widest, 1.0),
        ColumnKind::Code => (widest.min(16.0), widest.min(16.0), 0.5),
        ColumnKind::Name => (widest.min(6.0), widest.min(16.0), 1.5),
        ColumnKind::Text => (widest.min(8.0), widest.min(30.0), 3.0),
    };
    Need { least: least.max(head_least), wished: wished.max(head_wished), weight }
}

/// The width in ems of a text, and of its longest word of Latin letters and figures.
fn extent(text: &str, ruler: &Ruler) -> (f64, f64) {
    let words = text.split(|character: char| !character.is_ascii_graphic());
    let word = words.map(|word| ruler.width(word)).fold(0.0, f64::max);
    (ruler.width(text), word)
}

/// A head may be broken into four lines, better into two; words of Latin letters and figures stay whole.
fn head_need(table: &Table, column: usize, ruler: &Ruler) -> (f64, f64) {
    let own = table.head.iter().filter(|cell| cell.column == column && cell.columns == 1);
    own.fold((2.1_f64, 2.1_f64), |(least, wished), cell| {
        let (whole, word) = extent(&cell.text, ruler);
        let in_lines = |lines: f64| (whole / lines).ceil().max(word).min(whole.max(2.0)) + STROKE;
        (least.max(in_lines(4.0)), wished.max(in_lines(2.0)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::Fonts;
    use gouji_model::{Coordinates, Printed, Unit};

    fn table_of(kinds: &[ColumnKind], figure: &str, head: &str) -> Table {
        let amount =
            || Cell::Amount { printed: Printed::parse(figure, Unit::Yuan).unwrap(), at: Coordinates::default() };
        let cell = |kind: &ColumnKind| {
            if *kind == ColumnKind::Amount { amount() } else { Cell::Text("某某项目经费".to_owned()) }
        };
        let cells = || kinds.iter().map(cell).collect();
        let head_cell = |column| HeadCell { text: head.to_owned(), row: 0, column, rows: 1, columns: 1 };
        Table {
            number: "表一".to_owned(),
            title: "某表".to_owned(),
            kind: String::new(),
            entity: String::new(),
            unit: String::new(),
            columns: kinds.to_vec(),
            head: (0..kinds.len()).map(head_cell).collect(),
            head_rows: 1,
            rows: vec![Row { kind: RowKind::Leaf, cells: cells() }, Row { kind: RowKind::Total, cells: cells() }],
            note: None,
            landscape: false,
        }
    }

    #[test]
    fn no_figure_is_cut_and_no_table_runs_over_the_edge() {
        let ruler = Fonts::embedded().ruler();
        for amounts in 1..=24 {
            for figure in ["0.00", "-5", "123456789.01", "-12345678901.23"] {
                let mut kinds = vec![ColumnKind::Code, ColumnKind::Name];
                kinds.resize(2 + amounts, ColumnKind::Amount);
                let table = table_of(&kinds, figure, "对附属单位补助支出");
                let set = measure(&table, &ruler);
                assert!(set.widths.iter().sum::<f64>() <= room(set.landscape), "{amounts} × {figure}");
                let needed = ruler.width(&table.rows[0].cells[2].text()) * set.size + PADDING;
                let fits = set.widths[2..].iter().all(|&width| width >= needed);
                assert!(fits || set.size == SMALL_SIZES[5], "{amounts} × {figure} at {}: {:?}", set.size, set.widths);
            }
        }
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken_and_no_other() {
        let ruler = Fonts::embedded().ruler();
        assert_eq!(broken("见00000000与000", 5.0 * 0.562, &ruler), "见00000\n000与000");
        assert_eq!(broken("一二三四五六", 2.0, &ruler), "一二三四五六");
        assert_eq!(broken("00", 0.1, &ruler), "0\n0");
    }

    #[test]
    fn a_table_is_turned_only_when_it_must_be() {
        let ruler = Fonts::embedded().ruler();
        let of = |amounts: usize| measure(&table_of(&vec![ColumnKind::Amount; amounts], "61447.00", "合计"), &ruler);
        assert_eq!((of(3).size, of(3).landscape), (10.5, false));
        assert_eq!((of(16).landscape, of(16).size >= 7.5), (true, true));
    }

    #[test]
    fn the_lines_of_a_head_are_of_one_length() {
        let ruler = Fonts::embedded().ruler();
        let cell = HeadCell { text: "公用经费".to_owned(), row: 0, column: 0, rows: 1, columns: 1 };
        let set = Measures { size: 10.0, widths: vec![PADDING + 32.0], landscape: false };
        assert_eq!(set.head_ems(&cell, &ruler), 2.0 + STROKE);
    }
}
