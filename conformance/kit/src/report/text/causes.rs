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

/// The worst causes are shown however few checks fail because of them.
const WORST: usize = 3;

/// Others are left out only if those that are shown are behind this many of a hundred checks.
const SHARE: u64 = 95;

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
    /// And what was expected in the example and what came.
    Brief,
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
    let screen = Screen { all, width };
    let mut blocks: Vec<[String; 5]> =
        causes.iter().enumerate().map(|(at, cause)| screen.block(at, cause)).collect();
    let (mut shown, mut chosen) = (vec![true; causes.len()], vec![Level::Example; causes.len()]);
    if !all_of_them {
        let count = |block: &[String; 5]| block.each_ref().map(|it| rows(it, width));
        let whole: usize = blocks.iter().map(|block| count(block)[Level::Line as usize]).sum();
        // If the sentences do not fit, each is cut to a line.
        if causes.len() > MOST || count(&blocks[0])[Level::Full as usize] + whole > lines {
            for (at, block) in blocks.iter_mut().enumerate() {
                screen.cut(at, &causes[at], block);
            }
        }
        let counted: Vec<[usize; 5]> = blocks.iter().map(count).collect();
        shown = selected(causes, &counted, lines);
        let counted: Vec<_> =
            counted.iter().zip(&shown).filter(|it| *it.1).map(|it| *it.0).collect();
        chosen = levels(&counted, lines.saturating_sub(frame(causes, &shown)));
    }
    let mut text = format!("{}\n", paint(STRONG, &heading(all)));
    let mut harm = None;
    let listed = causes.iter().zip(&blocks).zip(&shown).filter(|it| *it.1).map(|it| it.0);
    for ((cause, block), level) in listed.zip(chosen) {
        if harm.replace(cause.harm) != Some(cause.harm) {
            let _ = writeln!(text, "{}", paint(style::of_harm(cause.harm), cause.harm.words()));
        }
        text += &block[level as usize];
    }
    let others = causes.iter().zip(&shown).filter(|it| !*it.1).map(|it| it.0.failures);
    if let more @ 1.. = others.clone().count() {
        let causes = plural(more as u64, "more cause", "more causes");
        let checks = plural(others.sum(), "check", "checks");
        let _ = writeln!(text, "{causes} for {checks} are not shown");
    }
    text
}

/// How many lines the heading takes, those that name a harm, and the last one, about what is not shown.
fn frame(causes: &[Cause], shown: &[bool]) -> usize {
    let mut harms: Vec<_> =
        causes.iter().zip(shown).filter(|it| *it.1).map(|it| it.0.harm).collect();
    harms.dedup();
    1 + harms.len() + usize::from(shown.contains(&false))
}

/// Which causes are shown: the worst ones, and of the others those with the most checks, as many as fit
/// into these lines, and in any case enough of them to be behind nearly all checks.
fn selected(causes: &[Cause], rows: &[[usize; 5]], lines: usize) -> Vec<bool> {
    let mut order: Vec<usize> = (0..causes.len()).collect();
    order[WORST.min(causes.len())..].sort_by_key(|at| std::cmp::Reverse(causes[*at].failures));
    let all: u64 = causes.iter().map(|cause| cause.failures).sum();
    let mut shown = vec![false; causes.len()];
    let mut used = rows[0][Level::Brief as usize] - rows[0][Level::Line as usize];
    let mut explained = 0;
    for at in order.into_iter().take(MOST) {
        shown[at] = true;
        used += rows[at][Level::Line as usize];
        if explained * 100 >= all * SHARE && used + frame(causes, &shown) > lines {
            shown[at] = false;
            break;
        }
        explained += causes[at].failures;
    }
    shown
}

