//! Optional tools, and processes that never hang a test.
//!
//! Without its tool a test is ignored, and its kind says why: `[needs node]`. Where everything must be
//! there, `ROLLWIRE_REQUIRE` says so, `all` or a list such as `node,python3`; then it fails instead.
//!
//! A test that takes long is ignored too, as `[needs ROLLWIRE_DEEP]`, unless this variable is set.

use std::{
    env,
    error::Error,
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    sync::OnceLock,
    thread,
    time::{Duration, Instant},
};

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

pub(crate) mod adapter;
pub(crate) mod javascript;
pub(crate) mod logged;
pub(crate) mod planted;

/// What a test comes to.
pub(crate) type Outcome = Result<(), Failed>;

/// How long a process may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// The variable that names the tools that must be there.
const REQUIRE: &str = "ROLLWIRE_REQUIRE";

/// The variable with which the tests that take long are run as well, as `.ci/run` does.
const DEEP: &str = "ROLLWIRE_DEEP";

/// A program that is not part of a Rust toolchain.
#[derive(Debug)]
pub(crate) struct Tool {
    /// The program's name.
    pub(crate) name: &'static str,
    others: &'static [&'static str],
    /// The folder with its parts, for what is not one program: below the folder of the build.
    parts: &'static [&'static str],
    /// The argument that makes it say its version.
    version: &'static str,
    /// Whether it must be there only where `ROLLWIRE_REQUIRE` names it.
    is_optional: bool,
    install: &'static str,
    found: OnceLock<Option<&'static str>>,
}

pub(crate) static NODE: Tool = Tool::new("node", &[], "Node.js 18 or newer, https://nodejs.org");
pub(crate) static NPM: Tool = Tool::new("npm", &[], "npm, https://docs.npmjs.com");
pub(crate) static PYTHON: Tool =
    Tool::new("python3", &[], "Python 3.9 or newer, https://www.python.org");
pub(crate) static CHROMIUM: Tool = Tool::new(
    "chromium",
    &["chromium-browser", "google-chrome"],
    "Chromium or Google Chrome, https://www.chromium.org",
);
pub(crate) static JAVAC: Tool =
    Tool::new("javac", &[], "a JDK of Java 17 or newer, https://openjdk.org");
pub(crate) static TSHARK: Tool =
    Tool::new("tshark", &[], "TShark 4.0 or newer, https://www.wireshark.org");
pub(crate) static TEXT2PCAP: Tool =
    Tool::new("text2pcap", &[], "text2pcap, which comes with Wireshark, https://www.wireshark.org");
/// The compiler of Kaitai Struct for Node.js, and its runtimes for JavaScript and Python.
pub(crate) static KAITAI: Tool =
    Tool::new("kaitai", &[], "it with `.ci/run tools`, https://kaitai.io").with_parts(&[
        "node_modules/kaitai-struct-compiler",
        "node_modules/yaml",
        "venv/bin/python",
    ]);
/// The compiler of TypeScript, and the types of Node.js.
pub(crate) static TYPESCRIPT: Tool =
    Tool::new("typescript", &[], "it with `.ci/run tools`, https://www.typescriptlang.org")
        .with_parts(&["node_modules/.bin/tsc", "node_modules/@types/node"]);
/// What checks workflows and the scripts in them. The programs lie in the folders of Python and npm.
pub(crate) static ACTIONLINT: Tool =
    Tool::new("actionlint", &[], "it with `.ci/run tools`, https://github.com/rhysd/actionlint")
        .with_parts(&[
            "venv/bin/actionlint",
            "venv/bin/shellcheck",
            "node_modules/.bin/action-validator",
        ]);
pub(crate) static CURL: Tool = Tool::new("curl", &[], "curl 7.52 or newer, https://curl.se");
pub(crate) static CC: Tool = Tool::new("cc", &[], "a compiler for C, https://gcc.gnu.org");
pub(crate) static GO: Tool =
    Tool::new("go", &[], "Go 1.19 or newer, https://go.dev").says_version_at("version");
