//! Gaps and overlaps of tables in one and two dimensions, and bands that end.

use super::logic::order;
use super::{Notice, NoticeKind, Subject};
use crate::policy::{Bounds, Formula, Literal, Operand, Step, Value};
use crate::probe::{Seen, number};
use std::cmp::Ordering;

type Number = (i128, i128);

struct Cell<'a> {
    of: &'a Bounds,
    by: &'a Bounds,
    value: &'a Literal,
}

const EVERYTHING: Bounds = Bounds { from: None, below: None };

pub(super) fn look(subject: &Subject, notices: &mut Vec<Notice>) {
    for (index, step) in subject.rule.version.steps.iter().enumerate() {
        match &step.formula {
            Formula::Table { of, rows } => {
                let cells = rows.iter().map(|row| Cell { of: &row.bounds, by: &EVERYTHING, value: &row.value });
                Table { subject, step, index, of, by: None, cells: cells.collect() }.look(notices);
            }
            Formula::Grid { of, by, cells } => {
                let cells = cells.iter().map(|cell| Cell { of: &cell.of, by: &cell.by, value: &cell.value });
                Table { subject, step, index, of, by: Some(by), cells: cells.collect() }.look(notices);
            }
            Formula::Bands { of, bands } => bands_end(subject, (index, step), of, bands.last(), notices),
            _ => {}
        }
    }
}

fn bands_end(
    subject: &Subject,
    (index, step): (usize, &Step),
    of: &Operand,
    last: Option<&crate::policy::Band>,
    notices: &mut Vec<Notice>,
) {
    let Some(end) = last.and_then(|last| last.up_to) else { return };
    let of = Value::Plain(of.clone());
    let goal = |seen: &Seen| {
        let beyond = seen.value(&of).is_some_and(|value| value.0 > i128::from(end.fen()) * value.1);
        8 * u32::from(!beyond || seen.raw(index).is_none()) + seen.unmet()
    };
    let (row, left) = subject.probe.seek(std::slice::from_ref(&subject.best), goal);
    if left < 8 {
        let zh = format!("“{}”的最后一段到 {end} 元为止，超过部分不计；请加一段不写 up-to 的，或改用 cap", step.name);
        let en = format!("the last band of `{}` ends at {end} yuan: add one without up-to, or a cap", step.name);
        notices.push(subject.notice(NoticeKind::BandsEnd, step.line, &row, (zh, en)));
    }
}

struct Table<'a> {
    subject: &'a Subject<'a>,
    step: &'a Step,
    index: usize,
    of: &'a Value,
    by: Option<&'a Value>,
    cells: Vec<Cell<'a>>,
}

/// A stretch between two neighbouring bounds; the first has no lower one.
type Stretch = (Option<Number>, Option<Number>);

