//! XLS: the records of BIFF8, and of the BIFF5 before it, in a compound file.

use super::date::Epoch;
use super::{Sheet, Troubles, cell_name, lay_sheets, number_format, shown_number};
use crate::Limits;
use crate::compose::{Composer, refuse};
use crate::compound::{Compound, u16_at, u32_at};
use crate::document::{Document, Merge};
use crate::issue::IssueKind;
use std::collections::BTreeMap;

/// Adds an XLS file to the document.
pub(crate) fn read_xls(document: &mut Document, path: String, bytes: Vec<u8>, limits: &Limits) {
    let damaged = || IssueKind::PartDamaged { part: "Workbook".into() };
    let stream = Compound::open(&bytes).and_then(|file| file.stream("Workbook").or_else(|| file.stream("Book")));
    let Some(stream) = stream else { return refuse(document, path, damaged()) };
    let mut composer = Composer::new(document.next_file(), limits);
    let mut reader = Reader::new(&stream, limits);
    if let Err(kind) = reader.read_globals() {
        return refuse(document, path, kind);
    }
    let mut sheets = Vec::new();
    for (name, offset, is_hidden) in std::mem::take(&mut reader.listed) {
        sheets.push(reader.read_sheet(Sheet { name, is_hidden, ..Sheet::default() }, offset as usize));
    }
    lay_sheets(&mut composer, sheets);
    std::mem::take(&mut reader.troubles).report(&mut composer);
    if reader.is_broken {
        composer.report(IssueKind::BrokenPart { part: "Workbook".into() });
    }
    composer.finish(document, path);
}

/// A record and those that continue it.
struct Record<'a> {
    kind: u16,
    parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    fn bytes(&self) -> &'a [u8] {
        self.parts[0]
    }
}

struct Reader<'a> {
    stream: &'a [u8],
    limits: &'a Limits,
    /// Strings are in the bytes of a code page: BIFF5.
    is_old: bool,
    code_page: u16,
    epoch: Epoch,
    own_formats: BTreeMap<u16, String>,
    /// The format number of each cell style.
    styles: Vec<u16>,
    strings: Vec<String>,
    /// Name, offset and whether hidden.
    listed: Vec<(String, u32, bool)>,
    troubles: Troubles,
    is_broken: bool,
}

