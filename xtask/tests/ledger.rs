//! The short forms of `cargo xtask ledger` that need processes of their own.

use std::process::Command;

fn ledger(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).arg("ledger").args(args).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[test]
fn killed_writers_leave_nothing_over_and_lose_no_receipt() {
    let text = ledger(&["kills", "--attempts", "2000", "--kills", "12"]);
    assert!(text.contains("0 lost; 0 fen over"), "{text}");
}

#[test]
fn eight_threads_share_a_transaction() {
    let text = ledger(&["rates", "--attempts", "4000", "--awards", "1000"]);
    assert_eq!(text.matches("0 fen over; verified").count(), 4, "{text}");
}
