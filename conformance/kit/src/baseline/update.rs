//! Writes the smallest file that describes a run, and keeps what its authors wrote in the old one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rollwire_model::vectors::CheckKind;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::{
    faults::{MAX_CHECKS, MIN_FRESH},
    file::{Entry, FORMAT, ParseFault, parse},
    known::KnownCase,
    scope::Scope,
};
use crate::{
    event::CheckEvent,
    verdict::{Code, Verdict},
};

/// The reason of a new entry.
const UNEXPLAINED: &str = "TODO: say why";

/// A check: the id of its case and its name, which sorts in the order of the checks of a case.
type CheckName = (String, &'static str);

/// The result of a check in all rounds of a run, before any baseline is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
enum CheckResult {
    Passed,
    /// With this code, reported under this rule.
    Failed(Code, String),
    Undecided,
    /// Not the same in every round, so no entry can describe it.
    Varying,
}

/// The results of the checks of a run.
#[derive(Clone, Debug, Default)]
pub struct Observed(BTreeMap<CheckName, CheckResult>);

impl Observed {
    /// Takes in an event of a run, with or without a baseline.
    pub fn event(&mut self, event: &CheckEvent) {
        let result = match (event.verdict, event.code) {
            (Verdict::NotApplicable | Verdict::NotRun, _) => CheckResult::Undecided,
            (_, Some(code)) => CheckResult::Failed(code, event.rule.clone()),
            (_, None) => CheckResult::Passed,
        };
        let name = (event.case.clone(), event.check.as_str());
        let before = self.0.entry(name).or_insert_with(|| result.clone());
        if *before != result {
            *before = CheckResult::Varying;
        }
    }

    /// Whether any check passed.
    #[must_use]
    pub fn any_passed(&self) -> bool {
        self.0.values().any(|result| *result == CheckResult::Passed)
    }

    /// Whether a check failed as an entry expects.
    fn is_fit(&self, name: &CheckName, entry: &Entry) -> bool {
        let Some(CheckResult::Failed(code, rule)) = self.0.get(name) else { return false };
        *code == entry.code && entry.allows(rule)
    }

    fn has_passed(&self, name: &CheckName) -> bool {
        self.0.get(name) == Some(&CheckResult::Passed)
    }

    fn has_failed(&self, name: &CheckName) -> bool {
        matches!(self.0.get(name), Some(CheckResult::Failed(..)))
    }
}

/// What an update needs to know besides the results of the run.
#[derive(Clone, Copy, Debug)]
pub struct UpdateOptions<'a> {
    /// The checks that entries may name, and those that were left out.
    pub scope: &'a Scope,
    /// The date that `expires` is compared with.
    pub today: Date,
    /// The revision of the run.
    pub revision: u8,
    /// Whether a weak check needs an entry.
    pub strict: bool,
}

/// A new file, and how it differs from the old one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Updated {
    /// The text of the file.
    pub text: String,
    /// How many entries are unchanged.
    pub kept: u64,
    /// How many entries are new and still need a reason.
    pub new: u64,
    /// The titles of the entries that were removed or narrowed.
    pub dropped: Vec<String>,
    /// How many failing fresh checks no entry names. A glob for them must be written by hand.
    pub fresh: u64,
    /// How many checks do not have the same result in every round.
    pub varying: u64,
}

/// One entry of the new file.
struct NewEntry {
    case: String,
    check: Option<&'static str>,
    table: Table,
}

