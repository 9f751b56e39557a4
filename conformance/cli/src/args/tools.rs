//! The arguments of `rollwire tools`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use rollwire_model::Layout;

use super::known_revision;

#[derive(Debug, Subcommand)]
pub(crate) enum Tools {
    /// Write a dissector for Wireshark, in Lua
    ///
    /// Wireshark shows every field of a datagram with its unit, and for a datagram that is refused the
    /// rule that demands it. Its filters find fields, such as `rollwire.state_hash.frame == 150`.
    #[command(after_help = "\
Examples:
  rollwire tools wireshark --output rollwire.lua
  tshark -X lua_script:rollwire.lua -r game.pcapng -Y rollwire.refusal
  wireshark -X lua_script:rollwire.lua -o rollwire.revision:6 game.pcapng")]
    Wireshark(Wireshark),
    /// Write a description for Kaitai Struct, which makes parsers in many languages of it
    ///
    /// A parser refuses what a strict receiver refuses, and does not say by which rule.
    #[command(after_help = "\
Examples:
  rollwire tools kaitai --output rollwire.ksy
  rollwire tools kaitai --revision 6 --output rollwire.ksy
  kaitai-struct-compiler --target python rollwire.ksy")]
    Kaitai(Kaitai),
}

#[derive(Debug, Args)]
pub(crate) struct Wireshark {
    /// Write the dissector to this file; `-` is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Kaitai {
    /// Describe the datagrams of this protocol revision
    #[arg(long, value_name = "N", default_value_t = Layout::builtin().revision, value_parser = known_revision())]
    pub(crate) revision: u8,
    /// Write the description to this file; `-` is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
}
