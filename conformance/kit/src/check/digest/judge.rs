//! The judge of digests: a pure function from what may be answered and what was answered to a verdict.

use rollwire_model::{Grade, Outcome, digest::Answer as Allowed};

use crate::{
    check::judgement::{Answered, Judgement, answer, broken, graded, judge_reject, malformed},
    protocol::{
        Answer, Malformed, Members,
        raw::{each_member, once},
    },
    runner::Reply,
    text::shorten,
    verdict::{Code, Verdict},
};

/// A longer canonical text is ignored: no state of a case has one.
const LONGEST_TEXT: usize = Members::LONGEST_READ;

/// What an adapter answered, as far as it is a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredDigest {
    /// The digits, as they were written.
    pub hash: String,
    /// The canonical text, if it was given.
    pub text: Option<String>,
}

/// Judges one reply against the graded answers, the preferred one first. Also returns the digest that was
/// answered, if there is one.
#[must_use]
pub fn judge(allowed: &[(Grade, Allowed)], reply: Reply) -> (Judgement, Option<AnsweredDigest>) {
    let answer = match answer(reply) {
        Ok(answer) => answer,
        Err(judgement) => return (judgement, None),
    };
    match answer {
        Answer::Ok(ok) => match read(&ok) {
            Ok(answered) => (judge_digest(allowed, &answered), Some(answered)),
            Err(fault) => (malformed(&fault), None),
        },
        Answer::Reject { class, message } => {
            let refusals: Vec<(Grade, Outcome)> = allowed
                .iter()
                .filter_map(|(grade, allowed)| match allowed {
                    Allowed::Reject(class) => Some((*grade, Outcome::Reject(*class))),
                    Allowed::Digest(_) => None,
                })
                .collect();
            (judge_reject(&refusals, class, message), None)
        }
        Answer::Unsupported | Answer::Error { .. } => (broken(&answer), None),
    }
}

/// The digits are judged; the text only explains them.
fn judge_digest(allowed: &[(Grade, Allowed)], answered: &AnsweredDigest) -> Judgement {
    let got = Answered::Nothing(shown(answered));
    let mut digests = allowed.iter().filter_map(|(grade, allowed)| match allowed {
        Allowed::Digest(digest) => Some((*grade, digest)),
        Allowed::Reject(_) => None,
    });
    let code = match digests.clone().find(|(_, digest)| digest.hash == answered.hash) {
        Some((grade, _)) => return graded(grade, got),
        None if digests.next().is_none() => Code::Accepted,
        None => Code::WrongDigest,
    };
    Judgement { verdict: Verdict::Fail, code: Some(code), got }
}

/// A digest as reports show it.
#[must_use]
pub fn shown(answered: &AnsweredDigest) -> String {
    match &answered.text {
        Some(text) => format!("{} of {}", shorten(&answered.hash), shorten(text)),
        None => shorten(&answered.hash),
    }
}

fn read(ok: &Members) -> Result<AnsweredDigest, Malformed> {
    let (mut hash, mut text) = (None, None);
    each_member("ok", ok.text(), |name, json| match name {
        "hash" => once(&mut hash, "ok.hash", json),
        "text" => once(&mut text, "ok.text", json),
        _ => Ok(()),
    })?;
    let hash = string(hash.ok_or(Malformed::Lacks("hash"))?, "ok.hash")?;
    let text = text.map(|text| string(text, "ok.text")).transpose()?;
    Ok(AnsweredDigest { hash, text: text.filter(|text| text.len() <= LONGEST_TEXT) })
}

fn string(json: &str, member: &'static str) -> Result<String, Malformed> {
    serde_json::from_str(json).map_err(|_| Malformed::not_text(member, json))
}
