//! What the narrative rules share: which claims belong together, and exact percentages.

use crate::context::{Context, claim_figure};
use gouji_model::{Axis, Book, Coordinates, Measure, Nature, Printed, Stream};
use gouji_understand::{Claim, ClaimKind, Direction, TableKind};

/// A change with the amount it speaks of and the percentage beside it.
pub(crate) struct Movement<'a> {
    pub change: &'a Claim,
    pub direction: Direction,
    pub amount: Printed,
    /// The amount of this year, as the same sentence states it.
    pub now: Option<(&'a Claim, Printed)>,
    /// The percentage beside the change.
    pub growth: Option<(&'a Claim, Direction, Printed)>,
}

/// All changes of the prose that have a subject.
pub(crate) fn movements<'a>(context: &Context<'a>) -> Vec<Movement<'a>> {
    let claims = &context.statement.claims;
    let mut found = Vec::new();
    for (index, change) in claims.iter().enumerate() {
        let ClaimKind::Change { direction, amount, .. } = change.kind else { continue };
        if change.at.is_none() {
            continue;
        }
        let stated =
            change.of.or_else(|| claims[..index].iter().rposition(|claim| states_same(context, claim, change)));
        let now = stated.and_then(|of| Some((&claims[of], claim_figure(&claims[of])?)));
        let beside = |claim: &&Claim| {
            matches!(claim.kind, ClaimKind::Growth { .. })
                && claim.sentence == change.sentence
                && (claim.of == Some(index) || change.of.is_some() && claim.of == change.of)
        };
        let growth = claims[index + 1..].iter().take(3).find(beside).and_then(|claim| match claim.kind {
            ClaimKind::Growth { direction, percent, .. } => Some((claim, direction, percent)),
            _ => None,
        });
        found.push(Movement { change, direction, amount, now, growth });
    }
    found
}

/// An earlier sentence of the section states the amount that a change speaks of.
fn states_same(context: &Context, claim: &Claim, change: &Claim) -> bool {
    let heading = |claim: &Claim| context.statement.sentences[claim.sentence].heading;
    matches!(claim.kind, ClaimKind::Amount(_)) && claim.at == change.at && heading(claim) == heading(change)
}

impl Movement<'_> {
    /// What the change is about.
    pub(crate) fn at(&self) -> &Coordinates {
        self.change.at.as_ref().expect("movements have a subject")
    }

    /// The change with its sign, in the finest parts.
    pub(crate) fn signed(&self) -> i128 {
        i128::from(self.direction.sign()) * self.amount.atoms()
    }

    /// The percentage beside the change fits a change in this direction.
    pub(crate) fn growth_fits(&self, direction: Direction) -> Option<bool> {
        let (_, now) = self.now?;
        let (_, _, percent) = self.growth?;
        Some(growth_test(now, self.amount, direction, percent).possible)
    }

    /// It is about the department's whole revenue or expenditure.
    pub(crate) fn is_whole(&self) -> bool {
        is_whole(self.at())
    }
}

/// The whole revenue or expenditure of the department.
pub(crate) fn is_whole(at: &Coordinates) -> bool {
    matches!(at.measure, Measure::Revenue | Measure::Expenditure)
        && at.book == Book::All
        && at.nature == Nature::All
        && at.function.is_all()
        && at.economic.is_all()
        && at.item.is_all()
        && at.unit.is_empty()
        && matches!(at.stream, Stream::All | Stream::Year)
}

/// A percentage recomputed from printed figures.
pub(crate) struct PercentTest {
    /// The percentage of the printed figures, at the printed precision; `None` without a base.
    pub point: Option<Printed>,
    /// The printed percentage is that of the printed figures.
    pub exact: bool,
    /// Values that round to the printed figures give the printed percentage.
    pub possible: bool,
    /// The percentage is the true one with its further digits cut off.
    pub cut: bool,
}

/// Growth of `amount` towards `direction` that ends at `now`.
pub(crate) fn growth_test(now: Printed, amount: Printed, direction: Direction, percent: Printed) -> PercentTest {
    let sign = i128::from(direction.sign());
    let base = |now: i128, change: i128| now - sign * change;
    // Doubled, so that half units stay whole.
    let (n, c) = (2 * now.atoms(), 2 * amount.atoms());
    let (tn, tc) = (now.tick(), amount.tick());
    let point = ratio(c, base(n, c), percent);
    let low = ratio((c - tc).max(0), base(n + tn, (c - tc).max(0)), percent);
    let high = ratio(c + tc, base(n - tn, c + tc), percent);
    PercentTest { cut: is_cut(c, base(n, c), percent), ..test(percent, point, low, high) }
}

