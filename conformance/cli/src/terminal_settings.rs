//! The settings of the terminal of this process, which are restored if an adapter has changed them.
//!
//! An adapter has no terminal, but it runs as the same user: it can open the terminal of its parent by its
//! name, or through `/proc`, and turn the echo off.

#[cfg(unix)]
mod unix {
    use std::{
        fs::{File, OpenOptions},
        os::unix::fs::OpenOptionsExt,
        sync::{Mutex, PoisonError},
    };

    use nix::{
        sys::termios::{SetArg, Termios, tcgetattr, tcsetattr},
        unistd::{getpgrp, tcgetpgrp},
    };

    use crate::{style::red, terminal::complain};

    /// The settings before the first adapter was started.
    static KEPT: Mutex<Option<Termios>> = Mutex::new(None);

    /// The terminal of this process, while it is in the foreground. In the background, whatever is in the
    /// foreground may change the settings.
    fn terminal() -> Option<File> {
        let flags = nix::libc::O_NOCTTY | nix::libc::O_NONBLOCK;
        let opened = OpenOptions::new().read(true).write(true).custom_flags(flags).open("/dev/tty");
        opened.ok().filter(|terminal| tcgetpgrp(terminal) == Ok(getpgrp()))
    }

    /// Keeps the settings, before an adapter is started.
    pub(crate) fn keep() {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none() {
            *kept = terminal().and_then(|terminal| tcgetattr(&terminal).ok());
        }
    }

    /// Restores the settings if they are others now, and says so.
    pub(crate) fn restore() {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(before) = kept.take() else { return };
        let Some(terminal) = terminal() else { return };
        if tcgetattr(&terminal).is_ok_and(|now| now != before) {
            let what = "the settings of the terminal were changed during the run";
            match tcsetattr(&terminal, SetArg::TCSANOW, &before) {
                Ok(()) => complain!("{}: {what}, and have been restored", red("warning")),
                Err(error) => complain!("{}: {what}: {error}; `stty sane` helps", red("warning")),
            }
        }
    }
}

#[cfg(unix)]
pub(crate) use unix::{keep, restore};

/// Other systems have no such settings.
#[cfg(not(unix))]
pub(crate) fn keep() {}

/// Other systems have no such settings.
#[cfg(not(unix))]
pub(crate) fn restore() {}
