//! A file of recorded answers, used in place of an adapter.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use rollwire_model::Layout;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    index::{Found, Index, parse, parse_again},
    lines::{FileLines, LinePosition},
    requests::{Fingerprint, Requests, first_eight_bytes},
};
use crate::{
    protocol::{Answer, Body, Hello, HelloFault, HelloFaults, LineFault, Malformed},
    runner::{
        Adapter, AdapterFault, Ask, Connection, Deliver, FaultKind, Remark, Reply, RunEnd, Script,
        StartupFault, Stop, bounded, ok_to_hello,
    },
    text::{open_regular, shorten},
};

/// The largest file of answers that is read: 1 GiB. The answers to a default run have a few
/// hundredths of that.
pub const MAX_FILE: u64 = 1 << 30;

/// Why a file of answers cannot be checked.
#[derive(Debug, thiserror::Error)]
pub enum AnswersFault {
    /// It cannot be read.
    #[error("{file}: cannot be read: {error}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        error: io::Error,
    },
    /// It is a pipe or a folder. Answers are looked up, so the file must be readable more than once.
    #[error("{0}: is not a regular file; write the answers to a file first")]
    NotAFile(String),
    /// It is larger than [`MAX_FILE`].
    #[error("{0}: is larger than {MAX_FILE} bytes; ask fewer requests with --filter or --fresh")]
    TooLarge(String),
    /// It is empty.
    #[error("{0}: is empty: the adapter answered nothing")]
    Empty(String),
    /// The answer to hello is missing.
    #[error("{0}: holds no answer to hello, the request with id 0")]
    NoHello(String),
    /// The answer to hello is wrong.
    #[error("{file}: {fault}")]
    Hello {
        /// The file.
        file: String,
        /// What is wrong.
        fault: StartupFault,
    },
    /// The nonce is not one that [`write`](super::write) wrote.
    #[error(
        "{file}: `--dump` did not write the nonce {nonce}; answer the requests of a file that it wrote"
    )]
    ForeignNonce {
        /// The file.
        file: String,
        /// The nonce, shortened.
        nonce: String,
    },
    /// The answers are those to other requests.
    #[error(
        "{0}: holds the answers to other requests; give the --vectors, --filter, --fresh and --revision that --dump was given, or write the requests again with this version of rollwire"
    )]
    OtherRequests(String),
    /// The adapter declares another revision than the one of the requests.
    #[error(
        "{file}: the adapter speaks revision {declared}, and the requests are about revision {asked}; write them again with `--dump FILE --revision {declared}`"
    )]
    OtherRevision {
        /// The file.
        file: String,
        /// The revision that the adapter declares.
        declared: u8,
        /// The revision of the requests.
        asked: u8,
    },
    /// The user ended the run with this signal.
    #[error("interrupted by signal {0}")]
    Interrupted(i32),
}

/// A file of answers.
#[derive(Debug)]
pub struct Recording {
    name: String,
    file: File,
    hello: Hello,
    fingerprint: Fingerprint,
    index: Index,
    /// The first eight bytes of the digests of all requests, in order.
    asked: Vec<u64>,
    /// The index of the next request.
    next: usize,
    stopped: Option<Stop>,
    interrupted: Arc<AtomicUsize>,
}

impl Recording {
    /// Opens a file and reads its answer to hello. The flag is zero until a signal arrives, and
    /// then holds its number.
    ///
    /// # Errors
    /// A file without such an answer.
    pub fn open(path: &Path, interrupted: Arc<AtomicUsize>) -> Result<Self, AnswersFault> {
        let name = path.display().to_string();
        let unreadable = |error| AnswersFault::Unreadable { file: name.clone(), error };
        let metadata = path.metadata().map_err(unreadable)?;
        if !metadata.is_file() {
            return Err(AnswersFault::NotAFile(name));
        }
        match metadata.len() {
            0 => return Err(AnswersFault::Empty(name)),
            1..=MAX_FILE => {}
            _ => return Err(AnswersFault::TooLarge(name)),
        }
        let file = open_regular(path).map_err(unreadable)?;
        let (hello, fingerprint) = find_hello(&name, &file, &interrupted)?;
        let (index, asked) = (Index::new(0), Vec::new());
        Ok(Self {
            name,
            file,
            hello,
            fingerprint,
            index,
            asked,
            next: 0,
            stopped: None,
            interrupted,
        })
    }

