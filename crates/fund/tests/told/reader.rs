//! Works out again what is printed. It knows the words and arithmetic, and nothing of the policy.

use super::fraction::{Number, fold, less, plus, reduced, rounded, same};
use super::words::Words;
use gouji_fund::policy::{Mode, Version};
use gouji_fund::{Answer, ConditionLine, Day, Explanation, Lane, StepLine};

/// Reads one language.
#[derive(Clone, Copy)]
pub struct Reader(pub Words);

impl Reader {
    /// The lane and the award follow from the answers and from the line of the worksheet that is the award.
    pub fn decision(self, version: &Version, told: &Explanation) {
        let answers = told.conditions.iter();
        let is_refused = answers.clone().any(|line| line.refuses && line.answer == Answer::No);
        let is_open = answers.clone().any(|line| matches!(line.answer, Answer::No | Answer::Unknown));
        let award = told.steps.iter().find(|line| line.name == version.award).expect("the award is a line");
        let award = self.value(&award.result).map(|(fen, _)| fen.max(0));
        let lane = match is_refused {
            true => Lane::Refuse,
            false if is_open || award.is_none() || version.mode == Mode::Review => Lane::Assist,
            false => Lane::Pass,
        };
        let paid = if is_refused { Some(0) } else { award };
        assert_eq!((told.lane, told.award.map(|fen| i128::from(fen.fen()))), (lane, paid), "{told:#?}");
    }

    /// A condition has the answer that its words give, and so has each comparison inside.
    pub fn condition(self, line: &ConditionLine) {
        let (test, when) = match self.parts(&line.text, self.0.asked_only).as_slice() {
            [test, when] => (*test, Some(*when)),
            _ => (line.text.as_str(), None),
        };
        let answer = match (when.map(|when| self.test(when)), self.test(test)) {
            (Some(Some(false)), _) => Answer::NotAsked,
            (Some(None), tested) if tested != Some(true) => Answer::Unknown,
            (_, Some(true)) => Answer::Yes,
            (_, Some(false)) => Answer::No,
            (_, None) => Answer::Unknown,
        };
        assert_eq!(answer, line.answer, "{line:#?}");
        for test in &line.tests {
            let answer = match self.test(&test.text) {
                Some(true) => Answer::Yes,
                Some(false) => Answer::No,
                None => Answer::Unknown,
            };
            assert_eq!(answer, test.answer, "{test:?}");
        }
    }

