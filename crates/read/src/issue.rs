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
                format!("这不是文本文件（看来是{format}）；本版只读文本（TXT，表格各列用制表符分隔），请先另存为文本")
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
        }
    }

    fn english(&self) -> String {
        match &self.kind {
            IssueKind::Empty => "the file is empty: there is no text to read".into(),
            IssueKind::Binary(format) => format!(
                "this is not a text file (it looks like {}); this version reads text only \
                 (TXT, table columns separated by tabs): save the report as text first",
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
        }
    }
}

/// The English name of a format that [`IssueKind::Binary`] carries in Chinese.
fn english_format(format: &str) -> &str {
    match format {
        "PDF 文件" => "a PDF",
        "压缩包或 DOCX、XLSX、OFD 文件" => "a zip archive, DOCX, XLSX or OFD",
        "DOC、XLS 或 WPS 文件" => "a DOC, XLS or WPS file",
        "图片" => "an image",
        _ => "binary data",
    }
}
