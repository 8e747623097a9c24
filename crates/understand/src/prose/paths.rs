//! Codes named in words: `科学技术支出（类）科学技术管理事务（款）行政运行（项）`, `工资福利支出（类）`.

use crate::lexicon::Lexicon;
use crate::words::numbering;
use gouji_model::Code;
use std::collections::BTreeMap;
use std::ops::Range;

/// The names of function and economic codes: as the tables of the report print them, or as reports
/// were seen to.
pub(crate) type Names = BTreeMap<String, Vec<Code>>;

/// A place that names a code.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Path {
    /// From the first name to the last mark.
    pub range: Range<usize>,
    /// The code; `None` when it cannot be made out.
    pub code: Option<Code>,
}

/// `（类）`, `（款）` or `（项）` with the name before it.
struct Mark<'t> {
    name: &'t str,
    /// From the name to the mark.
    range: Range<usize>,
    /// The length of the codes it marks.
    length: usize,
    /// `（204类）`, `（06款）`: the digits in the mark.
    digits: Option<&'t str>,
}

/// The codes that a text names; `above` is the code of its section.
pub(crate) fn paths(lexicon: &Lexicon, names: &Names, text: &str, above: Code) -> Vec<Path> {
    let mut paths: Vec<Path> = Vec::new();
    let (mut code, mut known, mut depth, mut from) = (above, true, 0, 0);
    while let Some(mark) = next_mark(text, from) {
        let joined = paths.last().is_some_and(|path| path.range.end == mark.range.start) && mark.length > depth;
        if !joined {
            known = true;
        }
        let outer = code.prefix(match mark.length {
            3 => 0,
            5 => 3,
            _ => 5,
        });
        let found = match mark.digits {
            Some(digits) => Code::new(&format!("{}{digits}", outer.prefix(mark.length - digits.len()))),
            None => code_named(lexicon, names, mark.name, mark.length, outer),
        };
        let found = found.filter(|code| code.len() == mark.length);
        match found {
            Some(found) => code = found,
            // 项 names may be known where the name of their 款 is not.
            None if mark.length == 5 => code = code.prefix(3),
            None => known = false,
        }
        let code_here = found.filter(|_| known);
        match paths.last_mut().filter(|_| joined) {
            Some(path) => *path = Path { range: path.range.start..mark.range.end, code: code_here },
            None => paths.push(Path { range: mark.range.clone(), code: code_here }),
        }
        (depth, from) = (mark.length, mark.range.end);
    }
    paths
}

/// The code of that length below `above` that is called by this name; `None` when there are several.
fn code_named(lexicon: &Lexicon, names: &Names, name: &str, length: usize, above: Code) -> Option<Code> {
    let name = name.replace("其它", "其他");
    let spellings = [name.clone(), format!("{name}支出"), name.trim_end_matches("支出").to_string()];
    for spelling in &spellings {
        let fits = |code: &&Code| code.len() == length && code.within(&above);
        let mut found: Vec<Code> = names.get(spelling).into_iter().flatten().filter(fits).copied().collect();
        found.dedup();
        if let [only] = found.as_slice() {
            return Some(*only);
        }
        if !found.is_empty() {
            return None;
        }
    }
    let class = |spelling: &String| lexicon.class(spelling).filter(|code| code.len() == length);
    spellings.iter().find_map(class)
}

/// The next mark with its name.
fn next_mark(text: &str, from: usize) -> Option<Mark<'_>> {
    let marks = [("类)", 3), ("款)", 5), ("项)", 7)];
    let mut best: Option<(Range<usize>, usize, Option<&str>)> = None;
    for (mark, length) in marks {
        for (at, _) in text[from..].match_indices(mark) {
            let end = from + at;
            let digits = text[..end].bytes().rev().take_while(u8::is_ascii_digit).count();
            let open = end - digits;
            if open > from && text[..open].ends_with('(') && matches!(digits, 0 | 2 | 3) {
                let found = (open - 1..end + mark.len(), length, (digits > 0).then(|| &text[open..end]));
                if best.as_ref().is_none_or(|(range, _, _)| found.0.start < range.start) {
                    best = Some(found);
                }
                break;
            }
        }
    }
    let (mark, length, digits) = best?;
    let start = name_start(text, from, mark.start);
    let start = start + numbering(&text[start..mark.start]).map_or(0, |(_, length)| length);
    Some(Mark { name: &text[start..mark.start], range: start..mark.end, length, digits })
}

/// Where the name before a mark begins: names hold no sentence marks, but may hold brackets.
fn name_start(text: &str, from: usize, mark: usize) -> usize {
    let mut depth = 0;
    for (at, character) in text[from..mark].char_indices().rev() {
        match character {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            '(' | '。' | ',' | ';' | ':' | '.' | '“' | '”' | '"' | '》' | '《' => {
                return from + at + character.len_utf8();
            }
            '、' if depth == 0 => return from + at + character.len_utf8(),
            _ => {}
        }
    }
    from
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    fn read(text: &str, above: &str) -> Vec<(String, Option<String>)> {
        let forms = Forms::standard();
        let mut names = Names::new();
        for (code, name) in [("20601", "科学技术管理事务"), ("2060101", "行政运行"), ("2040601", "行政运行")]
        {
            names.entry(name.into()).or_default().push(Code::new(code).expect("a code"));
        }
        let above = Code::new(above).unwrap_or_default();
        let text = crate::words::compact(text);
        let found = paths(&forms.lexicon, &names, &text, above);
        found.into_iter().map(|path| (text[path.range].to_string(), path.code.map(|code| code.to_string()))).collect()
    }

    #[test]
    fn names_and_digits_name_codes() {
        let whole = "“科学技术支出（类）科学技术管理事务（款）行政运行（项）”90万元";
        assert_eq!(read(whole, "")[0].1.as_deref(), Some("2060101"));
        let digits = "公共安全支出（204类）司法（06款）行政运行（01项）1672.67万元";
        assert_eq!(read(digits, "")[0].1.as_deref(), Some("2040601"));
        assert_eq!(read("1.科学技术管理事务（款）行政运行（项）90万元", "206")[0].1.as_deref(), Some("2060101"));
        assert_eq!(read("行政运行（项）90万元", "")[0].1, None, "two codes have this name");
    }
}
