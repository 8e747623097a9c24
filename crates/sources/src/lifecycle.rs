//! A life-cycle table: which moves an application makes, by whom, and what each needs; dated data, in TOML.

use crate::policy::fields::{Fields, Reader};
use crate::policy::text_of;
use gouji_fund::Day;
use gouji_fund::lifecycle::{Action, Calendar, DISTRICT, Days, Guard, Move, Role, State, Table};
use gouji_fund::program::PolicyFault;
use gouji_fund::work::sha256;
use gouji_model::Lang;

/// How the table that comes with the program is named in messages.
const BUILT_IN: &str = "lifecycle/district.toml";

/// Reads a life-cycle table; `file` is how messages name it.
///
/// # Errors
/// Everything that is wrong in it, each with its line.
pub fn read_lifecycle(file: &str, bytes: &[u8]) -> Result<Table, Vec<PolicyFault>> {
    let reader = Reader::new(text_of(bytes)?);
    let table = reader.root().map(|root| table(&root, file, bytes));
    match (table, reader.into_faults()) {
        (Some(table), faults) if faults.is_empty() => Ok(table),
        (_, faults) => Err(faults),
    }
}

/// The table of a district's science bureau that comes with the program.
pub fn district_lifecycle() -> Table {
    read_lifecycle(BUILT_IN, DISTRICT.as_bytes()).expect("the table built in is tested")
}

/// Every pair of tables that are in force on one day, each with the later one's place and that day.
pub(crate) fn overlaps(tables: &[Table]) -> Vec<(&Table, &Table, Day)> {
    let mut found = Vec::new();
    for (at, table) in tables.iter().enumerate() {
        for earlier in &tables[..at] {
            let day = table.from.max(earlier.from);
            if [table, earlier].iter().all(|table| table.to.is_none_or(|last| day <= last)) {
                found.push((table, earlier, day));
            }
        }
    }
    found
}

fn table(root: &Fields, file: &str, bytes: &[u8]) -> Table {
    let head = root.table("lifecycle");
    if head.is_none() && !root.has("lifecycle") {
        root.fault("缺少 [lifecycle]", "[lifecycle] is missing");
    }
    let first = Day::from_number(0).expect("1970-01-01 is a day");
    let line = head.as_ref().map_or(1, Fields::line);
    let moves: Vec<Move> = root.tables("move").iter().filter_map(one_move).collect();
    if moves.is_empty() {
        root.fault("至少要有一个 [[move]]", "at least one [[move]] is needed");
    }
    let mut table = Table {
        id: String::new(),
        file: file.to_owned(),
        sha256: sha256(bytes),
        from: first,
        to: None,
        intake: State::Submitted,
        publicity: Days::Working(1),
        calendar: Calendar::default(),
        contracts: Vec::new(),
        moves,
        line,
    };
    if let Some(head) = head {
        table.id = head.text("id");
        table.from = head.day("from");
        table.to = head.has("to").then(|| head.day("to"));
        if table.to.is_some_and(|to| to < table.from) {
            head.fault("to 早于 from", "`to` lies before `from`");
        }
        table.intake = named(&head, "intake", State::read, State::ALL, State::name).unwrap_or(State::Submitted);
        table.publicity = head.table("publicity").map_or_else(|| no_publicity(&head), |days| publicity(&days));
        table.calendar = Calendar { holidays: head.days("holidays"), workdays: head.days("workdays") };
        table.contracts = head.texts("contracts");
        check_calendar(&head, &table.calendar);
        head.finish();
    }
    check_moves(root, &table.moves);
    root.finish();
    table
}

fn no_publicity(head: &Fields) -> Days {
    let zh = "缺少 publicity；请写 publicity = { working-days = 5 } 或 { days = 7 }";
    head.fault(zh, "publicity is missing; write publicity = { working-days = 5 } or { days = 7 }");
    Days::Working(1)
}

fn publicity(fields: &Fields) -> Days {
    let (working, every) = (fields.whole("working-days"), fields.whole("days"));
    fields.finish();
    let count = working.or(every).filter(|count| (1..=365).contains(count)).and_then(|count| u32::try_from(count).ok());
    match (working, every, count) {
        (Some(_), None, Some(count)) => Days::Working(count),
        (None, Some(_), Some(count)) => Days::Calendar(count),
        _ => {
            let zh = "publicity 应写 working-days（工作日）或 days（自然日）之一，1 至 365";
            fields.fault(zh, "publicity has one of working-days and days, 1 to 365");
            Days::Working(1)
        }
    }
}

fn check_calendar(head: &Fields, calendar: &Calendar) {
    if let Some(day) = calendar.holidays.iter().find(|day| calendar.workdays.contains(day)) {
        let zh = format!("{day} 既写在 holidays 又写在 workdays");
        head.fault(&zh, &format!("{day} stands in holidays and in workdays"));
    }
}

fn one_move(fields: &Fields) -> Option<Move> {
    let from = named(fields, "from", State::read, State::ALL, State::name);
    let action = named(fields, "action", Action::read, Action::ALL, Action::name);
    let role = named(fields, "by", Role::read, Role::ALL, Role::name);
    let to = named(fields, "to", State::read, State::ALL, State::name);
    let guards = fields.texts("needs").iter().filter_map(|text| guard(fields, text)).collect();
    fields.finish();
    Some(Move { from: from?, action: action?, role: role?, guards, to: to?, line: fields.line() })
}

