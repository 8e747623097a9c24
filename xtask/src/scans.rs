//! `cargo xtask scans [FILES]`: each PDF as a PDF of page pictures, as a scanner makes it.
//!
//! Nothing may be read from it in silence: one issue a page, no finding, exit code 2.

use crate::binary::{self, Scratch};
use crate::corpus;
use crate::poppler::{self, Picture};
use anyhow::{bail, ensure};
use gouji_read::{IssueKind, Limits};

/// Prints what each PDF of pictures came to; fails where a page is passed over.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    if let Some(flag) = args.iter().find(|arg| arg.starts_with('-')) {
        bail!("no flag `{flag}`; name the PDFs, or none for the whole corpus");
    }
    let (folder, groups) = corpus::asked(args)?;
    let (gouji, scratch) = (binary::gouji()?, Scratch::new("scans")?);
    println!("{}", poppler::version());
    let mut wrong = 0;
    for file in groups.iter().flat_map(|group| &group.files) {
        let path = folder.join(file);
        let count = poppler::pages(&path)?.len();
        let drawn: Vec<Picture> =
            (1..=count).map(|page| poppler::picture(&path, page, 36)).collect::<Result<_, _>>()?;
        let bytes = pdf_of(&drawn);
        let copy = scratch.write("scan.pdf", &bytes)?;
        let document = gouji_read::read(vec![(file.clone(), bytes)], &Limits::default());
        let on_page = |page: usize| {
            let here = |issue: &&gouji_read::Issue| issue.page == Some(page as u32) && issue.kind == IssueKind::Scanned;
            document.issues.iter().filter(here).count()
        };
        let told = (1..=count).filter(|page| on_page(*page) == 1).count();
        let code = binary::check(&gouji, &copy, &[])?.status.code();
        let good = told == count && document.issues.len() == count && document.blocks.is_empty() && code == Some(2);
        let (issues, blocks) = (document.issues.len(), document.blocks.len());
        println!(
            "{file}: {count} pictures, {told} pages with one issue of {issues}, {blocks} blocks, exit code {code:?}"
        );
        wrong += usize::from(!good);
    }
    ensure!(wrong == 0, "{wrong} scanned reports are not told page by page");
    Ok(())
}

/// A PDF whose pages are pictures and nothing else.
fn pdf_of(pictures: &[Picture]) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = Vec::new();
    let kids: Vec<String> = (0..pictures.len()).map(|at| format!("{} 0 R", 3 + 3 * at)).collect();
    objects.push(b"<< /Type /Catalog /Pages 2 0 R >>".to_vec());
    objects.push(format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), kids.join(" ")).into_bytes());
    for (at, picture) in pictures.iter().enumerate() {
        let (first, width, height) = (3 + 3 * at, picture.width, picture.height);
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {} 0 R \
                 /Resources << /XObject << /P {} 0 R >> >> >>",
                first + 1,
                first + 2
            )
            .into_bytes(),
        );
        objects.push(stream("", format!("q {width} 0 0 {height} 0 0 cm /P Do Q").as_bytes()));
        let entries = format!(
            "/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
        );
        objects.push(stream(&entries, &picture.pixels));
    }
    written(&objects)
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// Objects, numbered from 1, as a file with its table of places.
fn written(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        bytes.extend(format!("{} 0 obj\n", at + 1).into_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    let trailer = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    bytes.extend(table.into_bytes());
    bytes.extend(trailer.into_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_picture_is_an_issue() {
        let picture = || Picture { width: 30, height: 40, pixels: vec![128; 1200] };
        let bytes = pdf_of(&[picture(), picture(), picture()]);
        let document = gouji_read::read(vec![("scan.pdf".to_owned(), bytes)], &Limits::default());
        let told: Vec<_> = document.issues.iter().map(|issue| (issue.page, issue.kind.clone())).collect();
        assert_eq!(told, [1, 2, 3].map(|page| (Some(page), IssueKind::Scanned)));
        assert!(document.blocks.is_empty());
    }
}
