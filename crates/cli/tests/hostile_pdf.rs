//! PDF files made to exhaust memory, stack or time: each is refused or read in part, within
//! bounds that the process itself is given, and says what is the matter, in which object, and the limit.

mod common;

use common::{Folder, code, command, stderr, text};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Virtual memory of the process in kilobytes, of which 256 MB are room for its stack.
const MEMORY: u64 = 1_600_000;
const PATIENCE: Duration = Duration::from_secs(40);

static BEGUN: std::sync::Mutex<Option<Instant>> = std::sync::Mutex::new(None);

fn is_over() -> bool {
    BEGUN.lock().unwrap().is_some_and(|begun| begun.elapsed() > Duration::from_secs(2))
}

/// Catalog (1), pages (2), one page (3), its instructions (4), then what the test adds from 5 on.
struct Made {
    objects: Vec<Vec<u8>>,
}

impl Made {
    fn new(page: &str, content: &[u8]) -> Made {
        let page = format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R{page}>>");
        let mut made = Made { objects: Vec::new() };
        made.add("<</Type/Catalog/Pages 2 0 R>>");
        made.add("<</Type/Pages/Kids[3 0 R]/Count 1>>");
        made.add(&page);
        made.stream("", content);
        made
    }

    fn add(&mut self, object: &str) {
        self.objects.push(object.as_bytes().to_vec());
    }

    fn stream(&mut self, dict: &str, data: &[u8]) {
        let head = format!("<<{dict}/Length {}>>stream\n", data.len());
        self.objects.push([head.as_bytes(), data, b"\nendstream"].concat());
    }

    fn replace(mut self, number: usize, object: &str) -> Made {
        self.objects[number - 1] = object.as_bytes().to_vec();
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for (at, object) in self.objects.iter().enumerate() {
            table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
            bytes.extend(format!("{} 0 obj", at + 1).bytes());
            bytes.extend(object);
            bytes.extend(b"\nendobj\n");
        }
        let start = bytes.len();
        let size = self.objects.len() + 1;
        bytes.extend(format!("{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
        bytes
    }
}

/// Runs the real program with little memory, and returns what it said.
fn check(name: &str, pdf: Vec<u8>) -> Output {
    let folder = Folder::new(&format!("hostile-{}", name.replace(' ', "-")));
    let path = folder.write("报告.pdf", pdf);
    let program = command().get_program().to_owned();
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"")).arg(program);
    let begun = Instant::now();
    let output = shell.args(["check", text(&path), "--lang", "en"]).stdin(Stdio::null()).output().unwrap();
    let took = begun.elapsed();
    println!("{name}: {took:?}, {}", stderr(&output).trim());
    assert!(took < PATIENCE, "{name} took {took:?}");
    output
}

fn refused(name: &str, pdf: Vec<u8>, words: &[&str]) {
    let output = check(name, pdf);
    assert_eq!(code(&output), 2, "{name}: {}", stderr(&output));
    for word in words {
        assert!(stderr(&output).contains(word), "{name}: {word:?} is not in {}", stderr(&output));
    }
}

