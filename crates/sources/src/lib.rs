//! What people keep, to books and back: a folder of small tables, or a workbook.
//!
//! Pure functions from bytes to bytes; who calls them opens the files.
//!
//! - [`from_folder`], [`to_folder`]: `books.toml` and one table of comma-separated text to a list;
//! - [`from_workbook`], [`to_workbook`]: one sheet to a list, with drop-down lists and notes;
//! - [`draft`]: books of a published report, as far as the paper goes;
//! - [`next_year`]: the books of the year after;
//! - [`compare_books`], [`compare_report`], [`compare_reports`]: what differs between two budgets;
//! - [`read_policy`]: the rules of a programme;
//! - [`from_working_folder`]: policies, registers and applications of an office;
//! - [`read_lifecycle`], [`district_lifecycle`]: the moves of an application, and those that come with the program;
//! - [`read_carriers`]: the standard of an assessment of carriers;
//! - [`blank`]: books ready to be filled in;
//! - [`Loaded`]: books with the warnings about them;
//! - [`Fault`], [`Place`]: what is wrong, where, and what would be right.

mod amount;
mod blank;
mod carriers;
mod cells;
mod codes;
mod compare;
mod csv;
mod draft;
mod experts;
mod fault;
mod folder;
mod from_workbook;
mod hints;
mod lifecycle;
mod links;
mod loaded;
mod next;
mod package;
mod policy;
mod programme;
mod reading;
mod schema;
mod sums;
mod table;
mod texts;
mod to_workbook;
mod writing;

pub use blank::blank;
pub use carriers::read_carriers;
pub use compare::{compare_books, compare_report, compare_reports};
pub use draft::{Draft, Unknown, draft};
pub use experts::{EXPERTS_FILE, OfficeExpert, RELATIONS_FILE, read_experts};
pub use fault::{Fault, Place};
pub use folder::{UNKNOWN, from_folder, to_folder};
pub use from_workbook::{from_workbook, is_workbook_of_books};
pub use lifecycle::{district_lifecycle, read_lifecycle};
pub use loaded::Loaded;
pub use next::{Moved, next_year};
pub use policy::{LARGEST_POLICY, read_policy};
pub use programme::{FUND_FILE, from_working_folder, table_rows};
pub use to_workbook::to_workbook;
