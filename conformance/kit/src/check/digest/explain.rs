//! What a wrong digest looks like: both canonical texts, and the first character where they differ.

use rollwire_model::digest::{Answer, Digest};

use super::{
    cause::{FindFault, KnownFault, rule_of_the_state},
    comparing::Comparing,
    judge::{AnsweredDigest, shown},
    plan::Planned,
};
use crate::{
    check::{
        detail::{self, LONGEST_REQUEST},
        judgement::{Answered, Judgement},
    },
    event::Detail,
    text::{around::around_difference, sanitize, shorten},
    vectors::Origin,
    verdict::{Code, Verdict},
};

/// How many characters are shown before and behind a difference.
const AROUND: usize = 24;

/// Explains what became of digest cases.
#[derive(Debug)]
pub struct Explainer {
    comparing: Comparing,
}

impl Explainer {
    /// An explainer that names the faults that this finds, however long that takes.
    #[must_use]
    pub fn new(find_fault: FindFault) -> Self {
        Self::of(Comparing::without_limit(find_fault))
    }

    /// An explainer that names the faults that this finds.
    #[must_use]
    pub fn of(comparing: Comparing) -> Self {
        Self { comparing }
    }

    /// Whether the run has to end, so that nothing is explained any more.
    pub(crate) fn has_ended(&self) -> bool {
        self.comparing.has_ended()
    }

    /// What was not explained, as a note.
    pub(crate) fn note(&self) -> Option<String> {
        self.comparing.note()
    }

    /// The rule that a case that did not pass is reported under, and everything that a reader needs.
    #[must_use]
    pub fn report(
        &self,
        planned: &Planned,
        judgement: &Judgement,
        made: Option<&AnsweredDigest>,
        stderr: &str,
    ) -> (String, Detail) {
        let known = self.known(planned, judgement, made);
        let rule = rule(planned, judgement, made, known);
        let detail = detail(planned, judgement, made, known, &rule, stderr);
        (rule, detail)
    }

    /// Everything a reader needs about a digest case that did not pass.
    #[must_use]
    pub fn explain(
        &self,
        planned: &Planned,
        judgement: &Judgement,
        made: Option<&AnsweredDigest>,
        stderr: &str,
    ) -> Detail {
        self.report(planned, judgement, made, stderr).1
    }

    /// The rule that a case that did not pass is reported under: that of a known fault that gives the
    /// same answer; of a drawn case otherwise the rule of what its state still has, and of any other case
    /// the rule that it is about.
    #[must_use]
    pub fn rule(
        &self,
        planned: &Planned,
        judgement: &Judgement,
        made: Option<&AnsweredDigest>,
    ) -> String {
        rule(planned, judgement, made, self.known(planned, judgement, made))
    }

    /// The known fault behind a wrong answer.
    fn known(
        &self,
        planned: &Planned,
        judgement: &Judgement,
        made: Option<&AnsweredDigest>,
    ) -> Option<KnownFault> {
        // A refusal without need says nothing but what the case is about, unless the case is drawn.
        let says_more = made.is_some() || is_drawn(planned);
        let is_asked = judgement.verdict == Verdict::Fail
            && says_more
            && !detail::breaks_the_protocol(judgement, planned.origin);
        if is_asked { self.comparing.find(&planned.case, made) } else { None }
    }
}

/// Whether the case is random, so that its own rule says only what is asked for.
fn is_drawn(planned: &Planned) -> bool {
    matches!(planned.origin, Origin::Fresh(_) | Origin::Fuzz(_))
}

fn rule(
    planned: &Planned,
    judgement: &Judgement,
    made: Option<&AnsweredDigest>,
    known: Option<KnownFault>,
) -> String {
    if detail::breaks_the_protocol(judgement, planned.origin) {
        return detail::ADAPTER_PROTOCOL.to_owned();
    }
    match known {
        Some(known) => known.rule.to_owned(),
        None if judgement.verdict == Verdict::Fail && is_drawn(planned) => {
            rule_of_the_state(planned, made).to_owned()
        }
        None => planned.case.rules.first().cloned().unwrap_or_default(),
    }
}

