//! Writes the invented report of the tests in every form to a folder, to look at it:
//! `cargo run -p gouji-report --example invented -- /tmp/invented`.

#[path = "../tests/common/mod.rs"]
mod common;

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let document = common::document();
    std::fs::write(folder.join("report.html"), gouji_report::html(&document))?;
    std::fs::write(folder.join("report.docx"), gouji_report::docx(&document)?)?;
    std::fs::write(folder.join("report.xlsx"), gouji_report::xlsx(&document)?)?;
    Ok(())
}
