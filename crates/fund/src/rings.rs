//! Different firms under one control: pairs that are tied, and the rings which the ties make.
//!
//! What many firms share says little: an incubator's address, an agent's telephone, a common name, a fund
//! that holds shares of hundreds. So each tie weighs by how rare it is, and one is not enough unless it decides:
//! a majority of the shares, or an account, a telephone or a room that few firms have. A ring is a hint for a person.
//! Nothing is refused because of it.

use crate::duplicates::{Column, Field};
use crate::firm::Firm;
use gouji_model::Lang;
use std::collections::{BTreeMap, BTreeSet};

/// What was found among firms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rings {
    /// Pairs of firms that are tied, sorted.
    pub ties: Vec<RingTie>,
    /// Groups of places that the ties join, each of two or more, sorted.
    pub rings: Vec<Vec<u32>>,
}

/// Two firms that are likely under one control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RingTie {
    /// The place of the one.
    pub first: u32,
    /// The place of the other, greater.
    pub second: u32,
    /// Prior and evidence together, in thousandths of a bit: each 1,000 more double the odds; 0 is even.
    pub weight: i64,
    /// What ties them; two kinds at least, or one that decides.
    pub evidence: Vec<TieEvidence>,
}

/// One thing that two firms share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TieEvidence {
    /// What kind of thing.
    pub kind: TieKind,
    /// The thing, as one of the two firms writes it.
    pub value: String,
    /// So many firms share it.
    pub firms: u32,
    /// What that weighs, in thousandths of a bit.
    pub weight: i64,
}

/// Kinds of ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieKind {
    /// More than half of the shares, of one by the other or of both by a third, over three levels at most. Decides.
    Majority,
    /// One bank account. Decides, unless many firms have it.
    Account,
    /// One telephone number. Decides, unless many firms have it.
    Phone,
    /// One room. Decides where three firms or more have it, unless many do.
    Room,
    /// One name, as representative of both or as contact of both.
    Person,
    /// One name in different roles: representative, contact or shareholder.
    Namesake,
    /// The first two characters of the name proper.
    Brand,
}

/// Up to so many firms, sharing a room, a telephone or an account is no custom of a place or an agent.
const FEW: u32 = 8;

/// Two firms may have had a room one after the other; from so many on it is no accident.
const ROOM_MATES: u32 = 3;

/// What more firms than this share is not looked at for pairs.
const MANY: usize = 30;

/// What a name in different roles weighs less: four ways to meet, in thousandths of a bit.
const OTHER_ROLE: i64 = 2_000;

/// Levels of majorities that are followed.
const LEVELS: usize = 3;

/// Odds of 26 to one, in thousandths of a bit.
const LEAST_WEIGHT: i64 = 4_700;

/// Odds of eight to one: two persons who meet again in the same two roles are seldom two pairs of namesakes.
const LEAST_WEIGHT_OF_PERSONS: i64 = 3_000;

/// In fifty firms one tie is expected: what 25 more than the number of firms weighs, in thousandths of a bit.
const EXPECTED: i64 = 4_644;

/// Looks for firms under one control. The result depends on the firms and their order alone.
pub fn rings(firms: &[Firm]) -> Rings {
    if firms.len() < 2 {
        return Rings::default();
    }
    let index = Index::new(firms);
    let ties: Vec<RingTie> = index.candidates().into_iter().filter_map(|pair| index.tie(firms, pair)).collect();
    let rings = crate::groups::joined(firms.len(), ties.iter().map(|tie| (tie.first, tie.second)));
    Rings { ties, rings }
}

/// A name of persons, and how many firms have it in which role.
struct Person {
    name: String,
    firms: u32,
    represents: u32,
    answers: u32,
}

