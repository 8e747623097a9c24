//! The lines of a file: blank, doc comment, other comment, or code.

/// One line of a Rust file.
pub struct Line {
    /// The text without its line end.
    pub text: String,
    /// Where the last token on the line ends, in characters; everything behind it is a comment.
    pub(super) code_end: usize,
    pub(super) in_doc: bool,
}

/// What a line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Nothing.
    Blank,
    /// A doc comment.
    Doc,
    /// A comment that is not documentation.
    Comment,
    /// At least one token.
    Code,
}

impl Line {
    /// What the line holds; a blank line within a string is blank.
    pub fn kind(&self) -> LineKind {
        if self.text.trim().is_empty() {
            LineKind::Blank
        } else if self.code_end > 0 {
            LineKind::Code
        } else if self.in_doc {
            LineKind::Doc
        } else {
            LineKind::Comment
        }
    }

    /// The comment on the line, empty if there is none.
    pub fn comment(&self) -> &str {
        let start = self.text.char_indices().nth(self.code_end).map_or(self.text.len(), |(at, _)| at);
        &self.text[start..]
    }

    pub(super) fn starts_comment_at(&self, column: usize) -> bool {
        let mut characters = self.text.chars().skip(column);
        characters.next() == Some('/') && matches!(characters.next(), Some('/' | '*'))
    }

    pub(super) fn all_of(text: &str) -> Vec<Self> {
        text.lines().map(|line| Self { text: line.to_owned(), code_end: 0, in_doc: false }).collect()
    }
}
