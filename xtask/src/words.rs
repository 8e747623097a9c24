//! `cargo xtask words [FILES] [--list]`: what `read` made of each page against poppler's words with boxes.
//!
//! Every number that poppler sees must stand in the text as read, at the same place of the same
//! page, and no other. Then every amount of the text as read must be bound or listed as unbound.

mod compare;
mod ours;

use crate::amounts::{Amount, Fate, amounts};
use crate::corpus::{self, Group};
use crate::poppler;
use crate::score::road::{Road, Run};
use anyhow::{bail, ensure};
use compare::{Compared, compare};
use gouji_read::{Area, Document};
use std::path::Path;

/// Prints the comparison of every report; fails when a number is missing, altered or invented.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let (mut files, mut list) = (Vec::new(), false);
    for arg in args {
        match arg.as_str() {
            "--list" => list = true,
            flag if flag.starts_with('-') => bail!("no flag `{flag}`; there is --list"),
            file => files.push(file.to_owned()),
        }
    }
    let (folder, groups) = corpus::asked(&files)?;
    println!("{}", poppler::version());
    let road = Road::new();
    let (mut faults, mut silent) = (0, 0);
    for group in &groups {
        let report = Report::of(&road, &folder, group)?;
        report.print(list);
        faults += report.faults();
        silent += report.silent();
    }
    ensure!(faults + silent == 0, "{faults} numbers moved, altered, missing or invented; {silent} amounts silent");
    println!("no number is missing, altered or invented; every amount is bound or listed");
    Ok(())
}

/// One report compared.
struct Report {
    name: String,
    run: Run,
    compared: Vec<Compared>,
    amounts: Vec<Amount>,
}

impl Report {
    fn of(road: &Road, folder: &Path, group: &Group) -> anyhow::Result<Self> {
        let run = road.walk_all(corpus::load(folder, group)?);
        let mut compared = Vec::new();
        for (number, file) in group.files.iter().enumerate() {
            if file.ends_with(".pdf") {
                let path = folder.join(file);
                let theirs = poppler::pages(&path)?;
                let mut pages = compare(&theirs, &ours::pages(&run.document, number, theirs.len()), file);
                pages.iter_mut().try_for_each(|page| page.look(&path))?;
                compared.append(&mut pages);
            }
        }
        let amounts = amounts(&run.document, &run.statement);
        Ok(Self { name: group.name.clone(), run, compared, amounts })
    }

    fn faults(&self) -> usize {
        self.compared.iter().map(|page| page.faults.len()).sum::<usize>()
            + self.count(|fate| matches!(fate, Fate::Altered(_)))
    }

    fn silent(&self) -> usize {
        self.count(|fate| *fate == Fate::Silent)
    }

    fn count(&self, wanted: impl Fn(&Fate) -> bool) -> usize {
        self.amounts.iter().filter(|amount| wanted(&amount.fate)).count()
    }

    fn print(&self, list: bool) {
        self.print_counts();
        for page in &self.compared {
            page.faults.iter().for_each(|fault| {
                println!("  {} {} page {} {}", fault.kind.to_uppercase(), page.file, page.page, fault.what);
            });
        }
        for amount in &self.amounts {
            let document = &self.run.document;
            match &amount.fate {
                Fate::Altered(figure) => println!("  ALTERED {} is bound as {figure}", at(document, amount)),
                Fate::Silent => println!("  SILENT {}", at(document, amount)),
                Fate::Listed(reason) if list => println!("  unbound {} ({reason:?})", at(document, amount)),
                _ => {}
            }
        }
        for page in self.compared.iter().filter(|_| list) {
            let place = format!("{} page {}", page.file, page.page);
            page.pieces.iter().for_each(|what| println!("  in pieces: {place} {what}"));
            page.unseen.iter().for_each(|what| println!("  not shown: {place} {what}"));
            page.running.iter().for_each(|what| println!("  left out: {place} {what}"));
        }
    }

