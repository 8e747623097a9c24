//! A small report made by hand: a document, what it says, and what became of its relations.

use gouji_check::{Coverage, Relation, Report};
use gouji_explain::{Checked, StaleAcceptance};
use gouji_model::{Cell, Check, Finding, Level, Outcome, Phase, Printed, Reason, Role, Span, Term, Unit, Verdict};
use gouji_read::{Area, Block, Document, Glyph, Limits, Page, read};
use gouji_understand::{ColumnRole, ColumnView, Heading, RowView, Statement, Subject, TableKind, TableView};

pub const TEXT: &str = "\
第二部分 部门预算安排情况说明

一、部门预算收支总体情况

（一）2019 年收入预算情况。2019 年某局部门预算收入 51447 万元，比 2018 年减少 5627 万元，减少 10%。

（二）2019 年支出预算情况。为了做好本年度各项重点工作，保障机构正常运转，按照零基预算的要求编制支出预算，2019 年某局部门预算支出 51447 万元，比 2018 年增加 5627 万元，增长 10%，包括基本支出 2364 万元和项目支出 49083 万元，均按规定用途安排使用<script>alert(1)</script>。卫生健康支出增加 5

万元。

表三

单位：万元

科目名称\t支出合计\t绩效目标
合计\t51,447\t按时完成
基本支出\t2,364\t
项目支出\t49,080\t按进度\"验收\"
";

pub struct Fixture {
    pub document: Document,
    pub statement: Statement,
    pub report: Report,
    pub sha256: Vec<String>,
    pub stale: Vec<StaleAcceptance>,
}

impl Fixture {
    pub fn checked(&self) -> Checked<'_> {
        Checked {
            document: &self.document,
            statement: &self.statement,
            report: &self.report,
            sha256: &self.sha256,
            stale: &self.stale,
        }
    }
}

pub fn fixture() -> Fixture {
    let document = read(vec![("报告.txt".into(), TEXT.as_bytes().to_vec())], &Limits::default());
    let statement = statement(&document);
    Fixture {
        report: report(&statement),
        document,
        statement,
        sha256: vec![gouji_explain::sha256(TEXT.as_bytes())],
        stale: vec![StaleAcceptance {
            path: "接受.toml".into(),
            line: 9,
            code: "NAR999".into(),
            relation: "narrative.gone".into(),
        }],
    }
}

/// The report made by hand, every character of it in a column of squares on page 1.
pub fn on_paper() -> Fixture {
    let mut fixture = fixture();
    let file = &mut fixture.document.files[0];
    let squares = file.text.char_indices().enumerate().map(|(index, (start, _))| {
        let (left, top) = ((index % 15) as i32 * 1000 + 2000, (index / 15) as i32 * 1000 + 1000);
        Glyph { start: start as u32, page: 1, area: Area { left, top, right: left + 1000, bottom: top + 1000 } }
    });
    file.glyphs = squares.collect();
    file.pages = vec![Page { width: 20000, height: 40000, rulings: Vec::new() }];
    fixture
}

pub fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap_or_else(|| panic!("{words} does not stand in the text")) as u32;
    Span { file: 0, start, end: start + words.len() as u32 }
}

fn statement(document: &Document) -> Statement {
    let table = document.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    let table = table.expect("the text has a table");
    let rows = table.rows.iter().enumerate().skip(1).map(|(index, row)| RowView {
        row: index as u32,
        cells: row.cells.iter().map(|span| (document.quote(*span), *span)).collect(),
        label: document.quote(row.cells[0]),
        ..RowView::default()
    });
    let roles = [ColumnRole::Name, ColumnRole::Amount, ColumnRole::Goal];
    let columns = table.rows[0].cells.iter().zip(roles).map(|(span, role)| ColumnView {
        role,
        path: vec![document.quote(*span)],
        facets: Default::default(),
        labels: None,
        partial: false,
    });
    let view = TableView {
        kind: TableKind::Expenditure,
        number: Some("表三".into()),
        title: None,
        entity: None,
        unit: Some((Unit::TenThousand, span("单位：万元"))),
        columns: columns.collect(),
        rows: rows.collect(),
        span: table.rows[0].span().to(table.rows[table.rows.len() - 1].span()),
    };
    let heading = |depth, text: &str| Heading { depth, text: text.into(), bare: text.into(), span: span(text) };
    Statement {
        subject: Subject {
            entity: Some("某局".into()),
            year: Some(2019),
            phase: Phase::Budget,
            form: None,
            unit: Some(Unit::TenThousand),
        },
        tables: vec![view],
        headings: vec![heading(1, "第二部分 部门预算安排情况说明"), heading(2, "一、部门预算收支总体情况")],
        ..Statement::default()
    }
}

