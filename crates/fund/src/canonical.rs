//! The bytes under a hash: what parts are made of, so that no two entries share their bytes.

/// A number as eight bytes, highest first.
pub(crate) fn number(bytes: &mut Vec<u8>, number: i64) {
    bytes.extend(number.to_be_bytes());
}

/// A text as its length in bytes, eight bytes, and its UTF-8.
pub(crate) fn text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend((text.len() as u64).to_be_bytes());
    bytes.extend(text.as_bytes());
}
