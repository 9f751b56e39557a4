//! Adapters at the other end of a connection, in threads of the test.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    thread,
};

use rollwire_reference_adapter::{Sessions, answer_within, serve};
use serde_json::Value;

/// Listens on a port of its own, and has each connection served; the address for `--adapter`.
pub(crate) fn listen(each: impl Fn(TcpStream) + Send + Sync + Clone + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("tcp:{}", listener.local_addr().expect("an address"));
    // It ends with the test's process.
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let each = each.clone();
            thread::spawn(move || each(stream));
        }
    });
    address
}

/// The reference implementation.
pub(crate) fn reference() -> String {
    listen(|stream| {
        let _ = serve(&stream, &stream);
        let _ = stream.shutdown(Shutdown::Both);
    })
}

/// What a peer does with a request.
pub(crate) enum Deed {
    /// Answers as the reference implementation does.
    Answer,
    /// Writes this instead.
    Write(&'static [u8]),
    /// Closes the connection.
    Close,
    /// Reads no further, and keeps the connection.
    Freeze,
}

/// The reference implementation, but for some deeds.
pub(crate) fn wrong(deed: fn(&Value) -> Deed) -> String {
    listen(move |mut stream| {
        let mut sessions = Sessions::default();
        let reader = BufReader::new(stream.try_clone().expect("a clone"));
        for line in reader.lines() {
            let Ok(line) = line else { return };
            let request = serde_json::from_str(&line).unwrap_or_default();
            let written = match deed(&request) {
                Deed::Answer => {
                    let answer = answer_within(&mut sessions, line.as_bytes());
                    stream.write_all(format!("{answer}\n").as_bytes())
                }
                Deed::Write(bytes) => stream.write_all(bytes),
                Deed::Close => {
                    let _ = stream.shutdown(Shutdown::Both);
                    return;
                }
                Deed::Freeze => freeze(),
            };
            if written.is_err() {
                return;
            }
        }
    })
}

/// Does nothing until the test's process ends.
pub(crate) fn freeze() -> ! {
    loop {
        thread::park();
    }
}

/// Reads one line and says no more.
pub(crate) fn read_a_line(stream: &TcpStream) {
    let mut line = String::new();
    let _ = BufReader::new(stream.take(1 << 20)).read_line(&mut line);
}
