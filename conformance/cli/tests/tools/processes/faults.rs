//! Twenty faults of a real process: each is told of the check that it happened to, and of no other.

use std::{collections::BTreeMap, fs, io, io::Write, thread, time::Duration};

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use rollwire_conformance::{
    event::{CheckEvent, Event},
    verdict::{Code, Verdict},
};
use serde_json::json;

use super::{check, published, without_id};

pub(crate) const MODE: &str = "faults";

pub(crate) const TESTS: [(&str, fn()); 1] =
    [("every_fault_is_told_of_its_check", every_fault_is_told_of_its_check)];

/// What the adapter does to a request, and what has to be said of it.
const DEEDS: [(&str, Code); 7] = [
    ("exit", Code::Crash),
    ("abort", Code::Crash),
    ("hang", Code::Timeout),
    ("half a line", Code::Timeout),
    ("garbage", Code::Garbage),
    ("twice", Code::Garbage),
    ("malformed", Code::Malformed),
];

/// How many requests something is done to.
const FAULTS: usize = 20;

/// Does what the file of the second argument says of each request, and answers all others rightly.
pub(crate) fn serve() -> io::Result<()> {
    let path = std::env::args().nth(3).expect("a file with deeds");
    let deeds: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(path)?)?;
    crate::support::adapter::serve(|request, right| {
        match deeds.get(&without_id(request)).map(String::as_str) {
            None => right.to_string(),
            Some("exit") => std::process::exit(7),
            Some("abort") => std::process::abort(),
            Some("hang") => hang(),
            Some("half a line") => {
                print!("{{\"id\":");
                io::stdout().flush().expect("a pipe");
                hang()
            }
            Some("garbage") => "Segmentation fault (core dumped)".to_owned(),
            Some("twice") => format!("{right}\n{right}"),
            Some(_) => json!({"id": request["id"], "ok": null}).to_string(),
        }
    })
}

fn hang() -> ! {
    loop {
        thread::sleep(Duration::from_secs(60));
    }
}

fn every_fault_is_told_of_its_check() {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    // Requests of one check alone; no other check asks what the canaries ask.
    let canaries = ["0000000000000000", "1111111111111111", "\"02\"", "\"07\""];
    let mut single: Vec<(String, (String, String))> = published()
        .into_iter()
        .filter(|(request, checks)| {
            checks.len() == 1 && !canaries.iter().any(|canary| request.contains(canary))
        })
        .map(|(request, mut checks)| (request, checks.remove(0)))
        .collect();
    let mut deeds: BTreeMap<String, &str> = BTreeMap::new();
    let mut expected: BTreeMap<(String, String), Code> = BTreeMap::new();
    for (deed, code) in DEEDS.into_iter().cycle().take(FAULTS) {
        let at = usize::try_from(random.next_u64() % single.len() as u64).unwrap();
        let (request, check) = single.swap_remove(at);
        deeds.insert(request, deed);
        expected.insert(check, code);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deeds.json");
    fs::write(&file, serde_json::to_string(&deeds).unwrap()).unwrap();

    let options = ["--restarts", "1000", "--window", "64", "--timeout", "1s", "--fresh", "0"];
    let mut command = crate::support::adapter::command(MODE);
    command.push(file.to_str().unwrap().to_owned());
    let said = check(&[&options[..], &["--format", "jsonl"]].concat(), &command, 1);
    let mut passed = 0;
    for event in checks(&said) {
        let check = (event.case.clone(), event.check.to_string());
        match expected.remove(&check) {
            Some(code) => {
                assert_eq!((event.verdict, event.code), (Verdict::Error, Some(code)), "{event:#?}");
            }
            None => {
                assert_eq!(event.verdict, Verdict::Pass, "{event:#?}");
                passed += 1;
            }
        }
    }
    assert!(expected.is_empty(), "nothing is said of {expected:?}");
    assert!(passed > 1500, "{passed} checks passed");
}

/// The checks of an event stream.
pub(crate) fn checks(events: &str) -> Vec<CheckEvent> {
    let events = events.lines().map(|line| serde_json::from_str::<Event>(line).unwrap());
    let checks = events.filter_map(|event| match event {
        Event::Check(check) => Some(*check),
        _ => None,
    });
    checks.collect()
}
