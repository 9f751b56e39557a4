//! Reading a baseline file of bounded size.

use std::path::Path;

use jiff::civil::Date;
use rollwire_conformance::baseline::{Baseline, Known, parse};
use rollwire_conformance::text::shown;

use crate::{failure::Failure, input_files::text_of};

/// The largest baseline that is read: 1 MiB.
const MAX_FILE: u64 = 1024 * 1024;

/// The baseline of a file, with expiry judged at this date.
pub(crate) fn open(path: &Path, today: Option<Date>) -> Result<Baseline, Failure> {
    from_text(path, &read(path)?, today)
}

pub(crate) fn from_text(path: &Path, text: &str, today: Option<Date>) -> Result<Baseline, Failure> {
    let entries = parse(text).map_err(|fault| unusable(path, &fault))?;
    let today =
        today.unwrap_or_else(|| jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date());
    Ok(Baseline { entries, today, seeded: false, published: Known::published()? })
}

pub(crate) fn unusable(path: &Path, fault: &dyn std::fmt::Display) -> Failure {
    Failure::usage(format!("{}: not a valid baseline: {fault}", shown(path)))
}

pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    text_of(path, MAX_FILE)
}
