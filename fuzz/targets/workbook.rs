#![no_main]

mod package;

const RELATIONS: &str = r#"<R><Relationship Id="a" Type="x/worksheet" Target="a.xml"/><Relationship Id="b"
    Type="x/sharedStrings" Target="b.xml"/><Relationship Id="c" Type="x/styles" Target="c.xml"/></R>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let names = ["xl/a.xml", "xl/b.xml", "xl/c.xml"];
    let fixed = [
        ("xl/workbook.xml", r#"<workbook><sheets><sheet name="表一" r:id="a"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
    ];
    let is_file = bytes.starts_with(b"PK") || bytes.starts_with(b"\xD0\xCF\x11\xE0");
    let file = if is_file { bytes.to_vec() } else { package::packed(&names, &fixed, bytes) };
    package::read("a.xlsx", file);
});
