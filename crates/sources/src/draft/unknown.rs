//! What a draft does not know, said in both languages.

use super::figure::Figure;
use super::not_reproduced;
use crate::schema::{self, BOOKS, NATURES, word_of};
use gouji_model::books::{Books, List, Posting};
use gouji_model::{Book, Fen, Lang, Measure, Nature};
use std::collections::BTreeMap;

/// Something that the paper does not say, or says in two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The list of the books where it belongs, as the workbook names it.
    pub list: &'static str,
    /// True for figures of the report that contradict others.
    pub is_contradiction: bool,
    zh: String,
    en: String,
}

impl Unknown {
    /// The sentence in a language.
    pub fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    fn new(list: List, zh: String, en: String) -> Unknown {
        let list = schema::schema(list).sheet;
        Unknown { list, is_contradiction: false, zh, en }
    }
}

/// Everything that is not known.
pub(super) fn list(
    books: &Books,
    now: &[Figure],
    before: &[Figure],
    told_before: usize,
    guessed: &[&'static str],
) -> Vec<Unknown> {
    let mut list: Vec<Unknown> =
        not_reproduced(books, now).chain(not_reproduced(books, before)).map(|figure| other(books, figure)).collect();
    list.dedup();
    list.extend(assumed(books));
    list.extend(last_year(books, told_before));
    list.extend(lists(books, guessed));
    list
}

/// A figure that the books do not print.
fn other(books: &Books, figure: &Figure) -> Unknown {
    let Figure { label, text, at, .. } = figure;
    let year = at.year;
    let list = match at.measure {
        Measure::Procurement => List::Procurement,
        Measure::Revenue | Measure::Expenditure | Measure::OperatingCost => List::Expenditure,
        _ => List::ThreePublic,
    };
    let is_divided = books.postings.iter().any(|posting| posting.counts_towards(at));
    if !is_kept(at.measure) || !is_divided {
        return Unknown::new(
            list,
            format!("{year}年“{label}”{text}：账册不记这一项，或不这样细分"),
            format!("{label} {year}, {text}: the books do not keep it, or are not divided that way"),
        );
    }
    let total = Fen::new(i64::try_from(books.total(at)).unwrap_or_default());
    Unknown {
        is_contradiction: true,
        ..Unknown::new(
            list,
            format!("{year}年“{label}”为 {text}，按报告其他数合计为 {total} 元；未作修正，请核对"),
            format!(
                "{label} {year} is {text}, but other figures add up to {total} yuan; nothing was repaired, see which is right"
            ),
        )
    }
}

fn is_kept(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::Revenue | Measure::Expenditure | Measure::OperatingCost | Measure::ThreePublic | Measure::Procurement
    )
}

/// Rows and this year's amounts.
#[derive(Default)]
struct Sum {
    rows: usize,
    fen: i128,
}

impl Sum {
    fn add(&mut self, posting: &Posting) {
        self.rows += 1;
        self.fen += i128::from(posting.amount.fen());
    }

    fn yuan(&self) -> Fen {
        Fen::new(i64::try_from(self.fen).unwrap_or_default())
    }
}

