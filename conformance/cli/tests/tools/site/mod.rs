//! The site: the playground in a real browser, held to the command and to the model, and the guides, whose
//! commands are run from the first to the last.

mod expected;
mod guides;
#[path = "../../../../../fuzz/src/seeds/spellings.rs"]
mod seeds;
mod texts;

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command, sync::Arc};

use libtest_mimic::Failed;
use serde_json::{Value, json};

use crate::{
    support::{
        CHROMIUM, NODE, Outcome, Test, adapters, ensure, fail, javascript::edited, run, trial,
    },
    tap::browser::{Files, play},
};

pub(crate) fn tests() -> Vec<Test> {
    let mut tests = vec![
        trial("playground::agrees_with_inspect_on_every_vector", &[&CHROMIUM], every_vector),
        trial("playground::reads_every_spelling_as_inspect", &[&CHROMIUM], every_spelling),
        trial("playground::builds_and_digests_as_the_model", &[&CHROMIUM], messages_and_states),
        trial("playground::works_and_fits_every_window", &[&CHROMIUM], the_page),
        trial("playground::a_wrong_playground_is_noticed", &[&CHROMIUM], a_wrong_one),
    ];
    tests.push(trial("links::a_broken_link_is_found", &[&NODE], broken_links));
    tests.extend(guides::tests());
    tests
}

/// The repository.
fn root() -> PathBuf {
    adapters().join("../..")
}

