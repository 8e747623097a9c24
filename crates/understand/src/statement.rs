use crate::claim::{Claim, Sentence};
use crate::forms::DataRelation;
use gouji_model::{Cell, Coordinates, Facets, Fact, Phase, Printed, Span, Unit};
use gouji_read::Issue;
use std::sync::Arc;

/// What a report says: facts of its tables, claims of its prose, and what stayed unbound.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    /// Whose report, of which year.
    pub subject: Subject,
    /// What the report calls its own body: on the title page and above the tables.
    pub own_names: Vec<String>,
    /// The tables in reading order.
    pub tables: Vec<TableView>,
    /// Every amount of a table that is bound to coordinates.
    pub facts: Vec<Fact>,
    /// Amounts where row and column have nothing in common: they must be zero.
    pub disjoint: Vec<Fact>,
    /// Relations that no coordinate implies, of the lexicon's files and of the form.
    pub relations: Vec<DataRelation>,
    /// The tables that the form asks for: kind, number, title without blanks.
    pub form_tables: Vec<(TableKind, String, String)>,
    /// Keys of relations that hold by the form, and not everywhere.
    pub declared: Vec<String>,
    /// Last year's report of the same body, where it is at hand; its places are in files after those of this one.
    pub prior: Option<Arc<Statement>>,
    /// Headings of the body in reading order.
    pub headings: Vec<Heading>,
    /// Entries of the table of contents.
    pub contents: Vec<Entry>,
    /// Entries of the list of tables (附表), its heading first where it has one.
    pub table_list: Vec<Entry>,
    /// The heading over the list of tables.
    pub table_list_heading: Option<Span>,
    /// Its text without blanks.
    pub table_list_heading_text: Option<String>,
    /// Sentences of the prose in reading order.
    pub sentences: Vec<Sentence>,
    /// 截至2023年: the days of which sentences tell what is owned.
    pub records: Vec<Record>,
    /// Claims of the prose in reading order.
    pub claims: Vec<Claim>,
    /// Figures that could not be bound, with the reason.
    pub unbound: Vec<Unbound>,
    /// What was left out because a limit was reached.
    pub issues: Vec<Issue>,
    /// Every amount seen, bound or not, in tables and in prose.
    pub amounts_seen: usize,
}

/// Whose report, of which year, in which unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The body's name as the tables print it.
    pub entity: Option<String>,
    /// The budget year.
    pub year: Option<i16>,
    /// Budget or final accounts.
    pub phase: Phase,
    /// The form, when one is known.
    pub form: Option<String>,
    /// The unit most tables state.
    pub unit: Option<Unit>,
}

/// What kind of table it is, whatever its title and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableKind {
    /// 部门收支总表
    Balance,
    /// 部门收入总表
    Revenue,
    /// 部门支出总表
    Expenditure,
    /// 财政拨款收支总表
    Appropriation,
    /// 一般公共预算支出表（按功能科目）
    General,
    /// 一般公共预算（基本）支出表（按经济科目）
    Economic,
    /// 政府性基金预算支出表
    Funds,
    /// “三公”经费支出表
    ThreePublic,
    /// 政府采购预算表
    Procurement,
    /// 基本建设项目资金预算表
    Construction,
    /// 国有资本经营预算支出表
    StateCapital,
    /// 上级专项转移支付支出预算表
    Transfers,
    /// 部门预算绩效管理项目情况表
    Projects,
    /// 重点项目支出绩效目标表
    KeyProjects,
    /// 机关运行经费表
    OperatingCost,
    /// 财政拨款支出表
    Appropriated,
    /// Read, but of no known kind.
    Other,
}