fn money(digits: i64) -> Printed {
    Printed::new(digits, 0, Unit::TenThousand).expect("whole units are never too fine")
}

fn term(role: Role, label: &str, figure: Option<i64>, words: &str) -> Term {
    Term { role, label: label.into(), figure: figure.map(money), span: Some(span(words)), cell: None }
}

fn cell(statement: &Statement, role: Role, row: u32, column: u16, figure: Option<i64>) -> Term {
    let view = statement.tables[0].rows.iter().find(|view| view.row == row).expect("the row is there");
    let cell = Cell { table: 0, row, column };
    let span = view.cells[usize::from(column)].1;
    Term { role, label: statement.cell_label(cell), figure: figure.map(money), span: Some(span), cell: Some(cell) }
}

fn finding(
    code: &'static str,
    key: &str,
    level: Level,
    group: u32,
    terms: Vec<Term>,
    difference: Option<i64>,
) -> Finding {
    let outcome = Outcome::Broken { difference: difference.map(money) };
    let check = Check { key: key.into(), outcome, level, terms, expected: None, words: Vec::new() };
    Finding { code, rule: "made-by-hand", check, level, preview: false, group, accepted: None, folded: 0 }
}

fn report(statement: &Statement) -> Report {
    let direction = finding(
        "ZZZ001",
        "narrative.direction",
        Level::Error,
        1,
        vec![
            term(Role::Claim, "支出比上年增加", Some(5627), "比 2018 年增加 5627 万元"),
            term(Role::Other, "收入比上年减少", Some(-5627), "比 2018 年减少 5627 万元"),
        ],
        None,
    );
    let growth =
        finding("ZZZ001", "narrative.growth", Level::Error, 1, vec![term(Role::Claim, "增长", None, "增长 10%")], None);
    let sum = finding(
        "ZZZ002",
        "expenditure.nature",
        Level::Warning,
        2,
        vec![
            cell(statement, Role::Total, 1, 1, Some(51447)),
            cell(statement, Role::Part, 2, 1, Some(2364)),
            cell(statement, Role::Part, 3, 1, Some(49080)),
        ],
        Some(-3),
    );
    let blank =
        finding("ZZZ003", "project.goal", Level::Info, 3, vec![cell(statement, Role::Missing, 2, 2, None)], None);
    let mut kept =
        finding("ZZZ004", "form.wording", Level::Warning, 4, vec![term(Role::Claim, "", None, "增加 5\n\n万元")], None);
    kept.accepted = Some("已另文说明".into());
    let findings = vec![direction, growth, sum, blank, kept];
    let mut relations: Vec<Relation> =
        findings.iter().map(|finding| family(finding.check.clone(), finding.code)).collect();
    let rounding = Outcome::Rounding { addends: 2, bound: money(1), difference: money(-1) };
    let holds = |key: &str, outcome| Check {
        key: key.into(),
        outcome,
        level: Level::Error,
        terms: Vec::new(),
        expected: None,
        words: Vec::new(),
    };
    relations.push(family(holds("expenditure.row", rounding), "ZZZ002"));
    relations.push(family(holds("expenditure.total", Outcome::Holds), "ZZZ002"));
    relations.push(family(holds("revenue.total", Outcome::NotChecked(Reason::NeedsPriorYear)), "ZZZ002"));
    relations.sort_by(|a, b| a.key.cmp(&b.key));
    let coverage = Coverage {
        tables: 1,
        amounts: 9,
        amounts_bound: 8,
        claims: 4,
        claims_bound: 4,
        holds: 1,
        rounding: 1,
        broken: 5,
        not_checked: 1,
    };
    Report { relations, findings, repairs: Vec::new(), coverage }
}

fn family(check: Check, code: &'static str) -> Relation {
    let verdict = check.outcome.verdict();
    let instances = usize::from(verdict != Verdict::NotChecked);
    Relation { key: check.key.clone(), code, level: check.level, verdict, instances, checks: vec![check] }
}
