//! A stated number of projects or units is not the number that is listed.
//!
//! # What it finds
//!
//! The number of projects under performance management is held against the rows of the table, that
//! of key projects against its table and the names that follow, that of budget units against the
//! units named and described.
//!
//! # Why it matters
//!
//! A number that is off by one shows a list that was changed after the sentence was written.
//!
//! # Basis
//!
//! 财预〔2016〕143号 (2016-10-27): exact content, and goals of key projects step by step. 国发〔2021〕5号
//! (2021) asks for wider disclosure.
//!
//! # Example that fires
//!
//! ```text
//! 2023年梅江县气象局部门预算
//! 九、预算绩效管理情况
//! 2023年共2个预算项目纳入绩效目标管理。
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 90
//! 人工影响天气 | 2200504 | 40 | 作业20次以上 | 县政府会议纪要
//! 雷达维护 | 2200599 | 30 | 完好率95% | 气象观测规程
//! 台站改造 | 2200599 | 20 | 新建站点3个 | 省局批复
//! ```
//!
//! # Example that passes
//!
//! ```text
//! 2023年梅江县气象局部门预算
//! 九、预算绩效管理情况
//! 2023年共3个预算项目纳入绩效目标管理。
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 90
//! 人工影响天气 | 2200504 | 40 | 作业20次以上 | 县政府会议纪要
//! 雷达维护 | 2200599 | 30 | 完好率95% | 气象观测规程
//! 台站改造 | 2200599 | 20 | 新建站点3个 | 省局批复
//! ```
//!
//! # How to put it right
//!
//! Say how the projects are counted, or correct the number; check that every project named is in
//! the table.
//!
//! # Limits and tolerated cases
//!
//! Rows of one name in several units may be counted once: the message shows rows, names and rows
//! with a goal, and the level is a warning. Works that a bureau plans (推进12个重点项目建设) are no budget
//! projects, 下属3个单位 leaves out the head office: neither is counted.
//!
//! ---
//! 文字里的项目个数或单位个数，与所列的不一致。
//!
//! # 发现什么
//!
//! 纳入绩效管理的项目个数与项目表的行数对照，重点项目个数与重点项目表及后面点名的项目对照，
//! 预算单位个数与点名和逐个介绍的单位对照。
//!
//! # 为什么要紧
//!
//! 个数差一个，说明写完文字以后又改过清单。
//!
//! # 依据
//!
//! 财预〔2016〕143号（2016年10月27日）：内容应当准确，重点项目绩效目标逐步公开。
//! 国发〔2021〕5号（2021年）要求扩大公开范围。
//!
//! # 会报的例子
//!
//! ```text
//! 2023年梅江县气象局部门预算
//! 九、预算绩效管理情况
//! 2023年共2个预算项目纳入绩效目标管理。
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 90
//! 人工影响天气 | 2200504 | 40 | 作业20次以上 | 县政府会议纪要
//! 雷达维护 | 2200599 | 30 | 完好率95% | 气象观测规程
//! 台站改造 | 2200599 | 20 | 新建站点3个 | 省局批复
//! ```
//!
//! # 不报的例子
//!
//! ```text
//! 2023年梅江县气象局部门预算
//! 九、预算绩效管理情况
//! 2023年共3个预算项目纳入绩效目标管理。
//! 表十
//! 部门预算绩效管理项目情况表
//! 单位：万元
//! 项目名称 | 科目编码 | 项目金额 | 绩效目标 | 申报依据
//! 合计 |  | 90
//! 人工影响天气 | 2200504 | 40 | 作业20次以上 | 县政府会议纪要
//! 雷达维护 | 2200599 | 30 | 完好率95% | 气象观测规程
//! 台站改造 | 2200599 | 20 | 新建站点3个 | 省局批复
//! ```
//!
//! # 怎样改
//!
//! 写明按什么口径计数，或改正个数；点名的项目都要在表里。
//!
//! # 界限与容许
//!
//! 几个单位有同名项目时可以只算一个：消息同时给出行数、名称数、填了目标的行数，只作警告。
//! 工作任务里的“推进12个重点项目建设”不是预算项目，“下属3个单位”不含本级，都不计。

use crate::context::{Context, claim_term, plain_check, unchecked};
use crate::phrase::{expected, label, word, wording};
use crate::rule::{Dimension, Rule, Stage};
use gouji_model::{Check, Lang, Level, Measure, Printed, Reason, Role, Term, Wording};
use gouji_understand::{Claim, ClaimKind, ColumnRole, RowView, TableKind, TableView};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) static RULE: Rule = Rule {
    code: "NAR110",
    name: "mismatched-count",
    dimension: Dimension::Consistency,
    stage: Stage::Stable { since: "0.1.0" },
    duties: &[("count.projects", "projects"), ("count.key-projects", "key-projects"), ("count.units", "text")],
    find,
    say,
    source: include_str!("mismatched_count.rs"),
};

