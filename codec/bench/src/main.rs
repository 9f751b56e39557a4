//! `bench pass WORKLOAD CODEC` makes one pass, for an instruction counter to look at;
//! `bench time` prints the wall clock of all of them.

use std::{alloc::System, env, hint::black_box, process::ExitCode, time::Instant};

use fastrand::Rng;
use rollwire_codec_bench::{
    mix,
    subject::{Hand, Rollwire, Subject},
};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Rounds of the wall clock; in each, every workload runs once with every codec.
const ROUNDS: usize = 101;

/// A workload's name, and the passes of both codecs over it.
struct Workload<'d> {
    name: &'static str,
    messages: usize,
    passes: [Pass<'d>; 2],
}

struct Pass<'d> {
    codec: &'static str,
    run: Box<dyn FnMut() -> u64 + 'd>,
}

fn main() -> ExitCode {
    let mut rng = Rng::with_seed(0x726f_6c6c);
    let mixed = mix::mix(&mut rng);
    let hashes = vec![mix::state_hash(&mut rng); 10_000];
    let long = vec![mix::input_response(1000, &mut rng)];
    let mut workloads = [
        decoding("decode-mix", &mixed),
        encoding("encode-mix", &mixed),
        decoding("decode-state-hash", &hashes),
        encoding("encode-state-hash", &hashes),
        decoding("iterate-1000", &long),
    ];

    let args: Vec<String> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["pass", workload, codec] => {
            let workload = workloads.iter_mut().find(|known| known.name == *workload);
            let pass = workload.and_then(|w| w.passes.iter_mut().find(|p| p.codec == *codec));
            match pass {
                Some(pass) => measured(pass),
                None => return ExitCode::from(2),
            };
            ExitCode::SUCCESS
        }
        ["time"] => time(&mut workloads, &mut rng),
        _ => ExitCode::from(2),
    }
}

/// The only function whose instructions are counted.
#[inline(never)]
fn measured(pass: &mut Pass<'_>) -> u64 {
    black_box((pass.run)())
}

fn decoding<'d>(name: &'static str, datagrams: &'d [Vec<u8>]) -> Workload<'d> {
    fn pass<'d, S: Subject + 'static>(datagrams: &'d [Vec<u8>]) -> Pass<'d> {
        let datagrams: Vec<&[u8]> = datagrams.iter().map(Vec::as_slice).collect();
        let run = move || {
            let mut sum = 0_u64;
            for datagram in &datagrams {
                if let Ok(message) = &S::decode(datagram) {
                    sum = sum.wrapping_add(S::checksum(message));
                }
            }
            sum
        };
        Pass { codec: S::NAME, run: Box::new(run) }
    }
    let passes = [pass::<Rollwire>(datagrams), pass::<Hand>(datagrams)];
    Workload { name, messages: datagrams.len(), passes }
}

fn encoding<'d>(name: &'static str, datagrams: &'d [Vec<u8>]) -> Workload<'d> {
    fn pass<'d, S: Subject + 'static>(datagrams: &'d [Vec<u8>]) -> Pass<'d> {
        let messages: Vec<S::Message<'d>> = datagrams
            .iter()
            .map(|datagram| S::decode(datagram).expect("the mix is valid"))
            .collect();
        let mut out = [0; 1500];
        let run = move || {
            let mut sum = 0_u64;
            for message in &messages {
                if let Ok(wire) = S::encode(message, &mut out) {
                    sum = sum.wrapping_add(black_box(wire).len() as u64);
                }
            }
            sum
        };
        Pass { codec: S::NAME, run: Box::new(run) }
    }
    let passes = [pass::<Rollwire>(datagrams), pass::<Hand>(datagrams)];
    Workload { name, messages: datagrams.len(), passes }
}

/// Prints `workload codec messages nanoseconds` a line: the median of all rounds, per message.
fn time(workloads: &mut [Workload<'_>], rng: &mut Rng) -> ExitCode {
    let mut nanos = vec![[Vec::new(), Vec::new()]; workloads.len()];
    for _ in 0..ROUNDS {
        let mut order: Vec<(usize, usize)> =
            (0..workloads.len()).flat_map(|w| [(w, 0), (w, 1)]).collect();
        rng.shuffle(&mut order);
        for (w, p) in order {
            let repeats = 10_000 / workloads[w].messages.max(1000);
            let allocations = Region::new(ALLOCATOR);
            let start = Instant::now();
            for _ in 0..repeats {
                measured(&mut workloads[w].passes[p]);
            }
            let elapsed = start.elapsed().as_nanos() as f64;
            if allocations.change().allocations != 0 {
                eprintln!("{} allocates", workloads[w].passes[p].codec);
                return ExitCode::FAILURE;
            }
            nanos[w][p].push(elapsed / (repeats * workloads[w].messages) as f64);
        }
    }
    for (workload, nanos) in workloads.iter().zip(&mut nanos) {
        for (pass, nanos) in workload.passes.iter().zip(nanos) {
            nanos.sort_by(f64::total_cmp);
            let (name, messages) = (workload.name, workload.messages);
            println!("{name} {} {messages} {:.2}", pass.codec, nanos[ROUNDS / 2]);
        }
    }
    ExitCode::SUCCESS
}
