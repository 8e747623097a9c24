//! Expenditure: from what tables print to postings that add up to it.
//!
//! A report prints margins: so much by function code and nature, so much by economic code and
//! nature, so much for each project. Which economic code a project was paid under is not on the
//! paper. Two sets of amounts are found together, one along functions and projects, one along
//! economic codes, both of equal sums for each budget and nature; then the two are laid over each
//! other from the first to the last. A posting that this decides is marked as assumed.

use super::figure::Figure;
use super::system::{Line, solve};
use gouji_model::books::{Posting, Scheme, Which};
use gouji_model::{Book, Code, Coordinates, Fen, Measure, Nature, Stream};
use std::collections::{BTreeMap, BTreeSet};

/// A project as its table names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    pub unit: String,
    pub project: String,
}

/// What expenditure may be divided by.
pub(super) struct Frame<'a> {
    pub year: i16,
    pub which: Which,
    /// The only unit; empty when there are several.
    pub unit: String,
    pub projects: &'a [Named],
    /// The names of codes as printed.
    pub names: &'a BTreeMap<(Scheme, Code), String>,
}

impl Frame<'_> {
    /// True where a project or a function code has the name of an economic code: 住房公积金 is
    /// paid as 住房公积金.
    fn is_namesake(&self, base: &Posting, economic: &Posting) -> bool {
        let name = |scheme, code| self.names.get(&(scheme, code)).map(String::as_str).filter(|name| name.len() > 6);
        let Some(economic) = name(Scheme::Economic, economic.at.economic) else { return false };
        let own =
            if base.at.project.is_empty() { name(Scheme::Function, base.at.function) } else { Some(&*base.at.project) };
        own.is_some_and(|own| own.starts_with(economic) || economic.starts_with(own))
    }
}

/// An amount that may stand in the books.
struct Atom {
    posting: Posting,
    /// One printed figure speaks of it alone.
    is_printed: bool,
}

/// The postings that reproduce the figures of one year.
pub(super) fn postings(figures: &[Figure], frame: &Frame<'_>) -> Vec<Posting> {
    let figures: Vec<&Figure> = figures.iter().filter(|figure| is_spending(figure)).collect();
    let (by_economic, by_function): (Vec<&Figure>, Vec<&Figure>) =
        figures.iter().copied().partition(|figure| is_economic(&figure.at));
    let mut atoms = function_atoms(&by_function, frame);
    let split = atoms.len();
    let groups = Groups::of(&atoms, split);
    atoms.extend(economic_atoms(&by_economic, &atoms, frame));
    drop_noughts(&mut atoms, &figures, split);
    // Atoms by economic code have no source of their own.
    let split = atoms.iter().position(|atom| atom.posting.source == Stream::All).unwrap_or(atoms.len());
    let lines = lines(&mut atoms, &by_function, &by_economic, split, &groups);
    let amounts = solve(atoms.len(), &lines);
    join(&atoms, &amounts, split, &groups, frame)
}

fn is_spending(figure: &Figure) -> bool {
    matches!(figure.at.measure, Measure::Expenditure | Measure::Revenue | Measure::OperatingCost)
}

/// True for a figure that is told along economic codes.
fn is_economic(at: &Coordinates) -> bool {
    let is_part = matches!(at.nature, Nature::Personnel | Nature::PublicUse);
    !at.economic.is_all() || at.measure == Measure::OperatingCost || (is_part && at.function.is_all())
}

/// Codes that are printed with an amount and have no part that is.
pub(super) fn leaves(codes: impl Iterator<Item = Code>) -> Vec<Code> {
    let codes: BTreeSet<Code> = codes.collect();
    codes.iter().filter(|code| !codes.iter().any(|other| other != *code && other.within(code))).copied().collect()
}

fn some<'f>(figures: &'f [&'f Figure]) -> impl Iterator<Item = &'f Coordinates> + 'f {
    figures.iter().filter(|figure| figure.atoms != 0).map(|figure| &figure.at)
}