fn detail(
    planned: &Planned,
    judgement: &Judgement,
    made: Option<&AnsweredDigest>,
    known: Option<KnownFault>,
    rule: &str,
    stderr: &str,
) -> Detail {
    let case = &planned.case;
    let (expected, got) = texts(planned, judgement, made);
    let request = planned.body();
    let request = (request.len() <= LONGEST_REQUEST).then(|| request.with_id(1));
    Detail {
        value: Some(format!("{} of {}", case.form, shorten(&case.state))),
        expected,
        got,
        hint: hint(planned, judgement, made, known),
        requests: request.into_iter().collect(),
        ..detail::begin(case, rule, stderr)
    }
}

fn hint(
    planned: &Planned,
    judgement: &Judgement,
    made: Option<&AnsweredDigest>,
    known: Option<KnownFault>,
) -> Option<String> {
    match judgement.code? {
        Code::WrongClass => {
            Some("the refusal itself is right, only its class is another".to_owned())
        }
        Code::WrongDigest => {
            let digest = planned.answers.iter().find_map(|(_, answer)| match answer {
                Answer::Digest(digest) => Some(digest),
                Answer::Reject(_) => None,
            })?;
            let made = made?;
            let difference = difference(digest, made);
            if made.hash.eq_ignore_ascii_case(&digest.hash) {
                return Some(difference);
            }
            let known = known.map_or(String::new(), |known| {
                format!("; these digits come from one that {}", known.fault)
            });
            Some(difference + &known)
        }
        _ => None,
    }
}

/// The right answers and the given one; both canonical texts are cut around their first difference.
fn texts(
    planned: &Planned,
    judgement: &Judgement,
    made: Option<&AnsweredDigest>,
) -> (Vec<String>, String) {
    let mut right: Vec<String> =
        planned.answers.iter().map(|(_, answer)| expected(answer)).collect();
    let Some((made, text)) = made.and_then(|made| Some((made, made.text.as_ref()?))) else {
        return (right, got(&judgement.got, made));
    };
    let digests = planned.answers.iter().enumerate();
    let mut digests = digests.filter_map(|(at, (_, answer))| match answer {
        Answer::Digest(digest) => Some((at, digest)),
        Answer::Reject(_) => None,
    });
    let Some((at, digest)) = digests.next() else {
        return (right, got(&judgement.got, Some(made)));
    };
    let (one, other) = around_difference(&digest.text, text);
    right[at] = format!("{} of {one}", digest.hash);
    (right, format!("{} of {other}", shorten(&made.hash)))
}

fn expected(answer: &Answer) -> String {
    match answer {
        Answer::Digest(Digest { text, hash }) => format!("{hash} of {}", shorten(text)),
        Answer::Reject(class) => format!("a refusal: {class}"),
    }
}

fn got(got: &Answered, made: Option<&AnsweredDigest>) -> String {
    match (made, got) {
        (Some(made), _) => shown(made),
        (None, Answered::Reject { class, message }) => {
            let class = class.as_deref().unwrap_or("no class");
            let message = message.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
            shorten(&format!("a refusal: {class}{message}"))
        }
        (None, Answered::Nothing(text)) => shorten(text),
        (None, _) => String::new(),
    }
}

/// Why the digits are others, as far as the texts show it.
fn difference(right: &Digest, made: &AnsweredDigest) -> String {
    let Some(text) = &made.text else {
        return "the answer has no `text`, which would show where it begins to differ".to_owned();
    };
    let (expected, got): (Vec<char>, Vec<char>) =
        (right.text.chars().collect(), text.chars().collect());
    let same = expected.iter().zip(&got).take_while(|(one, other)| one == other).count();
    if same < expected.len().max(got.len()) {
        let at = |text: &[char]| around(text, same);
        return format!(
            "the canonical texts differ from character {same} on: {} is right, {} came",
            at(&expected),
            at(&got)
        );
    }
    if made.hash.eq_ignore_ascii_case(&right.hash) {
        return "the digits are right but for their case".to_owned();
    }
    "the canonical text is right: only its hash is wrong".to_owned()
}

/// What stands around a place, the place itself in brackets.
fn around(text: &[char], at: usize) -> String {
    let from = at.saturating_sub(AROUND);
    let part = |from: usize, to: usize| -> String {
        text.get(from.min(text.len())..to.min(text.len())).unwrap_or_default().iter().collect()
    };
    let here = text.get(at).map_or("the end".to_owned(), |it| format!("`{it}`"));
    let before = if from > 0 { "…" } else { "" };
    let behind = if at + AROUND < text.len() { "…" } else { "" };
    sanitize(&format!("{here} in {before}{}{behind}", part(from, at + AROUND)))
}
