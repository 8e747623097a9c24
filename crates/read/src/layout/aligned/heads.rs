//! The head of a table without lines: which columns each title stands over.

use super::chunk::Chunk;
use super::columns::{Column, over};

/// A title with the columns it stands over.
#[derive(Clone, Debug)]
pub(super) struct Title {
    pub row: usize,
    pub first: usize,
    pub last: usize,
    pub lines: Vec<Chunk>,
}

impl Title {
    /// The line that others may stand over.
    fn top(&self) -> &Chunk {
        &self.lines[0]
    }

    /// The height of its middle.
    fn level(&self) -> i32 {
        (self.lines[0].baseline + self.lines[self.lines.len() - 1].baseline) / 2
    }

    /// A text that was broken has its longest lines first: a short word over a long one is a title of it.
    fn may_begin_with(&self, chunk: &Chunk) -> bool {
        (chunk.right - chunk.left) * 10 >= (self.top().right - self.top().left) * 6
    }
}

/// A head as it grows from its lowest line to the top.
struct Head<'a> {
    columns: &'a [Column],
    edges: &'a [i32],
    chunks: &'a [Chunk],
    /// Titles stand at the left of their cells, not in the middle.
    at_left: bool,
    titles: Vec<Title>,
    /// For each column the uppermost title over it.
    roofs: Vec<Option<usize>>,
}

/// The titles of a head, each in the row that it has below the titles over it.
pub(super) fn titles_of(columns: &[Column], edges: &[i32], chunks: &[Chunk], body: &[Chunk]) -> Vec<Title> {
    let at_left = |chunk: &&Chunk| body.iter().any(|other| (other.left - chunk.left).abs() * 4 <= chunk.size);
    let at_left = chunks.iter().filter(at_left).count() * 4 > chunks.len() * 3;
    let mut head = Head { columns, edges, chunks, at_left, titles: Vec::new(), roofs: vec![None; columns.len()] };
    let mut lowest_first: Vec<&Chunk> = chunks.iter().collect();
    lowest_first.sort_by_key(|chunk| (std::cmp::Reverse(chunk.baseline), chunk.left));
    for chunk in lowest_first {
        head.add(chunk);
    }
    let mut titles = head.titles;
    titles.reverse();
    let mut next = vec![0; columns.len()];
    for title in &mut titles {
        title.row = next[title.first..=title.last].iter().copied().max().unwrap_or(0);
        next[title.first..=title.last].fill(title.row + 1);
    }
    titles
}

