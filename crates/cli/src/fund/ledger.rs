//! The appropriation ledger of a working folder: `reserve`, `commit`, `pay`, `release`, `recover`, `status`.

use super::folder::LEDGER;
use super::{acts, folder, judge};
use crate::arguments::fund::{OfAward, OfBatch, Signed, Status};
use crate::failure::{ActFailure, Failure};
use crate::{CLEAN, FOUND, output};
use gouji_fund::ledger::{Action, Award, Book, Destination, Held, Moment, Part, Request, line_facts};
use gouji_fund::lifecycle::{self, Deed, Outcome, Record, Role};
use gouji_fund::work::{BudgetLine, Judged, NUMBER, Work};
use gouji_fund::{Day, Lane, scaled};
use gouji_model::{Fen, Lang};
use gouji_store::{AskError, Ledger, Options, StoreError, Verified};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

const DAY: i64 = 86_400_000;
/// How long money is held for an award that is not made an obligation.
const HELD_DAYS: i64 = 180;

/// Holds money for every award of a batch that passed; where another amount is held than is decided by now, that is given
/// back first.
pub fn reserve(options: &OfBatch, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let judged = judged_of(&work, &options.batch, &options.folder)?;
    let line = line_of(&work, &judged)?;
    let is_open = |at: &usize| judged.decisions.lanes[*at] == Lane::Pass && judged.outcome(*at) == Outcome::Open;
    if (0..judged.applicants.len()).any(|at| is_open(&at)) {
        let waiting = judged.decisions.lanes.iter().filter(|lane| **lane == Lane::Assist).count();
        return Err(Failure::Act(ActFailure::ShareOpen(waiting)).into());
    }
    let ledger = open(&options.folder, &work, &options.signed)?;
    let (now, mut run) = (moment(&options.signed)?, Run::default());
    let book = ledger.book().map_err(Failure::Store)?;
    // All requests are under way before the first answer is awaited.
    let mut tickets = Vec::new();
    for at in applicants(&judged, options) {
        let Some(amount) = judged.outcome(at).amount().filter(|amount| *amount > Fen::new(0)) else { continue };
        let award = judged.cell(at, NUMBER).to_owned();
        let state = book.awards.get(&(line.id.clone(), award.clone()));
        if state.is_some_and(|state| holds(state, amount, now)) {
            run.settle::<()>(&award, Ok(()), amount, lang);
            continue;
        }
        let turn = turn(&ledger, state, &award)?;
        if let Some(held) = state.map(|state| state.reserved).filter(|held| *held > Fen::new(0)) {
            let action = Action::Release { award: award.clone(), amount: held, from: Held::Reserved };
            // If it is refused, so is what is asked after it.
            drop(ledger.submit(request(format!("release/{award}{turn}"), line, &options.signed, now, action)));
        }
        let until = Moment(now.0 + HELD_DAYS * DAY);
        let action = Action::Reserve { award: award.clone(), amount, until };
        let ticket = ledger.submit(request(format!("reserve/{award}{turn}"), line, &options.signed, now, action));
        tickets.push((award, amount, ticket));
    }
    for (award, amount, ticket) in tickets {
        run.settle(&award, ticket.wait(), amount, lang);
    }
    run.end(&ledger, line, lang)
}

/// Whether the ledger already does what is asked: exactly this amount is held, is owed or was paid.
fn holds(award: &Award, amount: Fen, now: Moment) -> bool {
    let all = award.reserved.fen() + award.committed.fen() + award.paid.fen();
    all == amount.fen() && (award.reserved == Fen::new(0) || award.until > now)
}

/// What makes the key of a further reservation or release another one: how many events the award has had.
fn turn(ledger: &Ledger, state: Option<&Award>, award: &str) -> Result<String, Failure> {
    if state.is_none() {
        return Ok(String::new());
    }
    let events = ledger.events(0, i64::MAX).map_err(Failure::Store)?;
    let count = events.iter().filter(|event| event.request.action.award() == Some(award)).count();
    Ok(format!("/{count}"))
}

