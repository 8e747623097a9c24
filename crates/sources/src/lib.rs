//! What people keep, to books and back: a folder of small tables, or a workbook.
//!
//! Pure functions from bytes to bytes; who calls them opens the files.
//!
//! - [`from_folder`], [`to_folder`]: `books.toml` and one table of comma-separated text to a list;
//! - [`Loaded`]: books with the warnings about them;
//! - [`Fault`], [`Place`]: what is wrong, where, and what would be right.

mod amount;
mod cells;
mod codes;
mod csv;
mod fault;
mod folder;
mod links;
mod loaded;
mod reading;
mod schema;
mod sums;
mod table;
mod texts;
mod writing;

pub use fault::{Fault, Place};
pub use folder::{from_folder, to_folder};
pub use loaded::Loaded;
