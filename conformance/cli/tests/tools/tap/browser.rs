//! Headless Chromium with a page from a server of this test, in real time: two connections within one page
//! talk over sockets, so the time of the page cannot be virtual as it is for reports.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use libtest_mimic::Failed;
use process_wrap::std::CommandWrap;
use serde_json::Value;

use crate::support::{CHROMIUM, fail};

/// How long a page may take; only a hang takes so long.
const PATIENCE: Duration = Duration::from_secs(600);

/// The longest body that a page may post, in bytes.
const LONGEST: usize = 512 * 1024 * 1024;

/// The content of a path, and its type.
pub(crate) type Files = dyn Fn(&str) -> Option<(&'static str, Vec<u8>)> + Send + Sync;

/// Opens a page, and returns what it posts to `result`: the member `ok` of it.
pub(crate) fn play(page: &str, files: Arc<Files>) -> Result<Value, Failed> {
    play_with(page, files, &[])
}

/// The same, with further arguments for the browser.
pub(crate) fn play_with(
    page: &str,
    files: Arc<Files>,
    arguments: &[&str],
) -> Result<Value, Failed> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;
    let (results, result) = mpsc::channel();
    let is_over = Arc::new(AtomicBool::new(false));
    let server = {
        let is_over = Arc::clone(&is_over);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
                // A browser opens connections that it does not use yet.
                let (files, results) = (Arc::clone(&files), results.clone());
                thread::spawn(move || stream.and_then(|it| answer(it, &*files, &results)));
            }
        })
    };
    let posted = browse(&format!("http://{address}/{page}"), arguments, || {
        result.recv_timeout(Duration::from_millis(50)).ok()
    });
    is_over.store(true, Ordering::Relaxed);
    let _ = TcpStream::connect(address);
    let _ = server.join();
    let mut posted: Value = serde_json::from_slice(&posted?)?;
    match posted["error"].as_str() {
        Some(error) => fail(error),
        None => Ok(posted["ok"].take()),
    }
}

/// Opens an address, with further arguments for the browser, and waits until there is a result; the
/// function waits a little for it.
pub(crate) fn browse<T>(
    address: &str,
    arguments: &[&str],
    mut result: impl FnMut() -> Option<T>,
) -> Result<T, Failed> {
    let profile = tempfile::tempdir()?;
    let mut command = Command::new(CHROMIUM.program().unwrap_or(CHROMIUM.name));
    // A container has no sandbox to offer, and the pages are our own.
    command.args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"]);
    command.args(["--disable-background-networking", "--disable-component-update"]);
    command.args(["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]);
    // Without a network, the peers of the page meet on the loopback interface.
    command.args(["--disable-features=WebRtcHideLocalIpsWithMdns"]);
    command.args(["--allow-loopback-in-peer-connection", "--js-flags=--expose-gc"]);
    command.args(arguments);
    command.arg(format!("--user-data-dir={}", profile.path().display()));
    command.arg(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut command = CommandWrap::from(command);
    // A browser is many processes, and all of them have to go.
    #[cfg(unix)]
    command.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(process_wrap::std::JobObject);
    let mut browser = command.spawn()?;
    let end = Instant::now() + PATIENCE;
    let found = loop {
        if let Some(found) = result() {
            break Ok(found);
        }
        if let Some(status) = browser.try_wait()? {
            break Err(format!("the browser ended before the page did, with {status}"));
        }
        if Instant::now() > end {
            break Err(format!("the page did not end within {PATIENCE:?}"));
        }
    };
    let _ = browser.start_kill();
    let _ = browser.wait();
    Ok(found?)
}

/// Answers one request, and closes the connection.
fn answer(
    stream: TcpStream,
    files: &Files,
    results: &mpsc::Sender<Vec<u8>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        lines.push(line);
    }
    let mut words = lines.first().map(|it| it.split(' ')).into_iter().flatten();
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (kind, content) = if method == "POST" {
        let length = lines.iter().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
        });
        let mut body = vec![0; length.filter(|it| *it <= LONGEST).unwrap_or_default()];
        reader.read_exact(&mut body)?;
        let _ = results.send(body);
        ("text/plain", Vec::new())
    } else {
        match files(path.trim_start_matches('/')) {
            Some(found) => found,
            None => {
                return reader.get_mut().write_all(
                    b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                );
            }
        }
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        content.len()
    );
    let stream = reader.get_mut();
    stream.write_all(head.as_bytes())?;
    stream.write_all(&content)
}