/// Makes what is reserved an obligation, in the instalments of the rule, of every award that was approved.
pub fn commit(options: &OfBatch, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let judged = judged_of(&work, &options.batch, &options.folder)?;
    let line = line_of(&work, &judged)?;
    let (records, now) = (acts::records_of(&options.folder)?, moment(&options.signed)?);
    let mut deeds = Vec::new();
    for at in applicants(&judged, options) {
        let number = judged.cell(at, NUMBER).to_owned();
        let approved = records.get(&number).and_then(Record::approved).and_then(|event| event.amount);
        let Some(amount) = approved.or(judged.outcome(at).amount()).filter(|amount| *amount > Fen::new(0)) else {
            continue;
        };
        let mut deed = acts::deed(&judged, at, (lifecycle::Action::Issue, Role::Approver), &options.signed)?;
        let plan = plan(&judged, amount, now);
        deed.money.push(request(
            format!("commit/{number}"),
            line,
            &options.signed,
            now,
            Action::Commit { award: number, plan },
        ));
        deeds.push(deed);
    }
    done(options, &work, &judged, deeds, lang)
}

/// The instalments of an award from a moment on.
fn plan(judged: &Judged, amount: Fen, now: Moment) -> Vec<Part> {
    let rule = judged.version.instalments;
    let Some(today) = now.day() else { return Vec::new() };
    let parts = rule.parts_of(amount).into_iter().enumerate().filter(|(_, amount)| *amount > Fen::new(0));
    let part = |(part, amount): (usize, Fen)| {
        let due = today.plus_months((rule.months as i32).saturating_mul(part as i32));
        Part { due: Moment(i64::from(due.number()) * DAY), amount }
    };
    parts.map(part).collect()
}

/// Pays every instalment that is due.
pub fn pay(options: &OfBatch, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let judged = judged_of(&work, &options.batch, &options.folder)?;
    let line = line_of(&work, &judged)?;
    let (now, book) = (moment(&options.signed)?, book(&options.folder)?.unwrap_or_default());
    let (records, table) = (acts::records_of(&options.folder)?, acts::table_of(&work, judged.batch)?);
    let mut deeds = Vec::new();
    for at in applicants(&judged, options) {
        let award = judged.cell(at, NUMBER).to_owned();
        let Some(state) = book.awards.get(&(line.id.clone(), award.clone())) else { continue };
        let left = |part: &gouji_fund::ledger::PartState| Fen::new(part.amount.fen() - part.paid.fen());
        let due = state.parts.iter().enumerate().filter(|(_, part)| part.due <= now && left(part) > Fen::new(0));
        let money: Vec<Request> = due
            .map(|(index, part)| {
                let action = Action::Pay { award: award.clone(), part: index as u32 + 1, amount: left(part) };
                // What is paid already is part of the intention: a second piece is another payment.
                let key = format!("pay/{award}/{}/{}", index + 1, part.paid.fen());
                request(key, line, &options.signed, now, action)
            })
            .collect();
        if money.is_empty() {
            continue;
        }
        let is_last = state.parts.iter().all(|part| part.due <= now);
        // The life of an award that is carried out goes on when its last part is paid.
        let ends = records
            .get(&award)
            .is_none_or(|record| record.possible(table).any(|step| step.action == lifecycle::Action::Pay));
        let action = if is_last && ends { lifecycle::Action::Pay } else { lifecycle::Action::PayPart };
        let mut deed = acts::deed(&judged, at, (action, Role::Finance), &options.signed)?;
        let paid =
            money.iter().map(|request| if let Action::Pay { amount, .. } = request.action { amount.fen() } else { 0 });
        deed.act.amount = Some(Fen::new(paid.sum()));
        deed.money = money;
        deeds.push(deed);
    }
    done(options, &work, &judged, deeds, lang)
}

