//! What stands out among its like: the year of an input, a rate, the form of a clause, a switch of another time.

use super::{Notice, NoticeKind, Row, Subject};
use crate::Rule;
use crate::evidence::APPLICATIONS;
use crate::policy::{Condition, Formula, Input, Kind, Literal, Operand, Ratio, Step, Test, Value, Version};
use crate::probe::{Probe, name_of, tests_of};
use crate::program::compile;

pub(super) fn look(subject: &Subject, notices: &mut Vec<Notice>) {
    rates(subject, notices);
    switches(subject, notices);
    forms(subject, notices);
    // A share of two years names the year that is wrong already.
    let is_mixed = |notice: &Notice| notice.kind == NoticeKind::MixedYears && notice.version == subject.rule.version.id;
    if !notices.iter().any(is_mixed) {
        years(subject, notices);
    }
}

/// An input that looks further back than all others of its register, or than its name says.
fn years(subject: &Subject, notices: &mut Vec<Notice>) {
    let inputs = &subject.rule.policy.inputs;
    for (index, input) in inputs.iter().enumerate() {
        let back = input.binding.years_back;
        // A figure of the year before is meant to be of another year.
        let is_like = |other: &&Input| {
            other.name != input.name
                && other.binding.register == input.binding.register
                && other.binding.register != APPLICATIONS
                && !other.name.contains("上年")
        };
        let like = inputs.iter().filter(is_like);
        let like: Vec<Option<i32>> = like.map(|other| other.binding.years_back).collect();
        let stands_out = like.len() >= 2 && like.iter().all(|other| *other == like[0]) && like[0] != back;
        let is_odd = match said(inputs, input) {
            Some(said) => back.is_some_and(|back| back != said),
            None => stands_out && back.is_some() && !is_grown(subject, input),
        };
        if !is_odd {
            continue;
        }
        let shown = back.unwrap_or(0);
        let zh = format!("“{}”取前 {shown} 年的数，与名称或同一登记表的其他事项不同；请核对 years-back", input.name);
        let en = format!("`{}` is of {shown} years back, unlike its name or the others of its register", input.name);
        let mut row = subject.best.clone();
        row[index] = row[index].or(Some(0));
        notices.push(subject.notice(NoticeKind::OddYear, input.line, &row, (zh, en)));
    }
}

/// What the name says: last year is the year before that of the same figure, or before that of the batch.
fn said(inputs: &[Input], input: &Input) -> Option<i32> {
    let plain = input.name.contains("上年").then(|| input.name.replace("上年", ""))?;
    let same = inputs.iter().find(|other| other.name == plain).and_then(|other| other.binding.years_back);
    Some(same.unwrap_or(0) + 1)
}

/// Whether an input is compared with another year on purpose.
fn is_grown(subject: &Subject, input: &Input) -> bool {
    let is_it = |operand: &Operand| name_of(operand) == Some(&input.name);
    let grows = |value: &Value| matches!(value, Value::Growth(now, before) if is_it(now) || is_it(before));
    let tested = tests_of(subject.rule).into_iter().any(|(test, _)| match test {
        Test::Compare { left, right, .. } => grows(left) || grows(right),
        _ => false,
    });
    tested
        || subject.rule.version.steps.iter().any(|step| match &step.formula {
            Formula::Table { of, .. } => grows(of),
            Formula::Grid { of, by, .. } => grows(of) || grows(by),
            // What is taken from another year is meant to be of another year.
            Formula::Less(first, others) => is_it(first) || others.iter().any(is_it),
            _ => false,
        })
}

