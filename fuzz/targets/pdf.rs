#![no_main]

mod package;

/// A fault of the PDF library is caught by the reader; one of our own is what is looked for.
fn pass_over_faults_of_the_library() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|place| place.file().contains("/hayro")) {
            usual(panic);
        }
    }));
}

libfuzzer_sys::fuzz_target!(init: pass_over_faults_of_the_library(), |bytes: &[u8]| package::read("a.pdf", bytes.to_vec()));
