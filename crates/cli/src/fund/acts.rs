//! `gouji fund decide`, `act` and `history`: what persons do with applications, and the record of it.

use super::ledger::{moment, open};
use super::{folder, judge, kept, rows};
use crate::arguments::Color;
use crate::arguments::fund::{Act, Decide, History, Signed};
use crate::failure::{ActFailure, Failure};
use crate::{CLEAN, FOUND, output, terminal};
use gouji_fund::ledger::Request;
use gouji_fund::lifecycle::{
    self, Action, Deed, Event, Facts, Move, Outcome, Record, Role, State, Table, Verdict, in_force, records,
};
use gouji_fund::work::{Batch, Judged, NUMBER, Work};
use gouji_fund::{Lane, scaled};
use gouji_model::{Fen, Lang};
use gouji_store::Ledger;
use std::collections::BTreeMap;
use std::path::Path;

/// So many numbers are told of one reason.
const MOST_TOLD: usize = 5;

/// Decides cases that registers leave open, or against what they say.
pub fn decide(options: &Decide, lang: Lang) -> anyhow::Result<u8> {
    let wanted = wanted(options)?;
    let work = folder::load(&options.folder)?;
    // Each is decided against what registers say, not against what was decided before.
    let open_again = work.rulings.iter().filter(|ruling| !wanted.iter().any(|wish| wish.number == ruling.application));
    let bare = Work { rulings: open_again.cloned().collect(), ..work.clone() };
    let mut run = Run::default();
    for batch in &bare.batches {
        let judged = judge::judged(&bare, batch, &options.folder)?;
        let mut deeds = Vec::new();
        for wish in &wanted {
            let Some(at) = (0..judged.applicants.len()).find(|at| judged.cell(*at, NUMBER) == wish.number) else {
                continue;
            };
            run.known += 1;
            let verdict = verdict(wish, &judged, at)?;
            if verdict.is_against() && !options.against {
                return Err(Failure::Act(ActFailure::NeedsAgainst(wish.number.clone(), verdict)).into());
            }
            let amount = wish.amount.or_else(|| judged.decisions.award(at)).filter(|_| wish.funds);
            if wish.funds && amount.is_none() {
                return Err(Failure::Act(ActFailure::NeedsAmount(wish.number.clone())).into());
            }
            let mut signed = options.signed.clone();
            signed.reason.clone_from(&wish.reason);
            let mut deed = deed(&judged, at, (Action::Decide, Role::Judge), &signed)?;
            (deed.act.verdict, deed.act.amount) = (Some(verdict), amount);
            deeds.push(deed);
        }
        run.do_all(&options.folder, &work, &judged, &options.signed, deeds, lang)?;
    }
    if run.known < wanted.len() {
        let known = |number: &String| bare.applications.rows.iter().any(|(_, cells)| cells.contains(number));
        if let Some(strange) = wanted.iter().map(|wish| &wish.number).find(|number| !known(number)) {
            return Err(Failure::NoApplication(strange.clone()).into());
        }
    }
    run.end(lang)
}

/// What a wish comes to against what registers and rules say.
fn verdict(wish: &Wish, judged: &Judged, at: usize) -> Result<Verdict, Failure> {
    let line = judged.work.lines.iter().find(|line| line.id == judged.batch.pays).map(|line| line.amount);
    let budget = judged.batch.budget.into_iter().chain(line).min();
    if let Some((asked, there)) = wish.amount.zip(budget).filter(|(asked, there)| asked > there) {
        return Err(Failure::Act(ActFailure::AboveBudget(wish.number.clone(), asked, there)));
    }
    let is_above = wish.amount.zip(judged.decisions.award(at)).is_some_and(|(asked, given)| asked > given);
    Ok(match (wish.funds, judged.decisions.lanes[at]) {
        (true, Lane::Refuse) => Verdict::FundAgainst,
        (true, _) if is_above => Verdict::FundAbove,
        (true, _) => Verdict::Fund,
        (false, Lane::Pass) => Verdict::RefuseAgainst,
        (false, _) => Verdict::Refuse,
    })
}

/// One wish of a person.
struct Wish {
    number: String,
    funds: bool,
    amount: Option<Fen>,
    reason: String,
}

