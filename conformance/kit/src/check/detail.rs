//! The parts of a [`Detail`] that every kind of case has.

use std::collections::BTreeMap;

use rollwire_model::Rule;

use crate::{
    event::Detail,
    text::cause::telling_lines,
    vectors::{CaseMeta, flags},
};

/// How many lines of standard error are shown beside a failure.
const STDERR_LINES: usize = 12;

/// A longer request is not shown: 16 KiB.
pub(super) const LONGEST_REQUEST: usize = 16 * 1024;

/// What is known of a failure before the answer is looked at: the rule, what the case catches, and
/// what came on standard error.
pub(super) fn begin(case: &dyn CaseMeta, rule: Option<&Rule>, stderr: &str) -> Detail {
    let meaning = |name: &String| {
        let text = flags().get(name).map_or(String::new(), |flag| flag.description.clone());
        (name.clone(), text)
    };
    let mut detail = Detail {
        comment: case.comment().to_owned(),
        flags: case.flags().iter().map(meaning).collect::<BTreeMap<_, _>>(),
        stderr: telling_lines(stderr, STDERR_LINES),
        ..Detail::default()
    };
    if let Some(rule) = rule {
        name_rule(&mut detail, rule);
    }
    detail
}

/// Files a failure under this rule.
pub(crate) fn name_rule(detail: &mut Detail, rule: &Rule) {
    detail.rule_text.clone_from(&rule.text);
    detail.chapter = format!("spec/{}", rule.chapter);
}
