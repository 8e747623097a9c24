//! Invented firms with a known truth: for measuring the search for duplicates and rings, and for demonstrations.

mod noise;
mod rings;
mod words;

use crate::CreditCode;
use crate::dice::Dice;
use crate::firm::{Firm, Shareholder};
use std::collections::BTreeSet;

/// Invented firms of the district, with what is true of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// The firms as they apply, in a chance order.
    pub firms: Vec<Firm>,
    /// Of each firm, who it is: two with one number are the same firm.
    pub identities: Vec<u32>,
    /// Of each firm, the number of the planted ring it belongs to.
    pub rings: Vec<Option<u32>>,
}

/// What to invent. The same recipe makes the same firms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// So many firms in all, re-applications among them; below 10,000,000.
    pub firms: usize,
    /// Where the chances start.
    pub seed: u64,
    /// How well re-applications are disguised.
    pub noise: Noise,
    /// So many re-applications in 100,000 firms.
    pub again: usize,
    /// So many planted rings, of two to seven firms each.
    pub rings: usize,
}

/// How well re-applications are disguised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    /// Slips of the pen.
    Light,
    /// The disguise of the anchor.
    Middle,
    /// Most fields changed, many replaced.
    Heavy,
}

impl Recipe {
    /// So many firms with 7,126 re-applications in 100,000, and a ring for every 200 firms.
    pub fn usual(firms: usize, seed: u64) -> Self {
        Self { firms, seed, noise: Noise::Middle, again: 7126, rings: firms / 200 }
    }

    /// Invents the firms.
    pub fn sample(&self) -> Sample {
        let mut dice = Dice::new(self.seed);
        let again = self.firms * self.again / 100_000;
        let mut maker = Maker::new(self.firms - again, &mut dice);
        let mut sample = Sample::default();
        for number in 0..self.firms - again {
            sample.firms.push(maker.firm(number, &mut dice));
            sample.identities.push(number as u32);
            sample.rings.push(None);
        }
        rings::plant(&mut sample, self.rings, &maker, &mut dice);
        add_again(&mut sample, self.firms, self.noise, &mut dice);
        shuffled(sample, &mut dice)
    }
}

impl Sample {
    /// Every pair of places whose firms are the same, the smaller first.
    pub fn same_pairs(&self) -> BTreeSet<(u32, u32)> {
        pairs_by(self.identities.iter().map(|&identity| Some(identity)))
    }

    /// Every pair of places whose firms belong to one planted ring and are not the same, the smaller first.
    pub fn ring_pairs(&self) -> BTreeSet<(u32, u32)> {
        let same = |pair: &(u32, u32)| self.identities[pair.0 as usize] == self.identities[pair.1 as usize];
        pairs_by(self.rings.iter().copied()).into_iter().filter(|pair| !same(pair)).collect()
    }
}

fn pairs_by(groups: impl Iterator<Item = Option<u32>>) -> BTreeSet<(u32, u32)> {
    let mut sorted: Vec<(u32, u32)> = groups.enumerate().filter_map(|(at, group)| Some((group?, at as u32))).collect();
    sorted.sort_unstable();
    let mut pairs = BTreeSet::new();
    for group in sorted.chunk_by(|a, b| a.0 == b.0) {
        for (at, first) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().map(|second| (first.1, second.1)));
        }
    }
    pairs
}

/// Some firms apply two, three or four times.
fn add_again(sample: &mut Sample, firms: usize, noise: Noise, dice: &mut Dice) {
    let originals = sample.firms.len();
    let mut was_chosen = vec![false; originals];
    while sample.firms.len() < firms {
        let chosen = dice.roll(originals);
        if std::mem::replace(&mut was_chosen[chosen], true) {
            continue;
        }
        let times = match dice.roll(100) {
            0..=80 => 1,
            81..=95 => 2,
            _ => 3,
        };
        for _ in 0..times.min(firms - sample.firms.len()) {
            // Twice the number of firms leaves the codes of all originals untouched.
            let number = code_number(firms + sample.firms.len());
            sample.firms.push(noise::disguised(&sample.firms[chosen], noise, number, dice));
            sample.identities.push(chosen as u32);
            sample.rings.push(sample.rings[chosen]);
        }
    }
}

