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
    /// Text was read, but nothing in it looks like a budget report.
    NoBudgetReport,
    /// A package or a member of it that cannot be unpacked or read; no name for the package itself.
    Damaged {
        /// The member.
        part: String,
    },
    /// A member that breaks off or is ill formed: what stands before the break was read.
    BrokenPart {
        /// The member.
        part: String,
    },
    /// The file is protected by a password.
    Encrypted,
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
                | IssueKind::Encrypted
                | IssueKind::TooManyMembers { .. }
                | IssueKind::ImagesOnly { .. }
                | IssueKind::NeedsConversion(_)
                | IssueKind::ConversionFailed { .. }
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
            IssueKind::NoBudgetReport => {
                "读到了文字，但其中没有预算报告的表格，也没有带金额的预算说明；请确认文件是部门预算报告".into()
            }
            other => package_chinese(other),
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
            IssueKind::NoBudgetReport => {
                "text was read, but it holds no table of a budget report and no sentence with \
                 a budget amount; make sure that the file is a departmental budget report"
                    .into()
            }
            other => package_english(other),
        }
    }
}

/// What is the matter with a package, a page or a sheet.
fn package_chinese(kind: &IssueKind) -> String {
    match kind {
        IssueKind::Damaged { part } if part.is_empty() => {
            "文件不完整或已损坏，解不开；请重新下载，或用原软件打开后另存".into()
        }
        IssueKind::Damaged { part } => {
            format!("文件中的 {part} 缺失或已损坏，没有读；请重新下载，或用原软件打开后另存")
        }
        IssueKind::BrokenPart { part } => format!("文件中的 {part} 在中途断开，只读到断处；请用原软件打开后另存"),
        IssueKind::Encrypted => "文件有密码保护，没有读；请去掉打开密码后另存".into(),
        IssueKind::TooManyMembers { count, limit } => {
            format!("压缩包里有 {count} 个成员，超过上限 {limit} 个，没有读")
        }
        IssueKind::TooMuchUnpacked { part, limit } => {
            format!("解压到 {part} 时超过上限 {limit} 字节，这一部分没有读；请按报告拆开")
        }
        IssueKind::TooDeep { limit } => format!("嵌套超过 {limit} 层，其后的没有读；请用原软件打开后另存"),
        IssueKind::TooManyNodes { limit } => format!("元素超过上限 {limit} 个，其后的没有读；请按报告拆开"),
        IssueKind::TooManyColumns { limit } => format!("表格超过上限 {limit} 列，其后的列没有读"),
        IssueKind::UnknownEntity { name } => format!("不认识的实体 &{name}; 没有展开"),
        IssueKind::Revisions { inserted, deleted } => {
            format!("文档有未接受的修订：插入 {inserted} 处（已读），删除 {deleted} 处（未读）；公开前请接受或拒绝修订")
        }
        IssueKind::HiddenText { count } => format!("有 {count} 处隐藏文字，没有读；公开前请删去或取消隐藏"),
        IssueKind::HiddenSheet { sheet } => format!("工作表「{sheet}」是隐藏的，也读了；公开前请删去或取消隐藏"),
        IssueKind::HiddenCells { sheet, rows, columns } => {
            format!("工作表「{sheet}」有隐藏的 {rows} 行、{columns} 列，也读了；公开前请删去或取消隐藏")
        }
        IssueKind::NumberFormat { place, format } => {
            format!("{place}：不认识数字格式 {format}，按存储的值显示；请改用常规或数值格式")
        }
        IssueKind::NoResult { place, count } => {
            format!("{place} 等 {count} 个公式没有存下结果，按空白读；请用表格软件打开并保存一次")
        }
        IssueKind::ImagesOnly { count } => {
            format!("只有 {count} 幅图片，没有文字；扫描件须先做文字识别，或取得原始电子文件")
        }
        IssueKind::NeedsConversion(format) => {
            format!("这是{format}，须经 LibreOffice 转换；请安装 LibreOffice，或用原软件另存为 DOCX")
        }
        IssueKind::ConversionFailed { format, timed_out } => {
            let how = if *timed_out { "超时未完成" } else { "失败" };
            format!("这是{format}，用 LibreOffice 转换{how}；请用原软件另存为 DOCX")
        }
        _ => String::new(),
    }
}

/// The same in English.
fn package_english(kind: &IssueKind) -> String {
    match kind {
        IssueKind::Damaged { part } if part.is_empty() => {
            "the file is incomplete or damaged and cannot be unpacked; download it again, or open and save it anew"
                .into()
        }
        IssueKind::Damaged { part } => {
            format!("{part} of the file is missing or damaged and was not read; download it again, or save it anew")
        }
        IssueKind::BrokenPart { part } => {
            format!("{part} of the file breaks off and was read up to the break; open and save the file anew")
        }
        IssueKind::Encrypted => "the file is protected by a password and was not read; save it without one".into(),
        IssueKind::TooManyMembers { count, limit } => {
            format!("the package has {count} members, over the limit of {limit}, and was not read")
        }
        IssueKind::TooMuchUnpacked { part, limit } => {
            format!("unpacking {part} went over the limit of {limit} bytes; it was not read: split the file by report")
        }
        IssueKind::TooDeep { limit } => format!("nested deeper than {limit} levels; the rest was not read"),
        IssueKind::TooManyNodes { limit } => format!("more than {limit} elements; the rest was not read"),
        IssueKind::TooManyColumns { limit } => {
            format!("a table of more than {limit} columns; the columns beyond were not read")
        }
        IssueKind::UnknownEntity { name } => format!("the unknown entity &{name}; was not expanded"),
        IssueKind::Revisions { inserted, deleted } => format!(
            "tracked changes are open: {inserted} insertions (read), {deleted} deletions (not read); accept or reject them"
        ),
        IssueKind::HiddenText { count } => format!("{count} pieces of hidden text were left out; delete or show them"),
        IssueKind::HiddenSheet { sheet } => format!("the hidden sheet {sheet} was read too; delete or show it"),
        IssueKind::HiddenCells { sheet, rows, columns } => {
            format!("sheet {sheet} has {rows} hidden rows and {columns} hidden columns, read too; delete or show them")
        }
        IssueKind::NumberFormat { place, format } => {
            format!("{place}: the number format {format} is not known; values are shown as stored")
        }
        IssueKind::NoResult { place, count } => {
            format!("{count} formulas, the first in {place}, have no stored result: open and save the workbook once")
        }
        IssueKind::ImagesOnly { count } => {
            format!("{count} pictures and no text: a scan needs text recognition first, or get the original file")
        }
        IssueKind::NeedsConversion(format) => format!(
            "this is {}, to be converted by LibreOffice: install LibreOffice, or save the file as DOCX",
            english_format(format)
        ),
        IssueKind::ConversionFailed { format, timed_out } => {
            let how = if *timed_out { "took too long" } else { "failed" };
            format!("this is {}; its conversion by LibreOffice {how}: save the file as DOCX", english_format(format))
        }
        _ => String::new(),
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
