//! What would have to be otherwise for an application to meet every condition.

use super::Rule;
use super::nearest::Seeker;
use crate::Day;
use crate::evidence::Column;
use crate::policy::{Kind, Ratio};
use gouji_model::{Fen, Lang};

/// What keeps an application from meeting every condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nearest {
    /// No condition fails.
    Met,
    /// With all of these together no condition fails any more. Each is the nearest value while the others stand.
    Changes(Vec<Change>),
    /// No values were found with which every condition holds: what fails, and the facts it rests on.
    Blocked(Vec<Obstacle>),
}

/// One value that would have to be otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The input.
    pub input: String,
    /// What kind of value.
    pub kind: Kind,
    /// What is on record: fen, a number, millionths, days from 1970-01-01, 1 for yes; `None` for nothing.
    pub from: Option<i64>,
    /// The nearest value that meets the condition; 0 for a class.
    pub to: i64,
    /// The word of a class on record; empty for other kinds.
    pub from_word: String,
    /// The word of a class that meets the condition; empty for other kinds.
    pub word: String,
}

/// A condition that fails whatever one value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// Its name.
    pub condition: String,
    /// The inputs it rests on, in the order of the policy.
    pub inputs: Vec<String>,
}

/// The nearest values with which no condition of an applicant fails. What nobody knows of him stays unknown, and
/// nothing that is met now becomes unknown.
pub fn nearest(rule: Rule, columns: &[Column], applicant: usize) -> Nearest {
    Seeker::new(rule, columns, applicant).nearest()
}

impl Nearest {
    /// The changes; none where nothing fails or nothing was found.
    pub fn changes(&self) -> &[Change] {
        match self {
            Nearest::Changes(changes) => changes,
            Nearest::Met | Nearest::Blocked(_) => &[],
        }
    }

    /// What it comes to, as sentences; none where no condition fails.
    pub fn text(&self, lang: Lang) -> Vec<String> {
        match self {
            Nearest::Met => Vec::new(),
            Nearest::Changes(changes) => {
                let head = match (changes.len(), lang) {
                    (1, Lang::Zh) => "要通过，须：",
                    (_, Lang::Zh) => "要通过，须同时：",
                    (1, Lang::En) => "to meet every condition: ",
                    (_, Lang::En) => "to meet every condition, all of these together: ",
                };
                let mut lines: Vec<String> = changes.iter().map(|change| change.text(lang)).collect();
                lines[0].insert_str(0, head);
                lines
            }
            Nearest::Blocked(obstacles) => obstacles.iter().map(|obstacle| obstacle.text(lang)).collect(),
        }
    }
}

impl Change {
    /// As a sentence. Of a fact that nobody can make up later it says so.
    pub fn text(&self, lang: Lang) -> String {
        let shown = |value: i64, word: &str| shown(self.kind, value, word, lang);
        let to = shown(self.to, &self.word);
        let change = match (lang, self.from.map(|from| shown(from, &self.from_word))) {
            (Lang::Zh, Some(from)) => format!("{}由 {from} 变为 {to}", self.input),
            (Lang::Zh, None) => format!("{}为 {to}（现无记录）", self.input),
            (Lang::En, Some(from)) => format!("{} {to} instead of {from}", self.input),
            (Lang::En, None) => format!("{} {to} (nothing is on record now)", self.input),
        };
        let note = match (self.kind, lang) {
            (Kind::Day, Lang::Zh) => "（日期是既成事实，不能补办）",
            (Kind::Day, Lang::En) => " (a date is a fact: it cannot be made up)",
            (Kind::Flag | Kind::Class, Lang::Zh) => "（以登记机关的记录为准）",
            (Kind::Flag | Kind::Class, Lang::En) => " (what its register says counts)",
            _ => "",
        };
        format!("{change}{note}")
    }
}

impl Obstacle {
    /// As a sentence.
    pub fn text(&self, lang: Lang) -> String {
        let Obstacle { condition, inputs } = self;
        match (lang, inputs.is_empty()) {
            (Lang::Zh, true) => format!("“{condition}”不取决于任何登记事项，改变数值不能使它成立"),
            (Lang::Zh, false) => {
                format!("“{condition}”取决于{}；没有找到能使全部条件同时成立的数值", inputs.join("、"))
            }
            (Lang::En, true) => format!("`{condition}` rests on nothing of record, so that no value can meet it"),
            (Lang::En, false) => {
                format!(
                    "`{condition}` rests on {}; no values were found that meet all conditions together",
                    inputs.join(", ")
                )
            }
        }
    }
}

fn shown(kind: Kind, value: i64, word: &str, lang: Lang) -> String {
    match (kind, lang) {
        (Kind::Amount, Lang::Zh) => format!("{} 元", Fen::new(value).grouped()),
        (Kind::Amount, Lang::En) => format!("{} yuan", Fen::new(value).grouped()),
        (Kind::Day, _) => {
            let day = i32::try_from(value).ok().and_then(Day::from_number);
            day.map_or_else(String::new, |day| day.to_string())
        }
        (Kind::Flag, Lang::Zh) => if value != 0 { "是" } else { "否" }.into(),
        (Kind::Flag, Lang::En) => if value != 0 { "yes" } else { "no" }.into(),
        (Kind::Ratio, _) => Ratio::new(value, 1_000_000).map_or_else(|| value.to_string(), |ratio| ratio.to_string()),
        (Kind::Class, Lang::Zh) if word.is_empty() => "政策未列明的类别".into(),
        (Kind::Class, Lang::En) if word.is_empty() => "a word that the policy does not name".into(),
        (Kind::Class, _) => word.to_owned(),
        (Kind::Count, _) => value.to_string(),
    }
}
