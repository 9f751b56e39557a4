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
}
