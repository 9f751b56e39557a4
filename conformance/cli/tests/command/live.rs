//! `rollwire live` as a process: how it begins and ends, and what a hostile tap costs it.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use tungstenite::{Message, WebSocket};

/// How long anything may take; only a hang takes so long.
const PATIENCE: Duration = Duration::from_secs(300);

const GAME: &str = r#"{"capture":1,"peer":"ann"}
{"n":0,"at":0,"channel":"open"}
{"n":1,"at":110,"sent":"0700000005aa"}
{"n":2,"at":200,"received":"024069000000000000"}
{"n":3,"at":1400,"sent":"04"}
"#;

/// A server that is ended with its test.
struct Live {
    process: Child,
    output: BufReader<ChildStdout>,
    page: String,
    tap: String,
}

impl Drop for Live {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Live {
    fn start(arguments: &[&str]) -> Self {
        Self::of(Command::new(env!("CARGO_BIN_EXE_rollwire")), arguments)
    }

    fn of(mut command: Command, arguments: &[&str]) -> Self {
        command.arg("live").args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut word = |name: &str| {
            let mut line = String::new();
            output.read_line(&mut line).unwrap();
            line.strip_prefix(name).unwrap_or_else(|| panic!("{line}")).trim().to_owned()
        };
        let (page, tap) = (word("watch "), word("stream "));
        assert_eq!(word("in a page "), format!("rollwireTap.stream(\"{tap}\")"));
        assert!(word("Load the tap ").contains("console.js"));
        Self { process, output, page, tap }
    }

    fn port(&self) -> u16 {
        let port = self.page.strip_prefix("http://127.0.0.1:").unwrap();
        port.split('/').next().unwrap().parse().unwrap()
    }

    fn tap(&self) -> WebSocket<TcpStream> {
        self.socket(&self.tap)
    }

    fn watcher(&self) -> WebSocket<TcpStream> {
        self.socket(&self.tap.replace("/tap?", "/watch?"))
    }

    fn socket(&self, address: &str) -> WebSocket<TcpStream> {
        let stream = TcpStream::connect(("127.0.0.1", self.port())).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        tungstenite::client::client(address, stream).unwrap().0
    }

    /// What is at a path with the token, when it is there.
    fn get(&self, path: &str) -> String {
        let token = self.page.split_once("token=").unwrap().1;
        until(|| {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port())).unwrap();
            let request = format!("GET {path}token={token} HTTP/1.1\r\nHost: localhost\r\n\r\n");
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            let (head, body) = answer.split_once("\r\n\r\n").unwrap();
            head.starts_with("HTTP/1.1 200 ").then(|| body.to_owned())
        })
    }

    /// Sends a signal, and returns the exit code.
    #[cfg(unix)]
    fn end(&mut self, signal: rustix::process::Signal) -> Option<i32> {
        let process = rustix::process::Pid::from_child(&self.process);
        rustix::process::kill_process(process, signal).unwrap();
        until(|| self.process.try_wait().unwrap()).code()
    }
}

/// Waits until there is something.
fn until<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "it does not come");
        sleep(Duration::from_millis(10));
    }
}

fn rollwire(folder: &Path, command: &str) -> (Option<i32>, String) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_rollwire"));
    let words = command.strip_prefix("rollwire ").unwrap().split(' ');
    let output = process.args(words).current_dir(folder).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_and_everything_is_saved() {
    use rustix::process::Signal;
    for (signal, code) in [(Signal::INT, 0), (Signal::TERM, 143)] {
        let folder = tempfile::tempdir().unwrap();
        let captures = folder.path().join("new/captures");
        let mut live = Live::start(&["--save", captures.to_str().unwrap()]);
        let mut socket = live.tap();
        socket.send(Message::text(GAME)).unwrap();
        live.get("/capture?connection=1&");
        live.get("/case?connection=1&side=0&found=1&");
        assert_eq!(live.end(signal), Some(code));
        let (exit, report) = rollwire(&captures, "rollwire capture check live-1.jsonl");
        assert_eq!(exit, Some(1), "{report}");
        assert!(report.contains("STATE_HASH-1") && report.contains("LIVE-5"), "{report}");
        assert!(report.contains("2 violations"), "{report}");
    }
}

/// What is copied is what the command that is shown beside it reads.
#[test]
fn the_commands_beside_copies_work() {
    let folder = tempfile::tempdir().unwrap();
    let live = Live::start(&[]);
    let mut socket = live.tap();
    socket.send(Message::text(GAME)).unwrap();
    let copied = |found: usize| -> String {
        let text = live.get(&format!("/case?connection=1&side=0&found={found}&"));
        let copied: serde_json::Value = serde_json::from_str(&text).unwrap();
        let name = copied["name"].as_str().unwrap();
        fs::write(folder.path().join(name), copied["text"].as_str().unwrap()).unwrap();
        copied["command"].as_str().unwrap().to_owned()
    };
    let command = copied(0).replace("-- COMMAND", "--builtin");
    let (exit, report) = rollwire(folder.path(), &command);
    assert!(
        exit == Some(0) && report.contains("live/state-hash/") || report.contains("1 case"),
        "{report}"
    );
    let (exit, report) = rollwire(folder.path(), &copied(1));
    assert_eq!(exit, Some(1), "{report}");
    assert!(report.contains("LIVE-5"), "{report}");
}

