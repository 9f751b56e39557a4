//! The report: what each case has taken, beside its bound.

use std::fmt::Write;

use crate::{
    bounds::{NO_DEARER, PARTS, Part, ROWS},
    measured::Sample,
};

/// A report, and the bounds that do not hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub markdown: String,
    pub missed: Vec<String>,
}

/// The sample of a case that comes nearest to its bound.
#[derive(Clone, Copy, Debug)]
struct Dearest {
    sample: Sample,
    instructions: u64,
    bound: u64,
}

impl Dearest {
    fn is_dearer(&self, other: &Self) -> bool {
        // Both as parts of their bounds: a/b > c/d.
        self.instructions * other.bound > other.instructions * self.bound
    }
}

/// The bound of a sample with these parts.
fn bound(parts: &[Part], sample: &Sample) -> u64 {
    parts.iter().map(|it| it.allows(sample.received as u64, sample.sent as u64)).sum()
}

/// Compares the counts with the bounds; each count belongs to the sample at its place.
///
/// # Errors
///
/// When a case has no bound, or a bound has no case.
pub fn report(samples: &[Sample], counts: &[u64]) -> Result<Report, String> {
    if let Some(it) = samples.iter().find(|it| ROWS.iter().all(|(case, _)| *case != it.case)) {
        return Err(format!("{:?} has no bound", it.case));
    }
    let mut report = Report::default();
    let rows = "| case | datagrams | bytes | sent | instructions | bound | parts of the bound |\n\
                |---|---:|---:|---:|---:|---:|---|\n";
    report.markdown.push_str(rows);
    let mut dearest_of = Vec::new();
    for (case, parts) in ROWS {
        let measured = samples.iter().zip(counts).filter(|(sample, _)| sample.case == *case);
        let all = measured.map(|(&sample, &instructions)| Dearest {
            sample,
            instructions,
            bound: bound(parts, &sample),
        });
        let calls = all.clone().count();
        let dearest = all.reduce(|a, b| if b.is_dearer(&a) { b } else { a });
        let Some(dearest) = dearest else { return Err(format!("{case:?} was not measured")) };
        report.row(case, parts, calls, &dearest);
        dearest_of.push((*case, dearest.instructions));
    }
    let taken = |name| dearest_of.iter().find(|(case, _)| *case == name).map_or(0, |it| it.1);
    for (wide, narrow) in NO_DEARER {
        if taken(wide) * 10 > taken(narrow) * 11 {
            report.missed.push(format!("{wide}: more than 1.1 times {narrow}"));
        }
    }
    report.parts();
    Ok(report)
}

impl Report {
    fn row(&mut self, case: &str, parts: &[Part], calls: usize, dearest: &Dearest) {
        let Dearest { sample, instructions, bound } = *dearest;
        let names: Vec<&str> = parts.iter().map(|it| it.name).collect();
        let numbers = [sample.received, sample.sent].map(|it| grouped(it as u64));
        self.line(&format!(
            "| {case} | {calls} | {} | {} | {} | {} | {} |",
            numbers[0],
            numbers[1],
            grouped(instructions),
            grouped(bound),
            names.join(", ")
        ));
        if instructions > bound {
            self.missed.push(format!("{case}: {instructions} instructions, bound {bound}"));
        }
    }

    /// What the parts of the bounds are.
    fn parts(&mut self) {
        self.line("\n| part | instructions | for each byte | for each byte sent | why |");
        self.line("|---|---:|---:|---:|---|");
        for Part { name, base, per_byte, per_byte_sent, reason } in PARTS {
            let base = grouped(base);
            self.line(&format!("| {name} | {base} | {per_byte} | {per_byte_sent} | {reason} |"));
        }
    }

    fn line(&mut self, line: &str) {
        writeln!(self.markdown, "{line}").expect("a string takes every line");
    }
}

/// A number with commas between its thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
