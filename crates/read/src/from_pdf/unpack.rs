//! What a packed stream grows to, counted before the library unpacks it whole.
//!
//! The library has no bound of its own: a few kilobytes may unpack to gigabytes. Here bytes are unpacked
//! through a small buffer and counted. Where this decoder gives up and the library's would go on, the
//! rest counts with the most that it can grow to.

use flate2::{Decompress, FlushDecompress, Status};

/// Deflate writes at most so many bytes for one.
const DEFLATE_GROWTH: u64 = 1032;

/// A way of packing that can be undone here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Hex,
    Base85,
    RunLength,
    Lzw { early: bool },
    Flate,
}

/// The stream grows beyond the limit.
#[derive(Debug)]
pub(super) struct Over;

/// What was unpacked.
#[derive(Clone, Copy, Default)]
pub(super) struct Measure {
    /// Bytes of all steps together.
    pub length: u64,
    /// How many brackets are open at once at most.
    pub depth: usize,
    /// How often the letter `q` stands in them: as an operator it keeps the state of the drawing.
    pub states: usize,
}

impl Measure {
    /// The larger of each.
    pub(super) fn max(self, other: Measure) -> Measure {
        Measure {
            length: self.length.max(other.length),
            depth: self.depth.max(other.depth),
            states: self.states.max(other.states),
        }
    }
}

/// Counts what the filters, one after the other, make of the bytes.
pub(super) fn measure(packed: &[u8], filters: &[Filter], limit: u64) -> Result<Measure, Over> {
    let mut length = 0;
    let mut current: Vec<u8> = Vec::new();
    let mut meter = Meter::default();
    if filters.is_empty() {
        meter.pass(packed);
        length = packed.len() as u64;
    }
    for (at, filter) in filters.iter().enumerate() {
        let is_last = at + 1 == filters.len();
        let mut sink = Sink::new(limit - length, !is_last);
        let bytes = if at == 0 { packed } else { &current };
        match filter {
            Filter::Hex => hex(bytes, &mut sink)?,
            Filter::Base85 => base85(bytes, &mut sink)?,
            Filter::RunLength => run_length(bytes, &mut sink)?,
            Filter::Lzw { early } => lzw(bytes, *early, &mut sink)?,
            Filter::Flate => flate(bytes, &mut sink)?,
        }
        length += sink.length;
        meter = sink.meter;
        current = sink.kept.unwrap_or_default();
    }
    Ok(Measure { length, depth: meter.deepest, states: meter.states })
}

/// How many brackets may be open at once. Brackets in strings count too: the limit is far above what they make.
pub(super) fn depth_of(bytes: &[u8]) -> usize {
    let mut meter = Meter::default();
    meter.pass(bytes);
    meter.deepest
}

#[derive(Default)]
struct Meter {
    open: usize,
    deepest: usize,
    states: usize,
}

impl Meter {
    /// Counts piece by piece, as if a piece closed what it closes before it opens anything: never too
    /// little, too much by less than a piece, and many times as fast as byte by byte.
    fn pass(&mut self, bytes: &[u8]) {
        for piece in bytes.chunks(240) {
            let (opened, closed) = piece.iter().fold((0_u8, 0_u8), |(opened, closed), byte| {
                let opens = (*byte == b'[') | (*byte == b'<') | (*byte == b'{');
                let closes = (*byte == b']') | (*byte == b'>') | (*byte == b'}');
                (opened + u8::from(opens), closed + u8::from(closes))
            });
            self.states += usize::from(piece.iter().fold(0_u8, |states, byte| states + u8::from(*byte == b'q')));
            self.deepest = self.deepest.max(self.open + usize::from(opened));
            self.open = self.open.saturating_sub(usize::from(closed)) + usize::from(opened);
        }
    }
}

/// Takes what is unpacked, and keeps it where a further filter needs it.
struct Sink {
    length: u64,
    limit: u64,
    kept: Option<Vec<u8>>,
    meter: Meter,
}

impl Sink {
    fn new(limit: u64, keeps: bool) -> Sink {
        Sink { length: 0, limit, kept: keeps.then(Vec::new), meter: Meter::default() }
    }

