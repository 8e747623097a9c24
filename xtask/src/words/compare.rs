//! Number by number: what poppler sees on a page and what was read there.

use super::ours::Ours;
use super::shown;
use crate::numbers::bare;
use crate::poppler::{self, Page, Printed};
use gouji_read::Area;
use std::collections::BTreeMap;
use std::path::Path;

/// One page compared.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub file: String,
    /// From 1.
    pub page: usize,
    /// Numbers that poppler sees.
    pub printed: usize,
    /// Numbers that are the same at the same place.
    pub same: usize,
    /// Numbers that one of the two reads in one piece and the other in several.
    pub pieces: Vec<String>,
    /// Numbers of page numbers and running heads, which `read` leaves out.
    pub running: Vec<String>,
    /// Numbers that the page holds and does not show: they lie outside what is drawn.
    pub unseen: Vec<String>,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// A number that the two do not read alike.
#[derive(Debug)]
pub(super) struct Fault {
    /// `moved`, `altered`, `missing` or `invented`.
    pub kind: &'static str,
    /// Number and box, of both where both have one.
    pub what: String,
    /// Where poppler sees it.
    area: Option<Area>,
}

impl Compared {
    /// Takes away what is missing because the page does not show it: poppler reads text outside
    /// the clip too, but draws it as little as a reader of the page sees it.
    pub fn look(&mut self, path: &Path) -> anyhow::Result<()> {
        if self.faults.iter().all(|fault| fault.kind != "missing") {
            return Ok(());
        }
        let picture = poppler::picture(path, self.page, 72)?;
        let is_unseen =
            |fault: &Fault| fault.kind == "missing" && fault.area.is_some_and(|area| picture.is_blank(&area));
        let (unseen, faults) = std::mem::take(&mut self.faults).into_iter().partition(is_unseen);
        let unseen: Vec<Fault> = unseen;
        self.unseen = unseen.into_iter().map(|fault| fault.what).collect();
        self.faults = faults;
        Ok(())
    }
}

/// Compares every page of a file.
pub(super) fn compare(theirs: &[Page], ours: &[Vec<Ours>], file: &str) -> Vec<Compared> {
    let mut heads = running_heads(theirs);
    let pages = theirs.iter().zip(ours).enumerate();
    pages
        .map(|(at, (page, read))| {
            let mut compared = Compared { file: file.to_owned(), page: at + 1, ..Compared::default() };
            let above = heads.len();
            // The caption of a table that goes on over pages is printed again and read once.
            heads.extend(at.checked_sub(1).map(|at| &theirs[at]).into_iter().flat_map(first_lines));
            Leftovers::of(page, read, &mut compared).settle(page, &heads, &mut compared);
            heads.truncate(above);
            compared
        })
        .collect()
}

/// Numbers without a partner yet.
struct Leftovers {
    theirs: Vec<Printed>,
    ours: Vec<Ours>,
}

impl Leftovers {
    /// What is left when the same numbers at the same places are taken away.
    fn of(page: &Page, read: &[Ours], compared: &mut Compared) -> Self {
        let mut theirs = page.numbers();
        let mut ours = Vec::new();
        compared.printed = theirs.len();
        for number in read {
            match theirs.iter().position(|other| other.text == number.text && touches(&other.area, number)) {
                Some(at) => drop(theirs.remove(at)),
                None => ours.push(number.clone()),
            }
        }
        compared.same = compared.printed - theirs.len();
        Self { theirs, ours }
    }

    fn settle(mut self, page: &Page, heads: &[String], compared: &mut Compared) {
        self.join_theirs(compared);
        self.join_ours(compared);
        self.leave_out(page, heads, compared);
        self.accuse(compared);
    }

    /// A number that stands on two lines of a cell, or has a gap in it, is several for poppler.
    fn join_theirs(&mut self, compared: &mut Compared) {
        let ours = std::mem::take(&mut self.ours);
        for number in ours {
            let mut inside: Vec<usize> =
                (0..self.theirs.len()).filter(|at| touches(&self.theirs[*at].area, &number)).collect();
            inside.sort_by_key(|at| (self.theirs[*at].area.top / 300, self.theirs[*at].area.left));
            let joined: String = inside.iter().map(|at| bare(&self.theirs[*at].text)).collect();
            if inside.is_empty() || joined.trim_start_matches('-') != bare(&number.text).trim_start_matches('-') {
                self.ours.push(number);
                continue;
            }
            compared.pieces.push(format!("{} is {} for poppler", number.text, quoted(&self.theirs, &inside)));
            inside.sort_unstable();
            inside.iter().rev().for_each(|at| drop(self.theirs.remove(*at)));
        }
    }

