//! The server: what it answers at which path, and how it begins and ends.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, PoisonError},
    thread::JoinHandle,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{FromRequestParts, Request, State, ws::WebSocketUpgrade},
    http::{HeaderValue, Method, Response, StatusCode, header},
    response::IntoResponse,
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use rollwire_conformance::text::shown;
use tokio::{
    net::{TcpListener, TcpStream},
    runtime,
    sync::{Semaphore, oneshot},
    time::{sleep, timeout},
};

#[cfg(feature = "peer")]
use crate::peers::{self, PeerOptions, Peers};
use crate::{
    files::{FILES, File, PAGE, answer, guarded, said, typed},
    guard::{Door, Origin, admit},
    hub::{CAPTURES, Hub},
    log::{Log, Say, Writer},
    piecewise::Piecewise,
    sockets::{self, ForTaps, Judges},
    token::{Token, member},
};

#[cfg(feature = "peer")]
use rollwire_probe::Report;

/// How many connections may wait for their answer, how many taps may stream, and how many pages may watch.
const REQUESTS: usize = 64;
const TAPS: usize = 8;
const WATCHERS: usize = 16;
/// How long a client may take to ask, and an answer to be read.
const ASKING: Duration = Duration::from_secs(30);
const ANSWERING: Duration = Duration::from_secs(120);

/// What a server is started with.
pub struct Options {
    /// The port; 0 for any that is free.
    pub port: u16,
    /// The pages, beside those of this computer, whose taps may stream.
    pub origins: Vec<Origin>,
    /// The folder to which the lines of each tap are written.
    pub save: Option<PathBuf>,
    /// More files to serve, which hold no secret.
    pub files: Vec<File>,
    /// Takes sentences for the user.
    pub say: Say,
}

impl std::fmt::Debug for Options {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { port, origins, save, .. } = self;
        let mut shown = formatter.debug_struct("Options");
        shown.field("port", port).field("origins", origins).field("save", save);
        shown.finish_non_exhaustive()
    }
}

/// Why a server does not start.
#[derive(Debug)]
pub enum NotStarted {
    /// The port is taken, or may not be used.
    Port(u16, io::Error),
    /// The folder for captures cannot be made.
    Folder(PathBuf, io::Error),
    /// The operating system refuses something else.
    System(io::Error),
}

impl std::fmt::Display for NotStarted {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Port(port, error) => {
                write!(
                    formatter,
                    "cannot listen at port {port}: {error}; `--port 0` takes any that is free"
                )
            }
            Self::Folder(folder, error) => {
                write!(formatter, "{}: cannot be made a folder: {error}", shown(folder))
            }
            Self::System(error) => write!(formatter, "cannot start the server: {error}"),
        }
    }
}

impl std::error::Error for NotStarted {}

/// A server that runs in a thread of its own, on the loopback interface alone.
#[derive(Debug)]
pub struct Server {
    port: u16,
    token: Token,
    stop: oneshot::Sender<()>,
    judges: Arc<Judges>,
    thread: JoinHandle<()>,
    #[cfg(feature = "peer")]
    peers: Option<Arc<Peers>>,
}

impl Server {
    /// Starts a server.
    ///
    /// # Errors
    /// If it cannot listen, make its folder, or draw its token.
    pub fn start(options: Options) -> Result<Self, NotStarted> {
        Self::start_with(
            options,
            #[cfg(feature = "peer")]
            None,
        )
    }

    /// Starts a server that is also the other peer of games.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    #[cfg(feature = "peer")]
    pub fn start_peer(options: Options, how: PeerOptions) -> Result<Self, NotStarted> {
        Self::start_with(options, Some(how))
    }