fn find(context: &Context, checks: &mut Vec<Check>) {
    for claim in &context.statement.claims {
        let ClaimKind::Count { number, noun } = &claim.kind else { continue };
        match claim.at.as_ref().map(|at| at.measure) {
            Some(Measure::Projects) if is_of_the_budget(context, claim, noun) => {
                checks.push(projects(context, claim, *number, noun))
            }
            Some(Measure::Units) => checks.extend(units(context, claim, *number)),
            _ => {}
        }
    }
    names(context, checks);
}

/// Projects of the budget, not the works that a bureau plans (推进12个重点项目建设).
fn is_of_the_budget(context: &Context, claim: &Claim, noun: &str) -> bool {
    let sentence = &context.statement.sentences[claim.sentence];
    let heading = sentence.heading.map_or("", |at| context.statement.headings[at].bare.as_str());
    noun.contains("预算") || [sentence.text.as_str(), heading].iter().any(|text| text.contains("绩效"))
}

/// 共8个预算项目, 其中3个重点项目
fn projects(context: &Context, claim: &Claim, number: i64, noun: &str) -> Check {
    let key_projects = noun.contains("重点");
    let kind = if key_projects { TableKind::KeyProjects } else { TableKind::Projects };
    let key = format!("count.{}", kind.word());
    let level = if key_projects { Level::Error } else { Level::Warning };
    let terms = vec![claim_term(context, Role::Claim, claim)];
    let Some((_, table)) = context.statement.table(kind) else {
        return unchecked(key, level, Reason::NoTable(kind.name().into()), terms);
    };
    let rows: Vec<&RowView> = table.rows.iter().filter(|row| row.project.is_some()).collect();
    let distinct: BTreeSet<&str> = rows.iter().filter_map(|row| row.project.as_deref()).collect();
    let goals = table.column(ColumnRole::Goal).map(|goal| rows.iter().filter(|row| !row.text(goal).is_empty()).count());
    let mut terms = terms;
    terms.push(list_term(table, rows.len()));
    // A project that is paid from two function codes has two rows; two rows of one code are two projects.
    let mut projects: BTreeMap<_, BTreeMap<_, usize>> = BTreeMap::new();
    for row in &rows {
        *projects.entry((&row.unit, &row.project)).or_default().entry(row.code).or_default() += 1;
    }
    let projects: usize = projects.values().filter_map(|codes| codes.values().max()).sum();
    let fits = [rows.len(), projects].contains(&usize::try_from(number).unwrap_or(usize::MAX));
    let mut check = plain_check(key, level, fits, terms);
    check.expected = Some(rows.len().to_string());
    let goals = goals.filter(|_| !key_projects);
    let kind = if goals.is_some() { "goals" } else { "table" };
    check.words = vec![kind.into(), table.name(), distinct.len().to_string(), goals.unwrap_or_default().to_string()];
    check
}

/// The list itself as an operand.
fn list_term(table: &TableView, count: usize) -> Term {
    Term {
        role: Role::Other,
        label: table.name(),
        figure: Some(Printed::count(count as i64)),
        span: table.title.as_ref().map(|(_, span)| *span).or(Some(table.span)),
        cell: None,
    }
}

/// 共2个基层单位: against the names before it and the units described one by one.
fn units(context: &Context, claim: &Claim, number: i64) -> Option<Check> {
    let sentence = &context.statement.sentences[claim.sentence].text;
    let ClaimKind::Count { noun, .. } = &claim.kind else { return None };
    // 走访80家企事业单位 counts others' units, 下属3个单位 leaves out the head office.
    let own =
        ["预算单位", "基层单位", "预算编制范围"].iter().any(|word| noun.contains(word) || sentence.contains(word));
    if !own || ["下属", "所属", "直属", "其他"].iter().any(|word| noun.contains(word) || claim.subject.ends_with(word))
    {
        return None;
    }
    let described: BTreeSet<&str> = context
        .statement
        .claims
        .iter()
        .filter_map(|claim| claim.at.as_ref())
        .map(|at| at.unit.as_str())
        .filter(|unit| !unit.is_empty())
        .collect();
    let named = sentence.find("包括").map(|at| {
        let list = sentence[at + "包括".len()..].trim_start_matches(':');
        let end = list.find('共').or_else(|| list.find(',')).or_else(|| list.find('。')).unwrap_or(list.len());
        list[..end].split('、').filter(|name| !name.is_empty()).count()
    });
    let in_table = context
        .statement
        .table(TableKind::Projects)
        .map(|(_, table)| table.rows.iter().filter(|row| row.is_unit).count());
    let counts: Vec<usize> = [
        Some(described.len()).filter(|count| *count > 0),
        named.filter(|count| *count > 1),
        in_table.filter(|count| *count > 1),
    ]
    .into_iter()
    .flatten()
    .collect();
    let terms = vec![claim_term(context, Role::Claim, claim)];
    let Some(first) = counts.first() else {
        return Some(unchecked("count.units", Level::Error, Reason::NoText("单位名称 names of units".into()), terms));
    };
    // A unit may have no project: a list of projects can name fewer units, never more.
    let holds = number == *first as i64 && named.filter(|count| *count > 1).is_none_or(|named| named as i64 == number);
    let mut check = plain_check("count.units", Level::Error, holds, terms);
    check.expected = Some(first.to_string());
    check.words = vec!["units".into()];
    Some(check)
}

