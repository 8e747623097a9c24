//! Incubators, makerspaces and platforms: assessed every year by one dated standard, graded up, down and out.

use crate::Day;
use crate::evidence::Column;
use crate::policy::{Compare, Input, Kind, Literal};
use gouji_model::{Fen, Lang};

/// A standard.
#[derive(Clone, Debug, PartialEq)]
pub struct Standard {
    /// Short name.
    pub id: String,
    /// Name of the document.
    pub document: String,
    /// First day of an assessment under it.
    pub from: Day,
    /// Last such day; `None` while it is in force.
    pub to: Option<Day>,
    /// What has to be known of a carrier.
    pub inputs: Vec<Input>,
    /// What gives points.
    pub criteria: Vec<Criterion>,
    /// The grades from the best; the last one begins at nothing.
    pub grades: Vec<Grade>,
    /// The levels from the lowest, such as 区级、市级、省级、国家级; at least one.
    pub levels: Vec<String>,
    /// When a carrier moves, in the order in which they are asked.
    pub moves: Vec<MoveRule>,
}

/// A criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// Its name.
    pub name: String,
    /// Article of the document.
    pub clause: String,
    /// What is looked at: the place of an input of kind amount, count or ratio.
    pub input: usize,
    /// Steps from the highest threshold; the first that is reached gives its points.
    pub steps: Vec<PointStep>,
    /// True where a carrier that reaches no step gets the last grade whatever its points.
    pub is_needed: bool,
    /// Line of the file, from 1.
    pub line: u32,
}

/// Points for reaching a threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct PointStep {
    /// At least so much, of the kind of the input.
    pub at_least: Literal,
    /// Whole points.
    pub points: u32,
}

/// A grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// Its name, such as `A` or `优秀`.
    pub name: String,
    /// From so many points on.
    pub from: u32,
    /// Article of the document.
    pub clause: String,
    /// What follows for support.
    pub support: Support,
}

/// What a grade means for support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// Percent of the usual support.
    Percent(u32),
    /// So much in fen, once.
    Amount(Fen),
}

/// When a carrier moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveRule {
    /// One of these grades …
    pub grades: Vec<String>,
    /// … in so many years in a row, this one the last.
    pub years: u32,
    /// Where it moves.
    pub direction: Direction,
    /// Article of the document.
    pub clause: String,
}

/// Where a carrier moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// One level up.
    Up,
    /// Stays.
    Stay,
    /// One level down; out of the lowest.
    Down,
    /// 摘牌.
    Out,
    /// Nobody knows before what is missing is found.
    Open,
}

/// One carrier before an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// Its name.
    pub name: String,
    /// The place of its level.
    pub level: usize,
    /// The grades of earlier years, the last year last, without a gap.
    pub history: Vec<String>,
}

/// An assessment with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The carrier.
    pub name: String,
    /// All points; what is unknown gives none.
    pub points: u32,
    /// The grade; `None` where what is unknown could change it.
    pub grade: Option<String>,
    /// What follows for support; `None` where the grade is open, and nothing of who is out.
    pub support: Option<Support>,
    /// Where it moves.
    pub direction: Direction,
    /// The level after it; `None` of who is out.
    pub level: Option<usize>,
    /// Articles that the grade and the move rest on.
    pub clauses: Vec<String>,
    /// Every criterion.
    pub lines: Vec<CriterionLine>,
}

/// A criterion with what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionLine {
    /// Its name.
    pub name: String,
    /// Article of the document.
    pub clause: String,
    /// The value: fen, a number or millionths; `None` where nothing is on record.
    pub value: Option<i64>,
    /// The points; `None` where nothing is on record.
    pub points: Option<u32>,
    /// The most points of the criterion.
    pub most: u32,
    /// Row of the register, from 1; 0 where there is none.
    pub row: u32,
    zh: String,
    en: String,
}

impl CriterionLine {
    /// The value, the threshold that was reached and the points.
    pub fn text(&self, lang: Lang) -> &str {
        if lang == Lang::Zh { &self.zh } else { &self.en }
    }
}

/// Assesses every carrier; the columns stand in the order of the standard's inputs, the carriers in the order of
/// the rows.
pub fn assess(standard: &Standard, carriers: &[Carrier], columns: &[Column]) -> Vec<Assessment> {
    carriers.iter().enumerate().map(|(row, carrier)| one(standard, carrier, columns, row)).collect()
}

