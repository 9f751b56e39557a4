//! Taps that flood, lie, or do not end.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::{Mutex, mpsc},
    thread,
};

use rollwire_live::{Options, Server};

use tungstenite::Message;

use crate::client::{
    Socket, ask, get, open, server, stream, tap, until_heard, watcher, with_token,
};

const HEADER: &str = "{\"capture\":1,\"peer\":\"ann\"}\n";

/// Sends, unless the server has closed the connection.
fn send(socket: &mut Socket, text: impl Into<String>) -> bool {
    socket.send(Message::text(text.into())).is_ok()
}

/// The server still judges what a good tap tells.
fn still_works(server: &Server) {
    let mut good = tap(server);
    send(&mut good, "{\"capture\":1,\"peer\":\"good\"}\n{\"at\":1,\"sent\":\"99\"}\n");
    let side =
        watcher(server).until(|_, side| side["peer"] == "good" && side["counts"]["sent"] == 1);
    assert_eq!(side["broken"][0][0], 1);
}

#[test]
fn what_is_not_a_capture_is_told_and_disconnected() {
    let (server, heard) = server(None);
    for (lie, words) in [
        ("hello\n", "is not the header of a capture"),
        ("{\"at\":1,\"sent\":\"04\"}\n", "before the first header"),
        ("{\"capture\":2}\n", "version 2"),
    ] {
        let mut socket = tap(&server);
        send(&mut socket, lie);
        until_heard(&heard, words);
        assert!(matches!(socket.read(), Ok(Message::Close(Some(_)))), "{lie}");
    }
    still_works(&server);
    server.stop();
}

#[test]
fn lies_are_counted() {
    let (server, _) = server(None);
    let mut socket = tap(&server);
    let lies = [
        "nonsense",
        "{\"at\":-1,\"sent\":\"04\"}",
        "{\"at\":1e300,\"sent\":\"04\"}",
        "{\"at\":1,\"sent\":\"0\"}",
        "{\"at\":1,\"sent\":\"04\",\"received\":\"04\"}",
        "{\"at\":1,\"sent\":\"04\",\"tap\":\"other\"}",
        "{\"at\":1,\"missing\":-1}",
        "[1]",
    ];
    send(&mut socket, format!("{HEADER}{}\n", lies.join("\n")));
    send(&mut socket, "{\"at\":1e15,\"sent\":\"04\",\"n\":18446744073709551615}\n");
    send(&mut socket, "{\"at\":0,\"missing\":18446744073709551615}\n{\"at\":2,\"sent\":\"04\"}\n");
    let side = watcher(&server).until(|_, side| side["counts"]["sent"] == 2);
    assert_eq!(side["malformed"], lies.len());
    still_works(&server);
    server.stop();
}

/// A gigabyte is announced in one frame: nothing of it is read.
#[test]
fn a_message_of_a_gigabyte_is_refused_when_it_is_announced() {
    let (server, heard) = server(None);
    let mut socket = tap(&server);
    // A final frame of binary data with a mask and a length of eight bytes.
    let mut frame = vec![0x82, 0xff];
    frame.extend(1_073_741_824_u64.to_be_bytes());
    frame.extend([0; 4]);
    socket.get_mut().write_all(&frame).unwrap();
    until_heard(&heard, "Space limit exceeded");
    still_works(&server);
    server.stop();
}

/// A line without an end comes in many messages: no more of it is kept than of the longest line.
#[test]
fn a_line_without_an_end_is_skipped() {
    let (server, _) = server(None);
    let mut socket = tap(&server);
    send(&mut socket, format!("{HEADER}{{\"at\":0,\"error\":\""));
    let piece = "x".repeat(1024 * 1024);
    for _ in 0..40 {
        assert!(send(&mut socket, piece.clone()));
    }
    send(&mut socket, "\"}\n{\"at\":1,\"sent\":\"04\"}\n");
    let side = watcher(&server).until(|_, side| side["counts"]["sent"] == 1);
    assert_eq!(side["malformed"], 1);
    assert!(side["fault"].as_str().unwrap().contains("is longer than"), "{side}");
    server.stop();
}

