//! The developer's tool of Gouji: `cargo xtask VERB`. Not shipped.
//!
//! A new verb is one file with `pub fn run(args: &[String]) -> anyhow::Result<()>` and one row in [`VERBS`].
//! `tidy` and `measure` read the sources as text and use no crate of the product.

mod allocate;
mod amounts;
mod binary;
mod cells;
mod corpus;
mod dice;
mod experts;
mod firms;
mod flips;
mod fuzz;
mod joint;
mod ledger;
mod measure;
mod modules;
mod mutate;
mod numbers;
mod poppler;
mod race;
mod roundtrip;
mod rules;
mod rulings;
mod scans;
mod score;
mod source;
mod test;
mod tidy;
mod tree;
mod words;

use std::process::ExitCode;

/// One verb of the tool.
struct Verb {
    name: &'static str,
    what: &'static str,
    run: fn(&[String]) -> anyhow::Result<()>,
}

/// Every verb, in the order in which the help shows them.
const VERBS: &[Verb] = &[
    Verb { name: "test", what: "format, lints, tests and the laws of the house", run: test::run },
    Verb { name: "tidy", what: "check the laws of the house (also a test)", run: tidy::run },
    Verb { name: "measure", what: "print the table of measures of style.md, 4(d)", run: measure::run },
    Verb { name: "rules", what: "write the list of rules and their pages (--check: fail when stale)", run: rules::run },
    Verb { name: "score", what: "compare what check finds with a truth list", run: score::run },
    Verb { name: "words", what: "compare the numbers of each page as read with poppler's", run: words::run },
    Verb { name: "cells", what: "compare nine tables parsed by others with the PDF as read", run: cells::run },
    Verb { name: "rulings", what: "count the bound amounts of three PDFs without their rulings", run: rulings::run },
    Verb { name: "scans", what: "check a PDF of page pictures: one issue a page, exit code 2", run: scans::run },
    Verb {
        name: "mutate",
        what: "change every figure of a report in turn and count what is noticed",
        run: mutate::run,
    },
    Verb { name: "roundtrip", what: "build random books, read them back and compare", run: roundtrip::run },
    Verb { name: "fuzz", what: "feed the readers with changed files ([TARGET] [--seconds N])", run: fuzz::run },
    Verb { name: "race", what: "CPU seconds and memory against two other readers of tables", run: race::run },
    Verb {
        name: "experts",
        what: "conflicts and the best assignment of experts ([--applications N] [--experts N] [--seed S] [--ortools])",
        run: experts::run,
    },
    Verb {
        name: "firms",
        what: "find duplicates and rings among invented firms ([--firms N] [--seed S] [--noise L] [--splink])",
        run: firms::run,
    },
    Verb {
        name: "flips",
        what: "turn bits of evidence, rules and records; replay has to notice ([--count N --seed S])",
        run: flips::run,
    },
    Verb {
        name: "allocate",
        what: "compare random allocations with naive ones ([--cases N --seed S])",
        run: allocate::run,
    },
    Verb {
        name: "ledger",
        what: "the ledger under load, kill -9 and changed bytes (kills|rates|flips|cuts|rival)",
        run: ledger::run,
    },
    Verb { name: "joint", what: "prove the joint test on random systems, and count right repairs", run: joint::run },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = args.split_first() else {
        eprintln!("{}", help());
        return ExitCode::from(2);
    };
    let Some(verb) = VERBS.iter().find(|verb| verb.name == name) else {
        eprintln!("xtask: no verb `{name}`\n\n{}", help());
        return ExitCode::from(2);
    };
    match (verb.run)(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn help() -> String {
    let mut text = String::from("cargo xtask VERB [ARGUMENTS]\n");
    for verb in VERBS {
        text.push_str(&format!("\n  {:<10}{}", verb.name, verb.what));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_verb_once() {
        for verb in VERBS {
            assert_eq!(help().matches(&format!("\n  {:<10}", verb.name)).count(), 1);
        }
    }
}
