//! What is asked: a file for each kind of probe, and one table of them all.

mod ask;
mod barrier;
mod clock;
mod closing;
mod controls;
mod desync;
mod echo;
mod ends;
mod focus;
mod handshake;
mod hashes;
mod hidden;
mod hole;
mod inputs;
mod malformed;
mod readys;
mod requests;
mod unanswered;

pub(crate) use self::ask::{Ask, When};

/// A row of the table of probes.
pub(crate) struct Row {
    /// Its name, for people and for `--skip`.
    pub(crate) name: &'static str,
    /// What it asks, in a sentence.
    pub(crate) asks: &'static str,
    /// The rules on which it gives a verdict.
    pub(crate) rules: &'static [&'static str],
    /// A new one.
    pub(crate) make: fn() -> Box<dyn Ask>,
}

/// All probes, in the order in which they are asked.
pub(crate) const PROBES: &[Row] = &[
    Row {
        name: "controls",
        asks: "PINGs and VALIDATION_PINGs are answered all the time: while the game waits, plays, has ended, and while this side is hidden.",
        rules: &["LIVE-5", "VALID-3"],
        make: || Box::new(controls::Controls::default()),
    },
    Row {
        name: "handshake",
        asks: "The game validates the channel, and asks no more once it is validated.",
        rules: &["VALID-2"],
        make: || Box::new(handshake::Handshake::default()),
    },
    Row {
        name: "clock",
        asks: "The times in the game's own PINGs are half a second apart, or a multiple of it where some were lost.",
        rules: &["LIVE-1", "LIVE-2"],
        make: || Box::new(clock::Clock::default()),
    },
    Row {
        name: "focus",
        asks: "A FOCUS_STATE tells a change.",
        rules: &["FOCUS-2"],
        make: || Box::new(focus::Focus::default()),
    },
    Row {
        name: "barrier",
        asks: "While the game waits, a READY of a far episode does not start it, its own READY is repeated, and it does not start by itself.",
        rules: &["EPISODE-2", "EPISODE-3", "EPISODE-4"],
        make: || Box::new(barrier::Barrier::default()),
    },
    Row {
        name: "validation",
        asks: "VALIDATION_PINGs with extreme and odd bits are answered once each, bit by bit.",
        rules: &["VALID-3"],
        make: || Box::new(echo::Echo::of_validation_pings()),
    },
    Row {
        name: "echo",
        asks: "PINGs with extreme and odd bits are answered once each, bit by bit.",
        rules: &["LIVE-5"],
        make: || Box::new(echo::Echo::of_pings()),
    },
    Row {
        name: "unanswered",
        asks: "PONG, VALIDATION_PONG and KEEPALIVE are not answered.",
        rules: &["LIVE-7"],
        make: || Box::new(unanswered::Unanswered::default()),
    },
    Row {
        name: "malformed",
        asks: "Datagrams of every class of refusal are survived and not answered.",
        rules: &["PEER-4"],
        make: || Box::new(malformed::Malformed::default()),
    },
    Row {
        name: "requests",
        asks: "An INPUT_REQUEST is answered once, with what was told, ascending and in bounds; also one for all frames, and one for none.",
        rules: &["CATCHUP-7", "CATCHUP-8", "CATCHUP-9", "CATCHUP-10"],
        make: || Box::new(requests::Requests::default()),
    },
    Row {
        name: "inputs",
        asks: "Our INPUTs may come twice, late, in any order, with another player, a far frame or another action: the game goes on.",
        rules: &["SYNC-7", "SYNC-10"],
        make: || Box::new(inputs::Inputs::default()),
    },
    Row {
        name: "readys",
        asks: "A READY of the running episode is answered, at most ten times, and one of a far episode is not.",
        rules: &["EPISODE-3", "EPISODE-6"],
        make: || Box::new(readys::Readys::default()),
    },
    Row {
        name: "hole",
        asks: "A row of our INPUTs is kept back: if the game asks for them, it asks for the hole, and goes on when it has the answer.",
        rules: &["CATCHUP-1", "CATCHUP-3"],
        make: || Box::new(hole::Hole::default()),
    },
    Row {
        name: "hidden",
        asks: "While our page is hidden, questions are answered as ever.",
        rules: &["FOCUS-6"],
        make: || Box::new(hidden::Hidden::default()),
    },
    Row {
        name: "hashes",
        asks: "STATE_HASHes come, and none of a frame whose inputs the game cannot know.",
        rules: &["EXCH-8", "EXCH-30"],
        make: || Box::new(hashes::Hashes::default()),
    },
    Row {
        name: "desync",
        asks: "A STATE_HASH that differs changes nothing on the wire.",
        rules: &["DETECT-7"],
        make: || Box::new(desync::Desync::default()),
    },
    Row {
        name: "ends",
        asks: "An END that is repeated is answered, at most eight times, and one of another episode is not.",
        rules: &["EPISODE-7", "EPISODE-14"],
        make: || Box::new(ends::Ends::default()),
    },
    Row {
        name: "closing",
        asks: "The channel closes; if the game opens one again, it stays validated, and tells what it did meanwhile.",
        rules: &["VALID-6", "CATCHUP-12"],
        make: || Box::new(closing::Closing::default()),
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rollwire_model::rule;

    use super::*;

    #[test]
    fn the_readme_has_the_same_table() {
        let readme = include_str!("../../README.md");
        let table = readme.split_once("| Probe | What it asks | Rules |").unwrap().1;
        let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
        let expected = PROBES
            .iter()
            .map(|row| format!("| `{}` | {} | {} |", row.name, row.asks, row.rules.join(", ")));
        assert_eq!(rows.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }

    #[test]
    fn names_are_unique_and_rules_exist() {
        let names: BTreeSet<_> = PROBES.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), PROBES.len());
        for id in PROBES.iter().flat_map(|row| row.rules) {
            assert!(rule(id).is_some(), "{id}");
        }
    }
}
