//! Datagrams that are not hashes, or not whole ones (EXCH-18).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    wrong_length(scenes);
    wrong_type(scenes);
    traces(scenes);
}

fn wrong_length(scenes: &mut Scenes) {
    scenes.inspect(
        "twelve-bytes",
        "EXCH-18",
        "malformed-exchange truncated",
        "one byte is missing: padded with a zero it would be a hash that no peer computed",
        "
        == map -
        recv 07 00000005 aaaaaaaaaaaaaa | map -
        ",
    );
    scenes.inspect(
        "every-length-below-thirteen",
        "EXCH-18",
        "malformed-exchange truncated",
        "a STATE_HASH cut at each of its parts: type alone, half a frame, frame alone, half a hash",
        "
        == map -
        recv 07                       | map -
        recv 07 0000                  | map -
        recv 07 00000005              | map -
        recv 07 00000005 aa           | map -
        recv 07 00000005 aaaaaaaa     | map -
        recv 07 00000005 aaaaaaaaaaaaaa | map -
        ",
    );
    scenes.inspect(
        "fourteen-bytes",
        "EXCH-18",
        "malformed-exchange trailing",
        "one byte too many: deployed peers read the first thirteen, this specification refuses all",
        "
        == map -
        recv 07 00000005 aaaaaaaaaaaaaaaa 00 | map -
        ",
    );
    scenes.inspect(
        "two-hashes-in-one-datagram",
        "EXCH-18",
        "malformed-exchange trailing",
        "two messages glued together are neither the first nor the second",
        "
        recv 07 0000000f cccccccccccccccc | map 15
        == map 15
        recv 07 00000005 aaaaaaaaaaaaaaaa 07 0000000a bbbbbbbbbbbbbbbb | map 15=cc
        ",
    );
    scenes.inspect(
        "hash-behind-a-keepalive",
        "EXCH-18",
        "malformed-exchange trailing",
        "a KEEPALIVE with a whole STATE_HASH after it: a parser that continues after a message reads it",
        "
        == map -
        recv 04 07 00000005 aaaaaaaaaaaaaaaa | map -
        ",
    );
}

fn wrong_type(scenes: &mut Scenes) {
    scenes.inspect(
        "episode-ready-with-a-raw-hash",
        "EXCH-18",
        "malformed-exchange lookalike",
        "thirteen bytes that begin like an EPISODE_READY, with a hash that is not text: by their length they would be a STATE_HASH",
        "
        == map -
        recv 06 00000005 aaaaaaaaaaaaaaaa | map -
        recv 06 0000000a 0000000000000000 | map -
        ",
    );
    scenes.inspect(
        "unknown-types-of-thirteen-bytes",
        "EXCH-18",
        "malformed-exchange lookalike unknown-type",
        "types that end in 7, or have its bits: neither a mask nor a length makes them a STATE_HASH",
        "
        == map -
        recv 17 00000005 aaaaaaaaaaaaaaaa | map -
        recv 87 00000005 aaaaaaaaaaaaaaaa | map -
        recv 00 00000005 aaaaaaaaaaaaaaaa | map -
        recv ff 00000005 aaaaaaaaaaaaaaaa | map -
        ",
    );
    scenes.sent(
        "other-messages-in-between",
        "EXCH-18",
        "malformed-exchange",
        "PING, PONG, KEEPALIVE, both VALIDATION messages and FOCUS_STATE pass the exchange by, the queue too",
        "
        recv 07 0000000a bbbbbbbbbbbbbbbb
        confirm 5 aa
        == queue 5 | map 10 | history 5
        recv 02 4090000000000000 | queue 5 | map 10=bb | history 5
        recv 03 4090000000000000 | queue 5 | map 10=bb
        recv 04                  | queue 5 | map 10=bb
        recv 10 4090000000000000 | queue 5 | map 10=bb
        recv 11 4090000000000000 | queue 5 | map 10=bb
        recv 14 01 00000005      | queue 5 | map 10=bb | history 5=aa
        tick                     | sent 5=aa | queue -
        ",
    );
}

fn traces(scenes: &mut Scenes) {
    scenes.inspect(
        "malformed-over-a-stored-hash",
        "EXCH-18",
        "malformed-exchange truncated trailing",
        "a valid hash is stored when a malformed one of the same frame arrives: it stays, and so do the others",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a bbbbbbbbbbbbbbbb
        == map 5 10
        recv 07 00000005 cccccccccccccc      | map 5=aa 10=bb
        recv 07 00000005 cccccccccccccccc 00 | map 5=aa 10=bb
        recv 07 00000005                     | map 5=aa 10=bb
        ",
    );
    scenes.sent(
        "malformed-and-the-channel",
        "EXCH-18",
        "malformed-exchange truncated",
        "a malformed STATE_HASH says nothing about the channel: the next tick sends",
        "
        confirm 5 aa
        == queue 5
        recv 07 00000005 aaaaaaaaaaaaaa | queue 5 | map -
        tick                            | sent 5 | queue -
        ",
    );
    scenes.sent(
        "empty-datagram",
        "EXCH-18",
        "malformed-exchange empty",
        "an empty datagram does not end the connection: reading its type must not fail, and the next tick sends",
        "
        confirm 5 aa
        == queue 5
        recv | queue 5 | map -
        tick | sent 5 | queue -
        ",
    );
}
