//! Checks a codec of the rollwire protocol in a test of its own crate.
//!
//! The checks, the judge and the report are those of `rollwire check`; only the adapter is missing,
//! because the codec is called in this process.
#![doc = include_str!("../README.md")]

mod codec;
mod in_process;

use std::{error::Error, fmt};

use anstream::adapter::strip_str;
use rollwire_conformance::{
    report::{Reporter, Text},
    run::{Options, run},
    vectors::VectorSet,
    verdict::Exit,
};

pub use crate::codec::{Codec, Message, Refusal};
use crate::in_process::InProcess;

/// How many fresh cases there are for each message.
const FRESH: u32 = 8;

/// What was checked, as text: the end of the report of `rollwire check`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The text, of several lines.
    pub text: String,
}

/// The codec is wrong, or could not be asked. It shows the report, also where `unwrap` shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Failed {
    /// How `rollwire check` would have ended.
    pub exit: Exit,
    /// The report, of many lines.
    pub text: String,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit code {}\n\n{}", self.exit.code(), self.text)
    }
}

impl Error for Failed {}

/// Asks a codec everything about bytes that its revision has, and judges the answers.
///
/// # Errors
/// If a check failed, or if nothing could be checked: the report says what is wrong, where, and by
/// which rule.
pub fn check(codec: impl Codec) -> Result<Report, Failed> {
    let broken = |text: String| Failed { exit: Exit::Broken, text };
    let vectors = VectorSet::builtin().map_err(|fault| broken(fault.to_string()))?;
    let options = Options { seed: codec.seed(), fresh: FRESH, ..Options::default() };
    let mut adapter = InProcess::new(codec).map_err(|text| Failed { exit: Exit::Usage, text })?;
    let mut text = Vec::new();
    let exit = {
        let mut report = Text::new(&mut text, false);
        let mut sink = |event| drop(report.event(&event)); // a Vec can be written
        let exit = run(&mut adapter, vectors, &options, &mut sink);
        drop(report.end());
        exit.map_err(|fault| broken(fault.to_string()))?
    };
    // A panic message has no colours.
    let text = strip_str(&String::from_utf8_lossy(&text)).to_string();
    if exit == Exit::Conforms { Ok(Report { text }) } else { Err(Failed { exit, text }) }
}