fn assumed(books: &Books) -> Vec<Unknown> {
    let of = |measure| books.postings.iter().filter(move |posting| posting.at.measure == measure && posting.assumed);
    let mut economic: BTreeMap<(Book, Nature, bool), Sum> = BTreeMap::new();
    let mut open: BTreeMap<(u8, Nature), Sum> = BTreeMap::new();
    for posting in of(Measure::Expenditure).filter(|posting| posting.amount != Fen::new(0)) {
        let at = &posting.at;
        economic.entry((at.book, at.nature, at.economic.is_all())).or_default().add(posting);
        let is_unnamed = at.nature == Nature::Project && at.project.is_empty();
        for (kind, is_open) in [(0, at.unit.is_empty()), (1, is_unnamed), (2, at.function.is_all())] {
            if is_open {
                open.entry((kind, at.nature)).or_default().add(posting);
            }
        }
    }
    let mut list = Vec::new();
    for ((book, nature, is_open), sum) in economic {
        let (book, nature, rows, yuan) = (word_of(BOOKS, &book), word_of(NATURES, &nature), sum.rows, sum.yuan());
        let (zh, en) = if is_open {
            ("报告没有写明经济科目，留空待填", "the paper does not say the economic codes; they are left open")
        } else {
            (
                "报告只有各科目合计，没有写明各功能科目（项目）各用什么经济科目；按合计推定，已标“推定”",
                "the paper has totals only and does not say which economic code each row is paid under; assumed from the totals and marked 推定",
            )
        };
        list.push(Unknown::new(
            List::Expenditure,
            format!("{book}{nature} {rows} 行共 {yuan} 元：{zh}"),
            format!("{book} {nature}, {rows} rows of {yuan} yuan: {en}"),
        ));
    }
    for ((kind, nature), sum) in open {
        let (zh, en) = match kind {
            0 => ("由哪个单位开支，留空待填", "which unit spends it; left open"),
            1 => ("是哪个项目，留空待填", "which project it is; left open"),
            _ => ("列什么功能科目，留空待填", "which function code it has; left open"),
        };
        let (nature, rows, yuan) = (word_of(NATURES, &nature), sum.rows, sum.yuan());
        list.push(Unknown::new(
            List::Expenditure,
            format!("{nature} {rows} 行共 {yuan} 元：报告没有写明{zh}"),
            format!("{nature}, {rows} rows of {yuan} yuan: the paper does not say {en}"),
        ));
    }
    let bought = of(Measure::Procurement).count();
    if bought > 0 {
        list.push(Unknown::new(
            List::Procurement,
            format!("{bought} 行采购：报告没有写明由哪个单位采购，留空待填"),
            format!("{bought} rows: the paper does not say which unit buys; left open"),
        ));
    }
    list
}

/// How far last year is known.
fn last_year(books: &Books, told: usize) -> Vec<Unknown> {
    let is_spent = |posting: &&Posting| posting.at.measure == Measure::Expenditure && posting.previous != Fen::new(0);
    let rows = books.postings.iter().filter(is_spent).count();
    let (zh, en) = match (rows, told) {
        (0, _) => ("报告没有写明上年预算", "the paper does not say last year's budget"),
        _ => (
            "上年预算只到报告写明或由增减额可算出的粗细",
            "last year's budget is known only as finely as it is printed or follows from changes",
        ),
    };
    vec![Unknown::new(
        List::Expenditure,
        format!("上年支出 {rows} 行：{zh}"),
        format!("expenditure of last year, {rows} rows: {en}"),
    )]
}

/// What no report prints at all, by list.
fn lists(books: &Books, guessed: &[&'static str]) -> Vec<Unknown> {
    let mut list = Vec::new();
    let mut say = |of, zh: &str, en: &str| list.push(Unknown::new(of, zh.to_string(), en.to_string()));
    if books.units.iter().any(|unit| unit.code.is_empty()) {
        say(List::Units, "报告没有写明单位编码", "the paper does not say the codes of the units");
    }
    if books.projects.iter().any(|project| project.number.is_empty()) {
        say(List::Projects, "报告没有写明项目编号", "the paper does not say the numbers of the projects");
    }
    if books.projects.is_empty() {
        say(List::Projects, "报告没有列出项目", "the paper lists no projects");
    }
    if books.counts.is_empty() {
        say(
            List::Counts,
            "报告没有写明编制、人员、车辆、设备",
            "the paper does not tell posts, staff, vehicles or equipment",
        );
    }
    if !guessed.is_empty() {
        let words = guessed.join("、");
        say(
            List::Counts,
            &format!("{words}：报告没有写明属于哪个单位，暂记在第一个单位"),
            &format!("{words}: the paper does not say of which unit; entered with the first"),
        );
    }
    say(List::Indicators, "报告没有逐条列出绩效指标", "the paper does not list goals that can be measured one by one");
    for text in books.texts.iter().filter(|text| text.text.is_empty()) {
        let key = &text.key;
        say(List::Texts, &format!("报告中没有找到 {key} 的文字"), &format!("no text for {key} was found in the paper"));
    }
    list
}
