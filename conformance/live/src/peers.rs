//! This program is the other peer of games: each posts an offer, gets an answer, and is played with in a thread
//! of its own.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, Method, Response, StatusCode, header},
};
use rollwire_capture::line::Header;
use rollwire_conformance::verdict::Exit;
pub use rollwire_probe::Options as PeerOptions;
use rollwire_probe::{
    Report,
    webrtc::{Answer, LONGEST_OFFER, News, Session},
};
use serde_json::{Value, json};

use crate::{
    files::{CSS, File, HTML, SCRIPT, answer, guarded, said, typed},
    guard::Door,
    log::Log,
    saved::Saved,
};

/// How many games are played with at a time, and how many sessions are remembered.
const GAMES: usize = 16;
const REMEMBERED: usize = 64;

const FILES: [File; 5] = [
    ("/peer/", HTML, include_bytes!("../page/peer.html")),
    ("/peer/peer.mjs", SCRIPT, include_bytes!("../page/peer.mjs")),
    ("/peer/copying.mjs", SCRIPT, include_bytes!("../page/copying.mjs")),
    ("/peer/elements.mjs", SCRIPT, include_bytes!("../page/elements.mjs")),
    ("/peer/peer.css", CSS, include_bytes!("../page/peer.css")),
];

/// All sessions.
#[derive(Debug)]
pub(crate) struct Peers {
    options: PeerOptions,
    folder: Option<PathBuf>,
    log: Arc<Log>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    last: u64,
    all: VecDeque<Played>,
}

#[derive(Debug)]
struct Played {
    number: u64,
    session: Option<Session>,
    report: Arc<Mutex<Option<Report>>>,
    file: Option<String>,
    is_told: bool,
}

impl Played {
    fn is_over(&self) -> bool {
        self.session.as_ref().is_none_or(Session::is_over)
    }

