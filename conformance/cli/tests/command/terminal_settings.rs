//! The settings of a terminal that an adapter has changed are restored.
#![cfg(target_os = "linux")]

use std::{
    fs::File,
    process::{Command, Stdio},
};

use rustix::{
    fs::{Mode, OFlags, open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{LocalModes, tcgetattr},
};

#[test]
fn an_adapter_does_not_keep_the_terminal() {
    let screen = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&screen).unwrap();
    unlockpt(&screen).unwrap();
    let name = ptsname(&screen, Vec::new()).unwrap().into_string().unwrap();
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let side: File = open(&*name, flags, Mode::empty()).unwrap().into();
    let echoes = || tcgetattr(&side).unwrap().local_modes.contains(LocalModes::ECHO);
    assert!(echoes());
    let program = env!("CARGO_BIN_EXE_rollwire");
    let run = |misbehave: &str| {
        let output = Command::new(program)
            .args(["adapter", "--misbehave", "run-on-a-terminal", "--", &name, program])
            .args(["check", "--fresh", "0", "--filter", "ping/basic"])
            .args(["--", program, "adapter", "--misbehave", misbehave])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}");
        said
    };
    let warning =
        "the settings of the terminal were changed during the run, and have been restored";
    let said = run("turns-echo-off-by-name");
    assert!(said.contains(warning), "{said}");
    assert!(echoes());
    // Where nothing was changed, nothing is said.
    let said = run("writes-empty-lines");
    assert!(!said.contains("terminal"), "{said}");
    drop(screen);
}
