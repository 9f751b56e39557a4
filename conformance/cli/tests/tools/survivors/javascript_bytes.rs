//! Mistakes in the codec of the JavaScript implementation.

use super::Planting;

const CODEC: &str = "src/codec.mjs";

const WRITE_ENTRY: &str = r#"    view.setUint32(at, u32(entry, "frame"));"#;
const WRITE_ACTION: &str = r#"    view.setUint8(at + 4, u8(entry, "action"));"#;
const READ_ENTRY: &str =
    "    entries.push({ frame: view.getUint32(at), action: view.getUint8(at + 4) });";
const TRAILING: &str = r#"  if (size > length) refuse("trailing","#;
const HASH_TEXT: &str = "  const text = owner[field];";
const NAME: &str = "LAYOUT_OF_NAME.get(message?.type);";

pub(super) static PLANTINGS: &[Planting] = &[
    Planting {
        name: "only_the_first_action_is_checked",
        file: CODEC,
        edits: &[(
            WRITE_ACTION,
            r#"    view.setUint8(at + 4, at === first ? u8(entry, "action") : entry.action);"#,
        )],
        shown_by: &["input/*", "input-response/*"],
    },
    Planting {
        name: "only_the_first_frame_is_checked",
        file: CODEC,
        edits: &[(
            WRITE_ENTRY,
            r#"    view.setUint32(at, at === first ? u32(entry, "frame") : entry.frame);"#,
        )],
        shown_by: &["input/*"],
    },
    Planting {
        name: "the_first_action_is_not_checked",
        file: CODEC,
        edits: &[(
            WRITE_ACTION,
            r#"    view.setUint8(at + 4, at > first ? u8(entry, "action") : entry.action);"#,
        )],
        shown_by: &["input/encode-entry-*"],
    },
    Planting {
        name: "the_last_frame_is_not_checked",
        file: CODEC,
        edits: &[(
            WRITE_ENTRY,
            r#"    view.setUint32(at, entries.length > 1 && entry === entries.at(-1) ? entry.frame : u32(entry, "frame"));"#,
        )],
        shown_by: &["input-response/encode-entry-*"],
    },
    Planting {
        name: "actions_from_the_sixteenth_on_are_not_checked",
        file: CODEC,
        edits: &[(
            WRITE_ACTION,
            r#"    view.setUint8(at + 4, at < first + 75 ? u8(entry, "action") : entry.action);"#,
        )],
        shown_by: &["input-response/encode-entry-*"],
    },
    Planting {
        name: "actions_beyond_a_byte_of_entries_are_not_checked",
        file: CODEC,
        edits: &[(
            WRITE_ACTION,
            r#"    view.setUint8(at + 4, at < first + 1280 ? u8(entry, "action") : entry.action);"#,
        )],
        shown_by: &["input-response/encode-entry-*"],
    },
    Planting {
        name: "a_later_null_is_an_entry_of_zeros",
        file: CODEC,
        edits: &[(
            WRITE_ENTRY,
            r#"    if (entry === null && at > first) { at += ENTRY_SIZE; continue; }
    view.setUint32(at, u32(entry, "frame"));"#,
        )],
        shown_by: &["input/encode-entry-*"],
    },
    Planting {
        name: "later_actions_are_read_as_signed",
        file: CODEC,
        edits: &[(
            READ_ENTRY,
            "    entries.push({ frame: view.getUint32(at), action: at === first ? view.getUint8(at + 4) : view.getInt8(at + 4) });",
        )],
        shown_by: &["input/entries-*"],
    },
    Planting {
        name: "frames_from_the_sixteenth_on_are_read_little_endian",
        file: CODEC,
        edits: &[(
            READ_ENTRY,
            "    entries.push({ frame: view.getUint32(at, at >= first + 75), action: view.getUint8(at + 4) });",
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
        edits: &[(HASH_TEXT, "  const text = owner[field]?.trim?.() ?? owner[field];")],
        shown_by: &["state-hash/encode-hash-no-break-space-*"],
    },
    Planting {
        name: "a_hash_loses_its_blanks",
        file: CODEC,
        edits: &[(
            HASH_TEXT,
            r#"  const text = owner[field]?.replace?.(/[\v\f\u2028\u3000]/g, "") ?? owner[field];"#,
        )],
        shown_by: &["episode-ready/encode-hash-*"],
    },
    Planting {
        name: "a_hash_ends_at_a_nul",
        file: CODEC,
        edits: &[(HASH_TEXT, r#"  const text = owner[field]?.split?.("\0")[0] ?? owner[field];"#)],
        shown_by: &["state-hash/encode-hash-nul-*"],
    },
    Planting {
        name: "a_sign_before_a_hash_is_skipped",
        file: CODEC,
        edits: &[(
            HASH_TEXT,
            r#"  const text = owner[field]?.replace?.(/^\+/, "") ?? owner[field];"#,
        )],
        shown_by: &["state-hash/encode-hash-plus-*"],
    },
    Planting {
        name: "a_suffix_of_a_hash_is_cut",
        file: CODEC,
        edits: &[(
            HASH_TEXT,
            r#"  const text = owner[field]?.replace?.(/[hnL]$/, "") ?? owner[field];"#,
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
            "    entries.push({ frame: view.getUint32(at), action: new Uint8Array(view.buffer)[at + 4] });",
        )],
        shown_by: &["input/recorded-*"],
    },
    Planting {
        name: "a_decoded_frame_is_read_later",
        file: CODEC,
        edits: &[(
            "  return { type: name, ...layout.read(view) };",
            r#"  const message = { type: name, ...layout.read(view) };
  if (name === "focus_state") {
    Object.defineProperty(message, "frame", { get: () => view.getUint32(2), enumerable: true });
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
