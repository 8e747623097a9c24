//! A rule's page in the terminal: the same page the rule's source opens with.

use crate::checked::pick;
use crate::text::{Colour, TextStyle};
use crate::view::rule;
use crate::width::{pad_right, width, wrap};
use gouji_model::Lang;

/// A code that no rule has, with the codes that come nearest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule {code}")]
pub struct UnknownCode {
    /// The code as given.
    pub code: String,
    /// The codes most like it, best first.
    pub nearest: Vec<&'static str>,
}

impl UnknownCode {
    /// What is wrong and which codes come near.
    pub fn text(&self, lang: Lang) -> String {
        let nearest = self.nearest.join(pick(lang, "、", ", "));
        match lang {
            Lang::Zh => format!("没有代码为 {} 的规则；相近的有：{nearest}；gouji explain 列出全部", self.code),
            Lang::En => format!("there is no rule {}; nearest: {nearest}; gouji explain lists all", self.code),
        }
    }
}

/// The page of one rule, drawn for the terminal.
pub fn render_page(code: &str, style: &TextStyle) -> Result<String, UnknownCode> {
    let wanted = code.trim().to_uppercase();
    let by_name = || gouji_check::rules().iter().find(|rule| rule.name == code.trim()).copied();
    match rule(&wanted).or_else(by_name) {
        Some(rule) => {
            let trial = if rule.is_preview() { pick(style.lang, "（试行）", " (preview)") } else { "" };
            let head = emphasis(&format!("{} {}{trial}", rule.code, rule.name), style);
            Ok(format!("{head}\n\n{}", markdown(&rule.page(style.lang), style)))
        }
        None => Err(UnknownCode { nearest: nearest(&wanted), code: code.trim().to_string() }),
    }
}

/// A page without any marks, as wide as its lines want to be.
pub(crate) fn plain_page(page: &str) -> String {
    markdown(page, &TextStyle { lang: Lang::default(), width: usize::from(u16::MAX), colour: Colour::Plain })
}

/// Every rule with the first sentence of its page.
pub fn render_index(style: &TextStyle) -> String {
    let names = gouji_check::rules().iter().map(|rule| width(rule.name)).max().unwrap_or(0);
    let indent = 6 + 2 + names + 2;
    let mut out = String::new();
    for rule in gouji_check::rules() {
        let room = style.width.saturating_sub(indent).max(24);
        let front = format!("{}  {}", pad_right(rule.code, 6), pad_right(rule.name, names));
        for (index, line) in wrap(&plain(&rule.summary(style.lang)), room).iter().enumerate() {
            let front = if index == 0 { front.as_str() } else { "" };
            out.push_str(&format!("{}{line}\n", pad_right(front, indent)));
        }
    }
    out.push_str(pick(
        style.lang,
        "\n每条规则的说明：gouji explain 代码\n",
        "\nThe page of a rule: gouji explain CODE\n",
    ));
    out
}

/// The three codes most like the one given.
fn nearest(wanted: &str) -> Vec<&'static str> {
    let mut codes: Vec<(usize, &str)> =
        gouji_check::rules().iter().map(|rule| (distance(wanted, rule.code), rule.code)).collect();
    codes.sort();
    codes.into_iter().take(3).map(|(_, code)| code).collect()
}

/// How many characters have to be changed, added or dropped to make one word of the other.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, from) in left.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], index + 1);
        for (column, to) in right.iter().enumerate() {
            let changed = diagonal + usize::from(from != *to);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

/// Markdown as far as rule pages use it: headings, paragraphs, lists, tables, code blocks.
fn markdown(page: &str, style: &TextStyle) -> String {
    let mut out = String::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix('#') {
            out.push_str(&emphasis(heading.trim_start_matches('#').trim(), style));
            out.push('\n');
        } else if line.starts_with("```") {
            let code: Vec<&str> = lines.by_ref().take_while(|code| !code.starts_with("```")).collect();
            for part in code.chunk_by(|above, below| above.contains(" | ") == below.contains(" | ")) {
                out.push_str(&example(part));
            }
        } else if line.starts_with('|') {
            let mut rows = vec![line];
            while let Some(row) = lines.next_if(|next| next.starts_with('|')) {
                rows.push(row);
            }
            out.push_str(&table(&rows));
        } else if line.trim().is_empty() {
            out.push('\n');
        } else {
            let mut paragraph = line.to_string();
            while let Some(next) = lines.next_if(|next| continues(next)) {
                append(&mut paragraph, next.trim());
            }
            out.push_str(&wrapped(&plain(&paragraph), style));
        }
    }
    out
}