/// One decision of the command line, or those of a table.
fn wanted(options: &Decide) -> Result<Vec<Wish>, Failure> {
    let amount_of = |text: &str| -> Result<Option<Fen>, Failure> {
        if text.is_empty() {
            return Ok(None);
        }
        let fen = scaled(text, 100).filter(|fen| *fen >= 0).ok_or_else(|| Failure::NotReadable(text.to_owned()))?;
        Ok(Some(Fen::new(fen)))
    };
    let Some(table) = &options.from else {
        let number = options.number.clone().ok_or(Failure::Act(ActFailure::WhichApplication))?;
        let amount = amount_of(options.amount.as_deref().unwrap_or_default())?;
        return Ok(vec![Wish { number, funds: options.pass, amount, reason: options.signed.reason.clone() }]);
    };
    let heads = ["申请编号", "决定", "金额（元）", "理由"];
    let rows = rows::read(table, &heads)?;
    let wish = |cells: &Vec<String>| {
        let funds = match cells[1].as_str() {
            "资助" | "fund" => true,
            "不予资助" | "refuse" => false,
            other => return Err(Failure::NotReadable(other.to_owned())),
        };
        Ok(Wish { number: cells[0].clone(), funds, amount: amount_of(&cells[2])?, reason: cells[3].clone() })
    };
    rows.iter().map(wish).collect()
}

/// Does one of the moves of the table with an application, or with every application of a batch that stands before it.
pub fn act(options: &Act, lang: Lang) -> anyhow::Result<u8> {
    let action =
        Action::read(&options.action).ok_or_else(|| Failure::Act(ActFailure::NoAction(options.action.clone())))?;
    if let Some(verb) = money_verb(action) {
        return Err(Failure::Act(ActFailure::MoneyMoves(action, verb)).into());
    }
    let role = options
        .role
        .as_deref()
        .map(|text| Role::read(text).ok_or_else(|| Failure::Act(ActFailure::NoRole(text.to_owned()))));
    let role = role.transpose()?;
    let work = folder::load(&options.folder)?;
    let states = records_of(&options.folder)?;
    let mut run = Run::default();
    let is_asked = |batch: &&Batch| options.batch.as_ref().is_none_or(|id| *id == batch.id);
    if let Some(id) = &options.batch {
        judge::batches(&work, Some(id))?;
    } else if options.number.is_none() {
        return Err(Failure::Act(ActFailure::WhichApplication).into());
    }
    for batch in work.batches.iter().filter(is_asked) {
        let judged = judge::judged(&work, batch, &options.folder)?;
        let table = table_of(&work, batch)?;
        let is_of_batch = |number: &String| (0..judged.applicants.len()).any(|at| judged.cell(at, NUMBER) == number);
        if action == Action::Publish && options.number.as_ref().is_none_or(is_of_batch) {
            kept::check_current(&options.folder, &judged)?;
        }
        let mut deeds = Vec::new();
        for at in 0..judged.applicants.len() {
            let number = judged.cell(at, NUMBER);
            if options.number.as_ref().is_some_and(|asked| asked != number) {
                continue;
            }
            run.known += 1;
            let fresh = Record::new(number, table.intake);
            let record = states.get(number).unwrap_or(&fresh);
            let step =
                record.possible(table).find(|step| step.action == action && role.is_none_or(|role| role == step.role));
            if options.number.is_none() && !step.is_some_and(|step| concerns(step, judged.outcome(at))) {
                *run.skipped.entry(record.state()).or_default() += 1;
                continue;
            }
            let who =
                role.or_else(|| step.map(|step| step.role)).or_else(|| role_of(table, action)).unwrap_or(Role::Judge);
            let mut signed = options.signed.clone();
            if action == Action::Reject && signed.reason.is_empty() {
                signed.reason = why_not(&judged, at, lang);
            }
            deeds.push(deed(&judged, at, (action, who), &signed)?);
        }
        run.do_all(&options.folder, &work, &judged, &options.signed, deeds, lang)?;
    }
    if run.known == 0 {
        return Err(Failure::NoApplication(options.number.clone().unwrap_or_default()).into());
    }
    run.end(lang)
}

/// The verb that does an action, where money moves with it.
fn money_verb(action: Action) -> Option<&'static str> {
    match action {
        Action::Issue => Some("commit"),
        Action::Pay | Action::PayPart => Some("pay"),
        Action::Recover => Some("recover"),
        Action::Decide => Some("decide"),
        _ => None,
    }
}

/// Of a whole batch, who is to be funded is proposed and who is not is rejected.
fn concerns(step: &Move, outcome: Outcome) -> bool {
    let gets = outcome.amount().is_some_and(|amount| amount > Fen::new(0));
    match step.action {
        Action::Propose => gets,
        Action::Reject => !gets && outcome != Outcome::Open,
        _ => true,
    }
}

fn role_of(table: &Table, action: Action) -> Option<Role> {
    table.moves.iter().find(|step| step.action == action).map(|step| step.role)
}

