//! What the rules ask of a statement: facts by coordinates, and what may stand for what.

use gouji_model::{
    Book, Check, Coordinates, Fact, FileId, Level, Measure, Nature, Outcome, Printed, Role, Stream, SumTest, Term,
};
use gouji_understand::{Claim, ClaimKind, Direction, Statement, TableKind, TableView};
use std::collections::BTreeMap;

/// A statement with an index over its facts.
pub struct Context<'a> {
    pub(crate) statement: &'a Statement,
    by_place: BTreeMap<&'a Coordinates, Vec<&'a Fact>>,
    /// By table: it is the first of its kind.
    speaks: Vec<bool>,
    /// All money is of the general public budget, and nothing is carried over.
    pub(crate) only_general: bool,
    /// All money is appropriated.
    pub(crate) only_appropriation: bool,
    /// All appropriated money is of the general public budget, and nothing is carried over.
    appropriation_is_general: bool,
    /// Nothing is carried into the year, and nothing out of it.
    pub(crate) no_carry: bool,
    /// Last year's report.
    prior: Option<Box<Context<'a>>>,
}

impl<'a> Context<'a> {
    /// What is custom in some places only is a warning where the form of the place declares it, and a hint elsewhere.
    pub fn level_declared(&self, key: &str) -> Level {
        if self.statement.declared.iter().any(|declared| declared == key) { Level::Warning } else { Level::Info }
    }

    /// Indexes a statement.
    pub fn new(statement: &'a Statement) -> Context<'a> {
        let mut by_place: BTreeMap<&Coordinates, Vec<&Fact>> = BTreeMap::new();
        // Of several tables of one kind only the first speaks for the department: the others
        // may be of its units. One by function and one by economic codes are not of one kind.
        let mut first: BTreeMap<(TableKind, bool), u16> = BTreeMap::new();
        let kind = |at: usize, table: &TableView| {
            (table.kind, statement.facts_of(at as u16).any(|fact| !fact.at.economic.is_all()))
        };
        for (at, table) in statement.tables.iter().enumerate() {
            first.entry(kind(at, table)).or_insert(at as u16);
        }
        let is_first = |(at, table): (usize, &TableView)| first.get(&kind(at, table)) == Some(&(at as u16));
        let speaks: Vec<bool> = statement.tables.iter().enumerate().map(is_first).collect();
        for fact in statement.facts.iter().filter(|fact| speaks[usize::from(fact.cell.table)]) {
            by_place.entry(&fact.at).or_default().push(fact);
        }
        let mut context = Context {
            statement,
            by_place,
            speaks,
            only_general: false,
            only_appropriation: false,
            appropriation_is_general: false,
            no_carry: false,
            prior: None,
        };
        context.no_carry = context.sums_to_zero(&[Stream::CarriedIn, Stream::CarriedOut, Stream::UnitFund]);
        context.only_general = context.no_carry && context.covers_all(Book::General);
        context.only_appropriation = context.covers_all(Book::Appropriation) || context.only_general;
        context.appropriation_is_general = context.no_carry && context.is_appropriation_general();
        context.prior = statement.prior.as_deref().map(|prior| Box::new(Context::new(prior)));
        context
    }

    /// The facts printed for these coordinates.
    pub(crate) fn facts(&self, at: &Coordinates) -> &[&'a Fact] {
        self.by_place.get(at).map_or(&[], Vec::as_slice)
    }

    /// The fact stands in the first table of its kind.
    pub(crate) fn speaks(&self, fact: &Fact) -> bool {
        self.speaks[usize::from(fact.cell.table)]
    }

    /// The fact of a table at these coordinates.
    pub(crate) fn fact_in(&self, kind: TableKind, at: &Coordinates) -> Option<&'a Fact> {
        self.facts(at).iter().copied().find(|fact| self.kind_of(fact) == kind)
    }

    /// The kind of table a fact stands in.
    pub(crate) fn kind_of(&self, fact: &Fact) -> TableKind {
        self.statement.tables[usize::from(fact.cell.table)].kind
    }

    /// The report's year, 0 when it is not known.
    pub(crate) fn year(&self) -> i16 {
        self.statement.subject.year.unwrap_or(0)
    }

    /// The department's whole of a measure in the report's year.
    pub(crate) fn whole(&self, measure: Measure) -> Coordinates {
        let stream = if measure == Measure::Expenditure { Stream::Year } else { Stream::All };
        Coordinates {
            measure,
            stream,
            year: self.year(),
            phase: self.statement.subject.phase,
            ..Coordinates::default()
        }
    }