    fn start_with(
        options: Options,
        #[cfg(feature = "peer")] how: Option<PeerOptions>,
    ) -> Result<Self, NotStarted> {
        let Options { port, origins, save, files, say } = options;
        if let Some(folder) = &save {
            let fault = |error| NotStarted::Folder(folder.clone(), error);
            std::fs::create_dir_all(folder).map_err(fault)?;
        }
        let token = Token::random().map_err(|error| NotStarted::System(io::Error::other(error)))?;
        let say = Writer::start(say).map_err(NotStarted::System)?;
        let runtime = runtime::Builder::new_current_thread().enable_io().enable_time().build();
        let runtime = runtime.map_err(NotStarted::System)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = runtime.block_on(TcpListener::bind(address));
        let listener = listener.map_err(|error| NotStarted::Port(port, error))?;
        let port = listener.local_addr().map_err(NotStarted::System)?.port();
        let (hub, log, judges) = (Arc::new(Hub::new()), Arc::new(Log::new(say)), Arc::default());
        #[cfg(feature = "peer")]
        let peers = how.map(|how| Arc::new(Peers::new(how, save.clone(), Arc::clone(&log))));
        let taps = ForTaps { hub, log, folder: save, judges: Arc::clone(&judges) };
        let shared = Arc::new(Shared {
            token: token.clone(),
            origins,
            files,
            taps,
            may_tap: Arc::new(Semaphore::new(TAPS)),
            may_watch: Arc::new(Semaphore::new(WATCHERS)),
            #[cfg(feature = "peer")]
            peers: peers.clone(),
        });
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("live".to_owned()).spawn(move || {
            // What is still going on when it is stopped ends with the runtime.
            runtime.block_on(async {
                tokio::select! {
                    _ = stopped => {}
                    () = accept(&listener, shared) => {}
                }
            });
        });
        let thread = thread.map_err(NotStarted::System)?;
        Ok(Self {
            port,
            token,
            stop,
            judges,
            thread,
            #[cfg(feature = "peer")]
            peers,
        })
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The token.
    #[must_use]
    pub fn token(&self) -> &str {
        self.token.text()
    }

    /// The address of the page, with the token.
    #[must_use]
    pub fn page(&self) -> String {
        format!("http://127.0.0.1:{}/?token={}", self.port, self.token())
    }

    /// The address of the demo, with the token, if its [files](crate::demo) are served.
    #[must_use]
    pub fn demo(&self) -> String {
        format!("http://127.0.0.1:{}/demo/?token={}", self.port, self.token())
    }

    /// The address to which a tap streams, with the token.
    #[must_use]
    pub fn tap(&self) -> String {
        format!("ws://127.0.0.1:{}/tap?token={}", self.port, self.token())
    }

    /// The address of the page of the peer, and the one to which a game posts its offer, with the token.
    #[cfg(feature = "peer")]
    #[must_use]
    pub fn peer(&self) -> [String; 2] {
        ["", "offer"].map(|path| {
            format!("http://127.0.0.1:{}/peer/{path}?token={}", self.port, self.token())
        })
    }

    /// The sessions with games that are over and were not returned before, each with its number.
    #[cfg(feature = "peer")]
    #[must_use]
    pub fn finished(&self) -> Vec<(u64, Report)> {
        self.peers.as_ref().map(|peers| peers.finished()).unwrap_or_default()
    }

    /// Ends all sessions with games.
    #[cfg(feature = "peer")]
    pub fn stop_playing(&self) {
        if let Some(peers) = &self.peers {
            peers.stop();
        }
    }

    /// Ends all connections, and waits until what has come is in its files.
    pub fn stop(self) {
        #[cfg(feature = "peer")]
        self.stop_playing();
        // It has ended already if nothing listens.
        let _ = self.stop.send(());
        let _ = self.thread.join();
        self.judges.wait();
    }
}

/// What all answers need.
#[derive(Debug)]
struct Shared {
    token: Token,
    origins: Vec<Origin>,
    files: Vec<File>,
    taps: ForTaps,
    may_tap: Arc<Semaphore>,
    may_watch: Arc<Semaphore>,
    #[cfg(feature = "peer")]
    peers: Option<Arc<Peers>>,
}

/// Accepts connections for ever.
async fn accept(listener: &TcpListener, shared: Arc<Shared>) {
    let log = Arc::clone(&shared.taps.log);
    let router = Router::new().fallback(respond).with_state(shared);
    let requests = Arc::new(Semaphore::new(REQUESTS));
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Such as too many open files: they become fewer.
                log.once(&format!("a connection cannot be accepted: {error}"));
                sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Ok(permit) = Arc::clone(&requests).try_acquire_owned() else {
            log.once(&format!("a connection was closed: {REQUESTS} others wait for their answers"));
            continue;
        };
        let router = router.clone();
        tokio::spawn(async move {
            serve(stream, router).await;
            drop(permit);
        });
    }
}

/// Answers the one request of a connection.
async fn serve(stream: TcpStream, router: Router) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(ASKING);
    http.max_headers(64).max_buf_size(16 * 1024);
    let service = TowerToHyperService::new(router);
    let answered = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
    // A client that goes away, or says what is not HTTP, harms only itself.
    let _ = timeout(ANSWERING, answered).await;
}

