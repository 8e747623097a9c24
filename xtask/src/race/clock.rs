//! CPU time and memory of a process, as the system counts them.
//!
//! A process of this tool runs the one that is measured and asks what its children used: so the
//! peak of memory is that of one process and not of an earlier one.

use anyhow::{Context, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a process used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// Microseconds of CPU, its own and the system's for it.
    pub micros: u64,
    /// Kibibytes at its peak.
    pub kibibytes: u64,
}

impl Cost {
    /// Seconds with three decimals.
    pub fn seconds(&self) -> String {
        micros(self.micros)
    }

    /// Mebibytes at the peak, rounded up.
    pub fn mebibytes(&self) -> u64 {
        self.kibibytes.div_ceil(1024)
    }
}

/// Microseconds as seconds with three decimals.
pub(super) fn micros(micros: u64) -> String {
    format!("{}.{:03}", micros / 1_000_000, micros / 1_000 % 1_000)
}

/// Runs a command through a process of this tool and returns what it used.
pub(super) fn measure(xtask: &Path, command: &[String]) -> anyhow::Result<Cost> {
    let output = Command::new(xtask).args(["race", "--child", "measure"]).args(command).output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "{}: {}", command.join(" "), String::from_utf8_lossy(&output.stderr));
    let mut numbers = said.split_whitespace().map(str::parse::<u64>);
    let mut next = || numbers.next().and_then(Result::ok).context("the measuring process says no number");
    Ok(Cost { micros: next()?, kibibytes: next()? })
}

/// The measuring process: runs a program and prints what it used.
pub(super) fn measured(program: &str, arguments: &[String]) -> anyhow::Result<()> {
    let output = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).output();
    let output = output.with_context(|| format!("{program} could not be started"))?;
    // `gouji check` ends with 1 where it finds something.
    let done = matches!(output.status.code(), Some(0 | 1));
    ensure!(done, "{program} failed: {}", String::from_utf8_lossy(&output.stderr));
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    println!("{micros} {}", usage.max_rss());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_printed_in_seconds_and_mebibytes() {
        let cost = Cost { micros: 1_234_567, kibibytes: 2_049 };
        assert_eq!((cost.seconds(), cost.mebibytes()), ("1.234".to_owned(), 3));
    }
}
