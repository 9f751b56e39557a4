//! The report of a check for a terminal.

mod facts;
mod rows;
pub(crate) mod story;

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use rollwire_conformance::text::{describe::paragraph, grouped, plural, sanitize};

pub(crate) use self::facts::{loss, notes};
use self::rows::{INDENT, cut, milliseconds, row};
use crate::{
    content::Unit,
    crossing::{Crossing, Way},
    findings::Findings,
    line::Moment,
    monitor::Side,
    side::{SideFindings, Violation},
};

const BAD: Style = AnsiColor::Red.on_default().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const WEAK: Style = AnsiColor::Yellow.on_default().bold();

/// Shows the findings of a capture; the last line is the summary.
///
/// # Errors
/// If the sink cannot be written.
pub fn show(sink: &mut dyn Write, findings: &Findings) -> io::Result<()> {
    let name = sanitize(&findings.name);
    for side in &findings.sides {
        for found in &side.violations {
            violation(sink, (&name, findings.unit), side, found)?;
            writeln!(sink)?;
        }
    }
    for line in &findings.malformed_lines {
        let fault = sanitize(&line.fault);
        let piece = findings.unit.piece();
        writeln!(sink, "{BAD}MALFORMED{BAD:#}  {name}:{}: the {piece} {fault}", line.line)?;
    }
    let hidden = findings.malformed - findings.malformed_lines.len() as u64;
    if hidden > 0 {
        let count = pieces(findings, hidden);
        writeln!(sink, "           and {count} more that cannot be read")?;
    }
    if let Some(line) = findings.cut {
        let (piece, text) = (findings.unit.piece(), "is cut off, and is not judged");
        writeln!(sink, "{WEAK}note{WEAK:#}  {name}:{line}: the last {piece} {text}")?;
    }
    for side in &findings.sides {
        show_notes(sink, (&name, findings.unit), side)?;
    }
    summary(sink, &name, findings)
}

fn violation(
    sink: &mut dyn Write,
    (name, unit): (&str, Unit),
    side: &SideFindings,
    found: &Violation,
) -> io::Result<()> {
    let Violation { rule, line, kind, detail, .. } = found;
    let who = match (found.side, &*side.peer) {
        (Side::Own, "") => "own side".to_owned(),
        (Side::Own, peer) => sanitize(peer),
        (Side::Partner, "") => "partner".to_owned(),
        (Side::Partner, peer) => format!("partner of {}", sanitize(peer)),
    };
    writeln!(sink, "{BAD}FAIL{BAD:#}  {name}:{line} · {who} · {rule}")?;
    row(sink, "what", paragraph(&format!("{kind}: {}", sanitize(detail)), INDENT).trim_start())?;
    let known = rollwire_model::rule(rule);
    if let Some(known) = known {
        row(sink, "rule", paragraph(&known.text, INDENT).trim_start())?;
    }
    let wide = found.around.last().map_or(1, |shown| shown.line.to_string().len());
    for (at, shown) in found.around.iter().enumerate() {
        let mark = if shown.line == *line { ">" } else { " " };
        let text = format!(
            "{mark} {:>wide$} {:>9}  {:<8} {}",
            shown.line, shown.at, shown.what, shown.text
        );
        row(sink, if at == 0 { unit.all() } else { "" }, &cut(&text))?;
    }
    if found.count > 1 {
        let lines: Vec<String> = found.more.iter().map(ToString::to_string).collect();
        let rest = found.count - 1 - lines.len() as u64;
        let and = if rest > 0 {
            format!(" and {}", plural(rest, "other", "others"))
        } else {
            String::new()
        };
        let text = format!("in {} {}{and}", unit.one(), lines.join(", "));
        row(sink, "again", paragraph(&text, INDENT).trim_start())?;
    }
    known.map_or(Ok(()), |known| row(sink, "read", &format!("rollwire explain {}", known.id)))
}

fn show_notes(
    sink: &mut dyn Write,
    (name, unit): (&str, Unit),
    side: &SideFindings,
) -> io::Result<()> {
    let mut note = |text: String| {
        let tap =
            if side.tap.is_empty() { String::new() } else { format!("{}: ", sanitize(&side.tap)) };
        let text = paragraph(&format!("note  {name}: {tap}{text}"), 6);
        let text = text.trim_start().trim_start_matches("note");
        writeln!(sink, "{WEAK}note{WEAK:#}{text}")
    };
    facts::of_side(side, unit).into_iter().try_for_each(&mut note)
}

