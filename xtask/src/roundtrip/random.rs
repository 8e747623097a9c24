//! Random books: several units, every source, zero and negative changes, empty tables, names with
//! brackets, from one fen to 10^13.

use crate::dice::Dice;
use gouji_model::books::{
    Books, BudgetUnit, CodeName, Count, Department, FreeText, Origin, Posting, Project, ProjectStanding, Reason,
    Scheme, UnitKind,
};
use gouji_model::{Book, Catalogue, Code, Coordinates, Facets, Fen, Measure, Nature, Stream};
use gouji_report::form::Form;

const PLACES: [&str; 4] = ["云州市清河区", "临江市", "北山县", "青石市东湖区"];
const BODIES: [&str; 5] = ["科学技术局", "教育局", "水务局", "民政局", "文化广电旅游局"];
const UNITS: [&str; 6] = ["服务中心", "信息中心（筹）", "第一工作站", "研究院", "保障中心", "展览馆（东区）"];
const PROJECTS: [&str; 10] = [
    "设备更新",
    "专项资金（第一批）",
    "信息化运维",
    "业务培训",
    "场馆修缮",
    "课题研究",
    "宣传推广",
    "专项检查",
    "购买服务",
    "平台建设（二期）",
];
/// Function codes that are tied to economic codes, or may hold basic expenditure only.
const TIED_FUNCTIONS: [&str; 8] = ["01", "02", "80502", "80504", "80505", "80506", "10201", "10203"];
/// Economic codes that are tied to function codes, to the three public expenses or to procurement.
const TIED_ECONOMICS: [&str; 12] =
    ["30301", "30302", "30108", "30109", "30110", "30111", "30113", "30212", "30217", "30231", "31013", "31002"];
/// The power of ten of 1 万元 in fen.
const VISIBLE: u64 = 6;

/// True where no amount of the books is below the unit that is printed. Smaller ones are printed
/// as 0 by a form without decimals, and no reader can tell them from nothing.
pub(super) fn is_visible(seed: u64) -> bool {
    seed.is_multiple_of(2)
}

/// Books for a form; the same seed gives the same books.
pub(super) fn books(seed: u64, form: &Form) -> Books {
    let mut dice = Dice::new(seed);
    let place = dice.choose(&PLACES);
    let body = dice.choose(&BODIES);
    let year = 2019.clamp(form.years.0, form.years.1);
    let name = format!("{place}{body}");
    let mut books = Books {
        department: Department {
            name: name.clone(),
            short: format!("区{}", body),
            year,
            form: form.id.clone(),
            origin: Origin::default(),
        },
        ..Books::default()
    };
    units(&mut books, &mut dice, place, &name);
    projects(&mut books, &mut dice);
    let least = if is_visible(seed) { VISIBLE } else { 0 };
    let sizes = Sizes { least, beyond: least + 1 + dice.roll(13 - least) };
    let sources: Vec<(Book, Stream)> = form.sources.iter().map(source).collect();
    postings(&mut books, &mut dice, sizes, &sources);
    lists(&mut books, &mut dice, sizes);
    counts(&mut books, &mut dice);
    books.texts.push(text("duties", "负责本行业的规划、管理和服务工作。"));
    books.texts.push(text("goals", "做好年度各项工作，提高资金使用效益。"));
    books
}

fn text(key: &str, text: &str) -> FreeText {
    FreeText { key: key.into(), text: text.into(), origin: Origin::default() }
}

fn units(books: &mut Books, dice: &mut Dice, place: &str, name: &str) {
    let unit =
        |name: String, short: &str, kind| BudgetUnit { name, short: short.into(), kind, ..BudgetUnit::default() };
    let short = books.department.short.clone();
    books.units.push(unit(format!("{name}本级"), &format!("{short}本级"), UnitKind::Office));
    for _ in 0..dice.roll(4) {
        let own = dice.choose(&UNITS);
        let name = format!("{place}{own}");
        if books.units.iter().all(|known| known.name != name) {
            books.units.push(unit(name, &format!("区{own}"), UnitKind::Institution));
        }
    }
}

