//! Mistakes that hide: in one count, one bit, one pair of fields. Each has the shortest packet that
//! shows it.

/// A mistake in the JavaScript implementation.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    /// The file, and what is changed in it.
    pub(crate) file: &'static str,
    pub(crate) edits: &'static [(&'static str, &'static str)],
    pub(crate) shortest: Shortest,
    /// Whether the published vectors alone do not notice it.
    pub(crate) missed: bool,
}

/// What a fault is shrunk to.
pub(crate) enum Shortest {
    /// A datagram: its length, and the bytes that it begins with.
    Datagram(usize, &'static str),
    /// A value to be encoded, as JSON.
    Value(&'static str),
    /// A scenario with this many stimuli.
    Stimuli(usize),
}
use Shortest::{Datagram, Stimuli, Value};

const CODEC: &str = "src/codec.mjs";
const EXCHANGE: &str = "src/exchange.mjs";

const TIMESTAMP: &str = "read: (bytes, type) => ({ type, timestamp: u64At(bytes, 1) }),";

pub(crate) static FAULTS: &[Fault] = &[
    Fault {
        name: "input_of_eleven_entries_is_turned_round",
        file: CODEC,
        edits: &[(
            "readEntries(bytes, 9), //",
            "bytes[7] === 11 ? readEntries(bytes, 9).reverse() : readEntries(bytes, 9), //",
        )],
        shortest: Datagram(64, "01 0000 00000000 0b 00"),
        missed: true,
    },
    Fault {
        name: "input_with_a_reserved_byte_and_fifteen_entries_is_refused",
        file: CODEC,
        edits: &[(
            "    read: (bytes, type) => ({\n      type,\n      player: u16At(bytes, 1),\n      current_frame",
            "    read: (bytes, type) => bytes[8] && bytes[7] === 15 ? refuse(\"value\", \"reserved\", 8) : ({\n      type,\n      player: u16At(bytes, 1),\n      current_frame",
        )],
        shortest: Datagram(84, "01 0000 00000000 0f 01"),
        missed: true,
    },
    Fault {
        name: "input_of_seven_entries_counts_eight",
        file: CODEC,
        edits: &[(
            "bytes[7] = message.entries.length;",
            "bytes[7] = message.entries.length === 7 ? 8 : message.entries.length;",
        )],
        shortest: Datagram(44, "01 0000 00000000 07 00"),
        missed: false,
    },
    Fault {
        name: "input_wraps_an_action_behind_the_first_entry",
        file: CODEC,
        edits: &[(
            "bytes[at + 4] = u8(entry?.action, \"action\");",
            "bytes[at + 4] = at === first ? u8(entry?.action, \"action\") : entry.action;",
        )],
        shortest: Value(
            r#"{"type":"input_response","fields":{"player":0,"entries":[{"frame":0,"action":0},{"frame":0,"action":{}}]}}"#,
        ),
        missed: false,
    },
    Fault {
        name: "ping_loses_the_sign_of_zero",
        file: CODEC,
        edits: &[(
            TIMESTAMP,
            "read: (bytes, type) => ({ type, timestamp: u64At(bytes, 1) === 1n << 63n ? 0n : u64At(bytes, 1) }),",
        )],
        shortest: Datagram(9, "8000000000000000"),
        missed: false,
    },
    Fault {
        name: "pong_reads_its_lower_word_signed",
        file: CODEC,
        edits: &[(
            TIMESTAMP,
            "read: (bytes, type) => ({ type, timestamp: name === \"pong\" ? BigInt.asUintN(64, (BigInt(u32At(bytes, 1)) << 32n) + BigInt(u32At(bytes, 5) | 0)) : u64At(bytes, 1) }),",
        )],
        shortest: Datagram(9, "03 0000000080000000"),
        missed: false,
    },
    Fault {
        name: "validation_ping_loses_subnormals",
        file: CODEC,
        edits: &[(
            TIMESTAMP,
            "read: (bytes, type) => ({ type, timestamp: name === \"validation_ping\" && (u32At(bytes, 1) & 0x7ff00000) === 0 ? 0n : u64At(bytes, 1) }),",
        )],
        shortest: Datagram(9, "10 0000000000000001"),
        missed: false,
    },
    Fault {
        name: "validation_pong_loses_one_lower_word",
        file: CODEC,
        edits: &[(
            TIMESTAMP,
            "read: (bytes, type) => ({ type, timestamp: name === \"validation_pong\" && u32At(bytes, 5) === 0x00010000 ? 0n : u64At(bytes, 1) }),",
        )],
        shortest: Datagram(9, "11 0000000000010000"),
        missed: true,
    },
    Fault {
        name: "keepalive_may_come_twice",
        file: CODEC,
        edits: &[(
            "  if (size > length) refuse",
            "  if (size > length && !(name === \"keepalive\" && size === 2 && bytes[1] === 4)) refuse",
        )],
        shortest: Datagram(2, "04 04"),
        missed: false,
    },
    Fault {
        name: "episode_end_loses_one_power_of_two",
        file: CODEC,
        edits: &[(
            "read: (bytes, type) => ({ type, frame: u32At(bytes, 1), episode: u32At(bytes, 5) }),",
            "read: (bytes, type) => ({ type, frame: u32At(bytes, 1), episode: u32At(bytes, 5) === 0x00020000 ? 0 : u32At(bytes, 5) }),",
        )],
        shortest: Datagram(9, "05 00000000 00020000"),
        missed: true,
    },
    Fault {
        name: "episode_ready_takes_a_hash_for_a_number",
        file: CODEC,
        edits: &[(
            "      return { type, episode: u32At(bytes, 1), hash };",
            "      if (/^\\d+e\\d+$/.test(hash)) hash = String(Number(hash));\n      return { type, episode: u32At(bytes, 1), hash };",
        )],
        shortest: Datagram(13, "06 00000000"),
        missed: false,
    },
    Fault {
        name: "episode_ready_reads_its_episode_signed",
        file: CODEC,
        edits: &[(
            "      return { type, episode: u32At(bytes, 1), hash };",
            "      return { type, episode: u32At(bytes, 1) | 0, hash };",
        )],
        shortest: Datagram(13, "06 80000000 3030303030303030"),
        missed: false,
    },
    Fault {
        name: "two_state_hashes_are_one",
        file: CODEC,
        edits: &[(
            "  if (size > length) refuse",
            "  if (size > length && !(name === \"state_hash\" && size === 26)) refuse",
        )],
        shortest: Datagram(26, "07"),
        missed: false,
    },
    Fault {
        name: "state_hash_is_written_without_its_lowest_bit",
        file: CODEC,
        edits: &[(
            "putHex(bytes, 5, hexText(message.hash, \"hash\", 16));",
            "putHex(bytes, 5, hexText(message.hash, \"hash\", 16));\n      if (message.frame === 0x00ffffff) bytes[12] &= 0xfe;",
        )],
        shortest: Value(
            r#"{"type":"state_hash","fields":{"frame":16777215,"hash":"0000000000000001"}}"#,
        ),
        missed: true,
    },
    Fault {
        name: "input_request_compares_signed",
        file: CODEC,
        edits: &[("      if (start > end) refuse(", "      if ((start | 0) > (end | 0)) refuse(")],
        shortest: Datagram(9, "12 00000000 80000000"),
        missed: false,
    },
    Fault {
        name: "input_response_counts_in_one_byte",
        file: CODEC,
        edits: &[("read: (bytes) => u16At(bytes, 3) }", "read: (bytes) => bytes[4] }")],
        shortest: Datagram(5, "13 0000 0100"),
        missed: false,
    },
    Fault {
        name: "focus_state_reads_frames_above_two_to_31_signed",
        file: CODEC,
        edits: &[("frame: u32At(bytes, 2) };", "frame: u32At(bytes, 2) | 0 };")],
        shortest: Datagram(6, "14 00 80000000"),
        missed: false,
    },
    Fault {
        name: "focus_state_writes_a_number_for_a_flag",
        file: CODEC,
        edits: &[(
            "if (typeof message.focused !== \"boolean\")",
            "if (typeof message.focused !== \"boolean\" && message.focused !== 1)",
        )],
        shortest: Value(r#"{"type":"focus_state","fields":{"focused":1,"frame":0}}"#),
        missed: false,
    },
    Fault {
        name: "an_unknown_type_is_taken_for_another",
        file: CODEC,
        edits: &[("LAYOUT_OF_TYPE.get(bytes[0]);", "LAYOUT_OF_TYPE.get(bytes[0] & 0x7f);")],
        shortest: Datagram(1, "84"),
        missed: false,
    },
    Fault {
        name: "exchange_loses_an_entry_when_send_throws",
        file: EXCHANGE,
        edits: &[("    } catch {\n      return false;", "    } catch {\n      return true;")],
        shortest: Stimuli(3),
        missed: false,
    },
    Fault {
        name: "exchange_verifies_the_frame_before_the_first",
        file: EXCHANGE,
        edits: &[("target === 0 ? null : target - 1", "target - 1")],
        shortest: Stimuli(3),
        missed: false,
    },
    Fault {
        name: "exchange_keeps_sixteen_events",
        file: EXCHANGE,
        edits: &[(
            "    this.#events.push({ frame, local, peer });",
            "    if (this.#events.length < 16) this.#events.push({ frame, local, peer });",
        )],
        shortest: Stimuli(20),
        missed: false,
    },
    Fault {
        name: "exchange_keeps_the_map_in_256_places",
        file: EXCHANGE,
        edits: &[(
            "      this.#map.set(frame, [frame, hash]); // EXCH-16",
            "      for (const it of this.#map.keys()) {\n        if (it % 256 === frame % 256 && it !== frame) this.#map.delete(it);\n      }\n      this.#map.set(frame, [frame, hash]); // EXCH-16",
        )],
        shortest: Stimuli(2),
        missed: false,
    },
    Fault {
        name: "exchange_forgets_a_queued_frame_of_one_value",
        file: EXCHANGE,
        edits: &[(
            "if (!this.#accepts(encodeHash(pair[0], pair[1]))) break;",
            "if (pair[0] !== 0x7fffffff && !this.#accepts(encodeHash(pair[0], pair[1]))) break;",
        )],
        shortest: Stimuli(2),
        missed: true,
    },
];
