//! How an applicant who was here before may look when he comes again in disguise.

use super::words;
use super::{Noise, address_words, mobile};
use crate::CreditCode;
use crate::dice::Dice;
use crate::firm::Firm;

/// Chances of a thousand that a field is left alone, slightly changed, replaced; the rest is left blank.
struct Chances {
    /// Steps of disguise of the name, at least one.
    most_name_steps: usize,
    /// Of a thousand, that one character of the name becomes any other.
    wild_character: usize,
    code: [usize; 3],
    phone: [usize; 3],
    address: [usize; 3],
    account: [usize; 3],
    representative: [usize; 3],
}

const LIGHT: Chances = Chances {
    most_name_steps: 2,
    wild_character: 20,
    code: [600, 300, 60],
    phone: [700, 120, 150],
    address: [550, 350, 80],
    account: [700, 100, 160],
    representative: [850, 80, 60],
};

const MIDDLE: Chances = Chances {
    most_name_steps: 3,
    wild_character: 60,
    code: [420, 380, 120],
    phone: [550, 180, 220],
    address: [400, 400, 160],
    account: [550, 150, 250],
    representative: [720, 130, 130],
};

const HEAVY: Chances = Chances {
    most_name_steps: 4,
    wild_character: 120,
    code: [250, 420, 230],
    phone: [400, 220, 310],
    address: [300, 420, 230],
    account: [400, 180, 340],
    representative: [580, 180, 220],
};

/// What becomes of a field.
enum Fate {
    Kept,
    Touched,
    Replaced,
    Blank,
}

fn fate(dice: &mut Dice, chances: [usize; 3]) -> Fate {
    let thrown = dice.roll(1000);
    match thrown {
        _ if thrown < chances[0] => Fate::Kept,
        _ if thrown < chances[0] + chances[1] => Fate::Touched,
        _ if thrown < chances[0] + chances[1] + chances[2] => Fate::Replaced,
        _ => Fate::Blank,
    }
}

/// The firm as it applies again. `number` has made no credit code yet.
pub(super) fn disguised(firm: &Firm, noise: Noise, number: u32, dice: &mut Dice) -> Firm {
    let chances = match noise {
        Noise::Light => &LIGHT,
        Noise::Middle => &MIDDLE,
        Noise::Heavy => &HEAVY,
    };
    let mut again = firm.clone();
    for _ in 0..=dice.roll(chances.most_name_steps) {
        again.name = other_name(&again.name, dice);
    }
    if dice.happens(chances.wild_character) {
        again.name = with_wild_character(&again.name, dice);
    }
    change(&mut again.credit_code, chances.code, dice, miswritten, |_| {
        CreditCode::made("440307", number).expect("numbers of samples are small").to_string()
    });
    change(&mut again.phone, chances.phone, dice, other_phone, mobile);
    change(&mut again.address, chances.address, dice, other_address, address_words);
    change(&mut again.account, chances.account, dice, miswritten, super::account);
    change(&mut again.representative, chances.representative, dice, traditional, super::person);
    again
}

fn change(
    field: &mut String,
    chances: [usize; 3],
    dice: &mut Dice,
    touch: fn(&str, &mut Dice) -> String,
    replace: impl Fn(&mut Dice) -> String,
) {
    match fate(dice, chances) {
        Fate::Kept => {}
        Fate::Touched => *field = touch(field, dice),
        Fate::Replaced => *field = replace(dice),
        Fate::Blank => field.clear(),
    }
}

/// One step of disguise.
fn other_name(name: &str, dice: &mut Dice) -> String {
    match dice.roll(9) {
        0 if name.contains("有限责任公司") => name.replace("有限责任公司", "有限公司"),
        0 => name.replace("有限公司", "有限责任公司"),
        1 => name.replacen("深圳市", "", 1),
        2 => name.replacen("深圳市", "深圳", 1),
        3 => name.replacen("龙岗区", "", 1).replacen("深圳", "深圳市龙岗区", usize::from(!name.contains("深圳市"))),
        4 => city_in_brackets(name),
        5 => swapped(name, dice),
        6 => looking_alike(name, dice),
        7 => traditional(name, dice),
        _ => full_width(name, dice),
    }
}

