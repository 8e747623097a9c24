//! The numbers of a file as read, by page, with the boxes of their characters.

use crate::numbers::numbers;
use gouji_model::Span;
use gouji_read::{Area, Document};

/// A number of the text as read.
#[derive(Clone, Debug)]
pub(super) struct Ours {
    /// Its boxes: one for each line of print it stands on.
    pub areas: Vec<Area>,
    /// As printed, in half width.
    pub text: String,
}

/// The numbers of every page of a file.
pub(super) fn pages(document: &Document, number: usize, count: usize) -> Vec<Vec<Ours>> {
    let mut pages = vec![Vec::new(); count];
    let Some(file) = document.files.get(number) else { return pages };
    for found in numbers(&file.text) {
        let span = Span { file: number as u16, start: found.range.start as u32, end: found.range.end as u32 };
        let places = document.areas(span);
        let page = places.first().map_or(0, |(page, _)| *page as usize);
        // A number without a drawn character would be invented: it is kept on the first page.
        if let Some(numbers) = pages.get_mut(page.saturating_sub(1)) {
            let areas = places.into_iter().map(|(_, area)| area).collect();
            let follows = file.text[found.range.end..].trim_start_matches(' ').starts_with(['%', '％']);
            let text = if follows { format!("{}%", found.printed) } else { found.printed };
            numbers.push(Ours { areas, text });
        }
    }
    pages
}
