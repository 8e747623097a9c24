//! Bytes to text: which encoding, or why not.

use crate::issue::IssueKind;
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// The text of a file, or the reason why it has none.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, IssueKind> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(IssueKind::Empty);
    }
    if let Some(format) = binary_format(&bytes) {
        return Err(IssueKind::Binary(format));
    }
    for encoding in [UTF_16LE, UTF_16BE] {
        let mark: &[u8] = if encoding == UTF_16LE { &[0xFF, 0xFE] } else { &[0xFE, 0xFF] };
        if bytes.starts_with(mark) {
            let (text, _, bad) = encoding.decode(&bytes);
            return if bad { Err(IssueKind::Encoding { byte: 2 }) } else { Ok(text.into_owned()) };
        }
    }
    let failed_at = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => {
            let byte = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            if let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(&bytes) {
                return Ok(text.into_owned());
            }
            byte
        }
    };
    Err(IssueKind::Encoding { byte: failed_at })
}

/// The format of a file that is no text, as far as its first bytes tell.
fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 6] = [
        (b"%PDF", "PDF 文件"),
        (b"PK\x03\x04", "压缩包"),
        (b"\xD0\xCF\x11\xE0", "旧式复合文档"),
        (b"\x89PNG", "图片"),
        (b"\xFF\xD8\xFF", "图片"),
        (b"\x7FELF", "二进制数据"),
    ];
    if let Some((_, name)) = known.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Some(name);
    }
    let is_utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    (!is_utf16 && bytes.contains(&0)).then_some("二进制数据")
}