/// Who shares what.
struct Index {
    account: Column,
    phone: Column,
    room: Column,
    /// Of each firm, its trade name.
    brands: Vec<String>,
    /// Of each trade name, the number of firms.
    branded: BTreeMap<String, u32>,
    /// Of each firm, the numbers of the persons it names, sorted, each once.
    persons: Vec<Vec<u32>>,
    /// Each person.
    named: Vec<Person>,
    /// Of each firm, the credit codes that hold a majority of it, itself first.
    holders: Vec<Vec<String>>,
    /// Of each credit code, the firms below it.
    held: BTreeMap<String, Vec<u32>>,
    /// Bits of the number of firms, in thousandths.
    whole: i64,
}

impl Index {
    fn new(firms: &[Firm]) -> Self {
        let (persons, named) = persons(firms);
        let holders = holders(firms);
        let mut held: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (firm, codes) in holders.iter().enumerate() {
            for code in codes {
                held.entry(code.clone()).or_default().push(firm as u32);
            }
        }
        let names = Column::new(firms, Field::Name);
        let brand = |firm: usize| String::from_utf16_lossy(names.letters(firm as u32).get(..2).unwrap_or(&[]));
        let brands: Vec<String> = (0..firms.len()).map(brand).collect();
        let mut branded: BTreeMap<String, u32> = BTreeMap::new();
        brands.iter().for_each(|brand| *branded.entry(brand.clone()).or_default() += 1);
        Self {
            brands,
            branded,
            account: Column::new(firms, Field::Account),
            phone: Column::new(firms, Field::Phone),
            room: Column::new(firms, Field::Address),
            persons,
            named,
            holders,
            held,
            whole: thousandths((firms.len() as f64).log2()),
        }
    }

    /// Pairs that share something rare, or two persons, or a person and a trade name.
    fn candidates(&self) -> BTreeSet<(u32, u32)> {
        let mut pairs = BTreeSet::new();
        for column in [&self.account, &self.phone, &self.room] {
            let filled = (0..column.values.len() as u32).filter(|&firm| !column.letters(firm).is_empty());
            pair_up(filled.map(|firm| (column.values[firm as usize], firm)).collect(), &mut pairs);
        }
        let mut twos = Vec::new();
        for (firm, persons) in self.persons.iter().enumerate() {
            for (at, one) in persons.iter().enumerate() {
                twos.extend(persons[at + 1..].iter().map(|two| ((*one, two.to_string()), firm as u32)));
                twos.push(((*one, self.brands[firm].clone()), firm as u32));
            }
        }
        pair_up(twos, &mut pairs);
        for group in self.held.values().filter(|group| group.len() > 1) {
            // A star is enough to join them, and does not grow with the square.
            pairs.extend(group[1..].iter().map(|&firm| (group[0].min(firm), group[0].max(firm))));
        }
        pairs
    }

    /// The tie of two firms, when it is heavy enough and rests on two kinds or on one that decides.
    fn tie(&self, firms: &[Firm], pair: (u32, u32)) -> Option<RingTie> {
        let evidence = self.evidence(firms, pair);
        let weight = evidence.iter().map(|part| part.weight).sum::<i64>() - self.whole - EXPECTED;
        let are_all = |kinds: &[TieKind]| evidence.iter().all(|part| kinds.contains(&part.kind));
        // A common name in another role beside a common trade name is what chance makes of a hundred thousand firms.
        let is_chance = evidence.len() < 2
            || are_all(&[TieKind::Namesake])
            || evidence.len() == 2 && are_all(&[TieKind::Namesake, TieKind::Brand]);
        let least = if are_all(&[TieKind::Person]) { LEAST_WEIGHT_OF_PERSONS } else { LEAST_WEIGHT };
        let is_tie = evidence.iter().any(decides) || !is_chance && weight >= least;
        is_tie.then_some(RingTie { first: pair.0, second: pair.1, weight, evidence })
    }

