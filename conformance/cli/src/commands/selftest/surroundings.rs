//! What surrounds the run against a misbehaving adapter: its folder, its terminal and the processes of the
//! machine. After the run, nothing of the adapter may be left there.

use std::{fs, io, process::Command};

use tempfile::TempDir;

use crate::misbehave::PRECIOUS;

/// The variable that marks the processes of a run. Their descendants inherit it.
const MARK: &str = "ROLLWIRE_SELFTEST_RUN";

pub(super) struct Surroundings {
    folder: TempDir,
    mark: String,
    terminal: Option<Terminal>,
}

impl Surroundings {
    /// Surroundings with a terminal, if one is wanted and the system has one.
    pub(super) fn new(with_terminal: bool) -> io::Result<Self> {
        let folder = TempDir::with_prefix("rollwire-selftest-")?;
        fs::write(folder.path().join(PRECIOUS), PRECIOUS)?;
        let mark = folder.path().to_string_lossy().into_owned();
        let terminal = if with_terminal { Terminal::open() } else { None };
        Ok(Self { folder, mark, terminal })
    }

    /// The name of the terminal that the run gets.
    pub(super) fn terminal(&self) -> Option<&str> {
        self.terminal.as_ref().map(|terminal| &*terminal.name)
    }

    /// Makes the command run in these surroundings.
    pub(super) fn surround(&self, command: &mut Command) {
        command.current_dir(self.folder.path()).env(MARK, &self.mark);
    }

    /// What is left behind after the run. Processes are ended.
    pub(super) fn left_behind(&self) -> Vec<String> {
        let mut left = self.processes();
        left.extend(self.files().unwrap_or_else(|error| vec![format!("the folder: {error}")]));
        left.extend(self.terminal.as_ref().and_then(Terminal::changed));
        left
    }

    fn files(&self) -> io::Result<Vec<String>> {
        let mut left = Vec::new();
        for entry in fs::read_dir(self.folder.path())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // The kit writes random scenarios that fail, and the system writes core dumps.
            let is_expected = name.starts_with("rollwire-shrunk-") || name.starts_with("core");
            if name == PRECIOUS {
                if fs::read(entry.path())? != PRECIOUS.as_bytes() {
                    left.push("a file of the user was overwritten".to_owned());
                }
            } else if !is_expected {
                left.push(format!("the file `{name}` is left behind"));
            }
        }
        Ok(left)
    }

    #[cfg(target_os = "linux")]
    fn processes(&self) -> Vec<String> {
        let entry = format!("{MARK}={}", self.mark);
        let is_marked = |environment: &[u8]| {
            environment.split(|byte| *byte == 0).any(|it| it == entry.as_bytes())
        };
        let Ok(folder) = fs::read_dir("/proc") else { return Vec::new() };
        let ids = folder.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        // A process that has ended, and of which only the status is left, has no environment.
        let left: Vec<i32> = ids
            .filter(|id: &i32| {
                fs::read(format!("/proc/{id}/environ")).is_ok_and(|bytes| is_marked(&bytes))
            })
            .collect();
        for id in left.iter().filter_map(|id| rustix::process::Pid::from_raw(*id)) {
            let _ = rustix::process::kill_process(id, rustix::process::Signal::KILL);
        }
        match left.len() {
            0 => Vec::new(),
            number => vec![format!("{number} of its processes are left behind")],
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn processes(&self) -> Vec<String> {
        let _ = &self.mark;
        Vec::new()
    }
}

/// A terminal without a screen.
#[cfg(unix)]
struct Terminal {
    name: String,
    /// The side of the screen and the keyboard.
    screen: fs::File,
    /// Keeps the other side open, so that its settings can be read after the run.
    side: fs::File,
    echoes: bool,
}

#[cfg(unix)]
impl Terminal {
    fn open() -> Option<Self> {
        use rustix::{
            fs::{OFlags, fcntl_setfl, open},
            io::{FdFlags, fcntl_setfd},
            pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
        };
        let screen = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).ok()?;
        fcntl_setfd(&screen, FdFlags::CLOEXEC).ok()?;
        grantpt(&screen).ok()?;
        unlockpt(&screen).ok()?;
        fcntl_setfl(&screen, OFlags::NONBLOCK).ok()?;
        let name = ptsname(&screen, Vec::new()).ok()?.into_string().ok()?;
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let side = open(&*name, flags, rustix::fs::Mode::empty()).ok()?;
        let terminal = Self { name, screen: screen.into(), side: side.into(), echoes: true };
        let echoes = terminal.echoes_now()?;
        Some(Self { echoes, ..terminal })
    }

    fn echoes_now(&self) -> Option<bool> {
        let settings = rustix::termios::tcgetattr(&self.side).ok()?;
        Some(settings.local_modes.contains(rustix::termios::LocalModes::ECHO))
    }

    fn changed(&self) -> Option<String> {
        let mut shown = [0; 256];
        let shown = match io::Read::read(&mut &self.screen, &mut shown) {
            Ok(length) => String::from_utf8_lossy(&shown[..length]).trim().to_owned(),
            Err(_) => String::new(),
        };
        if !shown.is_empty() {
            Some(format!("the terminal shows {shown:?}"))
        } else if self.echoes_now() != Some(self.echoes) {
            Some("the terminal has other settings".to_owned())
        } else {
            None
        }
    }
}

#[cfg(not(unix))]
struct Terminal {
    name: String,
}

#[cfg(not(unix))]
impl Terminal {
    fn open() -> Option<Self> {
        None
    }

    fn changed(&self) -> Option<String> {
        None
    }
}
