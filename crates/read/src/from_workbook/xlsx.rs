//! XLSX: the parts of the package that hold sheets.

use super::date::Epoch;
use super::{Sheet, Troubles, cell_name, lay_sheets, number_format, shown_number};
use crate::Limits;
use crate::compose::{Composer, refuse};
use crate::document::{Document, Merge};
use crate::issue::IssueKind;
use crate::package::{Package, folder_of, resolve};
use crate::xml::{Element, parse};
use std::collections::BTreeMap;

/// Adds an XLSX file to the document; `main` is the name of its main part.
pub(crate) fn read_xlsx(document: &mut Document, path: String, mut package: Package, main: &str, limits: &Limits) {
    let mut composer = Composer::new(document.next_file(), limits);
    let folder = folder_of(main).to_string();
    let mut parts = Parts { package: &mut package, composer: &mut composer, limits };
    let Some(workbook) = parts.read(main) else {
        let part = main.to_string();
        return refuse(document, path, composer.first_issue().unwrap_or(IssueKind::PartDamaged { part }));
    };
    let file = &main[folder.len()..];
    let relations = parts.read(&format!("{folder}/_rels/{}.rels", file.trim_start_matches('/'))).unwrap_or_default();
    let named = |kind: &str| {
        let found = relations.all("Relationship").find(|one| one.attribute("Type").is_some_and(|t| t.ends_with(kind)));
        found.and_then(|one| one.attribute("Target")).map(|target| resolve(&folder, target))
    };
    let strings = named("/sharedStrings").and_then(|name| parts.read(&name)).unwrap_or_default();
    let styles = named("/styles").and_then(|name| parts.read(&name)).unwrap_or_default();
    let epoch = workbook.child("workbookPr").and_then(|it| it.attribute("date1904"));
    let mut reader = Reader {
        strings: strings.all("si").map(rich_text).collect(),
        formats: formats(&styles),
        epoch: if matches!(epoch, Some("1" | "true")) { Epoch::From1904 } else { Epoch::From1900 },
        troubles: Troubles::default(),
        limits,
    };
    drop((strings, styles));
    let mut sheets = Vec::new();
    for entry in workbook.child("sheets").into_iter().flat_map(|sheets| sheets.all("sheet")) {
        let target = relations.all("Relationship").find(|one| one.attribute("Id") == entry.attribute("id"));
        let Some(target) = target.and_then(|one| one.attribute("Target")) else { continue };
        let Some(root) = parts.read(&resolve(&folder, target)) else { continue };
        let name = entry.attribute("name").unwrap_or("").to_string();
        let is_hidden = entry.attribute("state").is_some_and(|state| state != "visible");
        sheets.push(reader.sheet(Sheet { name, is_hidden, ..Sheet::default() }, &root));
    }
    lay_sheets(&mut composer, sheets);
    reader.troubles.report(&mut composer);
    let pictures = package.names().filter(|name| name.contains("/media/")).count();
    if composer.is_empty() && pictures > 0 {
        composer.report(IssueKind::ImagesOnly { count: pictures });
    }
    composer.finish(document, path);
}

/// The parts of the package; what is the matter with one is noted.
struct Parts<'a> {
    package: &'a mut Package,
    composer: &'a mut Composer,
    limits: &'a Limits,
}

impl Parts<'_> {
    fn read(&mut self, name: &str) -> Option<Element> {
        let (root, issues) = match self.package.bytes(name) {
            Some(Ok(bytes)) => parse(bytes, name, self.limits),
            Some(Err(kind)) => (Element::default(), vec![kind]),
            None => (Element::default(), vec![IssueKind::PartDamaged { part: name.to_string() }]),
        };
        issues.into_iter().for_each(|kind| self.composer.report(kind));
        (!root.name.is_empty()).then_some(root)
    }
}

/// The format of each cell style.
fn formats(styles: &Element) -> Vec<String> {
    let own: BTreeMap<u32, &str> = styles
        .child("numFmts")
        .into_iter()
        .flat_map(|formats| formats.all("numFmt"))
        .filter_map(|format| Some((format.number("numFmtId")?, format.attribute("formatCode")?)))
        .collect();
    let of_style = |style: &Element| {
        let number = style.number("numFmtId").unwrap_or(0);
        own.get(&number).copied().unwrap_or_else(|| number_format::built_in(number)).to_string()
    };
    styles.child("cellXfs").into_iter().flat_map(|styles| styles.all("xf")).map(of_style).collect()
}

