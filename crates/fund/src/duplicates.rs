//! The same firm applying again in disguise: pairs of applications, each with its evidence.
//!
//! Nobody has to judge pairs first: how much an agreement weighs is learned from the applications themselves
//! (after Fellegi and Sunter). The weights are chances, so they are fractions; no amount is touched.
//! A pair is a hint for a person. Nothing is refused because of it.

mod blocking;
mod fields;
mod han;
mod names;
mod weights;

use crate::firm::Firm;
pub(crate) use fields::Column;
use fields::Columns;
pub use fields::{Agreement, Field};
use gouji_model::Lang;
use weights::Weights;

/// What was found among applications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duplicates {
    /// Pairs that are likely one firm, by their places.
    pub pairs: Vec<DuplicatePair>,
    /// Groups of places that the pairs join, each of two or more, sorted.
    pub clusters: Vec<Vec<u32>>,
    /// So many pairs were compared.
    pub compared: usize,
    /// The weight of no evidence at all, in thousandths of a bit: what the fields must outweigh.
    pub prior: i64,
}

/// Two applications that are likely one firm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicatePair {
    /// The place of the one.
    pub first: u32,
    /// The place of the other, greater.
    pub second: u32,
    /// Prior and evidence together, in thousandths of a bit: each 1,000 more double the odds; 0 is even.
    pub weight: i64,
    /// What each field says, in the order of [`Field::ALL`].
    pub evidence: [FieldEvidence; 6],
}

/// What one field says of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldEvidence {
    /// The field.
    pub field: Field,
    /// How far its two values agree.
    pub agreement: Agreement,
    /// What that weighs, in thousandths of a bit; below zero it speaks against.
    pub weight: i64,
}

/// Pairs of at least this weight are shown: odds of a hundred to one.
const LEAST_WEIGHT: i64 = 6_644;

/// Looks for applications of one firm. The result depends on the applications and their order alone.
pub fn duplicates(firms: &[Firm]) -> Duplicates {
    if firms.len() < 2 {
        return Duplicates::default();
    }
    let columns = Columns::new(firms);
    let pairs = blocking::candidates(&columns, firms.len());
    let compared: Vec<_> = pairs.iter().map(|&(first, second)| columns.compare(first, second)).collect();
    let weights = Weights::learned(&columns, firms.len(), &compared, &pairs);
    let found: Vec<DuplicatePair> = pairs
        .iter()
        .zip(&compared)
        .filter(|(_, agreements)| weights::resemble(agreements))
        .map(|(&pair, agreements)| judged(&weights, &columns, pair, agreements))
        .filter(|pair| pair.weight >= LEAST_WEIGHT)
        .collect();
    let clusters = crate::groups::joined(firms.len(), found.iter().map(|pair| (pair.first, pair.second)));
    Duplicates { pairs: found, clusters, compared: pairs.len(), prior: weights.prior() }
}

fn judged(weights: &Weights, columns: &Columns, pair: (u32, u32), agreements: &[Agreement; 6]) -> DuplicatePair {
    let weighed = weights.of(columns, pair, agreements);
    let evidence = Field::ALL.map(|field| FieldEvidence {
        field,
        agreement: agreements[field as usize],
        weight: weighed[field as usize],
    });
    DuplicatePair { first: pair.0, second: pair.1, weight: weights.prior() + weighed.iter().sum::<i64>(), evidence }
}

impl DuplicatePair {
    /// The evidence as a waterfall, a line a field, from the prior to the sum.
    pub fn text(&self, prior: i64, firms: &[Firm], lang: Lang) -> String {
        let (first, second) = (&firms[self.first as usize], &firms[self.second as usize]);
        let mut lines = vec![format!("{}  {}", start(lang), bits(prior))];
        for part in &self.evidence {
            let (field, agreement) = (part.field.name(lang), part.agreement.text(lang));
            let (one, two) = (part.field.value(first), part.field.value(second));
            let mark = if one == two { one.to_owned() } else { format!("{one} | {two}") };
            lines.push(match lang {
                Lang::Zh => format!("{field}：{agreement}（{mark}）  {}", bits(part.weight)),
                Lang::En => format!("{field}: {agreement} ({mark})  {}", bits(part.weight)),
            });
        }
        lines.push(match lang {
            Lang::Zh => format!("合计  {}，疑为同一企业，请人工核对", bits(self.weight)),
            Lang::En => format!("sum  {}: likely one firm, to be looked at by a person", bits(self.weight)),
        });
        lines.join("\n")
    }
}

