//! Faults in a copy of the JavaScript implementation.

use super::Instance;

pub(super) static INSTANCES: &[Instance] = &[
    Instance {
        name: "queue_of_1024_drops_the_oldest",
        rule: Some("EXCH-4"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"      this.#queue.push(pair);
"#,
            r#"      this.#queue.push(pair);
      if (this.#queue.length - this.#head > 1024) this.#queue.splice(this.#head, 1);
"#,
        )],
    },
    Instance {
        name: "queue_full_at_512",
        rule: Some("EXCH-4"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"      this.#queue.push(pair);
"#,
            r#"      if (this.#queue.length - this.#head < 512) this.#queue.push(pair);
"#,
        )],
    },
    Instance {
        name: "queue_of_4096",
        rule: Some("EXCH-4"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"      this.#queue.push(pair);
"#,
            r#"      if (this.#queue.length - this.#head < 4096) this.#queue.push(pair);
"#,
        )],
    },
    Instance {
        name: "batch_of_1000",
        rule: Some("EXCH-8"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"      while (at < this.#queue.length && this.#isOpen()) {"#,
            r#"      for (let n = 0; n < 1000 && at < this.#queue.length && this.#isOpen(); n += 1) {"#,
        )],
    },
    Instance {
        name: "batch_counted_in_12_bits",
        rule: Some("EXCH-8"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"      while (at < this.#queue.length && this.#isOpen()) {"#,
            r#"      const count = (this.#queue.length - this.#head) & 4095;
      for (let n = 0; n < count && this.#isOpen(); n += 1) {"#,
        )],
    },
    Instance {
        name: "map_of_1024",
        rule: Some("EXCH-19"),
        file: "src/exchange.mjs",
        edits: &[(r#"MAP_BOUND = 4096"#, r#"MAP_BOUND = 1024"#)],
    },
    Instance {
        name: "map_of_4095",
        rule: Some("EXCH-19"),
        file: "src/exchange.mjs",
        edits: &[(r#"MAP_BOUND = 4096"#, r#"MAP_BOUND = 4095"#)],
    },
    Instance {
        name: "map_drops_the_lowest",
        rule: Some("EXCH-19"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"if (this.#map.size > MAP_BOUND) deleteOldest(this.#map);"#,
            r#"if (this.#map.size > MAP_BOUND) this.#map.delete(Math.min(...this.#map.keys()));"#,
        )],
    },
    Instance {
        name: "map_makes_replaced_hashes_young",
        rule: Some("EXCH-19"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"      this.#map.set(frame, [frame, hash]); // EXCH-16"#,
            r#"      this.#map.delete(frame);
      this.#map.set(frame, [frame, hash]); // EXCH-16"#,
        )],
    },
    Instance {
        name: "events_of_1000",
        rule: Some("DETECT-6"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"    this.#events.push({ frame, local, peer });"#,
            r#"    if (this.#events.length < 1000) this.#events.push({ frame, local, peer });"#,
        )],
    },
    Instance {
        name: "newest_events_of_16",
        rule: Some("DETECT-6"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"    this.#events.push({ frame, local, peer });"#,
            r#"    this.#events.push({ frame, local, peer });
    if (this.#events.length > 16) this.#events.shift();"#,
        )],
    },
    Instance {
        name: "rollback_looks_at_1000_of_the_queue",
        rule: Some("EXCH-20"),
        file: "src/exchange.mjs",
        edits: &[(
            r#".filter((pair) => pair[0] < target)"#,
            r#".filter((pair, at) => at >= 1000 || pair[0] < target)"#,
        )],
    },
    Instance {
        name: "rollback_takes_256_from_the_map",
        rule: Some("EXCH-21"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"        for (const frame of kept.keys()) {
          if (frame >= target) kept.delete(frame);"#,
            r#"        let left = 256;
        for (const frame of kept.keys()) {
          if (frame >= target && left-- > 0) kept.delete(frame);"#,
        )],
    },
    Instance {
        name: "compares_64_at_the_end",
        rule: Some("DETECT-9"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"for (const frame of frames) this.#compare(frame);"#,
            r#"for (const frame of frames.slice(0, 64)) this.#compare(frame);"#,
        )],
    },
    Instance {
        name: "history_by_the_lowest_16_bits",
        rule: Some("EXCH-1"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"if (this.#history.has(frame)) return;"#,
            r#"if ([...this.#history.keys()].some((it) => (it & 0xffff) === (frame & 0xffff))) return;"#,
        )],
    },
    Instance {
        name: "map_in_single_precision",
        rule: Some("EXCH-15"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"      this.#map.set(frame, [frame, hash]); // EXCH-16"#,
            r#"      for (const it of this.#map.keys()) {
        if (Math.fround(it) === Math.fround(frame) && it !== frame) this.#map.delete(it);
      }
      this.#map.set(frame, [frame, hash]); // EXCH-16"#,
        )],
    },
    Instance {
        name: "map_as_a_ring_of_256",
        rule: Some("EXCH-15"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"      this.#map.set(frame, [frame, hash]); // EXCH-16"#,
            r#"      for (const it of this.#map.keys()) {
        if (it % 256 === frame % 256 && it !== frame) this.#map.delete(it);
      }
      this.#map.set(frame, [frame, hash]); // EXCH-16"#,
        )],
    },
    Instance {
        name: "the_last_fills_gaps_in_the_queue",
        rule: Some("EXCH-20"),
        file: "src/exchange.mjs",
        edits: &[(
            r#"this.#queue = this.#queue.slice(this.#head).filter((pair) => pair[0] < target); // EXCH-20"#,
            r#"this.#queue = this.#queue.slice(this.#head);
      for (let at = 0; at < this.#queue.length;) {
        if (this.#queue[at][0] < target) at += 1;
        else if (at === this.#queue.length - 1) this.#queue.pop();
        else this.#queue[at] = this.#queue.pop();
      }"#,
        )],
    },
    Instance {
        name: "a_closed_session_is_opened_again",
        rule: None,
        file: "adapter/sessions.mjs",
        edits: &[
            (
                r#"  findSession(number).close();
  sessions.delete(number);"#,
                r#"  closed.set(number, findSession(number));
  sessions.delete(number);"#,
            ),
            (
                r#"  sessions.set(number, new Session(parts));"#,
                r#"  sessions.set(number, closed.get(number) ?? new Session(parts));"#,
            ),
            (
                r#"const sessions = new Map();"#,
                r#"const sessions = new Map();
const closed = new Map();"#,
            ),
        ],
    },
    Instance {
        name: "a_fifth_session_is_deaf",
        rule: None,
        file: "adapter/sessions.mjs",
        edits: &[(
            r#"  step(stimuli) {
    const observations"#,
            r#"  step(stimuli) {
    if (sessions.size > 4) stimuli = stimuli.filter((it) => it.recv === undefined).concat(stimuli.filter((it) => it.recv !== undefined));
    const observations"#,
        )],
    },
    Instance {
        name: "a_malformed_request_ends_its_session",
        rule: None,
        file: "adapter.mjs",
        edits: &[(
            r#"    // A refusal is an answer of the library."#,
            r#"    if (line.includes('"step"')) { try { closeSession(JSON.parse(line)); } catch { /* It was not open. */ } }
    // A refusal is an answer of the library."#,
        )],
    },
    Instance {
        name: "an_empty_step_is_not_malformed",
        rule: None,
        file: "adapter/sessions.mjs",
        edits: &[(
            r#"if (!Array.isArray(stimuli) || stimuli.length === 0) {"#,
            r#"if (!Array.isArray(stimuli)) {"#,
        )],
    },
];
