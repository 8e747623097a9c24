//! What a batch tells of a programme's year.

use super::{Award, Year};
use crate::Day;
use crate::evidence::{CREDIT_CODE, YEAR};
use crate::judge::amounts;
use crate::ledger::Book;
use crate::work::{BudgetLine, DATE, Judged, NUMBER, Work};
use gouji_model::Fen;
use std::collections::{BTreeSet, HashMap};

/// The register of what the office awarded in earlier years.
const AWARDED: &str = "awards";
/// The column of the town or street, in whatever register has it.
const TOWN: &str = "街道";
/// The column of the industry.
const INDUSTRY: &str = "行业";

/// The year of one batch; `decided` tells the day on which an application was decided, by its number.
pub fn of_batch(judged: &Judged, book: Option<&Book>, decided: &dyn Fn(&str) -> Option<Day>) -> Year {
    let (work, batch) = (judged.work, judged.batch);
    let line = work.lines.iter().find(|line| line.id == batch.pays);
    let bases = amounts(&judged.program, &judged.columns, &batch.base);
    let (towns, industries) = (by_firm(work, TOWN), by_firm(work, INDUSTRY));
    let of = |facts: &HashMap<&str, &str>, firm: &str| facts.get(firm).map_or_else(String::new, |fact| (*fact).into());
    let paid = |award: &str| {
        let state = book.and_then(|book| book.awards.get(&(batch.pays.clone(), award.to_owned())));
        state.map_or(Fen::new(0), |state| Fen::new(state.paid.fen() - state.recovered.fen()))
    };
    let awards = (0..judged.applicants.len()).filter_map(|at| {
        let approved = judged.payable(at).filter(|fen| *fen > Fen::new(0))?;
        let (firm, number) = (judged.cell(at, CREDIT_CODE), judged.cell(at, NUMBER));
        let applied = Day::read(judged.cell(at, DATE));
        let days = decided(number).zip(applied).map(|(end, start)| end.number() - start.number());
        Some(Award {
            firm: firm.to_owned(),
            approved,
            paid: paid(number),
            base: bases[at],
            days_to_decide: days.and_then(|days| u32::try_from(days).ok()),
            town: of(&towns, firm),
            industry: of(&industries, firm),
        })
    });
    Year {
        year: i16::try_from(line.map_or_else(|| batch.opens.year(), |line| line.year)).unwrap_or(i16::MAX),
        unit: line.map_or_else(|| work.office.clone(), |line| line.unit.clone()),
        project: judged.file.policy.name.clone(),
        budget: batch.budget.unwrap_or_default(),
        awards: awards.collect(),
        known: known(work, batch.opens.year()),
    }
}

/// The year of a budget line: all its programmes together, against its whole amount.
pub fn all_of(line: &BudgetLine, programmes: &[Year]) -> Year {
    Year {
        year: i16::try_from(line.year).unwrap_or(i16::MAX),
        unit: line.unit.clone(),
        project: line.project.clone(),
        budget: line.amount,
        awards: programmes.iter().flat_map(|year| year.awards.iter().cloned()).collect(),
        known: programmes.iter().flat_map(|year| year.known.iter().cloned()).collect(),
    }
}

/// A fact of every firm, from the first register that has such a column.
fn by_firm<'w>(work: &'w Work, head: &str) -> HashMap<&'w str, &'w str> {
    let tables = work.registers.iter().chain([&work.applications]);
    let found = tables.filter_map(|table| Some((table, table.column(&table.key)?, table.column(head)?))).next();
    let Some((table, key, fact)) = found else { return HashMap::new() };
    (0..table.rows.len()).map(|row| (table.cell(row, key.place), table.cell(row, fact.place))).collect()
}

/// Firms that had an award before a year.
fn known(work: &Work, before: i32) -> BTreeSet<String> {
    let Some(table) = work.registers.iter().find(|register| register.id == AWARDED) else { return BTreeSet::new() };
    let (Some(key), Some(year)) = (table.column(&table.key), table.column(YEAR)) else { return BTreeSet::new() };
    let is_earlier = |row: &usize| table.cell(*row, year.place).parse::<i32>().is_ok_and(|year| year < before);
    (0..table.rows.len()).filter(is_earlier).map(|row| table.cell(row, key.place).to_owned()).collect()
}
