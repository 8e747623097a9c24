//! Books come back as they were, from the folder and from the workbook.

use gouji_model::books::{
    Books, BudgetUnit, CodeName, Count, Department, FreeText, Indicator, Origin, Posting, Project, ProjectStanding,
    Reason, Scheme, UnitKind,
};
use gouji_model::{Book, Code, Coordinates, Fen, Lang, Measure, Nature, Stream};
use gouji_sources::{Loaded, from_folder, from_workbook, to_folder, to_workbook};
use proptest::prelude::*;
use proptest::sample::select;

/// A line of text without blanks at its ends, with the signs that tables and markup care for.
fn line() -> impl Strategy<Value = String> {
    "[甲乙丙a-c0-9,;'\"=<>&|\\\\_ （）、。]{0,8}".prop_map(|text| text.trim().to_string())
}

/// A text that may have several lines.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..4).prop_map(|lines| lines.join("\n").trim().to_string())
}

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn amount() -> impl Strategy<Value = Fen> {
    prop_oneof![
        Just(0),
        -100_000..100_000_000i64,
        Just(1_000_000_000_000_000),
        999_999_999_999_000..999_999_999_999_999i64
    ]
    .prop_map(Fen::new)
}

const YEAR: i16 = 2026;
const UNITS: [&str; 3] = ["甲院", "乙, \"院\"", "丙（院）"];

fn units() -> impl Strategy<Value = Vec<BudgetUnit>> {
    let kinds = select(vec![UnitKind::Office, UnitKind::Institution]);
    let unit = (line(), line(), kinds);
    prop::collection::vec(unit, UNITS.len()).prop_map(|units| {
        let named = UNITS.iter().zip(units);
        named
            .map(|(name, (short, code, kind))| BudgetUnit {
                name: name.to_string(),
                short,
                code,
                kind,
                ..Default::default()
            })
            .collect()
    })
}

fn projects() -> impl Strategy<Value = Vec<Project>> {
    let standing = select(vec![
        ProjectStanding::Plain,
        ProjectStanding::Managed,
        ProjectStanding::Key,
        ProjectStanding::Construction,
    ]);
    let project = (select(&UNITS[..]), line(), standing, [text(), text(), text(), text()]);
    prop::collection::vec(project, 1..5).prop_map(|projects| {
        let numbered = projects.into_iter().enumerate();
        numbered
            .map(|(index, (unit, number, standing, [goal, basis, benefit, measure]))| Project {
                unit: unit.to_string(),
                // A number keeps the names apart.
                name: format!("项目{index}"),
                number,
                standing,
                goal,
                basis,
                benefit,
                measure,
                origin: Origin::default(),
            })
            .collect()
    })
}

fn books() -> impl Strategy<Value = Book> {
    select(vec![
        Book::General,
        Book::Funds,
        Book::StateCapital,
        Book::SpecialAccount,
        Book::Institutional,
        Book::Operating,
        Book::Superior,
        Book::Affiliate,
        Book::Other,
        Book::Own,
    ])
}

fn sources() -> impl Strategy<Value = Stream> {
    select(vec![Stream::Year, Stream::CarriedIn, Stream::UnitFund])
}

/// Expenditure of a project, where there is one to choose, or basic.
fn spent(projects: Vec<Project>) -> impl Strategy<Value = Posting> {
    let nature = select(vec![Nature::Basic, Nature::Personnel, Nature::PublicUse]);
    let basic = (select(&UNITS[..]), nature, any::<bool>()).prop_map(|(unit, nature, transfer)| {
        (unit.to_string(), nature, String::new(), if transfer { "transfer" } else { "" })
    });
    let of_project = (select(projects), any::<bool>()).prop_map(|(project, transfer)| {
        let item = match (project.standing, transfer) {
            (ProjectStanding::Construction, _) => "construction",
            (_, true) => "transfer",
            _ => "",
        };
        (project.unit, Nature::Project, project.name, item)
    });
    let codes = (select(vec!["2060101", "2078801"]), select(vec!["302", "30201", "30231", "31002"]));
    let placed = prop_oneof![basic, of_project];
    (placed, books(), sources(), codes, [amount(), amount()]).prop_map(
        |((unit, nature, project, item), book, source, (function, economic), [amount, previous])| {
            let at = Coordinates {
                measure: Measure::Expenditure,
                year: YEAR,
                stream: Stream::Year,
                book,
                nature,
                function: code(function),
                economic: code(economic),
                item: code(item),
                unit,
                project,
                ..Default::default()
            };
            Posting { at, source, amount, previous, ..Posting::default() }
        },
    )
}

fn carried() -> impl Strategy<Value = Posting> {
    (select(&UNITS[..]), books(), sources(), [amount(), amount()]).prop_map(
        |(unit, book, source, [amount, previous])| {
            let at = Coordinates {
                measure: Measure::Expenditure,
                year: YEAR,
                stream: Stream::CarriedOut,
                book,
                function: code("2060101"),
                unit: unit.to_string(),
                ..Default::default()
            };
            Posting { at, source, amount, previous, ..Posting::default() }
        },
    )
}

