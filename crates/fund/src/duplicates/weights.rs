//! What an agreement weighs: how much oftener it is seen between equal firms than between any two.

use super::fields::{Agreement, Columns, Field};
use crate::dice::Dice;

/// Pairs drawn by chance to see how often any two firms agree.
const DRAWN: usize = 1_000_000;

/// Rounds of learning; the weights stand still long before.
const ROUNDS: usize = 8;

/// Where the drawing starts: any number does, and the same firms always give the same weights.
const SEED: u64 = 20_260_101;

/// Learned from the firms themselves, without any pair that a person judged.
pub(super) struct Weights {
    /// Of each field and agreement, how often equal firms agree so.
    among_equal: Table,
    /// Of each field and agreement, how often any two firms agree so.
    among_any: Table,
    /// The logarithm to base two of the odds that two firms drawn by chance are equal.
    prior: f64,
    firms: f64,
    /// The share of the pairs with one name that are two firms: a register refuses a name that another has.
    namesakes: f64,
}

type Table = [[f64; Agreement::COUNT]; 6];

/// What is believed of equal firms before anything is learned.
const BELIEVED: [f64; Agreement::COUNT] = [0.0, 0.6, 0.05, 0.1, 0.05, 0.1, 0.1];

impl Weights {
    /// Learns from candidate pairs and from pairs drawn by chance.
    pub fn learned(columns: &Columns, firms: usize, compared: &[[Agreement; 6]], pairs: &[(u32, u32)]) -> Self {
        let any_pairs = firms as f64 * (firms as f64 - 1.0) / 2.0;
        let mut weights = Self {
            among_equal: [BELIEVED; 6],
            among_any: drawn(columns, firms),
            // One firm in a hundred, until the first round has counted.
            prior: (firms as f64 / 100.0 / any_pairs.max(1.0)).log2(),
            firms: firms as f64,
            namesakes: 1.0,
        };
        for _ in 0..ROUNDS {
            weights.learn(columns, compared, pairs, any_pairs);
        }
        weights
    }

    /// The odds of two firms, without any evidence, in thousandths of a bit.
    pub fn prior(&self) -> i64 {
        thousandths(self.prior)
    }

    /// What each field says of two firms, in thousandths of a bit.
    pub fn of(&self, columns: &Columns, pair: (u32, u32), compared: &[Agreement; 6]) -> [i64; 6] {
        self.bits(columns, pair, compared).map(thousandths)
    }

    /// An equal value weighs the more, the fewer firms have it.
    fn bits(&self, columns: &Columns, pair: (u32, u32), compared: &[Agreement; 6]) -> [f64; 6] {
        Field::ALL.map(|field| {
            let (row, agreement) = (field as usize, compared[field as usize]);
            let among_any = match agreement {
                Agreement::Blank => return 0.0,
                Agreement::Equal => {
                    let shared = f64::from(columns.of(field).count(pair.0).max(2) - 1) / self.firms;
                    shared * if field == Field::Name { self.namesakes } else { 1.0 }
                }
                _ => self.among_any[row][agreement as usize],
            };
            (self.among_equal[row][agreement as usize] / among_any).log2()
        })
    }

    /// One round: each field learns from the pairs that the other fields hold for equal.
    fn learn(&mut self, columns: &Columns, compared: &[[Agreement; 6]], pairs: &[(u32, u32)], any_pairs: f64) {
        let mut seen: Table = [[0.0; Agreement::COUNT]; 6];
        let mut equal = 0.0;
        let (mut of_one_name, mut of_two_firms) = (1.0, 1.0);
        for (agreements, &pair) in compared.iter().zip(pairs) {
            let bits = self.bits(columns, pair, agreements);
            let total = self.prior + bits.iter().sum::<f64>();
            if agreements[Field::Name as usize] == Agreement::Equal {
                of_one_name += 1.0;
                of_two_firms += 1.0 - chance(total);
            }
            if total < -6.0 || !resemble(agreements) {
                continue;
            }
            equal += chance(total);
            for field in Field::ALL {
                let row = field as usize;
                seen[row][agreements[row] as usize] += chance(total - bits[row]);
            }
        }
        self.namesakes = of_two_firms / of_one_name;
        self.prior = (equal.max(1.0) / any_pairs.max(1.0)).log2();
        for (row, counts) in seen.iter_mut().enumerate() {
            counts[Agreement::Blank as usize] = 0.0;
            let sum: f64 = counts.iter().sum::<f64>() + 20.0;
            for (at, count) in counts.iter().enumerate() {
                self.among_equal[row][at] = (count + 20.0 * BELIEVED[at]) / sum;
            }
        }
    }
}

/// Whether two firms can be one, whatever the weights say:
///
/// - their codes are alike; or
/// - their names are alike, unless both name two codes and two accounts: then the representative, and the telephone or the
///   room, must be one, for a name, a room and a telephone are what sister companies share; or
/// - their accounts are alike, and two of telephone, room and representative: an account belongs to one firm.
pub(super) fn resemble(compared: &[Agreement; 6]) -> bool {
    let of = |field: Field| compared[field as usize];
    let alike = |field: Field| {
        matches!(of(field), Agreement::Equal | Agreement::Reordered | Agreement::OneEdit | Agreement::TwoEdits)
    };
    let are_two = |field: Field| of(field) == Agreement::Different;
    if alike(Field::CreditCode) {
        return true;
    }
    let around =
        [Field::Phone, Field::Address, Field::Representative].into_iter().filter(|&field| alike(field)).count();
    let by_name = match are_two(Field::CreditCode) && are_two(Field::Account) {
        true => alike(Field::Representative) && around > 1,
        false => true,
    };
    alike(Field::Name) && by_name || alike(Field::Account) && around > 1
}

fn drawn(columns: &Columns, firms: usize) -> Table {
    let mut dice = Dice::new(SEED);
    let mut seen: Table = [[0.0; Agreement::COUNT]; 6];
    for _ in 0..DRAWN.min(firms * firms / 2) {
        let (first, second) = (dice.roll(firms), dice.roll(firms));
        if first != second {
            for (row, agreement) in columns.compare(first as u32, second as u32).iter().enumerate() {
                seen[row][*agreement as usize] += 1.0;
            }
        }
    }
    for counts in &mut seen {
        counts[Agreement::Blank as usize] = 0.0;
        let sum: f64 = counts.iter().sum::<f64>() + 1.0;
        counts.iter_mut().for_each(|count| *count = (*count + 0.5) / sum);
    }
    seen
}

/// The chance whose odds have this logarithm to base two.
fn chance(bits: f64) -> f64 {
    1.0 / (1.0 + (-bits).exp2())
}

fn thousandths(bits: f64) -> i64 {
    (bits * 1000.0).round() as i64
}
