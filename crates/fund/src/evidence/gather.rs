//! From registers to columns: every applicant's rows are found, picked and read.

use super::register::{APPLICATIONS, CREDIT_CODE, EvidenceFault, Found, Register, YEAR};
use super::{Column, scaled_value};
use crate::policy::{Absent, Binding, Input, Kind, Pick, Policy};
use std::collections::HashMap;

/// The columns of a policy's inputs for applicants, in the order of the inputs.
///
/// `applicants` are rows of `applications`; `year` is that of the batch, for inputs that look back.
pub fn gather(
    policy: &Policy,
    registers: &[Register],
    applications: &Register,
    applicants: &[usize],
    year: i32,
) -> Result<Vec<Column>, Vec<EvidenceFault>> {
    let mut faults = Vec::new();
    let mut holders: HashMap<&str, HashMap<&str, Vec<usize>>> = HashMap::new();
    let mut columns = Vec::new();
    for input in &policy.inputs {
        let register = match input.binding.register.as_str() {
            APPLICATIONS => Some(applications),
            id => registers.iter().find(|register| register.id == id),
        };
        let Some(register) = register else {
            faults.push(unknown_register(policy, input));
            continue;
        };
        let by_holder = holders.entry(&register.id).or_insert_with(|| register.by_holder());
        match Finder::new(input, register, applications, year) {
            Ok(finder) => columns.push(finder.column(applicants, by_holder, &mut faults)),
            Err(missing) => faults.extend(missing),
        }
    }
    faults.sort();
    faults.dedup();
    if faults.is_empty() { Ok(columns) } else { Err(faults) }
}

fn unknown_register(policy: &Policy, input: &Input) -> EvidenceFault {
    let (file, id) = (format!("{}.toml", policy.id), &input.binding.register);
    let zh = format!("事项“{}”取自登记表“{id}”，但没有这张表；请在 fund.toml 里加上 [[register]]", input.name);
    let en =
        format!("`{}` is read from register `{id}`, which is not there; add a [[register]] to fund.toml", input.name);
    EvidenceFault::new(&file, input.line, "", zh, en)
}

/// Finds the value of one input.
struct Finder<'a> {
    input: &'a Input,
    register: &'a Register,
    applications: &'a Register,
    holder: Option<Found>,
    value: Option<Found>,
    year: Option<(usize, i32)>,
    /// Column of the register, column of the application.
    matching: Vec<(usize, usize)>,
    only: Option<(usize, &'a [String])>,
}

