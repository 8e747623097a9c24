//! What does not look right in books that could be made: none of it stops them.

use crate::fault::Fault;
use crate::schema::{self, Field, word_where};
use gouji_model::books::{Books, Count, List, Origin, Posting, Project, ProjectStanding, Which};
use gouji_model::{Book, Fen, Measure, Stream};

/// Every doubt about the books.
pub(crate) fn doubts(books: &Books) -> Vec<Fault> {
    let mut doubts = Vec::new();
    doubts.extend(books.counts.iter().filter_map(|count| beyond_posts(books, count)));
    doubts.extend(three_public(books));
    doubts.extend(procurement(books));
    doubts.extend(books.projects.iter().flat_map(blanks));
    doubts.extend(books.projects.iter().filter_map(|project| without_amount(books, project)));
    doubts.extend(books.postings.iter().flat_map(negative));
    doubts
}

fn beyond_posts(books: &Books, staff: &Count) -> Option<Fault> {
    if staff.at.measure != Measure::Staff {
        return None;
    }
    let mut at = staff.at.clone();
    at.measure = Measure::Posts;
    let (posts, number, unit) = (books.count(&at), staff.number, &staff.at.unit);
    (number > posts).then(|| {
        Fault::warning(
            staff.origin,
            Some(Field::Number),
            format!("“{unit}”在编 {number} 人，多于编制 {posts} 人；请核对"),
            format!("{unit} has {number} on its staff but {posts} posts; see which is right"),
        )
    })
}

/// The economic codes whose general money is a public expense.
pub(crate) const PUBLIC_CODES: [(&str, &str); 4] =
    [("30212", "overseas"), ("30217", "reception"), ("31013", "vehicles.buy"), ("30231", "vehicles.run")];

fn three_public(books: &Books) -> Vec<Fault> {
    let mut doubts = Vec::new();
    for which in [Which::Now, Which::Before] {
        if which == Which::Before && !knows_last_year(books) {
            continue;
        }
        for (code, item) in PUBLIC_CODES {
            let spent = sum(books, which, |posting| {
                is_spent(posting) && posting.at.book == Book::General && posting.at.economic.as_str() == code
            });
            let is_line =
                |posting: &Posting| posting.at.measure == Measure::ThreePublic && posting.at.item.as_str() == item;
            let told = sum(books, which, is_line);
            if spent == told {
                continue;
            }
            let line = books.postings.iter().find(|posting| is_line(posting)).map(|posting| posting.origin);
            let word = word_where(schema::EXPENSES, |known| *known == item);
            let (spent, told) = (yuan(spent), yuan(told));
            doubts.push(Fault::warning(
                line.unwrap_or(Origin { list: List::ThreePublic, row: 0 }),
                Some(if which == Which::Now { Field::Now } else { Field::Before }),
                format!("{word}为 {told} 元，支出表 {code} 的一般公共预算合计 {spent} 元；两者应相等"),
                format!("{word} is {told} yuan, but {code} of general money adds up to {spent}; they should agree"),
            ));
        }
    }
    doubts
}

/// Who does not keep last year's expenditure by full economic codes has nothing to compare.
fn knows_last_year(books: &Books) -> bool {
    let is_kept = |posting: &Posting| is_spent(posting) && posting.previous != Fen::default();
    let mut kept = books.postings.iter().filter(|posting| is_kept(posting)).peekable();
    kept.peek().is_some() && kept.all(|posting| posting.at.economic.len() >= 5)
}

fn is_spent(posting: &Posting) -> bool {
    posting.at.measure == Measure::Expenditure && posting.at.stream == Stream::Year
}

fn sum(books: &Books, which: Which, wanted: impl Fn(&Posting) -> bool) -> i128 {
    let wanted = books.postings.iter().filter(|posting| wanted(posting));
    wanted.map(|posting| i128::from(posting.of(which).fen())).sum()
}

/// Yuan with two decimals.
fn yuan(fen: i128) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}

/// What is bought in procurement is spent on goods, services and equipment.
fn procurement(books: &Books) -> Option<Fault> {
    let bought = sum(books, Which::Now, |posting| posting.at.measure == Measure::Procurement);
    let spent = sum(books, Which::Now, |posting| {
        is_spent(posting) && ["302", "309", "310"].iter().any(|class| posting.at.economic.as_str().starts_with(class))
    });
    (bought > spent).then(|| {
        let (bought, spent) = (yuan(bought), yuan(spent));
        Fault::warning(
            Origin { list: List::Procurement, row: 0 },
            None,
            format!("政府采购合计 {bought} 元，多于支出 302、309、310 合计 {spent} 元；请核对"),
            format!("procurement adds up to {bought} yuan, more than {spent} of 302, 309 and 310; see which is right"),
        )
    })
}

/// Texts that a printed table would show as blank.
fn blanks(project: &Project) -> Vec<Fault> {
    let is_key = project.standing == ProjectStanding::Key;
    let is_managed = is_key || project.standing == ProjectStanding::Managed;
    let wanted = [
        (is_managed, &project.goal, Field::Goal),
        (is_key, &project.benefit, Field::Benefit),
        (is_key, &project.measure, Field::Quantified),
    ];
    let blank = wanted.into_iter().filter(|(is_wanted, text, _)| *is_wanted && text.is_empty());
    blank
        .map(|(_, _, field)| {
            let (name, head) = (&project.name, schema::schema(List::Projects).head(field));
            Fault::warning(
                project.origin,
                Some(field),
                format!("项目“{name}”的“{head}”空白；列入该表的项目应填写"),
                format!("{head} of {name} is blank; the table it stands in prints it"),
            )
        })
        .collect()
}

fn without_amount(books: &Books, project: &Project) -> Option<Fault> {
    let is_of_project = |posting: &&Posting| posting.at.unit == project.unit && posting.at.project == project.name;
    let has_amount = |posting: &Posting| posting.amount.fen() != 0 || posting.previous.fen() != 0;
    let name = &project.name;
    (!books.postings.iter().filter(is_of_project).any(has_amount)).then(|| {
        Fault::warning(
            project.origin,
            Some(Field::Project),
            format!("项目“{name}”在支出表中没有金额；请补上支出，或删去项目"),
            format!("{name} has no amount among the expenditure; add it, or remove the project"),
        )
    })
}

/// A budget below nothing is nearly always a slip.
fn negative(posting: &Posting) -> Vec<Fault> {
    let amounts = [(posting.amount, Field::Now), (posting.previous, Field::Before)];
    let negative = amounts.into_iter().filter(|(amount, _)| amount.fen() < 0);
    negative
        .map(|(amount, field)| {
            Fault::warning(
                posting.origin,
                Some(field),
                format!("金额 {amount} 为负数；预算数一般不小于 0，请核对"),
                format!("the amount {amount} is negative; budgets rarely are, see that it is right"),
            )
        })
        .collect()
}
