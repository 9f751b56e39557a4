//! The arguments of `rollwire capture`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{examples, selectors::message};
use crate::completion;

#[derive(Debug, Subcommand)]
pub(crate) enum Capture {
    /// Show which rules the datagrams of a channel broke, whose fault it was, and in which lines
    ///
    /// Judges what can be seen on the wire, and nothing that a lost datagram or a cut file would explain.
    /// With the captures of both sides, it also shows what was lost on the way and where the hashes differ.
    #[command(after_help = examples::CAPTURE)]
    Check(CaptureCheck),
    /// Show the datagrams of a capture, a line each
    #[command(after_help = "\
Examples:
  rollwire capture show mine.jsonl --message state_hash --frames 100..200
  rollwire capture show mine.jsonl --only wrong -V
  rollwire capture show mine.jsonl --json --direction sent
  rollwire capture show mine.pcapng")]
    Show(CaptureShow),
    /// Write a capture as a file for Wireshark, with what is wrong as comments
    ///
    /// The file is a pcapng of exported PDUs, with an interface for each side. Wireshark shows the fields of the
    /// datagrams with the dissector of `rollwire tools wireshark`, and `rollwire capture` reads the file again.
    #[command(after_help = "\
Examples:
  rollwire capture export mine.jsonl --output mine.pcapng
  tshark -X lua_script:rollwire.lua -r mine.pcapng -Y frame.comment")]
    Export(CaptureExport),
}

/// How files of packets are read.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct PacketOptions {
    /// Assume this direction for packets of a pcapng or pcap that do not state one
    #[arg(long, value_name = "NAME", value_enum)]
    pub(crate) assume_direction: Option<AssumedDirection>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AssumedDirection {
    /// The judged side sent all of them
    Sent,
    /// The judged side received all of them
    Received,
}

#[derive(Debug, Args)]
pub(crate) struct CaptureCheck {
    /// The capture of one side, in a format of spec/capture.md: JSON Lines, pcapng or pcap; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) capture: PathBuf,
    /// The capture of the other side
    #[arg(value_name = "OTHER")]
    pub(crate) other: Option<PathBuf>,
    /// Write the report in this format
    #[arg(long, value_name = "NAME", value_enum, default_value_t = CaptureFormat::Text)]
    pub(crate) format: CaptureFormat,
    /// Write the report to this file; `-` is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) packets: PacketOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CaptureFormat {
    /// Text to read in a terminal
    Text,
    /// One HTML file for a browser, with pictures of both sides on one axis of time
    Html,
    /// One JSON object
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct CaptureShow {
    /// The capture, in a format of spec/capture.md: JSON Lines, pcapng or pcap; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) capture: PathBuf,
    /// Show only this message, such as state_hash; repeatable
    #[arg(long, value_name = "NAME", value_parser = message, add = completion::messages())]
    pub(crate) message: Vec<String>,
    /// Show only datagrams about a frame of this range, such as 150 or 100..200
    #[arg(long, value_name = "RANGE", value_parser = frames)]
    pub(crate) frames: Option<Frames>,
    /// Show only what happened from this time on, in seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) from: Option<f64>,
    /// Show only what happened up to this time, in seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) to: Option<f64>,
    /// Show only datagrams that went in this direction
    #[arg(long, value_name = "NAME", value_enum)]
    pub(crate) direction: Option<Direction>,
    /// Show only datagrams that broke a rule themselves, or only those that did not
    #[arg(long, value_name = "NAME", value_enum)]
    pub(crate) only: Option<Trouble>,
    /// Show every byte with its meaning
    #[arg(short = 'V', long, conflicts_with = "json")]
    pub(crate) verbose: bool,
    /// Write one JSON object for each record, a line each
    #[arg(long)]
    pub(crate) json: bool,
    /// Go on at the end of the file, and show what is added to it
    #[arg(short, long)]
    pub(crate) follow: bool,
    #[command(flatten)]
    pub(crate) packets: PacketOptions,
}

#[derive(Debug, Args)]
pub(crate) struct CaptureExport {
    /// The capture, in a format of spec/capture.md: JSON Lines, pcapng or pcap; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) capture: PathBuf,
    /// Write to this file; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) packets: PacketOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Direction {
    /// Accepted by the channel
    Sent,
    /// Refused by the channel
    Refused,
    /// Arrived
    Received,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Trouble {
    /// Those that broke a rule
    Wrong,
    /// The others
    Right,
}

/// A range of frames, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frames {
    pub(crate) first: u32,
    pub(crate) last: u32,
}

fn frames(text: &str) -> Result<Frames, String> {
    let number = |text: &str| text.parse::<u32>().map_err(|_| format!("{text:?} is not a frame"));
    let (first, last) = match text.split_once("..") {
        None => (number(text)?, number(text)?),
        Some((first, last)) => {
            let last = last.strip_prefix('=').unwrap_or(last);
            let first = if first.is_empty() { 0 } else { number(first)? };
            (first, if last.is_empty() { u32::MAX } else { number(last)? })
        }
    };
    if first > last {
        return Err(format!("{first} is greater than {last}"));
    }
    Ok(Frames { first, last })
}

fn seconds(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=1e12).contains(number));
    number.ok_or_else(|| "expected a number of seconds from 0 to 1e12".to_owned())
}
