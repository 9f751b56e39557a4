//! The bounds hold for memory, and a bound that does not hold is reported. Nothing here is timed, and
//! instructions are only counted by `run`.

use std::{fs, process::Command};

use rollwire_reference_bench::{
    bounds::{NO_DEARER, PARTS, ROWS},
    callgrind, cases,
    game::scenario::SCENARIOS,
    measured::Sample,
    table::{Report, grouped, report},
};

/// The allocator that counts belongs to a program of its own, because tests share theirs.
#[test]
fn half_an_hour_fits_into_a_mebibyte() {
    let output = Command::new(env!("CARGO_BIN_EXE_memory")).output().expect("the program");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    println!("{printed}");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows: Vec<&str> = printed.lines().skip(2).collect();
    assert_eq!(rows.len(), SCENARIOS.len());
    for (row, scenario) in rows.iter().zip(&SCENARIOS) {
        assert!(row.starts_with(&format!("| {} |", scenario.name)), "{row}");
    }
}

/// A report of samples that have all taken the same number of instructions.
fn with_counts(count: impl Fn(&Sample) -> u64) -> Report {
    let samples = cases::all();
    let counts: Vec<u64> = samples.all().iter().map(count).collect();
    report(samples.all(), &counts).expect("each case has a bound")
}

/// What the bound of a sample is.
fn bound(sample: &Sample) -> u64 {
    let (_, parts) = ROWS.iter().find(|(case, _)| *case == sample.case).expect("a bound");
    parts.iter().map(|it| it.allows(sample.received as u64, sample.sent as u64)).sum()
}

#[test]
fn a_bound_that_does_not_hold_is_reported() {
    assert_eq!(with_counts(bound).missed, Vec::<String>::new());
    for (case, _) in ROWS {
        let one_more = |it: &Sample| bound(it) + u64::from(it.case == *case);
        let missed = with_counts(one_more).missed;
        assert!(missed.len() == 1 && missed[0].starts_with(case), "{missed:?}");
    }
}

#[test]
fn one_dear_datagram_of_many_is_reported() {
    let samples = cases::all();
    let of_the_flood = |it: &Sample| it.case == "STATE_HASHes of 4096 later frames";
    let place = samples.all().iter().position(of_the_flood).expect("it is measured") + 100;
    let mut counts = vec![1; samples.all().len()];
    counts[place] = 1_000_000;
    let missed = report(samples.all(), &counts).expect("each case has a bound").missed;
    assert_eq!(missed, ["STATE_HASHes of 4096 later frames: 1000000 instructions, bound 7591"]);
}

#[test]
fn a_request_for_everything_may_take_a_tenth_more() {
    for (wide, narrow) in NO_DEARER {
        let counts = |more: u64| {
            move |it: &Sample| match it.case {
                case if case == wide => 1100 + more,
                case if case == narrow => 1000,
                _ => 1,
            }
        };
        assert_eq!(with_counts(counts(0)).missed, Vec::<String>::new());
        assert_eq!(
            with_counts(counts(1)).missed,
            [format!("{wide}: more than 1.1 times {narrow}")]
        );
    }
}

#[test]
fn a_case_without_a_bound_and_a_bound_without_a_case_are_errors() {
    let samples = cases::all();
    let mut other = samples.all().to_vec();
    other[0].case = "another";
    let counts = vec![1; other.len()];
    assert_eq!(report(&other, &counts), Err(r#""another" has no bound"#.to_owned()));
    let without: Vec<Sample> = other.iter().copied().filter(|it| it.case == "PING").collect();
    assert_eq!(report(&without, &[1]), Err(format!("{:?} was not measured", ROWS[0].0)));
}

#[test]
fn counts_are_those_of_the_calls() {
    let parts = "part: 1\nsummary: 7\ntotals: 7\npart: 2\ntotals: 9\npart: 3\ntotals: 0\n";
    assert_eq!(callgrind::counts(parts, 2), Ok(vec![7, 9]));
    // The measured function was not found, or was called more often; or the last part has costs.
    for (text, calls) in [(parts, 3), (parts, 1), ("totals: 7\ntotals: 9\n", 1), ("", 0)] {
        assert!(callgrind::counts(text, calls).is_err(), "{text:?}");
    }
    assert!(callgrind::counts("totals: x\ntotals: 0\n", 1).is_err());
}

/// Instructions and bytes differ from compiler to compiler; what is measured does not.
#[test]
fn the_committed_report_has_these_rows() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let committed = fs::read_to_string(path).expect("the committed report");
    let rows: Vec<Vec<&str>> = committed
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| line.split(" | ").collect())
        .collect();
    let of_cases: Vec<&Vec<&str>> = rows.iter().filter(|it| it.len() == 7).collect();
    let headings = ["case", "game"];
    let names: Vec<&str> =
        of_cases.iter().map(|it| it[0]).filter(|it| !headings.contains(it)).collect();
    let measured = ROWS.iter().map(|(case, _)| *case);
    assert_eq!(names, measured.chain(SCENARIOS.iter().map(|it| it.name)).collect::<Vec<_>>());
    for (case, parts) in ROWS {
        let row = of_cases.iter().find(|it| it[0] == *case).expect("it is in the list");
        assert_eq!(row[6], parts.iter().map(|it| it.name).collect::<Vec<_>>().join(", "));
    }
    for it in PARTS {
        let base = grouped(it.base);
        let row =
            [it.name, &base, &it.per_byte.to_string(), &it.per_byte_sent.to_string(), it.reason]
                .join(" | ");
        assert!(committed.contains(&row), "{row}");
    }
}
