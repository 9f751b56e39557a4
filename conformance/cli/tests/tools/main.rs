//! Tests that need Node, Python or a browser, and tests that start this program as their adapter.
//!
//! Without its tool a test is ignored and says why, and so is what takes long; see `support`.

mod action;
mod browser;
mod c;
mod captures;
#[path = "../command/run.rs"]
mod command;
mod demo;
mod dissectors;
mod exchanges;
mod faulty_javascript;
mod fuzz;
mod go;
mod html;
mod implementations;
mod init;
mod interop;
mod java;
#[cfg(feature = "live")]
mod live;
mod packages;
mod partial;
#[cfg(unix)]
mod peer;
mod processes;
mod published;
mod readme;
mod recorded;
mod site;
mod support;
mod survivors;
mod tap;
mod trace;
mod transports;

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(mode) = support::adapter::mode() {
        return match &*mode {
            html::MODE => html::serve(),
            mode => processes::serve(mode),
        };
    }
    support::run_all(vec![
        ("action", action::tests()),
        ("browser", browser::tests()),
        ("c", c::tests()),
        ("captures", captures::tests()),
        ("demo", demo::tests()),
        ("dissectors", dissectors::tests()),
        ("exchanges", exchanges::tests()),
        ("faulty_javascript", faulty_javascript::tests()),
        ("fuzz", fuzz::tests()),
        ("go", go::tests()),
        ("html", html::tests()),
        ("implementations", implementations::tests()),
        ("init", init::tests()),
        ("interop", interop::tests()),
        ("java", java::tests()),
        #[cfg(feature = "live")]
        ("live", live::tests()),
        ("packages", packages::tests()),
        ("partial", partial::tests()),
        #[cfg(unix)]
        ("peer", peer::tests()),
        ("processes", processes::tests()),
        ("readme", readme::tests()),
        ("recorded", recorded::tests()),
        ("site", site::tests()),
        ("survivors", survivors::tests()),
        ("tap", tap::tests()),
        ("trace", trace::tests()),
        ("transports", transports::tests()),
    ])
}
