//! Notices a log in which every line occurs twice in a row: two recorders wrote it, or one writer was
//! called twice for each line.

/// How many pairs of lines that name a frame must occur. Ticks are often the same; confirmations
/// and datagrams are not.
const TELLING: u64 = 2;

/// The lines so far, compared in pairs.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    /// The first line of the current pair, if its second line has not been read.
    waiting: Option<Vec<u8>>,
    /// Storage for the next line.
    spare: Vec<u8>,
    telling: u64,
    differs: bool,
}

impl Repeats {
    /// Adds a line that is not empty. `names_a_frame` says whether repeating it is unusual.
    pub(super) fn line(&mut self, text: &[u8], names_a_frame: bool) {
        if self.differs {
            return;
        }
        match self.waiting.take() {
            None => {
                let mut line = std::mem::take(&mut self.spare);
                line.clear();
                line.extend_from_slice(text);
                self.waiting = Some(line);
            }
            Some(first) => {
                self.differs = first != text;
                self.telling += u64::from(names_a_frame);
                self.spare = first;
            }
        }
    }

    /// Whether every line up to here occurred twice in a row.
    pub(super) fn are_all_pairs(&self) -> bool {
        !self.differs && self.waiting.is_none() && self.telling >= TELLING
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repeated(lines: &[&str]) -> bool {
        let mut repeats = Repeats::default();
        lines.iter().for_each(|line| repeats.line(line.as_bytes(), line.starts_with('c')));
        repeats.are_all_pairs()
    }

    #[test]
    fn only_pairs_of_lines_that_name_frames_count() {
        assert!(repeated(&["h", "h", "c1", "c1", "tick", "tick", "c2", "c2"]));
        assert!(!repeated(&["h", "c1", "c1", "c2", "c2", "tick"]));
        assert!(!repeated(&["tick"; 8]));
        assert!(!repeated(&["c1", "c1", "c2", "c2", "c3"]));
        assert!(!repeated(&[]));
    }
}