    /// Two different persons are two pieces of evidence; one person in two roles is one.
    fn evidence(&self, firms: &[Firm], pair: (u32, u32)) -> Vec<TieEvidence> {
        let firm = &firms[pair.0 as usize];
        let mut evidence: Vec<TieEvidence> = self.majority(firms, pair).into_iter().collect();
        let shared = |kind, column: &Column, value: &str| {
            let (one, two) = (column.values[pair.0 as usize], column.values[pair.1 as usize]);
            (one == two && !column.letters(pair.0).is_empty()).then(|| {
                let count = column.count(pair.0);
                TieEvidence { kind, value: value.to_owned(), firms: count, weight: self.weight(kind, count) }
            })
        };
        evidence.extend(shared(TieKind::Account, &self.account, &firm.account));
        evidence.extend(shared(TieKind::Phone, &self.phone, &firm.phone));
        evidence.extend(shared(TieKind::Room, &self.room, &firm.address));
        let others = &self.persons[pair.1 as usize];
        for person in self.persons[pair.0 as usize].iter().filter(|person| others.binary_search(person).is_ok()) {
            let person = &self.named[*person as usize];
            let (kind, weight) = self.person_weight(person, firm, &firms[pair.1 as usize]);
            evidence.push(TieEvidence { kind, value: person.name.clone(), firms: person.firms, weight });
        }
        let brand = &self.brands[pair.0 as usize];
        if !brand.is_empty() && *brand == self.brands[pair.1 as usize] {
            let (kind, count) = (TieKind::Brand, self.branded[brand]);
            evidence.push(TieEvidence { kind, value: brand.clone(), firms: count, weight: self.weight(kind, count) });
        }
        evidence
    }

    fn majority(&self, firms: &[Firm], pair: (u32, u32)) -> Option<TieEvidence> {
        let others = &self.holders[pair.1 as usize];
        let code = self.holders[pair.0 as usize].iter().find(|code| others.contains(code))?;
        let count = self.held[code].len() as u32;
        let value = [&firms[pair.0 as usize], &firms[pair.1 as usize]]
            .into_iter()
            .flat_map(|firm| &firm.shareholders)
            .find(|holder| &holder.credit_code == code)
            .map_or_else(|| code.clone(), |holder| format!("{} {code}", holder.name));
        Some(TieEvidence {
            kind: TieKind::Majority,
            value,
            firms: count,
            weight: self.weight(TieKind::Majority, count),
        })
    }

    /// In one role, a name is as rare as it is there; in two, there are more ways to meet by chance.
    fn person_weight(&self, person: &Person, one: &Firm, two: &Firm) -> (TieKind, i64) {
        let name = person.name.as_str();
        let firms = match () {
            () if one.representative == name && two.representative == name => person.represents,
            () if one.contact == name && two.contact == name => person.answers,
            () => return (TieKind::Namesake, self.weight(TieKind::Namesake, person.firms) - OTHER_ROLE),
        };
        (TieKind::Person, self.weight(TieKind::Person, firms))
    }

    /// A name may be two people's: it weighs as rare as it is. A room of two is shared for a reason, which is control as
    /// often as not; what decides is control.
    fn weight(&self, kind: TieKind, firms: u32) -> i64 {
        match kind {
            TieKind::Majority => self.whole + EXPECTED + 2 * LEAST_WEIGHT,
            _ if is_of_few(kind, firms) => self.whole + EXPECTED + LEAST_WEIGHT,
            TieKind::Room if firms <= FEW => self.whole + EXPECTED,
            _ => self.whole - thousandths(f64::from(firms.max(1)).log2()),
        }
    }
}

/// Whether one piece of evidence is enough.
fn decides(part: &TieEvidence) -> bool {
    part.kind == TieKind::Majority || is_of_few(part.kind, part.firms)
}

fn is_of_few(kind: TieKind, firms: u32) -> bool {
    match kind {
        TieKind::Account | TieKind::Phone => firms <= FEW,
        TieKind::Room => (ROOM_MATES..=FEW).contains(&firms),
        _ => false,
    }
}

/// Adds every pair of a group that is not too large.
fn pair_up<K: Ord>(mut keyed: Vec<(K, u32)>, pairs: &mut BTreeSet<(u32, u32)>) {
    keyed.sort_unstable();
    for group in keyed.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() <= MANY) {
        for (at, one) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().map(|two| (one.1, two.1)));
        }
    }
}

