//! The objects of a file as they stand in its bytes, found without its tables: those of a hostile
//! file may point anywhere, so everything that the library could take for an object is looked at.

use super::unpack::Filter;
use hayro_syntax::object::dict::keys::{DECODE_PARMS, EARLY_CHANGE, FILTER, LENGTH, SUBTYPE, TYPE};
use hayro_syntax::object::{Array, Dict, FromBytes, MaybeRef, Name, Object, ObjectIdentifier};
use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A longer dictionary is read only up to here: none with a stream is so long.
const WINDOW: usize = 1 << 20;

/// Where objects and streams begin.
pub(super) struct Objects<'a> {
    bytes: &'a [u8],
    /// Name of the object (number -1 when it cannot be told) and the place behind `obj`.
    pub heads: Vec<(ObjectIdentifier, usize)>,
    by_number: BTreeMap<i32, Vec<usize>>,
    /// Where the data of streams begin.
    starts: Vec<usize>,
    /// Where `endstream` stands.
    ends: Vec<usize>,
}

/// A dictionary with a stream behind it.
pub(super) struct Packed<'a> {
    pub dict: Dict<'a>,
    pub data: &'a [u8],
}

/// How a stream is packed.
pub(super) enum Packing {
    /// One of these chains of filters: there is more than one where an object is defined twice.
    Chains(Vec<Vec<Filter>>),
    /// A picture or an attachment, which is never unpacked here.
    Unread,
    /// The names of the filters cannot be told from the bytes.
    Unknown,
}

