//! The causes at the end of a text report, on one screen: the first in full, the others in a line or
//! two.

use std::fmt::Write as _;

use super::style::{self, STRONG, paint, wrapping};
use crate::{
    event::{Cause, CheckEvent, Header},
    report::{
        causes::{answer, facts, heading, reading},
        collect::Collected,
        commands::rerun_command,
        details::{Widths, detail_rows, evidence},
    },
    text::{comparison::around, grouped, plural, sanitize},
    verdict::Verdict,
};

/// How many causes are shown at least in full, if the screen has the lines, before others get a
/// second line.
const FULL: usize = 3;

/// How many causes are shown without `--verbose`. More cannot be read as a list.
const MOST: usize = 20;

/// How many steps of a scenario, and how many lines of standard error, an example shows.
const EXAMPLE_LINES: usize = 3;

/// The columns before the text of a cause.
const INDENT: &str = "    ";

/// How much of a cause is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// The sentence.
    Line,
    /// And an example in one line.
    Example,
    /// And how the example failed.
    Full,
    /// And everything that is known of it.
    Everything,
}

/// The causes of a run, in about this many lines of this width. If `all_of_them`, each in two lines
/// and none left out.
pub(super) fn causes(all: &Collected, width: usize, lines: usize, all_of_them: bool) -> String {
    let causes = all.causes();
    if causes.is_empty() {
        return String::new();
    }
    let shown = if all_of_them { causes.len() } else { causes.len().min(MOST) };
    let screen = Screen { all, width };
    let mut blocks: Vec<[String; 4]> =
        causes.iter().take(shown).enumerate().map(|(at, cause)| screen.block(at, cause)).collect();
    let levels = if all_of_them {
        vec![Level::Example; shown]
    } else {
        // The heading, the lines that name a harm, and the last line.
        let mut harms: Vec<_> = causes.iter().take(shown).map(|cause| cause.harm).collect();
        harms.dedup();
        let lines = lines.saturating_sub(harms.len() + 2);
        let count = |blocks: &[[String; 4]]| -> Vec<[usize; 4]> {
            blocks.iter().map(|block| block.each_ref().map(|it| rows(it, width))).collect()
        };
        let counted = count(&blocks);
        let others: usize = counted.iter().skip(1).map(|rows| rows[Level::Line as usize]).sum();
        // If the sentences do not fit, each is cut to a line.
        if counted[0][Level::Full as usize] + others > lines {
            for (at, block) in blocks.iter_mut().enumerate() {
                screen.cut(at, &causes[at], block);
            }
        }
        levels(&count(&blocks), lines)
    };
    let mut text = format!("{}\n", paint(STRONG, &heading(all)));
    let mut harm = None;
    for ((cause, block), level) in causes.iter().zip(&blocks).zip(levels) {
        if harm.replace(cause.harm) != Some(cause.harm) {
            let _ = writeln!(text, "{}", paint(style::of_harm(cause.harm), cause.harm.words()));
        }
        text += &block[level as usize];
    }
    if let more @ 1.. = causes.len() - shown {
        let checks = causes[shown..].iter().map(|cause| cause.failures).sum();
        let causes = plural(more as u64, "more cause", "more causes");
        let _ = writeln!(text, "{causes} for {} are not shown", plural(checks, "check", "checks"));
    }
    text
}

/// Which causes are shown at which level, so that all fit into these lines if they can.
fn levels(rows: &[[usize; 4]], lines: usize) -> Vec<Level> {
    let mut levels = vec![Level::Line; rows.len()];
    let mut used: usize = rows.iter().map(|rows| rows[Level::Line as usize]).sum();
    let mut raise = |at: usize, level: Level| {
        let (old, new) = (rows[at][levels[at] as usize], rows[at][level as usize]);
        let fits = used - old + new <= lines;
        // The worst cause is shown in full in any case.
        if fits || at == 0 && level == Level::Full {
            levels[at] = level;
            used = used - old + new;
        }
        fits
    };
    let first = rows.len().min(FULL);
    let _ = (0..first).all(|at| raise(at, Level::Full));
    let in_full = (0..first).take_while(|at| raise(*at, Level::Full)).count();
    let _ = (in_full.max(1)..rows.len()).all(|at| raise(at, Level::Example));
    let _ = (in_full..rows.len()).all(|at| raise(at, Level::Full));
    let _ = (0..first).all(|at| raise(at, Level::Everything));
    levels
}

