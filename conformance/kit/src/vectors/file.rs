//! Reads and writes the text of a vector file.

use rollwire_model::vectors::{
    CaseFile, DigestFile, DigestKind, ScenarioFile, ScenarioKind, case::FORMAT, pretty,
};
use serde::Deserialize;

use super::case::{AnyCase, Content, Origin};

/// The cases of a vector file, all of one kind.
///
/// # Errors
/// What is wrong with the text, with line and column if the parser knows them.
pub fn parse_file(text: &str, origin: Origin) -> Result<Vec<AnyCase>, String> {
    #[derive(Deserialize)]
    struct FileKind {
        kind: Option<serde_json::Value>,
    }
    let faulty = |error: serde_json::Error| error.to_string();
    // A file of scenarios or digests has `kind`; any other file has cases about bytes.
    let kind = serde_json::from_str::<FileKind>(text).ok().and_then(|file| file.kind);
    let (version, cases) = match kind {
        None => {
            let file = CaseFile::parse(text).map_err(faulty)?;
            (file.vectors, contents(file.cases))
        }
        Some(kind) if kind == "digest" => {
            let file = DigestFile::parse(text).map_err(faulty)?;
            (file.vectors, contents(file.cases))
        }
        Some(_) => {
            let file = ScenarioFile::parse(text).map_err(faulty)?;
            (file.vectors, contents(file.cases))
        }
    };
    if version != FORMAT {
        return Err(format!("`vectors` is {version}; expected {FORMAT}"));
    }
    Ok(cases.into_iter().map(|content| AnyCase { origin, content }).collect())
}

fn contents<T: Into<Content>>(cases: Vec<T>) -> Vec<Content> {
    cases.into_iter().map(Into::into).collect()
}

/// The text of a vector file that holds only this case.
///
/// # Errors
/// The error of serde; no case that was read or generated can cause one.
pub fn file_text(content: Content, topic: &str) -> serde_json::Result<String> {
    let (vectors, topic) = (FORMAT, topic.to_owned());
    let json = match content {
        Content::Bytes(case) => {
            serde_json::to_value(CaseFile { vectors, topic, cases: vec![*case] })
        }
        Content::Scenario(scenario) => {
            let (kind, cases) = (ScenarioKind::Scenario, vec![*scenario]);
            serde_json::to_value(ScenarioFile { vectors, kind, topic, cases })
        }
        Content::Digest(case) => {
            let (kind, cases) = (DigestKind::Digest, vec![*case]);
            serde_json::to_value(DigestFile { vectors, kind, topic, cases })
        }
    };
    json.map(|json| pretty(&json))
}
