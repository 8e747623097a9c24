//! A table as printed: its cells, its amounts, and what stands beside and above each amount.

use super::Amount;
use gouji_model::Span;
use gouji_read::{Block, Document, Table};

/// A table of the document.
pub(super) struct Grid {
    /// The texts without blanks.
    texts: Vec<Vec<String>>,
    /// The number of the amount in each cell.
    pub amounts: Vec<Vec<Option<usize>>>,
    /// The columns that hold amounts, from left to right.
    pub columns: Vec<usize>,
    /// The word of its title that sets its figures apart from those of other tables.
    pub topic: &'static str,
}

/// Words of titles: what a table of procurement, of operating cost or of one budget prints under a
/// code is not what other tables print under it. The first that a title holds counts.
const TOPICS: [&str; 7] = ["机关运行经费", "政府采购", "三公", "政府性基金", "国有资本", "一般公共预算", "财政拨款"];

/// The word that sets apart what a line is about.
pub(super) fn topic(line: &str) -> &'static str {
    TOPICS.iter().find(|topic| line.contains(**topic)).copied().unwrap_or("")
}

impl Grid {
    /// Every table that holds a bound amount.
    pub fn all(document: &Document, amounts: &[Amount]) -> Vec<Grid> {
        let (mut grids, mut title) = (Vec::new(), String::new());
        for block in &document.blocks {
            match block {
                // The title is the last line above that ends as titles do.
                Block::Paragraph(span) => {
                    let line: String = document.slice(*span).split_whitespace().collect();
                    if line.trim_end_matches(['）', ')']).ends_with('表') || line.contains("表（") {
                        title = line;
                    }
                }
                Block::Table(table) => grids.push(Grid::new(document, table, amounts, topic(&title))),
            }
        }
        grids.retain(|grid| !grid.columns.is_empty());
        grids
    }

    fn new(document: &Document, table: &Table, amounts: &[Amount], topic: &'static str) -> Grid {
        let text = |cell: &Span| document.slice(*cell).chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let amount = |cell: &Span| {
            let first = amounts.partition_point(|amount| amount.span < Span { end: 0, ..*cell });
            let inside = |at: &usize| !amounts[*at].in_prose && cell.contains(&amounts[*at].span);
            (first..amounts.len()).take_while(|at| amounts[*at].span.start < cell.end.max(cell.start + 1)).find(inside)
        };
        let texts: Vec<Vec<String>> = table.rows.iter().map(|row| row.cells.iter().map(text).collect()).collect();
        let found: Vec<Vec<Option<usize>>> =
            table.rows.iter().map(|row| row.cells.iter().map(amount).collect()).collect();
        let width = found.iter().map(Vec::len).max().unwrap_or(0);
        let holds = |column: &usize| found.iter().any(|row| row.get(*column).copied().flatten().is_some());
        let columns = (0..width).filter(holds).collect();
        Grid { texts, amounts: found, columns, topic }
    }

    /// The amount of a cell.
    pub fn at(&self, row: usize, column: usize) -> Option<usize> {
        self.amounts[row].get(column).copied().flatten()
    }

    /// The text of a cell without blanks.
    fn text(&self, row: usize, column: usize) -> &str {
        self.texts[row].get(column).map_or("", String::as_str)
    }

    /// Number of rows.
    pub fn height(&self) -> usize {
        self.amounts.len()
    }

    /// Code and words to the left of a column of amounts, up to the next such column.
    pub fn label(&self, row: usize, column: usize) -> (String, String) {
        let is_amounts = |column: &usize| self.columns.contains(column);
        let end = (0..column).rev().find(|at| !is_amounts(at)).map_or(0, |at| at + 1);
        let start = (0..end).rev().find(is_amounts).map_or(0, |at| at + 1);
        let (mut code, mut words) = (String::new(), String::new());
        for text in (start..end).map(|at| self.text(row, at)) {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let is_code = words.is_empty() && digits > 0 && (digits == text.len() || digits >= 3);
            code.push_str(if is_code { &text[..digits] } else { "" });
            words.push_str(bare(if is_code { &text[digits..] } else { text }));
        }
        (code, words)
    }

    /// The innermost words above the amounts of a column; a head that reaches over counts for all below it.
    pub fn head(&self, column: usize) -> &str {
        let first = (0..self.height()).find(|row| self.amounts[*row].iter().any(Option::is_some)).unwrap_or(0);
        let own = (0..first).rev().map(|row| self.text(row, column)).find(|text| !text.is_empty());
        let over = || {
            let cells = (0..first).rev().flat_map(|row| (0..column).rev().map(move |at| (row, at)));
            cells.map(|(row, at)| self.text(row, at)).find(|text| !text.is_empty())
        };
        bare(own.or_else(over).unwrap_or(""))
    }
}

/// The words without their number: `一、基本支出`, `（1）办公费`, `其中：工资`.
fn bare(text: &str) -> &str {
    let text = text.strip_prefix("其中").unwrap_or(text);
    let cut = text.char_indices().take(5).find(|(_, c)| "、.．:：)）".contains(*c));
    cut.map_or(text, |(at, mark)| &text[at + mark.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_label_is_no_part_of_it() {
        assert_eq!(
            ["一、基本支出", "1.办公费", "其中:工资", "项目支出"].map(bare),
            ["基本支出", "办公费", "工资", "项目支出"]
        );
    }
}
