use gouji_check::Report;
use gouji_model::Lang;
use gouji_read::Document;
use gouji_understand::Statement;

/// One report as read, understood and checked: what every format draws from.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The report as read.
    pub document: &'a Document,
    /// What it says.
    pub statement: &'a Statement,
    /// What became of its relations.
    pub report: &'a Report,
    /// The SHA-256 of every file, in hexadecimal, in the order of `document.files`.
    pub sha256: &'a [String],
    /// Entries of the acceptance file that fit no finding of the whole run; handed in with one report only.
    pub stale: &'a [StaleAcceptance],
}

/// An entry of an acceptance file that fits no finding any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleAcceptance {
    /// The acceptance file.
    pub path: String,
    /// The line of the entry, from 1.
    pub line: usize,
    /// The rule it names.
    pub code: String,
    /// The relation it names.
    pub relation: String,
}

impl StaleAcceptance {
    /// The code such an entry is reported under.
    pub const CODE: &'static str = "FRM901";
    /// The name of the rule it is reported under.
    pub const RULE: &'static str = "stale-acceptance";

    /// What is wrong with it.
    pub(crate) fn message(&self, lang: Lang) -> String {
        let StaleAcceptance { path, line, code, relation } = self;
        match lang {
            Lang::Zh => format!("{path} 第 {line} 行接受的问题（{code} {relation}）已经不存在"),
            Lang::En => format!("the finding accepted in line {line} of {path} ({code} {relation}) is no longer there"),
        }
    }

    /// Why that matters.
    pub(crate) fn why(lang: Lang) -> &'static str {
        pick(
            lang,
            "留着不用的接受记录会在日后遮住新的问题",
            "an acceptance without its finding may hide a new fault later",
        )
    }

    /// What to do.
    pub(crate) fn cure(lang: Lang) -> &'static str {
        pick(
            lang,
            "删去这条记录；原文改过的，用 --format json 查新的 quote_sha256",
            "delete the entry; if the words were changed, take the new quote_sha256 from --format json",
        )
    }
}

/// One of two wordings.
pub(crate) fn pick(lang: Lang, chinese: &'static str, english: &'static str) -> &'static str {
    match lang {
        Lang::Zh => chinese,
        Lang::En => english,
    }
}
