use crate::books;
pub use crate::fund::ActFailure;
use gouji_explain::{AnnotateError, UnknownCode};
use gouji_fund::evidence::EvidenceFault;
use gouji_fund::performance::Unfit;
use gouji_model::Lang;
use gouji_sources::Fault;
use gouji_store::StoreError;
use std::fmt;
use std::path::{Path, PathBuf};

/// The most faults of a folder that are shown at once.
const SHOWN_FAULTS: usize = 200;

/// Faults of a working folder, a line to each.
fn of_work(folder: &Path, faults: &[EvidenceFault], lang: Lang) -> String {
    let level = if lang == Lang::Zh { "错误" } else { "error" };
    let shown = faults.iter().take(SHOWN_FAULTS);
    let mut lines: Vec<String> = shown
        .map(|fault| format!("{}: {level}: {}", folder.join(fault.to_string()).display(), fault.text(lang)))
        .collect();
    if let Some(more) = faults.len().checked_sub(SHOWN_FAULTS).filter(|more| *more > 0) {
        lines.push(if lang == Lang::Zh { format!("……还有 {more} 处") } else { format!("… and {more} more") });
    }
    lines.join("\n")
}

/// What stops a run, with what would be right.
#[derive(Debug)]
pub enum Failure {
    /// A file or folder that is not there.
    Missing(String),
    /// A file that cannot be read, with the system's reason.
    Unreadable(String, std::io::Error),
    /// A folder without a report.
    EmptyFolder(String),
    /// More files than one report can have.
    TooManyFiles(usize),
    /// A draft is made of one report: how many there were.
    OneReport(usize),
    /// Books go on to the year after theirs only.
    NotNextYear {
        /// Their year.
        year: i16,
        /// The year asked for.
        wanted: i16,
    },
    /// Last year's report was given for so many reports.
    PriorOfSeveral(usize),
    /// The report given as last year's is of another year: which, and which one was expected.
    PriorYear(Option<i16>, Option<i16>),
    /// The report given as last year's is of another body: this one's, and that one's.
    PriorBody(String, String),
    /// A workbook has to be written to a file.
    NeedsOutput,
    /// There is no PDF among the files to annotate.
    NoPdf,
    /// Several PDFs were to be annotated into one file: the file and how many.
    NeedsFolder(String, usize),
    /// An annotated PDF would replace a file that was checked.
    WouldReplace(String),
    /// A file was changed while it was checked.
    Changed(String),
    /// A PDF cannot be annotated.
    Annotate(String, AnnotateError),
    /// The output cannot be written, with the system's reason.
    Unwritable(String, std::io::Error),
    /// Faults in an acceptance file or in forms: file, line, what.
    Faults(Vec<(String, usize, [String; 2])>),
    /// Books that cannot be made: where they are kept, and every fault.
    Books(PathBuf, Vec<Fault>),
    /// A working folder with faults: where, and every fault.
    Work(PathBuf, Vec<EvidenceFault>),
    /// Books that do not go with a budget line: the books, and why.
    Unfit(String, Unfit),
    /// A budget line was not named, or not rightly: those there are.
    WhichLine(Vec<String>),
    /// The books of the year after have to be written somewhere.
    NoOutput,
    /// A project without a single award has no mean.
    NoAwards(String),
    /// Something stands in the way of what a person wants to do with an application.
    Act(ActFailure),
    /// No application has this number.
    NoApplication(String),
    /// There is no batch of this name: the name, and those there are.
    NoBatch(String, Vec<String>),
    /// There is no register of this name: the name, and those there are.
    NoRegister(String, Vec<String>),
    /// A batch without a budget line.
    NoLine(String),
    /// A day or an amount that cannot be read.
    NotReadable(String),
    /// The ledger cannot be used.
    Store(StoreError),
    /// A file that is there already.
    WouldOverwrite(String),
    /// No form of this name can be built.
    UnknownForm(String),
    /// No rule has this code.
    UnknownCode(UnknownCode),
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text(Lang::En))
    }
}