/// A rate ten times away from its like: in one formula, in another version, else in the other lines.
fn rates(subject: &Subject, notices: &mut Vec<Notice>) {
    for (index, step) in subject.rule.version.steps.iter().enumerate() {
        let own = rates_of(&step.formula);
        let versions = subject.rule.policy.versions.iter().flat_map(|version| &version.steps);
        let same: Vec<Ratio> = versions
            .filter(|other| other.name == step.name && other.line != step.line)
            .flat_map(|other| rates_of(&other.formula))
            .collect();
        let slip = own.iter().enumerate().find(|(place, rate)| {
            let inside = own.iter().enumerate().filter(|(other, _)| other != place).map(|(_, rate)| *rate);
            let like: Vec<Ratio> = inside.chain(same.iter().copied()).collect();
            // Rates of one line are nearer to each other than those of different lines.
            match like.is_empty() {
                true => is_away(**rate, &others(subject, step), 10),
                false => is_away(**rate, &like, 5),
            }
        });
        let Some((_, rate)) = slip else { continue };
        let goal = |seen: &crate::probe::Seen| {
            8 * u32::from(!seen.applies(index) || seen.raw(index).is_none_or(|raw| raw.0 <= 0)) + seen.unmet()
        };
        let (row, _) = subject.probe.seek(std::slice::from_ref(&subject.best), goal);
        let zh = format!("“{}”的比例 {rate} 与同类比例相差太大；小数点是否写错？", step.name);
        let en = format!("the rate {rate} of `{}` is far away from its like: a slip of the point?", step.name);
        notices.push(subject.notice(NoticeKind::RateSlip, step.line, &row, (zh, en)));
    }
}

/// The rates of the other lines; fewer than two tell nothing.
fn others(subject: &Subject, step: &Step) -> Vec<Ratio> {
    let steps = subject.rule.version.steps.iter().filter(|other| other.name != step.name);
    let rates: Vec<Ratio> = steps.flat_map(|other| rates_of(&other.formula)).collect();
    if rates.len() < 2 { Vec::new() } else { rates }
}

fn rates_of(formula: &Formula) -> Vec<Ratio> {
    let literal = |literal: &Literal| match literal {
        Literal::Ratio(ratio) => Some(*ratio),
        _ => None,
    };
    let all: Vec<Ratio> = match formula {
        Formula::Rate { rate: Operand::Literal(rate), .. } => literal(rate).into_iter().collect(),
        Formula::Bands { bands, .. } => bands.iter().map(|band| band.rate).collect(),
        Formula::Table { rows, .. } => rows.iter().filter_map(|row| literal(&row.value)).collect(),
        Formula::ByClass { values, .. } => values.iter().filter_map(|(_, value)| literal(value)).collect(),
        _ => Vec::new(),
    };
    all.into_iter().filter(|rate| rate.over() > 0).collect()
}

/// Whether a rate is so many times larger, or smaller, than every other.
fn is_away(rate: Ratio, like: &[Ratio], times: i128) -> bool {
    let reaches = |small: Ratio, large: Ratio| {
        let (small_over, small_under) = (i128::from(small.over()), i128::from(small.under()));
        small_over * times * i128::from(large.under()) <= i128::from(large.over()) * small_under
    };
    let is_all = |away: &dyn Fn(&Ratio) -> bool| like.iter().all(away);
    !like.is_empty() && (is_all(&|other| reaches(rate, *other)) || is_all(&|other| reaches(*other, rate)))
}

/// A condition or a line that another version writes under the same name in another form: another comparison, the
/// opposite answer, another formula, no `when`. Numbers and words change from version to version; forms seldom do.
fn forms(subject: &Subject, notices: &mut Vec<Notice>) {
    let (own, versions) = (subject.rule.version, &subject.rule.policy.versions);
    let mut tell = |name: &str, line: u32, version: &Version| {
        let (other, row) = (&version.id, told_apart(subject, version));
        let zh = format!("“{name}”与 {other} 版的同名条款形式不同（比较方向、是否、算法或 when）；是否写错？");
        let en = format!("`{name}` has another form than in version `{other}` (direction, answer, formula or `when`)");
        notices.push(subject.notice(NoticeKind::FormDiffers, line, &row, (zh, en)));
    };
    // Of two versions the later is told; the earlier stood first.
    for other in versions.iter().filter(|other| other.from < own.from) {
        for condition in &own.conditions {
            let same = other.conditions.iter().find(|same| same.name == condition.name);
            let form = |one: &Condition| (form_of(&one.test), one.when.as_ref().map(form_of), one.failure);
            if same.is_some_and(|same| form(same) != form(condition)) {
                tell(&condition.name, condition.line, other);
            }
        }
        for step in &own.steps {
            let same = other.steps.iter().find(|same| same.name == step.name);
            let is_other_when = |same: &Step| same.when.as_ref().map(form_of) != step.when.as_ref().map(form_of);
            // Another formula may be what changed; the largest instead of the sum is a slip.
            let is_other_choice = |same: &Step| {
                let both = (choice(&same.formula), choice(&step.formula));
                both.0.is_some() && both.1.is_some() && both.0 != both.1
            };
            if same.is_some_and(|same| is_other_when(same) || is_other_choice(same)) {
                tell(&step.name, step.line, other);
            }
        }
    }
}

