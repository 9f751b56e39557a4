//! Faults in a log are found in their lines, and nothing behind them is blamed.

use libtest_mimic::Failed;
use rollwire_conformance::trace::{Findings, Log, Pair, Violation, check};

use crate::support::Test;
use crate::support::{Outcome, ensure, fail, trial};

const HEADER: &str = r#"{"trace":1,"capabilities":["exchange","detect"]}"#;
const INSPECT: &str = r#"{"trace":1,"capabilities":["exchange","detect","inspect"]}"#;

pub(super) fn trials() -> Vec<Test> {
    vec![
        trial("an_ordinary_session_has_short_lines_and_no_fault", &[], ordinary),
        trial("a_planted_violation_is_found_in_its_line", &[], planted),
        trial("each_kind_of_violation_names_its_rule", &[], kinds),
        trial("one_cause_is_one_report", &[], one_cause),
        trial("after_a_lost_line_nothing_is_blamed", &[], lost_lines),
        trial("after_a_lost_line_faults_are_found_again", &[], found_again),
        trial("a_reset_ends_every_doubt", &[], reset_ends_doubt),
        trial("a_shown_state_is_known_at_once", &[], shown_state),
        trial("two_logs_show_what_was_lost_between_them", &[], two_logs),
    ]
}

pub(super) fn findings(log: &str) -> Result<Findings, Failed> {
    match Log::open("log", log.as_bytes())? {
        Some(log) => Ok(log.finish()?),
        None => fail("an empty log"),
    }
}

/// Member, rule and line of each violation.
fn violations(findings: &Findings) -> Vec<(String, &'static str, u64)> {
    let row = |it: &Violation| (it.member.to_string(), it.rule, it.line);
    findings.violations.iter().map(row).collect()
}

/// The log of an ordinary session.
fn session(seed: u64, bytes: u64) -> Result<Vec<String>, Failed> {
    let mut log = Vec::new();
    crate::support::logged::write(&mut log, seed, bytes, None)?;
    Ok(String::from_utf8(log)?.lines().map(str::to_owned).collect())
}

fn ordinary() -> Outcome {
    let mut log = Vec::new();
    let written = crate::support::logged::write(&mut log, 1, 3_000_000, None)?;
    ensure(written.bytes <= 64 * written.lines, || format!("{written:?}"))?;
    let findings = findings(&String::from_utf8(log)?)?;
    ensure(findings.violations.is_empty() && findings.doubted == 0, || format!("{findings:?}"))?;
    ensure((findings.lines, findings.stimuli) == (written.lines, written.lines - 1), || {
        format!("{} lines, {written:?}", findings.lines)
    })
}

fn planted() -> Outcome {
    for seed in 1..=5 {
        let mut log = Vec::new();
        let written =
            crate::support::logged::write(&mut log, seed, 500_000, Some(100_000 * seed - 50_000))?;
        let findings = findings(&String::from_utf8(log)?)?;
        let line = written.planted.ok_or("nothing was planted")?;
        let found = violations(&findings);
        // Which rule explains that nothing was sent depends on what came before.
        let is_it = |(member, rule, at): &(String, &str, u64)| {
            member == "sent" && rule.starts_with("EXCH-") && *at == line
        };
        let found_it = matches!(&found[..], [one] if is_it(one));
        ensure(found_it, || format!("{line}: {found:?}"))?;
        let around: Vec<u64> = findings.violations[0].around.iter().map(|it| it.line).collect();
        let expected: Vec<u64> = (line - 6..=line + 3).collect();
        ensure(around == expected, || format!("around {line}: {around:?}"))?;
    }
    Ok(())
}