    fn push(&mut self, bytes: &[u8]) -> Result<(), Over> {
        self.grow(bytes.len() as u64)?;
        match &mut self.kept {
            Some(kept) => kept.extend_from_slice(bytes),
            None => self.meter.pass(bytes),
        }
        Ok(())
    }

    fn grow(&mut self, count: u64) -> Result<(), Over> {
        self.length = self.length.saturating_add(count);
        if self.length > self.limit { Err(Over) } else { Ok(()) }
    }
}

/// How unpacking came to an end: properly, or with so many bytes left that it could not read.
enum End {
    Proper,
    Left(usize),
}

/// As the library does: with the head of zlib, else without, else what a lenient decoder makes of it.
fn flate(data: &[u8], sink: &mut Sink) -> Result<(), Over> {
    let (limit, keeps) = (sink.limit, sink.kept.is_some());
    let with_head = inflate(data, true, sink)?;
    let End::Left(behind_head) = with_head else { return Ok(()) };
    let mut bare = Sink::new(limit, keeps);
    let left = match inflate(data, false, &mut bare)? {
        End::Proper => {
            *sink = bare;
            return Ok(());
        }
        End::Left(left) if !has_head(data) => {
            *sink = bare;
            left
        }
        End::Left(_) => behind_head,
    };
    if keeps && left > 0 {
        // What a lenient decoder makes of the rest is not known, and less so what the next filter makes of that.
        return Err(Over);
    }
    sink.grow(left as u64 * DEFLATE_GROWTH)
}

fn has_head(data: &[u8]) -> bool {
    let [first, second, ..] = data else { return false };
    first & 15 == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31) && second & 32 == 0
}

fn inflate(data: &[u8], has_head: bool, sink: &mut Sink) -> Result<End, Over> {
    let mut decoder = Decompress::new(has_head);
    let mut buffer = [0; 64 << 10];
    loop {
        let (read, written) = (decoder.total_in(), decoder.total_out());
        let status = decoder.decompress(&data[read as usize..], &mut buffer, FlushDecompress::None);
        sink.push(&buffer[..(decoder.total_out() - written) as usize])?;
        let stands = decoder.total_in() == read && decoder.total_out() == written;
        match status {
            Ok(Status::StreamEnd) => return Ok(End::Proper),
            Ok(_) if !stands => {}
            // All was read and the end is missing: the lenient decoder has no more to read either.
            Ok(_) => return Ok(End::Left(0)),
            Err(_) => return Ok(End::Left(data.len().saturating_sub(decoder.total_in() as usize))),
        }
    }
}

/// Codes of 9 to 12 bits that stand for strings seen before.
fn lzw(data: &[u8], early: bool, sink: &mut Sink) -> Result<(), Over> {
    const FIRST: usize = 258;
    let mut strings: Vec<(usize, u8)> = Vec::new();
    let (mut bits, mut held) = (0_u32, 0_u32);
    let (mut bytes, mut last) = (data.iter(), None);
    let mut text = Vec::new();
    loop {
        let size = FIRST + strings.len();
        let width = match size + usize::from(early) {
            2048.. => 12,
            1024.. => 11,
            512.. => 10,
            _ => 9,
        };
        while held < width {
            let Some(byte) = bytes.next() else { return Ok(()) };
            bits = bits << 8 | u32::from(*byte);
            held += 8;
        }
        held -= width;
        let code = (bits >> held & ((1 << width) - 1)) as usize;
        match (code, last) {
            (256, _) => {
                strings.clear();
                last = None;
                continue;
            }
            (257, _) => return Ok(()),
            (code, None) if code >= size => return Ok(()),
            (code, Some(_)) if code > size => return Ok(()),
            _ => {}
        }
        let known = if code == size { last.unwrap_or(0) } else { code };
        spell(known, &strings, &mut text);
        let first = text[0];
        if code == size {
            text.push(first);
        }
        sink.push(&text)?;
        if let Some(last) = last
            && size < 4096
        {
            strings.push((last, first));
        }
        last = Some(code.min(4095));
    }
}

