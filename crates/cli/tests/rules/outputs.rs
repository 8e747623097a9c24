//! What the user sees of each rule: the plain text of the findings of its firing cases, accepted and kept beside it.
//!
//! `INSTA_UPDATE=always cargo test -p gouji --test rules outputs` accepts what is printed now; read the difference first.

use crate::case::{CasesFile, Section};
use crate::fires;
use gouji_check::Report;
use gouji_explain::{Colour, TextStyle, render_text};
use gouji_model::Lang;

#[test]
fn outputs_are_as_accepted() {
    for file in CasesFile::all().iter().filter(|file| fires(file.rule.code)) {
        let mut shown = String::new();
        for case in file.cases.iter().filter(|case| case.section == Section::Fires) {
            let run = case.run();
            let own = run.report.findings.iter().filter(|finding| finding.code == file.rule.code).cloned();
            let report = Report { findings: own.collect(), ..Report::default() };
            let style = TextStyle { lang: Lang::Zh, width: 100, colour: Colour::Plain };
            shown.push_str(&findings_of(&render_text(&[run.checked(&report)], &style)));
        }
        let folder = file.path.parent().expect("a cases file stands in a folder");
        let folder = folder.canonicalize().expect("the folder of a file that was read is there");
        insta::with_settings!({
            snapshot_path => folder,
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(file.stem(), shown);
        });
    }
}

/// The text without the summary, which is its last paragraph.
fn findings_of(text: &str) -> String {
    let blocks = text.trim_end().rsplit_once("\n\n").map_or("", |(blocks, _)| blocks);
    format!("{}\n\n", blocks.trim_end())
}