pub(crate) static DOTNET: Tool =
    Tool::new("dotnet", &[], ".NET 8 or newer, https://dotnet.microsoft.com").optional();
/// This command with the feature `peer`.
pub(crate) static PEER: Tool =
    Tool::new("rollwire-peer", &[], "it with `.ci/run peer`").with_parts(&["rollwire"]).optional();
static ALL: [&Tool; 14] = [
    &NODE,
    &NPM,
    &PYTHON,
    &CHROMIUM,
    &JAVAC,
    &TSHARK,
    &KAITAI,
    &TYPESCRIPT,
    &ACTIONLINT,
    &CURL,
    &CC,
    &GO,
    &DOTNET,
    &PEER,
];

impl Tool {
    const fn new(
        name: &'static str,
        others: &'static [&'static str],
        install: &'static str,
    ) -> Self {
        Self {
            name,
            others,
            parts: &[],
            version: "--version",
            is_optional: false,
            install,
            found: OnceLock::new(),
        }
    }

    /// The same, if it is not one program, but these parts of its folder.
    const fn with_parts(mut self, parts: &'static [&'static str]) -> Self {
        self.parts = parts;
        self
    }

    /// The same, if another argument than `--version` makes it say its version.
    const fn says_version_at(mut self, argument: &'static str) -> Self {
        self.version = argument;
        self
    }

    /// The same, if it costs CI more than it shows.
    const fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }

    /// The folder with its parts, for what is not one program.
    pub(crate) fn folder(&self) -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name(self.name)
    }

    /// The first of its names under which it can be run.
    pub(crate) fn program(&self) -> Option<&'static str> {
        *self.found.get_or_init(|| {
            if !self.parts.is_empty() {
                let is_there = self.parts.iter().all(|part| self.folder().join(part).exists());
                return is_there.then_some(self.name);
            }
            let mut names = [self.name].into_iter().chain(self.others.iter().copied());
            names.find(|name| {
                let mut command = Command::new(name);
                command.arg(self.version).stdin(Stdio::null()).stdout(Stdio::null());
                command.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
            })
        })
    }
}