fn projects(books: &mut Books, dice: &mut Dice) {
    for index in 0..books.units.len() {
        let unit = books.units[index].name.clone();
        for _ in 0..dice.roll(5) {
            let name = *dice.choose(&PROJECTS);
            if books.projects.iter().any(|known| known.unit == unit && known.name == name) {
                continue;
            }
            let standing = match dice.roll(8) {
                0 => ProjectStanding::Construction,
                1 | 2 => ProjectStanding::Key,
                _ => ProjectStanding::Managed,
            };
            // The same name may stand in the table of key projects once only: it has no unit there.
            // The table of key projects names no unit: one of a name that others have too would be
            // read as all of them.
            let is_taken = books.projects.iter().any(|known| known.name == name);
            let is_key =
                books.projects.iter().any(|known| known.name == name && known.standing == ProjectStanding::Key);
            let standing =
                if is_taken && standing == ProjectStanding::Key { ProjectStanding::Managed } else { standing };
            if is_key {
                continue;
            }
            books.projects.push(Project {
                unit: unit.clone(),
                name: name.to_owned(),
                standing,
                goal: "完成年度任务".into(),
                basis: "年度工作安排".into(),
                benefit: "提高服务水平".into(),
                measure: "完成不少于3项".into(),
                ..Project::default()
            });
        }
    }
}

/// How large amounts are, as powers of ten of a fen.
#[derive(Clone, Copy)]
struct Sizes {
    least: u64,
    beyond: u64,
}

/// Each size as likely as any other; sometimes negative, sometimes nought.
fn amount(dice: &mut Dice, sizes: Sizes) -> Fen {
    let may_be_negative = sizes.least < VISIBLE;
    let power = (sizes.least + dice.roll(sizes.beyond - sizes.least)) as u32;
    let fen = (1 + dice.roll(9)) as i64 * 10_i64.pow(power) + dice.roll(10_u64.pow(power)) as i64;
    Fen::new(match dice.roll(24) {
        0 if may_be_negative => -fen,
        1 => 0,
        _ => fen,
    })
}

/// Where the money of a posting comes from, as a form names it.
fn source(facets: &Facets) -> (Book, Stream) {
    (facets.book.unwrap_or_default(), facets.stream.unwrap_or_default())
}

fn postings(books: &mut Books, dice: &mut Dice, sizes: Sizes, sources: &[(Book, Stream)]) {
    let functions = codes(&Catalogue::function(), 7, &TIED_FUNCTIONS);
    let economics = codes(&Catalogue::economic(), 5, &TIED_ECONOMICS);
    let variety = 1 + dice.roll(sources.len() as u64);
    let most = 1 + dice.roll(300);
    let lines = dice.roll(most);
    for _ in 0..lines {
        let unit = dice.choose(&books.units).name.clone();
        let own: Vec<&Project> = books.projects.iter().filter(|project| project.unit == unit).collect();
        let project = if own.is_empty() || dice.roll(2) == 0 { None } else { Some((*dice.choose(&own)).clone()) };
        let (book, source) = sources[dice.roll(variety) as usize];
        let (nature, kinds) = match &project {
            Some(_) => (Nature::Project, &["302", "310", "312", "399"][..]),
            None => (Nature::Basic, &["301", "302", "303"][..]),
        };
        let fitting: Vec<Code> =
            economics.iter().copied().filter(|code| kinds.iter().any(|kind| code.as_str().starts_with(kind))).collect();
        let item = match &project {
            Some(project) if project.standing == ProjectStanding::Construction => "construction",
            _ if dice.roll(30) == 0 => "transfer",
            _ => "",
        };
        let at = Coordinates {
            measure: Measure::Expenditure,
            year: books.department.year,
            stream: Stream::Year,
            book,
            nature,
            function: *dice.choose(&functions),
            economic: *dice.choose(&fitting),
            item: Code::new(item).unwrap_or(Code::ALL),
            unit,
            project: project.map_or(String::new(), |project| project.name),
            ..Coordinates::default()
        };
        let now = amount(dice, sizes);
        let previous = match dice.roll(4) {
            0 => now,
            1 => Fen::new(0),
            _ => amount(dice, sizes),
        };
        books.postings.push(Posting { at, source, amount: now, previous, ..Posting::default() });
    }
}

