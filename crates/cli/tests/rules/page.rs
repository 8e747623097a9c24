//! The page of a rule, which is the comment its source opens with: complete in both languages, and its examples run.
//!
//! In an example the cells of a table are parted by ` | `, because a source holds no tabs.

use crate::road::Run;
use crate::{expect_none, fires};
use gouji_check::Rule;
use gouji_model::Lang;

/// The headings of a page, in order, by language.
const HEADINGS: [[&str; 2]; 7] = [
    ["发现什么", "What it finds"],
    ["为什么要紧", "Why it matters"],
    ["依据", "Basis"],
    ["会报的例子", "Example that fires"],
    ["不报的例子", "Example that passes"],
    ["怎样改", "How to put it right"],
    ["界限与容许", "Limits and tolerated cases"],
];

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

/// The text below a heading.
fn section(page: &str, heading: &str) -> String {
    let from = page.lines().skip_while(|line| *line != format!("# {heading}")).skip(1);
    from.take_while(|line| !line.starts_with("# ")).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The first fenced block of a section as a report.
fn example(page: &str, heading: &str) -> Option<String> {
    let section = section(page, heading);
    let mut lines = section.lines().skip_while(|line| *line != "```text").skip(1).peekable();
    lines.peek()?;
    Some(lines.take_while(|line| *line != "```").map(|line| cells(line) + "\n").collect())
}

/// ` | ` and a written `\t` part cells.
fn cells(line: &str) -> String {
    let is_row = line.contains(" | ") || line.starts_with("| ") || line.ends_with(" |");
    if !is_row {
        return line.replace("\\t", "\t");
    }
    line.split('|').map(str::trim).collect::<Vec<_>>().join("\t")
}

fn examples(rule: &Rule, index: usize) -> Vec<(String, String)> {
    LANGS
        .iter()
        .enumerate()
        .filter_map(|(at, lang)| {
            Some((format!("{} {lang:?}", rule.code), example(&rule.page(*lang), HEADINGS[index][at])?))
        })
        .collect()
}

#[test]
fn every_page_has_every_heading_in_both_languages() {
    let mut faults = Vec::new();
    for rule in gouji_check::rules() {
        for (at, lang) in LANGS.iter().enumerate() {
            let page = rule.page(*lang);
            let found: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("# ")).collect();
            let wanted: Vec<&str> = HEADINGS.iter().map(|heading| heading[at]).collect();
            if found != wanted {
                faults.push(format!("{} {} {lang:?}: headings are {found:?}", rule.code, rule.name));
            }
            let empty = wanted.iter().filter(|heading| section(&page, heading).is_empty());
            faults.extend(empty.map(|heading| format!("{} {lang:?}: nothing under {heading}", rule.code)));
        }
    }
    expect_none(&faults);
}

#[test]
fn the_first_paragraph_is_one_sentence_on_one_line() {
    let mut faults = Vec::new();
    for rule in gouji_check::rules() {
        for (lang, end) in LANGS.iter().zip(['。', '.']) {
            let page = rule.page(*lang);
            let summary = rule.summary(*lang);
            let alone = page.lines().nth(1).is_none_or(str::is_empty) && page.starts_with(&summary);
            let ends = summary.matches(end).count();
            if summary.is_empty() || !alone || !summary.ends_with(end) || (*lang == Lang::Zh && ends != 1) {
                faults.push(format!("{} {lang:?}: {summary:?}", rule.code));
            }
        }
    }
    expect_none(&faults);
}

#[test]
fn the_firing_example_fires_once() {
    let mut faults = Vec::new();
    for rule in gouji_check::rules().iter().filter(|rule| fires(rule.code)) {
        let examples = examples(rule, 3);
        if examples.len() != 2 {
            faults.push(format!("{} {}: no block fenced with ```text in both languages", rule.code, rule.name));
        }
        for (name, text) in examples {
            let run = Run::of(&name, &text);
            let own: Vec<_> = run.report.findings.iter().filter(|finding| finding.code == rule.code).collect();
            let one_cause = own.windows(2).all(|pair| pair[0].group == pair[1].group);
            if own.is_empty() || !one_cause {
                let told: Vec<String> = run.report.findings.iter().map(|finding| run.told(finding)).collect();
                faults.push(format!("{name}: {} findings of several causes or none\n{}", own.len(), told.join("\n")));
            }
        }
    }
    expect_none(&faults);
}

#[test]
fn the_passing_example_does_not_fire() {
    let mut faults = Vec::new();
    for rule in gouji_check::rules() {
        let examples = examples(rule, 4);
        if examples.len() != 2 {
            faults.push(format!("{} {}: no block fenced with ```text in both languages", rule.code, rule.name));
        }
        for (name, text) in examples {
            let run = Run::of(&name, &text);
            let own = run.report.findings.iter().filter(|finding| finding.code == rule.code);
            faults.extend(own.map(|finding| format!("{name}: {}", run.told(finding))));
        }
    }
    expect_none(&faults);
}

/// A passing example that is not understood would pass for the wrong reason.
#[test]
fn examples_are_decided() {
    let mut faults = Vec::new();
    for rule in gouji_check::rules().iter().filter(|rule| fires(rule.code)) {
        for (name, text) in examples(rule, 4) {
            let run = Run::of(&name, &text);
            let decided = run.report.relations.iter().any(|family| family.code == rule.code && family.instances > 0);
            if !decided {
                faults.push(format!("{name}: the passing example leaves every relation of the rule undecided"));
            }
        }
    }
    expect_none(&faults);
}
