//! Selects cases by globs over their ids.

use std::collections::BTreeSet;

use globset::{Glob, GlobSet};

use rollwire_model::{Layout, MessageLayout};

use super::{
    case::{AnyCase, Content},
    set::VectorSet,
};

/// The longest glob, in bytes. Ids are much shorter.
const MAX_GLOB: usize = 1024;

/// Reads a glob over case ids.
///
/// # Errors
/// Why the text is not a valid glob.
pub(crate) fn glob(text: &str) -> Result<GlobSet, String> {
    if text.len() > MAX_GLOB {
        return Err(format!("it has {} bytes; expected at most {MAX_GLOB}", text.len()));
    }
    let glob = Glob::new(text).map_err(|error| error.kind().to_string())?;
    // A set is built with an error where a single matcher panics.
    let set = GlobSet::new([glob]);
    set.map_err(|_| "it is too complex; braces may be nested 100 deep".to_owned())
}

/// A list of globs over case ids. A leading `!` excludes; an empty list selects everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    include: Vec<(String, GlobSet)>,
    exclude: Vec<(String, GlobSet)>,
    /// Only the cases with these ids.
    only: Option<BTreeSet<String>>,
    /// Not the cases with these ids.
    except: BTreeSet<String>,
    /// Only the cases about these subjects.
    selectors: Selectors,
}

/// Selects cases by what they are about. Elements of one list are alternatives; an empty list selects
/// everything, and all lists must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selectors {
    /// Names of messages: the cases about their bytes.
    pub messages: Vec<String>,
    /// Ids of rules: the cases that name them.
    pub rules: Vec<String>,
    /// Flags of cases.
    pub flags: Vec<String>,
}

impl Selectors {
    /// Whether nothing is left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.rules.is_empty() && self.flags.is_empty()
    }

    fn select(&self, case: &AnyCase) -> bool {
        let all = self.lists().map(|(_, list)| list).into_iter().zip(HOLDS);
        let mut all =
            all.map(|(list, holds)| list.is_empty() || list.iter().any(|name| holds(case, name)));
        all.all(|holds| holds)
    }

    /// The lists, each with the word for its elements.
    fn lists(&self) -> [(&'static str, &[String]); 3] {
        let Self { messages, rules, flags } = self;
        [("message", messages), ("rule", rules), ("flag", flags)]
    }

    /// `message:state_hash` and so on, as a header names them.
    fn words(&self) -> Vec<String> {
        let words = |(kind, list): (&str, &[String])| {
            list.iter().map(|name| format!("{kind}:{name}")).collect::<Vec<_>>()
        };
        self.lists().into_iter().flat_map(words).collect()
    }

    /// Adds to `found` the elements that a case is about.
    fn see(&self, case: &AnyCase, found: &mut Self) {
        let found = [&mut found.messages, &mut found.rules, &mut found.flags];
        for (((_, list), found), holds) in self.lists().into_iter().zip(found).zip(HOLDS) {
            let new = list.iter().filter(|name| holds(case, name));
            let new: Vec<_> = new.filter(|name| !found.contains(name)).cloned().collect();
            found.extend(new);
        }
    }

    /// The first element that is not among those that were found.
    fn vain(&self, found: &Self) -> Option<String> {
        self.lists().into_iter().zip(found.lists()).find_map(|((kind, list), (_, found))| {
            let name = list.iter().find(|name| !found.contains(name))?;
            Some(format!("the {kind} {name}"))
        })
    }
}

/// Whether a case is about a message, a rule or a flag, in the order of [`Selectors::lists`].
const HOLDS: [fn(&AnyCase, &str) -> bool; 3] = [is_about_message, has_rule, has_flag];

/// The cases that a filter has seen, to find what it names in vain. The cases themselves are not kept.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    ids: BTreeSet<String>,
    /// The elements of the selectors that some case is about.
    subjects: Selectors,
    is_any_selected: bool,
}

/// Whether a case is about the bytes of a message: its value, its datagram, or one of its rules.
fn is_about_message(case: &AnyCase, name: &str) -> bool {
    let message = Layout::builtin().messages.iter().find(|message| message.name == name);
    message.is_some_and(|message| {
        let own = format!("{}-", message.title);
        has_bytes_of(case, message) || case.meta().rules().iter().any(|rule| rule.starts_with(&own))
    })
}

fn has_bytes_of(case: &AnyCase, message: &MessageLayout) -> bool {
    let Content::Bytes(case) = &case.content else { return false };
    let by_value = case.value.as_ref().is_some_and(|value| value.message == message.name);
    by_value || case.bytes().and_then(<[u8]>::first) == Some(&message.type_byte)
}

fn has_rule(case: &AnyCase, id: &str) -> bool {
    case.meta().rules().iter().any(|rule| rule == id)
}

