//! Fuzz targets: what codec, model, reference and kit do with inputs that nobody thought of.
//!
//! | module | story |
//! |---|---|
//! | [`targets`] | what each target demands, a module and a plain function each |
//! | [`drawn`] | messages out of the fuzzer's bytes, and the bytes of a message |
//! | [`seeds`] | inputs to begin with, made of the published vectors |
//! | [`dictionary`] | words that a fuzzer does not guess |
//! | [`replay`] | inputs that are there already, without a fuzzer |
//!
//! A body panics where a demand is not met. Nothing here needs libFuzzer: `fuzz_targets/` holds its
//! doors, and without `--cfg fuzzing` each of them is a program that reads files.

#![forbid(unsafe_code)]

pub mod dictionary;
pub mod drawn;
pub mod replay;
pub mod seeds;
mod shown;
pub mod targets;

// What the tests of the workspace hold against the model is asked here too; the kit's library cannot
// hold it, because it does not depend on the codec.
#[path = "../../conformance/tests/agreement/agree.rs"]
mod agree;
#[path = "../../conformance/tests/exchange/reference.rs"]
mod reference;
#[path = "../../conformance/tests/agreement/typed.rs"]
mod typed;

/// The program of a target: libFuzzer's door where cargo-fuzz builds it, else one that runs the body
/// on the files that it is given.
#[macro_export]
macro_rules! target {
    ($body:path) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| $body(bytes));

        #[cfg(not(fuzzing))]
        fn main() -> std::process::ExitCode {
            $crate::replay::main($body)
        }
    };
}
