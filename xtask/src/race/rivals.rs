//! The readers of tables that ours is compared with: Python packages, each in a process of its own.

use super::clock::{Cost, measure};
use anyhow::{Context, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A rival.
pub(super) struct Rival {
    /// Its name.
    pub name: &'static str,
    /// What it needs before the first page.
    start: &'static str,
    /// How it finds the tables of the files that are named.
    read: &'static str,
}

/// The rivals; the first is the one that targets speak of.
pub(super) const RIVALS: &[Rival] = &[
    Rival {
        name: "pdfplumber extract_tables",
        start: "import sys, pdfplumber",
        read: "
for path in sys.argv[1:]:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()
",
    },
    Rival {
        name: "PyMuPDF find_tables",
        start: "import sys, pymupdf",
        read: "
for path in sys.argv[1:]:
    with pymupdf.open(path) as pdf:
        for page in pdf:
            for table in page.find_tables().tables:
                table.extract()
",
    },
];

/// The versions of Python and of the rivals; fails with what to install.
pub(super) fn versions() -> anyhow::Result<String> {
    let ask = "import sys, importlib.metadata as m, pdfplumber, pymupdf; \
               print('Python', sys.version.split()[0], *[f'{p} {m.version(p)}' for p in ('pdfplumber', 'pymupdf')])";
    let output = Command::new("python3").args(["-c", ask]).output().context("python3 is not installed")?;
    if !output.status.success() {
        bail!("pdfplumber and PyMuPDF are not both installed: pip install pdfplumber pymupdf");
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

impl Rival {
    /// What reading the tables of the files costs, without the start of Python and its packages.
    pub fn cost(&self, xtask: &Path, files: &[PathBuf]) -> anyhow::Result<Cost> {
        let python = |script: String, files: &[PathBuf]| {
            let mut command = vec!["python3".to_owned(), "-c".to_owned(), script];
            command.extend(files.iter().map(|file| file.display().to_string()));
            measure(xtask, &command)
        };
        let start = python(self.start.to_owned(), &[])?;
        let whole = python(format!("{}\n{}", self.start, self.read), files)?;
        ensure!(whole.micros > start.micros, "{} read nothing", self.name);
        Ok(Cost { micros: whole.micros - start.micros, kibibytes: whole.kibibytes })
    }
}
