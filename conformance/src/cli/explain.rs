//! `rollwire explain`: what a rule, a flag or a refusal class means.

use rollwire_model::{Proof, RefusalClass, rule};

use super::{Failure, args::Explain, output::strong};
use crate::{
    vectors::{VectorSet, flags},
    verdict::Exit,
};

pub(super) fn run(arguments: &Explain) -> Result<Exit, Failure> {
    let word = &arguments.word;
    let cases = VectorSet::builtin()?.cases;
    let shown = |ids: Vec<&str>| {
        for id in ids.iter().take(12) {
            anstream::println!("  {id}");
        }
        if ids.len() > 12 {
            anstream::println!("  and {} more: `rollwire list`", ids.len() - 12);
        }
    };
    if let Some(rule) = rule(&word.to_uppercase()) {
        let proof = match &rule.proof {
            Proof::Refuse => "a refused case and the nearest accepted one".to_owned(),
            Proof::Accept => "accepted cases whose right answers differ".to_owned(),
            Proof::NotTestable(reason) => format!("not testable: {reason}"),
        };
        anstream::println!("{} {}", strong(&rule.id), rule.level);
        anstream::println!("{}", rule.text);
        anstream::println!("proof: {proof}");
        anstream::println!("chapter: spec/{}", rule.chapter);
        let about = |id: &&str| *id == rule.id;
        let ids: Vec<&str> = cases
            .iter()
            .filter(|case| case.rules.first().map(|id| &**id).as_ref().is_some_and(about))
            .map(|case| &*case.id)
            .collect();
        anstream::println!("cases: {}", ids.len());
        shown(ids);
        return Ok(Exit::Conforms);
    }
    if let Some(flag) = flags().get(word) {
        anstream::println!("{}: {}", strong(word), flag.bug_class);
        anstream::println!("{}", flag.description);
        anstream::println!("effect: {}", flag.effect);
        let ids = cases.iter().filter(|case| case.flags.contains(word)).map(|case| &*case.id);
        let ids: Vec<&str> = ids.collect();
        anstream::println!("cases: {}", ids.len());
        shown(ids);
        return Ok(Exit::Conforms);
    }
    if let Ok(class) = word.parse::<RefusalClass>() {
        anstream::println!("{}: a refusal class", strong(class.as_str()));
        let (decoder, encoder) = class_meaning(class);
        for (who, meaning) in [("decoder", decoder), ("encoder", encoder)] {
            if !meaning.is_empty() {
                anstream::println!("{who}: {meaning}");
            }
        }
        anstream::println!("chapter: spec/refusals.md");
        return Ok(Exit::Conforms);
    }
    let text = format!(
        "`{word}` is no rule, no flag and no refusal class; rules look like STATE_HASH-2, `rollwire coverage` lists them"
    );
    Err(Failure::new(Exit::Nothing, text))
}

/// The row of a class in the table of `spec/refusals.md`, which is the only place that explains it.
fn class_meaning(class: RefusalClass) -> (String, String) {
    let chapter = rollwire_model::chapters().iter().find(|chapter| chapter.name == "refusals.md");
    let row = format!("| `{class}` |");
    let line = chapter.and_then(|chapter| chapter.text.lines().find(|line| line.starts_with(&row)));
    let mut cells = line.unwrap_or_default().split('|').skip(2).map(|cell| cell.trim().to_owned());
    (cells.next().unwrap_or_default(), cells.next().unwrap_or_default())
}