fn start(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "任意两家企业的起点",
        Lang::En => "any two firms to begin with",
    }
}

/// Thousandths of a bit with a sign and one decimal.
fn bits(weight: i64) -> String {
    let tenths = (weight.abs() + 50) / 100;
    format!("{}{}.{}", if weight < 0 { '-' } else { '+' }, tenths / 10, tenths % 10)
}

impl Field {
    /// What the field is called.
    pub fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Name, Lang::Zh) => "企业名称",
            (Self::Name, Lang::En) => "name",
            (Self::CreditCode, Lang::Zh) => "统一社会信用代码",
            (Self::CreditCode, Lang::En) => "credit code",
            (Self::Phone, Lang::Zh) => "电话",
            (Self::Phone, Lang::En) => "telephone",
            (Self::Address, Lang::Zh) => "地址",
            (Self::Address, Lang::En) => "address",
            (Self::Account, Lang::Zh) => "银行账号",
            (Self::Account, Lang::En) => "bank account",
            (Self::Representative, Lang::Zh) => "法定代表人",
            (Self::Representative, Lang::En) => "legal representative",
        }
    }

    /// The value as written in an application.
    pub fn value(self, firm: &Firm) -> &str {
        match self {
            Self::Name => &firm.name,
            Self::CreditCode => &firm.credit_code,
            Self::Phone => &firm.phone,
            Self::Address => &firm.address,
            Self::Account => &firm.account,
            Self::Representative => &firm.representative,
        }
    }
}

impl Agreement {
    /// The agreement in words.
    pub fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Blank, Lang::Zh) => "未填，不作判断",
            (Self::Blank, Lang::En) => "blank, says nothing",
            (Self::Equal, Lang::Zh) => "相同",
            (Self::Equal, Lang::En) => "the same",
            (Self::Reordered, Lang::Zh) => "字同序不同",
            (Self::Reordered, Lang::En) => "the same characters in another order",
            (Self::OneEdit, Lang::Zh) => "差一处",
            (Self::OneEdit, Lang::En) => "one slip apart",
            (Self::TwoEdits, Lang::Zh) => "差两处",
            (Self::TwoEdits, Lang::En) => "two slips apart",
            (Self::Part, Lang::Zh) => "部分相同",
            (Self::Part, Lang::En) => "the same in part",
            (Self::Different, Lang::Zh) => "不同",
            (Self::Different, Lang::En) => "different",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Recipe;

    #[test]
    fn most_of_a_small_sample_is_found_and_little_else() {
        let sample = Recipe::usual(5_000, 1).sample();
        let truth = sample.same_pairs();
        let found = duplicates(&sample.firms);
        let right = found.pairs.iter().filter(|pair| truth.contains(&(pair.first, pair.second))).count();
        assert!(right * 100 >= truth.len() * 93, "{right} of {}", truth.len());
        assert!((found.pairs.len() - right) * 100 <= found.pairs.len(), "{right} of {} right", found.pairs.len());
        assert_eq!(found, duplicates(&sample.firms));
    }

    #[test]
    fn a_pair_tells_its_evidence_from_prior_to_sum() {
        let sample = Recipe::usual(2_000, 2).sample();
        let found = duplicates(&sample.firms);
        let pair = &found.pairs[0];
        let sum: i64 = found.prior + pair.evidence.iter().map(|part| part.weight).sum::<i64>();
        assert_eq!(sum, pair.weight);
        assert_eq!(pair.text(found.prior, &sample.firms, Lang::Zh).lines().count(), 8);
        assert!(pair.text(found.prior, &sample.firms, Lang::En).contains("likely one firm"));
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        assert_eq!(duplicates(&[]), Duplicates::default());
        let sample = Recipe { again: 0, ..Recipe::usual(3_000, 4) }.sample();
        assert_eq!(duplicates(&sample.firms).pairs, []);
    }
}