/// Why an application gets nothing: the conditions that fail.
fn why_not(judged: &Judged, at: usize, lang: Lang) -> String {
    let failed = judged.decisions.failed(at);
    let names = judged.version.conditions.iter().enumerate().filter(|(index, _)| failed >> index & 1 == 1);
    let names = names.map(|(_, condition)| condition.name.as_str());
    let flags = judged.flags[at].iter().filter(|flag| flag.refuses()).map(|flag| flag.text(lang));
    let names: Vec<&str> = names.chain(flags).collect();
    match (names.is_empty(), lang) {
        (false, Lang::Zh) => format!("不符合：{}", names.join("、")),
        (false, Lang::En) => format!("not met: {}", names.join(", ")),
        (true, _) => judged.ruling(at).map_or_else(String::new, |ruling| ruling.reason.clone()),
    }
}

/// The table under which a batch is handled.
pub fn table_of<'w>(work: &'w Work, batch: &Batch) -> Result<&'w Table, Failure> {
    in_force(&work.lifecycles, batch.opens).map_err(|none| Failure::Act(ActFailure::Lifecycle(none)))
}

/// An act on an applicant with what is known of it; money is added by who moves it.
pub fn deed(judged: &Judged, at: usize, (action, role): (Action, Role), signed: &Signed) -> Result<Deed, Failure> {
    let table = table_of(judged.work, judged.batch)?;
    let facts = Facts {
        held: Fen::new(0),
        outcome: judged.outcome(at),
        needs_contract: table.contracts.contains(&judged.file.policy.id),
        version: judged.frozen(at),
    };
    let act = lifecycle::Act {
        action,
        role,
        person: signed.by.clone(),
        time: moment(signed)?,
        reason: signed.reason.clone(),
        verdict: None,
        amount: None,
    };
    let (application, batch) = (judged.cell(at, NUMBER).to_owned(), judged.batch.id.clone());
    Ok(Deed { application, batch, act, facts, line: judged.batch.pays.clone(), money: Vec::<Request>::new() })
}

/// The record of every application that something was done with.
pub fn records_of(folder: &Path) -> Result<BTreeMap<String, Record>, Failure> {
    let entries = folder::acts(folder)?;
    records(&entries).map_err(|number| Failure::Act(ActFailure::BrokenActs(number)))
}

/// What came of many acts.
#[derive(Default)]
pub struct Run {
    /// Applications that were asked for and are there.
    pub known: usize,
    done: BTreeMap<State, usize>,
    skipped: BTreeMap<State, usize>,
    /// Why not, with the numbers that it holds for.
    refused: BTreeMap<String, Vec<String>>,
}

impl Run {
    /// Does the deeds of one batch.
    pub fn do_all(
        &mut self,
        folder: &Path,
        work: &Work,
        judged: &Judged,
        signed: &Signed,
        deeds: Vec<Deed>,
        lang: Lang,
    ) -> anyhow::Result<()> {
        if deeds.is_empty() {
            return Ok(());
        }
        let ledger: Ledger = open(folder, work, signed)?;
        let numbers: Vec<String> = deeds.iter().map(|deed| deed.application.clone()).collect();
        let answers = ledger.act(deeds, table_of(work, judged.batch)?).map_err(Failure::Store)?;
        for (number, answer) in numbers.into_iter().zip(answers) {
            match answer {
                Ok(entry) => *self.done.entry(entry.event.to).or_default() += 1,
                Err(refused) => self.refused.entry(refused.text(lang)).or_default().push(number),
            }
        }
        Ok(())
    }

    /// Tells it.
    pub fn end(self, lang: Lang) -> anyhow::Result<u8> {
        let refused: usize = self.refused.values().map(Vec::len).sum();
        for (reason, numbers) in &self.refused {
            let first = numbers[..numbers.len().min(MOST_TOLD)].join(if lang == Lang::Zh { "、" } else { ", " });
            output::message(&match (numbers.len() > MOST_TOLD, lang) {
                (true, Lang::Zh) => format!("{first} 等 {} 件：{reason}", numbers.len()),
                (true, Lang::En) => format!("{first} … {} in all: {reason}", numbers.len()),
                (false, Lang::Zh) => format!("{first}：{reason}"),
                (false, Lang::En) => format!("{first}: {reason}"),
            });
        }
        let listed = |states: &BTreeMap<State, usize>| {
            let each = states.iter().map(|(state, count)| format!("{} {count}", state.name(lang)));
            each.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
        };
        let done: usize = self.done.values().sum();
        let skipped: usize = self.skipped.values().sum();
        let mut text = match lang {
            Lang::Zh => format!("已办 {done} 件"),
            Lang::En => format!("{done} done"),
        };
        if done > 0 {
            text.push_str(&match lang {
                Lang::Zh => format!("（现在：{}）", listed(&self.done)),
                Lang::En => format!(" (now: {})", listed(&self.done)),
            });
        }
        if skipped > 0 {
            text.push_str(&match lang {
                Lang::Zh => format!("；不在这一步的 {skipped} 件（{}）", listed(&self.skipped)),
                Lang::En => format!("; {skipped} do not stand before it ({})", listed(&self.skipped)),
            });
        }
        if refused > 0 {
            text.push_str(&match lang {
                Lang::Zh => format!("；未办 {refused} 件"),
                Lang::En => format!("; {refused} refused"),
            });
        }
        output::to_stdout(format!("{text}\n").as_bytes())?;
        Ok(if refused == 0 { CLEAN } else { FOUND })
    }
}

