//! An assessment of incubators: graded up, down and out, each with its reasons.

use gouji_fund::carriers::{Assessment, Carrier, Direction, Support, assess};
use gouji_fund::evidence::Column;
use gouji_fund::policy::Kind;
use gouji_model::{Fen, Lang};
use gouji_sources::read_carriers;

const STANDARD: &str = include_str!("carriers/incubators.toml");

fn assessed(level: usize, history: &[&str], values: [Option<i64>; 3]) -> Assessment {
    let standard = read_carriers(STANDARD.as_bytes()).unwrap();
    let columns: Vec<Column> = [Kind::Count, Kind::Amount, Kind::Ratio]
        .into_iter()
        .zip(values)
        .map(|(kind, value)| {
            let mut column = Column::new(kind, 1);
            column.push(value, 2);
            column
        })
        .collect();
    let history = history.iter().map(|grade| (*grade).to_owned()).collect();
    assess(&standard, &[Carrier { name: "甲孵化器".into(), level, history }], &columns).remove(0)
}

const WAN: i64 = 1_000_000;

#[test]
fn excellent_twice_goes_up_and_bad_twice_goes_out() {
    let good = [Some(60), Some(20_000 * WAN), Some(800_000)];
    let first = assessed(0, &["合格"], good);
    assert_eq!((first.points, first.grade.as_deref(), first.direction), (100, Some("优秀"), Direction::Stay));
    assert_eq!(first.support, Some(Support::Amount(Fen::new(50 * WAN))));
    let second = assessed(0, &["合格", "优秀"], good);
    assert_eq!((second.direction, second.level), (Direction::Up, Some(1)));
    assert_eq!(second.clauses, ["第九条（一）", "第十条（三）"]);
    let top = assessed(2, &["优秀"], good);
    assert_eq!((top.direction, top.level), (Direction::Stay, Some(2)), "nothing lies above the highest level");
    let bad = [Some(12), Some(10 * WAN), Some(100_000)];
    let once = assessed(1, &["合格"], bad);
    assert_eq!((once.direction, once.level, once.support), (Direction::Down, Some(0), Some(Support::Percent(0))));
    let lowest = assessed(0, &[], bad);
    assert_eq!((lowest.direction, lowest.level, lowest.support), (Direction::Out, None, None));
    let twice = assessed(2, &["不合格"], bad);
    assert_eq!((twice.direction, twice.level), (Direction::Out, None));
    assert_eq!(twice.clauses, ["第九条（三）", "第十条（二）"]);
}

#[test]
fn thresholds_are_exact_and_what_is_unknown_stays_open() {
    assert_eq!(assessed(0, &[], [Some(20), Some(1_000 * WAN - 1), Some(666_667)]).points, 35);
    assert_eq!(assessed(0, &[], [Some(20), Some(1_000 * WAN), Some(666_666)]).points, 45);
    let open = assessed(0, &[], [Some(60), None, Some(900_000)]);
    assert_eq!((open.points, open.grade.clone(), open.direction), (60, None, Direction::Open));
    assert_eq!(open.lines[1].text(Lang::Zh), "无记录，最多 40 分，待核实");
    assert_eq!(open.lines[0].text(Lang::En), "60 ≥ 50: 40 points");
    // However the unknown comes out, the grade is the same.
    let same = assessed(0, &[], [Some(20), Some(1_000 * WAN), None]);
    assert_eq!(same.grade.as_deref(), Some("合格"));
    // A criterion that is needed decides alone, and so it does while it is unknown.
    let few = assessed(0, &[], [Some(5), Some(20_000 * WAN), Some(900_000)]);
    assert_eq!((few.points, few.grade.as_deref()), (60, Some("不合格")));
    assert_eq!(assessed(0, &[], [None, Some(20_000 * WAN), Some(900_000)]).grade, None);
}

#[test]
fn every_fault_of_a_standard_is_told_with_its_line() {
    let told = |from: &str, to: &str| {
        assert!(STANDARD.contains(from));
        let faults = read_carriers(STANDARD.replacen(from, to, 1).as_bytes()).unwrap_err();
        faults.iter().map(|fault| format!("{} {}", fault.line, fault.text(Lang::En))).collect::<Vec<_>>()
    };
    assert_eq!(told("from = 85", "from = 40"), ["1 write [[grade]] from the best; the last is from = 0"]);
    assert_eq!(told("at-least = 50", "at-least = 5"), ["25 write steps from the highest threshold"]);
    assert_eq!(told("grades = [\"优秀\"]", "grades = [\"优\"]"), ["1 no grade is called `优`"]);
    assert_eq!(
        told("value = \"在孵企业\"", "value = \"企业\"")[0],
        "25 `企业` is no amount, count or ratio of [[evidence]]"
    );
    assert_eq!(told("percent = 100", ""), ["50 write one of amount and percent"]);
}