fn shuffled(sample: Sample, dice: &mut Dice) -> Sample {
    let Sample { mut firms, mut identities, mut rings } = sample;
    for at in (1..firms.len()).rev() {
        let other = dice.roll(at + 1);
        firms.swap(at, other);
        identities.swap(at, other);
        rings.swap(at, other);
    }
    Sample { firms, identities, rings }
}

/// Spreads the numbers of firms over the numbers of codes, one to one.
fn code_number(number: usize) -> u32 {
    (number as u64 * 7_368_787 % 28_629_151) as u32
}

/// A place where many firms are registered.
struct Incubator {
    address: String,
    /// Whether all of them name the same room.
    one_room: bool,
}

/// Someone whose telephone stands for many firms.
struct Agent {
    phone: String,
    address: String,
}

/// What the firms of a sample have in common by chance.
struct Maker {
    names: BTreeSet<String>,
    incubators: Vec<Incubator>,
    agents: Vec<Agent>,
    park_accounts: Vec<String>,
    funds: Vec<Shareholder>,
}

impl Maker {
    /// One incubator for 2,500 firms, an agent for 1,500, an account of a park and a fund for 4,000.
    fn new(firms: usize, dice: &mut Dice) -> Self {
        let incubator = |dice: &mut Dice| Incubator { address: address_words(dice), one_room: dice.happens(500) };
        let incubators = (0..firms / 2_500 + 1).map(|_| incubator(dice)).collect();
        let agents =
            (0..firms / 1_500 + 1).map(|_| Agent { phone: mobile(dice), address: address_words(dice) }).collect();
        let funds = (0..firms / 4_000 + 1)
            .map(|at| Shareholder {
                name: format!("深圳市{}{}创业投资基金合伙企业", letter(words::TRADE, dice), letter(words::TRADE, dice)),
                credit_code: CreditCode::made("440300", at as u32).expect("few funds").to_string(),
                share: 0,
            })
            .collect();
        let park_accounts = (0..firms / 4_000 + 1).map(|_| account(dice)).collect();
        Self { names: BTreeSet::new(), incubators, agents, park_accounts, funds }
    }

    /// A firm of its own: of a hundred, eight in incubators, five with an agent, one with the account of a park.
    fn firm(&mut self, number: usize, dice: &mut Dice) -> Firm {
        let mut firm = Firm {
            name: self.name(dice),
            credit_code: CreditCode::made("440307", code_number(number)).expect("samples are small").to_string(),
            phone: mobile(dice),
            address: address_words(dice),
            account: account(dice),
            representative: person(dice),
            ..Firm::default()
        };
        firm.contact = if dice.happens(300) { firm.representative.clone() } else { person(dice) };
        if dice.happens(80) {
            let incubator = &self.incubators[dice.roll(self.incubators.len())];
            firm.address =
                if incubator.one_room { incubator.address.clone() } else { in_house(&incubator.address, dice) };
        }
        if dice.happens(50) {
            let agent = &self.agents[dice.roll(self.agents.len())];
            firm.phone.clone_from(&agent.phone);
            if dice.happens(500) {
                firm.address.clone_from(&agent.address);
            }
        }
        if dice.happens(10) {
            firm.account.clone_from(dice.choose(&self.park_accounts));
        }
        firm.shareholders = self.shareholders(&firm.representative, dice);
        firm
    }

    /// A name that no other firm has.
    fn name(&mut self, dice: &mut Dice) -> String {
        loop {
            let trade: String = (0..2 + usize::from(dice.happens(350))).map(|_| letter(words::TRADE, dice)).collect();
            let form = if dice.happens(850) { "有限公司" } else { "有限责任公司" };
            let head = if dice.happens(850) { "深圳市" } else { "深圳市龙岗区" };
            let name = format!("{head}{trade}{}{form}", dice.favour(words::TRADES));
            if self.names.insert(name.clone()) {
                return name;
            }
        }
    }