/// Codes of one length that are tied to no other code: what the ties ask of the books is not
/// what is tried here.
fn codes(catalogue: &Catalogue, length: usize, tied: &[&str]) -> Vec<Code> {
    let free = |code: &Code| code.len() == length && !tied.iter().any(|tail| code.as_str().ends_with(tail));
    catalogue.iter().map(|(code, _)| code).filter(free).collect()
}

fn lists(books: &mut Books, dice: &mut Dice, sizes: Sizes) {
    let year = books.department.year;
    let mut tied = Vec::new();
    let mut post = |measure, item: &str, unit: &str, amount: Fen, previous: Fen| {
        let at = Coordinates {
            measure,
            year,
            item: Code::new(item).unwrap_or(Code::ALL),
            unit: unit.into(),
            ..Coordinates::default()
        };
        books.postings.push(Posting { at, source: Stream::All, amount, previous, ..Posting::default() });
    };
    let positive = |dice: &mut Dice| Fen::new(dice.roll(3).min(1) as i64 * dice.roll(90_000_000) as i64);
    for (item, economic) in [("overseas", "30212"), ("reception", "30217"), ("vehicles.run", "30231")] {
        let now = positive(dice);
        let previous = if dice.roll(2) == 0 { now } else { positive(dice) };
        post(Measure::ThreePublic, item, "", now, previous);
        tied.push((economic, now, previous));
    }
    let mut names = Vec::new();
    for (code, name) in [("A0201", "服务器"), ("A0304", "打印设备"), ("B0301", "房屋修缮"), ("C0201", "运维服务")]
    {
        if dice.roll(2) == 0 {
            let bought = positive(dice);
            post(Measure::Procurement, code, "", bought, Fen::new(0));
            tied.push(("30299", bought, Fen::new(0)));
            names.push((code, name));
        }
    }
    // What the three public expenses are spent on is in the expenditure too.
    for (economic, amount, previous) in tied {
        let at = Coordinates {
            measure: Measure::Expenditure,
            year,
            stream: Stream::Year,
            book: Book::General,
            nature: Nature::Basic,
            function: Code::new("2010199").unwrap_or(Code::ALL),
            economic: Code::new(economic).unwrap_or(Code::ALL),
            unit: books.units[0].name.clone(),
            ..Coordinates::default()
        };
        books.postings.push(Posting { at, source: Stream::Year, amount, previous, ..Posting::default() });
    }
    for (code, name) in names {
        let code = Code::new(code).unwrap_or(Code::ALL);
        books.names.push(CodeName { scheme: Scheme::Procurement, code, name: name.into(), origin: Origin::default() });
    }
    for subject in ["重点任务经费", "人员经费"] {
        if dice.roll(2) == 0 {
            let change = amount(dice, sizes);
            books.reasons.push(Reason { subject: subject.into(), change, origin: Origin::default() });
        }
    }
}

fn counts(books: &mut Books, dice: &mut Dice) {
    let kinds = [
        (Measure::Retired, "pensioner", 30),
        (Measure::Contract, "employee", 9),
        (Measure::Vehicles, "kind.general", 5),
        (Measure::Vehicles, "kind.duty", 3),
        (Measure::Equipment, "common", 3),
    ];
    for unit in &books.units {
        for item in ["admin", "institution"] {
            let posts = dice.roll(80) as i64;
            books.counts.push(count(Measure::Posts, item, &unit.name, posts));
            books.counts.push(count(Measure::Staff, item, &unit.name, posts - dice.roll(1 + posts as u64) as i64));
        }
        let mut vehicles = 0;
        for (measure, item, most) in kinds {
            let number = dice.roll(most) as i64;
            vehicles += if measure == Measure::Vehicles { number } else { 0 };
            books.counts.push(count(measure, item, &unit.name, number));
        }
        books.counts.push(count(Measure::Vehicles, "post.with", &unit.name, vehicles));
    }
}

fn count(measure: Measure, item: &str, unit: &str, number: i64) -> Count {
    let item = Code::new(item).unwrap_or(Code::ALL);
    Count {
        at: Coordinates { measure, item, unit: unit.into(), ..Coordinates::default() },
        number,
        origin: Origin::default(),
    }
}
