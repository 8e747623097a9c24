//! Amounts that a printed percentage holds: a change beside its rate, a part beside its share, a
//! final figure beside what of the budget it is, all within one paragraph.

use super::Amount;
use crate::numbers::numbers;
use gouji_model::Span;
use gouji_read::{Block, Document};

/// Steps beyond which an amount is not followed: a figure that far off is no slip of a digit.
const FURTHEST: i128 = 20_000;

/// A printed percentage: hundredths of it are `digits` over ten to the `decimals`.
struct Percent {
    digits: i128,
    decimals: u32,
}

/// Two amounts and how a percentage comes of them.
#[derive(Clone, Copy)]
enum Way {
    /// The first is so many percent of the second.
    Share,
    /// The first is a change that led up to the second.
    Risen,
    /// The first is a change that led down to the second.
    Fallen,
    /// The second grew or shrank to the first by so many percent.
    Years,
}

/// Numbers of the amounts that a percentage holds, each with its room.
pub(super) fn percentages(document: &Document, amounts: &[Amount]) -> Vec<(usize, i128)> {
    let mut found = Vec::new();
    for block in &document.blocks {
        let Block::Paragraph(span) = block else { continue };
        let percents = printed(document.slice(*span));
        let here: Vec<usize> = within(*span, amounts);
        for percent in &percents {
            for (one, other) in here.iter().flat_map(|one| here.iter().map(move |other| (*one, *other))) {
                for way in [Way::Share, Way::Risen, Way::Fallen, Way::Years] {
                    let fits = |change: bool| matches!(way, Way::Risen | Way::Fallen) == change;
                    let (left, right) = (&amounts[one], &amounts[other]);
                    if one == other || !fits(left.is_change) || right.is_change || !percent.holds(way, left, right) {
                        continue;
                    }
                    found.extend(percent.room(way, left, right, true).map(|room| (one, room)));
                    found.extend(percent.room(way, left, right, false).map(|room| (other, room)));
                }
            }
        }
    }
    found
}

/// The percentages of a text; nothing and the whole fit too much to hold anything.
fn printed(text: &str) -> Vec<Percent> {
    let percents = numbers(text).into_iter().filter_map(|number| {
        let bare = number.printed.strip_suffix('%')?.replace(',', "");
        let (whole, fraction) =
            bare.trim_start_matches('-').split_once('.').unwrap_or((bare.trim_start_matches('-'), ""));
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let decimals = u32::try_from(fraction.len()).ok()?;
        Some(Percent { digits, decimals })
    });
    percents.filter(|percent| percent.digits != 0 && percent.digits != 10_i128.pow(percent.decimals + 2)).collect()
}

fn within(span: Span, amounts: &[Amount]) -> Vec<usize> {
    let first = amounts.partition_point(|amount| amount.span < Span { end: 0, ..span });
    (first..amounts.len()).take_while(|at| span.contains(&amounts[*at].span)).collect()
}

impl Percent {
    /// Amounts that round to the two give the percentage, rounded or with its digits cut off.
    fn holds(&self, way: Way, left: &Amount, right: &Amount) -> bool {
        let (part, tick) = (2 * left.value.abs(), left.tick);
        let (other, also) = (2 * right.value.abs(), right.tick);
        let (low, high, least, most) = match way {
            Way::Share => (part - tick, part + tick, other - also, other + also),
            Way::Risen => (part - tick, part + tick, other - part - tick - also, other - part + tick + also),
            Way::Fallen => (part - tick, part + tick, other + part - tick - also, other + part + tick + also),
            Way::Years => {
                let change = (part - other).abs();
                (change - tick - also, change + tick + also, other - also, other + also)
            }
        };
        if least <= 0 {
            return false;
        }
        let scale = 100 * 10_i128.pow(self.decimals);
        let (lowest, highest) = (low.max(0) * scale / most, (2 * high * scale + least) / (2 * least));
        (lowest..=highest).contains(&self.digits)
    }

    /// By how much one of the two must move at least, whichever way, before the percentage is another.
    fn room(&self, way: Way, left: &Amount, right: &Amount, moves_left: bool) -> Option<i128> {
        let tick = if moves_left { left.tick } else { right.tick };
        let moved = |amount: &Amount, by: i128| Amount { value: amount.value + by, ..amount.clone() };
        let holds = |steps: i128| {
            let by = steps * tick;
            if moves_left { self.holds(way, &moved(left, by), right) } else { self.holds(way, left, &moved(right, by)) }
        };
        let first = |sign: i128| (1..FURTHEST).find(|steps| !holds(sign * steps));
        Some(first(1)?.max(first(-1)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_model::{Printed, Unit};

    #[test]
    fn a_change_is_held_by_its_rate() {
        let amount = |digits: i64, is_change: bool| {
            let figure = Printed::new(digits, 2, Unit::TenThousand).unwrap();
            Amount::new(Span::default(), figure, is_change, true).unwrap()
        };
        let percent = &printed("增长2173.13万元，增长184.81%")[0];
        let (change, now) = (amount(217_313, true), amount(334_898, false));
        assert!(percent.holds(Way::Risen, &change, &now) && !percent.holds(Way::Fallen, &change, &now));
        assert!(percent.room(Way::Risen, &change, &now, true).is_some_and(|room| room < 10));
    }
}