#[test]
fn a_port_or_folder_that_cannot_be_used_is_told() {
    let live = Live::start(&[]);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let taken = live.port().to_string();
    for (arguments, words) in [
        (["--port", &*taken], "cannot listen at port"),
        (["--save", "file/captures"], "cannot be made a folder"),
        (["--origin", "game.example"], "expected one such as https://game.example"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rollwire"));
        let output = command.arg("live").args(arguments).current_dir(&folder).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(words), "{said}");
    }
}

/// A tap that is refused is told, with its name as text.
#[test]
fn what_is_refused_is_told_in_the_terminal() {
    let mut live = Live::start(&[]);
    let mut stream = TcpStream::connect(("127.0.0.1", live.port())).unwrap();
    let request = "GET /tap HTTP/1.1\r\nHost: localhost\r\nOrigin: https://x\u{1b}]0;\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    drop(stream);
    let mut stream = TcpStream::connect(("127.0.0.1", live.port())).unwrap();
    let request = "GET /tap HTTP/1.1\r\nHost: localhost\r\nOrigin: https://game.example\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut said = String::new();
    while !said.contains("game.example") {
        assert!(live.output.read_line(&mut said).unwrap() > 0, "{said}");
    }
    assert!(
        said.contains("note: a tap of a page of \"https://game.example\" was refused"),
        "{said}"
    );
    assert!(said.contains("`--origin https://game.example` allows it"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
}

/// Requests that anyone can send do not keep the user from learning that a game is not saved.
#[cfg(unix)]
#[test]
fn the_end_of_a_file_is_told_after_a_flood_of_refused_requests() {
    let folder = tempfile::tempdir().unwrap();
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -f 8; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_rollwire")]);
    let mut live = Live::of(limited, &["--save", folder.path().to_str().unwrap()]);
    for number in 0..150 {
        let mut stream = TcpStream::connect(("127.0.0.1", live.port())).unwrap();
        let request = format!("GET / HTTP/1.1\r\nHost: {number}.evil.example\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let _ = stream.read_to_string(&mut String::new());
    }
    let mut socket = live.tap();
    let records = (0..20_000).map(|at| format!("{{\"at\":{at},\"sent\":\"04\"}}\n"));
    socket
        .send(Message::text("{\"capture\":1}\n".to_owned() + &records.collect::<String>()))
        .unwrap();
    // The page no longer names the file.
    let mut watcher = live.watcher();
    let side = until(|| {
        let message: serde_json::Value =
            serde_json::from_str(watcher.read().unwrap().to_text().unwrap()).unwrap();
        message["sides"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["counts"]["sent"] == 20_000)
            .cloned()
    });
    assert!(side["file"].is_null(), "{side}");
    let mut said = String::new();
    while !said.contains("writing live-1.jsonl has ended: ") {
        assert!(live.output.read_line(&mut said).unwrap() > 0, "{said}");
    }
    assert!(said.contains("there is more to say than is shown here"), "{said}");
}

/// Half a gigabyte in one line, and large records in plenty.
#[cfg(target_os = "linux")]
#[test]
fn a_flood_does_not_fill_the_memory() {
    const MOST: u64 = 192 * 1024;
    let live = Live::start(&[]);
    let mut socket = live.tap();
    socket.send(Message::text("{\"capture\":1}\n{\"at\":0,\"error\":\"")).unwrap();
    let piece = "x".repeat(4 * 1024 * 1024);
    for _ in 0..128 {
        socket.send(Message::text(piece.clone())).unwrap();
    }
    socket.send(Message::text("\"}\n")).unwrap();
    let long = format!("{{\"at\":1,\"received\":{{\"text\":\"{}\"}}}}\n", &piece[..4_000_000]);
    for _ in 0..64 {
        socket.send(Message::text(long.clone())).unwrap();
    }
    socket.send(Message::text("{\"at\":2,\"sent\":\"99\"}\n")).unwrap();
    live.get("/case?connection=1&side=0&found=0&");
    let status = fs::read_to_string(format!("/proc/{}/status", live.process.id())).unwrap();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let most: u64 = most.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(most < MOST, "{most} KiB");
}

/// The program of these tests has no stack of WebRTC.
#[cfg(not(feature = "peer"))]
#[test]
fn a_program_without_webrtc_says_how_to_build_one() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollwire"));
    let output = command.args(["live", "--peer"]).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("--features peer"), "{said}");
}
