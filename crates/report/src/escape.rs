//! Text made safe for the markup it stands in.

/// Text as it may stand between tags or in a quoted attribute, of HTML and of XML alike.
///
/// Characters that XML cannot hold at all, not even as a reference, are left out: a program that keeps
/// them would refuse the whole file.
pub(crate) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() => {}
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::markup;

    #[test]
    fn what_markup_would_take_for_its_own_is_escaped() {
        assert_eq!(markup("<科&技>\"'😀"), "&lt;科&amp;技&gt;&quot;&#39;😀");
        assert_eq!(markup("a\u{0}\u{b}\u{ffff}b\nc"), "ab\nc");
    }
}