/// Lines of a list that stand there once: every item with its amounts.
fn once(measure: Measure, items: &'static [&'static str], unit: &'static str) -> impl Strategy<Value = Vec<Posting>> {
    prop::collection::vec([amount(), amount()], items.len()).prop_map(move |amounts| {
        let lines = items.iter().zip(amounts);
        lines
            .map(|(item, [amount, previous])| Posting {
                at: Coordinates { measure, year: YEAR, item: code(item), unit: unit.to_string(), ..Default::default() },
                amount,
                previous,
                ..Default::default()
            })
            .collect()
    })
}

const COUNTED: [(Measure, &str); 6] = [
    (Measure::Posts, "admin"),
    (Measure::Staff, "institution"),
    (Measure::Retired, "veteran"),
    (Measure::Vehicles, "post.without"),
    (Measure::Vehicles, "buy.special"),
    (Measure::Equipment, "common"),
];

fn counts() -> impl Strategy<Value = Vec<Count>> {
    prop::collection::vec(0..1_000_000i64, COUNTED.len()).prop_map(|numbers| {
        let counted = COUNTED.iter().zip(numbers);
        counted
            .map(|((measure, item), number)| Count {
                at: Coordinates {
                    measure: *measure,
                    item: code(item),
                    unit: UNITS[1].to_string(),
                    ..Default::default()
                },
                number,
                ..Default::default()
            })
            .collect()
    })
}

fn names() -> Vec<CodeName> {
    let named = [
        (Scheme::Function, "20788", "虚构事务"),
        (Scheme::Function, "2078801", "虚构，\"项\""),
        (Scheme::Procurement, "A02", "设备"),
        (Scheme::Procurement, "C0104", "服务"),
    ];
    named
        .map(|(scheme, text, name)| CodeName { scheme, code: code(text), name: name.into(), origin: Origin::default() })
        .to_vec()
}

fn all_books() -> impl Strategy<Value = Books> {
    (units(), projects()).prop_flat_map(|(units, projects)| {
        let postings = (
            prop::collection::vec(spent(projects.clone()), 0..8),
            prop::collection::vec(carried(), 0..3),
            once(Measure::ThreePublic, &["overseas", "reception", "vehicles.buy", "vehicles.run"], ""),
            once(Measure::Procurement, &["A02", "C0104"], UNITS[0]),
        );
        let indicator = [line(), line(), line(), line()];
        let project = select(projects.clone());
        let others = (
            counts(),
            prop::collection::vec((line(), amount()), 0..3),
            prop::collection::vec((project, indicator), 0..3),
            prop::collection::vec(text(), 0..4),
            [line(), line(), line()],
        );
        (postings, others).prop_map(move |(postings, (counts, reasons, indicators, texts, [name, short, form]))| {
            let (mut all, carried, public, procurement) = postings;
            all.extend(carried.into_iter().chain(public).chain(procurement));
            let origin = Origin::default();
            let department =
                Department { name: format!("局{name}"), short, year: YEAR, form: format!("f{form}"), origin };
            let reason = |(subject, change)| Reason { subject: format!("因{subject}"), change, origin };
            let indicator = |(project, [class, name, value, source]): (Project, [String; 4])| Indicator {
                unit: project.unit,
                project: project.name,
                class,
                name: format!("数{name}"),
                value,
                measured_in: "个".into(),
                source,
                origin,
            };
            let text = |(index, text)| FreeText { key: format!("键 {index}"), text, origin };
            Books {
                department,
                units: units.clone(),
                projects: projects.clone(),
                postings: all,
                counts,
                reasons: reasons.into_iter().map(reason).collect(),
                indicators: indicators.into_iter().map(indicator).collect(),
                names: names(),
                texts: texts.into_iter().rev().enumerate().map(text).collect(),
            }
        })
    })
}

/// The books without the places where they were written.
fn placeless(mut books: Books) -> Books {
    let none = Origin::default();
    books.department.origin = none;
    books.units.iter_mut().for_each(|entry| entry.origin = none);
    books.projects.iter_mut().for_each(|entry| entry.origin = none);
    books.postings.iter_mut().for_each(|entry| entry.origin = none);
    books.counts.iter_mut().for_each(|entry| entry.origin = none);
    books.reasons.iter_mut().for_each(|entry| entry.origin = none);
    books.indicators.iter_mut().for_each(|entry| entry.origin = none);
    books.names.iter_mut().for_each(|entry| entry.origin = none);
    books.texts.iter_mut().for_each(|entry| entry.origin = none);
    books
}

fn loaded(result: Result<Loaded, Vec<gouji_sources::Fault>>) -> Books {
    placeless(result.unwrap_or_else(|faults| panic!("{faults:#?}")).books)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_folder_keeps_everything(books in all_books()) {
        prop_assert_eq!(loaded(from_folder(&to_folder(&books))), books);
    }

    #[test]
    fn the_workbook_keeps_everything(books in all_books()) {
        let bytes = to_workbook(&books, Lang::Zh).unwrap();
        prop_assert_eq!(loaded(from_workbook(&bytes)), books);
    }
}

#[test]
fn the_same_books_give_the_same_bytes() {
    let books = Books { names: names(), ..Books::default() };
    assert_eq!(to_workbook(&books, Lang::En).unwrap(), to_workbook(&books, Lang::En).unwrap());
    assert_eq!(to_folder(&books), to_folder(&books));
}
