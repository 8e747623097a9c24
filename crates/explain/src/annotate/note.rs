//! What the note of a mark says.

use crate::checked::{Checked, pick};
use crate::view::{FindingView, PlaceView, level_word, role_word};
use gouji_model::Lang;
use lopdf::{Object, StringFormat};

/// Other ends named in a note; the others are counted.
const ENDS_NAMED: usize = 12;

/// The heading and the text of a note.
pub(super) struct Note {
    /// Level, code, and which end of the finding this is.
    pub subject: String,
    /// Message, why, cure, and the other ends.
    pub text: String,
}

impl Note {
    /// The note of one end of a finding; `index` is the end's.
    pub fn new(checked: &Checked<'_>, view: &FindingView<'_>, index: usize, lang: Lang) -> Note {
        let finding = view.finding;
        let trial = if finding.preview { pick(lang, "（试行）", " (preview)") } else { "" };
        let subject = format!("{}{trial} {}", level_word(finding.level, lang), finding.code);
        let colon = pick(lang, "：", ": ");
        let mut lines = vec![format!("{subject} {}", finding.check.key), view.wording.message.clone()];
        if let Some(reason) = &finding.accepted {
            lines.push(format!("{}{colon}{reason}", pick(lang, "已接受", "accepted")));
        }
        let parts = [
            (pick(lang, "应为", "expected"), finding.check.expected.as_deref().unwrap_or("")),
            (pick(lang, "原因", "why"), view.wording.why.as_str()),
            (pick(lang, "改法", "cure"), view.wording.cure.as_str()),
        ];
        lines.extend(
            parts.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| format!("{name}{colon}{text}")),
        );
        let others: Vec<&PlaceView> =
            view.places.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, place)| place).collect();
        lines.extend(others.iter().take(ENDS_NAMED).map(|place| end(checked, view, index, place, lang)));
        if let Some(more) = others.len().checked_sub(ENDS_NAMED).filter(|more| *more > 0) {
            lines.push(match lang {
                Lang::Zh => format!("另有 {more} 处"),
                Lang::En => format!("and {more} more places"),
            });
        }
        let role = view.places.get(index).map_or("", |place| role_word(place.role, lang));
        Note { subject: format!("{subject} · {role}"), text: lines.join("\n") }
    }
}

/// `另一处（第 8 页）：比 2018 年减少 5627 万元`; with its file where it stands in another one.
fn end(checked: &Checked<'_>, view: &FindingView<'_>, index: usize, place: &PlaceView, lang: Lang) -> String {
    let here = view.places.get(index).map(|here| here.span.file);
    let files = &checked.document.files;
    let file = files.get(usize::from(place.span.file)).filter(|_| here != Some(place.span.file));
    let path = file.map_or(String::new(), |file| format!("{} ", file.path));
    let (role, spot) = (role_word(place.role, lang), place.spot.text(lang));
    match lang {
        Lang::Zh => format!("{role}（{path}{spot}）：{}", place.quote),
        Lang::En => format!("{role} ({path}{spot}): {}", place.quote),
    }
}

/// A text as the PDF standard wants Chinese: UTF-16, the greater byte first, with its mark.
pub(super) fn utf16(text: &str) -> Object {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}
