//! What each column stands for, and from that the kind of the table.

use super::head::Head;
use super::{Grid, is_number};
use crate::lexicon::{Lexicon, Place};
use crate::statement::{ColumnRole, ColumnView, TableKind};
use crate::words::find_year;
use gouji_model::{Book, Code, Facets, Measure, Nature, Phase, Stream};

/// Understands the columns of a table; `titled` is what its title says.
pub(crate) fn understand_columns(
    lexicon: &Lexicon,
    grid: &Grid,
    head: &Head,
    titled: Option<(TableKind, Facets)>,
    year: Option<i16>,
) -> (TableKind, Vec<ColumnView>) {
    let mut columns: Vec<ColumnView> = (0..grid.width)
        .map(|at| {
            let path = head.paths[at].clone();
            let role = role_of(lexicon, grid, head, at, titled.map(|(kind, _)| kind));
            ColumnView { role, path, facets: None, labels: None, partial: false }
        })
        .collect();
    find_labels(grid, head, &mut columns);
    link_labels(&mut columns);
    let sides = sides_of(&columns);
    for at in 0..columns.len() {
        if columns[at].role != ColumnRole::Amount {
            continue;
        }
        let own = head.own[at];
        let side = columns[at].labels.and_then(|label| sides[usize::from(label)]);
        let read = own.then(|| facets_of(lexicon, &columns[at].path, year)).flatten();
        columns[at].partial = columns[at].path.iter().any(|head| head.starts_with("其中"));
        columns[at].facets = read.map(|mut facets| {
            if facets.measure.is_none() {
                facets.measure = side;
            }
            facets
        });
    }
    let kind = kind_of(lexicon, grid, head, &columns, titled.map(|(kind, _)| kind));
    let mut shared = match titled {
        Some((titled_kind, facets)) if titled_kind == kind => facets,
        _ => lexicon.table_facets(kind),
    };
    // 基本支出 in the title, but a column of 项目支出: the plain columns are of both.
    let with_project =
        columns.iter().any(|column| column.facets.is_some_and(|facets| facets.nature == Some(Nature::Project)));
    if with_project && shared.nature == Some(Nature::Basic)
        || titled.is_none_or(|(titled_kind, _)| titled_kind != kind) && shared.nature == Some(Nature::Basic)
    {
        shared.nature = None;
    }
    for facets in columns.iter_mut().filter_map(|column| column.facets.as_mut()) {
        *facets = merged(shared, *facets);
    }
    (kind, columns)
}

/// What the table says, made narrower by what the column says.
fn merged(shared: Facets, own: Facets) -> Facets {
    let mut facets = shared;
    facets.merge(&own);
    // 项目支出 in the title of a list of projects, 合计 in the head: the title holds.
    if shared.nature == Some(Nature::Project) && own.nature.is_none() {
        facets.nature = shared.nature;
    }
    facets
}

fn role_of(lexicon: &Lexicon, grid: &Grid, head: &Head, at: usize, titled: Option<TableKind>) -> ColumnRole {
    let path = &head.paths[at];
    let named = path.iter().rev().find_map(|head| lexicon.column(head).or_else(|| loose_role(head)));
    // 项目名称 over the items of a statement: 收入 / 项目名称, 一般公共预算资金.
    let named = match named {
        Some(ColumnRole::Project | ColumnRole::Name) if is_statement(titled) && !has_codes(grid, head) => {
            Some(ColumnRole::Label)
        }
        other => other,
    };
    if named == Some(ColumnRole::Code) {
        return ColumnRole::Code;
    }
    let is_change = path.last().is_some_and(|head| is_rate(head));
    let (numbers, texts) = count_cells(grid, head.rows, at);
    if path.is_empty() && codes_only(grid, head.rows, at) {
        return ColumnRole::Code;
    }
    if is_change {
        return ColumnRole::Text;
    }
    let by_head =
        path.last().is_some_and(|head| lexicon.is_neutral(head) || !lexicon.find(Place::Column, head).is_empty());
    match named {
        Some(ColumnRole::Text) => ColumnRole::Text,
        Some(role) if numbers == 0 || texts > numbers => role,
        _ if numbers > texts => ColumnRole::Amount,
        _ if by_head && texts == 0 => ColumnRole::Amount,
        Some(role) => role,
        None => ColumnRole::Text,
    }
}

/// A statement of revenue or of both sides: its rows are items, not projects.
fn is_statement(titled: Option<TableKind>) -> bool {
    matches!(titled, Some(TableKind::Balance | TableKind::Appropriation | TableKind::Revenue | TableKind::Expenditure))
}

/// A column of the table holds function or economic codes.
fn has_codes(grid: &Grid, head: &Head) -> bool {
    let named = |head: &String| head.contains("编码") || head.contains("代码");
    (0..grid.width).any(|at| head.paths[at].iter().any(named) || codes_only(grid, head.rows, at))
}

