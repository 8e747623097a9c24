//! A report as one page of HTML that needs nothing beside it.
//!
//! Headings, tables and their heads are what they are in HTML, so that a screen reader can walk them.

use crate::chart;
use crate::contents::{self, Entry};
use crate::document::{Block, Cell, ColumnKind, Document, HeadCell, Row, RowKind, Table};
use crate::escape::markup;
use std::fmt::Write;

const STYLE: &str = include_str!("html/style.css");
/// Tables with no more rows than this are not divided between printed pages.
const SHORT: usize = 16;

/// The report as the bytes of one `.html` file; the same report is the same bytes.
pub fn html(document: &Document) -> String {
    let entries = contents::entries(document);
    let lying = contents::lying(document);
    let title = markup(&document.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"author\" content=\"{}\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#report\">跳到正文</a>\n<header><h1>{title}</h1></header>\n",
        markup(&document.entity)
    );
    write_contents(&mut out, &entries);
    out.push_str("<main id=\"report\">\n");
    let mut entries = entries.iter().peekable();
    for (index, block) in document.blocks.iter().enumerate() {
        let anchor = entries.next_if(|entry| entry.block == index).map_or("", |entry| entry.anchor.as_str());
        write_block(&mut out, block, anchor, if lying[index] { " lying" } else { "" });
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The contents as lists within lists.
fn write_contents(out: &mut String, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    out.push_str("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">目录</h2>\n");
    let mut open: Vec<u8> = Vec::new();
    for Entry { level, text, anchor, .. } in entries {
        while open.last().is_some_and(|last| last > level) {
            out.push_str("</li></ol>\n");
            open.pop();
        }
        match open.last() {
            Some(last) if last == level => out.push_str("</li>\n"),
            _ => {
                out.push_str("<ol>\n");
                open.push(*level);
            }
        }
        let _ = write!(out, "<li><a href=\"#{anchor}\">{}</a>", markup(text));
    }
    open.iter().for_each(|_| out.push_str("</li></ol>\n"));
    out.push_str("</nav>\n");
}

fn write_block(out: &mut String, block: &Block, anchor: &str, lying: &str) {
    let _ = match block {
        Block::Heading { level, text } => {
            let level = (*level).clamp(1, 3) + 1;
            writeln!(out, "<h{level} id=\"{anchor}\" class=\"heading{lying}\">{}</h{level}>", markup(text))
        }
        Block::Paragraph(paragraph) => {
            writeln!(out, "<p data-key=\"{}\">{}</p>", markup(&paragraph.key), markup(&paragraph.text))
        }
        Block::Chart(chart) => writeln!(out, "<figure>\n{}</figure>", chart::svg(chart)),
        Block::Table(table) => {
            write_table(out, table, anchor, lying);
            Ok(())
        }
    };
}

fn write_table(out: &mut String, table: &Table, anchor: &str, lying: &str) {
    let short = if table.rows.len() <= SHORT { " short" } else { "" };
    let _ = writeln!(
        out,
        "<div class=\"scroll{short}{lying}\" id=\"{anchor}\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{anchor}-title\">\n<table>\n\
         <caption><div class=\"title\" id=\"{anchor}-title\">{}</div><div class=\"line\"><div>{}</div><div>{}</div></div></caption>",
        markup(&contents::title(table)),
        markup(&table.entity),
        markup(&table.unit)
    );
    out.push_str("<thead>\n");
    for row in 0..table.head_rows {
        out.push_str("<tr>");
        let mut cells: Vec<&HeadCell> = table.head.iter().filter(|cell| cell.row == row).collect();
        cells.sort_by_key(|cell| cell.column);
        cells.into_iter().for_each(|cell| write_head_cell(out, cell));
        out.push_str("</tr>\n");
    }
    out.push_str("</thead>\n<tbody>\n");
    let headers = row_headers(&table.columns);
    table.rows.iter().for_each(|row| write_row(out, row, &table.columns, &headers));
    out.push_str("</tbody>\n</table>\n");
    if let Some(note) = &table.note {
        let _ = writeln!(out, "<p class=\"note\">{}</p>", markup(note));
    }
    out.push_str("</div>\n");
}

fn write_head_cell(out: &mut String, cell: &HeadCell) {
    let scope = if cell.columns > 1 { "colgroup" } else { "col" };
    let _ = write!(out, "<th scope=\"{scope}\"");
    if cell.columns > 1 {
        let _ = write!(out, " colspan=\"{}\"", cell.columns);
    }
    if cell.rows > 1 {
        let _ = write!(out, " rowspan=\"{}\"", cell.rows);
    }
    let _ = write!(out, ">{}</th>", markup(&cell.text));
}

fn write_row(out: &mut String, row: &Row, columns: &[ColumnKind], headers: &[bool]) {
    out.push_str(match row.kind {
        RowKind::Total => "<tr class=\"total\">",
        RowKind::Group(1) => "<tr class=\"group1\">",
        RowKind::Group(_) | RowKind::Leaf => "<tr>",
    });
    for ((cell, column), header) in row.cells.iter().zip(columns).zip(headers) {
        let class = match column {
            ColumnKind::Code => "code",
            ColumnKind::Name => "name",
            ColumnKind::Text => "text",
            ColumnKind::Amount => "amount",
        };
        let text = markup(&cell.text());
        let _ = match header {
            true if *cell != Cell::Blank => write!(out, "<th scope=\"row\" class=\"{class}\">{text}</th>"),
            _ => write!(out, "<td class=\"{class}\">{text}</td>"),
        };
    }
    out.push_str("</tr>\n");
}

/// The columns whose cells say what their row is: the first names of a table and, in a table of halves, the first names of
/// each half, which stand right behind the amounts of the half before.
fn row_headers(columns: &[ColumnKind]) -> Vec<bool> {
    let first = [ColumnKind::Name, ColumnKind::Text, ColumnKind::Code]
        .into_iter()
        .find_map(|kind| columns.iter().position(|column| *column == kind));
    let is_half = |index: usize| {
        let (before, rest) = columns.split_at(index);
        rest[0] == ColumnKind::Name && before.last() == Some(&ColumnKind::Amount) && rest.contains(&ColumnKind::Amount)
    };
    (0..columns.len()).map(|index| first == Some(index) || is_half(index)).collect()
}

#[cfg(test)]
mod tests {
    use super::row_headers;
    use crate::document::ColumnKind::{Amount, Code, Name, Text};

    #[test]
    fn each_half_of_a_balance_has_its_own_row_headers() {
        assert_eq!(row_headers(&[Name, Amount, Name, Amount]), [true, false, true, false]);
        assert_eq!(row_headers(&[Code, Name, Amount, Text]), [false, true, false, false]);
        assert_eq!(row_headers(&[Name, Name, Amount, Text]), [true, false, false, false]);
        assert_eq!(row_headers(&[Code, Amount]), [true, false]);
    }
}
