//! How long reading one report may take. The reader itself reads no clock.

use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A page takes some milliseconds: the largest report comes nowhere near.
const PATIENCE: Duration = Duration::from_secs(60);

static BEGUN: Mutex<Option<Instant>> = Mutex::new(None);

/// Begins to count for a report.
pub fn begin() {
    if let Ok(mut begun) = BEGUN.lock() {
        *begun = Some(Instant::now());
    }
}

/// True when the report has been read for too long.
pub fn is_over() -> bool {
    BEGUN.lock().is_ok_and(|begun| begun.is_some_and(|begun| begun.elapsed() > PATIENCE))
}
