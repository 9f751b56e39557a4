//! The parts of a [`Detail`] that every kind of case has.

use std::collections::BTreeMap;

use crate::{
    check::judgement::Judgement,
    event::Detail,
    text::shorten,
    vectors::{CaseMeta, Origin, flags},
    verdict::Code,
};

/// The headline of an answer that breaks no rule of the specification, but the adapter protocol.
pub const ADAPTER_PROTOCOL: &str = "adapter protocol";

/// What the adapter protocol demands of such an answer.
const ADAPTER_PROTOCOL_TEXT: &str =
    "An adapter answers each request with one line of the form that `spec/adapter.md` describes.";

/// How many lines of standard error are shown beside a failure.
const STDERR_LINES: usize = 12;

/// A longer request is not shown: 16 KiB.
pub(super) const LONGEST_REQUEST: usize = 16 * 1024;

/// Whether an answer breaks the adapter protocol, and not the rule that its case is about. A case that was
/// drawn at random is about no rule, so an adapter that fails to answer it does not break one.
pub(super) fn breaks_the_protocol(judgement: &Judgement, origin: Origin) -> bool {
    let is_drawn = matches!(origin, Origin::Fresh(_) | Origin::Fuzz(_));
    match judgement.code {
        Some(Code::Malformed | Code::Garbage) => true,
        Some(Code::Crash | Code::Timeout | Code::Unstable) => is_drawn,
        _ => false,
    }
}

/// What is known of a failure before the answer is looked at: the rule that it is reported under, what
/// the case catches, and what came on standard error.
pub(super) fn begin(case: &dyn CaseMeta, rule: &str, stderr: &str) -> Detail {
    let meaning = |name: &String| {
        let text = flags().get(name).map_or(String::new(), |flag| flag.description.clone());
        (name.clone(), text)
    };
    let (rule_text, chapter) = match rollwire_model::rule(rule) {
        Some(rule) => (rule.text.clone(), format!("spec/{}", rule.chapter)),
        None if rule == ADAPTER_PROTOCOL => {
            (ADAPTER_PROTOCOL_TEXT.to_owned(), "spec/adapter.md".to_owned())
        }
        None => Default::default(),
    };
    Detail {
        rule_text,
        chapter,
        comment: case.comment().to_owned(),
        flags: case.flags().iter().map(meaning).collect::<BTreeMap<_, _>>(),
        stderr: newest_lines(stderr),
        ..Detail::default()
    }
}

/// The hint of a case that is about another rule than the broken one.
pub(super) fn subject(case: &dyn CaseMeta, rule: &str) -> Option<String> {
    let about = case.rules().first().filter(|about| *about != rule)?;
    let is_listed = case.rules().iter().any(|listed| listed == rule);
    (!is_listed && rule != ADAPTER_PROTOCOL).then(|| format!("the case is about {about}"))
}

/// The last lines of standard error, shortened.
fn newest_lines(text: &str) -> Vec<String> {
    let lines: Vec<String> = text.lines().map(shorten).filter(|line| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(STDERR_LINES)..].to_vec()
}
