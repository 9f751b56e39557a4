//! `rollwire explain`: what a name means: a rule, a message, a chapter, a case, a flag, a code, a
//! verdict, a refusal class or a capability. Nothing but the program is needed.

use std::io::{self, Write};

use rollwire_conformance::{
    text::{describe::paragraph, plural, shorten},
    vectors::{AnyCase, Flag, VectorSet, filter::Filter, filter::Selectors, flags},
    verdict::{Code, Exit, RUN_VERDICTS, Verdict},
};
use rollwire_model::{
    Capability, Chapter, Layout, MessageLayout, Proof, RefusalClass, Rule, chapters, rules,
};

use crate::{
    args::Explain, commands::list::show_case, failure::Failure, names, style::strong, terminal,
};

/// How many ids of cases are listed.
const LISTED: usize = 12;

pub(crate) fn run(arguments: &Explain) -> Result<Exit, Failure> {
    let word = arguments.word.trim();
    let vectors = VectorSet::builtin()?;
    let out = &mut terminal::stdout();
    // Several things may have one name, such as the message INPUT and its chapter: then all of them
    // are explained, and the text of the chapter is left out.
    let found = explain(out, word, vectors)?;
    match (names::chapter(word), found) {
        (Some(chapter), 0) => writeln!(out, "{}", chapter.text.trim_end())?,
        (Some(chapter), _) if word.ends_with(".md") => {
            writeln!(out, "\n{}", chapter.text.trim_end())?;
        }
        (Some(chapter), _) => writeln!(
            out,
            "\n{}, a chapter of the specification\n  read     rollwire explain {}",
            strong(chapter.name),
            chapter.name
        )?,
        (None, 0) => return Err(unknown(word, vectors)),
        (None, _) => {}
    }
    out.flush()?;
    Ok(Exit::Conforms)
}

/// Explains everything with this name except for chapters, and returns how many things there are.
fn explain(out: &mut dyn Write, word: &str, vectors: &VectorSet) -> io::Result<u64> {
    let mut found = 0;
    let mut begin = |out: &mut dyn Write| {
        found += 1;
        if found > 1 { writeln!(out) } else { Ok(()) }
    };
    if let Some(rule) = names::rule(word) {
        begin(out)?;
        explain_rule(out, rule, vectors)?;
    }
    if let Some(message) = names::message(word) {
        begin(out)?;
        explain_message(out, message, vectors)?;
    }
    if let Some(class) = names::class(word) {
        begin(out)?;
        explain_class(out, class)?;
    }
    if let Some(name) = names::flag(word)
        && let Some(flag) = flags().get(name)
    {
        begin(out)?;
        explain_flag(out, name, flag, vectors)?;
    }
    if let Some(code) = names::code(word) {
        begin(out)?;
        explain_code(out, code)?;
    }
    if let Some(verdict) = names::verdict(word) {
        begin(out)?;
        explain_verdict(out, verdict)?;
    }
    if let Some((name, meaning, exit)) = names::run_verdict(word) {
        begin(out)?;
        writeln!(out, "{}, a verdict on a run", strong(name))?;
        writeln!(out, "{}\n  exit     {exit}", paragraph(meaning, 2))?;
    }
    if let Some(capability) = names::capability(word) {
        begin(out)?;
        explain_capability(out, capability)?;
    }
    if let Some(case) = names::case(vectors, word) {
        begin(out)?;
        show_case(out, case)?;
    }
    Ok(found)
}

/// The failure for a name that nothing has, with the names that resemble it.
fn unknown(word: &str, vectors: &VectorSet) -> Failure {
    let names = rules()
        .iter()
        .map(|rule| &*rule.id)
        .chain(Layout::builtin().messages.iter().map(|message| &*message.name))
        .chain(chapters().iter().map(|chapter| chapter.name))
        .chain(RefusalClass::ALL.map(RefusalClass::as_str))
        .chain(flags().keys().map(String::as_str))
        .chain(Code::ALL.map(Code::as_str))
        .chain(Verdict::ALL.map(Verdict::as_str))
        .chain(RUN_VERDICTS.map(|(name, ..)| name))
        .chain(Capability::ALL.map(Capability::as_str))
        .chain(vectors.cases().iter().map(AnyCase::id));
    let similar = names::did_you_mean(word, names);
    let text = format!(
        "`{}` is not a rule, message, chapter, case, flag, code, verdict, refusal class or capability{similar}",
        shorten(word)
    );
    Failure::new(Exit::Nothing, text)
}

fn explain_rule(out: &mut dyn Write, rule: &Rule, vectors: &VectorSet) -> io::Result<()> {
    let proof = match &rule.proof {
        Proof::Refuse => "a refused case and the nearest accepted one".to_owned(),
        Proof::Accept => "accepted cases whose right answers differ".to_owned(),
        Proof::Scenario => "scenarios whose right observations differ".to_owned(),
        Proof::NotTestable(reason) => format!("not testable: {reason}"),
    };
    writeln!(out, "{} {}", strong(&rule.id), rule.level)?;
    writeln!(out, "{}", paragraph(&rule.text, 2))?;
    writeln!(out, "  proof    {proof}")?;
    writeln!(out, "  read     rollwire explain {}", rule.chapter)?;
    let about = vectors.cases().iter().filter(|it| it.meta().rules().first() == Some(&rule.id));
    list(out, about, &format!("--rule {}", rule.id))
}