    /// The seed of the requests.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.fingerprint.seed
    }

    /// Finds the answers to these requests in the file.
    ///
    /// # Errors
    /// A file with answers to other requests, or with an unusable answer to hello.
    pub fn look_up(
        &mut self,
        requests: &Requests,
        revision: Option<u8>,
    ) -> Result<(), AnswersFault> {
        let asked = Layout::builtin().revision;
        let declared = self.hello.revision;
        if revision.is_none() && declared != asked {
            let file = self.name.clone();
            return Err(AnswersFault::OtherRevision { file, declared, asked });
        }
        if requests.fingerprint() != self.fingerprint {
            return Err(AnswersFault::OtherRequests(self.name.clone()));
        }
        let Ok(()) = requests.each(&mut |body| {
            self.asked.push(digest(body));
            Ok::<(), std::convert::Infallible>(())
        });
        let mut index = Index::new(self.asked.len());
        each_line(&self.name, &self.file, &self.interrupted, &mut |place, text| {
            index.line(place, text);
            true
        })?;
        self.index = index;
        match self.index.of(0) {
            Found::At(_) => Ok(()),
            Found::Missing => Err(AnswersFault::NoHello(self.name.clone())),
            found => {
                let fault = StartupFault::Line(self.what_is_wrong(0, found));
                Err(AnswersFault::Hello { file: self.name.clone(), fault })
            }
        }
    }

    /// The id of the next request with this text. A run asks in the order of the file, and skips
    /// requests that need a capability that the adapter does not declare.
    fn id_of(&mut self, body: &Body) -> Option<usize> {
        let wanted = digest(body);
        let ahead = self.asked.get(self.next..)?.iter().position(|it| *it == wanted)?;
        // Hello precedes the first of them.
        self.next += ahead + 1;
        Some(self.next)
    }

    /// The answer in the file, or what is wrong with it.
    fn answer(&mut self, id: Option<usize>) -> Result<Result<Answer, Malformed>, AdapterFault> {
        let fault = |kind, text| AdapterFault { kind, text, stderr: String::new() };
        let name = self.name.clone();
        let missing = |request: String| {
            fault(FaultKind::Timeout, format!("{name} holds no answer to {request}"))
        };
        let Some(id) = id else {
            return Err(missing("a request that `--dump` did not write".to_owned()));
        };
        match self.index.of(id) {
            Found::Missing => Err(missing(format!("request {id}"))),
            Found::At(place) => match self.text(place).map(|text| parse_again(&text, id)) {
                Ok(Some(answer)) => Ok(answer),
                Ok(None) | Err(_) => {
                    let text = format!("line {} of {name} cannot be read again", place.number);
                    Err(fault(FaultKind::Garbage, text))
                }
            },
            found => Err(fault(FaultKind::Garbage, self.what_is_wrong(id, found))),
        }
    }

    /// What is wrong with an answer, as text.
    fn what_is_wrong(&mut self, id: usize, found: Found) -> String {
        let name = self.name.clone();
        match found {
            Found::Missing | Found::At(_) => format!("{name} holds no answer to request {id}"),
            Found::Twice(LinePosition { number, .. }) => {
                format!("line {number} of {name} answers request {id} again")
            }
            Found::FollowedByGarbage(place) => {
                let line = format!("line {} of {name}", place.number);
                let fault = match self.text(place) {
                    Err(error) => format!("{line} cannot be read again: {error}"),
                    Ok(text) => match parse(&text) {
                        Err(fault) => fault.about(&line),
                        Ok(answer) => {
                            format!("{line} answers request {}, which was never sent", answer.id)
                        }
                    },
                };
                format!("{fault}, after the answer to request {id}")
            }
        }
    }

    /// The text of a line.
    fn text(&mut self, place: LinePosition) -> io::Result<Vec<u8>> {
        self.file.seek(SeekFrom::Start(place.offset))?;
        let mut text = vec![0; place.length];
        self.file.read_exact(&mut text)?;
        Ok(text)
    }

    fn reply(&mut self, script: &Script) -> Reply {
        // All requests of the script are looked up, also those after one without an answer.
        let ids: Vec<Option<usize>> = script.bodies().iter().map(|body| self.id_of(body)).collect();
        let (mut answers, mut waiting) = (Vec::new(), 0);
        for id in ids {
            match self.answer(id) {
                Ok(answer) => answers.push(bounded(answer, &mut waiting)),
                Err(fault) => return Reply::Fault(fault),
            }
        }
        let answers: Result<_, _> = answers.into_iter().collect();
        answers.map_or_else(Reply::Malformed, Reply::Answered)
    }
}

