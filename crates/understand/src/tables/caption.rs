//! The lines above a table: number, title, body, unit.

use crate::words::{Folded, compact};
use gouji_model::{Span, Unit};
use gouji_read::{Block, Document};

/// What stands above a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caption {
    pub number: Option<String>,
    pub title: Option<(String, Span)>,
    pub entity: Option<(String, Span)>,
    pub unit: Option<(Unit, Span)>,
}

/// The captions of all tables, and which paragraphs they took.
pub(crate) struct Captions {
    /// By block number: the caption of the table in that block.
    pub by_block: Vec<Option<Caption>>,
    /// By block number: the paragraph belongs to a caption.
    pub taken: Vec<bool>,
}

/// How many lines above a table are looked at.
const LINES_ABOVE: usize = 8;

impl Captions {
    /// Finds the captions of a document.
    pub(crate) fn find(document: &Document) -> Captions {
        let count = document.blocks.len();
        let mut captions = Captions { by_block: vec![None; count], taken: vec![false; count] };
        for at in 0..count {
            if matches!(document.blocks[at], Block::Table(_)) {
                captions.by_block[at] = Some(captions.read_above(document, at));
            }
        }
        captions
    }

    fn read_above(&mut self, document: &Document, table: usize) -> Caption {
        let mut caption = Caption::default();
        let mut tail: Option<(usize, String)> = None;
        for at in (table.saturating_sub(LINES_ABOVE)..table).rev() {
            let Block::Paragraph(span) = document.blocks[at] else { break };
            let line = Line { text: compact(document.slice(span)), span, document };
            // The rest of a name that did not fit on its line: 部门:某某委员会办 / 公厅.
            let short = line.text.chars().count() <= 6 && !line.text.contains(['表', ':', '一']);
            if short && tail.is_none() && caption.title.is_none() && caption.number.is_none() {
                tail = Some((at, line.text.clone()));
                continue;
            }
            if self.taken[at] || !line.read_into(&mut caption) {
                break;
            }
            self.taken[at] = true;
            if let (Some((name, _)), Some((below, rest))) = (&mut caption.entity, &tail)
                && line.entity().is_some()
            {
                name.push_str(rest);
                self.taken[*below] = true;
                tail = None;
            }
        }
        caption
    }
}

/// One line above a table.
struct Line<'a> {
    text: String,
    span: Span,
    document: &'a Document,
}

impl Line<'_> {
    /// Takes what the line says; false when it is no part of a caption.
    fn read_into(&self, caption: &mut Caption) -> bool {
        let done = caption.number.is_some() && caption.title.is_some();
        if done || self.text.chars().count() > 60 || self.text.ends_with(['。', ';', ':']) {
            return false;
        }
        let unit = self.unit();
        let entity = self.entity();
        // 表三:部门支出总表 单位:万元: the unit at the end of the line of the title.
        let end = match (&unit, &entity) {
            (Some(_), None) => self.text.find("金额单位").or(self.text.find("单位")).unwrap_or(0),
            (_, Some(_)) => 0,
            _ => self.text.len(),
        };
        caption.unit = caption.unit.or(unit);
        caption.entity = caption.entity.take().or(entity);
        let words = self.text[..end].trim_end_matches(['(', ':', ',']);
        if words.is_empty() {
            return true;
        }
        // Above a number stands at most the title: 支出决算表, then 公开03表.
        if caption.number.is_some() && !words.ends_with('表') && !words.ends_with(')') {
            return false;
        }
        let (number, title) = split_number(words);
        if caption.title.is_some() && number.is_none() {
            return false;
        }
        if !title.is_empty() {
            if caption.title.is_some() {
                return false;
            }
            let start = words.len() - title.len();
            caption.title = Some((title.to_string(), self.part(start..words.len())));
        }
        caption.number = caption.number.take().or(number.map(str::to_string));
        true
    }

    /// 单位：万元
    fn unit(&self) -> Option<(Unit, Span)> {
        let marks = ["单位:", "单位:人民币", "金额单位:"];
        let words =
            [("亿元", Unit::HundredMillion), ("万元", Unit::TenThousand), ("千元", Unit::Thousand), ("元", Unit::Yuan)];
        for (at, _) in self.text.match_indices("单位") {
            for mark in marks {
                let Some(rest) = self.text[at..].strip_prefix(mark).or_else(|| self.text[at..].strip_prefix("单位"))
                else {
                    continue;
                };
                let rest = rest.trim_start_matches("人民币");
                if let Some((word, unit)) = words.iter().find(|(word, _)| rest.starts_with(word)) {
                    let start = self.text.len() - rest.len();
                    return Some((*unit, self.part(start..start + word.len())));
                }
            }
        }
        None
    }

    /// 部门：某某局
    fn entity(&self) -> Option<(String, Span)> {
        let leads = [
            "部门:",
            "部门名称:",
            "编制部门:",
            "编制单位:",
            "填报单位:",
            "预算部门:",
            "预算单位:",
            "单位名称:",
            "公开部门:",
            "单位:",
        ];
        let lead = leads.iter().find(|lead| self.text.starts_with(**lead))?;
        let rest = &self.text[lead.len()..];
        let name = rest.split("单位:").next().unwrap_or(rest).trim_end_matches("金额");
        let is_unit = ["万元", "元", "千元", "亿元", "人民币万元"].contains(&name);
        (!name.is_empty() && !is_unit).then(|| (name.to_string(), self.part(lead.len()..lead.len() + name.len())))
    }

    /// The place of a range of the compact text.
    fn part(&self, range: std::ops::Range<usize>) -> Span {
        let source = self.document.slice(self.span);
        Folded::new(source, self.span.start).span(self.span.file, range, source, self.span.start)
    }
}

/// `表三部门支出总表`, `表三:…`, `公开03表`, `附表1`: the number and the rest.
pub(crate) fn split_number(compacted: &str) -> (Option<&str>, &str) {
    let lead = ["附表", "附件", "公开", "表"].into_iter().find(|lead| compacted.starts_with(lead));
    let Some(lead) = lead else { return (None, compacted) };
    let rest = &compacted[lead.len()..];
    let length: usize = rest
        .chars()
        .take_while(|c| c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(*c))
        .map(char::len_utf8)
        .sum();
    // 表五一般公共预算…, 表七三公经费…: the last numeral belongs to the title.
    let beyond = &rest[length..];
    let borrowed = length >= 6
        && (rest[..length].ends_with('一') && beyond.starts_with('般')
            || rest[..length].ends_with('三') && beyond.starts_with('公'));
    let length = if borrowed { length - 3 } else { length };
    if length == 0 {
        return (None, compacted);
    }
    let mut end = lead.len() + length;
    if compacted[end..].starts_with('表') {
        end += '表'.len_utf8();
    }
    let title = compacted[end..].trim_start_matches([':', '、', '.']);
    (Some(&compacted[..end]), title)
}