/// A file of the playground that is broken on purpose: what stands there once, and what instead.
type Fault = (&'static str, [(&'static str, &'static str); 1]);

/// What the browser can load: the probe, the playground, the implementation that it uses, and the questions.
fn files(questions: BTreeMap<String, Vec<u8>>, fault: Option<Fault>) -> Arc<Files> {
    Arc::new(move |path: &str| {
        let path = path.split('?').next().unwrap_or_default();
        let kind = match path.rsplit_once('.')?.1 {
            "html" => "text/html",
            "css" => "text/css",
            "mjs" => "text/javascript",
            _ => "application/json",
        };
        match path {
            "probe.html" => return Some((kind, include_bytes!("probe.html").to_vec())),
            "probe.mjs" => return Some((kind, include_bytes!("probe.mjs").to_vec())),
            _ => {}
        }
        if let Some(question) = questions.get(path) {
            return Some((kind, question.clone()));
        }
        let of_the_site = path.starts_with("site/playground/")
            || path.starts_with("conformance/implementations/javascript/src/");
        let read = || fs::read(root().join(path)).ok();
        let content = (of_the_site && !path.contains("..")).then(read).flatten()?;
        match fault {
            Some((name, edits)) if path == format!("site/playground/{name}") => {
                let text = String::from_utf8(content).ok()?;
                // A fault that fits nowhere is a page that does not load.
                Some((kind, edited(&text, &edits).ok()?.into_bytes()))
            }
            _ => Some((kind, content)),
        }
    })
}

/// Asks the playground, and counts its answers; the first ones that are not as expected are shown.
fn asked(what: &str, questions: Vec<(String, Value)>, fault: Option<Fault>) -> Result<u64, Failed> {
    let questions =
        questions.into_iter().map(|(name, value)| (name, value.to_string().into_bytes()));
    let seen = play(&format!("probe.html#{what}"), files(questions.collect(), fault))?;
    let wrong = seen["wrong"].as_array().ok_or("no list of what is wrong")?;
    ensure(wrong.is_empty(), || {
        format!("{} are wrong, such as {:#}", seen["count"], seen["wrong"])
    })?;
    seen["asked"].as_u64().ok_or_else(|| "no number of answers".into())
}

fn every_vector() -> Outcome {
    let datagrams = expected::datagrams()?;
    let mut questions = vec![("datagrams.json".to_owned(), json!(datagrams))];
    for revision in 1..=7_u8 {
        let name = format!("revision-{revision}.json");
        questions.push((name, expected::inspected(&datagrams, revision)?));
    }
    let asked = asked("vectors", questions, None)?;
    let whole = 7 * datagrams.len() as u64;
    ensure(asked == whole && datagrams.len() > 1000, || format!("{asked} of {whole} were asked"))
}

fn every_spelling() -> Outcome {
    let texts = texts::all();
    let count = texts.len() as u64;
    let asked =
        asked("spellings", vec![("texts.json".to_owned(), expected::readings(texts))], None)?;
    ensure(asked == count && asked > 3000, || format!("{asked} of {count} were asked"))
}

fn messages_and_states() -> Outcome {
    let (values, states) = (expected::encodings()?, expected::digests()?);
    let count = values.as_array().map_or(0, Vec::len) + states.as_array().map_or(0, Vec::len);
    let questions = vec![("values.json".to_owned(), values), ("states.json".to_owned(), states)];
    let asked = asked("values", questions, None)?;
    ensure(asked == count as u64 && asked > 3000, || format!("{asked} of {count} were asked"))
}

fn the_page() -> Outcome {
    let asked = asked("page", Vec::new(), None)?;
    ensure(asked > 20, || format!("only {asked} looks at the page"))
}

/// Another rule, another reading, another rounding and a page without escaping are each noticed.
fn a_wrong_one() -> Outcome {
    let datagrams = ["", "04", "0700", "0100010000009600000000", "060000000130313233616263ff"];
    let datagrams: Vec<String> = datagrams.map(str::to_owned).into();
    let mut vectors = vec![("datagrams.json".to_owned(), json!(datagrams))];
    for revision in 1..=7_u8 {
        let name = format!("revision-{revision}.json");
        vectors.push((name, expected::inspected(&datagrams, revision)?));
    }
    let texts = vec!["[7, -7]".to_owned(), "0000  07 00".to_owned()];
    let texts = vec![("texts.json".to_owned(), expected::readings(texts))];
    asked("vectors", vectors.clone(), None)?;
    asked("spellings", texts.clone(), None)?;
    // As markup, and not as text.
    let as_markup = "element.append(...children.map((it) => (typeof it === \"string\" ? \
         document.createRange().createContextualFragment(it) : it)).filter(";
    let faults = [
        (
            "vectors",
            vectors,
            ("dissect/refused.mjs", [("refusal(\"WIRE-2\"", "refusal(\"WIRE-1\"")]),
        ),
        ("spellings", texts, ("spelling/numbers.mjs", [("number >= -128", "number >= 0")])),
        (
            "page",
            Vec::new(),
            ("views/elements.mjs", [("element.append(...children.filter(", as_markup)]),
        ),
    ];
    for (what, questions, fault) in faults {
        edited(&fs::read_to_string(root().join("site/playground").join(fault.0))?, &fault.1)?;
        let Err(found) = asked(what, questions, Some(fault)) else {
            return fail(format!("a fault in {} is not noticed", fault.0));
        };
        // And not because the page does not load.
        let why = found.message().unwrap_or_default();
        ensure(why.contains(" are wrong, such as "), || format!("{}: {why}", fault.0))?;
    }
    Ok(())
}

/// A page that is not there, a heading that is not there, and a link out of the site.
fn broken_links() -> Outcome {
    let folder = tempfile::tempdir()?;
    let check = |links: &str| -> Result<_, Failed> {
        let page = format!("<h1 id=\"top\">a</h1><h2 id=\"b-c\">b c</h2>{links}");
        fs::write(folder.path().join("a.html"), page)?;
        let mut command = Command::new(NODE.name);
        command.arg(root().join("site/build/check-links.mjs")).arg(folder.path()).arg("/base/");
        Ok(run(&mut command)?)
    };
    let right = "<a href=\"/base/a#b-c\">b</a><a href=\"#top\">a</a><a href=\"https://example.org/x\">x</a>";
    check(right)?.exits(0)?;
    let wrong = ["/base/b", "/base/a#c", "/a", "img.png"];
    for target in wrong {
        let said = check(&format!("{right}<a href=\"{target}\">b</a>"))?.exits(1)?.stdout;
        ensure(said.contains(&format!("a.html: {target}: ")), || said.clone())?;
    }
    Ok(())
}