/// The text of a string of several fonts, without its reading aid.
fn rich_text(string: &Element) -> String {
    let mut text = String::new();
    for element in string.elements() {
        match &*element.name {
            "t" => text.push_str(&element.text()),
            "r" => element.all("t").for_each(|part| text.push_str(&part.text())),
            _ => {}
        }
    }
    text.replace("_x000D_", "").replace("_x000A_", "\n")
}

struct Reader<'a> {
    strings: Vec<String>,
    formats: Vec<String>,
    epoch: Epoch,
    troubles: Troubles,
    limits: &'a Limits,
}

impl Reader<'_> {
    fn sheet(&mut self, mut sheet: Sheet, root: &Element) -> Sheet {
        let is_on = |element: &Element, name: &str| matches!(element.attribute(name), Some("1" | "true"));
        for column in root.child("cols").into_iter().flat_map(|columns| columns.all("col")) {
            if is_on(column, "hidden")
                && let Some((first, last)) = column.number("min").zip(column.number::<u32>("max"))
            {
                sheet.hidden_columns.push((u32::saturating_sub(first, 1), last.saturating_sub(1)));
            }
        }
        let views = root.child("sheetViews").and_then(|views| views.child("sheetView"));
        let hides_zeros = views.is_some_and(|view| matches!(view.attribute("showZeros"), Some("0" | "false")));
        let mut next_row = 0;
        for row in root.child("sheetData").into_iter().flat_map(|data| data.all("row")) {
            let at = row.number::<u32>("r").map_or(next_row, |number| number.saturating_sub(1)).min(1 << 20);
            next_row = at + 1;
            if is_on(row, "hidden") {
                sheet.hidden_rows.insert(at);
            }
            let mut next_column = 0;
            for cell in row.all("c") {
                let (row, column) = cell.attribute("r").and_then(place).unwrap_or((at, next_column));
                next_column = column + 1;
                let text = self.cell(&sheet, (row, column), cell, hides_zeros);
                // One more than the limit is kept, so that reaching it is noticed.
                if !text.trim().is_empty() && sheet.cells.len() <= self.limits.cells {
                    sheet.cells.insert((row, column), text);
                }
            }
        }
        let merges = root.child("mergeCells").into_iter().flat_map(|merges| merges.all("mergeCell"));
        sheet.merges = merges.filter_map(|merge| range(merge.attribute("ref")?)).take(self.limits.cells).collect();
        sheet
    }

    /// What a cell prints.
    fn cell(&mut self, sheet: &Sheet, at: (u32, u32), cell: &Element, hides_zeros: bool) -> String {
        let value = cell.child("v").map(Element::text).unwrap_or_default();
        if value.is_empty() && cell.child("f").is_some() && cell.attribute("t") != Some("str") {
            self.troubles.no_result(format!("{}!{}", sheet.name, cell_name(at.0, at.1)));
        }
        match cell.attribute("t").unwrap_or("n") {
            "s" => value.trim().parse::<usize>().ok().and_then(|at| self.strings.get(at)).cloned().unwrap_or_default(),
            "inlineStr" => cell.child("is").map(rich_text).unwrap_or_default(),
            "b" => if value == "0" { "FALSE" } else { "TRUE" }.to_string(),
            "n" if !value.is_empty() => {
                let style = cell.number::<usize>("s").unwrap_or(0);
                let format = self.formats.get(style).map_or("General", String::as_str);
                let (text, known) = shown_number(&value, format, self.epoch);
                if !known {
                    self.troubles.unknown_format(format!("{}!{}", sheet.name, cell_name(at.0, at.1)), format);
                }
                let is_zero = super::number::Decimal::parse(&value).is_some_and(|number| number.is_zero());
                if hides_zeros && is_zero { String::new() } else { text }
            }
            _ => value,
        }
    }
}

/// `C7`: row and column, from 0.
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.trim_matches('$');
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column =
        name[..letters].bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = name[letters..].parse().ok()?;
    (1..=1 << 20).contains(&row).then(|| (row - 1, column - 1))
}

/// `A1:C2`
fn range(text: &str) -> Option<Merge> {
    let (first, last) = text.split_once(':')?;
    let (top, left) = place(first)?;
    let (bottom, right) = place(last)?;
    let extent = |from: u32, to: u32| to.checked_sub(from).map(|more| more + 1);
    Some(Merge { row: top, column: left, rows: extent(top, bottom)?, columns: extent(left, right)? })
}
