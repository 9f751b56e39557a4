//! `rollwire live --peer` against games in a real browser: a right one conforms, and each fault is named by its
//! rule. The program has to be one with WebRTC, which `.ci/run peer` builds and puts where these tests look.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    thread::sleep,
    time::{Duration, Instant},
};

use libtest_mimic::Failed;
use serde_json::Value;

use crate::{
    support::{CHROMIUM, Outcome, PEER, Test, ensure, fail, trial},
    tap::browser::play,
};

/// How long anything may take; only a hang takes so long.
const PATIENCE: Duration = Duration::from_secs(300);

/// Faults of the demo, with the rule that has to be named. Whether an END that goes on is too many answers or no
/// answers at all depends on when the next round begins, so either rule will do.
const FAULTS: [(&str, &str); 12] = [
    ("trailing-byte", "STATE_HASH-1"),
    ("byte-order", "LIVE-2"),
    ("other-bits", "LIVE-5"),
    ("silence", "LIVE-5"),
    ("newest-first", "SYNC-3"),
    ("wrong-player", "SYNC-3"),
    ("changed-action", "SYNC-2"),
    ("ready-echo", "EPISODE-6"),
    ("end-echo", "EPISODE-7 or EPISODE-14"),
    ("ignored-request", "CATCHUP-7"),
    ("late-validation", "VALID-2"),
    ("same-focus", "FOCUS-2"),
];

pub(crate) fn tests() -> Vec<Test> {
    vec![
        trial("a_right_game_conforms", &[&CHROMIUM, &PEER], conforms),
        trial("each_fault_is_named", &[&CHROMIUM, &PEER], names_faults),
        trial("what_is_not_an_offer_is_refused", &[&PEER], refuses),
    ]
}

fn conforms() -> Outcome {
    let folder = tempfile::tempdir()?;
    let save = folder.path().join("captures");
    let output = folder.path().join("report.json");
    let mut peer = Peer::start(&["--once", "--save"], &[&save, Path::new("--output"), &output])?;
    let played = play(&page("right", &peer.offer), Arc::new(files))?;
    let (code, text) = peer.ends()?;
    ensure(code == Some(0), || format!("exit {code:?}: {text}"))?;
    ensure(text.contains("the game conforms, as far as it can be tested from outside"), || {
        text.clone()
    })?;
    ensure(played[0]["played"].as_u64() > Some(300), || format!("{played}"))?;
    let report: Value = serde_json::from_slice(&fs::read(&output)?)?;
    let verdicts = report[0]["verdicts"].as_array().map_or(0, Vec::len);
    ensure(verdicts > 20 && report[0]["exit"] == 0, || report.to_string())?;
    // The capture is one that the command reads.
    let capture = fs::read_to_string(save.join("live-1.jsonl"))?;
    ensure(capture.lines().count() > 1000 && capture.contains("\"peer\":\"rollwire\""), || {
        format!("{} lines", capture.lines().count())
    })
}

fn names_faults() -> Outcome {
    // Without the questions about hashes, a game whose hashes are refused is not waited for.
    let skipped = ["--skip", "hashes", "--skip", "desync", "--skip", "closing"];
    let mut peer = Peer::start(&skipped, &[])?;
    let names: Vec<&str> = FAULTS.iter().map(|fault| fault.0).collect();
    play(&page(&names.join(","), &peer.offer), Arc::new(files))?;
    let told = peer.sessions()?;
    peer.child.kill()?;
    let sessions = told["sessions"].as_array().cloned().unwrap_or_default();
    let mut wrong = Vec::new();
    for (number, (fault, rule)) in (1..).zip(FAULTS) {
        let session = sessions.iter().find(|it| it["number"] == number);
        let verdicts = session.map(|it| it["report"]["verdicts"].clone()).unwrap_or_default();
        let broken: Vec<(String, String)> = verdicts
            .as_array()
            .into_iter()
            .flatten()
            .filter(|it| it["outcome"] == "broken")
            .map(|it| (it["rule"].as_str().unwrap_or_default().to_owned(), it["why"].to_string()))
            .collect();
        if !rule.split(" or ").any(|rule| broken.iter().any(|it| it.0 == rule)) {
            wrong.push(format!("{fault}: {rule} is not in {broken:?} of {verdicts:#}"));
        }
    }
    ensure(wrong.is_empty(), || wrong.join("\n"))
}