/// The persons of each firm by number, and each person.
fn persons(firms: &[Firm]) -> (Vec<Vec<u32>>, Vec<Person>) {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut named: Vec<Person> = Vec::new();
    let mut of_firms = Vec::new();
    for firm in firms {
        let holders = firm.shareholders.iter().filter(|holder| holder.credit_code.is_empty());
        let names = [&firm.representative, &firm.contact].into_iter().chain(holders.map(|holder| &holder.name));
        let mut of_firm: Vec<u32> = names
            .filter(|name| !name.is_empty())
            .map(|name| {
                *numbers.entry(name).or_insert_with(|| {
                    named.push(Person { name: name.clone(), firms: 0, represents: 0, answers: 0 });
                    named.len() as u32 - 1
                })
            })
            .collect();
        of_firm.sort_unstable();
        of_firm.dedup();
        for &number in &of_firm {
            let person = &mut named[number as usize];
            person.firms += 1;
            person.represents += u32::from(person.name == firm.representative);
            person.answers += u32::from(person.name == firm.contact);
        }
        of_firms.push(of_firm);
    }
    (of_firms, named)
}

/// Of each firm, its own credit code and those that hold a majority of it, level by level.
fn holders(firms: &[Firm]) -> Vec<Vec<String>> {
    let parent = |firm: &Firm| {
        let major = firm.shareholders.iter().find(|holder| holder.share > 5_000 && !holder.credit_code.is_empty());
        major.map(|holder| holder.credit_code.clone())
    };
    let parents: BTreeMap<&str, String> =
        firms.iter().filter_map(|firm| Some((firm.credit_code.as_str(), parent(firm)?))).collect();
    let chain = |firm: &Firm| {
        let mut codes: Vec<String> = Vec::new();
        let mut next = (!firm.credit_code.is_empty()).then(|| firm.credit_code.clone());
        // Firms may hold each other in a circle: a code that was met ends the chain.
        while let Some(code) = next.filter(|code| codes.len() <= LEVELS && !codes.contains(code)) {
            next = parents.get(code.as_str()).cloned();
            codes.push(code);
        }
        codes
    };
    firms.iter().map(chain).collect()
}

fn thousandths(bits: f64) -> i64 {
    (bits * 1000.0).round() as i64
}

impl RingTie {
    /// Why the two firms are looked at, a line a piece of evidence.
    pub fn text(&self, firms: &[Firm], lang: Lang) -> String {
        let (one, two) = (&firms[self.first as usize].name, &firms[self.second as usize].name);
        let mut lines = vec![match lang {
            Lang::Zh => format!("“{one}”与“{two}”疑受同一控制，请人工核查："),
            Lang::En => format!("\"{one}\" and \"{two}\" may be under one control, to be looked at by a person:"),
        }];
        lines.extend(self.evidence.iter().map(|part| part.text(lang)));
        lines.join("\n")
    }
}