impl<'a> Reader<'a> {
    fn new(stream: &'a [u8], limits: &'a Limits) -> Reader<'a> {
        Reader {
            stream,
            limits,
            is_old: false,
            code_page: 936,
            epoch: Epoch::From1900,
            own_formats: BTreeMap::new(),
            styles: Vec::new(),
            strings: Vec::new(),
            listed: Vec::new(),
            troubles: Troubles::default(),
            is_broken: false,
        }
    }

    /// The record at an offset, and where the next one begins.
    fn record(&self, at: usize) -> Option<(Record<'a>, usize)> {
        let part = |at: usize| {
            let length = usize::from(u16_at(self.stream, at + 2)?);
            Some((u16_at(self.stream, at)?, self.stream.get(at + 4..at + 4 + length)?))
        };
        let (kind, bytes) = part(at)?;
        let mut parts = vec![bytes];
        let mut next = at + 4 + bytes.len();
        while let Some((0x3C, more)) = part(next) {
            parts.push(more);
            next += 4 + more.len();
        }
        Some((Record { kind, parts }, next))
    }

    fn read_globals(&mut self) -> Result<(), IssueKind> {
        let mut at = 0;
        let damaged = IssueKind::PartDamaged { part: "Workbook".into() };
        loop {
            let Some((record, next)) = self.record(at) else {
                return if self.listed.is_empty() { Err(damaged) } else { Ok(()) };
            };
            let bytes = record.bytes();
            match record.kind {
                0x0809 => self.is_old = u16_at(bytes, 0).is_some_and(|version| version < 0x0600),
                0x002F => return Err(IssueKind::Encrypted),
                0x0042 => self.code_page = u16_at(bytes, 0).unwrap_or(936),
                0x0022 if u16_at(bytes, 0) == Some(1) => self.epoch = Epoch::From1904,
                0x0085 => self.list_sheet(bytes),
                0x041E => {
                    let text = if self.is_old { self.old_text(bytes, 2, 1) } else { wide_text(&record.parts, 2, 2) };
                    self.own_formats.insert(u16_at(bytes, 0).unwrap_or(0), text.unwrap_or_default());
                }
                0x00E0 => self.styles.push(u16_at(bytes, 2).unwrap_or(0)),
                0x00FC => self.strings = shared_strings(&record.parts),
                0x000A => return Ok(()),
                _ => {}
            }
            at = next;
        }
    }

    fn list_sheet(&mut self, bytes: &[u8]) {
        let Some((offset, (state, kind))) = u32_at(bytes, 0).zip(bytes.get(4).zip(bytes.get(5))) else { return };
        let name = if self.is_old { self.old_text(bytes, 6, 1) } else { wide_text(&[bytes], 6, 1) };
        // Charts and macros are no sheets of cells; a file has at most so many sheets.
        if *kind == 0 && self.listed.len() < 1_000 {
            self.listed.push((name.unwrap_or_default(), offset, state & 3 != 0));
        }
    }

    /// A text in the code page, after its length in one or two bytes.
    fn old_text(&self, bytes: &[u8], at: usize, width: usize) -> Option<String> {
        let length = if width == 1 { usize::from(*bytes.get(at)?) } else { usize::from(u16_at(bytes, at)?) };
        let encoding = match self.code_page {
            950 => encoding_rs::BIG5,
            1252 => encoding_rs::WINDOWS_1252,
            _ => encoding_rs::GB18030,
        };
        let from = at + width;
        let text = bytes.get(from..(from + length).min(bytes.len()))?;
        Some(encoding.decode_without_bom_handling(text).0.into_owned())
    }

    fn read_sheet(&mut self, mut sheet: Sheet, offset: usize) -> Sheet {
        let mut at = offset;
        let mut depth = 0_usize;
        let mut hides_zeros = false;
        let mut zeros = Vec::new();
        // The cell whose formula gave a text, which the next record holds.
        let mut awaits = None;
        loop {
            let Some((record, next)) = self.record(at) else {
                self.is_broken = true;
                break;
            };
            let bytes = record.bytes();
            match record.kind {
                0x0809 => depth += 1,
                0x000A if depth <= 1 => break,
                0x000A => depth -= 1,
                // A chart within the sheet has records of its own.
                _ if depth > 1 => {}
                0x023E => hides_zeros = u16_at(bytes, 0).is_some_and(|options| options & 0x10 == 0),
                0x0208 if u16_at(bytes, 12).is_some_and(|options| options & 0x20 != 0) => {
                    sheet.hidden_rows.extend(u16_at(bytes, 0).map(u32::from));
                }
                0x007D if u16_at(bytes, 8).is_some_and(|options| options & 1 != 0) => {
                    let columns = u16_at(bytes, 0).zip(u16_at(bytes, 2));
                    sheet.hidden_columns.extend(columns.map(|(first, last)| (first.into(), last.into())));
                }
                0x00E5 => self.read_merges(&mut sheet, bytes),
                0x0207 => {
                    let text = if self.is_old { self.old_text(bytes, 0, 2) } else { wide_text(&record.parts, 0, 2) };
                    if let (Some(place), Some(text)) = (awaits.take(), text) {
                        self.put(&mut sheet, place, text);
                    }
                }
                _ => {
                    awaits =
                        self.read_cells(&mut sheet, &record, &mut zeros).or(awaits.filter(|_| !is_cell(record.kind)))
                }
            }
            at = next;
        }
        if hides_zeros {
            zeros.iter().for_each(|place| drop(sheet.cells.remove(place)));
        }
        sheet
    }

    fn read_merges(&self, sheet: &mut Sheet, bytes: &[u8]) {
        for four in bytes.get(2..).unwrap_or(&[]).chunks_exact(8) {
            let number = |at: usize| u32::from(u16::from_le_bytes([four[at], four[at + 1]]));
            let (top, bottom, left, right) = (number(0), number(2), number(4), number(6));
            if top <= bottom && left <= right && sheet.merges.len() < self.limits.cells {
                sheet.merges.push(Merge { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 });
            }
        }
    }

    /// The cells of a record; a place whose text is in the next record.
    fn read_cells(
        &mut self,
        sheet: &mut Sheet,
        record: &Record<'_>,
        zeros: &mut Vec<(u32, u32)>,
    ) -> Option<(u32, u32)> {
        let bytes = record.bytes();
        let (row, column, style) = (u16_at(bytes, 0)?, u16_at(bytes, 2)?, u16_at(bytes, 4)?);
        let place = (u32::from(row), u32::from(column));
        match record.kind {
            0x0203 => self.put_number(sheet, place, style, &double(bytes.get(6..14)?), zeros),
            0x027E => self.put_number(sheet, place, style, &packed(u32_at(bytes, 6)?), zeros),
            0x00BD => {
                let cells = bytes.get(4..bytes.len().checked_sub(2)?)?.chunks_exact(6);
                for (at, cell) in cells.enumerate() {
                    let place = (place.0, place.1 + at as u32);
                    self.put_number(sheet, place, u16_at(cell, 0)?, &packed(u32_at(cell, 2)?), zeros);
                }
            }
            0x00FD => {
                let text = self.strings.get(u32_at(bytes, 6)? as usize).cloned();
                self.put(sheet, place, text.unwrap_or_default());
            }
            0x0204 | 0x00D6 => {
                let text = if self.is_old { self.old_text(bytes, 6, 2) } else { wide_text(&record.parts, 6, 2) };
                self.put(sheet, place, text.unwrap_or_default());
            }
            0x0205 => {
                let (value, is_error) = (*bytes.get(6)?, *bytes.get(7)? != 0);
                self.put(sheet, place, truth_or_error(value, is_error).to_string());
            }
            0x0006 => {
                let result = bytes.get(6..14)?;
                if result[6..] != [0xFF, 0xFF] {
                    self.put_number(sheet, place, style, &double(result), zeros);
                } else if result[0] == 0 {
                    return Some(place);
                } else if result[0] < 3 {
                    self.put(sheet, place, truth_or_error(result[2], result[0] == 2).to_string());
                }
            }
            _ => {}
        }
        None
    }

    fn put(&self, sheet: &mut Sheet, place: (u32, u32), text: String) {
        // One more than the limit is kept, so that reaching it is noticed.
        if !text.trim().is_empty() && sheet.cells.len() <= self.limits.cells {
            sheet.cells.insert(place, text);
        }
    }

    fn put_number(
        &mut self,
        sheet: &mut Sheet,
        place: (u32, u32),
        style: u16,
        stored: &str,
        zeros: &mut Vec<(u32, u32)>,
    ) {
        let number = self.styles.get(usize::from(style)).copied().unwrap_or(0);
        let own = self.own_formats.get(&number).map(String::as_str);
        let format = own.unwrap_or_else(|| number_format::built_in(number.into())).to_string();
        let (text, known) = shown_number(stored, &format, self.epoch);
        if !known {
            self.troubles.unknown_format(format!("{}!{}", sheet.name, cell_name(place.0, place.1)), &format);
        }
        if super::number::Decimal::parse(stored).is_some_and(|number| number.is_zero()) {
            zeros.push(place);
        }
        self.put(sheet, place, text);
    }
}

