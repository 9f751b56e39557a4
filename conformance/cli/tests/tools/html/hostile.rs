//! An adapter whose every word tries to become part of the page, its reports, and their harmless twins.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use libtest_mimic::Failed;
use serde_json::{Value, json};

use crate::support::{Outcome, adapters, rollwire, run};

/// What scripts of the adapter's would make of the title.
pub(crate) const BROKEN: &str = "broken";

/// A script that shows at once that it ran.
const SCRIPT: &str = r#"<script>document.title="broken"</script>"#;

/// The name of the adapter, which stands in the title and in the heading.
const NAME: &str = r#"</title></h1><script>document.title="broken"</script>"#;

/// Answers about FOCUS_STATE are attacks; whatever else is asked is answered rightly.
pub(crate) fn serve() -> io::Result<()> {
    let image = r#""><img src=x onerror='document.title="broken"'>"#;
    crate::support::adapter::serve(|request, mut right| {
        let (id, op) = (&request["id"], request["op"].as_str().unwrap_or_default());
        if op == "hello" {
            right["ok"]["impl"] = json!({"name": NAME, "version": image, "language":
                r#"<svg onload=document.title="broken">"#});
            return right.to_string();
        }
        let focus = request["hex"].as_str().is_some_and(|hex| hex.starts_with("14"));
        if !focus && request["type"] != "focus_state" {
            return right.to_string();
        }
        eprintln!("</pre></details>{SCRIPT}&lt;script&gt;");
        let answer = match op {
            "decode" => json!({"id": id, "error": {"message": format!(
                "</dd></dl>{SCRIPT}<a href=\"javascript:document.title='broken'\" autofocus \
                 onfocus=\"document.title='broken'\">x</a>"
            )}}),
            "encode" => json!({"id": id, "reject": {
                "class": format!("</dd>{SCRIPT}"),
                "message": format!("{image}</main></body><style>body {{ display: none }}</style>"),
            }}),
            // No answer at all, but a line that is shown.
            _ => return format!("</pre><iframe srcdoc='{SCRIPT}'></iframe>{SCRIPT}"),
        };
        answer.to_string()
    })
}

/// Where the events of a run lie, and those of the same run without any hostile text.
pub(crate) struct Events {
    folder: tempfile::TempDir,
}

impl Events {
    /// The run of the hostile adapter.
    pub(crate) fn of_a_run() -> Result<Self, Failed> {
        Self::with(|path| {
            let path = path.to_string_lossy();
            let options =
                ["--filter", "focus-state/recorded-*", "--fresh", "0", "--restarts", "1000"];
            let mut command = rollwire(&["check", "--format", "jsonl", "--output", &path]);
            command
                .args(options)
                .arg("--")
                .args(crate::support::adapter::command(super::MODE))
                .arg(SCRIPT);
            run(&mut command)?.exits(1).map(drop)
        })
    }

    /// The events that hold one of everything.
    pub(crate) fn golden() -> Result<Self, Failed> {
        let golden = adapters().with_file_name("cli/tests/command/reports/golden.jsonl");
        Self::with(|path| Ok(fs::copy(golden, path).map(drop)?))
    }

    fn with(write: impl FnOnce(&Path) -> Outcome) -> Result<Self, Failed> {
        let it = Self { folder: tempfile::tempdir()? };
        for side in ["hostile", "harmless"] {
            fs::create_dir(it.folder.path().join(side))?;
        }
        let events = it.folder.path().join("hostile/events.jsonl");
        write(&events)?;
        let mut twin = String::new();
        for line in fs::read_to_string(events)?.lines() {
            twin += &format!("{}\n", harmless_event(serde_json::from_str(line)?));
        }
        fs::write(it.folder.path().join("harmless/events.jsonl"), twin)?;
        Ok(it)
    }

    /// A page of the hostile run and the same page of its twin, by these arguments of `rollwire`.
    pub(crate) fn pages(&self, arguments: &[&str], code: i32) -> Result<[PathBuf; 2], Failed> {
        let page = |side: &str| {
            let folder = self.folder.path().join(side);
            let mut command = rollwire(arguments);
            command.args(["--format", "html", "--output", "page.html"]).current_dir(&folder);
            run(&mut command)?.exits(code)?;
            Ok::<_, Failed>(folder.join("page.html"))
        };
        Ok([page("hostile")?, page("harmless")?])
    }
}

/// The same text without any character that means something in HTML, each in the place of another.
pub(crate) fn harmless(text: &str) -> String {
    let pairs = [('<', '('), ('>', ')'), ('&', '#'), ('"', '~')];
    let twin = |it| pairs.iter().find(|(from, _)| *from == it).map_or(it, |(_, to)| *to);
    text.chars().map(twin).collect()
}

fn harmless_event(event: Value) -> Value {
    match event {
        // The kit's own mark in front of the step where it went wrong.
        Value::String(text) if text.starts_with("> ") => {
            Value::String(format!(">{}", harmless(&text[1..])))
        }
        Value::String(text) => Value::String(harmless(&text)),
        Value::Array(items) => items.into_iter().map(harmless_event).collect(),
        Value::Object(members) => {
            let twins = members.into_iter().map(|(name, it)| (harmless(&name), harmless_event(it)));
            Value::Object(twins.collect())
        }
        other => other,
    }
}

/// A page whose author has forgotten to escape anything.
pub(crate) fn unescaped(page: &str) -> String {
    let references =
        [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    references.iter().fold(page.to_owned(), |page, (from, to)| page.replace(from, to))
}

/// A page that lets every script run.
pub(crate) fn without_policy(page: &str) -> Result<String, Failed> {
    let begin = page.find("<meta http-equiv=\"Content-Security-Policy\"").ok_or("no policy")?;
    let end = page[begin..].find('>').ok_or("the policy has no end")?;
    Ok(format!("{}{}", &page[..begin], &page[begin + end + 1..]))
}
