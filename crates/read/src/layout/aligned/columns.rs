//! The columns of a table without lines: what the cells of all rows cover, put together.

use super::chunk::Chunk;

/// White at the right of amounts up to the edge of their cells, in hundredths of a point.
const AFTER_AMOUNT: i32 = 300;

/// From where to where the cells of a column reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub left: i32,
    pub right: i32,
    /// Most of its cells are numbers.
    pub numeric: bool,
    /// Its numbers stand at the right of their cells.
    pub at_right: bool,
    /// It has a head and no cell below it.
    pub empty: bool,
}

impl Column {
    pub(super) fn span(&self) -> (i32, i32) {
        (self.left, self.right)
    }
}

/// The columns that the cells below the head show; a head that stands over none has one of its own.
pub(super) fn columns_of(head: &[Chunk], body: &[Chunk]) -> Vec<Column> {
    let numbers: Vec<(i32, i32)> = body.iter().filter(|chunk| chunk.number).map(span).collect();
    let amounts = put_together(numbers);
    // The label of a sum often stands in the middle of several columns: words over numbers put nothing together.
    let words = body.iter().filter(|chunk| !chunk.number && !amounts.iter().any(|column| chunk.is_over(*column)));
    let spans = put_together(words.map(span).chain(amounts.iter().copied()).collect());
    let mut columns: Vec<Column> = spans
        .into_iter()
        .map(|(left, right)| Column { left, right, numeric: false, at_right: false, empty: false })
        .collect();
    for chunk in body {
        if let [only] = over(&columns, chunk)[..] {
            widen(&mut columns[only], chunk);
        }
    }
    for column in &mut columns {
        column.numeric = is_numeric(*column, body);
    }
    join_strays(&mut columns, head, body);
    for column in &mut columns {
        column.at_right = is_at_right(*column, head, body);
    }
    add_heads(&mut columns, head);
    columns
}

/// Words that begin at one place count once: what stands in the middle over a column of amounts is no word of it.
fn is_numeric(column: Column, body: &[Chunk]) -> bool {
    let here = || body.iter().filter(|chunk| chunk.is_over(column.span()));
    let mut words: Vec<i32> = here().filter(|chunk| !chunk.number).map(|chunk| chunk.left).collect();
    words.sort_unstable();
    words.dedup_by(|next, before| *next - *before < 100);
    let numbers = here().filter(|chunk| chunk.number).count();
    let all_words = here().count() - numbers;
    numbers > words.len() && numbers * 2 >= all_words
}

/// The columns that a chunk stands over.
pub(super) fn over(columns: &[Column], chunk: &Chunk) -> Vec<usize> {
    (0..columns.len()).filter(|at| chunk.is_over(columns[*at].span())).collect()
}

/// Edges of columns: half way between them, but close to amounts, which stand at the right of their cells.
/// A last column that has only a head has it in its middle.
pub(super) fn edges_of(columns: &[Column], left: i32, right: i32) -> Vec<i32> {
    let between = columns.windows(2).map(|pair| {
        let half = (pair[1].left - pair[0].right) / 2;
        pair[0].right + if pair[0].at_right { half.min(AFTER_AMOUNT) } else { half }
    });
    let mut edges: Vec<i32> = std::iter::once(left).chain(between).collect();
    let empty = columns.last().filter(|column| column.empty);
    let centred = empty.map_or(right, |column| column.left + column.right - edges[edges.len() - 1]);
    edges.push(right.max(centred));
    edges
}

/// The amounts of a column end at one place, and their head stands farther to the left.
fn is_at_right(column: Column, head: &[Chunk], body: &[Chunk]) -> bool {
    let amounts = || body.iter().filter(|chunk| chunk.number && chunk.is_over(column.span()));
    let printed = amounts().any(|chunk| chunk.letters.iter().any(|letter| ".,".contains(letter.character)));
    let aligned = amounts().all(|chunk| (column.right - chunk.right) * 3 <= chunk.size);
    let widest = amounts().map(|chunk| chunk.left).min().unwrap_or(column.left);
    let middle = (widest + column.right) / 2;
    let centred = head.iter().any(|chunk| (chunk.middle() - middle).abs() * 2 <= chunk.size);
    column.numeric && printed && aligned && !centred
}

fn span(chunk: &Chunk) -> (i32, i32) {
    (chunk.left, chunk.right)
}

