//! `gouji fund`: the programmes of a science bureau.

mod demo;
mod folder;
mod judge;
mod replay;

use crate::arguments::fund::{Fund, FundVerb};
use gouji_model::Lang;

/// Runs one of its verbs.
pub fn run(options: &Fund, lang: Lang) -> anyhow::Result<u8> {
    match &options.verb {
        FundVerb::Judge(options) => judge::judge(options, lang),
        FundVerb::Explain(options) => judge::explain(options, lang),
        FundVerb::Demo(options) => demo::demo(options, lang),
        FundVerb::Replay(options) => replay::replay(options, lang),
    }
}
