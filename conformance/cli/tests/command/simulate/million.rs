//! What a million pairs would cost: every number of the document is computed from the stated figures.

use super::{figures, read};

const PAIRS: u64 = 1_000_000;
/// Bytes around a datagram of the protocol, of IPv4, UDP, DTLS 1.2 with AES-GCM, and SCTP.
const AROUND: u64 = 20 + 8 + 37 + 28;
/// What a core is assumed to do in a second, in instructions.
const CORE: u64 = 2_000_000_000;

/// What a peer does in a second: a row of the benchmark's table, and how often.
const DEEDS: [(&str, u64); 6] = [
    ("act", 50),
    ("INPUT of 10 entries, one of them new", 50),
    ("advance 16", 50),
    ("tick, 1 is queued", 50),
    ("confirm", 5),
    ("STATE_HASH that verifies a frame", 5),
];

/// The games of the benchmark's table of memory, and what they are called in the document.
const GAMES: [(&str, &str); 2] = [
    ("one episode", "a partner that plays by the rules"),
    ("episodes of 5 minutes, flooded", "a hostile partner"),
];

fn number(cell: &str) -> u64 {
    cell.replace(',', "").parse().unwrap_or_else(|_| panic!("{cell} is not a number"))
}

/// The cells of a row of the benchmark's document after its name.
fn measured(name: &str) -> Vec<String> {
    let document = read("conformance/implementations/rust/bench/README.md");
    let start = format!("| {name} | ");
    let row = document.lines().find_map(|line| line.strip_prefix(&start));
    let row = row.unwrap_or_else(|| panic!("no row of {name}"));
    row.split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn grouped(number: u64) -> String {
    rollwire_conformance::text::grouped(number)
}

/// A number of thousands, with one digit after the point.
fn tenths(number: u64, unit: u64) -> String {
    let tenths = (number * 10 + unit / 2) / unit;
    format!("{}.{}", grouped(tenths / 10), tenths % 10)
}

fn tables() -> String {
    let figures = figures();
    let line = figures.iter().find(|it| it.variant == "redundancy 10" && it.link.loss == 5);
    let (datagrams, bytes) = line.expect("the line").a_second();
    let on_the_wire = bytes + AROUND * datagrams;
    let mut out = String::new();
    out += &format!(
        "| datagrams that one peer sends | {datagrams} a second | [figures](../../spec/loss.json) |\n"
    );
    out += &format!("| bytes of the protocol in them | {} a second | the same |\n", grouped(bytes));
    out += &format!(
        "| bytes around a datagram | {AROUND} | IPv4 20, UDP 8, DTLS 1.2 with AES-GCM 37, SCTP 28 |\n"
    );
    out +=
        &format!("| bytes on the wire | {} a second | the three above |\n", grouped(on_the_wire));
    out += &format!("| instructions of a core | {} a second | assumed |\n", grouped(CORE));
    out += "\nWhat a peer does in a second, with the instructions that [the benchmark](../implementations/rust/bench/README.md) counts of the Rust peer (`conformance/implementations/rust/bench/run`):\n\n";
    out += "| Deed | Times | Instructions each | Together |\n|---|---:|---:|---:|\n";
    let mut sum = 0;
    for (name, times) in DEEDS {
        let each = number(&measured(name)[3]);
        sum += times * each;
        out += &format!("| {name} | {times} | {} | {} |\n", grouped(each), grouped(times * each));
    }
    out += &format!("| all of them | | | {} |\n", grouped(sum));
    out += "\nWhat follows for a million pairs:\n\n| | Direct pairs | Relayed pairs |\n|---|---:|---:|\n";
    let all = 2 * PAIRS;
    out += &format!(
        "| datagrams into the service, and as many out, millions a second | 0 | {} |\n",
        tenths(all * datagrams, 1_000_000)
    );
    out += &format!(
        "| bytes of the protocol into the service, and as many out, GB a second | 0 | {} |\n",
        tenths(all * bytes, 1_000_000_000)
    );
    out += &format!(
        "| on the wire into the service, and as much out, Gbit a second | 0 | {} |\n",
        tenths(8 * all * on_the_wire, 1_000_000_000)
    );
    let part = sum * 10_000_000 / CORE;
    out += &format!(
        "| a core of each player that its peer takes | {}.{:03} % | the same |\n",
        part / 100_000,
        part % 100_000 / 100
    );
    for (game, partner) in GAMES {
        let cells = measured(game);
        let peak = number(&cells[3]).max(number(&cells[4]));
        out += &format!(
            "| memory of each player's peer with {partner}, bytes | {} | the same |\n",
            grouped(peak)
        );
        if game == "one episode" {
            out += &format!(
                "| memory of the service if it ran both peers of each pair, GB | {} | the same |\n",
                tenths(all * peak, 1_000_000_000)
            );
        }
    }
    out += &format!(
        "| cores of the service if it ran both peers of each pair | {} | the same |\n",
        grouped((all * sum).div_ceil(CORE))
    );
    out
}

#[test]
fn the_tables_follow_from_the_figures() {
    let made = tables();
    assert!(read("conformance/interop/README.md").contains(&made), "{made}");
}

#[test]
fn tenths_are_rounded() {
    assert_eq!(tenths(96_000_000, 1_000_000), "96.0");
    assert_eq!(tenths(1_249, 1_000), "1.2");
    assert_eq!(tenths(1_250, 1_000), "1.3");
}
