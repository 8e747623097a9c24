//! Tokens in a flat list, so that a check can look for a short run of them, within macros too.

use super::{Declaration, Line};
use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};

/// One token; the two colons of a path are one token, the brackets of a group are two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The token as written.
    pub text: String,
    /// The line where it starts.
    pub line: usize,
}

/// The tokens of a file, and its lines marked with what they hold.
pub fn read(stream: &TokenStream, text: &str) -> (Vec<Token>, Vec<Line>) {
    let mut reader = Reader { tokens: Vec::new(), lines: Line::all_of(text) };
    reader.stream(stream.clone());
    (reader.tokens, reader.lines)
}

/// The Rust files a file takes in with `include!`.
pub fn included_files(tokens: &[Token]) -> impl Iterator<Item = Declaration> {
    tokens.windows(4).filter_map(|run| {
        let [name, bang, open, literal] = run else { return None };
        let is_include = name.text == "include" && bang.text == "!" && open.text == "(";
        let path = literal.text.strip_prefix('"')?.strip_suffix('"')?;
        is_include.then(|| Declaration::by_path(path))
    })
}

struct Reader {
    tokens: Vec<Token>,
    lines: Vec<Line>,
}

impl Reader {
    fn stream(&mut self, stream: TokenStream) {
        let mut trees = stream.into_iter().peekable();
        while let Some(tree) = trees.next() {
            // A doc comment reaches us as an attribute whose every token has the place of the comment.
            if self.is_doc(&tree) {
                self.mark_doc(tree.span());
                continue;
            }
            match tree {
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Punct(first) if first.as_char() == ':' && first.spacing() == Spacing::Joint => {
                    let second = trees.next_if(|next| matches!(next, TokenTree::Punct(p) if p.as_char() == ':'));
                    self.push(if second.is_some() { "::" } else { ":" }.to_owned(), first.span());
                    if let Some(second) = second {
                        self.mark_code(second.span());
                    }
                }
                other => self.push(other.to_string(), other.span()),
            }
        }
    }

    fn group(&mut self, group: &Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        self.push(open.to_owned(), group.span_open());
        self.stream(group.stream());
        self.push(close.to_owned(), group.span_close());
    }

    fn push(&mut self, text: String, span: Span) {
        self.mark_code(span);
        self.tokens.push(Token { text, line: span.start().line });
    }

    fn is_doc(&self, tree: &TokenTree) -> bool {
        let start = match tree {
            TokenTree::Group(group) => group.span_open().start(),
            other => other.span().start(),
        };
        self.lines.get(start.line - 1).is_some_and(|line| line.starts_comment_at(start.column))
    }

    fn mark_doc(&mut self, span: Span) {
        for line in span.start().line..=span.end().line {
            if let Some(line) = self.lines.get_mut(line - 1) {
                line.in_doc = true;
            }
        }
    }

    fn mark_code(&mut self, span: Span) {
        let (start, end) = (span.start().line, span.end());
        for number in start..=end.line {
            if let Some(line) = self.lines.get_mut(number - 1) {
                // A token that goes on, a long string, leaves no room for a comment.
                let reach = if number == end.line { end.column } else { usize::MAX };
                line.code_end = line.code_end.max(reach);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LineKind, Source};

    fn parse(text: &str) -> Source {
        Source::parse("a.rs", text).unwrap_or_else(|error| panic!("{}", error.reason))
    }

    #[test]
    fn lines_are_told_apart() {
        use LineKind::{Blank, Code, Comment, Doc};
        let source =
            parse("//! Doc.\n\n// Why.\n/// Doc.\nconst A: &str = \"//\n// no\";\n/* a\nb */\nfn a() {} // x\n");
        let kinds: Vec<LineKind> = source.lines.iter().map(super::Line::kind).collect();
        assert_eq!(kinds, [Doc, Blank, Comment, Doc, Code, Code, Comment, Comment, Code]);
    }

    #[test]
    fn comment_of_a_line_is_never_part_of_a_string() {
        let source = parse("const A: &str = \"预算 // no\"; // 是\nconst B: &str = \"// a\n// b\"; // c\n");
        let comments: Vec<&str> = source.lines.iter().map(|line| line.comment().trim()).collect();
        assert_eq!(comments, ["// 是", "", "// c"]);
    }

    #[test]
    fn paths_and_groups_are_flat() {
        let texts: Vec<String> = parse("/// Doc.\nuse std::{fs};").tokens.into_iter().map(|t| t.text).collect();
        assert_eq!(texts, ["use", "std", "::", "{", "fs", "}", ";"]);
    }
}
