//! The arguments of `rollwire live`.

use std::path::PathBuf;

use clap::Args;
use rollwire_live::Origin;

#[derive(Debug, Args)]
pub(crate) struct Live {
    /// Listen at this port; 0 takes any that is free
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) port: u16,
    /// Write the lines of each tap to a capture in this folder, which is made if it does not exist
    #[arg(long, value_name = "FOLDER")]
    pub(crate) save: Option<PathBuf>,
    /// Also serve a page in which two peers play over a real channel, with a switch for each fault
    #[arg(long)]
    pub(crate) demo: bool,
    /// Let the taps of pages of this origin stream, such as `https://game.example`; repeatable
    ///
    /// Pages of this computer (`http://localhost`, with any port) and programs that are not pages need no
    /// permission. `null` stands for pages without an origin, such as files.
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) origin: Vec<Origin>,
    /// Be the other peer of a game: play with it over WebRTC, and test what can be tested from outside
    ///
    /// The game needs no adapter and no tap. It posts the offer of its connection as JSON to the address that is
    /// printed, or the offer is pasted into the page. When the server ends, the exit code is the worst of all games,
    /// as for `check`. The program has to be built with `--features peer`.
    #[arg(long)]
    pub(crate) peer: bool,
    #[command(flatten)]
    pub(crate) playing: Playing,
}

/// How `--peer` plays.
#[derive(Debug, Args)]
pub(crate) struct Playing {
    /// With `--peer`: end after the first game
    #[arg(long, requires = "peer")]
    pub(crate) once: bool,
    /// With `--peer`: leave this probe out, such as `closing`; repeatable
    #[arg(long, requires = "peer", value_name = "PROBE")]
    pub(crate) skip: Vec<String>,
    /// With `--peer`: the first frame of every episode
    #[arg(long, requires = "peer", value_name = "FRAME", default_value_t = 0)]
    pub(crate) first_frame: u32,
    /// With `--peer`: write what was found out as JSON to this file when the server ends
    #[arg(long, requires = "peer", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}
