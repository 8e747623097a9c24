//! What stands in the way of what a person wants to do with an application.

use gouji_fund::lifecycle::{Action, NoTable, Role, Verdict};
use gouji_model::Lang;

/// Why nothing was done.
#[derive(Debug)]
pub enum ActFailure {
    /// Neither an application nor a batch was named.
    WhichApplication,
    /// A decision against what the rules say has to be meant: the application, and what is decided.
    NeedsAgainst(String, Verdict),
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
            ActFailure::NeedsAgainst(number, verdict) => format!(
                "{number}：{}；如确要如此，请加 --against 并写明理由",
                if verdict.funds() {
                    "有硬性条件不符合，按规定不予资助"
                } else {
                    "各项条件都符合，按规定自动通过"
                }
            ),
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
            ActFailure::NeedsAgainst(number, verdict) => format!(
                "{number}: {}; if that is meant, add --against and a reason",
                if verdict.funds() { "a condition refuses it" } else { "every condition is met" }
            ),
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
