//! Laws of printed figures, codes and facets, over random values.

use gouji_model::{Code, Facets, FacetsError, Printed, Unit, parse_number};
use proptest::prelude::*;

const MONEY: [Unit; 4] = [Unit::Yuan, Unit::Thousand, Unit::TenThousand, Unit::HundredMillion];

/// Fen in one unit of money.
fn fen_of(unit: Unit) -> i64 {
    match unit {
        Unit::Yuan => 100,
        Unit::Thousand => 100_000,
        Unit::TenThousand => 1_000_000,
        _ => 10_000_000_000,
    }
}

/// The largest number of decimals that a unit of money can have.
fn most_decimals(unit: Unit) -> u8 {
    match unit {
        Unit::Yuan => 2,
        Unit::Thousand => 5,
        Unit::TenThousand => 6,
        _ => 10,
    }
}

/// What an office prints for a true amount: rounded half up, away from zero.
fn rounded(fen: i64, unit: Unit, decimals: u8) -> Printed {
    let place = fen_of(unit) / 10_i64.pow(u32::from(decimals));
    let digits = (2 * fen.abs() + place) / (2 * place);
    Printed::new(if fen < 0 { -digits } else { digits }, decimals, unit).unwrap()
}

fn plain(digits: i64) -> Printed {
    Printed::new(digits, 0, Unit::TenThousand).unwrap()
}

/// `1234567.89` as `1,234,567.89`.
fn separated(number: &str) -> String {
    let (sign, number) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) =
        number.split_once('.').map_or((number, String::new()), |(whole, f)| (whole, format!(".{f}")));
    let groups: Vec<&str> =
        whole.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    format!("{sign}{}{fraction}", groups.join(","))
}

fn full_width(text: &str) -> String {
    let wide = |c: char| match c {
        '0'..='9' => char::from_u32('０' as u32 + (c as u32 - '0' as u32)).unwrap(),
        ',' => '，',
        '.' => '．',
        '-' => '－',
        other => other,
    };
    text.chars().map(wide).collect()
}

fn units() -> impl Strategy<Value = Unit> {
    prop::sample::select(MONEY.as_slice())
}