/// The words of `ROLLWIRE_REQUIRE`.
fn required() -> Vec<String> {
    let words = env::var(REQUIRE).unwrap_or_default();
    words.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

/// Whether the tests that take long are run as well.
pub(crate) fn is_deep() -> bool {
    env::var_os(DEEP).is_some_and(|value| !value.is_empty())
}

/// A test: what it is called within its file, and which tools it needs.
pub(crate) struct Test {
    name: String,
    needs: Vec<&'static Tool>,
    is_ignored: bool,
    is_deep: bool,
    body: Box<dyn FnOnce() -> Outcome + Send>,
}

/// A test that needs these tools, or nothing but a Rust toolchain.
pub(crate) fn trial(
    name: impl Into<String>,
    needs: &[&'static Tool],
    body: impl FnOnce() -> Outcome + Send + 'static,
) -> Test {
    Test {
        name: name.into(),
        needs: needs.to_vec(),
        is_ignored: false,
        is_deep: false,
        body: Box::new(body),
    }
}

impl Test {
    /// The same test, run only by `.ci/deep`.
    pub(crate) fn ignored(self) -> Self {
        Self { is_ignored: true, ..self }
    }

    /// The same test, run only where `ROLLWIRE_DEEP` is set.
    pub(crate) fn deep(self) -> Self {
        Self { is_deep: true, ..self }
    }

    /// The same test, as `deep` if the condition holds.
    pub(crate) fn deep_if(self, condition: bool) -> Self {
        if condition { self.deep() } else { self }
    }

    fn trial(self, module: &str) -> Trial {
        let Self { name, needs, is_ignored, is_deep: needs_deep, body } = self;
        let name = format!("{module}::{name}");
        let is_shallow = needs_deep && !is_deep();
        let is_ignored = is_ignored || is_shallow;
        let Some(missing) = needs.iter().find(|tool| tool.program().is_none()) else {
            let kind = if is_shallow { format!("needs {DEEP}") } else { String::new() };
            return Trial::test(name, body).with_kind(kind).with_ignored_flag(is_ignored);
        };
        let is_meant =
            |word: &String| word == "all" && !missing.is_optional || word == missing.name;
        let is_required = required().iter().any(is_meant);
        let text = format!("`{}` cannot be run; install {}", missing.name, missing.install);
        // Ignored tests can be run too, and then they must not pass.
        Trial::test(name, move || Err(text.into()))
            .with_kind(format!("needs {}", missing.name))
            .with_ignored_flag(is_ignored || !is_required)
    }
}

/// Runs the tests of these modules.
pub(crate) fn run_all(modules: Vec<(&str, Vec<Test>)>) -> ExitCode {
    let tests = modules
        .into_iter()
        .flat_map(|(module, tests)| tests.into_iter().map(move |test| test.trial(module)));
    let mut trials: Vec<Trial> = tests.collect();
    trials.push(Trial::test("rollwire_require_names_known_tools", || {
        let known = |word: &String| word == "all" || ALL.iter().any(|tool| tool.name == word);
        match required().into_iter().find(|word| !known(word)) {
            None => Ok(()),
            Some(word) => fail(format!("{REQUIRE} names `{word}`, which is not a known tool")),
        }
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// What a process left behind.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Finished {
    /// This very process, if it exited with this code.
    pub(crate) fn exits(self, code: i32) -> Result<Self, Failed> {
        if self.code == Some(code) {
            return Ok(self);
        }
        fail(format!("exit {:?}, not {code}\n{}\n{}", self.code, self.stdout, self.stderr))
    }
}

/// Runs a command to its end, or kills it after ten minutes: only a hang takes so long, however busy the
/// machine is.
pub(crate) fn run(command: &mut Command) -> Result<Finished, Box<dyn Error>> {
    run_on(command, Stdio::null())
}

/// The same, with something to read.
pub(crate) fn run_on(command: &mut Command, input: Stdio) -> Result<Finished, Box<dyn Error>> {
    command.env("PYTHONDONTWRITEBYTECODE", "1").stdin(input);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().map(read_in_background);
    let stderr = child.stderr.take().map(read_in_background);
    let end = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if Instant::now() > end {
            child.kill()?;
            child.wait()?;
            return Err(format!("{command:?} was killed after {PATIENCE:?}").into());
        }
        thread::sleep(Duration::from_millis(5));
    };
    let text = |reader: Option<thread::JoinHandle<String>>| {
        reader.and_then(|reader| reader.join().ok()).unwrap_or_default()
    };
    Ok(Finished { code: status.code(), stdout: text(stdout), stderr: text(stderr) })
}

/// What an adapter answers to these lines, up to the end of its input.
pub(crate) fn answers(command: &mut Command, lines: &[&str]) -> Result<Vec<Value>, Failed> {
    let folder = tempfile::tempdir()?;
    let requests = folder.path().join("requests.jsonl");
    fs::write(&requests, lines.join("\n") + "\n")?;
    let finished = run_on(command, File::open(&requests)?.into())?.exits(0)?;
    finished.stdout.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn read_in_background(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// The command `rollwire`.
pub(crate) fn rollwire(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollwire"));
    command.args(arguments);
    command
}

/// The folder with the adapters.
pub(crate) fn adapters() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../implementations")
}

/// A failed test.
pub(crate) fn fail<T>(text: impl Into<String>) -> Result<T, Failed> {
    Err(text.into().into())
}

/// Fails with this text unless the condition holds.
pub(crate) fn ensure(condition: bool, text: impl FnOnce() -> String) -> Outcome {
    if condition { Ok(()) } else { fail(text()) }
}
