//! The page itself: what it shows, its switches, and what it does with a token and without one.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::{Value, json};

use super::{captures, play, site};
use crate::{
    support::{CHROMIUM, Outcome, Test, ensure, trial},
    tap::browser,
};

pub(super) fn tests() -> Vec<Test> {
    vec![
        trial("browser::the_page_plays_plants_and_saves", &[&CHROMIUM], plays_plants_and_saves),
        trial("browser::with_a_token_the_page_streams", &[&CHROMIUM], streams),
        trial("browser::keys_take_over_for_a_while", &[&CHROMIUM], keys),
    ]
}

const NO_WEBRTC: &str = "this browser has no WebRTC; use a current Chromium, Firefox or Safari";

fn plays_plants_and_saves() -> Outcome {
    let played = play("page")?;
    for (name, expected) in [
        ("switches", json!(16)),
        ("live", json!(false)),
        ("loss", json!("50 %")),
        ("faulty", json!([true, false])),
        ("isTooWide", json!(false)),
        ("told", json!(NO_WEBRTC)),
        ("channels", json!([["game", false, 0], ["game", false, 0]])),
        ("files", json!(["left.jsonl", "right.jsonl"])),
    ] {
        ensure(played[name] == expected, || format!("{name} is {}", played[name]))?;
    }
    let verdict = captures::check(&played)?;
    let all: BTreeSet<_> = [0, 1].iter().flat_map(|side| verdict.accusations(*side)).collect();
    let expected = [("LIVE-5".to_owned(), 0)].into();
    // The fault may have been with the right peer for long enough to answer a PING.
    let both = [("LIVE-5".to_owned(), 0), ("LIVE-5".to_owned(), 1)].into();
    ensure(all == expected || all == both, || format!("found {all:?}"))?;
    // The page was hidden and shown again, and both peers have told so.
    for capture in played["captures"].as_array().into_iter().flatten() {
        let capture = capture.as_str().unwrap_or_default();
        let told = ["\"sent\":\"1400", "\"sent\":\"1401"].map(|it| capture.matches(it).count());
        ensure(told == [1, 1], || format!("FOCUS_STATE: {told:?}"))?;
    }
    // The slider: half of them are lost from then on.
    ensure(verdict.way(0, "lost") * 10 > verdict.way(0, "sent"), || "too few are lost".to_owned())?;
    // The key moved the left player to the right, and nothing else, for forty frames.
    let moved = longest_run(played["captures"][0].as_str().unwrap_or_default(), 2);
    ensure(moved >= 30, || format!("the key was held for {moved} frames"))
}

/// How many INPUTs in a row a capture has sent whose newest action is this one.
fn longest_run(capture: &str, action: u8) -> usize {
    let lines = capture.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let sent = lines.filter_map(|line| Some(line["sent"].as_str()?.to_owned()));
    let mut runs = vec![0];
    for input in sent.filter(|hex| hex.starts_with("01")) {
        if input.ends_with(&format!("{action:02x}")) {
            *runs.last_mut().expect("it begins with one") += 1;
        } else {
            runs.push(0);
        }
    }
    runs.into_iter().max().unwrap_or_default()
}

/// Both taps stream to `/tap` with the token of the page, and the live page is shown with it.
fn streams() -> Outcome {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let files = site::files()?;
    let log = Arc::clone(&asked);
    let played = browser::play(
        "page.html#live",
        Arc::new(move |path: &str| {
            log.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
            files(path)
        }),
    )?;
    let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
    for (path, least) in [("tap?token=a%26b", 2), ("?token=a%26b", 1)] {
        let count = asked.iter().filter(|it| **it == path).count();
        ensure(count >= least, || format!("{path} was asked for {count} times: {asked:?}"))?;
    }
    let src = played["src"].as_str().unwrap_or_default();
    ensure(src.starts_with("http://127.0.0.1:") && src.ends_with("/?token=a%26b"), || {
        src.to_owned()
    })?;
    ensure(played["shown"] == json!([true, true]) && played["isTooWide"] == false, || {
        played.to_string()
    })
}

/// Of the left and of the right player: the bot plays, a shortcut is not a move, up and left are held, left is.
fn keys() -> Outcome {
    let seen = play("hands")?;
    let expected = json!([[null, null], [null, null], [null, 5], [null, 1]]);
    ensure(seen == expected, || seen.to_string())
}
