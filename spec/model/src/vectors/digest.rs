//! The format of a file of digest cases: a state and the allowed answers.

use serde::{Deserialize, Serialize};

use crate::{
    Grade, Layout, Level, RefusalClass,
    check::CheckKind,
    digest::{Answer, Digest, DigestRules, Form},
    vectors::case::Source,
};

/// One file of digest cases.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DigestFile {
    /// The version of the format: 1.
    pub vectors: u32,
    /// That the cases are about digests.
    pub kind: DigestKind,
    /// What the states are about: `digest_rounding`.
    pub topic: String,
    /// The cases.
    pub cases: Vec<DigestCase>,
}

/// The word that identifies a file of digest cases.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DigestKind {
    /// Cases with a state.
    Digest,
}

/// One state in one form, and the allowed answers: exactly one of `text` with `hash`, `reject`, and
/// `one_of`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DigestCase {
    /// A slug that never changes: the topic, and the one thing that is special.
    pub id: String,
    /// The first revision that it applies to.
    pub since: u8,
    /// The last revision that it applies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<u8>,
    /// Where the answer comes from.
    pub source: Source,
    /// One to three rules; the first is the one that it is about.
    pub rules: Vec<String>,
    /// The level of the requirement: `should` where `one_of` lists several answers.
    pub level: Level,
    /// The bug that the case catches.
    pub comment: String,
    /// Kinds of bugs, explained in `vectors/flags.json`.
    pub flags: Vec<String>,
    /// Which digest is asked for.
    pub form: Form,
    /// The state as JSON text, or text that is not JSON.
    pub state: String,
    /// The canonical text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// The text must be refused, preferably as this class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reject: Option<RefusalClass>,
    /// More than one answer is allowed; the preferred one comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<DigestAlternative>>,
    /// What is asked of an implementation: the digest.
    pub checks: Vec<CheckKind>,
}

/// One allowed answer: `text` with `hash`, or `reject`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DigestAlternative {
    /// The grade of the answer.
    pub grade: Grade,
    /// The canonical text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// A refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reject: Option<RefusalClass>,
}

impl DigestFile {
    /// Parses the text of a file of digest cases.
    ///
    /// # Errors
    ///
    /// What is wrong and where, for text that is not such a file.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

impl DigestCase {
    /// A case that is made, not recorded, with the answers that may be given, the preferred one first.
    ///
    /// It applies from the revision that introduced its form.
    #[must_use]
    pub fn made(
        id: String,
        rules: &[&str],
        comment: &str,
        form: Form,
        state: String,
        answers: &[(Grade, Answer)],
    ) -> Self {
        let mut case = Self {
            id,
            since: form.since(),
            until: None,
            source: Source::Model,
            rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
            level: Level::Must,
            comment: comment.to_owned(),
            flags: Vec::new(),
            form,
            state,
            text: None,
            hash: None,
            reject: None,
            one_of: None,
            checks: vec![CheckKind::Digest],
        };
        match answers {
            [(_, answer)] => (case.text, case.hash, case.reject) = members(answer),
            answers => {
                case.level = Level::Should;
                let alternatives = answers.iter().map(|(grade, answer)| {
                    let (text, hash, reject) = members(answer);
                    DigestAlternative { grade: *grade, text, hash, reject }
                });
                case.one_of = Some(alternatives.collect());
            }
        }
        case
    }

    /// Whether the case applies to a revision: from `since` to `until`, both included.
    #[must_use]
    pub fn applies_to(&self, revision: u8) -> bool {
        self.since <= revision && self.until.is_none_or(|last| revision <= last)
    }

    /// The answers that may be given, the preferred one first; none where the case holds none.
    #[must_use]
    pub fn answers(&self) -> Vec<(Grade, Answer)> {
        let plain = answer(self.text.as_ref(), self.hash.as_ref(), self.reject);
        let plain = plain.map(|answer| (Grade::Pass, answer));
        let graded = self.one_of.iter().flatten().filter_map(|alternative| {
            let DigestAlternative { grade, text, hash, reject } = alternative;
            Some((*grade, answer(text.as_ref(), hash.as_ref(), *reject)?))
        });
        plain.into_iter().chain(graded).collect()
    }

    /// Where the file expects something else than the model answers in some revision that the case
    /// applies to; `None` if it is the same in all of them.
    #[must_use]
    pub fn disagreement(&self) -> Option<String> {
        let said = self.answers();
        let revisions = self.since..=self.until.unwrap_or(Layout::builtin().revision);
        revisions.into_iter().find_map(|revision| {
            let right = DigestRules::of(revision).answers(&self.state, self.form);
            let text =
                || format!("the case allows {said:?}, revision {revision} demands {right:?}");
            (said != right).then(text)
        })
    }
}

/// An answer as the three members of a case: `text`, `hash` and `reject`.
fn members(answer: &Answer) -> (Option<String>, Option<String>, Option<RefusalClass>) {
    match answer {
        Answer::Digest(Digest { text, hash }) => (Some(text.clone()), Some(hash.clone()), None),
        Answer::Reject(class) => (None, None, Some(*class)),
    }
}

fn answer(
    text: Option<&String>,
    hash: Option<&String>,
    reject: Option<RefusalClass>,
) -> Option<Answer> {
    let digest = text
        .zip(hash)
        .map(|(text, hash)| Answer::Digest(Digest { text: text.clone(), hash: hash.clone() }));
    digest.or(reject.map(Answer::Reject))
}
