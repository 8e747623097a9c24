//! `gouji fund lint` and `gouji fund whatif`: what is wrong with a rule, and what another would do.

use super::{folder, judge};
use crate::arguments::fund::{Lint, Whatif};
use crate::failure::Failure;
use crate::files::entries;
use crate::{CLEAN, FOUND, output};
use gouji_explain::award::lane_word;
use gouji_fund::evidence::EvidenceFault;
use gouji_fund::lifecycle::{Table, lint_table};
use gouji_fund::lint::lint as notices;
use gouji_fund::policy::Policy;
use gouji_fund::program::PolicyFault;
use gouji_fund::whatif::{Difference, Outcome, Side, what_if as compare};
use gouji_fund::work::{Judged, NAME, NUMBER, PolicyFile, Work, sha256};
use gouji_model::{Fen, Lang};
use gouji_sources::{read_lifecycle, read_policy};
use std::path::{Path, PathBuf};

/// Shows what is suspicious in policy files, each with an applicant who shows it.
pub fn lint(options: &Lint, lang: Lang) -> anyhow::Result<u8> {
    let mut text = String::new();
    let (mut files, mut count) = (0, 0);
    for path in policies(&options.policies)? {
        files += 1;
        let shown = path.display();
        if let Some(table) = lifecycle(&path)? {
            for notice in lint_table(&table) {
                count += 1;
                let colon = if lang == Lang::Zh { "：" } else { ": " };
                text.push_str(&format!("{shown}:{}{colon}{}\n", notice.line, notice.text(lang)));
            }
            continue;
        }
        for notice in notices(&read(&path)?) {
            count += 1;
            let (version, example) = (&notice.version, notice.example.text(lang));
            text.push_str(&match lang {
                Lang::Zh => {
                    format!("{shown}:{}：{}（{version}版）\n  反例：{example}\n", notice.line, notice.text(lang))
                }
                Lang::En => format!(
                    "{shown}:{}: {} (version {version})\n  shown by: {example}\n",
                    notice.line,
                    notice.text(lang)
                ),
            });
        }
    }
    text.push_str(&match lang {
        Lang::Zh => format!("文件 {files} 个，可疑之处 {count} 处\n"),
        Lang::En => format!("{files} files, {count} suspicious places\n"),
    });
    output::to_stdout(text.as_bytes())?;
    Ok(if count == 0 { CLEAN } else { FOUND })
}

