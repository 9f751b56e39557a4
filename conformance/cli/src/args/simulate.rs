//! The arguments of `rollwire simulate`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::run::seed;

#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// How many of a hundred datagrams are lost, one line for each
    #[arg(long, value_name = "PERCENT", value_delimiter = ',', default_values_t = [0, 5, 10, 20, 30, 40], value_parser = clap::value_parser!(u64).range(0..=99))]
    pub(crate) loss: Vec<u64>,
    /// How many milliseconds a datagram takes, one line for each
    #[arg(long, value_name = "MS", value_delimiter = ',', default_values_t = [60], value_parser = clap::value_parser!(u64).range(0..=10_000))]
    pub(crate) delay: Vec<u64>,
    /// By how many milliseconds that differs
    #[arg(long, value_name = "MS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(0..=10_000))]
    pub(crate) jitter: u64,
    /// How many datagrams are lost one after another
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=100))]
    pub(crate) burst: u64,
    /// How many entries an INPUT has
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [10], value_parser = clap::value_parser!(u8).range(1..=15))]
    pub(crate) redundancy: Vec<u8>,
    /// Let hashes last, and send each of them N times; 0 for hashes that are used up
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [0], value_parser = clap::value_parser!(u8).range(0..=3))]
    pub(crate) lasting_hashes: Vec<u8>,
    /// Play N games on each line
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) games: u64,
    /// Play the games of this seed, up to 16 hexadecimal digits
    #[arg(long, value_name = "HEX", default_value = "1", value_parser = seed)]
    pub(crate) seed: u64,
    /// Write the result in this format
    #[arg(long, value_name = "NAME", value_enum, default_value_t = SimulateFormat::Text)]
    pub(crate) format: SimulateFormat,
    /// Write the result to this file; `-` is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SimulateFormat {
    /// A table to read in a terminal
    Text,
    /// One HTML file for a browser, with a chart of each column
    Html,
    /// All charts as one picture, for a document
    Svg,
    /// A list of JSON objects
    Json,
}
