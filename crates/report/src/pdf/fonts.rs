//! The faces a report is set in: the embedded one, then what the machine has for the characters it lacks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariant, FontVariations};

const EMBEDDED: &[u8] = include_bytes!("../../fonts/NotoSerifSC-GB2312.otf");

/// Gives the bytes of a file; nothing for one that cannot be read or is too large.
pub type Open = fn(&Path) -> Option<Vec<u8>>;

/// Where faces are found.
#[derive(Clone, Debug)]
pub struct Fonts {
    embedded: Font,
    files: Vec<PathBuf>,
    open: Open,
}

/// The faces of one report, in the order in which a character is looked for, and the characters that none of them has.
pub(super) struct Chosen {
    pub(super) faces: Vec<Font>,
    pub(super) missing: BTreeSet<char>,
}

impl Fonts {
    /// The embedded face alone.
    pub fn embedded() -> Fonts {
        Fonts::new(Vec::new(), |_| None)
    }

    /// The embedded face, then those of these files that look like fonts: of a like design first, else by their paths.
    ///
    /// A file is opened only when a report has a character that the faces before it lack.
    pub fn new(files: Vec<PathBuf>, open: Open) -> Fonts {
        let embedded = Font::new(Bytes::new(EMBEDDED), 0).expect("the embedded face is a font");
        let mut files: Vec<PathBuf> = files.into_iter().filter(|path| is_font(path)).collect();
        files.sort_by_cached_key(|path| (rank(path), path.clone()));
        files.dedup();
        Fonts { embedded, files, open }
    }

    /// The measure of the embedded face.
    pub(super) fn ruler(&self) -> Ruler {
        // The face is no variable font: every size has the same widths in ems.
        Ruler(self.embedded.clone().instantiate(FontVariant::default(), Abs::zero(), &FontVariations::default()))
    }

    /// Faces for all these characters, as few as the order of the files allows.
    pub(super) fn choose(&self, characters: &BTreeSet<char>) -> Chosen {
        let mut chosen = Chosen { faces: vec![self.embedded.clone()], missing: lacking(&self.embedded, characters) };
        if chosen.missing.is_empty() {
            return chosen;
        }
        for path in &self.files {
            // What cannot be read has no faces for us; what is lacking then is reported by character.
            for face in (self.open)(path).map(faces_of).unwrap_or_default() {
                let rest = lacking(&face, &chosen.missing);
                // Typst finds a face by its family: of two with one name only the first would be seen.
                let named_alike = chosen.faces.iter().any(|other| other.info().family == face.info().family);
                if rest.len() < chosen.missing.len() && !named_alike {
                    chosen.missing = rest;
                    chosen.faces.push(face);
                }
            }
            if chosen.missing.is_empty() {
                break;
            }
        }
        chosen
    }
}

/// Measures text as the embedded face sets it.
pub(super) struct Ruler(FontInstance);

impl Ruler {
    /// The width in ems; a character that the face lacks is taken for an ideograph.
    pub(super) fn width(&self, text: &str) -> f64 {
        text.chars().map(|character| self.advance(character)).sum()
    }

    fn advance(&self, character: char) -> f64 {
        let glyph = self.0.ttf().glyph_index(character);
        glyph.and_then(|glyph| self.0.x_advance(glyph.0)).map_or(1.0, |width| width.get())
    }
}

fn lacking(face: &Font, characters: &BTreeSet<char>) -> BTreeSet<char> {
    let coverage = &face.info().coverage;
    characters.iter().copied().filter(|&character| !coverage.contains(u32::from(character))).collect()
}

fn is_font(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["otf", "ttf", "ttc", "otc"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Chinese faces with serifs look most like the embedded one, then other Chinese faces; heavy cuts come last.
fn rank(path: &Path) -> u8 {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_ascii_lowercase();
    let named = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if named(&["bold", "black", "heavy", "italic", "oblique"]) {
        3
    } else if named(&["serifcjk", "sourcehanserif", "serifsc", "simsun", "song"]) {
        0
    } else if named(&["cjk", "sourcehan", "hei", "kai", "fang"]) {
        1
    } else {
        2
    }
}

/// The faces of a file; of a collection those for simplified Chinese first.
fn faces_of(bytes: Vec<u8>) -> Vec<Font> {
    let mut faces: Vec<Font> = Font::iter(Bytes::new(bytes)).collect();
    faces.sort_by_key(|face| !face.info().family.contains(" SC"));
    faces
}
