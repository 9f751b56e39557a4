//! The page of `conformance/demo`: two peers play over a real channel in headless Chromium, and
//! `rollwire capture check` judges what their taps have recorded.

mod captures;
mod matches;
mod page;
mod site;

use std::sync::OnceLock;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::{
    support::{CHROMIUM, Outcome, Test, ensure, fail, trial},
    tap::browser,
};

pub(crate) fn tests() -> Vec<Test> {
    let mut tests = vec![
        trial("browser::nothing_is_left_of_ten_matches", &[&CHROMIUM], nothing_is_left),
        trial("the_readme_puts_the_site_together", &[], site::is_complete),
    ];
    tests.extend(matches::tests());
    tests.extend(page::tests());
    tests
}

/// Plays what a function of the page of this test does, with the demo beside it.
fn play(game: &str) -> Result<Value, Failed> {
    browser::play(&format!("page.html#{game}"), site::files()?)
}

/// What was played at the same time, for all tests that look at it.
fn matches() -> Result<&'static Value, Failed> {
    static PLAYED: OnceLock<Result<Value, String>> = OnceLock::new();
    let played = PLAYED.get_or_init(|| {
        play("matches").map_err(|error| error.message().unwrap_or("it failed").to_owned())
    });
    played.as_ref().map_err(|error| error.clone().into())
}

/// The most by which the heap may grow from the fifth match to the tenth, in bytes. Before that, the browser
/// compiles what is played.
const GROWTH: u64 = 128 * 1024;

fn nothing_is_left() -> Outcome {
    // Without the argument, the size of the heap is rounded and old.
    let precise = "--enable-precise-memory-info";
    let played = browser::play_with("page.html#ten", site::files()?, &[precise])?;
    let parts = played["references"].as_u64().unwrap_or_default();
    ensure(parts == 110 && played["left"] == 0, || {
        format!("{} of {parts} parts are left", played["left"])
    })?;
    for frames in played["played"].as_array().into_iter().flatten() {
        let both = frames.as_array().is_some_and(|it| it.iter().all(|it| it.as_u64() >= Some(50)));
        ensure(both, || format!("a match of {frames} frames"))?;
    }
    let heap: Option<Vec<u64>> =
        played["heap"].as_array().into_iter().flatten().map(Value::as_u64).collect();
    let [_, _, _, _, fifth, .., last] = heap.as_deref().unwrap_or_default() else {
        return fail(format!("the heap was not measured: {}", played["heap"]));
    };
    ensure(*last < fifth + GROWTH, || format!("the heap after each match: {heap:?}"))
}
