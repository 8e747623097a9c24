//! Every amount of every table, changed by a few units of its last digit.

use super::bench::{Bench, Trial, sample};
use super::bounds::Bounds;
use super::edit::{Edit, moved};
use super::imprint::Seen;
use crate::score::share;
use gouji_model::{Cell, Printed, Span, Unit};
use gouji_understand::TableKind;

/// Tables in which every amount stands in sums of its row and its column: one unit is noticed.
const TIGHT: [TableKind; 5] =
    [TableKind::Revenue, TableKind::Expenditure, TableKind::General, TableKind::Economic, TableKind::Projects];

/// What became of the changes of one kind.
#[derive(Default)]
pub(super) struct Group {
    /// The changes tried.
    pub trials: Vec<Trial>,
}

/// What became of all changes to the tables.
#[derive(Default)]
pub(super) struct Tables {
    is_exact: bool,
    /// By table: name, amounts, and three groups: ±1, ±2, one unit over the bound.
    by_table: Vec<(String, usize, [Group; 3])>,
}

/// An amount of a table.
struct Amount {
    cell: Cell,
    span: Span,
    figure: Printed,
}

/// Changes the amounts of all tables, or of a sample of each.
///
/// `is_exact`: the report is the one that ±1 and ±2 are promised for. In others the sums may
/// leave more room, and every amount is moved beyond it.
pub(super) fn try_tables(bench: &Bench, most: Option<usize>, is_exact: bool) -> Tables {
    let bounds = Bounds::of(&bench.run);
    let mut tables = Tables { is_exact, by_table: Vec::new() };
    let amounts = amounts(bench);
    for (number, table) in bench.run.statement.tables.iter().enumerate() {
        let own: Vec<&Amount> = amounts.iter().filter(|amount| usize::from(amount.cell.table) == number).collect();
        let count = own.len();
        let mut groups: [Group; 3] = Default::default();
        for amount in sample(own, most) {
            if TIGHT.contains(&table.kind) {
                for (at, steps) in [(0, -1), (0, 1), (1, -2), (1, 2)] {
                    groups[at].trials.extend(try_amount(bench, &bounds, amount, steps));
                }
            }
            if !is_exact || !TIGHT.contains(&table.kind) {
                for sign in [-1, 1] {
                    let step = bounds.step(amount.span, amount.figure, sign).map_or(1, |(step, _)| step);
                    groups[2].trials.extend(try_amount(bench, &bounds, amount, sign * step));
                }
            }
        }
        tables.by_table.push((table.name(), count, groups));
    }
    tables
}

/// Every amount of a table: bound, where row and column exclude each other, and not bound.
fn amounts(bench: &Bench) -> Vec<Amount> {
    let statement = &bench.run.statement;
    let facts = statement.facts.iter().chain(&statement.disjoint);
    let bound = facts.map(|fact| Amount { cell: fact.cell, span: fact.span, figure: fact.figure });
    let unbound = statement.unbound.iter().filter_map(|unbound| {
        let cell = unbound.cell?;
        let unit = statement.tables[usize::from(cell.table)].unit.map_or(Unit::TenThousand, |(unit, _)| unit);
        let figure = Printed::parse(&unbound.text, unit).ok()?;
        Some(Amount { cell, span: unbound.span, figure })
    });
    let mut all: Vec<Amount> = bound.chain(unbound).collect();
    all.sort_by_key(|amount| amount.cell);
    all
}

fn try_amount(bench: &Bench, bounds: &Bounds, amount: &Amount, steps: i64) -> Option<Trial> {
    let document = &bench.run.document;
    let before = document.slice(amount.span);
    let edit = Edit { span: amount.span, text: moved(before, steps)? };
    let location = document.locate(amount.span);
    let place = format!("{}:{} {}", location.line, location.column, bench.run.statement.cell_label(amount.cell));
    let relation = bounds.describe(amount.span, amount.figure, steps.signum());
    let what = format!("{before} → {}", edit.text);
    Some(bench.try_edit(place, what, &relation, &edit))
}