/// Updates the text of a baseline file. An empty text is a file without entries.
///
/// # Errors
/// A text that is not a valid baseline.
pub fn update(
    text: &str,
    observed: &Observed,
    options: UpdateOptions<'_>,
) -> Result<Updated, ParseFault> {
    let begin = format!("baseline = {FORMAT}\n");
    let text = if text.trim().is_empty() { &begin } else { text };
    let entries = parse(text)?;
    let unreadable = |text: String| ParseFault { line: 1, text };
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| unreadable(error.to_string()))?;
    let old = document.remove("entry").unwrap_or(Item::ArrayOfTables(ArrayOfTables::new()));
    let old = old.into_array_of_tables().map_err(|_| {
        unreadable("`entry` is not an array of tables; write `[[entry]]`".to_owned())
    })?;

    let mut state =
        UpdateState { observed, options, covered: BTreeSet::new(), new_entries: Vec::new() };
    let mut updated = Updated::default();
    for (entry, table) in entries.iter().zip(&old) {
        if state.is_kept(entry) {
            updated.kept += 1;
            state.new_entries.push(NewEntry {
                case: entry.case.clone(),
                check: entry.check.map(CheckKind::as_str),
                table: table.clone(),
            });
        } else {
            updated.dropped.push(entry.title());
            state.narrow(entry, table);
        }
    }
    updated.new = state.add_new();
    let left = observed.0.iter().filter(|(name, _)| !state.covered.contains(*name));
    for (name, result) in left {
        match result {
            CheckResult::Varying => updated.varying += 1,
            CheckResult::Failed(code, _) if state.is_fresh(name) && state.is_fatal(*code) => {
                updated.fresh += 1;
            }
            _ => {}
        }
    }
    let mut new_entries = state.new_entries;
    new_entries.sort_by(|one, other| (&one.case, one.check).cmp(&(&other.case, other.check)));
    let mut array = ArrayOfTables::new();
    for NewEntry { mut table, .. } in new_entries {
        // A blank line before each entry, and the comment that its author wrote above it.
        let written = table.decor().prefix().and_then(|it| it.as_str()).unwrap_or_default();
        let prefix = format!("\n{}", written.trim_start_matches(['\n', '\r']));
        table.decor_mut().set_prefix(prefix);
        table.set_position(None);
        array.push(table);
    }
    if !array.is_empty() {
        document.insert("entry", Item::ArrayOfTables(array));
    }
    updated.text = document.to_string();
    Ok(updated)
}

struct UpdateState<'a> {
    observed: &'a Observed,
    options: UpdateOptions<'a>,
    /// The failing checks that an entry of the new file already names.
    covered: BTreeSet<CheckName>,
    new_entries: Vec<NewEntry>,
}