fn books(figures: &[&Figure]) -> Vec<Book> {
    let printed: BTreeSet<Book> = some(figures).map(|at| at.book).collect();
    let at = |book| Coordinates { book, ..Coordinates::default() };
    let has_part = |book: Book| printed.iter().any(|other| *other != book && at(*other).axes_within(&at(book)));
    let known = printed.iter().filter(|book| !has_part(**book) && **book != Book::All).copied();
    let known: Vec<Book> = known.map(|book| if book == Book::Appropriation { Book::General } else { book }).collect();
    if known.is_empty() { vec![Book::General] } else { known }
}

fn natures(printed: impl Iterator<Item = Nature>) -> Vec<Nature> {
    let printed: BTreeSet<Nature> = printed.filter(|nature| *nature != Nature::All).collect();
    let is_divided = |nature: Nature| nature == Nature::Basic && printed.iter().any(|other| is_part(*other));
    let known: Vec<Nature> = printed.iter().copied().filter(|nature| !is_divided(*nature)).collect();
    if known.is_empty() { vec![Nature::All] } else { known }
}

fn is_part(nature: Nature) -> bool {
    matches!(nature, Nature::Personnel | Nature::PublicUse)
}

/// Where money comes from and which year it is spent in.
fn flows(figures: &[&Figure]) -> Vec<(Stream, Stream)> {
    let has = |stream| some(figures).any(|at| at.stream == stream);
    let mut flows = vec![(Stream::Year, Stream::Year)];
    for source in [Stream::CarriedIn, Stream::UnitFund] {
        if has(source) {
            flows.push((source, Stream::Year));
        }
    }
    if has(Stream::CarriedOut) {
        flows.extend(flows.clone().into_iter().map(|(source, _)| (source, Stream::CarriedOut)));
    }
    flows
}

fn function_atoms(figures: &[&Figure], frame: &Frame<'_>) -> Vec<Atom> {
    let functions = functions(figures, frame.which);
    let natures = natures(some(figures).map(|at| at.nature));
    let is_transfer = |at: &Coordinates| at.item.as_str() == crate::reading::TRANSFER;
    let has_transfers = some(figures).any(is_transfer);
    let none = Named { unit: frame.unit.clone(), project: String::new() };
    let mut atoms = Vec::new();
    // Projects come first: their figures are the finest.
    for named in frame.projects.iter().chain([&none]) {
        let own = leaves(of_project(figures, named));
        let functions = if own.is_empty() { &functions } else { &own };
        for function in functions {
            for nature in natures.iter().filter(|nature| named.project.is_empty() || **nature == Nature::Project) {
                for book in books(figures) {
                    for (source, stream) in flows(figures) {
                        let at = Coordinates {
                            measure: Measure::Expenditure,
                            year: frame.year,
                            stream,
                            book,
                            nature: if stream == Stream::CarriedOut { Nature::All } else { *nature },
                            function: *function,
                            unit: named.unit.clone(),
                            project: named.project.clone(),
                            ..Coordinates::default()
                        };
                        if has_transfers && stream == Stream::Year {
                            let item = Code::new(crate::reading::TRANSFER).unwrap_or_default();
                            atoms.push(atom(Coordinates { item, ..at.clone() }, source));
                        }
                        if stream == Stream::Year || (named.project.is_empty() && Some(nature) == natures.first()) {
                            atoms.push(atom(at, source));
                        }
                    }
                }
            }
        }
    }
    atoms
}

/// The codes that amounts may stand under, the smallest first.
fn functions(figures: &[&Figure], which: Which) -> Vec<Code> {
    let printed = || some(figures).map(|at| at.function);
    let functions = leaves(printed());
    match which {
        _ if functions.is_empty() => vec![Code::ALL],
        Which::Now => functions,
        Which::Before => {
            // Of last year a report tells some codes only; the rest of a total lies with the total itself.
            let all: BTreeSet<Code> = printed().chain([Code::ALL]).collect();
            let mut all: Vec<Code> = all.into_iter().collect();
            all.sort_by_key(|code| std::cmp::Reverse(code.len()));
            all
        }
    }
}

