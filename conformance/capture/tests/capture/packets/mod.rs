//! Files of packets: what is exported is read again as it was, and what others write is understood.

mod blocks;
mod foreign;
mod hostile;
mod round_trip;

use std::io::Cursor;

use rollwire_capture::{
    Capture, Check, Findings, Unreadable,
    packets::{Assumed, Export},
};

/// A capture that is being checked.
pub(crate) type Checked = Check<Cursor<Vec<u8>>>;

/// A file of any format.
pub(crate) fn open_as(bytes: &[u8], assumed: Assumed) -> Result<Checked, Unreadable> {
    Ok(Check::new(Capture::open_any("file", Cursor::new(bytes.to_vec()), assumed)?))
}

/// The same, without an assumption.
pub(crate) fn open(bytes: &[u8]) -> Checked {
    open_as(bytes, Assumed::Nothing).unwrap()
}

/// What is found in a file.
pub(crate) fn check(bytes: &[u8]) -> Findings {
    open(bytes).finish().unwrap()
}

/// Why a file is refused.
pub(crate) fn refusal(bytes: &[u8]) -> String {
    open_as(bytes, Assumed::Nothing).unwrap_err().to_string()
}

/// The records of a file: tap, time in microseconds, and what happened, in short.
pub(crate) fn told(mut check: Checked) -> Vec<String> {
    let mut told = Vec::new();
    while let Some(judged) = check.next().unwrap() {
        let what = format!("{:?}", judged.record.what).replace("Datagram", "");
        let tap = &check.side(judged.tap).tap;
        told.push(format!("{tap}@{} {what}", judged.record.at.0));
    }
    told
}

/// A capture as a pcapng.
pub(crate) fn exported(capture: &[u8]) -> Vec<u8> {
    let mut check = open(capture);
    let mut export = Export::new(Vec::new(), "a test").unwrap();
    while let Some(step) = check.step().unwrap() {
        export.step(&step).unwrap();
    }
    export.into_inner()
}
