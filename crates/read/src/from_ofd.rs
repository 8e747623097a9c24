//! OFD (GB/T 33190): each page is drawn onto a [`Sheet`], and the sheets are laid out as
//! those of a PDF are.

mod measure;
mod page;

use crate::Limits;
use crate::document::{Area, Document};
use crate::issue::{Issue, IssueKind};
use crate::layout::lay_out;
use crate::package::{Package, folder_of, resolve};
use crate::sheet::{Letter, Sheet};
use crate::xml::{Element, parse};
use gouji_model::FileId;
use measure::{hundredths, numbers};
use page::Drawing;
use std::collections::BTreeMap;

/// The member that names the documents of the package.
pub(crate) const ROOT: &str = "ofd.xml";

/// Adds an OFD file to the document.
pub(crate) fn read_ofd(document: &mut Document, path: String, package: Package, limits: &Limits) {
    let mut reader = Reader {
        package,
        limits,
        file: document.next_file(),
        issues: Vec::new(),
        sheets: Vec::new(),
        letters: 0,
        templates: BTreeMap::new(),
    };
    if let Some(root) = reader.part(ROOT) {
        let bodies: Vec<String> = root.all("DocBody").filter_map(|body| Some(body.child("DocRoot")?.text())).collect();
        if bodies.is_empty() {
            reader.report(None, IssueKind::Damaged);
        }
        bodies.iter().for_each(|name| reader.read_document(&resolve("", name.trim())));
    }
    let Reader { mut issues, sheets, .. } = reader;
    if sheets.is_empty() && issues.is_empty() {
        issues.push(Issue { file: document.next_file(), line: None, page: None, kind: IssueKind::Empty });
    }
    let source = lay_out(document, path, sheets, limits, &mut issues);
    document.files.push(source);
    document.issues.append(&mut issues);
}

struct Reader<'l> {
    package: Package,
    limits: &'l Limits,
    file: FileId,
    issues: Vec<Issue>,
    sheets: Vec<Sheet>,
    letters: usize,
    /// By member: what a template draws, so that each is read once.
    templates: BTreeMap<String, (Vec<Letter>, Vec<Area>)>,
}

impl Reader<'_> {
    fn report(&mut self, page: Option<u32>, kind: IssueKind) {
        let issue = Issue { file: self.file, line: None, page, kind };
        if !self.issues.contains(&issue) {
            self.issues.push(issue);
        }
    }

    fn part(&mut self, name: &str) -> Option<Element> {
        let page = (!self.sheets.is_empty()).then_some(self.sheets.len() as u32 + 1);
        let (root, issues) = match self.package.bytes(name) {
            Some(Ok(bytes)) => parse(bytes, name, self.limits),
            Some(Err(kind)) => (Element::default(), vec![kind]),
            None => (Element::default(), vec![IssueKind::PartDamaged { part: name.to_string() }]),
        };
        issues.into_iter().for_each(|kind| self.report(page, kind));
        (!root.name.is_empty()).then_some(root)
    }

    fn read_document(&mut self, name: &str) {
        let Some(root) = self.part(name) else { return };
        let folder = folder_of(name);
        let common = root.child("CommonData");
        let size = common.and_then(|common| common.child("PageArea")).and_then(page_box);
        let templates: BTreeMap<&str, String> = common
            .into_iter()
            .flat_map(|common| common.all("TemplatePage"))
            .filter_map(|template| Some((template.attribute("ID")?, resolve(folder, template.attribute("BaseLoc")?))))
            .collect();
        for page in root.child("Pages").into_iter().flat_map(|pages| pages.all("Page")) {
            let number = self.sheets.len() as u32 + 1;
            if self.sheets.len() >= self.limits.pages {
                return self.report(Some(number), IssueKind::TooManyPages { limit: self.limits.pages });
            }
            if self.letters > self.limits.letters {
                return self.report(Some(number), IssueKind::TooManyCharacters { limit: self.limits.letters });
            }
            let root = page.attribute("BaseLoc").map(|at| resolve(folder, at)).and_then(|name| self.part(&name));
            self.read_page(number, &root.unwrap_or_default(), size, &templates);
        }
    }

    fn read_page(&mut self, number: u32, root: &Element, size: Option<[i64; 4]>, templates: &BTreeMap<&str, String>) {
        let own = root.child("Area").and_then(page_box).or(size);
        let [left, top, width, height] = own.unwrap_or(A4);
        let (width, height) = (hundredths(width), hundredths(height));
        let mut drawing = Drawing::new((left, top), (width, height), self.limits.page_marks);
        for template in root.all("Template") {
            let name = template.attribute("TemplateID").and_then(|id| templates.get(id));
            if let Some(name) = name.cloned() {
                let (letters, rulings) = self.template(&name, (left, top), (width, height));
                drawing.put(&letters, &rulings);
            }
        }
        if let Some(content) = root.child("Content") {
            drawing.draw(content);
        }
        drawing.kinds().into_iter().for_each(|kind| self.report(Some(number), kind));
        self.letters += drawing.letters.len();
        let turns = drawing.turns();
        let (letters, rulings) = drawing.finish();
        self.sheets.push(Sheet { number, width, height, letters, rulings, turns });
    }

    /// What a template draws; templates of templates are not looked for.
    fn template(&mut self, name: &str, corner: (i64, i64), size: (i32, i32)) -> (Vec<Letter>, Vec<Area>) {
        if let Some(known) = self.templates.get(name) {
            return known.clone();
        }
        let mut drawing = Drawing::new(corner, size, self.limits.page_marks);
        let root = self.part(name);
        if let Some(content) = root.as_ref().and_then(|root| root.child("Content")) {
            drawing.draw(content);
        }
        let drawn = drawing.finish();
        self.templates.insert(name.to_string(), drawn.clone());
        drawn
    }
}

/// The box of a page that names none, in thousandths of a millimetre.
const A4: [i64; 4] = [0, 0, 210_000, 297_000];

/// `0 0 210 297`, in thousandths of a millimetre; a page of no size or beyond 10 metres is none.
fn page_box(area: &Element) -> Option<[i64; 4]> {
    let text = area.child("PhysicalBox")?.text();
    let found: [i64; 4] = numbers(&text).try_into().ok()?;
    (found[2] > 0 && found[3] > 0 && found.iter().all(|side| side.abs() <= 10_000_000)).then_some(found)
}

#[cfg(test)]
mod tests;
