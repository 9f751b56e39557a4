//! One value of the file: its type, its bounds, and the line of a fault.

use std::time::Duration;

use toml::de::{DeTable, DeValue};

use super::fault::SettingsFault;
use crate::text::{is_blank, shorten};

/// The longest path, in bytes. No system has longer ones.
const MAX_PATH: usize = 4096;

/// Where the lines of a text end.
pub(super) struct Lines {
    ends: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        Self { ends: text.match_indices('\n').map(|(at, _)| at).collect() }
    }

    /// A fault at this byte.
    pub(super) fn fault(&self, at: usize, text: String) -> SettingsFault {
        SettingsFault { line: 1 + self.ends.partition_point(|end| *end < at), text }
    }
}

/// A key and its value.
pub(super) struct Entry<'a> {
    pub(super) key: &'a str,
    pub(super) value: &'a DeValue<'a>,
    /// The byte at which the key begins.
    at: usize,
    lines: &'a Lines,
}

/// The entries of a table in the order of the file, so that its first fault is the one that is reported.
pub(super) fn entries<'a>(table: &'a DeTable<'a>, lines: &'a Lines) -> Vec<Entry<'a>> {
    let entry = |(key, value): (&'a toml::Spanned<_>, &'a toml::Spanned<_>)| {
        let text: &std::borrow::Cow<'a, str> = key.get_ref();
        Entry { key: text, value: value.get_ref(), at: key.span().start, lines }
    };
    let mut entries: Vec<Entry<'a>> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}

impl<'a> Entry<'a> {
    /// A fault on the line of the key.
    pub(super) fn fault(&self, text: String) -> SettingsFault {
        self.lines.fault(self.at, text)
    }

    fn other_type(&self, expected: &str) -> SettingsFault {
        let found = name(self.value);
        self.fault(format!("`{}` is {found}; expected {expected}", shorten(self.key)))
    }

    pub(super) fn boolean(&self) -> Result<bool, SettingsFault> {
        self.value.as_bool().ok_or_else(|| self.other_type("true or false"))
    }

    /// A whole number within these bounds, both included.
    pub(super) fn number<T: TryFrom<i64>>(
        &self,
        least: i64,
        most: i64,
    ) -> Result<T, SettingsFault> {
        let expected = format!("a whole number from {least} to {most}");
        let integer = self.value.as_integer().ok_or_else(|| self.other_type(&expected))?;
        let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
        let number = number.filter(|it| (least..=most).contains(it));
        number.and_then(|it| T::try_from(it).ok()).ok_or_else(|| {
            let (key, found) = (self.key, shorten(integer.as_str()));
            self.fault(format!("`{key}` is {found}; expected {expected}"))
        })
    }

    pub(super) fn text(&self, expected: &str) -> Result<&'a str, SettingsFault> {
        self.value.as_str().ok_or_else(|| self.other_type(expected))
    }

    /// A list of texts, which may be empty.
    pub(super) fn texts(&self, expected: &str) -> Result<Vec<String>, SettingsFault> {
        let list = self.value.as_array().ok_or_else(|| self.other_type(expected))?;
        let text = |item: &toml::Spanned<DeValue<'_>>| {
            let text = item.get_ref().as_str().map(str::to_owned);
            text.ok_or_else(|| {
                let (key, found) = (self.key, name(item.get_ref()));
                let text = format!("`{key}` has an element that is {found}; expected {expected}");
                self.lines.fault(item.span().start, text)
            })
        };
        list.iter().map(text).collect()
    }

    /// The path of a file.
    pub(super) fn path(&self) -> Result<String, SettingsFault> {
        let path = self.text("the path of a file, as a text")?;
        self.checked(path.to_owned())
    }

    /// A list of paths.
    pub(super) fn paths(&self) -> Result<Vec<String>, SettingsFault> {
        let paths = self.texts("a list of paths, as in [\"own.json\"]")?;
        paths.into_iter().map(|path| self.checked(path)).collect()
    }

    fn checked(&self, path: String) -> Result<String, SettingsFault> {
        let what = if is_blank(&path) {
            "is empty".to_owned()
        } else if path.len() > MAX_PATH {
            format!("has {} bytes; expected at most {MAX_PATH}", path.len())
        } else if path.contains('\0') {
            "contains a NUL character".to_owned()
        } else {
            return Ok(path);
        };
        Err(self.fault(format!("a path of `{}` {what}", self.key)))
    }

    /// A time such as `500ms`, in the spelling of the command line.
    pub(super) fn time(&self) -> Result<Duration, SettingsFault> {
        let text = self.text("a text with a time, such as \"500ms\", \"10s\" or \"5m\"")?;
        time(text).map_err(|why| self.fault(format!("`{}`: {why}", self.key)))
    }

    /// The entries of a table.
    pub(super) fn table(&self, expected: &str) -> Result<Vec<Self>, SettingsFault> {
        let table = self.value.as_table().ok_or_else(|| self.other_type(expected))?;
        Ok(entries(table, self.lines))
    }
}

/// A time with its unit; `0` needs none.
pub(super) fn time(text: &str) -> Result<Duration, String> {
    if text == "0" {
        return Ok(Duration::ZERO);
    }
    humantime::parse_duration(text)
        .map_err(|error| format!("{}, as in `500ms`, `10s` or `5m`", shorten(&error.to_string())))
}

/// What a value is, as a user calls it.
fn name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