impl Adapter for Recording {
    fn start(&mut self) -> Result<Hello, StartupFault> {
        Ok(self.hello.clone())
    }

    fn ask_some(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>) {
        while self.stopped.is_none() {
            if let Some(signal) = signal(&self.interrupted) {
                self.stopped = Some(Stop::Interrupted(signal));
                return;
            }
            let Some(Ask { place, script, .. }) = asks.next() else { return };
            let reply = self.reply(&script);
            deliver(place, reply, &mut String::new);
        }
    }

    fn stopped(&self) -> Option<&Stop> {
        self.stopped.as_ref()
    }

    fn run_end(&self) -> RunEnd {
        RunEnd::at_a_signal(Arc::clone(&self.interrupted))
    }

    /// Always empty: standard error is not recorded.
    fn take_stderr(&mut self) -> String {
        String::new()
    }

    fn finish(&mut self) -> Vec<Remark> {
        let remarks = self.index.remarks(&self.name).into_iter();
        remarks.map(|text| Remark { text, is_fault: false }).collect()
    }

    fn connection(&self) -> Connection {
        Connection::Recorded(self.name.clone())
    }
}

fn digest(body: &Body) -> u64 {
    first_eight_bytes(&Sha256::digest(body.with_id(0).as_bytes()))
}

fn signal(interrupted: &AtomicUsize) -> Option<i32> {
    match interrupted.load(Ordering::Relaxed) {
        0 => None,
        signal => Some(i32::try_from(signal).unwrap_or(i32::MAX)),
    }
}

/// Passes the lines of a file to `each` until it returns false.
fn each_line(
    name: &str,
    file: &File,
    interrupted: &AtomicUsize,
    each: &mut dyn FnMut(LinePosition, &[u8]) -> bool,
) -> Result<(), AnswersFault> {
    let unreadable = |error| AnswersFault::Unreadable { file: name.to_owned(), error };
    let mut source = file;
    source.rewind().map_err(unreadable)?;
    // The limit holds even if another process appends to the file.
    let mut lines = FileLines::new(BufReader::with_capacity(64 * 1024, source.take(MAX_FILE)));
    let mut text = Vec::new();
    while let Some(place) = lines.next(&mut text).map_err(unreadable)? {
        if let Some(signal) = signal(interrupted) {
            return Err(AnswersFault::Interrupted(signal));
        }
        if !each(place, &text) {
            break;
        }
    }
    Ok(())
}

/// The answer to hello, on whichever line it is, and the fingerprint in it.
fn find_hello(
    name: &str,
    file: &File,
    interrupted: &AtomicUsize,
) -> Result<(Hello, Fingerprint), AnswersFault> {
    let (mut found, mut encoding) = (None, None);
    each_line(name, file, interrupted, &mut |place, text| {
        let line = parse(text);
        if let Err(fault @ LineFault::NotText { .. }) = &line {
            encoding.get_or_insert_with(|| fault.about(&format!("line {}", place.number)));
        }
        found = line.ok().filter(|line| line.id == 0).map(|line| line.answer);
        found.is_none()
    })?;
    let wrong = |fault: StartupFault| AnswersFault::Hello { file: name.to_owned(), fault };
    let answer = match (found, encoding) {
        (Some(answer), _) => answer,
        (None, Some(text)) => return Err(wrong(StartupFault::Line(text))),
        (None, None) => return Err(AnswersFault::NoHello(name.to_owned())),
    };
    let answer = answer.map_err(|fault| wrong(StartupFault::Malformed(fault)))?;
    let ok = ok_to_hello(answer).map_err(wrong)?;
    let nonce = ok
        .get("nonce")
        .ok_or_else(|| wrong(HelloFaults::from(HelloFault::Missing("nonce")).into()))?;
    let fingerprint =
        nonce.as_str().and_then(Fingerprint::parse).ok_or_else(|| AnswersFault::ForeignNonce {
            file: name.to_owned(),
            nonce: shorten(&Value::to_string(nonce)),
        })?;
    let hello =
        Hello::from_ok(&ok, &fingerprint.to_string()).map_err(|fault| wrong(fault.into()))?;
    Ok((hello, fingerprint))
}
