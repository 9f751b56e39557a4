//! What people see of logs that were checked.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{
    log::{Cause, Findings},
    pair::{Crossing, Named},
};
use crate::text::{describe::paragraph, grouped, plural, sanitize};

const BAD: Style = AnsiColor::Red.on_default().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const WEAK: Style = AnsiColor::Yellow.on_default().bold();

/// Where the words of a row begin.
const INDENT: usize = 16;

/// Shows what was found in one log; the last line says what it comes to.
///
/// # Errors
/// What the sink says.
pub fn show(sink: &mut dyn Write, findings: &Findings) -> io::Result<()> {
    let name = sanitize(&findings.name);
    for cause in &findings.violations {
        violation(sink, &name, cause)?;
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
        let text = "is cut off in its middle, and not judged";
        writeln!(sink, "{WEAK}note{WEAK:#}  {name}:{line}: the last line {text}")?;
    }
    for note in &findings.notes {
        writeln!(sink, "{WEAK}note{WEAK:#}  {name}: {note}")?;
    }
    if findings.doubted > 0 {
        let count = plural(findings.doubted, "line was", "lines were");
        let text = "judged in part, because of what stands before";
        writeln!(sink, "{WEAK}note{WEAK:#}  {name}: {count} {text}")?;
    }
    let broken: u64 = findings.violations.iter().map(|cause| cause.count).sum();
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

fn violation(sink: &mut dyn Write, name: &str, cause: &Cause) -> io::Result<()> {
    let Cause { rule, member, line, .. } = cause;
    writeln!(sink, "{BAD}FAIL{BAD:#}  {name}:{line} · {member} · {rule}")?;
    let known = rollwire_model::rule(rule);
    if let Some(known) = known {
        row(sink, "rule", paragraph(&known.text, INDENT).trim_start())?;
    }
    let wide = cause.around.last().map_or(1, |shown| shown.line.to_string().len());
    for (at, shown) in cause.around.iter().enumerate() {
        let mark = if shown.line == *line { ">" } else { " " };
        let text = format!("{mark} {:>wide$}  {}", shown.line, shown.text);
        row(sink, if at == 0 { "lines" } else { "" }, &text)?;
    }
    row(sink, "expected", &cause.expected)?;
    row(sink, "got", &cause.got)?;
    if cause.count > 1 {
        let lines: Vec<String> = cause.more.iter().map(ToString::to_string).collect();
        let rest = cause.count - 1 - lines.len() as u64;
        let and = if rest > 0 {
            format!(" and {}", plural(rest, "other", "others"))
        } else {
            String::new()
        };
        row(sink, "again", &format!("in line {}{and}", lines.join(", ")))?;
    }
    known.map_or(Ok(()), |known| row(sink, "read", &format!("spec/{}", known.chapter)))
}

fn row(sink: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    writeln!(sink, "{}", format!("      {name:<10}{text}").trim_end())
}

/// Shows what passed between the two peers whose logs have these names.
///
/// # Errors
/// What the sink says.
pub fn show_crossing(
    sink: &mut dyn Write,
    names: [&str; 2],
    crossing: &Crossing,
) -> io::Result<()> {
    let names = names.map(sanitize);
    for (from, way) in crossing.ways.iter().enumerate() {
        let (from, to) = (&names[from], &names[1 - from]);
        let sent = plural(way.sent, "hash", "hashes");
        writeln!(sink, "\n{from} → {to}: {sent} sent, {} lost", grouped(way.lost.count))?;
        named(sink, "lost", &way.lost, from)?;
        if way.never_sent.count > 0 {
            let count = plural(way.never_sent.count, "hash was", "hashes were");
            writeln!(sink, "      {WEAK}{count} received that nobody sent{WEAK:#}")?;
            named(sink, "received", &way.never_sent, to)?;
        }
    }
    let frames = &crossing.frames;
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
    named(sink, "never", &frames.never_compared, &names[0])?;
    let Some(first) = &frames.first_difference else {
        return writeln!(sink, "{GOOD}no frame{GOOD:#} has two hashes");
    };
    named(sink, "differ", &frames.differ, &names[0])?;
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

/// The first of some frames, with the lines of this log that have to do with them.
fn named(sink: &mut dyn Write, title: &str, named: &Named, log: &str) -> io::Result<()> {
    if named.count == 0 {
        return Ok(());
    }
    let place = |place: &super::pair::Place| format!("{} (line {})", place.frame, place.line);
    let places: Vec<String> = named.first.iter().map(place).collect();
    let rest = named.count - places.len() as u64;
    let and = if rest > 0 { format!(", and {} more", grouped(rest)) } else { String::new() };
    let text = format!("frame {}{and}; lines are those of {log}", places.join(", "));
    row(sink, title, paragraph(&text, INDENT).trim_start())
}
