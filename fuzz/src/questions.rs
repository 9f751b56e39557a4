//! What the target `adapter_line` asks. The seeds hold right answers to the same questions.

use std::sync::LazyLock;

use rollwire_model::{
    Grade, Model, Outcome,
    exchange::{Observation, Session, Stimulus},
};

use crate::published;

/// The nonce that a hello must return.
pub(crate) const NONCE: &str = "7f3a";

/// A request, by the answers that are right.
#[derive(Debug)]
pub(crate) enum Question {
    /// The hello.
    Hello,
    /// The decoding of the longest INPUT_RESPONSE.
    Long,
    /// A check about bytes.
    Check(Vec<(Grade, Outcome)>),
    /// All stimuli of a scenario in one step, with their right observations.
    Step(Vec<Observation>),
}

/// Every question about the published vectors. An input names one by its index.
pub(crate) static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let model = Model::latest();
    let mut questions = vec![Question::Hello, Question::Long];
    questions.extend(published::outcomes(&model).map(Question::Check));
    let steps = published::scenarios().map(|stimuli| Question::Step(observed(&model, &stimuli)));
    questions.extend(steps);
    questions
});

fn observed(model: &Model, stimuli: &[Stimulus]) -> Vec<Observation> {
    let mut session = Session::specified(model);
    stimuli.iter().map(|stimulus| session.step(stimulus)).collect()
}
