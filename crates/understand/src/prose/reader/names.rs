//! Names given one by one.

use super::Reader;
use crate::claim::ClaimKind;
use gouji_model::Measure;
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
            let begins = self.place.span(start..start + length).start;
            let near = self.statement.claims.iter().rposition(|claim| {
                matches!(claim.kind, ClaimKind::Amount(_))
                    && claim.mark.start < begins
                    && claim.sentence <= sentence
                    && claim.sentence + 2 > sentence
            });
            let at = near.and_then(|of| self.statement.claims[of].at.clone());
            self.add(ClaimKind::Names(names), at, start..start + length, start..start + length, near);
        }
    }
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