impl TableKind {
    /// Every kind with its word in keys and its Chinese name, in the order of the report.
    pub const ALL: [(TableKind, &'static str, &'static str); 17] = [
        (TableKind::Balance, "balance", "收支总表"),
        (TableKind::Revenue, "revenue", "收入总表"),
        (TableKind::Expenditure, "expenditure", "支出总表"),
        (TableKind::Appropriation, "appropriation", "财政拨款收支总表"),
        (TableKind::General, "general", "一般公共预算支出表"),
        (TableKind::Economic, "economic", "一般公共预算支出表（按经济科目）"),
        (TableKind::Funds, "funds", "政府性基金预算支出表"),
        (TableKind::ThreePublic, "three-public", "“三公”经费支出表"),
        (TableKind::Procurement, "procurement", "政府采购预算表"),
        (TableKind::Construction, "construction", "基本建设项目资金预算表"),
        (TableKind::StateCapital, "state-capital", "国有资本经营预算支出表"),
        (TableKind::Transfers, "transfers", "上级专项转移支付支出预算表"),
        (TableKind::Projects, "projects", "部门预算绩效管理项目情况表"),
        (TableKind::KeyProjects, "key-projects", "重点项目支出绩效目标表"),
        (TableKind::OperatingCost, "operating-cost", "机关运行经费表"),
        (TableKind::Appropriated, "appropriated", "财政拨款支出表"),
        (TableKind::Other, "other", "其他表"),
    ];

    /// The word used in relation keys and lexicon files.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The usual Chinese name.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<TableKind> {
        Self::ALL.iter().find(|(_, known, _)| *known == word).map(|(kind, _, _)| *kind)
    }
}

/// A table as understood: kind, caption, columns, rows.
#[derive(Clone, Debug)]
pub struct TableView {
    /// What kind of table.
    pub kind: TableKind,
    /// Its number as printed: `表三`.
    pub number: Option<String>,
    /// Its title as printed.
    pub title: Option<(String, Span)>,
    /// The body named above it.
    pub entity: Option<(String, Span)>,
    /// The unit stated above it.
    pub unit: Option<(Unit, Span)>,
    /// The columns.
    pub columns: Vec<ColumnView>,
    /// The rows below the head.
    pub rows: Vec<RowView>,
    /// From the first cell to the last.
    pub span: Span,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnRole {
    /// 科目编码
    Code,
    /// 科目名称
    Name,
    /// Labels of a statement: 收入项目, 年度
    Label,
    /// 项目名称
    Project,
    /// 单位名称
    Unit,
    /// Amounts.
    Amount,
    /// 绩效目标
    Goal,
    /// 申报依据
    Basis,
    /// 预期效益
    Benefit,
    /// 量化指标
    Indicator,
    /// Something else.
    Text,
}

/// A column as understood.
#[derive(Clone, Debug)]
pub struct ColumnView {
    /// What it holds.
    pub role: ColumnRole,
    /// The path of its heads, outermost first.
    pub path: Vec<String>,
    /// What title and head stand for (for a column of amounts); `None` when that is not known.
    pub facets: Option<Facets>,
    /// The column that labels its rows.
    pub labels: Option<u16>,
    /// 其中: the column is a part that need not be complete.
    pub partial: bool,
}

/// A row as understood.
#[derive(Clone, Debug, Default)]
pub struct RowView {
    /// Row number in the table, heads included.
    pub row: u32,
    /// The cells: text without blanks, and place.
    pub cells: Vec<(String, Span)>,
    /// The columns it labels: a table may hold two lists side by side.
    pub columns: std::ops::Range<usize>,
    /// Code, when the row has one.
    pub code: Option<gouji_model::Code>,
    /// Its code as printed, the parts apart (`301 2`), when the last part has one digit instead of two.
    pub short_code: Option<String>,
    /// Name or label of the row.
    pub label: String,
    /// Project named in the row.
    pub project: Option<String>,
    /// Budget unit the row belongs to.
    pub unit: Option<String>,
    /// The row is the subtotal of a unit.
    pub is_unit: bool,
}

/// A heading of the body.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Depth: 1 for 第一部分, 2 for 一、, 3 for （一）.
    pub depth: u8,
    /// The heading with its number, blanks removed.
    pub text: String,
    /// The heading without its number, normalised for comparison.
    pub bare: String,
    /// Where it stands.
    pub span: Span,
}

/// 截至2023年12月31日: the year of which a sentence tells what is owned.
#[derive(Clone, Debug)]
pub struct Record {
    /// The year named.
    pub year: i16,
    /// The words up to the year, without blanks.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// A line of the contents or of the list of tables.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The entry with its number, blanks removed, without leader and page.
    pub text: String,
    /// The entry without its number, normalised for comparison.
    pub bare: String,
    /// The page it names.
    pub page: Option<u32>,
    /// The kind of table its words name.
    pub table: Option<TableKind>,
    /// Where it stands.
    pub span: Span,
}