/// Which causes are shown at which level, so that all fit into these lines if they can.
fn levels(rows: &[[usize; 5]], lines: usize) -> Vec<Level> {
    let mut levels = vec![Level::Line; rows.len()];
    let mut used: usize = rows.iter().map(|rows| rows[Level::Line as usize]).sum();
    let mut raise = |at: usize, level: Level| {
        let (old, new) = (rows[at][levels[at] as usize], rows[at][level as usize]);
        let fits = used - old + new <= lines;
        // How the worst cause showed is said in any case.
        if fits || at == 0 && level == Level::Brief {
            levels[at] = level;
            used = used - old + new;
        }
        fits
    };
    let first = rows.len().min(FULL);
    let _ = raise(0, Level::Brief);
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
    fn block(&self, at: usize, cause: &Cause) -> [String; 5] {
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
            return [short, with_example, full.clone(), full.clone(), full];
        };
        let title = long + &self.facts(cause) + &self.example_title(example, true);
        let brief = short.clone() + &self.brief(example);
        let full = title.clone() + &self.full(example, header);
        let everything = title + &self.everything(example, header);
        [short, with_example, brief, full, everything]
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
    fn cut(&self, at: usize, cause: &Cause, block: &mut [String; 5]) {
        let count = plural(cause.failures, "check", "checks");
        for (level, end) in [(Level::Line, &*count), (Level::Brief, &count), (Level::Full, "")] {
            let text = &mut block[level as usize];
            let rest = text.strip_prefix(&self.title(at, cause, end)).map(str::to_owned);
            let end = if end.is_empty() { String::new() } else { format!(" ({end})") };
            if let Some(rest) = rest {
                *text = self.line(at, cause, &end) + &rest;
            }
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

    fn example_title(&self, example: &CheckEvent, with_code: bool) -> String {
        let code = example.code.filter(|_| with_code);
        let code = code.map_or(String::new(), |code| format!(" · {}", code.as_str()));
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

    /// What was expected in the example and what came.
    fn brief(&self, example: &CheckEvent) -> String {
        let Some(detail) = &example.detail else { return String::new() };
        let rows = evidence(detail, self.widths(), EXAMPLE_LINES).into_iter();
        let rows = rows.filter(|row| ["expected", "got"].contains(&&*row.label));
        let rows: String = rows.map(|row| style::row(&row, INDENT)).collect();
        self.example_title(example, false) + &rows
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
    use rollwire_model::vectors::CheckKind;

    use super::*;
    use crate::event::{CheckName, Harm};

    #[test]
    fn the_first_causes_are_shown_in_full_as_far_as_all_fit() {
        let rows = |causes: usize| vec![[1, 2, 5, 8, 14]; causes];
        let count = |causes: usize, lines: usize| {
            let levels = levels(&rows(causes), lines);
            let of = |level| levels.iter().filter(|it| **it == level).count();
            [Level::Line, Level::Example, Level::Brief, Level::Full, Level::Everything].map(of)
        };
        // One cause has the whole screen, and is shown in full even without one.
        assert_eq!(count(1, 30), [0, 0, 0, 0, 1]);
        assert_eq!(count(1, 3), [0, 0, 1, 0, 0]);
        // Twenty causes have a line each, and the first is shown in full.
        assert_eq!(count(20, 29), [17, 2, 0, 1, 0]);
        assert_eq!(count(13, 30), [8, 3, 0, 2, 0]);
        let [_, _, _, full, _] = count(5, 40);
        assert_eq!(full, 5);
        // All fit, however many there are.
        for causes in 1..27 {
            let levels = levels(&rows(causes), 34);
            let used: usize = levels.iter().map(|level| rows(1)[0][*level as usize]).sum();
            assert!(used <= 34, "{causes}: {used}");
        }
    }

    #[test]
    fn what_is_shown_explains_nearly_all_checks() {
        let cause = |failures| Cause {
            id: String::new(),
            harm: Harm::Accepts,
            explained: true,
            sentence: String::new(),
            failures,
            messages: Vec::new(),
            rules: Vec::new(),
            chapter: String::new(),
            example: CheckName { case: String::new(), check: CheckKind::Decode },
            checks: Vec::new(),
        };
        let failures =
            [1, 1, 1, 1, 500, 1, 300, 90, 40, 20, 10, 4, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        let causes: Vec<Cause> = failures.into_iter().map(cause).collect();
        let shown = |lines| {
            let shown = selected(&causes, &vec![[1, 2, 5, 8, 14]; causes.len()], lines);
            let shown = shown.iter().zip(&failures).filter(|it| *it.0);
            shown.map(|it| *it.1).collect::<Vec<u64>>()
        };
        // The worst and the largest causes are shown even if they do not fit.
        assert_eq!(shown(10), [1, 1, 1, 500, 300, 90, 40, 20]);
        assert_eq!(shown(17), [1, 1, 1, 500, 300, 90, 40, 20, 10, 4]);
        assert_eq!(shown(100).len(), MOST);
    }
}
