//! Random systems of sums that pass one by one: printed from true figures, or bent so far that
//! none can stand behind them.

use crate::dice::Dice;
use gouji_model::{Printed, Unit};

/// A system of sums over printed figures.
pub(super) struct Case {
    pub figures: Vec<Printed>,
    /// Total first, with −1.
    pub sums: Vec<Vec<(usize, i64)>>,
    /// True figures stand behind it, or counting shows that none can.
    pub is_possible: bool,
}

/// Fen in the unit that reports print.
const TEN_THOUSAND_YUAN: i128 = 1_000_000;

/// A figure with the true amount behind it, in fen.
struct Entry {
    figure: usize,
    amount: i128,
}

/// A case in the making.
struct Draft {
    figures: Vec<Printed>,
    sums: Vec<Vec<(usize, i64)>>,
}

/// A tree of tables whose figures are printed from true amounts by either convention.
pub(super) fn possible(dice: &mut Dice) -> Case {
    let mut draft = Draft { figures: Vec::new(), sums: Vec::new() };
    let tables = 1 + dice.roll(4);
    let mut totals = Vec::new();
    for _ in 0..tables {
        let decimals = if dice.roll(3) == 0 { 2 } else { 0 };
        totals.push(draft.table(dice, decimals));
    }
    let whole = draft.total(dice, &totals, 0);
    // The whole once more in another table, rounded from the true amount.
    let again = draft.print(dice, whole.amount, 0, &[]);
    // Two printings agree, or the one with parts is their sum and the other lies within that sum's bound.
    let parts: Vec<usize> = totals.iter().map(|total| total.figure).collect();
    let is_sum = draft.figures[whole.figure].test_sum(parts.iter().map(|part| draft.figures[*part])).exact;
    let agree = draft.passes(whole.figure, &[again.figure]) || is_sum && draft.passes(again.figure, &parts);
    if !agree {
        draft.figures[again.figure] = draft.figures[whole.figure];
    }
    draft.sum(whole.figure, &[again.figure]);
    Case { figures: draft.figures, sums: draft.sums, is_possible: true }
}

/// A case that no true figures can stand behind, though each sum passes alone.
pub(super) fn impossible(dice: &mut Dice) -> Case {
    let mut draft = Draft { figures: Vec::new(), sums: Vec::new() };
    let decimals = if dice.roll(3) == 0 { 2 } else { 0 };
    let bent = if dice.roll(2) == 0 { draft.crossed(dice, decimals) } else { draft.stacked(dice, decimals) };
    // Something true beside it that hangs together with it: the parts of one of its figures.
    for _ in 0..dice.roll(3) {
        let figure = bent[dice.roll(bent.len() as u64) as usize];
        draft.divide(dice, figure);
    }
    Case { figures: draft.figures, sums: draft.sums, is_possible: false }
}

impl Draft {
    fn add(&mut self, digits: i64, decimals: u8) -> usize {
        let figure = Printed::new(digits, decimals, Unit::TenThousand).expect("at most two decimals");
        self.figures.push(figure);
        self.figures.len() - 1
    }

    fn sum(&mut self, total: usize, parts: &[usize]) {
        self.sums.push(std::iter::once((total, -1)).chain(parts.iter().map(|part| (*part, 1))).collect());
    }

    /// The sum passes alone.
    fn passes(&self, total: usize, parts: &[usize]) -> bool {
        self.figures[total].test_sum(parts.iter().map(|part| self.figures[*part])).possible
    }

    /// A sum of true figures takes part when it passes alone; broken ones are reported by themselves.
    fn sum_if_passing(&mut self, total: usize, parts: &[Entry]) {
        let parts: Vec<usize> = parts.iter().map(|part| part.figure).collect();
        if self.passes(total, &parts) {
            self.sum(total, &parts);
        }
    }

    /// Prints an amount: rounded, or as the sum of its printed parts.
    fn print(&mut self, dice: &mut Dice, amount: i128, decimals: u8, parts: &[Entry]) -> Entry {
        let printed: i128 = parts.iter().map(|part| self.figures[part.figure].atoms()).sum();
        let shown = if !parts.is_empty() && dice.roll(2) == 0 { printed } else { amount };
        let figure = self.add(rounded(shown, decimals), decimals);
        Entry { figure, amount }
    }

    fn total(&mut self, dice: &mut Dice, parts: &[Entry], decimals: u8) -> Entry {
        let amount = parts.iter().map(|part| part.amount).sum();
        let total = self.print(dice, amount, decimals, parts);
        self.sum_if_passing(total.figure, parts);
        total
    }