/// The share of `part` in `whole`.
pub(crate) fn share_test(part: Printed, whole: Printed, percent: Printed) -> PercentTest {
    let (p, w) = (2 * part.atoms(), 2 * whole.atoms());
    let point = ratio(p, w, percent);
    let low = ratio(p - part.tick(), w + whole.tick(), percent);
    let high = ratio(p + part.tick(), w - whole.tick(), percent);
    PercentTest { cut: is_cut(p, w, percent), ..test(percent, point, low, high) }
}

fn test(percent: Printed, point: Option<i64>, low: Option<i64>, high: Option<i64>) -> PercentTest {
    let printed = percent.digits().abs();
    let exact = point.is_some_and(|point| point.abs() == printed);
    let between = match (low, high) {
        (Some(low), Some(high)) => (low.min(high)..=low.max(high)).contains(&printed),
        // Rounding lets the base come down to nothing: there is no upper bound.
        (Some(low), None) => printed >= low,
        _ => false,
    };
    let as_printed = |digits: i64| Printed::new(digits, percent.decimals(), percent.unit()).ok();
    PercentTest { point: point.and_then(as_printed), exact, possible: exact || between, cut: false }
}

/// The percentage is the true one with its further digits cut off instead of rounded.
fn is_cut(part: i128, whole: i128, percent: Printed) -> bool {
    let scale = 100 * 10_i128.pow(u32::from(percent.decimals()));
    whole > 0 && (part.abs() * scale) / whole == i128::from(percent.digits().abs())
}

/// `part / whole` in units of the last place of `like`, rounded half up; `None` without a positive whole.
fn ratio(part: i128, whole: i128, like: Printed) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    let scaled = part * 100 * 10_i128.pow(u32::from(like.decimals()));
    let (negative, magnitude) = (scaled < 0, scaled.abs());
    let rounded = (2 * magnitude + whole) / (2 * whole);
    i64::try_from(if negative { -rounded } else { rounded }).ok()
}

/// The name of the coordinates of a claim in keys: `expenditure.basic.301`.
pub(crate) fn claim_tag(at: &Coordinates) -> String {
    let frame = crate::context::tag(at);
    let whose = if at.unit.is_empty() { String::new() } else { format!(".{}", at.unit) };
    if frame == "total" {
        format!("{}{whose}", at.measure.word())
    } else {
        format!("{}.{frame}{whose}", at.measure.word())
    }
}

/// The claims listed under another one, along one axis, that make up a whole.
pub(crate) fn is_complete_list(context: &Context, whole: &Coordinates, parts: &[&Coordinates]) -> bool {
    let along = |axis| parts.iter().all(|part| part.part_along(whole) == Some(axis));
    let natures: Vec<Nature> = parts.iter().map(|part| part.nature).collect();
    let books: Vec<Book> = parts.iter().map(|part| part.book).collect();
    if along(Axis::Nature) {
        let halves = [[Nature::Basic, Nature::Project], [Nature::Personnel, Nature::PublicUse]];
        return natures.len() >= 2 && halves.iter().any(|half| half.iter().all(|nature| natures.contains(nature)));
    }
    if along(Axis::Flow) {
        return books.contains(&Book::General) && books.contains(&Book::Funds) && whole.book == Book::Appropriation;
    }
    if along(Axis::Item) {
        return items_complete(whole, parts);
    }
    along(Axis::Economic) && economic_complete(context, whole, parts)
}

fn items_complete(whole: &Coordinates, parts: &[&Coordinates]) -> bool {
    let has = |item: &str| parts.iter().any(|part| part.item.as_str() == item);
    match (whole.measure, whole.item.as_str()) {
        (Measure::Vehicles, "") => {
            let families = ["kind.", "place.", "post."];
            families.iter().any(|family| parts.iter().all(|part| part.item.as_str().starts_with(family)))
        }
        (Measure::Procurement, "") => has("A") && has("B") && has("C"),
        (Measure::ThreePublic, "") => has("overseas") && has("reception") && has("vehicles"),
        (Measure::ThreePublic, "vehicles") => has("vehicles.buy") && has("vehicles.run"),
        (Measure::Posts | Measure::Staff, "") => has("admin") && has("institution"),
        (Measure::Retired, "") => has("veteran") && has("pensioner"),
        _ => false,
    }
}

/// The table by economic codes prints no other class with money in this frame.
fn economic_complete(context: &Context, whole: &Coordinates, parts: &[&Coordinates]) -> bool {
    let Some((number, _)) = context.statement.table(TableKind::Economic) else { return false };
    let mut classes = context.statement.facts_of(number).filter(|fact| {
        fact.at.economic.len() == 3
            && fact.at.nature == whole.nature
            && fact.at.year == whole.year
            && !fact.figure.is_zero()
    });
    parts.len() >= 2 && classes.all(|fact| parts.iter().any(|part| part.economic == fact.at.economic))
}
