//! Tokens of a paragraph to claims.

use super::ParagraphPlace;
use super::scan::{Token, TokenKind};
use crate::claim::{Claim, ClaimKind, Direction};
use crate::lexicon::Lexicon;
use crate::statement::Statement;
use crate::words::numbering;
use gouji_model::{Book, Code, Coordinates, Facets, Measure, Printed, Stream};
use std::collections::BTreeMap;
use std::ops::Range;

/// Reads one paragraph.
pub(super) struct Reader<'a> {
    statement: &'a mut Statement,
    lexicon: &'a Lexicon,
    names: &'a BTreeMap<String, Vec<Code>>,
    place: ParagraphPlace<'a>,
    /// What section heading and leading item say.
    base: Facets,
    /// Lists opened by 其中, 包括 or a bracket.
    frames: Vec<Frame>,
    /// What the words since the last figure say, and where they begin.
    pending: Facets,
    pending_start: Option<usize>,
    /// Where the last word of the lexicon ended.
    last_term: usize,
    /// Words between the words of the lexicon that name something unknown: 会议费.
    unknown: bool,
    /// The last amount or count, by claim index, and the last that stands outside any list.
    last: Option<usize>,
    last_whole: Option<usize>,
    /// Inside 比…: the base year, once it is named.
    comparing: Option<Option<i16>>,
    sharing: bool,
    direction: Option<(Direction, Range<usize>)>,
    /// The last mark, where the clause begins.
    clause: usize,
    unit: String,
    base_year: Option<i16>,
    /// The words of the leading item: 公务接待费.
    lead: String,
    /// The heading names a function code that could not be made out.
    section_unknown: bool,
}