/// The record holds a cell: a text that was awaited comes no more.
fn is_cell(kind: u16) -> bool {
    matches!(kind, 0x0203 | 0x027E | 0x00BD | 0x00FD | 0x0204 | 0x00D6 | 0x0205 | 0x0006)
}

fn truth_or_error(value: u8, is_error: bool) -> &'static str {
    match (is_error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0F) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1D) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    }
}

/// The shortest digits that stand for a stored double.
fn double(bytes: &[u8]) -> String {
    let eight: [u8; 8] = bytes.try_into().unwrap_or_default();
    let value = f64::from_le_bytes(eight); // tidy: float because the file holds IEEE doubles
    if value.is_finite() { format!("{value:e}") } else { "0".into() }
}

/// A number packed into 30 bits: an integer or the upper half of a double, perhaps in hundredths.
fn packed(bits: u32) -> String {
    let digits = if bits & 2 != 0 {
        ((bits as i32) >> 2).to_string()
    } else {
        double(&(u64::from(bits & !3) << 32).to_le_bytes())
    };
    if bits & 1 == 0 {
        return digits;
    }
    match digits.split_once('e') {
        Some((mantissa, exponent)) => {
            format!("{mantissa}e{}", exponent.parse::<i32>().map_or(0, |exponent| exponent - 2))
        }
        None => format!("{digits}e-2"),
    }
}

