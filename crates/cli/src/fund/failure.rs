//! What stands in the way of what a person wants to do with an application.

use gouji_fund::Day;
use gouji_fund::lifecycle::{Action, NoTable, Role, Verdict};
use gouji_model::{Fen, Lang};

/// Why nothing was done.
#[derive(Debug)]
pub enum ActFailure {
    /// Neither an application nor a batch was named.
    WhichApplication,
    /// A decision against what the rules say has to be meant: the application, and what is decided.
    NeedsAgainst(String, Verdict),
    /// More than the budget has: the application, the amount, what there is, both in fen.
    AboveBudget(String, Fen, Fen),
    /// A day that has not come yet.
    Future(Day),
    /// The lists of a batch are not those of the decisions as they stand: the working folder, the batch.
    StaleList(String, String),
    /// Applications stand published with something else than is judged now: how many, and the first of them.
    Published(usize, Vec<String>),
    /// Persons' decisions are kept with a batch, but the ledger that holds the log of acts is gone: its path.
    NoLedger(String),
    /// Nobody knows the amount of an award that a person decides on.
    NeedsAmount(String),
    /// No such action.
    NoAction(String),
    /// No such role.
    NoRole(String),
    /// Money moves with the action: the verb that does it.
    MoneyMoves(Action, &'static str),
    /// No life-cycle table is in force, or several are.
    Lifecycle(NoTable),
    /// The log of acts does not go on from itself at this number.
    BrokenActs(i64),
    /// A table has other heads: the file, the right ones.
    Heads(String, Vec<String>),
    /// So many of a batch wait for a person, and the budget cannot be shared before.
    ShareOpen(usize),
}

impl ActFailure {
    /// What stands in the way, and what would be right.
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.chinese(),
            Lang::En => self.english(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            ActFailure::WhichApplication => "请写申请编号，或用 --batch 指明批次".to_owned(),
            ActFailure::NeedsAgainst(number, verdict) => {
                let rule = match verdict {
                    Verdict::FundAbove => "金额高于按规定算出的",
                    verdict if verdict.funds() => "有硬性条件不符合，按规定不予资助",
                    _ => "各项条件都符合，按规定自动通过",
                };
                format!("{number}：{rule}；如确要如此，请加 --against 并写明理由")
            }
            ActFailure::AboveBudget(number, asked, there) => {
                format!("{number}：{} 元超过预算（{} 元）", asked.grouped(), there.grouped())
            }
            ActFailure::Future(day) => format!("{day} 还没有到；--date 只能写今天或以前"),
            ActFailure::StaleList(folder, batch) => format!(
                "{folder}/decisions/{batch} 里的名单不是现在的结论（规定、数据或人工决定变了，或还没有生成）；请先运行 gouji fund judge \
                 {folder} --output {folder}/decisions --force，看过再公示"
            ),
            ActFailure::Published(count, first) => format!(
                "有 {count} 件已经公示或审定，与现在算出的不同（{}{}）；名单没有改。确要改的，先逐件退回并写明理由（gouji fund act … \
                 退回），再重新公示；已下达的以审定的为准",
                first.join("、"),
                if *count > first.len() { " 等" } else { "" }
            ),
            ActFailure::NoLedger(path) => {
                format!("{path} 不在，而存档里有人工决定；没有台账不能审核、办理，请找回它")
            }
            ActFailure::NeedsAmount(number) => format!("{number}：金额算不出来，请用 --amount 写明（元）"),
            ActFailure::NoAction(text) => format!("没有动作“{text}”；有：{}", actions(Lang::Zh)),
            ActFailure::NoRole(text) => format!("没有角色“{text}”；有：{}", roles(Lang::Zh)),
            ActFailure::MoneyMoves(action, verb) => format!("{}请用 gouji fund {verb}", action.name(Lang::Zh)),
            ActFailure::Lifecycle(none) => none.text(Lang::Zh),
            ActFailure::BrokenActs(number) => {
                format!("第 {number} 条办理记录与前面不相衔接；请用 gouji fund status 核对")
            }
            ActFailure::Heads(file, heads) => format!("{file}：表头应为 {}", heads.join("、")),
            ActFailure::ShareOpen(count) => {
                format!("本批次还有 {count} 件待人工决定，按比例分配的金额未定；请先 gouji fund decide")
            }
        }
    }

    fn english(&self) -> String {
        match self {
            ActFailure::WhichApplication => "name an application, or a batch with --batch".to_owned(),
            ActFailure::NeedsAgainst(number, verdict) => {
                let rule = match verdict {
                    Verdict::FundAbove => "the rule gives less",
                    verdict if verdict.funds() => "a condition refuses it",
                    _ => "every condition is met",
                };
                format!("{number}: {rule}; if that is meant, add --against and a reason")
            }
            ActFailure::AboveBudget(number, asked, there) => {
                format!("{number}: {} yuan are more than the budget has, {}", asked.grouped(), there.grouped())
            }
            ActFailure::Future(day) => format!("{day} has not come yet; --date is today or before"),
            ActFailure::StaleList(folder, batch) => format!(
                "the lists in {folder}/decisions/{batch} are not the decisions as they stand; run gouji fund judge {folder} --output \
                 {folder}/decisions --force, look at them, then publish"
            ),
            ActFailure::Published(count, first) => format!(
                "{count} stand published or approved with something else than is judged now ({}{}); the lists were not \
                 changed. Return them with a reason and publish anew; what was issued stands as approved",
                first.join(", "),
                if *count > first.len() { " …" } else { "" }
            ),
            ActFailure::NoLedger(path) => {
                format!("{path} is gone, but persons' decisions are kept with a batch: nothing is judged without it")
            }
            ActFailure::NeedsAmount(number) => {
                format!("{number}: nobody knows the amount; give it with --amount (yuan)")
            }
            ActFailure::NoAction(text) => format!("there is no action `{text}`; there are: {}", actions(Lang::En)),
            ActFailure::NoRole(text) => format!("there is no role `{text}`; there are: {}", roles(Lang::En)),
            ActFailure::MoneyMoves(action, verb) => format!("to {}, use gouji fund {verb}", action.name(Lang::En)),
            ActFailure::Lifecycle(none) => none.text(Lang::En),
            ActFailure::BrokenActs(number) => {
                format!("act {number} does not go on from those before; see gouji fund status")
            }
            ActFailure::Heads(file, heads) => format!("{file}: the heads should be {}", heads.join(", ")),
            ActFailure::ShareOpen(count) => {
                format!(
                    "{count} of the batch wait for a person, and the budget cannot be shared before: gouji fund decide"
                )
            }
        }
    }
}

fn actions(lang: Lang) -> String {
    let names: Vec<&str> = Action::ALL.iter().map(|action| action.name(lang)).collect();
    names.join(if lang == Lang::Zh { "、" } else { ", " })
}

fn roles(lang: Lang) -> String {
    let names: Vec<&str> = Role::ALL.iter().map(|role| role.name(lang)).collect();
    names.join(if lang == Lang::Zh { "、" } else { ", " })
}