/// A list whose members narrow a figure.
struct Frame {
    /// The figure that stood before the list was opened.
    before: Option<usize>,
    facets: Facets,
    of: Option<usize>,
    partial: bool,
    bracket: bool,
    /// The words pending when a bracket was opened: what stands in it does not add to them.
    pending: (Facets, Option<usize>, usize),
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        statement: &'a mut Statement,
        lexicon: &'a Lexicon,
        names: &'a BTreeMap<String, Vec<Code>>,
        place: ParagraphPlace<'a>,
        section: Facets,
        section_unknown: bool,
    ) -> Self {
        Reader {
            statement,
            lexicon,
            names,
            place,
            base: section,
            frames: Vec::new(),
            pending: Facets::default(),
            pending_start: None,
            last_term: 0,
            unknown: false,
            last: None,
            last_whole: None,
            comparing: None,
            sharing: false,
            direction: None,
            clause: 0,
            unit: String::new(),
            base_year: None,
            lead: String::new(),
            section_unknown,
        }
    }

    pub(super) fn read(mut self, tokens: &[Token]) {
        self.read_lead(tokens);
        for (at, token) in tokens.iter().enumerate() {
            self.take(token, &tokens[at + 1..]);
        }
        self.read_names();
    }

    /// `（一）公务接待费。…` and `1. 某某局本级行政编制…`: what a paragraph is about.
    fn read_lead(&mut self, tokens: &[Token]) {
        let text = self.place.text();
        let Some((_, number)) = numbering(text) else { return };
        let first_term = tokens.iter().find(|token| matches!(token.kind, TokenKind::Term { .. }));
        let Some(first) = first_term else { return };
        let TokenKind::Term { facets, .. } = &first.kind else { return };
        if facets.measure == Some(Measure::Posts) && first.range.start > number {
            self.unit = text[number..first.range.start].to_string();
            return;
        }
        let end = text.find(['。', ':', ',', ';']).unwrap_or(text.len());
        let has_figure = tokens.iter().any(|token| {
            token.range.end <= end
                && matches!(token.kind, TokenKind::Money(_) | TokenKind::Percent(_) | TokenKind::Count(..))
        });
        if !has_figure && end - number <= 120 {
            for token in tokens.iter().take_while(|token| token.range.end <= end) {
                if let TokenKind::Term { facets, .. } = &token.kind {
                    self.base.merge(facets);
                }
            }
            if text[number..end].contains("收支") {
                self.base.measure = None;
            }
            self.lead = text[number..end].to_string();
        }
    }

    fn take(&mut self, token: &Token, rest: &[Token]) {
        match &token.kind {
            TokenKind::Term { facets, follows } => self.term(token, facets, *follows),
            TokenKind::Money(figure) => self.money(token, *figure),
            TokenKind::Percent(figure) => self.percent(token, *figure),
            TokenKind::Count(number, counter) => self.count(token, *number, counter),
            TokenKind::Year(year, of_budget) => self.year(*year, *of_budget, token),
            TokenKind::PriorYear => {
                if let (Some(base), Some(year)) = (self.comparing.as_mut(), self.statement.subject.year) {
                    *base = Some(year - 1);
                }
            }
            TokenKind::Direction(direction) => self.turn(token, *direction),
            TokenKind::Unchanged => self.unchanged(token),
            TokenKind::Nothing => self.nothing(token, rest),
            TokenKind::Compare => self.comparing = Some(None),
            TokenKind::Compared => self.base_year = self.comparing.take().flatten().or(self.base_year),
            TokenKind::Share => self.sharing = true,
            TokenKind::Among { partial } => self.open(*partial, false),
            TokenKind::Citation(table) => {
                self.add(ClaimKind::Citation(table.clone()), None, token.range.clone(), token.range.clone(), None);
            }
            TokenKind::Open => self.open(false, true),
            TokenKind::Close => self.close(token),
            TokenKind::Mark(mark) => self.mark(*mark, token),
        }
    }

    fn term(&mut self, token: &Token, facets: &Facets, follows: bool) {
        if self.comparing.is_some() || self.sharing {
            return;
        }
        let mut facets = *facets;
        if follows {
            facets.item = self.last.and_then(|last| self.statement.claims[last].at.as_ref()).map(|at| at.item);
        }
        let near = token.range.start <= self.last_term + 18;
        if near
            && self.pending_start.is_some()
            && is_special(self.pending.measure)
            && has_nature(facets.measure)
            && facets.measure.is_some()
        {
            // 政府采购支出预算: the general word adds nothing to the particular one.
            self.last_term = token.range.end;
            return;
        }
        if self.pending_start.is_some() {
            self.unknown |= names_something(&self.place.text()[self.last_term..token.range.start]);
        }
        self.last_term = token.range.end;
        if facets.measure.is_some() && self.pending.measure.is_some() && facets.measure != self.pending.measure {
            let year = self.pending.year;
            self.pending = Facets { year, ..Facets::default() };
        }
        self.pending.merge(&facets);
        self.pending_start.get_or_insert(token.range.start);
    }

    fn year(&mut self, year: i16, of_budget: bool, token: &Token) {
        if let Some(base) = self.comparing.as_mut() {
            *base = Some(year);
        } else if of_budget && self.statement.subject.year != Some(year) {
            self.pending.year = Some(year);
            self.pending_start.get_or_insert(token.range.start);
        }
    }

    fn mark(&mut self, mark: char, token: &Token) {
        self.direction = None;
        self.sharing = false;
        match mark {
            '。' => {
                self.frames.clear();
                self.reset_pending();
                self.comparing = None;
                self.base_year = None;
                self.last = None;
            }
            ';' => {
                self.reset_pending();
                self.comparing = None;
                self.base_year = None;
                self.last = None;
                if self.frames.iter().filter(|frame| !frame.bracket).count() >= 2
                    && self.frames.last().is_some_and(|frame| !frame.bracket)
                {
                    self.frames.pop();
                }
            }
            '、' if self.comparing.is_some() => return,
            ',' => self.comparing = None,
            _ => {}
        }
        self.clause = token.range.end;
    }

    fn reset_pending(&mut self) {
        self.pending = Facets::default();
        self.pending_start = None;
        self.unknown = false;
    }

    fn open(&mut self, partial: bool, bracket: bool) {
        let of = self.last.or(if bracket { None } else { self.last_whole });
        let facets = of.and_then(|of| self.statement.claims[of].at.as_ref()).map(as_facets);
        if !bracket && facets.is_none() && self.frames.is_empty() {
            self.reset_pending();
        }
        let outer = self.frames.last().map(|frame| (frame.facets, frame.of));
        let (facets, of) = match facets {
            Some(facets) => (facets, of),
            None => outer.unwrap_or((self.base, None)),
        };
        let pending = (self.pending, self.pending_start, self.last_term);
        self.frames.push(Frame { before: self.last, facets, of, partial, bracket, pending });
        self.reset_pending();
    }

    fn close(&mut self, token: &Token) {
        while let Some(frame) = self.frames.pop() {
            if frame.bracket {
                // What follows the bracket speaks of the figure before it.
                self.last = frame.before;
                (self.pending, self.pending_start, _) = frame.pending;
                self.last_term = token.range.end;
                // 公务接待费(款): an item of expenditure, not the words before the bracket.
                let marked = self.place.text()[..token.range.start].ends_with(['款', '项']);
                self.unknown |= marked && self.pending_start.is_some();
                break;
            }
        }
    }

    /// What the pending words say within the lists that are open.
    fn subject(&mut self) -> (Option<Coordinates>, Option<usize>, bool) {
        while let Some(frame) = self.frames.last() {
            if frame.bracket || !conflicts(&frame.facets, &self.pending) {
                break;
            }
            self.frames.pop();
        }
        let (outer, of, partial) = match self.frames.last() {
            Some(frame) => (frame.facets, frame.of, frame.partial),
            None => (self.base, None, false),
        };
        let spent =
            self.pending.measure.is_none() && implied_measure(&self.pending).is_some() && !has_nature(outer.measure);
        let elsewhere = self.pending.measure.is_some() && self.pending.measure != outer.measure;
        let carried = self.pending.stream == Some(Stream::CarriedIn);
        let mut facets = match (elsewhere, spent) {
            (true, _) if carried => Facets { year: outer.year, book: outer.book, ..Facets::default() },
            (true, _) => Facets { year: outer.year, ..Facets::default() },
            // 公用经费 in the section of 机关运行经费 is expenditure, not operating cost.
            (_, true) => Facets { measure: Some(Measure::Expenditure), year: outer.year, ..Facets::default() },
            _ => outer,
        };
        facets.merge(&self.pending);
        if carried {
            facets.book = self.group_book().or(facets.book);
        }
        (self.coordinates(&facets), of, partial)
    }

    /// 一般公共预算5万元、上年结转1万元;政府性基金…: where semicolons part the books, what is
    /// carried over is of the book before it.
    fn group_book(&self) -> Option<Book> {
        let at = self.statement.claims[self.last?].at.as_ref()?;
        let text = self.place.text();
        let sentence = text[..self.clause].rfind('。').map_or(0, |end| end);
        let end = text[self.clause..].find('。').map_or(text.len(), |end| end + self.clause);
        let book = matches!(at.book, Book::General | Book::Funds | Book::StateCapital).then_some(at.book);
        book.filter(|_| text[sentence..end].contains(';') && at.measure == Measure::Revenue)
    }

    fn coordinates(&self, facets: &Facets) -> Option<Coordinates> {
        let measure = facets.measure.or(implied_measure(facets))?;
        let subject = &self.statement.subject;
        let at = Coordinates {
            phase: subject.phase,
            year: facets.year.or(subject.year).unwrap_or(0),
            unit: self.unit.clone(),
            ..Coordinates::default()
        };
        let mut at = at.with(&Facets { measure: Some(measure), ..*facets });
        if facets.stream.is_none() {
            let named = at.book != Book::All;
            at.stream = match measure {
                Measure::Expenditure => Stream::Year,
                Measure::Revenue if named => Stream::Year,
                _ => Stream::All,
            };
        }
        Some(at.narrowed())
    }

    fn subject_start(&self, mark: &Range<usize>) -> usize {
        self.pending_start.unwrap_or(self.clause).min(mark.start)
    }

    fn money(&mut self, token: &Token, figure: Printed) {
        self.statement.amounts_seen += 1;
        if let Some((direction, range)) = self.direction.take() {
            self.change(token, figure, direction, range);
            return;
        }
        if let Some(base_year) = self.comparing {
            let at = self.last.and_then(|last| self.statement.claims[last].at.clone());
            let at = at.zip(base_year).map(|(at, year)| Coordinates { year, ..at });
            self.add(ClaimKind::Amount(figure), at, token.range.clone(), token.range.clone(), None);
            return;
        }
        let start = self.subject_start(&token.range);
        let named = is_substantive(&self.pending) || self.is_about_lead(token);
        let text = self.place.text();
        let beside = self.pending_start.is_some()
            && names_something(&text[self.last_term.min(token.range.start)..token.range.start]);
        let known = named && !self.unknown && !beside && !self.section_unknown;
        let (at, of, partial) = if known { self.subject() } else { (None, None, false) };
        let index = self.add(ClaimKind::Amount(figure), at, start..token.range.end, token.range.clone(), of);
        self.settle(index, partial);
    }

    /// A figure without a word of its own is about the lead of its paragraph: 2019年预算数0万元.
    fn is_about_lead(&self, token: &Token) -> bool {
        let words = &self.place.text()[self.clause..token.range.start];
        let plain = ["预算数", "年预算", "安排", "预算", "支出", "决算数", "金额", "总额", "合计"];
        self.frames.is_empty()
            && plain.iter().any(|word| words.ends_with(word) || words.ends_with(&format!("{word}为")))
    }

    fn settle(&mut self, index: usize, partial: bool) {
        self.statement.claims[index].partial = partial;
        self.last = Some(index);
        if self.frames.is_empty() {
            self.last_whole = Some(index);
        }
        self.reset_pending();
    }

    fn change(&mut self, token: &Token, amount: Printed, direction: Direction, range: Range<usize>) {
        let base_year = self.base_year;
        let (direction, amount, clear) = straight(direction, amount);
        let kind = ClaimKind::Change { direction, amount, base_year };
        let (at, of, start) = self.changed_subject(&range);
        let at = at.filter(|_| clear);
        let index = self.add(kind, at, start..token.range.end, range.start..token.range.end, of);
        if of.is_none() {
            self.last = Some(index);
        }
        self.reset_pending();
    }

    /// What a change speaks of: the words before it, else the figure before it.
    fn changed_subject(&mut self, range: &Range<usize>) -> (Option<Coordinates>, Option<usize>, usize) {
        let start = self.subject_start(range);
        if self.pending_start.is_some() {
            let (at, _, _) = self.subject();
            return (at, None, start);
        }
        let named = name_before(&self.place.text()[self.clause..range.start]);
        match self.last {
            Some(last) if named.is_none() => {
                let at = self.statement.claims[last].at.clone();
                (at, Some(last), self.clause)
            }
            _ => (None, None, self.clause),
        }
    }

    fn turn(&mut self, token: &Token, direction: Direction) {
        if let Some(base) = self.comparing.take() {
            self.base_year = base.or(self.statement.subject.year.map(|year| year - 1));
        }
        let after = &self.place.text()[token.range.end..];
        let after = after.trim_start_matches(['了', '约', '为', '近', ':']);
        let figure = after.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        self.direction = figure.then(|| (direction, token.range.clone()));
    }

    fn percent(&mut self, token: &Token, percent: Printed) {
        if let Some((direction, range)) = self.direction.take() {
            let base_year = self.base_year;
            let (direction, percent, clear) = straight(direction, percent);
            let (at, of, start) = self.changed_subject(&range);
            let at = at.filter(|_| clear);
            let kind = ClaimKind::Growth { direction, percent, base_year };
            self.add(kind, at, start..token.range.end, range.start..token.range.end, of);
        } else if std::mem::take(&mut self.sharing) {
            let at = self.last.and_then(|last| self.statement.claims[last].at.clone());
            let (start, last) = (self.clause.min(token.range.start), self.last);
            self.add(ClaimKind::Share(percent), at, start..token.range.end, start..token.range.end, last);
        }
    }

    fn unchanged(&mut self, token: &Token) {
        let compared = self.comparing.take().flatten().or(self.base_year);
        let base_year = compared.or(self.statement.subject.year.map(|year| year - 1));
        let (at, of, start) = self.changed_subject(&token.range);
        let start = of.map_or(start, |of| self.start_of(of).unwrap_or(start));
        self.add(ClaimKind::Unchanged { base_year }, at, start..token.range.end, token.range.clone(), of);
        self.reset_pending();
    }

    /// Where the words of an earlier claim of this paragraph begin, in the common form.
    fn start_of(&self, claim: usize) -> Option<usize> {
        let span = self.statement.claims[claim].span;
        self.place.folded.position(span.start)
    }

    fn count(&mut self, token: &Token, number: i64, counter: &'static str) {
        if self.direction.take().is_some() || self.comparing.is_some() {
            return;
        }
        let text = self.place.text();
        let after = &text[token.range.end..];
        let noun: String =
            after.chars().take_while(|c| !",;:。、()".contains(*c) && !c.is_ascii_digit()).take(24).collect();
        let before = &text[self.clause..token.range.start];
        // 纳入绩效管理的项目共15个: what is counted stands before the number.
        let follows = noun.is_empty() && before.find("项目").is_some_and(|at| before[at..].chars().count() <= 8);
        let noun = if follows { before.to_string() } else { noun };
        let by_noun = self.measure_of_noun(counter, &noun).or(follows.then_some(Measure::Projects));
        if self.pending_start.is_none() && by_noun.is_none() {
            return;
        }
        if let Some(measure) = by_noun {
            self.pending = Facets { measure: Some(measure), ..Facets::default() };
        }
        if !self.counts_things(counter) {
            return;
        }
        let start = self.subject_start(&token.range);
        let (mut at, of, partial) = self.subject();
        if let Some(at) = at.as_mut().filter(|_| self.is_purchase(token)) {
            at.item = bought(at.item);
        }
        let noun_end = if by_noun.is_some() && !follows { token.range.end + noun.len() } else { token.range.end };
        let index = self.add(ClaimKind::Count { number, noun }, at, start..noun_end, token.range.clone(), of);
        self.settle(index, partial);
    }

    /// 8个预算项目, 2个基层单位
    fn measure_of_noun(&self, counter: &str, noun: &str) -> Option<Measure> {
        if counter != "个" && counter != "家" {
            return None;
        }
        let upto = |word: &str| noun.find(word).is_some_and(|at| at <= 24);
        if upto("项目") {
            Some(Measure::Projects)
        } else if upto("单位") {
            Some(Measure::Units)
        } else {
            None
        }
    }

    /// The word that counts fits what is counted: 3辆 are vehicles, 2台 are none.
    fn counts_things(&self, counter: &str) -> bool {
        let measure = self.pending.measure.or(self.frames.last().and_then(|frame| frame.facets.measure));
        match measure {
            Some(Measure::Posts | Measure::Staff | Measure::Retired | Measure::Contract) => {
                matches!(counter, "人" | "名")
            }
            Some(Measure::Vehicles) => counter == "辆",
            Some(Measure::Equipment) => matches!(counter, "台(套)" | "台" | "套" | "件"),
            Some(Measure::Units | Measure::Projects) => matches!(counter, "个" | "家" | "项"),
            _ => false,
        }
    }

    /// 安排购置一般公务用车0辆: bought, not owned.
    fn is_purchase(&self, token: &Token) -> bool {
        let text = &self.place.text()[..token.range.start];
        let sentence = text.rfind('。').map_or(text, |at| &text[at..]);
        ["安排购置", "计划购置", "预算购置", "拟购置", "新购"].iter().any(|word| sentence.contains(word))
    }

    /// 无政府性基金预算支出
    fn nothing(&mut self, token: &Token, rest: &[Token]) {
        let mut facets = Facets::default();
        let mut end = token.range.end;
        for next in rest {
            match &next.kind {
                TokenKind::Term { facets: more, .. } if next.range.start <= end + 12 => {
                    if !is_special(facets.measure) {
                        facets.merge(more);
                    }
                    end = next.range.end;
                }
                TokenKind::Money(_) | TokenKind::Percent(_) | TokenKind::Count(..) if next.range.start <= end + 30 => {
                    return;
                }
                _ => break,
            }
        }
        if facets.is_empty() {
            return;
        }
        let text = &self.place.text()[end..];
        if text.starts_with("支出") || text.starts_with("预算支出") || text.starts_with("安排的支出") {
            facets.measure = facets.measure.or(Some(Measure::Expenditure));
        }
        let facets = Facets { measure: facets.measure.or(self.base.measure).or(implied_measure(&facets)), ..facets };
        let at = self.coordinates(&facets);
        self.add(ClaimKind::Nothing, at, token.range.start..end, token.range.start..end, None);
    }

    /// `一是甲；二是乙` and `主要用于甲、乙、丙`: names given one by one.
    fn read_names(&mut self) {
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

    fn add(
        &mut self,
        kind: ClaimKind,
        at: Option<Coordinates>,
        range: Range<usize>,
        mark: Range<usize>,
        of: Option<usize>,
    ) -> usize {
        let text = self.place.text();
        let said = &text[range.start..mark.start.max(range.start)];
        let of_lead = matches!(kind, ClaimKind::Amount(_)) && said.contains("年预算数") && !self.lead.is_empty();
        let subject = if of_lead && said.starts_with(|c: char| c.is_ascii_digit()) {
            self.lead.clone()
        } else {
            said.to_string()
        };
        let claim = Claim {
            kind,
            at,
            subject,
            span: self.place.span(range),
            mark: self.place.span(mark.clone()),
            sentence: self.place.sentence_of(mark.start),
            of,
            partial: false,
        };
        self.statement.claims.push(claim);
        self.statement.claims.len() - 1
    }
}

