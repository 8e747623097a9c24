//! What may happen: one request against a book.

use super::{Action, Award, Book, Destination, Held, Line, Moment, Part, PartState, Refusal, Request};
use gouji_model::Fen;

/// No amount of a line is above it, so that no sum can overflow.
const MOST: i64 = 1_000_000_000_000_000_000;
const MOST_CHARACTERS: usize = 1_000;
const MOST_PARTS: usize = 120;

impl Book {
    /// Does what a request asks, or changes nothing and says why not. The balance afterwards is returned.
    ///
    /// The book needs to hold only the request's line and award.
    pub fn apply(&mut self, request: &Request) -> Result<Fen, Refusal> {
        check_texts(request)?;
        let mut line = match (&request.action, self.lines.get(&request.line)) {
            (Action::Open { .. }, Some(_)) => return Err(Refusal::LineExists(request.line.clone())),
            (Action::Open { .. }, None) => opened(&request.action)?,
            (_, Some(line)) => line.clone(),
            (_, None) => return Err(Refusal::UnknownLine(request.line.clone())),
        };
        if let Some(name) = request.action.award() {
            let place = (request.line.clone(), name.to_owned());
            let award = applied(&mut line, self.awards.get(&place), request)?;
            self.awards.insert(place, award);
        } else {
            applied_to_line(&mut line, request)?;
        }
        let available = line.available();
        self.lines.insert(request.line.clone(), line);
        Ok(available)
    }
}

fn check_texts(request: &Request) -> Result<(), Refusal> {
    let mut texts = vec![&request.key, &request.actor, &request.line];
    match &request.action {
        Action::Open { unit, project, .. } => texts.extend([unit, project]),
        Action::Reserve { award, .. } => texts.push(award),
        _ => {}
    }
    let is_plain = |text: &str| text.chars().count() <= MOST_CHARACTERS && !text.contains(char::is_control);
    let is_name = |text: &&String| !text.trim().is_empty() && is_plain(text);
    let is_fine = texts.iter().all(is_name) && is_plain(&request.reason);
    if is_fine { Ok(()) } else { Err(Refusal::Text) }
}

fn opened(action: &Action) -> Result<Line, Refusal> {
    let Action::Open { unit, year, project, amount, closes } = action else { return Err(Refusal::Text) };
    let none = Fen::new(0);
    Ok(Line {
        unit: unit.clone(),
        year: *year,
        project: project.clone(),
        amount: positive(*amount)?,
        reserved: none,
        committed: none,
        paid: none,
        recovered: none,
        restored: none,
        closes: *closes,
    })
}

fn applied_to_line(line: &mut Line, request: &Request) -> Result<(), Refusal> {
    match &request.action {
        Action::Amend { change } => {
            open(line, request.time)?;
            let change = if change.fen() == 0 { positive(*change)? } else { *change };
            let amount = line.amount.checked_add(change).ok().filter(|amount| (0..=MOST).contains(&amount.fen()));
            line.amount = amount.ok_or(Refusal::NotAnAmount(change))?;
            if line.available().fen() < 0 {
                let available = Fen::new(line.available().fen() - change.fen());
                return Err(Refusal::NotEnough { available, asked: Fen::new(-change.fen()) });
            }
        }
        Action::Close => {
            open(line, request.time)?;
            line.closes = request.time;
        }
        _ => {}
    }
    Ok(())
}

/// The award afterwards; the line is changed with it.
fn applied(line: &mut Line, award: Option<&Award>, request: &Request) -> Result<Award, Refusal> {
    let name = request.action.award().unwrap_or_default();
    if let Action::Reserve { amount, until, .. } = &request.action {
        return match award {
            Some(award) if !is_given_back(award) => Err(Refusal::AwardExists(name.to_owned())),
            _ => reserved(line, *amount, *until, request.time),
        };
    }
    let mut award = award.cloned().ok_or_else(|| Refusal::UnknownAward(name.to_owned()))?;
    match &request.action {
        Action::Commit { plan, .. } => commit(line, &mut award, plan, request.time)?,
        Action::Pay { part, amount, .. } => pay(line, &mut award, (*part, positive(*amount)?), request.time)?,
        Action::Release { amount, from, .. } => release(line, &mut award, positive(*amount)?, *from)?,
        Action::Recover { amount, to, .. } => recover(line, &mut award, (positive(*amount)?, *to), request.time)?,
        _ => {}
    }
    Ok(award)
}

/// Whether an award was only ever reserved, and all of it released: it may be reserved anew, with another amount.
fn is_given_back(award: &Award) -> bool {
    award.parts.is_empty() && [award.reserved, award.committed, award.paid].iter().all(|held| held.fen() == 0)
}

