//! `rollwire baseline`: files of expected failures, written, checked and explained.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use rollwire_conformance::{
    baseline::{Entry, Known, faults::lint, update},
    event::Event,
    text::{describe, plural, sanitize, shown},
    vectors::{AnyCase, VectorSet},
    verdict::Exit,
};
use rollwire_model::vectors::CheckKind;

use crate::{
    args,
    baseline_file::{from_text, open, read, unusable},
    failure::Failure,
    files::{refuse_collisions, replace},
    input_files::load,
    output::reports,
    settings_file::SettingsFile,
    setup::start,
    style::strong,
    terminal,
};

pub(crate) fn run(command: args::Baseline) -> Result<Exit, Failure> {
    match command {
        args::Baseline::Update { file, check } => bring_up_to_date(&file, &check),
        args::Baseline::Check { file, today, vectors } => check(&file, today, &vectors),
        args::Baseline::Explain { file, id } => explain(&file, id.as_deref()),
    }
}

/// Runs the checks, and writes the baseline. Nothing is written unless all checks ran.
fn bring_up_to_date(path: &Path, arguments: &args::Check) -> Result<Exit, Failure> {
    let arguments = &SettingsFile::of(&arguments.settings)?.update(arguments);
    refuse_collisions(arguments)?.writes("baseline update", path)?;
    let text = if path.exists() { read(path)? } else { String::new() };
    let old = if text.trim().is_empty() { "baseline = 1" } else { &text };
    let baseline = from_text(path, old, arguments.judging.today)?;
    let today = baseline.today;
    let run = start(arguments, baseline)?;
    let mut outputs = reports(arguments)?;
    let (mut observed, mut footer) = (update::Observed::default(), None);
    let mut revision = rollwire_model::Layout::builtin().revision;
    let (exit, scope) = outputs.during(|outputs| {
        run.go(&mut |event| {
            match &event {
                Event::Header(header) => revision = header.revision,
                Event::Check(check) => observed.event(check),
                Event::Footer(it) => footer = Some((**it).clone()),
                Event::Note { .. } | Event::Cause(_) => {}
            }
            outputs.event(&event);
        })
    })?;
    outputs.close(exit)?;
    let footer = footer.ok_or_else(|| Failure::new(Exit::Broken, "the run has no end"))?;
    // Also a run that came to its end may have left out checks whose like breaks the adapter.
    if !footer.complete || footer.counts.not_run > 0 {
        let left_out = plural(footer.counts.not_run, "check was", "checks were");
        let reason = footer.reason.unwrap_or_else(|| {
            format!("{left_out} not asked, as a note says; `--restarts` raises how many are asked")
        });
        let text = format!("{} is left as it is: the run is incomplete: {reason}", shown(path));
        return Err(Failure::new(exit, text));
    }
    if !observed.any_passed() {
        let text = format!(
            "{} is left as it is: no check passed, and a baseline of all checks is useless",
            shown(path)
        );
        return Err(Failure::new(Exit::Nothing, text));
    }
    let options =
        update::UpdateOptions { scope: &scope, today, revision, strict: arguments.judging.strict };
    let updated =
        update::update(&text, &observed, options).map_err(|fault| unusable(path, &fault))?;
    replace(path, updated.text.as_bytes())
        .map_err(|error| Failure::unwritable(&shown(path), &error))?;
    let mut out = terminal::stdout();
    for title in &updated.dropped {
        writeln!(out, "no longer holds: {}", sanitize(title))?;
    }
    let kept = plural(updated.kept, "entry", "entries");
    let new = updated.new;
    writeln!(out, "{}: {kept} kept, {new} new", shown(path))?;
    if new > 0 {
        writeln!(out, "`rollwire check` accepts no reason that begins with TODO: say why")?;
    }
    if updated.fresh > 0 {
        let count = plural(updated.fresh, "fresh check fails", "fresh checks fail");
        writeln!(out, "{count} that no entry names: write one, such as `fresh/input/*`")?;
    }
    if updated.varying > 0 {
        let count = plural(updated.varying, "check does", "checks do");
        writeln!(out, "{count} not have the same result every time, which no entry can describe")?;
    }
    out.flush()?;
    Ok(if updated.fresh + updated.varying > 0 { Exit::Failed } else { Exit::Conforms })
}

/// Checks a file without running an implementation.
fn check(path: &Path, today: Option<Date>, vectors: &[PathBuf]) -> Result<Exit, Failure> {
    let mut baseline = open(path, today)?;
    if !vectors.is_empty() {
        baseline.published.add(load(vectors)?.cases());
    }
    let faults = lint(&baseline, &baseline.published);
    let mut out = terminal::stdout();
    for fault in &faults {
        writeln!(out, "{}", sanitize(&fault.to_string()))?;
    }
    let entries = plural(baseline.entries.len() as u64, "entry", "entries");
    writeln!(out, "{entries}, {}", plural(faults.len() as u64, "fault", "faults"))?;
    out.flush()?;
    Ok(if faults.is_empty() { Exit::Conforms } else { Exit::Failed })
}

/// Every entry with the cases that it covers.
fn explain(path: &Path, id: Option<&str>) -> Result<Exit, Failure> {
    let baseline = open(path, None)?;
    let vectors = VectorSet::builtin()?;
    let named = |entry: &&Entry| id.is_none_or(|id| entry.names_case(id));
    let entries: Vec<&Entry> = baseline.entries.iter().filter(named).collect();
    if entries.is_empty() {
        let text = match id {
            Some(id) => format!("no entry of {} names `{}`", shown(path), sanitize(id)),
            None => format!("{} has no entry", shown(path)),
        };
        return Err(Failure::new(Exit::Nothing, text));
    }
    let mut out = terminal::stdout();
    for entry in entries {
        explain_entry(&mut out, entry, &baseline.published, vectors)?;
    }
    out.flush()?;
    Ok(Exit::Conforms)
}

fn explain_entry(
    out: &mut dyn Write,
    entry: &Entry,
    known: &Known,
    vectors: &VectorSet,
) -> io::Result<()> {
    writeln!(out, "{}  (line {})", strong(&sanitize(&entry.title())), entry.line)?;
    let mut row = |name: &str, text: &str| writeln!(out, "  {name:<10} {}", sanitize(text));
    row("expected", &entry.failure())?;
    row("reason", &entry.reason)?;
    if let Some(link) = &entry.link {
        row("link", link)?;
    }
    if let Some(date) = entry.expires {
        row("expires", &format!("after {date}"))?;
    }
    if let Some(revision) = entry.revision {
        row("revision", &format!("{revision} alone"))?;
    }
    let mut rules = Vec::new();
    for (at, (id, named)) in known.named_by(entry).enumerate() {
        let kinds: Vec<&str> = named.checks_named_by(entry).map(CheckKind::as_str).collect();
        let case = vectors.case(id).map(AnyCase::meta);
        let comment = case.map_or("", |it| it.comment());
        let line = format!("{id} · {}  {comment}", kinds.join(" "));
        row(if at == 0 { "cases" } else { "" }, line.trim_end())?;
        // The first rule is the one that a case is about.
        if let Some(rule) = case.and_then(|it| it.rules().first())
            && !rules.contains(rule)
        {
            rules.push(rule.clone());
        }
    }
    for (at, rule) in rules.iter().filter_map(|id| rollwire_model::rule(id)).enumerate() {
        let label = if at == 0 { "rules" } else { "" };
        writeln!(out, "  {label:<10} {}", describe::rule(rule, 13).trim_start())?;
    }
    writeln!(out)
}
