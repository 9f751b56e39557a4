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

/// How much of a canonical text is kept beyond the length of the right one. It shows that the text goes
/// on, and how.
const SURPLUS: usize = 1024;

/// How much of the digits is kept. The right ones have 16 at most.
const LONGEST_HASH: usize = 1024;

/// What an adapter answered, as far as it is a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredDigest {
    /// The digits, as they were written; of very many their beginning.
    pub hash: String,
    /// The canonical text, if it was given; of one that is much longer than the right one its beginning.
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
        Answer::Ok(ok) => match read(&ok, longest(allowed) + SURPLUS) {
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

/// The length of the longest right text.
fn longest(allowed: &[(Grade, Allowed)]) -> usize {
    let lengths = allowed.iter().map(|(_, allowed)| match allowed {
        Allowed::Digest(digest) => digest.text.len(),
        Allowed::Reject(_) => 0,
    });
    lengths.max().unwrap_or_default()
}

/// The digest, of its text no more than this many bytes.
fn read(ok: &Members, most: usize) -> Result<AnsweredDigest, Malformed> {
    let (mut hash, mut text) = (None, None);
    each_member("ok", ok.text(), |name, json| match name {
        "hash" => once(&mut hash, "ok.hash", json),
        "text" => once(&mut text, "ok.text", json),
        _ => Ok(()),
    })?;
    let hash = string(hash.ok_or(Malformed::Lacks("hash"))?, "ok.hash", LONGEST_HASH)?;
    let text = text.map(|text| string(text, "ok.text", most)).transpose()?;
    Ok(AnsweredDigest { hash, text })
}

/// The beginning of a string: at most this many bytes of it.
fn string(json: &str, member: &'static str, most: usize) -> Result<String, Malformed> {
    let whole: String =
        serde_json::from_str(json).map_err(|_| Malformed::not_text(member, json))?;
    if whole.len() <= most {
        return Ok(whole);
    }
    let end = (0..=most).rev().find(|end| whole.is_char_boundary(*end)).unwrap_or_default();
    // A copy, because a shortened string keeps the memory of the whole.
    Ok(whole[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use rollwire_model::digest::Form;
    use serde_json::json;

    use super::*;
    use crate::generate::digests::case;

    fn answered(hash: &str, text: &str) -> AnsweredDigest {
        let case = case("x/y", Form::StateHash, "a state", "[1]".to_owned());
        let ok = json!({"hash": hash, "text": text}).as_object().unwrap().clone();
        let reply = Reply::Answered(vec![Answer::Ok(ok.into())]);
        let (judgement, made) = judge(&case.answers(), reply);
        assert_eq!(judgement.code, Some(Code::WrongDigest));
        made.unwrap()
    }

    #[test]
    fn of_a_long_answer_only_the_beginning_is_kept() {
        let long = "é".repeat(2_000_000);
        let made = answered(&long, &long);
        let text = made.text.unwrap();
        assert!(made.hash.len() <= LONGEST_HASH && long.starts_with(&made.hash));
        assert!(text.len() <= "[1]".len() + SURPLUS && long.starts_with(&text));
        assert!(made.hash.capacity() <= LONGEST_HASH && text.capacity() <= 2 * SURPLUS);
        let made = answered("00", "[1,2]");
        assert_eq!((&*made.hash, made.text.as_deref()), ("00", Some("[1,2]")));
    }
}
