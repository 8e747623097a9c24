//! `cargo xtask rulings [FILES] [--keep FOLDER]`: copies of three PDFs without any ruling, read again.
//!
//! Everything that draws a line or fills a box is taken out of the pages and of the drawings
//! they hold; what clips stays, for it decides what is shown. The copy must bind at least 95 %
//! of the amounts that the original binds, and to the same coordinates.

use crate::corpus;
use crate::score::road::{Road, Run};
use crate::score::share;
use anyhow::{Context, bail, ensure};
use gouji_model::{Coordinates, Printed};
use gouji_understand::{ClaimKind, Statement};
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, ObjectId};
use std::path::PathBuf;

/// The reports of the promise.
const USUAL: [&str; 3] = [
    "jiangsu/cppcc-office-2019-tables.pdf",
    "shanghai/putuo-finance-2025-budget.pdf",
    "shanghai/putuo-finance-2024-final.pdf",
];

/// How many percent of the bound amounts the copy must keep.
const LEAST: usize = 95;

/// Prints what each copy keeps; fails where it is less than promised.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let (mut files, mut keep, mut rest) = (Vec::new(), None, args.iter());
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--keep" => keep = Some(PathBuf::from(rest.next().context("--keep wants a folder")?)),
            flag if flag.starts_with('-') => bail!("no flag `{flag}`; there is --keep FOLDER"),
            file => files.push(file.to_owned()),
        }
    }
    let usual = || (corpus::usual_folder(), USUAL.map(str::to_owned).to_vec());
    let (folder, files) = if files.is_empty() { usual() } else { (PathBuf::new(), files) };
    let (road, mut short) = (Road::new(), 0);
    for file in &files {
        let path = folder.join(file);
        let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
        let copy = without_rulings(&bytes).with_context(|| path.display().to_string())?;
        if let Some(keep) = &keep {
            std::fs::create_dir_all(keep)?;
            std::fs::write(keep.join(path.file_name().unwrap_or_default()), &copy)?;
        }
        let (before, after) = (road.walk(file, bytes), road.walk(file, copy));
        short += usize::from(!compare(file, &before, &after)?);
    }
    ensure!(short == 0, "{short} copies keep less than {LEAST} % of their bound amounts");
    Ok(())
}

/// Prints one report; false when the copy keeps too little.
fn compare(file: &str, before: &Run, after: &Run) -> anyhow::Result<bool> {
    let rulings = |run: &Run| {
        run.document.files.iter().flat_map(|file| &file.pages).map(|page| page.rulings.len()).sum::<usize>()
    };
    ensure!(rulings(after) == 0, "{file}: the copy still has {} rulings", rulings(after));
    let (bound, mut found) = (bound(&before.statement), bound(&after.statement));
    let copied = found.len();
    let mut lost = Vec::new();
    for amount in &bound {
        match found.iter().position(|other| other == amount) {
            Some(at) => drop(found.swap_remove(at)),
            None => lost.push(amount),
        }
    }
    let kept = bound.len() - lost.len();
    println!(
        "{file}: {} rulings taken out, {} amounts bound before, {copied} in the copy",
        rulings(before),
        bound.len()
    );
    println!(
        "  bound to the same: {kept} ({}); to something else or not at all: {}",
        share(kept, bound.len()),
        lost.len()
    );
    lost.iter().for_each(|(at, figure)| println!("  LOST {figure} {at:?}"));
    found.iter().for_each(|(at, figure)| println!("  OTHER {figure} {at:?}"));
    Ok(kept * 100 >= bound.len() * LEAST)
}

/// Every bound amount of tables and prose with its coordinates.
fn bound(statement: &Statement) -> Vec<(Coordinates, Printed)> {
    let facts = statement.facts.iter().chain(&statement.disjoint).map(|fact| (fact.at.clone(), fact.figure));
    let claims = statement.claims.iter().filter_map(|claim| {
        let figure = match claim.kind {
            ClaimKind::Amount(figure) | ClaimKind::Share(figure) => figure,
            ClaimKind::Change { amount, .. } => amount,
            ClaimKind::Growth { percent, .. } => percent,
            _ => return None,
        };
        Some((claim.at.clone()?, figure))
    });
    facts.chain(claims).collect()
}

/// A copy of a PDF in which nothing draws lines or fills boxes.
fn without_rulings(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut document = Document::load_mem(bytes)?;
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for page in pages {
        let content = stripped(&document.get_page_content(page))?;
        document.change_page_content(page, content)?;
    }
    // Drawings that pages share; the glyphs of Type 3 fonts are no such drawings and stay.
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        let is_form = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form");
        if is_form {
            let content = stripped(&stream.get_plain_content()?)?;
            stream.set_plain_content(content);
        }
    }
    let mut copy = Vec::new();
    document.save_to(&mut copy)?;
    Ok(copy)
}

/// Instructions without paths that are stroked or filled.
fn stripped(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut kept = Vec::new();
    let mut path: Vec<Operation> = Vec::new();
    for operation in Content::decode(content)?.operations {
        match operation.operator.as_str() {
            "m" | "l" | "c" | "v" | "y" | "h" | "re" | "W" | "W*" => path.push(operation),
            "S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "n" => {
                let clips = path.iter().any(|operation| operation.operator.starts_with('W'));
                let path = std::mem::take(&mut path);
                if clips {
                    kept.extend(path);
                    kept.push(Operation::new("n", Vec::new()));
                }
            }
            _ => kept.push(operation),
        }
    }
    Ok(Content { operations: kept }.encode()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_boxes_go_and_clips_and_words_stay() {
        let content = b"q 0 0 9 9 re W n 1 1 m 5 1 l S 2 2 3 1 re f BT (a) Tj ET 0 0 4 4 re W* f Q";
        let text = String::from_utf8(stripped(content).unwrap()).unwrap();
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(words.join(" "), "q 0 0 9 9 re W n BT (a) Tj ET 0 0 4 4 re W* n Q");
    }
}
