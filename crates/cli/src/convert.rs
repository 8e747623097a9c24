//! Documents of older programs to DOCX, by LibreOffice where it is installed.

use crate::output;
use gouji_model::Lang;
use gouji_read::{IssueKind, Legacy};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a conversion may take.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The variable that names the program where it is not on the path.
const PROGRAM: &str = "GOUJI_SOFFICE";

/// Settings of a profile of its own: no macros, nothing fetched that a document links to, and
/// a proxy that is not there for whatever would still ask.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"#;

/// The document as DOCX of at most so many bytes, or why it could not be converted.
pub fn to_docx(bytes: &[u8], format: Legacy, limit: u64, shown: &str, lang: Lang) -> Result<Vec<u8>, IssueKind> {
    let program = find_program().ok_or(IssueKind::NeedsConversion(format.name()))?;
    let by = program.display();
    output::message(&match lang {
        Lang::Zh => format!("{shown}：由 LibreOffice（{by}）转换为 DOCX 后再读，最多 {} 秒", TIMEOUT.as_secs()),
        Lang::En => {
            format!(
                "{shown}: converted to DOCX by LibreOffice ({by}) before it is read, in at most {} s",
                TIMEOUT.as_secs()
            )
        }
    });
    let failed = |timed_out: bool| IssueKind::ConversionFailed { format: format.name(), timed_out };
    let folder = Folder::new().ok_or(failed(false))?;
    let source = folder.0.join("report").with_extension(format.ending());
    let settings = folder.0.join("profile/user");
    std::fs::write(&source, bytes)
        .and_then(|()| std::fs::create_dir_all(&settings))
        .and_then(|()| std::fs::write(settings.join("registrymodifications.xcu"), SETTINGS))
        .map_err(|_| failed(false))?;
    let mut command = Command::new(program);
    command
        .arg(format!("-env:UserInstallation={}", address_of(&folder.0.join("profile"))))
        .args(["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"])
        .args(["--convert-to", "docx:MS Word 2007 XML", "--outdir"])
        .arg(folder.0.join("out"))
        .arg(&source)
        .current_dir(&folder.0);
    match run(command, TIMEOUT) {
        Ended::Well => {}
        Ended::Badly => return Err(failed(false)),
        Ended::Killed => return Err(failed(true)),
    }
    let target = folder.0.join("out/report.docx");
    let size = std::fs::metadata(&target).map_err(|_| failed(false))?.len();
    if size > limit {
        return Err(IssueKind::FileTooLarge { bytes: size, limit });
    }
    std::fs::read(&target).map_err(|_| failed(false))
}

/// The program: as the environment names it, on the path, or where installers put it.
fn find_program() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(PROGRAM) {
        return Some(PathBuf::from(named)).filter(|path| path.is_file());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["soffice", "libreoffice", "soffice.exe"];
    let on_path = std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    let usual = [
        "/usr/lib/libreoffice/program/soffice",
        "/opt/libreoffice/program/soffice",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.exe",
    ];
    on_path.chain(usual.map(PathBuf::from)).find(|path| path.is_file())
}

/// A path as `file:` names it.
fn address_of(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut address = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

/// A folder for one conversion, which nobody else made and which goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Option<Folder> {
        (0..100).find_map(|attempt| {
            let path = std::env::temp_dir().join(format!("gouji-convert-{}-{attempt}", std::process::id()));
            std::fs::create_dir(&path).ok().map(|()| Folder(path))
        })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// How a program ended.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    Well,
    Badly,
    Killed,
}

/// Runs a program without input and output; beyond the time it is killed with all it started.
fn run(mut command: Command, timeout: Duration) -> Ended {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let Ok(mut child) = command.spawn() else { return Ended::Badly };
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return if status.success() { Ended::Well } else { Ended::Badly },
            Ok(None) if begun.elapsed() < timeout => std::thread::sleep(Duration::from_millis(50)),
            _ => {
                kill(&mut child);
                return Ended::Killed;
            }
        }
    }
}

/// Ends a program and, where the system has groups of processes, what it started.
fn kill(child: &mut Child) {
    if cfg!(unix) {
        let group = format!("-{}", child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_takes_too_long_is_killed_with_all_it_started() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 30 & sleep 30"]);
        let begun = Instant::now();
        assert_eq!(run(command, Duration::from_millis(200)), Ended::Killed);
        assert!(begun.elapsed() < Duration::from_secs(10));
        assert_eq!(run(Command::new("false"), Duration::from_secs(10)), Ended::Badly);
        assert_eq!(run(Command::new("true"), Duration::from_secs(10)), Ended::Well);
    }

    #[test]
    fn paths_as_addresses() {
        assert_eq!(address_of(Path::new("/tmp/报 告")), "file:///tmp/%E6%8A%A5%20%E5%91%8A");
    }
}