/// An applicant whom two versions decide otherwise, near the best of one.
fn told_apart(subject: &Subject, version: &Version) -> Row {
    let policy = subject.rule.policy;
    let Ok(program) = compile(policy, version) else { return subject.best.clone() };
    let other = Probe::new(Rule { policy, version, program: &program });
    let rows: Vec<Row> = (0..policy.inputs.len())
        .flat_map(|input| subject.probe.varied(&subject.best, input))
        .chain([subject.best.clone()])
        .collect();
    // The same word may have another place in the other version.
    let moved = rows.iter().map(|row| {
        let values = row.iter().enumerate().map(|(input, value)| match policy.inputs[input].kind {
            Kind::Class => other.place(input, &subject.probe.word(input, *value)),
            _ => *value,
        });
        values.collect::<Row>()
    });
    let moved: Vec<Row> = moved.collect();
    let here = subject.probe.see(&rows, |seen| (seen.lane, seen.award()));
    let there = other.see(&moved, |seen| (seen.lane, seen.award()));
    let apart = rows.iter().zip(here.iter().zip(&there)).find(|(_, (here, there))| here != there);
    apart.map_or_else(|| subject.best.clone(), |(row, _)| row.clone())
}

/// How several figures become one.
const fn choice(formula: &Formula) -> Option<u8> {
    match formula {
        Formula::Smallest(_) => Some(0),
        Formula::Largest(_) => Some(1),
        Formula::Sum(_) => Some(2),
        _ => None,
    }
}

/// A test without its numbers and words.
fn form_of(test: &Test) -> String {
    match test {
        Test::Compare { how, .. } => how.sign().to_owned(),
        Test::Among { side, .. } => format!("{side:?}"),
        Test::Is { left, answer } => format!("{} {answer:?}", name_of(left).unwrap_or_default()),
        Test::Months { how, .. } => format!("{how:?}"),
        Test::All(tests) => format!("all {}", tests.iter().map(form_of).collect::<Vec<_>>().join(" ")),
        Test::Any(tests) => format!("any {}", tests.iter().map(form_of).collect::<Vec<_>>().join(" ")),
        Test::Not(test) => format!("not {}", form_of(test)),
    }
}

/// A switch for a batch whose year lies outside the version.
fn switches(subject: &Subject, notices: &mut Vec<Notice>) {
    let version = subject.rule.version;
    for switch in &version.switches {
        let digits: String = switch.batch.chars().take_while(char::is_ascii_digit).collect();
        let Some(year) = digits.parse::<i32>().ok().filter(|_| digits.len() == 4) else { continue };
        if version.from.year() <= year && version.to.is_none_or(|to| year <= to.year()) {
            continue;
        }
        let zh = format!("批次“{}”的暂停写在“{}”版里，但那一年本版不生效；暂停不会起作用", switch.batch, version.id);
        let en = format!(
            "version `{}` is not in force in the year of batch `{}`, which it switches off",
            version.id, switch.batch
        );
        notices.push(subject.notice(NoticeKind::StraySwitch, version.line, &subject.best, (zh, en)));
    }
}