    fn print_counts(&self) {
        let sum = |part: &dyn Fn(&Compared) -> usize| self.compared.iter().map(part).sum::<usize>();
        let fault = |kind: &str| sum(&|page| page.faults.iter().filter(|fault| fault.kind == kind).count());
        println!("{}", self.name);
        let read = [
            (sum(&|page| page.printed), "printed"),
            (sum(&|page| page.same), "same"),
            (sum(&|page| page.pieces.len()), "in pieces"),
            (sum(&|page| page.running.len()), "of page numbers and running heads"),
            (sum(&|page| page.unseen.len()), "not shown"),
        ];
        let faults = ["moved", "altered", "missing", "invented"].map(|kind| (fault(kind), kind));
        let said = |counts: &[(usize, &str)]| counts.iter().map(|(n, what)| format!("{n} {what}")).collect::<Vec<_>>();
        println!("  numbers: {} | {}", said(&read).join(" | "), said(&faults).join(", "));
        println!(
            "  amounts: {} printed | {} in words of cells | {} bound | {} listed as unbound | {} silent, {} altered",
            self.amounts.len(),
            self.count(|fate| *fate == Fate::InWords),
            self.count(|fate| *fate == Fate::Bound),
            self.count(|fate| matches!(fate, Fate::Listed(_))),
            self.silent(),
            self.count(|fate| matches!(fate, Fate::Altered(_))),
        );
    }
}

/// An amount with its page, box and neighbourhood.
pub(crate) fn at(document: &Document, amount: &Amount) -> String {
    let file = document.files.get(usize::from(amount.span.file)).map_or("", |file| file.path.as_str());
    let (page, area) = document.areas(amount.span).first().copied().unwrap_or_default();
    format!(
        "{file} page {page} {} {:?} “{}” in “{}”",
        shown(&area),
        amount.place,
        amount.text,
        around(document, amount)
    )
}

/// The words around an amount: its row, or the clause before it.
fn around(document: &Document, amount: &Amount) -> String {
    let text = document.files.get(usize::from(amount.span.file)).map_or("", |file| file.text.as_str());
    let (start, end) = (amount.span.start as usize, amount.span.end as usize);
    let before: Vec<char> = text[..start].chars().rev().take_while(|c| !"\n。".contains(*c)).take(30).collect();
    let after: String = text[end..].chars().take_while(|c| !"\n。".contains(*c)).take(8).collect();
    let before: String = before.into_iter().rev().collect();
    format!("{before}[{}]{after}", &text[start..end]).replace('\t', "|")
}

/// A box in points.
pub(crate) fn shown(area: &Area) -> String {
    let points = |value: i32| value / 100;
    format!("[{} {} {} {}]", points(area.left), points(area.top), points(area.right), points(area.bottom))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poppler::{Page, Word};
    use ours::Ours;

    fn area(left: i32, top: i32, width: i32) -> Area {
        Area { left, top, right: left + width, bottom: top + 1000 }
    }

    fn word(left: i32, top: i32, width: i32, text: &str) -> Word {
        Word { area: area(left, top, width), text: text.to_owned() }
    }

    fn ours(areas: &[Area], text: &str) -> Ours {
        Ours { areas: areas.to_vec(), text: text.to_owned() }
    }

    #[test]
    fn a_page_is_compared_number_by_number() {
        let words = vec![
            word(1000, 20_000, 3000, "1,234"),
            word(1000, 21_000, 500, "56"),
            word(9000, 30_000, 9000, "7.508.25"),
            word(1000, 40_000, 3000, "900"),
            word(5000, 40_000, 3000, "33"),
            word(30_000, 81_000, 500, "4"),
        ];
        let theirs = [Page { height: 84_000, words }];
        let read = [vec![
            ours(&[area(1000, 20_000, 3000), area(1000, 21_000, 500)], "1,23456"),
            ours(&[area(9000, 30_000, 4000)], "7.50"),
            ours(&[area(13_500, 30_000, 4000)], "8.25"),
            ours(&[area(1000, 40_000, 3000)], "909"),
        ]];
        let page = &compare(&theirs, &read, "a.pdf")[0];
        assert_eq!((page.printed, page.same, page.running.len()), (6, 0, 1));
        let kinds: Vec<&str> = page.faults.iter().map(|fault| fault.kind).collect();
        assert_eq!(kinds, ["altered", "missing"]);
    }
}
