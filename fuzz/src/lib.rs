//! Fuzz targets: the codec, the model, the reference implementation and the kit on generated inputs.
//!
//! | module | story |
//! |---|---|
//! | [`targets`] | what each target requires: a module and a plain function for each |
//! | [`seeds`] | inputs to start from, made from the published vectors |
//! | [`dictionary`] | words that a fuzzer is unlikely to find by itself |
//! | [`replay`] | existing inputs, without a fuzzer |
//! | `structured` | messages and stimuli from a fuzzer's bytes, and back |
//! | `questions` | what `adapter_line` asks, which its seeds answer |
//! | `published`, `hello` | the published vectors, and a hello that declares everything |
//! | `printable` | what every text must satisfy that quotes an adapter or a file |
//!
//! A body panics if a requirement is not met. Nothing here needs libFuzzer: its entry points are in
//! `fuzz_targets/`, and without `--cfg fuzzing` each of them is a program that reads files.

#![forbid(unsafe_code)]

pub mod dictionary;
mod hello;
mod printable;
mod published;
mod questions;
pub mod replay;
pub mod seeds;
mod structured;
pub mod targets;

/// The program of a target: libFuzzer's entry point when cargo-fuzz builds it, otherwise a `main` that
/// runs the body on the files it is given.
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
