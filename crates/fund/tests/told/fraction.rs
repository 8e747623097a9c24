//! Fractions, small and plain.

/// A fraction with a positive divisor; `None` for what is not on record.
pub type Number = Option<(i128, i128)>;

pub fn fold(all: Vec<Number>, join: impl Fn((i128, i128), (i128, i128)) -> (i128, i128)) -> Number {
    let all: Option<Vec<_>> = all.into_iter().collect();
    all?.into_iter().reduce(join)
}

pub fn plus(one: (i128, i128), other: (i128, i128)) -> (i128, i128) {
    reduced((one.0 * other.1 + other.0 * one.1, one.1 * other.1))
}

pub fn less(one: (i128, i128), other: (i128, i128)) -> bool {
    one.0 * other.1 < other.0 * one.1
}

pub fn same(one: Number, other: Number) -> bool {
    one.map(reduced) == other.map(reduced)
}

/// `added` half-units before cutting off: 1 for half up, 2 for up.
pub fn rounded((over, under): (i128, i128), unit: i128, added: i128) -> i128 {
    let divisor = 2 * under * unit;
    let extra = if added == 2 { divisor - 1 } else { added * under * unit };
    over.signum() * ((2 * over.abs() + extra) / divisor * unit)
}

pub fn reduced((over, under): (i128, i128)) -> (i128, i128) {
    let (mut one, mut other) = (over.abs(), under);
    while other != 0 {
        (one, other) = (other, one % other);
    }
    (over / one.max(1), under / one.max(1))
}
