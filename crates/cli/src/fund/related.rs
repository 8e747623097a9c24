//! `gouji fund related`: firms that look alike, and firms that look like one hand.

use super::{folder, judge};
use crate::arguments::fund::Related;
use crate::{CLEAN, output};
use gouji_fund::evidence::{CREDIT_CODE, Register};
use gouji_fund::work::{Judged, NAME, NUMBER, Work};
use gouji_fund::{Firm, Shareholder, duplicates, rings, scaled};
use gouji_model::Lang;
use std::collections::HashMap;

/// The register of shareholders, where an office has one.
const SHAREHOLDERS: &str = "shareholders";

/// Lists pairs with their evidence, for people to look at.
pub fn related(options: &Related, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let batch = judge::batches(&work, Some(&options.batch))?[0];
    let judged = judge::judged(&work, batch, &options.folder)?;
    let firms = firms(&work, &judged);
    let label = |at: u32| format!("{} {}", judged.cell(at as usize, NUMBER), judged.cell(at as usize, NAME));
    let (alike, tied) = (duplicates(&firms), rings(&firms));
    let mut text = match lang {
        Lang::Zh => format!("疑似同一企业的申请 {} 对\n", alike.pairs.len()),
        Lang::En => format!("{} pairs of applications look like one firm\n", alike.pairs.len()),
    };
    for pair in &alike.pairs {
        text.push_str(&format!("  {}\n  {}\n", label(pair.first), label(pair.second)));
        text.push_str(&indented(&pair.text(alike.prior, &firms, lang)));
    }
    text.push_str(&match lang {
        Lang::Zh => format!("疑似同一控制的企业 {} 组\n", tied.rings.len()),
        Lang::En => format!("{} groups of firms look like one hand\n", tied.rings.len()),
    });
    for ring in &tied.rings {
        let members: Vec<String> = ring.iter().map(|at| label(*at)).collect();
        text.push_str(&format!("  {}\n", members.join("\n  ")));
        for tie in tied.ties.iter().filter(|tie| ring.contains(&tie.first) && ring.contains(&tie.second)) {
            text.push_str(&indented(&tie.text(&firms, lang)));
        }
    }
    output::to_stdout(text.as_bytes())?;
    Ok(CLEAN)
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("      {line}\n")).collect()
}

/// Every applicant as a firm, with its shareholders where they are on record.
fn firms(work: &Work, judged: &Judged) -> Vec<Firm> {
    let register = work.registers.iter().find(|register| register.id == SHAREHOLDERS);
    let mut holders = register.map(shareholders).unwrap_or_default();
    (0..judged.applicants.len())
        .map(|at| {
            let cell = |name: &str| judged.cell(at, name).to_owned();
            Firm {
                name: cell(NAME),
                credit_code: cell(CREDIT_CODE),
                phone: cell("联系电话"),
                address: cell("地址"),
                account: cell("银行账号"),
                representative: cell("法定代表人"),
                contact: cell("联系人"),
                shareholders: holders.remove(judged.cell(at, CREDIT_CODE)).unwrap_or_default(),
            }
        })
        .collect()
}

fn shareholders(register: &Register) -> HashMap<&str, Vec<Shareholder>> {
    let place = |name: &str| register.heads.iter().position(|head| head == name);
    let mut all: HashMap<&str, Vec<Shareholder>> = HashMap::new();
    let (Some(of), Some(name)) = (place(&register.key), place("股东")) else { return all };
    for row in 0..register.rows.len() {
        let cell = |place: Option<usize>| place.map_or("", |place| register.cell(row, place));
        let percent = cell(place("持股比例")).trim_end_matches('%');
        all.entry(register.cell(row, of)).or_default().push(Shareholder {
            name: register.cell(row, name).to_owned(),
            credit_code: cell(place("股东信用代码")).to_owned(),
            share: scaled(percent, 100).and_then(|share| u32::try_from(share).ok()).unwrap_or(0).min(10_000),
        });
    }
    all
}
