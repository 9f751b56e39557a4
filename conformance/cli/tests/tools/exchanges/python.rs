//! Faults in a copy of the Python implementation.

use super::Instance;

pub(super) static INSTANCES: &[Instance] = &[
    Instance {
        name: "queue_of_1024",
        rule: Some("EXCH-4"),
        file: "rollwire_reference/exchange.py",
        edits: &[
            (
                r#"self.queue, self.map, self.history = deque(), {}, {}"#,
                r#"self.queue, self.map, self.history = deque(maxlen=1024), {}, {}"#,
            ),
            (
                r#"self.queue = deque(entry for entry in self.queue if entry[0] < target)"#,
                r#"self.queue = deque((entry for entry in self.queue if entry[0] < target), maxlen=1024)"#,
            ),
        ],
    },
    Instance {
        name: "batch_of_512",
        rule: Some("EXCH-8"),
        file: "rollwire_reference/exchange.py",
        edits: &[(
            r#"for place in range(len(queue)):"#,
            r#"for place in range(min(len(queue), 512)):"#,
        )],
    },
    Instance {
        name: "map_of_1000",
        rule: Some("EXCH-19"),
        file: "rollwire_reference/exchange.py",
        edits: &[(r#"MAP_BOUND = 4096"#, r#"MAP_BOUND = 1000"#)],
    },
    Instance {
        name: "map_drops_the_newest",
        rule: Some("EXCH-19"),
        file: "rollwire_reference/exchange.py",
        edits: &[(
            r#"            _drop_oldest(self.map)  # EXCH-19"#,
            r#"            self.map.popitem()"#,
        )],
    },
    Instance {
        name: "events_of_256",
        rule: Some("DETECT-6"),
        file: "rollwire_reference/exchange.py",
        edits: &[(
            r#"            self.events.append(Mismatch(frame, local, peer))"#,
            r#"            self.events.append(Mismatch(frame, local, peer))
            del self.events[256:]"#,
        )],
    },
    Instance {
        name: "rollback_looks_at_256_of_the_queue",
        rule: Some("EXCH-20"),
        file: "rollwire_reference/exchange.py",
        edits: &[(
            r#"self.queue = deque(entry for entry in self.queue if entry[0] < target)"#,
            r#"self.queue = deque(entry for at, entry in enumerate(self.queue) if at >= 256 or entry[0] < target)"#,
        )],
    },
    Instance {
        name: "rollback_looks_at_1024_of_the_map",
        rule: Some("EXCH-21"),
        file: "rollwire_reference/exchange.py",
        edits: &[(
            r#"    for frame in [frame for frame in held if frame >= target]:"#,
            r#"    for frame in [frame for frame in list(held)[:1024] if frame >= target]:"#,
        )],
    },
    Instance {
        name: "compares_the_lowest_64_at_the_end",
        rule: Some("DETECT-9"),
        file: "rollwire_reference/exchange.py",
        edits: &[(
            r#"for frame in sorted(self.map.keys() & self.history.keys()):"#,
            r#"for frame in sorted(self.map.keys() & self.history.keys())[:64]:"#,
        )],
    },
    Instance {
        name: "history_as_a_ring_of_128",
        rule: Some("EXCH-1"),
        file: "rollwire_reference/exchange.py",
        edits: &[(
            r#"        if frame in self.history:  # EXCH-2"#,
            r#"        if any(it % 128 == frame % 128 for it in self.history):"#,
        )],
    },
    Instance {
        name: "map_of_31_bits",
        rule: Some("EXCH-15"),
        file: "rollwire_reference/exchange.py",
        edits: &[(
            r#"        self.map[frame] = message.hash"#,
            r#"        self.map.pop(frame ^ 0x80000000, None)
        self.map[frame] = message.hash"#,
        )],
    },
    Instance {
        name: "a_closed_session_is_opened_again",
        rule: None,
        file: "adapter_sessions.py",
        edits: &[
            (
                r#"        self._open[session] = new_session("#,
                r#"        self._open[session] = self._closed.pop(session, None) or new_session("#,
            ),
            (
                r#"        self._open: dict[int, Session] = {}"#,
                r#"        self._open: dict[int, Session] = {}
        self._closed: dict[int, Session] = {}"#,
            ),
            (
                r#"        self._open.pop(session_number(request)).close()"#,
                r#"        self._closed[session_number(request)] = self._open.pop(session_number(request))"#,
            ),
        ],
    },
    Instance {
        name: "a_malformed_stimulus_is_refused",
        rule: None,
        file: "adapter_stimuli.py",
        edits: &[
            (
                r#"from rollwire_reference import LONGEST_ADVANCE, Exchange, Peer"#,
                r#"from rollwire_reference import LONGEST_ADVANCE, Exchange, Peer, Refusal"#,
            ),
            (
                r#"    return ValueError(f"malformed request of a session: {what}")"#,
                r#"    return Refusal("value", what)"#,
            ),
        ],
    },
];
