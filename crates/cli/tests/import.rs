//! A published report becomes a draft of the books; built again, it prints the same cells.

mod common;

use common::{Folder, code, gouji, stderr, stdout, text};
use gouji_read::{Limits, read};
use gouji_report::form::Form;
use gouji_sources::{Draft, draft, from_folder, from_workbook, to_folder, to_workbook};
use gouji_understand::{Forms, Statement, understand};

const FORM: &str = "shenzhen-2019";

fn statement(files: Vec<(String, Vec<u8>)>) -> Statement {
    let document = read(files, &Limits::default());
    understand(&document, &Forms::standard())
}

/// The draft of a report, and what is read in the report that is built of it.
fn built(original: &Statement) -> (Draft, Statement) {
    let draft = draft(original, FORM);
    let form = Form::standard(FORM).expect("the form is one of ours");
    let document = gouji_report::build(&draft.books, &form);
    let printed = gouji_report::text::text(&document).into_bytes();
    (draft, statement(vec![("report.txt".into(), printed)]))
}

/// How many facts of the original the other prints as well, and every one that it prints differently.
fn compared(original: &Statement, other: &Statement) -> (usize, Vec<String>) {
    let mut equal = 0;
    let mut different = Vec::new();
    for fact in &original.facts {
        let same: Vec<_> = other.facts.iter().filter(|known| known.at == fact.at).collect();
        if same.iter().any(|known| known.figure.meets(&fact.figure)) {
            equal += 1;
        } else if !same.is_empty() {
            let printed: Vec<String> = same.iter().map(|known| known.figure.to_string()).collect();
            different.push(format!("{} {} {printed:?}", original.label(fact), fact.figure));
        }
    }
    (equal, different)
}

/// The draft can be kept either way, and means the same.
fn assert_kept(draft: &Draft) {
    let folder = from_folder(&to_folder(&draft.books)).expect("the folder of a draft can be read");
    let workbook = to_workbook(&draft.books, gouji_model::Lang::Zh).expect("memory can be written");
    let workbook = from_workbook(&workbook).expect("the workbook of a draft can be read");
    for books in [&folder.books, &workbook.books] {
        assert_eq!(to_folder(books), to_folder(&draft.books));
    }
}

#[test]
fn every_cell_of_the_longgang_report_is_printed_again() {
    let Some(bytes) = common::longgang() else { return };
    let original = statement(vec![("report.txt".into(), bytes)]);
    let (draft, again) = built(&original);
    let (equal, different) = compared(&original, &again);
    assert!(different.is_empty(), "{different:#?}");
    assert_eq!(equal, original.facts.len(), "every cell is printed again");
    assert_eq!(again.tables.len(), 14);
    // It says in two ways how much more or less it spends than the year before.
    let odd: Vec<_> = draft.unknown.iter().filter(|entry| entry.is_contradiction).collect();
    assert_eq!(odd.len(), 1, "{odd:#?}");
    assert_eq!(draft.books.counts.iter().filter(|count| count.number > 0).count(), 15);
    assert!(draft.books.postings.iter().all(|posting| posting.assumed
        || !posting.at.unit.is_empty()
        || posting.at.measure == gouji_model::Measure::ThreePublic));
    assert_kept(&draft);
}

/// Reports of other places, in forms of their own: what the form of Shenzhen shares is equal.
#[test]
fn reports_of_other_places_are_printed_again_where_the_form_shares_their_cells() {
    let reports: [(&[&str], usize); 3] = [
        (&["jiangsu/cppcc-office-2019-text.pdf", "jiangsu/cppcc-office-2019-tables.pdf"], 70),
        (&["shanghai/putuo-finance-2025-budget.pdf"], 170),
        (&["shanghai/putuo-wanli-2024-budget.pdf"], 600),
    ];
    for (paths, least) in reports {
        let files: Option<Vec<_>> =
            paths.iter().map(|path| Some((path.to_string(), common::shared(&format!("corpus/{path}"))?))).collect();
        let Some(files) = files else { return };
        let original = statement(files);
        let (draft, again) = built(&original);
        let (equal, different) = compared(&original, &again);
        assert!(different.is_empty(), "{paths:?} {different:#?}");
        assert!(equal >= least, "{paths:?}: {equal} cells are shared");
        assert_kept(&draft);
    }
}

/// The invented report of Qinghe has faults on purpose: what contradicts is listed, the rest is equal.
#[test]
fn contradictions_are_listed_and_not_repaired() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/qinghe-2024/report.txt");
    let bytes = std::fs::read(path).expect("the example is in the repository");
    let original = statement(vec![("report.txt".into(), bytes)]);
    let (draft, again) = built(&original);
    let (equal, different) = compared(&original, &again);
    assert!(equal > 300 && different.len() == 1, "{equal} {different:#?}");
    assert!(different[0].contains("213 农林水支出 项目支出 4028.04"), "{different:?}");
    let told = |words: &str| {
        draft.unknown.iter().any(|entry| entry.is_contradiction && entry.message(gouji_model::Lang::Zh).contains(words))
    };
    assert!(told("4028.04"), "{:#?}", draft.unknown);
    assert_kept(&draft);
}

#[test]
fn a_draft_is_written_with_the_list_of_what_is_not_known() {
    let folder = Folder::new("import");
    let report = folder.write("report.txt", common::BROKEN);
    for (name, list) in [("draft", "draft/unknown.csv"), ("draft.xlsx", "draft.unknown.csv")] {
        let target = folder.path(name);
        let run = |more: &[&str]| gouji(&[&["import", text(&report), "--output", text(&target)], more].concat());
        let output = run(&[]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).contains("不一致 支出: 2019年“表三 合计 项目支出”为 600 万元"), "{}", stdout(&output));
        let unknown = std::fs::read_to_string(folder.path(list)).expect("the list is written");
        assert!(unknown.starts_with("\u{feff}列表,类别,内容\n"), "{unknown}");
        assert_eq!(code(&run(&[])), 2, "nothing is replaced unasked");
        let english = run(&["--force", "--lang", "en"]);
        assert!(stdout(&english).contains("contradiction"), "{}", stdout(&english));
        let build = gouji(&["build", text(&target), "--output", text(&folder.path("out")), "--only", "txt", "--force"]);
        assert!(code(&build) < 2, "{}", stderr(&build));
    }
    let two = gouji(&["import", text(&report), text(&report), "--output", text(&folder.path("two"))]);
    assert_eq!(code(&two), 2);
    assert!(stderr(&two).contains("--as-one"), "{}", stderr(&two));
}
