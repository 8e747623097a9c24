//! The project line of the year after.

use super::{AWARDS, Writer, Year, wan};
use gouji_model::books::{Indicator, Project, ProjectStanding};
use gouji_model::{Fen, Lang};

/// Fen in 1 万元, the unit that budgets print.
const TEN_THOUSAND_YUAN: i128 = 1_000_000;

/// The project line of the year after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// The amount in fen: for each programme count × mean, down to the fen.
    pub amount: Fen,
    /// The amount as a budget has it: the next full 万元.
    pub line: Fen,
    /// How many awards are expected.
    pub count: u32,
    /// The budget year it is for.
    pub year: i16,
    /// The project with its goal and basis, to be written into the books.
    pub project: Project,
    /// The goals that can be measured.
    pub indicators: Vec<Indicator>,
    en: String,
}

impl Forecast {
    /// On what the amount rests.
    pub fn text(&self, lang: Lang) -> &str {
        if lang == Lang::Zh { &self.project.basis } else { &self.en }
    }
}

/// The line of the year after, of so many expected awards at this year's mean; `None` without awards, or when the
/// amount passes 9.2 × 10^18 fen.
pub fn forecast(year: &Year, count: u32) -> Option<Forecast> {
    forecast_all(&year.unit, &year.project, &[(year, count)])
}

/// The line of a project that pays several programmes; those without an award have no part in it.
pub fn forecast_all(unit: &str, project: &str, programmes: &[(&Year, u32)]) -> Option<Forecast> {
    let with_awards = programmes.iter().filter(|(year, _)| !year.awards.is_empty());
    let parts = with_awards.map(|(year, count)| Part::new(year, *count)).collect::<Option<Vec<Part>>>()?;
    let next = parts.first()?.year.year + 1;
    let amount: i128 = parts.iter().map(|part| i128::from(part.amount.fen())).sum();
    let line = (amount + TEN_THOUSAND_YUAN - 1).div_euclid(TEN_THOUSAND_YUAN) * TEN_THOUSAND_YUAN;
    let count = parts.iter().try_fold(0_u32, |sum, part| sum.checked_add(part.count))?;
    let (mut basis, mut en): (Vec<String>, Vec<String>) = parts.iter().map(|part| part.basis(parts.len() > 1)).unzip();
    let whole = wan(line);
    basis.push(format!("取整为 {} 万元", whole.trim_end_matches(".00")));
    en.push(format!("rounded up to {} 万元", whole.trim_end_matches(".00")));
    let goals = parts.iter().map(|part| part.goal(parts.len() > 1)).collect::<Vec<_>>().join("，");
    let of_project = Year { unit: unit.to_owned(), project: project.to_owned(), year: next, ..Year::default() };
    let writer = Writer { year: &of_project };
    let goal = |class: &str, name: &str, value: String, unit: &str, source: &str| {
        writer.value(class, name, value, unit, source, (String::new(), String::new())).indicator
    };
    let cost = format!("≤{}", whole.trim_end_matches(".00"));
    let mut indicators = vec![goal("成本", "资助金额", cost, "万元", AWARDS)];
    for part in &parts {
        let name =
            if parts.len() > 1 { format!("{}资助笔数", part.year.project) } else { "资助笔数".to_owned() };
        indicators.push(goal("产出", &name, format!("≥{}", part.count), "笔", AWARDS));
    }
    let fen = |amount: i128| i64::try_from(amount).ok().map(Fen::new);
    let project = Project {
        unit: unit.to_owned(),
        name: project.to_owned(),
        standing: ProjectStanding::Managed,
        goal: format!("{next} 年预计{goals}"),
        basis: basis.join("；"),
        ..Project::default()
    };
    let (amount, line) = (fen(amount)?, fen(line)?);
    Some(Forecast { amount, line, count, year: next, project, indicators, en: en.join("; ") })
}

/// One programme's part of a line.
struct Part<'a> {
    year: &'a Year,
    count: u32,
    amount: Fen,
    sum: Fen,
}

impl Part<'_> {
    fn new(year: &Year, count: u32) -> Option<Part<'_>> {
        let awards = year.awards.len() as i128;
        let sum: i128 = year.awards.iter().map(|award| i128::from(award.approved.fen())).sum();
        let amount = i64::try_from(i128::from(count) * sum / awards).ok().map(Fen::new)?;
        Some(Part { year, count, amount, sum: i64::try_from(sum).ok().map(Fen::new)? })
    }

    /// Count × mean in words, Chinese and English; with the programme's name where there are several.
    fn basis(&self, is_named: bool) -> (String, String) {
        let (awards, count, year) = (self.year.awards.len(), self.count, self.year.year);
        let [sum, amount] = [self.sum, self.amount].map(|fen| wan(i128::from(fen.fen())));
        let name = if is_named { format!("{}：", self.year.project) } else { String::new() };
        let zh = format!(
            "{name}{year} 年资助 {awards} 笔、{sum} 万元；按 {} 年预计 {count} 笔 × 每笔平均（{sum} 万元 ÷ {awards}）= {amount} 万元",
            year + 1,
        );
        let name = if is_named { format!("{}: ", self.year.project) } else { String::new() };
        let en = format!(
            "{name}{awards} awards of {} yuan in all in {year}; {count} expected in {} at the same mean: {} yuan",
            self.sum,
            year + 1,
            self.amount
        );
        (zh, en)
    }

    fn goal(&self, is_named: bool) -> String {
        match is_named {
            true => format!("资助{} {} 笔", self.year.project, self.count),
            false => format!("资助 {} 笔", self.count),
        }
    }
}
