//! A server of a test, and clients that wait for minutes and not for ever.

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    sync::{Arc, Mutex},
    thread::sleep,
    time::{Duration, Instant},
};

use rollwire_live::{Options, Server};
use serde_json::Value;
use tungstenite::{
    Message, WebSocket,
    client::IntoClientRequest,
    error::Error,
    handshake::{HandshakeError, client::Request},
};

/// How long anything may take; only a hang takes so long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(300);

/// What the server has said.
pub(crate) type Heard = Arc<Mutex<Vec<String>>>;

pub(crate) type Socket = WebSocket<TcpStream>;

/// A server, and what it says.
pub(crate) fn server(save: Option<&Path>) -> (Server, Heard) {
    let heard = Heard::default();
    let ear = Arc::clone(&heard);
    let options = Options {
        port: 0,
        origins: vec!["https://game.example".parse().unwrap()],
        save: save.map(Path::to_owned),
        files: Vec::new(),
        say: Box::new(move |sentence| ear.lock().unwrap().push(sentence.to_owned())),
    };
    (Server::start(options).unwrap(), heard)
}

/// A connection to this port.
pub(crate) fn stream(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Opens a WebSocket; the status code if it is refused.
pub(crate) fn open(server: &Server, path: &str, origin: Option<&str>) -> Result<Socket, u16> {
    let address = format!("ws://127.0.0.1:{}{path}", server.port());
    let mut request: Request = address.into_client_request().unwrap();
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse().unwrap());
    }
    match tungstenite::client::client(request, stream(server.port())) {
        Ok((socket, _)) => Ok(socket),
        Err(HandshakeError::Failure(Error::Http(response))) => Err(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

/// A path with the token.
pub(crate) fn with_token(server: &Server, path: &str) -> String {
    format!("{path}?token={}", server.token())
}

pub(crate) fn tap(server: &Server) -> Socket {
    open(server, &with_token(server, "/tap"), None).unwrap()
}

pub(crate) fn watcher(server: &Server) -> Watcher {
    let origin = format!("http://127.0.0.1:{}", server.port());
    let socket = open(server, &with_token(server, "/watch"), Some(&origin)).unwrap();
    Watcher { socket, found: Vec::new(), rows: Vec::new() }
}

/// A page, and what it has been told of the last tap.
pub(crate) struct Watcher {
    socket: Socket,
    pub(crate) found: Vec<Value>,
    pub(crate) rows: Vec<Value>,
}

impl Watcher {
    pub(crate) fn next(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().unwrap() {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }

    /// Waits until this is told of the last tap.
    pub(crate) fn until(&mut self, is_told: impl Fn(&Self, &Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            assert!(Instant::now() < end, "this is not told");
            let message = self.next();
            let Some(side) = message["sides"].as_array().unwrap().last() else { continue };
            let side = side.clone();
            let list = |name: &str| side[name].as_array().cloned().unwrap_or_default();
            self.found.extend(list("found"));
            self.rows.extend(list("rows"));
            if is_told(self, &side) {
                return side;
            }
        }
    }
}

/// Asks, and returns the head and the body of the answer.
pub(crate) fn ask(port: u16, lines: &[&str]) -> (String, String) {
    let mut stream = stream(port);
    let request = lines.join("\r\n") + "\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    (head.to_owned(), body.to_owned())
}

/// What is at a path.
pub(crate) fn get(server: &Server, path: &str) -> (String, String) {
    ask(server.port(), &[&format!("GET {path} HTTP/1.1"), "Host: 127.0.0.1"])
}

/// Waits until the server has said this.
pub(crate) fn until_heard(heard: &Heard, words: &str) {
    let end = Instant::now() + PATIENCE;
    while !heard.lock().unwrap().iter().any(|it| it.contains(words)) {
        assert!(Instant::now() < end, "{words:?} is not in {:?}", heard.lock().unwrap());
        sleep(Duration::from_millis(5));
    }
}
