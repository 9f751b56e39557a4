//! `rollwire selftest`: the kit against implementations that are wrong on purpose.
//!
//! A file for each kind of them. Each prints what it finds and says whether the kit noticed everything.

mod adapters;
mod bytes;
mod digest;
mod exchange;

use std::io::{BufWriter, Write};

use super::{
    Failure,
    args::{Part, Selftest},
};
use crate::{vectors::VectorSet, verdict::Exit};

pub(super) fn run(arguments: &Selftest) -> Result<Exit, Failure> {
    let vectors = VectorSet::builtin()?;
    let mut out = BufWriter::new(anstream::stdout());
    let mut all_noticed = true;
    for part in [Part::Bytes, Part::Exchange, Part::Digest, Part::Adapters] {
        if !arguments.parts.is_empty() && !arguments.parts.contains(&part) {
            continue;
        }
        all_noticed &= match part {
            Part::Bytes => bytes::run(arguments, &vectors.cases, &mut out)?,
            Part::Exchange => exchange::run(arguments, &vectors.scenarios, &mut out)?,
            Part::Digest => digest::run(arguments, &vectors.digests, &mut out)?,
            Part::Adapters => adapters::run(arguments, &mut out)?,
        };
        // What is known is seen while the next part goes on.
        out.flush()?;
    }
    Ok(if all_noticed { Exit::Conforms } else { Exit::Failed })
}