impl TieEvidence {
    /// The evidence in words, with how many firms share it.
    pub fn text(&self, lang: Lang) -> String {
        let (value, firms) = (&self.value, self.firms);
        match (self.kind, lang) {
            (TieKind::Majority, Lang::Zh) => format!("过半股权同属“{value}”（其下共 {firms} 家）"),
            (TieKind::Majority, Lang::En) => {
                format!("the majority of the shares leads to {value} ({firms} firms below it)")
            }
            (TieKind::Account, Lang::Zh) => format!("银行账号同为 {value}（共 {firms} 家使用）"),
            (TieKind::Account, Lang::En) => format!("one bank account, {value} (of {firms} firms)"),
            (TieKind::Phone, Lang::Zh) => format!("电话同为 {value}（共 {firms} 家使用）"),
            (TieKind::Phone, Lang::En) => format!("one telephone number, {value} (of {firms} firms)"),
            (TieKind::Room, Lang::Zh) => format!("地址同为“{value}”（共 {firms} 家）"),
            (TieKind::Room, Lang::En) => format!("one address, {value} (of {firms} firms)"),
            (TieKind::Brand, Lang::Zh) => format!("字号同为“{value}”（共 {firms} 家）"),
            (TieKind::Brand, Lang::En) => format!("one trade name, {value} (of {firms} firms)"),
            (TieKind::Person, Lang::Zh) => {
                format!("法定代表人或联系人同为“{value}”（共 {firms} 家出现此姓名，可能重名）")
            }
            (TieKind::Person, Lang::En) => {
                format!("one representative or one contact, {value} ({firms} firms name one so; may be namesakes)")
            }
            (TieKind::Namesake, Lang::Zh) => {
                format!("法定代表人、联系人或股东中均有“{value}”（职务不同；共 {firms} 家出现此姓名，可能重名）")
            }
            (TieKind::Namesake, Lang::En) => {
                format!("both name {value}, in different roles ({firms} firms name one so; may be namesakes)")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Recipe, Shareholder};

    #[test]
    fn most_planted_pairs_are_found_in_spite_of_decoys() {
        let sample = Recipe { again: 0, ..Recipe::usual(5_000, 1) }.sample();
        let truth = sample.ring_pairs();
        let found = rings(&sample.firms);
        let right = found.ties.iter().filter(|tie| truth.contains(&(tie.first, tie.second))).count();
        assert!(right * 10 >= found.ties.len() * 9, "{right} of {}", found.ties.len());
        let ring_of = |firm: &u32| found.rings.iter().position(|ring| ring.contains(firm));
        let joined =
            truth.iter().filter(|pair| ring_of(&pair.0).is_some() && ring_of(&pair.0) == ring_of(&pair.1)).count();
        assert!(joined * 10 >= truth.len() * 8, "{joined} of {}", truth.len());
    }

    #[test]
    fn one_person_in_two_roles_is_one_piece_of_evidence() {
        let firm = |name: &str, person: &str| Firm {
            name: name.into(),
            representative: person.into(),
            contact: person.into(),
            ..Firm::default()
        };
        assert_eq!(rings(&[firm("甲", "王一"), firm("乙", "王一"), firm("丙", "李二")]), Rings::default());
    }

    #[test]
    fn a_telephone_of_few_ties_a_room_from_three_on_and_what_many_have_never() {
        let firms = |count: usize, phone: &str, room: &str| -> Vec<Firm> {
            let firm = |at: usize| Firm {
                name: format!("{at}号企业{at}"),
                phone: phone.into(),
                address: room.into(),
                ..Firm::default()
            };
            (0..count).map(firm).collect()
        };
        assert_eq!(rings(&firms(2, "13500000001", "")).rings, [vec![0, 1]]);
        assert_eq!(rings(&firms(9, "13500000001", "")), Rings::default(), "an agent's telephone");
        assert_eq!(rings(&firms(2, "", "东溪街道石泉路2号801")), Rings::default());
        assert_eq!(rings(&firms(3, "", "东溪街道石泉路2号801")).rings, [vec![0, 1, 2]]);
        assert_eq!(rings(&firms(9, "", "东溪街道石泉路2号801")), Rings::default(), "an incubator's address");
    }

    #[test]
    fn a_majority_over_two_levels_decides_and_a_minority_does_not() {
        let firm = |code: &str, holder: &str, share| Firm {
            name: code.into(),
            credit_code: code.into(),
            shareholders: vec![Shareholder { name: holder.into(), credit_code: holder.into(), share }],
            ..Firm::default()
        };
        let found = rings(&[firm("A", "", 0), firm("B", "A", 5_100), firm("C", "B", 9_000), firm("D", "A", 4_900)]);
        assert_eq!(found.rings, [vec![0, 1, 2]]);
        assert!(found.ties[0].text(&[firm("A", "", 0), firm("B", "A", 1)], Lang::Zh).contains("过半股权"));
        // A circle ends.
        assert_eq!(rings(&[firm("A", "B", 6_000), firm("B", "A", 6_000)]).rings, [vec![0, 1]]);
    }
}
