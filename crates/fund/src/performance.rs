//! What a programme did, in the fields of 表十四, and the project line of the year after.
//!
//! What the registers cannot tell, such as satisfaction, stays open and says so.

mod books;
mod forecast;
mod of_batch;

pub use books::{Carried, Unfit, carry, reconcile};
pub use forecast::{Forecast, forecast, forecast_all};
use gouji_model::books::Indicator;
use gouji_model::{Fen, Lang};
pub use of_batch::{all_of, of_batch};
use std::collections::{BTreeMap, BTreeSet};

/// One award that was approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// The firm, by its code.
    pub firm: String,
    /// What was approved, in fen.
    pub approved: Fen,
    /// What was paid so far, in fen.
    pub paid: Fen,
    /// What the award was reckoned from, such as the R&D expense, in fen; `None` where there is no such base.
    pub base: Option<Fen>,
    /// Days from acceptance to approval; `None` where a day is not on record.
    pub days_to_decide: Option<u32>,
    /// The town or street; empty where it is not on record.
    pub town: String,
    /// The industry; empty where it is not on record.
    pub industry: String,
}

/// A programme's year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// The budget year.
    pub year: i16,
    /// The unit that runs the project, by name.
    pub unit: String,
    /// The project, by name.
    pub project: String,
    /// The budget of the project in fen.
    pub budget: Fen,
    /// Every award.
    pub awards: Vec<Award>,
    /// Firms that had an award in an earlier year, by code.
    pub known: BTreeSet<String>,
}

/// An indicator with a value, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Class, name, unit and source as in 表十四; the value is empty where it could not be worked out.
    pub indicator: Indicator,
    zh: String,
    en: String,
}

impl Measured {
    /// How the value was worked out, or why it is open.
    pub fn text(&self, lang: Lang) -> &str {
        if lang == Lang::Zh { &self.zh } else { &self.en }
    }

    /// True where there is no value.
    pub fn is_open(&self) -> bool {
        self.indicator.value.is_empty()
    }
}

/// Every indicator of a year, in the order 成本, 产出, 效益, 满意度.
pub fn measure(year: &Year) -> Vec<Measured> {
    let sum = |of: fn(&Award) -> i64| year.awards.iter().map(|award| i128::from(of(award))).sum::<i128>();
    let (approved, paid) = (sum(|award| award.approved.fen()), sum(|award| award.paid.fen()));
    let firms: BTreeSet<&str> = year.awards.iter().map(|award| award.firm.as_str()).collect();
    let new = firms.iter().filter(|firm| !year.known.contains(**firm)).count();
    let budget = i128::from(year.budget.fen());
    let writer = Writer { year };
    let mut all = vec![
        writer.value(
            "成本",
            "核定资助金额",
            wan(approved),
            "万元",
            AWARDS,
            (format!("{} 笔", year.awards.len()), "sum of awards".into()),
        ),
        writer.value(
            "成本",
            "实际拨付金额",
            wan(paid),
            "万元",
            PAYMENTS,
            ("拨付之和".into(), "sum of payments".into()),
        ),
        writer.share("产出", "预算执行率", (paid, budget), PAYMENTS, "拨付 ÷ 预算", "paid ÷ budget"),
        writer.value(
            "产出",
            "支持企业数",
            firms.len().to_string(),
            "家",
            AWARDS,
            ("按信用代码去重".into(), "each firm once".into()),
        ),
        writer.value(
            "产出",
            "首次获资助企业数",
            new.to_string(),
            "家",
            AWARDS,
            ("以前年度没有获得过的".into(), "none in earlier years".into()),
        ),
    ];
    all.push(writer.days());
    all.push(writer.base());
    for (what, of) in PARTS {
        all.extend(writer.parts(what, *of, approved));
    }
    all.push(writer.open(
        "满意度",
        "企业满意度",
        "%",
        "问卷调查",
        "登记数据里没有满意度，须问卷调查后填写",
        "registers hold no satisfaction; ask the firms",
    ));
    all
}

const AWARDS: &str = "项目管理系统资助决定";
const PAYMENTS: &str = "国库支付记录";

