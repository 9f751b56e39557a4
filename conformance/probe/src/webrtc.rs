//! The channel of a browser: one UDP socket on the loopback interface, and a loop in a thread of its own.

use std::{
    fmt,
    io::{self, ErrorKind},
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rollwire_capture::line::{Moment, Payload, Record, What};
use rollwire_conformance::text::shorten;
use str0m::{
    Candidate, Event, IceConnectionState, Input, Output as Wanted, Rtc, RtcConfig,
    change::{SdpAnswer, SdpOffer},
    channel::ChannelId,
    crypto::from_feature_flags,
    net::{Protocol, Receive},
};

use crate::{Options, Output, Probe, Report};

/// The most bytes of an offer, as JSON.
pub const LONGEST_OFFER: usize = 64 * 1024;
/// How long the game may take to open its channel.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a listener is told at most.
const PAUSE: Duration = Duration::from_millis(200);
/// How long it may take to close the channel.
const PARTING: Duration = Duration::from_millis(500);
/// The longest packet of UDP.
const PACKET: usize = 65_536;

/// What a session tells while it goes on.
#[derive(Debug)]
pub enum News {
    /// Something happened on the channel, for a capture.
    Record(Record),
    /// What is known by now; the last one of a session says that it is over.
    Report(Box<Report>),
}

/// Why an offer is not answered.
#[derive(Debug)]
pub enum NotAnswered {
    /// It is longer than [`LONGEST_OFFER`].
    TooLong(usize),
    /// It is not an offer.
    NotOffer(String),
    /// It offers no data channel.
    NoChannel,
    /// The stack does not take it.
    Refused(String),
    /// The operating system refuses something.
    System(io::Error),
}

impl fmt::Display for NotAnswered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(length) => {
                write!(formatter, "the offer has {length} bytes; {LONGEST_OFFER} are allowed")
            }
            Self::NotOffer(why) => write!(
                formatter,
                "this is not an offer: {why}; post what JSON.stringify(connection.localDescription) gives"
            ),
            Self::NoChannel => formatter.write_str(
                "the offer has no data channel; call createDataChannel before createOffer",
            ),
            Self::Refused(why) => write!(formatter, "the offer cannot be answered: {why}"),
            Self::System(error) => {
                write!(formatter, "cannot open a UDP socket for this game: {error}")
            }
        }
    }
}

impl std::error::Error for NotAnswered {}

/// An offer that was answered, before its game is played.
#[derive(Debug)]
pub struct Answer {
    /// The answer, as JSON.
    pub sdp: String,
    rtc: Rtc,
    socket: UdpSocket,
    address: SocketAddr,
}

impl Answer {
    /// Answers an offer.
    ///
    /// # Errors
    /// If the text is not an offer of a data channel, or if there is no socket.
    pub fn to(offer: &str) -> Result<Self, NotAnswered> {
        if offer.len() > LONGEST_OFFER {
            return Err(NotAnswered::TooLong(offer.len()));
        }
        let not_offer =
            |error: serde_json::Error| NotAnswered::NotOffer(shorten(&error.to_string()));
        let offer: SdpOffer = serde_json::from_str(offer).map_err(not_offer)?;
        if !offer.to_sdp_string().contains("\nm=application") {
            return Err(NotAnswered::NoChannel);
        }
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).map_err(NotAnswered::System)?;
        let address = socket.local_addr().map_err(NotAnswered::System)?;
        let refused = |why: String| NotAnswered::Refused(shorten(&why));
        let config = RtcConfig::new().clear_codecs();
        let config = config.set_crypto_provider(Arc::new(from_feature_flags()));
        let mut rtc = config.build(Instant::now());
        let candidate = Candidate::host(address, "udp").map_err(|it| refused(it.to_string()))?;
        rtc.add_local_candidate(candidate);
        let answer: SdpAnswer =
            rtc.sdp_api().accept_offer(offer).map_err(|it| refused(it.to_string()))?;
        let sdp = serde_json::to_string(&answer).map_err(|it| refused(it.to_string()))?;
        Ok(Self { sdp, rtc, socket, address })
    }

    /// Plays the game. `tell` is called in the thread of the session.
    ///
    /// # Errors
    /// If the system has no thread left.
    pub fn play(
        self,
        options: &Options,
        tell: impl FnMut(News) + Send + 'static,
    ) -> Result<Session, NotAnswered> {
        let Self { sdp: _, rtc, socket, address } = self;
        let stop = Arc::new(AtomicBool::new(false));
        let play = Play {
            rtc,
            socket,
            address,
            began: Instant::now(),
            probe: Probe::new(0, options),
            channel: None,
            has_opened: false,
            stop: Arc::clone(&stop),
            told: None,
            tell,
        };
        let thread = thread::Builder::new().name("peer".to_owned()).spawn(move || play.run());
        let thread = thread.map_err(NotAnswered::System)?;
        Ok(Session { stop, thread })
    }
}

/// A session that goes on in a thread of its own.
#[derive(Debug)]
pub struct Session {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Session {
    /// Whether it has ended.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.thread.is_finished()
    }

    /// Ends it, and waits until all was told.
    pub fn stop(self) {
        self.stop.store(true, Ordering::SeqCst);
        // A session that has panicked has told so.
        let _ = self.thread.join();
    }
}

