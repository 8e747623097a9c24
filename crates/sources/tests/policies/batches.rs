//! Whole batches through a working folder: registers as files, decisions, and the share of a budget.

use super::cases::{Facts, Given, Worked, worked};
use gouji_fund::policy::{Kind, Pick};
use gouji_fund::work::{FlagKind, Shared, Work};
use gouji_fund::{CreditCode, Day, Lane};
use gouji_model::Lang;
use gouji_sources::from_working_folder;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Policies whose registers hold either columns or bare entries, so that facts can be written as rows one to one.
const PLAIN: [&str; 3] = ["baoan-research", "city-research", "nanshan-growth"];
/// Names that look like nobody else's.
const NAMES: [&str; 6] = ["东岭光学", "西桥精密机械", "南河软件", "北山生物医药", "中原动力电池", "长海船舶配件"];

/// What a case says of an applicant is found again when it stands in registers, and the decision is the same.
#[test]
fn cases_come_out_of_a_working_folder() {
    for worked in worked().iter().filter(|worked| PLAIN.contains(&worked.name.as_str())) {
        // A batch for each case, so that no two applicants look alike.
        let opens = worked.policy.versions[0].from;
        let batches: Vec<Planned> =
            worked.cases.iter().map(|case| Planned { opens, budget: None, applicants: vec![&case.facts] }).collect();
        let work = folder(worked, &batches);
        for (case, batch) in worked.cases.iter().zip(&work.batches) {
            let judged = work.judge(batch).unwrap_or_else(|faults| panic!("{faults:?}"));
            let place = format!("{} “{}”", worked.name, case.reason);
            for (input, column) in worked.policy.inputs.iter().zip(&judged.columns) {
                let found = match input.kind {
                    Kind::Class => column.word(0).map(|word| Given::Word(word.to_owned())),
                    _ => column.value(0).map(Given::Number),
                };
                assert_eq!(found.as_ref(), case.facts.0.get(&input.name), "{place}: {}", input.name);
            }
            let lane = match judged.decisions.lanes[0] {
                Lane::Pass => "pass",
                Lane::Assist => "assist",
                Lane::Refuse => "refuse",
            };
            let award = judged.decisions.award(0).map(|fen| fen.fen());
            assert_eq!((lane, award), (case.lane.as_str(), case.award), "{place}");
        }
    }
}

/// The budget over the bases; who is refused or waits for a person is not among them.
#[test]
fn a_pure_share_comes_out_as_worked() {
    let mut compared = 0;
    for worked in &worked() {
        for batch in &worked.batches {
            let version = worked.policy.versions.iter().find(|version| version.id == batch.version).unwrap();
            let applicants = batch.applicants.iter().collect();
            let planned = Planned { opens: version.from, budget: Some(batch.budget), applicants };
            let work = folder(worked, &[planned]);
            let judged = work.judge(&work.batches[0]).unwrap_or_else(|faults| panic!("{faults:?}"));
            let paid: Vec<Option<i64>> =
                (0..batch.applicants.len()).map(|at| judged.payable(at).map(|fen| fen.fen())).collect();
            assert_eq!(paid, batch.paid, "{} “{}”", worked.name, batch.reason);
            assert!(paid.iter().flatten().sum::<i64>() <= batch.budget, "{} “{}”", worked.name, batch.reason);
            compared += 1;
        }
    }
    assert!(compared >= 5, "{compared} batches");
}

/// The award of a pure share is a base: without a budget nobody is paid, and it is said why.
#[test]
fn a_pure_share_without_a_budget_pays_nobody() {
    let all = worked();
    let worked = all.iter().find(|worked| worked.name == "baoan-research").unwrap();
    let opens = worked.policy.versions[0].from;
    let work = folder(worked, &[Planned { opens, budget: None, applicants: vec![&worked.cases[0].facts] }]);
    let judged = work.judge(&work.batches[0]).unwrap();
    assert_eq!((judged.decisions.lanes[0], judged.payable(0)), (Lane::Pass, None));
    assert!(matches!(judged.shared, Shared::Failed(_)));
}

