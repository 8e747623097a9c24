//! Random books: several units, every source, zero and negative changes, empty tables, names with
//! brackets, from one fen to 10^13.

use crate::dice::Dice;
use gouji_model::books::{
    Books, BudgetUnit, CodeName, Count, Department, FreeText, Origin, Posting, Project, ProjectStanding, Reason,
    Scheme, UnitKind,
};
use gouji_model::{Book, Catalogue, Code, Coordinates, Fen, Measure, Nature, Stream};
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
const SOURCES: [(Book, Stream); 7] = [
    (Book::General, Stream::Year),
    (Book::General, Stream::CarriedIn),
    (Book::Funds, Stream::Year),
    (Book::StateCapital, Stream::Year),
    (Book::SpecialAccount, Stream::Year),
    (Book::Own, Stream::Year),
    (Book::Own, Stream::UnitFund),
];

/// Books for a form; the same seed gives the same books.
pub(super) fn books(seed: u64, form: &Form) -> Books {
    let mut dice = Dice::new(seed);
    let place = dice.choose(&PLACES);
    let body = dice.choose(&BODIES);
    let year = 2019;
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
    postings(&mut books, &mut dice);
    lists(&mut books, &mut dice);
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
                0 => ProjectStanding::Plain,
                1 => ProjectStanding::Construction,
                2 | 3 => ProjectStanding::Key,
                _ => ProjectStanding::Managed,
            };
            // The same name may stand in the table of key projects once only: it has no unit there.
            let is_taken =
                books.projects.iter().any(|known| known.name == name && known.standing == ProjectStanding::Key);
            let standing =
                if is_taken && standing == ProjectStanding::Key { ProjectStanding::Managed } else { standing };
            books.projects.push(Project {
                unit: unit.clone(),
                name: name.to_owned(),
                standing,
                goal: "完成年度任务".into(),
                basis: "年度工作安排".into(),
                benefit: "提高服务水平".into(),
                measure: "按时完成".into(),
                ..Project::default()
            });
        }
    }
}

/// From one fen to 10^13, each size as likely as any other; sometimes negative, sometimes nought.
fn amount(dice: &mut Dice, size: u64) -> Fen {
    let power = dice.roll(size) as u32;
    let fen = (1 + dice.roll(9)) as i64 * 10_i64.pow(power) + dice.roll(10_u64.pow(power)) as i64;
    Fen::new(match dice.roll(24) {
        0 => -fen,
        1 => 0,
        _ => fen,
    })
}

fn postings(books: &mut Books, dice: &mut Dice) {
    let functions: Vec<Code> =
        Catalogue::function().iter().map(|(code, _)| code).filter(|code| code.len() == 7).collect();
    let economics: Vec<Code> =
        Catalogue::economic().iter().map(|(code, _)| code).filter(|code| code.len() == 5).collect();
    let size = 3 + dice.roll(11);
    let variety = 1 + dice.roll(SOURCES.len() as u64);
    let lines = dice.roll(1 + dice.roll(300));
    for _ in 0..lines {
        let unit = dice.choose(&books.units).name.clone();
        let own: Vec<&Project> = books.projects.iter().filter(|project| project.unit == unit).collect();
        let project = if own.is_empty() || dice.roll(2) == 0 { None } else { Some((*dice.choose(&own)).clone()) };
        let (book, source) = SOURCES[dice.roll(variety) as usize];
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
        let now = amount(dice, size);
        let previous = match dice.roll(4) {
            0 => now,
            1 => Fen::new(0),
            _ => amount(dice, size),
        };
        books.postings.push(Posting { at, source, amount: now, previous, origin: Origin::default() });
    }
}

fn lists(books: &mut Books, dice: &mut Dice) {
    let year = books.department.year;
    let mut post = |measure, item: &str, unit: &str, amount: Fen, previous: Fen| {
        let at = Coordinates {
            measure,
            year,
            item: Code::new(item).unwrap_or(Code::ALL),
            unit: unit.into(),
            ..Coordinates::default()
        };
        books.postings.push(Posting { at, source: Stream::All, amount, previous, origin: Origin::default() });
    };
    let positive = |dice: &mut Dice| Fen::new(dice.roll(3).min(1) as i64 * dice.roll(90_000_000) as i64);
    for item in ["overseas", "reception", "vehicles.buy", "vehicles.run"] {
        let now = positive(dice);
        let previous = if dice.roll(2) == 0 { now } else { positive(dice) };
        post(Measure::ThreePublic, item, "", now, previous);
    }
    let mut names = Vec::new();
    for (code, name) in [("A0201", "服务器"), ("A0304", "打印设备"), ("B0301", "房屋修缮"), ("C0201", "运维服务")]
    {
        if dice.roll(2) == 0 {
            post(Measure::Procurement, code, "", positive(dice), Fen::new(0));
            names.push((code, name));
        }
    }
    for (code, name) in names {
        let code = Code::new(code).unwrap_or(Code::ALL);
        books.names.push(CodeName { scheme: Scheme::Procurement, code, name: name.into(), origin: Origin::default() });
    }
    for subject in ["专项资金", "人员经费"] {
        if dice.roll(2) == 0 {
            let change = amount(dice, 10);
            books.reasons.push(Reason { subject: subject.into(), change, origin: Origin::default() });
        }
    }
}

fn counts(books: &mut Books, dice: &mut Dice) {
    let kinds = [
        (Measure::Posts, "admin", 80),
        (Measure::Staff, "admin", 60),
        (Measure::Posts, "institution", 80),
        (Measure::Staff, "institution", 60),
        (Measure::Retired, "pensioner", 30),
        (Measure::Contract, "employee", 9),
        (Measure::Vehicles, "kind.general", 5),
        (Measure::Vehicles, "kind.duty", 3),
        (Measure::Equipment, "common", 3),
    ];
    for unit in &books.units {
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
