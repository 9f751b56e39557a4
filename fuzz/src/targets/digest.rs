//! Arbitrary text as a state: model and `rollwire-reference` make the same digest in both forms, or both
//! refuse it, and the canonical text is JSON in ASCII. The input is the text.

use rollwire_model::{
    Grade, RefusalClass,
    digest::{Answer, Digest, DigestRules, Form, read},
};
use rollwire_reference::digest;

/// The model reads no deeper, so it does not see an error further inside.
const DEEPEST: usize = 1_000;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Ok(state) = str::from_utf8(bytes) else { return };
    if state.matches(['[', '{']).count() > DEEPEST {
        return;
    }
    for (form, reference_form) in [
        (Form::StateHash, digest::Form::StateHash),
        (Form::EpisodeReady, digest::Form::EpisodeReady),
    ] {
        let allowed = DigestRules::SPECIFIED.answers(state, form);
        let answer = answer(digest::digest(reference_form, state));
        if let Answer::Digest(Digest { text, hash }) = &answer {
            assert_eq!(hash.len(), form.digits(), "{form} of {state:?}");
            assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{text:?}");
            assert!(read(text).is_ok(), "{text} is not JSON");
        }
        // The preferred answer: the reference does what an implementation SHOULD do.
        assert_eq!(allowed.first(), Some(&(Grade::Pass, answer)), "{form} of {state:?}");
    }
}

fn answer(result: Result<digest::StateDigest, digest::StateRefusal>) -> Answer {
    match result {
        Ok(digest::StateDigest { text, digits }) => Answer::Digest(Digest { text, hash: digits }),
        Err(refusal) => {
            let class: Result<RefusalClass, _> = refusal.class().as_str().parse();
            Answer::Reject(class.expect("one of the eight"))
        }
    }
}
