use crate::verify::Fault;
use gouji_fund::ledger::Refusal;
use gouji_model::Lang;
use std::path::{Path, PathBuf};

/// Why the ledger's file could not do its work. Nothing is half-written when one is returned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum StoreError {
    /// There is a file already where a ledger is to begin.
    Exists(PathBuf),
    /// The file cannot be opened: it is missing, or its folder is.
    CannotOpen(PathBuf),
    /// The file is no database.
    NotADatabase(PathBuf),
    /// A database, but no ledger of Gouji.
    NotALedger(PathBuf),
    /// An empty database: a ledger whose beginning was cut short.
    NotBegun(PathBuf),
    /// Written by a newer version of Gouji.
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its tables.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// The file or its folder may not be written.
    ReadOnly(PathBuf),
    /// Another process held the file for longer than was to be waited.
    Locked(PathBuf),
    /// The disk, or the bound set for the file, is full.
    Full(PathBuf),
    /// The file is damaged.
    Damaged(PathBuf),
    /// What was written before was changed afterwards.
    Changed {
        /// The file.
        path: PathBuf,
        /// The first thing that does not fit.
        fault: Fault,
    },
    /// The database refused what the rules allowed: what it holds was changed from outside.
    Guarded {
        /// The file.
        path: PathBuf,
        /// What the database said.
        detail: String,
    },
    /// Anything else.
    Failed {
        /// The file.
        path: PathBuf,
        /// What the database said.
        detail: String,
    },
}

/// Why a request was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum AskError {
    /// The rules forbid it.
    Refused(Refusal),
    /// The file failed.
    Store(StoreError),
}

impl StoreError {
    /// What an error of the database means for this file.
    pub(crate) fn of(path: &Path, error: &sqlx::Error) -> Self {
        let path = path.to_path_buf();
        let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
        // The low byte is the primary code; the rest says more than is needed here.
        match code.map(|code| code & 0xff) {
            Some(5 | 6) => Self::Locked(path),
            Some(8) => Self::ReadOnly(path),
            Some(11) => Self::Damaged(path),
            Some(13) => Self::Full(path),
            Some(14) => Self::CannotOpen(path),
            Some(19) => Self::Guarded { path, detail: error.to_string() },
            Some(26) => Self::NotADatabase(path),
            _ => Self::Failed { path, detail: error.to_string() },
        }
    }

    /// The reason in a language, with the path.
    pub fn text(&self, lang: Lang) -> String {
        let (path, chinese, english) = match self {
            Self::Exists(path) => (path, "文件已存在，不能新建台账", "the file exists already"),
            Self::CannotOpen(path) => (path, "无法打开文件", "the file cannot be opened"),
            Self::NotADatabase(path) => (path, "文件不是数据库", "the file is not a database"),
            Self::NotBegun(path) => {
                (path, "台账还没有建成，里面没有一笔记录", "the ledger was never begun and holds nothing")
            }
            Self::NotALedger(path) => (path, "数据库不是勾稽的台账", "the database is not a ledger of Gouji"),
            Self::Newer { path, .. } => (path, "由更新版本的勾稽写成", "written by a newer version of Gouji"),
            Self::ReadOnly(path) => (path, "文件或目录只读", "the file or its folder is read-only"),
            Self::Locked(path) => (path, "文件被其他程序占用", "another program holds the file"),
            Self::Full(path) => (path, "磁盘已满，未写入任何内容", "the disk is full; nothing was written"),
            Self::Damaged(path) => (path, "文件已损坏", "the file is damaged"),
            Self::Changed { path, .. } => (path, "已写入的记录被改动", "what was written was changed"),
            Self::Guarded { path, .. } => {
                (path, "数据库拒绝写入，内容可能被外部改动", "the database refused the change")
            }
            Self::Failed { path, .. } => (path, "数据库出错", "the database failed"),
        };
        let detail = match self {
            Self::Newer { found, known, .. } if lang == Lang::Zh => format!("（文件版本 {found}，本程序支持 {known}）"),
            Self::Newer { found, known, .. } => format!(" (version {found}, known here: {known})"),
            Self::Changed { fault, .. } if lang == Lang::Zh => format!("（{}）", fault.text(lang)),
            Self::Changed { fault, .. } => format!(" ({})", fault.text(lang)),
            Self::Guarded { detail, .. } | Self::Failed { detail, .. } if lang == Lang::Zh => format!("（{detail}）"),
            Self::Guarded { detail, .. } | Self::Failed { detail, .. } => format!(" ({detail})"),
            _ => String::new(),
        };
        match lang {
            Lang::Zh => format!("{}：{chinese}{detail}", path.display()),
            Lang::En => format!("{}: {english}{detail}", path.display()),
        }
    }
}

impl AskError {
    /// The reason in a language.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Refused(refusal) => refusal.text(lang),
            Self::Store(error) => error.text(lang),
        }
    }
}
