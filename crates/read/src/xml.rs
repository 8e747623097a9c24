//! XML to a tree of elements, within limits; entities of one's own are never expanded.

use crate::Limits;
use crate::issue::IssueKind;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// An element. Names are without their prefix: the prefixes differ from program to program.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub name: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
    pub children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(Box<str>),
}

impl Element {
    /// The value of an attribute, by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| &**key == name).map(|(_, value)| &**value)
    }

    /// An attribute that is a number.
    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// The elements directly within.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of one name directly within.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| &*element.name == name)
    }

    /// The first element of a name directly within.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| &*element.name == name)
    }

    /// The text directly within.
    pub(crate) fn text(&self) -> String {
        self.children
            .iter()
            .filter_map(|node| match node {
                Node::Text(text) => Some(&**text),
                Node::Element(_) => None,
            })
            .collect()
    }

    /// `<w:b/>`, `<w:b w:val="0"/>`: an element that switches something on or off.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        let value = |element: &Element| element.attribute("val").is_none_or(|v| !matches!(v, "0" | "false" | "off"));
        self.child(name).is_some_and(value)
    }
}

/// The root element as far as it could be read, and what was the matter with the rest.
pub(crate) fn parse(bytes: Vec<u8>, part: &str, limits: &Limits) -> (Element, Vec<IssueKind>) {
    let Some(text) = decode(bytes) else {
        return (Element::default(), vec![IssueKind::PartDamaged { part: part.to_string() }]);
    };
    let mut builder = Builder { open: Vec::new(), root: None, nodes: 0, limits: *limits, issues: Vec::new() };
    let mut reader = Reader::from_str(&text);
    reader.config_mut().allow_dangling_amp = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => {
                if !builder.open.is_empty() || builder.root.is_none() {
                    builder.issues.push(IssueKind::BrokenPart { part: part.to_string() });
                }
                break;
            }
            Ok(event) => {
                if let Err(kind) = builder.take(event) {
                    builder.issues.push(kind);
                    break;
                }
            }
            Err(_) => {
                builder.issues.push(IssueKind::BrokenPart { part: part.to_string() });
                break;
            }
        }
    }
    while builder.close() {}
    (builder.root.unwrap_or_default(), builder.issues)
}

/// The text of a member: UTF-8, UTF-16 by its mark, or what the declaration says.
fn decode(bytes: Vec<u8>) -> Option<String> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(&bytes) {
        let (text, _, bad) = encoding.decode(&bytes);
        return (!bad).then(|| text.into_owned());
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declared = head.split_once("encoding=").and_then(|(_, rest)| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        encoding_rs::Encoding::for_label(rest[1..].split(quote).next()?.as_bytes())
    });
    match declared.filter(|encoding| !encoding.is_single_byte() && *encoding != encoding_rs::UTF_8) {
        // A declaration that can be read as bytes is not of UTF-16.
        Some(encoding) if encoding != encoding_rs::UTF_16LE && encoding != encoding_rs::UTF_16BE => {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes).map(|text| text.into_owned())
        }
        _ => String::from_utf8(bytes).ok(),
    }
}

struct Builder {
    open: Vec<Element>,
    root: Option<Element>,
    nodes: usize,
    limits: Limits,
    issues: Vec<IssueKind>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) -> Result<(), IssueKind> {
        match event {
            Event::Start(start) => self.begin(&start)?,
            Event::Empty(start) => {
                self.begin(&start)?;
                self.close();
            }
            Event::End(_) => {
                self.close();
            }
            Event::Text(text) => self.add_text(&text)?,
            Event::CData(text) => self.add_text(&text)?,
            Event::GeneralRef(reference) => self.add_reference(&reference)?,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn begin(&mut self, start: &BytesStart<'_>) -> Result<(), IssueKind> {
        if self.open.len() >= self.limits.depth {
            return Err(IssueKind::TooDeep { limit: self.limits.depth });
        }
        self.count()?;
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false).flatten() {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or(attribute.value.clone());
            attributes.push((local(attribute.key.as_ref()).into(), value.as_ref().into()));
        }
        self.open.push(Element { name: local(start.name().as_ref()).into(), attributes, children: Vec::new() });
        Ok(())
    }

    fn count(&mut self) -> Result<(), IssueKind> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(IssueKind::TooManyNodes { limit: self.limits.nodes });
        }
        Ok(())
    }

    fn add_text(&mut self, text: &str) -> Result<(), IssueKind> {
        self.count()?;
        if let Some(element) = self.open.last_mut() {
            element.children.push(Node::Text(text.into()));
        }
        Ok(())
    }

    fn add_reference(&mut self, reference: &BytesRef<'_>) -> Result<(), IssueKind> {
        let known = [("lt", "<"), ("gt", ">"), ("amp", "&"), ("apos", "'"), ("quot", "\"")];
        if let Some((_, text)) = known.iter().find(|(name, _)| *name == &**reference) {
            return self.add_text(text);
        }
        match reference.resolve_char_ref() {
            Ok(Some(character)) => self.add_text(character.encode_utf8(&mut [0; 4])),
            _ => {
                let kind = IssueKind::UnknownEntity { name: reference.chars().take(40).collect() };
                if !self.issues.contains(&kind) && self.issues.len() < 10 {
                    self.issues.push(kind);
                }
                Ok(())
            }
        }
    }

    /// Ends the innermost element; false when none is open.
    fn close(&mut self) -> bool {
        let Some(element) = self.open.pop() else { return false };
        match self.open.last_mut() {
            Some(outer) => outer.children.push(Node::Element(element)),
            None => {
                self.root.get_or_insert(element);
            }
        }
        true
    }
}

/// The name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Element, Vec<IssueKind>) {
        parse(text.as_bytes().to_vec(), "a.xml", &Limits::default())
    }

    #[test]
    fn names_lose_their_prefix_and_references_are_resolved() {
        let (root, issues) = read("<w:a w:val='1 &amp; 2'>x&lt;&#20013;<![CDATA[<y>]]></w:a>");
        assert_eq!((&*root.name, root.attribute("val")), ("a", Some("1 & 2")));
        assert_eq!(root.text(), "x<中<y>");
        assert!(issues.is_empty());
    }

    #[test]
    fn entities_of_the_document_are_not_expanded() {
        let (root, issues) = read("<!DOCTYPE a [<!ENTITY b 'bbbb'>]><a>1&b;2</a>");
        assert_eq!(root.text(), "12");
        assert_eq!(issues, [IssueKind::UnknownEntity { name: "b".into() }]);
    }

    #[test]
    fn what_was_read_before_a_break_is_kept() {
        let (root, issues) = read("<a><b>1</b><c>2");
        assert_eq!(root.child("b").map(Element::text).as_deref(), Some("1"));
        assert_eq!(issues, [IssueKind::BrokenPart { part: "a.xml".into() }]);
    }

    #[test]
    fn depth_is_bounded() {
        let (_, issues) = read(&"<a>".repeat(100_000));
        assert_eq!(issues, [IssueKind::TooDeep { limit: Limits::default().depth }]);
    }
}
