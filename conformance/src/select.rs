//! Which cases: by id with globs, by revision with `since` and `until`.

use globset::{Glob, GlobMatcher};

use crate::vectors::VectorSet;

/// A list of globs over case ids. `!` in front excludes; no glob at all selects everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    include: Vec<(String, GlobMatcher)>,
    exclude: Vec<(String, GlobMatcher)>,
}

/// Why a filter is none, or selects nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterFault {
    /// The glob cannot be read.
    #[error("the filter `{glob}` is no glob: {reason}")]
    Malformed {
        /// The glob.
        glob: String,
        /// What the parser says.
        reason: String,
    },
    /// The glob matches nothing, which is most often a typing error.
    #[error("the filter `{0}` matches no case; `rollwire list` shows the ids")]
    MatchesNothing(String),
}

impl Filter {
    /// Reads globs: `state-hash/*`, `**/truncated-*`, `!input/*`.
    ///
    /// # Errors
    /// The first one that is no glob.
    pub fn new<S: AsRef<str>>(globs: &[S]) -> Result<Self, FilterFault> {
        let mut filter = Self::default();
        for glob in globs {
            let glob = glob.as_ref();
            let (list, pattern) = match glob.strip_prefix('!') {
                Some(rest) => (&mut filter.exclude, rest),
                None => (&mut filter.include, glob),
            };
            let matcher = Glob::new(pattern).map_err(|error| FilterFault::Malformed {
                glob: glob.to_owned(),
                reason: error.kind().to_string(),
            })?;
            list.push((glob.to_owned(), matcher.compile_matcher()));
        }
        Ok(filter)
    }

    /// The globs as they were given, those that exclude behind the others.
    #[must_use]
    pub fn globs(&self) -> Vec<String> {
        self.include.iter().chain(&self.exclude).map(|(glob, _)| glob.clone()).collect()
    }

    /// Whether an id is selected.
    #[must_use]
    pub fn selects(&self, id: &str) -> bool {
        let any = |list: &[(String, GlobMatcher)]| list.iter().any(|(_, glob)| glob.is_match(id));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }

    /// Keeps what is selected.
    ///
    /// # Errors
    /// A glob that matches nothing at all: a filter must not silently select nothing.
    pub fn apply(&self, mut vectors: VectorSet) -> Result<VectorSet, FilterFault> {
        for (text, glob) in self.include.iter().chain(&self.exclude) {
            if !vectors.all().any(|it| glob.is_match(it.id())) {
                return Err(FilterFault::MatchesNothing(text.clone()));
            }
        }
        self.keep(&mut vectors);
        Ok(vectors)
    }

    /// Keeps what is selected, be it nothing.
    pub fn keep(&self, vectors: &mut VectorSet) {
        vectors.cases.retain(|case| self.selects(&case.id));
        vectors.scenarios.retain(|scenario| self.selects(&scenario.id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_include_and_exclude() {
        let filter = Filter::new(&["state-hash/*", "!**/truncated-*"]).unwrap();
        assert!(filter.selects("state-hash/basic"));
        assert!(!filter.selects("state-hash/truncated-12"));
        assert!(!filter.selects("ping/basic"));
        assert!(Filter::new::<&str>(&[]).unwrap().selects("anything"));
    }

    #[test]
    fn a_bad_glob_says_so() {
        let fault = Filter::new(&["a[b"]).unwrap_err().to_string();
        assert_eq!(fault, "the filter `a[b` is no glob: unclosed character class; missing ']'");
    }
}
