use crate::axes::{Book, Measure, Nature, Phase, Stream, Tree};
use crate::code::Code;
use std::fmt;

/// What a figure is about. An absent coordinate means *all of it*.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Coordinates {
    /// What is measured.
    pub measure: Measure,
    /// Budget or final accounts.
    pub phase: Phase,
    /// The year, 0 when not known.
    pub year: i16,
    /// The whole, this year's own, or carried over.
    pub stream: Stream,
    /// Which budget or source.
    pub book: Book,
    /// Basic or project expenditure.
    pub nature: Nature,
    /// Function code (支出功能分类).
    pub function: Code,
    /// Economic code (支出经济分类).
    pub economic: Code,
    /// Item of a closed list, or a procurement code.
    pub item: Code,
    /// Budget unit by name; empty for the whole department.
    pub unit: String,
    /// Project by name; empty for all.
    pub project: String,
}

/// An axis along which a whole may be divided into parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Stream and book together: where the money comes from.
    Flow,
    /// Basic and project.
    Nature,
    /// Function codes.
    Function,
    /// Economic codes.
    Economic,
    /// Items or procurement codes.
    Item,
    /// Budget units.
    Unit,
    /// Projects.
    Project,
}

impl Axis {
    /// The word used in relation keys.
    pub const fn word(self) -> &'static str {
        match self {
            Axis::Flow => "source",
            Axis::Nature => "nature",
            Axis::Function => "function",
            Axis::Economic => "economic",
            Axis::Item => "item",
            Axis::Unit => "unit",
            Axis::Project => "project",
        }
    }
}

impl Coordinates {
    /// True when `self` is the same as `whole` or a part of it, along any number of axes.
    pub fn within(&self, whole: &Coordinates) -> bool {
        self.same_frame(whole) && self.stream.within(whole.stream) && self.axes_within(whole)
    }

    /// True when `self` lies within `whole` on every axis but measure, phase, year and stream.
    pub fn axes_within(&self, whole: &Coordinates) -> bool {
        self.book.within(whole.book)
            && self.nature.within(whole.nature)
            && self.function.within(&whole.function)
            && self.economic.within(&whole.economic)
            && self.item.within(&whole.item)
            && self.unit_within(whole)
            && name_within(&self.project, &whole.project)
    }

    /// True when `self` speaks of the unit of `whole`.
    pub fn unit_within(&self, whole: &Coordinates) -> bool {
        name_within(&self.unit, &whole.unit)
    }

    /// The one axis along which `self` is a proper part of `whole`; `None` when there is
    /// no such axis or more than one.
    pub fn part_along(&self, whole: &Coordinates) -> Option<Axis> {
        if !self.within(whole) {
            return None;
        }
        let mut found = None;
        for (axis, differs) in self.differences(whole) {
            if differs && found.replace(axis).is_some() {
                return None;
            }
        }
        found
    }

    /// The axes with a mark whether the two differ on them.
    fn differences(&self, other: &Coordinates) -> [(Axis, bool); 7] {
        [
            (Axis::Flow, self.stream != other.stream || self.book != other.book),
            (Axis::Nature, self.nature != other.nature),
            (Axis::Function, self.function != other.function),
            (Axis::Economic, self.economic != other.economic),
            (Axis::Item, self.item != other.item),
            (Axis::Unit, self.unit != other.unit),
            (Axis::Project, self.project != other.project),
        ]
    }

    /// What both speak of; `None` when they have nothing in common.
    pub fn meet(&self, other: &Coordinates) -> Option<Coordinates> {
        Some(Coordinates {
            measure: self.measure.meet(other.measure)?,
            phase: self.phase,
            year: meet_by(self.year, other.year, |a, b| b == 0 || a == b)?,
            stream: self.stream.meet(other.stream)?,
            book: self.book.meet(other.book)?,
            nature: self.nature.meet(other.nature)?,
            function: meet_by(self.function, other.function, |a, b| a.within(&b))?,
            economic: meet_by(self.economic, other.economic, |a, b| a.within(&b))?,
            item: meet_by(self.item, other.item, |a, b| a.within(&b))?,
            unit: meet_names(&self.unit, &other.unit)?,
            project: meet_names(&self.project, &other.project)?,
        })
    }

    /// `self` with every axis that `facets` names set to its value.
    pub fn with(mut self, facets: &Facets) -> Coordinates {
        facets.apply(&mut self);
        self
    }

    /// `self` without the axes that its measure does not have: the three public expenses,
    /// procurement, staff and vehicles are told apart by item only.
    pub fn narrowed(mut self) -> Coordinates {
        if !matches!(self.measure, Measure::Revenue | Measure::Expenditure | Measure::Unknown) {
            self.stream = Stream::All;
            self.book = Book::All;
            self.nature = Nature::All;
            self.function = Code::ALL;
            // 机关运行经费 is printed by economic codes.
            if self.measure != Measure::OperatingCost {
                self.economic = Code::ALL;
            }
        }
        self
    }

    fn same_frame(&self, other: &Coordinates) -> bool {
        self.measure == other.measure && self.phase == other.phase && self.year == other.year
    }
}

