//! Arbitrary text as a state: model and `rollwire-reference` make the same digest in either form, or
//! refuse it alike, and what is written is JSON in ASCII. The input is the text.

use rollwire_model::{
    Grade, RefusalClass,
    digest::{Answer, Digest, DigestRules, Form, read},
};
use rollwire_reference::digest;

/// The model reads no deeper, and so does not see what is wrong further inside.
const DEEPEST: usize = 1_000;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Ok(state) = str::from_utf8(bytes) else { return };
    if state.matches(['[', '{']).count() > DEEPEST {
        return;
    }
    for (form, own) in [
        (Form::StateHash, digest::Form::StateHash),
        (Form::EpisodeReady, digest::Form::EpisodeReady),
    ] {
        let listed = DigestRules::SPECIFIED.answers(state, form);
        let answer = answer(digest::digest(own, state));
        if let Answer::Digest(Digest { text, hash }) = &answer {
            assert_eq!(hash.len(), form.digits(), "{form} of {state:?}");
            assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{text:?}");
            assert!(read(text).is_ok(), "{text} is no JSON");
        }
        // The preferred answer: what SHOULD be done is done.
        assert_eq!(listed.first(), Some(&(Grade::Pass, answer)), "{form} of {state:?}");
    }
}

fn answer(made: Result<digest::StateDigest, digest::StateRefusal>) -> Answer {
    match made {
        Ok(digest::StateDigest { text, digits }) => Answer::Digest(Digest { text, hash: digits }),
        Err(refusal) => {
            let class: Result<RefusalClass, _> = refusal.class().as_str().parse();
            Answer::Reject(class.expect("one of the eight"))
        }
    }
}
