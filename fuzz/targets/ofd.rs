#![no_main]

mod package;

const DOCUMENT: &str = r#"<D><CommonData><TemplatePage ID="2" BaseLoc="b.xml"/></CommonData>
    <Pages><Page ID="1" BaseLoc="a.xml"/><Page ID="3" BaseLoc="b.xml"/></Pages></D>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let fixed = [("OFD.xml", "<O><DocBody><DocRoot>d.xml</DocRoot></DocBody></O>"), ("d.xml", DOCUMENT)];
    let file = if bytes.starts_with(b"PK") { bytes.to_vec() } else { package::packed(&["a.xml", "b.xml"], &fixed, bytes) };
    package::read("a.ofd", file);
});
