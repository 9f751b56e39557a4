//! `bench list` prints every workload, how many messages it has, and every codec, one on a line;
//! `bench pass WORKLOAD CODEC` makes one pass, for an instruction counter;
//! `bench time` prints the time and the allocations of every workload with every codec.

use std::{alloc::System, env, hint::black_box, process::ExitCode, time::Instant};

use fastrand::Rng;
use rollwire_codec_bench::{
    mix,
    peers::{Binrw, Postcard, Prost, Zerocopy},
    subject::{Hand, Rollwire, Subject},
};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Rounds of the time measurement. In each, every workload runs once with every codec.
const ROUNDS: usize = 101;

/// An operation and the datagrams that it is applied to.
struct Workload {
    name: &'static str,
    doing: Doing,
    /// Valid datagrams.
    datagrams: Vec<Vec<u8>>,
    /// Invalid datagrams, which the codecs of this wire format decode instead in `rejects`.
    rejects: Vec<Vec<u8>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Doing {
    Decode,
    Encode,
    Reject,
}

type Pass = Box<dyn FnMut() -> u64>;
type MakePass = fn(&Workload) -> Pass;

/// Every codec, with the function that builds its pass over a workload.
const CODECS: [(&str, MakePass); 6] = [
    (Rollwire::NAME, pass::<Rollwire>),
    (Hand::NAME, pass::<Hand>),
    (Zerocopy::NAME, pass::<Zerocopy>),
    (Postcard::NAME, pass::<Postcard>),
    (Binrw::NAME, pass::<Binrw>),
    (Prost::NAME, pass::<Prost>),
];

fn main() -> ExitCode {
    let mut rng = Rng::with_seed(0x726f_6c6c);
    let mixed = mix::mix(&mut rng);
    let rejects = mix::rejects(&mixed, &mut rng);
    let hashes = vec![mix::state_hash(&mut rng); 10_000];
    let long = vec![mix::input_response(1000, &mut rng)];
    let workload = |name, doing, datagrams: &Vec<Vec<u8>>| {
        let (datagrams, rejects) = (datagrams.clone(), rejects.clone());
        Workload { name, doing, datagrams, rejects }
    };
    let workloads = [
        workload("decode-mix", Doing::Decode, &mixed),
        workload("encode-mix", Doing::Encode, &mixed),
        workload("decode-state-hash", Doing::Decode, &hashes),
        workload("encode-state-hash", Doing::Encode, &hashes),
        workload("iterate-1000", Doing::Decode, &long),
        workload("rejects", Doing::Reject, &mixed),
    ];

    let args: Vec<String> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["list"] => {
            for Workload { name, datagrams, .. } in &workloads {
                for (codec, _) in CODECS {
                    println!("{name} {} {codec}", datagrams.len());
                }
            }
        }
        ["pass", workload, codec] => {
            let workload = workloads.iter().find(|known| known.name == *workload);
            let codec = CODECS.iter().find(|(name, _)| name == codec);
            let Some((workload, (_, make))) = workload.zip(codec) else {
                return ExitCode::from(2);
            };
            measured(&mut make(workload));
        }
        ["time"] => time(&workloads, &mut rng),
        _ => return ExitCode::from(2),
    }
    ExitCode::SUCCESS
}

/// The only function whose instructions are counted.
#[inline(never)]
fn measured(pass: &mut Pass) -> u64 {
    black_box(pass())
}

fn pass<S: Subject + 'static>(workload: &Workload) -> Pass {
    let translated = workload.datagrams.iter().map(|datagram| S::translate(datagram));
    let wires: Vec<Vec<u8>> = match workload.doing {
        Doing::Decode | Doing::Encode => translated.collect(),
        Doing::Reject if S::SAME_BYTES => workload.rejects.clone(),
        Doing::Reject => {
            let broken = |(index, bytes)| mix::shorter_or_longer(index, bytes);
            translated.enumerate().map(broken).collect()
        }
    };
    // Messages may borrow from them. The leak does not matter: the process ends after the pass.
    let wires: &'static [Vec<u8>] = wires.leak();
    match workload.doing {
        Doing::Decode => Box::new(|| decode_all::<S>(wires)),
        Doing::Encode => {
            let messages: Vec<S::Message<'static>> =
                wires.iter().map(|wire| S::decode(wire).expect("the mix is valid")).collect();
            let mut out = [0; 1500];
            Box::new(move || encode_all::<S>(&messages, &mut out))
        }
        Doing::Reject => Box::new(|| {
            let refused = wires.iter().filter(|wire| S::decode(wire).is_err());
            refused.count() as u64
        }),
    }
}

fn decode_all<S: Subject>(wires: &[Vec<u8>]) -> u64 {
    let mut sum = 0_u64;
    for wire in wires {
        if let Ok(message) = &S::decode(wire) {
            sum = sum.wrapping_add(S::checksum(message));
        }
    }
    sum
}

fn encode_all<S: Subject>(messages: &[S::Message<'static>], out: &mut [u8]) -> u64 {
    let mut sum = 0_u64;
    for message in messages {
        if let Ok(wire) = S::encode(message, out) {
            sum = sum.wrapping_add(black_box(wire).len() as u64);
        }
    }
    sum
}

/// Prints `workload codec nanoseconds allocations` a line, per message: the median of all rounds, and
/// the most of any, unrounded, so that a single one shows.
fn time(workloads: &[Workload], rng: &mut Rng) {
    let mut passes: Vec<(&Workload, &str, Pass, Vec<f64>, f64)> = Vec::new();
    for workload in workloads {
        for (codec, make) in CODECS {
            passes.push((workload, codec, make(workload), Vec::new(), 0.0));
        }
    }
    let mut order: Vec<usize> = (0..passes.len()).collect();
    for _ in 0..ROUNDS {
        rng.shuffle(&mut order);
        for &at in &order {
            let (workload, _, pass, nanos, allocations) = &mut passes[at];
            let repeats = 10_000 / workload.datagrams.len().max(1000);
            let messages = (repeats * workload.datagrams.len()) as f64;
            let region = Region::new(ALLOCATOR);
            let start = Instant::now();
            for _ in 0..repeats {
                measured(pass);
            }
            let elapsed = start.elapsed().as_nanos() as f64;
            let change = region.change();
            let allocated = (change.allocations + change.reallocations) as f64 / messages;
            *allocations = allocations.max(allocated);
            nanos.push(elapsed / messages);
        }
    }
    for (workload, codec, _, mut nanos, allocations) in passes {
        nanos.sort_by(f64::total_cmp);
        println!("{} {codec} {:.2} {allocations}", workload.name, nanos[ROUNDS / 2]);
    }
}
