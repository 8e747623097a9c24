//! `cargo xtask measure`: our column of the table in style.md, section 4(d).
//!
//! What is measured is `crates/`, as for the anchors; this tool is not shipped and not counted.

mod code;
mod crates;
mod history;
mod rules;
mod table;

use crate::tree::{self, Tree};
use code::Code;
use crates::Graph;
use history::History;
use rules::Rules;
use table::{Goal, Row};

/// Prints both blocks as Markdown, ready for the record of a release.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    anyhow::ensure!(args.is_empty(), "measure takes no arguments");
    let root = tree::root();
    let tree = Tree::load(&root);
    for (path, error) in &tree.unparsed {
        eprintln!("not counted: {path}:{}: {}", error.line, error.reason);
    }
    let history = History::read(&root)?;
    let (code, graph, rules) = (Code::of(&tree), Graph::of(&tree), Rules::of(&tree));
    let head = format!("Ours (commit {}, {})", history.commit, history.date);
    println!("**Block 1**\n\n{}", table::print(&head, &block_one(&code, &graph, &history)));
    println!("**Block 2**\n\n{}", table::print(&head, &block_two(&rules)));
    for path in &rules.without_both_halves {
        println!("- lacks a case that fires or one that stays silent: {path}");
    }
    Ok(())
}

fn block_one(code: &Code, graph: &Graph, history: &History) -> Vec<Row> {
    let mut rows = sizes(code);
    rows.extend(words(code));
    rows.extend([
        Row::new("Crates / inner edges / longest chain", "10/13/4 – 51/318/21", "≤ 13 / ≤ 45 / ≤ 7")
            .part(graph.crates, Goal::at_most(13.0, 51.0))
            .part(graph.edges, Goal::at_most(45.0, 318.0))
            .part(graph.longest_chain, Goal::at_most(7.0, 21.0)),
        Row::new("Test lines ÷ code lines", "0.04 – 1.13", "≥ 0.7")
            .fraction(code.test_ratio(), Goal::at_least(0.7, 0.04)),
        Row::new("Files per commit, median / p90", "1/8 – 3/14", "≤ 3 / ≤ 12")
            .part(history.files.median(), Goal::at_most(3.0, 3.0))
            .part(history.files.tenth_highest(), Goal::at_most(12.0, 14.0)),
    ]);
    rows
}

fn sizes(code: &Code) -> Vec<Row> {
    let functions = &code.function_lines;
    vec![
        Row::new("File lines, median", "56 – 246", "80–200")
            .part(code.file_lines.median(), Goal::between(80.0, 200.0).within(56.0, 246.0)),
        Row::new("File lines, p90", "256 – 1,047", "≤ 400")
            .part(code.file_lines.tenth_highest(), Goal::at_most(400.0, 1047.0)),
        Row::new("Largest file (max, tests included)", "1,258 – 8,162", "≤ 900")
            .part(code.largest_file, Goal::at_most(900.0, 8162.0)),
        Row::new("Function lines, median", "4 – 17", "≤ 9").part(functions.median(), Goal::at_most(9.0, 17.0)),
        Row::new("Function lines, p90", "23 – 51", "≤ 35").part(functions.tenth_highest(), Goal::at_most(35.0, 51.0)),
        Row::new("Functions > 70 lines, longest", "0.9 % – 6.0 %", "≤ 1 %, none > 120")
            .percent(code.share_of_long_functions(), Goal::at_most(1.0, 6.0))
            .part(functions.highest(), Goal::at_most(120.0, 1945.0)),
        Row::new("Parameters, p90", "3 – 4", "≤ 4").part(code.parameters.tenth_highest(), Goal::at_most(4.0, 4.0)),
    ]
}

fn words(code: &Code) -> Vec<Row> {
    let (all, rules, check) = (&code.all, &code.rules, &code.check);
    vec![
        Row::new("Comment share", "9 % – 45 %", "20–35 %")
            .percent(all.comment_share(), Goal::between(20.0, 35.0).within(9.0, 45.0)),
        Row::new("Doc share: all / rules", "4 % – 36 %", "≥ 18 % / ≥ 25 %")
            .percent(all.doc_share(), Goal::at_least(18.0, 4.0))
            .percent(rules.doc_share(), Goal::at_least(25.0, 4.0)),
        Row::new("Public items per kLOC: all / `check`", "2.0 – 31.3", "≤ 12 / ≤ 3")
            .tenths(all.public_items_per_thousand(), Goal::at_most(12.0, 31.3))
            .tenths(check.public_items_per_thousand(), Goal::at_most(3.0, 31.3)),
        Row::new("`unwrap`+`expect` per kLOC, outside tests", "1.4 – 7.5", "≤ 1.5")
            .tenths(all.unwraps_per_thousand(), Goal::at_most(1.5, 7.5)),
    ]
}

fn block_two(rules: &Rules) -> Vec<Row> {
    vec![
        Row::new("Rule file lines, median / p90", "18/57 – 175/415", "100/200")
            .part(rules.lines.median(), Goal::at_most(100.0, 175.0))
            .part(rules.lines.tenth_highest(), Goal::at_most(200.0, 415.0)),
        Row::new("Doc lines in a rule, median", "2 – 42", "≥ 30")
            .part(rules.doc_lines.median(), Goal::at_least(30.0, 2.0)),
        Row::new("Cases per rule, median", "1 – 4", "≥ 4").part(rules.cases.median(), Goal::at_least(4.0, 1.0)),
        Row::new("Rules with both halves shown", "95 % – 97 %", "100 %")
            .percent(rules.share_with_both_halves(), Goal::at_least(100.0, 95.0)),
    ]
}

/// Whole numbers in order, asked for their middle and their tail.
#[derive(Default)]
struct Counts(Vec<usize>);

impl Counts {
    fn of(numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut numbers: Vec<usize> = numbers.into_iter().collect();
        numbers.sort_unstable();
        Self(numbers)
    }

    fn median(&self) -> Option<usize> {
        self.rank(50)
    }

    /// The ninetieth percentile.
    fn tenth_highest(&self) -> Option<usize> {
        self.rank(90)
    }

    fn highest(&self) -> Option<usize> {
        self.0.last().copied()
    }

    /// The smallest number that so many percent of all do not exceed.
    fn rank(&self, percent: usize) -> Option<usize> {
        self.0.get((self.0.len() * percent).div_ceil(100).saturating_sub(1)).copied()
    }
}

/// `part` of `whole`, or nothing where there is no whole.
fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_numbers_of_the_list() {
        let counts = Counts::of([5, 1, 4, 2, 3, 10, 9, 8, 7, 6]);
        assert_eq!((counts.median(), counts.tenth_highest(), counts.highest()), (Some(5), Some(9), Some(10)));
        assert_eq!(Counts::of([7]).tenth_highest(), Some(7));
        assert_eq!(Counts::default().median(), None);
    }

    #[test]
    fn the_blocks_have_the_rows_of_the_style_page() {
        let tree = Tree::default();
        let history = History { commit: String::new(), date: String::new(), files: Counts::default() };
        assert_eq!(block_one(&Code::of(&tree), &Graph::of(&tree), &history).len(), 14);
        assert_eq!(block_two(&Rules::of(&tree)).len(), 4);
    }
}