    fn report(&self) -> Option<Report> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Peers {
    pub(crate) fn new(options: PeerOptions, folder: Option<PathBuf>, log: Arc<Log>) -> Self {
        Self { options, folder, log, state: Mutex::default() }
    }

    fn look(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers an offer: the answer, or a status and a sentence.
    fn offer(&self, offer: &str) -> Result<String, (StatusCode, String)> {
        let mut state = self.look();
        let playing = state.all.iter().filter(|it| !it.is_over()).count();
        if playing >= GAMES {
            let why = format!("an offer was refused: {GAMES} games are already in progress");
            return Err((StatusCode::SERVICE_UNAVAILABLE, why));
        }
        let answered = Answer::to(offer).map_err(|fault| {
            let why = fault.to_string();
            self.log.once(&why);
            (StatusCode::BAD_REQUEST, why)
        })?;
        let answer = answered.sdp.clone();
        let mut saved = self.folder.as_deref().and_then(|folder| {
            let fault = |error| self.log.lost(&format!("a session is not saved: {error}"));
            Saved::create(folder).map_err(fault).ok()
        });
        let header = Header {
            peer: "rollwire".to_owned(),
            revision: rollwire_model::Layout::builtin().revision,
            origin: None,
            redundancy: None,
            setup: None,
            tap: String::new(),
        };
        let file = saved.as_ref().map(|it| it.name.clone());
        let log = Arc::clone(&self.log);
        let mut write = move |write: &dyn Fn(&mut Saved) -> std::io::Result<()>| {
            if let Some(error) = saved.as_mut().and_then(|it| write(it).err()) {
                log.lost(&format!("a session is no longer saved: {error}"));
                saved = None;
            }
        };
        write(&|saved| saved.header(0, &header));
        let report = Arc::new(Mutex::new(None));
        let shared = Arc::clone(&report);
        let session = answered.play(&self.options, move |news| match news {
            News::Record(record) => write(&|saved| saved.record(0, &record)),
            News::Report(report) => {
                if report.is_over {
                    write(&Saved::flush);
                }
                *shared.lock().unwrap_or_else(PoisonError::into_inner) = Some(*report);
            }
        });
        let session = session.map_err(|fault| {
            let why = fault.to_string();
            self.log.once(&why);
            (StatusCode::SERVICE_UNAVAILABLE, why)
        })?;
        state.last += 1;
        let number = state.last;
        let session = Some(session);
        state.all.push_back(Played { number, session, report, file, is_told: false });
        if state.all.len() > REMEMBERED
            && let Some(at) = state.all.iter().position(|it| it.is_over() && it.is_told)
        {
            state.all.remove(at);
        }
        Ok(answer)
    }

    /// The sessions that are over and were not told before.
    pub(crate) fn finished(&self) -> Vec<(u64, Report)> {
        let mut state = self.look();
        let new = state.all.iter_mut().filter(|it| it.is_over() && !it.is_told);
        new.filter_map(|played| {
            played.is_told = true;
            Some((played.number, played.report()?))
        })
        .collect()
    }

    /// Ends all sessions.
    pub(crate) fn stop(&self) {
        let sessions: Vec<Session> =
            self.look().all.iter_mut().filter_map(|played| played.session.take()).collect();
        sessions.into_iter().for_each(Session::stop);
    }

    /// What the page is told.
    fn told(&self) -> Value {
        let state = self.look();
        let sessions = state.all.iter().rev().map(|played| {
            let report = played.report();
            let sentence = report.as_ref().map(Report::sentence);
            let exit = report.as_ref().map(|it| it.exit() == Exit::Conforms);
            json!({
                "number": played.number,
                "file": played.file,
                "sentence": sentence,
                "conforms": exit,
                "report": report,
            })
        });
        let probes: Vec<Value> = rollwire_probe::probes()
            .map(|(name, asks)| json!({ "name": name, "asks": asks }))
            .collect();
        json!({ "version": 1, "probes": probes, "sessions": sessions.collect::<Vec<_>>() })
    }
}

/// Who may ask for a path that begins with `/peer/`.
pub(crate) fn door(path: &str) -> Door {
    match path {
        "/peer/offer" => Door::Game,
        "/peer/" | "/peer/sessions" => Door::Watch,
        _ => Door::File,
    }
}

/// Answers a request for such a path that was let in.
pub(crate) async fn respond(peers: &Peers, request: Request) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let method = request.method();
    if door(&path) == Door::Game {
        let origin = request.headers().get(header::ORIGIN).cloned();
        let response = match *method {
            Method::OPTIONS => said(StatusCode::OK, "post an offer"),
            Method::POST => offer(peers, request).await,
            _ => said(StatusCode::METHOD_NOT_ALLOWED, "only POST is answered here"),
        };
        return shared_with(response, origin);
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        return said(StatusCode::METHOD_NOT_ALLOWED, "only GET is answered here");
    }
    match &*path {
        "/peer/sessions" => {
            let told = serde_json::to_vec(&peers.told()).unwrap_or_default();
            guarded(typed("application/json", told))
        }
        path => match FILES.iter().find(|file| file.0 == path) {
            Some(file) => guarded(answer(*file)),
            None => said(StatusCode::NOT_FOUND, "there is nothing here"),
        },
    }
}

async fn offer(peers: &Peers, request: Request) -> Response<Body> {
    let Ok(body) = to_bytes(request.into_body(), LONGEST_OFFER).await else {
        let why = format!("an offer was refused: it has more than {LONGEST_OFFER} bytes");
        return said(StatusCode::PAYLOAD_TOO_LARGE, &why);
    };
    let Ok(text) = std::str::from_utf8(&body) else {
        return said(StatusCode::BAD_REQUEST, "an offer was refused: it is not UTF-8");
    };
    match peers.offer(text) {
        Ok(answer) => guarded(typed("application/json", answer)),
        Err((status, why)) => said(status, &why),
    }
}

/// Lets the page that was let in read the answer. Its origin is known and allowed.
fn shared_with(mut response: Response<Body>, origin: Option<HeaderValue>) -> Response<Body> {
    let Some(origin) = origin else { return response };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    let allowed = [
        ("access-control-allow-headers", "content-type"),
        ("access-control-allow-methods", "POST"),
        ("access-control-allow-private-network", "true"),
        ("cross-origin-resource-policy", "cross-origin"),
    ];
    for (name, value) in allowed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
