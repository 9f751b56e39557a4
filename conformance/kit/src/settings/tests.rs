use super::*;

const EXAMPLE: &str = r#"
command = ["node", "my adapter.mjs"]
strict = true
baseline = "known.toml"
vectors = ["own.json", "more/"]
fresh = 0
revision = 7
window = 0x10
timeout = "500ms"
patience = "1m"
startup-timeout = "45s"
deadline = "10m"
restarts = 3

[reports]
text = "-"
jsonl = "run.jsonl"

[watch]
paths = ["src"]
ignore = ["*.log"]
"#;

fn fault(text: &str) -> String {
    parse(text).expect_err(text).to_string()
}

#[test]
fn every_key_is_read() {
    let settings = parse(EXAMPLE).unwrap();
    let words = |list: &[&str]| list.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
    let expected = Settings {
        command: Some(words(&["node", "my adapter.mjs"])),
        adapter: None,
        strict: Some(true),
        baseline: Some("known.toml".to_owned()),
        vectors: words(&["own.json", "more/"]),
        fresh: Some(0),
        revision: Some(7),
        window: Some(16),
        timeout: Some(Duration::from_millis(500)),
        patience: Some(Duration::from_secs(60)),
        startup_timeout: Some(Duration::from_secs(45)),
        deadline: Some(Duration::from_secs(600)),
        restarts: Some(3),
        reports: vec![
            ("text".to_owned(), "-".to_owned()),
            ("jsonl".to_owned(), "run.jsonl".to_owned()),
        ],
        watch_paths: words(&["src"]),
        watch_ignore: words(&["*.log"]),
    };
    assert_eq!(settings, expected);
    let all: Vec<&str> = KEYS.into_iter().filter(|key| *key != "adapter").collect();
    assert_eq!(settings.keys(), all);
    assert_eq!(parse("").unwrap(), Settings::default());
    let running = parse("adapter = \"tcp:[::1]:7007\"").unwrap();
    assert_eq!(running.adapter.unwrap().to_string(), "tcp:[::1]:7007");
}

#[test]
fn a_key_that_is_not_known_is_answered_with_one_that_is() {
    assert_eq!(fault("\nstict = true"), "line 2: `stict` is not a key; did you mean `strict`?");
    let said = fault("startup_timeout = \"1s\"");
    assert_eq!(said, "line 1: `startup_timeout` is not a key; did you mean `startup-timeout`?");
    let said = fault("\"\\u001b[2J\" = 1");
    assert!(said.contains("is not a key; expected one of command, adapter, "), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
    let said = fault("strict = true\n[reports]\n\njunti = \"a.xml\"");
    assert_eq!(said, "line 4: `junti` is not a format; did you mean `junit`?");
    let said = fault("[watch]\npath = [\"src\"]");
    assert_eq!(said, "line 2: `path` is not a key of `watch`; did you mean `paths`?");
}

#[test]
fn the_first_fault_of_the_file_is_reported() {
    assert!(fault("zzz = 1\naaa = 1").starts_with("line 1: `zzz`"));
}

#[test]
fn a_value_of_another_type_is_refused_with_what_was_expected() {
    for (text, said) in [
        ("strict = \"yes\"", "`strict` is a text; expected true or false"),
        (
            "fresh = 1.5",
            "`fresh` is a number with a fraction; expected a whole number from 0 to 1000",
        ),
        ("fresh = 1001", "`fresh` is 1001; expected a whole number from 0 to 1000"),
        ("fresh = 99999999999999999999", "`fresh` is 99999999999999999999; expected"),
        ("revision = 0", "`revision` is 0; expected a whole number from 1 to "),
        ("window = 0", "`window` is 0; expected a whole number from 1 to 65536"),
        ("restarts = -1", "`restarts` is -1; expected a whole number from 0 to 4294967295"),
        ("timeout = 5", "`timeout` is a whole number; expected a text with a time"),
        ("timeout = \"5\"", "`timeout`: time unit needed"),
        ("deadline = 1979-05-27", "`deadline` is a date; expected"),
        ("command = \"node a.mjs\"", "`command` is a text; expected a list of words, as in "),
        ("command = []", "`command` has no program; expected a list of words"),
        ("command = [\" \"]", "`command` has no program; expected a list of words"),
        ("command = [\"node\",\n 5]", "`command` has an element that is a whole number; expected"),
        ("command = [\"a\\u0000\"]", "`command` contains a NUL character"),
        ("baseline = true", "`baseline` is true or false; expected the path of a file"),
        ("baseline = \"\"", "a path of `baseline` is empty"),
        ("vectors = \"own.json\"", "`vectors` is a text; expected a list of paths"),
        ("adapter = \"127.0.0.1:1\"", "`adapter`: expected tcp:HOST:PORT"),
        (
            "reports = [\"jsonl\"]",
            "`reports` is a list; expected a table of formats and their files",
        ),
        ("watch = 1", "`watch` is a whole number; expected a table of `paths` and `ignore`"),
        ("reports = { json = \"a\", html = \"a\" }", "`html` and `json` are both written to `a`"),
        (
            "command = [\"a\"]\nadapter = \"tcp:a:1\"",
            "`adapter` and `command` both name an adapter",
        ),
    ] {
        let found = fault(text);
        let (_, found) = found.split_once(": ").unwrap();
        assert!(found.starts_with(said), "{text}: {found}");
    }
    assert!(fault("command = [\"node\",\n 5]").starts_with("line 2: "));
}

#[test]
fn hostile_texts_are_refused_in_short_lines() {
    let deep = format!("watch = {}{}", "[".repeat(20_000), "]".repeat(20_000));
    let dotted = format!("{}a = 1", "a.".repeat(20_000));
    let long = format!("{} = 1", "k".repeat(60_000));
    let path = format!("baseline = \"{}\"", "p".repeat(60_000));
    for text in
        [&*deep, &*dotted, &*long, &*path, "a = 1\na = 2", "= 1", "strict = \u{7f}", "[", "\u{0}"]
    {
        let said = fault(text);
        assert!(said.len() < 700 && !said.contains('\n'), "{said}");
    }
    assert_eq!(fault("strict = true\nstrict = false"), "line 2: duplicate key");
}
