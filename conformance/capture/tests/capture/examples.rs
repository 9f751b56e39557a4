//! An example of everything that is judged: the rule, the side, and a capture that breaks it. The kind is that
//! of the table in `spec/capture.md`.

use rollwire_capture::monitor::Side::{self, Own, Partner};

/// Both sides begin the first episode.
const STARTED: &str = "
    0 open
    100 > EPISODE_READY 1 aaaaaaaa
    150 < EPISODE_READY 1 aaaaaaaa
";

/// The times are those of the own peer's clock, and it has been validated.
pub(crate) const FOLLOWED: &str = "
    setup
    0 open
    100 > VALIDATION_PING 100
    130 < VALIDATION_PONG 100
    140 < VALIDATION_PING 7
    140 > VALIDATION_PONG 7
";

/// Both sides are validated.
const VALIDATED: &str = "
    0 open
    100 > VALIDATION_PING 100
    130 < VALIDATION_PONG 100
    140 < VALIDATION_PING 7
    140 > VALIDATION_PONG 7
";

/// An example: the rule, the side, the beginning and the rest of a capture, and the kind.
pub(crate) type Example = (&'static str, Side, [&'static str; 2], &'static str);

const QUIET: &str = "";

pub(crate) const EXAMPLES: &[Example] = &[
    ("STATE_HASH-1", Own, [STARTED, "200 > 0700000005aa"], "a datagram that is not a message"),
    ("WIRE-2", Partner, [STARTED, "200 < 99"], "a datagram that is not a message"),
    (
        "INPUT-8",
        Own,
        [STARTED, "200 > 01000000000000010500000000ff"],
        "a message that is written in another way",
    ),
    (
        "INPUT-8",
        Partner,
        [STARTED, "200 < 01000100000000010500000000ff"],
        "a message that is written in another way",
    ),
    (
        "LIVE-1",
        Own,
        [VALIDATED, "640 > PING 640\n1140 > PING 1141"],
        "a timestamp that is not half a second after the one before",
    ),
    ("LIVE-2", Own, [QUIET, "640 > PING 0xfff0000000000000"], "a timestamp that is not a time"),
    // 640 and 1140, with their bytes in reverse.
    (
        "LIVE-2",
        Own,
        [VALIDATED, "640 > PING 0x0000000000008440\n1140 > PING 1140"],
        "a timestamp that is not a time",
    ),
    (
        "LIVE-2",
        Partner,
        [QUIET, "640 < PING 0xbff0000000000000\n640 > PONG 0xbff0000000000000"],
        "a timestamp that is not a time",
    ),
    (
        "LIVE-5",
        Own,
        [STARTED, "500 < PING 500\n1600 > KEEPALIVE"],
        "a question that is not answered",
    ),
    (
        "LIVE-5",
        Own,
        [STARTED, "500 < PING 500\n500 > PONG 500\n501 > PONG 500"],
        "an answer without a question",
    ),
    (
        "LIVE-5",
        Partner,
        [VALIDATED, "640 > PING 640\n700 < PONG 641"],
        "an answer to what was never asked",
    ),
    (
        "VALID-1",
        Own,
        [QUIET, "9 > VALIDATION_PING 0xfff8000000000000"],
        "a timestamp that is not a time",
    ),
    (
        "VALID-1",
        Partner,
        [QUIET, "9 < VALIDATION_PING 0x7ff0000000000000\n9 > VALIDATION_PONG 0x7ff0000000000000"],
        "a timestamp that is not a time",
    ),
    (
        "VALID-2",
        Own,
        [QUIET, "100 > VALIDATION_PING 100\n700 > VALIDATION_PING 700"],
        "a timestamp that is not half a second after the one before",
    ),
    (
        "VALID-2",
        Own,
        [VALIDATED, "600 > VALIDATION_PING 600"],
        "a VALIDATION_PING after the validation",
    ),
    (
        "VALID-3",
        Own,
        [STARTED, "500 < VALIDATION_PING 500\n1600 > KEEPALIVE"],
        "a question that is not answered",
    ),
    ("VALID-3", Own, [VALIDATED, "200 > VALIDATION_PONG 7"], "an answer without a question"),
    (
        "VALID-3",
        Partner,
        [VALIDATED, "200 < VALIDATION_PONG 8"],
        "an answer to what was never asked",
    ),
    (
        "SYNC-1",
        Own,
        [STARTED, "200 > INPUT 0 0 0=1\n220 > INPUT 0 2 0=1 1=1 2=1\n240 > KEEPALIVE"],
        "an INPUT that skips a frame",
    ),
    (
        "SYNC-1",
        Own,
        [
            STARTED,
            "200 > INPUT 0 0 0=1\n220 > INPUT 0 1 0=1 1=1\n240 > INPUT 0 1 0=1 1=1\n260 > KEEPALIVE",
        ],
        "an INPUT without a new frame",
    ),
    (
        "SYNC-2",
        Own,
        [STARTED, "200 > INPUT 0 0 0=1\n220 > INPUT 0 1 0=2 1=1"],
        "a frame with two actions",
    ),
    ("SYNC-2", Partner, [STARTED, "200 < INPUT 1 5 5=1 5=2"], "a frame with two actions"),
    (
        "SYNC-3",
        Own,
        [
            STARTED,
            "200 > INPUT 0 0 0=1\n220 > INPUT 0 1 0=1 1=1\n240 > INPUT 0 2 1=1 2=1
             260 > INPUT 0 3 1=1 2=1 3=1\n280 > KEEPALIVE",
        ],
        "an INPUT with another number of entries",
    ),
    (
        "SYNC-3",
        Own,
        [STARTED, "200 > INPUT 0 0 1=1 0=1"],
        "an INPUT whose entries are not the oldest first",
    ),
    (
        "SYNC-3",
        Partner,
        [STARTED, "200 < INPUT 1 3 5=1 3=2"],
        "an INPUT whose entries are not the oldest first",
    ),
    (
        "SYNC-3",
        Own,
        [STARTED, "200 > INPUT 0 7 0=1"],
        "an INPUT whose current_frame is not its newest entry",
    ),
    (
        "SYNC-3",
        Partner,
        [STARTED, "200 < INPUT 1 7 0=1"],
        "an INPUT whose current_frame is not its newest entry",
    ),
    (
        "SYNC-3",
        Own,
        [STARTED, "200 > INPUT 0 0 0=1\n220 > INPUT 1 1 0=1 1=1"],
        "a player index that changes",
    ),
    (
        "SYNC-3",
        Partner,
        [STARTED, "200 < INPUT 1 0 0=1\n220 < INPUT 0 1 0=1 1=1"],
        "a player index that changes",
    ),
    ("SYNC-3", Own, [STARTED, "200 > INPUT 2 0 0=1"], "a player index that is neither 0 nor 1"),
    (
        "SYNC-3",
        Partner,
        [STARTED, "200 < INPUT 256 0 0=1"],
        "a player index that is neither 0 nor 1",
    ),
    (
        "CATCHUP-3",
        Own,
        [
            STARTED,
            "200 > INPUT_REQUEST 3 9\n1200 > INPUT_REQUEST 3 9\n2200 > INPUT_REQUEST 3 9
             3000 > INPUT_REQUEST 3 9",
        ],
        "an INPUT_REQUEST that is repeated too often",
    ),
    (
        "CATCHUP-7",
        Own,
        [STARTED, "200 < INPUT_REQUEST 3 9\n1300 > KEEPALIVE"],
        "an INPUT_REQUEST that is not answered",
    ),
    ("CATCHUP-7", Own, [STARTED, "200 > INPUT_RESPONSE 0"], "an INPUT_RESPONSE without a request"),
    (
        "CATCHUP-7",
        Partner,
        [STARTED, "200 < INPUT_RESPONSE 1 3=1"],
        "an INPUT_RESPONSE without a request",
    ),
    (
        "CATCHUP-8",
        Own,
        [STARTED, "200 < INPUT_REQUEST 0 9\n200 > INPUT_RESPONSE 0 2=1 1=1"],
        "an INPUT_RESPONSE that is not in ascending order",
    ),
    (
        "CATCHUP-8",
        Partner,
        [STARTED, "200 > INPUT_REQUEST 0 9\n300 < INPUT_RESPONSE 1 2=1 1=1"],
        "an INPUT_RESPONSE that is not in ascending order",
    ),
    (
        "CATCHUP-8",
        Own,
        [STARTED, "200 < INPUT_REQUEST 1 9\n200 > INPUT_RESPONSE 0 0=1 1=1"],
        "an INPUT_RESPONSE with frames that were not asked for",
    ),
    (
        "CATCHUP-8",
        Partner,
        [STARTED, "200 > INPUT_REQUEST 3 9\n300 < INPUT_RESPONSE 1 9=1 10=1"],
        "an INPUT_RESPONSE with frames that were not asked for",
    ),
    (
        "CATCHUP-12",
        Own,
        [
            STARTED,
            "200 > INPUT 0 0 0=1\n220 > INPUT 0 1 0=1 1=1\n240 > INPUT 0 2 1=1 2=1\n260 closed
             900 open\n910 > INPUT 0 9 8=1 9=1\n930 > KEEPALIVE",
        ],
        "entries that were never told",
    ),
    (
        "EPISODE-1",
        Own,
        [
            STARTED,
            "200 > INPUT 0 0 0=1\n300 > EPISODE_END 1 0\n310 < EPISODE_END 1 0
             400 > EPISODE_READY 2 aaaaaaaa\n450 < EPISODE_READY 2 aaaaaaaa
             500 > INPUT 0 1 0=1 1=1\n520 > KEEPALIVE",
        ],
        "entries of the episode before",
    ),
    (
        "EPISODE-2",
        Own,
        [STARTED, "300 > EPISODE_READY 3 aaaaaaaa"],
        "a READY with a number that does not follow",
    ),
    (
        "EPISODE-2",
        Own,
        [QUIET, "0 open\n100 > EPISODE_READY 1 aaaaaaaa\n600 > EPISODE_READY 1 bbbbbbbb"],
        "a READY with two hashes",
    ),
    (
        "EPISODE-2",
        Partner,
        [QUIET, "100 < EPISODE_READY 1 aaaaaaaa\n600 < EPISODE_READY 1 bbbbbbbb"],
        "a READY with two hashes",
    ),
    ("EPISODE-6", Own, ["21 times", "100 > EPISODE_READY 1 aaaaaaaa"], "too many READYs"),
    ("EPISODE-6", Partner, ["65 times", "100 < EPISODE_READY 1 aaaaaaaa"], "too many READYs"),
    (
        "EPISODE-6",
        Own,
        [STARTED, "200 < EPISODE_READY 1 aaaaaaaa\n1300 > KEEPALIVE"],
        "a READY after the start that is not answered",
    ),
    (
        "EPISODE-6",
        Own,
        [STARTED, "300 > EPISODE_READY 1 aaaaaaaa\n600 > EPISODE_READY 1 aaaaaaaa"],
        "a READY after the start that answers nothing",
    ),
    (
        "EPISODE-7",
        Own,
        [STARTED, "300 > EPISODE_END 9 0\n550 > EPISODE_END 8 0"],
        "an END with two frames",
    ),
    (
        "EPISODE-7",
        Partner,
        [STARTED, "300 < EPISODE_END 9 0\n550 < EPISODE_END 8 0"],
        "an END with two frames",
    ),
    (
        "EPISODE-7",
        Own,
        [STARTED, "300 > EPISODE_END 9 1"],
        "an END of an episode that has not begun",
    ),
    (
        "EPISODE-7",
        Own,
        [
            STARTED,
            "300 > EPISODE_END 9 0\n310 < EPISODE_END 9 0\n550 > EPISODE_END 9 0
             800 > EPISODE_END 9 0",
        ],
        "an END that is repeated although the partner's is known",
    ),
    (
        "EPISODE-12",
        Own,
        [
            STARTED,
            "200 > EPISODE_END 0 0\n210 < EPISODE_END 0 0\n300 > EPISODE_READY 2 aaaaaaaa
             400 > INPUT 0 0 0=1\n420 > KEEPALIVE",
        ],
        "an INPUT before the episode has started",
    ),
    (
        "EPISODE-12",
        Own,
        [
            STARTED,
            "200 > EPISODE_END 0 0\n210 < EPISODE_END 0 0\n900 > KEEPALIVE\n920 > INPUT 0 0 0=1",
        ],
        "an INPUT after the episode is complete",
    ),
    ("EPISODE-14", Own, ["17 times", "100 > EPISODE_END 9 0"], "too many ENDs"),
    ("EPISODE-14", Partner, ["65 times", "100 < EPISODE_END 9 0"], "too many ENDs"),
    (
        "EPISODE-14",
        Own,
        [
            STARTED,
            "200 > EPISODE_END 0 0\n210 < EPISODE_END 0 0\n600 < EPISODE_END 0 0\n1700 > KEEPALIVE",
        ],
        "a repeated END that is not answered",
    ),
    (
        "EXCH-12",
        Own,
        [
            STARTED,
            "200 > INPUT 0 0 0=1\n210 < INPUT 1 0 0=1\n220 > INPUT 0 1 0=1 1=1
             230 x STATE_HASH 0 aa\n250 > STATE_HASH 1 bb",
        ],
        "a refused STATE_HASH that is not tried again first",
    ),
    (
        "FOCUS-2",
        Own,
        [STARTED, "200 > FOCUS_STATE 0 3\n300 > FOCUS_STATE 0 9"],
        "a FOCUS_STATE that changes nothing",
    ),
    (
        "FOCUS-3",
        Own,
        [STARTED, "200 > FOCUS_STATE 0 3\n300 closed\n400 open\n1500 > KEEPALIVE"],
        "an opening without a FOCUS_STATE of a hidden page",
    ),
    (
        "PEER-3",
        Own,
        [STARTED, "200 closed\n210 > KEEPALIVE"],
        "a datagram for a channel that is closed",
    ),
    (
        "LIVE-1",
        Own,
        [FOLLOWED, "700 < KEEPALIVE"],
        "a datagram that the rules demand here is missing",
    ),
    (
        "EPISODE-6",
        Own,
        [
            FOLLOWED,
            "200 > EPISODE_READY 1 aaaaaaaa\n210 < EPISODE_READY 1 aaaaaaaa\n\
                    210 > EPISODE_READY 1 aaaaaaaa\n300 < KEEPALIVE",
        ],
        "a datagram that the rules do not explain",
    ),
];

/// The whole capture of an example.
pub(crate) fn capture([beginning, rest]: [&str; 2]) -> String {
    match beginning.strip_suffix(" times").map(str::parse::<usize>) {
        Some(Ok(count)) => format!("{rest}\n").repeat(count),
        _ => format!("{beginning}\n{rest}"),
    }
}
