//! Between the ledger of a budget line and the books of `gouji build`: the amounts held against each other, and the
//! project of the year after put into its books.

use super::Forecast;
use crate::work::BudgetLine;
use gouji_model::books::{Books, Posting, Which};
use gouji_model::{Fen, Lang, Measure, Stream};

/// Why a line and books do not go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The books are of a year that is neither the line's nor the one after: theirs, the line's.
    Year(i16, i32),
    /// The books have no such project of the unit: unit, project, and the projects they have of it.
    NoProject(String, String, Vec<String>),
}

impl Unfit {
    /// What is wrong and what would be right.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Unfit::Year(books, line), Lang::Zh) => {
                format!(
                    "预算账是 {books} 年的；该项目是 {line} 年的，请用 {line} 年（对账）或 {} 年（写入）的账",
                    line + 1
                )
            }
            (Unfit::Year(books, line), Lang::En) => format!(
                "the books are of {books}, the line of {line}: take those of {line} to compare, of {} to write into",
                line + 1
            ),
            (Unfit::NoProject(unit, project, known), Lang::Zh) => format!(
                "预算账里“{unit}”没有项目“{project}”；有：{}。请在 projects.csv 里加上，或改 fund.toml 的 [[line]]",
                known.join("、")
            ),
            (Unfit::NoProject(unit, project, known), Lang::En) => format!(
                "the books have no project `{project}` of `{unit}`; there are: {}. Add it to projects.csv, or change \
                 [[line]] in fund.toml",
                known.join(", ")
            ),
        }
    }
}

/// What the books say of a line's project: the line's own year, in fen. Equal to the line's amount when all is well.
///
/// # Errors
/// Books of another year, or without the project.
pub fn reconcile(books: &Books, line: &BudgetLine) -> Result<Fen, Unfit> {
    let which = match i32::from(books.department.year) - line.year {
        0 => Which::Now,
        1 => Which::Before,
        _ => return Err(Unfit::Year(books.department.year, line.year)),
    };
    find(books, &line.unit, &line.project)?;
    let amounts = postings(books, &line.unit, &line.project).map(|at| books.postings[at].of(which).fen());
    Ok(Fen::new(amounts.sum()))
}

/// Something that was put into the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    zh: String,
    en: String,
}

impl Carried {
    /// What was there and what is there now.
    pub fn text(&self, lang: Lang) -> &str {
        if lang == Lang::Zh { &self.zh } else { &self.en }
    }
}

/// Puts the project line into the books of its year: amount, goal, basis and indicators. The amount goes into the one
/// posting the project has; where it has several, how they share it is for people to say, and nothing but that is left
/// as it was.
///
/// # Errors
/// Books of another year, or without the project.
pub fn carry(books: &mut Books, next: &Forecast) -> Result<Vec<Carried>, Unfit> {
    if books.department.year != next.year {
        return Err(Unfit::Year(books.department.year, i32::from(next.year) - 1));
    }
    let (unit, name) = (&next.project.unit, &next.project.name);
    let place = find(books, unit, name)?;
    let mut carried = Vec::new();
    let own: Vec<usize> = postings(books, unit, name).collect();
    carried.push(match own[..] {
        [only] => amount(&mut books.postings[only], next.line),
        _ => Carried {
            zh: format!("金额 {} 元没有写入：该项目有 {} 笔支出，请自行分摊", next.line.grouped(), own.len()),
            en: format!(
                "the amount, {} yuan, was not written: the project has {} postings",
                next.line.grouped(),
                own.len()
            ),
        },
    });
    let project = &mut books.projects[place];
    carried.extend(text(("绩效目标", "goal"), &mut project.goal, &next.project.goal));
    carried.extend(text(("申报依据", "basis"), &mut project.basis, &next.project.basis));
    for indicator in &next.indicators {
        let known = books
            .indicators
            .iter_mut()
            .find(|known| known.unit == *unit && known.project == *name && known.name == indicator.name);
        let what = (format!("绩效指标“{}”", indicator.name), format!("indicator `{}`", indicator.name));
        match known {
            Some(known) => carried.extend(text((&what.0, &what.1), &mut known.value, &indicator.value)),
            None => {
                carried.extend(text((&what.0, &what.1), &mut String::new(), &indicator.value));
                books.indicators.push(indicator.clone());
            }
        }
    }
    Ok(carried)
}

fn find(books: &Books, unit: &str, project: &str) -> Result<usize, Unfit> {
    let place = books.projects.iter().position(|known| known.unit == unit && known.name == project);
    place.ok_or_else(|| {
        let known = books.projects.iter().filter(|known| known.unit == unit).map(|known| known.name.clone()).collect();
        Unfit::NoProject(unit.to_owned(), project.to_owned(), known)
    })
}

/// The places of a project's own expenditure.
fn postings(books: &Books, unit: &str, project: &str) -> impl Iterator<Item = usize> {
    let is_own = |posting: &Posting| {
        posting.at.measure == Measure::Expenditure
            && posting.at.stream == Stream::Year
            && posting.at.unit == unit
            && posting.at.project == project
    };
    let places: Vec<usize> = (0..books.postings.len()).filter(|at| is_own(&books.postings[*at])).collect();
    places.into_iter()
}

fn amount(posting: &mut Posting, line: Fen) -> Carried {
    let (was, before) = (std::mem::replace(&mut posting.amount, line).grouped(), posting.previous.grouped());
    let is = line.grouped();
    Carried {
        zh: format!("金额：{was} 元 → {is} 元（上年 {before} 元）"),
        en: format!("amount: {was} yuan → {is} yuan (the year before: {before})"),
    }
}

