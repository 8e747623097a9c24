//! An amount stands where its row and column have nothing in common, or under a code that cannot carry it.
//!
//! ---
//! 金额落在行与列互不相容的格子里，或者落在不该有它的科目上。

use crate::context::{Context, fact_term, plain_check};
use crate::phrase::{figure, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Fact, Lang, Level, Nature, Role, Wording};
use gouji_understand::TableKind;

pub(crate) static RULE: Rule = Rule {
    code: "CLS101",
    name: "misplaced-amount",
    dimension: Dimension::Accuracy,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[
        ("economic.diagonal", "economic"),
        ("economic.pay-not-project", "economic"),
        ("economic.capital-not-basic", "economic"),
        ("function.basic-only", "expenditure"),
    ],
    find,
    say,
    source: include_str!("misplaced_amount.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for fact in &context.statement.disjoint {
        let kind = context.kind_of(fact);
        let key =
            if kind == TableKind::Economic { "economic.diagonal".into() } else { format!("{}.diagonal", kind.word()) };
        checks.push(zero(context, key, Level::Error, fact, "行与列互不相容", "row and column exclude each other"));
    }
    // Places agree on the diagonal; what else is barred is a matter of the form.
    let level = if context.statement.subject.form.is_some() { Level::Warning } else { Level::Info };
    let Some((number, _)) = context.statement.table(TableKind::Economic) else {
        return basic_only(context, level, checks);
    };
    for fact in context.statement.facts_of(number) {
        let code = fact.at.economic.as_str();
        if code.starts_with("301") && fact.at.nature == Nature::Project {
            checks.push(zero(
                context,
                "economic.pay-not-project".into(),
                level,
                fact,
                "工资福利属于基本支出",
                "pay is basic expenditure",
            ));
        }
        let capital = ["310", "312", "399"].iter().any(|class| code.starts_with(class));
        if capital && fact.at.nature == Nature::Basic {
            let (zh, en) = ("这类支出属于项目支出", "this class is project expenditure");
            checks.push(zero(context, "economic.capital-not-basic".into(), level, fact, zh, en));
        }
    }
    basic_only(context, level, checks);
}

/// 行政运行 and 机构运行 are basic expenditure by the definition of the catalogue.
fn basic_only(context: &Context, level: Level, checks: &mut Vec<Check>) {
    let Some((number, table)) = context.statement.table(TableKind::Expenditure) else { return };
    for row in table.rows.iter().filter(|row| row.code.is_some_and(|code| code.len() == 7)) {
        if row.label != "行政运行" && row.label != "机构运行" {
            continue;
        }
        let project = context
            .statement
            .facts_of(number)
            .find(|fact| fact.cell.row == row.row && fact.at.nature == Nature::Project);
        if let Some(fact) = project {
            let (zh, en) = ("该科目按定义只列基本支出", "the code is basic expenditure by definition");
            checks.push(zero(context, "function.basic-only".into(), level, fact, zh, en));
        }
    }
}

fn zero(context: &Context, key: String, level: Level, fact: &Fact, zh: &str, en: &str) -> Check {
    let mut check = plain_check(key, level, fact.figure.is_zero(), vec![fact_term(context, Role::Claim, fact)]);
    check.expected = Some("0".into());
    check.words = vec![zh.into(), en.into()];
    check
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (place, printed) = (label(check, Role::Claim), figure(check, Role::Claim));
    wording(
        lang,
        [
            format!("{place} 有 {printed}，这里不应有金额"),
            word(check, 0).into(),
            "核对科目归集，把金额移到适当的科目，或说明原因".into(),
        ],
        [
            format!("{place} prints {printed} where there should be nothing"),
            word(check, 1).into(),
            "move the amount to the code it belongs to, or state the reason".into(),
        ],
    )
}