/// 一是甲，二是乙: as many names as are counted, each in the table of key projects.
fn names(context: &Context, checks: &mut Vec<Check>) {
    for claim in &context.statement.claims {
        let ClaimKind::Names(names) = &claim.kind else { continue };
        let Some(of) = claim.of.map(|of| &context.statement.claims[of]) else { continue };
        let (ClaimKind::Count { number, .. }, true) =
            (&of.kind, of.at.as_ref().is_some_and(|at| at.measure == Measure::Projects))
        else {
            continue;
        };
        let terms = vec![claim_term(context, Role::Claim, of), claim_term(context, Role::Other, claim)];
        // A list whose members stand in paragraphs of their own goes on after the semicolon.
        let goes_on = context.statement.sentences[claim.sentence].text.ends_with(';');
        if goes_on {
            let reason = Reason::Ambiguous("名单分写几段 the list goes on in other paragraphs".into());
            checks.push(unchecked("count.key-projects", Level::Error, reason, terms));
        } else {
            let mut check = plain_check("count.key-projects", Level::Error, *number == names.len() as i64, terms);
            check.expected = Some(names.len().to_string());
            check.words = vec!["names".into()];
            checks.push(check);
        }
        let Some((_, table)) = context.statement.table(TableKind::KeyProjects) else { continue };
        let listed: Vec<&str> = table.rows.iter().filter_map(|row| row.project.as_deref()).collect();
        for (name, span) in names {
            // A list in the prose leaves out what stands in brackets.
            let bare = |name: &str| name.split('(').next().unwrap_or(name).trim_end_matches("项目").to_owned();
            let known = listed.iter().any(|project| name == project || bare(name) == bare(project));
            let term = Term { role: Role::Claim, label: name.clone(), figure: None, span: Some(*span), cell: None };
            let mut check = plain_check("count.key-projects", Level::Error, known, vec![term]);
            check.words = vec!["name".into(), table.name()];
            checks.push(check);
        }
    }
}

fn say(check: &Check, lang: Lang) -> Wording {
    let (said, stated) = (label(check, Role::Claim), crate::phrase::figure(check, Role::Claim));
    let (listed, table) = (expected(check), word(check, 1));
    let (why_zh, why_en) = ("个数应当与所列的一致".to_string(), "the number must be that of the list".to_string());
    let (zh, en) = match word(check, 0) {
        "name" => {
            return wording(
                lang,
                [
                    format!("文字点名的“{said}”不在{table}中"),
                    "点名的重点项目应逐一列表".into(),
                    "核对项目名称，或补列".into(),
                ],
                [
                    format!("“{said}” is named in the text and not listed in {table}"),
                    "every key project that is named is listed".into(),
                    "check the name, or add the project to the table".into(),
                ],
            );
        }
        "names" => (format!("后面点名的有 {listed} 个"), format!("{listed} are named after it")),
        "units" => (format!("所列的单位有 {listed} 个"), format!("{listed} units are listed")),
        "goals" => (
            format!("{table}列了 {listed} 个；不同名称 {} 个，填了绩效目标的 {} 个", word(check, 2), word(check, 3)),
            format!("{table} lists {listed} (distinct names: {}, with a goal: {})", word(check, 2), word(check, 3)),
        ),
        _ => (format!("{table}列了 {listed} 个"), format!("{table} lists {listed}")),
    };
    wording(
        lang,
        [format!("文字说有 {stated} 个，{zh}"), why_zh, "写明按哪一种口径计数，或改正个数".into()],
        [format!("the text counts {stated}, {en}"), why_en, "say how they are counted, or correct the number".into()],
    )
}
