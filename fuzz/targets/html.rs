#![no_main]

mod package;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| package::read("a.html", [b"<html>".as_slice(), bytes].concat()));
