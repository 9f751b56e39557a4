//! Wrong peers in captures of one side whose clock is that of the peer.

use rollwire_capture::{
    Findings,
    line::{Header, Moment, Payload, PeerSetup, Record, What, write_header, write_record},
    monitor::Side,
};
use rollwire_conformance::{cores::on_all_cores, generate::peers::scenarios, vectors::VectorSet};
use rollwire_model::{
    Model,
    exchange::{ChannelState, Datagram, Stimulus},
    peer::{Areas, Behaviour, Message, Parameters, Session},
    vectors::Scenario,
};
use rollwire_mutants::peer::mutants;

use crate::captures::check;

/// How many random scenarios are played.
const RANDOM: u32 = 4096;

const TABLE: &str = include_str!("../../../capture/WRONG-PEERS.md");

/// The capture of a peer that behaves like this in a scenario, as a tap with its clock would record it.
fn capture(behaviour: Behaviour, scenario: &Scenario) -> Vec<u8> {
    let model = Model::latest();
    let setup = scenario.peer.unwrap_or_default();
    let areas = Areas { exchange: false, detect: false, ..Areas::ALL };
    let parameters = Parameters::default();
    let header = Header {
        peer: String::new(),
        revision: 7,
        origin: None,
        redundancy: None,
        setup: Some(PeerSetup { setup, parameters, areas }),
        tap: String::new(),
    };
    let mut file = Vec::new();
    write_header(&mut file, &header).unwrap();
    let mut number = 0;
    let mut write = |at: u64, what: What| {
        let record =
            Record { number: Some(number), at: Moment::from_millis(at), what, buffered: None };
        number += 1;
        write_record(&mut file, "", &record).unwrap();
    };
    write(0, What::Opened);
    let mut session = Session::new(&model, behaviour, setup, parameters, Areas::ALL);
    let (mut open, mut now) = (true, 0);
    let goes_on = [Stimulus::Advance(1000), Stimulus::Recv(Message::Keepalive.datagram())];
    for stimulus in scenario.stimuli().chain(&goes_on) {
        match stimulus {
            Stimulus::Advance(milliseconds) => now += u64::from(*milliseconds),
            Stimulus::Recv(datagram) => {
                write(now, What::Received(Payload::Datagram(datagram.bytes().to_vec())));
            }
            Stimulus::Channel(ChannelState::Open) if !open => {
                open = true;
                write(now, What::Opened);
            }
            Stimulus::Channel(ChannelState::Closed) if open => {
                open = false;
                write(now, What::Closed);
            }
            _ => {}
        }
        let handed: Vec<(Datagram, bool)> = session.hands(stimulus);
        for (datagram, accepted) in handed {
            let payload = Payload::Datagram(datagram.bytes().to_vec());
            write(now, if accepted { What::Sent(payload) } else { What::Refused(payload) });
        }
    }
    file
}

fn findings(behaviour: Behaviour, scenario: &Scenario) -> Findings {
    check(&capture(behaviour, scenario)).finish().unwrap()
}

/// The published scenarios of peers, and random ones.
fn all_scenarios(random: u32) -> Vec<Scenario> {
    let builtin = VectorSet::builtin().unwrap();
    let published = builtin.scenarios().filter(|scenario| scenario.peer.is_some()).cloned();
    published.chain(scenarios(1, random)).collect()
}

#[test]
fn a_right_peer_is_never_blamed() {
    let is_deep = std::env::var_os("ROLLWIRE_DEEP").is_some();
    let all = all_scenarios(if is_deep { 100_000 } else { RANDOM });
    let faults = on_all_cores(&all, |scenario| {
        let found = findings(Behaviour::SPECIFIED, scenario);
        let first = found.sides[0].violations.iter().find(|it| it.side == Side::Own).cloned();
        first.map(|it| {
            format!("{}: line {}: {} {}: {}", scenario.id, it.line, it.rule, it.kind, it.detail)
        })
    });
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    let shown: Vec<String> =
        faults.iter().take(60).map(|it| it.chars().take(220).collect()).collect();
    assert!(faults.is_empty(), "{} of {}: {shown:#?}", faults.len(), all.len());
}

