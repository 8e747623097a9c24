//! The whole way from a document to its statement.

use crate::forms::{Form, Forms};
use crate::prose::understand_prose;
use crate::statement::{Statement, Subject, TableView};
use crate::structure::{Structure, is_contents};
use crate::tables::{Captions, understand_table};
use crate::words::{compact, find_year};
use gouji_model::{FileId, Phase, Unit};
use gouji_read::{Block, Document};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Understands a document by the lexicon and the forms.
pub fn understand(document: &Document, forms: &Forms) -> Statement {
    let mut captions = Captions::find(document);
    let structure = Structure::find(document, &captions);
    let mut statement = Statement { subject: find_subject(&structure, document), ..Statement::default() };
    statement.relations = forms.relations.clone();
    for (at, block) in document.blocks.iter().enumerate() {
        if let Block::Table(table) = block
            && !is_contents(document, table)
        {
            let caption = captions.by_block[at].take().unwrap_or_default();
            understand_table(&mut statement, document, forms, table, caption);
        }
    }
    let above_tables = statement.tables.iter().filter_map(|table| Some(table.entity.as_ref()?.0.clone()));
    statement.own_names = statement.subject.entity.iter().cloned().chain(above_tables).collect();
    statement.own_names.sort();
    statement.own_names.dedup();
    complete_subject(&mut statement, forms);
    understand_prose(&mut statement, document, forms, &structure);
    statement.headings = structure.headings;
    statement.contents = structure.contents;
    statement.table_list = structure.table_list;
    for entry in statement.contents.iter_mut().chain(&mut statement.table_list) {
        entry.table = forms.lexicon.table(&entry.bare).map(|(kind, _)| kind);
    }
    (statement.table_list_heading, statement.table_list_heading_text) = structure.table_list_heading.unzip();
    statement
}

/// Understands a report and last year's, whose files are those from `first` on: each by itself.
pub fn understand_with_prior(document: &mut Document, first: FileId, forms: &Forms) -> Statement {
    let is_own = |block: &Block| file_of(block) < first;
    let later = document.blocks.split_off(document.blocks.partition_point(is_own));
    let files = document.files.split_off(usize::from(first).min(document.files.len()));
    let mut statement = understand(document, forms);
    // The other report is read with the files of this one in their places, empty: places keep their files.
    let own = std::mem::replace(&mut document.blocks, later);
    let texts: Vec<String> = document.files.iter_mut().map(|file| std::mem::take(&mut file.text)).collect();
    document.files.extend(files);
    statement.prior = Some(Arc::new(understand(document, forms)));
    document.files.iter_mut().zip(texts).for_each(|(file, text)| file.text = text);
    let later = std::mem::replace(&mut document.blocks, own);
    document.blocks.extend(later);
    statement
}

/// The file that a block stands in.
fn file_of(block: &Block) -> FileId {
    let span = match block {
        Block::Paragraph(span) => Some(*span),
        Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).next().copied(),
    };
    span.map_or(0, |span| span.file)
}

/// Year and phase, from the lines before the first heading, else from the whole report.
fn find_subject(structure: &Structure, document: &Document) -> Subject {
    let of_title = structure.title_lines.iter().filter(|line| line.contains("预算") || line.contains("决算"));
    let titled = of_title.clone().find_map(|line| find_year(line));
    let phase = match of_title.clone().next() {
        Some(line) if line.contains("决算") => Phase::Final,
        _ => Phase::Budget,
    };
    let lines = &structure.title_lines;
    let above = lines.iter().zip(lines.iter().skip(1)).find(|(_, line)| line.contains("预算") || line.contains("决算"));
    let body_above = above.map(|(line, _)| line).filter(|line| {
        ["局", "委", "厅", "办", "会", "办事处", "中心", "政府", "院"].iter().any(|end| line.ends_with(end))
    });
    let entity = of_title.clone().find_map(|line| body_of_title(line)).or(body_above.cloned());
    Subject { year: titled.or_else(|| commonest_year(document)), phase, entity, ..Subject::default() }
}