/// True when a line belongs to the paragraph before it.
fn continues(line: &str) -> bool {
    let begins = ["#", "```", "|", "- ", "* "].iter().any(|mark| line.trim_start().starts_with(mark));
    !line.trim().is_empty() && !begins && !line.starts_with(|first: char| first.is_ascii_digit())
}

/// Joins two lines of a paragraph: with a blank in Latin text, without one in Chinese.
fn append(paragraph: &mut String, next: &str) {
    let latin = |character: Option<char>| character.is_some_and(|c| c.is_ascii());
    if latin(paragraph.chars().next_back()) && latin(next.chars().next()) {
        paragraph.push(' ');
    }
    paragraph.push_str(next);
}

/// A paragraph or the item of a list, broken to the width.
fn wrapped(text: &str, style: &TextStyle) -> String {
    let indent = if text.trim_start().starts_with(['-', '*']) { 2 } else { 0 };
    let mut out = String::new();
    for (index, line) in wrap(text, style.width.saturating_sub(indent + 1)).iter().enumerate() {
        out.push_str(&" ".repeat(if index > 0 { indent } else { 0 }));
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Lines of an example; those that are rows of a table with their columns set.
fn example(lines: &[&str]) -> String {
    if lines.iter().all(|line| line.contains(" | ")) {
        let cells = |line: &&str| line.split('|').map(|cell| cell.trim().to_string()).collect();
        return columns(&lines.iter().map(cells).collect::<Vec<Vec<String>>>());
    }
    lines.iter().map(|line| format!("    {line}").trim_end().to_string() + "\n").collect()
}

/// A Markdown table with its columns set.
fn table(rows: &[&str]) -> String {
    let cells = |row: &&str| row.trim().trim_matches('|').split('|').map(|cell| plain(cell.trim())).collect();
    columns(&rows.iter().map(cells).collect::<Vec<Vec<String>>>())
}

/// Rows with every column as wide as its widest cell; a row of dashes is drawn as a line.
fn columns(rows: &[Vec<String>]) -> String {
    let dashes = |cell: &String| !cell.is_empty() && cell.chars().all(|character| "-: ".contains(character));
    let is_rule = |row: &Vec<String>| row.iter().all(dashes);
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let data = rows.iter().filter(|row| !is_rule(row));
    let widest = |column: usize| data.clone().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
    let widths: Vec<usize> = (0..count).map(|column| widest(column).unwrap_or(0)).collect();
    let mut out = String::new();
    for row in rows {
        let drawn = widths.iter().enumerate().map(|(column, columns)| match is_rule(row) {
            true => "-".repeat(*columns),
            false => pad_right(row.get(column).map_or("", String::as_str), *columns),
        });
        out.push_str(&format!("    {}\n", drawn.collect::<Vec<_>>().join("  ").trim_end()));
    }
    out
}

/// Without the marks of emphasis and code.
fn plain(text: &str) -> String {
    text.replace("**", "").replace('`', "")
}

fn emphasis(text: &str, style: &TextStyle) -> String {
    match style.colour {
        Colour::Plain => text.to_string(),
        Colour::Ansi => format!("\u{1b}[1m{text}\u{1b}[0m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: TextStyle = TextStyle { lang: Lang::Zh, width: 40, colour: Colour::Plain };

    #[test]
    fn tables_stand_in_columns() {
        let drawn = markdown("| 项目 | 金额 |\n|---|---|\n| 基本支出 | 2364 |\n", &STYLE);
        assert_eq!(drawn, "    项目      金额\n    --------  ----\n    基本支出  2364\n");
    }

    #[test]
    fn rows_of_an_example_stand_in_columns_and_blank_first_cells_count() {
        let page = "```text\n表三\n\n编码 | 名称 | 金额\n| 合计 | 9\n206 | 科学技术支出 | 5\n```\n";
        let drawn = "    表三\n\n    编码  名称          金额\n          合计          9\n    206   科学技术支出  5\n";
        assert_eq!(markdown(page, &STYLE), drawn);
    }

    #[test]
    fn paragraphs_are_joined_and_broken_anew() {
        assert_eq!(
            markdown("# 标题\n\n一句话\n接着说。\n- 甲\n- 乙\n", &STYLE),
            "标题\n\n一句话接着说。\n- 甲\n- 乙\n"
        );
    }

    #[test]
    fn nearness_counts_changes() {
        assert_eq!(distance("NAR102", "NAR103"), 1);
        assert_eq!(distance("NAR", "NAR103"), 3);
    }

    #[test]
    fn an_unknown_code_is_answered_with_the_nearest() {
        let error = render_page("ZZZ999", &STYLE).unwrap_err();
        assert!(error.text(Lang::Zh).contains("ZZZ999") && error.text(Lang::En).contains("gouji explain"));
    }
}
