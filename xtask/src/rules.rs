//! `cargo xtask rules`: writes the lists of the rules that nobody keeps by hand.
//!
//! Read from the rule files as text: the module list of `gouji-check` and the index in the documents. `--check`
//! writes nothing and fails when one of them is stale; `tidy` does the same as a law.

use crate::tree::{self, Tree};
use std::collections::BTreeMap;

const FOLDER: &str = "crates/check/src/rules/";
const MODULES: &str = "crates/check/src/rules/mod.rs";
const DOCS: &str = "docs/rules/";
const BY_TOOL: &str = "<!-- Written by `cargo xtask rules` from the rule's source; do not edit by hand. -->";

/// Writes what is stale, or with `--check` only says so.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let only_check = match args {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => anyhow::bail!("rules takes no argument but --check"),
    };
    let tree = Tree::load(&tree::root());
    let stale = stale(&tree)?;
    for change in &stale {
        println!("{}{}", change.path, if change.text.is_none() { " (to be deleted)" } else { "" });
    }
    if only_check {
        anyhow::ensure!(stale.is_empty(), "{} files are stale; run `cargo xtask rules`", stale.len());
        return Ok(());
    }
    for change in &stale {
        let path = tree::root().join(&change.path);
        match &change.text {
            Some(text) => {
                std::fs::create_dir_all(path.parent().unwrap_or(&path))?;
                std::fs::write(&path, text)?;
            }
            None => std::fs::remove_file(&path)?,
        }
    }
    Ok(())
}

/// A generated file that is not as it should be; without a text it should not be there.
pub struct Stale {
    /// Path from the root of the tree.
    pub path: String,
    text: Option<String>,
}

/// The generated files that are missing, differ, or belong to no rule.
pub fn stale(tree: &Tree) -> anyhow::Result<Vec<Stale>> {
    let wanted = generated(tree)?;
    let differs = |(path, text): &(&String, &String)| tree.texts.get(*path) != Some(*text);
    let outdated =
        wanted.iter().filter(differs).map(|(path, text)| Stale { path: path.clone(), text: Some(text.clone()) });
    let lost = tree.texts.keys().filter(|path| path.starts_with(DOCS) && !wanted.contains_key(*path));
    Ok(outdated.chain(lost.map(|path| Stale { path: path.clone(), text: None })).collect())
}

/// Every generated file with its text; none in a tree without rules.
fn generated(tree: &Tree) -> anyhow::Result<BTreeMap<String, String>> {
    let mut rules = Vec::new();
    for (path, text) in &tree.texts {
        if let Some((group, stem)) = place(path) {
            rules.push(RuleFile::read(path, group, stem, text)?);
        }
    }
    if rules.is_empty() {
        return Ok(BTreeMap::new());
    }
    rules.sort_by(|a, b| a.code.cmp(b.code));
    Ok(BTreeMap::from([(MODULES.to_owned(), modules(&rules)), (format!("{DOCS}README.md"), index(&rules))]))
}

/// Group and stem of a rule file: two levels below the folder of the rules.
fn place(path: &str) -> Option<(&str, &str)> {
    let (group, file) = path.strip_prefix(FOLDER)?.split_once('/')?;
    let stem = file.strip_suffix(".rs")?;
    (!stem.contains('/')).then_some((group, stem))
}

/// A rule as its file tells.
struct RuleFile<'a> {
    group: &'a str,
    stem: &'a str,
    code: &'a str,
    name: &'a str,
    is_preview: bool,
    english: String,
    chinese: String,
}

impl<'a> RuleFile<'a> {
    fn read(path: &str, group: &'a str, stem: &'a str, text: &'a str) -> anyhow::Result<RuleFile<'a>> {
        let missing = |what: &str| anyhow::anyhow!("{path}: the rule has no {what}");
        let code = field(text, "code").ok_or_else(|| missing("code"))?;
        let name = field(text, "name").ok_or_else(|| missing("name"))?;
        anyhow::ensure!(name.replace('-', "_") == stem, "{path}: the rule is named {name}; file and name must agree");
        let comment = text.lines().take_while(|line| line.starts_with("//!"));
        let lines: Vec<&str> = comment.map(|line| line.trim_start_matches("//!")).collect();
        let lines: Vec<&str> = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        let cut = lines.iter().position(|line| *line == "---").ok_or_else(|| missing("line `---` in its page"))?;
        let half = |lines: &[&str]| lines.join("\n").trim().to_owned();
        let is_preview = text.contains("Stage::Preview");
        Ok(RuleFile {
            group,
            stem,
            code,
            name,
            is_preview,
            english: half(&lines[..cut]),
            chinese: half(&lines[cut + 1..]),
        })
    }
}

/// The text of a field of the declaration.
fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("    {name}: \""))?;
    rest.split_once('"').map(|(value, _)| value)
}