fn city_in_brackets(name: &str) -> String {
    let bare = name.replacen("深圳市", "", 1).replacen("深圳", "", 1);
    for tail in ["有限责任公司", "有限公司"] {
        if let Some(front) = bare.strip_suffix(tail) {
            return format!("{front}（深圳）{tail}");
        }
    }
    name.to_owned()
}

/// Where the name proper begins and ends, in characters: behind city and district, before the legal form.
fn proper(letters: &[char]) -> (usize, usize) {
    let text: String = letters.iter().collect();
    let mut from = 0;
    for head in ["深圳市龙岗区", "深圳市", "深圳"] {
        if text.starts_with(head) {
            from = head.chars().count();
            break;
        }
    }
    let tail = ["有限责任公司", "有限公司"].into_iter().find(|tail| text.ends_with(tail)).unwrap_or("");
    (from, (letters.len() - tail.chars().count()).max(from + 1))
}

fn swapped(name: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let (from, to) = proper(&letters);
    if to >= from + 2 {
        let at = from + dice.roll(to - from - 1);
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

fn looking_alike(name: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let (from, to) = proper(&letters);
    let twin = |letter: char| {
        words::LOOK_ALIKE.iter().find_map(|&(a, b)| match letter {
            _ if letter == a => Some(b),
            _ if letter == b => Some(a),
            _ => None,
        })
    };
    let open: Vec<usize> = (from..to).filter(|&at| twin(letters[at]).is_some()).collect();
    if let Some(&at) = open.get(dice.roll(open.len().max(1))) {
        letters[at] = twin(letters[at]).expect("only places with a twin are open");
    }
    letters.into_iter().collect()
}

fn with_wild_character(name: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let (from, to) = proper(&letters);
    letters[from + dice.roll(to - from)] = super::letter(words::TRADE, dice);
    letters.into_iter().collect()
}

fn traditional(text: &str, _: &mut Dice) -> String {
    let twin = |letter: char| words::TRADITIONAL.iter().find(|pair| pair.0 == letter).map_or(letter, |pair| pair.1);
    text.chars().map(twin).collect()
}

/// Brackets the other way, or a blank inside.
fn full_width(name: &str, dice: &mut Dice) -> String {
    if name.contains('（') {
        return name.replace('（', "(").replace('）', ")");
    }
    let mut letters: Vec<char> = name.chars().collect();
    let at = 1 + dice.roll(letters.len() - 1);
    letters.insert(at, if dice.happens(500) { ' ' } else { '\u{3000}' });
    letters.into_iter().collect()
}

/// One character another, or two neighbours exchanged; sometimes twice.
fn miswritten(text: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if bytes.len() < 2 {
        return text.to_owned();
    }
    for _ in 0..1 + usize::from(dice.happens(250)) {
        let at = dice.roll(bytes.len() - 1);
        if dice.happens(400) {
            bytes.swap(at, at + 1);
        } else {
            bytes[at] = b'0' + dice.roll(10) as u8;
        }
    }
    String::from_utf8(bytes).expect("codes and numbers are ASCII")
}

fn other_phone(phone: &str, dice: &mut Dice) -> String {
    match dice.roll(3) {
        0 => format!("+86 {phone}"),
        1 if phone.len() == 11 => format!("{}-{}-{}", &phone[..3], &phone[3..7], &phone[7..]),
        _ => miswritten(phone, dice),
    }
}

fn other_address(address: &str, dice: &mut Dice) -> String {
    let mut text = address.to_owned();
    for _ in 0..1 + dice.roll(2) {
        text = match dice.roll(6) {
            0 => text.replacen("广东省", "", 1),
            1 => text.replacen("深圳市", "", 1).replacen("广东省", "", 1),
            2 => text.replacen("街道", "", 1),
            3 => text.replacen("栋", "座", 1),
            4 => text.replacen("楼", "层", 1),
            _ => text.replacen("号", "號", 1),
        };
    }
    if dice.happens(150) {
        let room = dice.digits(3);
        let cut = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        text = format!("{}{room}", &text[..cut]);
    }
    text
}