prop_compose! {
    fn figures()(unit in units())(
        digits in -999_999_999_999_i64..=999_999_999_999,
        decimals in 0..=most_decimals(unit),
        unit in Just(unit),
    ) -> Printed {
        Printed::new(digits, decimals, unit).unwrap()
    }
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_figure_is_read_back_as_it_is_shown(figure in figures()) {
        let shown = figure.to_string();
        prop_assert_eq!(Printed::parse(&shown, figure.unit()).unwrap(), figure);
        prop_assert_eq!(Printed::parse(&separated(&shown), figure.unit()).unwrap(), figure);
        prop_assert_eq!(Printed::parse(&full_width(&shown), figure.unit()).unwrap(), figure);
        prop_assert_eq!(Printed::parse(&full_width(&separated(&shown)), figure.unit()).unwrap(), figure);
    }

    #[test]
    fn blanks_inside_a_figure_are_passed_over(figure in figures(), at in any::<prop::sample::Index>()) {
        let mut shown: Vec<char> = separated(&figure.to_string()).chars().collect();
        shown.insert(at.index(shown.len() + 1), ' ');
        let shown: String = shown.into_iter().collect();
        prop_assert_eq!(Printed::parse(&shown, figure.unit()).unwrap(), figure);
    }

    #[test]
    fn brackets_stand_for_a_minus(digits in 1_i64..1_000_000_000) {
        prop_assert_eq!(parse_number(&format!("({digits})")).unwrap(), (-digits, 0));
        prop_assert_eq!(parse_number(&format!("（{digits}）")).unwrap(), (-digits, 0));
    }

    #[test]
    fn separators_elsewhere_than_at_thousands_are_no_number(digits in 10_000_i64..1_000_000_000, at in 1_usize..4) {
        let shown = digits.to_string();
        let cut = shown.len() - at;
        let text = format!("{},{}", &shown[..cut], &shown[cut..]);
        let fits = at == 3 && cut <= 3;
        prop_assert_eq!(parse_number(&text).is_ok(), fits, "{}", text);
    }

    #[test]
    fn no_text_panics(text in ".{0,24}") {
        let _ = parse_number(&text);
        let _ = Printed::parse(&text, Unit::TenThousand);
        let _ = Facets::parse(&text);
        let _ = Code::new(&text);
    }

    #[test]
    fn rounding_never_breaks_a_sum(parts in prop::collection::vec(-9_000_000_000_000_i64..9_000_000_000_000, 1..40)) {
        let total = rounded(parts.iter().sum(), Unit::TenThousand, 0);
        let printed = parts.iter().map(|part| rounded(*part, Unit::TenThousand, 0));
        let test = total.test_sum(printed);
        prop_assert!(test.possible, "{test:?}");
        prop_assert!(test.difference.atoms().abs() <= test.bound.atoms(), "{test:?}");
    }

    #[test]
    fn the_bound_of_equal_precision_is_half_the_number_of_parts(parts in prop::collection::vec(-9_000_000_i64..9_000_000, 1..40)) {
        let sum: i64 = parts.iter().sum();
        let bound = (parts.len() / 2) as i64;
        let printed = || parts.iter().map(|part| plain(*part));
        for sign in [-1, 1] {
            let at_bound = plain(sum + sign * bound).test_sum(printed());
            prop_assert!(at_bound.possible && at_bound.exact == (bound == 0), "{at_bound:?}");
            prop_assert_eq!(at_bound.bound, plain(bound));
            prop_assert_eq!(at_bound.difference, plain(-sign * bound));
            prop_assert_eq!(at_bound.sum, plain(sum));
            prop_assert_eq!(at_bound.addends, parts.len());
            let beyond = plain(sum + sign * (bound + 1)).test_sum(printed());
            prop_assert!(!beyond.possible && !beyond.exact, "{beyond:?}");
        }
    }

    #[test]
    fn one_part_must_agree_exactly(value in -9_000_000_i64..9_000_000, difference in -3_i64..=3) {
        let test = plain(value + difference).test_sum([plain(value)]);
        prop_assert_eq!(test.possible, difference == 0);
        prop_assert_eq!(test.exact, difference == 0);
    }

    #[test]
    fn rounding_never_breaks_a_sum_of_mixed_decimals(
        parts in prop::collection::vec((-9_000_000_000_i64..9_000_000_000, 0_u8..=6), 1..20),
        decimals in 0_u8..=6,
    ) {
        let total = rounded(parts.iter().map(|(fen, _)| fen).sum(), Unit::TenThousand, decimals);
        let test = total.test_sum(parts.iter().map(|(fen, decimals)| rounded(*fen, Unit::TenThousand, *decimals)));
        prop_assert!(test.possible, "{test:?}");
        prop_assert!(test.difference.atoms().abs() <= test.bound.atoms(), "{test:?}");
    }

    #[test]
    fn rounding_never_breaks_a_sum_of_mixed_units(
        parts in prop::collection::vec((-9_000_000_000_i64..9_000_000_000, units()), 1..20),
        unit in units(),
    ) {
        let total = rounded(parts.iter().map(|(fen, _)| fen).sum(), unit, 2);
        let test = total.test_sum(parts.iter().map(|(fen, unit)| rounded(*fen, *unit, 0)));
        prop_assert!(test.possible, "{test:?}");
    }

    /// What a message prints as the bound is never less than a difference that is let pass.
    #[test]
    #[ignore = "open: the grid of SumTest::bound is that of the finest figure of the total's own unit"]
    fn the_bound_said_covers_the_difference_of_mixed_units(fen in 0_i64..9_000_000_000_000, unit in units(), other in units()) {
        let test = rounded(fen, unit, 2).test_sum([rounded(fen, other, 0)]);
        prop_assert!(test.difference.atoms().abs() <= test.bound.atoms(), "{test:?}");
    }

    #[test]
    fn two_printings_of_one_amount_meet(fen in -9_000_000_000_000_i64..9_000_000_000_000, one in 0_u8..=6, two in 0_u8..=6) {
        let (left, right) = (rounded(fen, Unit::TenThousand, one), rounded(fen, Unit::TenThousand, two));
        prop_assert!(left.meets(&right) && right.meets(&left), "{left} {right}");
    }

    #[test]
    fn printings_a_unit_apart_do_not_meet(digits in -9_000_000_i64..9_000_000) {
        prop_assert!(!plain(digits).meets(&plain(digits + 1)));
    }

    #[test]
    fn negative_figures_mirror_positive_ones(total in figures(), parts in prop::collection::vec(-9_000_000_i64..9_000_000, 1..12)) {
        let parts: Vec<Printed> = parts.iter().map(|digits| Printed::new(*digits, total.decimals(), total.unit()).unwrap()).collect();
        let test = total.test_sum(parts.iter().copied());
        let mirrored = total.negated().test_sum(parts.iter().map(Printed::negated));
        prop_assert_eq!((test.possible, test.exact, test.bound), (mirrored.possible, mirrored.exact, mirrored.bound));
        prop_assert_eq!(test.difference, mirrored.difference.negated());
        prop_assert_eq!(test.sum, mirrored.sum.negated());
        prop_assert_eq!(total.negated().negated(), total);
        for part in &parts {
            prop_assert_eq!(total.meets(part), total.negated().meets(&part.negated()));
        }
    }

    #[test]
    fn counts_are_exact(parts in prop::collection::vec(0_i64..1_000, 1..12), difference in -2_i64..=2) {
        let total = Printed::count(parts.iter().sum::<i64>() + difference);
        let test = total.test_sum(parts.iter().map(|number| Printed::count(*number)));
        prop_assert_eq!((test.exact, test.possible), (difference == 0, difference == 0));
    }

    #[test]
    fn a_value_written_like_a_figure_keeps_its_value(figure in figures(), fen in -1_000_000_000_000_i64..1_000_000_000_000) {
        let written = figure.like(i128::from(fen));
        prop_assert_eq!(written.atoms(), i128::from(fen));
        prop_assert!(written.decimals() >= figure.decimals());
        prop_assert_eq!(written.unit(), figure.unit());
    }

    #[test]
    fn codes_form_a_tree_by_prefix(text in "[0-9A-Z.]{0,16}", count in 0_usize..20) {
        let code = Code::new(&text).unwrap();
        let above = code.prefix(count);
        prop_assert_eq!(code.as_str(), &text);
        prop_assert_eq!(code.to_string(), text);
        prop_assert!(code.within(&above) && code.within(&code) && code.within(&Code::ALL));
        prop_assert_eq!(above.within(&code), above == code);
        prop_assert_eq!(above.len(), count.min(code.len()));
        prop_assert_eq!(code.is_all(), code == Code::ALL);
        prop_assert_eq!(above.prefix(count), above);
    }

    #[test]
    fn codes_that_are_too_long_or_not_ascii_are_none(long in "[0-9]{17,40}", wide in "[０-９一-十]{1,5}") {
        prop_assert_eq!(Code::new(&long), None);
        prop_assert_eq!(Code::new(&wide), None);
    }

    #[test]
    fn within_is_an_order(a in "[12]{0,4}", b in "[12]{0,4}", c in "[12]{0,4}") {
        let [a, b, c] = [a, b, c].map(|text| Code::new(&text).unwrap());
        prop_assert!(!(a.within(&b) && b.within(&a)) || a == b);
        prop_assert!(!(a.within(&b) && b.within(&c)) || a.within(&c));
    }

    #[test]
    fn an_axis_that_is_none_is_named(axis in "[a-z]{3,12}", value in "[a-z]{1,8}") {
        let known = ["measure", "phase", "year", "stream", "book", "nature", "function", "economic", "item"];
        prop_assume!(!known.contains(&axis.as_str()));
        prop_assert_eq!(Facets::parse(&format!("{axis}={value}")), Err(FacetsError::Axis(axis)));
    }
}

