//! Numbers that look random and follow from a seed: SplitMix64.

/// A source of such numbers.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The numbers of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, and without, `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        let sides = u128::from(sides.max(1) as u64);
        ((u128::from(self.number()) * sides) >> 64) as usize
    }

    /// True so many times of a thousand.
    pub fn happens(&mut self, per_thousand: usize) -> bool {
        self.roll(1000) < per_thousand
    }

    /// One of a list that is not empty.
    pub fn choose<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.roll(list.len())]
    }

    /// One of a list that is not empty; the earlier the likelier.
    pub fn favour<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        let far = self.roll(list.len()) + 1;
        &list[self.roll(far)]
    }

    /// So many digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.roll(10) as u8)).collect()
    }
}