fn explain_message(
    out: &mut dyn Write,
    message: &MessageLayout,
    vectors: &VectorSet,
) -> io::Result<()> {
    writeln!(out, "{}, a message", strong(&message.title))?;
    writeln!(out, "  type     0x{:02x}", message.type_byte)?;
    writeln!(out, "  in JSON  {}", message.name)?;
    writeln!(out, "  since    revision {}", message.since)?;
    writeln!(out, "  length   {}", message.length)?;
    for (at, field) in message.fields.iter().enumerate() {
        let label = if at == 0 { "fields" } else { "" };
        let size = plural(field.size as u64, "byte", "bytes");
        let line = format!(
            "  {label:<8} {:>4}  {:<15} {size:<8}  {}",
            field.offset, field.name, field.range
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    let own = format!("{}-", message.title);
    let rules: Vec<&str> =
        rules().iter().map(|rule| &*rule.id).filter(|id| id.starts_with(&own)).collect();
    if let [first, .., last] = rules[..] {
        writeln!(out, "  rules    {first} to {last}")?;
    }
    writeln!(out, "  read     rollwire explain {}", message.chapter)?;
    let selectors = Selectors { messages: vec![message.name.clone()], ..Selectors::default() };
    let filter = Filter::default().with(selectors);
    let about = vectors.cases().iter().filter(|case| filter.selects(case));
    list(out, about, &format!("--message {}", message.name))
}

fn explain_class(out: &mut dyn Write, class: RefusalClass) -> io::Result<()> {
    writeln!(out, "{}, a refusal class", strong(class.as_str()))?;
    let cells = cells("refusals.md", "Class", class.as_str());
    for (who, meaning) in ["decoder", "encoder", "digest "].into_iter().zip(cells) {
        if !meaning.is_empty() {
            writeln!(out, "  {who}  {}", paragraph(meaning, 11).trim_start())?;
        }
    }
    writeln!(out, "  read     rollwire explain refusals.md")
}

fn explain_flag(
    out: &mut dyn Write,
    name: &str,
    flag: &Flag,
    vectors: &VectorSet,
) -> io::Result<()> {
    writeln!(out, "{}, a flag of cases", strong(name))?;
    writeln!(out, "  bug      {}", flag.bug_class)?;
    writeln!(out, "{}", paragraph(&flag.description, 2))?;
    writeln!(out, "  effect   {}", paragraph(&flag.effect, 11).trim_start())?;
    let about = vectors.cases().iter().filter(|it| it.meta().flags().iter().any(|it| it == name));
    list(out, about, &format!("--flag {name}"))
}

fn explain_code(out: &mut dyn Write, code: Code) -> io::Result<()> {
    let name = code.as_str();
    writeln!(out, "{}, a code of checks", strong(name))?;
    writeln!(out, "{}", paragraph(code.meaning(), 2))?;
    writeln!(out, "  verdict  {}", code.verdict().as_str())?;
    writeln!(out, "  again    rollwire check --failed run.jsonl --code {name} -- COMMAND")?;
    writeln!(out, "  read     rollwire explain adapter.md")
}

fn explain_verdict(out: &mut dyn Write, verdict: Verdict) -> io::Result<()> {
    writeln!(out, "{}, a verdict on a check", strong(verdict.as_str()))?;
    writeln!(out, "{}", paragraph(verdict.meaning(), 2))?;
    writeln!(out, "  shown as {}", verdict.label())?;
    let codes: Vec<&str> =
        Code::ALL.into_iter().filter(|code| code.verdict() == verdict).map(Code::as_str).collect();
    if codes.is_empty() {
        return Ok(());
    }
    writeln!(out, "  codes    {}", paragraph(&codes.join(" "), 11).trim_start())
}

fn explain_capability(out: &mut dyn Write, capability: Capability) -> io::Result<()> {
    writeln!(out, "{}, a capability", strong(capability.as_str()))?;
    if let Some(meaning) = cells("adapter.md", "Capability", capability.as_str()).first() {
        writeln!(out, "  declares {}", paragraph(meaning, 11).trim_start())?;
    }
    writeln!(out, "  read     rollwire explain adapter.md")
}

/// The cells after the first in the row that begins with this name, in the table of a chapter whose first
/// column has this heading. The chapters are the only place that explains them.
fn cells(chapter: &str, heading: &str, name: &str) -> Vec<&'static str> {
    let chapter: Option<&'static Chapter> = chapters().iter().find(|it| it.name == chapter);
    let (table, row) = (format!("| {heading} |"), format!("| `{name}` |"));
    let row = chapter.and_then(|chapter| {
        let table = chapter.text.lines().skip_while(|line| !line.starts_with(&table));
        table.take_while(|line| line.starts_with('|')).find(|line| line.starts_with(&row))
    });
    row.unwrap_or_default().split('|').skip(2).map(str::trim).collect()
}

/// The ids of the first cases, and the options that list them all.
fn list<'a>(
    out: &mut dyn Write,
    cases: impl Iterator<Item = &'a AnyCase>,
    options: &str,
) -> io::Result<()> {
    let ids: Vec<&str> = cases.map(AnyCase::id).collect();
    writeln!(out, "  cases    {}", ids.len())?;
    for id in ids.iter().take(LISTED) {
        writeln!(out, "           {id}")?;
    }
    if ids.len() > LISTED {
        writeln!(out, "           and {} more: `rollwire list {options}`", ids.len() - LISTED)?;
    }
    Ok(())
}
