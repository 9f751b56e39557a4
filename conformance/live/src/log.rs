//! What a server says to its user: every sentence once, and only some of them.

use std::{collections::BTreeSet, fmt, sync::Mutex};

/// How many different sentences are said. A client can make up any number of them.
const MOST: usize = 100;

/// Takes a sentence.
pub type Say = Box<dyn Fn(&str) + Send + Sync>;

/// Says sentences.
pub(crate) struct Log {
    say: Say,
    said: Mutex<BTreeSet<String>>,
}

impl Log {
    pub(crate) fn new(say: Say) -> Self {
        Self { say, said: Mutex::default() }
    }

    /// Says a sentence, unless it was said before. The sentence must not hold text from outside that was not
    /// escaped and shortened.
    pub(crate) fn once(&self, sentence: &str) {
        // A panic of `say` leaves the set as it is.
        let mut said = self.said.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if said.len() > MOST || !said.insert(sentence.to_owned()) {
            return;
        }
        if said.len() > MOST {
            (self.say)("there is more to say than is shown here");
        } else {
            (self.say)(sentence);
        }
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Log").field("said", &self.said).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn a_flood_of_sentences_ends() {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        let log = Log::new(Box::new(move |it| ear.lock().unwrap().push(it.to_owned())));
        for number in 0..1000 {
            log.once("again");
            log.once(&number.to_string());
        }
        let heard = heard.lock().unwrap();
        assert_eq!(heard.len(), MOST + 1);
        assert_eq!(heard.iter().filter(|it| *it == "again").count(), 1);
        assert!(heard[MOST].contains("more"));
    }
}