impl Table<'_> {
    fn look(&self, notices: &mut Vec<Notice>) {
        let (across, down) =
            (stretches(self.cells.iter().map(|cell| cell.of)), stretches(self.cells.iter().map(|c| c.by)));
        let holders = |x: &Stretch, y: &Stretch| -> Vec<usize> {
            let inside = |cell: &&Cell| holds(cell.of, x) && holds(cell.by, y);
            self.cells.iter().enumerate().filter(|(_, cell)| inside(cell)).map(|(index, _)| index).collect()
        };
        let mut told = Vec::new();
        for (column, x) in across.iter().enumerate() {
            for (row, y) in down.iter().enumerate() {
                let found = holders(x, y);
                let held_before =
                    || across[..=column].iter().any(|x| down[..=row].iter().any(|y| !holders(x, y).is_empty()));
                if found.is_empty() && held_before() {
                    self.gap((x, y), notices);
                }
                for (place, one) in found.iter().enumerate() {
                    for other in &found[place + 1..] {
                        if !told.contains(&(*one, *other)) && !self.is_nested(*one, *other) {
                            told.push((*one, *other));
                            self.overlap((*one, *other), (x, y), notices);
                        }
                    }
                }
            }
        }
    }

    /// One cell lies in the other, and it gives more: the larger value applies, as it should.
    fn is_nested(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.cells[one], &self.cells[other]);
        let lies_in = |inner: &Cell, outer: &Cell| {
            within(inner.of, outer.of)
                && within(inner.by, outer.by)
                && order(number(inner.value), number(outer.value)).is_gt()
        };
        lies_in(one, other) || lies_in(other, one)
    }

    fn gap(&self, at: (&Stretch, &Stretch), notices: &mut Vec<Notice>) {
        let goal = |seen: &Seen| {
            8 * (u32::from(!self.lies(seen, at)) + u32::from(seen.raw(self.index).is_none_or(|raw| raw.0 != 0)))
                + seen.unmet()
        };
        let (row, left) = self.subject.probe.seek(std::slice::from_ref(&self.subject.best), goal);
        // A gap that the conditions keep everybody out of is a ceiling that the policy means.
        if left == 0 {
            let (x, y) = (self.shown(at.0), self.shown(at.1));
            let zh = format!("“{}”的档次表有空档：{x} {y} 不在任何一档，得不到资助", self.step.name);
            let en = format!("the table of `{}` has a gap: no row holds {x} {y}", self.step.name);
            notices.push(self.subject.notice(NoticeKind::TableGap, self.step.line, &row, (zh, en)));
        }
    }

    fn overlap(&self, (one, other): (usize, usize), at: (&Stretch, &Stretch), notices: &mut Vec<Notice>) {
        let goal = |seen: &Seen| 8 * u32::from(!self.lies(seen, at)) + seen.unmet();
        let (row, left) = self.subject.probe.seek(std::slice::from_ref(&self.subject.best), goal);
        if left < 8 {
            let (x, y) = (self.shown(at.0), self.shown(at.1));
            let zh = format!("“{}”的第 {} 档与第 {} 档重叠：{x} {y} 两档都符合", self.step.name, one + 1, other + 1);
            let en = format!("rows {} and {} of `{}` overlap: both hold {x} {y}", one + 1, other + 1, self.step.name);
            notices.push(self.subject.notice(NoticeKind::TableOverlap, self.step.line, &row, (zh, en)));
        }
    }

    fn lies(&self, seen: &Seen, (x, y): (&Stretch, &Stretch)) -> bool {
        let inside = |value: &Value, stretch: &Stretch| {
            seen.value(value).is_some_and(|value| {
                stretch.0.is_none_or(|from| order(value, from).is_ge())
                    && stretch.1.is_none_or(|to| order(value, to).is_lt())
            })
        };
        inside(self.of, x) && self.by.is_none_or(|by| inside(by, y))
    }

    /// The bounds of a stretch as the policy writes them.
    fn shown(&self, stretch: &Stretch) -> String {
        let literals = self
            .cells
            .iter()
            .flat_map(|cell| [&cell.of.from, &cell.of.below, &cell.by.from, &cell.by.below].into_iter().flatten());
        let word = |at: Option<Number>| {
            let found = literals.clone().find(|literal| at == Some(number(literal)));
            found.map(|literal| match literal {
                Literal::Amount(fen) => format!("{fen}元"),
                Literal::Ratio(ratio) => ratio.to_string(),
                Literal::Count(count) => count.to_string(),
                Literal::Day(day) => day.to_string(),
            })
        };
        match (word(stretch.0), word(stretch.1)) {
            (Some(from), Some(below)) => format!("[{from}, {below})"),
            (Some(from), None) => format!("≥ {from}"),
            (None, Some(below)) => format!("< {below}"),
            (None, None) => String::new(),
        }
    }
}

fn stretches<'b>(bounds: impl Iterator<Item = &'b Bounds>) -> Vec<Stretch> {
    let mut ends: Vec<Number> = bounds.flat_map(|one| one.from.iter().chain(&one.below).map(number)).collect();
    ends.sort_by(|one, other| order(*one, *other));
    ends.dedup_by(|one, other| order(*one, *other) == Ordering::Equal);
    let starts = std::iter::once(None).chain(ends.iter().copied().map(Some));
    starts.zip(ends.iter().copied().map(Some).chain([None])).collect()
}

fn holds(bounds: &Bounds, stretch: &Stretch) -> bool {
    let from = bounds.from.as_ref().map(number);
    let below = bounds.below.as_ref().map(number);
    from.is_none_or(|from| stretch.0.is_some_and(|start| order(start, from).is_ge()))
        && below.is_none_or(|below| stretch.1.is_some_and(|end| order(end, below).is_le()))
}

fn within(inner: &Bounds, outer: &Bounds) -> bool {
    let at = |bound: &Option<Literal>| bound.as_ref().map(number);
    let from = at(&outer.from).is_none_or(|outer| at(&inner.from).is_some_and(|inner| order(inner, outer).is_ge()));
    from && at(&outer.below).is_none_or(|outer| at(&inner.below).is_some_and(|inner| order(inner, outer).is_le()))
}