/// A watcher that reads nothing does not hold up a tap, and one that comes later is told the end.
#[test]
fn a_flood_reaches_its_end_before_a_watcher_that_does_not_read() {
    const RECORDS: usize = 30_000;
    let (server, _) = server(None);
    let deaf = watcher(&server);
    let mut socket = tap(&server);
    send(&mut socket, HEADER);
    let mut sent = 0;
    while sent < RECORDS {
        let lines =
            (sent..sent + 1000).map(|it| format!("{{\"n\":{it},\"at\":{it},\"sent\":\"04\"}}\n"));
        assert!(send(&mut socket, lines.collect::<String>()));
        sent += 1000;
    }
    let mut late = watcher(&server);
    let side = late.until(|_, side| side["counts"]["sent"] == RECORDS);
    assert!(late.rows.len() <= 200 * 100, "{}", late.rows.len());
    assert_eq!(late.rows.last().unwrap()["line"], RECORDS + 1);
    assert!(side["seconds"].as_array().unwrap().len() <= 60);
    // What is kept for the page to save is a capture, and is bounded.
    let path = with_token(&server, "/capture") + "&connection=1";
    let (head, body) = get(&server, &path);
    assert!(head.contains("attachment"), "{head}");
    assert!(body.starts_with("{\"capture\":1") && body.len() < 8 * 1024 * 1024);
    drop(deaf);
    server.stop();
}

#[test]
fn there_are_only_so_many_taps() {
    let (server, heard) = server(None);
    let mut all: Vec<Socket> = (0..8).map(|_| tap(&server)).collect();
    let path = with_token(&server, "/tap");
    assert_eq!(open(&server, &path, None).unwrap_err(), 503);
    until_heard(&heard, "8 taps stream already");
    // The page is still served, and a place becomes free.
    assert!(get(&server, &with_token(&server, "/")).0.starts_with("HTTP/1.1 200 "));
    all.pop();
    while open(&server, &path, None).is_err() {
        thread::yield_now();
    }
    server.stop();
}

#[test]
fn connections_that_ask_nothing_do_not_stop_it() {
    let (server, heard) = server(None);
    let idle: Vec<_> = (0..200).map(|_| stream(server.port())).collect();
    until_heard(&heard, "64 others wait");
    drop(idle);
    // Those that are closed are noticed one after the other.
    while !get(&server, "/live.css").0.starts_with("HTTP/1.1 200 ") {
        thread::yield_now();
    }
    still_works(&server);
    server.stop();
}

#[test]
fn what_is_not_http_harms_only_itself() {
    let (server, _) = server(None);
    for bytes in [&b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..], b"\0\0\0\0\r\n\r\n", b"GET"]
    {
        let _ = stream(server.port()).write_all(bytes);
    }
    let huge = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(1024 * 1024));
    let _ = stream(server.port()).write_all(huge.as_bytes());
    still_works(&server);
    server.stop();
}

/// The terminal, or the pipe, takes nothing any more. Everybody is still answered, and the end comes.
#[test]
fn a_log_that_is_not_read_holds_nothing_up() {
    let (never, waits) = mpsc::channel::<()>();
    let waits = Mutex::new(waits);
    let say = Box::new(move |_: &str| waits.lock().unwrap().recv().unwrap_or_default());
    let server =
        Server::start(Options { port: 0, origins: vec![], save: None, files: vec![], say })
            .unwrap();
    for number in 0..300 {
        let host = format!("Host: {number}.evil.example");
        let (head, _) = ask(server.port(), &["GET / HTTP/1.1", &host]);
        assert!(head.starts_with("HTTP/1.1 403 "), "{head}");
    }
    still_works(&server);
    server.stop();
    drop(never);
}

/// Each capture takes megabytes until its reader has it, so only some are sent at a time.
#[test]
fn readers_of_captures_that_do_not_read_are_few() {
    let (server, _) = server(None);
    let mut socket = tap(&server);
    send(&mut socket, HEADER);
    let record = format!("{{\"at\":1,\"sent\":\"{}\"}}\n", "99".repeat(60_000));
    for _ in 0..80 {
        assert!(send(&mut socket, record.clone()));
    }
    watcher(&server).until(|_, side| side["counts"]["sent"] == 80);
    let path = with_token(&server, "/capture") + "&connection=1";
    let status = |stream: &mut TcpStream| {
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut begin = [0; 13];
        stream.read_exact(&mut begin).unwrap();
        String::from_utf8_lossy(&begin[9..12]).into_owned()
    };
    let mut slow: Vec<TcpStream> = (0..4).map(|_| stream(server.port())).collect();
    assert!(slow.iter_mut().all(|it| status(it) == "200"));
    assert_eq!(status(&mut stream(server.port())), "503");
    // A client that reads gets all of it, and one that goes away makes room.
    let mut whole = Vec::new();
    slow[0].read_to_end(&mut whole).unwrap();
    assert!(whole.ends_with(b"\"}\n") && whole.len() > 5 * 1024 * 1024, "{}", whole.len());
    drop(slow);
    while status(&mut stream(server.port())) != "200" {
        thread::yield_now();
    }
    server.stop();
}
