//! Headless Chromium with files of this machine and no network, and what it sees.

use std::{
    io::Read,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use base64::Engine as _;
use libtest_mimic::Failed;
use process_wrap::std::{ChildWrapper, CommandWrap};
use serde::Deserialize;

use crate::support::{CHROMIUM, fail};

/// How long the browser may take to look at a page.
const PATIENCE: Duration = Duration::from_secs(60);

/// The height of a desktop's window in pixels.
const FOLD: u32 = 900;

/// The page that looks at another.
const PROBE: &str = include_str!("probe.html");

/// What to look at, and what to do there.
pub(crate) struct Visit<'a> {
    pub(crate) page: &'a Path,
    /// The width of the window in pixels.
    pub(crate) width: u32,
    /// What is typed into the filter.
    pub(crate) text: &'a str,
    /// The verdict that is taken away, by its class.
    pub(crate) without: &'a str,
}

impl<'a> Visit<'a> {
    /// A look at a page, and nothing done.
    pub(crate) fn of(page: &'a Path, width: u32) -> Self {
        Self { page, width, text: "", without: "" }
    }
}

/// A page as the browser has it.
#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    pub(crate) title: String,
    /// Every element in its order: its name, and the names of its attributes.
    pub(crate) elements: Vec<String>,
    /// All links and sources.
    pub(crate) addresses: Vec<String>,
    /// The links within the page that lead nowhere.
    pub(crate) dead: Vec<String>,
    /// All text but scripts and styles.
    pub(crate) text: String,
    /// The verdict and the causes that are seen without scrolling, by their ids.
    pub(crate) above: Vec<String>,
    /// How wide the window is, and what stands in it.
    pub(crate) widths: [u32; 2],
    /// The elements that reach beyond the window, for the message of a failed test.
    pub(crate) too_wide: Vec<String>,
    /// What is shown at first, when something was typed, when a verdict was taken away, and after.
    pub(crate) shown: Vec<Shown>,
    /// Whether a link to a closed part opened it; nothing if there is none.
    pub(crate) opened: Option<bool>,
}

/// What is left of a page by its filter.
#[derive(Debug, Deserialize, PartialEq)]
pub(crate) struct Shown {
    pub(crate) status: String,
    pub(crate) cells: usize,
    pub(crate) details: usize,
}

/// Looks at a page of this machine.
pub(crate) fn look(visit: &Visit<'_>) -> Result<Seen, Failed> {
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name);
    std::fs::copy(visit.page, path("page.html"))?;
    let request = serde_json::json!({"width": visit.width, "fold": FOLD, "text": visit.text, "without": visit.without});
    std::fs::write(path("probe.html"), PROBE.replace("REQUEST", &request.to_string()))?;
    let dumped = dump(&path("probe.html"), &path("profile"))?;
    let seen =
        dumped.split_once("<pre id=\"seen\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    let Some((seen, _)) = seen else { return fail(format!("nothing was seen:\n{dumped}")) };
    let seen = base64::engine::general_purpose::STANDARD.decode(seen.trim())?;
    Ok(serde_json::from_slice(&seen)?)
}

/// A page after its scripts have run, as text.
fn dump(page: &Path, profile: &Path) -> Result<String, Failed> {
    let mut command = Command::new(CHROMIUM.program().unwrap_or(CHROMIUM.name));
    // A container has no sandbox to offer, and the pages are our own.
    command.args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"]);
    command.args(["--disable-background-networking", "--disable-component-update"]);
    command.args(["--host-resolver-rules=MAP * ~NOTFOUND", "--allow-file-access-from-files"]);
    command.args(["--window-size=1600,2200", "--virtual-time-budget=10000", "--dump-dom"]);
    command.arg(format!("--user-data-dir={}", profile.display()));
    command.arg(format!("file://{}", page.display()));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut command = CommandWrap::from(command);
    // A browser is many processes, and all of them have to go.
    #[cfg(unix)]
    command.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(process_wrap::std::JobObject);
    let mut browser = command.spawn()?;
    let Some(mut stdout) = browser.stdout().take() else { return fail("no standard output") };
    let reader = thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).map(|_| text)
    });
    let ended = wait(&mut *browser);
    // Also after its end: what it started may still be there and hold the pipe.
    let _ = browser.start_kill();
    let text = reader.join().map_err(|_| "the reader panicked")??;
    if ended? { Ok(text) } else { fail(format!("the browser was killed after {PATIENCE:?}")) }
}

/// Whether the process ended by itself in time.
fn wait(process: &mut dyn ChildWrapper) -> std::io::Result<bool> {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if process.try_wait()?.is_some() {
            return Ok(true);
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(false)
}