/// A figure that could not be bound, with the reason.
#[derive(Clone, Debug)]
pub struct Unbound {
    /// Where it stands.
    pub span: Span,
    /// The figure as printed.
    pub text: String,
    /// Why.
    pub reason: UnboundReason,
    /// The cell, when it stands in a table.
    pub cell: Option<Cell>,
}

/// Why a figure is not bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnboundReason {
    /// The kind of the table is not known.
    UnknownTable,
    /// The head of the column says nothing known.
    UnknownColumn,
    /// The label of the row says nothing known.
    UnknownRow,
    /// The row has no label.
    Unlabelled,
    /// No unit is stated for the table or the figure.
    NoUnit,
    /// What the sentence is about could not be made out.
    UnknownSubject,
    /// A number with more digits or decimals than can be.
    Unreadable,
}

impl Statement {
    /// The first table of a kind.
    pub fn table(&self, kind: TableKind) -> Option<(u16, &TableView)> {
        self.tables.iter().enumerate().find(|(_, table)| table.kind == kind).map(|(at, table)| (at as u16, table))
    }

    /// All facts of a table.
    pub fn facts_of(&self, table: u16) -> impl Iterator<Item = &Fact> {
        // Facts stand in the order of their tables.
        let first = self.facts.partition_point(|fact| fact.cell.table < table);
        self.facts[first..].iter().take_while(move |fact| fact.cell.table == table)
    }

    /// The fact in a cell.
    pub fn fact_at(&self, cell: Cell) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.cell == cell)
    }

    /// The first figure that a table prints for these coordinates.
    pub fn printed(&self, at: &Coordinates) -> Option<(&Fact, Printed)> {
        self.facts.iter().find(|fact| fact.at == *at).map(|fact| (fact, fact.figure))
    }

    /// How a finding names a fact: table, row, column.
    pub fn label(&self, fact: &Fact) -> String {
        self.cell_label(fact.cell)
    }

    /// How a finding names a cell: table, row, column.
    pub fn cell_label(&self, cell: Cell) -> String {
        let table = &self.tables[usize::from(cell.table)];
        // Rows stand in order; lists side by side share a row number.
        let first = table.rows.partition_point(|row| row.row < cell.row);
        let here = table.rows[first..].iter().take_while(|row| row.row == cell.row);
        let row = here.into_iter().find(|row| row.columns.contains(&usize::from(cell.column)));
        let mut label = table.name();
        let column = table.columns.get(usize::from(cell.column));
        // A statement of both sides has a label for each side.
        let beside = column
            .and_then(|column| column.labels)
            .filter(|at| table.columns[usize::from(*at)].role == ColumnRole::Label);
        let title = row.map(|row| match beside {
            Some(at) if row.code.is_none() && row.project.is_none() => row.text(usize::from(at)).to_string(),
            _ => row.title(),
        });
        let head = column.map(ColumnView::title).filter(|head| title.as_deref() != Some(head));
        for part in [title, head] {
            if let Some(part) = part.filter(|part| !part.is_empty()) {
                label.push(' ');
                label.push_str(&part);
            }
        }
        label
    }
}

impl TableView {
    /// How the report calls it: its number, else its title, else the usual name of its kind.
    pub fn name(&self) -> String {
        let title = self.title.as_ref().map(|(title, _)| title.clone());
        self.number.clone().or(title).unwrap_or_else(|| self.kind.name().to_string())
    }

    /// The first column of a role.
    pub fn column(&self, role: ColumnRole) -> Option<usize> {
        self.columns.iter().position(|column| column.role == role)
    }
}

impl RowView {
    /// Code and name, or label, or project.
    pub fn title(&self) -> String {
        let name = self.project.as_deref().unwrap_or(&self.label);
        self.code.map_or_else(|| name.to_string(), |code| format!("{code} {name}"))
    }

    /// Text of a cell, empty when there is none.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |(text, _)| text)
    }

    /// Place of the whole row.
    pub fn span(&self) -> Span {
        let first = self.cells.first().map(|(_, span)| *span).unwrap_or_default();
        self.cells.last().map_or(first, |(_, last)| first.to(*last))
    }
}

impl ColumnView {
    /// The innermost head that says something.
    pub fn title(&self) -> String {
        self.path.last().cloned().unwrap_or_default()
    }
}
