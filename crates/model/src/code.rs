use std::fmt;

/// A classification code: function (2060501), economic (30231), procurement (A030201) or
/// an item of a closed list (`vehicles.run`). At most sixteen ASCII characters; the empty
/// code stands for *all of it*.
///
/// Codes form a tree by prefix: `206` holds `20605`, which holds `2060501`.
#[derive(Clone, Copy, Default)]
pub struct Code {
    bytes: [u8; 16],
    len: u8,
}

impl Code {
    /// The code of everything.
    pub const ALL: Code = Code { bytes: [0; 16], len: 0 };

    /// Reads a code; `None` when it is too long or not plain ASCII.
    pub fn new(text: &str) -> Option<Code> {
        if text.len() > 16 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 16];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Some(Code { bytes, len: text.len() as u8 })
    }

    /// The characters as one number, in the order of the text: codes are compared all the time.
    const fn bits(&self) -> u128 {
        u128::from_be_bytes(self.bytes)
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len as usize]).unwrap_or("")
    }

    /// True for the code of everything.
    pub fn is_all(&self) -> bool {
        self.len == 0
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// True for the code of everything.
    pub fn is_empty(&self) -> bool {
        self.is_all()
    }

    /// True when `self` is `whole` or lies below it.
    pub fn within(&self, whole: &Code) -> bool {
        let differing = self.bits() ^ whole.bits();
        self.len >= whole.len && differing.leading_zeros() >= 8 * u32::from(whole.len)
    }

    /// The first `count` characters.
    pub fn prefix(&self, count: usize) -> Code {
        Code::new(&self.as_str()[..count.min(self.len())]).unwrap_or(Code::ALL)
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Code) -> bool {
        self.bits() == other.bits()
    }
}

impl Eq for Code {}

impl std::hash::Hash for Code {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.bits().hash(state);
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Code) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Code) -> std::cmp::Ordering {
        self.bits().cmp(&other.bits())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Code({})", self.as_str())
    }
}