/// How many lines of a terminal a text takes. Commands are not wrapped, so that they can be copied.
fn rows(text: &str, width: usize) -> usize {
    let plain = |line: &str| textwrap::core::display_width(line);
    text.lines().map(|line| plain(line).div_ceil(width).max(1)).sum()
}

struct Screen<'a> {
    all: &'a Collected,
    width: usize,
}

impl Screen<'_> {
    /// A cause at each level.
    fn block(&self, at: usize, cause: &Cause) -> [String; 4] {
        let example = self.all.example(cause);
        let short = self.title(at, cause, &plural(cause.failures, "check", "checks"));
        let long = self.title(at, cause, "");
        let with_example = match example {
            Some(example) => short.clone() + &self.example_line(example),
            None => short.clone(),
        };
        let header = self.all.header.as_ref();
        let Some((example, header)) = example.zip(header) else {
            let full = long + &self.facts(cause);
            return [short, with_example, full.clone(), full];
        };
        let title = long + &self.facts(cause) + &self.example_title(example);
        let full = title.clone() + &self.full(example, header);
        let everything = title + &self.everything(example, header);
        [short, with_example, full, everything]
    }

    /// The sentence with its number, and in parentheses how many checks fail because of it.
    fn title(&self, at: usize, cause: &Cause, count: &str) -> String {
        let number = format!("{:>2}. ", at + 1);
        let mut sentence = sanitize(&cause.sentence);
        if !count.is_empty() {
            sentence += &format!(" ({count})");
        }
        let options =
            textwrap::Options::new(self.width).initial_indent(&number).subsequent_indent(INDENT);
        let lines = textwrap::wrap(&sentence, options);
        lines.iter().map(|line| format!("{}\n", paint(STRONG, line))).collect()
    }

    /// Cuts the sentence of a cause to one line, except where everything is shown.
    fn cut(&self, at: usize, cause: &Cause, block: &mut [String; 4]) {
        let count = plural(cause.failures, "check", "checks");
        block[Level::Line as usize] = self.line(at, cause, &format!(" ({count})"));
        let full = &mut block[Level::Full as usize];
        let rest = full.strip_prefix(&self.title(at, cause, "")).map(str::to_owned);
        if let Some(rest) = rest {
            *full = self.line(at, cause, "") + &rest;
        }
    }

    /// The beginning of the sentence, on one line with what is said after it.
    fn line(&self, at: usize, cause: &Cause, end: &str) -> String {
        let room = self.width.saturating_sub(INDENT.len() + end.len()).max(24);
        let sentence = sanitize(&cause.sentence);
        let [cut, _] = around(&sentence, &sentence, room);
        let line = format!("{:>2}. {}{end}", at + 1, cut.whole());
        format!("{}\n", paint(STRONG, &line))
    }

    fn facts(&self, cause: &Cause) -> String {
        self.wrapped(&format!("{} · read {}", facts(cause), reading(cause)))
    }

    fn wrapped(&self, text: &str) -> String {
        let options = wrapping(self.width).initial_indent(INDENT).subsequent_indent(INDENT);
        textwrap::fill(text, options) + "\n"
    }

    fn example_line(&self, example: &CheckEvent) -> String {
        let room = self.width.saturating_sub(INDENT.len()).max(24);
        let title = format!("e.g. {} · {}: ", sanitize(&example.case), example.check);
        let text = title + &answer(example);
        let [cut, _] = around(&text, &text, room);
        format!("{INDENT}{}\n", cut.whole())
    }

    fn example_title(&self, example: &CheckEvent) -> String {
        let code = example.code.map_or(String::new(), |code| format!(" · {}", code.as_str()));
        let label = format!("{INDENT}{:<10}", "example");
        let (case, rule) = (sanitize(&example.case), sanitize(&example.rule));
        let text = format!("{case} · {} · {rule}{code}", example.check);
        let indent = " ".repeat(label.len());
        let options = wrapping(self.width).initial_indent(&indent).subsequent_indent(&indent);
        let text = textwrap::fill(&text, options);
        format!("{}{}\n", paint(style::QUIET, &label), text.trim_start())
    }

    fn widths(&self) -> Widths {
        // Two columns less than a failure of its own is indented by.
        Widths::of(self.width + 2)
    }

    /// How the example failed, and the command that asks it again.
    fn full(&self, example: &CheckEvent, header: &Header) -> String {
        let Some(detail) = &example.detail else { return String::new() };
        let mut text = String::new();
        for row in evidence(detail, self.widths(), EXAMPLE_LINES) {
            text += &style::row(&row, INDENT);
        }
        let mut line = |label: &str, value: &str| {
            let label = paint(style::QUIET, &format!("{label:<10}"));
            let _ = writeln!(text, "{INDENT}{label}{}", sanitize(value));
        };
        if example.verdict == Verdict::Error {
            let skipped = detail.stderr.len().saturating_sub(EXAMPLE_LINES);
            for (at, stderr) in detail.stderr.iter().skip(skipped).enumerate() {
                line(if at == 0 { "stderr" } else { "" }, stderr);
            }
        }
        if let Some(command) = rerun_command(example, header) {
            line("again", &command);
        }
        text
    }

    fn everything(&self, example: &CheckEvent, header: &Header) -> String {
        let Some(detail) = &example.detail else { return String::new() };
        let rows = detail_rows(example, detail, header, None, self.widths());
        // Where to read is said of the cause.
        let rows = rows.iter().filter(|row| row.label != "read");
        rows.map(|row| style::row(row, INDENT)).collect()
    }
}

