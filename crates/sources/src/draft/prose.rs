//! What the prose tells: counts, reasons and free texts.

use super::frame::is_same;
use crate::schema::COUNTED;
use gouji_model::books::{Books, BudgetUnit, Count, FreeText, Reason};
use gouji_model::{Code, Coordinates, Fen, Measure};
use gouji_understand::{Claim, ClaimKind, Sentence, Statement};

/// A count of the prose: how many of what, of which unit.
fn told(statement: &Statement) -> impl Iterator<Item = (&Coordinates, i64)> {
    statement.claims.iter().filter_map(|claim| match (&claim.kind, &claim.at) {
        (ClaimKind::Count { number, .. }, Some(at)) => Some((at, *number)),
        _ => None,
    })
}

/// Counts by unit, and the names of those whose unit is a guess.
pub(super) fn counts(statement: &Statement, units: &[BudgetUnit]) -> (Vec<Count>, Vec<&'static str>) {
    let (mut counts, mut guessed) = (Vec::new(), Vec::new());
    for (word, (measure, item)) in COUNTED {
        let is_it = |at: &Coordinates| at.measure == *measure && at.item.as_str() == *item;
        let own: Vec<(usize, i64)> = units
            .iter()
            .enumerate()
            .filter_map(|(index, unit)| {
                let (_, number) = told(statement).find(|(at, _)| is_it(at) && is_same(unit, &at.unit))?;
                Some((index, number))
            })
            .collect();
        let whole = told(statement).find(|(at, _)| is_it(at) && at.unit.is_empty()).map(|(_, number)| number);
        let shared = match whole {
            _ if !own.is_empty() => own,
            None => continue,
            Some(number) => {
                let (shares, is_guess) = shared(statement, units, *measure, item, number);
                if is_guess {
                    guessed.push(*word);
                }
                shares
            }
        };
        for (index, number) in shared {
            let item = Code::new(item).unwrap_or_default();
            let unit = units[index].name.clone();
            let at = Coordinates { measure: *measure, item, unit, ..Coordinates::default() };
            counts.push(Count { at, number, ..Count::default() });
        }
    }
    (counts, guessed)
}

/// A number of the whole department by unit: each unit's vehicles where all are of this kind, else with the first.
fn shared(
    statement: &Statement,
    units: &[BudgetUnit],
    measure: Measure,
    item: &str,
    number: i64,
) -> (Vec<(usize, i64)>, bool) {
    let Some(first) = units.first() else { return (Vec::new(), false) };
    let of_unit = |unit: &BudgetUnit| {
        let whole = |at: &Coordinates| at.measure == measure && at.item.is_all() && is_same(unit, &at.unit);
        told(statement).find(|(at, _)| whole(at)).map(|(_, number)| number)
    };
    let by_unit: Vec<(usize, i64)> =
        units.iter().enumerate().filter_map(|(index, unit)| Some((index, of_unit(unit)?))).collect();
    let is_all = item.starts_with("kind.") && by_unit.iter().map(|(_, number)| number).sum::<i64>() == number;
    if is_all && number > 0 {
        return (by_unit, false);
    }
    let is_guess = units.len() > 1 && number > 0 && !first.name.is_empty();
    (vec![(0, number)], is_guess)
}

/// Why the budget changes: changes of what no coordinates name.
pub(super) fn reasons(statement: &Statement) -> Vec<Reason> {
    let reason = |claim: &Claim| match &claim.kind {
        ClaimKind::Change { direction, amount, .. } if claim.at.is_none() && claim.of.is_none() => {
            let is_reason = statement.sentences[claim.sentence].text.contains("原因");
            let fen = i64::try_from(i128::from(direction.sign()) * amount.atoms()).ok()?;
            (is_reason && !claim.subject.is_empty()).then(|| Reason {
                subject: claim.subject.clone(),
                change: Fen::new(fen),
                ..Reason::default()
            })
        }
        _ => None,
    };
    statement.claims.iter().filter_map(reason).collect()
}

