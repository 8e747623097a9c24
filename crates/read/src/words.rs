//! How the lines of a report begin and what stands above tables, as far as print tells.

/// A line that stands above a table.
pub(crate) fn is_caption(line: &str) -> bool {
    let compact: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let named = ["部门：", "部门:", "单位：", "单位:", "编制单位", "预算部门", "填报单位", "金额单位", "附件"];
    named.iter().any(|name| compact.starts_with(name))
        || is_table_number(&compact)
        || compact.ends_with('表') && compact.chars().count() <= 40
        || compact == "目录"
}

/// 表一, 表12, 附表3, 公开01表
fn is_table_number(compact: &str) -> bool {
    let rest = compact.strip_prefix('附').unwrap_or(compact);
    let Some(rest) = rest.strip_prefix('表') else { return false };
    let number: usize = rest.chars().take_while(|c| is_numeral(*c)).count();
    number > 0 && (rest.chars().count() == number || rest.chars().nth(number).is_some_and(|c| "：:、. ".contains(c)))
}

/// The line begins a heading, a list item or a part: it does not continue a sentence.
pub(crate) fn begins_something(line: &str) -> bool {
    let mut rest = line.trim_start().chars().peekable();
    let Some(first) = rest.next() else { return false };
    match first {
        '第' => {
            let numerals = std::iter::from_fn(|| rest.next_if(|c| is_numeral(*c))).count();
            numerals > 0 && rest.next().is_some_and(|c| "部章节篇".contains(c))
        }
        '（' | '(' => {
            let numerals = std::iter::from_fn(|| rest.next_if(|c| is_numeral(*c))).count();
            (1..=3).contains(&numerals) && rest.next().is_some_and(|c| "）)".contains(c))
        }
        '表' | '附' => is_table_number(line.trim_start()),
        '●' | '■' | '◆' | '★' => true,
        _ if is_numeral(first) => {
            let numerals = std::iter::from_fn(|| rest.next_if(|c| is_numeral(*c))).count();
            let mark = rest.next();
            numerals < 3
                && match mark {
                    Some('、') => !rest.peek().is_some_and(char::is_ascii_digit) || !first.is_ascii_digit(),
                    Some('.' | '．') => first.is_ascii_digit() && !rest.peek().is_some_and(char::is_ascii_digit),
                    _ => false,
                }
        }
        _ => false,
    }
}

pub(crate) fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || ('０'..='９').contains(&character)
}

fn is_numeral(character: char) -> bool {
    character.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(character)
}