impl UpdateState<'_> {
    fn named(&self, entry: &Entry) -> Vec<CheckName> {
        let ids = self.options.scope.known().named_by(entry);
        let checks = |(id, case): (&str, &KnownCase)| -> Vec<CheckName> {
            let kinds = case.checks_named_by(entry);
            kinds.map(|kind| (id.to_owned(), kind.as_str())).collect()
        };
        ids.flat_map(checks).collect()
    }

    /// Whether a check is fresh: a glob for fresh checks must be written by hand.
    fn is_fresh(&self, name: &CheckName) -> bool {
        self.options.scope.known().is_fresh(&name.0)
    }

    /// Whether an entry stays unchanged. If it does, the checks that it names are covered.
    fn is_kept(&mut self, entry: &Entry) -> bool {
        let named = self.named(entry);
        let fits = |name: &&CheckName| self.observed.is_fit(name, entry);
        let fitting: Vec<CheckName> = named.iter().filter(fits).cloned().collect();
        let undecided = |name: &CheckName| {
            let left_out = self.options.scope.is_left_out(&name.0);
            left_out || self.observed.0.get(name) == Some(&CheckResult::Undecided)
        };
        let kept = if named.is_empty() {
            false
        } else if !entry.holds_at(self.options.revision) || named.iter().any(undecided) {
            // This run cannot tell.
            true
        } else if !entry.holds_on(self.options.today) {
            // An expired entry is kept but never renewed: its author must decide.
            !fitting.is_empty()
        } else if named.iter().all(|name| self.is_fresh(name)) {
            // As in `Matcher::faults`, only enough fresh checks that all passed speak against an entry.
            let passed = named.iter().filter(|name| self.observed.has_passed(name)).count() as u64;
            (1..MIN_FRESH).contains(&passed)
                || named.iter().any(|name| self.observed.has_failed(name))
        } else {
            let mut published = named.iter().filter(|name| !self.is_fresh(name));
            let count = published.clone().count();
            // A check that the run does not have at its revision is not evidence.
            let exactly = published.all(|name| fits(&name) || !self.observed.0.contains_key(name));
            let twice = fitting.iter().any(|name| self.covered.contains(name));
            exactly && !twice && !fitting.is_empty() && count <= MAX_CHECKS
        };
        if kept {
            self.covered.extend(fitting);
        }
        kept
    }

    /// Replaces an entry by one entry per case that still fails as expected, with the same reason.
    fn narrow(&mut self, entry: &Entry, table: &Table) {
        let mut names = self.named(entry);
        names.retain(|name| self.observed.is_fit(name, entry));
        names.retain(|name| !self.is_fresh(name) && !self.covered.contains(name));
        self.covered.extend(names.iter().cloned());
        let failures = names.into_iter().map(|name| (name, entry.code)).collect();
        for (at, (case, check, _)) in self.grouped(failures).into_iter().enumerate() {
            let mut table = table.clone();
            set_check(&mut table, &case, check);
            if at > 0 {
                table.decor_mut().clear();
            }
            self.new_entries.push(NewEntry { case, check, table });
        }
    }

    /// Adds entries for the failures that no entry covers.
    fn add_new(&mut self) -> u64 {
        let mut failures = Vec::new();
        for (name, result) in &self.observed.0 {
            if let CheckResult::Failed(code, _) = result
                && self.is_fatal(*code)
                && !self.is_fresh(name)
                && !self.covered.contains(name)
            {
                failures.push((name.clone(), *code));
            }
        }
        self.covered.extend(failures.iter().map(|(name, _)| name.clone()));
        let new_entries = self.grouped(failures).into_iter().map(|(case, check, code)| {
            let mut table = Table::new();
            table.insert("case", value(&case));
            table.insert("verdict", value(code.verdict().label().to_lowercase()));
            table.insert("code", value(code.as_str()));
            table.insert("reason", value(UNEXPLAINED));
            set_check(&mut table, &case, check);
            NewEntry { case, check, table }
        });
        let before = self.new_entries.len();
        self.new_entries.extend(new_entries.collect::<Vec<_>>());
        (self.new_entries.len() - before) as u64
    }

    fn is_fatal(&self, code: Code) -> bool {
        code.verdict() != Verdict::Weak || self.options.strict
    }

    /// One entry for a case whose checks all fail in the same way, else one entry per check.
    fn grouped(
        &self,
        failures: Vec<(CheckName, Code)>,
    ) -> Vec<(String, Option<&'static str>, Code)> {
        let mut cases: BTreeMap<String, Vec<(&'static str, Code)>> = BTreeMap::new();
        for ((case, kind), code) in failures {
            cases.entry(case).or_default().push((kind, code));
        }
        let mut grouped = Vec::new();
        for (case, checks) in cases {
            let (_, first) = checks[0];
            let known =
                self.options.scope.known().case(&case).map_or(0, |known| known.checks.len());
            let all = checks.len() == known;
            if all && checks.iter().all(|(_, code)| *code == first) {
                grouped.push((case, None, first));
            } else {
                let each = checks.into_iter();
                grouped.extend(each.map(|(kind, code)| (case.clone(), Some(kind), code)));
            }
        }
        grouped
    }
}

/// Sets the case and the check of an entry, with `check` after `case`.
fn set_check(table: &mut Table, case: &str, check: Option<&str>) {
    table["case"] = value(globset::escape(case));
    table.remove("check");
    if let Some(kind) = check {
        table.insert("check", value(kind));
        let position = |key: &str| match key {
            "case" => 0,
            "check" => 1,
            _ => 2,
        };
        table.sort_values_by(|one, _, other, _| position(one.get()).cmp(&position(other.get())));
    }
}
