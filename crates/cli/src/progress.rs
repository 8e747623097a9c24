//! Where the run is, on stderr, when there is more than one report.

use crate::output;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::Path;

/// A bar on a terminal, lines elsewhere, nothing at all for one report.
pub enum Progress {
    /// One report.
    Silent,
    /// Not a terminal: a line for each report, with how many there are.
    Lines(usize),
    /// A terminal.
    Bar(ProgressBar),
}

impl Progress {
    /// For so many reports.
    pub fn new(reports: usize) -> Progress {
        if reports < 2 {
            return Progress::Silent;
        }
        if !std::io::stderr().is_terminal() {
            return Progress::Lines(reports);
        }
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}").expect("the template is fixed");
        Progress::Bar(ProgressBar::new(reports as u64).with_style(style))
    }

    /// The report with this number, from 0, is begun.
    pub fn begin(&self, index: usize, path: &Path) {
        match self {
            Progress::Silent => {}
            Progress::Lines(reports) => output::message(&format!("[{}/{reports}] {}", index + 1, path.display())),
            Progress::Bar(bar) => {
                bar.set_position(index as u64);
                bar.set_message(path.display().to_string());
            }
        }
    }

    /// All reports are done.
    pub fn end(&self) {
        if let Progress::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
