//! Rules against statements with holes, and against figures changed by a hand.

use crate::case::CasesFile;
use crate::expect_none;
use crate::road::{Run, data, forms};
use gouji_check::Options;
use gouji_model::Outcome;
use gouji_read::Block;
use gouji_understand::{Statement, TableKind};

const CLEAN: &str = "yunzhou-2019-clean.txt";

/// The reports that holes are made in: every case, and two whole reports.
fn reports() -> Vec<Run> {
    let cases = CasesFile::all().into_iter().flat_map(|file| file.cases).map(|case| case.run());
    let whole = [CLEAN, "qinghe-2024-clean.txt"].map(|name| Run::of(name, &data(name)));
    cases.chain(whole).collect()
}

/// One optional thing after the other is taken away; a rule that needs it says so and does not panic.
#[test]
fn a_statement_with_holes_is_no_accident() {
    for run in reports() {
        for hole in HOLES {
            let mut statement = run.statement.clone();
            hole(&mut statement);
            gouji_check::check(&statement, &Options::default());
        }
        for (kind, _, _) in TableKind::ALL {
            let mut statement = run.statement.clone();
            let kinds: Vec<TableKind> = statement.tables.iter().map(|table| table.kind).collect();
            statement.facts.retain(|fact| kinds[usize::from(fact.cell.table)] != kind);
            gouji_check::check(&statement, &Options::default());
        }
    }
}

/// What a statement may lack.
const HOLES: &[fn(&mut Statement)] = &[
    |statement| statement.facts.clear(),
    |statement| statement.disjoint.clear(),
    |statement| statement.relations.clear(),
    |statement| statement.claims.clear(),
    |statement| statement.claims.iter_mut().for_each(|claim| claim.at = None),
    |statement| statement.claims.iter_mut().for_each(|claim| claim.of = None),
    |statement| {
        statement.headings.clear();
        statement.sentences.iter_mut().for_each(|sentence| sentence.heading = None);
    },
    |statement| statement.contents.clear(),
    |statement| statement.table_list.clear(),
    |statement| (statement.table_list_heading, statement.table_list_heading_text) = (None, None),
    |statement| statement.unbound.clear(),
    |statement| statement.subject = Default::default(),
    |statement| statement.tables.iter_mut().for_each(|table| (table.title, table.number) = (None, None)),
    |statement| statement.tables.iter_mut().for_each(|table| (table.entity, table.unit) = (None, None)),
    |statement| statement.tables.iter_mut().for_each(|table| table.rows.clear()),
    |statement| statement.tables.iter_mut().for_each(|table| table.columns.clear()),
    |statement| rows(statement, |row| row.label.clear()),
    |statement| rows(statement, |row| row.code = None),
    |statement| rows(statement, |row| row.project = None),
    |statement| rows(statement, |row| (row.unit, row.is_unit) = (None, false)),
    |statement| rows(statement, |row| row.cells.clear()),
    |statement| *statement = Statement::default(),
];

fn rows(statement: &mut Statement, change: impl Fn(&mut gouji_understand::RowView)) {
    statement.tables.iter_mut().flat_map(|table| &mut table.rows).for_each(change);
}

/// One table after the other is left out of the report.
#[test]
fn a_report_without_one_of_its_tables_is_no_accident() {
    for run in reports() {
        let tables = run.document.blocks.iter().enumerate().filter(|(_, block)| matches!(block, Block::Table(_)));
        for (at, _) in tables {
            let mut document = run.document.clone();
            document.blocks.remove(at);
            let statement = gouji_understand::understand(&document, forms());
            gouji_check::check(&statement, &Options::default());
        }
    }
}

/// Every fifth amount of the tables that hang together is changed by two units of its last digit.
#[test]
fn a_changed_amount_is_noticed() {
    let text = data(CLEAN);
    let clean = Run::of(CLEAN, &text);
    let tried =
        [TableKind::Revenue, TableKind::Expenditure, TableKind::General, TableKind::Economic, TableKind::Projects];
    let kind = |table: u16| clean.statement.tables[usize::from(table)].kind;
    let facts = clean.statement.facts.iter().filter(|fact| tried.contains(&kind(fact.cell.table)));
    let mut faults = Vec::new();
    let mut count = 0;
    for fact in facts.step_by(5) {
        let digits = fact.figure.digits();
        let step = if count % 2 == 0 || digits < 2 { 2 } else { -2 };
        count += 1;
        assert_eq!(fact.figure.decimals(), 0, "the tables tried print whole numbers");
        let mut changed = text.clone();
        changed.replace_range(fact.span.start as usize..fact.span.end as usize, &(digits + step).to_string());
        if broken(&Run::of(CLEAN, &changed)) <= broken(&clean) {
            faults.push(format!("{} {digits} changed by {step} is not noticed", clean.statement.label(fact)));
        }
    }
    assert!(count > 100, "{count} amounts tried");
    expect_none(&faults);
}

fn broken(run: &Run) -> usize {
    let checks = run.report.relations.iter().flat_map(|family| &family.checks);
    checks.filter(|check| matches!(check.outcome, Outcome::Broken { .. })).count()
}
