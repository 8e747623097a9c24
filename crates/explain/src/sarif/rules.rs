//! The rules with their pages, in the language of the run.

use super::language;
use super::objects::{Driver, Help, Message, RuleObject, RuleProperties};
use crate::checked::pick;
use crate::page::plain_page;
use gouji_check::{Dimension, Rule};
use gouji_model::Lang;

/// The longest description that the hosts of findings show.
const LONGEST: usize = 1000;

/// Name, version and rules of this program.
pub(super) fn driver(lang: Lang) -> Driver {
    Driver {
        name: "gouji",
        full_name: pick(lang, "勾稽", "Gouji 勾稽"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        language: language(lang),
        rules: gouji_check::rules().iter().map(|rule| object(rule, lang)).collect(),
    }
}

/// The place of a rule in the list.
pub(super) fn index(code: &str) -> Option<usize> {
    gouji_check::rules().iter().position(|rule| rule.code == code)
}

fn object(rule: &Rule, lang: Lang) -> RuleObject {
    let page = rule.page(lang);
    let summary = rule.summary(lang);
    let full = first_section(&page).unwrap_or_else(|| summary.clone());
    let preview = rule.is_preview().then_some("preview");
    RuleObject {
        id: rule.code,
        name: rule.name,
        short_description: Message { text: shortened(&summary) },
        full_description: Message { text: shortened(&full) },
        help: Help { text: plain_page(&page), markdown: page },
        properties: RuleProperties { tags: [Some(dimension(rule.dimension)), preview].into_iter().flatten().collect() },
    }
}

/// The words under the first heading, on one line.
fn first_section(page: &str) -> Option<String> {
    let behind = page.lines().skip_while(|line| !line.starts_with('#')).skip(1);
    let words: Vec<&str> = behind.take_while(|line| !line.starts_with('#')).filter(|line| !line.is_empty()).collect();
    let text = words.join("\n");
    (!text.is_empty()).then_some(text)
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        text.to_string()
    } else {
        text.chars().take(LONGEST - 1).collect::<String>() + "…"
    }
}

fn dimension(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Existence => "existence",
        Dimension::Completeness => "completeness",
        Dimension::Accuracy => "accuracy",
        Dimension::Consistency => "consistency",
        Dimension::Clarity => "clarity",
    }
}