    /// Numbers of neighbouring cells that stand close are one word for poppler.
    fn join_ours(&mut self, compared: &mut Compared) {
        let theirs = std::mem::take(&mut self.theirs);
        for number in theirs {
            let mut inside: Vec<usize> =
                (0..self.ours.len()).filter(|at| touches(&number.area, &self.ours[*at])).collect();
            inside.sort_by_key(|at| self.ours[*at].areas.first().map_or(0, |area| area.left));
            let joined: String = inside.iter().map(|at| bare(&self.ours[*at].text)).collect();
            if inside.len() < 2 || joined != bare(&number.text) {
                self.theirs.push(number);
                continue;
            }
            compared.pieces.push(format!("{} of poppler is {} numbers as read", number.text, inside.len()));
            inside.sort_unstable();
            inside.iter().rev().for_each(|at| drop(self.ours.remove(*at)));
        }
    }

    /// Page numbers and running heads stand at an edge of the page.
    fn leave_out(&mut self, page: &Page, heads: &[String], compared: &mut Compared) {
        let theirs = std::mem::take(&mut self.theirs);
        for number in theirs {
            let line = line_of(page, &number.area);
            if is_at_edge(page, &number.area) && (is_page_number(&line) || heads.contains(&line)) {
                compared.running.push(format!("{} {} of “{line}”", number.text, shown(&number.area)));
            } else {
                self.theirs.push(number);
            }
        }
    }

    /// What is left differs.
    fn accuse(self, compared: &mut Compared) {
        let mut ours = self.ours;
        for number in self.theirs {
            let (place, area) = (shown(&number.area), Some(number.area));
            if let Some(at) = ours.iter().position(|other| touches(&number.area, other)) {
                let other = ours.remove(at);
                let what = format!("{place} “{}” was read as “{}”", number.text, other.text);
                compared.faults.push(Fault { kind: "altered", what, area });
            } else if let Some(at) = ours.iter().position(|other| other.text == number.text) {
                let other = ours.remove(at);
                let there = other.areas.first().map(shown).unwrap_or_default();
                let what = format!("{place} “{}” was read at {there}", number.text);
                compared.faults.push(Fault { kind: "moved", what, area });
            } else {
                let alone = if number.alone { "" } else { ", within a word" };
                let what = format!("{place} “{}”{alone}", number.text);
                compared.faults.push(Fault { kind: "missing", what, area });
            }
        }
        for number in ours {
            let place = number.areas.first().map(shown).unwrap_or_default();
            compared
                .faults
                .push(Fault { kind: "invented", what: format!("{place} “{}”", number.text), area: None });
        }
    }
}

/// Most of one of the number's boxes lies within the word's, or the other way round.
fn touches(word: &Area, number: &Ours) -> bool {
    let shared = |a: (i32, i32), b: (i32, i32)| a.1.min(b.1) - a.0.max(b.0);
    number.areas.iter().any(|area| {
        let across = shared((word.left, word.right), (area.left, area.right));
        let along = shared((word.top, word.bottom), (area.top, area.bottom));
        let least = |a: i32, b: i32| a.min(b).max(1);
        across * 2 > least(area.width(), word.width()) && along * 3 > least(area.height(), word.height())
    })
}

fn quoted(theirs: &[Printed], inside: &[usize]) -> String {
    let texts: Vec<String> = inside.iter().map(|at| format!("“{}”", theirs[*at].text)).collect();
    texts.join(" ")
}

/// The words on one line of print with a box, without blanks.
fn line_of(page: &Page, area: &Area) -> String {
    let middle = (area.top + area.bottom) / 2;
    let mut words: Vec<_> =
        page.words.iter().filter(|word| word.area.top <= middle && middle <= word.area.bottom).collect();
    words.sort_by_key(|word| word.area.left);
    words.iter().flat_map(|word| word.text.chars()).filter(|character| !character.is_whitespace()).collect()
}

/// In the upper or lower tenth of the page.
fn is_at_edge(page: &Page, area: &Area) -> bool {
    area.top * 10 < page.height || area.bottom * 10 > page.height * 9
}

/// Nothing but a few digits and what is usual around them: `- 3 -`, `第 3 页 共 9 页`.
fn is_page_number(line: &str) -> bool {
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let usual = line.chars().all(|character| character.is_ascii_digit() || "-—–－_~·第页共/|".contains(character));
    usual && (1..=6).contains(&digits)
}

/// The lines in the upper tenth of a page.
fn first_lines(page: &Page) -> Vec<String> {
    let upper = page.words.iter().filter(|word| word.area.top * 10 < page.height);
    upper.map(|word| line_of(page, &word.area)).collect()
}

/// Lines at an edge that most pages have.
fn running_heads(pages: &[Page]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        let edge = page.words.iter().filter(|word| is_at_edge(page, &word.area));
        let mut lines: Vec<String> = edge.map(|word| line_of(page, &word.area)).collect();
        lines.sort();
        lines.dedup();
        lines.into_iter().for_each(|line| *counts.entry(line).or_default() += 1);
    }
    counts.into_iter().filter(|(_, count)| *count >= 3 && *count * 2 > pages.len()).map(|(line, _)| line).collect()
}