fn flate(size: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    (0..size >> 20).for_each(|_| encoder.write_all(&[b' '; 1 << 20]).unwrap());
    encoder.finish().unwrap()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Codes that each stand for one byte more than the one before, up to the longest, which is then repeated.
fn lzw(times: usize) -> Vec<u8> {
    let (mut bits, mut bytes) = (String::new(), Vec::new());
    for at in 0..3_838 + times {
        let code = if at == 0 { 32 } else { (257 + at).min(4_095) };
        let known = (258 + at.saturating_sub(1)).min(4_096);
        let width = [511, 1_023, 2_047].iter().filter(|edge| known >= **edge).count() + 9;
        bits.push_str(&format!("{code:0width$b}"));
        while bits.len() >= 8 {
            bytes.push(u8::from_str_radix(&bits[..8], 2).unwrap());
            bits.drain(..8);
        }
    }
    bytes
}

#[test]
fn bombs_in_every_filter_are_refused_with_the_limit() {
    let limit = "more than the limit of 67108864 bytes";
    let twice = packed(&flate(300 << 20));
    assert!(twice.len() < 10_000);
    for (name, dict, data) in [
        ("flate", "/Filter/FlateDecode", flate(300 << 20)),
        ("flate twice", "/Filter[/Fl/FlateDecode]", twice),
        ("an escaped name", "/F#69lter/Fl#61teDecode", flate(80 << 20)),
        ("filters elsewhere", "/Filter 6 0 R", flate(80 << 20)),
        ("lzw", "/Filter/LZWDecode", lzw(30_000)),
        ("run length", "/Filter/RunLengthDecode", [129, 32].repeat(600_000)),
        ("base 85", "/Filter[/A85/RL]", base85(&[129, 32].repeat(600_000))),
        ("broken", "/Filter/FlateDecode", [&[0x78, 0xDA][..], &[0xFF; 100_000]].concat()),
    ] {
        let mut made = Made::new("", b"").replace(3, "<</Type/Page/Parent 2 0 R/Contents 5 0 R>>");
        made.stream(dict, &data);
        made.add("[/FlateDecode]");
        refused(name, made.bytes(), &["object 5", limit, "export the PDF anew"]);
    }
}

fn base85(bytes: &[u8]) -> Vec<u8> {
    let group = |four: &[u8]| {
        let value = u32::from_be_bytes(four.try_into().unwrap());
        (0..5).rev().map(move |at| (value / 85_u32.pow(at) % 85) as u8 + b'!').collect::<Vec<u8>>()
    };
    bytes.chunks_exact(4).flat_map(group).chain(*b"~>").collect()
}

#[test]
fn bombs_in_every_place_are_refused() {
    let bomb = flate(80 << 20);
    let filter = "/Filter/FlateDecode";
    let font = "/Resources<</Font<</F 6 0 R>>>>";
    let form = "/Resources<</XObject<</X 5 0 R>>>>";
    for (name, page, dict, content) in [
        ("form", form, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "/X Do"),
        ("font", font, "/Length1 83886080", "BT /F 12 Tf (a) Tj ET"),
        ("characters of a font", font, "/Type/CMap", "BT /F 12 Tf (a) Tj ET"),
        ("stream of objects", "", "/Type/ObjStm/N 1/First 5", ""),
        ("stream of references", "", "/Type/XRef/W[1 2 1]/Size 9", ""),
        ("function", "", "/FunctionType 4/Domain[0 1]/Range[0 1]", ""),
    ] {
        let mut made = Made::new(page, content.as_bytes());
        made.stream(&format!("{dict}{filter}"), &bomb);
        made.add("<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor 7 0 R/ToUnicode 5 0 R>>");
        made.add("<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 5 0 R>>");
        refused(name, made.bytes(), &["object 5", "67108864"]);
    }
    // Many streams, each of which is within the limit.
    let mut made = Made::new("", b"");
    let large = flate(60 << 20);
    (0..6).for_each(|_| made.stream(filter, &large));
    refused("many", made.bytes(), &["object 9", "268435456"]);
}

#[test]
fn a_picture_is_never_unpacked_whatever_uses_it() {
    for kind in ["/Subtype/Image/Filter/FlateDecode", "/Filter[/Fl/DCTDecode]", "/Filter/CCITTFaxDecode"] {
        let dict = "/Type/XObject/Width 9/Height 9/ColorSpace/DeviceGray/BitsPerComponent 8";
        let mut made = Made::new("/Resources<</XObject<</X 5 0 R>>>>", b"q 600 0 0 800 0 0 cm /X Do Q");
        made.stream(&format!("{dict}{kind}"), &flate(300 << 20));
        check("picture", made.bytes());
        refused("picture as page", made.replace(3, "<</Type/Page/Parent 2 0 R/Contents 5 0 R>>").bytes(), &[]);
    }
}

#[test]
fn pages_that_share_large_instructions_are_counted_each_time() {
    let large = flate(20 << 20);
    let mut made = Made::new("", b"");
    made.stream("/Filter/FlateDecode", &large);
    let twice = "5 0 R ".repeat(3_000);
    refused("contents", made.replace(3, &format!("<</Type/Page/Contents[{twice}]>>")).bytes(), &["33554432"]);
    let mut made = Made::new("", b"").replace(3, "<</Type/Page/Contents 5 0 R>>");
    made.stream("/Filter/FlateDecode", &large);
    let kids = "3 0 R ".repeat(2_000);
    refused("pages", made.replace(2, &format!("<</Type/Pages/Kids[{kids}]>>")).bytes(), &["268435456"]);
}

#[test]
fn trees_of_pages_that_grow_without_end_are_refused() {
    let circle = Made::new("", b"").replace(2, "<</Type/Pages/Kids[3 0 R 2 0 R]>>");
    refused("circle", circle.bytes(), &["object 2", "contains itself"]);
    let mut shared = Made::new("", b"").replace(2, "<</Type/Pages/Kids[5 0 R 5 0 R]>>");
    (6..36).for_each(|at| shared.add(&format!("<</Type/Pages/Kids[{at} 0 R {at} 0 R]>>")));
    shared.add("<</Type/Page>>");
    refused("shared twigs", shared.bytes(), &["more than the limit of 30000 pages"]);
    let kids = "3 0 R ".repeat(1_000_000);
    let many = Made::new("", b"").replace(2, &format!("<</Type/Pages/Kids[{}]>>", &kids[..900_000]));
    refused("many kids", many.bytes(), &["30000 pages"]);
    let mut hidden = Made::new("", b"").replace(1, "<</Type/Catalog/Pages 7 0 R>>");
    hidden.stream("/Type/ObjStm/N 2/First 8/Filter/FlateDecode", &packed(b"7 0 8 30<</Type/Pages/Kids[8 0 R 8 0 R]>>"));
    check("tree in a stream of objects", hidden.bytes());
}

#[test]
fn objects_within_objects_are_bounded() {
    for (name, open) in [("arrays", "["), ("dictionaries", "<</A"), ("procedures", "{"), ("mixed", "[ 1 (a) <</B ")] {
        let deep = open.repeat(1_000_000);
        let object = Made::new("", b"").replace(3, &format!("<</Type/Page/X {deep}"));
        refused(&format!("{name} in an object"), object.bytes(), &["nested deeper than the limit of 20000"]);
        let page = Made::new("", b"").replace(3, "<</Type/Page/Contents 5 0 R>>");
        let mut packed_page = Made { objects: page.objects };
        packed_page.stream("/Filter/FlateDecode", &packed(deep.as_bytes()));
        refused(&format!("{name} in a page"), packed_page.bytes(), &["object 5", "20000"]);
        // Just within the limit: whatever comes of it, the program goes on.
        check(&format!("{name}, fewer"), Made::new("", open.repeat(6_000).as_bytes()).bytes());
    }
}

#[test]
fn drawings_that_repeat_themselves_end() {
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 5 0 R>>>>";
    for (content, words) in
        [("/X Do", "empty"), ("/X Do /X Do", "longer than the limit"), ("q /X Do Q q /X Do Q", "longer than the limit")]
    {
        let mut made = Made::new("/Resources<</XObject<</X 5 0 R>>>>", b"/X Do");
        made.stream(form, content.as_bytes());
        // Within the limit of marks such a drawing takes longer than any patience: the clock ends it.
        let begun = Instant::now();
        BEGUN.lock().unwrap().replace(begun);
        let limits = gouji_read::Limits { is_over, page_marks: 20_000, ..Default::default() };
        let document = gouji_read::read(vec![("a.pdf".into(), made.bytes())], &limits);
        let said: Vec<String> = document.issues.iter().map(|issue| issue.text(gouji_model::Lang::En)).collect();
        println!("{content}: {:?}, {said:?}", begun.elapsed());
        // A quick machine reaches the limit of marks before the clock does.
        let ends = |said: &String| said.contains(words) || said.contains("characters and lines on this page");
        assert!(begun.elapsed() < PATIENCE && said.iter().any(ends), "{content}: {said:?}");
    }
    let operators = "0 0 m 9 9 l S\n".repeat(1_000_000);
    let mut made = Made::new("", b"").replace(3, "<</Type/Page/Contents 5 0 R>>");
    made.stream("/Filter/FlateDecode", &packed(operators.as_bytes()));
    refused("a million operators", made.bytes(), &["200000"]);
    let saved = "q ".repeat(5_000_000);
    let mut made = Made::new("", b"").replace(3, "<</Type/Page/Contents 5 0 R>>");
    made.stream("/Filter/FlateDecode", &packed(saved.as_bytes()));
    refused("millions of saved states", made.bytes(), &["object 5", "1000000 times"]);
    let page = format!("<</Type/Page/Contents[{}]>>", "5 0 R ".repeat(12));
    let mut made = Made::new("", b"").replace(3, &page);
    made.stream("/Filter/FlateDecode", &packed("q ".repeat(900_000).as_bytes()));
    refused("states of many streams", made.bytes(), &["1000000 times"]);
}

#[test]
fn a_table_of_a_million_cells_stops_at_the_limit() {
    let mut lines = String::new();
    for at in 0..1_000 {
        let place = f64::from(at) * 0.8;
        lines.push_str(&format!("0 {place} m 600 {place} l S {p} 0 m {p} 800 l S\n", p = place * 0.75));
    }
    let mut made = Made::new("", b"").replace(3, "<</Type/Page/MediaBox[0 0 600 800]/Contents 5 0 R>>");
    made.stream("", lines.as_bytes());
    check("a grid of a million cells", made.bytes());
}

#[test]
fn nonsense_in_a_page_is_no_harm() {
    for (name, page) in [
        ("turned by nonsense", "/Rotate 2147483647"),
        ("turned back", "/Rotate -2147483648"),
        ("turned by a word", "/Rotate/Left"),
        ("no width", "/MediaBox[0 0 0 0]"),
        ("endless", "/MediaBox[-1e38 -1e38 1e38 1e38]"),
        ("inside out", "/MediaBox[900 900 -900 -900]"),
        ("a unit", "/UserUnit 1e30"),
        ("fonts within fonts", "/Resources<</Font<</F 5 0 R>>>>"),
    ] {
        let mut made = Made::new("", b"BT /F 12 Tf 20 20 Td (a) Tj ET 0 0 m 10 0 l S");
        made.add("<</Type/Font/Subtype/Type0/BaseFont/A/Encoding 6 0 R/DescendantFonts[5 0 R]/ToUnicode 6 0 R>>");
        made.stream(
            "/Type/CMap/UseCMap 6 0 R/CMapName/A",
            b"/A usecmap 1 begincodespacerange <00> <FF> endcodespacerange \
            1 begincidrange <00> <FFFFFFFF> 0 endcidrange 1 beginbfrange <00> <FFFFFFFF> <0041> endbfrange",
        );
        let page = format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 600 800]{page}>>");
        refused(name, made.replace(3, &page).bytes(), &[]);
    }
}
