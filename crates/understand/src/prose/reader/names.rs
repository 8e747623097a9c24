//! Names given one by one, and function codes named in words.

use super::Reader;
use crate::claim::ClaimKind;
use crate::lexicon::Lexicon;
use gouji_model::{Code, Measure};
use std::collections::BTreeMap;
use std::ops::Range;

impl Reader<'_> {
    /// `一是甲；二是乙` and `主要用于甲、乙、丙`: names given one by one.
    pub(super) fn read_names(&mut self) {
        let text = self.place.text().to_string();
        self.read_ordinals(&text);
        for lead in ["主要用于", "主要包括:", "主要包括"] {
            for (at, _) in text.match_indices(lead) {
                self.read_list(&text, at + lead.len());
            }
        }
        self.read_function_names(&text);
    }

    fn read_ordinals(&mut self, text: &str) {
        let ordinals = ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"];
        let mut names = Vec::new();
        let mut start = None;
        for ordinal in ordinals {
            let from = names.last().map_or(0, |(_, range): &(String, Range<usize>)| range.end);
            let Some(at) = text[from..].find(ordinal).map(|at| at + from) else { break };
            let begin = at + ordinal.len();
            let length = text[begin..].find([';', '。', '(', ',']).unwrap_or(text.len() - begin);
            start.get_or_insert(at);
            names.push((text[begin..begin + length].to_string(), begin..begin + length));
        }
        if let (Some(start), Some((_, last))) = (start, names.last()) {
            let end = last.end;
            let first = self.place.first_sentence;
            let counted = self.statement.claims.iter().rposition(|claim| {
                let of_projects = claim.at.as_ref().is_some_and(|at| at.measure == Measure::Projects);
                claim.sentence >= first && of_projects && matches!(claim.kind, ClaimKind::Count { .. })
            });
            let at = counted.and_then(|of| self.statement.claims[of].at.clone());
            let names = names.into_iter().map(|(name, range)| (name, self.place.span(range))).collect();
            self.add(ClaimKind::Names(names), at, start..end, start..end, counted);
        }
    }

    fn read_list(&mut self, text: &str, start: usize) {
        let length = text[start..].find(['。', ';', '(', '"']).unwrap_or(text.len() - start);
        let list = &text[start..start + length];
        let mut names = Vec::new();
        let mut at = start;
        for part in list.split('、') {
            // The last member may be joined by 及 or 和 and followed by 等.
            let name = part.trim_end_matches("等支出").trim_end_matches('等').trim_end_matches("等方面");
            for piece in split_last(name) {
                let from = at + part.find(piece).unwrap_or(0);
                names.push((piece.to_string(), self.place.span(from..from + piece.len())));
            }
            at += part.len() + '、'.len_utf8();
        }
        let money = names
            .iter()
            .filter(|(name, _)| {
                ["费", "经费", "支出", "补助", "工资", "补贴", "奖金"].iter().any(|end| name.ends_with(end))
            })
            .count();
        if names.len() >= 3 && money * 2 >= names.len() {
            let sentence = self.place.sentence_of(start);
            let near = self.statement.claims.iter().rposition(|claim| {
                matches!(claim.kind, ClaimKind::Amount(_))
                    && claim.sentence <= sentence
                    && claim.sentence + 2 > sentence
            });
            let at = near.and_then(|of| self.statement.claims[of].at.clone());
            self.add(ClaimKind::Names(names), at, start..start + length, start..start + length, near);
        }
    }

    /// `科学技术支出（类）科学技术管理事务（款）行政运行（项）`: the claims behind it are about
    /// that code; where the code cannot be made out they are about nothing known.
    fn read_function_names(&mut self, text: &str) {
        let mut code = Code::ALL;
        let mut known = true;
        let mut groups: Vec<(usize, Option<Code>)> = Vec::new();
        let mut from = 0;
        while let Some((range, length, digits)) = next_mark(text, from) {
            if length == 3 || groups.is_empty() {
                code = self.base.function.filter(|_| length > 3).unwrap_or_default();
                known = true;
            }
            let found = match digits {
                Some(digits) => Code::new(&format!("{code}{digits}")).filter(|code| code.len() == length),
                None => code_named(self.lexicon, self.names, name_of_mark(text, from, range.start), length, code),
            };
            match found {
                Some(found) => code = found,
                None if length == 5 && next_mark(text, range.end).is_some_and(|(_, length, _)| length == 7) => {}
                None => known = false,
            }
            groups.push((range.end, known.then_some(code).filter(|code| code.len() == length)));
            from = range.end;
        }
        let first = self.place.first_sentence;
        let place = &self.place;
        for claim in self.statement.claims.iter_mut().filter(|claim| claim.sentence >= first) {
            let at = place.folded.position(claim.mark.start).unwrap_or(0);
            let Some((_, code)) = groups.iter().rev().find(|(end, _)| *end <= at) else { continue };
            let spent = claim.at.as_ref().is_none_or(|at| at.measure == Measure::Expenditure);
            match (code, claim.at.as_mut()) {
                (Some(code), Some(at)) if spent => at.function = *code,
                (None, Some(_)) if spent => claim.at = None,
                _ => {}
            }
        }
    }
}

