//! Reads the files that are named and does nothing else: what `cargo xtask race` measures.

use gouji_read::{Limits, read};

fn main() -> std::io::Result<()> {
    for file in std::env::args().skip(1) {
        let bytes = std::fs::read(&file)?;
        std::hint::black_box(read(vec![(file, bytes)], &Limits::default()));
    }
    Ok(())
}