fn first_line(page: &str) -> &str {
    page.lines().next().unwrap_or_default()
}

/// The module list of `gouji-check`: modules by name, rules by code.
fn modules(rules: &[RuleFile]) -> String {
    let mut by_stem: Vec<&RuleFile> = rules.iter().collect();
    by_stem.sort_by_key(|rule| rule.stem);
    let mut text = String::from(
        "//! The rules. Written by `cargo xtask rules`; do not edit by hand.\n\nuse crate::rule::Rule;\n\n",
    );
    for rule in by_stem {
        text.push_str(&format!("#[path = \"{}/{}.rs\"]\nmod {};\n", rule.group, rule.stem, rule.stem));
    }
    text.push_str("\n/// Every rule, by code.\npub(crate) static RULES: &[&Rule] = &[\n");
    for rule in rules {
        text.push_str(&format!("    &{}::RULE,\n", rule.stem));
    }
    text.push_str("];\n");
    text
}

/// The index: every rule with the first sentence of its page, by kind of fault.
fn index(rules: &[RuleFile]) -> String {
    let mut text = format!(
        "{BY_TOOL}\n\n# 规则目录 Rules\n\n`gouji explain CODE` 显示同样的说明。 The same pages: `gouji explain CODE`.\n"
    );
    let mut letters = "";
    for rule in rules {
        if !rule.code.starts_with(letters) || letters.is_empty() {
            letters = &rule.code[..3];
            let kind = KINDS.iter().find(|(known, _)| *known == letters).map_or("", |(_, kind)| kind);
            text.push_str(&format!(
                "\n## {letters} {kind}\n\n| 代码 | 名称 | 一句话 | In one sentence |\n|---|---|---|---|\n"
            ));
        }
        let trial = if rule.is_preview { "（试行 preview）" } else { "" };
        text.push_str(&format!(
            "| [{}](../../{FOLDER}{}/{}.rs) | {}{trial} | {} | {} |\n",
            rule.code,
            rule.group,
            rule.stem,
            rule.name,
            first_line(&rule.chinese),
            first_line(&rule.english)
        ));
    }
    text
}

/// What the letters of a code stand for.
const KINDS: &[(&str, &str)] = &[
    ("CLS", "科目归集 classification"),
    ("DIS", "公开义务 duty to disclose"),
    ("FND", "专项资金 programme funds"),
    ("FRM", "格式与措辞 form and wording"),
    ("NAR", "文字与表 narrative against tables"),
    ("PRF", "绩效 performance"),
    ("SUM", "合计与勾稽 sums and ties"),
    ("YOY", "年度之间 year on year"),
];

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "//! A sum is wrong.\n//!\n//! # Basis\n//!\n//! ---\n//! 合计不对。\n\n\
                        static RULE: Rule = Rule {\n    code: \"SUM101\",\n    name: \"mismatched-total\",\n};\n";
    const PATH: &str = "crates/check/src/rules/totals/mismatched_total.rs";

    #[test]
    fn a_rule_makes_a_module_and_a_row() {
        let files = generated(&tree::sample(&[(PATH, RULE)])).expect("the rule is whole");
        assert!(files[MODULES].contains("#[path = \"totals/mismatched_total.rs\"]\nmod mismatched_total;\n"));
        assert!(files["docs/rules/README.md"].contains("| 合计不对。 | A sum is wrong. |"));
    }

    #[test]
    fn what_differs_and_what_is_left_over_is_stale() {
        let stale = stale(&tree::sample(&[(PATH, RULE), ("docs/rules/SUM999.md", "")])).expect("the rule is whole");
        let paths: Vec<&str> = stale.iter().map(|change| change.path.as_str()).collect();
        assert_eq!(paths, [MODULES, "docs/rules/README.md", "docs/rules/SUM999.md"]);
    }

    #[test]
    fn a_name_that_is_not_the_files_is_refused() {
        let path = "crates/check/src/rules/totals/other.rs";
        assert!(generated(&tree::sample(&[(path, RULE)])).is_err());
    }
}
