//! The worked examples of the chapter, read out of the prose and run.

use super::{
    form::Form,
    outcome::{Answer, Digest},
    table::DigestRules,
};
use crate::{
    Grade, Layout, chapters,
    examples::{ExampleError, blocks},
};

/// What a chapter states about one state in one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkedDigest {
    /// The file name of its chapter.
    pub chapter: &'static str,
    /// Its line, counted from 1.
    pub line: usize,
    /// The state.
    pub state: String,
    /// The form.
    pub form: Form,
    /// The stated answer, which is the preferred one.
    pub claim: Claim,
}

/// A whole answer, or only its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The whole answer.
    Answer(Answer),
    /// The canonical text alone.
    Text(String),
}

/// Every worked digest of every chapter, in reading order: those in blocks marked `digest`, and
/// those in blocks marked `numbers`, where each line stands for two arrays with a single element.
///
/// # Errors
///
/// An [`ExampleError`] for the first block that cannot be read.
pub fn worked_digests() -> Result<Vec<WorkedDigest>, ExampleError> {
    let mut worked = Vec::new();
    for chapter in chapters() {
        for (info, parse) in
            [("digest", digests as fn(&[&str]) -> Parsed), ("numbers", numbers as _)]
        {
            for (line, block) in blocks(chapter, info) {
                let claims = parse(&block).map_err(|message| ExampleError {
                    chapter: chapter.name,
                    line,
                    message,
                })?;
                worked.extend(claims.into_iter().map(|(state, form, claim)| WorkedDigest {
                    chapter: chapter.name,
                    line,
                    state,
                    form,
                    claim,
                }));
            }
        }
    }
    Ok(worked)
}

/// The claims of a block.
type Parsed = Result<Vec<(String, Form, Claim)>, String>;

/// `state JSON`, then `FORM HASH TEXT` or `FORM reject CLASS` for one form or both.
fn digests(block: &[&str]) -> Parsed {
    let (state, answers) = block.split_first().ok_or("an empty block")?;
    let state = state.strip_prefix("state ").ok_or("expected a line `state JSON` first")?;
    let claim = |line: &&str| {
        let mut words = line.splitn(3, ' ');
        let mut word = || words.next().ok_or_else(|| format!("{line}: three words are needed"));
        let (form, hash, text) = (word()?, word()?, word()?);
        let form = form.parse().map_err(|error| format!("{line}: {error}"))?;
        let answer = if hash == "reject" {
            Answer::Reject(text.parse().map_err(|error| format!("{line}: {error}"))?)
        } else {
            Answer::Digest(Digest { text: text.to_owned(), hash: hash.to_owned() })
        };
        Ok((state.to_owned(), form, Claim::Answer(answer)))
    };
    answers.iter().map(claim).collect()
}

/// `TOKEN | TEXT | TEXT` or `reject CLASS` in place of a text: the 16-digit form, then the other.
fn numbers(block: &[&str]) -> Parsed {
    let mut claims = Vec::new();
    for line in block {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let &[token, sixteen, eight] = &cells[..] else {
            return Err(format!("{line}: three cells are needed"));
        };
        for (form, cell) in [(Form::StateHash, sixteen), (Form::EpisodeReady, eight)] {
            let claim = match cell.strip_prefix("reject ") {
                None => Claim::Text(format!("[{cell}]")),
                Some(class) => Claim::Answer(Answer::Reject(
                    class.parse().map_err(|error| format!("{line}: {error}"))?,
                )),
            };
            claims.push((format!("[{token}]"), form, claim));
        }
    }
    Ok(claims)
}

impl WorkedDigest {
    /// Compares the claim with the answer of the model.
    ///
    /// # Errors
    ///
    /// An [`ExampleError`] that says what came out instead.
    pub fn run(&self) -> Result<(), ExampleError> {
        let answers = DigestRules::of(Layout::builtin().revision).answers(&self.state, self.form);
        let found = answers.into_iter().find(|(grade, _)| *grade == Grade::Pass);
        let holds = match (&self.claim, &found) {
            (Claim::Answer(claim), Some((_, answer))) => claim == answer,
            (Claim::Text(text), Some((_, Answer::Digest(digest)))) => *text == digest.text,
            _ => false,
        };
        if holds {
            return Ok(());
        }
        let Self { chapter, line, state, form, claim } = self;
        let message = format!("{form} of {state}: expected {claim:?}, found {found:?}");
        Err(ExampleError { chapter, line: *line, message })
    }
}