impl<'a> Finder<'a> {
    fn new(
        input: &'a Input,
        register: &'a Register,
        applications: &'a Register,
        year: i32,
    ) -> Result<Finder<'a>, Vec<EvidenceFault>> {
        let binding = &input.binding;
        let mut faults = Vec::new();
        let mut find = |register: &Register, name: &str| {
            let found = register.column(name);
            if found.is_none() {
                faults.push(missing_column(register, name, input));
            }
            found.map_or(Found { place: 0, fen: 0 }, |found| found)
        };
        let value = (!binding.column.is_empty()).then(|| find(register, &binding.column));
        let holder = Some(find(applications, CREDIT_CODE));
        find(register, &register.key);
        let year = binding.years_back.map(|back| (find(register, YEAR).place, year - back));
        let matching = binding
            .matching
            .iter()
            .map(|(theirs, ours)| (find(register, theirs).place, find(applications, ours).place));
        let matching = matching.collect();
        let only = binding.only.as_ref().map(|(column, words)| (find(register, column).place, words.as_slice()));
        if let Some(value) = value
            && input.kind == Kind::Amount
            && value.fen == 0
            && faults.is_empty()
        {
            faults.push(missing_unit(register, value, input));
        }
        if faults.is_empty() {
            Ok(Finder { input, register, applications, holder, value, year, matching, only })
        } else {
            Err(faults)
        }
    }

    fn column(
        &self,
        applicants: &[usize],
        by_holder: &HashMap<&str, Vec<usize>>,
        faults: &mut Vec<EvidenceFault>,
    ) -> Column {
        let mut column = Column::new(self.input.kind, applicants.len());
        for applicant in applicants {
            let rows = self.rows(*applicant, by_holder, faults);
            self.push(&mut column, &rows, faults);
        }
        column
    }

    /// The rows of an applicant that count.
    fn rows(
        &self,
        applicant: usize,
        by_holder: &HashMap<&str, Vec<usize>>,
        faults: &mut Vec<EvidenceFault>,
    ) -> Vec<usize> {
        if self.register.id == APPLICATIONS {
            return vec![applicant];
        }
        let code = self.holder.map_or("", |found| self.applications.cell(applicant, found.place));
        let mut rows = by_holder.get(code).cloned().unwrap_or_default();
        rows.retain(|row| {
            let is_of_year = self.year.is_none_or(|(place, year)| {
                let cell = self.register.cell(*row, place);
                match cell.trim_end_matches('年').parse::<i32>() {
                    Ok(found) => found == year,
                    // A row left out for its year would count as nothing on record.
                    Err(_) => {
                        faults.push(not_a_year(self.register, self.register.rows[*row].0, cell));
                        false
                    }
                }
            });
            let is_same = self.matching.iter().all(|(theirs, ours)| {
                let ours = self.applications.cell(applicant, *ours);
                !ours.is_empty() && self.register.cell(*row, *theirs) == ours
            });
            let is_meant =
                self.only.is_none_or(|(place, words)| words.iter().any(|word| word == self.register.cell(*row, place)));
            is_of_year && is_same && is_meant
        });
        rows
    }

    fn push(&self, column: &mut Column, rows: &[usize], faults: &mut Vec<EvidenceFault>) {
        let Binding { pick, absent, .. } = &self.input.binding;
        let first = rows.first().map_or(0, |row| self.register.rows[*row].0);
        match pick {
            Pick::Exists | Pick::Number if !rows.is_empty() || *absent == Absent::Nothing => {
                let number = if *pick == Pick::Exists { i64::from(!rows.is_empty()) } else { rows.len() as i64 };
                return column.push(Some(number), first);
            }
            Pick::Exists | Pick::Number => return column.push(None, 0),
            _ => {}
        }
        let mut cells: Vec<(u32, &str)> = rows
            .iter()
            .map(|row| {
                (self.register.rows[*row].0, self.register.cell(*row, self.value.map_or(0, |found| found.place)))
            })
            .collect();
        let filled = cells.iter().filter(|(_, cell)| !cell.is_empty()).count();
        // A row without its figure is no row of nothing, and a sum lacks what it does not tell.
        if !cells.is_empty() && (filled == 0 || *pick == Pick::Sum && filled < cells.len()) {
            return column.push(None, first);
        }
        cells.retain(|(_, cell)| !cell.is_empty());
        if self.input.kind == Kind::Class {
            let differs = cells.iter().any(|(_, cell)| *cell != cells[0].1);
            let word = cells.first().filter(|_| !differs).map(|(_, cell)| *cell);
            return column.push_word(word, cells.first().map_or(0, |(row, _)| *row));
        }
        let mut values = Vec::new();
        for (row, cell) in cells {
            match scaled_value(self.input.kind, cell, self.value.map_or(0, |found| found.fen)) {
                Some(value) => values.push((row, value)),
                None => faults.push(not_a_value(self.register, row, self.input, cell)),
            }
        }
        let (value, row) = self.picked(&values);
        column.push(value, row);
    }

    /// One value of several; with the row it was read from.
    fn picked(&self, values: &[(u32, i64)]) -> (Option<i64>, u32) {
        let Some((first, value)) = values.first().copied() else {
            let nothing = (self.input.binding.absent == Absent::Nothing && self.input.kind != Kind::Day).then_some(0);
            return (nothing, 0);
        };
        match self.input.binding.pick {
            Pick::Only => (values.iter().all(|(_, other)| *other == value).then_some(value), first),
            Pick::Sum => (values.iter().try_fold(0_i64, |sum, (_, value)| sum.checked_add(*value)), first),
            Pick::Largest => {
                values.iter().max_by_key(|(_, value)| *value).map_or((None, 0), |(row, value)| (Some(*value), *row))
            }
            Pick::Smallest => {
                values.iter().min_by_key(|(_, value)| *value).map_or((None, 0), |(row, value)| (Some(*value), *row))
            }
            Pick::Exists | Pick::Number => (None, first),
        }
    }
}

fn missing_column(register: &Register, name: &str, input: &Input) -> EvidenceFault {
    let heads = register.heads.join("、");
    let zh = format!("没有“{name}”这一列（事项“{}”要用）；现有列：{heads}", input.name);
    let en = format!("no column `{name}`, which `{}` needs; there are: {}", input.name, register.heads.join(", "));
    EvidenceFault::new(&register.file, 0, name, zh, en)
}

fn missing_unit(register: &Register, found: Found, input: &Input) -> EvidenceFault {
    let head = &register.heads[found.place];
    let zh = format!("金额列要在表头写明单位，如“{head}（元）”或“{head}（万元）”");
    let en =
        format!("`{}` is money: name the unit in the head, such as `{head}（元）` or `{head}（万元）`", input.name);
    EvidenceFault::new(&register.file, 0, head, zh, en)
}

fn not_a_year(register: &Register, row: u32, cell: &str) -> EvidenceFault {
    let shown: String = cell.chars().take(25).collect();
    let (zh, en) = (format!("“{shown}”不是年份，如 2019"), format!("`{shown}` is no year such as 2019"));
    EvidenceFault::new(&register.file, row, YEAR, zh, en)
}

fn not_a_value(register: &Register, row: u32, input: &Input, cell: &str) -> EvidenceFault {
    let (zh, en) = match input.kind {
        Kind::Amount => {
            ("金额；请只写数字，精确到分，如 1234.56", "an amount; digits only, down to the fen, like 1234.56")
        }
        Kind::Count => ("整数", "a whole number"),
        Kind::Ratio => ("比例，如 12.5%", "a percentage such as 12.5%"),
        Kind::Day => ("日期，如 2019-01-31", "a date such as 2019-01-31"),
        Kind::Flag => ("“是”或“否”", "是 (yes) or 否 (no)"),
        Kind::Class => ("文字", "a text"),
    };
    let shown: String = cell.chars().take(25).collect();
    let column = if input.binding.column.is_empty() { &input.name } else { &input.binding.column };
    let (zh, en) = (format!("“{shown}”不是{zh}"), format!("`{shown}` is not {en}"));
    EvidenceFault::new(&register.file, row, column, zh, en)
}
