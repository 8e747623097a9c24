//! `gouji fund`: the programmes of a science bureau.

mod acts;
mod demo;
mod experts;
mod failure;
mod folder;
mod judge;
mod kept;
mod ledger;
mod performance;
mod related;
mod replay;
mod rows;
mod rules;

use crate::arguments::fund::{Fund, FundVerb};
pub use failure::ActFailure;
use gouji_model::Lang;

/// Runs one of its verbs.
pub fn run(options: &Fund, lang: Lang) -> anyhow::Result<u8> {
    match &options.verb {
        FundVerb::Judge(options) => judge::judge(options, lang),
        FundVerb::Explain(options) => judge::explain(options, lang),
        FundVerb::Lint(options) => rules::lint(options, lang),
        FundVerb::Whatif(options) => rules::what_if(options, lang),
        FundVerb::Entitle(options) => judge::entitle(options, lang),
        FundVerb::Experts(options) => experts::experts(options, lang),
        FundVerb::Related(options) => related::related(options, lang),
        FundVerb::Performance(options) => performance::performance(options, lang),
        FundVerb::Export(options) => performance::export(options, lang),
        FundVerb::Decide(options) => acts::decide(options, lang),
        FundVerb::Act(options) => acts::act(options, lang),
        FundVerb::History(options) => acts::history(options, lang),
        FundVerb::Reserve(options) => ledger::reserve(options, lang),
        FundVerb::Commit(options) => ledger::commit(options, lang),
        FundVerb::Pay(options) => ledger::pay(options, lang),
        FundVerb::Release(options) => ledger::release(options, lang),
        FundVerb::Recover(options) => ledger::recover(options, lang),
        FundVerb::Status(options) => ledger::status(options, lang),
        FundVerb::Demo(options) => demo::demo(options, lang),
        FundVerb::Replay(options) => replay::replay(options, lang),
    }
}
