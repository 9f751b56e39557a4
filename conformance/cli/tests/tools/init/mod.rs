//! The skeletons of `rollwire init`: each is written to a new folder, built and checked by the commands of
//! its README, and asked what is malformed. A fault that is planted in one is named by `check`.

mod malformed;
mod project;

use self::project::Project;
use crate::support::{
    CC, DOTNET, GO, JAVAC, NODE, NPM, Outcome, PYTHON, TYPESCRIPT, Test, Tool, ensure, rollwire,
    run, trial,
};

/// The skeletons, what they need, and how a fault is planted in them: in which file, what, and what instead.
/// Each of these faults reads another frame.
type Row = (&'static str, &'static [&'static Tool], [&'static str; 3]);

static ROWS: [Row; 8] = [
    ("js", &[&NODE], ["codec.mjs", "getUint32(1)", "getUint32(1, true)"]),
    ("ts", &[&NODE, &NPM, &TYPESCRIPT], ["src/codec.ts", "getUint32(1)", "getUint32(1, true)"]),
    ("python", &[&PYTHON], ["codec.py", ">BI8s", "<BI8s"]),
    ("rust", &[], ["src/codec.rs", "from_be_bytes", "from_le_bytes"]),
    ("go", &[&GO], ["codec.go", "BigEndian.Uint32", "LittleEndian.Uint32"]),
    ("c", &[&CC], ["codec.c", "(uint32_t)datagram[1] << 24", "(uint32_t)datagram[1] << 0"]),
    (
        "java",
        &[&JAVAC],
        ["src/Codec.java", "bytes.getInt()", "Integer.reverseBytes(bytes.getInt())"],
    ),
    ("csharp", &[&DOTNET], ["Codec.cs", "ReadUInt32BigEndian", "ReadUInt32LittleEndian"]),
];

pub(crate) fn tests() -> Vec<Test> {
    let mut tests = Vec::new();
    for (language, tools, fault) in &ROWS {
        let name = format!("{language}::works_as_its_readme_says_and_a_planted_fault_is_named");
        let test = || {
            let project = Project::new(language)?;
            works(&project)?;
            a_fault_is_named(&project, fault)
        };
        // .NET loads packages and takes half a minute.
        tests.push(trial(name, tools, test).deep_if(*language == "csharp"));
    }
    tests.push(trial("there_is_a_row_for_each_language", &[], rows));
    // Elsewhere the compiler may be another one, which does not have the sanitizers.
    if cfg!(target_os = "linux") {
        tests.push(trial("c::has_no_undefined_behaviour", &[&CC], no_undefined_behaviour));
    }
    tests
}

fn rows() -> Outcome {
    let listed = run(&mut rollwire(&["init"]))?.exits(0)?.stdout;
    let listed: Vec<&str> =
        listed.lines().filter_map(|line| line.split_once("  ")).map(|it| it.0).collect();
    let tested: Vec<&str> = ROWS.iter().map(|row| row.0).collect();
    ensure(listed == tested, || format!("{listed:?} are listed, and {tested:?} tested"))
}

/// It is built without a warning that its README would show, and smoke and check are green and partial.
fn works(project: &Project) -> Outcome {
    let mut checks = 0;
    for command in project.commands()? {
        let finished = project.run(&command)?.exits(0)?;
        let said = &finished.stdout;
        let expected = match &*command {
            it if it.starts_with("rollwire smoke -- ") => {
                "the adapter works; now try `rollwire check`"
            }
            it if it.starts_with("rollwire check -- ") => " passed, 0 failed, 0 weak, ",
            _ => {
                ensure(!finished.stderr.contains("warning: "), || finished.stderr.clone())?;
                continue;
            }
        };
        checks += 1;
        let is_green = said.contains(expected)
            && said.contains(" checks, all passed; left out: messages episode_end, ");
        let is_counted =
            said.contains(" checks are not applicable: messages ") && said.contains("\npartial: ");
        ensure(is_green && is_counted, || format!("{command}: {said}\n{}", finished.stderr))?;
        // Other notes may be about a busy machine.
        ensure(!said.contains("note: at the end of its standard input"), || said.clone())?;
    }
    ensure(checks == 2, || format!("{checks} commands of rollwire, not smoke and check"))?;
    malformed::is_answered(&mut project.adapter()?)
}

fn a_fault_is_named(project: &Project, [file, right, wrong]: &[&str; 3]) -> Outcome {
    project.edit(file, right, wrong)?;
    let commands = project.commands()?;
    let (check, build) = commands.split_last().ok_or("the README has no command")?;
    for command in build.iter().filter(|it| !it.starts_with("rollwire ")) {
        project.run(command)?.exits(0)?;
    }
    let said = project.run(check)?.exits(1)?.stdout;
    for part in ["STATE_HASH-2", "frame, offset 1", "\ndoes not conform: "] {
        ensure(said.contains(part), || format!("{part} is missing:\n{said}"))?;
    }
    Ok(())
}

/// What the tests ask it, with the sanitizers of the compiler: each fault would end the process.
fn no_undefined_behaviour() -> Outcome {
    let project = Project::new("c")?;
    let commands = project.commands()?;
    let build = commands
        .first()
        .filter(|it| it.starts_with("cc "))
        .ok_or("a command that begins with cc")?;
    let flags =
        "-Werror -Wpedantic -Wconversion -g -fsanitize=undefined,address -fno-sanitize-recover=all";
    project.run(&format!("{build} {flags}"))?.exits(0)?;
    malformed::is_answered(&mut project.adapter()?)
}
