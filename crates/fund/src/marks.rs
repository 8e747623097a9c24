//! A byte for each applicant that is hardly ever set.

/// A byte for each applicant; none at all while every byte is 0, so that what never occurs takes no room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks(Vec<u8>);

impl Marks {
    /// The byte of an applicant.
    #[inline]
    pub(crate) fn at(&self, applicant: usize) -> u8 {
        self.0.get(applicant).copied().unwrap_or(0)
    }

    /// Adds the bytes of the applicants from `from` on; those before were added earlier.
    pub(crate) fn extend(&mut self, from: usize, bytes: &[u8]) {
        if self.0.is_empty() && bytes.iter().fold(0, |any, byte| any | byte) == 0 {
            return;
        }
        self.0.resize(from, 0);
        self.0.extend_from_slice(bytes);
    }

    /// Adds the byte of one applicant after `from` others.
    pub(crate) fn push(&mut self, from: usize, byte: u8) {
        if byte != 0 || !self.0.is_empty() {
            self.0.resize(from, 0);
            self.0.push(byte);
        }
    }

    /// Puts another byte.
    pub(crate) fn set(&mut self, applicant: usize, byte: u8) {
        if applicant >= self.0.len() && byte != 0 {
            self.0.resize(applicant + 1, 0);
        }
        if let Some(old) = self.0.get_mut(applicant) {
            *old = byte;
        }
    }

    /// Forgets every byte and keeps the room.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Makes room for so many bytes at once, where some are sure to be set.
    pub(crate) fn reserve(&mut self, applicants: usize) {
        self.0.reserve_exact(applicants);
    }

    /// The bytes of a range; empty where all of them are 0.
    pub(crate) fn range(&self, range: std::ops::Range<usize>) -> &[u8] {
        let bytes = self.0.get(range.start..range.end.min(self.0.len())).unwrap_or(&[]);
        if bytes.iter().fold(0, |any, byte| any | byte) == 0 { &[] } else { bytes }
    }
}

impl PartialEq for Marks {
    /// Bytes that are 0 are the same as none.
    fn eq(&self, other: &Marks) -> bool {
        (0..self.0.len().max(other.0.len())).all(|applicant| self.at(applicant) == other.at(applicant))
    }
}

impl Eq for Marks {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_zero_take_no_room_until_one_is_not() {
        let mut marks = Marks::default();
        marks.extend(0, &[0, 0]);
        assert_eq!((marks.0.len(), marks.range(0..2)), (0, &[][..]));
        marks.extend(2, &[0, 7]);
        marks.push(4, 0);
        assert_eq!((marks.at(1), marks.at(3), marks.at(9)), (0, 7, 0));
        assert_eq!((marks.range(2..5), marks.range(0..2)), (&[0, 7, 0][..], &[][..]));
        marks.set(3, 0);
        assert_eq!(marks, Marks::default());
    }
}
