#![no_main]

mod package;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let names = ["word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml"];
    let file = if bytes.starts_with(b"PK") { bytes.to_vec() } else { package::packed(&names, &[], bytes) };
    package::read("a.docx", file);
});