/// A cap that is not on record is no cap of nothing: who has none waits for a person, and the share names him.
#[test]
fn who_has_no_known_cap_waits_for_a_person() {
    let all = worked();
    let worked = all.iter().find(|worked| worked.name == "baoan-research").unwrap();
    let batch = &worked.batches[0];
    let opens = worked.policy.versions[0].from;
    let mut without = batch.applicants[1].clone();
    without.0.remove("纳税总额");
    let applicants = vec![&batch.applicants[0], &without];
    let mut work = folder(worked, &[Planned { opens, budget: Some(batch.budget), applicants }]);
    let version = &mut work.policies[0].policy.versions[0];
    version.conditions.retain(|condition| condition.name != "有纳税");
    let judged = work.judge(&work.batches[0]).unwrap();
    assert_eq!(judged.decisions.lanes, [Lane::Pass, Lane::Assist]);
    assert_eq!(judged.flags[1].iter().map(|flag| flag.kind).collect::<Vec<_>>(), [FlagKind::CapUnknown]);
    let Shared::Cut(division) = &judged.shared else { panic!("{:?}", judged.shared) };
    assert_eq!((division.left_out.as_slice(), division.awards.len()), (&[1][..], 1));
    assert_eq!(division.asked.fen(), judged.decisions.awards[0]);
    assert_eq!(judged.payable(1), None);
}

/// A register in which no row means nothing may still have a row whose figure or year is missing.
#[test]
fn a_row_without_its_figure_is_not_nothing() {
    let all = worked();
    let worked = all.iter().find(|worked| worked.name == "city-research").unwrap();
    let opens = worked.policy.versions[0].from;
    let work = folder(worked, &[Planned { opens, budget: None, applicants: vec![&worked.cases[6].facts] }]);
    let with = |year: &str, amounts: &[&str]| {
        let mut work = work.clone();
        let register = work.registers.iter_mut().find(|register| register.id == "circuits").unwrap();
        let code = register.rows[0].1[0].clone();
        let rows = amounts.iter().map(|amount| [code.as_str(), year, *amount].map(str::to_owned).to_vec());
        register.rows = rows.zip(2..).map(|(cells, row)| (row, cells)).collect();
        work.judge(&work.batches[0]).map(|judged| (judged.decisions.lanes[0], judged.decisions.award(0)))
    };
    let (yuan, unknown) = (|fen| Ok((Lane::Pass, Some(gouji_model::Fen::new(fen)))), Ok((Lane::Assist, None)));
    assert_eq!(with("2019", &[]), yuan(35_000_000));
    assert_eq!(with("2019", &["400000000"]), yuan(21_000_000));
    assert_eq!(with("2019年", &["300000000", "100000000"]), yuan(21_000_000));
    assert_eq!(with("2018", &["400000000"]), yuan(35_000_000));
    assert_eq!(with("2019", &[""]), unknown);
    assert_eq!(with("2019", &["300000000", ""]), unknown);
    for year in ["", "2019年度"] {
        let faults = with(year, &["400000000"]).unwrap_err();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].to_string(), "registers/circuits.csv:2 [年度]", "{}", faults[0].text(Lang::Zh));
    }
}

/// A batch to be judged.
struct Planned<'a> {
    opens: Day,
    /// In fen.
    budget: Option<i64>,
    applicants: Vec<&'a Facts>,
}

/// Rows of a register: whose, of which year, and the cell of each column.
type Rows = BTreeMap<(String, Option<i32>), BTreeMap<String, String>>;

