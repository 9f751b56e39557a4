//! The smallest file that describes a run, with what people wrote into the old one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rollwire_model::vectors::CheckKind;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::{
    file::{Entry, FORMAT, Fault, parse},
    known::KnownCase,
    rot::WIDEST,
    scope::Scope,
};
use crate::{
    event::CheckEvent,
    verdict::{Code, Verdict},
};

/// The reason of an entry that nobody has explained yet.
const UNEXPLAINED: &str = "TODO: say why";

/// A check: the id of its case, and the name of the check, which sorts as the checks of a case do.
type Name = (String, &'static str);

/// What a check came to in all rounds of a run, before any baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    Passed,
    Failed(Code),
    Undecided,
    /// Not the same every time, so that no entry can describe it.
    Unsteady,
}

/// What the checks of a run came to.
#[derive(Clone, Debug, Default)]
pub struct Observed(BTreeMap<Name, Came>);

impl Observed {
    /// Takes in one event of a run, whatever baseline that had.
    pub fn event(&mut self, event: &CheckEvent) {
        let came = match (event.verdict, event.code) {
            (Verdict::NotApplicable | Verdict::NotRun, _) => Came::Undecided,
            (_, Some(code)) => Came::Failed(code),
            (_, None) => Came::Passed,
        };
        let before = self.0.entry((event.case.clone(), event.check.as_str())).or_insert(came);
        if *before != came {
            *before = Came::Unsteady;
        }
    }

    /// Whether any check passed.
    #[must_use]
    pub fn any_passed(&self) -> bool {
        self.0.values().any(|came| *came == Came::Passed)
    }

    fn is_fit(&self, name: &Name, code: Code) -> bool {
        self.0.get(name) == Some(&Came::Failed(code))
    }
}

/// The circumstances of an update.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// What there is to name, and what was left out.
    pub scope: &'a Scope,
    /// The date that `expires` is compared with.
    pub today: Date,
    /// The revision of the run.
    pub revision: u8,
    /// Whether a weak check needs an entry.
    pub strict: bool,
}

/// A new file, and what became of the old one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Updated {
    /// The text of the file.
    pub text: String,
    /// How many entries are as they were.
    pub kept: u64,
    /// How many entries have no reason yet.
    pub new: u64,
    /// What the entries name that are there no more, or named more than still holds.
    pub dropped: Vec<String>,
    /// How many fresh checks fail that no entry names. A glob over them is for people to write.
    pub fresh: u64,
    /// How many checks do not come to the same every time.
    pub unsteady: u64,
}

/// One entry of the new file.
struct Row {
    case: String,
    check: Option<&'static str>,
    table: Table,
}

/// Brings a file up to date. An empty text is a file without entries.
///
/// # Errors
/// A text that is no baseline.
pub fn update(text: &str, observed: &Observed, terms: Terms<'_>) -> Result<Updated, Fault> {
    let begin = format!("baseline = {FORMAT}\n");
    let text = if text.trim().is_empty() { &begin } else { text };
    let entries = parse(text)?;
    let unreadable = |text: String| Fault { line: 1, text };
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| unreadable(error.to_string()))?;
    let old = document.remove("entry").unwrap_or(Item::ArrayOfTables(ArrayOfTables::new()));
    let old = old
        .into_array_of_tables()
        .map_err(|_| unreadable("`entry` is no array of tables; write `[[entry]]`".to_owned()))?;

    let mut work = Work { observed, terms, covered: BTreeSet::new(), rows: Vec::new() };
    let mut updated = Updated::default();
    for (entry, table) in entries.iter().zip(&old) {
        if work.is_kept(entry) {
            updated.kept += 1;
            work.rows.push(Row {
                case: entry.case.clone(),
                check: entry.check.map(CheckKind::as_str),
                table: table.clone(),
            });
        } else {
            updated.dropped.push(entry.title());
            work.narrow(entry, table);
        }
    }
    updated.new = work.add_new();
    let left = observed.0.iter().filter(|(name, _)| !work.covered.contains(*name));
    for (name, came) in left {
        match came {
            Came::Unsteady => updated.unsteady += 1,
            Came::Failed(code) if work.is_fresh(name) && work.is_fatal(*code) => {
                updated.fresh += 1;
            }
            _ => {}
        }
    }
    let mut rows = work.rows;
    rows.sort_by(|one, other| (&one.case, one.check).cmp(&(&other.case, other.check)));
    let mut array = ArrayOfTables::new();
    for Row { mut table, .. } in rows {
        // A blank line before each, and what its author wrote above it.
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

struct Work<'a> {
    observed: &'a Observed,
    terms: Terms<'a>,
    /// The failing checks that an entry of the new file names.
    covered: BTreeSet<Name>,
    rows: Vec<Row>,
}

