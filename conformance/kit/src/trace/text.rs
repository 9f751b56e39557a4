//! The text report of logs that were checked.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{
    log::{Findings, Violation},
    peers::{FrameLine, FrameList, PeerComparison},
    text_peers::{show_inputs, show_stories},
};
use crate::text::{describe::paragraph, grouped, plural, sanitize};

const BAD: Style = AnsiColor::Red.on_default().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const WEAK: Style = AnsiColor::Yellow.on_default().bold();

/// The column where the text of a row begins.
const INDENT: usize = 16;

/// Shows the findings of one log; the last line is the summary.
///
/// # Errors
/// If the sink cannot be written.
pub fn show(sink: &mut dyn Write, findings: &Findings) -> io::Result<()> {
    let name = sanitize(&findings.name);
    for found in &findings.violations {
        violation(sink, &name, found)?;
        writeln!(sink)?;
    }
    let malformed = &findings.malformed;
    for line in &malformed.first {
        let text = sanitize(&line.text);
        writeln!(sink, "{BAD}MALFORMED{BAD:#}  {name}:{}: the line {text}", line.line)?;
    }
    let hidden = malformed.count - malformed.first.len() as u64;
    if hidden > 0 {
        let count = plural(hidden, "line", "lines");
        writeln!(sink, "           and {count} more that cannot be read")?;
    }
    if let Some(line) = findings.cut {
        let text = "is truncated, and is not judged";
        writeln!(sink, "{WEAK}note{WEAK:#}  {name}:{line}: the last line {text}")?;
    }
    for note in &findings.notes {
        writeln!(sink, "{WEAK}note{WEAK:#}  {name}: {note}")?;
    }
    if findings.doubted > 0 {
        let count = plural(findings.doubted, "line was", "lines were");
        let text = "judged only in part, because of earlier lines";
        writeln!(sink, "{WEAK}note{WEAK:#}  {name}: {count} {text}")?;
    }
    show_stories(sink, findings)?;
    let broken: u64 = findings.violations.iter().map(|it| it.count).sum();
    let faults = match (broken, findings.violations.len() as u64) {
        (0, _) if findings.stimuli == 0 => "nothing was checked".to_owned(),
        (0, _) => "no rule broken".to_owned(),
        (1, _) => format!("{BAD}1 violation{BAD:#}"),
        (all, kinds) if all == kinds => format!("{BAD}{} violations{BAD:#}", grouped(all)),
        (all, kinds) => {
            let kinds = plural(kinds, "kind", "kinds");
            format!("{BAD}{} violations{BAD:#} of {kinds}", grouped(all))
        }
    };
    let unread = match malformed.count {
        0 => String::new(),
        count => format!(", {BAD}{} malformed{BAD:#}", plural(count, "line", "lines")),
    };
    let mark = match broken + malformed.count {
        0 if findings.stimuli == 0 => WEAK,
        0 => GOOD,
        _ => BAD,
    };
    writeln!(
        sink,
        "{mark}{name}{mark:#}: {}, {}, {}: {faults}{unread}",
        plural(findings.lines, "line", "lines"),
        plural(findings.sessions, "session", "sessions"),
        plural(findings.stimuli, "stimulus", "stimuli"),
    )
}

fn violation(sink: &mut dyn Write, name: &str, violation: &Violation) -> io::Result<()> {
    let Violation { rule, member, line, .. } = violation;
    writeln!(sink, "{BAD}FAIL{BAD:#}  {name}:{line} · {member} · {rule}")?;
    let known = rollwire_model::rule(rule);
    if let Some(known) = known {
        row(sink, "rule", paragraph(&known.text, INDENT).trim_start())?;
    }
    let wide = violation.around.last().map_or(1, |shown| shown.line.to_string().len());
    for (at, shown) in violation.around.iter().enumerate() {
        let mark = if shown.line == *line { ">" } else { " " };
        let text = format!("{mark} {:>wide$}  {}", shown.line, shown.text);
        row(sink, if at == 0 { "lines" } else { "" }, &text)?;
    }
    row(sink, "expected", &violation.expected)?;
    row(sink, "got", &violation.got)?;
    if violation.count > 1 {
        let lines: Vec<String> = violation.more.iter().map(ToString::to_string).collect();
        let rest = violation.count - 1 - lines.len() as u64;
        let and = if rest > 0 {
            format!(" and {}", plural(rest, "other", "others"))
        } else {
            String::new()
        };
        row(sink, "again", &format!("in line {}{and}", lines.join(", ")))?;
    }
    known.map_or(Ok(()), |known| row(sink, "read", &format!("rollwire explain {}", known.id)))
}