    /// The facts a claim about these coordinates may be compared with, nearest first: the
    /// same coordinates, then wider or narrower ones that mean the same in this report.
    pub(crate) fn equivalents(&self, at: &Coordinates) -> Vec<&'a Fact> {
        let mut found: Vec<&Fact> = self.facts(at).to_vec();
        let mut widen = |stream: Stream, book: Book| {
            found.extend(self.facts(&Coordinates { stream, book, ..at.clone() }));
        };
        if self.no_carry {
            match at.stream {
                Stream::Year => widen(Stream::All, at.book),
                Stream::All if at.book == Book::All => widen(Stream::Year, at.book),
                _ => {}
            }
        }
        if at.measure == Measure::Expenditure {
            let wider: &[Book] = match at.book {
                Book::All if self.only_general => &[Book::General, Book::Appropriation],
                Book::All if self.only_appropriation => &[Book::Appropriation],
                Book::Appropriation if self.only_general => &[Book::General, Book::All],
                Book::General if self.only_general => &[Book::All, Book::Appropriation],
                Book::Appropriation if self.appropriation_is_general => &[Book::General],
                Book::General if self.appropriation_is_general => &[Book::Appropriation],
                _ => &[],
            };
            wider.iter().for_each(|book| widen(at.stream, *book));
        }
        found
    }

    /// What last year's report prints for these coordinates, where it is at hand.
    pub(crate) fn in_prior(&self, at: &Coordinates) -> Vec<&'a Fact> {
        self.prior.as_ref().filter(|prior| at.year == prior.year()).map_or_else(Vec::new, |prior| prior.meant(at))
    }

    /// True when last year's report is at hand.
    pub(crate) fn has_prior(&self) -> bool {
        self.prior.is_some()
    }

    /// The first file of last year's report.
    pub(crate) fn prior_from(&self) -> Option<FileId> {
        let facts = &self.prior.as_ref()?.statement.facts;
        facts.iter().map(|fact| fact.span.file).min()
    }

    /// The fact is one of last year's report.
    pub(crate) fn is_of_prior(&self, fact: &Fact) -> bool {
        self.prior_from().is_some_and(|first| fact.span.file >= first)
    }

    /// The facts that a sentence about these coordinates may mean: 收入预算 is the total with
    /// or without what is carried over.
    pub(crate) fn meant(&self, at: &Coordinates) -> Vec<&'a Fact> {
        let mut found = self.equivalents(at);
        let is_total = at.function.is_all() && at.economic.is_all() && at.nature == Nature::All;
        if is_total && matches!(at.stream, Stream::All | Stream::Year) {
            let other = if at.stream == Stream::All { Stream::Year } else { Stream::All };
            found.extend(self.equivalents(&Coordinates { stream: other, ..at.clone() }));
        }
        found
    }

    /// The claims about these coordinates of the kinds that state a quantity.
    pub(crate) fn quantity_claims(
        &self,
        fits: impl Fn(&Coordinates) -> bool,
    ) -> impl Iterator<Item = (&'a Claim, Printed)> {
        self.statement.claims.iter().filter_map(move |claim| {
            let figure = claim_figure(claim)?;
            claim.at.as_ref().is_some_and(&fits).then_some((claim, figure))
        })
    }

    /// Every printed figure of these streams is zero, in tables of both sides.
    fn sums_to_zero(&self, streams: &[Stream]) -> bool {
        self.statement.facts.iter().filter(|fact| streams.contains(&fact.at.stream)).all(|fact| fact.figure.is_zero())
    }

    /// The appropriated revenue is printed as large as that of the general public budget.
    fn is_appropriation_general(&self) -> bool {
        let revenue = |book: Book| {
            let of_year = Coordinates { book, stream: Stream::Year, ..self.whole(Measure::Revenue) };
            self.facts(&of_year).first().map(|fact| fact.figure.atoms())
        };
        let appropriated = revenue(Book::Appropriation);
        appropriated.is_some_and(|amount| amount > 0) && appropriated == revenue(Book::General)
    }

    /// The revenue of one book is the whole revenue.
    fn covers_all(&self, book: Book) -> bool {
        let whole = self.whole(Measure::Revenue);
        let part = Coordinates { book, stream: Stream::Year, ..whole.clone() };
        let total = self.facts(&whole).first().map(|fact| fact.figure);
        let of_book = self.facts(&part).first().map(|fact| fact.figure);
        match (total, of_book) {
            (Some(total), Some(of_book)) => total.atoms() == of_book.atoms(),
            _ => false,
        }
    }
}

/// The figure a claim states: an amount or a count.
pub(crate) fn claim_figure(claim: &Claim) -> Option<Printed> {
    match &claim.kind {
        ClaimKind::Amount(figure) => Some(*figure),
        ClaimKind::Count { number, .. } => Some(Printed::count(*number)),
        _ => None,
    }
}

/// A fact as an operand.
pub(crate) fn fact_term(context: &Context, role: Role, fact: &Fact) -> Term {
    if let Some(prior) = context.prior.as_deref().filter(|_| context.is_of_prior(fact)) {
        // A cell is one of this report's tables: those of the other are named by their place.
        let term = fact_term(prior, role, fact);
        return Term { cell: None, label: format!("上年报告 {}", term.label), ..term };
    }
    Term {
        role,
        label: context.statement.label(fact),
        figure: Some(fact.figure),
        span: Some(fact.span),
        cell: Some(fact.cell),
    }
}

