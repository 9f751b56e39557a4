//! How it came to the first hashes that differ, in words.

use std::io::{self, Write};

use rollwire_conformance::text::{describe::paragraph, sanitize};

use super::rows::{INDENT, cut, row};
use crate::{
    crossing::{Deed, Divergence, Had, OddInput},
    line::Moment,
};

/// Which frame it is, and which was the last equal one.
pub(crate) fn title(divergence: &Divergence) -> String {
    let Divergence { ready, frame, last_equal, .. } = divergence;
    let equal = match last_equal {
        Some(equal) => format!("the last equal hashes are those of frame {equal}"),
        None => "no hashes before it were equal".to_owned(),
    };
    format!("frame {frame} after READY {ready}; {equal}")
}

/// What a side had when it sent its hash.
pub(crate) fn had(had: &Had) -> String {
    let up_to = |what: &str, frame: Option<u32>| match frame {
        Some(frame) => format!("{what} up to frame {frame}"),
        None => format!("no {what}"),
    };
    let Had { line, at, hash, told, heard, confirmed, verified } = had;
    let parts = [
        up_to("own inputs", *told),
        up_to("inputs of the other", *heard),
        up_to("inputs of both without a gap", *confirmed),
        up_to("equal hashes", *verified),
    ];
    format!("sent {hash} in line {line} at {at} s, with {}", parts.join(", "))
}

/// What was not as it should be with the inputs after the last equal frame.
pub(crate) fn inputs(divergence: &Divergence, names: [&str; 2]) -> Vec<String> {
    if divergence.odd_inputs.is_empty() {
        let text = "each side had the inputs of these frames as the other told them: the same inputs led to \
                    different states";
        return vec![text.to_owned()];
    }
    let text = |it: &OddInput| {
        let (own, other) = (names[it.side], names[1 - it.side]);
        let OddInput { frame, told, told_in, .. } = it;
        let told = format!("frame {frame} of {own}: {told} in line {told_in} of {own}");
        match (it.heard, it.heard_in) {
            (Some(heard), Some(line)) if heard != it.told => {
                format!("{told}, but {heard} in line {line} of {other}")
            }
            (_, Some(line)) => {
                format!("{told}; {other} received it in line {line}, after it had sent its hash")
            }
            _ => format!("{told}; {other} had not received it"),
        }
    };
    divergence.odd_inputs.iter().map(text).collect()
}

/// Shows it below the first difference; `apart` says by how much the clock of the second side is ahead.
pub(super) fn show(
    sink: &mut dyn Write,
    names: [&str; 2],
    divergence: &Divergence,
    apart: Option<i64>,
) -> io::Result<()> {
    let title = title(divergence);
    row(sink, "equal", title.split_once("; ").map_or("", |it| it.1))?;
    for (name, it) in names.iter().zip(&divergence.had) {
        row(sink, "had", paragraph(&format!("{name} {}", had(it)), INDENT).trim_start())?;
    }
    for text in inputs(divergence, names) {
        row(sink, "inputs", paragraph(&text, INDENT).trim_start())?;
    }
    let shift = |side: usize| if side == 0 { 0 } else { apart.unwrap_or(0) };
    let time = |side: usize, deed: &Deed| {
        i64::try_from(deed.time.0).unwrap_or(i64::MAX).saturating_sub(shift(side))
    };
    let of = |side: usize| divergence.deeds[side].iter().map(move |deed| (side, deed));
    let mut all: Vec<(usize, &Deed)> = of(0).chain(of(1)).collect();
    // Without an estimate, the times of the sides cannot be compared.
    all.sort_by_key(|(side, deed)| match apart {
        Some(_) => (0, time(*side, deed), *side),
        None => (*side, time(*side, deed), 0),
    });
    let wide = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    for (at, (side, deed)) in all.iter().enumerate() {
        let shown = time(*side, deed);
        let sign = if shown < 0 { "-" } else { "" };
        let shown = format!("{sign}{}", Moment(shown.unsigned_abs()));
        let name = names[*side];
        let text = format!("{shown:>9}  {name:<wide$}  {:<8} {}", deed.what, sanitize(&deed.text));
        row(sink, if at == 0 { "around" } else { "" }, &cut(&text))?;
    }
    Ok(())
}