/// A session while it is played.
struct Play<T> {
    rtc: Rtc,
    socket: UdpSocket,
    address: SocketAddr,
    began: Instant,
    probe: Probe,
    channel: Option<ChannelId>,
    has_opened: bool,
    stop: Arc<AtomicBool>,
    /// When it was told last, and what.
    told: Option<(Instant, usize, Option<&'static str>)>,
    tell: T,
}

impl<T: FnMut(News)> Play<T> {
    fn run(mut self) {
        let mut buffer = vec![0; PACKET];
        while !self.is_over() {
            let Some(due) = self.drain() else { break };
            if let Some(output) = self.probe.output() {
                self.puts(output);
                continue;
            }
            self.report(false);
            if self.listen(due, &mut buffer).is_none() {
                break;
            }
            let now = self.now();
            self.probe.advance(now);
        }
        self.probe.end();
        self.report(true);
        self.leaves(&mut buffer);
    }

    /// Closes the channel, and lets the game know.
    fn leaves(&mut self, buffer: &mut [u8]) {
        if let Some(id) = self.channel.take() {
            self.rtc.direct_api().close_data_channel(id);
            self.record(What::Closed);
        }
        let until = Instant::now() + PARTING;
        while self.rtc.is_alive() && Instant::now() < until {
            let Some(due) = self.drain() else { break };
            if self.listen(due.min(until), buffer).is_none() {
                break;
            }
        }
    }

    fn is_over(&self) -> bool {
        let is_late = !self.has_opened && self.began.elapsed() > PATIENCE;
        self.probe.is_over() || is_late || self.stop.load(Ordering::SeqCst) || !self.rtc.is_alive()
    }

    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Takes everything out of the stack. When it is due again; nothing if it has failed.
    fn drain(&mut self) -> Option<Instant> {
        loop {
            match self.rtc.poll_output().ok()? {
                Wanted::Timeout(due) => return Some(due),
                Wanted::Transmit(packet) => {
                    // A packet that is not sent is a packet that is lost.
                    let _ = self.socket.send_to(&packet.contents, packet.destination);
                }
                Wanted::Event(event) => self.happened(event)?,
            }
        }
    }

    fn happened(&mut self, event: Event) -> Option<()> {
        match event {
            Event::IceConnectionStateChange(IceConnectionState::Disconnected) => return None,
            Event::ChannelOpen(id, _) if self.channel.is_none() && !self.probe.is_over() => {
                (self.channel, self.has_opened) = (Some(id), true);
                self.record(What::Opened);
                let now = self.now();
                self.probe.opened(now);
            }
            Event::ChannelClose(id) if self.channel == Some(id) => self.closed(),
            Event::ChannelData(data) if self.channel == Some(data.id) => {
                if data.binary {
                    self.record(What::Received(Payload::Datagram(data.data.clone())));
                    let now = self.now();
                    self.probe.received(now, &data.data);
                } else {
                    let text = String::from_utf8_lossy(&data.data).into_owned();
                    self.record(What::Received(Payload::Text(text)));
                }
            }
            _ => {}
        }
        Some(())
    }

    fn closed(&mut self) {
        self.channel = None;
        self.record(What::Closed);
        let now = self.now();
        self.probe.closed(now);
    }

    fn puts(&mut self, output: Output) {
        let Some(id) = self.channel else { return };
        match output {
            Output::Send(bytes) => {
                let channel = self.rtc.channel(id);
                let accepted = channel.map(|mut it| it.write(true, &bytes));
                let payload = Payload::Datagram(bytes);
                let is_sent = matches!(accepted, Some(Ok(true)));
                self.record(if is_sent { What::Sent(payload) } else { What::Refused(payload) });
            }
            Output::Close => {
                self.rtc.direct_api().close_data_channel(id);
                self.closed();
            }
        }
    }

    /// Waits for a packet, or until something is due.
    fn listen(&mut self, due: Instant, buffer: &mut [u8]) -> Option<()> {
        let wakes = Duration::from_millis(self.probe.wakes_at().saturating_sub(self.now()));
        let wait = due.saturating_duration_since(Instant::now()).min(wakes);
        // `set_read_timeout` refuses a zero duration.
        self.socket.set_read_timeout(Some(wait.max(Duration::from_millis(1)))).ok()?;
        let input = match self.socket.recv_from(buffer) {
            Ok((length, source)) => {
                // What is not a packet of the stack comes from another program.
                let Ok(contents) = buffer[..length].try_into() else { return Some(()) };
                let (proto, destination) = (Protocol::Udp, self.address);
                Input::Receive(Instant::now(), Receive { proto, source, destination, contents })
            }
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::WouldBlock
                        | ErrorKind::TimedOut
                        | ErrorKind::Interrupted
                        | ErrorKind::ConnectionReset
                        | ErrorKind::ConnectionRefused
                ) =>
            {
                Input::Timeout(Instant::now())
            }
            Err(_) => return None,
        };
        // A packet that the stack does not take may come from any program on this computer.
        if self.rtc.accepts(&input) || matches!(input, Input::Timeout(_)) {
            self.rtc.handle_input(input).ok()?;
        }
        Some(())
    }

    fn record(&mut self, what: What) {
        let at = Moment(u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX));
        (self.tell)(News::Record(Record { number: None, at, what, buffered: None }));
    }

    /// Tells what is known, if that is something new.
    fn report(&mut self, is_last: bool) {
        let is_early = self.told.is_some_and(|(at, ..)| at.elapsed() < PAUSE);
        if is_early && !is_last {
            return;
        }
        let report = self.probe.report();
        let new = (self.probe.count(), report.running);
        let is_known = self.told.is_some_and(|(_, count, running)| (count, running) == new);
        self.told = Some((Instant::now(), new.0, new.1));
        if !is_known || is_last {
            (self.tell)(News::Report(Box::new(report)));
        }
    }
}