/// Roles told by a part of the head.
fn loose_role(head: &str) -> Option<ColumnRole> {
    let parts = [
        ("绩效目标", ColumnRole::Goal),
        ("依据", ColumnRole::Basis),
        ("效益", ColumnRole::Benefit),
        ("指标", ColumnRole::Indicator),
        ("科目编码", ColumnRole::Code),
        ("科目代码", ColumnRole::Code),
        ("科目名称", ColumnRole::Name),
        ("项目名称", ColumnRole::Project),
    ];
    parts.iter().find(|(part, _)| head.contains(part)).map(|(_, role)| *role)
}

/// A head of percentages.
fn is_rate(head: &str) -> bool {
    head.contains('%')
        || ["比例", "占比", "增长率", "增减率", "变动率", "完成率"].iter().any(|word| head.contains(word))
}

fn count_cells(grid: &Grid, from: usize, at: usize) -> (usize, usize) {
    let (mut numbers, mut texts) = (0, 0);
    // A cell that reaches over several columns counts in its first.
    let reached = |row: usize| {
        let cells = &grid.rows[row];
        at > 0 && cells.get(at).zip(cells.get(at - 1)).is_some_and(|(here, left)| here.1 == left.1)
    };
    for row in (from..grid.rows.len()).filter(|row| !reached(*row)) {
        match grid.text(row, at) {
            "" | "-" | "—" | "/" | "无" | "--" | "——" => {}
            text if is_number(text) => numbers += 1,
            _ => texts += 1,
        }
    }
    (numbers, texts)
}

fn codes_only(grid: &Grid, from: usize, at: usize) -> bool {
    let words = |text: &&str| !text.is_empty() && !super::rows::is_total(text);
    let mut texts = (from..grid.rows.len()).map(|row| grid.text(row, at)).filter(words).peekable();
    let is_code = |text: &str| matches!(text.len(), 3 | 5 | 7) && text.bytes().all(|byte| byte.is_ascii_digit());
    texts.peek().is_some() && texts.all(is_code)
}

/// A column of words directly before amounts labels them, when the table is a statement with
/// labels elsewhere: 收入 | 金额 | 功能分类 | 金额 | 支出用途 | 金额.
fn find_labels(grid: &Grid, head: &Head, columns: &mut [ColumnView]) {
    if !columns.iter().any(|column| column.role == ColumnRole::Label) {
        return;
    }
    for at in 0..columns.len().saturating_sub(1) {
        let words = columns[at].role == ColumnRole::Text && columns[at + 1].role == ColumnRole::Amount;
        let (numbers, texts) = count_cells(grid, head.rows, at);
        if words && texts > 0 && numbers == 0 {
            columns[at].role = ColumnRole::Label;
        }
    }
}

/// Each column of amounts belongs to the nearest label to its left.
fn link_labels(columns: &mut [ColumnView]) {
    let mut label = None;
    for at in 0..columns.len() {
        match columns[at].role {
            ColumnRole::Label => label = Some(at as u16),
            ColumnRole::Name if label.is_none() => label = Some(at as u16),
            ColumnRole::Amount => columns[at].labels = label,
            _ => {}
        }
    }
}

/// 收入 or 支出, as the heads over a label column say.
fn sides_of(columns: &[ColumnView]) -> Vec<Option<Measure>> {
    let side = |column: &ColumnView| {
        column.path.iter().find_map(|head| match head.as_str() {
            text if text.starts_with("收入") || text == "本年收入" => Some(Measure::Revenue),
            text if text.starts_with("支出") || text == "本年支出" => Some(Measure::Expenditure),
            _ => None,
        })
    };
    columns.iter().map(|column| (column.role == ColumnRole::Label).then(|| side(column)).flatten()).collect()
}

/// What the heads over a column of amounts stand for; `None` when they say nothing known.
fn facets_of(lexicon: &Lexicon, path: &[String], year: Option<i16>) -> Option<Facets> {
    let mut facets = Facets::default();
    let mut known = false;
    for head in path {
        if head == "收入" || head == "支出" || lexicon.is_neutral(head) {
            known = true;
        }
        for found in lexicon.find(Place::Column, head) {
            facets.merge(&found.facets);
            known = true;
        }
        if let Some(said) = year_of(head, year) {
            facets.year = Some(said);
            known = true;
        }
        if head.contains("决算数") || head.contains("执行数") {
            facets.phase = Some(Phase::Final);
            known = true;
        } else if head.contains("预算数") {
            facets.phase = Some(Phase::Budget);
            known = true;
        }
        if ["增减", "变动", "比上年"].iter().any(|word| head.contains(word)) {
            return None;
        }
    }
    if facets.stream.is_none()
        && facets.measure == Some(Measure::Revenue)
        && facets.book.is_some_and(|book| book != Book::All)
    {
        facets.stream = Some(Stream::Year);
    }
    known.then_some(facets)
}

