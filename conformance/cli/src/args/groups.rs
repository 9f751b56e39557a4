//! The groups of options in `--help`.

/// Which cases are run.
pub(super) const CASES: &str = "Cases";
/// What counts as a failure.
pub(super) const JUDGING: &str = "Judging";
/// What is written, and where.
pub(super) const REPORTS: &str = "Reports";
/// How long to wait, and how often to try.
pub(super) const TIME: &str = "Time and load";
/// What is checked.
pub(super) const ADAPTER: &str = "Adapter";
/// Which files are watched.
pub(super) const WATCHING: &str = "Watching";
/// Where options come from that are not given.
pub(super) const SETTINGS: &str = "Settings";
