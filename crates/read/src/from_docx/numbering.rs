//! Automatic numbers of paragraphs, written out: to a reader they are text.

use crate::xml::Element;
use std::collections::{BTreeMap, BTreeSet};

/// Levels of a list.
const LEVELS: usize = 9;

/// The lists of a document and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    lists: BTreeMap<String, List>,
    /// By the number that paragraphs give: the list, and levels that start anew.
    numbers: BTreeMap<String, (String, BTreeMap<usize, i64>)>,
    /// Numbers that have been used.
    begun: BTreeSet<String>,
    styles: BTreeMap<String, Style>,
    usual_style: Option<String>,
}

#[derive(Default)]
struct List {
    levels: BTreeMap<usize, Level>,
    counts: [Option<i64>; LEVELS],
}

struct Level {
    start: i64,
    format: String,
    text: String,
    style: Option<String>,
    is_spaced: bool,
}

#[derive(Default)]
struct Style {
    name: String,
    base: Option<String>,
    number: Option<String>,
    level: Option<usize>,
}

impl Numbering {
    pub(super) fn new(numbering: &Element, styles: &Element) -> Numbering {
        let mut made = Numbering::default();
        for list in numbering.all("abstractNum") {
            let Some(id) = list.attribute("abstractNumId") else { continue };
            let levels = list.all("lvl").filter_map(|level| Some((level_number(level)?, Level::new(level)))).collect();
            made.lists.insert(id.to_string(), List { levels, counts: [None; LEVELS] });
        }
        for number in numbering.all("num") {
            let Some((id, list)) = number.attribute("numId").zip(value(number, "abstractNumId")) else { continue };
            let starts = number
                .all("lvlOverride")
                .filter_map(|level| Some((level_number(level)?, level.child("startOverride")?.number("val")?)));
            made.numbers.insert(id.to_string(), (list.to_string(), starts.collect()));
        }
        for style in styles.all("style").filter(|style| style.attribute("type").is_none_or(|kind| kind == "paragraph"))
        {
            let Some(id) = style.attribute("styleId") else { continue };
            let list = style.child("pPr").and_then(|properties| properties.child("numPr"));
            let read = Style {
                name: value(style, "name").unwrap_or("").to_lowercase(),
                base: value(style, "basedOn").map(str::to_string),
                number: list.and_then(|list| value(list, "numId")).map(str::to_string),
                level: list.and_then(|list| list.child("ilvl")?.number("val")),
            };
            if style.attribute("default").is_some_and(|it| matches!(it, "1" | "true")) {
                made.usual_style = Some(id.to_string());
            }
            made.styles.insert(id.to_string(), read);
        }
        made
    }

    /// A style of the contents: its tab leads to a page.
    pub(super) fn is_contents_style(&self, properties: Option<&Element>) -> bool {
        self.chain(properties).any(|(_, style)| style.name.starts_with("toc ") || style.name.starts_with("目录"))
    }

    /// The number that a paragraph shows, with what parts it from the text.
    pub(super) fn next(&mut self, properties: Option<&Element>) -> String {
        let Some((number, level)) = self.place(properties) else { return String::new() };
        let Some((list, starts)) = self.numbers.get(&number) else { return String::new() };
        let Some(list) = self.lists.get_mut(list) else { return String::new() };
        if self.begun.insert(number) {
            for (level, start) in starts.iter().filter(|(level, _)| **level < LEVELS) {
                list.counts[*level] = Some(start.saturating_sub(1));
            }
        }
        let start = |list: &List, level: usize| list.levels.get(&level).map_or(1, |level| level.start);
        for above in 0..level {
            list.counts[above] = list.counts[above].or(Some(start(list, above)));
        }
        let before = list.counts[level].unwrap_or(start(list, level).saturating_sub(1));
        list.counts[level] = Some(before.saturating_add(1));
        list.counts[level + 1..].fill(None);
        list.shown(level)
    }

    /// List number and level of a paragraph: its own, or those of its style.
    fn place(&self, properties: Option<&Element>) -> Option<(String, usize)> {
        let own = properties.and_then(|properties| properties.child("numPr"));
        let own_number = own.and_then(|list| value(list, "numId")).map(str::to_string);
        let own_level = own.and_then(|list| list.child("ilvl")?.number::<usize>("val"));
        let styled = self.chain(properties).find(|(_, style)| style.number.is_some());
        let number = own_number.or_else(|| styled.as_ref().and_then(|(_, style)| style.number.clone()))?;
        let (list, _) = self.numbers.get(&number)?;
        let linked = || {
            let (id, _) = styled.as_ref()?;
            let levels = &self.lists.get(list)?.levels;
            levels.iter().find(|(_, level)| level.style.as_deref() == Some(id)).map(|(at, _)| *at)
        };
        let level = own_level.or_else(linked).or_else(|| styled.as_ref().and_then(|(_, style)| style.level));
        Some((number, level.unwrap_or(0).min(LEVELS - 1)))
    }

    /// The style of a paragraph and those it is based on.
    fn chain<'a>(&'a self, properties: Option<&'a Element>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let own = properties.and_then(|properties| value(properties, "pStyle"));
        let mut next = own.or(self.usual_style.as_deref());
        // Styles can be based on each other in a circle.
        (0..20).map_while(move |_| {
            let id = next.take()?;
            let style = self.styles.get(id)?;
            next = style.base.as_deref();
            Some((id, style))
        })
    }
}

