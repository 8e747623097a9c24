//! Characters on their way to the text of a file, with the places they keep.

use crate::document::Area;
use crate::sheet::Letter;

/// Parts two numbers that stand in one cell: it is no blank, so that nobody reads them as one.
pub(crate) const APART: char = '\u{2028}';

/// A character of the text; one that was not drawn (a blank, a line end) has no place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    pub character: char,
    pub area: Option<Area>,
}

impl Ink {
    pub(super) fn of(letter: &Letter) -> Ink {
        Ink { character: letter.character, area: Some(letter.area) }
    }

    /// A character that was not drawn.
    pub(super) fn added(character: char) -> Ink {
        Ink { character, area: None }
    }
}

/// Letters of one line, from left to right, as text: a blank where the gap is wide.
pub(super) fn write_line(letters: &[Letter], inks: &mut Vec<Ink>) {
    let mut last: Option<&Letter> = None;
    for letter in letters {
        if let Some(last) = last {
            let (gap, size) = (letter.area.left - last.area.right, letter.size.max(last.size));
            let numbers = is_digit(last.character) && is_digit(letter.character);
            if numbers && gap * 10 > size * 6 {
                inks.push(Ink::added(APART));
            } else if gap * 4 > size {
                inks.push(Ink::added(' '));
            }
        }
        inks.push(Ink::of(letter));
        last = Some(letter);
    }
}

pub(super) use crate::words::is_digit;

/// A character that numbers are written with.
pub(super) fn is_of_number(character: char) -> bool {
    is_digit(character) || matches!(character, '.' | ',' | '-' | '%' | '，' | '．' | '－')
}

/// The letters write a number and nothing else.
pub(super) fn is_number(letters: &[Letter]) -> bool {
    letters.iter().any(|letter| is_digit(letter.character))
        && letters.iter().all(|letter| is_of_number(letter.character) || "()（）".contains(letter.character))
}
