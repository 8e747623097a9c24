//! Rows with their targets and marks, drawn as Markdown.

/// One row of a block: what is measured, the anchors' range, the target, our values.
pub(super) struct Row {
    measure: &'static str,
    anchors: &'static str,
    target: &'static str,
    values: Vec<String>,
    marks: Vec<Mark>,
}

/// How a value stands to the target; the worst comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// Nothing to measure yet.
    Empty,
    /// Better than or equal to the target.
    Met,
    /// Inside the anchors' range.
    Inside,
    /// Outside it.
    Outside,
}

/// The values that meet a target, and those that an anchor has too.
#[derive(Clone, Copy)]
pub(super) struct Goal {
    met: (f64, f64),
    inside: (f64, f64),
}

impl Row {
    pub(super) fn new(measure: &'static str, anchors: &'static str, target: &'static str) -> Self {
        Self { measure, anchors, target, values: Vec::new(), marks: Vec::new() }
    }

    /// A whole number.
    pub(super) fn part(self, value: Option<usize>, goal: Goal) -> Self {
        self.value(value.map(|value| value as f64), goal, |value| format!("{value:.0}"))
    }

    /// A share of one, shown and judged in percent.
    pub(super) fn percent(self, value: Option<f64>, goal: Goal) -> Self {
        self.value(value.map(|value| value * 100.0), goal, |value| format!("{value:.1} %"))
    }

    /// A number with one decimal.
    pub(super) fn tenths(self, value: Option<f64>, goal: Goal) -> Self {
        self.value(value, goal, |value| format!("{value:.1}"))
    }

    /// A number with two decimals.
    pub(super) fn fraction(self, value: Option<f64>, goal: Goal) -> Self {
        self.value(value, goal, |value| format!("{value:.2}"))
    }

    fn value(mut self, value: Option<f64>, goal: Goal, show: fn(f64) -> String) -> Self {
        self.values.push(value.map_or_else(|| "–".to_owned(), show));
        self.marks.push(value.map_or(Mark::Empty, |value| goal.mark(value)));
        self
    }

    /// A row is as good as its worst value.
    fn mark(&self) -> Mark {
        self.marks.iter().copied().max().unwrap_or(Mark::Empty)
    }
}

impl Goal {
    /// At most `target`; no anchor has more than `worst`.
    pub(super) fn at_most(target: f64, worst: f64) -> Self {
        Self { met: (f64::MIN, target), inside: (f64::MIN, worst) }
    }

    /// At least `target`; no anchor has less than `worst`.
    pub(super) fn at_least(target: f64, worst: f64) -> Self {
        Self { met: (target, f64::MAX), inside: (worst, f64::MAX) }
    }

    /// From `low` to `high`, both included.
    pub(super) fn between(low: f64, high: f64) -> Self {
        Self { met: (low, high), inside: (low, high) }
    }

    /// The anchors' range, where both ends of the target matter.
    pub(super) fn within(self, least: f64, most: f64) -> Self {
        Self { inside: (least, most), ..self }
    }

    fn mark(self, value: f64) -> Mark {
        let is_in = |(low, high): (f64, f64)| (low..=high).contains(&value);
        if is_in(self.met) {
            Mark::Met
        } else if is_in(self.inside) {
            Mark::Inside
        } else {
            Mark::Outside
        }
    }
}

impl Mark {
    fn sign(self) -> &'static str {
        match self {
            Self::Empty => "–",
            Self::Met => "●",
            Self::Inside => "◐",
            Self::Outside => "○",
        }
    }
}

/// The rows as a Markdown table, its columns in line.
pub(super) fn print(head: &str, rows: &[Row]) -> String {
    let mut cells = vec![["Measure", "Anchors", "Target", head, "Mark"].map(str::to_owned)];
    cells.extend(rows.iter().map(|row| {
        let ours = row.values.join(" / ");
        [row.measure, row.anchors, row.target, &ours, row.mark().sign()].map(str::to_owned)
    }));
    let widths: Vec<usize> =
        (0..5).map(|column| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)).collect();
    let rule = widths.iter().map(|width| format!("|{}", "-".repeat(width + 2))).collect::<String>() + "|\n";
    let mut text = String::new();
    for (at, row) in cells.iter().enumerate() {
        for (cell, width) in row.iter().zip(&widths) {
            text.push_str(&format!("| {cell:<width$} "));
        }
        text.push_str("|\n");
        if at == 0 {
            text.push_str(&rule);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_marked_against_target_and_anchors() {
        let goal = Goal::at_most(9.0, 17.0);
        assert_eq!(
            [9.0, 9.5, 17.0, 18.0].map(|value| goal.mark(value)),
            [Mark::Met, Mark::Inside, Mark::Inside, Mark::Outside]
        );
        let goal = Goal::between(80.0, 200.0).within(56.0, 246.0);
        assert_eq!([80.0, 60.0, 40.0].map(|value| goal.mark(value)), [Mark::Met, Mark::Inside, Mark::Outside]);
        assert_eq!(Goal::at_least(0.7, 0.04).mark(0.5), Mark::Inside);
    }

    #[test]
    fn a_row_is_as_good_as_its_worst_value() {
        let row = Row::new("a", "b", "c").part(Some(3), Goal::at_most(3.0, 4.0)).part(Some(5), Goal::at_most(3.0, 4.0));
        assert_eq!(row.mark(), Mark::Outside);
        assert_eq!(Row::new("a", "b", "c").part(None, Goal::at_most(3.0, 4.0)).mark(), Mark::Empty);
    }

    #[test]
    fn the_table_is_markdown() {
        let row = Row::new("Doc share", "4 % – 36 %", "≥ 18 %").percent(Some(0.205), Goal::at_least(18.0, 4.0));
        let text = print("Ours", &[row]);
        assert!(text.contains("| Doc share | 4 % – 36 % | ≥ 18 % | 20.5 % | ●    |"));
        assert!(text.lines().nth(1).is_some_and(|line| line.starts_with("|-----------|")));
    }
}
