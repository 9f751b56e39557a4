//! `rollwire explain`: what a rule, a flag or a refusal class means.

use rollwire_conformance::{
    text::describe::paragraph,
    vectors::{AnyCase, Flag, VectorSet, flags},
    verdict::Exit,
};
use rollwire_model::{Proof, RefusalClass, Rule};

use crate::{args::Explain, failure::Failure, style::strong};

/// How many ids of cases are listed.
const LISTED: usize = 12;

pub(crate) fn run(arguments: &Explain) -> Result<Exit, Failure> {
    let word = &arguments.word;
    let vectors = VectorSet::builtin()?;
    let rule = rollwire_model::rule(&word.to_uppercase());
    let (class, flags) = (word.parse::<RefusalClass>().ok(), flags());
    // A class and a flag may have the same name: then both are explained.
    if let Some(rule) = rule {
        explain_rule(rule, vectors);
    }
    if let Some(class) = class {
        explain_class(class);
    }
    if let Some(flag) = flags.get(word) {
        explain_flag(word, flag, vectors);
    }
    if rule.is_some() || class.is_some() || flags.contains_key(word) {
        return Ok(Exit::Conforms);
    }
    let text = format!(
        "`{word}` is not a rule, a flag or a refusal class; rules look like STATE_HASH-2, and \
         `rollwire coverage` lists them"
    );
    Err(Failure::new(Exit::Nothing, text))
}

fn explain_rule(rule: &Rule, vectors: &VectorSet) {
    let proof = match &rule.proof {
        Proof::Refuse => "a refused case and the nearest accepted one".to_owned(),
        Proof::Accept => "accepted cases whose right answers differ".to_owned(),
        Proof::Scenario => "scenarios whose right observations differ".to_owned(),
        Proof::NotTestable(reason) => format!("not testable: {reason}"),
    };
    anstream::println!("{} {}", strong(&rule.id), rule.level);
    anstream::println!("{}", paragraph(&rule.text, 2));
    anstream::println!("  proof    {proof}");
    anstream::println!("  chapter  spec/{}", rule.chapter);
    list(vectors.cases().iter().filter(|it| it.meta().rules().first() == Some(&rule.id)));
}

fn explain_class(class: RefusalClass) {
    anstream::println!("{}, a refusal class", strong(class.as_str()));
    // The table of the chapter is the only place that explains the classes.
    let chapter = rollwire_model::chapters().iter().find(|chapter| chapter.name == "refusals.md");
    let begin = format!("| `{class}` |");
    let row =
        chapter.and_then(|chapter| chapter.text.lines().find(|line| line.starts_with(&begin)));
    let cells = row.unwrap_or_default().split('|').skip(2).map(str::trim);
    for (who, meaning) in ["decoder", "encoder", "digest "].into_iter().zip(cells) {
        if !meaning.is_empty() {
            anstream::println!("  {who}  {}", paragraph(meaning, 11).trim_start());
        }
    }
    anstream::println!("  chapter  spec/refusals.md");
}

fn explain_flag(name: &str, flag: &Flag, vectors: &VectorSet) {
    anstream::println!("{}, a flag of cases", strong(name));
    anstream::println!("  bug      {}", flag.bug_class);
    anstream::println!("{}", paragraph(&flag.description, 2));
    anstream::println!("  effect   {}", paragraph(&flag.effect, 11).trim_start());
    list(vectors.cases().iter().filter(|it| it.meta().flags().iter().any(|flag| flag == name)));
}

fn list<'a>(cases: impl Iterator<Item = &'a AnyCase>) {
    let ids: Vec<&str> = cases.map(AnyCase::id).collect();
    anstream::println!("  cases    {}", ids.len());
    for id in ids.iter().take(LISTED) {
        anstream::println!("           {id}");
    }
    if ids.len() > LISTED {
        anstream::println!("           and {} more: `rollwire list`", ids.len() - LISTED);
    }
}
