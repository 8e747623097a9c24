//! What each row stands for.

use super::{Grid, is_number};
use crate::lexicon::{Lexicon, Place};
use crate::statement::{ColumnRole, ColumnView, RowView, TableView, UnboundReason};
use crate::words::{bare_label, compact, leading_year, numbering};
use gouji_model::{Catalogue, Code, Facets, PART, Stream};
use std::collections::BTreeMap;
use std::ops::Range;

/// Reads the rows below the head: codes, labels, projects, units.
pub(crate) fn understand_rows(grid: &Grid, from: usize, columns: &[ColumnView]) -> Vec<RowView> {
    let mut rows = Vec::new();
    let mut unit: Option<String> = None;
    let parts = side_by_side(columns);
    let mut levels = Levels::default();
    for at in from..grid.rows.len() {
        let cells = &grid.rows[at];
        let repeats_head = (0..from).any(|head| {
            grid.rows[head].iter().any(|(text, _)| !text.is_empty())
                && grid.rows[head].len() == cells.len()
                && grid.rows[head].iter().zip(cells).all(|(a, b)| a.0 == b.0)
        });
        if repeats_head || cells.iter().all(|(text, _)| text.is_empty()) {
            continue;
        }
        for part in &parts {
            let mut row = RowView { row: at as u32, cells: cells.clone(), columns: part.clone(), ..RowView::default() };
            if parts.len() > 1
                && row.cells.iter().enumerate().all(|(at, (text, _))| !part.contains(&at) || text.is_empty())
            {
                continue;
            }
            read_names(&mut row, columns, &mut levels);
            let heads_a_unit = row.code.is_none() && row.project.is_none() && !is_total(&row.label);
            let lists_projects = columns.iter().any(|column| column.role == ColumnRole::Project);
            let coded = columns.iter().any(|column| column.role == ColumnRole::Code);
            let by_code = coded && (row.unit.is_some() || names_a_body(&row.label));
            if heads_a_unit && (lists_projects || by_code) && !row.label.is_empty() {
                row.is_unit = true;
                unit = Some(row.label.clone());
            }
            if row.unit.is_none() {
                row.unit = unit.clone().filter(|_| row.is_unit || row.project.is_some() || row.code.is_some());
            }
            rows.push(row);
        }
    }
    rows
}

