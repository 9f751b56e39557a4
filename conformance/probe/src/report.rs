//! What a session came to: for people as text, and for programs as JSON.

use std::fmt::Write as _;

use rollwire_conformance::verdict::Exit;
use serde::Serialize;

use crate::{
    outcome::{Outcome, Verdict},
    probes::PROBES,
    rules::{self, How},
};

/// What a session came to, or what is known so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The version of this format.
    pub version: u8,
    /// How long the session took, in milliseconds.
    pub milliseconds: u64,
    /// Whether the session is over.
    pub is_over: bool,
    /// The probe that is running.
    pub running: Option<&'static str>,
    /// What each probe found out about each of its rules, in the order of the probes; then what was seen
    /// without a question.
    pub verdicts: Vec<Verdict>,
    /// The probes that were left out on request.
    pub skipped: Vec<&'static str>,
    /// The exit code, once the session is over.
    pub exit: Option<u8>,
    /// How many rules were watched without an objection.
    pub watched: usize,
    /// How many rules cannot be tested from outside.
    pub hidden: usize,
}

impl Report {
    pub(crate) fn new(
        said: &[Verdict],
        waits: &[(&'static str, &'static str)],
        skipped: Vec<&'static str>,
        (running, is_over): (Option<&'static str>, bool),
        milliseconds: u64,
    ) -> Self {
        let mut verdicts = Vec::new();
        for row in PROBES.iter().filter(|row| !skipped.contains(&row.name)) {
            let own = said.iter().filter(|it| it.probe == row.name);
            verdicts.extend(own.cloned());
            for rule in row.rules {
                if said.iter().any(|it| it.probe == row.name && it.rule == *rule) {
                    continue;
                }
                let why = waits.iter().find(|(name, _)| *name == row.name);
                let why = why.map_or("the session ended before it was answered", |(_, why)| *why);
                verdicts.push(Verdict {
                    probe: row.name,
                    rule: (*rule).to_owned(),
                    outcome: Outcome::NotAsked,
                    why: why.to_owned(),
                    evidence: Vec::new(),
                    at: milliseconds,
                });
            }
        }
        let watched = said.iter().filter(|it| !PROBES.iter().any(|row| row.name == it.probe));
        verdicts.extend(watched.cloned());
        let objected = |rule: &str| said.iter().any(|it| it.rule == rule);
        let of = |how: How| rules::all().filter(move |(_, it)| *it == how);
        let watched = of(How::Watched).filter(|(rule, _)| !objected(rule)).count();
        let hidden = of(How::Hidden).count();
        let mut report = Self {
            version: 1,
            milliseconds,
            is_over,
            running,
            verdicts,
            skipped,
            exit: None,
            watched,
            hidden,
        };
        report.exit = is_over.then(|| report.exit().code());
        report
    }

    /// How many verdicts have this outcome.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.verdicts.iter().filter(|it| it.outcome == outcome).count()
    }

    /// The exit code: a rule was broken, something is open, nothing was asked, or the game conforms as far as
    /// it can be tested from outside.
    #[must_use]
    pub fn exit(&self) -> Exit {
        let count = |outcome| self.count(outcome);
        if count(Outcome::Broken) > 0 {
            Exit::Failed
        } else if count(Outcome::Kept) + count(Outcome::Weak) == 0 {
            Exit::Nothing
        } else if count(Outcome::NotAsked) + count(Outcome::Undecided) > 0 {
            Exit::Incomplete
        } else {
            Exit::Conforms
        }
    }

    /// The report as text. All of it is safe for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let order =
            [Outcome::Broken, Outcome::Weak, Outcome::Undecided, Outcome::NotAsked, Outcome::Kept];
        for outcome in order {
            for verdict in self.verdicts.iter().filter(|it| it.outcome == outcome) {
                write(&mut text, verdict);
            }
        }
        let count = |outcome| self.count(outcome);
        let _ = writeln!(
            text,
            "{} kept, {} broken, {} weak, {} undecided, {} not asked in {}.{} s",
            count(Outcome::Kept),
            count(Outcome::Broken),
            count(Outcome::Weak),
            count(Outcome::Undecided),
            count(Outcome::NotAsked),
            self.milliseconds / 1000,
            self.milliseconds % 1000 / 100,
        );
        if !self.skipped.is_empty() {
            let _ = writeln!(text, "left out on request: {}", self.skipped.join(", "));
        }
        let _ = writeln!(
            text,
            "{} more rules were watched, and none was broken; {} rules cannot be tested from outside, and are not counted",
            self.watched, self.hidden
        );
        let _ = writeln!(text, "{}", self.sentence());
        text
    }

    /// The result in one sentence.
    #[must_use]
    pub fn sentence(&self) -> &'static str {
        match self.exit() {
            _ if !self.is_over => "the session goes on",
            Exit::Conforms => "the game conforms, as far as it can be tested from outside",
            Exit::Failed => "the game does not conform",
            Exit::Nothing => "nothing was tested: the game answered no question",
            _ => "incomplete: something was not asked, or not decided",
        }
    }
}

fn write(text: &mut String, verdict: &Verdict) {
    let Verdict { probe, rule, outcome, why, evidence, .. } = verdict;
    let _ = writeln!(text, "{:<9}  {rule} · {probe} · {why}", outcome.label());
    if *outcome < Outcome::Weak {
        return;
    }
    for line in evidence {
        let seconds = format!("{}.{:03}", line.at / 1000, line.at % 1000);
        let _ =
            writeln!(text, "      {seconds:>8}  {:<8}  {}  {}", line.from, line.bytes, line.words);
    }
    if *outcome == Outcome::Broken {
        let _ = writeln!(text, "      read  rollwire explain {rule}");
    }
}