fn widen(column: &mut Column, chunk: &Chunk) {
    column.left = column.left.min(chunk.left);
    column.right = column.right.max(chunk.right);
}

fn put_together(mut spans: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
    spans.sort_unstable();
    let mut columns: Vec<(i32, i32)> = Vec::new();
    for (left, right) in spans {
        match columns.last_mut() {
            Some((_, end)) if left < *end => *end = (*end).max(right),
            _ => columns.push((left, right)),
        }
    }
    columns
}

/// A label in the middle of its column may stand beside all the names at the left of it: two columns of
/// words are one when no row has words in both and they have no two heads.
fn join_strays(columns: &mut Vec<Column>, head: &[Chunk], body: &[Chunk]) {
    let mut at = 1;
    while at < columns.len() {
        let (left, right) = (columns[at - 1], columns[at]);
        let near = right.left - left.right < 10 * body.first().map_or(0, |chunk| chunk.size);
        let words = near && !left.numeric && !right.numeric && is_stray(left, right, head, body);
        if words || is_over_amounts(left, right, head, body) {
            columns[at - 1].right = right.right;
            columns.remove(at);
            columns[at - 1].numeric = is_numeric(columns[at - 1], body);
        } else {
            at += 1;
        }
    }
}

/// Labels at the left of amounts in no row of theirs, where only one head stands over both: they are in the
/// middle of a column that the amounts are at the right of.
fn is_over_amounts(left: Column, right: Column, head: &[Chunk], body: &[Chunk]) -> bool {
    let over = |chunks: &[Chunk], column: Column| -> Vec<Chunk> {
        chunks.iter().filter(|chunk| chunk.is_over(column.span())).cloned().collect()
    };
    let (labels, amounts) = (over(body, left), over(body, right));
    let in_one_row = labels.iter().any(|chunk| amounts.iter().any(|other| chunk.is_beside(other)));
    let lowest = over(head, left).into_iter().max_by_key(|chunk| chunk.baseline);
    let level = |chunk: &Chunk| lowest.as_ref().is_some_and(|lowest| chunk.is_beside(lowest));
    let headless = lowest.is_some() && !over(head, right).iter().any(level);
    !left.numeric && right.numeric && !in_one_row && headless && labels.len() <= amounts.len()
}

fn is_stray(left: Column, right: Column, head: &[Chunk], body: &[Chunk]) -> bool {
    let of = |chunks: &[Chunk], column: Column, other: Column| -> Vec<Chunk> {
        let only = |chunk: &&Chunk| chunk.is_over(column.span()) && !chunk.is_over(other.span());
        chunks.iter().filter(only).cloned().collect()
    };
    let (lefts, rights) = (of(body, left, right), of(body, right, left));
    let in_one_row = lefts.iter().any(|chunk| rights.iter().any(|other| chunk.is_beside(other)));
    let few = lefts.len().min(rights.len());
    let headed = |column: Column, other: Column| !of(head, column, other).is_empty();
    // What begins farther to the left than all names is a column of its own.
    let outdented = lefts.len() < rights.len() && lefts.iter().any(|chunk| right.left - chunk.right > chunk.size);
    let rare = few * 3 <= lefts.len().max(rights.len()).max(3 * usize::from(few == 1));
    let two_heads = headed(left, right) && headed(right, left);
    rare && !in_one_row && !outdented && !two_heads
}

/// A head in the middle of its column misses amounts that stand at the right of theirs; one over a column
/// without any amount makes it known.
fn add_heads(columns: &mut Vec<Column>, head: &[Chunk]) {
    let mut lowest_first: Vec<&Chunk> = head.iter().collect();
    lowest_first.sort_by_key(|chunk| std::cmp::Reverse(chunk.baseline));
    for chunk in lowest_first {
        let reached = over(columns, chunk);
        if joins_others(columns, head, chunk) || reached.len() > 1 {
            continue;
        }
        if let [only] = reached[..] {
            // The lines of the head tell how wide a column without amounts is.
            if columns[only].empty {
                widen(&mut columns[only], chunk);
            }
            continue;
        }
        match bare_beside(columns, head, chunk) {
            Some(at) => widen(&mut columns[at], chunk),
            None => columns.push(Column {
                left: chunk.left,
                right: chunk.right,
                numeric: true,
                at_right: false,
                empty: true,
            }),
        }
        columns.sort_unstable_by_key(Column::span);
        overlapping_once(columns);
    }
}

