//! `rollwire smoke`: checks that an adapter works, before its implementation is checked.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use rollwire_conformance::{
    event::Event,
    run::{Options, run as run_checks},
    runner::Transcript,
    vectors::{AnyCase, Content, VectorSet, filter::Filter},
    verdict::{Code, Exit, Verdict},
};
use rollwire_model::Layout;
use rollwire_mutants::digest::find_fault;

use crate::{
    args::Smoke,
    connect::{adapter, limits, reaching},
    failure::Failure,
    files::PATIENCE,
    output::Outputs,
    settings_file::SettingsFile,
    signals::interrupts,
    terminal::say,
};

pub(crate) fn run(arguments: &Smoke) -> Result<Exit, Failure> {
    let published = VectorSet::builtin()?;
    let settings = SettingsFile::of(&arguments.settings)?;
    let limits = limits(settings.limits(arguments.limits));
    let target = &settings.target(&arguments.target);
    let (command, mut adapter) = adapter(target, limits, Transcript::default(), interrupts())?;
    let options = Options {
        command,
        arguments: reaching(target),
        filter: Filter::of_ids(plain_cases(published)),
        seed: crate::setup::new_seed(),
        // Everything that is wrong is listed at once.
        tolerates_probes: true,
        find_fault,
        ..Options::default()
    };
    let mut outputs = Outputs::open(&[], &[], true, PATIENCE)?.timed();
    let mut hints = Hints::default();
    let exit = outputs.during(|outputs| {
        let mut sink = |event| {
            hints.event(&event);
            outputs.event(&event);
        };
        Ok(run_checks(&mut *adapter, published, &options, &mut sink)?)
    })?;
    let exit = outputs.close(exit)?;
    hints.show()?;
    match exit {
        Exit::Conforms => say!("the adapter works; now try `rollwire check`")?,
        Exit::Failed => say!(
            "the adapter answers, but some plain cases fail: check the adapter's own code first, then the implementation"
        )?,
        _ => {}
    }
    Ok(exit)
}

/// What failed so completely that it is probably not there, though the adapter declares it.
#[derive(Default)]
struct Hints {
    /// For each topic and each kind of check, how many checks passed, and how many were answered with
    /// a refusal, `unsupported` or `error`.
    by_topic: BTreeMap<String, (u64, u64)>,
    by_kind: BTreeMap<&'static str, (u64, u64)>,
}

impl Hints {
    fn event(&mut self, event: &Event) {
        let Event::Check(check) = event else { return };
        let missing = match check.code {
            Some(Code::Refused | Code::Unsupported | Code::AdapterError) => 1,
            _ if check.verdict == Verdict::NotApplicable => return,
            _ => 0,
        };
        let topic = check.case.split('/').next().unwrap_or_default().replace('-', "_");
        let is_message = Layout::builtin().message(&topic).is_some();
        let by_topic = is_message.then(|| self.by_topic.entry(topic).or_default());
        let by_kind = self.by_kind.entry(check.check.as_str()).or_default();
        for (other, gone) in by_topic.into_iter().chain([by_kind]) {
            *other += 1 - missing;
            *gone += missing;
        }
    }

    fn show(&self) -> io::Result<()> {
        let gone = |(other, gone): &(u64, u64)| *other == 0 && *gone > 0;
        let kinds: Vec<&str> =
            self.by_kind.iter().filter(|(_, counts)| gone(counts)).map(|it| *it.0).collect();
        if !kinds.is_empty() {
            say!(
                "every {} fails: if the adapter does not have it, leave its capability out of `capabilities` in hello",
                kinds.join(" and every ")
            )?;
        }
        let (missing, there): (Vec<_>, Vec<_>) =
            self.by_topic.iter().partition(|(_, counts)| gone(counts));
        if !missing.is_empty() && !there.is_empty() {
            let names = |of: &[(&String, &(u64, u64))]| {
                of.iter().map(|(name, _)| (*name).clone()).collect::<Vec<String>>()
            };
            say!(
                "nothing works with {}: if the implementation does not have these messages, declare those that it has in hello: \"messages\": {}",
                names(&missing).join(", "),
                serde_json::json!(names(&there)),
            )?;
        }
        Ok(())
    }
}

/// Cases that implementations rarely fail, so that a failure points to the adapter: the first plain case of
/// each message, the shortest scenario of each topic, and the shortest state of each form.
fn plain_cases(published: &VectorSet) -> BTreeSet<String> {
    let (mut messages, mut topics, mut forms) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut cases: Vec<&AnyCase> = published.cases().iter().collect();
    cases.sort_by_key(|case| match &case.content {
        Content::Bytes(_) => 0,
        Content::Scenario(scenario) => scenario.steps.len(),
        Content::Digest(case) => case.state.len(),
    });
    cases.retain(|case| match &case.content {
        Content::Bytes(case) => {
            let plain = case.checks.len() == 3 && case.until.is_none() && case.requires.is_empty();
            plain && case.value.as_ref().is_some_and(|value| messages.insert(value.message.clone()))
        }
        Content::Scenario(scenario) => {
            topics.insert(scenario.id.split('/').next().unwrap_or_default().to_owned())
        }
        Content::Digest(case) => case.hash.is_some() && forms.insert(case.form),
    });
    cases.into_iter().map(|case| case.id().to_owned()).collect()
}