    /// Mostly the representative and a partner; of a hundred firms, eight have a fund among them.
    fn shareholders(&self, representative: &str, dice: &mut Dice) -> Vec<Shareholder> {
        let fund = dice.happens(80).then(|| dice.choose(&self.funds).clone());
        let of_fund = if fund.is_some() { 300 + dice.roll(1_200) as u32 } else { 0 };
        let of_partner = if dice.happens(600) { dice.roll(4_500) as u32 } else { 0 };
        let of = |name: String, share| Shareholder { name, credit_code: String::new(), share };
        let mut holders = vec![of(representative.to_owned(), 10_000 - of_fund - of_partner)];
        if of_partner > 0 {
            holders.push(of(person(dice), of_partner));
        }
        holders.extend(fund.map(|fund| Shareholder { share: of_fund, ..fund }));
        holders
    }
}

/// One character of a list, the earlier the likelier.
fn letter(list: &str, dice: &mut Dice) -> char {
    let count = list.chars().count();
    let far = dice.roll(count) + 1;
    list.chars().nth(dice.roll(far)).expect("the place is below the count")
}

/// A person of two or three characters.
fn person(dice: &mut Dice) -> String {
    let given = 1 + usize::from(dice.happens(700));
    std::iter::once(letter(words::FAMILIES, dice)).chain((0..given).map(|_| letter(words::GIVEN, dice))).collect()
}

fn mobile(dice: &mut Dice) -> String {
    format!("{}{}", dice.choose(words::PREFIXES), dice.digits(8))
}

fn account(dice: &mut Dice) -> String {
    format!("{}{}", dice.choose(words::BANKS), dice.digits(13))
}

/// The full address of a room.
fn address_words(dice: &mut Dice) -> String {
    let place = dice.choose(words::PLACES);
    let road = format!("{place}路{}号", 1 + dice.roll(400));
    let park = format!("{}{}", dice.choose(words::PLACES), dice.choose(words::PARKS));
    let house = format!("广东省深圳市龙岗区{}{road}{park}", dice.choose(words::STREETS));
    in_house(&house, dice)
}

/// Another room of the same house; the house is what stands before the building's letter.
fn in_house(address: &str, dice: &mut Dice) -> String {
    let house = address.split(|letter: char| letter.is_ascii_uppercase()).next().unwrap_or(address);
    let floor = 1 + dice.roll(24);
    format!("{house}{}栋{floor}楼{floor}{:02}", dice.choose(&["A", "B", "C", "D", "E"]), 1 + dice.roll(30))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipe_makes_what_it_says_and_again_the_same() {
        let recipe = Recipe::usual(10_000, 3);
        let sample = recipe.sample();
        assert_eq!(sample, recipe.sample());
        assert_eq!((sample.firms.len(), sample.identities.len(), sample.rings.len()), (10_000, 10_000, 10_000));
        let again = 10_000 - sample.identities.iter().collect::<BTreeSet<_>>().len();
        assert_eq!(again, 712);
        let pairs = sample.same_pairs().len();
        assert!((780..=950).contains(&pairs), "{pairs}");
        assert!(sample.ring_pairs().len() > 200);
    }

    #[test]
    fn every_original_has_a_valid_code_of_its_own() {
        let sample = Recipe { again: 0, ..Recipe::usual(3_000, 5) }.sample();
        let codes: BTreeSet<CreditCode> =
            sample.firms.iter().map(|firm| CreditCode::parse(&firm.credit_code).unwrap()).collect();
        assert_eq!(codes.len(), 3_000);
        for firm in &sample.firms {
            assert_eq!(firm.shareholders.iter().map(|holder| holder.share).sum::<u32>(), 10_000);
        }
    }
}
