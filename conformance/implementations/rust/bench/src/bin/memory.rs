//! Plays half an hour, in several ways, and prints the most that each peer has held. Exits with 1 if it is
//! too much.

use std::process::ExitCode;

use peak_alloc::PeakAlloc;
use rollwire_reference_bench::{
    game::{
        account, play,
        scenario::{FRAMES, SCENARIOS},
    },
    table::grouped,
};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The most that a peer may hold at any time, in bytes: 1 MiB.
const BOUND: usize = 1 << 20;

fn main() -> ExitCode {
    assert!(account::is_counted(), "this program has the allocator that counts");
    let mut is_kept = true;
    println!(
        "| game | frames confirmed | hashes | lost | peak of player 0 | of player 1 | bound |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for scenario in &SCENARIOS {
        let outcome = play(scenario);
        let [left, right] = outcome.peaks.map(|it| grouped(it as u64));
        println!(
            "| {} | {} | {} | {:.0} % | {left} | {right} | {} |",
            scenario.name,
            grouped(outcome.confirmed.into()),
            grouped(outcome.hashed.into()),
            100.0 * outcome.losses,
            grouped(BOUND as u64),
        );
        if outcome.peaks.iter().any(|&peak| peak > BOUND) {
            eprintln!("{}: a peer has held more than {BOUND} bytes", scenario.name);
            is_kept = false;
        }
        // Otherwise the peak says little. An episode may complete before its last frames are confirmed
        // (EPISODE-10).
        let has_played = outcome.confirmed >= FRAMES / 100 * 98
            && outcome.hashed >= FRAMES / 500 * 98
            && (0.25..0.35).contains(&outcome.losses);
        if !has_played {
            eprintln!("{}: this was not half an hour over a bad link", scenario.name);
            is_kept = false;
        }
    }
    if is_kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
