//! Tokens of a paragraph to claims.

mod names;
mod phrases;

use self::phrases::{USUAL, budget_words, name_before, names_something};
use super::ParagraphPlace;
use super::scan::{Token, TokenKind};
use crate::claim::{Claim, ClaimKind, Direction};
use crate::statement::Statement;
use crate::words::numbering;
use gouji_model::{Book, Code, Coordinates, Facets, Measure, Nature, Phase, Printed, Stream};
use std::ops::Range;

/// Reads one paragraph.
pub(super) struct Reader<'a> {
    statement: &'a mut Statement,
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
    /// Where the clause began in which the pending words began.
    pending_clause: usize,
    /// Where the words of the lexicon stand in the paragraph.
    terms: Vec<Range<usize>>,
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
    /// Where the clause began.
    clause: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        statement: &'a mut Statement,
        place: ParagraphPlace<'a>,
        section: Facets,
        section_unknown: bool,
    ) -> Self {
        Reader {
            statement,
            place,
            base: section,
            frames: Vec::new(),
            pending: Facets::default(),
            pending_start: None,
            last_term: 0,
            pending_clause: 0,
            terms: Vec::new(),
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
        let is_term = |token: &&Token| matches!(token.kind, TokenKind::Term { .. } | TokenKind::Strange);
        self.terms = tokens.iter().filter(is_term).map(|token| token.range.clone()).collect();
        self.read_lead(tokens);
        for (at, token) in tokens.iter().enumerate() {
            self.take(token, &tokens[at + 1..]);
        }
        self.read_names();
    }

    /// `（一）公务接待费。…` and `1. 某某局本级行政编制…`: what a paragraph is about.
    fn read_lead(&mut self, tokens: &[Token]) {
        self.read_code_lead(tokens);
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

    /// `1.“科学技术支出（类）…（项）”90万元。…`: the whole paragraph is about this code.
    fn read_code_lead(&mut self, tokens: &[Token]) {
        let text = self.place.text();
        let number = numbering(text).map_or(0, |(_, length)| length);
        let start = number + text[number..].len() - text[number..].trim_start_matches(['“', '"', '、']).len();
        let Some(first) = tokens.iter().find(|token| token.range.end > start) else { return };
        match &first.kind {
            TokenKind::Term { facets, .. } if first.range.start <= start && facets.function.is_some() => {
                self.base.function = facets.function;
                self.base.measure = self.base.measure.filter(|measure| *measure != Measure::Revenue);
                self.base.measure.get_or_insert(Measure::Expenditure);
                self.lead = text[first.range.clone()].to_string();
            }
            TokenKind::Strange if first.range.start <= start => self.section_unknown = true,
            _ => {}
        }
    }

    fn take(&mut self, token: &Token, rest: &[Token]) {
        match &token.kind {
            TokenKind::Term { facets, follows } => self.term(token, facets, *follows),
            TokenKind::Strange => self.strange(token),
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
            TokenKind::Weighed(order) => self.weighed(token, *order),
            TokenKind::Same => {
                if self.comparing.is_some() || self.base_year.is_some() {
                    self.unchanged(token);
                }
            }
            TokenKind::Nothing => self.nothing(token, rest),
            TokenKind::Compare => self.comparing = Some(None),
            TokenKind::Compared => self.base_year = self.comparing.take().flatten().or(self.base_year),
            TokenKind::Share => self.sharing = true,
            TokenKind::Among { partial } => {
                self.open(*partial, false);
                self.clause = token.range.end;
            }
            TokenKind::Citation(table) => {
                self.add(ClaimKind::Citation(table.clone()), None, token.range.clone(), token.range.clone(), None);
            }
            TokenKind::Open => {
                self.open(false, true);
                self.clause = token.range.end;
            }
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
        let spends = facets.measure == Some(Measure::Expenditure);
        if spends && self.is_of_operating_cost() && (facets.economic.or(self.pending.economic)).is_some() {
            // 办公费（款）支出 in the section on 机关运行经费 is a line of its table.
            facets.measure = None;
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
        if let Some(start) = self.pending_start {
            let from = self.last_term.max(start).min(token.range.start);
            self.unknown |= names_something(&self.place.text()[from..token.range.start]);
        }
        self.last_term = token.range.end;
        if facets.measure.is_some() && self.pending.measure.is_some() && facets.measure != self.pending.measure {
            let year = self.pending.year;
            self.pending = Facets { year, ..Facets::default() };
        }
        // 货物类政府采购: the general word takes nothing from the particular one before it.
        let particular = facets.measure == self.pending.measure && self.pending.item.is_some_and(|item| !item.is_all());
        if particular && facets.item.is_some_and(|item| item.is_all()) {
            facets.item = None;
        }
        self.pending.merge(&facets);
        if self.pending_start.is_none() {
            self.pending_start = Some(token.range.start);
            self.pending_clause = self.clause;
        }
        // 项目支出中,科学技术支出…: the word before opens a list.
        let after = &self.place.text()[token.range.end..];
        if after.starts_with("中,") || after.starts_with("中:") {
            let (at, of, _) = self.subject();
            if let Some(facets) = at.as_ref().map(as_facets) {
                let pending = (Facets::default(), None, token.range.end);
                self.frames.push(Frame {
                    before: None,
                    facets,
                    of,
                    partial: true,
                    bracket: false,
                    pending,
                    clause: self.clause,
                });
                self.reset_pending();
            }
        }
    }

    /// A name that could not be made out: what follows is about it, not about the words around it.
    fn strange(&mut self, token: &Token) {
        if self.comparing.is_some() || self.sharing {
            return;
        }
        self.pending = Facets::default();
        self.pending_start = Some(token.range.start);
        self.pending_clause = self.clause;
        self.last_term = token.range.end;
        self.unknown = true;
    }

    fn year(&mut self, year: i16, of_budget: bool, token: &Token) {
        if let Some(base) = self.comparing.as_mut() {
            *base = Some(year);
        } else if of_budget && self.statement.subject.year != Some(year) {
            self.pending.year = Some(year);
            if self.pending_start.is_none() {
                self.pending_start = Some(token.range.start);
                self.pending_clause = self.clause;
            }
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
        self.frames.push(Frame { before: self.last, facets, of, partial, bracket, pending, clause: self.clause });
        self.reset_pending();
    }

    fn close(&mut self, token: &Token) {
        while let Some(frame) = self.frames.pop() {
            if frame.bracket {
                // What follows the bracket speaks of the figure before it.
                self.last = frame.before;
                self.clause = frame.clause;
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
        let line = outer.measure == Some(Measure::OperatingCost)
            && self.pending.nature.is_none()
            && self.pending.economic.is_some_and(|code| code.len() == 5);
        let spent = self.pending.measure.is_none()
            && implied_measure(&self.pending).is_some()
            && !has_nature(outer.measure)
            && !line;
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

    /// The section or the list is of 机关运行经费.
    fn is_of_operating_cost(&self) -> bool {
        let outer = self.frames.last().map_or(&self.base, |frame| &frame.facets);
        outer.measure == Some(Measure::OperatingCost)
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
            // 比上年预算数500万元 names the base; 比上年多500万元 does not.
            let names_base = ["数", "预算", "决算", "年", "的", "为"];
            let words = &self.place.text()[..token.range.start];
            let base_year = base_year.filter(|_| names_base.iter().any(|word| words.ends_with(word)));
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
        let from = if self.pending_start.is_some() { self.pending_clause.min(self.clause) } else { self.clause };
        let scoped = self.pending.measure == Some(Measure::OperatingCost);
        let strange = !scoped && self.has_residue(from, token.range.start);
        let known = named && !self.unknown && !beside && !strange && !self.section_unknown;
        let of_budget = budget_words(&text[from..token.range.start]);
        let (mut at, of, partial) = match (known, self.other_phase(strange)) {
            (true, _) => self.subject(),
            (false, Some(at)) => (Some(at), None, false),
            (false, None) => (self.named_project(token), None, false),
        };
        if self.statement.subject.phase == Phase::Final && self.pending.phase.is_none() {
            at = at.map(|at| Coordinates { phase: if of_budget { Phase::Budget } else { at.phase }, ..at });
        }
        let index = self.add(ClaimKind::Amount(figure), at, start..token.range.end, token.range.clone(), of);
        self.settle(index, partial);
    }

    /// 系统维护费10万元: a sum of money by a name of its own is one of the project expenditure.
    fn named_project(&self, token: &Token) -> Option<Coordinates> {
        let text = &self.place.text()[self.clause..token.range.start];
        let name = text.trim_end_matches(['为', '共', '约', ':']).trim_start_matches(['和', '及']);
        let ends = ["费", "经费", "资金", "补助", "补贴", "专项", "项目"];
        let named = ends.iter().any(|end| name.ends_with(end)) && (3..=24).contains(&name.chars().count());
        let plain =
            name.chars().all(|c| c as u32 > 0x2E80 || c == '(' || c == ')') && !name.contains(['年', '“', '”', '。']);
        let outside = self.comparing.is_none() && self.frames.iter().all(|frame| !frame.bracket);
        (named && plain && outside && self.pending_start.is_none()).then(|| {
            let subject = &self.statement.subject;
            Coordinates {
                measure: Measure::Expenditure,
                nature: Nature::Project,
                phase: subject.phase,
                year: subject.year.unwrap_or(0),
                stream: Stream::Year,
                unit: self.unit.clone(),
                project: name.to_string(),
                ..Coordinates::default()
            }
        })
    }

    /// A figure without a word of its own is about the lead of its paragraph: 2019年预算数0万元.
    fn is_about_lead(&self, token: &Token) -> bool {
        let about = !self.lead.is_empty() || self.base.function.is_some() || is_special(self.base.measure);
        about
            && self.frames.is_empty()
            && self.clause < token.range.start
            && !self.has_residue(self.clause, token.range.start)
    }

    /// 支出决算为15万元 behind 年初预算为20万元: the same subject in the other phase.
    fn other_phase(&self, strange: bool) -> Option<Coordinates> {
        let phase = self.pending.phase.filter(|_| !strange && !is_substantive(&self.pending))?;
        let last = self.statement.claims[self.last?].at.as_ref()?;
        Some(Coordinates { phase, ..last.clone() })
    }

    /// The words of a range that neither the lexicon nor the usual phrases of a report account
    /// for, brackets left out: 下属中心, 新增, 一次性.
    fn residue(&self, from: usize, to: usize) -> String {
        let text = self.place.text();
        let (mut depth, mut rest) = (0, String::new());
        for (at, character) in text[from.min(to)..to].char_indices().map(|(at, c)| (at + from.min(to), c)) {
            match character {
                '(' => depth += 1,
                ')' => depth -= i32::from(depth > 0),
                _ if depth > 0 || self.terms.iter().any(|term| term.contains(&at)) => {}
                _ if character.is_ascii_alphabetic()
                    || character as u32 > 0x2E80 && !"，、。；：“”‘’《》".contains(character) =>
                {
                    rest.push(character);
                }
                _ => {}
            }
        }
        let own = |part: &str| self.statement.own_names.iter().any(|name| name.contains(part));
        for phrase in USUAL {
            rest = rest.replace(phrase, "|");
        }
        rest.split('|').filter(|part| part.chars().count() < 2 || !own(part)).collect()
    }

    /// The clause says of whom or of what it speaks in words that are not known.
    fn has_residue(&self, from: usize, to: usize) -> bool {
        let rest = self.residue(from, to);
        rest.chars().count() >= 2 || rest.chars().any(|c| c.is_ascii_alphabetic())
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
        // A percentage behind it speaks of the same figure.
        self.last = of.or(Some(index));
        self.reset_pending();
    }

    /// What a change speaks of: the words before it, else the figure before it.
    fn changed_subject(&mut self, range: &Range<usize>) -> (Option<Coordinates>, Option<usize>, usize) {
        let start = self.subject_start(range);
        if self.pending_start.is_some() {
            let (at, _, _) = self.subject();
            return (at, None, start);
        }
        let words = &self.place.text()[self.clause..range.start];
        let named = name_before(words).filter(|_| self.has_residue(self.clause, range.start));
        // 与上年相比增加…, at the start of a sentence: of the figure that the sentence before states.
        let compares = ["与", "比", "较", "同比", "和"].iter().any(|word| words.starts_with(word))
            || words.is_empty() && self.base_year.is_some();
        let last = self.last.or(self.last_whole.filter(|_| compares && self.frames.is_empty()));
        match last {
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
        let said = &self.place.text()[self.clause.min(token.range.start)..token.range.start];
        if said.contains("完成") && said.contains("预算") && self.direction.is_none() {
            let last = self.last;
            let at = last.and_then(|last| self.statement.claims[last].at.clone());
            let start = self.clause.min(token.range.start);
            self.add(ClaimKind::Completion(percent), at, start..token.range.end, token.range.clone(), last);
            self.sharing = false;
            return;
        }
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

    /// 决算数大于预算数: of the figure of final accounts that the paragraph stated last.
    fn weighed(&mut self, token: &Token, order: std::cmp::Ordering) {
        let first = self.place.first_sentence;
        let of = self.statement.claims.iter().rposition(|claim| {
            let stated = matches!(claim.kind, ClaimKind::Amount(_));
            stated && claim.sentence >= first && claim.at.as_ref().is_some_and(|at| at.phase == Phase::Final)
        });
        let at = of.and_then(|of| self.statement.claims[of].at.clone());
        self.add(ClaimKind::Weighed(order), at, token.range.clone(), token.range.clone(), of);
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
        if self.unit.is_empty() && self.is_of_another_body(&at, start, token) {
            at = None;
        }
        let noun_end = if by_noun.is_some() && !follows { token.range.end + noun.len() } else { token.range.end };
        let index = self.add(ClaimKind::Count { number, noun }, at, start..noun_end, token.range.clone(), of);
        self.settle(index, partial);
    }

    /// 所属中心:事业编制20名: not the department's number.
    fn is_of_another_body(&self, at: &Option<Coordinates>, start: usize, token: &Token) -> bool {
        let counted = [Measure::Posts, Measure::Staff, Measure::Retired, Measure::Vehicles];
        let whole =
            at.as_ref().is_some_and(|at| counted.contains(&at.measure) && !at.item.as_str().starts_with("place."));
        let text = self.place.text();
        let sentence = text[..token.range.start].rfind(['。', ';']).unwrap_or(0);
        let words = self.residue(sentence.min(start), token.range.start);
        whole
            && ["中心", "大队", "支队", "站", "馆", "研究所", "事务所", "院", "学校", "机关"]
                .iter()
                .any(|body| words.contains(body))
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
        let before = &self.place.text()[self.clause.min(token.range.start)..token.range.start];
        let other_year = crate::words::find_year(before).is_some_and(|year| Some(year) != self.statement.subject.year);
        if facets.is_empty() || other_year || before.contains("上年") || before.contains("去年") {
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
