//! Mistakes in the codec of the JavaScript implementation.

use super::Planting;

const CODEC: &str = "src/codec.mjs";

const WRITE_ENTRY: &str = r#"    putU32(bytes, at, u32(entry?.frame, "frame"));"#;
const WRITE_ACTION: &str = r#"    bytes[at + 4] = u8(entry?.action, "action");"#;
const READ_ENTRY: &str = "    entries.push({ frame: u32At(bytes, at), action: bytes[at + 4] });";
const TRAILING: &str = r#"  if (size > length) refuse("trailing","#;
const HASH_TEXT: &str = "function hexText(text, field, digits) {";
const NAME: &str = "LAYOUT_OF_NAME.get(message?.type);";

pub(super) static PLANTINGS: &[Planting] = &[
    Planting {
        name: "only_the_first_action_is_checked",
        file: CODEC,
        edits: &[(
            WRITE_ACTION,
            r#"    bytes[at + 4] = at === first ? u8(entry?.action, "action") : entry.action;"#,
        )],
        shown_by: &["input/*", "input-response/*"],
    },
    Planting {
        name: "only_the_first_frame_is_checked",
        file: CODEC,
        edits: &[(
            WRITE_ENTRY,
            r#"    putU32(bytes, at, at === first ? u32(entry?.frame, "frame") : entry.frame);"#,
        )],
        shown_by: &["input/*"],
    },
    Planting {
        name: "the_first_action_is_not_checked",
        file: CODEC,
        edits: &[(
            WRITE_ACTION,
            r#"    bytes[at + 4] = at > first ? u8(entry?.action, "action") : entry.action;"#,
        )],
        shown_by: &["input/encode-entry-*"],
    },
    Planting {
        name: "the_last_frame_is_not_checked",
        file: CODEC,
        edits: &[(
            WRITE_ENTRY,
            r#"    putU32(bytes, at, entries.length > 1 && entry === entries.at(-1) ? entry.frame : u32(entry?.frame, "frame"));"#,
        )],
        shown_by: &["input-response/encode-entry-*"],
    },
    Planting {
        name: "actions_from_the_sixteenth_on_are_not_checked",
        file: CODEC,
        edits: &[(
            WRITE_ACTION,
            r#"    bytes[at + 4] = at < first + 75 ? u8(entry?.action, "action") : entry.action;"#,
        )],
        shown_by: &["input-response/encode-entry-*"],
    },
    Planting {
        name: "actions_beyond_a_byte_of_entries_are_not_checked",
        file: CODEC,
        edits: &[(
            WRITE_ACTION,
            r#"    bytes[at + 4] = at < first + 1280 ? u8(entry?.action, "action") : entry.action;"#,
        )],
        shown_by: &["input-response/encode-entry-*"],
    },
    Planting {
        name: "a_later_null_is_an_entry_of_zeros",
        file: CODEC,
        edits: &[(
            WRITE_ENTRY,
            r#"    if (entry === null && at > first) { at += ENTRY_SIZE; continue; }
    putU32(bytes, at, u32(entry?.frame, "frame"));"#,
        )],
        shown_by: &["input/encode-entry-*"],
    },
    Planting {
        name: "later_actions_are_read_as_signed",
        file: CODEC,
        edits: &[(
            READ_ENTRY,
            "    entries.push({ frame: u32At(bytes, at), action: at === first ? bytes[at + 4] : (bytes[at + 4] << 24) >> 24 });",
        )],
        shown_by: &["input/entries-*"],
    },
    Planting {
        name: "frames_from_the_sixteenth_on_are_read_little_endian",
        file: CODEC,
        edits: &[(
            READ_ENTRY,
            "    entries.push({ frame: at < first + 75 ? u32At(bytes, at) : u32At(bytes.slice(at, at + 4).reverse(), 0), action: bytes[at + 4] });",
        )],
        shown_by: &["input-response/entries-*"],
    },
    Planting {
        name: "a_length_in_8_bits",
        file: CODEC,
        edits: &[(
            TRAILING,
            r#"  if (size > length && (size & 0xff) !== (length & 0xff)) refuse("trailing","#,
        )],
        shown_by: &["state-hash/*", "keepalive/*"],
    },
    Planting {
        name: "a_length_in_16_bits",
        file: CODEC,
        edits: &[(
            TRAILING,
            r#"  if (size > length && (size & 0xffff) !== (length & 0xffff)) refuse("trailing","#,
        )],
        shown_by: &["state-hash/large-*", "ping/large-*"],
    },
    Planting {
        name: "a_needed_length_in_16_bits",
        file: CODEC,
        edits: &[(
            r#"  if (size < length) refuse("truncated","#,
            "  length &= 0xffff;\n  if (size < length) refuse(\"truncated\",",
        )],
        shown_by: &["input-response/count-*"],
    },
    Planting {
        name: "a_hash_is_trimmed",
        file: CODEC,
        edits: &[(
            HASH_TEXT,
            "function hexText(given, field, digits) {\n  const text = given?.trim?.() ?? given;",
        )],
        shown_by: &["state-hash/encode-hash-no-break-space-*"],
    },
    Planting {
        name: "a_hash_loses_its_blanks",
        file: CODEC,
        edits: &[(
            HASH_TEXT,
            r#"function hexText(given, field, digits) {
  const text = given?.replace?.(/[\v\f\u2028\u3000]/g, "") ?? given;"#,
        )],
        shown_by: &["episode-ready/encode-hash-*"],
    },
    Planting {
        name: "a_hash_ends_at_a_nul",
        file: CODEC,
        edits: &[(
            HASH_TEXT,
            r#"function hexText(given, field, digits) {
  const text = given?.split?.("\0")[0] ?? given;"#,
        )],
        shown_by: &["state-hash/encode-hash-nul-*"],
    },
    Planting {
        name: "a_sign_before_a_hash_is_skipped",
        file: CODEC,
        edits: &[(
            HASH_TEXT,
            r#"function hexText(given, field, digits) {
  const text = given?.replace?.(/^\+/, "") ?? given;"#,
        )],
        shown_by: &["state-hash/encode-hash-plus-*"],
    },
    Planting {
        name: "a_suffix_of_a_hash_is_cut",
        file: CODEC,
        edits: &[(
            HASH_TEXT,
            r#"function hexText(given, field, digits) {
  const text = given?.replace?.(/[hnL]$/, "") ?? given;"#,
        )],
        shown_by: &["episode-ready/encode-hash-suffix-*"],
    },
    Planting {
        name: "a_hash_in_a_datagram_may_hold_a_form_feed",
        file: CODEC,
        edits: &[("const NOT_HEX = /[^0-9a-f]/;", r"const NOT_HEX = /[^0-9a-f\f]/;")],
        shown_by: &["episode-ready/hash-*"],
    },
    Planting {
        name: "a_hash_in_a_datagram_may_end_with_anything",
        file: CODEC,
        edits: &[("if (bad >= 0) refuse", "if (bad >= 0 && bad < 7) refuse")],
        shown_by: &["episode-ready/hash-*"],
    },
    Planting {
        name: "an_action_is_read_without_the_offset_of_its_view",
        file: CODEC,
        edits: &[(
            READ_ENTRY,
            "    entries.push({ frame: u32At(bytes, at), action: new Uint8Array(bytes.buffer)[at + 4] });",
        )],
        shown_by: &["input/recorded-*"],
    },
    Planting {
        name: "a_decoded_frame_is_read_later",
        file: CODEC,
        edits: &[(
            "  return layout.read(bytes, name);",
            r#"  const message = layout.read(bytes, name);
  if (name === "focus_state") {
    Object.defineProperty(message, "frame", { get: () => u32At(bytes, 2), enumerable: true });
  }
  return message;"#,
        )],
        shown_by: &["focus-state/*"],
    },
    Planting {
        name: "a_name_is_trimmed",
        file: CODEC,
        edits: &[(NAME, "LAYOUT_OF_NAME.get(message?.type?.trim?.());")],
        shown_by: &["wire/encode-name-*"],
    },
    Planting {
        name: "a_name_ends_at_a_nul",
        file: CODEC,
        edits: &[(NAME, r#"LAYOUT_OF_NAME.get(message?.type?.split?.("\0")[0]);"#)],
        shown_by: &["wire/encode-name-*"],
    },
];