/// How many failures the causes do not name, for a run with more of them than are diagnosed.
pub(super) fn without_cause(all: &Collected) -> Option<String> {
    let counts = all.counts();
    let found = counts.failed + counts.errors + counts.weak;
    let named: u64 = all.causes().iter().map(|cause| cause.failures).sum();
    let rest = found.saturating_sub(named);
    // A check that was repeated counts as often as it was asked.
    let asked_once = all.header.as_ref().is_some_and(|header| {
        let checks: u64 = all.cases.iter().map(|case| case.checks.len() as u64).sum();
        header.checks <= checks
    });
    (rest > 0 && asked_once && named > 0)
        .then(|| format!("{} more checks did not pass, and have no cause", grouped(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_causes_are_shown_in_full_as_far_as_all_fit() {
        let rows = |causes: usize| vec![[1, 2, 8, 14]; causes];
        let count = |causes: usize, lines: usize| {
            let levels = levels(&rows(causes), lines);
            let of = |level| levels.iter().filter(|it| **it == level).count();
            [Level::Line, Level::Example, Level::Full, Level::Everything].map(of)
        };
        // One cause has the whole screen, and is shown in full even without one.
        assert_eq!(count(1, 30), [0, 0, 0, 1]);
        assert_eq!(count(1, 3), [0, 0, 1, 0]);
        // Twenty causes have a line each, and the first is shown in full.
        assert_eq!(count(20, 29), [17, 2, 1, 0]);
        assert_eq!(count(13, 30), [8, 3, 2, 0]);
        let [_, _, full, _] = count(5, 40);
        assert_eq!(full, 5);
        // All fit, however many there are.
        for causes in 1..27 {
            let levels = levels(&rows(causes), 34);
            let used: usize = levels.iter().map(|level| rows(1)[0][*level as usize]).sum();
            assert!(used <= 34, "{causes}: {used}");
        }
    }
}
