use gouji_model::{Coordinates, Printed, Span};

/// A sentence of the prose.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// The sentence without blanks, punctuation in half width.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Index of the heading it stands under, in `Statement::headings`.
    pub heading: Option<usize>,
    /// Number of its paragraph; sentences of one paragraph share it.
    pub paragraph: u32,
    /// For each byte of the text, the byte of the file where its character begins.
    pub(crate) origin: Vec<u32>,
}

impl Sentence {
    /// Where a part of the text stands, given as a range of its bytes.
    pub fn part(&self, range: std::ops::Range<usize>) -> Span {
        let at = |byte: usize| self.origin.get(byte).copied().unwrap_or(self.span.end);
        Span { file: self.span.file, start: at(range.start), end: at(range.end) }
    }
}

/// Something a sentence asserts about a figure.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What it asserts.
    pub kind: ClaimKind,
    /// What it is about; `None` when that could not be made out.
    pub at: Option<Coordinates>,
    /// The words that name the subject.
    pub subject: String,
    /// From the words that name the subject to the end of the claim.
    pub span: Span,
    /// The figure or word itself.
    pub mark: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// The claim (by index) that this one refines, compares or divides: the amount that a
    /// change, growth or share speaks of, the whole that a part belongs to.
    pub of: Option<usize>,
    /// The list it stands in is introduced by 其中: parts need not be complete.
    pub partial: bool,
}

/// What a claim asserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimKind {
    /// It is so much.
    Amount(Printed),
    /// There are so many (with the noun).
    Count {
        /// How many.
        number: i64,
        /// The words counted, as far as they stand next to the number.
        noun: String,
    },
    /// It changed by so much against another year.
    Change {
        /// Which way.
        direction: Direction,
        /// By how much.
        amount: Printed,
        /// Compared with which year, where that is said.
        base_year: Option<i16>,
    },
    /// It changed by so many percent.
    Growth {
        /// Which way.
        direction: Direction,
        /// By how many percent.
        percent: Printed,
        /// Compared with which year, where that is said.
        base_year: Option<i16>,
    },
    /// It is so many percent of the whole.
    Share(Printed),
    /// It did not change against another year.
    Unchanged {
        /// Compared with which year, where that is said.
        base_year: Option<i16>,
    },
    /// The final figure is greater than, less than or equal to the budgeted one.
    Weighed(std::cmp::Ordering),
    /// The final figure is so many percent of the budgeted one.
    Completion(Printed),
    /// There is none of it.
    Nothing,
    /// Names given one by one.
    Names(Vec<(String, Span)>),
    /// 详见表X
    Citation(String),
}

/// Which way a figure went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// 增加, 增长
    Up,
    /// 减少, 下降
    Down,
}

impl Direction {
    /// +1 or −1.
    pub const fn sign(self) -> i64 {
        match self {
            Direction::Up => 1,
            Direction::Down => -1,
        }
    }

    /// The other one.
    pub const fn opposite(self) -> Direction {
        match self {
            Direction::Up => Direction::Down,
            Direction::Down => Direction::Up,
        }
    }
}
