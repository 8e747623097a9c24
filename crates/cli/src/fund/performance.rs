//! `gouji fund performance`: what a batch did, in the fields of 表十四.

use super::{folder, judge, ledger};
use crate::arguments::fund::Performance;
use crate::failure::Failure;
use crate::{CLEAN, output};
use gouji_fund::evidence::CREDIT_CODE;
use gouji_fund::performance::{Award, Year, forecast, measure};
use gouji_fund::work::NUMBER;
use gouji_model::{Fen, Lang};

/// Shows the indicators of a batch, and the basis of next year's line.
pub fn performance(options: &Performance, lang: Lang) -> anyhow::Result<u8> {
    let work = folder::load(&options.folder)?;
    let batch = judge::batches(&work, Some(&options.batch))?[0];
    let judged = judge::judged(&work, batch, &options.folder)?;
    let line = work.lines.iter().find(|line| line.id == batch.pays);
    let book = ledger::book(&options.folder)?;
    let paid = |award: &str| {
        let state = book.as_ref().and_then(|book| book.awards.get(&(batch.pays.clone(), award.to_owned())));
        state.map_or(Fen::new(0), |state| Fen::new(state.paid.fen() - state.recovered.fen()))
    };
    let awards = (0..judged.applicants.len()).filter_map(|at| {
        let approved = judged.payable(at).filter(|fen| *fen > Fen::new(0))?;
        Some(Award {
            firm: judged.cell(at, CREDIT_CODE).to_owned(),
            approved,
            paid: paid(judged.cell(at, NUMBER)),
            base: None,
            days_to_decide: None,
            town: String::new(),
            industry: String::new(),
        })
    });
    let year = Year {
        year: i16::try_from(batch.opens.year()).map_err(|_| Failure::NotReadable(batch.opens.to_string()))?,
        unit: line.map_or_else(|| work.office.clone(), |line| line.unit.clone()),
        project: judged.file.policy.name.clone(),
        budget: batch.budget.unwrap_or_default(),
        awards: awards.collect(),
        known: std::collections::BTreeSet::new(),
    };
    let mut text = String::new();
    for measured in measure(&year) {
        let one = &measured.indicator;
        let value = match (measured.is_open(), lang) {
            (true, Lang::Zh) => "（待填）".to_owned(),
            (true, Lang::En) => "(open)".to_owned(),
            (false, _) => format!("{} {}", one.value, one.measured_in),
        };
        text.push_str(&format!("{}  {}：{value}\n    {}\n", one.class, one.name, measured.text(lang)));
    }
    let expected = options.expected.unwrap_or(u32::try_from(year.awards.len()).unwrap_or(u32::MAX));
    if let Some(next) = forecast(&year, expected) {
        let amount = next.amount.grouped();
        text.push_str(&match lang {
            Lang::Zh => format!("下一年项目预算 {amount} 元：{}\n", next.text(lang)),
            Lang::En => format!("next year's line {amount} yuan: {}\n", next.text(lang)),
        });
    }
    output::to_stdout(text.as_bytes())?;
    Ok(CLEAN)
}