/// `2024年某市某局部门预算`, `某市某局2024年度部门决算`: the body's name.
fn body_of_title(line: &str) -> Option<String> {
    let named = match line.find('年').filter(|end| *end <= 4) {
        Some(end) => &line[end + '年'.len_utf8()..],
        None => line,
    };
    let ends = named.find(|c: char| c.is_ascii_digit()).into_iter();
    let words = ["部门预算", "部门决算", "单位预算", "单位决算", "预算", "决算"];
    let end = ends.chain(words.iter().filter_map(|word| named.find(word))).min()?;
    let name = named[..end].trim_start_matches('度');
    (name.chars().count() >= 3).then(|| name.to_string())
}

/// The latest of the years that are named most.
fn commonest_year(document: &Document) -> Option<i16> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for file in &document.files {
        for (at, _) in file.text.match_indices('年').take(2_000) {
            let before: Vec<char> = file.text[..at].chars().rev().take(6).collect();
            let written: String = before.into_iter().rev().chain(['年']).collect();
            if let Some(year) = find_year(&compact(&written)) {
                *counts.entry(year).or_default() += 1;
            }
        }
    }
    counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

/// Body and unit that most tables state, and the form whose titles fit.
fn complete_subject(statement: &mut Statement, forms: &Forms) {
    let entities = statement.tables.iter().filter_map(|table| table.entity.as_ref()).map(|(name, _)| name.clone());
    statement.subject.entity = commonest(entities).or(statement.subject.entity.take());
    let units = statement.tables.iter().filter_map(|table| table.unit).map(|(unit, _)| unit);
    statement.subject.unit = commonest::<Unit>(units);
    let form = forms.forms.iter().find(|form| fits(form, statement));
    if let Some(form) = form {
        statement.subject.form = Some(form.id.clone());
        statement.form_tables = form.tables.clone();
        statement.declared = form.declares.clone();
        // What a form declares takes the place of the common row on trial.
        let declared = |key: &str| form.relations.iter().any(|own| own.key == key);
        statement.relations.retain(|common| !declared(&common.key));
        statement.relations.extend(form.relations.iter().cloned());
    }
}

fn commonest<T: Ord + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(value, _)| value)
}

/// A form fits when the year is one of its years and most of its titles occur in their order.
fn fits(form: &Form, statement: &Statement) -> bool {
    let year_fits = statement.subject.year.is_some_and(|year| (form.years.0..=form.years.1).contains(&year));
    if !year_fits {
        return false;
    }
    let titled = |table: &TableView| Some(core(&table.title.as_ref()?.0));
    let printed: Vec<String> = statement.tables.iter().filter_map(titled).collect();
    let wanted: Vec<String> = form.tables.iter().map(|(_, _, title)| core(title)).collect();
    in_order(&wanted, &printed) * 10 >= wanted.len() * 7
}

/// A title without what bodies change: year, 部门 or 单位, what stands in brackets, marks.
fn core(title: &str) -> String {
    let mut core = String::new();
    let mut depth = 0;
    for letter in title.chars() {
        match letter {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ if depth <= 0 => core.push(letter),
            _ => {}
        }
    }
    for word in ["年度", "年", "部门", "单位"] {
        core = core.replace(word, "");
    }
    core.retain(|c| c.is_alphanumeric() && !c.is_ascii_digit());
    core
}

/// How many members of `wanted` stand in `printed` in the same order: the longest common subsequence.
fn in_order<T: PartialEq>(wanted: &[T], printed: &[T]) -> usize {
    let mut best = vec![0; printed.len() + 1];
    for one in wanted {
        let mut diagonal = 0;
        for (index, other) in printed.iter().enumerate() {
            let above = best[index + 1];
            best[index + 1] = if one == other { diagonal + 1 } else { above.max(best[index]) };
            diagonal = above;
        }
    }
    best[printed.len()]
}
