//! The books to sentences: every figure, direction, share, count and list is computed.

use crate::document::{Bar, Block, Chart, Paragraph};
use crate::figures::{money, ordinal, percent, visible_money};
use crate::form::{ChartOf, Condition, Each, Form, Phrase};
use crate::rounding::{Figure, Figures};
use crate::tables::{classes, with_code};
use crate::template::{Piece, Template};
use gouji_model::books::{Books, ProjectStanding, Scheme, UnitKind, Which};
use gouji_model::{Code, Coordinates, Facets, Measure, Names, Phase, Printed, Unit};
use std::cell::RefCell;

/// Says templates: of the whole department, of one unit or of one class.
pub(crate) struct Speaker<'b> {
    books: &'b Books,
    form: &'b Form,
    names: &'b Names<'b>,
    /// What is spoken of, added to whatever a gap asks.
    facets: Facets,
    unit: Option<(&'b str, &'b str)>,
    label: String,
    ordinal: usize,
    /// Every coordinates that a gap has asked for.
    asked: RefCell<Vec<Coordinates>>,
    /// What amounts come to in print; none for who says no amount.
    figures: Option<&'b Figures>,
}

impl<'b> Speaker<'b> {
    pub(crate) fn new(books: &'b Books, form: &'b Form, names: &'b Names<'b>) -> Speaker<'b> {
        Speaker {
            books,
            form,
            names,
            facets: Facets::default(),
            unit: None,
            label: String::new(),
            ordinal: 0,
            asked: RefCell::default(),
            figures: None,
        }
    }

    /// The same, with amounts as these print them.
    pub(crate) fn printing(mut self, figures: &'b Figures) -> Speaker<'b> {
        self.figures = Some(figures);
        self
    }

    /// The same, of something with a name and a place in a list.
    pub(crate) fn of(mut self, label: &str, ordinal: usize) -> Speaker<'b> {
        self.label = label.to_owned();
        self.ordinal = ordinal;
        self
    }

    /// The coordinates of a gap.
    fn at(&self, facets: &Facets, which: Which) -> Coordinates {
        let mut at = Coordinates { phase: Phase::Budget, year: self.books.year(which), ..Coordinates::default() };
        facets.apply(&mut at);
        self.facets.apply(&mut at);
        if let Some((name, _)) = self.unit {
            at.unit = name.to_owned();
        }
        at
    }

    fn total(&self, facets: &Facets, which: Which) -> i128 {
        let at = self.at(facets, which);
        let total = self.printed(at.clone(), self.books.total(&at), self.decimals(facets));
        self.asked.borrow_mut().push(at);
        total
    }

    /// What an amount comes to in print, in fen; one that is printed as nought, being less than half a unit, is itself.
    fn printed(&self, at: Coordinates, fen: i128, decimals: u8) -> i128 {
        let Some(figures) = self.figures else { return fen };
        let unit = self.form.unit;
        let printed = figures.fen(Figure { at, parts: Vec::new(), fen, unit, decimals });
        if printed == 0 && money(fen, unit, decimals).is_zero() { fen } else { printed }
    }

    /// The text of a template.
    pub(crate) fn say(&self, template: &Template) -> String {
        template.0.iter().map(|piece| self.piece(piece)).collect()
    }

    fn piece(&self, piece: &Piece) -> String {
        let department = &self.books.department;
        match piece {
            Piece::Words(words) => words.clone(),
            Piece::Year => department.year.to_string(),
            Piece::LastYear => (department.year - 1).to_string(),
            Piece::Name => department.name.clone(),
            Piece::Short => self.unit.map_or(department.short.as_str(), |(_, short)| short).to_owned(),
            Piece::Label => self.label.clone(),
            Piece::Ordinal => ordinal(self.ordinal),
            Piece::Table(kind) => self.form.table_name(kind).unwrap_or_default().to_owned(),
            Piece::Word(word) => self.form.words.get(word).cloned().unwrap_or_default(),
            Piece::Text(key) => self.books.text(key).trim().to_owned(),
            Piece::Amount(facets) => self.money(facets, self.total(facets, Which::Now)),
            Piece::Before(facets) => self.money(facets, self.total(facets, Which::Before)),
            Piece::Change(facets) => self.change(facets, true),
            Piece::Delta(facets) => self.change(facets, false),
            Piece::Share(part, of) => self.share(part, of),
            Piece::Count(facets) => self.count(facets).to_string(),
            Piece::UnitCount => self.books.units.len().to_string(),
            Piece::UnitNames => {
                let names: Vec<&str> = self.books.units.iter().map(|unit| unit.short.as_str()).collect();
                names.join("、")
            }
            Piece::Vehicles(of_offices) => self.vehicles(*of_offices).to_string(),
            Piece::ProjectCount(standing) => project_count(self.books, standing).to_string(),
            Piece::ProjectNames => self.project_names(),
            Piece::Economics(facets) => self.economics(facets),
            Piece::Reasons(facets) => self.reasons(facets),
        }
    }

    /// How many decimals amounts of a measure have in sentences: those of its table.
    fn decimals(&self, facets: &Facets) -> u8 {
        let table =
            |table: &&crate::form::TableForm| table.set.measure == facets.measure && table.unit == self.form.unit;
        let own = facets.measure.filter(|measure| !matches!(measure, Measure::Revenue | Measure::Expenditure));
        own.and_then(|_| self.form.tables.iter().find(table)).map_or(self.form.decimals, |table| table.decimals)
    }

    fn money(&self, facets: &Facets, fen: i128) -> String {
        self.figure(visible_money(fen, self.form.unit, self.decimals(facets)))
    }

    fn figure(&self, printed: Printed) -> String {
        format!("{printed}{}", printed.unit().word())
    }

    /// 比…增加…，增长…%; with last year at nought there is no rate.
    fn change(&self, facets: &Facets, with_rate: bool) -> String {
        let (now, before) = (self.total(facets, Which::Now), self.total(facets, Which::Before));
        let year = self.books.year(Which::Before);
        let change = now - before;
        if change == 0 {
            return if with_rate { format!("与{year}年持平") } else { format!("与{year}年相比无增减") };
        }
        let amount = self.money(facets, change.abs());
        let (more, rises) = if change > 0 { ("增加", "增长") } else { ("减少", "下降") };
        let mut said = format!("比{year}年{more}{amount}");
        if with_rate && let Some(rate) = percent(change.abs(), before).filter(|_| self.is_base(facets, before)) {
            said.push_str(&format!("，{rises}{rate}%"));
        }
        said
    }

    /// A rate has a base that the tables show: above nought, at their precision.
    fn is_base(&self, facets: &Facets, before: i128) -> bool {
        money(before, self.form.unit, self.decimals(facets)).digits() > 0
    }

    fn share(&self, part: &Facets, of: &Facets) -> String {
        let own = self.total(part, Which::Now);
        let whole = self.at(of, Which::Now);
        let whole = Coordinates { function: of.function.unwrap_or(Code::ALL), ..whole };
        let sum = self.printed(whole.clone(), self.books.total(&whole), self.decimals(of));
        self.asked.borrow_mut().push(whole);
        // A share of nothing, or of what is less than nothing, says nothing.
        percent(own, sum).filter(|_| own >= 0 && sum > 0).map_or_else(String::new, |share| format!("，占{share}%"))
    }

    fn count(&self, facets: &Facets) -> i64 {
        self.books.count(&self.at(facets, Which::Now))
    }

    fn vehicles(&self, of_offices: bool) -> i64 {
        let kind = if of_offices { UnitKind::Office } else { UnitKind::Institution };
        let units = self.books.units.iter().filter(|unit| unit.kind == kind);
        let count = |unit: &str| {
            let at = Coordinates { measure: Measure::Vehicles, unit: unit.to_owned(), ..Coordinates::default() };
            self.books.count(&at)
        };
        units.map(|unit| count(&unit.name)).sum()
    }

    fn project_names(&self) -> String {
        let key = self.books.projects.iter().filter(|project| project.standing == ProjectStanding::Key);
        let key = key.filter(|project| self.books.is_funded(project));
        let said: Vec<String> =
            key.enumerate().map(|(index, project)| format!("{}是{}", ordinal(index + 1), project.name)).collect();
        said.join("；")
    }

    /// 工资福利支出…、商品和服务支出…: the classes that have an amount.
    fn economics(&self, facets: &Facets) -> String {
        let at = self.at(facets, Which::Now);
        let found = classes(&self.books.postings, Scheme::Economic, &at, Which::Now);
        self.asked.borrow_mut().push(at.clone());
        let said = found.into_iter().map(|(code, fen)| {
            let at = Coordinates { economic: code, ..at.clone() };
            let fen = self.printed(at, fen, self.decimals(facets));
            format!("{}{}", self.names.name(Scheme::Economic, code), self.money(facets, fen))
        });
        said.collect::<Vec<String>>().join("、")
    }

    /// The reasons given, and what they leave of the change.
    fn reasons(&self, facets: &Facets) -> String {
        let whole = self.total(facets, Which::Now) - self.total(facets, Which::Before);
        let mut said = Vec::new();
        let mut rest = whole;
        for reason in &self.books.reasons {
            let change = i128::from(reason.change.fen());
            rest -= change;
            said.push(self.reason(&reason.subject, change));
        }
        if rest != 0 {
            said.push(self.reason("其余各项", rest));
        }
        said.join("，")
    }

    fn reason(&self, subject: &str, change: i128) -> String {
        let word = if change < 0 { "减少" } else { "增加" };
        format!("{subject}{word}{}", self.figure(visible_money(change.abs(), self.form.unit, self.form.decimals)))
    }

    fn holds(&self, condition: &Condition) -> bool {
        let is_some = |facets: &Facets| {
            let at = self.at(facets, Which::Now);
            let has =
                self.books.postings.iter().any(|posting| posting.counts_towards(&at) && posting.amount.fen() != 0);
            self.asked.borrow_mut().push(at);
            has
        };
        match condition {
            Condition::Some(facets) => is_some(facets),
            Condition::None(facets) => !is_some(facets),
            Condition::Text(key) => !self.books.text(key).trim().is_empty(),
            Condition::NoText(key) => self.books.text(key).trim().is_empty(),
            Condition::Projects(standing) => project_count(self.books, standing) > 0,
            Condition::NoProjects(standing) => project_count(self.books, standing) == 0,
            Condition::Reasons => !self.books.reasons.is_empty(),
        }
    }
}

