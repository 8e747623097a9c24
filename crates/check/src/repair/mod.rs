//! The smallest repair: which printed cell, changed to what, would make all broken sums of one
//! cause hold. A repair is offered only after the whole report was checked again with it.

mod board;
mod slip;

use crate::context::Context;
use crate::engine::Found;
use crate::joint::{Linear, Zeros};
use board::{Board, Move};
use gouji_model::{Cell, Check, Finding, Outcome, Printed, Span};
use gouji_understand::{ClaimKind, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// A change that explains everything that is broken for one cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The group of the findings it explains.
    pub group: u32,
    /// The cells or claims that change: one, else two.
    pub changes: Vec<Change>,
    /// Broken relations of the report that hold after it.
    pub explained: usize,
    /// No other change of as few cells explains them; otherwise the likeliest stands first.
    pub unique: bool,
}

/// One printed figure and what it would have to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What the report calls it.
    pub label: String,
    /// Where it stands.
    pub span: Span,
    /// The cell, when it stands in a table.
    pub cell: Option<Cell>,
    /// As printed.
    pub old: Printed,
    /// As it would have to be.
    pub new: Printed,
}

/// Repairs of one cause that are shown.
const MOST_SHOWN: usize = 3;
/// Repairs of one cause that are tried on the whole report.
const MOST_TRIED: usize = 8;
/// Trials in one report: each costs as much as a check.
const MOST_TRIALS: usize = 48;
/// A cause with more broken relations is no slip in a cell.
const MOST_BROKEN: usize = 60;

/// What tells one instance of a relation from another, before and after a change.
type Id = (&'static str, String, Option<Span>);

/// Everything broken, with how often.
type Broken = BTreeMap<Id, usize>;

/// The repairs of every group that has broken sums. Findings that a sure repair explains as
/// well come into its group.
pub(crate) fn repairs(context: &Context, linear: &[Linear], found: &[Found], findings: &mut [Finding]) -> Vec<Repair> {
    if !linear.iter().any(Linear::is_broken) {
        return Vec::new();
    }
    let zeros = Zeros::of(context.statement);
    let search = Search { context, board: Board::new(linear, &zeros), before: broken(found) };
    let (mut repairs, mut left) = (Vec::new(), MOST_TRIALS);
    let groups: BTreeSet<u32> = findings.iter().map(|finding| finding.group).collect();
    for group in groups {
        let own = search.broken_of(findings, group);
        if own.is_empty() || own.len() > MOST_BROKEN {
            continue;
        }
        let offered = search.offer(&own, &mut left);
        let unique = offered.len() == 1;
        for (at, (moves, after)) in offered.into_iter().take(MOST_SHOWN).enumerate() {
            if unique && at == 0 {
                search.join_group(findings, group, &after);
            }
            let explained = search.before.values().sum::<usize>() - after.values().sum::<usize>();
            let changes = moves.iter().map(|one| search.change(one)).collect();
            repairs.push(Repair { group, changes, explained, unique });
        }
    }
    repairs
}

fn id(code: &'static str, check: &Check) -> Id {
    (code, check.key.clone(), check.terms.iter().find_map(|term| term.span))
}

fn broken(found: &[Found]) -> Broken {
    let mut all = Broken::new();
    for (rule, checks) in found {
        for check in checks.iter().filter(|check| matches!(check.outcome, Outcome::Broken { .. })) {
            *all.entry(id(rule.code, check)).or_default() += 1;
        }
    }
    all
}

struct Search<'a> {
    context: &'a Context<'a>,
    board: Board<'a>,
    before: Broken,
}

