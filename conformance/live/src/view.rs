//! What a watcher is told: everything that has changed since the last time (`README.md`, What a page gets).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    hub::{Connection, State},
    pulse::Second,
    rules::JUDGED,
    side::{Counts, Hashes, Row, Seen, Side, seconds},
};

/// The version of these messages.
const VERSION: u8 = 1;
/// How many rows a message has at most, for all taps together, and how many of one tap.
const ROWS: usize = 1200;
const ROWS_OF_A_SIDE: usize = 200;

/// What a watcher has been told.
#[derive(Debug, Default)]
pub(crate) struct Told {
    is_greeted: bool,
    sides: BTreeMap<(u64, usize), ToldOfSide>,
}

#[derive(Clone, Copy, Debug, Default)]
struct ToldOfSide {
    versions: Option<(u64, u64)>,
    rows: u64,
    found: usize,
}

#[derive(Serialize)]
struct Message<'a> {
    version: u8,
    /// What is judged, in the first message only.
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<&'a [&'a str]>,
    /// All taps that are remembered.
    sides: Vec<OfSide<'a>>,
}

#[derive(Serialize)]
struct OfSide<'a> {
    connection: u64,
    side: usize,
    /// What is new; nothing if nothing has changed.
    #[serde(flatten)]
    news: Option<News<'a>>,
}

#[derive(Serialize)]
struct News<'a> {
    open: bool,
    peer: &'a str,
    tap: &'a str,
    revision: u8,
    at: f64,
    malformed: u64,
    fault: &'a str,
    file: Option<&'a str>,
    counts: Counts,
    hashes: &'a Hashes,
    /// The kinds of violations that were not told yet.
    found: Vec<&'a Seen>,
    /// How many violations there are of each kind, and whether it can be copied.
    broken: Vec<(u64, bool)>,
    /// The records that were not told yet, the oldest first, and how many are left out before them.
    rows: Vec<&'a Row>,
    skipped: u64,
    seconds: Vec<&'a Second>,
}

impl Told {
    /// The next message; nothing if nothing has changed.
    pub(crate) fn next(&mut self, state: &State) -> Option<String> {
        let all = || {
            let connections = state.connections.iter();
            connections
                .flat_map(|it| it.sides.iter().enumerate().map(move |(at, side)| (it, at, side)))
        };
        let count = all().count();
        let before = self.sides.len();
        let mut sides = BTreeMap::new();
        let mut is_new = !self.is_greeted;
        let most = (ROWS / count.max(1)).clamp(1, ROWS_OF_A_SIDE);
        let of_sides = all().map(|(connection, at, side)| {
            let key = (connection.id, at);
            let mut told = self.sides.get(&key).copied().unwrap_or_default();
            let news = told.news(connection, side, most);
            is_new |= news.is_some();
            sides.insert(key, told);
            OfSide { connection: connection.id, side: at, news }
        });
        let of_sides = of_sides.collect();
        let rules = (!self.is_greeted).then_some(&JUDGED[..]);
        self.is_greeted = true;
        self.sides = sides;
        is_new |= self.sides.len() != before;
        let message = Message { version: VERSION, rules, sides: of_sides };
        // All members can be written as JSON.
        is_new.then(|| serde_json::to_string(&message).unwrap_or_default())
    }
}

impl ToldOfSide {
    fn news<'a>(
        &mut self,
        connection: &'a Connection,
        side: &'a Side,
        most: usize,
    ) -> Option<News<'a>> {
        let versions = Some((connection.version, side.version));
        if self.versions == versions {
            return None;
        }
        let new = usize::try_from(side.told - self.rows).unwrap_or(usize::MAX);
        let shown = new.min(most).min(side.rows.len());
        let rows = side.rows.iter().skip(side.rows.len() - shown);
        let found = side.found.get(self.found..).unwrap_or_default();
        let news = News {
            open: connection.is_open,
            peer: &side.peer,
            tap: &side.tap,
            revision: side.revision,
            at: seconds(side.at),
            malformed: connection.malformed,
            fault: &connection.fault,
            file: connection.file.as_deref(),
            counts: side.counts,
            hashes: &side.hashes,
            found: found.iter().map(|it| &it.seen).collect(),
            broken: side.found.iter().map(|it| (it.count, it.copied.is_some())).collect(),
            rows: rows.collect(),
            skipped: (new - shown) as u64,
            seconds: side.pulse.seconds().iter().collect(),
        };
        *self = Self { versions, rows: side.told, found: side.found.len() };
        Some(news)
    }
}
