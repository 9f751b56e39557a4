//! The demo: a page in which two peers play over a real channel, with a switch for each fault.
//!
//! It consists of files that lie elsewhere in the repository: its own, the JavaScript implementation that
//! plays, and the tap that records. A test compares the lists with the folders.

use crate::files::{CSS, File, HTML, SCRIPT};

/// Rows of files that are served at a path and lie in a folder of the repository.
macro_rules! scripts {
    ($path:literal, $folder:literal, $($name:literal),+ $(,)?) => {
        [$((
            concat!("/demo/", $path, $name),
            SCRIPT,
            include_bytes!(concat!("../../", $folder, "/", $name)).as_slice(),
        )),+]
    };
}

const PAGE: [File; 2] = [
    ("/demo/", HTML, include_bytes!("../../demo/page/index.html")),
    ("/demo/demo.css", CSS, include_bytes!("../../demo/page/demo.css")),
];

const OWN: [File; 15] = scripts!(
    "",
    "demo/page",
    "bot.mjs",
    "connection.mjs",
    "controls.mjs",
    "faults-answers.mjs",
    "faults-rounds.mjs",
    "faults.mjs",
    "line.mjs",
    "main.mjs",
    "match.mjs",
    "picture.mjs",
    "random.mjs",
    "side.mjs",
    "timeline.mjs",
    "wire.mjs",
    "world.mjs",
);

const PEER: [File; 23] = scripts!(
    "peer/",
    "implementations/javascript/src",
    "bytes.mjs",
    "codec.mjs",
    "digest.mjs",
    "exchange.mjs",
    "hashes.mjs",
    "index.mjs",
    "json.mjs",
    "lasting.mjs",
    "numbers.mjs",
    "peer-catchup.mjs",
    "peer-clock.mjs",
    "peer-episode.mjs",
    "peer-focus.mjs",
    "peer-link.mjs",
    "peer-live.mjs",
    "peer-log.mjs",
    "peer-options.mjs",
    "peer-recorder.mjs",
    "peer-sync.mjs",
    "peer-valid.mjs",
    "peer.mjs",
    "recorder.mjs",
    "refusal.mjs",
);

const TAP: [File; 13] = scripts!(
    "tap/",
    "tap/javascript/src",
    "bytes.mjs",
    "capture.mjs",
    "channel.mjs",
    "clock.mjs",
    "index.mjs",
    "own-clock.mjs",
    "page.mjs",
    "parts.mjs",
    "reader.mjs",
    "recorder.mjs",
    "ring.mjs",
    "stream.mjs",
    "tap.mjs",
);

/// The files of the demo. They hold no secret: the page finds the token in its own address.
#[must_use]
pub fn demo() -> Vec<File> {
    [&PAGE[..], &OWN, &PEER, &TAP].concat()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    /// What a page could ask for is served, and the same bytes.
    #[test]
    fn every_file_of_the_demo_is_served() {
        let conformance = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folders = [
            ("", "demo/page"),
            ("peer/", "implementations/javascript/src"),
            ("tap/", "tap/javascript/src"),
        ];
        let mut expected = BTreeSet::new();
        for (path, folder) in folders {
            for entry in fs::read_dir(conformance.join(folder)).unwrap() {
                let entry = entry.unwrap().path();
                let name = entry.file_name().unwrap().to_string_lossy().into_owned();
                let is_served = [".mjs", ".css", ".html"].iter().any(|it| name.ends_with(it));
                if is_served {
                    let name = if name == "index.html" { "" } else { &*name };
                    expected.insert((format!("/demo/{path}{name}"), fs::read(&entry).unwrap()));
                }
            }
        }
        let served: BTreeSet<(String, Vec<u8>)> = demo()
            .into_iter()
            .map(|(path, _, content)| (path.to_owned(), content.to_vec()))
            .collect();
        assert_eq!(served, expected);
    }
}