impl Head<'_> {
    fn add(&mut self, chunk: &Chunk) {
        let at = self.column_at(if self.at_left { chunk.left + chunk.size / 2 } else { chunk.middle() });
        if let Some(roof) = self.roofs[at]
            && self.is_line_of(chunk, &self.titles[roof])
        {
            self.titles[roof].lines.insert(0, chunk.clone());
            return;
        }
        let (first, last) = self.reach(chunk, at);
        let same = self.roofs[first].filter(|roof| {
            let title = &self.titles[*roof];
            (title.first, title.last) == (first, last)
                && (title.may_begin_with(chunk) || title.top().is_level_with(chunk))
                && title.top().baseline - chunk.baseline < chunk.size * 5 / 2
        });
        match same {
            // Two titles of one line that fall on one column are one.
            Some(roof) if self.titles[roof].top().is_level_with(chunk) => self.titles[roof].lines[0].extend(chunk),
            // A title of one title alone would say nothing more: it is a line of it.
            Some(roof) => self.titles[roof].lines.insert(0, chunk.clone()),
            None => {
                self.roofs[first..=last].fill(Some(self.titles.len()));
                self.titles.push(Title { row: 0, first, last, lines: vec![chunk.clone()] });
            }
        }
    }

    fn column_at(&self, place: i32) -> usize {
        let inner = &self.edges[1..self.edges.len() - 1];
        inner.iter().take_while(|edge| **edge <= place).count()
    }

    /// The columns that have the title over a column in common.
    fn unit(&self, at: usize) -> (usize, usize) {
        self.roofs[at].map_or((at, at), |roof| (self.titles[roof].first, self.titles[roof].last))
    }

    fn width(&self, (first, last): (usize, usize)) -> i32 {
        self.edges[last + 1] - self.edges[first]
    }

    /// How far the middle of the title is from that of the columns, or from that of their own title.
    fn off(&self, chunk: &Chunk, (first, last): (usize, usize)) -> i32 {
        let off = (chunk.middle() - (self.edges[first] + self.edges[last + 1]) / 2).abs();
        let own = self.roofs[first].map(|roof| &self.titles[roof]).filter(|title| title.last >= last);
        own.map_or(off, |title| off.max((chunk.middle() - title.top().middle()).abs()))
    }

    /// The chunk is the line above the first one of a title.
    fn is_line_of(&self, chunk: &Chunk, title: &Title) -> bool {
        let top = title.top();
        let (step, size) = (top.baseline - chunk.baseline, chunk.size.max(top.size));
        let common = top.right.min(chunk.right) - top.left.max(chunk.left);
        let within = common * 2 > (chunk.right - chunk.left).min(top.right - top.left) && title.first == title.last;
        let under = (top.middle() - chunk.middle()).abs() * 2 <= chunk.size || top.left == chunk.left;
        let near = step * 10 <= size * if under { 17 } else { 14 } && (under || within);
        let fits = chunk.right - chunk.left <= self.width((title.first, title.last));
        near && fits
            && (title.first == title.last || title.may_begin_with(chunk))
            && !chunk.is_level_with(top)
            && !self.is_over_equals(chunk, title)
    }

    /// Beside the title stand others at the same height with nothing over them: the chunk is over all of them.
    fn is_over_equals(&self, chunk: &Chunk, title: &Title) -> bool {
        if self.at_left {
            return self.is_over_next(chunk, title);
        }
        let equal = |at: Option<usize>| {
            at.filter(|at| *at < self.columns.len()).and_then(|at| self.roofs[at]).is_some_and(|roof| {
                let other = &self.titles[roof];
                let (left, right) = (self.edges[other.first], self.edges[other.last + 1]);
                let bare = |over: &Chunk| over.baseline < other.top().baseline && over.is_beside(chunk);
                (other.level() - title.level()).abs() * 10 < title.top().size * 4
                    && !self.chunks.iter().any(|over| bare(over) && (left..right).contains(&over.middle()))
            })
        };
        equal(title.first.checked_sub(1)) && equal(Some(title.last + 1))
    }

    /// The title at the right begins at the same height with nothing over it.
    fn is_over_next(&self, chunk: &Chunk, title: &Title) -> bool {
        let next = self.roofs.get(title.last + 1).copied().flatten().map(|roof| &self.titles[roof]);
        next.is_some_and(|next| {
            let (left, right) = (self.edges[next.first], self.edges[next.last + 1]);
            let over = |other: &Chunk| other.is_beside(chunk) && (left..right).contains(&other.left);
            next.top().is_level_with(title.top()) && !self.chunks.iter().any(over)
        })
    }

    /// All columns from that of the chunk that have titles below its height.
    fn reach_from_left(&self, chunk: &Chunk, unit: (usize, usize), highest: usize) -> (usize, usize) {
        let Some(roof) = self.roofs[unit.0] else { return unit };
        let mut last = unit.1;
        while last < highest && self.is_over_next(chunk, &self.titles[self.roofs[last].unwrap_or(roof)]) {
            last = self.unit(last + 1).1;
        }
        (unit.0, last)
    }

    /// The columns that a chunk stands over: those it covers, and as many more as put it into the middle.
    fn reach(&self, chunk: &Chunk, at: usize) -> (usize, usize) {
        let unit = self.unit(at);
        let (lowest, highest) = self.limits(chunk, unit);
        if self.at_left {
            return self.reach_from_left(chunk, unit, highest);
        }
        let covered = over(self.columns, chunk).into_iter().filter(|column| {
            let column = self.columns[*column];
            chunk.right.min(column.right) - chunk.left.max(column.left) > chunk.size / 2
        });
        let covered: Vec<usize> = covered.filter(|column| (lowest..=highest).contains(column)).collect();
        let least = covered.iter().fold(unit, |(first, last), column| {
            let (left, right) = self.unit(*column);
            (first.min(left), last.max(right))
        });
        let centred = |title: &Title| (title.top().middle() - chunk.middle()).abs() <= chunk.size;
        let own = self.roofs[least.0].map(|roof| &self.titles[roof]);
        let equals = own.is_some_and(|title| centred(title) && self.is_over_equals(chunk, title));
        let least = if equals { (self.unit(least.0 - 1).0, self.unit(least.1 + 1).1) } else { least };
        let fits = chunk.right - chunk.left <= self.width(least);
        let leaf = (least.0..=least.1).all(|column| self.roofs[column].is_none());
        if leaf && fits && least.0 == least.1 {
            return least;
        }
        let firsts = (lowest.min(least.0)..=least.0).filter(|column| self.unit(*column).0 == *column);
        let ranges = firsts.flat_map(|first| (least.1..=highest.max(least.1)).map(move |last| (first, last)));
        let whole = ranges.filter(|(_, last)| self.unit(*last).1 == *last);
        // A title of many columns must be better in their middle than one of few, unless they have no other.
        let wanted = |(first, last): &(usize, usize)| {
            let narrow = self.width((*first, *last)) * 10 < (chunk.right - chunk.left) * 9;
            let headless = (*first..=*last).filter(|column| self.is_headless(*column)).count() as i32;
            let count = (last - first) as i32;
            let count = if equals { -count } else { count - 2 * headless };
            let left_out = self.left_out(chunk, (*first, *last), (lowest, highest)) as i32;
            (narrow, self.off(chunk, (*first, *last)) + count * chunk.size / 2 + left_out * chunk.size)
        };
        whole.min_by_key(wanted).unwrap_or(least)
    }

    /// How many titles beside the columns stand at the height of one over them with nothing above: had the chunk
    /// not been over them as well, they would stand higher.
    fn left_out(&self, chunk: &Chunk, (first, last): (usize, usize), (lowest, highest): (usize, usize)) -> usize {
        let roof = |column: usize| self.roofs[column].map(|roof| &self.titles[roof]);
        let like_inner = |title: &Title| {
            let mut inner = (first..=last).filter_map(roof);
            inner.any(|other| (other.level() - title.level()).abs() * 10 < chunk.size * 4)
        };
        let before = first.checked_sub(1).filter(|column| *column >= lowest);
        let after = Some(last + 1).filter(|column| *column <= highest);
        let beside = before.into_iter().chain(after).filter_map(roof);
        beside.filter(|title| !self.is_covered(title) && like_inner(title)).count()
    }

    /// Something stands over the title.
    fn is_covered(&self, title: &Title) -> bool {
        let (left, right) = (self.edges[title.first], self.edges[title.last + 1]);
        let above = |chunk: &&Chunk| chunk.baseline < title.top().baseline - chunk.size / 2;
        self.chunks.iter().filter(above).any(|chunk| (left..right).contains(&chunk.middle()))
    }

    /// No title stands over the column alone.
    fn is_headless(&self, column: usize) -> bool {
        let (left, right) = (self.edges[column], self.edges[column + 1]);
        !self.chunks.iter().any(|chunk| (left..right).contains(&chunk.middle()))
    }

    /// The first and the last column that the chunk may stand over: what stands beside it keeps its own.
    fn limits(&self, chunk: &Chunk, unit: (usize, usize)) -> (usize, usize) {
        let (mut lowest, mut highest) = (0, self.columns.len() - 1);
        let mut keep = |(first, last): (usize, usize)| {
            if last < unit.0 {
                lowest = lowest.max(last + 1);
            } else if first > unit.1 {
                highest = highest.min(first - 1);
            }
        };
        for other in self.chunks.iter().filter(|other| other.is_beside(chunk)) {
            let at = self.column_at(if self.at_left { other.left + other.size / 2 } else { other.middle() });
            keep((at, at));
        }
        for title in &self.titles {
            let beside = title.lines.iter().any(|line| line.is_beside(chunk));
            if beside || title.top().baseline < chunk.baseline {
                keep((title.first, title.last));
            }
        }
        (lowest, highest)
    }
}
