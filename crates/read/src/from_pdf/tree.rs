//! The tree of pages, counted before the library builds it: a tree whose branches share their twigs
//! has few objects and more pages than any memory holds.

use super::objects::{Objects, items};
use hayro_syntax::object::dict::keys::{KIDS, PAGES};
use hayro_syntax::object::{Array, Dict, FromBytes, MaybeRef, Object};
use std::collections::BTreeMap;

/// Honest trees are two to four deep.
const DEPTH: usize = 40;

/// What is wrong with a tree.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// The object is a branch of itself.
    Circle(i32),
    /// More pages, or more levels, than the limit.
    TooLarge,
}

/// The branches of a file: what the dictionaries with `/Kids` name.
#[derive(Default)]
pub(super) struct Tree {
    kids: BTreeMap<i32, Vec<Branch>>,
    roots: Vec<i32>,
}

/// What stands in one list of kids.
#[derive(Default)]
struct Branch {
    references: Vec<i32>,
    /// The list is an object of its own.
    list: Option<i32>,
    /// Dictionaries that stand in the list itself.
    inside: Vec<Branch>,
}

impl Tree {
    /// Takes down what a dictionary says of pages.
    pub(super) fn add(&mut self, number: i32, dict: &Dict<'_>) {
        if let Some(pages) = dict.get_ref(PAGES) {
            self.roots.push(pages.obj_number);
        }
        if dict.contains_key(KIDS) {
            self.kids.entry(number).or_default().push(branch(dict, 0));
        }
    }

    /// The same for every object of an unpacked stream of objects.
    pub(super) fn add_stream(&mut self, data: &[u8], first: usize, count: usize) {
        let mut numbers = data[..first.min(data.len())]
            .split(|byte| byte.is_ascii_whitespace() || *byte == 0)
            .filter(|word| !word.is_empty())
            .map_while(|word| std::str::from_utf8(word).ok()?.parse::<usize>().ok());
        for _ in 0..count {
            let (Some(number), Some(place)) = (numbers.next(), numbers.next()) else { break };
            let object = first.checked_add(place).and_then(|at| data.get(at..)).unwrap_or_default();
            let blanks = object.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if !object[blanks..].starts_with(b"<<") {
                continue;
            }
            if let (Ok(number), Some(dict)) = (i32::try_from(number), Dict::from_bytes(&object[blanks..])) {
                self.add(number, &dict);
            }
        }
    }

    /// Counts the pages below every root.
    pub(super) fn check(&self, objects: &Objects<'_>, limit: u64) -> Result<(), Wrong> {
        let mut counter = Counter { tree: self, objects, limit, known: BTreeMap::new() };
        self.roots.iter().try_for_each(|root| counter.pages(*root, 0).map(|_| ()))
    }
}

fn branch(dict: &Dict<'_>, depth: usize) -> Branch {
    match dict.get_raw::<Array<'_>>(KIDS) {
        Some(MaybeRef::Ref(reference)) => Branch { list: Some(reference.obj_number), ..Branch::default() },
        Some(MaybeRef::NotRef(array)) => branch_of(&array, depth),
        None => Branch::default(),
    }
}

fn branch_of(array: &Array<'_>, depth: usize) -> Branch {
    let mut found = Branch::default();
    for item in items(array) {
        match item {
            MaybeRef::Ref(reference) => found.references.push(reference.obj_number),
            MaybeRef::NotRef(Object::Dict(dict)) if depth < DEPTH => found.inside.push(branch(&dict, depth + 1)),
            MaybeRef::NotRef(_) => {}
        }
    }
    found
}

struct Counter<'t> {
    tree: &'t Tree,
    objects: &'t Objects<'t>,
    limit: u64,
    /// Pages below an object; `None` while it is being counted.
    known: BTreeMap<i32, Option<u64>>,
}

impl Counter<'_> {
    fn pages(&mut self, number: i32, depth: usize) -> Result<u64, Wrong> {
        match self.known.get(&number) {
            Some(None) => return Err(Wrong::Circle(number)),
            Some(Some(pages)) => return Ok(*pages),
            None => {}
        }
        if depth > DEPTH {
            return Err(Wrong::TooLarge);
        }
        let tree = self.tree;
        let Some(branches) = tree.kids.get(&number) else { return Ok(1) };
        self.known.insert(number, None);
        let mut most = 0;
        for branch in branches {
            most = most.max(self.below(branch, depth)?);
        }
        self.known.insert(number, Some(most));
        Ok(most)
    }

    fn below(&mut self, branch: &Branch, depth: usize) -> Result<u64, Wrong> {
        let mut pages: u64 = 0;
        let mut add = |more: u64, limit: u64| {
            pages = pages.saturating_add(more);
            if pages > limit { Err(Wrong::TooLarge) } else { Ok(()) }
        };
        for reference in &branch.references {
            add(self.pages(*reference, depth + 1)?, self.limit)?;
        }
        for inside in &branch.inside {
            add(self.below(inside, depth + 1)?.max(1), self.limit)?;
        }
        for list in branch.list.iter().flat_map(|list| self.objects.at_number::<Array<'_>>(*list)) {
            add(self.below(&branch_of(&list, depth), depth)?, self.limit)?;
        }
        Ok(pages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &[u8]) -> Result<(), Wrong> {
        let objects = Objects::find(file);
        let mut tree = Tree::default();
        for (name, at) in &objects.heads {
            if let (Some(dict), _) = objects.dict_at(*at) {
                tree.add(name.obj_number, &dict);
            }
        }
        tree.check(&objects, 1_000)
    }

    #[test]
    fn circles_and_shared_twigs_are_found() {
        let catalog = "1 0 obj<</Pages 2 0 R>>endobj ";
        assert_eq!(check(format!("{catalog}2 0 obj<</Kids[3 0 R 4 0 R]>>endobj").as_bytes()), Ok(()));
        let circle =
            format!("{catalog}2 0 obj<</Kids[3 0 R]>>endobj 3 0 obj<</Kids 4 0 R>>endobj 4 0 obj[2 0 R]endobj");
        assert_eq!(check(circle.as_bytes()), Err(Wrong::Circle(2)));
        let shared: String = (2..30).map(|at| format!("{at} 0 obj<</Kids[{0} 0 R {0} 0 R]>>endobj ", at + 1)).collect();
        assert_eq!(check(format!("{catalog}{shared}").as_bytes()), Err(Wrong::TooLarge));
        let deep: String = (2..90).map(|at| format!("{at} 0 obj<</Kids[{} 0 R]>>endobj ", at + 1)).collect();
        assert_eq!(check(format!("{catalog}{deep}").as_bytes()), Err(Wrong::TooLarge));
    }
}