fn guard(fields: &Fields, text: &str) -> Option<Guard> {
    let guard = Guard::read(text);
    if guard.is_none() {
        let (zh, en): (Vec<&str>, Vec<&str>) = Guard::NAMES.iter().map(|(_, zh, en)| (*zh, *en)).unzip();
        let zh = format!("needs 没有“{text}”；有：{}", zh.join("、"));
        fields.fault(&zh, &format!("needs knows no `{text}`; there are: {}", en.join(", ")));
    }
    guard
}

/// A name of a closed list, in either language.
fn named<T: Copy>(
    fields: &Fields,
    key: &str,
    read: fn(&str) -> Option<T>,
    all: &[T],
    name: fn(T, Lang) -> &'static str,
) -> Option<T> {
    let text = fields.text(key);
    let found = read(&text);
    if found.is_none() && !text.is_empty() {
        let listed = |lang: Lang, comma: &str| all.iter().map(|one| name(*one, lang)).collect::<Vec<_>>().join(comma);
        let zh = format!("{key} 没有“{text}”；有：{}", listed(Lang::Zh, "、"));
        fields.fault(&zh, &format!("{key} knows no `{text}`; there are: {}", listed(Lang::En, ", ")));
    }
    found
}

/// One action of one role leads from a state to one other.
fn check_moves(root: &Fields, moves: &[Move]) {
    for (at, step) in moves.iter().enumerate() {
        let is_same = |other: &&Move| (other.from, other.action) == (step.from, step.action);
        let Some(earlier) = moves[..at].iter().find(is_same).filter(|earlier| earlier.role == step.role) else {
            continue;
        };
        let [from, action] = [step.from.name(Lang::Zh), step.action.name(Lang::Zh)];
        let zh = format!("“{from}”的“{action}”在第 {} 行已经写过", earlier.line);
        let [from, action] = [step.from.name(Lang::En), step.action.name(Lang::En)];
        root.fault_at(step.line, &zh, &format!("`{action}` in `{from}` is written on line {} already", earlier.line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_fund::ledger::Moment;
    use gouji_fund::lifecycle::{Act, Facts, Outcome, Record, lint_table};
    use gouji_model::Fen;
    use proptest::prelude::*;

    #[test]
    fn the_table_that_comes_with_the_program_has_nothing_suspicious() {
        let notices = lint_table(&district_lifecycle());
        let told: Vec<&str> = notices.iter().map(|notice| notice.text(Lang::Zh)).collect();
        assert_eq!(told, Vec::<&str>::new());
    }

    #[test]
    fn faults_of_a_table_are_told_with_their_lines_in_one_run() {
        let text = "[lifecycle]\nid = \"x\"\nfrom = 2019-01-01\nintake = \"放行\"\npublicity = { days = 0 }\n\n\
                    [[move]]\nfrom = \"受理\"\naction = \"核查\"\nby = \"经办人\"\nneeds = [\"签字\"]\nto = \"核查中\"\n";
        let faults = read_lifecycle("lifecycle/x.toml", text.as_bytes()).unwrap_err();
        let told: Vec<(u32, &str)> = faults.iter().map(|fault| (fault.line, fault.text(Lang::Zh))).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(
            told.iter().any(|(_, text)| text.contains("放行")) && told.iter().any(|(_, text)| text.contains("签字"))
        );
    }

    #[test]
    fn a_table_that_pays_before_publication_is_suspicious() {
        let hasty = DISTRICT.replace("\"公示期满\", ", "");
        let table = read_lifecycle("hasty", hasty.as_bytes()).unwrap();
        assert!(!lint_table(&table).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]
        #[test]
        fn whatever_is_tried_nothing_is_paid_before_its_publication_is_over_and_nobody_approves_what_he_judged(
            tries in prop::collection::vec((0..Action::ALL.len(), 0..Role::ALL.len(), 0..3_usize, 0..4_i64), 0..60)
        ) {
            let table = district_lifecycle();
            let mut record = Record::new("A", table.intake);
            let facts = Facts {
                held: Fen::new(5),
                outcome: Outcome::Fund(Fen::new(5)),
                needs_contract: false,
                version: "a".repeat(64),
            };
            let mut day = 0;
            for (action, role, person, later) in tries {
                day += later;
                let time = Moment((18_000 + day) * 86_400_000);
                // Most tries are what the table offers, so that lives go far; the others are whatever there is.
                let offered: Vec<(Action, Role)> = record.possible(&table).map(|step| (step.action, step.role)).collect();
                let (action, role) = match offered.get(action % offered.len().max(1)) {
                    Some(offer) if role > 0 => *offer,
                    _ => (Action::ALL[action], Role::ALL[role]),
                };
                let person = ["甲", "乙", "丙"][person].to_owned();
                let act = Act { action, role, person, time, reason: "因".into(), verdict: None, amount: None };
                let _refused = record.act(&table, act, &facts);
            }
            let events = record.events();
            for (at, event) in events.iter().enumerate() {
                if matches!(event.action, Action::Issue | Action::Pay | Action::PayPart) {
                    let published = events[..at].iter().rev().find(|event| event.action == Action::Publish);
                    let approved = events[..at].iter().rev().find(|event| event.action == Action::Approve);
                    let (published, approved) = (published.unwrap(), approved.unwrap());
                    let over = table.publicity.last(published.time.day().unwrap(), &table.calendar);
                    prop_assert!(approved.time.day().unwrap() > over);
                }
                if matches!(event.action, Action::Publish | Action::Approve | Action::Issue | Action::Pay | Action::PayPart) {
                    let judged = events[..at].iter().any(|one| one.role == Role::Judge && one.person == event.person);
                    prop_assert!(!judged);
                }
            }
        }
    }
}
