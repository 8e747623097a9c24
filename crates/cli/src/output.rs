//! Results to stdout or to a file, messages to stderr.

use crate::failure::Failure;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Writes a result where it was asked for.
pub fn write(output: Option<&Path>, bytes: &[u8]) -> anyhow::Result<()> {
    match output {
        Some(path) => to_file(path, bytes),
        None => to_stdout(bytes),
    }
}

/// Writes to stdout. A reader that has gone away (`| head`) is no error: it has what it wanted.
pub fn to_stdout(bytes: &[u8]) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Unwritable("stdout".into(), error).into()),
        _ => Ok(()),
    }
}

/// Writes to a file beside its place and moves it there, so that nothing is ever half-written.
fn to_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let failed = |error| Failure::Unwritable(path.display().to_string(), error);
    if path.is_dir() {
        return Err(failed(ErrorKind::IsADirectory.into()).into());
    }
    // A device or a pipe takes bytes but cannot be replaced.
    if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Ok(std::fs::write(path, bytes).map_err(failed)?);
    }
    let name = path.file_name().ok_or_else(|| failed(ErrorKind::NotFound.into()))?.to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    if let Err(error) = written {
        // What is left of the attempt is of no use; failing to remove it changes nothing.
        let _ = std::fs::remove_file(&beside);
        return Err(failed(error).into());
    }
    Ok(())
}

/// Says something on stderr; a closed stderr is no reason to stop.
pub fn message(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