impl Level {
    fn new(level: &Element) -> Level {
        let text = value(level, "lvlText").unwrap_or("").to_string();
        let suffix = value(level, "suff").unwrap_or("tab");
        Level {
            start: level.child("start").and_then(|start| start.number("val")).unwrap_or(1),
            format: value(level, "numFmt").unwrap_or("decimal").to_string(),
            style: value(level, "pStyle").map(str::to_string),
            // After 、 and ） Chinese print has no blank.
            is_spaced: suffix != "nothing" && text.ends_with(|c: char| c.is_ascii()),
            text,
        }
    }
}

impl List {
    /// The number of a level as it prints.
    fn shown(&self, level: usize) -> String {
        let Some(shape) = self.levels.get(&level) else { return String::new() };
        let mut out = String::new();
        if shape.format == "bullet" {
            // The sign is one of a symbol font; which one does not matter to the text.
            out.push('●');
        } else if shape.format != "none" {
            let mut rest = shape.text.chars();
            while let Some(character) = rest.next() {
                let named = if character == '%' { rest.next().and_then(|c| c.to_digit(10)) } else { None };
                match named {
                    Some(named @ 1..=9) => {
                        let at = named as usize - 1;
                        let count = self.counts[at].unwrap_or(1);
                        let format = self.levels.get(&at).map_or("decimal", |level| level.format.as_str());
                        out.push_str(&written(count, format));
                    }
                    _ => out.push(character),
                }
            }
        }
        if shape.is_spaced && !out.is_empty() {
            out.push(' ');
        }
        out
    }
}

fn level_number(level: &Element) -> Option<usize> {
    level.number("ilvl")
}

fn value<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.child(name)?.attribute("val")
}

/// A number in a format of lists; one that is not known prints in digits, as Word does.
fn written(number: i64, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => chinese(number, "零一二三四五六七八九", "十百千"),
        "chineseLegalSimplified" | "ideographLegalTraditional" => chinese(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            by_digit(number, "〇一二三四五六七八九")
        }
        "decimalFullWidth" | "decimalFullWidth2" => by_digit(number, "０１２３４５６７８９"),
        "decimalZero" => format!("{number:02}"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&number) => {
            char::from_u32(0x2460 + number as u32 - 1).map(String::from).unwrap_or_default()
        }
        "decimalEnclosedParen" => format!("({number})"),
        "ideographTraditional" if (1..=10).contains(&number) => pick("甲乙丙丁戊己庚辛壬癸", number - 1),
        "ideographZodiac" if (1..=12).contains(&number) => pick("子丑寅卯辰巳午未申酉戌亥", number - 1),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        _ => number.to_string(),
    }
}

fn pick(signs: &str, at: i64) -> String {
    usize::try_from(at).ok().and_then(|at| signs.chars().nth(at)).map(String::from).unwrap_or_default()
}

fn by_digit(number: i64, digits: &str) -> String {
    number.to_string().bytes().map(|digit| pick(digits, i64::from(digit) - i64::from(b'0'))).collect()
}

/// 十, 十一, 二十, 一百零一; beyond 9,999 in digits.
fn chinese(number: i64, digits: &str, powers: &str) -> String {
    if !(1..=9_999).contains(&number) {
        return by_digit(number, digits);
    }
    let written = number.to_string();
    let mut out = String::new();
    let mut zero = false;
    for (at, digit) in written.bytes().enumerate() {
        let digit = i64::from(digit - b'0');
        let power = written.len() - 1 - at;
        if digit == 0 {
            zero = true;
            continue;
        }
        if std::mem::take(&mut zero) {
            out.push_str(&pick(digits, 0));
        }
        // 10 is 十, not 一十; the capital numerals write 壹拾.
        if !(digit == 1 && power == 1 && out.is_empty() && powers.starts_with('十')) {
            out.push_str(&pick(digits, digit));
        }
        if power > 0 {
            out.push_str(&pick(powers, power as i64 - 1));
        }
    }
    out
}

/// a … z, aa, bb: the letter repeats.
fn letters(number: i64, first: u8) -> String {
    if !(1..=26 * 20).contains(&number) {
        return number.to_string();
    }
    let letter = char::from(first + ((number - 1) % 26) as u8);
    String::from(letter).repeat(((number - 1) / 26) as usize + 1)
}

fn roman(number: i64) -> String {
    let parts = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")];
    let parts = parts.into_iter().chain([(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]);
    if !(1..4_000).contains(&number) {
        return number.to_string();
    }
    let (mut left, mut out) = (number, String::new());
    for (value, sign) in parts {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_word_writes_them() {
        for (number, expected) in
            [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"), (110, "一百一十")]
        {
            assert_eq!(written(number, "chineseCounting"), expected);
        }
        assert_eq!(written(12, "chineseLegalSimplified"), "壹拾贰");
        assert_eq!(written(3, "decimalEnclosedCircle"), "③");
        assert_eq!((written(14, "upperRoman"), written(28, "lowerLetter")), ("XIV".into(), "bb".into()));
    }
}
