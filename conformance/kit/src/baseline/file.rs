//! The file format: reads entries from text.

use globset::GlobSet;
use jiff::civil::Date;
use rollwire_model::vectors::CheckKind;
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use crate::verdict::{Code, Verdict};

/// The version of the format.
pub const FORMAT: u32 = 1;

/// A reason that begins with this is a placeholder.
pub const TODO: &str = "TODO";

/// One entry: the checks that it names are expected to fail in the same way.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The id of a case, or a glob over ids.
    pub case: String,
    /// Which check of the case; all of them if `None`.
    pub check: Option<CheckKind>,
    /// The expected verdict before the baseline is applied: fail, weak or error.
    pub verdict: Verdict,
    /// The expected code.
    pub code: Code,
    /// The rule that the failure must be reported under, or a glob over rules; any rule if `None`.
    pub rule: Option<String>,
    /// Why the checks are expected to fail.
    pub reason: String,
    /// Where the failure is tracked.
    pub link: Option<String>,
    /// The last day on which the entry applies.
    pub expires: Option<Date>,
    /// The only revision at which the entry applies.
    pub revision: Option<u8>,
    /// The line on which the entry begins.
    pub line: usize,
    /// `None` if `case` is an id, which is much cheaper to compare.
    glob: Option<GlobSet>,
    /// The matcher of `rule`.
    rules: Option<GlobSet>,
}

/// Why a text is not a valid baseline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {text}")]
pub struct ParseFault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    baseline: Spanned<u32>,
    #[serde(default)]
    entry: Vec<Spanned<RawEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    case: Spanned<String>,
    check: Option<CheckKind>,
    verdict: ExpectedVerdict,
    code: Spanned<Code>,
    rule: Option<Spanned<String>>,
    reason: Spanned<String>,
    link: Option<String>,
    expires: Option<Spanned<Datetime>>,
    revision: Option<Spanned<u8>>,
}

/// The verdicts that an entry can expect.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ExpectedVerdict {
    Fail,
    Weak,
    Error,
}

impl From<ExpectedVerdict> for Verdict {
    fn from(verdict: ExpectedVerdict) -> Self {
        match verdict {
            ExpectedVerdict::Fail => Self::Fail,
            ExpectedVerdict::Weak => Self::Weak,
            ExpectedVerdict::Error => Self::Error,
        }
    }
}

/// Reads a baseline.
///
/// # Errors
/// The first fault, with its line.
pub fn parse(text: &str) -> Result<Vec<Entry>, ParseFault> {
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line_of = |at: usize| 1 + ends.partition_point(|end| *end < at);
    let file: File = toml::from_str(text).map_err(|error| ParseFault {
        line: line_of(error.span().map_or(0, |span| span.start)),
        text: error.message().to_owned(),
    })?;
    if *file.baseline.get_ref() != FORMAT {
        let text = format!("`baseline` is {}; expected {FORMAT}", file.baseline.get_ref());
        return Err(ParseFault { line: line_of(file.baseline.span().start), text });
    }
    let entry = |raw: Spanned<RawEntry>| {
        let line = line_of(raw.span().start);
        raw.into_inner().read(line, &line_of)
    };
    file.entry.into_iter().map(entry).collect()
}