/// The lists of a table that stand side by side: each begins with a column of codes whose
/// head is that of the first.
fn side_by_side(columns: &[ColumnView]) -> Vec<Range<usize>> {
    let is_code = |at: usize| columns[at].role == ColumnRole::Code;
    let Some(first) = (0..columns.len()).find(|at| is_code(*at)) else { return vec![0..columns.len()] };
    let begins =
        |at: &usize| is_code(*at) && (*at == first || columns[*at].path == columns[first].path && !is_code(*at - 1));
    let mut starts: Vec<usize> = (first..columns.len()).filter(begins).collect();
    starts[0] = 0;
    let ends = starts.iter().skip(1).copied().chain([columns.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

/// 合计, 总计
pub(crate) fn is_total(label: &str) -> bool {
    ["合计", "总计", "共计"].contains(&label)
}

/// A label that names a body: its rows below are those of a unit.
fn names_a_body(label: &str) -> bool {
    let ends = [
        "局",
        "委",
        "厅",
        "中心",
        "大队",
        "支队",
        "站",
        "所",
        "院",
        "学校",
        "馆",
        "本级",
        "机关",
        "办公室",
        "委员会",
        "事务所",
    ];
    label.chars().count() >= 3 && ends.iter().any(|end| label.ends_with(end))
}

/// 类, 款, 项 in columns of their own, each row printing its own level only.
#[derive(Default)]
struct Levels {
    last: String,
}

impl Levels {
    /// The whole code of a row whose higher levels stand in the rows above.
    fn complete(&mut self, code: String, blank_before: usize) -> String {
        let wanted = match (blank_before, code.len()) {
            (1, 2 | 4) => 3,
            (2, 2) => 5,
            _ => 0,
        };
        let whole = match self.last.get(..wanted) {
            Some(above) if wanted > 0 => format!("{above}{code}"),
            _ => code,
        };
        if !whole.is_empty() {
            self.last = whole.clone();
        }
        whole
    }
}

fn read_names(row: &mut RowView, columns: &[ColumnView], levels: &mut Levels) {
    let mut code = String::new();
    let mut blank_before = 0;
    let mut short = false;
    for (column, (text, _)) in columns.iter().zip(&row.cells).take(row.columns.end).skip(row.columns.start) {
        match column.role {
            ColumnRole::Code if is_code(text) => {
                // 款 and 项 have two digits: 301, then 2.
                let above = if code.is_empty() && blank_before > 0 { &levels.last } else { &code };
                short = text.len() == 1 && is_classified(above);
                code.push_str(if short { "0" } else { "" });
                code.push_str(text);
            }
            ColumnRole::Code if text.is_empty() => blank_before += usize::from(code.is_empty()),
            ColumnRole::Code | ColumnRole::Name | ColumnRole::Label if row.label.is_empty() => row.label.push_str(text),
            ColumnRole::Project if !text.is_empty() && !says_none(text) => row.project = Some(text.clone()),
            ColumnRole::Unit if is_total(text) && row.label.is_empty() => row.label.push_str(text),
            ColumnRole::Unit if !text.is_empty() && !is_number(text) => row.unit = Some(text.clone()),
            _ => {}
        }
    }
    if row.project.as_deref().is_some_and(is_total) && row.label.is_empty() {
        row.label = row.project.take().unwrap_or_default();
    }
    row.code = Code::new(&levels.complete(code, blank_before)).filter(|code| !code.is_all());
    if let Some(code) = row.code.filter(|code| short && code.len() >= 5) {
        let (above, last) = (code.prefix(code.len() - 2), code.as_str().chars().next_back().unwrap_or_default());
        let printed = format!("{above} {last}");
        // Only where the name agrees the missing digit is certain; else the code stands as printed, below its class
        // and above nothing.
        if !bears_name(code, &row.label) {
            row.code = Code::new(&printed);
        }
        row.short_code = Some(printed);
    }
    if row.label.is_empty() && row.code.is_none() && row.project.is_none() {
        row.label = row.unit.clone().unwrap_or_default();
    }
}

/// A code of functions or of economic use that has parts: 3 or 5 digits.
fn is_classified(code: &str) -> bool {
    matches!(code.len(), 3 | 5) && code.starts_with(['2', '3', '5']) && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// The catalogue knows the code under this name.
fn bears_name(code: Code, name: &str) -> bool {
    let known = if code.as_str().starts_with('3') { Catalogue::economic() } else { Catalogue::function() };
    !name.is_empty() && known.names(code).iter().any(|entry| compact(&entry.name) == name)
}

/// Digits, or a letter and digits, or one letter.
fn is_code(text: &str) -> bool {
    let rest = text.strip_prefix(['A', 'B', 'C']).unwrap_or(text);
    !text.is_empty() && rest.len() <= 12 && rest.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a row stands for, for each of its labels.
pub(crate) struct Bases {
    /// For rows with a code or a project: one meaning for the whole row.
    whole: Option<Meaning>,
    /// By label column.
    by_label: BTreeMap<u16, Result<(Facets, bool), UnboundReason>>,
}

/// What a row stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meaning {
    pub facets: Facets,
    pub unit: String,
    pub project: String,
    /// The label begins with 其中.
    pub partial: bool,
}

impl Bases {
    /// What the row stands for in a column labelled by `label`.
    pub(crate) fn of(&self, label: Option<u16>) -> Result<Meaning, UnboundReason> {
        if let Some(whole) = &self.whole {
            return Ok(whole.clone());
        }
        let read = label.and_then(|label| self.by_label.get(&label)).copied();
        let (facets, partial) = read.unwrap_or(Err(UnboundReason::Unlabelled))?;
        Ok(Meaning { facets, partial, ..Meaning::default() })
    }
}

/// Reads labels row after row: （一） under 一、 narrows it.
#[derive(Default)]
pub(crate) struct Labels {
    /// By label column: the numbered labels above, with their depth.
    above: BTreeMap<u16, Vec<(u8, Facets)>>,
    /// In an outline: the words of each label column that hold for the rows below.
    path: Vec<String>,
    /// In an outline: how often each named line stood already.
    seen: BTreeMap<String, usize>,
}

impl Labels {
    /// What a row stands for.
    pub(crate) fn read(&mut self, lexicon: &Lexicon, table: &TableView, row: &RowView) -> Bases {
        if let Some(whole) = whole_row(table, row) {
            return Bases { whole: Some(whole), by_label: BTreeMap::new() };
        }
        if let Some(columns) = outline(table) {
            let whole = self.read_outline(lexicon, table, row, &columns);
            return Bases { whole, by_label: BTreeMap::new() };
        }
        let mut by_label = BTreeMap::new();
        for (at, column) in table.columns.iter().enumerate() {
            let is_label = column.role == ColumnRole::Label || column.role == ColumnRole::Name;
            if is_label {
                by_label.insert(at as u16, self.read_label(lexicon, at as u16, row.text(at)));
            }
        }
        if by_label.is_empty() {
            return Bases { whole: unlabelled_table(table, row), by_label };
        }
        Bases { whole: None, by_label }
    }

    /// A row of an outline: each label column names a part of the one before it; a column left
    /// blank goes on with what stands above. Words that the lexicon does not know name the line.
    fn read_outline(
        &mut self,
        lexicon: &Lexicon,
        table: &TableView,
        row: &RowView,
        columns: &[usize],
    ) -> Option<Meaning> {
        let deepest = columns.iter().rposition(|column| !row.text(*column).is_empty())?;
        self.path.resize(columns.len(), String::new());
        let mut changed = false;
        for (level, column) in columns.iter().enumerate() {
            let text = row.text(*column);
            if level > deepest || changed && text.is_empty() {
                self.path[level].clear();
            } else if !text.is_empty() && self.path[level] != text {
                self.path[level] = text.to_string();
                changed = true;
            }
        }
        let mut meaning = Meaning::default();
        let mut named: Vec<&str> = Vec::new();
        for text in self.path.iter().filter(|text| !text.is_empty()) {
            let (label, partial) = bare_label(text);
            meaning.partial |= partial;
            match label_facets(lexicon, label) {
                _ if is_total(label) || label == "小计" => {}
                Some(facets) if named.is_empty() => meaning.facets.merge(&facets),
                _ if named.last() == Some(&label) => {}
                _ => named.push(label),
            }
        }
        if !named.is_empty() {
            let name = named.join(PART);
            let key = format!("{}{PART}{name}", meaning.facets.item.unwrap_or_default());
            let times = self.seen.entry(key).or_default();
            *times += 1;
            let again = if *times > 1 { format!("#{times}") } else { String::new() };
            meaning.project = format!("{}{PART}{name}{again}", table.name());
        }
        Some(meaning)
    }

    fn read_label(&mut self, lexicon: &Lexicon, column: u16, text: &str) -> Result<(Facets, bool), UnboundReason> {
        if text.is_empty() {
            return Err(UnboundReason::Unlabelled);
        }
        let (label, partial) = bare_label(text);
        let depth = numbering(text).map(|(depth, _)| depth);
        let above = self.above.entry(column).or_default();
        match depth {
            Some(depth) => above.retain(|(other, _)| *other < depth),
            None if text.starts_with("其中") => {}
            None => above.clear(),
        }
        let facets = label_facets(lexicon, label).ok_or(UnboundReason::UnknownRow)?;
        let mut narrowed = Facets::default();
        for (_, outer) in above.iter() {
            narrowed.merge(outer);
        }
        narrowed.merge(&facets);
        let carried = facets.stream.is_some_and(|stream| !matches!(stream, Stream::All | Stream::Year));
        match depth {
            Some(depth) => above.push((depth, facets)),
            // 年初财政拨款结转和结余, then 一、一般公共预算: the books of what is carried over.
            None if carried => above.push((0, facets)),
            None => {}
        }
        Ok((narrowed, partial))
    }
}

/// Label columns side by side before all amounts, none of them a code: each names a part of the
/// one before it.
fn outline(table: &TableView) -> Option<Vec<usize>> {
    let first = table.columns.iter().position(|column| column.role == ColumnRole::Amount)?;
    let labels: Vec<usize> =
        (0..table.columns.len()).filter(|at| table.columns[*at].role == ColumnRole::Label).collect();
    let coded = table.columns.iter().any(|column| column.role == ColumnRole::Code);
    (labels.len() >= 2 && labels.iter().all(|at| *at < first) && !coded).then_some(labels)
}

/// A table without any column of labels says of each row only what its heads say; a row
/// that has words of another kind stays unknown.
fn unlabelled_table(table: &TableView, row: &RowView) -> Option<Meaning> {
    let labels = [ColumnRole::Code, ColumnRole::Name, ColumnRole::Label, ColumnRole::Project, ColumnRole::Unit];
    let labelled = table.columns.iter().any(|column| labels.contains(&column.role));
    let words = table
        .columns
        .iter()
        .zip(&row.cells)
        .any(|(column, (text, _))| column.role != ColumnRole::Amount && !text.is_empty());
    (is_total(&row.label) || !labelled && !words).then(Meaning::default)
}

/// A table that nothing stands in says so where a name would stand.
fn says_none(text: &str) -> bool {
    matches!(text, "无" | "—" | "——" | "-" | "/")
}

/// The meaning of a row with a code, a project or a unit.
fn whole_row(table: &TableView, row: &RowView) -> Option<Meaning> {
    let mut meaning = Meaning { unit: row.unit.clone().unwrap_or_default(), ..Meaning::default() };
    if let Some(code) = row.code {
        match code.as_str().as_bytes()[0] {
            b'2' => meaning.facets.function = Some(code),
            b'3' => meaning.facets.economic = Some(code),
            b'A'..=b'C' => meaning.facets.item = Some(code),
            _ => {}
        }
    }
    meaning.project = row.project.clone().unwrap_or_default();
    let placed = row.code.is_some() || row.project.is_some() || row.is_unit;
    let total = is_total(&row.label) && table.columns.iter().all(|column| column.role != ColumnRole::Label);
    (placed || total).then_some(meaning)
}

/// What a label stands for.
fn label_facets(lexicon: &Lexicon, label: &str) -> Option<Facets> {
    if label == "总计" {
        return Some(Facets { stream: Some(Stream::All), ..Facets::default() });
    }
    if is_total(label) {
        return Some(Facets::default());
    }
    if let Some(year) = leading_year(label) {
        return Some(Facets { year: Some(year), ..Facets::default() });
    }
    if let Some(facets) = lexicon.exact(Place::Row, label) {
        return Some(facets);
    }
    if let Some(class) = lexicon.class(label) {
        return Some(Facets { function: Some(class), ..Facets::default() });
    }
    let found = lexicon.find(Place::Row, label);
    let covered: usize = found.iter().map(|found| found.range.len()).sum();
    (covered * 10 >= label.len() * 6).then(|| {
        let mut facets = Facets::default();
        found.iter().for_each(|found| facets.merge(&found.facets));
        facets
    })
}