/// How many towns or industries are told one by one.
const MOST_PARTS: usize = 5;

type Part = fn(&Award) -> &str;
const PARTS: &[(&str, Part)] = &[("街道", |award| &award.town), ("行业", |award| &award.industry)];

struct Writer<'a> {
    year: &'a Year,
}

impl Writer<'_> {
    fn value(
        &self,
        class: &str,
        name: &str,
        value: String,
        unit: &str,
        source: &str,
        how: (String, String),
    ) -> Measured {
        let indicator = Indicator {
            unit: self.year.unit.clone(),
            project: self.year.project.clone(),
            class: class.into(),
            name: name.into(),
            value,
            measured_in: unit.into(),
            source: source.into(),
            ..Indicator::default()
        };
        Measured { indicator, zh: how.0, en: how.1 }
    }

    fn open(&self, class: &str, name: &str, unit: &str, source: &str, zh: &str, en: &str) -> Measured {
        self.value(class, name, String::new(), unit, source, (zh.into(), en.into()))
    }

    fn share(&self, class: &str, name: &str, of: (i128, i128), source: &str, zh: &str, en: &str) -> Measured {
        match percent(of) {
            Some(value) => self.value(class, name, value, "%", source, (zh.into(), en.into())),
            None => self.open(
                class,
                name,
                "%",
                source,
                &format!("{zh}：除数不大于零"),
                &format!("{en}: nothing to divide by"),
            ),
        }
    }

    fn days(&self) -> Measured {
        let mut days: Vec<u32> = self.year.awards.iter().filter_map(|award| award.days_to_decide).collect();
        days.sort_unstable();
        let unknown = self.year.awards.len() - days.len();
        if days.is_empty() {
            return self.open("产出", "审核用时中位数", "天", AWARDS, "没有受理或审定日期", "no day is on record");
        }
        let (low, high) = (days[(days.len() - 1) / 2], days[days.len() / 2]);
        let twice = u64::from(low) + u64::from(high);
        let value = if twice % 2 == 0 { (twice / 2).to_string() } else { format!("{}.5", twice / 2) };
        let how = (
            format!("{} 件，另有 {unknown} 件缺日期", days.len()),
            format!("of {}; {unknown} without a day", days.len()),
        );
        self.value("产出", "审核用时中位数", value, "天", AWARDS, how)
    }

    /// R&D moved: the bases over the awards that have one.
    fn base(&self) -> Measured {
        let with: Vec<(i128, i128)> = self
            .year
            .awards
            .iter()
            .filter_map(|award| Some((i128::from(award.base?.fen()), i128::from(award.approved.fen()))))
            .collect();
        let (base, award) = with.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let without = self.year.awards.len() - with.len();
        let name = "每元资助对应的研发投入";
        match hundredths((base, award)) {
            Some(value) => {
                let zh = format!("基数 {} 万元 ÷ 资助 {} 万元；另有 {without} 笔没有基数", wan(base), wan(award));
                let en = format!("base ÷ award; {without} awards have no base; not the effect of the award alone");
                self.value("效益", name, value, "元", "税务部门加计扣除数据", (zh, en))
            }
            None => self.open("效益", name, "元", "税务部门加计扣除数据", "没有一笔资助有基数", "no award has a base"),
        }
    }

    /// The share of the awards of each town or industry, the largest first; beyond [`MOST_PARTS`] all the rest as one.
    fn parts(&self, what: &str, of: Part, approved: i128) -> Vec<Measured> {
        let mut sums: BTreeMap<&str, i128> = BTreeMap::new();
        for award in &self.year.awards {
            *sums.entry(of(award)).or_default() += i128::from(award.approved.fen());
        }
        let mut sums: Vec<(&str, i128)> = sums.into_iter().collect();
        sums.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        let rest: i128 = sums.iter().skip(MOST_PARTS).map(|part| part.1).sum();
        let has_rest = sums.len() > MOST_PARTS;
        sums.truncate(MOST_PARTS);
        let other = format!("其他{what}");
        sums.extend(has_rest.then_some((other.as_str(), rest)));
        let part = |(name, sum): (&str, i128)| {
            let name =
                if name.is_empty() { format!("{what}不明的资助占比") } else { format!("{name}资助占比") };
            self.share("效益", &name, (sum, approved), AWARDS, "该类资助 ÷ 全部资助", "its awards ÷ all awards")
        };
        sums.into_iter().map(part).collect()
    }
}