    /// Rows and columns with their totals; some cells have parts of their own.
    fn table(&mut self, dice: &mut Dice, decimals: u8) -> Entry {
        let (height, width) = (1 + dice.roll(4) as usize, 1 + dice.roll(4) as usize);
        let mut cells: Vec<Vec<Entry>> = Vec::new();
        for _ in 0..height {
            cells.push((0..width).map(|_| self.cell(dice, decimals)).collect());
        }
        let rows: Vec<Entry> = cells.iter().map(|row| self.total(dice, row, decimals)).collect();
        let mut columns = Vec::new();
        for at in 0..width {
            let column: Vec<Entry> =
                cells.iter().map(|row| Entry { figure: row[at].figure, amount: row[at].amount }).collect();
            columns.push(self.total(dice, &column, decimals));
        }
        let (first, second) = if dice.roll(2) == 0 { (rows, columns) } else { (columns, rows) };
        let whole = self.total(dice, &first, decimals);
        self.sum_if_passing(whole.figure, &second);
        whole
    }

    fn cell(&mut self, dice: &mut Dice, decimals: u8) -> Entry {
        let parts: Vec<Entry> = (0..dice.roll(4)).map(|_| self.leaf(dice, decimals)).collect();
        if parts.is_empty() { self.leaf(dice, decimals) } else { self.total(dice, &parts, decimals) }
    }

    fn leaf(&mut self, dice: &mut Dice, decimals: u8) -> Entry {
        let small = dice.roll(3) == 0;
        let size = dice.between(0, if small { 1_500_000 } else { 300_000_000 });
        let amount = i128::from(if dice.roll(12) == 0 { -size } else { size });
        self.print(dice, amount, decimals, &[])
    }

    /// Rows that say too much and columns that say too little: the cells would have to add up to at
    /// least Σ rows − r/2 and to less than Σ columns + c/2.
    fn crossed(&mut self, dice: &mut Dice, decimals: u8) -> Vec<usize> {
        let (height, width) = (dice.between(2, 5) as usize, dice.between(2, 5) as usize);
        let mut cells = Vec::new();
        for _ in 0..height * width {
            let digits = dice.between(20, 900);
            cells.push(self.add(digits, decimals));
        }
        let digits = |draft: &Self, parts: &[usize]| parts.iter().map(|at| draft.figures[*at].digits()).sum::<i64>();
        let (mut off, lines) = (0, (height + width) as i64);
        let mut totals = Vec::new();
        for line in 0..height + width {
            let parts: Vec<usize> = if line < height {
                (0..width).map(|at| cells[line * width + at]).collect()
            } else {
                (0..height).map(|at| cells[at * width + line - height]).collect()
            };
            let bound = parts.len() as i64 / 2;
            // All lines together must be off by half their number, and each by less than its bound.
            // A line that is exact may be a sum of what is printed, which says nothing.
            let least = if 2 * off >= lines { 1 } else { bound };
            let bend = dice.between(least, bound);
            off += bend;
            let sign = if line < height { 1 } else { -1 };
            let sum = digits(self, &parts);
            let total = self.add(sum + sign * bend, decimals);
            self.sum(total, &parts);
            totals.push(total);
        }
        assert!(2 * off >= lines, "the lines are bent far enough");
        totals.extend(cells);
        totals
    }

    /// Groups at the end of their bound, and a class beyond them: the items would have to add up to
    /// at least class − 1/2 and to less than their sum + n/2; or the other way round.
    fn stacked(&mut self, dice: &mut Dice, decimals: u8) -> Vec<usize> {
        let (size, count) = (2 * dice.between(1, 3), dice.between(2, 5));
        let sign = if dice.roll(2) == 0 { 1 } else { -1 };
        let (mut groups, mut all, mut sum) = (Vec::new(), Vec::new(), 0);
        for _ in 0..count {
            let mut items = Vec::new();
            let mut own = 0;
            for _ in 0..size {
                let digits = dice.between(20, 900);
                own += digits;
                items.push(self.add(digits, decimals));
            }
            let group = self.add(own + sign * size / 2, decimals);
            sum += own + sign * size / 2;
            self.sum(group, &items);
            groups.push(group);
            all.extend(items);
        }
        let class = self.add(sum + sign * dice.between(1, count / 2), decimals);
        self.sum(class, &groups);
        all.extend(groups);
        all.push(class);
        all
    }

    /// Parts of a figure that add up to it as printed.
    fn divide(&mut self, dice: &mut Dice, figure: usize) {
        let (whole, decimals) = (self.figures[figure].digits(), self.figures[figure].decimals());
        let is_total = self.sums.iter().any(|sum| sum[0].0 == figure);
        if is_total || whole < 4 {
            return;
        }
        let first = dice.between(1, whole - 1);
        // One of them is off by one, so that the figure is no sum of what is printed below it.
        let parts = [self.add(first, decimals), self.add(whole - first + 1, decimals)];
        self.sum(figure, &parts);
    }
}

/// Half away from zero.
fn rounded(amount: i128, decimals: u8) -> i64 {
    let place = TEN_THOUSAND_YUAN / 10_i128.pow(u32::from(decimals));
    let size = (2 * amount.abs() + place) / (2 * place);
    i64::try_from(if amount < 0 { -size } else { size }).expect("amounts are small")
}