/// The last line of each of these logs is wrong.
fn kinds() -> Outcome {
    let a = r#""0700000005aaaaaaaaaaaaaaaa""#;
    let confirm = r#"{"confirm":{"frame":5,"hash":"aaaaaaaaaaaaaaaa"}}"#;
    let more = r#"{"confirm":{"frame":9,"hash":"cccccccccccccccc"}}"#;
    let begin = r#"{"rollback":{"begin":9}}"#;
    let recv = format!(r#"{{"recv":{a}}}"#);
    let sent = format!(r#"{{"tick":{{}},"sent":[{a}]}}"#);
    let wrong = r#"{"recv":"0700000005bbbbbbbbbbbbbbbb"}"#;
    let one_refused = format!(r#"{{"tick":{{}},"sent":[{a}],"refused":[0]}}"#);
    let confirm_sends = confirm.replace("}}", &format!("}},\"sent\":[{a}]}}"));
    let verified = confirm.replace("}}", r#"},"verified":5}"#);
    let recv_verified = format!(r#"{{"recv":{a},"verified":5}}"#);
    let end_verified = r#"{"rollback":"end","verified":5}"#;
    let found = r#"{"recv":"0700000005bbbbbbbbbbbbbbbb","found":[{"frame":5,"local":"bbbbbbbbbbbbbbbb","peer":"aaaaaaaaaaaaaaaa"}]}"#;
    for (lines, member, rule) in [
        (&[&*confirm_sends][..], "sent", "EXCH-6"),
        (&[confirm, r#"{"tick":{}}"#], "sent", "EXCH-1"),
        (&[confirm, more, &sent], "sent", "EXCH-8"),
        (&[more, confirm, &sent], "sent", "EXCH-1"),
        (&[confirm, begin, &sent], "sent", "EXCH-9"),
        (&[confirm, r#"{"channel":"closed"}"#, &sent], "sent", "EXCH-10"),
        (&[confirm, &one_refused], "sent", "EXCH-11"),
        (&[confirm, r#"{"channel":"closed"}"#, r#"{"tick":{},"refused":[0]}"#], "sent", "EXCH-10"),
        (&[confirm, &sent, &sent], "sent", "EXCH-14"),
        (&[&verified], "verified", "DETECT-4"),
        (&[confirm, &recv], "verified", "DETECT-2"),
        (&[begin, confirm, &recv_verified], "verified", "DETECT-8"),
        (&[confirm, end_verified], "verified", "EXCH-25"),
        (&[confirm, &recv_verified, r#"{"rollback":{"begin":5}}"#], "verified", "DETECT-10"),
        (&[confirm, &recv_verified, r#"{"reset":{}}"#], "verified", "DETECT-12"),
        (&[confirm, wrong], "events", "DETECT-2"),
        (&[confirm, found], "events", "DETECT-6"),
    ] {
        let log = format!("{HEADER}\n{}\n", lines.join("\n"));
        let findings = findings(&log)?;
        let expected = [(member.to_owned(), rule, lines.len() as u64 + 1)];
        let found = violations(&findings);
        ensure(found == expected, || format!("{log}{found:?}, not {expected:?}"))?;
    }
    Ok(())
}

/// An exchange that sends on each confirm breaks one rule a thousand times.
fn one_cause() -> Outcome {
    let mut log = HEADER.to_owned();
    for frame in 0..1000 {
        log += &format!(
            "\n{{\"confirm\":{{\"frame\":{frame},\"hash\":\"aaaaaaaaaaaaaaaa\"}},\
             \"sent\":[\"07{frame:08x}aaaaaaaaaaaaaaaa\"]}}\n{{\"tick\":{{}}}}"
        );
    }
    let findings = findings(&log)?;
    let found = violations(&findings);
    ensure(found == [("sent".to_owned(), "EXCH-6", 2)], || format!("{found:?}"))?;
    let cause = &findings.violations[0];
    ensure(cause.count == 1000 && cause.more == [4, 6, 8, 10, 12, 14, 16, 18], || {
        format!("{} times, {:?}", cause.count, cause.more)
    })
}

/// A session from which lines are missing, or have become unreadable, breaks no rule.
fn lost_lines() -> Outcome {
    for seed in 1..=8 {
        let lines = session(seed, 200_000)?;
        // Each kind of stimulus, at many places.
        for offset in 0..12 {
            let at = 100 + 331 * offset + usize::try_from(seed)?;
            let mut log = lines.clone();
            log[at].truncate(5);
            let findings = findings(&log.join("\n"))?;
            let malformed = &findings.malformed;
            ensure(malformed.count == 1 && malformed.first[0].line == at as u64 + 1, || {
                format!("{malformed:?}")
            })?;
            ensure(findings.violations.is_empty(), || {
                format!("seed {seed}, without `{}`: {:#?}", lines[at], findings.violations)
            })?;
        }
    }
    Ok(())
}

/// The fault lies far enough behind the lost line.
fn found_again() -> Outcome {
    let mut lines = session(3, 300_000)?;
    lines[500].truncate(5);
    let tick = lines.iter().enumerate().skip(7000).find(|(_, line)| line.contains("sent"));
    let (at, _) = tick.ok_or("no tick that sends")?;
    lines[at] = r#"{"tick":{}}"#.to_owned();
    let recv = lines
        .iter()
        .enumerate()
        .skip(at + 3000)
        .find(|(_, line)| line.contains("recv") && line.contains("verified"));
    let (recv, _) = recv.ok_or("no hash that verifies")?;
    let member = lines[recv].find(",\"verified").ok_or("no verified")?;
    lines[recv].truncate(member);
    lines[recv].push('}');
    let found = violations(&findings(&lines.join("\n"))?);
    let expected = [
        ("sent".to_owned(), "EXCH-1", at as u64 + 1),
        ("verified".to_owned(), "DETECT-5", recv as u64 + 1),
    ];
    ensure(found == expected, || format!("{found:?}, not {expected:?}"))
}

fn reset_ends_doubt() -> Outcome {
    let lines = [
        HEADER,
        "nonsense",
        r#"{"reset":{}}"#,
        r#"{"confirm":{"frame":5,"hash":"aaaaaaaaaaaaaaaa"}}"#,
        r#"{"recv":"0700000005aaaaaaaaaaaaaaaa"}"#,
    ];
    let found = violations(&findings(&lines.join("\n"))?);
    ensure(found == [("verified".to_owned(), "DETECT-2", 5)], || format!("{found:?}"))
}

/// With `inspect` a violation is believed as it is shown, and the next one is found behind it.
fn shown_state() -> Outcome {
    let pair = r#"[5,"aaaaaaaaaaaaaaaa"]"#;
    let confirm = r#"{"confirm":{"frame":5,"hash":"aaaaaaaaaaaaaaaa"}"#;
    let lines = [
        INSPECT.to_owned(),
        format!(r#"{confirm},"queue":[{pair},{pair}],"history":[{pair}]}}"#),
        r#"{"rollback":{"begin":9}}"#.to_owned(),
        r#"{"rollback":{"begin":5},"history":[]}"#.to_owned(),
        r#"{"recv":"0700000005aaaaaaaaaaaaaaaa"}"#.to_owned(),
        r#"{"rollback":"end"}"#.to_owned(),
    ];
    let found = violations(&findings(&lines.join("\n"))?);
    let expected = [("queue", "EXCH-1", 2), ("queue", "EXCH-24", 4), ("map", "EXCH-26", 5)];
    let expected = expected.map(|(member, rule, line)| (member.to_owned(), rule, line));
    ensure(found == expected, || format!("{found:?}"))
}

fn two_logs() -> Outcome {
    // Frame 5 is lost on its way to B, 10 is equal, 15 differs and arrives only at A.
    let confirm = |frame: u32, digit: &str| {
        format!(r#"{{"confirm":{{"frame":{frame},"hash":"{}"}}}}"#, digit.repeat(16))
    };
    let hash = |frame: u32, digit: &str| format!("07{frame:08x}{}", digit.repeat(16));
    let sent =
        |hashes: &[String]| format!(r#"{{"tick":{{}},"sent":["{}"]}}"#, hashes.join("\",\""));
    let a = [
        HEADER.to_owned(),
        confirm(5, "a"),
        confirm(10, "b"),
        sent(&[hash(5, "a"), hash(10, "b")]),
        confirm(15, "c"),
        format!(
            r#"{{"recv":"{}","found":[{{"frame":15,"local":"cccccccccccccccc","peer":"dddddddddddddddd"}}]}}"#,
            hash(15, "d")
        ),
    ];
    let b = [
        HEADER.to_owned(),
        confirm(5, "a"),
        confirm(10, "b"),
        format!(r#"{{"recv":"{}","verified":10}}"#, hash(10, "b")),
        confirm(15, "d"),
        r#"{"rollback":{"begin":10},"verified":9}"#.to_owned(),
        confirm(10, "b"),
        confirm(15, "d"),
        r#"{"rollback":"end"}"#.to_owned(),
        sent(&[hash(5, "a"), hash(10, "b"), hash(15, "d")]),
    ];
    let (a, b) = (a.join("\n"), b.join("\n"));
    let logs = (Log::open("a", a.as_bytes())?, Log::open("b", b.as_bytes())?);
    let (Some(one), Some(other)) = logs else { return fail("an empty log") };
    let Pair { logs, crossing } = check(one, other)?;
    ensure(logs.iter().all(|log| log.violations.is_empty()), || format!("{logs:#?}"))?;
    let frames = |named: &rollwire_conformance::trace::FrameList| {
        named.first.iter().map(|it| (it.frame, it.line)).collect::<Vec<_>>()
    };
    let ways = &crossing.ways;
    ensure(frames(&ways[0].lost) == [(5, 4)], || format!("{:?}", ways[0]))?;
    ensure(frames(&ways[1].lost) == [(5, 10), (10, 10)], || format!("{:?}", ways[1]))?;
    ensure(ways.iter().all(|way| way.never_sent.count == 0), || format!("{ways:?}"))?;
    let found = &crossing.frames;
    // B went back behind frame 10 after it had compared it, and A has never heard of it.
    ensure(frames(&found.never_compared) == [(5, 2), (10, 3)], || format!("{found:?}"))?;
    ensure((found.both, found.compared) == (3, [1, 0]), || format!("{found:?}"))?;
    let first = found.first_difference.as_ref().ok_or("no difference")?;
    ensure((first.frame, first.lines) == (15, [5, 8]), || format!("{first:?}"))
}
