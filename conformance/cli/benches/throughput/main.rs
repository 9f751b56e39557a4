//! Checks per second, compared with lock-step and with one process for each check, and the cost of more
//! rounds.
//!
//! `cargo bench -p rollwire --bench throughput` prints a report in Markdown. The runners
//! take turns, so that a machine that slows down slows down all of them.

mod kit;
#[path = "../common/machine.rs"]
mod machine;
#[path = "../common/memory.rs"]
mod memory;
mod one_by_one;
#[path = "../common/outcome.rs"]
mod outcome;

use std::{env, path::Path, process::ExitCode, time::Duration};

use rollwire_conformance::text::grouped;

use self::{
    kit::{Kit, Run},
    machine::{machine, version},
    outcome::{Outcome, bench},
};

/// How often everything is measured; the figures are medians.
const ROUNDS: usize = 5;

/// How often each check runs, so that a run takes about a second: with a window, and in lock-step.
const REPEATS: [u32; 2] = [100, 20];

/// How many checks get a process of their own.
const SAMPLE: usize = 40;

/// How often each check runs to measure the cost of more rounds.
const FEW_AND_MANY: [u32; 2] = [10, 100];

/// An implementation of this repository.
struct Subject {
    name: &'static str,
    command: Vec<String>,
}

fn main() -> ExitCode {
    bench(report)
}

fn report() -> Outcome<()> {
    let subjects = subjects();
    let kit = Kit::new()?;
    println!("# Results\n");
    println!("Printed by `cargo bench -p rollwire --bench throughput`.");
    println!(
        "A check is one request and one answer; they are the {} published checks about bytes, run \
         repeatedly.",
        grouped(kit.checks() as u64)
    );
    println!(
        "Every time is that of a whole process from its start to its end, with the start of the \
         adapter in it.\nThe runners take turns; the figures are medians of {ROUNDS} rounds.\n"
    );
    println!("{}.\n", machine());
    throughput(&kit, &subjects)?;
    rounds(&kit, &subjects)
}

/// The adapters whose language is installed.
fn subjects() -> Vec<Subject> {
    let adapters = Path::new(env!("CARGO_MANIFEST_DIR")).join("../implementations");
    let path = |path: &str| adapters.join(path).display().to_string();
    let program = env!("CARGO_BIN_EXE_rollwire").to_owned();
    let all = [
        ("Rust", vec![program, "adapter".to_owned()]),
        ("Node", vec!["node".to_owned(), path("javascript/adapter.mjs")]),
        ("Python", vec!["python3".to_owned(), path("python/adapter.py")]),
    ];
    let is_there = |command: &[String]| version(&command[0]).is_some();
    all.into_iter()
        .filter(|(_, command)| is_there(command))
        .map(|(name, command)| Subject { name, command })
        .collect()
}

fn throughput(kit: &Kit, subjects: &[Subject]) -> Outcome<()> {
    let mut speeds = vec![[const { Vec::new() }; 3]; subjects.len()];
    for _ in 0..ROUNDS {
        for (subject, speeds) in subjects.iter().zip(&mut speeds) {
            let window = kit.run(&subject.command, 256, REPEATS[0])?;
            let lock_step = kit.run(&subject.command, 1, REPEATS[1])?;
            let alone = one_by_one::run(&subject.command, kit.requests(), SAMPLE)?;
            for (all, speed) in speeds.iter_mut().zip([window.speed(), lock_step.speed(), alone]) {
                all.push(speed);
            }
        }
    }
    println!("## Checks per second\n");
    println!(
        "`rollwire check` with `--window 256` and `--repeat {}`; in lock-step, which is `--window 1`, \
         with `--repeat {}`;\nand a runner that starts a process for each of {SAMPLE} checks, sends \
         hello and one request, and waits for its end.\n\
         Bars on a quiet machine: 200,000 through Rust, 50,000 through Node and 25,000 through Python; \
         5 times lock-step,\nfor Python 3 times.\n",
        REPEATS[0], REPEATS[1]
    );
    println!(
        "| adapter | window of 256 | lock-step | ratio | one process for each check | ratio |"
    );
    println!("|---|---:|---:|---:|---:|---:|");
    for (subject, speeds) in subjects.iter().zip(speeds) {
        let [window, lock_step, alone] = speeds.map(median);
        println!(
            "| {} | {} | {} | {:.1} | {alone:.1} | {} |",
            subject.name,
            whole(window),
            whole(lock_step),
            window / lock_step,
            whole(window / alone)
        );
    }
    println!();
    Ok(())
}

fn rounds(kit: &Kit, subjects: &[Subject]) -> Outcome<()> {
    let mut runs: Vec<[Vec<Run>; 2]> = subjects.iter().map(|_| [Vec::new(), Vec::new()]).collect();
    for _ in 0..ROUNDS {
        for (subject, runs) in subjects.iter().zip(&mut runs) {
            for (repeat, runs) in FEW_AND_MANY.into_iter().zip(runs) {
                runs.push(kit.run(&subject.command, 256, repeat)?);
            }
        }
    }
    let [few, many] = FEW_AND_MANY;
    println!("## The cost of more rounds\n");
    println!(
        "The same with `--repeat {few}` and `--repeat {many}`; memory is VmHWM of `rollwire`, without \
         the adapter.\nBars: at most 11 times the time, and less than 4,096 KiB more.\n"
    );
    println!("| adapter | {few} times, s | {many} times, s | ratio | KiB | KiB | more KiB |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for (subject, runs) in subjects.iter().zip(runs) {
        let time = |runs: &[Run]| median(runs.iter().map(|run| run.time.as_secs_f64()).collect());
        let memory = |runs: &[Run]| {
            let known: Option<Vec<f64>> = runs.iter().map(|run| run.memory).collect();
            known.map(median)
        };
        let [few, many] = &runs;
        let times = [time(few), time(many)];
        let memory = match (memory(few), memory(many)) {
            (Some(few), Some(many)) => {
                format!("{} | {} | {:.0}", whole(few), whole(many), many - few)
            }
            _ => "– | – | –".to_owned(),
        };
        println!(
            "| {} | {:.2} | {:.2} | {:.1} | {memory} |",
            subject.name,
            times[0],
            times[1],
            times[1] / times[0]
        );
    }
    Ok(())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// `1,234`: a figure rounded to a whole number.
fn whole(figure: f64) -> String {
    let digits = format!("{figure:.0}");
    digits.parse().map_or(digits, grouped)
}

/// Checks per second.
fn speed(checks: usize, time: Duration) -> f64 {
    f64::from(u32::try_from(checks).unwrap_or(u32::MAX)) / time.as_secs_f64()
}
