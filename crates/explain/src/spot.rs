//! Where a place stands, said as the format lets a person find it.

use gouji_model::{Lang, Span};
use gouji_read::{Document, Issue};

/// How a person finds a place: by its cell, else by its page, else by its line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spot {
    /// Line of a text, from 1.
    Line(u32),
    /// Page, from 1.
    Page(u32),
    /// What the format calls it: `表1!C7`.
    Cell(String),
}

impl Spot {
    /// The spot of a place.
    pub fn of(document: &Document, span: Span) -> Spot {
        let location = document.locate(span);
        match (document.cell_name(span), location.page) {
            (Some(name), _) => Spot::Cell(name.to_string()),
            (None, Some(page)) => Spot::Page(page),
            (None, None) => Spot::Line(location.line),
        }
    }

    /// `第 7 行`, `第 8 页`, `表1!C7`.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Spot::Line(line), Lang::Zh) => format!("第 {line} 行"),
            (Spot::Line(line), Lang::En) => format!("line {line}"),
            (Spot::Page(page), Lang::Zh) => format!("第 {page} 页"),
            (Spot::Page(page), Lang::En) => format!("page {page}"),
            (Spot::Cell(name), _) => name.clone(),
        }
    }

    /// The number that stands before the line when it is drawn: line, page, or row of the sheet.
    pub fn number(&self) -> usize {
        match self {
            Spot::Line(number) | Spot::Page(number) => *number as usize,
            Spot::Cell(name) => {
                let row = name.rsplit(|character: char| !character.is_ascii_digit()).next();
                row.and_then(|digits| digits.parse().ok()).filter(|row| *row < 100_000_000).unwrap_or(1)
            }
        }
    }
}

/// Several spots as one phrase, each once: `第 3、5 行`, `pages 2, 8`.
pub(crate) fn several(spots: &[&Spot], lang: Lang) -> String {
    let mut seen: Vec<&Spot> = Vec::new();
    for spot in spots {
        if !seen.contains(spot) {
            seen.push(spot);
        }
    }
    let numbers = |wanted: fn(&Spot) -> Option<u32>| -> Option<Vec<String>> {
        seen.iter().map(|spot| wanted(spot).map(|number| number.to_string())).collect()
    };
    let lines = numbers(|spot| if let Spot::Line(line) = spot { Some(*line) } else { None });
    let pages = numbers(|spot| if let Spot::Page(page) = spot { Some(*page) } else { None });
    match (seen.as_slice(), lines, pages, lang) {
        ([one], _, _, _) => one.text(lang),
        (_, Some(lines), _, Lang::Zh) => format!("第 {} 行", lines.join("、")),
        (_, Some(lines), _, Lang::En) => format!("lines {}", lines.join(", ")),
        (_, _, Some(pages), Lang::Zh) => format!("第 {} 页", pages.join("、")),
        (_, _, Some(pages), Lang::En) => format!("pages {}", pages.join(", ")),
        (mixed, _, _, _) => {
            let texts: Vec<String> = mixed.iter().map(|spot| spot.text(lang)).collect();
            texts.join(if lang == Lang::Zh { "、" } else { ", " })
        }
    }
}

/// Where an issue stands: `报告.pdf 第 3 页`, `报告.txt:7`, or the file alone.
pub(crate) fn issue_place(document: &Document, issue: &Issue, lang: Lang) -> String {
    let path = document.files.get(usize::from(issue.file)).map_or("", |file| file.path.as_str());
    match (issue.page, issue.line) {
        (Some(page), _) => format!("{path} {}", Spot::Page(page).text(lang)),
        (None, Some(line)) => format!("{path}:{line}"),
        (None, None) => path.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spots_of_one_kind_are_said_together() {
        let (line, page, other) = (Spot::Line(3), Spot::Page(8), Spot::Page(9));
        assert_eq!(several(&[&page, &other, &page], Lang::Zh), "第 8、9 页");
        assert_eq!(several(&[&page, &other], Lang::En), "pages 8, 9");
        assert_eq!(several(&[&page, &page], Lang::En), "page 8");
        assert_eq!(several(&[&line, &page], Lang::Zh), "第 3 行、第 8 页");
    }

    #[test]
    fn the_number_of_a_cell_is_its_row() {
        assert_eq!(Spot::Cell("表1!C7".into()).number(), 7);
        assert_eq!(Spot::Cell("封面".into()).number(), 1);
        assert_eq!(Spot::Cell("表1!C99999999999999999999".into()).number(), 1);
    }
}