/// A fact as an operand of a relation that holds: nobody reads its name.
pub(crate) fn silent_term(role: Role, fact: &Fact) -> Term {
    Term { role, label: String::new(), figure: Some(fact.figure), span: Some(fact.span), cell: Some(fact.cell) }
}

/// Reports with more facts keep the total only of a sum that holds.
pub(crate) const FACTS_KEPT: usize = 10_000;

/// The other end of a comparison whose row a table does not print: the table's title.
pub(crate) fn title_term(context: &Context, kind: TableKind) -> Option<Term> {
    let (_, table) = context.statement.table(kind)?;
    let span = table.title.as_ref().map_or(table.span, |(_, span)| *span);
    Some(Term { role: Role::Other, label: table.name(), figure: None, span: Some(span), cell: None })
}

/// The operands of a comparison, named when the comparison does not simply hold.
pub(crate) fn sum_terms(context: &Context, exact: bool, whole: &Fact, parts: &[&Fact], role: Role) -> Vec<Term> {
    // In a very large report the operands of what holds are not kept.
    let parts = if exact && context.statement.facts.len() > FACTS_KEPT { &[] } else { parts };
    let term = |role, fact| if exact { silent_term(role, fact) } else { fact_term(context, role, fact) };
    std::iter::once(term(Role::Total, whole)).chain(parts.iter().map(|part| term(role, part))).collect()
}

/// A claim as an operand.
pub(crate) fn claim_term(context: &Context, role: Role, claim: &Claim) -> Term {
    let figure = match &claim.kind {
        ClaimKind::Change { amount, .. } => Some(*amount),
        ClaimKind::Growth { percent, .. } | ClaimKind::Share(percent) | ClaimKind::Completion(percent) => {
            Some(*percent)
        }
        _ => claim_figure(claim),
    };
    Term { role, label: claim_label(context, claim), figure, span: Some(claim.span), cell: None }
}

/// How a message calls a claim: what it is about, and for a change which way it goes.
fn claim_label(context: &Context, claim: &Claim) -> String {
    let about = claim.of.map_or("", |of| context.statement.claims[of].subject.as_str());
    let turn =
        |direction: Direction, up: &'static str, down: &'static str| if direction == Direction::Up { up } else { down };
    match &claim.kind {
        ClaimKind::Change { direction, .. } => format!("{about}{}{}", claim.subject, turn(*direction, "增加", "减少")),
        ClaimKind::Growth { direction, .. } => format!("{about}{}", turn(*direction, "增长", "下降")),
        ClaimKind::Share(_) => format!("{about}占比"),
        _ => claim.subject.clone(),
    }
}

/// A check of a total against its parts.
pub(crate) fn sum_check(key: String, level: Level, test: &SumTest, terms: Vec<Term>) -> Check {
    let outcome = if test.exact {
        Outcome::Holds
    } else if test.possible {
        Outcome::Rounding { addends: test.addends, bound: test.bound, difference: test.difference }
    } else {
        Outcome::Broken { difference: Some(test.difference) }
    };
    let expected = (!test.exact).then(|| test.sum.to_string());
    Check { key, outcome, level, terms, expected, words: Vec::new() }
}

/// A check that could not be made.
pub(crate) fn unchecked(key: impl Into<String>, level: Level, reason: gouji_model::Reason, terms: Vec<Term>) -> Check {
    Check { key: key.into(), outcome: Outcome::NotChecked(reason), level, terms, expected: None, words: Vec::new() }
}

/// A check that holds or is broken, without a difference.
pub(crate) fn plain_check(key: impl Into<String>, level: Level, holds: bool, terms: Vec<Term>) -> Check {
    let outcome = if holds { Outcome::Holds } else { Outcome::Broken { difference: None } };
    Check { key: key.into(), outcome, level, terms, expected: None, words: Vec::new() }
}

/// The parts that count in a sum: those that are not structurally zero.
pub(crate) fn counted<'f>(parts: impl IntoIterator<Item = &'f Fact>) -> Vec<Printed> {
    parts.into_iter().filter(|fact| !fact.figure.is_zero() || fact.listed).map(|fact| fact.figure).collect()
}

/// The word of coordinates in keys: `general.basic.301`.
pub(crate) fn tag(at: &Coordinates) -> String {
    let mut parts: Vec<String> = Vec::new();
    if matches!(at.stream, Stream::UnitFund | Stream::CarriedIn | Stream::CarriedOut) {
        parts.push(at.stream.word().into());
    }
    if at.book != Book::All {
        parts.push(at.book.word().into());
    }
    if at.nature != Nature::All {
        parts.push(at.nature.word().into());
    }
    for code in [at.function, at.economic, at.item] {
        if !code.is_all() {
            parts.push(code.to_string());
        }
    }
    if parts.is_empty() { "total".into() } else { parts.join(".") }
}