/// The strings that cells share: each after its length; they go on over continued records.
fn shared_strings(parts: &[&[u8]]) -> Vec<String> {
    let mut cursor = Cursor { parts, part: 0, at: 4 };
    let Some(count) = cursor.number(4) else { return Vec::new() };
    let mut strings = Vec::new();
    for _ in 0..count {
        let Some(text) = cursor.text(2) else { break };
        strings.push(text);
    }
    strings
}

/// A text after its length in so many bytes.
fn wide_text(parts: &[&[u8]], at: usize, width: usize) -> Option<String> {
    Cursor { parts, part: 0, at }.text(width)
}

/// Reads over the ends of continued records.
struct Cursor<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl Cursor<'_> {
    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.parts.get(self.part)?.len() {
            self.part += 1;
            self.at = 0;
        }
        self.at += 1;
        Some(self.parts[self.part][self.at - 1])
    }

    fn number(&mut self, width: usize) -> Option<u32> {
        (0..width).try_fold(0, |sum, at| Some(sum | u32::from(self.byte()?) << (8 * at)))
    }

    fn text(&mut self, width: usize) -> Option<String> {
        let length = self.number(width)? as usize;
        let options = self.byte()?;
        let runs = if options & 8 != 0 { self.number(2)? } else { 0 };
        let extra = if options & 4 != 0 { self.number(4)? } else { 0 };
        let mut is_wide = options & 1 != 0;
        let mut units = Vec::new();
        for _ in 0..length {
            if self.at >= self.parts.get(self.part)?.len() {
                // Characters that go on in the next record begin with their width anew.
                self.part += 1;
                self.at = 0;
                is_wide = self.byte()? & 1 != 0;
            }
            units.push(self.number(if is_wide { 2 } else { 1 })? as u16);
        }
        self.skip(runs as usize * 4 + extra as usize);
        Some(String::from_utf16_lossy(&units))
    }

    fn skip(&mut self, mut bytes: usize) {
        while let Some(part) = self.parts.get(self.part) {
            let here = part.len().saturating_sub(self.at);
            if bytes <= here {
                self.at += bytes;
                return;
            }
            bytes -= here;
            self.part += 1;
            self.at = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers() {
        assert_eq!(packed(51_447 << 2 | 2), "51447");
        assert_eq!(packed(3_510 << 2 | 3), "3510e-2");
        assert_eq!(packed(((-7_i32) << 2) as u32 | 2), "-7");
        assert_eq!(packed((0x4041_8000_u32) & !3), "3.5e1");
    }

    #[test]
    fn a_string_goes_on_in_the_next_record() {
        let first = [1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 1, 0x2D, 0x4E];
        let second = [0, b'a', b'b'];
        assert_eq!(shared_strings(&[&first, &second]), ["中ab"]);
    }

    #[test]
    fn a_stream_cut_anywhere_is_read_as_far_as_it_goes() {
        let stream = [0x09, 8, 4, 0, 0, 6, 5, 0, 0x85, 0, 9, 0, 0, 0, 0, 0, 0, 0, 1, 0, b'A', 0x0A, 0, 0, 0];
        for end in 0..stream.len() {
            let limits = Limits::default();
            let mut reader = Reader::new(&stream[..end], &limits);
            let _ = reader.read_globals();
            let _ = reader.read_sheet(Sheet::default(), 0);
        }
    }
}