fn summary(sink: &mut dyn Write, name: &str, findings: &Findings) -> io::Result<()> {
    let (broken, kinds) = findings.violations();
    let datagrams = findings.datagrams();
    let faults = match broken {
        0 if datagrams == 0 => "nothing was checked".to_owned(),
        0 => "no rule broken".to_owned(),
        1 => format!("{BAD}1 violation{BAD:#}"),
        all if all == kinds => format!("{BAD}{} violations{BAD:#}", grouped(all)),
        all => {
            let kinds = plural(kinds, "kind", "kinds");
            format!("{BAD}{} violations{BAD:#} of {kinds}", grouped(all))
        }
    };
    let unread = match findings.malformed {
        0 => String::new(),
        count => format!(", {BAD}{} malformed{BAD:#}", pieces(findings, count)),
    };
    let mark = match broken + findings.malformed {
        0 if datagrams == 0 => WEAK,
        0 => GOOD,
        _ => BAD,
    };
    let compared: u64 = findings.sides.iter().map(|side| side.hashes.frames).sum();
    let lasted = findings.sides.iter().map(|side| side.lasted).max().unwrap_or_default();
    writeln!(
        sink,
        "{mark}{name}{mark:#}: {}, {}, {}: {faults}{unread}",
        plural(datagrams, "datagram", "datagrams"),
        seconds(lasted),
        plural(compared, "frame compared", "frames compared"),
    )
}

/// This number of what cannot be read.
pub(crate) fn pieces(findings: &Findings, count: u64) -> String {
    match findings.unit {
        Unit::Lines => plural(count, "line", "lines"),
        Unit::Packets => plural(count, "block", "blocks"),
    }
}

fn seconds(time: Moment) -> String {
    format!("{}.{} s", time.0 / 1_000_000, time.0 / 100_000 % 10)
}

/// Shows what the captures of two sides with these names show together.
///
/// # Errors
/// If the sink cannot be written.
pub fn show_crossing(
    sink: &mut dyn Write,
    names: [&str; 2],
    crossing: &Crossing,
) -> io::Result<()> {
    let names = names.map(sanitize);
    for side in 0..2 {
        let (from, to) = (&names[side], &names[1 - side]);
        let Way { sent, lost, repeated, overtaken, never_sent, delays_us } = &crossing.ways[side];
        let sent = plural(*sent, "datagram", "datagrams");
        writeln!(sink, "\n{from} → {to}: {sent} sent, {} lost", grouped(*lost))?;
        let mut others = Vec::new();
        for (count, what) in [(overtaken, "overtaken"), (repeated, "arrived again")] {
            if *count > 0 {
                others.push(format!("{} {what}", grouped(*count)));
            }
        }
        if !others.is_empty() {
            row(sink, "of them", &others.join(", "))?;
        }
        if let Some((least, most)) = delays_us {
            row(sink, "delays", &format!("differ by {}", milliseconds(most - least)))?;
        }
        if *never_sent > 0 {
            let count = plural(*never_sent, "datagram", "datagrams");
            let text = format!("{count} arrived that were never sent: is a capture incomplete?");
            row(sink, "strange", &text)?;
        }
        if let Some(text) = facts::lost_inputs(from, &crossing.lost_inputs[side]) {
            row(sink, "inputs", paragraph(&text, INDENT).trim_start())?;
        }
    }
    if let [Some((there, _)), Some((back, _))] = crossing.ways.each_ref().map(|way| way.delays_us) {
        writeln!(sink, "\nfastest round trip: {}", milliseconds(there + back))?;
    }
    let hashes = &crossing.hashes;
    writeln!(sink, "\n{} with hashes of both sides", plural(hashes.both, "frame", "frames"))?;
    for (name, only) in names.iter().zip(hashes.only) {
        if only > 0 {
            row(sink, "alone", &format!("{} by {name}", plural(only, "more", "more")))?;
        }
    }
    if hashes.never_compared > 0 {
        let count = plural(hashes.never_compared, "frame was", "frames were");
        row(sink, "never", &format!("{count} compared by neither"))?;
    }
    let Some(first) = &hashes.first_difference else {
        return writeln!(sink, "{GOOD}no frame{GOOD:#} has two hashes");
    };
    let count = plural(hashes.differ, "frame has", "frames have");
    let frame = first.frame;
    writeln!(
        sink,
        "{BAD}{count} two hashes{BAD:#}; the first is frame {frame} after READY {}",
        first.ready
    )?;
    for (name, (hash, line)) in names.iter().zip(first.hashes.iter().zip(first.lines)) {
        row(sink, "", &format!("{hash}  {name}:{line}"))?;
    }
    if let Some(divergence) = &crossing.divergence {
        let names = names.each_ref().map(String::as_str);
        story::show(sink, names, divergence, crossing.clocks_apart())?;
    }
    Ok(())
}