impl RawEntry {
    fn read(self, line: usize, line_of: &dyn Fn(usize) -> usize) -> Result<Entry, ParseFault> {
        let fault = |at: usize, text: String| ParseFault { line: line_of(at), text };
        let at = self.case.span().start;
        let case = self.case.into_inner();
        let shown = crate::text::shorten(&case);
        if case.is_empty() || case.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(fault(
                at,
                "`case` is empty or contains whitespace; give an id or a glob".to_owned(),
            ));
        }
        let glob = crate::vectors::filter::glob(&case)
            .map_err(|reason| fault(at, format!("`{shown}` is not a valid glob: {reason}")))?;
        let is_glob = globset::escape(&case) != case;
        let (at, code) = (self.code.span().start, self.code.into_inner());
        let verdict = Verdict::from(self.verdict);
        if code.verdict() != verdict {
            let right = code.verdict().label().to_lowercase();
            let text = format!("a check with code `{}` has verdict `{right}`", code.as_str());
            return Err(fault(at, text));
        }
        let rules = self.rule.as_ref().map(|rule| {
            let name = crate::text::shorten(rule.get_ref());
            let at = rule.span().start;
            let glob = crate::vectors::filter::glob(rule.get_ref())
                .map_err(|reason| fault(at, format!("`{name}` is not a valid glob: {reason}")))?;
            if rollwire_model::rules().iter().any(|rule| glob.is_match(&rule.id)) {
                return Ok(glob);
            }
            let text = format!("`{name}` matches no rule; `rollwire coverage` lists the rules");
            Err(fault(at, text))
        });
        if self.reason.get_ref().trim().is_empty() {
            let text = format!("the reason of `{shown}` is empty; say why it is expected to fail");
            return Err(fault(self.reason.span().start, text));
        }
        let expires = self.expires.map(|it| {
            let (at, text) = (it.span().start, it.get_ref().to_string());
            parse_date(&text).map_err(|text| fault(at, format!("`expires`: {text}")))
        });
        let latest = rollwire_model::Layout::builtin().revision;
        if let Some(revision) = &self.revision
            && !(1..=latest).contains(revision.get_ref())
        {
            let text = format!("`revision` is {}; expected 1 to {latest}", revision.get_ref());
            return Err(fault(revision.span().start, text));
        }
        Ok(Entry {
            check: self.check,
            verdict,
            code,
            rule: self.rule.map(Spanned::into_inner),
            reason: self.reason.into_inner(),
            link: self.link,
            expires: expires.transpose()?,
            revision: self.revision.map(Spanned::into_inner),
            line,
            glob: is_glob.then_some(glob),
            rules: rules.transpose()?,
            case,
        })
    }
}

/// Reads a date, `2027-03-31`.
///
/// # Errors
/// A text that says which form is expected.
pub fn parse_date(text: &str) -> Result<Date, String> {
    let expected = || format!("`{}` is not a date such as 2027-03-31", crate::text::shorten(text));
    // jiff accepts other forms too, such as a date with a time and `20270331`.
    if text.len() != 10 {
        return Err(expected());
    }
    text.parse().map_err(|_| expected())
}

impl Entry {
    /// Whether the entry names this case.
    #[must_use]
    pub fn names_case(&self, id: &str) -> bool {
        self.glob.as_ref().map_or(self.case == id, |glob| glob.is_match(id))
    }

    /// Whether the entry names this check of its cases.
    #[must_use]
    pub fn names_check(&self, kind: CheckKind) -> bool {
        self.check.is_none_or(|check| check == kind)
    }

    /// Whether the entry applies on this day.
    #[must_use]
    pub fn holds_on(&self, today: Date) -> bool {
        self.expires.is_none_or(|last| today <= last)
    }

    /// Whether the entry applies at this revision.
    #[must_use]
    pub fn holds_at(&self, revision: u8) -> bool {
        self.revision.is_none_or(|it| it == revision)
    }

    /// Whether the entry expects this verdict and code, reported under this rule.
    #[must_use]
    pub fn expects(&self, verdict: Verdict, code: Option<Code>, rule: &str) -> bool {
        self.verdict == verdict && Some(self.code) == code && self.allows(rule)
    }

    /// Whether the entry expects failures that are reported under this rule.
    pub(super) fn allows(&self, rule: &str) -> bool {
        self.rules.as_ref().is_none_or(|glob| glob.is_match(rule))
    }

    /// Whether one failure could be expected by both entries.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let both = |id: &str| self.allows(id) && other.allows(id);
        self.verdict == other.verdict
            && self.code == other.code
            && rollwire_model::rules().iter().any(|rule| both(&rule.id))
    }

    /// Whether `case` is a glob.
    #[must_use]
    pub fn is_glob(&self) -> bool {
        self.glob.is_some()
    }

    /// The checks that the entry names, as text: `ping/trailing-* · decode`.
    #[must_use]
    pub fn title(&self) -> String {
        let check = self.check.map_or(String::new(), |kind| format!(" · {kind}"));
        format!("{}{check}", crate::text::shorten(&self.case))
    }

    /// The expected failure, as text: `fail · accepted`, or `fail · accepted · PING-1`.
    #[must_use]
    pub fn failure(&self) -> String {
        let rule = self.rule.as_ref().map_or(String::new(), |rule| format!(" · {rule}"));
        format!("{} · {}{rule}", self.verdict.label().to_lowercase(), self.code.as_str())
    }
}
