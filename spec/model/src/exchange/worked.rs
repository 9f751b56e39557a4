//! The worked scenarios of the chapters, read out of the prose and run.

use super::{
    notation::{Line, parse_lines},
    session::Session,
};
use crate::{
    Model, chapters,
    examples::{ExampleError, blocks},
};

/// One block marked `scenario`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkedScenario {
    /// The file name of its chapter.
    pub chapter: &'static str,
    /// The line of its first line, counted from 1.
    pub line: usize,
    /// Its lines.
    pub lines: Vec<Line>,
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
            let lines = parse_lines(&block.join("\n")).map_err(|error| ExampleError {
                chapter: chapter.name,
                line,
                message: error.to_string(),
            })?;
            scenarios.push(WorkedScenario { chapter: chapter.name, line, lines });
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
        let mut session = Session::specified(&Model::latest());
        for line in &self.lines {
            if let Some(message) = line.refuted_by(&session.step(&line.stimulus)) {
                return Err(ExampleError { chapter: self.chapter, line: self.line, message });
            }
        }
        Ok(())
    }
}
