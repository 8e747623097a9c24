use crate::context::Context;
use gouji_model::{Check, Lang, Level, Wording};

/// A kind of fault: how it is found, how it is said, and the page that explains it.
pub struct Rule {
    /// Three letters by kind of fault and three digits; never reused.
    pub code: &'static str,
    /// The fault in kebab case; reads well after the word "allow".
    pub name: &'static str,
    /// What quality of the report it guards.
    pub dimension: Dimension,
    /// On trial or settled, and since which version.
    pub stage: Stage,
    /// Families that every report owes this rule: key and what the report must have for it
    /// (a table's word, or `text`). Families derived from coordinates come on top.
    pub duties: &'static [(&'static str, &'static str)],
    /// From a statement to instances of relations; no wording in it.
    pub find: fn(&Context, &mut Vec<Check>),
    /// From a broken instance to sentences; no arithmetic in it.
    pub say: fn(&Check, Lang) -> Wording,
    /// The source of the rule's file: its doc comment is the page that explains it.
    pub source: &'static str,
}

/// What quality of a report a rule guards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// What must be there is there.
    Existence,
    /// Nothing is left out.
    Completeness,
    /// Figures are right.
    Accuracy,
    /// Printings agree.
    Consistency,
    /// It can be understood.
    Clarity,
}

/// The life of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// On trial (试行): runs, is shown at info.
    Preview {
        /// Version since which it is on trial.
        since: &'static str,
    },
    /// Settled.
    Stable {
        /// Version since which it is settled.
        since: &'static str,
    },
}

impl Rule {
    /// The page that explains the rule, as Markdown in one language.
    ///
    /// The doc comment holds the English page, a line `---`, and the Chinese page.
    pub fn page(&self, lang: Lang) -> String {
        let comment: Vec<&str> = self
            .source
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .map(|line| line.strip_prefix("//!").map_or("", |rest| rest.strip_prefix(' ').unwrap_or(rest)))
            .collect();
        let cut = comment.iter().position(|line| *line == "---").unwrap_or(comment.len());
        let half = match lang {
            Lang::En => &comment[..cut],
            Lang::Zh => comment.get(cut + 1..).unwrap_or(&[]),
        };
        half.join("\n").trim().to_string()
    }

    /// The first sentence of the page.
    pub fn summary(&self, lang: Lang) -> String {
        let page = self.page(lang);
        page.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or("").to_string()
    }

    /// True while the rule is on trial.
    pub fn is_preview(&self) -> bool {
        matches!(self.stage, Stage::Preview { .. })
    }
}

/// The level shown: a rule on trial shows at info unless `--preview` is given.
pub(crate) fn shown_level(rule: &Rule, level: Level, preview: bool) -> Level {
    if rule.is_preview() && !preview { Level::Info } else { level }
}
