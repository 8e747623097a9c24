//! The appropriation ledger in a database; the only crate that knows SQL.
//!
//! The rules are those of [`gouji_fund::ledger`]; here they meet a database that keeps their promises when a process
//! is killed. [`Ledger`] is blocking and may be shared by threads: one writer thread gathers what many ask
//! into one transaction and answers each once it is on the disk. Several processes may open one file.
//!
//! The database itself guards the balance (a constraint on the line, one conditional update) and the log (triggers that
//! refuse changing and deleting). `sqlite` alone holds SQL; another database is another such file beside it.

mod acts;
mod batch;
mod error;
mod ledger;
mod sqlite;
mod verify;

pub use acts::ActRefused;
pub use error::{AskError, StoreError};
pub use ledger::{Ledger, Options, Receipt, Ticket, examine};
pub use verify::{Fault, Verified};