/// The function code that a heading names: `None` when it names none, an error when it cannot
/// be made out.
pub(in crate::prose) fn code_of_heading(
    lexicon: &Lexicon,
    names: &BTreeMap<String, Vec<Code>>,
    text: &str,
    above: Code,
) -> Option<Result<Code, ()>> {
    let (mut code, mut from, mut wanted) = (above, 0, 0);
    while let Some((range, length, digits)) = next_mark(text, from) {
        let whole = if length == 3 { Code::ALL } else { code };
        let found = match digits {
            Some(digits) => Code::new(&format!("{}{digits}", code.prefix(length - digits.len()))),
            None => code_named(lexicon, names, name_of_mark(text, from, range.start), length, whole),
        };
        code = found.unwrap_or(code);
        (wanted, from) = (length, range.end);
    }
    (wanted > 0).then(|| if code.len() == wanted { Ok(code) } else { Err(()) })
}

/// The code of that length below `above` that the tables or the catalogue call by this name.
fn code_named(
    lexicon: &Lexicon,
    names: &BTreeMap<String, Vec<Code>>,
    name: &str,
    length: usize,
    above: Code,
) -> Option<Code> {
    let fits = |code: &&Code| code.len() == length && code.within(&above);
    let spellings = [name.to_string(), format!("{name}支出")];
    let printed = spellings.iter().filter_map(|name| names.get(name)).flatten().find(fits).copied();
    printed.or_else(|| spellings.iter().find_map(|name| lexicon.class(name)).filter(|code| code.len() == length))
}

/// The next `（类）`, `（款）` or `（项）`, also with digits: `（204类）`; its place, the length of
/// the codes it marks, and the digits.
fn next_mark(text: &str, from: usize) -> Option<(Range<usize>, usize, Option<&str>)> {
    let marks = [("类)", 3), ("款)", 5), ("项)", 7)];
    let mut best: Option<(Range<usize>, usize, Option<&str>)> = None;
    for (mark, length) in marks {
        for (at, _) in text[from..].match_indices(mark) {
            let end = from + at;
            let digits = text[..end].bytes().rev().take_while(u8::is_ascii_digit).count();
            let open = end - digits;
            if text[..open].ends_with('(') && matches!(digits, 0 | 2 | 3) {
                let found = (open - 1..end + mark.len(), length, (digits > 0).then(|| &text[open..end]));
                if best.as_ref().is_none_or(|(range, _, _)| found.0.start < range.start) {
                    best = Some(found);
                }
                break;
            }
        }
    }
    best
}

/// The name before a mark.
fn name_of_mark(text: &str, from: usize, mark: usize) -> &str {
    let name = &text[from..mark];
    let cut = name.rfind(['。', ',', ';', ')', '、', ':', '.', '“', '"']);
    let start = cut.map_or(0, |at| at + name[at..].chars().next().map_or(1, char::len_utf8));
    &name[start..]
}

/// `甲及乙`, `甲和乙`: two names where both end like an item of cost.
fn split_last(name: &str) -> Vec<&str> {
    for joint in ["以及", "及", "和"] {
        if let Some((left, right)) = name.split_once(joint) {
            let item = |name: &str| name.ends_with('费') || name.ends_with("支出") || name.ends_with("经费");
            if item(left) && item(right) {
                return vec![left, right];
            }
        }
    }
    vec![name]
}
