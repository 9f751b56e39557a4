//! An adapter that is already running, at the other end of a TCP connection.
//!
//! The connection takes the place of a process: a fault closes it, and a restart connects again.

use std::{
    io::{self, Write},
    net::{Shutdown, SocketAddr, TcpStream, ToSocketAddrs},
    sync::{
        Arc,
        atomic::AtomicUsize,
        mpsc::{self, RecvTimeoutError},
    },
    time::{Duration, Instant},
};

use super::{
    address::{Address, is_loopback},
    fault::seconds,
    pace::Limits,
    pipes::{Pipes, SIGNAL_POLL, in_a_thread},
    run_end::{RunClock, RunEnd},
    transport::{Ended, Incoming, StartFault, Transport},
};

/// How long the adapter may take to close the connection after the last request.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// An adapter that is asked through a TCP connection.
#[derive(Debug)]
pub struct Tcp {
    address: Address,
    allow_remote: bool,
    limits: Limits,
    connection: Option<OpenConnection>,
    clock: RunClock,
}

#[derive(Debug)]
struct OpenConnection {
    stream: TcpStream,
    pipes: Pipes,
}

impl Tcp {
    /// An address, which must be a loopback address unless `allow_remote`. Connecting may take as
    /// long as an adapter may take to start. The flag is zero until a signal arrives, and then
    /// holds its number.
    #[must_use]
    pub fn new(
        address: Address,
        allow_remote: bool,
        limits: Limits,
        interrupted: Arc<AtomicUsize>,
    ) -> Self {
        let clock = RunClock::new(interrupted);
        Self { address, allow_remote, limits, connection: None, clock }
    }

    fn fault(&self, reason: String) -> StartFault {
        StartFault::Connection { address: self.address.to_string(), reason }
    }

    /// Connects on a separate thread, because looking up a name has no time limit.
    fn connect(&self) -> Result<TcpStream, StartFault> {
        let now = self.clock.now();
        let end = now.saturating_add(self.limits.startup).min(self.limits.deadline);
        let patience = end.saturating_sub(now);
        let (found, connected) = mpsc::sync_channel(1);
        let (address, allow_remote) = (self.address.clone(), self.allow_remote);
        let search = move || {
            // If the run no longer waits, this drops the connection, which closes it.
            let _ = found.send(connect(&address, allow_remote, patience));
        };
        in_a_thread("connects", search).map_err(|error| self.fault(error.to_string()))?;
        loop {
            if let Some(signal) = self.clock.signal() {
                return Err(StartFault::Interrupted(signal));
            }
            let left = end.saturating_sub(self.clock.now());
            match connected.recv_timeout(left.min(SIGNAL_POLL)) {
                Ok(connected) => return connected.map_err(|reason| self.fault(reason)),
                Err(RecvTimeoutError::Timeout) if left > SIGNAL_POLL => {}
                Err(_) => {
                    let limit = seconds(patience);
                    let text = format!(
                        "no connection within {limit}; `--startup-timeout` raises the limit"
                    );
                    return Err(self.fault(text));
                }
            }
        }
    }
}

/// Looks up the name, and connects to one of the addresses that were checked.
fn connect(address: &Address, allow_remote: bool, patience: Duration) -> Result<TcpStream, String> {
    let begin = Instant::now();
    let found = (&*address.host, address.port).to_socket_addrs();
    let found: Vec<SocketAddr> = found.map_err(|error| error.to_string())?.collect();
    let remote = found.iter().find(|it| !is_loopback(it.ip()));
    if let Some(remote) = remote.filter(|_| !allow_remote) {
        let ip = remote.ip();
        return Err(format!("{ip} is not a loopback address; `--allow-remote` permits others"));
    }
    let mut reason = "the name has no address".to_owned();
    for one in found {
        let left = patience.saturating_sub(begin.elapsed()).max(Duration::from_millis(1));
        match TcpStream::connect_timeout(&one, left) {
            Ok(stream) => return Ok(stream),
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                reason = format!("{error}; nothing listens there; start the adapter first");
            }
            Err(error) => reason = error.to_string(),
        }
    }
    Err(reason)
}

/// The half of a connection that is written to. Dropping it ends the stream for the adapter.
struct WriteHalf(TcpStream);

impl Write for WriteHalf {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Drop for WriteHalf {
    fn drop(&mut self) {
        let _ = self.0.shutdown(Shutdown::Write);
    }
}

impl Transport for Tcp {
    fn start(&mut self) -> Result<(), StartFault> {
        let stream = self.connect()?;
        // Requests are written in whole windows, so waiting for more bytes gains nothing.
        let _ = stream.set_nodelay(true);
        let halves = stream.try_clone().and_then(|input| Ok((input, stream.try_clone()?)));
        let (input, output) = halves.map_err(|error| self.fault(error.to_string()))?;
        let pipes = Pipes::new(WriteHalf(input), output);
        let pipes = pipes.map_err(|error| self.fault(error.to_string()))?;
        self.connection = Some(OpenConnection { stream, pipes });
        Ok(())
    }

    fn send(&mut self, bytes: Vec<u8>) {
        if let Some(connection) = &self.connection {
            connection.pipes.send(bytes);
        }
    }

    fn receive(&mut self, deadline: Duration) -> Incoming {
        let Some(connection) = &self.connection else { return Incoming::Closed };
        connection.pipes.receive(&self.clock, deadline)
    }

    fn stop(&mut self) -> Ended {
        let Some(connection) = self.connection.take() else { return Ended::Unknown };
        let ended = connection.pipes.has_ended();
        // This wakes up both threads, even if the adapter never reads.
        let _ = connection.stream.shutdown(Shutdown::Both);
        if ended { Ended::Disconnected } else { Ended::HungUp }
    }

    fn finish(&mut self) -> Ended {
        if let Some(connection) = &mut self.connection {
            connection.pipes.close();
            let begin = Instant::now();
            loop {
                let left = CLOSE_TIMEOUT.saturating_sub(begin.elapsed());
                if left.is_zero() || self.clock.signal().is_some() {
                    break;
                }
                if connection.pipes.drop_output(left.min(SIGNAL_POLL)) {
                    break;
                }
            }
        }
        self.stop()
    }

    fn attached_to(&self) -> Option<String> {
        Some(self.address.to_string())
    }

    fn now(&self) -> Duration {
        self.clock.now()
    }

    fn run_end(&self, deadline: Duration) -> RunEnd {
        RunEnd::new(&self.clock, deadline)
    }

    /// Always empty: standard error stays where the adapter runs.
    fn take_stderr(&mut self) -> String {
        String::new()
    }
}

impl Drop for Tcp {
    fn drop(&mut self) {
        self.stop();
    }
}
