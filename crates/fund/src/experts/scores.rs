use gouji_model::Lang;

/// The scores that experts gave one application, in any whole unit (points, hundredths of a point).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores(Vec<i64>);

/// A quotient of whole numbers, not shortened; the second is above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// What is divided.
    pub sum: i64,
    /// By what.
    pub count: i64,
}

/// A score far from what the others gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoreNote {
    /// The place of the score.
    pub place: usize,
    /// The score.
    pub score: i64,
    /// Twice the median of the others, so that it is whole.
    pub twice_median: i64,
}

impl Scores {
    /// Scores in the order of the experts; each between -10^12 and 10^12, `None` otherwise.
    pub fn new(scores: Vec<i64>) -> Option<Self> {
        scores.iter().all(|score| score.unsigned_abs() <= 1_000_000_000_000).then_some(Self(scores))
    }

    /// The mean; `None` without scores.
    pub fn mean(&self) -> Option<Ratio> {
        ratio(&self.0)
    }

    /// The mean without so many of the lowest and as many of the highest, as a rule may ask; `None` when none are left.
    pub fn trimmed_mean(&self, ends: usize) -> Option<Ratio> {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        ratio(sorted.get(ends..sorted.len().checked_sub(ends)?)?)
    }

    /// Scores more than `far` from the median of the others. All of them count: a note drops none.
    /// Of fewer than three scores none is far, for nothing says which.
    pub fn notes(&self, far: i64) -> Vec<ScoreNote> {
        if self.0.len() < 3 {
            return Vec::new();
        }
        let note = |(place, &score): (usize, &i64)| {
            let mut others = self.0.clone();
            others.remove(place);
            others.sort_unstable();
            let twice_median = others[(others.len() - 1) / 2] + others[others.len() / 2];
            let is_far = (2 * score - twice_median).abs() > far.saturating_mul(2);
            is_far.then_some(ScoreNote { place, score, twice_median })
        };
        self.0.iter().enumerate().filter_map(note).collect()
    }
}

fn ratio(scores: &[i64]) -> Option<Ratio> {
    (!scores.is_empty()).then(|| Ratio { sum: scores.iter().sum(), count: scores.len() as i64 })
}

impl ScoreNote {
    /// The note in a sentence for those who lead the review.
    pub fn text(&self, lang: Lang) -> String {
        let half = if self.twice_median % 2 == 0 { "" } else { ".5" };
        let sign = if self.twice_median < 0 { "-" } else { "" };
        let median = format!("{sign}{}{half}", self.twice_median.abs() / 2);
        let (place, score) = (self.place + 1, self.score);
        match lang {
            Lang::Zh => {
                format!("第 {place} 位专家评分 {score}，与其余专家中位数 {median} 相差较大，请组长核实（评分仍计入）")
            }
            Lang::En => {
                format!("expert {place} gave {score}, far from the others' median {median}: ask why (it still counts)")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_exact_and_a_far_score_is_told_but_counts() {
        let scores = Scores::new(vec![80, 82, 85, 40, 83]).unwrap();
        assert_eq!(scores.mean(), Some(Ratio { sum: 370, count: 5 }));
        assert_eq!(scores.trimmed_mean(1), Some(Ratio { sum: 245, count: 3 }));
        assert_eq!(scores.trimmed_mean(3), None);
        assert_eq!(scores.notes(20), [ScoreNote { place: 3, score: 40, twice_median: 165 }]);
        assert!(scores.notes(20)[0].text(Lang::Zh).contains("82.5"));
        assert_eq!(Scores::new(vec![1, 99]).unwrap().notes(5), []);
        assert_eq!(Scores::new(vec![i64::MAX]), None);
    }
}