/// A working folder in which everything stands that is known of the applicants of a policy's batches.
fn folder(worked: &Worked, batches: &[Planned]) -> Work {
    let mut registers: BTreeMap<&str, Rows> = BTreeMap::new();
    for input in &worked.policy.inputs {
        registers.entry(&input.binding.register).or_default();
    }
    let mut applications = Rows::new();
    let mut number = 0;
    let mut head = String::from("[office]\nname = \"云州市清河区科技创新局\"\n");
    for (at, batch) in batches.iter().enumerate() {
        let (id, opens) = (at + 1, batch.opens);
        let budget = batch.budget.map_or_else(String::new, |fen| format!("budget = \"{fen}分\"\n"));
        let policy = &worked.policy.id;
        let closes = format!("closes = {}", opens.plus_months(1));
        write!(head, "\n[[batch]]\nid = \"{id}\"\npolicy = \"{policy}\"\nopens = {opens}\n{closes}\n{budget}").unwrap();
        for (place, facts) in batch.applicants.iter().enumerate() {
            number += 1;
            let code = CreditCode::made("440307", number).unwrap().text().to_owned();
            let mut cells: BTreeMap<String, String> = BTreeMap::new();
            cells.insert("申请编号".into(), format!("{number:04}"));
            cells.insert("批次".into(), id.to_string());
            cells.insert("企业名称".into(), format!("云州{}有限公司", NAMES[place]));
            cells.insert("申请日期".into(), opens.to_string());
            enter(worked, facts, &code, opens.year(), &mut registers, &mut cells);
            applications.insert((code, None), cells);
        }
    }
    registers.remove("application");
    let policy = super::cases::files("policies").into_iter().find(|(name, _)| *name == worked.name).unwrap().1;
    let mut files = vec![(format!("policies/{}.toml", worked.name), policy.into_bytes())];
    for (id, rows) in &registers {
        let (file, source) = (format!("registers/{id}.csv"), "测试");
        write!(head, "\n[[register]]\nid = \"{id}\"\nfile = \"{file}\"\nsource = \"{source}\"\ndate = 2020-01-01\n")
            .unwrap();
        files.push((file, table(worked, id, rows).into_bytes()));
    }
    files.push(("applications.csv".into(), table(worked, "application", &applications).into_bytes()));
    files.push(("fund.toml".into(), head.into_bytes()));
    from_working_folder(&files).unwrap_or_else(|faults| {
        panic!("{:#?}", faults.iter().map(|fault| format!("{fault} {}", fault.text(Lang::En))).collect::<Vec<_>>())
    })
}

/// Writes what is known of an applicant into the registers and into its application.
fn enter(
    worked: &Worked,
    facts: &Facts,
    code: &str,
    year: i32,
    registers: &mut BTreeMap<&str, Rows>,
    application: &mut BTreeMap<String, String>,
) {
    for input in &worked.policy.inputs {
        let Some(given) = facts.0.get(&input.name) else { continue };
        let key = (code.to_owned(), input.binding.years_back.map(|back| year - back));
        let rows = registers.get_mut(input.binding.register.as_str()).unwrap();
        if input.binding.pick == Pick::Exists {
            if *given == Given::Number(1) {
                rows.entry(key).or_default();
            }
            continue;
        }
        let cell = match (input.kind, given) {
            (_, Given::Word(word)) => word.clone(),
            (Kind::Day, Given::Number(number)) => Day::from_number(*number as i32).unwrap().to_string(),
            (Kind::Flag, Given::Number(number)) => if *number == 1 { "是" } else { "否" }.to_owned(),
            (_, Given::Number(number)) => number.to_string(),
        };
        let column = column_of(input.kind, &input.binding.column);
        let cells =
            if input.binding.register == "application" { &mut *application } else { rows.entry(key).or_default() };
        cells.insert(column, cell);
    }
}

/// The head of a column; money in fen.
fn column_of(kind: Kind, column: &str) -> String {
    if kind == Kind::Amount { format!("{column}（分）") } else { column.to_owned() }
}

/// A register as a file of comma-separated values.
fn table(worked: &Worked, id: &str, rows: &Rows) -> String {
    let inputs = worked.policy.inputs.iter().filter(|input| input.binding.register == id);
    let named = inputs.filter(|input| !input.binding.column.is_empty());
    let mut heads: BTreeSet<String> = named.map(|input| column_of(input.kind, &input.binding.column)).collect();
    heads.extend(rows.values().flat_map(|cells| cells.keys().cloned()));
    let mut text = String::from("统一社会信用代码,年度");
    heads.iter().for_each(|head| write!(text, ",{head}").unwrap());
    text.push('\n');
    for ((code, year), cells) in rows {
        write!(text, "{code},{}", year.map_or_else(String::new, |year| year.to_string())).unwrap();
        heads.iter().for_each(|head| write!(text, ",{}", cells.get(head).map_or("", String::as_str)).unwrap());
        text.push('\n');
    }
    text
}