/// 万元 with two decimals, half up.
fn wan(fen: i128) -> String {
    let parts = rounded(fen, 10_000);
    decimals(parts)
}

/// A percentage with two decimals, half up; `None` unless the divisor is positive.
fn percent((over, under): (i128, i128)) -> Option<String> {
    (under > 0).then(|| decimals(rounded(over * 10_000, under)))
}

/// A quotient with two decimals, half up; `None` unless the divisor is positive.
fn hundredths((over, under): (i128, i128)) -> Option<String> {
    (under > 0).then(|| decimals(rounded(over * 100, under)))
}

fn rounded(over: i128, under: i128) -> i128 {
    let magnitude = (over.abs() * 2 + under) / (under * 2);
    if over < 0 { -magnitude } else { magnitude }
}

fn decimals(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn award(firm: &str, approved: i64, base: Option<i64>, days: Option<u32>, town: &str) -> Award {
        let (approved, paid) = (Fen::new(approved), Fen::new(approved / 2));
        let (firm, town, industry) = (firm.into(), town.into(), "软件业".into());
        Award { firm, approved, paid, base: base.map(Fen::new), days_to_decide: days, town, industry }
    }

    fn year() -> Year {
        Year {
            year: 2019,
            unit: "科技创新局".into(),
            project: "科技发展资金".into(),
            budget: Fen::new(300_000_000),
            awards: vec![
                award("A", 100_000_000, Some(1_000_000_000), Some(10), "布吉"),
                award("A", 50_000_000, None, Some(15), "坂田"),
                award("B", 100_000_001, Some(500_000_000), None, "坂田"),
            ],
            known: BTreeSet::from(["A".to_owned()]),
        }
    }

    #[test]
    fn every_figure_can_be_worked_out_again() {
        let measured = measure(&year());
        let lines: Vec<String> = measured
            .iter()
            .map(|one| {
                format!(
                    "{} {} {} {}",
                    one.indicator.class, one.indicator.name, one.indicator.value, one.indicator.measured_in
                )
            })
            .collect();
        assert_eq!(
            lines,
            [
                "成本 核定资助金额 250.00 万元",
                "成本 实际拨付金额 125.00 万元",
                "产出 预算执行率 41.67 %",
                "产出 支持企业数 2 家",
                "产出 首次获资助企业数 1 家",
                "产出 审核用时中位数 12.5 天",
                "效益 每元资助对应的研发投入 7.50 元",
                "效益 坂田资助占比 60.00 %",
                "效益 布吉资助占比 40.00 %",
                "效益 软件业资助占比 100.00 %",
                "满意度 企业满意度  %",
            ]
        );
        assert!(measured.last().unwrap().is_open());
        assert!(measured.last().unwrap().text(Lang::En).contains("ask the firms"));
    }

    #[test]
    fn without_awards_everything_that_divides_is_open() {
        let empty = Year { awards: Vec::new(), budget: Fen::new(0), ..year() };
        let open: Vec<String> =
            measure(&empty).into_iter().filter(Measured::is_open).map(|one| one.indicator.name).collect();
        assert_eq!(open, ["预算执行率", "审核用时中位数", "每元资助对应的研发投入", "企业满意度"]);
        assert_eq!(forecast(&empty, 10), None);
    }

    #[test]
    fn the_line_of_next_year_is_count_times_mean() {
        let next = forecast(&year(), 7).unwrap();
        assert_eq!(next.amount, Fen::new(250_000_001 * 7 / 3));
        assert_eq!(
            next.text(Lang::Zh),
            "2019 年资助 3 笔、250.00 万元；按 2020 年预计 7 笔 × 每笔平均（250.00 万元 ÷ 3）= 583.33 万元；取整为 584 万元"
        );
        assert_eq!(next.indicators[0].value, "≤584");
        assert!(!next.project.goal.is_empty() && next.text(Lang::En).starts_with("3 awards"));
    }
}