async fn respond(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let path = request.uri().path();
    #[cfg(feature = "peer")]
    if let Some(peers) = shared.peers.clone().filter(|_| path.starts_with("/peer/")) {
        let asked = (peers::door(path), request.uri());
        if let Err(refusal) = admit(asked, request.headers(), &shared.token, &shared.origins) {
            shared.taps.log.once(&refusal.why);
            return said(refusal.status, &refusal.why);
        }
        return peers::respond(&peers, request).await;
    }
    let door = match path {
        "/tap" => Door::Tap,
        "/" | "/watch" | "/capture" | "/case" => Door::Watch,
        _ => Door::File,
    };
    let asked = (door, request.uri());
    if let Err(refusal) = admit(asked, request.headers(), &shared.token, &shared.origins) {
        shared.taps.log.once(&refusal.why);
        return said(refusal.status, &refusal.why);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return said(StatusCode::METHOD_NOT_ALLOWED, "only GET is answered here");
    }
    let response = match path {
        "/tap" | "/watch" => return socket(&shared, door, request).await,
        "/" => answer(PAGE),
        "/capture" => capture(&shared.taps.hub, request.uri().query()),
        "/case" => case(&shared.taps.hub, request.uri().query()),
        path => {
            let mut all = FILES.iter().chain(&shared.files);
            match all.find(|file| file.0 == path) {
                Some(file) => answer(*file),
                None => return said(StatusCode::NOT_FOUND, "there is nothing here"),
            }
        }
    };
    guarded(response)
}

async fn socket(shared: &Shared, door: Door, request: Request) -> Response<Body> {
    let (mut parts, _) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(rejection) => return guarded(rejection.into_response()),
    };
    let (most, permits) = match door {
        Door::Tap => (TAPS, &shared.may_tap),
        _ => (WATCHERS, &shared.may_watch),
    };
    let Ok(permit) = Arc::clone(permits).try_acquire_owned() else {
        let what = if door == Door::Tap { "taps stream" } else { "pages watch" };
        let why = format!("a connection was refused: {most} {what} already");
        shared.taps.log.once(&why);
        return said(StatusCode::SERVICE_UNAVAILABLE, &why);
    };
    match door {
        Door::Tap => sockets::tap(upgrade, shared.taps.clone(), permit),
        _ => sockets::watch(upgrade, Arc::clone(&shared.taps.hub), permit),
    }
}

/// The number with this name in a query.
fn number<T: std::str::FromStr>(query: Option<&str>, name: &str) -> Option<T> {
    member(query, name)?.parse().ok()
}

/// What is kept of a connection, as a capture.
fn capture(hub: &Hub, query: Option<&str>) -> Response<Body> {
    let id: Option<u64> = number(query, "connection");
    let kept =
        hub.look().connections.iter().find(|it| Some(it.id) == id).map(|it| Arc::clone(&it.kept));
    let Some(kept) = kept else {
        return said(StatusCode::NOT_FOUND, "this connection is not remembered");
    };
    let Some(place) = hub.may_capture() else {
        let why = format!("{CAPTURES} captures are read already; try again when they have arrived");
        return said(StatusCode::SERVICE_UNAVAILABLE, &why);
    };
    let text = kept.lock().unwrap_or_else(PoisonError::into_inner).capture();
    let mut response = typed("application/x-ndjson", Body::new(Piecewise::new(text, place)));
    let name = format!("attachment; filename=\"capture-{}.jsonl\"", id.unwrap_or_default());
    if let Ok(name) = HeaderValue::try_from(name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// A violation as a file.
fn case(hub: &Hub, query: Option<&str>) -> Response<Body> {
    let (id, side, found): (Option<u64>, Option<usize>, Option<usize>) =
        (number(query, "connection"), number(query, "side"), number(query, "found"));
    let state = hub.look();
    let connection = state.connections.iter().find(|it| Some(it.id) == id);
    let found = connection.and_then(|it| it.sides.get(side?)?.found.get(found?));
    let Some(copied) = found.and_then(|it| it.copied.as_ref()) else {
        return said(StatusCode::NOT_FOUND, "this violation cannot be copied");
    };
    // All members can be written as JSON.
    typed("application/json", serde_json::to_vec(copied).unwrap_or_default())
}
