//! Looks a file over before the library opens it: what it would unpack, how deep its objects stand
//! in each other, and how many pages its tree grows to.

use super::objects::{Objects, Packed, Packing, items, names, take_filter};
use super::tree::{Tree, Wrong};
use super::unpack::{Filter, Measure, depth_of, measure};
use crate::Limits;
use crate::issue::{Excess, IssueKind};
use hayro_syntax::object::dict::keys::{CONTENTS, ENCRYPT, FILTER, FIRST, LENGTH, N, SUBTYPE, TYPE};
use hayro_syntax::object::{Array, FromBytes, Name, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{Filter as Named, Pdf};
use std::collections::BTreeMap;
use std::ops::Range;

/// Objects of one stream of objects: the library passes over all of them to read one.
const STREAM_OBJECTS: i64 = 20_000;
/// Brackets that may be open at once: the library calls itself for each, see [`super::STACK`].
const DEPTH: usize = 20_000;
/// States of the drawing that a page or a form keeps: each takes some 350 bytes until it is taken back.
const STATES: usize = 1_000_000;
/// The same for a form, because fifty may stand in each other.
const FORM_STATES: usize = 30_000;
/// Bytes of dictionaries that are looked at beyond four times the file, where they overlap.
const OVERLAP: usize = 64 << 20;
/// What a stream that cannot be measured may grow by: the most that deflate makes of a byte.
const GROWTH: u64 = 1032;

/// What was found out of a file that may be opened.
pub(super) struct Guard {
    limits: Limits,
    /// What streams unpack to, by the number of their object.
    sizes: BTreeMap<i32, Measure>,
    total: u64,
    /// Streams of an encrypted file, to be measured when it is open.
    locked: Option<Vec<ObjectIdentifier>>,
    /// Objects whose filters cannot be told, and which are not unpacked.
    pub unknown: Vec<i32>,
}

/// Why a file is not opened.
fn excess(object: i32, what: Excess, limit: u64) -> IssueKind {
    IssueKind::Excess { object: (object > 0).then_some(object), what, limit }
}

impl Guard {
    /// Looks a file over, and takes the filters from streams that are never to be unpacked.
    pub(super) fn look(bytes: &mut [u8], limits: &Limits) -> Result<Guard, IssueKind> {
        let mut guard = Guard { limits: *limits, sizes: BTreeMap::new(), total: 0, locked: None, unknown: Vec::new() };
        guard.check_depth(-1, depth_of(bytes))?;
        for place in guard.look_over(bytes)? {
            take_filter(&mut bytes[place]);
        }
        Ok(guard)
    }

    /// Looks at every object, and returns where the dictionaries of streams stand that are not to be unpacked.
    fn look_over(&mut self, bytes: &[u8]) -> Result<Vec<Range<usize>>, IssueKind> {
        let objects = Objects::find(bytes); // Wherever the word stands: the library's way to the trailer is not walked here.
        self.locked = names(bytes, ENCRYPT).next().is_some().then(Vec::new);
        let (mut tree, mut unread, mut looked_at) = (Tree::default(), Vec::new(), 0);
        for (name, at) in &objects.heads {
            let (dict, length) = objects.dict_at(*at);
            looked_at += length;
            if looked_at > bytes.len() * 4 + OVERLAP {
                return Err(excess(name.obj_number, Excess::Overlap, OVERLAP as u64));
            }
            let Some(dict) = dict else { continue };
            tree.add(name.obj_number, &dict);
            if !dict.contains_key(FILTER) && !dict.contains_key(LENGTH) {
                continue;
            }
            let place = objects.place_of(&dict);
            let chains = match objects.packing_of(&dict) {
                Packing::Chains(chains) => chains,
                packing => {
                    unread.push(place);
                    self.unknown.extend(matches!(packing, Packing::Unknown).then_some(name.obj_number));
                    continue;
                }
            };
            let Some(stream) = objects.stream_of(dict) else { continue };
            self.look_at(*name, &stream, &chains)?;
            self.look_into(name.obj_number, &stream, &bytes[place.start..], &mut tree)?;
        }
        let pages = self.limits.pages as u64 * 10;
        tree.check(&objects, pages).map_err(|wrong| match wrong {
            Wrong::Circle(object) => excess(object, Excess::Circle, 0),
            Wrong::TooLarge => excess(-1, Excess::Pages, pages),
        })?;
        Ok(unread)
    }

    fn check_depth(&self, object: i32, depth: usize) -> Result<(), IssueKind> {
        if depth > DEPTH { Err(excess(object, Excess::Depth, DEPTH as u64)) } else { Ok(()) }
    }

    /// Measures a stream, or puts it off where it is encrypted.
    fn look_at(
        &mut self,
        name: ObjectIdentifier,
        stream: &Packed<'_>,
        chains: &[Vec<Filter>],
    ) -> Result<(), IssueKind> {
        let is = |kind: &[u8]| stream.dict.get::<Name<'_>>(TYPE).is_some_and(|name| name.as_ref() == kind);
        if let Some(locked) = self.locked.as_mut().filter(|_| !is(b"XRef")) {
            locked.push(name);
            // Streams of objects are unpacked on opening: what cannot be measured before must be small.
            let may_grow = chains.iter().any(|chain| chain.len() > 1)
                || stream.data.len() as u64 * GROWTH > self.limits.stream_bytes;
            if is(b"ObjStm") && may_grow {
                return Err(excess(name.obj_number, Excess::Stream, self.limits.stream_bytes));
            }
            return Ok(());
        }
        let is_form = stream.dict.get::<Name<'_>>(SUBTYPE).is_some_and(|kind| kind.as_ref() == b"Form");
        self.measure(name.obj_number, stream.data, chains, if is_form { FORM_STATES } else { STATES })
    }

    /// Counts what a stream unpacks to, in the way that makes most of it.
    fn measure(&mut self, number: i32, data: &[u8], chains: &[Vec<Filter>], states: usize) -> Result<(), IssueKind> {
        let plain = [Vec::new()];
        let limit = self.limits.stream_bytes;
        let mut most = Measure::default();
        for chain in if chains.is_empty() { &plain } else { chains } {
            most = most.max(measure(data, chain, limit).map_err(|_| excess(number, Excess::Stream, limit))?);
        }
        self.check_depth(number, most.depth)?;
        if most.states > states {
            return Err(excess(number, Excess::States, states as u64));
        }
        let size = self.sizes.entry(number).or_default();
        *size = size.max(most);
        self.total += most.length;
        let limit = self.limits.streams_bytes;
        if self.total > limit { Err(excess(number, Excess::Streams, limit)) } else { Ok(()) }
    }

    /// What the objects inside a stream of objects say of pages.
    fn look_into(&mut self, number: i32, stream: &Packed<'_>, from: &[u8], tree: &mut Tree) -> Result<(), IssueKind> {
        if stream.dict.get::<Name<'_>>(TYPE).is_none_or(|name| name.as_ref() != b"ObjStm") {
            return Ok(());
        }
        let count = stream.dict.get::<i64>(N).filter(|count| (0..=STREAM_OBJECTS).contains(count));
        let Some(count) = count else {
            return Err(excess(number, Excess::Objects, STREAM_OBJECTS as u64));
        };
        let first = stream.dict.get::<u32>(FIRST).unwrap_or(0) as usize;
        let holds = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
        if self.locked.is_none()
            && let Some(Ok(unpacked)) = Stream::from_bytes(from).map(|stream| stream.decoded())
            && (holds(&unpacked, b"Kids") || holds(&unpacked, b"Pages") || unpacked.contains(&b'#'))
        {
            tree.add_stream(&unpacked, first, count as usize);
        }
        Ok(())
    }

    /// Measures the streams of an encrypted file, now that the library decrypts them.
    pub(super) fn look_again(&mut self, pdf: &Pdf) -> Result<(), IssueKind> {
        for name in self.locked.take().unwrap_or_default() {
            let Some(stream) = pdf.xref().get::<Stream<'_>>(name) else { continue };
            let Some(chains) = chains_of(&stream) else { continue };
            self.measure(name.obj_number, &stream.raw_data(), &chains, STATES)?;
        }
        Ok(())
    }

    /// The instructions of a page, measured without unpacking them.
    fn instructions(&self, page: &Page<'_>) -> Measure {
        let size = |number: i32| self.sizes.get(&number).or_else(|| self.sizes.get(&-1)).copied().unwrap_or_default();
        if let Some(stream) = page.raw().get::<Stream<'_>>(CONTENTS) {
            return size(stream.obj_id().obj_number);
        }
        let streams = page.raw().get::<Array<'_>>(CONTENTS);
        let numbers = streams.iter().flat_map(items).filter_map(|item| item.as_obj_ref());
        numbers.map(|reference| size(reference.obj_number)).fold(Measure::default(), |sum, one| Measure {
            length: sum.length + one.length,
            depth: sum.depth + one.depth,
            states: sum.states + one.states,
        })
    }

    /// The bytes of a page's instructions, or why they are not drawn.
    pub(super) fn check_page(&self, page: &Page<'_>) -> Result<u64, IssueKind> {
        let Measure { length, depth, states } = self.instructions(page);
        let limit = self.limits.page_bytes as u64;
        if length > limit {
            return Err(IssueKind::PageTooLarge { bytes: length, limit });
        }
        self.check_depth(-1, depth)?;
        if states > STATES { Err(excess(-1, Excess::States, STATES as u64)) } else { Ok(length) }
    }
}

/// The filters of an open stream, with either way in which LZW counts.
fn chains_of(stream: &Stream<'_>) -> Option<Vec<Vec<Filter>>> {
    let chain = |early: bool| {
        let filters = stream.filters();
        let filter = |named: &Named| match named {
            Named::AsciiHexDecode => Some(Filter::Hex),
            Named::Ascii85Decode => Some(Filter::Base85),
            Named::RunLengthDecode => Some(Filter::RunLength),
            Named::LzwDecode => Some(Filter::Lzw { early }),
            Named::FlateDecode => Some(Filter::Flate),
            _ => None,
        };
        filters.iter().map(filter).collect::<Option<Vec<Filter>>>()
    };
    Some(vec![chain(true)?, chain(false)?])
}
