//! The argument `--log-peers`: each session of a peer logs itself.

use std::{fs, path::PathBuf};

use crate::{run_program, run_program_with};

/// Sessions of peers and of an exchange among each other. The last one of a peer stays open.
const REQUESTS: &str = r#"{"id":1,"op":"open","session":1,"peer":{"local":0,"first_frame":0}}
{"id":2,"op":"open","session":2}
{"id":3,"op":"open","session":1,"peer":{"local":0,"first_frame":0}}
{"id":4,"op":"open","session":3,"peer":{"local":2,"first_frame":0}}
{"id":5,"op":"open","session":3,"peer":{"local":1,"first_frame":5}}
{"id":6,"op":"step","session":1,"do":[{"sends":{"accept":0,"refuse":1,"how":"throw","types":[16]}},{"advance":99},{"advance":2},{"advance":500}]}
{"id":7,"op":"step","session":2,"do":[{"tick":{}}]}
{"id":8,"op":"close","session":1}
{"id":9,"op":"advance","session":3,"do":[{"channel":"closed"},{"advance":7},{"sends":{"accept":0,"refuse":1,"how":"false"}},{"advance":8}]}
{"id":10,"op":"open","session":1,"peer":{"local":0,"first_frame":0}}
"#;

const CAPABILITIES: &str =
    r#""exchange","detect","inputs","liveness","validation","episodes","catch-up","focus""#;

/// A folder that does not exist yet.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.is_dir() {
        fs::remove_dir_all(&folder).unwrap();
    }
    folder
}

#[test]
fn the_program_logs_sessions_of_peers_and_answers_as_ever() {
    let folder = folder("log-peers");
    let argument = format!("--log-peers={}", folder.display());
    let logging = run_program_with(&[&argument], REQUESTS);
    assert!(logging.status.success());
    assert_eq!(logging.stdout, run_program_with(&[], REQUESTS).stdout);

    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let header = |peer: &str, inspect: &str| {
        format!("{{\"trace\":1,\"capabilities\":[{CAPABILITIES}{inspect}],\"peer\":{peer}}}\n")
    };
    let first = r#"{"local":0,"first_frame":0}"#;
    let session = r#"{"advance":99}
{"advance":2,"refused":[0]}
{"advance":500,"sent":["104082c00000000000"]}
"#;
    assert_eq!(read("1.jsonl"), header(first, "") + session);
    let second = r#"{"local":1,"first_frame":5}"#;
    let session = r#"{"channel":"closed","validation":"idle"}
{"advance":15}
"#;
    assert_eq!(read("2.jsonl"), header(second, r#","inspect""#) + session);
    assert_eq!(read("3.jsonl"), header(first, ""));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
}

#[test]
fn sessions_of_exchanges_are_not_logged() {
    let folder = folder("log-exchanges");
    let argument = format!("--log-peers={}", folder.display());
    assert_eq!(run_program(&[&argument]).stdout, run_program(&[]).stdout);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn a_folder_that_cannot_be_created_is_refused() {
    let file = folder("log-peers-file");
    fs::write(&file, "").unwrap();
    let argument = format!("--log-peers={}", file.display());
    let output = run_program_with(&[&argument], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("for logs"));
}
