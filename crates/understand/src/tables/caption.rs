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
        for at in (table.saturating_sub(LINES_ABOVE)..table).rev() {
            let Block::Paragraph(span) = document.blocks[at] else { break };
            let line = Line { text: compact(document.slice(span)), span, document };
            if self.taken[at] || !line.read_into(&mut caption) {
                break;
            }
            self.taken[at] = true;
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
        if caption.number.is_some() || self.text.chars().count() > 60 || self.text.ends_with(['。', ';', ':']) {
            return false;
        }
        let unit = self.unit();
        let entity = self.entity();
        if unit.is_some() || entity.is_some() {
            caption.unit = caption.unit.or(unit);
            caption.entity = caption.entity.take().or(entity);
            return true;
        }
        let (number, title) = split_number(&self.text);
        if caption.title.is_some() && number.is_none() {
            return false;
        }
        if !title.is_empty() {
            if caption.title.is_some() {
                return false;
            }
            let start = self.text.len() - title.len();
            caption.title = Some((title.to_string(), self.part(start..self.text.len())));
        }
        caption.number = number.map(str::to_string);
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