impl<'a> Objects<'a> {
    pub(super) fn find(bytes: &'a [u8]) -> Objects<'a> {
        let mut found =
            Objects { bytes, heads: Vec::new(), by_number: BTreeMap::new(), starts: Vec::new(), ends: Vec::new() };
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'j' if bytes[..at].ends_with(b"ob") && !bytes[..at].ends_with(b"endob") => {
                    let name = name_before(&bytes[..at - 2]).unwrap_or(ObjectIdentifier::new(-1, 0));
                    found.heads.push((name, at + 1));
                    found.by_number.entry(name.obj_number).or_default().push(at + 1);
                }
                b'm' if bytes[..at].ends_with(b"strea") => {
                    if bytes[..at].ends_with(b"endstrea") {
                        found.ends.push(at - 8);
                    }
                    match bytes[at + 1..] {
                        [b'\r', b'\n', ..] => found.starts.push(at + 3),
                        [b'\n' | b'\r', ..] => found.starts.push(at + 2),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// The dictionary at a place, and how many bytes were looked at.
    pub(super) fn dict_at(&self, at: usize) -> (Option<Dict<'a>>, usize) {
        let at = skip_blanks(self.bytes, at);
        if !self.bytes[at..].starts_with(b"<<") {
            return (None, 0);
        }
        let window = &self.bytes[at..self.bytes.len().min(at + WINDOW)];
        match Dict::from_bytes(window) {
            Some(dict) => {
                let length = dict.data().len();
                (Some(dict), length)
            }
            None => (None, window.len()),
        }
    }

    /// Where a dictionary stands in the file.
    pub(super) fn place_of(&self, dict: &Dict<'a>) -> Range<usize> {
        let start = dict.data().as_ptr() as usize - self.bytes.as_ptr() as usize;
        start..start + dict.data().len()
    }

    /// The stream of a dictionary, as far as the library would read it.
    pub(super) fn stream_of(&self, dict: Dict<'a>) -> Option<Packed<'a>> {
        let behind = self.place_of(&dict).end;
        let start = *self.starts.get(self.starts.partition_point(|start| *start < behind + 7))?;
        let next_end = |from: usize| self.ends.get(self.ends.partition_point(|end| *end < from)).copied();
        let usual = next_end(start).unwrap_or(self.bytes.len());
        let fits = |length: &i64| {
            let end = usize::try_from(*length).ok().and_then(|length| start.checked_add(length))?;
            let said = self.bytes.get(end..)?;
            let blanks = said.iter().take_while(|byte| is_blank(**byte)).count();
            said[blanks..].starts_with(b"endstream").then_some(end)
        };
        let end = match dict.get_raw::<i64>(LENGTH) {
            Some(MaybeRef::NotRef(length)) => fits(&length).unwrap_or(usual),
            Some(MaybeRef::Ref(reference)) => {
                let lengths = self.at_number::<i64>(reference.obj_number);
                let ends: Vec<usize> = lengths.iter().filter_map(fits).collect();
                // Where the length cannot be told, the stream may reach to the end of the file.
                let unknown = if lengths.is_empty() { self.bytes.len() } else { usual };
                ends.into_iter().chain([usual, unknown]).max().unwrap_or(usual)
            }
            None => usual,
        };
        Some(Packed { data: &self.bytes[start..end.max(start)], dict })
    }

    /// Everything that stands under a number and is of the kind asked for.
    pub(super) fn at_number<T: FromBytes<'a>>(&self, number: i32) -> Vec<T> {
        let places = self.by_number.get(&number).map(Vec::as_slice).unwrap_or_default();
        let window = |at: &usize| {
            let at = skip_blanks(self.bytes, *at);
            &self.bytes[at..self.bytes.len().min(at + WINDOW)]
        };
        // A number that is given hundreds of times is none of an honest file.
        places.iter().take(64).map(window).filter_map(T::from_bytes).collect()
    }

    /// How the stream of a dictionary is packed.
    pub(super) fn packing_of(&self, dict: &Dict<'a>) -> Packing {
        let is = |key, value: &[u8]| dict.get::<Name<'_>>(key).is_some_and(|name| name.as_ref() == value);
        if is(SUBTYPE, b"Image") || is(TYPE, b"EmbeddedFile") {
            return Packing::Unread;
        }
        let Some(raw) = dict.get_raw::<Object<'_>>(FILTER) else { return Packing::Chains(Vec::new()) };
        let values = match raw {
            MaybeRef::NotRef(object) => vec![object],
            MaybeRef::Ref(reference) => self.at_number(reference.obj_number),
        };
        if values.is_empty() {
            return Packing::Unknown;
        }
        let mut chains = Vec::new();
        for value in values {
            let names = match value {
                Object::Name(name) => vec![vec![name]],
                Object::Array(array) => match self.names_of(&array) {
                    Some(names) => names,
                    None => return Packing::Unknown,
                },
                _ => continue,
            };
            for chain in names {
                match self.filters_of(dict, &chain) {
                    Some(filters) => chains.extend(filters),
                    None => return Packing::Unread,
                }
            }
        }
        Packing::Chains(chains)
    }

    /// The names of an array, in each way in which it can be read; `None` when one cannot be told.
    fn names_of(&self, array: &Array<'a>) -> Option<Vec<Vec<Name<'a>>>> {
        let mut chains = vec![Vec::new()];
        for item in items(array).into_iter().take(16) {
            let names: Vec<Name<'a>> = match item {
                MaybeRef::NotRef(Object::Name(name)) => vec![name],
                MaybeRef::NotRef(_) => continue,
                MaybeRef::Ref(reference) => self.at_number(reference.obj_number),
            };
            if names.is_empty() || names.len() * chains.len() > 16 {
                return None;
            }
            let longer = |chain: &Vec<Name<'a>>| {
                let chain = chain.clone();
                names.iter().map(move |name| chain.iter().cloned().chain([name.clone()]).collect())
            };
            chains = chains.iter().flat_map(longer).collect();
        }
        Some(chains)
    }

    /// The filters of these names, `None` when one is for pictures; twice where it cannot be told how LZW counts.
    fn filters_of(&self, dict: &Dict<'a>, names: &[Name<'a>]) -> Option<Vec<Vec<Filter>>> {
        let early = self.early_change(dict);
        let mut chains = vec![Vec::new(); if early.is_none() { 2 } else { 1 }];
        for name in names {
            for (at, chain) in chains.iter_mut().enumerate() {
                chain.push(match name.as_ref() {
                    b"ASCIIHexDecode" | b"AHx" => Filter::Hex,
                    b"ASCII85Decode" | b"A85" => Filter::Base85,
                    b"RunLengthDecode" | b"RL" => Filter::RunLength,
                    b"LZWDecode" | b"LZW" => Filter::Lzw { early: early.unwrap_or(at == 0) },
                    b"FlateDecode" | b"Fl" => Filter::Flate,
                    b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode" | b"DCTDecode" | b"DCT" | b"JPXDecode" => return None,
                    _ => continue,
                });
            }
        }
        Some(chains)
    }

    /// Whether LZW changes its width early, where the dictionary says so itself.
    fn early_change(&self, dict: &Dict<'a>) -> Option<bool> {
        match dict.get_raw::<Object<'_>>(DECODE_PARMS) {
            None => Some(true),
            Some(MaybeRef::NotRef(Object::Dict(dict))) => match dict.get_raw::<Object<'_>>(EARLY_CHANGE) {
                None => Some(true),
                Some(_) => dict.get::<u8>(EARLY_CHANGE).map(|early| early != 0),
            },
            Some(_) => None,
        }
    }
}