fn row(sink: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    writeln!(sink, "{}", format!("      {name:<10}{text}").trim_end())
}

/// Shows the comparison of the two peers whose logs have these names.
///
/// # Errors
/// If the sink cannot be written.
pub fn show_comparison(
    sink: &mut dyn Write,
    names: [&str; 2],
    comparison: &PeerComparison,
) -> io::Result<()> {
    let names = names.map(sanitize);
    show_inputs(sink, [&*names[0], &*names[1]], &comparison.inputs)?;
    if !comparison.inputs.is_empty() && comparison.is_without_hashes() {
        return Ok(());
    }
    for (from, way) in comparison.ways.iter().enumerate() {
        let (from, to) = (&names[from], &names[1 - from]);
        let sent = plural(way.sent, "hash", "hashes");
        writeln!(sink, "\n{from} → {to}: {sent} sent, {} lost", grouped(way.lost.count))?;
        frame_row(sink, "lost", &way.lost, from)?;
        if way.never_sent.count > 0 {
            let count = plural(way.never_sent.count, "hash was", "hashes were");
            writeln!(sink, "      {WEAK}{count} received but never sent{WEAK:#}")?;
            frame_row(sink, "received", &way.never_sent, to)?;
        }
    }
    let frames = &comparison.frames;
    writeln!(
        sink,
        "\nframes: {} confirmed by both, {} by {} alone, {} by {} alone",
        grouped(frames.both),
        grouped(frames.only[0]),
        names[0],
        grouped(frames.only[1]),
        names[1],
    )?;
    let compared = frames.compared.map(grouped);
    let never = grouped(frames.never_compared.count);
    row(sink, "compared", &format!("{} by {}", compared[0], names[0]))?;
    row(sink, "", &format!("{} by {}", compared[1], names[1]))?;
    row(sink, "", &format!("{never} by neither"))?;
    frame_row(sink, "never", &frames.never_compared, &names[0])?;
    let Some(first) = &frames.first_difference else {
        return writeln!(sink, "{GOOD}no frame{GOOD:#} has two hashes");
    };
    frame_row(sink, "differ", &frames.differ, &names[0])?;
    let count = plural(frames.differ.count, "frame has", "frames have");
    writeln!(
        sink,
        "{BAD}{count} two hashes{BAD:#}; the first is frame {} of episode {}",
        first.frame, first.episode
    )?;
    for (name, (hash, line)) in names.iter().zip(first.hashes.iter().zip(first.lines)) {
        row(sink, "", &format!("{hash}  {name}:{line}"))?;
    }
    Ok(())
}

/// The first of some frames, with the lines of this log where they occur.
fn frame_row(sink: &mut dyn Write, title: &str, frames: &FrameList, log: &str) -> io::Result<()> {
    if frames.count == 0 {
        return Ok(());
    }
    let describe = |it: &FrameLine| format!("{} (line {})", it.frame, it.line);
    let listed: Vec<String> = frames.first.iter().map(describe).collect();
    let rest = frames.count - listed.len() as u64;
    let and = if rest > 0 { format!(", and {} more", grouped(rest)) } else { String::new() };
    let text = format!("frame {}{and}; the lines are those of {log}", listed.join(", "));
    row(sink, title, paragraph(&text, INDENT).trim_start())
}