fn project_count(books: &Books, standing: &str) -> usize {
    let fits = |one: ProjectStanding| match standing {
        "key" => one == ProjectStanding::Key,
        "managed" => one != ProjectStanding::Plain,
        _ => true,
    };
    books.projects.iter().filter(|project| fits(project.standing) && books.is_funded(project)).count()
}

/// The blocks of the narrative with, for each, every coordinates that it asked for.
pub(crate) fn narrative(
    books: &Books,
    form: &Form,
    names: &Names,
    figures: &Figures,
) -> Vec<(Block, Vec<Coordinates>)> {
    let mut blocks = Vec::new();
    let plain = |template: &Template| Speaker::new(books, form, names).say(template);
    for part in &form.parts {
        blocks.push((Block::Heading { level: 1, text: plain(&part.heading) }, Vec::new()));
        for section in &part.sections {
            blocks.push((Block::Heading { level: 2, text: plain(&section.heading) }, Vec::new()));
            for phrase in &section.phrases {
                for speaker in speakers(books, form, names, phrase) {
                    say_phrase(phrase, &speaker.printing(figures), &mut blocks);
                }
            }
        }
    }
    blocks
}

/// Whom a phrase is said of: the department, each unit, each class.
fn speakers<'b>(books: &'b Books, form: &'b Form, names: &'b Names<'b>, phrase: &Phrase) -> Vec<Speaker<'b>> {
    let speaker = || Speaker::new(books, form, names);
    match &phrase.each {
        None => vec![speaker()],
        Some(Each::Units) => {
            let units = books.units.iter().enumerate();
            let of = |(index, unit): (usize, &'b gouji_model::books::BudgetUnit)| Speaker {
                unit: Some((&unit.name, &unit.short)),
                ..speaker().of(&unit.short, index + 1)
            };
            units.map(of).collect()
        }
        Some(Each::Classes(facets)) => {
            let at = speaker().at(facets, Which::Now);
            let mut found: Vec<Code> = codes_of(classes(&books.postings, Scheme::Function, &at, Which::Now));
            // Where changes are told, what has gone is told too: they add up to the change of the whole.
            if phrase.text.tells_change() {
                found.extend(codes_of(classes(&books.postings, Scheme::Function, &at, Which::Before)));
                found.sort();
                found.dedup();
            }
            let of = |(index, code): (usize, Code)| Speaker {
                facets: Facets { function: Some(code), ..Facets::default() },
                ..speaker().of(&names.name(Scheme::Function, code), index + 1)
            };
            found.into_iter().enumerate().map(of).collect()
        }
    }
}