impl Failure {
    /// The failure as a sentence, or as one line for each fault.
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.chinese(),
            Lang::En => self.english(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Failure::Missing(path) => format!("{path}：没有这个文件或文件夹"),
            Failure::Unreadable(path, reason) => format!("{path}：读不了（{}）", system(reason, Lang::Zh)),
            Failure::EmptyFolder(path) => {
                format!("{path}：文件夹里没有可读的报告（PDF、DOCX、XLSX、XLS、OFD、HTML、TXT、DOC、WPS）")
            }
            Failure::TooManyFiles(limit) => format!("一份报告最多 {limit} 个文件；去掉 --as-one 可逐个检查"),
            Failure::OneReport(count) => {
                format!("一次只能导入一份报告，这里有 {count} 份；同一报告的几个文件请加 --as-one")
            }
            Failure::NotNextYear { year, wanted } => {
                format!("数据是 {year} 年的，不能直接转到 {wanted} 年；--year 请写 {}", year + 1)
            }
            Failure::PriorOfSeveral(count) => {
                format!("--prior 只能配一份报告，这里有 {count} 份；正文和表格分开的请加 --as-one")
            }
            Failure::PriorYear(found, Some(wanted)) => {
                format!("--prior 应是 {wanted} 年的报告，给出的{}", year_of(*found, Lang::Zh))
            }
            Failure::PriorYear(..) => "看不出被检查的报告是哪一年的，不能与上年的报告核对".into(),
            Failure::PriorBody(own, other) => {
                format!("--prior 应是同一单位的报告：被检查的是“{own}”，给出的是“{other}”")
            }
            Failure::NeedsOutput => "xlsx 要写到文件：请加 --output 文件名.xlsx".into(),
            Failure::NoPdf => "没有可以加批注的 PDF 文件；其他格式请用 --format html".into(),
            Failure::NeedsFolder(path, count) => {
                format!("有 {count} 个 PDF，--annotate 要写文件夹，不能是一个文件（{path}）")
            }
            Failure::WouldReplace(path) => format!("{path}：是被检查的原文件，不能覆盖；请给 --annotate 另写一个路径"),
            Failure::Changed(path) => format!("{path}：检查期间文件被改动，没有加批注；请重新检查"),
            Failure::Annotate(path, error) => format!("{path}：{}", error.text(Lang::Zh)),
            Failure::Unwritable(path, reason) => format!("{path}：写不了（{}）", system(reason, Lang::Zh)),
            Failure::Faults(faults) => listed(faults, Lang::Zh),
            Failure::Books(source, faults) => books::listed(source, faults, Lang::Zh),
            Failure::Work(folder, faults) => of_work(folder, faults, Lang::Zh),
            Failure::NoRegister(id, known) => format!("没有登记表 {id}；有：{}", known.join("、")),
            Failure::NoLine(batch) => {
                format!("批次 {batch} 没有写明由哪个预算项目支出；请在 fund.toml 的 [[batch]] 里加上 line")
            }
            Failure::NotReadable(text) => format!("“{text}”读不出来；日期写如 2019-08-01，金额写如 1234.56（元）"),
            Failure::Store(error) => error.text(Lang::Zh),
            Failure::Unfit(books, unfit) => format!("{books}：{}", unfit.text(Lang::Zh)),
            Failure::WhichLine(known) => format!("请用 --line 指明预算项目；有：{}", known.join("、")),
            Failure::NoOutput => "请用 --output 写明把下一年的预算账写到哪里".to_owned(),
            Failure::NoAwards(project) => format!("“{project}”还没有一笔资助，算不出每笔平均"),
            Failure::Act(failure) => failure.text(Lang::Zh),
            Failure::NoApplication(number) => format!("没有编号为 {number} 的申请"),
            Failure::NoBatch(id, known) => format!("没有批次 {id}；有：{}", known.join("、")),
            Failure::WouldOverwrite(path) => format!("{path}：已经存在，没有写入；要替换请加 --force"),
            Failure::UnknownForm(id) => format!("没有表式“{id}”；可用的有：{}", known_forms()),
            Failure::UnknownCode(unknown) => unknown.text(Lang::Zh),
        }
    }

    fn english(&self) -> String {
        match self {
            Failure::Missing(path) => format!("{path}: no such file or folder"),
            Failure::Unreadable(path, reason) => format!("{path}: cannot be read ({})", system(reason, Lang::En)),
            Failure::EmptyFolder(path) => {
                format!("{path}: the folder holds no report (PDF, DOCX, XLSX, XLS, OFD, HTML, TXT, DOC, WPS)")
            }
            Failure::TooManyFiles(limit) => {
                format!("a report has at most {limit} files; without --as-one each is checked by itself")
            }
            Failure::OneReport(count) => {
                format!(
                    "one report is imported at a time, here are {count}; add --as-one where they are the files of one"
                )
            }
            Failure::NotNextYear { year, wanted } => {
                format!("the books are of {year} and cannot go on to {wanted}; write --year {}", year + 1)
            }
            Failure::PriorOfSeveral(count) => {
                format!("--prior goes with one report, and there are {count}; --as-one takes text and tables as one")
            }
            Failure::PriorYear(found, Some(wanted)) => {
                format!("--prior takes the report of {wanted}; the one given {}", year_of(*found, Lang::En))
            }
            Failure::PriorYear(..) => {
                "the year of the report cannot be told: it cannot be compared with last year's".into()
            }
            Failure::PriorBody(own, other) => {
                format!("--prior takes a report of the same body: this one is of `{own}`, the one given of `{other}`")
            }
            Failure::NeedsOutput => "a workbook is written to a file: add --output NAME.xlsx".into(),
            Failure::NoPdf => "there is no PDF to annotate; use --format html for other files".into(),
            Failure::NeedsFolder(path, count) => {
                format!("there are {count} PDFs: --annotate must name a folder, not one file ({path})")
            }
            Failure::WouldReplace(path) => {
                format!("{path}: is a file that was checked and is not replaced; name another path with --annotate")
            }
            Failure::Changed(path) => {
                format!("{path}: was changed while it was checked and was not annotated; check it again")
            }
            Failure::Annotate(path, error) => format!("{path}: {}", error.text(Lang::En)),
            Failure::Unwritable(path, reason) => format!("{path}: cannot be written ({})", system(reason, Lang::En)),
            Failure::Faults(faults) => listed(faults, Lang::En),
            Failure::Books(source, faults) => books::listed(source, faults, Lang::En),
            Failure::Work(folder, faults) => of_work(folder, faults, Lang::En),
            Failure::NoRegister(id, known) => format!("there is no register {id}; there are: {}", known.join(", ")),
            Failure::NoLine(batch) => {
                format!("batch {batch} names no budget line; add `line` to its [[batch]] in fund.toml")
            }
            Failure::NotReadable(text) => {
                format!("`{text}` cannot be read; write a day like 2019-08-01, an amount like 1234.56")
            }
            Failure::Store(error) => error.text(Lang::En),
            Failure::Unfit(books, unfit) => format!("{books}: {}", unfit.text(Lang::En)),
            Failure::WhichLine(known) => format!("name the budget line with --line; there are: {}", known.join(", ")),
            Failure::NoOutput => "say with --output where the books of the next year go".to_owned(),
            Failure::NoAwards(project) => format!("{project} has no award yet, and so no mean"),
            Failure::Act(failure) => failure.text(Lang::En),
            Failure::NoApplication(number) => format!("no application has the number {number}"),
            Failure::NoBatch(id, known) => format!("there is no batch {id}; there are: {}", known.join(", ")),
            Failure::WouldOverwrite(path) => {
                format!("{path}: is there already and was not written; --force replaces it")
            }
            Failure::UnknownForm(id) => format!("there is no form `{id}`; there are: {}", known_forms()),
            Failure::UnknownCode(unknown) => unknown.text(Lang::En),
        }
    }
}