/// The column at the left or the right of a head that has none itself, unless another head is nearer to it.
fn bare_beside(columns: &[Column], head: &[Chunk], chunk: &Chunk) -> Option<usize> {
    // A title of several columns leaves them bare; at the right of amounts nobody looks for their head when
    // there is anything over them.
    let bare = |column: &Column| {
        let above = column.numeric && column.right <= chunk.left;
        let counts = |other: &&Chunk| above || other.baseline > chunk.baseline - chunk.size;
        !head.iter().filter(counts).any(|other| other.is_over(column.span()))
    };
    let nearest = |at: &usize| {
        let (column, own) = (columns[*at], away(columns[*at], chunk));
        let gap = (column.left - chunk.right).max(chunk.left - column.right);
        let alone =
            |other: &&Chunk| other.left != chunk.left && over(columns, other).is_empty() && !is_title(head, other);
        gap < 24 * chunk.size && !head.iter().filter(alone).any(|other| away(column, other) < own)
    };
    let before = columns.iter().rposition(|column| column.right <= chunk.left);
    let after = columns.iter().position(|column| column.left >= chunk.right);
    let beside = before.into_iter().chain(after).filter(|at| bare(&columns[*at]) && nearest(at));
    beside.min_by_key(|at| away(columns[*at], chunk))
}

/// Below the head, or at both sides below it, stand others: it says what they have in common.
fn is_title(head: &[Chunk], chunk: &Chunk) -> bool {
    let lower = |other: &&Chunk| other.baseline > chunk.baseline && !other.is_beside(chunk);
    if head.iter().filter(lower).any(|other| other.is_over((chunk.left, chunk.right))) {
        return true;
    }
    let around = || head.iter().filter(|other| lower(other) || other.is_beside(chunk));
    let left = around().filter(|other| other.right <= chunk.left).max_by_key(|other| other.right);
    let right = around().filter(|other| other.left >= chunk.right).min_by_key(|other| other.left);
    left.as_ref().is_some_and(lower) && right.as_ref().is_some_and(lower)
}

/// How far a head stands beside a column. Amounts stand at the right of their cells, so that their head is
/// at the left of them rather than at the right.
fn away(column: Column, chunk: &Chunk) -> i32 {
    (column.left - chunk.right).max((chunk.left - column.right) * 2)
}

/// Columns that a head has made touch are one.
fn overlapping_once(columns: &mut Vec<Column>) {
    columns.dedup_by(|next, column| {
        let touches = next.left < column.right;
        if touches {
            column.right = column.right.max(next.right);
            column.numeric |= next.numeric;
            column.empty &= next.empty;
        }
        touches
    });
}

/// The head stands over the white between two columns that have heads of their own below it: it is the
/// title of both.
fn joins_others(columns: &[Column], head: &[Chunk], chunk: &Chunk) -> bool {
    let left = columns.iter().rev().find(|column| column.right <= chunk.left);
    let right = columns.iter().find(|column| column.left >= chunk.right);
    let free = |column: &Column| {
        let heads = || head.iter().filter(|other| other.is_over(column.span()));
        !heads().any(|other| other.is_beside(chunk)) && heads().any(|other| other.baseline > chunk.baseline)
    };
    left.is_some_and(free) && right.is_some_and(free)
}

/// Words that fill their cell run into those of the next one. Where other rows have words at the left of a
/// place and begin anew there, the chunk is cut at it.
pub(super) fn cut(chunks: Vec<Chunk>) -> Vec<Chunk> {
    let begins = |chunk: &Chunk, place: i32, left: i32| {
        let before = |other: &&Chunk| other.is_level_with(chunk) && other.right <= chunk.left && other.left >= left;
        (chunk.left - place).abs() * 8 <= chunk.size && chunks.iter().any(|other| before(&other))
    };
    let cut_at = |chunk: &Chunk| {
        let left = chunk.left - chunk.size / 2;
        (2..chunk.letters.len().saturating_sub(1)).find(|at| {
            let place = chunk.letters[*at].area.left;
            !chunk.number && chunks.iter().filter(|other| !other.number && begins(other, place, left)).count() >= 2
        })
    };
    let mut parts = Vec::new();
    for chunk in &chunks {
        match cut_at(chunk) {
            Some(at) => parts.extend([Chunk::new(&chunk.letters[..at]), Chunk::new(&chunk.letters[at..])]),
            None => parts.push(chunk.clone()),
        }
    }
    parts
}