/// What stands in an array. The library gives up with a panic on some that it had taken for whole.
pub(super) fn items<'a>(array: &Array<'a>) -> Vec<MaybeRef<Object<'a>>> {
    let mut items = Vec::new();
    let _ = catch_unwind(AssertUnwindSafe(|| items.extend(array.raw_iter())));
    items
}

/// Number and generation of the object at the end of the bytes.
fn name_before(bytes: &[u8]) -> Option<ObjectIdentifier> {
    let trim = |bytes: &[u8], is: fn(u8) -> bool| bytes.iter().rposition(|byte| !is(*byte)).map_or(0, |last| last + 1);
    let generation = trim(bytes, is_blank);
    let blank = trim(&bytes[..generation], |byte| byte.is_ascii_digit());
    let end = trim(&bytes[..blank], is_blank);
    let start = trim(&bytes[..end], |byte| byte.is_ascii_digit());
    if blank == generation || end == blank {
        return None;
    }
    let number = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse().ok();
    Some(ObjectIdentifier::new(number(&bytes[start..end])?, number(&bytes[blank..generation])?))
}

/// The first byte that is neither blank nor part of a comment.
fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        if *byte == b'%' {
            at += bytes[at..].iter().take_while(|byte| !matches!(byte, b'\r' | b'\n')).count();
        } else if is_blank(*byte) {
            at += 1;
        } else {
            break;
        }
    }
    at.min(bytes.len())
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

/// Takes the filter away from the dictionary that stands in these bytes: the library then reads the
/// stream as it stands and unpacks nothing.
pub(super) fn take_filter(dict: &mut [u8]) {
    let places: Vec<Range<usize>> = names(dict, FILTER).collect();
    places.into_iter().for_each(|place| dict[place].fill(b'_'));
}

/// Where a name stands, without its stroke and however its characters are written.
pub(super) fn names<'b>(bytes: &'b [u8], wanted: &'static [u8]) -> impl Iterator<Item = Range<usize>> + 'b {
    let is_part = |byte: &u8| !is_blank(*byte) && !b"()<>[]{}/%".contains(byte);
    // A character is written with three at most.
    let end_of = move |start: usize| {
        let longest = &bytes[start..bytes.len().min(start + wanted.len() * 3 + 1)];
        start + longest.iter().take_while(|byte| is_part(byte)).count()
    };
    let strokes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at + 1);
    strokes.map(move |start| start..end_of(start)).filter(|place| is_name(&bytes[place.clone()], wanted))
}

/// The name as written, where `#` and two digits may stand for a character.
fn is_name(written: &[u8], wanted: &[u8]) -> bool {
    if written.len() < wanted.len() || !(written.starts_with(&wanted[..1]) || written.starts_with(b"#")) {
        return false;
    }
    let mut plain = Vec::new();
    let mut rest = written;
    while let Some(first) = rest.first() {
        let code = rest.get(1..3).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.filter(|_| *first == b'#').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(code.unwrap_or(*first));
        rest = &rest[if code.is_some() { 3 } else { 1 }..];
    }
    plain == wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_is_taken_away_however_it_is_written() {
        let mut dict = b"<</Length 5/F#69lter/FlateDecode/Filter [/Fl]/Filtered 1>>".to_vec();
        take_filter(&mut dict);
        assert_eq!(dict, b"<</Length 5/________/FlateDecode/______ [/Fl]/Filtered 1>>");
    }

    #[test]
    fn a_stream_reaches_as_far_as_its_length_says() {
        let file = b"1 0 obj<</Length 2 0 R/Filter/Fl>>stream\nab endstream cd\nendstream endobj 2 0 obj 15 endobj";
        let objects = Objects::find(file);
        assert_eq!(objects.heads.iter().map(|head| head.0.obj_number).collect::<Vec<_>>(), [1, 2]);
        let (dict, _) = objects.dict_at(objects.heads[0].1);
        let stream = objects.stream_of(dict.unwrap()).unwrap();
        assert_eq!(stream.data, b"ab endstream cd");
        assert!(matches!(objects.packing_of(&stream.dict), Packing::Chains(chains) if chains == [[Filter::Flate]]));
    }
}
