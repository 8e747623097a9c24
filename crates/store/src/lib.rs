//! The appropriation ledger in a database; the only crate that knows SQL.
