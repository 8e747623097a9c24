//! The lines of the parsed tables by name: code, name and amounts must stand in their columns as read.

use super::rows::folded;
use serde_json::Value;

/// The amounts of each table in the order of its columns.
const COLUMNS: [(&str, &[&str]); 4] = [
    ("income_summary", &["total", "fiscal", "business", "operation", "other"]),
    ("expenditure_summary", &["total", "basic", "project"]),
    ("general_budget", &["total", "basic", "project"]),
    ("basic_expenditure", &["total", "personnel", "public"]),
];

/// The lines of a table that have no row as read with every part in its column, and their number.
pub(super) fn misplaced(value: &Value, key: &str, read: &[Vec<String>]) -> (usize, Vec<String>) {
    let Some((_, columns)) = COLUMNS.iter().find(|(table, _)| *table == key) else { return (0, Vec::new()) };
    let items = value.get("line_items").and_then(Value::as_array).into_iter().flatten();
    let own = items.filter(|item| item.get("table_key").and_then(Value::as_str) == Some(key));
    // Economic codes have two parts, function codes three; then come the name and the amounts.
    let parts = if key == "basic_expenditure" { 2 } else { 3 };
    let rows: Vec<Vec<String>> = own.map(|item| row_of(item, parts, columns)).collect();
    let missing = rows.iter().filter(|row| !read.contains(row)).map(|row| row.join("|")).collect();
    (rows.len(), missing)
}

fn row_of(item: &Value, parts: usize, columns: &[&str]) -> Vec<String> {
    // Blank fields were written as the database writes them.
    let text = |field: &str| item.get(field).and_then(Value::as_str).filter(|text| *text != "\\N").unwrap_or_default();
    let amount = |name: &&str| {
        let value = item.get("values_json").and_then(|values| values.get(*name)).and_then(Value::as_i64);
        value.map_or_else(String::new, grouped)
    };
    let codes = ["class_code", "type_code", "item_code"].into_iter().take(parts);
    let words = codes.chain(["item_name"]).map(|field| folded(text(field)));
    words.chain(columns.iter().map(amount)).collect()
}

/// With separators at thousands, as the page prints it.
fn grouped(value: i64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stands_in_its_columns() {
        let item = r#"{"line_items": [{"table_key": "general_budget", "class_code": "201", "type_code": "05",
            "item_code": "\\N", "item_name": "统计", "values_json": {"basic": 0, "total": 1257700, "project": 1257700}}]}"#;
        let value: Value = serde_json::from_str(item).unwrap();
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let read = [row(&["201", "05", "", "统计", "1,257,700", "0", "1,257,700"])];
        assert_eq!(misplaced(&value, "general_budget", &read), (1, Vec::new()));
        let shifted = [row(&["201", "", "05", "统计", "1,257,700", "0", "1,257,700"])];
        assert_eq!(misplaced(&value, "general_budget", &shifted).1.len(), 1);
    }
}
