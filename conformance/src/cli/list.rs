//! `rollwire list` and `rollwire show`: what there is to check.

use std::io::{self, Write};

use super::{
    Failure,
    args::{List, Show},
    check::load,
    output::strong,
};
use crate::{describe, detail::Explainer, report::ruler, select::Filter, verdict::Exit};

pub(super) fn run(arguments: &List) -> Result<Exit, Failure> {
    let vectors = Filter::new(&arguments.globs)?.apply(load(&arguments.vectors)?)?;
    let mut out = io::BufWriter::new(anstream::stdout());
    let widest = vectors.all().map(|it| it.id().len()).max().unwrap_or_default().min(60);
    for it in vectors.all() {
        if arguments.json {
            writeln!(out, "{}", it.json().map_err(io::Error::from)?)?;
        } else {
            let rule = it.rules().first().map_or("", |rule| rule);
            writeln!(out, "{:<widest$}  {:<20} {}", it.id(), rule, it.comment())?;
        }
    }
    out.flush()?;
    Ok(if vectors.all().next().is_none() { Exit::Nothing } else { Exit::Conforms })
}

pub(super) fn show(arguments: &Show) -> Result<Exit, Failure> {
    let vectors = load(&arguments.vectors)?;
    let Some(case) = vectors.cases.into_iter().find(|case| case.id == arguments.id) else {
        let text = format!("no case has the id `{}`; `rollwire list` shows them", arguments.id);
        return Err(Failure::new(Exit::Nothing, text));
    };
    let mut out = io::BufWriter::new(anstream::stdout());
    writeln!(out, "{}", strong(&case.id))?;
    for rule in case.rules.iter().filter_map(|id| rollwire_model::rule(id)) {
        let text = describe::rule(rule, 13);
        writeln!(out, "  {:<10} {}", "rule", text.trim_start())?;
    }
    writeln!(out, "  {:<10} {}", "level", case.level)?;
    let until = case.until.map_or("on".to_owned(), |until| format!("to {until}"));
    writeln!(out, "  {:<10} {} {until}", "revisions", case.since)?;
    writeln!(out, "  {:<10} {}", "catches", case.comment)?;
    if let Some(bytes) = case.bytes() {
        let model = rollwire_model::Model::latest();
        let bytes = Explainer::new(&model).bytes("bytes", bytes, None);
        writeln!(out, "  {:<10} {}", "bytes", ruler(&bytes).0)?;
    }
    if let Some(value) = &case.value {
        writeln!(out, "  {:<10} {value}", "value")?;
    }
    for kind in &case.checks {
        for (at, (grade, outcome)) in case.outcomes(*kind).iter().enumerate() {
            let what = describe::outcome(outcome);
            let label = if at == 0 { kind.as_str() } else { "or" };
            let weak = if *grade == rollwire_model::Grade::Weak { "   (weak)" } else { "" };
            writeln!(out, "  {label:<10} {what}{weak}")?;
        }
    }
    writeln!(out, "  {:<10} {}", "flags", case.flags.join(" "))?;
    out.flush()?;
    Ok(Exit::Conforms)
}