/// The sections that books keep as texts, by words of their headings.
const SECTIONS: [(&str, &[&str]); 3] = [
    ("duties", &["主要职能", "主要职责", "职能简介", "部门职责"]),
    ("goals", &["工作目标", "工作任务", "重点工作"]),
    ("other-notes", &["其他情况说明"]),
];

/// Reasons that stand behind the figure that they explain.
const BEHIND: [(&str, Measure, &str); 4] = [
    ("overseas-reason", Measure::ThreePublic, "overseas"),
    ("reception-reason", Measure::ThreePublic, "reception"),
    ("vehicles-reason", Measure::ThreePublic, "vehicles"),
    ("operating-uses", Measure::OperatingCost, ""),
];

/// Sections and reasons as texts.
pub(super) fn texts(statement: &Statement, books: &mut Books) {
    let sections = SECTIONS.iter().map(|(key, words)| (*key, section(statement, words)));
    let behind = BEHIND.iter().map(|(key, measure, item)| (*key, behind(statement, *measure, item)));
    for (key, text) in sections.chain(behind) {
        books.texts.push(FreeText { key: key.to_string(), text, ..FreeText::default() });
    }
}

/// The paragraphs below a heading, down to the next of its depth.
fn section(statement: &Statement, words: &[&str]) -> String {
    let is_it = |text: &str| words.iter().any(|word| text.contains(word));
    let Some(first) = statement.headings.iter().position(|heading| is_it(&heading.bare)) else { return String::new() };
    let depth = statement.headings[first].depth;
    let more = statement.headings[first + 1..].iter().take_while(|heading| heading.depth > depth).count();
    let within = |sentence: &&Sentence| sentence.heading.is_some_and(|at| (first..=first + more).contains(&at));
    joined(statement.sentences.iter().filter(within))
}

/// What follows the figure in its paragraph and tells no figure itself.
fn behind(statement: &Statement, measure: Measure, item: &str) -> String {
    let is_it = |claim: &&Claim| {
        claim.at.as_ref().is_some_and(|at| at.measure == measure && at.item.as_str() == item)
            && matches!(claim.kind, ClaimKind::Amount(_))
    };
    let Some(claim) = statement.claims.iter().find(is_it) else { return String::new() };
    let own = &statement.sentences[claim.sentence];
    let tells = |index: usize| {
        let of = statement.claims.iter().filter(|claim| claim.sentence == index);
        of.into_iter().any(|claim| !matches!(claim.kind, ClaimKind::Citation(_) | ClaimKind::Names(_)))
    };
    let after = statement.sentences.iter().enumerate().skip(claim.sentence + 1);
    let after = after.take_while(|(_, sentence)| sentence.paragraph == own.paragraph);
    joined(after.filter(|(index, _)| !tells(*index)).map(|(_, sentence)| sentence))
}

fn joined<'s>(sentences: impl Iterator<Item = &'s Sentence>) -> String {
    let mut text = String::new();
    let mut paragraph = None;
    for sentence in sentences {
        if paragraph.is_some_and(|before| before != sentence.paragraph) {
            text.push('\n');
        }
        paragraph = Some(sentence.paragraph);
        text.push_str(&full_width(&sentence.text));
    }
    text
}

/// Punctuation next to Chinese as Chinese is written: understanding made it narrow.
fn full_width(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let is_chinese = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(|sign| !sign.is_ascii());
    let wide = |(at, sign): (usize, &char)| {
        if !is_chinese(at.checked_sub(1)) && !is_chinese(Some(at + 1)) {
            return *sign;
        }
        match sign {
            ',' => '，',
            ';' => '；',
            ':' => '：',
            '(' => '（',
            ')' => '）',
            other => *other,
        }
    };
    signs.iter().enumerate().map(wide).collect()
}