fn has_flag(case: &AnyCase, name: &str) -> bool {
    case.meta().flags().iter().any(|flag| flag == name)
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
    /// No case is about something that was selected.
    #[error("no case of this run is about {0}; `rollwire explain` describes it")]
    SelectsNothing(String),
    /// The options select no case together, although each of them selects some.
    #[error(
        "no case matches all of the given options; `rollwire list` with the same options shows what they select"
    )]
    NothingInCommon,
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

    /// Of the cases that are selected, selects those with these ids.
    #[must_use]
    pub fn among(self, ids: BTreeSet<String>) -> Self {
        Self { only: Some(ids), ..self }
    }

    /// Of the cases that are selected, selects those without these ids.
    #[must_use]
    pub fn without(self, ids: BTreeSet<String>) -> Self {
        Self { except: ids, ..self }
    }

    /// Selects only cases that these select too.
    #[must_use]
    pub fn with(self, selectors: Selectors) -> Self {
        Self { selectors, ..self }
    }

    /// The globs as they were given, with those that exclude after the others. For ids, the globs
    /// that match exactly them. The selectors follow, such as `message:state_hash`.
    #[must_use]
    pub fn globs(&self) -> Vec<String> {
        let ids = self.only.iter().flatten().map(|id| globset::escape(id));
        let given = self.include.iter().chain(&self.exclude).map(|(glob, _)| glob.clone());
        let except = self.except.iter().map(|id| format!("!{}", globset::escape(id)));
        ids.chain(given).chain(except).chain(self.selectors.words()).collect()
    }

    /// Whether a case is selected.
    #[must_use]
    pub fn selects(&self, case: &AnyCase) -> bool {
        self.selects_id(case.id()) && self.selectors.select(case)
    }

    /// Whether the globs select an id.
    #[must_use]
    pub fn selects_id(&self, id: &str) -> bool {
        let any = |list: &[(String, GlobSet)]| list.iter().any(|(_, glob)| glob.is_match(id));
        let chosen = self.only.as_ref().is_none_or(|ids| ids.contains(id));
        let chosen = chosen && !self.except.contains(id);
        chosen && (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }

    /// Keeps the selected cases.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn apply(&self, mut vectors: VectorSet) -> Result<VectorSet, FilterFault> {
        let mut seen = Seen::default();
        vectors.retain(|case| self.see(case, &mut seen));
        self.check(&seen)?;
        Ok(vectors)
    }

    /// Whether a case is selected, as [`Self::selects`], and notes what it matches.
    pub fn see(&self, case: &AnyCase, seen: &mut Seen) -> bool {
        seen.ids.insert(case.id().to_owned());
        self.selectors.see(case, &mut seen.subjects);
        let is_selected = self.selects(case);
        seen.is_any_selected |= is_selected;
        is_selected
    }

    /// Checks that each glob, id and selector matches one of the cases that were seen.
    ///
    /// # Errors
    /// What matches no case: a filter must not select nothing without a warning.
    pub fn check(&self, seen: &Seen) -> Result<(), FilterFault> {
        for (text, glob) in self.include.iter().chain(&self.exclude) {
            if !seen.ids.iter().any(|id| glob.is_match(id)) {
                return Err(FilterFault::MatchesNothing(text.clone()));
            }
        }
        if let Some(gone) = self.only.iter().flatten().find(|id| !seen.ids.contains(*id)) {
            return Err(FilterFault::Gone(gone.clone()));
        }
        if let Some(what) = self.selectors.vain(&seen.subjects) {
            return Err(FilterFault::SelectsNothing(what));
        }
        if !seen.is_any_selected && !self.selectors.is_empty() {
            return Err(FilterFault::NothingInCommon);
        }
        Ok(())
    }

    /// Keeps the selected cases, even if there are none.
    pub fn keep(&self, vectors: &mut VectorSet) {
        vectors.retain(|case| self.selects(case));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_include_and_exclude() {
        let filter = Filter::new(&["state-hash/*", "!**/truncated-*"]).unwrap();
        assert!(filter.selects_id("state-hash/basic"));
        assert!(!filter.selects_id("state-hash/truncated-12"));
        assert!(!filter.selects_id("ping/basic"));
        let all = || Filter::new::<&str>(&[]).unwrap();
        assert!(all().selects_id("anything"));
        let ids = || BTreeSet::from(["ping/basic".to_owned()]);
        let (some, rest) = (all().among(ids()), all().without(ids()));
        assert!(some.selects_id("ping/basic") && !rest.selects_id("ping/basic"));
        assert!(!some.selects_id("anything") && rest.selects_id("anything"));
        assert_eq!(
            (some.globs(), rest.globs()),
            (vec!["ping/basic".into()], vec!["!ping/basic".into()])
        );
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