/// 2019年预算, 上年预算数
fn year_of(head: &str, year: Option<i16>) -> Option<i16> {
    if let Some(said) = find_year(head).or_else(|| crate::words::leading_year(head)) {
        return Some(said);
    }
    let carried = head.contains("结转") || head.contains("结余");
    let prior = head.contains("上年") || head.contains("上一年");
    if prior && !carried { year.map(|year| year - 1) } else { None }
}

/// The kind of table: what its columns say where they say it, else its title.
fn kind_of(
    lexicon: &Lexicon,
    grid: &Grid,
    head: &Head,
    columns: &[ColumnView],
    titled: Option<TableKind>,
) -> TableKind {
    let has = |role| columns.iter().any(|column| column.role == role);
    let count = |fits: &dyn Fn(&Facets) -> bool| {
        columns.iter().filter_map(|column| column.facets.as_ref()).filter(|f| fits(f)).count()
    };
    let codes = code_family(grid, head, columns);
    let has_project = has(ColumnRole::Project);
    if has_project && titled != Some(TableKind::Construction) && titled != Some(TableKind::Transfers) {
        if titled == Some(TableKind::KeyProjects) || titled == Some(TableKind::Projects) {
            return titled.unwrap_or(TableKind::Projects);
        }
        if has(ColumnRole::Basis) {
            return TableKind::Projects;
        }
        if has(ColumnRole::Benefit) || has(ColumnRole::Indicator) || has(ColumnRole::Goal) {
            return TableKind::KeyProjects;
        }
    }
    if count(&|facets| facets.measure == Some(Measure::ThreePublic)) >= 3 {
        return TableKind::ThreePublic;
    }
    if codes == Some('A') && titled.is_none_or(|kind| kind != TableKind::Construction) {
        return TableKind::Procurement;
    }
    let books: Vec<Book> = columns.iter().filter_map(|c| c.facets.as_ref()?.book).collect();
    match (titled, codes) {
        (Some(TableKind::Economic), Some('2')) => TableKind::General,
        (Some(TableKind::General), Some('3')) => TableKind::Economic,
        (Some(TableKind::Balance), _) if says_appropriation(grid, lexicon) => TableKind::Appropriation,
        (Some(kind), _) => kind,
        (None, Some('3')) => TableKind::Economic,
        (None, Some('2')) if books.len() >= 2 => TableKind::Revenue,
        (None, Some('2')) => match books.first() {
            Some(Book::General) => TableKind::General,
            Some(Book::Funds) => TableKind::Funds,
            Some(Book::StateCapital) => TableKind::StateCapital,
            _ => TableKind::Other,
        },
        (None, _) => untitled_balance(grid, lexicon, columns),
    }
}

/// The first character that most codes of the table begin with: 2 function, 3 economic, A procurement.
fn code_family(grid: &Grid, head: &Head, columns: &[ColumnView]) -> Option<char> {
    let at = columns.iter().position(|column| column.role == ColumnRole::Code)?;
    let firsts = (head.rows..grid.rows.len()).filter_map(|row| Code::new(grid.text(row, at))?.as_str().chars().next());
    let mut counts = [0_usize; 3];
    for first in firsts {
        match first {
            '2' => counts[0] += 1,
            '3' => counts[1] += 1,
            'A'..='C' => counts[2] += 1,
            _ => {}
        }
    }
    let (at, count) = counts.iter().enumerate().max_by_key(|(at, count)| (**count, 2 - at))?;
    (*count > 0).then(|| ['2', '3', 'A'][at])
}

/// A statement of both sides without a title.
fn untitled_balance(grid: &Grid, lexicon: &Lexicon, columns: &[ColumnView]) -> TableKind {
    let sides = sides_of(columns);
    if !(sides.contains(&Some(Measure::Revenue)) && sides.contains(&Some(Measure::Expenditure))) {
        return TableKind::Other;
    }
    if says_appropriation(grid, lexicon) { TableKind::Appropriation } else { TableKind::Balance }
}

/// The statement is one of appropriations only: its first item is 本年收入, not a source.
fn says_appropriation(grid: &Grid, _lexicon: &Lexicon) -> bool {
    let labels = grid.rows.iter().filter_map(|row| row.first()).map(|(text, _)| crate::words::bare_label(text).0);
    labels.filter(|label| !label.is_empty()).any(|label| label == "本年收入")
        && !grid
            .rows
            .iter()
            .flatten()
            .any(|(text, _)| text.contains("专户") || text.contains("其他收入") || text.contains("事业收入"))
}