fn year_of(year: Option<i16>, lang: Lang) -> String {
    match (year, lang) {
        (Some(year), Lang::Zh) => format!("是 {year} 年的"),
        (None, Lang::Zh) => "看不出年份".into(),
        (Some(year), Lang::En) => format!("is of {year}"),
        (None, Lang::En) => "tells no year".into(),
    }
}

fn listed(faults: &[(String, usize, [String; 2])], lang: Lang) -> String {
    let index = usize::from(lang == Lang::En);
    faults.iter().map(|(path, line, text)| format!("{path}:{line}: {}", text[index])).collect::<Vec<_>>().join("\n")
}

fn known_forms() -> String {
    gouji_report::form::Form::all().into_iter().map(|form| form.id).collect::<Vec<_>>().join("、")
}

/// The system's reason, the usual ones in Chinese too.
fn system(error: &std::io::Error, lang: Lang) -> String {
    use std::io::ErrorKind::*;
    let chinese = match error.kind() {
        NotFound => "没有这个路径",
        PermissionDenied => "没有权限",
        IsADirectory => "它是文件夹",
        NotADirectory => "上级不是文件夹",
        StorageFull => "磁盘已满",
        ReadOnlyFilesystem => "磁盘只读",
        FileTooLarge => "文件过大",
        InvalidData => "不是 UTF-8 编码",
        _ => return error.to_string(),
    };
    if lang == Lang::Zh { chinese.into() } else { error.to_string() }
}
