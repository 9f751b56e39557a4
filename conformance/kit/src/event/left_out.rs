//! What a run did not ask although the whole specification has it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::{plural, sanitize};

/// Everything that a run left out, by the reason why.
///
/// A run that left something out shows that an implementation is right in part. Only a run that left
/// nothing out can show that it conforms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// How many checks each message left out that the adapter does not declare.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub messages: BTreeMap<String, u64>,
    /// How many checks each direction left out that a declared message does not have. The keys are
    /// the name of the message and that of the direction, as in `keepalive encode`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub directions: BTreeMap<String, u64>,
    /// How many checks each capability left out that the adapter does not declare. `inspect` leaves
    /// no check out, but makes each scenario show less: it is listed with 0 if scenarios were asked.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub capabilities: BTreeMap<String, u64>,
    /// The globs of the filter, if it left out a case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filter: Vec<String>,
    /// How many checks the filter left out, including repetitions.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub filtered_checks: u64,
    /// The revision that was checked, if it is not the latest one: what later revisions added is
    /// left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u8>,
    /// Whether the published cases were asked, but not the ones that are generated for each run.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fresh_cases: bool,
}

impl LeftOut {
    /// Whether nothing was left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What was left out, in a few words for each reason, without control characters.
    #[must_use]
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        let mut named = |one: &str, many: &str, names: &BTreeMap<String, u64>| {
            if !names.is_empty() {
                let word = if names.len() == 1 { one } else { many };
                let names: Vec<String> = names.keys().map(|name| sanitize(name)).collect();
                reasons.push(format!("{word} {}", names.join(", ")));
            }
        };
        named("message", "messages", &self.messages);
        named("direction", "directions", &self.directions);
        named("capability", "capabilities", &self.capabilities);
        if !self.filter.is_empty() {
            let checks = plural(self.filtered_checks, "check", "checks");
            reasons.push(format!("{checks} by the filter"));
        }
        if let Some(revision) = self.revision {
            reasons.push(format!("revisions after {revision}"));
        }
        if self.fresh_cases {
            reasons.push("fresh cases".to_owned());
        }
        reasons
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) const fn is_zero(count: &u64) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_is_named_once() {
        let counts = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), 7)).collect();
        let left_out = LeftOut {
            messages: counts(&["ping", "pong"]),
            directions: counts(&["keepalive encode"]),
            capabilities: counts(&["digest"]),
            filter: vec!["input/*".to_owned()],
            filtered_checks: 1234,
            revision: Some(6),
            fresh_cases: true,
        };
        let reasons = [
            "messages ping, pong",
            "direction keepalive encode",
            "capability digest",
            "1,234 checks by the filter",
            "revisions after 6",
            "fresh cases",
        ];
        assert_eq!(left_out.reasons(), reasons);
        assert_eq!(LeftOut::default().reasons(), Vec::<String>::new());
    }

    #[test]
    fn an_empty_one_is_an_empty_object() {
        assert_eq!(serde_json::to_string(&LeftOut::default()).unwrap(), "{}");
        assert_eq!(serde_json::from_str::<LeftOut>("{}").unwrap(), LeftOut::default());
    }
}
