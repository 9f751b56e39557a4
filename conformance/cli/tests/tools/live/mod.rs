//! The page of `rollwire live` in a real browser: whatever a tap says stays text, nothing is wider than the
//! window, a violation can be copied, and a fault of the demo turns on the light of its rule.

use std::{fs, path::Path, thread::sleep, time::Duration};

use libtest_mimic::Failed;
use rollwire_live::{File, Options, Server};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    support::{CHROMIUM, Outcome, Test, adapters, ensure, fail, trial},
    tap::browser::browse,
};

/// A desktop's window and a phone's.
const WIDTHS: [u32; 2] = [1280, 390];

const SCRIPT: &str = "text/javascript";

/// What a tap may say to become part of the page.
const HOSTILE: [&str; 6] = [
    "<script>document.title=\"broken\"</script>",
    "\"><img src=x onerror=\"document.title='broken'\">",
    "</pre></section><style>*{display:none}</style>",
    "<a href=\"javascript:document.title='broken'\">x</a>",
    "<iframe srcdoc=\"<script>parent.document.title='broken'</script>\"></iframe>",
    "{{7*7}}${7*7}\u{202e}\u{0}",
];

/// What the harmless twin of such a tap says.
const MILD: [&str; 6] = ["mild", "soft", "calm", "warm", "fair", "kind"];

pub(crate) fn tests() -> Vec<Test> {
    vec![
        trial("what_a_tap_says_stays_text", &[&CHROMIUM], stays_text),
        trial("a_fault_of_the_demo_is_named", &[&CHROMIUM], names_a_fault),
    ]
}

/// What was seen of the page.
#[derive(Debug, Deserialize)]
struct Seen {
    title: String,
    elements: Vec<String>,
    addresses: Vec<String>,
    text: String,
    lights: Vec<String>,
    widths: [u32; 2],
    too_wide: Vec<String>,
    line: String,
    copied: Copied,
}

#[derive(Debug, Deserialize)]
struct Copied {
    text: String,
    said: String,
}

fn stays_text() -> Outcome {
    for width in WIDTHS {
        let (hostile, twin) = (look(&lines(&HOSTILE), width)?, look(&lines(&MILD), width)?);
        let other = hostile.elements.iter().zip(&twin.elements).find(|(one, other)| one != other);
        ensure(hostile.elements == twin.elements, || format!("other elements: {other:?}"))?;
        ensure(twin.elements.len() > 100, || format!("{:?}", twin.elements))?;
        ensure(hostile.title == "rollwire live", || format!("the title is {}", hostile.title))?;
        for word in &HOSTILE[..5] {
            // Texts are shown with their quotation marks escaped, and shortened.
            let word: String = word.chars().take_while(|it| *it != '"').collect();
            ensure(hostile.text.contains(&word), || format!("{word} is not in {}", hostile.text))?;
        }
        let ways_out = hostile.addresses.iter().filter(|it| !it.starts_with('/')).count();
        ensure(ways_out == 0, || format!("the page leads to {:?}", hostile.addresses))?;
        for seen in [&hostile, &twin] {
            let [window, page] = seen.widths;
            ensure(page <= window && window.abs_diff(width) < 20, || {
                format!("{page} pixels in a window of {window}: {:#?}", seen.too_wide)
            })?;
            ensure(seen.lights == ["● bytes 1"], || format!("{:?}", seen.lights))?;
            ensure(seen.line.contains("rollwireTap.stream(\"ws://127.0.0.1:"), || {
                seen.line.clone()
            })?;
            ensure(seen.copied.text.contains("\"live/state-hash/"), || seen.copied.text.clone())?;
            ensure(seen.copied.said.contains("rollwire check --vectors"), || {
                seen.copied.said.clone()
            })?;
        }
    }
    Ok(())
}