/// No game is played with after any of these; each is refused with a status, and most with a sentence.
fn refuses() -> Outcome {
    let peer = Peer::start(&[], &[])?;
    let (host, path) = peer.address("offer")?;
    let without = path.split('?').next().unwrap_or_default().to_owned();
    let sdp = "v=0\\r\\no=- 1 1 IN IP4 0.0.0.0\\r\\ns=-\\r\\nt=0 0\\r\\n";
    let empty = format!("{{\"type\":\"offer\",\"sdp\":\"{sdp}\"}}");
    let (long, foreign) = ("x".repeat(70_000), "Origin: https://evil.example\r\n");
    let requests = [
        ("POST", &*path, "", "", 400, "this is not an offer"),
        ("POST", &path, "", "{", 400, "this is not an offer"),
        ("POST", &path, "", "{\"type\":\"offer\",\"sdp\":7}", 400, "this is not an offer"),
        ("POST", &path, "", "{\"type\":\"answer\",\"sdp\":\"\"}", 400, ""),
        ("POST", &path, "", &empty, 400, ""),
        ("POST", &path, "", &long, 413, "65536 bytes"),
        ("POST", &path, foreign, &empty, 403, ""),
        ("POST", &without, "", &empty, 403, ""),
        ("GET", &path, "", "", 405, "only POST"),
    ];
    for (method, path, header, body, status, sentence) in requests {
        let answer = request(&host, method, path, header, body)?;
        let begins = format!("HTTP/1.1 {status} ");
        ensure(answer.starts_with(&begins) && answer.contains(sentence), || {
            format!("{method} {header:?} {body:.60}: {answer}")
        })?;
    }
    let (host, path) = peer.address("sessions")?;
    let told = request(&host, "GET", &path, "", "")?;
    ensure(told.contains("\"sessions\":[]"), || told)
}

/// Asks the server, and returns its answer with its head.
fn request(
    host: &str,
    method: &str,
    path: &str,
    header: &str,
    body: &str,
) -> Result<String, Failed> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\nConnection: close\r\n{header}\r\n"
    );
    // A server may refuse a body before it has read it.
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// The page, with the games that it plays.
fn page(games: &str, offer: &str) -> String {
    let offer: String = offer.bytes().map(|byte| format!("%{byte:02x}")).collect();
    format!("page.html?games={games}&offer={offer}")
}

/// The files of the page: its own, and those of the demo.
fn files(path: &str) -> Option<(&'static str, Vec<u8>)> {
    let path = path.split(['?', '#']).next()?;
    let conformance = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = match path.split_once('/') {
        None => conformance.join("cli/tests/tools/peer").join(path),
        Some(("demo", rest)) => match rest.split_once('/') {
            None => conformance.join("demo/page").join(rest),
            Some(("peer", name)) => conformance.join("implementations/javascript/src").join(name),
            Some(("tap", name)) => conformance.join("tap/javascript/src").join(name),
            Some(_) => return None,
        },
        Some(_) => return None,
    };
    let kind = if path.ends_with(".html") { "text/html" } else { "text/javascript" };
    Some((kind, fs::read(file).ok()?))
}

/// The program, and what it has printed.
struct Peer {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
    offer: String,
    page: String,
}

impl Peer {
    fn start(options: &[&str], more: &[&Path]) -> Result<Self, Failed> {
        let program: PathBuf = PEER.folder().join("rollwire");
        let mut command = Command::new(program);
        command.args(["live", "--peer"]).args(options).args(more);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let Some(stdout) = child.stdout.take() else { return fail("no output") };
        let mut output = BufReader::new(stdout);
        let mut address = |name: &str| -> Result<String, Failed> {
            let mut line = String::new();
            output.read_line(&mut line)?;
            match line.strip_prefix(name) {
                Some(rest) => Ok(rest.trim().to_owned()),
                None => fail(format!("{line:?} is not the line of {name}")),
            }
        };
        let (page, offer) = (address("watch")?, address("offer to")?);
        Ok(Self { child, output, offer, page })
    }

    /// Waits until it has ended by itself.
    fn ends(&mut self) -> Result<(Option<i32>, String), Failed> {
        let mut text = String::new();
        self.output.read_to_string(&mut text)?;
        Ok((self.child.wait()?.code(), text))
    }

    /// The host and the path of something beside the page.
    fn address(&self, name: &str) -> Result<(String, String), Failed> {
        match self.page.strip_prefix("http://").and_then(|it| it.split_once("/peer/")) {
            Some((host, rest)) => Ok((host.to_owned(), format!("/peer/{name}{rest}"))),
            None => fail(format!("{} is not an address", self.page)),
        }
    }

    /// What the page is told, when all games are over.
    fn sessions(&self) -> Result<Value, Failed> {
        let (host, path) = self.address("sessions")?;
        let end = Instant::now() + PATIENCE;
        loop {
            let answer = request(&host, "GET", &path, "", "")?;
            let body = answer.split_once("\r\n\r\n").map_or("", |it| it.1);
            let told: Value = serde_json::from_str(body)?;
            let sessions = told["sessions"].as_array().cloned().unwrap_or_default();
            let is_over = |it: &Value| it["report"]["is_over"] == true;
            if sessions.len() == FAULTS.len() && sessions.iter().all(is_over) {
                return Ok(told);
            }
            ensure(Instant::now() < end, || format!("not all are over: {told:#}"))?;
            sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
