//! What differs between two budgets, or between a report and the books: plain lines with both amounts.

/// Along what two budgets are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// 总计: revenue, expenditure and its parts.
    Total,
    /// 单位.
    Unit,
    /// 功能科目.
    Function,
    /// 经济科目.
    Economic,
    /// 项目.
    Project,
    /// 三公.
    ThreePublic,
    /// 采购.
    Procurement,
    /// 编制、人员、车辆、设备: numbers, not money.
    Count,
}

/// One line: what it is, and both amounts; in fen, or a number of things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Along what.
    pub section: Section,
    /// Its code; empty where it has none.
    pub code: String,
    /// Its name.
    pub name: String,
    /// In the first; `None` where it does not stand there.
    pub before: Option<i128>,
    /// In the second.
    pub after: Option<i128>,
    /// Both are roundings of one amount.
    pub is_rounding: bool,
}

impl Change {
    /// The second less the first.
    pub fn change(&self) -> i128 {
        self.after.unwrap_or(0) - self.before.unwrap_or(0)
    }

    /// True when the two say the same.
    pub fn is_same(&self) -> bool {
        self.is_rounding || self.change() == 0
    }

    /// True for money; false for a number of things.
    pub fn is_money(&self) -> bool {
        self.section != Section::Count
    }
}

/// How many lines of a section differ, and what they add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Lines that differ.
    pub changed: usize,
    /// Lines that do not.
    pub same: usize,
    /// All of the first.
    pub before: i128,
    /// All of the second.
    pub after: i128,
}

/// All lines of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The lines; within a section those of the largest change first.
    pub lines: Vec<Change>,
    /// The lines of a section are parts of one whole, so that they add up.
    pub adds_up: bool,
    /// Figures of the report that the other side does not have.
    pub not_shared: usize,
}

impl Changes {
    /// Orders the lines: sections, then the largest change, then code and name.
    pub fn sorted(mut self) -> Changes {
        let key = |line: &Change| (line.section, -line.change().abs(), line.code.clone(), line.name.clone());
        self.lines.sort_by_key(key);
        self
    }

    /// The sections that have lines, in order.
    pub fn sections(&self) -> Vec<Section> {
        let mut sections: Vec<Section> = self.lines.iter().map(|line| line.section).collect();
        sections.sort();
        sections.dedup();
        sections
    }

    /// The lines of a section that differ.
    pub fn changed(&self, section: Section) -> impl Iterator<Item = &Change> {
        self.lines.iter().filter(move |line| line.section == section && !line.is_same())
    }

    /// What the lines of a section add up to.
    pub fn tally(&self, section: Section) -> Tally {
        let mut tally = Tally::default();
        for line in self.lines.iter().filter(|line| line.section == section) {
            tally.changed += usize::from(!line.is_same());
            tally.same += usize::from(line.is_same());
            tally.before += line.before.unwrap_or(0);
            tally.after += line.after.unwrap_or(0);
        }
        tally
    }

    /// True when nothing differs.
    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(Change::is_same)
    }
}
