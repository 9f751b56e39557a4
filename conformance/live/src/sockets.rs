//! The two kinds of WebSockets: of taps, which tell, and of watchers, which are told.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::Duration,
};

use axum::{
    body::Bytes,
    extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code},
    response::Response,
};
use rollwire_conformance::{protocol::MAX_LINE, text::shorten};
use tokio::{
    sync::{OwnedSemaphorePermit, oneshot},
    time::{sleep, timeout},
};

use crate::{
    feed::{Feed, Pipe},
    hub::Hub,
    judge::judge,
    log::Log,
    view::Told,
};

/// The longest message of a tap: the longest line, and what may stand before it.
const LONGEST: usize = MAX_LINE + 256 * 1024;
/// The longest message of a watcher, which has nothing to say.
const LONGEST_OF_WATCHER: usize = 1024;
/// How often a watcher is told something at most.
const PAUSE: Duration = Duration::from_millis(100);
/// How long a watcher may take to read a message.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a tap needs.
#[derive(Clone, Debug)]
pub(crate) struct ForTaps {
    pub(crate) hub: Arc<Hub>,
    pub(crate) log: Arc<Log>,
    pub(crate) folder: Option<PathBuf>,
    pub(crate) judges: Arc<Judges>,
}

/// The threads that judge.
#[derive(Debug, Default)]
pub(crate) struct Judges(Mutex<Vec<JoinHandle<()>>>);

impl Judges {
    fn start(&self, judge: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|it| !it.is_finished());
        all.push(thread::Builder::new().name("tap".to_owned()).spawn(judge)?);
        Ok(())
    }

    /// Waits for all. Each ends with its connection.
    pub(crate) fn wait(&self) {
        let all = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for judge in all {
            // A judge that has panicked has told so.
            let _ = judge.join();
        }
    }
}

/// Answers a tap. The permit is given back when it has gone.
pub(crate) fn tap(
    upgrade: WebSocketUpgrade,
    context: ForTaps,
    permit: OwnedSemaphorePermit,
) -> Response {
    let upgrade = upgrade.max_message_size(LONGEST).max_frame_size(LONGEST);
    upgrade.on_upgrade(move |socket| async move {
        listen(socket, context).await;
        drop(permit);
    })
}

async fn listen(mut socket: WebSocket, context: ForTaps) {
    let (pipe, feed) = Feed::new();
    let (done, judged) = oneshot::channel();
    let ForTaps { hub, log, folder, judges } = context;
    let started = {
        let log = Arc::clone(&log);
        judges.start(move || {
            let _ = done.send(judge(feed, &hub, &log, folder.as_deref()));
        })
    };
    if let Err(error) = started {
        log.once(&format!(
            "a tap was disconnected because its thread could not be started: {error}"
        ));
        return;
    }
    let fault = pass_on(&mut socket, &pipe).await;
    // The judge reads to the end of what has come.
    drop(pipe);
    let refused = judged.await.ok().and_then(Result::err);
    if let Some(fault) = refused.or(fault) {
        log.once(&fault);
        // A reason has at most 123 bytes.
        let reason = fault.chars().filter(char::is_ascii).take(120).collect::<String>();
        let close = CloseFrame { code: close_code::POLICY, reason: reason.into() };
        let _ = timeout(PATIENCE, socket.send(Message::Close(Some(close)))).await;
    }
}

/// Passes the messages of a tap on, until it has gone or its judge wants no more.
async fn pass_on(socket: &mut WebSocket, pipe: &Pipe) -> Option<String> {
    loop {
        let message = tokio::select! {
            message = socket.recv() => message?,
            () = pipe.closed() => return None,
        };
        let bytes = match message {
            Ok(Message::Text(text)) => Bytes::from(text),
            Ok(Message::Binary(bytes)) => bytes,
            Ok(Message::Ping(_) | Message::Pong(_)) => continue,
            Ok(Message::Close(_)) => return None,
            Err(error) => {
                let error = shorten(&error.to_string());
                return Some(format!("a tap was disconnected: {error}"));
            }
        };
        // Waits while the judge is busy, and so does the tap.
        if pipe.send(bytes).await.is_err() {
            return None;
        }
    }
}

/// Answers a watcher. The permit is given back when it has gone.
pub(crate) fn watch(
    upgrade: WebSocketUpgrade,
    hub: Arc<Hub>,
    permit: OwnedSemaphorePermit,
) -> Response {
    let upgrade = upgrade.max_message_size(LONGEST_OF_WATCHER).max_frame_size(LONGEST_OF_WATCHER);
    upgrade.on_upgrade(move |mut socket| async move {
        tell(&mut socket, &hub).await;
        drop(permit);
    })
}

async fn tell(socket: &mut WebSocket, hub: &Hub) {
    let mut changes = hub.changes();
    let mut told = Told::default();
    loop {
        changes.mark_unchanged();
        // The lock is released before anything is sent.
        let next = told.next(&hub.look());
        if let Some(message) = next
            && !matches!(timeout(PATIENCE, socket.send(Message::text(message))).await, Ok(Ok(())))
        {
            return;
        }
        // Whatever a watcher says ends nothing but its own connection.
        let news = async {
            sleep(PAUSE).await;
            let _ = changes.changed().await;
        };
        tokio::pin!(news);
        loop {
            tokio::select! {
                () = &mut news => break,
                message = socket.recv() => match message {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    Some(Ok(_)) => {}
                },
            }
        }
    }
}
