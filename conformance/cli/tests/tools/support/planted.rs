//! Mistakes that ports make in the exchange, to be planted in a copy of `src/exchange.mjs`.

/// A mistake.
pub(crate) struct Planted {
    pub(crate) name: &'static str,
    /// The rule that it breaks.
    pub(crate) rule: &'static str,
    /// What is replaced by what, each exactly once.
    pub(crate) edits: &'static [(&'static str, &'static str)],
}

pub(crate) static SENDS_ON_CONFIRM: Planted = Planted {
    name: "sends_on_confirm",
    rule: "EXCH-6",
    edits: &[(
        "deleteOldest(this.#history); // EXCH-3, EXCH-4\n    });",
        "deleteOldest(this.#history); // EXCH-3, EXCH-4\n    });\n    this.tick();",
    )],
};

pub(crate) static SENDS_DURING_A_ROLLBACK: Planted = Planted {
    name: "sends_during_a_rollback",
    rule: "EXCH-9",
    edits: &[("      if (this.#rollingBack) return; // EXCH-9\n", "")],
};

pub(crate) static DROPS_THE_REFUSED_ENTRY: Planted = Planted {
    name: "drops_the_refused_entry",
    rule: "EXCH-12",
    edits: &[(
        "if (!this.#accepts(encodeHash(pair[0], pair[1]))) break;",
        "if (!this.#accepts(encodeHash(pair[0], pair[1]))) { this.#head += 1; break; }",
    )],
};

pub(crate) static LOSES_AN_ENTRY_WHEN_SEND_THROWS: Planted = Planted {
    name: "loses_an_entry_when_send_throws",
    rule: "EXCH-13",
    edits: &[("    } catch {\n      return false;", "    } catch {\n      return true;")],
};

pub(crate) static FIRST_WRITE_WINS: Planted = Planted {
    name: "first_write_wins",
    rule: "EXCH-16",
    edits: &[(
        "this.#map.set(frame, [frame, hash]);",
        "if (!this.#map.has(frame)) this.#map.set(frame, [frame, hash]);",
    )],
};

pub(crate) static ROLLBACK_KEEPS_ITS_TARGET: Planted = Planted {
    name: "rollback_keeps_its_target",
    rule: "EXCH-20",
    edits: &[("filter((pair) => pair[0] < target)", "filter((pair) => pair[0] <= target)")],
};

pub(crate) static RESET_KEEPS_THE_MAP: Planted = Planted {
    name: "reset_keeps_the_map",
    rule: "EXCH-27",
    edits: &[("      this.#map.clear();\n", "")],
};

pub(crate) static HISTORY_OF_100: Planted = Planted {
    name: "history_of_100",
    rule: "EXCH-3",
    edits: &[("HISTORY_BOUND = 120", "HISTORY_BOUND = 100")],
};

pub(crate) static VERIFIED_IS_THE_LAST_COMPARED: Planted = Planted {
    name: "verified_is_the_last_compared",
    rule: "DETECT-5",
    edits: &[("if (isEqual && isHigher) this.#verified", "if (isEqual) this.#verified")],
};

pub(crate) static FRAMES_SORTED_AS_TEXT_AT_THE_END: Planted = Planted {
    name: "frames_sorted_as_text_at_the_end",
    rule: "DETECT-9",
    edits: &[(".sort((a, b) => a - b); // the default compares text", ".sort();")],
};

/// What one session leaves behind is seen in the next one.
pub(crate) static STATE_BETWEEN_SESSIONS: Planted = Planted {
    name: "state_between_sessions",
    rule: "EXCH-15",
    edits: &[
        ("  #map = new Map();", "  #map = SHARED;"),
        ("export class", "const SHARED = new Map();\nexport class"),
    ],
};

/// One comparison in three comes out otherwise.
pub(crate) static CHANCE: Planted = Planted {
    name: "chance",
    rule: "DETECT-3",
    edits: &[(
        "const isEqual = local === peer;",
        "const isEqual = local === peer && Math.random() >= 0.3;",
    )],
};

/// A session ends the process.
pub(crate) static A_CRASH_IN_THE_MIDDLE: Planted = Planted {
    name: "a_crash_in_the_middle",
    rule: "EXCH-23",
    edits: &[(
        "    encodeHash(target, \"0\".repeat(16));",
        "    if (target === 4294967295) process.exit(3);\n    encodeHash(target, \"0\".repeat(16));",
    )],
};
