//! Rings: different firms under one control, each joined to an earlier one of its ring.

use super::{Maker, Sample, in_house, letter, person, words};
use crate::CreditCode;
use crate::dice::Dice;
use crate::firm::{Firm, Shareholder};

/// Turns firms at the head of a sample into rings. The firms must stand there before they are shuffled.
pub(super) fn plant(sample: &mut Sample, rings: usize, maker: &Maker, dice: &mut Dice) {
    let mut next = 0;
    for ring in 0..rings {
        let size = 2 + dice.roll(6).min(dice.roll(6));
        if next + size > sample.firms.len() {
            return;
        }
        let shares_brand = dice.happens(400);
        for member in next..next + size {
            sample.rings[member] = Some(ring as u32);
            if member > next {
                let (before, behind) = sample.firms.split_at_mut(member);
                let (earlier, firm) = (&mut before[next + dice.roll(member - next)], &mut behind[0]);
                join(firm, earlier, maker, dice);
                if shares_brand {
                    take_brand(firm, earlier, dice);
                }
            }
        }
        next += size;
    }
}

/// One decisive tie, or two or three weak ones; of a hundred, four have a single weak one only.
fn join(firm: &mut Firm, earlier: &mut Firm, maker: &Maker, dice: &mut Dice) {
    match dice.roll(100) {
        0..=24 => firm.account.clone_from(&earlier.account),
        25..=49 => hold(firm, earlier, maker, dice),
        50..=95 => {
            let first = dice.roll(4);
            let second = (first + 1 + dice.roll(3)) % 4;
            tie(firm, earlier, first, dice);
            tie(firm, earlier, second, dice);
            if dice.happens(300) {
                tie(firm, earlier, dice.roll(4), dice);
            }
        }
        _ => tie(firm, earlier, dice.roll(4), dice),
    }
}

fn tie(firm: &mut Firm, earlier: &Firm, kind: usize, dice: &mut Dice) {
    match kind {
        0 => firm.phone.clone_from(&earlier.phone),
        1 => firm.address.clone_from(&earlier.address),
        2 => {
            let before = std::mem::replace(&mut firm.representative, earlier.representative.clone());
            for holder in firm.shareholders.iter_mut().filter(|holder| holder.name == before) {
                holder.name.clone_from(&firm.representative);
            }
        }
        _ => firm.contact.clone_from(&earlier.contact),
    }
    // A shared house without a shared room is no tie, and looks like one.
    if kind != 1 && dice.happens(100) {
        firm.address = in_house(&earlier.address, dice);
    }
}

/// The earlier firm holds most of the later one; or one that is no applicant holds most of both.
fn hold(firm: &mut Firm, earlier: &mut Firm, maker: &Maker, dice: &mut Dice) {
    let parent = match earlier.shareholders.first() {
        Some(first) if !first.credit_code.is_empty() && first.share > 5_000 => first.clone(),
        _ if dice.happens(400) => {
            let name = format!("深圳{}{}控股有限公司", letter(words::TRADE, dice), letter(words::TRADE, dice));
            let credit_code = CreditCode::made("440305", dice.roll(20_000_000) as u32).expect("below 31^5").to_string();
            let parent = Shareholder { name, credit_code, share: 0 };
            held_by(earlier, &parent, maker, dice);
            parent
        }
        _ => Shareholder { name: earlier.name.clone(), credit_code: earlier.credit_code.clone(), share: 0 },
    };
    held_by(firm, &parent, maker, dice);
}

fn held_by(firm: &mut Firm, parent: &Shareholder, maker: &Maker, dice: &mut Dice) {
    let share = 5_100 + dice.roll(4_900) as u32;
    let fund = dice.happens(200).then(|| dice.choose(&maker.funds).clone());
    let of_fund = if fund.is_some() { (10_000 - share) / 2 } else { 0 };
    firm.shareholders = vec![Shareholder { share, ..parent.clone() }];
    let rest = 10_000 - share - of_fund;
    if rest > 0 {
        firm.shareholders.push(Shareholder { name: person(dice), credit_code: String::new(), share: rest });
    }
    firm.shareholders.extend(fund.map(|fund| Shareholder { share: of_fund, ..fund }));
}

/// The trade name of the other firm with another business.
fn take_brand(firm: &mut Firm, earlier: &Firm, dice: &mut Dice) {
    let bare = earlier.name.replacen("深圳市龙岗区", "", 1).replacen("深圳市", "", 1);
    let brand: String = bare.chars().take(2).collect();
    let more = if dice.happens(200) { letter(words::TRADE, dice).to_string() } else { String::new() };
    firm.name = format!("深圳市{brand}{more}{}有限公司", dice.favour(words::TRADES));
}
