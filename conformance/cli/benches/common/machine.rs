//! What figures were taken on.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

/// What the figures were taken on.
pub(crate) fn machine() -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("an unknown processor", |(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let tools = ["rustc", "node", "python3"].into_iter().filter_map(version);
    let tools = tools.collect::<Vec<_>>().join(", ");
    format!("Machine: {model}, {cores} cores, {tools}")
}

/// What a program calls itself, if it is there.
pub(crate) fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").stdin(Stdio::null()).output().ok()?;
    let name = PathBuf::from(program).file_name()?.to_str()?.to_owned();
    let said = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    let named = said.to_lowercase().starts_with(name.trim_end_matches(char::is_numeric));
    output.status.success().then(|| if named { said } else { format!("{name} {said}") })
}
