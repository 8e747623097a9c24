//! The compound files of older programs (OLE): streams by name. What is asked of a stream
//! is bounded by the file's own size, also where its chain of sectors runs in a circle.

/// Marks the end of a chain.
const END: u32 = 0xFFFF_FFFA;

/// A compound file.
pub(crate) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
    /// The same for the small sectors within the first stream.
    next_small: Vec<u32>,
    small: Vec<u8>,
    small_limit: u32,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: u32,
    is_stream: bool,
}

impl Compound<'_> {
    /// Opens a file; `None` when it is none or is damaged.
    pub(crate) fn open(bytes: &[u8]) -> Option<Compound<'_>> {
        let shift = u16_at(bytes, 30)?;
        if !matches!(shift, 9 | 12) {
            return None;
        }
        let mut compound = Compound {
            bytes,
            sector: 1 << shift,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            small_limit: u32_at(bytes, 56)?,
            entries: Vec::new(),
        };
        compound.read_table()?;
        let directory = compound.chain(u32_at(bytes, 48)?);
        compound.entries = directory.chunks_exact(128).filter_map(entry).collect();
        let root = compound.entries.first()?;
        let (start, size) = (root.start, root.size);
        compound.small = compound.chain(start);
        compound.small.truncate(size as usize);
        let table = compound.chain(u32_at(bytes, 60)?);
        compound.next_small = numbers(&table);
        Some(compound)
    }

    /// The table of chains: its sectors are listed in the header and in sectors of their own.
    fn read_table(&mut self) -> Option<()> {
        let mut sectors: Vec<u32> = (0..109).filter_map(|at| u32_at(self.bytes, 76 + 4 * at)).collect();
        let mut list = u32_at(self.bytes, 68)?;
        let most = self.bytes.len() / self.sector + 1;
        for _ in 0..most {
            if list >= END {
                break;
            }
            let mut more = numbers(self.sector_bytes(list));
            list = more.pop().unwrap_or(END);
            sectors.append(&mut more);
        }
        sectors.retain(|sector| *sector < END);
        sectors.truncate(most);
        self.next = sectors.iter().flat_map(|sector| numbers(self.sector_bytes(*sector))).collect();
        Some(())
    }

    fn sector_bytes(&self, sector: u32) -> &[u8] {
        let start = (sector as usize + 1).saturating_mul(self.sector);
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end).unwrap_or(&[])
    }

    /// The bytes of a chain of sectors.
    fn chain(&self, start: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let mut sector = start;
        while sector < END && out.len() < self.bytes.len() {
            let bytes = self.sector_bytes(sector);
            if bytes.is_empty() {
                break;
            }
            out.extend_from_slice(bytes);
            sector = self.next.get(sector as usize).copied().unwrap_or(END);
        }
        out
    }

    fn small_chain(&self, start: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let mut sector = start;
        while sector < END && out.len() < self.small.len() {
            let from = sector as usize * 64;
            let Some(bytes) = self.small.get(from..(from + 64).min(self.small.len())) else { break };
            out.extend_from_slice(bytes);
            sector = self.next_small.get(sector as usize).copied().unwrap_or(END);
        }
        out
    }

    /// True when there is such a stream.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream.
    pub(crate) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name))?;
        let is_small = entry.size < self.small_limit;
        let mut bytes = if is_small { self.small_chain(entry.start) } else { self.chain(entry.start) };
        bytes.truncate(entry.size as usize);
        Some(bytes)
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).clamp(2, 64) - 2;
    let units: Vec<u16> = bytes[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        start: u32_at(bytes, 116)?,
        size: u32_at(bytes, 120)?,
        is_stream: bytes[66] == 2,
    })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

/// A number of two bytes.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// A number of four bytes.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
