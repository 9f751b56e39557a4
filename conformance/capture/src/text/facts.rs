//! What the findings say in single sentences, for a terminal and for a page.

use rollwire_conformance::text::{grouped, plural, sanitize};
use rollwire_model::exchange::StateHash;

use super::rows::milliseconds;
use crate::{
    content::Unit,
    crossing::{Crossing, LostInputs, Way},
    findings::Findings,
    side::SideFindings,
};

/// What is to be known about a side beside its violations.
pub(super) fn of_side(side: &SideFindings, unit: Unit) -> Vec<String> {
    let mut notes = Vec::new();
    if side.missing > 0 {
        let count = plural(side.missing, "record is", "records are");
        notes.push(format!("{count} missing; what depends on them is not judged"));
    }
    if side.parts > 1 {
        let count = plural(side.parts, "part", "parts");
        notes.push(format!("there are {count}: each header begins a new one"));
    }
    if side.errors > 0 {
        notes.push(format!("the channel reported {}", plural(side.errors, "error", "errors")));
    }
    let hashes = &side.hashes;
    for (who, changed) in ["the own side", "the partner"].iter().zip(hashes.changed) {
        if changed > 0 {
            let count = plural(changed, "frame", "frames");
            notes.push(format!("{who} sent two hashes for {count}"));
        }
    }
    if let Some(first) = &hashes.first {
        let [own, partner] = first.hashes.map(|hash| StateHash(hash).to_string());
        let count = plural(hashes.differ, "frame has", "frames have");
        notes.push(format!(
            "{count} two hashes; the first is frame {}: {own} in {unit} {}, and {partner} in {unit} {}",
            first.frame, first.lines[0], first.lines[1], unit = unit.one()
        ));
    }
    notes
}

/// What is to be known about a capture beside its violations, with its name.
pub(crate) fn notes(findings: &Findings) -> Vec<String> {
    let name = sanitize(&findings.name);
    let piece = findings.unit.piece();
    let malformed = findings.malformed_lines.iter();
    let mut notes: Vec<String> = malformed
        .map(|it| format!("{name}:{}: the {piece} {}", it.line, sanitize(&it.fault)))
        .collect();
    let hidden = findings.malformed - findings.malformed_lines.len() as u64;
    if hidden > 0 {
        let count = plural(hidden, &format!("more {piece}"), &format!("more {piece}s"));
        notes.push(format!("{name}: {count} cannot be read"));
    }
    if let Some(line) = findings.cut {
        notes.push(format!("{name}:{line}: the last {piece} is cut off, and is not judged"));
    }
    for side in &findings.sides {
        let tap =
            if side.tap.is_empty() { String::new() } else { format!("{}: ", sanitize(&side.tap)) };
        notes.extend(
            of_side(side, findings.unit).into_iter().map(|note| format!("{name}: {tap}{note}")),
        );
    }
    notes
}

/// What became of the datagrams of each direction between the sides with these names.
pub(crate) fn loss(names: &[&str], crossing: &Crossing) -> Vec<(String, Vec<String>)> {
    let [one, other] = names else { return Vec::new() };
    let way = |side: usize| {
        let (from, to) = if side == 0 { (one, other) } else { (other, one) };
        let Way { sent, lost, repeated, overtaken, never_sent, delays_us } = &crossing.ways[side];
        let mut facts = vec![
            format!("{} sent", plural(*sent, "datagram", "datagrams")),
            format!("{} lost", grouped(*lost)),
        ];
        for (count, what) in [
            (overtaken, "overtaken by a later one"),
            (repeated, "arrived again"),
            (never_sent, "arrived and were never sent"),
        ] {
            if *count > 0 {
                facts.push(format!("{} {what}", grouped(*count)));
            }
        }
        if let Some((least, most)) = delays_us {
            facts.push(format!("the delays differ by {}", milliseconds(most - least)));
        }
        facts.extend(
            lost_inputs(from, &crossing.lost_inputs[side]).map(|it| format!("inputs {it}")),
        );
        (format!("{from} → {to}"), facts)
    };
    vec![way(0), way(1)]
}

/// Which inputs never arrived; nothing if all did.
pub(super) fn lost_inputs(from: &str, lost: &LostInputs) -> Option<String> {
    if lost.count == 0 {
        return None;
    }
    let listed: Vec<String> = lost
        .first
        .iter()
        .map(|it| format!("frame {} after READY {} (line {})", it.frame, it.ready, it.line))
        .collect();
    let rest = lost.count - listed.len() as u64;
    let and = if rest > 0 { format!(", and {} more", grouped(rest)) } else { String::new() };
    Some(format!("never arrived: {}{and}; the lines are those of {from}", listed.join(", ")))
}
