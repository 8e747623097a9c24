//! Numbers of tables that are no amounts: codes of subjects, numbers of rows and columns, years.

use crate::numbers::only_numbers;
use gouji_read::Table;

/// Words in the head of a column whose numbers are no amounts.
const HEADS: [&str; 9] = ["编码", "代码", "序号", "行次", "栏次", "科目编号", "年度", "年份", "电话"];

/// Heads that stand alone over a part of a split code.
const PARTS: [&str; 3] = ["类", "款", "项"];

/// Which numbers of a table are no amounts.
pub(super) struct Codes {
    columns: Vec<bool>,
    rows: Vec<bool>,
    shaped: Vec<Vec<bool>>,
}

impl Codes {
    pub fn of(table: &Table, texts: &[Vec<&str>]) -> Self {
        let width = texts.iter().map(Vec::len).max().unwrap_or(0);
        let columns = (0..width).map(|column| is_code_column(table, texts, column)).collect();
        let rows = texts.iter().map(|row| counts_columns(row) || leads_to_page(row)).collect();
        let shaped = texts
            .iter()
            .map(|row| (0..row.len()).map(|column| is_code(row[column]) && names_code(row, column)).collect())
            .collect();
        Self { columns, rows, shaped }
    }

    /// The number of this cell is no amount.
    pub fn holds(&self, row: usize, column: usize) -> bool {
        self.columns[column] || self.rows[row] || self.shaped[row][column]
    }
}

/// The head says so, or the numbers count the rows.
fn is_code_column(table: &Table, texts: &[Vec<&str>], column: usize) -> bool {
    let cell = |row: usize| texts[row].get(column).map_or(String::new(), |text| compact(text));
    let first = (0..texts.len()).find(|row| only_numbers(&cell(*row)).is_some()).unwrap_or(0);
    let covering = |row: usize| {
        let over = table.merges.iter().find(|merge| {
            let (top, left) = (merge.row as usize, merge.column as usize);
            (top..top + merge.rows as usize).contains(&row) && (left..left + merge.columns as usize).contains(&column)
        });
        let text = over.and_then(|merge| texts.get(merge.row as usize)?.get(merge.column as usize));
        text.map_or(String::new(), |text| compact(text))
    };
    let heads: Vec<String> = (0..first).flat_map(|row| [cell(row), covering(row)]).collect();
    let said = heads.iter().any(|head| {
        head.chars().count() <= 12 && HEADS.iter().any(|word| head.contains(word)) || PARTS.contains(&head.as_str())
    });
    let numbers: Vec<u32> = (first..texts.len()).filter_map(|row| cell(row).parse().ok()).collect();
    let counts = numbers.len() >= 3 && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1) && numbers[0] <= 1;
    said || counts
}

/// 栏次: the cells count the columns.
fn counts_columns(row: &[&str]) -> bool {
    let cells: Vec<String> = row.iter().map(|text| compact(text)).filter(|text| !text.is_empty()).collect();
    let numbers: Vec<u32> = cells.iter().filter_map(|text| text.parse().ok()).collect();
    let said = cells.first().is_some_and(|text| text == "栏次" || text == "行次");
    said || numbers.len() >= 3
        && numbers.len() + 1 >= cells.len()
        && numbers[0] <= 2
        && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

/// A line of the contents: dots lead to the number of a page.
fn leads_to_page(row: &[&str]) -> bool {
    row.iter().any(|text| text.contains("...") || text.contains('…') || text.contains("···"))
}

/// Three, five or seven digits, or two in a column of parts: a code by its shape.
fn is_code(text: &str) -> bool {
    let text = compact(text);
    matches!(text.len(), 2 | 3 | 5 | 7) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What follows is a name, and the rest of the code, if any, stands right before it.
fn names_code(row: &[&str], column: usize) -> bool {
    let after = row[column + 1..].iter().map(|text| compact(text)).find(|text| !is_code(text) && !text.is_empty());
    let beside = row[column + 1..].iter().map(|text| compact(text)).take(3).any(|text| is_name(&text));
    let first = row[..column].iter().map(|text| compact(text)).all(|text| text.is_empty() || is_code(&text));
    beside
        && after.is_some_and(|text| is_name(&text))
        && (first || !row[column].starts_with('0') && row[column].len() >= 3)
}

fn is_name(text: &str) -> bool {
    text.chars().any(|character| character as u32 > 0x2E80)
}

fn compact(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_rows_and_columns_are_told_from_amounts() {
        let texts = vec![
            vec!["科目编码", "科目名称", "金额", "金额"],
            vec!["栏次", "1", "2", "3"],
            vec!["20101", "人大事务", "301", "12.5"],
            vec!["", "合计", "500", "500"],
            vec!["301", "工资福利支出", "302", "商品服务"],
            vec!["一、部门概况.....", "3", "", ""],
        ];
        let codes = Codes::of(&Table::default(), &texts);
        assert!(codes.holds(2, 0) && codes.holds(1, 2) && codes.holds(4, 2) && codes.holds(5, 1));
        assert!(!codes.holds(2, 2) && !codes.holds(3, 2) && !codes.holds(3, 3));
    }
}