/// The function code that a heading names: `None` when it names none, an error when it cannot
/// be made out.
pub(super) fn code_of_heading(
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

/// The name that stands directly before a direction word, if any: 区人才专项资金增加.
fn name_before(words: &str) -> Option<&str> {
    let words = words.trim_start_matches("其中:").trim_start_matches(['主', '要', '是']);
    let base = ["比", "较", "同比", "与", "相比", "其中", "预计", "共", "同时"];
    let said = base.iter().fold(words, |text, word| text.strip_prefix(word).map_or(text, |_| ""));
    (said.chars().count() >= 3 && !said.contains('年')).then_some(said)
}

/// The measure that other facets imply.
fn implied_measure(facets: &Facets) -> Option<Measure> {
    let spent = facets.nature.is_some() || facets.economic.is_some() || facets.function.is_some();
    spent.then_some(Measure::Expenditure)
}

/// Revenue and expenditure are divided by nature and codes; other measures are not.
fn has_nature(measure: Option<Measure>) -> bool {
    matches!(measure, None | Some(Measure::Revenue | Measure::Expenditure))
}

/// The words say more than a year or a phase.
fn is_substantive(facets: &Facets) -> bool {
    !Facets { year: None, phase: None, ..*facets }.is_empty()
}

/// 增加-2.50万元 is a decrease of 2.50; 减少-2.50万元 may be meant either way.
fn straight(direction: Direction, figure: Printed) -> (Direction, Printed, bool) {
    match (figure.digits() < 0, direction) {
        (false, _) => (direction, figure, true),
        (true, Direction::Up) => (Direction::Down, figure.negated(), true),
        (true, Direction::Down) => (direction, figure.negated(), false),
    }
}

/// A measure of its own kind, which general words about expenditure do not change.
fn is_special(measure: Option<Measure>) -> bool {
    measure.is_some() && !has_nature(measure)
}

/// Words that the lexicon does not know and that name a sum of money: 会议费, 人才专项资金.
fn names_something(words: &str) -> bool {
    ["费", "资金", "补贴", "补助", "奖金", "专项", "公积金", "(款)", "(项)", "项目", "工程"]
        .iter()
        .any(|mark| words.contains(mark))
}

/// A pending word contradicts the figure whose list is open: it is no part of it.
fn conflicts(outer: &Facets, pending: &Facets) -> bool {
    let differs = pending.measure.is_some() && outer.measure.is_some() && pending.measure != outer.measure;
    let whole =
        |facets: &Facets| Coordinates::default().with(&Facets { measure: None, year: None, phase: None, ..*facets });
    differs || whole(outer).meet(&whole(pending)).is_none_or(|met| met != whole(pending).meet(&met).unwrap_or_default())
}

fn as_facets(at: &Coordinates) -> Facets {
    Facets {
        measure: Some(at.measure),
        phase: Some(at.phase),
        year: Some(at.year),
        // Of a named source it is this year's money that is meant, unless said otherwise.
        stream: (at.stream != Stream::All).then_some(at.stream),
        book: Some(at.book),
        nature: Some(at.nature),
        function: Some(at.function),
        economic: Some(at.economic),
        item: Some(at.item),
    }
}

/// The item of something bought: `kind.general` becomes `buy.general`.
fn bought(item: Code) -> Code {
    let last = item.as_str().rsplit('.').next().unwrap_or("");
    Code::new(&format!("buy.{last}")).unwrap_or(item)
}