/// The applicants a command is about.
fn applicants<'j>(judged: &'j Judged, options: &'j OfBatch) -> impl Iterator<Item = usize> + 'j {
    let is_asked = |at: &usize| options.number.as_ref().is_none_or(|number| *number == judged.cell(*at, NUMBER));
    (0..judged.applicants.len()).filter(is_asked)
}

/// Does acts with their money, and tells what the line bears then.
fn done(options: &OfBatch, work: &Work, judged: &Judged, deeds: Vec<Deed>, lang: Lang) -> anyhow::Result<u8> {
    let mut run = acts::Run::default();
    run.do_all(&options.folder, work, judged, &options.signed, deeds, lang)?;
    let code = run.end(lang)?;
    let line = line_of(work, judged)?;
    let state = book(&options.folder)?.and_then(|book| book.lines.get(&line.id).cloned());
    let available = state.map_or(line.amount, |state| state.available()).grouped();
    let text = match lang {
        Lang::Zh => format!("“{}”余额 {available} 元\n", line.project),
        Lang::En => format!("{} has {available} yuan left\n", line.project),
    };
    output::to_stdout(text.as_bytes())?;
    Ok(code)
}

/// Gives money held for an award back to its line.
pub fn release(options: &OfAward, lang: Lang) -> anyhow::Result<u8> {
    one(options, lang, |state, award, amount| {
        let from =
            if state.is_some_and(|state| state.committed > Fen::new(0)) { Held::Committed } else { Held::Reserved };
        Action::Release { award, amount, from }
    })
}

/// Takes paid money back.
pub fn recover(options: &OfAward, lang: Lang) -> anyhow::Result<u8> {
    one(options, lang, |_, award, amount| Action::Recover { award, amount, to: Destination::Treasury })
}

/// What every line bears; the ledger is verified on the way.
pub fn status(options: &Status, lang: Lang) -> anyhow::Result<u8> {
    let path = options.folder.join(LEDGER);
    if !path.exists() {
        return Err(Failure::Missing(path.display().to_string()).into());
    }
    let ledger = Ledger::open(&path, &Options::default()).map_err(Failure::Store)?;
    let verified = ledger.verify().map_err(Failure::Store)?;
    let book = ledger.book().map_err(Failure::Store)?;
    let mut text = String::new();
    let mut table = String::from(
        "\u{feff}单位,年度,项目,额度（元）,预留（元）,应付（元）,已付（元）,追回（元）,余额（元）,获资助单位数\n",
    );
    for (name, line) in &book.lines {
        let cells = [line.amount, line.reserved, line.committed, line.paid, line.recovered, line.available()];
        let [amount, reserved, committed, paid, recovered, available] = cells.map(Fen::grouped);
        let payees = line_facts(&book, name).map_or(0, |facts| facts.payees);
        text.push_str(&match lang {
            Lang::Zh => format!(
                "{}年 {}（{}）\n  额度 {amount} 元\n  预留 {reserved}　应付 {committed}　已付 {paid}　追回 {recovered}\n  \
                 余额 {available} 元；已拨付 {payees} 家\n",
                line.year, line.project, line.unit
            ),
            Lang::En => format!(
                "{} {} ({})\n  approved {amount} yuan\n  reserved {reserved}  committed {committed}  paid {paid}  \
                 recovered {recovered}\n  available {available} yuan; {payees} paid\n",
                line.year, line.project, line.unit
            ),
        });
        let plain: Vec<String> = cells.iter().map(Fen::to_string).collect();
        let head = format!("{},{},{}", line.unit, line.year, line.project);
        table.push_str(&format!("{head},{},{payees}\n", plain.join(",")));
        if options.awards {
            for ((_, award), state) in book.awards.iter().filter(|((of, _), _)| of == name) {
                let [reserved, committed, paid, back] =
                    [state.reserved, state.committed, state.paid, state.recovered].map(Fen::grouped);
                text.push_str(&match lang {
                    Lang::Zh => format!("    {award}：预留 {reserved}　应付 {committed}　已付 {paid}　追回 {}\n", back),
                    Lang::En => format!(
                        "    {award}: reserved {reserved}  committed {committed}  paid {paid}  recovered {}\n",
                        back
                    ),
                });
            }
        }
    }
    let code = if verified.fault.is_none() { CLEAN } else { FOUND };
    text.push_str(&told(&verified, lang));
    output::to_stdout(text.as_bytes())?;
    if let Some(path) = &options.output {
        output::write(Some(path), table.as_bytes())?;
    }
    Ok(code)
}

