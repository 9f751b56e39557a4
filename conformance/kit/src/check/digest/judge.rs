//! The judge of digests: a pure function, as `judge` is for bytes.

use rollwire_model::{Grade, Outcome, digest::Answer as Allowed};

use crate::{
    check::judgement::{Got, Judgement, answer, broken, error, graded, judge_reject},
    protocol::{Answer, Members, raw::each_member},
    runner::Reply,
    text::shorten,
    verdict::{Code, Verdict},
};

/// A longer canonical text is not looked at: no state of a case has one.
const LONGEST_TEXT: usize = Members::LONGEST_READ;

/// What an adapter answered, as far as it is a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The digits, as they were written.
    pub hash: String,
    /// The canonical text, if it was given.
    pub text: Option<String>,
}

/// Judges one reply against the graded answers, the preferred one first; and the digest that was
/// answered, if one was.
#[must_use]
pub fn judge(allowed: &[(Grade, Allowed)], reply: Reply) -> (Judgement, Option<Made>) {
    let answer = match answer(reply) {
        Ok(answer) => answer,
        Err(judgement) => return (judgement, None),
    };
    match answer {
        Answer::Ok(ok) => match read(&ok) {
            Ok(made) => (judge_made(allowed, &made), Some(made)),
            Err(text) => (error(Code::Malformed, text), None),
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
fn judge_made(allowed: &[(Grade, Allowed)], made: &Made) -> Judgement {
    let got = Got::Nothing(shown(made));
    let mut digests = allowed.iter().filter_map(|(grade, allowed)| match allowed {
        Allowed::Digest(digest) => Some((*grade, digest)),
        Allowed::Reject(_) => None,
    });
    let code = match digests.clone().find(|(_, digest)| digest.hash == made.hash) {
        Some((grade, _)) => return graded(grade, got),
        None if digests.next().is_none() => Code::Accepted,
        None => Code::WrongDigest,
    };
    Judgement { verdict: Verdict::Fail, code: Some(code), got }
}

/// A digest in the words of a report.
#[must_use]
pub fn shown(made: &Made) -> String {
    match &made.text {
        Some(text) => format!("{} of {}", shorten(&made.hash), shorten(text)),
        None => shorten(&made.hash),
    }
}

fn read(ok: &Members) -> Result<Made, String> {
    let (mut hash, mut text) = (None, None);
    each_member(ok.text(), |name, member| {
        match name {
            "hash" => hash = Some(member),
            "text" => text = Some(member),
            _ => {}
        }
        Ok(())
    })?;
    let hash = hash.ok_or("`ok` of the answer lacks `hash`")?;
    let text = text.map(|text| string(text, "text")).transpose()?;
    let hash = string(hash, "hash")?;
    Ok(Made { hash, text: text.filter(|text| text.len() <= LONGEST_TEXT) })
}

fn string(member: &str, name: &str) -> Result<String, String> {
    serde_json::from_str(member)
        .map_err(|_| format!("`ok.{name}` of the answer is not text: {}", shorten(member)))
}