/// One of the two where it lies within the other.
fn meet_by<T: Copy>(left: T, right: T, within: impl Fn(T, T) -> bool) -> Option<T> {
    if within(left, right) {
        Some(left)
    } else if within(right, left) {
        Some(right)
    } else {
        None
    }
}

/// Parts the levels of a name: a line of an outline is named by the lines above it and its own.
pub const PART: &str = "›";

fn name_within(part: &str, whole: &str) -> bool {
    whole.is_empty() || part.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with(PART))
}

fn meet_names(left: &str, right: &str) -> Option<String> {
    match (left.is_empty(), right.is_empty()) {
        (true, _) => Some(right.to_string()),
        (_, true) => Some(left.to_string()),
        _ if name_within(left, right) => Some(left.to_string()),
        _ => name_within(right, left).then(|| right.to_string()),
    }
}

/// Some of the coordinates: what a word of a header, a row label or a sentence says.
///
/// Written in lexicon files as `book=general nature=basic`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// What is measured.
    pub measure: Option<Measure>,
    /// Budget or final accounts.
    pub phase: Option<Phase>,
    /// The year.
    pub year: Option<i16>,
    /// The whole, this year's own, or carried over.
    pub stream: Option<Stream>,
    /// Which budget or source.
    pub book: Option<Book>,
    /// Basic or project expenditure.
    pub nature: Option<Nature>,
    /// Function code.
    pub function: Option<Code>,
    /// Economic code.
    pub economic: Option<Code>,
    /// Item of a closed list.
    pub item: Option<Code>,
}

/// What is wrong with a line of facets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FacetsError {
    /// Not of the form `axis=value`.
    #[error("`{0}` is not of the form axis=value")]
    Shape(String),
    /// No such axis.
    #[error("there is no axis `{0}`; axes are measure, phase, year, stream, book, nature, function, economic, item")]
    Axis(String),
    /// No such value on the axis.
    #[error("`{value}` is no value of the axis `{axis}`")]
    Value {
        /// The axis named.
        axis: String,
        /// The value that is not on it.
        value: String,
    },
}

impl Facets {
    /// Reads `axis=value` pairs separated by blanks.
    pub fn parse(text: &str) -> Result<Facets, FacetsError> {
        let mut facets = Facets::default();
        for pair in text.split_whitespace() {
            let (axis, value) = pair.split_once('=').ok_or_else(|| FacetsError::Shape(pair.into()))?;
            let known = match axis {
                "measure" => store(&mut facets.measure, Measure::from_word(value)),
                "phase" => store(&mut facets.phase, Phase::from_word(value)),
                "year" => store(&mut facets.year, value.parse().ok()),
                "stream" => store(&mut facets.stream, Stream::from_word(value)),
                "book" => store(&mut facets.book, Book::from_word(value)),
                "nature" => store(&mut facets.nature, Nature::from_word(value)),
                "function" => store(&mut facets.function, Code::new(value)),
                "economic" => store(&mut facets.economic, Code::new(value)),
                "item" => store(&mut facets.item, Code::new(value)),
                other => return Err(FacetsError::Axis(other.into())),
            };
            if !known {
                return Err(FacetsError::Value { axis: axis.into(), value: value.into() });
            }
        }
        Ok(facets)
    }

    /// True when nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Facets::default()
    }

    /// Sets every named axis of `at`.
    pub fn apply(&self, at: &mut Coordinates) {
        set(&mut at.measure, self.measure);
        set(&mut at.phase, self.phase);
        set(&mut at.year, self.year);
        set(&mut at.stream, self.stream);
        set(&mut at.book, self.book);
        set(&mut at.nature, self.nature);
        set(&mut at.function, self.function);
        set(&mut at.economic, self.economic);
        set(&mut at.item, self.item);
    }

    /// Adds what `other` says; where both speak of one axis, `other` wins.
    pub fn merge(&mut self, other: &Facets) {
        merge(&mut self.measure, other.measure);
        merge(&mut self.phase, other.phase);
        merge(&mut self.year, other.year);
        merge(&mut self.stream, other.stream);
        merge(&mut self.book, other.book);
        merge(&mut self.nature, other.nature);
        merge(&mut self.function, other.function);
        merge(&mut self.economic, other.economic);
        merge(&mut self.item, other.item);
    }
}

fn store<T>(slot: &mut Option<T>, value: Option<T>) -> bool {
    *slot = value;
    slot.is_some()
}

fn set<T: Copy>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

fn merge<T: Copy>(slot: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *slot = value;
    }
}

impl fmt::Display for Coordinates {
    /// The axes that are set, as in lexicon files, with unit and project at the end.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.measure.word(), self.year, self.phase.word())?;
        if self.stream != Stream::All {
            write!(out, " stream={}", self.stream.word())?;
        }
        if self.book != Book::All {
            write!(out, " book={}", self.book.word())?;
        }
        if self.nature != Nature::All {
            write!(out, " nature={}", self.nature.word())?;
        }
        for (name, code) in [("function", self.function), ("economic", self.economic), ("item", self.item)] {
            if !code.is_all() {
                write!(out, " {name}={code}")?;
            }
        }
        for (name, value) in [("unit", &self.unit), ("project", &self.project)] {
            if !value.is_empty() {
                write!(out, " {name}={value}")?;
            }
        }
        Ok(())
    }
}
