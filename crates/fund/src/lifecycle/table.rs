//! Which moves there are, and what is suspicious in a table of them.

use super::{Action, Calendar, Days, Guard, Role, State};
use crate::Day;
use gouji_model::Lang;
use std::collections::{BTreeMap, BTreeSet};

/// The moves that are allowed for applications of calls that open within its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name, such as `district-science`.
    pub id: String,
    /// The file it was read from, as messages name it.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The first day on which a call under it opens.
    pub from: Day,
    /// The last such day; `None` without end.
    pub to: Option<Day>,
    /// Where an application stands when it comes in.
    pub intake: State,
    /// How long a list is published.
    pub publicity: Days,
    /// The days on which offices are open.
    pub calendar: Calendar,
    /// The policies whose awards need a signed contract before they are paid.
    pub contracts: Vec<String>,
    /// Every move.
    pub moves: Vec<Move>,
    /// Its line in the file, from 1.
    pub line: u32,
}

/// One move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Where the application stands.
    pub from: State,
    /// What is done.
    pub action: Action,
    /// By whom.
    pub role: Role,
    /// What has to be so.
    pub guards: Vec<Guard>,
    /// Where it stands then.
    pub to: State,
    /// Its line in the file, from 1.
    pub line: u32,
}

/// Why no table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoTable {
    /// None is in force on the day.
    None(Day),
    /// More than one is: the day, both names.
    Several(Day, String, String),
}

/// The table under which an application of a call that opens on a day is handled.
pub fn in_force(tables: &[Table], day: Day) -> Result<&Table, NoTable> {
    let mut valid = tables.iter().filter(|table| table.from <= day && table.to.is_none_or(|last| day <= last));
    match (valid.next(), valid.next()) {
        (Some(only), None) => Ok(only),
        (Some(one), Some(other)) => Err(NoTable::Several(day, one.id.clone(), other.id.clone())),
        (None, _) => Err(NoTable::None(day)),
    }
}

/// Something suspicious in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableNotice {
    /// Line of the file, from 1.
    pub line: u32,
    zh: String,
    en: String,
}

impl TableNotice {
    /// What is suspicious.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Finds states that nobody reaches or leaves, ways to money past the publication, and approvals by who judged.
pub fn lint_table(table: &Table) -> Vec<TableNotice> {
    let mut notices = Vec::new();
    let mut tell = |line: u32, zh: String, en: String| notices.push(TableNotice { line, zh, en });
    // What happens before an application comes in starts from a draft, in a table that speaks of it.
    let draft = table.moves.iter().map(|step| step.from).find(|state| *state == State::Draft);
    let starts = BTreeSet::from_iter(draft.into_iter().chain([table.intake]));
    let reached = reached(table, starts, |_| true);
    let used: BTreeMap<State, u32> = table.moves.iter().rev().map(|step| (step.from, step.line)).collect();
    for (state, line) in &used {
        if !reached.contains(state) {
            let (zh, en) = (state.name(Lang::Zh), state.name(Lang::En));
            tell(*line, format!("到不了“{zh}”：没有哪一步通向它"), format!("nothing leads to `{en}`"));
        }
    }
    for state in reached.iter().filter(|state| !state.is_final()) {
        if !table.moves.iter().any(|step| step.from == *state && step.to != *state) {
            let line = table.moves.iter().find(|step| step.to == *state).map_or(table.line, |step| step.line);
            let (zh, en) = (state.name(Lang::Zh), state.name(Lang::En));
            tell(line, format!("到了“{zh}”就出不来，而它不是终点"), format!("nothing leaves `{en}`, which is no end"));
        }
    }
    let unpublished =
        self::reached(table, BTreeSet::from([table.intake]), |step| !step.guards.contains(&Guard::PublicityOver));
    for step in table.moves.iter().filter(|step| unpublished.contains(&step.from)) {
        let action = step.action;
        if matches!(action, Action::Issue | Action::PayPart | Action::Pay)
            && !step.guards.contains(&Guard::PublicityOver)
        {
            let (zh, en) = (action.name(Lang::Zh), action.name(Lang::En));
            tell(
                step.line,
                format!("不经公示期满就能{zh}"),
                format!("`{en}` is reached without a publication that is over"),
            );
        }
    }
    for step in &table.moves {
        let decides =
            matches!(step.action, Action::Publish | Action::Approve | Action::Issue | Action::PayPart | Action::Pay);
        if decides && (step.role == Role::Judge || !step.guards.contains(&Guard::OtherThanJudge)) {
            let (zh, en) = (step.action.name(Lang::Zh), step.action.name(Lang::En));
            tell(
                step.line,
                format!("经办人自己就能{zh}；请加“经办回避”"),
                format!("who judged may `{en}`; add other-than-judge"),
            );
        }
    }
    notices.sort_by_key(|notice| notice.line);
    notices
}

/// The states that moves lead to.
fn reached(table: &Table, from: BTreeSet<State>, counts: impl Fn(&Move) -> bool) -> BTreeSet<State> {
    let mut reached = from;
    loop {
        let before = reached.len();
        for step in table.moves.iter().filter(|step| counts(step)) {
            if reached.contains(&step.from) {
                reached.insert(step.to);
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}

/// A table of moves for the documentation, one row each.
pub fn markdown(table: &Table, lang: Lang) -> String {
    let mut out = String::from(match lang {
        Lang::Zh => "| 从 | 动作 | 谁 | 前提 | 到 |\n|---|---|---|---|---|\n",
        Lang::En => "| From | Action | Who | Needs | To |\n|---|---|---|---|---|\n",
    });
    for row in &table.moves {
        let guards: Vec<&str> = row.guards.iter().map(|guard| guard.text(lang)).collect();
        let comma = if lang == Lang::Zh { "；" } else { "; " };
        let (from, action, role, to) =
            (row.from.name(lang), row.action.name(lang), row.role.name(lang), row.to.name(lang));
        out.push_str(&format!("| {from} | {action} | {role} | {} | {to} |\n", guards.join(comma)));
    }
    out
}
