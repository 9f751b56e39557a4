//! Settings with one key each, right and wrong, and some with more.

/// The lines of the right ones. Each key occurs, and each type of value.
const LINES: [&str; 24] = [
    "command = [\"node\", \"my_adapter.mjs\"]",
    "command = ['./adapter', '--flag', '''x''']",
    "adapter = \"tcp:127.0.0.1:7007\"",
    "adapter = \"tcp:[::1]:1\"",
    "strict = true",
    "strict = false",
    "baseline = \"known-failures.toml\"",
    "vectors = [\"own.json\", \"more/\"]",
    "vectors = []",
    "fresh = 0",
    "fresh = 1_000",
    "revision = 7",
    "window = 0x100",
    "timeout = \"500ms\"",
    "timeout = \"0\"",
    "patience = \"1m 30s\"",
    "startup-timeout = \"30s\"",
    "deadline = \"1h\"",
    "restarts = 0b11",
    "[reports]\ntext = \"-\"\njsonl = \"run.jsonl\"",
    "reports = { junit = \"a.xml\", html = \"a.html\" }",
    "reports.json = \"a\"\nreports.github = \"-\"\nreports.shields = \"b\"\nreports.markdown = \"c\"",
    "[watch]\npaths = [\"src\"]\nignore = [\"*.log\"]",
    "watch = {}",
];

/// All of them, each with a mistake in it, and each with a comment behind it.
pub(super) fn texts() -> impl Iterator<Item = Vec<u8>> {
    let right = LINES.iter().map(|line| (*line).to_owned());
    let wrong = LINES.iter().map(|line| line.replacen(['e', 'o'], "x", 1));
    let two = LINES.iter().map(|line| format!("# settings\n\n{line} # and more\n\"fresh\" = 1"));
    right.chain(wrong).chain(two).map(String::into_bytes)
}
