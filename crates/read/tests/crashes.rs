//! Files that broke the reader once, and changes at random of small whole files: whatever the
//! bytes, reading returns, in time, and says what it did not read.

use gouji_model::Lang;
use gouji_read::{Document, Limits};
use std::path::Path;
use std::time::{Duration, Instant};

/// One file of a few kilobytes takes milliseconds; a test runs beside others.
const PATIENCE: Duration = Duration::from_secs(20);

fn limits() -> Limits {
    Limits { stream_bytes: 4 << 20, streams_bytes: 8 << 20, page_marks: 20_000, ..Limits::default() }
}

fn read(what: &str, bytes: Vec<u8>) -> Document {
    let begun = Instant::now();
    let document = gouji_read::read(vec![("a".into(), bytes)], &limits());
    assert!(begun.elapsed() < PATIENCE, "{what} took {:?}", begun.elapsed());
    for issue in &document.issues {
        assert!(!issue.text(Lang::Zh).is_empty() && !issue.text(Lang::En).is_empty(), "{what}: {issue:?}");
    }
    assert!(!document.blocks.is_empty() || !document.issues.is_empty(), "{what} is passed over in silence");
    document
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    /// A few bytes changed, a piece cut out, doubled, put elsewhere, or the end cut off.
    fn change(&mut self, bytes: &[u8], other: &[u8]) -> Vec<u8> {
        let mut changed = bytes.to_vec();
        if bytes.len() < 200 {
            return changed;
        }
        let (from, length) = (self.below(bytes.len()), self.below(60) + 1);
        let to = (from + length).min(bytes.len());
        match self.below(5) {
            0 => {
                for _ in 0..=self.below(8) {
                    let at = self.below(changed.len());
                    changed[at] = self.below(256) as u8;
                }
            }
            1 => changed.truncate(bytes.len() - self.below(bytes.len() / 8)),
            2 => drop(changed.drain(from..to)),
            3 => {
                let at = self.below(changed.len());
                changed.splice(at..at, bytes[from..to].iter().copied());
            }
            _ => {
                let at = self.below(other.len());
                let piece = &other[at..other.len().min(at + length)];
                changed.splice(from..to, piece.iter().copied());
            }
        }
        changed
    }
}

/// A page with words, lines, a form, a picture and a font with its own characters.
fn pdf(is_plain: bool) -> Vec<u8> {
    let resources = "/Resources<</Font<</F 5 0 R/G 6 0 R>>/XObject<</X 9 0 R/I 10 0 R>>>>";
    let stream = |dict: &str, text: &str| format!("<<{dict}/Length {}>>stream\n{text}\nendstream", text.len());
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02X}")).collect::<String>() + ">";
    let packed = |text: &str| {
        if is_plain { stream("", text) } else { stream("/Filter/ASCIIHexDecode", &hex(text)) }
    };
    let content =
        "BT /F 12 Tf 50 700 Td (2024) Tj /G 9 Tf <00010002> Tj ET 50 90 m 500 90 l S /X Do /I Do q 1 0 0 1 5 5 cm Q";
    let characters = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <4E00> \
                      <0002> <4E8C> endbfchar 1 beginbfrange <0003> <0009> <5341> endbfrange endcmap";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_string(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>".to_string(),
        format!("<</Type/Page/Parent 2 0 R/Contents[4 0 R 4 0 R]{resources}>>"),
        packed(content),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_string(),
        "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 8 0 R>>"
            .to_string(),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Ordering(GB1)>>/DW 1000>>".to_string(),
        packed(characters),
        stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 99 99]{resources}"), "0 0 m 50 0 l S"),
        stream("/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray", "abcd"),
    ];
    let (mut bytes, mut table) = (String::from("%PDF-1.4\n"), String::from("xref\n0 11\n0000000000 65535 f \n"));
    for (at, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        bytes.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let start = bytes.len();
    (bytes + &format!("{table}trailer<</Size 11/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n")).into_bytes()
}

#[test]
fn files_that_broke_the_reader_are_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crashes");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        read(&path.display().to_string(), std::fs::read(&path).unwrap());
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn a_changed_pdf_is_read_or_refused() {
    let whole = [pdf(true), pdf(false)];
    for bytes in &whole {
        assert!(read("the whole file", bytes.clone()).issues.iter().all(|issue| !issue.is_fatal()));
    }
    let mut dice = Dice(0x9E37_79B9);
    for round in 0..1_500 {
        let (one, other) = (&whole[round % 2], &whole[(round + 1) % 2]);
        let mut changed = dice.change(one, other);
        for _ in 0..dice.below(3) {
            changed = dice.change(&changed, one);
        }
        read(&format!("round {round}"), changed);
    }
}

#[test]
fn a_changed_pdf_of_an_office_is_read_or_refused() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/jiangsu");
    let Ok(bytes) = std::fs::read(file.join("party-committee-office-2019-tables.pdf")) else {
        // ../shared is not here.
        return;
    };
    let mut dice = Dice(0x2545_F491);
    for round in 0..60 {
        let mut changed = dice.change(&bytes, &bytes);
        for _ in 0..40 {
            changed = dice.change(&changed, &bytes);
        }
        read(&format!("round {round}"), changed);
    }
}
