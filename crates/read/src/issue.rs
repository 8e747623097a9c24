mod excess;
mod office;

pub use excess::Excess;

use gouji_model::{FileId, Lang};

/// Something that was not read, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The file.
    pub file: FileId,
    /// The line, from 1, where there is one.
    pub line: Option<u32>,
    /// The page, from 1, where there is one.
    pub page: Option<u32>,
    /// What is the matter.
    pub kind: IssueKind,
}

/// What is the matter with a file or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssueKind {
    /// No text at all.
    Empty,
    /// Not a text; the format as far as its first bytes tell.
    Binary(&'static str),
    /// Neither UTF-8 nor GB18030; the byte (from 0) where reading failed.
    Encoding {
        /// The first byte that fits no encoding.
        byte: usize,
    },
    /// The file is larger than the limit.
    FileTooLarge {
        /// Size in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A line is longer than the limit and was left out.
    LineTooLong {
        /// Length in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The lines beyond the limit were left out.
    TooManyLines {
        /// The limit.
        limit: usize,
    },
    /// The table cells beyond the limit were left out.
    TooManyCells {
        /// The limit.
        limit: usize,
    },
    /// The sentences beyond the limit of claims were left out.
    TooManyClaims {
        /// The limit.
        limit: usize,
    },
    /// The file cannot be read as what it claims to be: it is damaged or cut off.
    Damaged,
    /// The file opens only with a password.
    Encrypted,
    /// The file is locked in a way that this version does not know.
    UnknownEncryption,
    /// The pages beyond the limit were left out.
    TooManyPages {
        /// The limit.
        limit: usize,
    },
    /// The pages from this one on were left out: the file has too many characters.
    TooManyCharacters {
        /// The limit.
        limit: usize,
    },
    /// A page with too many marks; what was drawn up to the limit was read.
    PageTooFull {
        /// The limit.
        limit: usize,
    },
    /// The instructions of a page are too large; it was not read.
    PageTooLarge {
        /// Size in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A PDF that would take more memory or time than any honest one.
    Excess {
        /// The number of the object where it was found.
        object: Option<i32>,
        /// What there is too much of.
        what: Excess,
        /// The limit.
        limit: u64,
    },
    /// A stream of a PDF whose packing cannot be told; it was not unpacked.
    UnknownPacking {
        /// The number of its object.
        object: i32,
    },
    /// Drawing the pages took too long: this page and those after it were not read.
    TooSlow,
    /// Drawing a page failed; what was drawn up to there was read.
    PageDamaged,
    /// The page is a picture: scanned, not read.
    Scanned,
    /// The page's text is drawn as outlines: not read.
    Outlined,
    /// Characters without a meaning in Unicode; they are shown as the replacement character.
    UnknownCharacters {
        /// How many.
        count: usize,
    },
    /// A font of the page could not be read; text in it is missing.
    UnreadFont,
    /// Text that is drawn but invisible was not read.
    InvisibleText {
        /// How many characters.
        count: usize,
    },
    /// Text was read, but nothing in it looks like a budget report.
    NoBudgetReport,
    /// A member of a package that is missing or cannot be read.
    PartDamaged {
        /// The member.
        part: String,
    },
    /// A member that breaks off or is ill formed: what stands before the break was read.
    BrokenPart {
        /// The member.
        part: String,
    },
    /// A package of more members than the limit.
    TooManyMembers {
        /// How many.
        count: usize,
        /// The limit.
        limit: usize,
    },
    /// A package that grows beyond the limit when unpacked.
    TooMuchUnpacked {
        /// The member at which the limit was reached.
        part: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// Elements nested deeper than the limit.
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// More elements than the limit.
    TooManyNodes {
        /// The limit.
        limit: usize,
    },
    /// A table of more columns than the limit: those beyond it were left out.
    TooManyColumns {
        /// The limit.
        limit: u32,
    },
    /// A reference to an entity that is not expanded.
    UnknownEntity {
        /// The name of the entity.
        name: String,
    },
    /// Tracked changes: inserted text was read, deleted text was not.
    Revisions {
        /// Number of insertions.
        inserted: usize,
        /// Number of deletions.
        deleted: usize,
    },
    /// Text marked as hidden, which was left out.
    HiddenText {
        /// Number of runs of text.
        count: usize,
    },
    /// A hidden sheet, which was read.
    HiddenSheet {
        /// The name of the sheet.
        sheet: String,
    },
    /// Hidden rows or columns of a sheet, which were read.
    HiddenCells {
        /// The name of the sheet.
        sheet: String,
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        columns: usize,
    },
    /// A number format that is not known: the values are shown as stored.
    NumberFormat {
        /// The sheet and cell where it occurs first.
        place: String,
        /// The format.
        format: String,
    },
    /// Formulas whose results were not stored.
    NoResult {
        /// The sheet and cell of the first.
        place: String,
        /// How many.
        count: usize,
    },
    /// Objects of a page that are drawn from elsewhere in the file and were not read.
    UnreadObjects {
        /// How many.
        count: usize,
    },
    /// Pictures and no text.
    ImagesOnly {
        /// Number of pictures.
        count: usize,
    },
    /// A format that has to be converted first, and no program for it was found.
    NeedsConversion(&'static str),
    /// The conversion of an old format did not succeed.
    ConversionFailed {
        /// The format.
        format: &'static str,
        /// True when the program was stopped for taking too long.
        timed_out: bool,
    },
}

impl Issue {
    /// True when nothing of the file can be used.
    pub fn is_fatal(&self) -> bool {
        matches!(
            self.kind,
            IssueKind::Empty
                | IssueKind::Binary(_)
                | IssueKind::Encoding { .. }
                | IssueKind::FileTooLarge { .. }
                | IssueKind::NoBudgetReport
                | IssueKind::Damaged
                | IssueKind::Encrypted
                | IssueKind::UnknownEncryption
                | IssueKind::TooManyMembers { .. }
                | IssueKind::ImagesOnly { .. }
                | IssueKind::NeedsConversion(_)
                | IssueKind::ConversionFailed { .. }
                | IssueKind::Excess { .. }
        )
    }

    /// The issue as a sentence: what, and what would be right.
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.chinese(),
            Lang::En => self.english(),
        }
    }

    fn chinese(&self) -> String {
        match &self.kind {
            IssueKind::Empty => "文件是空的，没有可读的文字".into(),
            IssueKind::Binary(format) => {
                format!(
                    "这不是可读的格式（看来是{format}）；可读 PDF、DOCX、XLSX、XLS、OFD、网页和文本，请另存为其中一种"
                )
            }
            IssueKind::Encoding { byte } => {
                format!("第 {byte} 字节处既不是 UTF-8 也不是 GB18030 编码；请用其中一种编码另存")
            }
            IssueKind::FileTooLarge { bytes, limit } => {
                format!("文件有 {bytes} 字节，超过上限 {limit} 字节，没有读；请按报告拆开")
            }
            IssueKind::LineTooLong { bytes, limit } => {
                format!("这一行有 {bytes} 字节，超过上限 {limit} 字节，没有读")
            }
            IssueKind::TooManyLines { limit } => format!("行数超过上限 {limit}，其后的没有读"),
            IssueKind::TooManyCells { limit } => format!("表格单元格超过上限 {limit} 个，其后的没有读"),
            IssueKind::TooManyClaims { limit } => format!("文字里的数超过上限 {limit} 个，其后的没有读"),
            IssueKind::Damaged => "文件已损坏或不完整，读不出来；请重新下载或重新导出".into(),
            IssueKind::Encrypted => "文件要密码才能打开，没有读；请去掉密码后再试".into(),
            IssueKind::UnknownEncryption => "文件用本版不认识的方式加密，没有读；请另存为不加密的文件".into(),
            IssueKind::TooManyPages { limit } => format!("页数超过上限 {limit}，从这一页起没有读"),
            IssueKind::TooManyCharacters { limit } => format!("文字超过上限 {limit} 个，其后各页没有读"),
            IssueKind::PageTooFull { limit } => format!("这一页的文字和线条超过上限 {limit} 个，其余没有读"),
            IssueKind::PageTooLarge { bytes, limit } => {
                format!("这一页的内容展开后有 {bytes} 字节，超过上限 {limit} 字节，没有读")
            }
            IssueKind::Excess { object, what, limit } => excess::chinese(*object, *what, *limit),
            IssueKind::UnknownPacking { object } => {
                format!("第 {object} 号对象的压缩方式看不出来，没有展开；请用原软件重新导出 PDF")
            }
            IssueKind::TooSlow => {
                "读各页用时超过上限，从这一页起没有读；正常的报告远没有这样久，请用原软件重新导出 PDF，或拆成几个文件"
                    .into()
            }
            IssueKind::PageDamaged => "这一页有损坏，只读到损坏之前的部分；请与原件核对".into(),
            IssueKind::Scanned => "这一页是扫描图片，没有文字层，没有读；请用带文字的原件，或先做文字识别".into(),
            IssueKind::Outlined => "这一页的文字已转成图形，没有读；请用带文字的原件".into(),
            IssueKind::UnknownCharacters { count } => {
                format!("这一页有 {count} 个字没有对应的编码，读作 \u{fffd}；请用嵌入字体信息完整的文件")
            }
            IssueKind::UnreadFont => "这一页有读不了的字体，用它排的字没有读；请用嵌入字体信息完整的文件".into(),
            IssueKind::InvisibleText { count } => format!("这一页有 {count} 个看不见的字（多为识别层），没有读"),
            IssueKind::NoBudgetReport => {
                "读到了文字，但其中没有预算报告的表格，也没有带金额的预算说明；请确认文件是部门预算报告".into()
            }
            other => office::chinese(other),
        }
    }

    fn english(&self) -> String {
        match &self.kind {
            IssueKind::Empty => "the file is empty: there is no text to read".into(),
            IssueKind::Binary(format) => format!(
                "no format that can be read (it looks like {}); PDF, DOCX, XLSX, XLS, OFD, HTML and \
                 text can: save the report as one of them",
                english_format(format)
            ),
            IssueKind::Encoding { byte } => {
                format!("byte {byte} is neither UTF-8 nor GB18030; save the file in one of these encodings")
            }
            IssueKind::FileTooLarge { bytes, limit } => {
                format!("the file has {bytes} bytes, over the limit of {limit}, and was not read; split it by report")
            }
            IssueKind::LineTooLong { bytes, limit } => {
                format!("this line has {bytes} bytes, over the limit of {limit}, and was not read")
            }
            IssueKind::TooManyLines { limit } => format!("more than {limit} lines; the rest was not read"),
            IssueKind::TooManyCells { limit } => format!("more than {limit} table cells; the rest was not read"),
            IssueKind::TooManyClaims { limit } => {
                format!("more than {limit} figures in sentences; the rest was not read")
            }
            IssueKind::Damaged => "the file is damaged or cut off; download or export it again".into(),
            IssueKind::Encrypted => "the file opens only with a password and was not read; remove the password".into(),
            IssueKind::UnknownEncryption => {
                "the file is encrypted in a way this version does not know; save it without encryption".into()
            }
            IssueKind::TooManyPages { limit } => format!("more than {limit} pages; from this page on nothing was read"),
            IssueKind::TooManyCharacters { limit } => {
                format!("more than {limit} characters; the pages after this one were not read")
            }
            IssueKind::PageTooFull { limit } => {
                format!("more than {limit} characters and lines on this page; the rest was not read")
            }
            IssueKind::PageTooLarge { bytes, limit } => {
                format!("the instructions of this page take {bytes} bytes, over the limit of {limit}; it was not read")
            }
            IssueKind::Excess { object, what, limit } => excess::english(*object, *what, *limit),
            IssueKind::UnknownPacking { object } => excess::unknown_packing(*object),
            IssueKind::TooSlow => excess::TOO_SLOW.into(),
            IssueKind::PageDamaged => {
                "this page is damaged and was read only up to the damage; compare with the original".into()
            }
            IssueKind::Scanned => {
                "this page is a scanned picture without text and was not read; use the original with text, \
                 or recognise its text first"
                    .into()
            }
            IssueKind::Outlined => {
                "the text of this page is drawn as shapes and was not read; use the original with text".into()
            }
            IssueKind::UnknownCharacters { count } => {
                format!("{count} characters of this page have no meaning in Unicode and were read as \u{fffd}")
            }
            IssueKind::UnreadFont => {
                "a font of this page cannot be read and the text set in it is missing; use a file with complete fonts"
                    .into()
            }
            IssueKind::InvisibleText { count } => {
                format!("{count} characters of this page are invisible (mostly a recognition layer) and were not read")
            }
            IssueKind::NoBudgetReport => {
                "text was read, but it holds no table of a budget report and no sentence with \
                 a budget amount; make sure that the file is a departmental budget report"
                    .into()
            }
            other => office::english(other),
        }
    }
}

/// The English name of a format that [`IssueKind::Binary`] carries in Chinese.
fn english_format(format: &str) -> &str {
    match format {
        "PDF 文件" => "a PDF",
        "压缩包" => "a zip archive",
        "旧式复合文档" => "an OLE compound file",
        "DOC 或 WPS 文件" => "a DOC or WPS file",
        "RTF 文件" => "an RTF file",
        "图片" => "an image",
        _ => "binary data",
    }
}
