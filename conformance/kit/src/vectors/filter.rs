//! Which cases: by id with globs, by revision with `since` and `until`.

use std::collections::BTreeSet;

use globset::{Glob, GlobMatcher};

use super::{case::AnyCase, set::VectorSet};

/// The longest glob, in bytes. No id comes near it, and one of some 300 KB makes an automaton that is
/// larger than globset lets it be, which is a panic there.
const LONGEST_GLOB: usize = 1024;

/// Reads a glob over case ids.
///
/// # Errors
/// Why it is none.
pub(crate) fn glob(text: &str) -> Result<GlobMatcher, String> {
    if text.len() > LONGEST_GLOB {
        return Err(format!("it has {} bytes; expected at most {LONGEST_GLOB}", text.len()));
    }
    let glob = Glob::new(text).map_err(|error| error.kind().to_string())?;
    Ok(glob.compile_matcher())
}

/// A list of globs over case ids. `!` in front excludes; no glob at all selects everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    include: Vec<(String, GlobMatcher)>,
    exclude: Vec<(String, GlobMatcher)>,
    /// These cases alone, by their ids.
    only: Option<BTreeSet<String>>,
}

/// Why a filter is none, or selects nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterFault {
    /// The glob cannot be read.
    #[error("the filter `{glob}` is not a valid glob: {reason}")]
    Malformed {
        /// The glob, shortened.
        glob: String,
        /// What the parser says.
        reason: String,
    },
    /// The glob matches nothing, which is most often a typing error.
    #[error("the filter `{0}` matches no case; `rollwire list` shows the ids")]
    MatchesNothing(String),
    /// An id that was chosen by itself is none of what could be asked.
    #[error(
        "`{0}` is to be asked again, and is no case of this run; are --vectors, --fresh and --revision those of the run before?"
    )]
    Gone(String),
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
            let matcher = self::glob(pattern).map_err(|reason| FilterFault::Malformed {
                glob: crate::text::shorten(glob),
                reason,
            })?;
            list.push((glob.to_owned(), matcher));
        }
        Ok(filter)
    }

    /// Selects these cases alone, by their ids.
    #[must_use]
    pub fn of_ids(ids: BTreeSet<String>) -> Self {
        Self { only: Some(ids), ..Self::default() }
    }

    /// The globs as they were given, those that exclude behind the others; for ids the globs that
    /// match them.
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

    /// Keeps what is selected.
    ///
    /// # Errors
    /// A glob or an id that matches nothing at all: a filter must not silently select nothing.
    pub fn apply(&self, mut vectors: VectorSet) -> Result<VectorSet, FilterFault> {
        for (text, glob) in self.include.iter().chain(&self.exclude) {
            if !vectors.cases().iter().any(|it| glob.is_match(it.id())) {
                return Err(FilterFault::MatchesNothing(text.clone()));
            }
        }
        if let Some(ids) = &self.only {
            let known: BTreeSet<&str> = vectors.cases().iter().map(AnyCase::id).collect();
            if let Some(gone) = ids.iter().find(|id| !known.contains(&***id)) {
                return Err(FilterFault::Gone(gone.clone()));
            }
        }
        self.keep(&mut vectors);
        Ok(vectors)
    }

    /// Keeps what is selected, be it nothing.
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
        let longest = "?".repeat(LONGEST_GLOB);
        assert!(Filter::new(&[&longest]).is_ok());
        let fault = Filter::new(&[longest.repeat(900)]).unwrap_err().to_string();
        assert!(
            fault.ends_with("is not a valid glob: it has 921600 bytes; expected at most 1024"),
            "{fault}"
        );
        assert!(fault.len() < 300, "{fault}");
    }
}
