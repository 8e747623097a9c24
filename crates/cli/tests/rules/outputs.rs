//! What the user sees of each rule: the plain text of the findings of its firing cases, accepted and kept beside it.
//!
//! `INSTA_UPDATE=always cargo test -p gouji --test rules outputs` accepts what is printed now; read the difference first.

use crate::case::{CasesFile, Section};
use crate::road::rules_folder;
use crate::{expect_none, fires};
use gouji_check::Report;
use gouji_explain::{Colour, TextStyle, render_text};
use gouji_model::Lang;

#[test]
fn outputs_are_as_accepted() {
    let files = CasesFile::all();
    let firing = files.iter().filter(|file| fires(file.rule.code));
    let differs = |file: &&CasesFile| std::panic::catch_unwind(|| is_as_accepted(file)).is_err();
    expect_none(&firing.filter(differs).map(|file| format!("{}.snap differs", file.stem())).collect::<Vec<_>>());
}

fn is_as_accepted(file: &CasesFile) {
    let mut shown = String::new();
    for case in file.cases.iter().filter(|case| case.section == Section::Fires) {
        let run = case.run();
        let own = run.report.findings.iter().filter(|finding| finding.code == file.rule.code).cloned();
        let report = Report { findings: own.collect(), ..Report::default() };
        let style = TextStyle { lang: Lang::Zh, width: 100, colour: Colour::Plain };
        shown.push_str(&findings_of(&render_text(&[run.checked(&report)], &style)));
    }
    let folder = file.path.parent().and_then(|folder| folder.canonicalize().ok());
    insta::with_settings!({
        snapshot_path => folder.expect("the folder of a file that was read is there"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(file.stem(), shown);
    });
}

/// An accepted output without its cases would never be looked at again.
#[test]
fn no_output_is_left_behind() {
    let groups = std::fs::read_dir(rules_folder()).expect("the rules are there").flatten().map(|entry| entry.path());
    let files = groups.filter(|path| path.is_dir()).flat_map(|group| std::fs::read_dir(group).expect("a folder"));
    let outputs =
        files.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "snap"));
    let lost = outputs.filter(|path| !path.with_extension("cases.md").exists());
    expect_none(&lost.map(|path| path.display().to_string()).collect::<Vec<_>>());
}

/// The text without the summary, which is its last paragraph.
fn findings_of(text: &str) -> String {
    let blocks = text.trim_end().rsplit_once("\n\n").map_or("", |(blocks, _)| blocks);
    format!("{}\n\n", blocks.trim_end())
}