/// Replaces a text; `None` where it says the same already.
fn text((zh, en): (&str, &str), there: &mut String, new: &str) -> Option<Carried> {
    if there == new {
        return None;
    }
    let was = std::mem::replace(there, new.to_owned());
    let (empty_zh, empty_en) = if was.is_empty() { ("（空）", "(empty)") } else { (was.as_str(), was.as_str()) };
    Some(Carried { zh: format!("{zh}：{empty_zh} → {new}"), en: format!("{en}: {empty_en} → {new}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Day;
    use crate::performance::{Award, Year, forecast_all};
    use gouji_model::Coordinates;
    use gouji_model::books::{Indicator, Project};

    const UNIT: &str = "区科技局本级";
    const PROJECT: &str = "科技专项";

    fn books(year: i16, amounts: &[(i64, i64)]) -> Books {
        let mut books = Books::default();
        books.department.year = year;
        books.projects.push(Project { unit: UNIT.into(), name: PROJECT.into(), ..Project::default() });
        for (now, before) in amounts {
            let (unit, project) = (UNIT.to_owned(), PROJECT.to_owned());
            let at = Coordinates {
                measure: Measure::Expenditure,
                stream: Stream::Year,
                unit,
                project,
                ..Coordinates::default()
            };
            let (amount, previous) = (Fen::new(*now), Fen::new(*before));
            books.postings.push(Posting { at, amount, previous, ..Posting::default() });
        }
        books
    }

    fn line() -> BudgetLine {
        let (unit, project) = (UNIT.to_owned(), PROJECT.to_owned());
        let closes = Day::read("2019-12-31").unwrap();
        BudgetLine { id: "special".into(), unit, year: 2019, project, amount: Fen::new(900), closes }
    }

    fn year(project: &str, approved: &[i64]) -> Year {
        let award = |fen: &i64| Award {
            firm: "A".into(),
            approved: Fen::new(*fen),
            paid: Fen::new(0),
            base: None,
            days_to_decide: None,
            town: String::new(),
            industry: String::new(),
        };
        Year { year: 2019, project: project.into(), awards: approved.iter().map(award).collect(), ..Year::default() }
    }

    #[test]
    fn a_line_is_held_against_the_books_of_its_year_and_of_the_one_after() {
        assert_eq!(reconcile(&books(2019, &[(600, 1), (300, 2)]), &line()), Ok(Fen::new(900)));
        assert_eq!(reconcile(&books(2020, &[(1, 899)]), &line()), Ok(Fen::new(899)));
        assert_eq!(reconcile(&books(2021, &[]), &line()), Err(Unfit::Year(2021, 2019)));
        let other = BudgetLine { project: "另一项目".into(), ..line() };
        let unfit = reconcile(&books(2019, &[]), &other).unwrap_err();
        assert!(unfit.text(Lang::Zh).contains("有：科技专项"), "{}", unfit.text(Lang::Zh));
    }

    #[test]
    fn the_project_of_next_year_is_put_into_its_books() {
        let (research, certificates) = (year("研发激励", &[150_000_000, 50_000_001]), year("国高激励", &[30_000_000]));
        let next = forecast_all(UNIT, PROJECT, &[(&research, 3), (&certificates, 2)]).unwrap();
        assert_eq!((next.amount, next.line, next.count), (Fen::new(360_000_001), Fen::new(361_000_000), 5));
        let mut books = books(2020, &[(0, 900)]);
        let goal = Indicator { name: "资助金额".into(), value: "≤1".into(), ..Indicator::default() };
        books.indicators.push(Indicator { unit: UNIT.into(), project: PROJECT.into(), ..goal });
        let carried = carry(&mut books, &next).unwrap();
        let told: Vec<&str> = carried.iter().map(|carried| carried.text(Lang::Zh)).collect();
        assert_eq!(
            told,
            [
                "金额：0.00 元 → 3,610,000.00 元（上年 9.00 元）",
                "绩效目标：（空） → 2020 年预计资助研发激励 3 笔，资助国高激励 2 笔",
                "申报依据：（空） → 研发激励：2019 年资助 2 笔、200.00 万元；按 2020 年预计 3 笔 × 每笔平均（200.00 万元 ÷ 2）\
                 = 300.00 万元；国高激励：2019 年资助 1 笔、30.00 万元；按 2020 年预计 2 笔 × 每笔平均（30.00 万元 ÷ 1）\
                 = 60.00 万元；取整为 361 万元",
                "绩效指标“资助金额”：≤1 → ≤361",
                "绩效指标“研发激励资助笔数”：（空） → ≥3",
                "绩效指标“国高激励资助笔数”：（空） → ≥2",
            ]
        );
        assert_eq!((books.postings[0].amount, books.indicators.len()), (Fen::new(361_000_000), 3));
        assert_eq!(carry(&mut books, &next).unwrap().len(), 1, "a second time only the amount is told");
        // How two postings share an amount is for people to say.
        let mut two = self::books(2020, &[(1, 900), (2, 900)]);
        let told = carry(&mut two, &next).unwrap();
        assert!(told[0].text(Lang::Zh).contains("没有写入"));
        assert_eq!((two.postings[0].amount, two.postings[1].amount), (Fen::new(1), Fen::new(2)));
    }
}