fn codes_of(classes: Vec<(Code, i128)>) -> Vec<Code> {
    classes.into_iter().map(|(code, _)| code).collect()
}

fn say_phrase(phrase: &Phrase, speaker: &Speaker, blocks: &mut Vec<(Block, Vec<Coordinates>)>) {
    if !phrase.when.iter().all(|condition| speaker.holds(condition)) {
        return;
    }
    if let Some(chart) = &phrase.chart {
        blocks.extend(speaker.chart(chart).map(|chart| (Block::Chart(chart), Vec::new())));
        return;
    }
    let text = speaker.say(&phrase.text);
    let asked = speaker.asked.take();
    if phrase.runs_on
        && let Some((Block::Paragraph(last), known)) = blocks.last_mut()
    {
        last.text.push_str(&text);
        known.extend(asked);
        return;
    }
    for (index, line) in text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let asked = if index == 0 { asked.clone() } else { Vec::new() };
        blocks.push((Block::Paragraph(Paragraph { key: phrase.key.clone(), text: line.to_owned() }), asked));
    }
}

impl Speaker<'_> {
    /// Bars by class; nothing where there is no amount.
    fn chart(&self, of: &ChartOf) -> Option<Chart> {
        let now = classes(&self.books.postings, of.scheme, &self.at(&of.set, Which::Now), Which::Now);
        let before = classes(&self.books.postings, of.scheme, &self.at(&of.set, Which::Before), Which::Before);
        let mut codes: Vec<Code> = now.iter().map(|(code, _)| *code).collect();
        if of.with_before {
            codes.extend(before.iter().map(|(code, _)| *code));
        }
        codes.sort();
        codes.dedup();
        let unit = self.form.unit;
        let value = |list: &[(Code, i128)], which: Which, code: Code| {
            let fen = list.iter().find(|(own, _)| *own == code).map_or(0, |(_, fen)| *fen);
            let at = with_code(self.at(&of.set, which), of.scheme, code);
            money(self.printed(at, fen, 0), unit, 0)
        };
        let bars: Vec<Bar> = codes
            .iter()
            .map(|code| {
                let mut values = vec![value(&now, Which::Now, *code)];
                values.extend(of.with_before.then(|| value(&before, Which::Before, *code)));
                Bar { label: self.names.name(of.scheme, *code), values }
            })
            .collect();
        let mut series = vec![format!("{}年", self.books.year(Which::Now))];
        series.extend(of.with_before.then(|| format!("{}年", self.books.year(Which::Before))));
        let title = self.say(&of.title);
        let alternative = alternative(&title, &series, &bars, unit);
        (!bars.is_empty()).then_some(Chart { title, series, bars, alternative })
    }
}

/// The chart in words.
fn alternative(title: &str, series: &[String], bars: &[Bar], unit: Unit) -> String {
    let said: Vec<String> = bars
        .iter()
        .map(|bar| {
            let values = bar.values.iter().zip(series);
            let values: Vec<String> =
                values.map(|(value, year)| format!("{year}{}{}", value.grouped(), unit.word())).collect();
            format!("{}{}", bar.label, values.join("、"))
        })
        .collect();
    format!("{title}：{}。", said.join("；"))
}
