//! Runs the rules, brings instances together into families, and families into findings.

use crate::context::Context;
use crate::joint;
use crate::repair::{self, Repair};
use crate::report::{Coverage, Relation, Report};
use crate::rule::{Rule, shown_level};
use crate::rules::RULES;
use gouji_model::{Check, FileId, Finding, Level, Outcome, Reason, Role, Span, Verdict};
use gouji_understand::{Statement, TableKind};
use std::collections::BTreeMap;

/// How a report is checked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Rules on trial are shown at their own level.
    pub preview: bool,
}

/// Findings of one rule that are listed; more are folded into a last one.
const FINDINGS_PER_RULE: usize = 200;

/// A rule with every instance it found.
pub(crate) type Found = (&'static Rule, Vec<Check>);

/// Checks a statement by every rule, then all relations together.
pub fn check(statement: &Statement, options: &Options) -> Report {
    let context = Context::new(statement);
    let mut found = run_rules(&context);
    let linear = joint::linear(&found, context.prior_from());
    let together: Found = (joint_rule(), joint::test(&context, &linear));
    let mut findings: Vec<Finding> =
        found.iter().chain([&together]).flat_map(|(rule, checks)| findings_of(rule, checks, options)).collect();
    group_by_cause(&mut findings);
    let mut repairs = repair::repairs(&context, &linear, &found, &mut findings);
    drop(linear);
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    renumber_groups(&mut findings, &mut repairs);
    found.push(together);
    let mut relations: Vec<Relation> =
        found.into_iter().flat_map(|(rule, checks)| families(rule, checks, statement)).collect();
    relations.sort_by(|a, b| a.key.cmp(&b.key).then(a.code.cmp(b.code)));
    let coverage = coverage(statement, &relations);
    Report { relations, findings, repairs, coverage }
}

/// Every rule on its own.
pub(crate) fn run_rules(context: &Context) -> Vec<Found> {
    let run = |rule: &&'static Rule| {
        let mut checks = Vec::new();
        (rule.find)(context, &mut checks);
        if let Some(prior) = context.prior_from() {
            // Which of the two reports is wrong, or whether a budget was restated, paper does not tell.
            let reaches = |check: &&mut Check| check.terms.iter().any(|term| is_in(term.span, prior));
            checks.iter_mut().filter(reaches).for_each(|check| check.level = check.level.min(Level::Warning));
        }
        (*rule, checks)
    };
    RULES.iter().map(run).collect()
}

fn is_in(span: Option<Span>, first: FileId) -> bool {
    span.is_some_and(|span| span.file >= first)
}

/// The rule under which the joint test reports.
fn joint_rule() -> &'static Rule {
    RULES.iter().find(|rule| rule.name == "unexpected-joint-contradiction").expect("the list of rules has it")
}

/// Gravest first, then by place.
fn order(finding: &Finding) -> (std::cmp::Reverse<gouji_model::Level>, Option<Span>, &'static str, &str) {
    let place = finding.check.terms.iter().find_map(|term| term.span);
    (std::cmp::Reverse(finding.level), place, finding.code, &finding.check.key)
}

fn findings_of(rule: &'static Rule, checks: &[Check], options: &Options) -> Vec<Finding> {
    let broken = checks.iter().filter(|check| matches!(check.outcome, Outcome::Broken { .. }));
    let finding = |check: &Check| Finding {
        code: rule.code,
        rule: rule.name,
        check: check.clone(),
        level: shown_level(rule, check.level, options.preview),
        preview: rule.is_preview(),
        group: 0,
        accepted: None,
        folded: 0,
    };
    let mut findings: Vec<Finding> = broken.take(FINDINGS_PER_RULE).map(finding).collect();
    let all = checks.iter().filter(|check| matches!(check.outcome, Outcome::Broken { .. })).count();
    if let (true, Some(last)) = (all > FINDINGS_PER_RULE, findings.last_mut()) {
        last.folded = all - FINDINGS_PER_RULE;
    }
    findings
}

/// The families of a rule: those with instances, and the duties that have none.
fn families(rule: &'static Rule, checks: Vec<Check>, statement: &Statement) -> Vec<Relation> {
    let mut by_key: BTreeMap<String, Vec<Check>> = BTreeMap::new();
    for check in checks {
        by_key.entry(check.key.clone()).or_default().push(check);
    }
    for (key, needs) in rule.duties {
        let met = by_key
            .keys()
            .any(|known| known == key || known.strip_prefix(key).is_some_and(|rest| rest.starts_with('[')));
        if !met {
            let check = Check {
                key: (*key).into(),
                outcome: Outcome::NotChecked(missing(needs, statement)),
                level: gouji_model::Level::Error,
                terms: Vec::new(),
                expected: None,
                words: Vec::new(),
            };
            by_key.insert((*key).into(), vec![check]);
        }
    }
    by_key.into_iter().map(|(key, checks)| family(rule, key, checks)).collect()
}

