//! How the document looks: styles, fonts, settings and the foot of its pages.

/// The name space of every element of the text.
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The fonts of the text: Times New Roman for Latin letters, 宋体 for Chinese.
const SONG: &str =
    "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" w:cs=\"Times New Roman\"/>";
/// The fonts of titles.
const HEI: &str = "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"黑体\" w:cs=\"Arial\"/>";

/// The styles by name; whoever opens the document may change them in one place.
pub(super) fn styles() -> String {
    let mut out = format!(
        "<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault><w:rPr>{SONG}<w:kern w:val=\"2\"/><w:sz w:val=\"24\"/>\
         <w:szCs w:val=\"24\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
         <w:name w:val=\"Default Paragraph Font\"/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr>\
         <w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/>\
         <w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
    );
    for (id, name, paragraph, characters) in PARAGRAPHS {
        let fonts = if characters.starts_with("<w:b/>") { HEI } else { SONG };
        out.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{fonts}{characters}</w:rPr></w:style>"
        ));
    }
    let edge = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(edge).concat();
    out.push_str(&format!(
        "<w:style w:type=\"table\" w:styleId=\"ReportTable\"><w:name w:val=\"Report Table\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style>"
    ));
    out + "</w:styles>"
}

/// Name for the program, name for a person, paragraph, characters. Bold ones are titles.
const PARAGRAPHS: [(&str, &str, &str, &str); 14] = [
    (
        "Title",
        "Title",
        "<w:spacing w:before=\"4200\" w:after=\"480\" w:line=\"360\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>",
        "<w:b/><w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/>",
    ),
    (
        "Heading1",
        "heading 1",
        "<w:keepNext/><w:keepLines/><w:pageBreakBefore/><w:spacing w:before=\"240\" w:after=\"240\"/>\
         <w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:b/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>",
    ),
    (
        "Heading2",
        "heading 2",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"120\"/><w:outlineLvl w:val=\"1\"/>",
        "<w:b/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>",
    ),
    (
        "Heading3",
        "heading 3",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"160\" w:after=\"80\"/><w:outlineLvl w:val=\"2\"/>",
        "<w:b/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>",
    ),
    (
        "BodyText",
        "Body Text",
        "<w:spacing w:line=\"360\" w:lineRule=\"auto\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"480\"/>\
         <w:jc w:val=\"both\"/>",
        "<w:sz w:val=\"24\"/>",
    ),
    (
        "TOCHeading",
        "TOC Heading",
        "<w:pageBreakBefore/><w:spacing w:before=\"240\" w:after=\"240\"/><w:jc w:val=\"center\"/>",
        "<w:b/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>",
    ),
    (
        "TOC1",
        "toc 1",
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9072\"/></w:tabs>\
      <w:spacing w:before=\"80\" w:line=\"320\" w:lineRule=\"auto\"/>",
        "<w:sz w:val=\"24\"/>",
    ),
    (
        "TOC2",
        "toc 2",
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9072\"/></w:tabs>\
      <w:spacing w:line=\"320\" w:lineRule=\"auto\"/><w:ind w:left=\"420\"/>",
        "<w:sz w:val=\"24\"/>",
    ),
    (
        "TOC3",
        "toc 3",
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9072\"/></w:tabs>\
      <w:spacing w:line=\"320\" w:lineRule=\"auto\"/><w:ind w:left=\"840\"/>",
        "<w:sz w:val=\"24\"/>",
    ),
    (
        "TableTitle",
        "Table Title",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"80\"/><w:jc w:val=\"center\"/>\
         <w:outlineLvl w:val=\"1\"/>",
        "<w:b/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>",
    ),
    ("TableLine", "Table Line", "<w:keepNext/><w:spacing w:after=\"40\"/>", "<w:sz w:val=\"20\"/>"),
    ("TableText", "Table Text", "<w:spacing w:before=\"20\" w:after=\"20\"/>", "<w:sz w:val=\"20\"/>"),
    // A head does not stay behind at the foot of a page.
    ("TableHead", "Table Head", "<w:keepNext/><w:spacing w:before=\"20\" w:after=\"20\"/>", "<w:sz w:val=\"20\"/>"),
    ("TableNote", "Table Note", "<w:spacing w:before=\"60\" w:after=\"120\"/>", "<w:sz w:val=\"20\"/>"),
];

/// The fonts that the styles name, each with the names it goes by elsewhere.
pub(super) fn fonts() -> String {
    let font = |(name, others, family): (&str, &str, &str)| {
        format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{others}\"/><w:charset w:val=\"86\"/>\
             <w:family w:val=\"{family}\"/><w:pitch w:val=\"variable\"/></w:font>"
        )
    };
    let fonts = [
        ("宋体", "SimSun;Songti SC;Noto Serif CJK SC", "roman"),
        ("黑体", "SimHei;Heiti SC;Noto Sans CJK SC", "swiss"),
    ];
    format!("<w:fonts xmlns:w=\"{WORD}\">{}</w:fonts>", fonts.map(font).concat())
}

pub(super) fn settings() -> String {
    format!(
        "<w:settings xmlns:w=\"{WORD}\"><w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
         </w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>"
    )
}

/// The number of the page between dashes, as official documents have it.
pub(super) fn footer() -> String {
    let text =
        |text: &str| format!("<w:r><w:rPr><w:sz w:val=\"21\"/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let mark =
        |kind: &str| format!("<w:r><w:rPr><w:sz w:val=\"21\"/></w:rPr><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "<w:ftr xmlns:w=\"{WORD}\"><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}{}\
         <w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}{}{}{}</w:p></w:ftr>",
        text("— "),
        mark("begin"),
        mark("separate"),
        text("1"),
        mark("end"),
        text(" —")
    )
}
