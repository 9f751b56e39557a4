//! Showing progress on a terminal.

use std::{
    fmt,
    io::{self, IsTerminal},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use rollwire_conformance::{event::Event, text::duration};

/// A bar that makes room for what is printed.
pub(crate) trait Suspend {
    /// Hides the bar for an event that prints something.
    fn suspend_if_needed(&self, event: &Event, write: impl FnOnce());
}

impl Suspend for ProgressBar {
    /// Hides the bar while something is printed. Thousands of passes print nothing.
    fn suspend_if_needed(&self, event: &Event, write: impl FnOnce()) {
        match event {
            Event::Check(check) if check.detail.is_none() => write(),
            _ => self.suspend(write),
        }
    }
}

/// The progress of a search: a bar of cases if their number is limited, else a bar of seconds.
pub(crate) struct Progress {
    bar: ProgressBar,
    counts_seconds: bool,
}

impl Progress {
    /// A search that ends after this number of cases, or else after this time.
    pub(crate) fn new(cases: Option<u64>, time: Duration) -> Self {
        let bar = progress();
        let unit = if cases.is_some() { "cases" } else { "s" };
        bar.set_length(cases.unwrap_or(time.as_secs()));
        if let Ok(style) =
            ProgressStyle::with_template(&format!("{{bar:32}} {{pos}}/{{len}} {unit}  {{msg}}"))
        {
            bar.set_style(style);
        }
        Self { bar, counts_seconds: cases.is_none() }
    }

    pub(crate) fn show(&self, cases: u64, since: Duration, text: &str) {
        let rate = u128::from(cases) * 1000 / since.as_millis().max(1);
        let position = if self.counts_seconds { since.as_secs() } else { cases };
        self.bar.set_position(position);
        self.bar.set_message(format!("{rate}/s  {text}"));
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// A bar on standard error, if that is a terminal.
pub(crate) fn progress() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(10));
    if !io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{bar:32} {pos}/{len} checks  {left}  {msg}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.with_key("left", |state: &ProgressState, out: &mut dyn fmt::Write| {
        let _ = out.write_str(&time_left(state.pos(), state.eta()));
    }));
    bar
}

/// The time that is left, as far as anything is known of it.
fn time_left(done: u64, left: Duration) -> String {
    if done == 0 || left.is_zero() {
        return String::new();
    }
    // Less than a second is not worth a number that changes with each look.
    format!("{} left", duration(Duration::from_secs(left.as_secs().max(1))).replace(".0 s", " s"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_is_left_is_said_when_it_is_known() {
        let left = |done, millis| time_left(done, Duration::from_millis(millis));
        assert_eq!(left(0, 5000), "");
        assert_eq!(left(9, 0), "");
        assert_eq!(left(9, 20), "1 s left");
        assert_eq!(left(9, 7900), "7 s left");
        assert_eq!(left(9, 200_000), "3 min 20 s left");
    }
}