fn one(standard: &Standard, carrier: &Carrier, columns: &[Column], row: usize) -> Assessment {
    let judged: Vec<CriterionLine> =
        standard.criteria.iter().map(|criterion| line(criterion, &columns[criterion.input], row)).collect();
    let points: u32 = judged.iter().filter_map(|line| line.points).sum();
    let open: u32 = judged.iter().filter(|line| line.points.is_none()).map(|line| line.most).sum();
    let fails = |outcome: Option<u32>| {
        let needed = standard.criteria.iter().zip(&judged).filter(|(criterion, _)| criterion.is_needed);
        needed.into_iter().any(|(_, line)| line.points == outcome)
    };
    let (worst, best) = (grade_of(standard, points), grade_of(standard, points + open));
    let last = standard.grades.len().saturating_sub(1);
    let place =
        if fails(Some(0)) { Some(last) } else { (worst == best && (!fails(None) || worst == last)).then_some(worst) };
    let mut assessment = Assessment {
        name: carrier.name.clone(),
        points,
        grade: None,
        support: None,
        direction: Direction::Open,
        level: Some(carrier.level),
        clauses: Vec::new(),
        lines: judged,
    };
    let Some(grade) = place.and_then(|place| standard.grades.get(place)) else { return assessment };
    (assessment.grade, assessment.support) = (Some(grade.name.clone()), Some(grade.support));
    assessment.clauses.push(grade.clause.clone());
    let rule = standard.moves.iter().find(|rule| rule.applies(&grade.name, &carrier.history));
    assessment.direction = rule.map_or(Direction::Stay, |rule| rule.direction);
    assessment.clauses.extend(rule.map(|rule| rule.clause.clone()));
    assessment.level = match assessment.direction {
        Direction::Up => Some((carrier.level + 1).min(standard.levels.len().saturating_sub(1))),
        Direction::Down => carrier.level.checked_sub(1),
        Direction::Stay | Direction::Open => Some(carrier.level),
        Direction::Out => None,
    };
    if assessment.level.is_none() {
        (assessment.direction, assessment.support) = (Direction::Out, None);
    } else if assessment.level == Some(carrier.level) {
        assessment.direction = Direction::Stay;
    }
    assessment
}

impl MoveRule {
    fn applies(&self, grade: &str, history: &[String]) -> bool {
        let is_one = |grade: &str| self.grades.iter().any(|known| known == grade);
        let before = self.years.saturating_sub(1) as usize;
        history.len() >= before && is_one(grade) && history.iter().rev().take(before).all(|grade| is_one(grade))
    }
}

/// The first grade that the points reach; the last where they reach none.
fn grade_of(standard: &Standard, points: u32) -> usize {
    let found = standard.grades.iter().position(|grade| points >= grade.from);
    found.unwrap_or(standard.grades.len().saturating_sub(1))
}

fn line(criterion: &Criterion, column: &Column, row: usize) -> CriterionLine {
    let value = column.value(row);
    let reached = |step: &&PointStep| value.is_some_and(|value| reaches(column.kind, value, &step.at_least));
    let step = criterion.steps.iter().find(reached);
    let points = value.map(|_| step.map_or(0, |step| step.points));
    let most = criterion.steps.iter().map(|step| step.points).max().unwrap_or(0);
    let (zh, en) = match (value, step) {
        (None, _) => (format!("无记录，最多 {most} 分，待核实"), format!("not on record: up to {most} points")),
        (Some(value), Some(step)) => {
            let (value, limit, points) = (shown(column.kind, value), literal(&step.at_least), step.points);
            let sign = Compare::AtLeast.sign();
            (format!("{value} {sign} {limit}：{points} 分"), format!("{value} {sign} {limit}: {points} points"))
        }
        (Some(value), None) => {
            let value = shown(column.kind, value);
            (format!("{value}，未达最低一档：0 分"), format!("{value}, below the lowest step: 0 points"))
        }
    };
    let (name, clause) = (criterion.name.clone(), criterion.clause.clone());
    CriterionLine { name, clause, value, points, most, row: column.source_row(row), zh, en }
}

fn reaches(kind: Kind, value: i64, limit: &Literal) -> bool {
    match limit {
        Literal::Amount(fen) => value >= fen.fen(),
        Literal::Count(count) => value >= *count,
        // A ratio of a register is kept in millionths.
        Literal::Ratio(ratio) => {
            kind == Kind::Ratio && i128::from(value) * i128::from(ratio.under()) >= i128::from(ratio.over()) * 1_000_000
        }
        Literal::Day(_) => false,
    }
}

fn shown(kind: Kind, value: i64) -> String {
    match kind {
        Kind::Amount => format!("{} 元", Fen::new(value)),
        Kind::Ratio => {
            crate::policy::Ratio::new(value, 1_000_000).map_or_else(|| value.to_string(), |ratio| ratio.to_string())
        }
        _ => value.to_string(),
    }
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Amount(fen) => format!("{fen} 元"),
        Literal::Count(count) => count.to_string(),
        Literal::Ratio(ratio) => ratio.to_string(),
        Literal::Day(day) => day.to_string(),
    }
}
