//! HTML reports in a real browser: whatever an adapter says stays text, the page's own script works,
//! and nothing is wider than a desktop's window or a phone's.

mod browser;
mod captures;
mod hostile;
mod many;

use std::{
    fs,
    path::PathBuf,
    process::{ExitCode, Termination},
};

use libtest_mimic::Failed;

use self::{
    browser::{Seen, Shown, Visit, look},
    hostile::{BROKEN, Events, harmless, unescaped, without_policy},
};
use crate::support::{CHROMIUM, Outcome, Test, ensure, fail, rollwire, run, trial};

/// A desktop's window and a phone's.
const WIDTHS: [u32; 2] = [1280, 390];

/// The mode in which this program is an adapter that says hostile things.
pub(crate) const MODE: &str = "hostile";

/// This program as that adapter.
pub(crate) fn serve() -> ExitCode {
    hostile::serve().report()
}

pub(crate) fn tests() -> Vec<Test> {
    vec![
        trial("what_a_hostile_adapter_says_stays_text", &[&CHROMIUM], hostile_run),
        trial("hostile_events_stay_text", &[&CHROMIUM], hostile_events),
        trial("implementations_side_by_side_stay_text", &[&CHROMIUM], hostile_columns),
        trial("a_page_that_does_not_escape_is_found", &[&CHROMIUM], planted),
        trial("the_filter_shows_what_was_asked_for", &[&CHROMIUM], filter),
        trial("a_link_opens_its_part", &[&CHROMIUM], link),
        trial("the_worst_causes_are_seen_first", &[&CHROMIUM], above_the_fold),
        trial("the_curves_of_simulate_fit_every_window", &[&CHROMIUM], curves),
        trial("the_pictures_of_a_capture_fit_every_window", &[&CHROMIUM], captures::game),
        trial("what_a_hostile_capture_says_stays_text", &[&CHROMIUM], captures::hostile),
    ]
}

const CONVERT: &[&str] = &["report", "convert", "events.jsonl"];

fn hostile_run() -> Outcome {
    let events = Events::of_a_run()?;
    let pages = events.pages(CONVERT, 1)?;
    for width in WIDTHS {
        let seen = stays_text(&pages, width)?;
        // Each of its words did reach the page.
        for (word, times) in [
            ("</h1><script>document.title=\"broken\"</script>", 2),
            ("\"><img src=x", 3),
            ("<svg onload=", 1),
            ("</pre></details><script>", 3),
            ("<a href=\"javascript:", 2),
            ("</main></body><style>", 1),
            ("</pre><iframe srcdoc=", 1),
        ] {
            let found = seen.text.matches(word).count() + seen.title.matches(word).count();
            ensure(found >= times, || format!("{word} is shown {found} times:\n{}", seen.text))?;
        }
    }
    Ok(())
}

fn hostile_events() -> Outcome {
    let events = Events::golden()?;
    let pages = events.pages(CONVERT, 3)?;
    WIDTHS.iter().try_for_each(|width| stays_text(&pages, *width).map(drop))
}

fn hostile_columns() -> Outcome {
    let merge = ["report", "merge", "events.jsonl", "events.jsonl", "events.jsonl"];
    for (events, code) in [(Events::of_a_run()?, 1), (Events::golden()?, 3)] {
        let pages = events.pages(&merge, code)?;
        WIDTHS.iter().try_for_each(|width| stays_text(&pages, *width).map(drop))?;
    }
    Ok(())
}

/// The same check finds a page whose escaping is taken out, with its second line of defence and without.
fn planted() -> Outcome {
    let events = Events::of_a_run()?;
    let pages = events.pages(CONVERT, 1)?;
    let page = unescaped(&fs::read_to_string(&pages[0])?);
    fs::write(&pages[0], &page)?;
    let Err(found) = stays_text(&pages, 1280) else { return fail("other elements are not found") };
    let found = found.message().unwrap_or_default().to_owned();
    ensure(found.contains("element"), || format!("found for another reason: {found}"))?;
    let title = look(&Visit::of(&pages[0], 1280))?.title;
    ensure(title != BROKEN, || "the policy lets foreign scripts run".to_owned())?;

    fs::write(&pages[0], without_policy(&page)?)?;
    ensure(stays_text(&pages, 1280).is_err(), || "scripts that run are not found".to_owned())?;
    let title = look(&Visit::of(&pages[0], 1280))?.title;
    ensure(title == BROKEN, || format!("no script ran, so nothing is proved: {title}"))
}