/// Everything that was done with one application.
pub fn history(options: &History, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let known = |batch: &&Batch| {
        let judged = judge::judged(&work, batch, &options.folder);
        judged.is_ok_and(|judged| (0..judged.applicants.len()).any(|at| judged.cell(at, NUMBER) == options.number))
    };
    let batch = work.batches.iter().find(known).ok_or_else(|| Failure::NoApplication(options.number.clone()))?;
    let table = table_of(&work, batch)?;
    let records = records_of(&options.folder)?;
    let fresh = Record::new(&options.number, table.intake);
    let record = records.get(&options.number).unwrap_or(&fresh);
    let mut lines = vec![format!("{}  {}", options.number, record.state().name(lang))];
    for (at, event) in record.events().iter().enumerate() {
        lines.extend(told(event, &record.events()[..at], lang));
    }
    let next = record.possible(table).map(|step| match lang {
        Lang::Zh => format!("{}（{}）", step.action.name(lang), step.role.name(lang)),
        Lang::En => format!("{} ({})", step.action.name(lang), step.role.name(lang)),
    });
    let next: Vec<String> = next.collect();
    if !next.is_empty() {
        lines.push(match lang {
            Lang::Zh => format!("下一步可以：{}", next.join("、")),
            Lang::En => format!("possible next: {}", next.join(", ")),
        });
    }
    let columns = terminal::style(lang, options.width, Color::Never).width;
    let text = gouji_explain::award::wrapped(&lines, columns);
    output::to_stdout(text.as_bytes())?;
    Ok(CLEAN)
}

/// One event in lines: what was done and by whom; what was decided, why, and how it differs from what was frozen before.
fn told(event: &Event, before: &[Event], lang: Lang) -> Vec<String> {
    let yuan = |amount: Fen| match lang {
        Lang::Zh => format!("{} 元", amount.grouped()),
        Lang::En => format!("{} yuan", amount.grouped()),
    };
    let day = event.time.day().map_or_else(String::new, |day| day.to_string());
    let (action, role, to) = (event.action.name(lang), event.role.name(lang), event.to.name(lang));
    let mut lines = vec![match lang {
        Lang::Zh => format!("  {day}  {action}  {}（{role}）  → {to}", event.person),
        Lang::En => format!("  {day}  {action}  {} ({role})  → {to}", event.person),
    }];
    let verdict = event.verdict.map(|verdict| verdict.text(lang).to_owned());
    let decided: Vec<String> = verdict.into_iter().chain(event.amount.map(yuan)).collect();
    if !decided.is_empty() {
        lines.push(format!("      {}", decided.join(if lang == Lang::Zh { "，" } else { ", " })));
    }
    if !event.reason.is_empty() {
        lines.push(format!("      {}{}", if lang == Lang::Zh { "理由：" } else { "reason: " }, event.reason));
    }
    // A decision freezes what it was made upon; only what was proposed, published or approved replaces another version.
    let is_version = |event: &&Event| !event.version.is_empty() && event.action != Action::Decide;
    if let Some(version) = event.version.get(..12) {
        let earlier = before.iter().rev().find(is_version).filter(|_| is_version(&event));
        let change = earlier.filter(|earlier| earlier.version != event.version).map(|earlier| {
            let amounts = [earlier.amount, event.amount].map(|amount| amount.map_or_else(|| "-".to_owned(), yuan));
            let same = earlier.amount == event.amount;
            let was = &earlier.version[..12];
            match (same, lang) {
                (true, Lang::Zh) => format!("，代替 {was}：金额未变，规定、材料或结论有改动"),
                (true, Lang::En) => {
                    format!(", in place of {was}: rule, application or decision changed, the amount not")
                }
                (false, Lang::Zh) => format!("，代替 {was}：{} → {}", amounts[0], amounts[1]),
                (false, Lang::En) => format!(", in place of {was}: {} → {}", amounts[0], amounts[1]),
            }
        });
        let change = change.unwrap_or_default();
        lines.push(match lang {
            Lang::Zh => format!("      版本 {version}{change}"),
            Lang::En => format!("      version {version}{change}"),
        });
    }
    lines
}
