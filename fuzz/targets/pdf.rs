#![no_main]

mod package;

libfuzzer_sys::fuzz_target!(
    init: std::panic::set_hook(Box::new(|panic| {
        // A fault of the PDF library is caught by the reader; one of our own is what is looked for.
        if !panic.location().is_some_and(|place| place.file().contains("/hayro")) {
            eprintln!("{panic}");
            std::process::abort();
        }
    })),
    |bytes: &[u8]| package::read("a.pdf", bytes.to_vec())
);