#[test]
fn faults_of_facets_say_what_is_wrong() {
    let shape = |text: &str| Facets::parse(text).unwrap_err();
    assert_eq!(shape("general"), FacetsError::Shape("general".into()));
    assert_eq!(shape("book=general nature"), FacetsError::Shape("nature".into()));
    let value = |axis: &str, value: &str| FacetsError::Value { axis: axis.into(), value: value.into() };
    assert_eq!(shape("book=genral"), value("book", "genral"));
    assert_eq!(shape("year=二〇一九"), value("year", "二〇一九"));
    assert_eq!(shape("function=12345678901234567"), value("function", "12345678901234567"));
    assert!(shape("colour=red").to_string().contains("measure, phase, year"));
    assert!(Facets::parse("").unwrap().is_empty());
    assert!(!Facets::parse(" book=general  nature=basic ").unwrap().is_empty());
}

#[test]
fn texts_that_are_no_figures() {
    for text in [
        "",
        " ",
        "-",
        ".",
        "1.",
        ".5",
        "1,2",
        "1,23",
        "12,34,567",
        "1.2.3",
        "1,234,",
        "--1",
        "1-2",
        "一",
        "0x1",
        "1e3",
        "(1",
        "()",
    ] {
        assert!(parse_number(text).is_err(), "{text:?}");
    }
    assert!(parse_number("1234567890123456").is_err(), "sixteen digits");
    assert_eq!(parse_number("000").unwrap(), (0, 0));
    assert_eq!(parse_number("-0.00").unwrap(), (0, 2));
}