impl Work<'_> {
    fn named(&self, entry: &Entry) -> Vec<Name> {
        let ids = self.terms.scope.known().named_by(entry);
        let checks = |(id, case): (&str, &KnownCase)| -> Vec<Name> {
            let kinds = case.checks_named_by(entry);
            kinds.map(|kind| (id.to_owned(), kind.as_str())).collect()
        };
        ids.flat_map(checks).collect()
    }

    /// Whether a check is made for each run: a glob over those is for people to write.
    fn is_fresh(&self, name: &Name) -> bool {
        self.terms.scope.known().is_fresh(&name.0)
    }

    /// Whether an entry stays as it is, and then covers what it names.
    fn is_kept(&mut self, entry: &Entry) -> bool {
        let named = self.named(entry);
        let fits = |name: &&Name| self.observed.is_fit(name, entry.code);
        let fitting: Vec<Name> = named.iter().filter(fits).cloned().collect();
        let undecided = |name: &Name| {
            let left_out = self.terms.scope.is_left_out(&name.0);
            left_out || self.observed.0.get(name) == Some(&Came::Undecided)
        };
        let kept = if named.is_empty() {
            false
        } else if !entry.holds_at(self.terms.revision) || named.iter().any(undecided) {
            // This run cannot say.
            true
        } else if !entry.holds_on(self.terms.today) || named.iter().all(|name| self.is_fresh(name))
        {
            // Whether an expired one holds on is for people to decide; here it is never renewed.
            !fitting.is_empty()
        } else {
            let mut published = named.iter().filter(|name| !self.is_fresh(name));
            let count = published.clone().count();
            // What the run has not because of its revision says nothing.
            let exactly = published.all(|name| fits(&name) || !self.observed.0.contains_key(name));
            let twice = fitting.iter().any(|name| self.covered.contains(name));
            exactly && !twice && !fitting.is_empty() && count <= WIDEST
        };
        if kept {
            self.covered.extend(fitting);
        }
        kept
    }

    /// What still holds of an entry, one entry a case, with its reason.
    fn narrow(&mut self, entry: &Entry, table: &Table) {
        let mut names = self.named(entry);
        names.retain(|name| self.observed.is_fit(name, entry.code));
        names.retain(|name| !self.is_fresh(name) && !self.covered.contains(name));
        self.covered.extend(names.iter().cloned());
        let failures = names.into_iter().map(|name| (name, entry.code)).collect();
        for (at, (case, check, _)) in self.grouped(failures).into_iter().enumerate() {
            let mut table = table.clone();
            put(&mut table, &case, check);
            if at > 0 {
                table.decor_mut().clear();
            }
            self.rows.push(Row { case, check, table });
        }
    }

    /// Entries for what fails and is covered by none.
    fn add_new(&mut self) -> u64 {
        let mut failures = Vec::new();
        for (name, came) in &self.observed.0 {
            if let Came::Failed(code) = came
                && self.is_fatal(*code)
                && !self.is_fresh(name)
                && !self.covered.contains(name)
            {
                failures.push((name.clone(), *code));
            }
        }
        self.covered.extend(failures.iter().map(|(name, _)| name.clone()));
        let rows = self.grouped(failures).into_iter().map(|(case, check, code)| {
            let mut table = Table::new();
            table.insert("case", value(&case));
            table.insert("verdict", value(code.verdict().label().to_lowercase()));
            table.insert("code", value(code.as_str()));
            table.insert("reason", value(UNEXPLAINED));
            put(&mut table, &case, check);
            Row { case, check, table }
        });
        let before = self.rows.len();
        self.rows.extend(rows.collect::<Vec<_>>());
        (self.rows.len() - before) as u64
    }

    fn is_fatal(&self, code: Code) -> bool {
        code.verdict() != Verdict::Weak || self.terms.strict
    }

    /// One entry for a case of which every check fails in one way, else one for each of them.
    fn grouped(&self, failures: Vec<(Name, Code)>) -> Vec<(String, Option<&'static str>, Code)> {
        let mut cases: BTreeMap<String, Vec<(&'static str, Code)>> = BTreeMap::new();
        for ((case, kind), code) in failures {
            cases.entry(case).or_default().push((kind, code));
        }
        let mut grouped = Vec::new();
        for (case, checks) in cases {
            let (_, first) = checks[0];
            let known = self.terms.scope.known().case(&case).map_or(0, |known| known.checks.len());
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

/// Makes an entry one about this check, `check` behind `case`.
fn put(table: &mut Table, case: &str, check: Option<&str>) {
    table["case"] = value(globset::escape(case));
    table.remove("check");
    if let Some(kind) = check {
        table.insert("check", value(kind));
        let place = |key: &str| match key {
            "case" => 0,
            "check" => 1,
            _ => 2,
        };
        table.sort_values_by(|one, _, other, _| place(one.get()).cmp(&place(other.get())));
    }
}
