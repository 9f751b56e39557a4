//! The worked scenarios of the chapters, read out of the prose and run.

use super::{
    notation::{NotationError, Scene},
    session::Session,
};
use crate::{
    Model, chapters,
    examples::{ExampleError, blocks},
    peer,
};

/// One block marked `scenario`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkedScenario {
    /// The file name of its chapter.
    pub chapter: &'static str,
    /// The line of its first line, counted from 1.
    pub line: usize,
    /// What happens in it.
    pub scene: Scene,
}

/// Every worked scenario of every chapter, in reading order.
///
/// # Errors
///
/// An [`ExampleError`] for the first block that cannot be read.
pub fn worked_scenarios() -> Result<Vec<WorkedScenario>, ExampleError> {
    let mut scenarios = Vec::new();
    for chapter in chapters() {
        for (line, block) in blocks(chapter, "scenario") {
            let scene = block.join("\n").parse().map_err(|error: NotationError| ExampleError {
                chapter: chapter.name,
                line,
                message: error.to_string(),
            })?;
            scenarios.push(WorkedScenario { chapter: chapter.name, line, scene });
        }
    }
    Ok(scenarios)
}

impl WorkedScenario {
    /// Runs the scenario against the model.
    ///
    /// # Errors
    ///
    /// An [`ExampleError`] for the first claim that is not true.
    pub fn run(&self) -> Result<(), ExampleError> {
        let model = Model::latest();
        let mut exchange = Session::of_variant(&model, self.scene.variant);
        let mut peer = self.scene.peer.as_ref().map(|(setup, before)| {
            let mut peer = peer::Session::specified(&model, *setup);
            peer.advance(before);
            peer
        });
        for line in &self.scene.lines {
            let observed = match &mut peer {
                Some(peer) => peer.step(&line.stimulus),
                None => exchange.step(&line.stimulus),
            };
            if let Some(message) = line.refuted_by(&observed) {
                return Err(ExampleError { chapter: self.chapter, line: self.line, message });
            }
        }
        Ok(())
    }
}
