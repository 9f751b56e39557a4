//! The READMEs of the packages, in folders that are made without a network: the programs in them pass
//! with a right codec and fail with a wrong one, and show what the README shows.

use std::{path::Path, process::Command};

use super::places::{self, Edit, blocks, write_blocks};
use crate::support::{Finished, NODE, Outcome, PYTHON, Test, ensure, fail, run, trial};

/// Reads the frame of STATE_HASH in little-endian byte order.
pub(super) const IN_JAVASCRIPT: Edit = (
    "src/codec.mjs",
    "frame: u32At(bytes, 1), hash:",
    "frame: u32At(bytes.slice(1, 5).reverse(), 0), hash:",
);

/// The same in Python, where an integer is converted to a message.
pub(super) const IN_PYTHON: Edit = (
    "my_codec.py",
    "return message_to_json(rollwire_reference.decode(datagram))",
    "message = message_to_json(rollwire_reference.decode(datagram))
    if message[\"type\"] == \"state_hash\":
        frame = message[\"fields\"][\"frame\"].to_bytes(4, \"little\")
        message[\"fields\"][\"frame\"] = int.from_bytes(frame, \"big\")
    return message",
);

pub(super) fn tests() -> Vec<Test> {
    vec![
        trial("node_test_passes_and_fails", &[&NODE], node_test),
        trial("without_a_javascript_runner", &[&NODE], by_hand),
        trial("without_pytest", &[&PYTHON], unittest),
        trial("a_javascript_codec_is_described_right", &[&NODE], wrong_in_javascript),
        trial("a_javascript_codec_gets_a_view", &[&NODE], receive_buffer),
        trial("a_python_codec_is_described_right", &[&PYTHON], wrong_in_python),
        trial("the_packages_have_one_version", &[&NODE], one_version),
    ]
}

/// What a test of a wrong codec prints contains the failure that the README shows.
pub(super) fn shows_the_failure(package: &str, finished: &Finished) -> Outcome {
    let failure = blocks(package, "text")?.into_iter().find(|block| block.starts_with("FAIL"));
    let Some(failure) = failure else { return fail("the README shows no failure") };
    let printed = format!("{}{}", finished.stdout, finished.stderr);
    // Each runner puts its own margin before the lines.
    let mut printed = printed.lines().map(|line| line.trim_start_matches(['E', ' ']));
    for line in failure.lines().map(str::trim_start) {
        let found = printed.any(|it| it.ends_with(line));
        ensure(found, || format!("no `{line}` in\n{}{}", finished.stdout, finished.stderr))?;
    }
    Ok(())
}

fn node_test() -> Outcome {
    let test = |folder: &Path| -> Result<Finished, libtest_mimic::Failed> {
        let names = write_blocks("npm", "js", folder)?;
        let mut command = Command::new(NODE.name);
        command.args(["--test", "--test-reporter", "tap", &names[0]]).current_dir(folder);
        Ok(run(&mut command)?)
    };
    let folder = tempfile::tempdir()?;
    places::javascript(folder.path(), &[])?;
    let right = test(folder.path())?.exits(0)?;
    let passed = right.stdout.matches(" ok ").count() + right.stdout.matches("\nok ").count();
    ensure(passed > 250, || format!("{passed} tests\n{}", right.stdout))?;

    let folder = tempfile::tempdir()?;
    places::javascript(folder.path(), &[IN_JAVASCRIPT])?;
    let wrong = test(folder.path())?.exits(1)?;
    shows_the_failure("npm", &wrong)
}

fn by_hand() -> Outcome {
    for (edits, code) in [(&[][..], 0), (&[IN_JAVASCRIPT], 1)] {
        let folder = tempfile::tempdir()?;
        places::javascript(folder.path(), edits)?;
        let names = write_blocks("npm", "js", folder.path())?;
        let mut command = Command::new(NODE.name);
        let finished = run(command.arg(&names[1]).current_dir(&folder))?.exits(code)?;
        if code != 0 {
            shows_the_failure("npm", &finished)?;
        }
    }
    Ok(())
}

fn unittest() -> Outcome {
    for (edits, code) in [(&[][..], 0), (&[IN_PYTHON], 1)] {
        let folder = tempfile::tempdir()?;
        places::python(folder.path(), edits)?;
        let names = write_blocks("python", "python", folder.path())?;
        let mut command = Command::new(PYTHON.name);
        command.args(["-m", "unittest", &names[1]]).current_dir(&folder);
        let finished = run(&mut command)?.exits(code)?;
        ensure(finished.stderr.contains("Ran 1 test"), || finished.stderr.clone())?;
        if code != 0 {
            shows_the_failure("python", &finished)?;
        }
    }
    Ok(())
}

/// A description that would hide a failure is refused, and says why.
fn wrong_in_javascript() -> Outcome {
    let folder = tempfile::tempdir()?;
    places::javascript(folder.path(), &[])?;
    for (call, said) in [
        ("checks('state_hash')[0].judge({})", "a codec needs `decode`, `encode` or both"),
        ("checks('state_hash')[0].judge({ decode, refusal: Error })", "would take a crash"),
        ("checks('state_hash')[0].judge({ decode, refusal: 5 })", "is not a class of errors"),
        ("checks('state_hash')[0].judge({ decode, messages: ['pang'] })", "no message \"pang\""),
        ("checks('state-hash')", "the names are: episode_end, "),
        ("checks('state_hash', { revision: 3 })", "revision 3 has no cases of state_hash"),
        ("checks('ping', { revision: 8 })", "revision 8 does not exist, expected 1 to 7"),
        ("checks([])", "has no cases of"),
        ("checks('ping')[0].run({ decode: () => undefined })", "undefined; to refuse, throw"),
        ("checks('ping')[0].run({ decode: () => { throw 5; } })", "is not a refusal: 5"),
    ] {
        let program = format!(
            "import {{ checks }} from 'rollwire'; import {{ decode }} from './my-codec.mjs'; {call};"
        );
        let mut command = Command::new(NODE.name);
        command.args(["--input-type=module", "-e", &program]).current_dir(&folder);
        let finished = run(&mut command)?.exits(1)?;
        ensure(finished.stderr.contains(said), || format!("{call}: {}", finished.stderr))?;
    }
    Ok(())
}

/// A codec that takes the view of a datagram for the whole buffer is wrong, and so is one that keeps it.
fn receive_buffer() -> Outcome {
    const PROGRAM: &str = "
        import { checks } from 'rollwire';
        import { decode } from './my-codec.mjs';
        const [check] = checks('ping');
        const views = [];
        const verdicts = [
          (bytes) => { views.push(bytes); return decode(bytes); },
          (bytes) => decode(new Uint8Array(bytes.buffer, 0, bytes.length)),
          (bytes) => decode(new Uint8Array(bytes.buffer)),
        ].map((decode) => check.judge({ decode }).verdict);
        console.log(...verdicts, check.case.hex === Buffer.from(views[0]).toString('hex'));
    ";
    let folder = tempfile::tempdir()?;
    places::javascript(folder.path(), &[])?;
    let mut command = Command::new(NODE.name);
    command.args(["--input-type=module", "-e", PROGRAM]).current_dir(&folder);
    let printed = run(&mut command)?.exits(0)?.stdout;
    ensure(printed.trim() == "pass error error false", || printed)
}

/// A description that would hide a failure is refused in Python, too.
fn wrong_in_python() -> Outcome {
    let folder = tempfile::tempdir()?;
    places::python(folder.path(), &[])?;
    for (call, said) in [
        ("Codec()", "a codec needs `decode`, `encode` or both"),
        ("Codec(decode, refusal=Exception)", "would take a crash for a refusal"),
        ("Codec(decode, refusal=5)", "5 is not an exception type"),
        ("Codec(decode, messages=['pang'])", "there is no message 'pang'"),
        ("checks('state-hash')", "the names are: episode_end, "),
        ("checks('state_hash', revision=3)", "revision 3 has no cases of state_hash"),
        ("checks('ping', revision=8)", "revision 8 does not exist, expected 1 to 7"),
        ("checks('ping')[0](Codec(lambda it: None))", "NoneType; to refuse, raise the refusal"),
        ("checks('ping')[0](Codec(lambda it: 1 / 0))", "not a refusal: ZeroDivisionError"),
        ("checks('ping')[1](Codec(decode))", "SkipTest: the codec has no `encode`"),
    ] {
        let program =
            format!("from rollwire import Codec, checks\nfrom my_codec import decode\n{call}");
        let mut command = Command::new(PYTHON.name);
        let finished = run(command.args(["-c", &program]).current_dir(&folder))?.exits(1)?;
        ensure(finished.stderr.contains(said), || format!("{call}: {}", finished.stderr))?;
    }
    Ok(())
}

/// The version of the crates is that of each package, and that of the packages that it asks for.
fn one_version() -> Outcome {
    let folder = tempfile::tempdir()?;
    places::build_npm(folder.path(), &[])?;
    let manifest = std::fs::read_to_string(folder.path().join("rollwire/package.json"))?;
    let manifest: serde_json::Value = serde_json::from_str(&manifest)?;
    let version = env!("CARGO_PKG_VERSION");
    let platforms = manifest["optionalDependencies"].as_object().ok_or("no platforms")?;
    ensure(manifest["version"] == version && platforms.len() >= 5, || manifest.to_string())?;
    ensure(platforms.values().all(|it| it == version), || manifest.to_string())
}
