//! Selects cases by globs over their ids.

use std::collections::BTreeSet;

use globset::{Glob, GlobMatcher};

use super::{case::AnyCase, set::VectorSet};

/// The longest glob, in bytes. Ids are much shorter. From about 300 KB on, globset panics because its
/// automaton becomes too large.
const MAX_GLOB: usize = 1024;

/// Reads a glob over case ids.
///
/// # Errors
/// Why the text is not a valid glob.
pub(crate) fn glob(text: &str) -> Result<GlobMatcher, String> {
    if text.len() > MAX_GLOB {
        return Err(format!("it has {} bytes; expected at most {MAX_GLOB}", text.len()));
    }
    let glob = Glob::new(text).map_err(|error| error.kind().to_string())?;
    Ok(glob.compile_matcher())
}

/// A list of globs over case ids. A leading `!` excludes; an empty list selects everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    include: Vec<(String, GlobMatcher)>,
    exclude: Vec<(String, GlobMatcher)>,
    /// Only the cases with these ids.
    only: Option<BTreeSet<String>>,
}

/// Why a filter cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterFault {
    /// The glob is not valid.
    #[error("the filter `{glob}` is not a valid glob: {reason}")]
    Malformed {
        /// The glob, shortened.
        glob: String,
        /// The reason that the parser gives.
        reason: String,
    },
    /// The glob matches no case, which is most often a typing error.
    #[error("the filter `{0}` matches no case; `rollwire list` shows the ids")]
    MatchesNothing(String),
    /// An id that was selected on its own does not exist in this run.
    #[error(
        "`{0}` failed in the earlier run but is not a case of this run; give the same --vectors, --fresh and --revision"
    )]
    Gone(String),
}

impl Filter {
    /// Reads globs: `state-hash/*`, `**/truncated-*`, `!input/*`.
    ///
    /// # Errors
    /// The first one that is not a valid glob.
    pub fn new<S: AsRef<str>>(globs: &[S]) -> Result<Self, FilterFault> {
        let mut filter = Self::default();
        for glob in globs {
            let glob = glob.as_ref();
            let (list, pattern) = match glob.strip_prefix('!') {
                Some(rest) => (&mut filter.exclude, rest),
                None => (&mut filter.include, glob),
            };
            let matcher = self::glob(pattern).map_err(|reason| FilterFault::Malformed {
                glob: crate::text::shorten(glob),
                reason,
            })?;
            list.push((glob.to_owned(), matcher));
        }
        Ok(filter)
    }

    /// Selects only the cases with these ids.
    #[must_use]
    pub fn of_ids(ids: BTreeSet<String>) -> Self {
        Self { only: Some(ids), ..Self::default() }
    }

    /// The globs as they were given, with those that exclude after the others. For ids, the globs
    /// that match exactly them.
    #[must_use]
    pub fn globs(&self) -> Vec<String> {
        let ids = self.only.iter().flatten().map(|id| globset::escape(id));
        let given = self.include.iter().chain(&self.exclude).map(|(glob, _)| glob.clone());
        ids.chain(given).collect()
    }

    /// Whether an id is selected.
    #[must_use]
    pub fn selects(&self, id: &str) -> bool {
        let any = |list: &[(String, GlobMatcher)]| list.iter().any(|(_, glob)| glob.is_match(id));
        let chosen = self.only.as_ref().is_none_or(|ids| ids.contains(id));
        chosen && (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }

    /// Keeps the selected cases.
    ///
    /// # Errors
    /// A glob or an id that matches no case: a filter must not select nothing without a warning.
    pub fn apply(&self, mut vectors: VectorSet) -> Result<VectorSet, FilterFault> {
        self.check(&vectors.cases().iter().map(AnyCase::id).collect())?;
        self.keep(&mut vectors);
        Ok(vectors)
    }

    /// Checks that each glob and id matches one of these ids.
    ///
    /// # Errors
    /// As [`Self::apply`].
    pub fn check(&self, ids: &BTreeSet<&str>) -> Result<(), FilterFault> {
        for (text, glob) in self.include.iter().chain(&self.exclude) {
            if !ids.iter().any(|id| glob.is_match(id)) {
                return Err(FilterFault::MatchesNothing(text.clone()));
            }
        }
        let gone = self.only.iter().flatten().find(|id| !ids.contains(&***id));
        gone.map_or(Ok(()), |gone| Err(FilterFault::Gone(gone.clone())))
    }

    /// Keeps the selected cases, even if there are none.
    pub fn keep(&self, vectors: &mut VectorSet) {
        vectors.retain(|case| self.selects(case.id()));
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
        assert_eq!(
            fault,
            "the filter `a[b` is not a valid glob: unclosed character class; missing ']'"
        );
        let longest = "?".repeat(MAX_GLOB);
        assert!(Filter::new(&[&longest]).is_ok());
        let fault = Filter::new(&[longest.repeat(900)]).unwrap_err().to_string();
        assert!(
            fault.ends_with("is not a valid glob: it has 921600 bytes; expected at most 1024"),
            "{fault}"
        );
        assert!(fault.len() < 300, "{fault}");
    }
}