/// The codes that the tables print a project under.
fn of_project<'f>(figures: &'f [&'f Figure], named: &'f Named) -> impl Iterator<Item = Code> + 'f {
    let is_own = |at: &&Coordinates| !named.project.is_empty() && at.project == named.project && at.unit == named.unit;
    some(figures).filter(is_own).map(|at| at.function).filter(|code| !code.is_all())
}

fn atom(at: Coordinates, source: Stream) -> Atom {
    Atom { posting: Posting { at, source, ..Posting::default() }, is_printed: false }
}

fn economic_atoms(figures: &[&Figure], functions: &[Atom], frame: &Frame<'_>) -> Vec<Atom> {
    // 机关运行经费 is goods and services of basic expenditure, whether or not a code is printed.
    let goods = some(figures).filter(|at| at.measure == Measure::OperatingCost && at.economic.is_all());
    let goods: Vec<Code> = goods.filter_map(|_| Code::new("302")).collect();
    let basic = goods.iter().map(|_| Nature::Basic);
    let codes = some(figures).map(|at| at.economic).filter(|code| !code.is_all());
    let codes = leaves(codes.chain(goods.iter().copied()));
    let own: BTreeSet<(Book, Nature)> = functions
        .iter()
        .filter(|atom| is_year(atom))
        .map(|atom| (atom.posting.at.book, atom.posting.at.nature))
        .collect();
    let books: BTreeSet<Book> = own.iter().map(|(book, _)| *book).collect();
    let printed = some(figures).map(|at| at.nature).chain(own.iter().map(|(_, nature)| *nature)).chain(basic);
    let natures = natures(printed);
    let at = |book, nature, economic| Coordinates {
        measure: Measure::Expenditure,
        year: frame.year,
        stream: Stream::Year,
        book,
        nature,
        economic,
        ..Coordinates::default()
    };
    let mut atoms = Vec::new();
    for book in &books {
        for nature in &natures {
            atoms.extend(codes.iter().map(|code| atom(at(*book, *nature, *code), Stream::All)));
        }
    }
    // What no economic code is told of comes last.
    let open = own.iter().map(|(book, nature)| atom(at(*book, *nature, Code::ALL), Stream::All));
    atoms.extend(open.collect::<Vec<_>>());
    atoms
}

fn is_year(atom: &Atom) -> bool {
    atom.posting.at.stream == Stream::Year
}

/// A printed nought says that nothing lies within, unless another table prints something there.
fn drop_noughts(atoms: &mut Vec<Atom>, figures: &[&Figure], split: usize) {
    let members = |figure: &Figure| -> BTreeSet<usize> { members(atoms, figure, split).into_iter().collect() };
    let (noughts, amounts): (Vec<&Figure>, Vec<&Figure>) =
        figures.iter().copied().partition(|figure| figure.atoms == 0);
    let amounts: Vec<BTreeSet<usize>> = amounts.into_iter().map(members).filter(|set| !set.is_empty()).collect();
    let mut out: BTreeSet<usize> = BTreeSet::new();
    for set in noughts.into_iter().map(members) {
        if !amounts.iter().any(|amount| amount.is_subset(&set)) {
            out.extend(set);
        }
    }
    let mut index = 0;
    atoms.retain(|_| {
        index += 1;
        !out.contains(&(index - 1))
    });
}

/// The atoms that a figure is the sum of.
fn members(atoms: &[Atom], figure: &Figure, split: usize) -> Vec<usize> {
    let range = if is_economic(&figure.at) { split..atoms.len() } else { 0..split };
    range.filter(|index| atoms[*index].posting.counts_towards(&figure.at)).collect()
}

fn lines(atoms: &mut [Atom], functions: &[&Figure], economics: &[&Figure], split: usize, groups: &Groups) -> Vec<Line> {
    let mut lines = Vec::new();
    // What is told most finely is kept where figures contradict.
    for figure in functions.iter().chain(economics).filter(|figure| figure.atoms != 0) {
        let members = members(atoms, figure, split);
        if let [only] = members[..] {
            atoms[only].is_printed = true;
        }
        lines.push(Line::printed(members, figure.atoms, figure.tick));
    }
    for (left, right) in groups.sides(atoms, split) {
        lines.push(Line::link(&left, &right));
    }
    lines
}

