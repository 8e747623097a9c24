//! How large the instructions of a page are. The library unpacks them whole before it tells: what is
//! bounded here is the drawing, not the memory that unpacking takes.

use hayro_syntax::page::Page;

/// The size of a page's instructions when it is beyond the limit.
pub(super) fn too_large(page: &Page<'_>, limit: usize) -> Option<usize> {
    let bytes = page.page_stream()?.len();
    (bytes > limit).then_some(bytes)
}