/// What a page shows beside its harmless twin: the same elements, the same text, and no wider.
fn stays_text([hostile, twin]: &[PathBuf; 2], width: u32) -> Result<Seen, Failed> {
    let (seen, twin) = (look(&Visit::of(hostile, width))?, look(&Visit::of(twin, width))?);
    let other = seen.elements.iter().zip(&twin.elements).find(|(one, other)| one != other);
    let counts = [seen.elements.len(), twin.elements.len()];
    ensure(seen.elements == twin.elements, || format!("other elements: {other:?}, {counts:?}"))?;
    ensure(counts[0] > 50, || format!("a page of {} elements proves nothing", counts[0]))?;
    ensure(harmless(&seen.title) == twin.title, || format!("the title is {}", seen.title))?;
    let foreign = seen.addresses.iter().find(|address| !address.starts_with('#'));
    ensure(foreign.is_none(), || format!("the page leads to {foreign:?}"))?;
    ensure(harmless(&seen.text) == harmless(&twin.text), || format!("other text:\n{}", seen.text))?;
    fits(&seen)?;
    Ok(seen)
}

fn fits(seen: &Seen) -> Outcome {
    let [window, page] = seen.widths;
    ensure(page <= window, || {
        format!("{page} pixels in a window of {window}: {:#?}", seen.too_wide)
    })
}

/// The golden events have ten cases, of which five have details.
fn golden_page(events: &Events) -> Result<PathBuf, Failed> {
    let [page, _] = events.pages(CONVERT, 3)?;
    Ok(page)
}

fn filter() -> Outcome {
    let events = Events::golden()?;
    let page = golden_page(&events)?;
    let look = |text, without| look(&Visit { text, without, ..Visit::of(&page, 1280) });
    let shown = |cells: usize, details: usize| Shown {
        status: format!(
            "{cells} {}, {details} of 5 details shown",
            if cells == 1 { "case" } else { "cases" }
        ),
        cells,
        details,
    };
    // At first, when something was typed, when that was deleted, when failures were taken away, and
    // when they were put back.
    let all = || shown(10, 5);
    let expected = [all(), shown(1, 1), all(), shown(8, 3), all()];
    let seen = look("wrong_state exch", "fail")?.shown;
    ensure(seen == expected, || format!("{seen:#?}"))?;
    // A case is found by its name too, and nothing by what is not there.
    let seen = [look("zero", "fail")?.shown, look("no such thing", "fail")?.shown];
    ensure(seen[0][1] == shown(1, 0) && seen[1][1] == shown(0, 0), || format!("{seen:#?}"))
}

fn link() -> Outcome {
    let events = Events::golden()?;
    let seen = look(&Visit::of(&golden_page(&events)?, 390))?;
    ensure(seen.opened == Some(true), || "the link does not open its part".to_owned())
}

/// Twenty failures and a thousand, with long sentences and long answers.
fn above_the_fold() -> Outcome {
    let folder = tempfile::tempdir()?;
    for (causes, failures) in [(5, 20), (20, 1000)] {
        let (events, page) = (folder.path().join("events.jsonl"), folder.path().join("page.html"));
        fs::write(&events, many::events(causes, failures))?;
        let mut command = rollwire(&["report", "convert", "events.jsonl"]);
        command.args(["--format", "html", "--output", "page.html"]).current_dir(folder.path());
        run(&mut command)?.exits(1)?;
        let seen = look(&Visit::of(&page, 1280))?;
        let first = ["verdict", "c1", "c2", "c3"];
        ensure(seen.above.starts_with(&first.map(str::to_owned)), || {
            format!("{causes} causes of {failures} failures: {:?}", seen.above)
        })?;
        fits(&seen)?;
        let shown = &seen.shown[0];
        ensure(shown.details == failures, || format!("{shown:?}"))?;
        if failures < 100 {
            fits(&look(&Visit::of(&page, 390))?)?;
        }
    }
    Ok(())
}

/// The page of `simulate`: all its charts, nothing wider than the window, and no way out of it.
fn curves() -> Outcome {
    let folder = tempfile::tempdir()?;
    let page = folder.path().join("page.html");
    let arguments = ["simulate", "--games", "4", "--loss", "0,20", "--redundancy", "3,10"];
    let mut command = rollwire(&arguments);
    command.args(["--format", "html", "--output", "page.html"]).current_dir(folder.path());
    run(&mut command)?.exits(0)?;
    for width in WIDTHS {
        let seen = look(&Visit::of(&page, width))?;
        fits(&seen)?;
        let lines = seen.elements.iter().filter(|it| it.starts_with("polyline ")).count();
        ensure(lines == 6 * 2, || format!("{lines} curves in {:?}", seen.elements))?;
        ensure(seen.addresses.is_empty(), || format!("the page leads to {:?}", seen.addresses))?;
    }
    Ok(())
}