/// The string of a code.
fn spell(mut code: usize, strings: &[(usize, u8)], text: &mut Vec<u8>) {
    text.clear();
    while let Some((before, byte)) = code.checked_sub(258).and_then(|at| strings.get(at)) {
        text.push(*byte);
        code = *before;
    }
    text.push(code.min(255) as u8);
    text.reverse();
}

fn run_length(data: &[u8], sink: &mut Sink) -> Result<(), Over> {
    let mut at = 0;
    while let Some(length) = data.get(at).filter(|length| **length != 128) {
        at += 1;
        if *length < 128 {
            let Some(bytes) = data.get(at..at + usize::from(*length) + 1) else { return Ok(()) };
            sink.push(bytes)?;
            at += bytes.len();
        } else {
            let Some(byte) = data.get(at) else { return Ok(()) };
            sink.push(&vec![*byte; 257 - usize::from(*length)])?;
            at += 1;
        }
    }
    Ok(())
}

fn hex(data: &[u8], sink: &mut Sink) -> Result<(), Over> {
    let digits: Vec<u8> = data
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .map(|digit| digit as u8)
        .collect();
    digits.chunks(2).try_for_each(|pair| sink.push(&[pair[0] << 4 | pair.get(1).unwrap_or(&0)]))
}

fn base85(data: &[u8], sink: &mut Sink) -> Result<(), Over> {
    let mut group: Vec<u32> = Vec::new();
    for byte in data.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'z' if group.is_empty() => sink.push(&[0; 4])?,
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => {}
        }
        if group.len() == 5 {
            base85_group(&mut group, 4, sink)?;
        }
    }
    let rest = group.len();
    if rest > 1 {
        group.resize(5, 84);
        base85_group(&mut group, rest - 1, sink)?;
    }
    Ok(())
}

fn base85_group(group: &mut Vec<u32>, count: usize, sink: &mut Sink) -> Result<(), Over> {
    let value = group.drain(..).fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(digit));
    sink.push(&value.to_be_bytes()[..count])
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn length(packed: &[u8], filters: &[Filter]) -> Option<u64> {
        measure(packed, filters, 1 << 20).ok().map(|measure| measure.length)
    }

    #[test]
    fn every_filter_is_counted_to_the_byte() {
        assert_eq!(length(&packed(&[7; 5_000]), &[Filter::Flate]), Some(5_000));
        assert_eq!(length(b"4 8656C6C6F>", &[Filter::Hex]), Some(5));
        assert_eq!(length(b"zz87cURDZ~>", &[Filter::Base85]), Some(13));
        assert_eq!(length(&[4, 1, 2, 3, 4, 5, 253, 3, 128, 9], &[Filter::RunLength]), Some(9));
        let lzw = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(length(&lzw, &[Filter::Lzw { early: true }]), Some(10));
        let twice = packed(&packed(&[0; 100_000]));
        assert!(length(&twice, &[Filter::Flate, Filter::Flate]) > Some(100_000));
    }

    #[test]
    fn what_grows_beyond_the_limit_is_over() {
        let bomb = packed(&vec![0; 2 << 20]);
        assert_eq!(length(&bomb, &[Filter::Flate]), None);
        assert_eq!(length(&packed(&bomb), &[Filter::Flate, Filter::Flate]), None);
        assert_eq!(length(&[129, 0].repeat(9_000), &[Filter::RunLength]), None);
        assert_eq!(length(&vec![b'z'; 300_000], &[Filter::Base85]), None);
    }

    #[test]
    fn a_stream_that_breaks_counts_with_what_its_rest_may_grow_to() {
        let whole = packed(&(0..60_000_u32).flat_map(|n| (n * n).to_le_bytes()).collect::<Vec<u8>>());
        let cut = length(&whole[..whole.len() / 2], &[Filter::Flate]).unwrap();
        assert!(cut > 50_000 && cut < 240_000, "{cut}");
        let mut broken = whole.clone();
        broken[40..60].fill(0xFF);
        assert_eq!(length(&broken, &[Filter::Flate]), None);
    }

    #[test]
    fn open_brackets_are_counted() {
        assert_eq!(depth_of(&b"[[<<>>][]]".repeat(500)), 120 + 120);
        assert_eq!(measure(&packed(&[b'['; 900]), &[Filter::Flate], 1_000).unwrap().depth, 900);
    }
}