impl Group {
    /// How many came to this.
    pub fn count(&self, wanted: impl Fn(&Trial) -> bool) -> usize {
        self.trials.iter().filter(|trial| wanted(trial)).count()
    }

    fn broken(&self) -> String {
        share(self.count(|trial| trial.seen == Seen::Broken), self.trials.len())
    }

    fn changed(&self) -> String {
        share(self.count(|trial| trial.seen > Seen::Nothing), self.trials.len())
    }

    fn by_family(&self) -> String {
        share(self.count(|trial| trial.by_family || trial.seen == Seen::Broken), self.trials.len())
    }
}

impl Tables {
    /// All changes of one kind: 0 for ±1, 1 for ±2, 2 for one unit over the bound.
    fn all(&self, at: usize) -> impl Iterator<Item = &Trial> {
        self.by_table.iter().flat_map(move |(_, _, groups)| &groups[at].trials)
    }

    /// Number of changes tried.
    pub fn len(&self) -> usize {
        (0..3).map(|at| self.all(at).count()).sum()
    }

    /// Number of runs that came to a panic.
    pub fn panics(&self) -> usize {
        (0..3).map(|at| self.all(at).filter(|trial| trial.seen == Seen::Panic).count()).sum()
    }

    /// The changes that ought to have been noticed and were not, in the words of the target they miss.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let line = |what: &str, trial: &Trial| format!("{what}: {}", trial.line());
        let unbroken = |at: usize| self.all(at).filter(|trial| trial.seen != Seen::Broken);
        faults.extend(unbroken(2).map(|trial| line("over the bound, breaks nothing", trial)));
        if !self.is_exact {
            return faults;
        }
        let unseen = unbroken(0).filter(|trial| trial.seen <= Seen::Nothing);
        faults.extend(unseen.map(|trial| line("±1 changes nothing", trial)));
        faults.extend(unbroken(1).map(|trial| line("±2 breaks nothing", trial)));
        let (broken, tried) = (self.all(0).filter(|trial| trial.seen == Seen::Broken).count(), self.all(0).count());
        if broken * 100 < tried * 97 {
            faults.push(format!("±1 breaks {} only; 97 % are asked", share(broken, tried)));
        }
        faults
    }

    /// Prints a row for each table, and with `list` what ±1 does not break.
    pub fn print(&self, list: bool) {
        println!(
            "tables: amounts | ±1 broken, instance changed, family changed | ±2 broken | over the bound: broken, changed"
        );
        for (name, amounts, [one, two, over]) in self.by_table.iter().filter(|(_, amounts, _)| *amounts > 0) {
            let some = |group: &Group, text: String| if group.trials.is_empty() { "–".to_owned() } else { text };
            let first = format!("{}, {}, {} of {}", one.broken(), one.changed(), one.by_family(), one.trials.len());
            let third = format!("{}, {} of {}", over.broken(), over.changed(), over.trials.len());
            let row = [some(one, first), some(two, two.broken()), some(over, third)].join(" | ");
            println!("  {name}: {amounts} | {row}");
        }
        let (one, two, over) = (self.all(0).count(), self.all(1).count(), self.all(2).count());
        let broken = |at: usize| self.all(at).filter(|trial| trial.seen == Seen::Broken).count();
        println!(
            "  all: ±1 broken {} of {one} ({}), changed {}; ±2 broken {} of {two} ({}); over the bound broken {} of {over} ({})",
            broken(0),
            share(broken(0), one),
            share(self.all(0).filter(|trial| trial.seen > Seen::Nothing).count(), one),
            broken(1),
            share(broken(1), two),
            broken(2),
            share(broken(2), over),
        );
        if list {
            let spared = self.all(0).filter(|trial| matches!(trial.seen, Seen::Verdict | Seen::Mended));
            spared.for_each(|trial| println!("  ±1 changes a verdict only: {}", trial.line()));
        }
    }
}
