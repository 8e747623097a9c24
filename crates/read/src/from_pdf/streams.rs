//! How large the instructions of a page are before they are unpacked.

use hayro_syntax::page::Page;

/// The size of a page's instructions when it is beyond the limit.
pub(super) fn too_large(page: &Page<'_>, limit: usize) -> Option<usize> {
    let bytes = page.page_stream()?.len();
    (bytes > limit).then_some(bytes)
}
