//! Poppler, the independent reader: words with their boxes, pages as pictures. Run as a process.

use crate::numbers::Number;
use anyhow::{Context, bail, ensure};
use gouji_read::Area;
use std::path::Path;
use std::process::Command;

/// A page as poppler reads it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// Height in hundredths of a point.
    pub height: i32,
    /// The words in poppler's order.
    pub words: Vec<Word>,
}

/// A word with its box in hundredths of a point, from the upper left corner.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// The box of the whole word.
    pub area: Area,
    /// What is written.
    pub text: String,
}

/// A number of a word.
#[derive(Clone, Debug)]
pub(crate) struct Printed {
    /// The box of the word that holds it.
    pub area: Area,
    /// As printed, in half width.
    pub text: String,
    /// The word is this number and nothing else.
    pub alone: bool,
}

/// Runs a tool of poppler and returns what it prints.
pub(crate) fn run(tool: &str, arguments: &[&str]) -> anyhow::Result<Vec<u8>> {
    let output = match Command::new(tool).args(arguments).output() {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!("{tool} is not installed; it is part of poppler: apt-get install poppler-utils, brew install poppler")
        }
        Err(error) => return Err(error).with_context(|| format!("{tool} could not be started")),
    };
    ensure!(output.status.success(), "{tool} failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}

/// The version of poppler, as it says itself.
pub(crate) fn version() -> String {
    let output = Command::new("pdftotext").arg("-v").output();
    let said = output.map(|output| String::from_utf8_lossy(&output.stderr).into_owned()).unwrap_or_default();
    said.lines().next().unwrap_or("pdftotext is not installed").to_owned()
}

/// The words of every page of a file.
pub(crate) fn pages(path: &Path) -> anyhow::Result<Vec<Page>> {
    let shown = path.display().to_string();
    let listing = run("pdftotext", &["-bbox", &shown, "-"]).with_context(|| shown.clone())?;
    let mut pages: Vec<Page> = Vec::new();
    for line in String::from_utf8_lossy(&listing).lines() {
        let line = line.trim();
        if line.starts_with("<page ") {
            pages.push(Page { height: attribute(line, "height").unwrap_or(0), words: Vec::new() });
        } else if line.starts_with("<word ") {
            let page = pages.last_mut().with_context(|| format!("{shown}: a word stands before the first page"))?;
            page.words.push(word(line).with_context(|| format!("{shown}: no word: {line}"))?);
        }
    }
    Ok(pages)
}

impl Page {
    /// The numbers of the page. A lone dash close before a number is its sign.
    pub fn numbers(&self) -> Vec<Printed> {
        let mut found = Vec::new();
        for word in &self.words {
            for number in crate::numbers::numbers(&word.text) {
                found.push(self.printed(word, &number));
            }
        }
        found
    }

    /// The number with the sign or percent sign that poppler takes for a word of its own.
    fn printed(&self, word: &Word, number: &Number) -> Printed {
        let (mut area, mut text) = (word.area, number.printed.clone());
        if number.range.start == 0 && word.text.starts_with(|first: char| first.is_ascii_digit()) {
            let sign =
                |other: &&Word| is_close(&other.area, &word.area) && matches!(other.text.as_str(), "-" | "－" | "−");
            if let Some(sign) = self.words.iter().find(sign) {
                (area, text) = (area.over(&sign.area), format!("-{text}"));
            }
        }
        if number.range.end == word.text.len() && !text.ends_with('%') {
            let percent = |other: &&Word| is_close(&word.area, &other.area) && other.text.starts_with(['%', '％']);
            if self.words.iter().any(|other| percent(&other)) {
                text.push('%');
            }
        }
        Printed { area, text, alone: number.range == (0..word.text.len()) }
    }
}

/// `next` stands on the line of print of `area`, right behind it.
fn is_close(area: &Area, next: &Area) -> bool {
    let middle = (next.top + next.bottom) / 2;
    let gap = next.left - area.right;
    (area.top..=area.bottom).contains(&middle) && gap.abs() * 2 < area.height()
}

/// A page as a picture of one grey value a point.
pub(crate) struct Picture {
    /// Width in points.
    pub width: usize,
    /// Height in points.
    pub height: usize,
    /// By row, 0 is black.
    pub pixels: Vec<u8>,
}

/// Draws a page (from 1) at one pixel a point, or at `dots` an inch.
pub(crate) fn picture(path: &Path, page: usize, dots: u32) -> anyhow::Result<Picture> {
    let (shown, page, dots) = (path.display().to_string(), page.to_string(), dots.to_string());
    let drawn = run("pdftoppm", &["-gray", "-r", &dots, "-f", &page, "-l", &page, &shown])?;
    let mut head = [0_usize; 3];
    let mut rest = drawn.strip_prefix(b"P5").context("pdftoppm drew no grey picture")?;
    for value in &mut head {
        let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        rest = rest.trim_ascii_start();
        let (number, after) = rest.split_at(digits(rest));
        *value = String::from_utf8_lossy(number).parse().context("pdftoppm drew a picture without a size")?;
        rest = after;
    }
    let pixels = rest.get(1..).unwrap_or_default().to_vec();
    let [width, height, _] = head;
    ensure!(pixels.len() == width * height, "pdftoppm drew {} of {width} × {height} points", pixels.len());
    Ok(Picture { width, height, pixels })
}

impl Picture {
    /// Nothing is drawn in a box of a picture of one pixel a point.
    pub fn is_blank(&self, area: &Area) -> bool {
        let point = |value: i32, most: usize| usize::try_from(value / 100).unwrap_or(0).min(most);
        let (left, right) = (point(area.left, self.width), point(area.right, self.width));
        let mut rows = point(area.top, self.height)..point(area.bottom, self.height);
        rows.all(|row| self.pixels[row * self.width..][left..right].iter().all(|pixel| *pixel > 200))
    }
}

fn word(line: &str) -> Option<Word> {
    let area = Area {
        left: attribute(line, "xMin")?,
        top: attribute(line, "yMin")?,
        right: attribute(line, "xMax")?,
        bottom: attribute(line, "yMax")?,
    };
    let text = line.split_once('>')?.1.strip_suffix("</word>")?;
    Some(Word { area, text: unescaped(text) })
}

/// A length in points as hundredths, cut after the second decimal.
fn attribute(line: &str, name: &str) -> Option<i32> {
    let value = line.split_once(&format!("{name}=\""))?.1.split_once('"')?.0;
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let hundredths: String = fraction.chars().chain("00".chars()).take(2).collect();
    let magnitude = whole.trim_start_matches('-').parse::<i32>().ok()? * 100 + hundredths.parse::<i32>().ok()?;
    Some(if whole.starts_with('-') { -magnitude } else { magnitude })
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_read_with_its_box() {
        let line = r#"<word xMin="44.664000" yMin="-1.5" xMax="89.784" yMax="62">1,234.5&amp;万元3</word>"#;
        let word = word(line).unwrap();
        assert_eq!((word.area.left, word.area.top, word.area.bottom), (4466, -150, 6200));
        let page = Page { height: 0, words: vec![word] };
        let texts: Vec<String> = page.numbers().into_iter().map(|number| number.text).collect();
        assert_eq!(texts, ["1,234.5", "3"]);
    }
}