    /// Parts between marks that stand in no brackets.
    fn parts<'t>(self, text: &'t str, mark: &str) -> Vec<&'t str> {
        let (mut parts, mut depth, mut from) = (Vec::new(), 0, 0);
        for (at, sign) in text.char_indices() {
            match sign {
                '(' | '（' => depth += 1,
                ')' | '）' => depth -= 1,
                _ if depth == 0 && at >= from && text[at..].starts_with(mark) => {
                    parts.push(&text[from..at]);
                    from = at + mark.len();
                }
                _ => {}
            }
        }
        parts.push(&text[from..]);
        parts
    }

    /// Yes, no or unknown.
    fn test(self, text: &str) -> Option<bool> {
        let inside = |word: &str| text.strip_prefix(word).and_then(|text| text.strip_suffix(self.0.close));
        if let Some(tests) = inside(self.0.all) {
            let tests: Vec<_> = self.parts(tests, self.0.mark).into_iter().map(|test| self.test(test)).collect();
            let is_no = tests.contains(&Some(false));
            return if is_no { Some(false) } else { tests.into_iter().collect::<Option<Vec<bool>>>().map(|_| true) };
        }
        if let Some(tests) = inside(self.0.any) {
            let tests: Vec<_> = self.parts(tests, self.0.mark).into_iter().map(|test| self.test(test)).collect();
            let is_yes = tests.contains(&Some(true));
            return if is_yes { Some(true) } else { tests.into_iter().collect::<Option<Vec<bool>>>().map(|_| false) };
        }
        if let Some(test) = inside(self.0.not) {
            return self.test(test).map(|holds| !holds);
        }
        self.leaf(text)
    }

    fn leaf(self, text: &str) -> Option<bool> {
        for (word, is_most) in [(self.0.at_most, true), (self.0.at_least, false)] {
            if let Some((days, months)) = text.split_once(word) {
                let months: i32 = months.strip_suffix(self.0.months)?.parse().expect("a number of months");
                let (from, to) = days.split_once(self.0.to).expect("two days");
                let day = |text| self.value(text).map(|(day, _)| Day::from_number(day as i32).expect("a day"));
                let (from, to) = (day(from)?, day(to)?);
                let limit = from.plus_months(months);
                return Some(if is_most { from <= to && to <= limit } else { to >= limit });
            }
        }
        for (word, is_inside) in [(self.0.should_be, true), (self.0.must_not_be, false)] {
            let Some((left, right)) = text.split_once(word) else { continue };
            return match self.operand(left) {
                Ok(None) => None,
                Ok(number) if right == self.0.yes || right == self.0.no => {
                    Some(same(number, Some((i128::from(right == self.0.yes), 1))) == is_inside)
                }
                Ok(_) => panic!("`{left}` is no word"),
                Err(known) => Some(right.split(self.0.comma).any(|word| word == known) == is_inside),
            };
        }
        let (left, right) = text.split_once(self.0.should).unwrap_or_else(|| panic!("`{text}` says nothing"));
        let (sign, right) = right.split_once(' ').expect("a sign and a value");
        let (left, right) = (self.value(left)?, self.value(right)?);
        Some(match sign {
            "≥" => !less(left, right),
            ">" => less(right, left),
            "≤" => !less(right, left),
            "<" => less(left, right),
            "=" => same(Some(left), Some(right)),
            other => panic!("`{other}` is no comparison"),
        })
    }

    /// A line of the worksheet has the result that its working gives.
    pub fn step(self, line: &StepLine) {
        let (working, when) = match line.working.split_once(self.0.only_when) {
            Some((working, when)) => (working, Some(when)),
            None => (line.working.as_str(), None),
        };
        let (working, cap) = limit(working, self.0.cap);
        let (working, floor) = limit(working, self.0.floor);
        let (working, raw) = working.rsplit_once(" = ").map_or((working, None), |(working, raw)| (working, Some(raw)));
        if self.operand(working).is_err() && !working.contains([':', '：', '×', '+', '−', '÷']) {
            // A class is passed on as its word.
            assert!(working.ends_with(&line.result), "{line:?}");
            return;
        }
        let mut number = self.formula(working);
        if let Some(raw) = raw {
            assert!(same(number, self.value(raw)), "{number:?} is not what stands before a limit: {line:?}");
        }
        if let Some(floor) = floor {
            number = fold(vec![number, self.value(floor)], |one, other| if less(one, other) { other } else { one });
        }
        if let Some(cap) = cap {
            number = fold(vec![number, self.value(cap)], |one, other| if less(one, other) { one } else { other });
        }
        if let Some(when) = when {
            let (test, outcome) = when.rsplit_once('”').expect("a condition ends");
            let outcome = outcome.strip_prefix(self.0.colon).expect("a condition has an outcome");
            let holds = self.test(test);
            assert_eq!(holds, [Some(true), Some(false), None][self.place(outcome)], "{line:?}");
            number = match holds {
                Some(true) => number,
                Some(false) => Some((0, 1)),
                None => None,
            };
        }
        assert!(same(number, self.value(&line.result)), "{number:?} is not the result: {line:?}");
    }

    /// 0 for what holds, 1 for what does not, 2 for what nobody knows.
    fn place(self, outcome: &str) -> usize {
        [self.0.holds, self.0.holds_not].iter().position(|word| *word == outcome).unwrap_or(2)
    }

    fn formula(self, text: &str) -> Number {
        if let Some((head, rows)) = text.split_once(self.0.table) {
            return self.table(head, rows);
        }
        let chosen = |all: &str, largest: bool| {
            let all = all.split(self.0.mark).map(|text| self.value(text)).collect();
            fold(all, |one, other| if less(one, other) == largest { other } else { one })
        };
        if let Some(all) = text.strip_prefix(self.0.smallest) {
            return chosen(all, false);
        }
        if let Some(all) = text.strip_prefix(self.0.largest) {
            return chosen(all, true);
        }
        if let Some(all) = text.strip_suffix(self.0.less) {
            let all = all.split(" − ").map(|text| self.value(text)).collect();
            let rest = fold(all, |one, other| plus(one, (-other.0, other.1)));
            return rest.map(|rest| (rest.0.max(0), rest.1));
        }
        for (way, added) in [(self.0.half_up, 1), (self.0.down, 0), (self.0.up, 2)] {
            if let Some((product, unit)) = text.split_once(way) {
                let unit = self.value(unit.trim_end_matches(self.0.close))?;
                let number = match product.split_once(self.0.colon) {
                    Some((amount, bands)) => self.bands(amount, bands),
                    None => self.sum(product),
                };
                return number.map(|number| (rounded(number, unit.0, added), 1));
            }
        }
        self.sum(text)
    }

    /// Each part lies between the end of the band before and its own.
    fn bands(self, amount: &str, bands: &str) -> Number {
        let amount = self.value(amount)?.0;
        let (mut low, mut sum) = (0, Some((0, 1)));
        for part in bands.split(" + ") {
            let part = part.strip_suffix(self.0.close).expect("a band says where it ends");
            let (product, high) = match part.split_once(self.0.until) {
                Some((product, high)) => (product, self.value(high)?.0),
                None => (part.strip_suffix(self.0.the_rest).expect("the last band has no end"), i128::MAX),
            };
            let (_, inside) = product.split_once(" × ").expect("a rate and a part");
            assert_eq!(self.value(inside)?.0, amount.clamp(low, high.max(low)) - low, "{bands} of {amount}");
            sum = fold(vec![sum, self.sum(product)], plus);
            low = high;
        }
        sum
    }

    /// A sum of products.
    fn sum(self, text: &str) -> Number {
        let product = |text: &str| {
            let factors = text.split(" × ").map(|text| self.value(text)).collect();
            fold(factors, |one, other| reduced((one.0 * other.0, one.1 * other.1)))
        };
        fold(text.split(" + ").map(product).collect(), plus)
    }

    fn table(self, head: &str, rows: &str) -> Number {
        let heads: Vec<&str> = head.split(" × ").collect();
        let mut found = Some((0, 1));
        for row in rows.split(self.0.mark) {
            let (bounds, paid) = row.split_once(" → ").expect("a row has a value");
            let mut is_hit = true;
            for (head, bounds) in heads.iter().zip(bounds.split(" × ")) {
                is_hit &= match self.operand(head) {
                    Err(word) if bounds.chars().all(|sign| sign.is_ascii_uppercase()) => word == bounds,
                    _ => self.is_inside(self.value(head)?, bounds),
                };
            }
            if is_hit {
                found = fold(vec![found, self.value(paid)], |one, other| if less(one, other) { other } else { one });
            }
        }
        found
    }

    fn is_inside(self, number: (i128, i128), bounds: &str) -> bool {
        let reaches = |bound: &str| !less(number, self.value(bound).expect("a bound is a literal"));
        if let Some(bounds) = bounds.strip_prefix('[') {
            let (from, below) = bounds.trim_end_matches(')').split_once(", ").expect("two bounds");
            return reaches(from) && !reaches(below);
        }
        match (bounds.strip_prefix("≥ "), bounds.strip_prefix("< ")) {
            (Some(from), _) => reaches(from),
            (_, Some(below)) => !reaches(below),
            _ => true,
        }
    }

    /// A term with its value, a literal, a share or a growth.
    fn value(self, text: &str) -> Number {
        let divided = |over: (i128, i128), under: (i128, i128)| {
            (under.0 > 0).then(|| reduced((over.0 * under.1, over.1 * under.0)))
        };
        if let Some(growth) = text.strip_prefix("((") {
            let (change, before) = growth.strip_suffix(')')?.split_once(") ÷ ")?;
            let (now, _) = change.split_once(" − ")?;
            let (now, before) = (self.value(now)?, self.value(before)?);
            return divided(plus(now, (-before.0, before.1)), before);
        }
        if let Some((part, whole)) = text.split_once(" ÷ ") {
            return divided(self.value(part.strip_prefix('(')?)?, self.value(whole.strip_suffix(')')?)?);
        }
        self.operand(text).unwrap_or_else(|word| panic!("`{word}` is no number"))
    }

    /// A number; a word as the fault.
    fn operand(self, text: &str) -> Result<Number, &str> {
        let is_name = |name: &str| name.starts_with(['i', 's']) && name[1..].bytes().all(|sign| sign.is_ascii_digit());
        let text = text.split_once(' ').filter(|(name, _)| is_name(name)).map_or(text, |(_, text)| text);
        let decimal = |text: &str, under: i128| {
            let text = text.replace(',', "");
            let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let digits: Option<i128> = text.replace('.', "").parse().ok();
            digits.map(|digits| reduced((digits, under * 10_i128.pow(decimals as u32))))
        };
        if text == self.0.unknown {
            return Ok(None);
        }
        let number = match (text.strip_suffix(self.0.yuan), text.strip_suffix('%'), text.split_once('/')) {
            _ if text == self.0.yes => Some((1, 1)),
            _ if text == self.0.no => Some((0, 1)),
            (Some(yuan), ..) => decimal(yuan, 1).map(|(over, under)| reduced((over * 100, under))),
            (_, Some(percent), _) => decimal(percent, 100),
            (.., Some((over, under))) => over.parse().ok().zip(under.parse().ok()).map(reduced),
            _ => Day::parse(text).map(|day| (i128::from(day.number()), 1)).or_else(|| decimal(text, 1)),
        };
        number.map(Some).ok_or(text)
    }
}

fn limit<'t>(working: &'t str, word: &str) -> (&'t str, Option<&'t str>) {
    working.rsplit_once(word).map_or((working, None), |(working, limit)| (working, Some(limit)))
}
