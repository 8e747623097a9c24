//! Amounts that are printed in two places as the same fact: equal as far as both are printed, and
//! named alike by code, row, column or sentence.

use super::grid::Grid;
use super::{Amount, Tie};
use gouji_read::Document;

/// How an amount is named where it stands.
#[derive(Default)]
struct Name {
    /// The table and row; none in prose.
    row: Option<(usize, usize)>,
    code: String,
    /// The words beside it, and those above its column.
    words: [String; 2],
    /// What its table is about.
    topic: &'static str,
    /// In prose: the words before it, as far back as its sentence goes.
    before: String,
}

/// Characters of a sentence that name an amount.
const NEAR: usize = 60;

/// Heads that stand above every amount and name none.
const PLAIN: [&str; 5] = ["金额", "预算数", "决算数", "金额合计", "小计"];

/// Characters right before an amount, where a total is named.
const CLOSE: usize = 12;

/// Every pair of printings.
pub(super) fn repeats(document: &Document, grids: &[Grid], amounts: &[Amount]) -> Vec<Tie> {
    let names = names(document, grids, amounts);
    let mut order: Vec<usize> = (0..amounts.len()).filter(|at| !amounts[*at].is_change).collect();
    order.sort_by_key(|at| amounts[*at].value);
    let mut found = Vec::new();
    for (at, left) in order.iter().enumerate() {
        for right in &order[at + 1..] {
            let (one, other) = (&amounts[*left], &amounts[*right]);
            let apart = other.value - one.value;
            // No figure of a report is printed coarser than to ten thousand yuan.
            if apart > 10_i128.pow(10) {
                break;
            }
            let meets = apart == 0 || 2 * apart < one.tick + other.tick;
            if meets && is_one_fact(&names[*left], &names[*right], one.value == 0) {
                found.push(Tie { of: vec![*left, *right], apart, is_sum: false });
            }
        }
    }
    found
}

fn names(document: &Document, grids: &[Grid], amounts: &[Amount]) -> Vec<Name> {
    let mut names: Vec<Name> = amounts
        .iter()
        .map(|amount| Name {
            before: if amount.in_prose { before(document, amount) } else { String::new() },
            ..Name::default()
        })
        .collect();
    for (table, grid) in grids.iter().enumerate() {
        for row in 0..grid.height() {
            for column in &grid.columns {
                if let Some(at) = grid.at(row, *column) {
                    let (code, words) = grid.label(row, *column);
                    let row = Some((table, row));
                    let head = Some(grid.head(*column)).filter(|head| !PLAIN.contains(head)).unwrap_or("");
                    names[at] =
                        Name { row, code, words: [words, head.to_owned()], topic: grid.topic, ..Name::default() };
                }
            }
        }
    }
    names
}

/// The words of the sentence before an amount, without blanks.
fn before(document: &Document, amount: &Amount) -> String {
    let text = &document.files[usize::from(amount.span.file)].text[..amount.span.end as usize];
    let back = text.chars().rev().filter(|c| !c.is_whitespace()).take_while(|c| *c != '。').take(NEAR);
    let reversed: Vec<char> = back.collect();
    reversed.into_iter().rev().collect()
}

fn is_one_fact(left: &Name, right: &Name, is_zero: bool) -> bool {
    match (left.row, right.row) {
        (Some(one), Some(other)) => {
            if one.0 == other.0 || left.topic != right.topic {
                return false;
            }
            let same_code = !left.code.is_empty() && left.code == right.code;
            same_code || left.words.iter().any(|word| right.words.iter().any(|other| is_alike(word, other, is_zero)))
        }
        (Some(_), None) => is_named(left, &right.before, is_zero),
        (None, Some(_)) => is_named(right, &left.before, is_zero),
        // Two sentences mean one fact only where they name it alike; how they go on is not read.
        (None, None) => false,
    }
}

/// Both are totals, or one word is the end of the other.
fn is_alike(left: &str, right: &str, is_zero: bool) -> bool {
    let long = |word: &str| word.chars().count() >= if is_zero { 4 } else { 2 };
    let totals = !is_zero && left.contains('计') && right.contains('计');
    totals || long(left) && long(right) && (left.ends_with(right) || right.ends_with(left))
}

/// A sentence names the row or the column of a cell, of the same year and stage of the budget.
fn is_named(cell: &Name, sentence: &str, is_zero: bool) -> bool {
    let characters: Vec<char> = sentence.chars().collect();
    let near: String = characters[characters.len().saturating_sub(CLOSE)..].iter().collect();
    let clause = sentence.rsplit(['，', ',', '；', '：']).next().unwrap_or(sentence);
    let planned = clause.contains("年初预算") && !cell.words.iter().any(|word| word.contains("预算"));
    if planned || clause.contains("执行数") {
        return false;
    }
    let total = !is_zero && cell.words.iter().any(|word| word.contains('计'));
    let sums = ["计", "总额", "预算", "决算", "收入", "支出"];
    let long = |word: &str| word.chars().count() >= if is_zero { 4 } else { 3 };
    let has = |word: &&str| long(word) && sentence.contains(*word);
    total && sums.iter().any(|word| near.contains(word))
        || cell.words.iter().any(|word| has(&word.trim_end_matches("支出")) || has(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_known_by_its_name() {
        let cell = |table: usize, code: &str, words: &str| Name {
            row: Some((table, 3)),
            code: code.to_owned(),
            words: [words.to_owned(), String::new()],
            ..Name::default()
        };
        let said = |before: &str| Name { before: before.to_owned(), ..Name::default() };
        assert!(is_one_fact(&cell(0, "301", "工资福利支出"), &cell(1, "301", "工资"), false));
        assert!(is_one_fact(&cell(0, "", "项目支出"), &said("其中项目支出"), false));
        assert!(!is_one_fact(&cell(0, "", "项目支出"), &said("项目支出年初预算为"), false));
        assert!(!is_one_fact(&cell(0, "", "会议费"), &said("培训费"), false));
        assert!(!is_one_fact(&cell(0, "301", "工资"), &cell(0, "301", "工资"), false));
    }
}
