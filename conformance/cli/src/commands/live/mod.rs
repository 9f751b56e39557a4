//! `rollwire live`: games are watched while they run.

mod ending;
#[cfg(feature = "peer")]
mod peer;

use std::{sync::atomic::Ordering, thread::sleep};

use rollwire_conformance::verdict::Exit;
use rollwire_live::{Options, Server};

use self::ending::{LOOK, SIGINT};
use crate::{
    args::Live,
    failure::Failure,
    signals::interrupts,
    terminal::{say, write_out},
};

pub(crate) fn run(arguments: &Live) -> Result<Exit, Failure> {
    #[cfg(not(feature = "peer"))]
    if arguments.peer {
        return Err(Failure::usage(
            "this program was built without WebRTC; build it with `cargo install --path conformance/cli --features peer`"
                .to_owned(),
        ));
    }
    let interrupts = interrupts();
    let options = Options {
        port: arguments.port,
        origins: arguments.origin.clone(),
        save: arguments.save.clone(),
        files: if arguments.demo { rollwire_live::demo() } else { Vec::new() },
        // The games go on if a terminal has gone.
        say: Box::new(|sentence| drop(write_out(format_args!("note: {sentence}")))),
    };
    #[cfg(feature = "peer")]
    if arguments.peer {
        return peer::run(&arguments.playing, options, &interrupts);
    }
    let server = Server::start(options).map_err(|fault| Failure::usage(fault.to_string()))?;
    if arguments.demo {
        say!("play       {}", server.demo())?;
    }
    say!("watch      {}", server.page())?;
    say!("stream     {}", server.tap())?;
    say!("in a page  rollwireTap.stream({:?})", server.tap())?;
    say!(
        "Load the tap into a game first, for example from conformance/tap/javascript/console.js. Ctrl-C ends."
    )?;
    let signal = loop {
        match interrupts.load(Ordering::SeqCst) {
            0 => sleep(LOOK),
            signal => break signal,
        }
    };
    server.stop();
    Ok(match u8::try_from(signal) {
        Ok(number) if signal != SIGINT => Exit::Signal(number),
        _ => Exit::Conforms,
    })
}
