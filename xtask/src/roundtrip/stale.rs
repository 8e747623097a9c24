//! No stale sentence: each posting is changed in turn, and every sentence that asked for it must
//! read otherwise, and still agree with the tables.

use super::random;
use crate::score::road::Road;
use gouji_model::Fen;
use gouji_model::Level;
use gouji_model::books::Books;
use gouji_report::document::{Block, Document};
use gouji_report::form::Form;
use std::cell::LazyCell;

/// By how much a posting is changed first: enough to show in every amount that holds it.
const CHANGE: i64 = 4_321_000_000_000;
/// A share may round to the same figure after that: then the whole becomes so many times as large, and as small.
const SCALE: i64 = 1_000;
/// How many postings of one budget are checked against the tables: the check is the slow part.
const CHECKED: usize = 3;

/// What was tried and what failed.
#[derive(Default)]
pub(super) struct Stale {
    pub postings: usize,
    pub sentences: usize,
    pub faults: Vec<(u64, String)>,
}

/// Changes every posting of so many books.
pub(super) fn faults(cases: u64, seed: u64) -> Stale {
    let (road, forms) = (Road::new(), Form::all());
    let mut stale = Stale::default();
    // Books whose amounts all show: a change must show too.
    for seed in (seed..seed + cases).map(|seed| 2 * seed) {
        let form = &forms[seed as usize % forms.len()];
        let books = random::books(seed, form);
        change_each(&books, form, seed, &road, &mut stale);
    }
    stale
}

/// Changes each posting of these books in turn.
pub(super) fn change_each(books: &Books, form: &Form, seed: u64, road: &Road, stale: &mut Stale) {
    let gouji_report::Built { document: before, asked, .. } = gouji_report::build_telling(books, form);
    let known = findings(&before, road);
    let whole: i64 = books.postings.iter().map(|posting| posting.amount.fen()).sum();
    for index in 0..books.postings.len() {
        let changed_by = |fen: i64| {
            let mut changed = books.clone();
            let posting = &mut changed.postings[index];
            posting.amount = Fen::new(posting.amount.fen() + fen);
            gouji_report::build(&changed, form)
        };
        let after = changed_by(CHANGE);
        let further = LazyCell::new(|| [changed_by(whole * SCALE), changed_by(whole / SCALE - whole)]);
        stale.postings += 1;
        let touched = &books.postings[index];
        for (block, asked) in before.blocks.iter().zip(&asked) {
            let Block::Paragraph(paragraph) = block else { continue };
            let depends = asked.iter().any(|at| at.year == books.department.year && touched.counts_towards(at));
            if !depends {
                continue;
            }
            stale.sentences += 1;
            if says(&after, &paragraph.text) && further.iter().all(|after| says(after, &paragraph.text)) {
                let what = format!("posting {index} changed and `{}` still says `{}`", paragraph.key, paragraph.text);
                stale.faults.push((seed, what));
            }
        }
        if index < CHECKED {
            let found = findings(&after, road).into_iter().filter(|(key, _)| !known.iter().any(|(had, _)| had == key));
            stale.faults.extend(found.map(|(_, said)| (seed, said)));
        }
    }
}

/// What `check` says of a document, by code and relation.
fn findings(document: &Document, road: &Road) -> Vec<(String, String)> {
    let run = road.walk("built.txt", gouji_report::text::text(document).into_bytes());
    let found = run.report.findings.iter();
    let found = found.filter(|finding| finding.level >= Level::Warning && !super::OF_SUBSTANCE.contains(&finding.code));
    found.map(|finding| (format!("{} {}", finding.code, finding.check.key), super::said(finding))).collect()
}

fn says(document: &Document, text: &str) -> bool {
    document.blocks.iter().any(|block| matches!(block, Block::Paragraph(paragraph) if paragraph.text == text))
}
