//! The example of `spec/trace.md`, "Logs of a whole peer".

use std::{fs, path::Path};

use rollwire_codec::HashText;
use rollwire_reference::peer::{Chapters, Options, Parameters, Peer};

use super::{Recorder, lines};
use crate::support::{NONE, channel};

#[test]
fn the_example_of_the_specification_is_what_a_recorder_writes() {
    let peer = Peer::new(Options {
        chapters: Chapters { inputs: true, validation: true, episodes: true, ..NONE },
        parameters: Parameters { redundancy: 3, ..Parameters::default() },
        ..Options::default()
    });
    let mut recorder = Recorder::new(peer.unwrap(), Vec::new());
    let mut channel = channel();
    recorder.advance(100, &mut channel).unwrap();
    recorder.ready(HashText::new("aaaaaaaa").unwrap(), &mut channel);
    recorder.receive(b"\x06\0\0\0\x01aaaaaaaa", &mut channel).unwrap();
    recorder.receive(b"\x10\x40\x59\0\0\0\0\0\0", &mut channel).unwrap();
    channel.refuses = true;
    recorder.act(0, 7, &mut channel);
    channel.refuses = false;
    recorder.receive(b"\x01\0\x01\0\0\0\0\x01\0\0\0\0\0\x09", &mut channel).unwrap();
    recorder.act(1, 7, &mut channel);
    assert_eq!(lines(recorder), lines_of_the_specification());
}

/// The first block of the section.
fn lines_of_the_specification() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../spec/trace.md");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let section = text.split_once("### Logs of a whole peer\n").unwrap().1;
    let block = section.split_once("```jsonl\n").unwrap().1.split_once("```\n").unwrap().0;
    block.lines().map(str::to_owned).collect()
}
