//! Words of a class that differ by a typo.

use super::{Notice, NoticeKind, Subject};
use crate::policy::{Formula, Operand, Test};

/// Where words of one class stand together, and on which line.
struct Place<'a> {
    input: &'a str,
    words: Vec<&'a str>,
    line: u32,
}

pub(super) fn look(subject: &Subject, notices: &mut Vec<Notice>) {
    let places = places(subject);
    let mut told: Vec<(&str, &str)> = Vec::new();
    for (index, place) in places.iter().enumerate() {
        for other in places[..index].iter().filter(|other| other.input == place.input) {
            for word in place.words.iter().filter(|word| !other.words.contains(word)) {
                let twin = other.words.iter().find(|twin| !place.words.contains(twin) && is_typo(word, twin));
                let Some(twin) = twin.filter(|twin| !told.contains(&(*twin, *word))) else { continue };
                told.extend([(*twin, *word), (*word, *twin)]);
                let Some(input) = subject.probe.input(place.input) else { continue };
                let mut row = subject.best.clone();
                row[input] = subject.probe.place(input, word);
                let zh = format!("“{}”的“{word}”与别处的“{twin}”只差一个字；是否写错？", place.input);
                let en = format!("`{word}` of `{}` differs from `{twin}` by one character; a typo?", place.input);
                notices.push(subject.notice(NoticeKind::WordTypo, place.line, &row, (zh, en)));
            }
        }
    }
}

fn places<'a>(subject: &'a Subject<'a>) -> Vec<Place<'a>> {
    let tests = crate::probe::tests_of(subject.rule).into_iter().filter_map(|(test, line)| match test {
        Test::Among { left: Operand::Name(input), words, .. } => {
            Some(Place { input, words: words.iter().map(String::as_str).collect(), line })
        }
        _ => None,
    });
    let steps = subject.rule.version.steps.iter().filter_map(|step| match &step.formula {
        Formula::ByClass { of: Operand::Name(input), values } => {
            Some(Place { input, words: values.iter().map(|(word, _)| word.as_str()).collect(), line: step.line })
        }
        _ => None,
    });
    tests.chain(steps).collect()
}

/// Characters by which words differ on purpose.
const TELLING: &str = "国省市区县一二三四五六七八九十甲乙丙丁上中下大小首新旧高低内外男女是否有无不未非前后正副";

/// One character put, left out or exchanged in a word of three or more.
fn is_typo(one: &str, other: &str) -> bool {
    let tidy = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).collect::<Vec<_>>();
    let (one, other) = (tidy(one), tidy(other));
    if one == other {
        return true;
    }
    if one.len().min(other.len()) < 3 || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let front = one.iter().zip(&other).take_while(|(left, right)| left == right).count();
    let (one, other) = (&one[front..], &other[front..]);
    let back = one.iter().rev().zip(other.iter().rev()).take_while(|(left, right)| left == right).count();
    let (one, other) = (&one[..one.len() - back], &other[..other.len() - back]);
    let is_telling = |sign: &char| TELLING.contains(*sign) || sign.is_ascii_alphanumeric();
    let tells = one.iter().chain(other).all(is_telling);
    one.len() <= 1 && other.len() <= 1 && !tells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_is_no_other_level() {
        assert!(is_typo("国家高新技术企业", "国家高新技木企业"));
        assert!(is_typo("培育入库企业", "培育库企业"));
        assert!(!is_typo("省级平台", "市级平台"));
        assert!(!is_typo("国高", "国商"));
        assert!(!is_typo("A级企业", "B级企业"));
    }
}
