#![no_main]

mod package;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| package::read("a.pdf", bytes.to_vec()));
