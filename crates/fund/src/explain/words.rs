//! The words of an explanation.

use crate::Day;
use crate::policy::{Band, Bounds, Kind, Literal, Ratio, Rounding, Side, Span, Way};
use gouji_model::{Fen, Lang};

/// Says things in a language.
#[derive(Clone, Copy)]
pub(super) struct Say(pub Lang);

impl Say {
    fn pick<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    pub(super) fn comma(self) -> &'static str {
        self.pick("；", "; ")
    }

    /// Between what is and what ought to be.
    pub(super) fn should(self) -> &'static str {
        self.pick("，应 ", ", should be ")
    }

    pub(super) fn colon(self) -> &'static str {
        self.pick("：", ": ")
    }

    /// A number of a kind with its unit; what is not on record says so.
    pub(super) fn number(self, kind: Kind, value: Option<(i64, i64)>) -> String {
        let Some((over, under)) = value else { return self.pick("（无记录）", "(not on record)").into() };
        match kind {
            Kind::Amount => self.amount(over),
            Kind::Count => over.to_string(),
            Kind::Class => over.to_string(),
            Kind::Flag => self.pick(if over != 0 { "是" } else { "否" }, if over != 0 { "yes" } else { "no" }).into(),
            Kind::Day => {
                i32::try_from(over).ok().and_then(Day::from_number).map_or_else(String::new, |day| day.to_string())
            }
            Kind::Ratio => Ratio::new(over, under).map_or_else(|| format!("{over}/{under}"), |ratio| ratio.to_string()),
        }
    }

    pub(super) fn amount(self, fen: i64) -> String {
        format!("{} {}", Fen::new(fen).grouped(), self.pick("元", "yuan"))
    }

    pub(super) fn literal(self, literal: &Literal) -> String {
        match literal {
            Literal::Amount(fen) => self.amount(fen.fen()),
            Literal::Count(count) => count.to_string(),
            Literal::Ratio(ratio) => ratio.to_string(),
            Literal::Day(day) => day.to_string(),
        }
    }

    pub(super) fn among(self, class: &str, words: &[String], side: Side) -> String {
        let words = words.join(self.pick("、", ", "));
        match side {
            Side::Inside => format!("{class}{}{words}", self.pick("，应为：", ", should be: ")),
            Side::Outside => format!("{class}{}{words}", self.pick("，不得为：", ", must not be: ")),
        }
    }

    pub(super) fn flag(self, flag: &str, answer: Side) -> String {
        let wanted = match answer {
            Side::Inside => self.pick("，应为：是", ", should be: yes"),
            Side::Outside => self.pick("，应为：否", ", should be: no"),
        };
        format!("{flag}{wanted}")
    }

    /// What ends before it begins is no span of at most so many months.
    pub(super) fn months(self, from: &str, to: &str, how: Span, months: i32) -> String {
        match (self.0, how) {
            (Lang::Zh, Span::AtMost) => format!("{from} 至 {to}，应不早于前者，且不超过 {months} 个月"),
            (Lang::Zh, Span::AtLeast) => format!("{from} 至 {to}，应不少于 {months} 个月"),
            (Lang::En, Span::AtMost) => format!("{from} to {to}, should be no earlier and at most {months} months"),
            (Lang::En, Span::AtLeast) => format!("{from} to {to}, should be at least {months} months"),
        }
    }

    pub(super) fn all(self, tests: &[String]) -> String {
        self.bracket("同时满足", "all of", &tests.join(self.comma()))
    }

    pub(super) fn any(self, tests: &[String]) -> String {
        self.bracket("满足其一", "one of", &tests.join(self.comma()))
    }

    pub(super) fn not(self, test: &str) -> String {
        self.bracket("不得", "not", test)
    }

    fn bracket(self, zh: &str, en: &str, inside: &str) -> String {
        match self.0 {
            Lang::Zh => format!("（{zh}：{inside}）"),
            Lang::En => format!("({en}: {inside})"),
        }
    }

    /// After a condition: of whom it is asked.
    pub(super) fn asked_only(self, when: &str) -> String {
        format!("{}{when}", self.pick("；适用前提：", "; asked only when: "))
    }

    pub(super) fn share(self, part: &str, whole: &str) -> String {
        format!("({part} ÷ {whole})")
    }

    pub(super) fn growth(self, now: &str, before: &str) -> String {
        format!("(({now} − {before}) ÷ {before})")
    }

    pub(super) fn smallest(self, all: &[String]) -> String {
        format!("{}{}", self.pick("取最小：", "the smallest of: "), all.join(self.comma()))
    }

    pub(super) fn largest(self, all: &[String]) -> String {
        format!("{}{}", self.pick("取最大：", "the largest of: "), all.join(self.comma()))
    }

    pub(super) fn less(self, working: &str) -> String {
        format!("{working}{}", self.pick("（不小于 0）", " (no less than 0)"))
    }

    pub(super) fn limit(self, limit: &str, is_cap: bool) -> String {
        match (self.0, is_cap) {
            (Lang::Zh, true) => format!("，不超过 {limit}"),
            (Lang::Zh, false) => format!("，不低于 {limit}"),
            (Lang::En, true) => format!(", no more than {limit}"),
            (Lang::En, false) => format!(", no less than {limit}"),
        }
    }

    pub(super) fn only_when(self, tests: &str, holds: bool, is_unknown: bool) -> String {
        let outcome = match (holds, is_unknown) {
            (true, _) => self.pick("成立", "holds"),
            (false, false) => self.pick("不成立，计 0", "does not hold: 0"),
            (false, true) => self.pick("无法判断", "unknown"),
        };
        match self.0 {
            Lang::Zh => format!("；适用条件“{tests}”：{outcome}"),
            Lang::En => format!("; only when “{tests}”: {outcome}"),
        }
    }

    pub(super) fn rounding(self, rounding: &Rounding) -> String {
        let way = match rounding.way {
            Way::HalfUp => self.pick("四舍五入到", "half up to"),
            Way::Down => self.pick("舍去尾数到", "down to"),
            Way::Up => self.pick("进位到", "up to"),
        };
        let (open, close) = (self.pick("（", " ("), self.pick("）", ")"));
        format!("{open}{way} {}{close}", self.amount(rounding.unit.fen()))
    }

    /// Each band with the part of the amount inside it, and where it ends.
    pub(super) fn bands(self, bands: &[Band], amount: Option<i64>) -> String {
        let Some(amount) = amount else { return self.number(Kind::Amount, None) };
        let mut low = 0;
        let mut parts = Vec::new();
        for band in bands {
            let high = band.up_to.map_or(i64::MAX, Fen::fen);
            let inside = amount.clamp(low, high.max(low)) - low;
            let end = match (band.up_to, self.0) {
                (Some(high), Lang::Zh) => format!("（至 {}）", self.amount(high.fen())),
                (Some(high), Lang::En) => format!(" (until {})", self.amount(high.fen())),
                (None, _) => self.pick("（其余）", " (the rest)").to_owned(),
            };
            parts.push(format!("{} × {}{end}", band.rate, self.amount(inside)));
            low = high;
        }
        parts.join(" + ")
    }

    pub(super) fn row(self, bounds: &Bounds, value: &Literal) -> String {
        format!("{} → {}", self.bounds(bounds), self.literal(value))
    }

    pub(super) fn cell(self, of: &Bounds, by: &Bounds, value: &Literal) -> String {
        format!("{} × {} → {}", self.bounds(of), self.bounds(by), self.literal(value))
    }

    fn bounds(self, bounds: &Bounds) -> String {
        match (&bounds.from, &bounds.below) {
            (Some(from), Some(below)) => format!("[{}, {})", self.literal(from), self.literal(below)),
            (Some(from), None) => format!("≥ {}", self.literal(from)),
            (None, Some(below)) => format!("< {}", self.literal(below)),
            (None, None) => self.pick("全部", "all").into(),
        }
    }

    pub(super) fn table(self, of: &str, rows: &[String]) -> String {
        let rows = rows.join(self.comma());
        format!("{of}{}{}{rows}", self.pick("，按档次表", ", by the table"), self.colon())
    }
}