/// Why a duty has no instance.
fn missing(needs: &str, statement: &Statement) -> Reason {
    match TableKind::from_word(needs) {
        Some(kind) if statement.table(kind).is_none() => Reason::NoTable(kind.name().into()),
        Some(kind) => Reason::NoFigure(kind.name().into()),
        None => Reason::NoText(needs.into()),
    }
}

fn family(rule: &'static Rule, key: String, checks: Vec<Check>) -> Relation {
    let verdict = checks.iter().map(|check| check.outcome.verdict()).max().unwrap_or(Verdict::NotChecked);
    let instances = checks.iter().filter(|check| check.outcome.verdict() != Verdict::NotChecked).count();
    let level = checks.iter().map(|check| check.level).max().unwrap_or(gouji_model::Level::Info);
    Relation { key, code: rule.code, level, verdict, instances, checks }
}

/// Findings that share an operand have one cause: a wrong cell breaks its row, its column
/// and its repeats.
fn group_by_cause(findings: &mut [Finding]) {
    let mut owner: BTreeMap<Span, usize> = BTreeMap::new();
    let mut parent: Vec<usize> = (0..findings.len()).collect();
    for at in 0..findings.len() {
        let spans: Vec<Span> = causes(&findings[at]).collect();
        for span in spans {
            let first = *owner.entry(span).or_insert(at);
            let (left, right) = (root(&parent, first), root(&parent, at));
            parent[left.max(right)] = left.min(right);
        }
    }
    for at in 1..findings.len() {
        if let Some(first) = findings[..at].iter().position(|other| is_one_slip(other, &findings[at])) {
            let (left, right) = (root(&parent, first), root(&parent, at));
            parent[left.max(right)] = left.min(right);
        }
    }
    for at in 0..findings.len() {
        findings[at].group = root(&parent, at) as u32 + 1;
    }
}

/// One slip made several times: a year left over from an old text, indicators written alike.
fn is_one_slip(left: &Finding, right: &Finding) -> bool {
    let same = left.rule == right.rule && left.check.key == right.check.key;
    match left.rule {
        "stale-year" => same && left.check.words[..2] == right.check.words[..2],
        // A base that was restated shows in every figure of its table.
        "missing-quantity" | "mismatched-project-name" | "misplaced-project" | "mismatched-last-year" => same,
        _ => false,
    }
}

/// The places that may be the cause of a finding. Notes about wording and form stand alone;
/// a word or a list of reasons is judged against figures that are not in doubt.
fn causes(finding: &Finding) -> impl Iterator<Item = Span> + '_ {
    let by_figures = ["SUM", "NAR", "CLS"].iter().any(|group| finding.code.starts_with(group));
    let only_claim = matches!(finding.rule, "mismatched-direction" | "unexplained-change");
    let terms = finding.check.terms.iter();
    terms
        .filter(move |term| by_figures && term.figure.is_some() && (!only_claim || term.role == Role::Claim))
        .filter_map(|term| term.span)
}

fn root(parent: &[usize], mut at: usize) -> usize {
    while parent[at] != at {
        at = parent[at];
    }
    at
}

/// Numbers the groups from 1 in the order of the findings.
fn renumber_groups(findings: &mut [Finding], repairs: &mut [Repair]) {
    let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
    for finding in findings.iter_mut() {
        let next = numbers.len() as u32 + 1;
        finding.group = *numbers.entry(finding.group).or_insert(next);
    }
    for repair in repairs.iter_mut() {
        repair.group = numbers.get(&repair.group).copied().unwrap_or(0);
    }
    repairs.sort_by_key(|repair| repair.group);
}

fn coverage(statement: &Statement, relations: &[Relation]) -> Coverage {
    let count = |verdict| relations.iter().filter(|relation| relation.verdict == verdict).count();
    let unbound_claims = statement.claims.iter().filter(|claim| claim.at.is_none() && is_quantity(&claim.kind)).count();
    let quantities = statement.claims.iter().filter(|claim| is_quantity(&claim.kind)).count();
    let in_prose = statement.claims.iter().filter(|claim| claim.at.is_none() && is_money(&claim.kind)).count();
    Coverage {
        tables: statement.tables.len(),
        amounts: statement.amounts_seen,
        amounts_bound: statement.amounts_seen - statement.unbound.len() - in_prose,
        claims: quantities,
        claims_bound: quantities - unbound_claims,
        holds: count(Verdict::Holds),
        rounding: count(Verdict::Rounding),
        broken: count(Verdict::Broken),
        not_checked: count(Verdict::NotChecked),
    }
}

fn is_quantity(kind: &gouji_understand::ClaimKind) -> bool {
    use gouji_understand::ClaimKind::{Citation, Names};
    !matches!(kind, Citation(_) | Names(_))
}

fn is_money(kind: &gouji_understand::ClaimKind) -> bool {
    use gouji_understand::ClaimKind::{Amount, Change};
    matches!(kind, Amount(_) | Change { .. })
}