/// The ledger of a working folder as it stands; `None` before anything was asked of it.
pub fn book(folder: &Path) -> Result<Option<Book>, Failure> {
    let path = folder.join(LEDGER);
    if !path.exists() {
        return Ok(None);
    }
    match Ledger::open(&path, &Options::default()) {
        Err(StoreError::NotBegun(_)) => Ok(None),
        opened => opened.and_then(|ledger| ledger.book()).map(Some).map_err(Failure::Store),
    }
}

/// What came of many requests.
#[derive(Default)]
struct Run {
    done: usize,
    sum: i64,
    refused: Vec<String>,
}

impl Run {
    fn add(&mut self, ledger: &Ledger, request: Request, amount: Fen, lang: Lang) {
        let award = request.action.award().unwrap_or_default().to_owned();
        self.settle(&award, ledger.ask(request), amount, lang);
    }

    fn settle<T>(&mut self, award: &str, answer: Result<T, AskError>, amount: Fen, lang: Lang) {
        match answer {
            Ok(_) => {
                self.done += 1;
                self.sum += amount.fen();
            }
            Err(error) => self.refused.push(format!("{award}：{}", error.text(lang))),
        }
    }

    fn end(self, ledger: &Ledger, line: &BudgetLine, lang: Lang) -> anyhow::Result<u8> {
        let state = ledger.line(&line.id).map_err(Failure::Store)?;
        let available = state.map_or(Fen::new(0), |state| state.available());
        let sum = Fen::new(self.sum);
        for refused in &self.refused {
            output::message(refused);
        }
        let (done, refused, sum, available) = (self.done, self.refused.len(), sum.grouped(), available.grouped());
        let text = match lang {
            Lang::Zh => {
                format!("已办 {done} 笔，合计 {sum} 元；未办 {refused} 笔。“{}”余额 {available} 元\n", line.project)
            }
            Lang::En => format!(
                "{done} done, {sum} yuan in all; {refused} refused. {} has {available} yuan left\n",
                line.project
            ),
        };
        output::to_stdout(text.as_bytes())?;
        Ok(if refused == 0 { CLEAN } else { FOUND })
    }
}

/// Asks something of one award.
fn one(options: &OfAward, lang: Lang, ask: impl Fn(Option<&Award>, String, Fen) -> Action) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let judged = judged_of(&work, &options.batch, &options.folder)?;
    let line = line_of(&work, &judged)?;
    let ledger = open(&options.folder, &work, &options.signed)?;
    let amount = scaled(&options.amount, 100).map(Fen::new);
    let amount = amount.ok_or_else(|| Failure::NotReadable(options.amount.clone()))?;
    let state = ledger.award(&line.id, &options.number).map_err(Failure::Store)?;
    let action = ask(state.as_ref(), options.number.clone(), amount);
    let (now, mut run) = (moment(&options.signed)?, Run::default());
    // Another release or recovery is another intention when anything was done with the award in between.
    let kind = if matches!(action, Action::Recover { .. }) { "recover" } else { "release" };
    let turn = turn(&ledger, state.as_ref(), &options.number)?;
    let key = format!("{kind}/{}{turn}/{}", options.number, amount.fen());
    let money = request(key, line, &options.signed, now, action);
    let at = (0..judged.applicants.len()).find(|at| judged.cell(*at, NUMBER) == options.number);
    // What comes back to the treasury ends the life of the award; what is only given back to the line does not.
    if let (Action::Recover { .. }, Some(at)) = (&money.action, at) {
        let mut deed = acts::deed(&judged, at, (lifecycle::Action::Recover, Role::Finance), &options.signed)?;
        (deed.act.amount, deed.money) = (Some(amount), vec![money]);
        let answers = ledger.act(vec![deed], acts::table_of(&work, judged.batch)?).map_err(Failure::Store)?;
        for answer in answers {
            match answer {
                Ok(_) => (run.done, run.sum) = (run.done + 1, run.sum + amount.fen()),
                Err(refused) => run.refused.push(format!("{}：{}", options.number, refused.text(lang))),
            }
        }
    } else {
        run.add(&ledger, money, amount, lang);
    }
    run.end(&ledger, line, lang)
}