fn reserved(line: &mut Line, amount: Fen, until: Moment, time: Moment) -> Result<Award, Refusal> {
    open(line, time)?;
    let amount = positive(amount)?;
    if until <= time {
        return Err(Refusal::Expired { until });
    }
    let available = line.available();
    if amount > available {
        return Err(Refusal::NotEnough { available, asked: amount });
    }
    line.reserved = plus(line.reserved, amount);
    let none = Fen::new(0);
    Ok(Award { reserved: amount, committed: none, paid: none, recovered: none, until, parts: Vec::new() })
}

fn commit(line: &mut Line, award: &mut Award, plan: &[Part], time: Moment) -> Result<(), Refusal> {
    open(line, time)?;
    if !award.parts.is_empty() {
        return Err(Refusal::CommittedBefore);
    }
    if award.reserved.fen() == 0 {
        return Err(Refusal::NothingHeld);
    }
    if award.until <= time {
        return Err(Refusal::Expired { until: award.until });
    }
    if plan.is_empty() || plan.len() > MOST_PARTS {
        return Err(Refusal::Plan);
    }
    let mut sum = Fen::new(0);
    for part in plan {
        if part.due >= line.closes {
            return Err(Refusal::DueAfterClose { due: part.due, closes: line.closes });
        }
        sum = plus(sum, positive(part.amount)?);
    }
    if plan.windows(2).any(|pair| pair[0].due > pair[1].due) {
        return Err(Refusal::Plan);
    }
    if sum > award.reserved {
        return Err(Refusal::MoreThanHeld { held: award.reserved, asked: sum });
    }
    line.reserved = minus(line.reserved, sum);
    line.committed = plus(line.committed, sum);
    award.reserved = minus(award.reserved, sum);
    award.committed = sum;
    award.parts = plan.iter().map(|part| PartState { due: part.due, amount: part.amount, paid: Fen::new(0) }).collect();
    Ok(())
}

fn pay(line: &mut Line, award: &mut Award, (number, amount): (u32, Fen), time: Moment) -> Result<(), Refusal> {
    open(line, time)?;
    let part = (number as usize).checked_sub(1).and_then(|at| award.parts.get_mut(at));
    let part = part.ok_or(Refusal::UnknownPart(number))?;
    if time < part.due {
        return Err(Refusal::TooEarly { due: part.due });
    }
    let left = minus(part.amount, part.paid);
    if amount > left {
        return Err(Refusal::OverPaid { left, asked: amount });
    }
    part.paid = plus(part.paid, amount);
    award.committed = minus(award.committed, amount);
    award.paid = plus(award.paid, amount);
    line.committed = minus(line.committed, amount);
    line.paid = plus(line.paid, amount);
    Ok(())
}

/// Allowed after the line has closed: what is held must be let go at last.
fn release(line: &mut Line, award: &mut Award, amount: Fen, from: Held) -> Result<(), Refusal> {
    let (of_award, of_line) = match from {
        Held::Reserved => (&mut award.reserved, &mut line.reserved),
        Held::Committed => (&mut award.committed, &mut line.committed),
    };
    if of_award.fen() == 0 {
        return Err(Refusal::NothingHeld);
    }
    if amount > *of_award {
        return Err(Refusal::MoreThanHeld { held: *of_award, asked: amount });
    }
    *of_award = minus(*of_award, amount);
    *of_line = minus(*of_line, amount);
    let mut left = if from == Held::Committed { amount } else { Fen::new(0) };
    for part in award.parts.iter_mut().rev() {
        let taken = minus(part.amount, part.paid).min(left);
        part.amount = minus(part.amount, taken);
        left = minus(left, taken);
    }
    Ok(())
}

/// To the treasury at any time; to the line only while it is open.
fn recover(line: &mut Line, award: &mut Award, what: (Fen, Destination), time: Moment) -> Result<(), Refusal> {
    let (amount, to) = what;
    let left = minus(award.paid, award.recovered);
    if amount > left {
        return Err(Refusal::MoreThanPaid { left, asked: amount });
    }
    if to == Destination::Line {
        open(line, time)?;
        // Money paid and returned again and again must not run out of the numbers there are.
        line.restored = positive(plus(line.restored, amount))?;
    }
    line.recovered = plus(line.recovered, amount);
    award.recovered = plus(award.recovered, amount);
    Ok(())
}

fn open(line: &Line, time: Moment) -> Result<(), Refusal> {
    if time < line.closes { Ok(()) } else { Err(Refusal::LineClosed { closes: line.closes }) }
}

fn positive(amount: Fen) -> Result<Fen, Refusal> {
    if (1..=MOST).contains(&amount.fen()) { Ok(amount) } else { Err(Refusal::NotAnAmount(amount)) }
}

/// Sums stay small: no amount is above 10^18 fen, at most 120 parts are summed and saturation is refused as too much.
fn plus(left: Fen, right: Fen) -> Fen {
    Fen::new(left.fen().saturating_add(right.fen()))
}

fn minus(left: Fen, right: Fen) -> Fen {
    Fen::new(left.fen().saturating_sub(right.fen()))
}