/// A stream in which these words stand wherever a tap may write words.
fn lines(words: &[&str; 6]) -> String {
    let short = |at: usize| words[at].chars().take(40).collect::<String>();
    let ready: String = words[0].bytes().take(8).map(|it| format!("{it:02x}")).collect();
    let ready = if ready.len() == 16 { ready } else { "7a7a7a7a7a7a7a7a".to_owned() };
    let mut lines = vec![json!({"capture": 1, "peer": words[1], "tap": short(2)})];
    let record =
        |what: &str, value: Value, at: u32| json!({"at": at, "tap": short(2), what: value});
    lines.push(record("channel", json!("open"), 0));
    for (at, word) in (1..).zip(words) {
        lines.push(record("received", json!({"text": word}), at));
        lines.push(record("error", json!(word), at));
    }
    lines.push(record("sent", json!("0700000005aa"), 20));
    lines.push(record("received", json!(format!("0600000000{ready}")), 30));
    lines.push(json!({"at": 31, "tap": words[3], "sent": "04"}));
    lines.push(json!({"at": 32, "tap": short(2), "sent": words[4]}));
    lines.push(record("received", json!("050000000a00000000"), 40));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The two peers of the demo play in one page, and the page with the verdicts is below the game.
fn names_a_fault() -> Outcome {
    let mut files: Vec<File> = vec![
        ("/probe.html", "text/html", include_bytes!("probe.html")),
        ("/probe.mjs", SCRIPT, include_bytes!("demo.mjs")),
        ("/probe-tools.mjs", SCRIPT, include_bytes!("probe-tools.mjs")),
    ];
    files.extend(rollwire_live::demo());
    let seen = probe(files, "")?;
    let light = |side: &str| seen[side].as_array().map(Vec::as_slice).unwrap_or_default().to_vec();
    ensure(seen["before"] == json!([[], []]), || format!("a right peer is blamed: {seen}"))?;
    ensure(light("right").is_empty(), || format!("the right peer is blamed: {seen}"))?;
    let is_live = |it: &Value| it.as_str().is_some_and(|it| it.contains("LIVE-5"));
    ensure(matches!(&light("left")[..], [only] if is_live(only)), || seen.to_string())
}

/// What a page in a window of this width shows of a stream.
fn look(lines: &str, width: u32) -> Result<Seen, Failed> {
    // A server serves what lives as long as the program.
    let lines: &'static [u8] = Box::leak(lines.to_owned().into_bytes().into_boxed_slice());
    let mut files: Vec<File> = vec![
        ("/probe.html", "text/html", include_bytes!("probe.html")),
        ("/probe.mjs", SCRIPT, include_bytes!("probe.mjs")),
        ("/probe-tools.mjs", SCRIPT, include_bytes!("probe-tools.mjs")),
        ("/connect.mjs", SCRIPT, include_bytes!("../tap/connect.mjs")),
        ("/lines.jsonl", "text/plain; charset=utf-8", lines),
    ];
    files.extend(modules_of_the_tap()?);
    Ok(serde_json::from_value(probe(files, &format!("&width={width}"))?)?)
}

/// What `/probe.html` says when a server serves these files. `more` is added to its address.
fn probe(files: Vec<File>, more: &str) -> Result<Value, Failed> {
    let folder = tempfile::tempdir()?;
    let server = Server::start(Options {
        port: 0,
        origins: Vec::new(),
        save: Some(folder.path().to_owned()),
        files,
        say: Box::new(|_| ()),
    })?;
    let address =
        format!("http://127.0.0.1:{}/probe.html?token={}{more}", server.port(), server.token());
    let mut said = browse(&address, &[], || {
        sleep(Duration::from_millis(50));
        said(folder.path())
    })?;
    server.stop();
    match said["error"].as_str() {
        Some(error) => fail(error),
        None => Ok(said["ok"].take()),
    }
}

/// The tap that pages load.
fn modules_of_the_tap() -> Result<Vec<File>, Failed> {
    let folder = adapters().with_file_name("tap").join("javascript/src");
    let mut files: Vec<File> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("/tap/{}", entry.file_name().display());
        let content = fs::read(entry.path())?;
        files.push((
            Box::leak(path.into_boxed_str()),
            SCRIPT,
            Box::leak(content.into_boxed_slice()),
        ));
    }
    Ok(files)
}

/// What the probe has said, when it has.
fn said(folder: &Path) -> Option<Value> {
    fs::read_dir(folder).ok()?.flatten().find_map(|entry| {
        let text = fs::read_to_string(entry.path()).ok()?;
        let mut lines = text.lines();
        lines.next().filter(|it| it.contains("\"probe\""))?;
        let record: Value = serde_json::from_str(lines.next()?).ok()?;
        serde_json::from_str(record["error"].as_str()?).ok()
    })
}