fn judged_of<'w>(work: &'w Work, batch: &str, folder: &Path) -> anyhow::Result<Judged<'w>> {
    let batch = judge::batches(work, Some(batch))?[0];
    judge::judged(work, batch, folder)
}

/// The line that pays a batch.
pub fn line_of<'w>(work: &'w Work, judged: &Judged) -> Result<&'w BudgetLine, Failure> {
    let line = work.lines.iter().find(|line| line.id == judged.batch.pays);
    line.ok_or_else(|| Failure::NoLine(judged.batch.id.clone()))
}

/// Opens the ledger of a working folder, begins it when there is none, and begins every line that it lacks.
pub fn open(folder: &Path, work: &Work, signed: &Signed) -> Result<Ledger, Failure> {
    let path = folder.join(LEDGER);
    let ledger = Ledger::open_or_create(&path, &Options::default()).map_err(Failure::Store)?;
    let now = moment(signed)?;
    for line in &work.lines {
        if ledger.line(&line.id).map_err(Failure::Store)?.is_some() {
            continue;
        }
        let action = Action::Open {
            unit: line.unit.clone(),
            year: line.year,
            project: line.project.clone(),
            amount: line.amount,
            closes: Moment((i64::from(line.closes.number()) + 1) * DAY),
        };
        match ledger.ask(request(format!("open/{}", line.id), line, signed, now, action)) {
            Ok(_) => {}
            Err(AskError::Store(error)) => return Err(Failure::Store(error)),
            Err(error @ AskError::Refused(_)) => return Err(Failure::NotReadable(error.text(Lang::Zh))),
        }
    }
    Ok(ledger)
}

fn request(key: String, line: &BudgetLine, signed: &Signed, time: Moment, action: Action) -> Request {
    Request { key, time, actor: signed.by.clone(), reason: signed.reason.clone(), line: line.id.clone(), action }
}

/// The moment of an act: a day that was given and has come, or now.
pub fn moment(signed: &Signed) -> Result<Moment, Failure> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
    let Some(text) = &signed.date else { return Ok(now) };
    let day = Day::read(text).ok_or_else(|| Failure::NotReadable(text.clone()))?;
    // A period of publicity is not to be skipped by dating ahead.
    match now.day().is_none_or(|today| day <= today) {
        true => Ok(Moment(i64::from(day.number()) * DAY)),
        false => Err(Failure::Act(ActFailure::Future(day))),
    }
}

/// What became of the verification, with the last hashes.
fn told(verified: &Verified, lang: Lang) -> String {
    if let Some(fault) = &verified.fault {
        return format!("{}\n", fault.text(lang));
    }
    let [money, acts] = [verified.head, verified.head_of_acts].map(|head| hex(&head[..6]));
    let Verified { events, acts: count, .. } = verified;
    match lang {
        Lang::Zh => format!(
            "台账核对无误：资金 {events} 笔、办理记录 {count} 条，哈希链和余额都对得上\n  最后一条的校验值：资金 {money}，\
             办理记录 {acts}；另处记下，以后少了一条也看得出\n"
        ),
        Lang::En => format!(
            "the ledger verifies: {events} events of money, {count} acts; hashes and balances fit\n  last hashes: money \
             {money}, acts {acts}; noted elsewhere, they show later whether an entry was cut off\n"
        ),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
