//! HTML: paragraphs and tables of a page, as a browser shows them.
//!
//! The tokens of the page are read one after the other; no tree is built. So the work grows
//! with the page and nothing else, however its elements are nested or left open.

mod page;

use crate::Limits;
use crate::compose::{Composer, refuse};
use crate::document::Document;
use crate::issue::IssueKind;
use crate::nested::lay_out;
use encoding_rs::{Encoding, GB18030, GBK, UTF_8};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use page::Page;
use std::cell::RefCell;

/// Attributes of one element: the library compares each with all before it.
const ATTRIBUTES: usize = 2_000;

/// Adds an HTML file to the document.
pub(crate) fn read_html(document: &mut Document, path: String, bytes: Vec<u8>, limits: &Limits) {
    let mut composer = Composer::new(document.next_file(), limits);
    let (mut text, replaced) = decode(&bytes);
    drop(bytes);
    if replaced > 0 {
        composer.report(IssueKind::UnknownCharacters { count: replaced });
    }
    if let Some(cut) = too_many_attributes(&text) {
        composer.report(IssueKind::TooManyNodes { limit: ATTRIBUTES });
        text.truncate(cut);
    }
    let sink = Sink(RefCell::new(Page::new(limits)));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    // A page cannot bring a program to run: the tokenizer never waits.
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let page = tokenizer.sink.0.into_inner();
    let (flows, issues, pictures) = page.finish();
    lay_out(&mut composer, flows);
    issues.into_iter().for_each(|kind| composer.report(kind));
    if composer.is_empty() && pictures > 0 {
        return refuse(document, path, IssueKind::ImagesOnly { count: pictures });
    }
    composer.finish(document, path);
}

/// Hands the tokens on to the page.
struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => page.add_text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let value = |name: &str| {
                    let found = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
                    found.map(|attribute| attribute.value.to_string())
                };
                page.begin(&tag.name, tag.self_closing, value);
                match &*tag.name {
                    "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                        return TokenSinkResult::RawData(RawKind::Rawtext);
                    }
                    "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => {}
                }
            }
            Token::TagToken(tag) => page.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The text of the page, and how many bytes fit its encoding nowhere.
fn decode(bytes: &[u8]) -> (String, usize) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return counted(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_string(), 0);
    }
    // A declaration of UTF-8 that is not true says nothing; GB 2312 stands for what holds it.
    let declared = declared_encoding(bytes).filter(|encoding| *encoding != UTF_8);
    match declared {
        Some(encoding) if encoding != GBK => counted(encoding, bytes),
        _ => counted(GB18030, bytes),
    }
}

fn counted(encoding: &'static Encoding, bytes: &[u8]) -> (String, usize) {
    let (text, _, _) = encoding.decode(bytes);
    let count = text.matches('\u{fffd}').count();
    (text.into_owned(), count)
}

/// `<meta charset="gb2312">`, `<meta … content="text/html; charset=gbk">`, `<?xml encoding="…"?>`
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4_096)]).to_lowercase();
    let at = head.find("charset=").map(|at| at + 8).or(head.find("encoding=").map(|at| at + 9))?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// Where a tag with too many attributes begins.
fn too_many_attributes(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut start, mut count, mut quote, mut after_sign) = (None, 0, None, false);
    for (at, byte) in bytes.iter().enumerate() {
        let Some(begun) = start else {
            if *byte == b'<' && bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/') {
                (start, count, quote, after_sign) = (Some(at), 0, None, false);
            }
            continue;
        };
        match (quote, byte) {
            (Some(open), byte) => {
                if open == *byte {
                    quote = None;
                    count += 1;
                }
            }
            (None, b'>') => start = None,
            (None, b'=') => after_sign = true,
            (None, b'"' | b'\'') if after_sign => {
                quote = Some(*byte);
                after_sign = false;
            }
            (None, byte) if byte.is_ascii_whitespace() || *byte == b'/' => count += 1,
            (None, _) => after_sign = false,
        }
        if count > ATTRIBUTES {
            return Some(begun);
        }
    }
    None
}

#[cfg(test)]
mod tests;