/// The policy files that were named, or lie in the folders that were.
fn policies(given: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in given {
        if path.is_dir() {
            let inside = entries(path)?.into_iter();
            files.extend(
                inside.filter(|path| path.extension().is_some_and(|ending| ending == "toml") && path.is_file()),
            );
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// The life-cycle table in a file; `None` where it is a policy.
fn lifecycle(path: &Path) -> anyhow::Result<Option<Table>> {
    let bytes = std::fs::read(path).map_err(|error| Failure::Unreadable(path.display().to_string(), error))?;
    let is_table = |line: &str| line.trim() == "[lifecycle]" || line.trim() == "[[move]]";
    if !String::from_utf8_lossy(&bytes).lines().any(is_table) {
        return Ok(None);
    }
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    read_lifecycle(&name, &bytes).map(Some).map_err(|faults| faulty(path, &faults))
}

/// The faults of one file, each with its place.
fn faulty(path: &Path, faults: &[PolicyFault]) -> anyhow::Error {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let at = |fault: &PolicyFault| {
        let (zh, en) = (fault.text(Lang::Zh).to_owned(), fault.text(Lang::En).to_owned());
        EvidenceFault::new(&name, fault.line, "", zh, en)
    };
    let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
    Failure::Work(folder, faults.iter().map(at).collect()).into()
}

fn read(path: &Path) -> anyhow::Result<Policy> {
    let bytes = std::fs::read(path).map_err(|error| Failure::Unreadable(path.display().to_string(), error))?;
    read_policy(&bytes).map_err(|faults| faulty(path, &faults))
}

/// Judges a batch under the policy of the folder and under another.
pub fn what_if(options: &Whatif, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let batch = judge::batches(&work, Some(&options.batch))?[0];
    let before = judge::judged(&work, batch, &options.folder)?;
    let changed = with_policy(&work, &batch.policy, &options.with)?;
    let batch = changed.batch(&options.batch).expect("the same batches are in the copy");
    let after = judge::judged(&changed, batch, &options.folder)?;
    let impact = compare(
        Side { rule: before.rule(), columns: &before.columns },
        Side { rule: after.rule(), columns: &after.columns },
        batch.budget,
    );
    let mut text = String::new();
    let labels = if lang == Lang::Zh { ["现行", "改后"] } else { ["now", "changed"] };
    for (label, outcome) in labels.iter().zip([&impact.before, &impact.after]) {
        text.push_str(&outcome_line(label, outcome, lang));
    }
    for (zh, en, list) in [("增加", "more", &impact.winners), ("减少", "less", &impact.losers)] {
        let total: i128 = list.iter().map(|one| i128::from(one.gain())).sum();
        let total = Fen::new(i64::try_from(total).unwrap_or(i64::MAX)).grouped();
        text.push_str(&match lang {
            Lang::Zh => format!("{zh}的 {} 家，共 {total} 元\n", list.len()),
            Lang::En => format!("{} get {en}, {total} yuan in all\n", list.len()),
        });
        for one in list.iter().take(options.most) {
            text.push_str(&difference_line(&before, one, lang));
        }
    }
    if impact.open > 0 {
        text.push_str(&match lang {
            Lang::Zh => format!("数据不全、无法比较的 {} 家\n", impact.open),
            Lang::En => format!("{} cannot be compared: data are missing\n", impact.open),
        });
    }
    for shift in impact.conditions.iter().filter(|shift| shift.before != shift.after) {
        let count = |number: Option<usize>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
        let (name, was, is) = (&shift.name, count(shift.before), count(shift.after));
        text.push_str(&match lang {
            Lang::Zh => format!("条件“{name}”不符合的：{was} → {is}\n"),
            Lang::En => format!("fail `{name}`: {was} → {is}\n"),
        });
    }
    output::to_stdout(text.as_bytes())?;
    Ok(CLEAN)
}

fn outcome_line(label: &str, outcome: &Outcome, lang: Lang) -> String {
    let cost = Fen::new(i64::try_from(outcome.cost).unwrap_or(i64::MAX)).grouped();
    let left = outcome.left.map(|left| Fen::new(i64::try_from(left).unwrap_or(i64::MAX)).grouped());
    let Outcome { pass, assist, refuse, .. } = outcome;
    match lang {
        Lang::Zh => {
            let left = left.map_or_else(String::new, |left| format!("，预算余（缺为负）{left} 元"));
            format!("{label}：通过 {pass}、转人工 {assist}、不符合 {refuse}；核定 {cost} 元{left}\n")
        }
        Lang::En => {
            let left = left.map_or_else(String::new, |left| format!(", {left} yuan of the budget left"));
            format!("{label}: {pass} pass, {assist} to a person, {refuse} refused; {cost} yuan{left}\n")
        }
    }
}

fn difference_line(judged: &Judged, one: &Difference, lang: Lang) -> String {
    let (number, name) = (judged.cell(one.applicant, NUMBER), judged.cell(one.applicant, NAME));
    let (before, after) = (Fen::new(one.before).grouped(), Fen::new(one.after).grouped());
    let lanes = match one.lanes {
        (was, is) if was == is => String::new(),
        (was, is) => format!("  {} → {}", lane_word(was, lang), lane_word(is, lang)),
    };
    format!("  {number} {name}  {before} → {after}{lanes}\n")
}

/// The same office with another file for a policy.
fn with_policy(work: &Work, id: &str, path: &Path) -> anyhow::Result<Work> {
    let mut policy = read(path)?;
    // The changed rule stands in for the one of the batch, whatever it calls itself.
    id.clone_into(&mut policy.id);
    let bytes = std::fs::read(path).map_err(|error| Failure::Unreadable(path.display().to_string(), error))?;
    let file = PolicyFile { file: path.display().to_string(), sha256: sha256(&bytes), policy };
    let others = work.policies.iter().filter(|known| known.policy.id != id).cloned();
    Ok(Work { policies: others.chain([file]).collect(), ..work.clone() })
}