/// A wrong peer, the rule that it breaks, and if a capture shows it: in which scenario, and which rule is named.
type Row = (String, String, Option<(String, String)>);

/// The table of the wrong peers (conformance/capture/WRONG-PEERS.md).
fn table() -> Vec<Row> {
    let rows = TABLE.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let [_, name, rule, scenario, named, _] = cells[..] else { panic!("{row}") };
        let found = (scenario != "-").then(|| (scenario.to_owned(), named.to_owned()));
        (name.to_owned(), rule.to_owned(), found)
    })
    .collect()
}

fn first_of_own(findings: &Findings) -> Option<String> {
    let own = findings.sides[0].violations.iter().find(|it| it.side == Side::Own);
    own.map(|violation| violation.rule.clone())
}

#[test]
fn wrong_peers_are_found_as_the_table_says() {
    let (all, mutants, table) = (all_scenarios(RANDOM), mutants(), table());
    let names: Vec<(&str, &str)> = mutants.iter().map(|it| (it.name, it.rule)).collect();
    let listed: Vec<(&str, &str)> = table.iter().map(|row| (&*row.0, &*row.1)).collect();
    assert_eq!(listed, names, "the table lists every wrong peer, in the order of the chapters");
    let rows: Vec<_> = mutants
        .iter()
        .zip(&table)
        .filter_map(|(mutant, row)| Some((mutant, row.2.as_ref()?)))
        .collect();
    let faults = on_all_cores(&rows, |(mutant, (scenario, rule))| {
        let Some(scenario) = all.iter().find(|it| it.id == *scenario) else {
            return Some(format!("{}: the scenario {scenario} does not exist", mutant.name));
        };
        let named = first_of_own(&findings(mutant.behaviour(), scenario));
        (named.as_deref() != Some(rule)).then(|| format!("{}: {named:?}", mutant.name))
    });
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    assert!(faults.is_empty(), "{faults:#?}");
    // Three in four.
    let (shown, every) = (rows.len(), mutants.len());
    assert!(4 * shown >= 3 * every, "{shown} of {every}");
    let published = rows.iter().filter(|(_, (id, _))| !id.starts_with("fresh/")).count();
    let by_rule = rows.iter().filter(|(mutant, (_, named))| mutant.rule == named).count();
    let summary = format!(
        "{shown} of {every} are shown, {published} by a published scenario, and {by_rule} by their own rule first"
    );
    assert!(TABLE.contains(&summary), "{summary}");
    let chapter = include_str!("../../../../spec/capture.md");
    let sentence =
        format!("Of {every} peers that each break one rule, the captures of one side show {shown}");
    assert!(chapter.contains(&sentence), "{sentence}");
}

/// Prints the rows too: `cargo test -p rollwire-interop -- --ignored --nocapture every_row`.
#[test]
#[ignore = "takes minutes; `.ci/deep tests` runs it"]
fn every_row_is_the_first_scenario_that_shows_the_peer() {
    let (all, mutants) = (all_scenarios(RANDOM), mutants());
    let rows = on_all_cores(&mutants, |mutant| {
        let about = |scenario: &&Scenario| scenario.rules.iter().any(|rule| *rule == mutant.rule);
        let mut found: Option<(&str, String)> = None;
        for scenario in all.iter().filter(about).chain(&all) {
            if let Some(rule) = first_of_own(&findings(mutant.behaviour(), scenario)) {
                let is_named = rule == mutant.rule;
                if is_named || found.is_none() {
                    found = Some((&scenario.id, rule));
                }
                if is_named || scenario.id.starts_with("fresh/") {
                    break;
                }
            }
        }
        let (scenario, named) =
            found.map_or(("-".to_owned(), "-".to_owned()), |(id, rule)| (format!("`{id}`"), rule));
        format!("| `{}` | {} | {scenario} | {named} |", mutant.name, mutant.rule)
    });
    println!("{}", rows.join("\n"));
    let missing: Vec<&String> = rows.iter().filter(|row| !TABLE.contains(row.as_str())).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
