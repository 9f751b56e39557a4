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
        let record = Record { number: Some(number), at: Moment::from_millis(at), what, buffered: None };
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

fn all_scenarios(random: u32) -> Vec<Scenario> {
    let builtin = VectorSet::builtin().unwrap();
    let published = builtin.scenarios().filter(|scenario| scenario.peer.is_some()).cloned();
    published.chain(scenarios(1, random)).collect()
}

#[test]
fn a_right_peer_is_never_blamed() {
    let all = all_scenarios(4096);
    let faults = on_all_cores(&all, |scenario| {
        let found = findings(Behaviour::SPECIFIED, scenario);
        let first = found.sides[0].violations.iter().find(|it| it.side == Side::Own).cloned();
        first.map(|it| format!("{}: line {}: {} {}: {}", scenario.id, it.line, it.rule, it.kind, it.detail))
    });
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    let shown: Vec<String> = faults.iter().take(60).map(|it| it.chars().take(220).collect()).collect();
    assert!(faults.is_empty(), "{} of {}: {shown:#?}", faults.len(), all.len());
}

#[test]
fn wrong_peers_are_found() {
    let mut all = all_scenarios(4096);
    all.retain(|s| findings(Behaviour::SPECIFIED, s).sides[0].violations.iter().all(|it| it.side != Side::Own));
    let mut mutants = mutants();
    if let Ok(only) = std::env::var("ONLY") { mutants.retain(|m| only.split(',').any(|o| o == m.name)); }
    let found = on_all_cores(&mutants, |mutant| {
        let mut blamed = None;
        for scenario in &all {
            let findings = findings(mutant.behaviour(), scenario);
            let own = findings.sides[0].violations.iter().find(|it| it.side == Side::Own);
            if let Some(violation) = own {
                blamed = Some((violation.rule.clone(), scenario.id.clone()));
                break;
            }
        }
        blamed
    });
    let count = found.iter().flatten().count();
    for (mutant, found) in mutants.iter().zip(&found) {
        println!("{}\t{}\t{:?}", mutant.name, mutant.rule, found);
    }
    println!("TOTAL {count} of {}", mutants.len());
}

#[test]
fn shown() {
    let Ok(wanted) = std::env::var("SHOWN") else { return };
    let scenario = all_scenarios(4096).into_iter().find(|it| it.id == wanted).unwrap();
    print!("{}", String::from_utf8(capture(Behaviour::SPECIFIED, &scenario)).unwrap());
    for s in scenario.stimuli() { println!("{}", serde_json::to_string(s).unwrap()); }
}

#[test]
fn judged() {
    let (Ok(wanted), Ok(name)) = (std::env::var("SHOWN"), std::env::var("MUTANT")) else { return };
    let scenario = all_scenarios(4096).into_iter().find(|it| it.id == wanted).unwrap();
    let mutant = mutants().into_iter().find(|it| it.name == name).unwrap();
    let file = String::from_utf8(capture(mutant.behaviour(), &scenario)).unwrap();
    println!("{file}");
    println!("RIGHT {}", String::from_utf8(capture(Behaviour::SPECIFIED, &scenario)).unwrap());
    println!("{:?}", findings(mutant.behaviour(), &scenario).sides[0].violations);
}
