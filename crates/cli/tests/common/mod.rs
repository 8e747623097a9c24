//! Runs the built binary, or the same steps in process; finds the files shared beside the repository.

#![allow(dead_code)] // Every test file uses its own part of it.

use gouji_check::{Options, Report};
use gouji_read::{Document, Limits};
use gouji_understand::{Forms, Statement};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of a test's own, removed at its end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("gouji-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the folder for temporary files can be written");
        Folder(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("the folder of the test can be written");
        path
    }

    pub fn as_path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.stdin(Stdio::null()).env_remove("NO_COLOR");
    command
}

pub fn gouji(arguments: &[&str]) -> Output {
    command().args(arguments).output().expect("the binary runs")
}

pub fn code(output: &Output) -> i32 {
    let code = output.status.code().expect("the process was not killed");
    assert!(!stderr(output).contains("panicked"), "{}", stderr(output));
    code
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

pub fn text(path: &Path) -> &str {
    path.to_str().expect("paths of tests are UTF-8")
}

/// The file under `../shared`, or `None` with a line that says so. With `GOUJI_REQUIRE_SHARED=1`
/// a missing file fails the test.
pub fn shared(path: &str) -> Option<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    match std::fs::read(root.join(path)) {
        Ok(bytes) => Some(bytes),
        Err(error) if std::env::var_os("GOUJI_REQUIRE_SHARED").is_some_and(|value| value == "1") => {
            panic!("../shared/{path} is required and cannot be read: {error}")
        }
        Err(_) => {
            println!("skipped: ../shared is not here");
            None
        }
    }
}

/// The report that the issue was written for.
pub fn longgang() -> Option<Vec<u8>> {
    shared("corpus/longgang/sti-bureau-2019-budget.txt")
}

/// A file of `tests/data`.
pub fn data(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What the steps of `check` give, in process.
pub struct Checked {
    pub document: Document,
    pub statement: Statement,
    pub report: Report,
}

pub fn checked(bytes: Vec<u8>) -> Checked {
    checked_as("report.txt", bytes)
}

/// The same of a file of any format; its name says which.
pub fn checked_as(name: &str, bytes: Vec<u8>) -> Checked {
    let document = gouji_read::read(vec![(name.into(), bytes)], &Limits::default());
    let statement = gouji_understand::understand(&document, &Forms::standard());
    let report = gouji_check::check(&statement, &Options::default());
    Checked { document, statement, report }
}

/// A report whose total is not the sum of its parts.
pub const BROKEN: &str = "\
2019年某市某局部门预算报告

第二部分 部门预算安排情况说明

一、部门预算收支总体情况

（一）2019 年支出预算情况。2019 年某局部门预算支出 900 万元（详见表三）。

表三

部门支出总表（按功能科目）

部门：某市某局

单位：万元

科目编码\t科目名称\t支出合计\t基本支出\t项目支出
\t合计\t900\t300\t600
206\t科学技术支出\t500\t200\t300
20601\t科学技术管理事务\t500\t200\t300
2060101\t行政运行\t500\t200\t300
208\t社会保障和就业支出\t400\t100\t350
20805\t行政事业单位离退休\t400\t100\t350
2080501\t归口管理的行政单位离退休\t400\t100\t350
";
