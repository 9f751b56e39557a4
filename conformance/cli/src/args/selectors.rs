//! The options that select cases by what they are about, and the names that they take.

use clap::Args;
use rollwire_conformance::{vectors::filter::Selectors, verdict::Code};
use rollwire_model::{Layout, rules};

use super::groups::CASES;
use crate::{completion, names};

/// Selects cases by message, rule and flag. Several values of one option are alternatives; different
/// options must all hold.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct SelectorArgs {
    /// Select the cases about the bytes of this message, such as state_hash or 0x07; repeatable
    #[arg(long, help_heading = CASES, value_name = "NAME", value_parser = message, add = completion::messages())]
    pub(crate) message: Vec<String>,
    /// Select the cases about this rule, such as EXCH-8; repeatable
    #[arg(long, help_heading = CASES, value_name = "RULE", value_parser = rule, add = completion::rule_ids())]
    pub(crate) rule: Vec<String>,
    /// Select the cases with this flag, such as byte-order; repeatable
    #[arg(long, help_heading = CASES, value_name = "FLAG", value_parser = flag, add = completion::flag_names())]
    pub(crate) flag: Vec<String>,
}

impl SelectorArgs {
    /// What they select.
    pub(crate) fn selectors(&self) -> Selectors {
        let Self { message, rule, flag } = self.clone();
        Selectors { messages: message, rules: rule, flags: flag }
    }

    /// The words of a command line that select the same.
    pub(crate) fn words(&self) -> Vec<String> {
        let lists = [("--message", &self.message), ("--rule", &self.rule), ("--flag", &self.flag)];
        let pairs =
            lists.into_iter().flat_map(|(name, list)| list.iter().map(move |it| (name, it)));
        pairs.flat_map(|(name, value)| [name.to_owned(), value.clone()]).collect()
    }
}

pub(super) fn message(word: &str) -> Result<String, String> {
    let names = || Layout::builtin().messages.iter().map(|message| &*message.name);
    let found = names::message(word).map(|message| message.name.clone());
    found.ok_or_else(|| names::unknown(word, "a message", names()))
}

fn rule(word: &str) -> Result<String, String> {
    let names = || rules().iter().map(|rule| &*rule.id);
    let found = names::rule(word).map(|rule| rule.id.clone());
    found.ok_or_else(|| names::unknown(word, "a rule", names()))
}

fn flag(word: &str) -> Result<String, String> {
    let names = || rollwire_conformance::vectors::flags().keys().map(String::as_str);
    let found = names::flag(word).map(str::to_owned);
    found.ok_or_else(|| names::unknown(word, "a flag", names()))
}

/// The code with this name.
pub(crate) fn code(word: &str) -> Result<Code, String> {
    let names = Code::ALL.map(Code::as_str);
    names::code(word).ok_or_else(|| names::unknown(word, "a code", names.into_iter()))
}