impl Search<'_> {
    /// The broken linear relations of a group, by number.
    fn broken_of(&self, findings: &[Finding], group: u32) -> BTreeSet<usize> {
        let own: BTreeSet<Id> = findings
            .iter()
            .filter(|finding| finding.group == group)
            .map(|finding| id(finding.code, &finding.check))
            .collect();
        self.board
            .broken()
            .filter(|(_, relation)| own.contains(&id(relation.rule.code, relation.check)))
            .map(|(at, _)| at)
            .collect()
    }

    /// What explains everything broken; else what explains the sums and repeats, where a custom
    /// or a classification beside them is broken for a reason of its own.
    fn offer(&self, own: &BTreeSet<usize>, left: &mut usize) -> Vec<(Vec<Move>, Broken)> {
        let hard: BTreeSet<usize> = own.iter().copied().filter(|at| self.board.is_hard(*at)).collect();
        let singles = |of: &BTreeSet<usize>| self.board.singles(of, &[]).into_iter().map(|one| vec![one]).collect();
        let tries: [(&BTreeSet<usize>, bool); 4] = [(own, true), (&hard, true), (own, false), (&hard, false)];
        for (of, single) in tries {
            let repeated = of.len() == own.len() && !std::ptr::eq(of, own);
            if of.is_empty() || repeated || !single && of.len() < 2 {
                continue;
            }
            let stood = self.try_all(if single { singles(of) } else { self.board.pairs(of) }, of, left);
            if !stood.is_empty() {
                return stood;
            }
        }
        Vec::new()
    }

    fn try_all(&self, ranked: Vec<Vec<Move>>, own: &BTreeSet<usize>, left: &mut usize) -> Vec<(Vec<Move>, Broken)> {
        let mut stood = Vec::new();
        for moves in ranked.into_iter().take(MOST_TRIED) {
            if *left == 0 || stood.len() > MOST_SHOWN {
                break;
            }
            *left -= 1;
            stood.extend(self.stands(&moves, own).map(|after| (moves, after)));
        }
        stood
    }

    /// Checks the whole report with the change: what was broken for this cause holds, and
    /// nothing is broken that was not.
    fn stands(&self, moves: &[Move], own: &BTreeSet<usize>) -> Option<Broken> {
        let changed = apply(self.context.statement, moves);
        let after = broken(&crate::engine::run_rules(&Context::new(&changed)));
        let nothing_new = after.iter().all(|(id, count)| self.before.get(id).is_some_and(|before| count <= before));
        let mended = own.iter().all(|at| {
            let relation = self.board.relation(*at);
            let id = id(relation.rule.code, relation.check);
            after.get(&id).copied().unwrap_or(0) < self.before.get(&id).copied().unwrap_or(0)
        });
        (nothing_new && mended).then_some(after)
    }

    /// Findings elsewhere that the repair explains have the same cause.
    fn join_group(&self, findings: &mut [Finding], group: u32, after: &Broken) {
        let gone: Vec<u32> = findings
            .iter()
            .filter(|finding| !after.contains_key(&id(finding.code, &finding.check)))
            .map(|finding| finding.group)
            .collect();
        let whole = |number: u32| {
            let own = findings.iter().filter(|finding| finding.group == number);
            own.into_iter().all(|finding| !after.contains_key(&id(finding.code, &finding.check)))
        };
        let joined: BTreeSet<u32> = gone.into_iter().filter(|number| whole(*number)).collect();
        findings.iter_mut().filter(|finding| joined.contains(&finding.group)).for_each(|finding| finding.group = group);
    }

    fn change(&self, one: &Move) -> Change {
        let statement = self.context.statement;
        let fact = statement.facts.iter().chain(&statement.disjoint).find(|fact| fact.span == one.span);
        let claim = statement.claims.iter().find(|claim| claim.span == one.span);
        let label = match (fact, claim) {
            (Some(fact), _) => statement.label(fact),
            (None, Some(claim)) => claim.subject.clone(),
            (None, None) => String::new(),
        };
        Change { label, span: one.span, cell: fact.map(|fact| fact.cell), old: one.old, new: one.new }
    }
}

/// The statement with other figures in some places.
fn apply(statement: &Statement, moves: &[Move]) -> Statement {
    let mut changed = statement.clone();
    for one in moves {
        for fact in changed.facts.iter_mut().chain(&mut changed.disjoint).filter(|fact| fact.span == one.span) {
            fact.figure = one.new;
        }
        for claim in changed.claims.iter_mut().filter(|claim| claim.span == one.span) {
            match &mut claim.kind {
                ClaimKind::Amount(figure) | ClaimKind::Change { amount: figure, .. } if *figure == one.old => {
                    *figure = one.new;
                }
                ClaimKind::Count { number, .. } if Printed::count(*number) == one.old => *number = one.new.digits(),
                _ => {}
            }
        }
    }
    changed
}