/// Which amounts by function and by economic code are the same money.
struct Groups {
    natures: BTreeSet<Nature>,
}

impl Groups {
    fn of(atoms: &[Atom], split: usize) -> Groups {
        Groups { natures: atoms[..split].iter().map(|atom| atom.posting.at.nature).collect() }
    }

    /// The group of an atom; none for what is carried over.
    fn key(&self, atom: &Atom) -> Option<(Book, Nature)> {
        let at = &atom.posting.at;
        let nature = match at.nature {
            nature if self.natures.contains(&nature) => nature,
            nature if nature.is_basic() && self.natures.contains(&Nature::Basic) => Nature::Basic,
            _ => Nature::All,
        };
        is_year(atom).then_some((at.book, nature))
    }

    fn sides(&self, atoms: &[Atom], split: usize) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut sides: BTreeMap<(Book, Nature), (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (index, atom) in atoms.iter().enumerate() {
            let Some(key) = self.key(atom) else { continue };
            let side = sides.entry(key).or_default();
            if index < split { side.0.push(index) } else { side.1.push(index) }
        }
        sides.into_values().collect()
    }
}

/// Lays the amounts along functions over those along economic codes: namesakes first, then from
/// the first to the last.
fn join(atoms: &[Atom], amounts: &[i128], split: usize, groups: &Groups, frame: &Frame<'_>) -> Vec<Posting> {
    let mut out = Vec::new();
    for (index, atom) in atoms[..split].iter().enumerate().filter(|(_, atom)| !is_year(atom)) {
        out.extend(posting(&atom.posting, &Posting::default(), amounts[index], frame, !atom.is_printed));
    }
    for (left, right) in groups.sides(atoms, split) {
        let some = |side: Vec<usize>| -> Vec<usize> { side.into_iter().filter(|at| amounts[*at] > 0).collect() };
        let (left, right) = (some(left), some(right));
        let is_certain = left.len() == 1 || right.len() == 1;
        let mut rest: Vec<i128> = amounts.to_vec();
        let pairs = left.iter().flat_map(|first| right.iter().map(move |second| (*first, *second)));
        let (alike, others): (Vec<_>, Vec<_>) =
            pairs.partition(|(first, second)| frame.is_namesake(&atoms[*first].posting, &atoms[*second].posting));
        for (first, second) in alike.into_iter().chain(others) {
            let amount = rest[first].min(rest[second]);
            rest[first] -= amount;
            rest[second] -= amount;
            let assumed = !is_certain || !atoms[first].is_printed || !atoms[second].is_printed;
            out.extend(posting(&atoms[first].posting, &atoms[second].posting, amount, frame, assumed));
        }
        // Sums that do not agree leave the economic code open.
        for first in left {
            out.extend(posting(&atoms[first].posting, &Posting::default(), rest[first], frame, true));
        }
    }
    out.sort_by(|one, other| order(one).cmp(&order(other)));
    out
}

/// Basic expenditure, then the projects of each unit; in each the order of the codes.
fn order(posting: &Posting) -> (bool, bool, &str, &str, Code, Code) {
    let at = &posting.at;
    let is_over = at.stream == Stream::CarriedOut;
    (is_over, !at.project.is_empty(), &at.unit, &at.project, at.function, at.economic)
}

/// One posting of the draft; none for nothing.
fn posting(base: &Posting, economic: &Posting, amount: i128, frame: &Frame<'_>, assumed: bool) -> Option<Posting> {
    let fen = Fen::new(i64::try_from(amount).ok().filter(|fen| *fen != 0)?);
    let mut posting = base.clone();
    posting.at.economic = economic.at.economic;
    if economic.at.nature != Nature::All {
        posting.at.nature = economic.at.nature;
    }
    let at = &posting.at;
    let is_open = at.unit.is_empty() || at.function.is_all() || (at.nature == Nature::Project && at.project.is_empty());
    let is_open = is_open || (at.stream == Stream::Year && (at.economic.is_all() || at.nature == Nature::All));
    posting.assumed = assumed || is_open;
    match frame.which {
        Which::Now => posting.amount = fen,
        Which::Before => posting.previous = fen,
    }
    Some(posting)
}
