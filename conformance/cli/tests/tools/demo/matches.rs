//! Matches without the page: right peers break no rule, and each fault is named and no one else blamed.

use std::collections::BTreeSet;

use libtest_mimic::Failed;
use serde_json::Value;

use super::{captures, matches, play, site};
use crate::support::{CHROMIUM, Outcome, Test, ensure, fail, trial};

pub(super) fn tests() -> Vec<Test> {
    vec![
        trial("browser::three_thousand_frames_break_no_rule", &[&CHROMIUM], || clean("good", 3000)),
        trial("browser::a_minute_of_the_page_breaks_no_rule", &[&CHROMIUM], || {
            breaks_no_rule("paced", &play("paced")?, 3000)
        })
        .deep(),
        trial("browser::a_bad_line_is_not_a_fault", &[&CHROMIUM], a_bad_line),
        trial("browser::a_hidden_page_is_not_a_fault", &[&CHROMIUM], || clean("sleepy", 30)),
        trial("browser::each_fault_is_named", &[&CHROMIUM], each_fault),
        trial("browser::reversed_hashes_are_not_seen", &[&CHROMIUM], reversed_hashes),
        trial("browser::the_readme_lists_the_faults", &[&CHROMIUM], the_readme),
    ]
}

/// One of the matches of right peers that were played at the same time.
fn clean(name: &str, frames: u64) -> Outcome {
    breaks_no_rule(name, &matches()?["clean"][name], frames)
}

/// A match of right peers.
fn breaks_no_rule(name: &str, played: &Value, frames: u64) -> Outcome {
    let verdict = captures::check(played)?;
    for side in [0, 1] {
        let accused = verdict.accusations(side);
        ensure(accused.is_empty(), || format!("{name}, side {side}: {accused:?}"))?;
        let [right, rollbacks] = ["played", "rollbacks"]
            .map(|it| played["sides"][side][it].as_u64().unwrap_or_default());
        ensure(right >= frames && (rollbacks > 0 || name == "sleepy"), || {
            format!("{name}, side {side}: {right} frames with {rollbacks} rollbacks")
        })?;
        // Each frame is told in an INPUT, and each tenth has a hash.
        let [sent, received] = ["sent", "received"].map(|it| verdict.count(side, it));
        ensure(sent > frames && received > frames / 2, || {
            format!("{sent} sent, {received} received")
        })?;
        let (compared, differ) = verdict.hashes(side);
        ensure(compared >= frames / 20 && differ == 0, || {
            format!("{name}, side {side}: of {compared} hashes, {differ} differ")
        })?;
    }
    Ok(())
}

/// What is lost is lost between the taps: the one has recorded it as sent, and the other has never seen it.
fn a_bad_line() -> Outcome {
    clean("bad", 1000)?;
    let verdict = captures::check(&matches()?["clean"]["bad"])?;
    for from in [0, 1] {
        let [sent, lost, repeated, overtaken, invented] =
            ["sent", "lost", "repeated", "overtaken", "never_sent"].map(|it| verdict.way(from, it));
        // 15 % are lost, and 10 % of the rest come twice.
        let is_bad = lost * 10 > sent && lost * 4 < sent && repeated * 25 > sent;
        ensure(is_bad && overtaken > 0 && invented == 0, || {
            format!(
                "of {sent}, {lost} lost, {repeated} repeated, {overtaken} overtaken, {invented} invented"
            )
        })?;
    }
    Ok(())
}

/// The frames within ten seconds of a game, if one and a half of them pass between two rounds and for an
/// answer that does not come.
const SOON: u64 = 500;

fn each_fault() -> Outcome {
    let faulty = matches()?["faulty"].as_array().ok_or("no faults")?;
    ensure(faulty.len() >= 12, || format!("{} faults", faulty.len()))?;
    let mut wrong = Vec::new();
    for played in faulty {
        if let Err(error) = is_named(played) {
            wrong.push(format!("{}: {}", played["id"], error.message().unwrap_or_default()));
        }
    }
    ensure(wrong.is_empty(), || wrong.join("\n"))
}

fn is_named(played: &Value) -> Outcome {
    let verdict = captures::check(played)?;
    let faulty = usize::try_from(played["faulty"].as_u64().ok_or("which side is faulty?")?)?;
    let found: BTreeSet<(String, usize)> =
        [0, 1].iter().flat_map(|side| verdict.accusations(*side)).collect();
    let expected = played["rule"].as_str().map(|rule| (rule.to_owned(), faulty));
    ensure(found == expected.clone().into_iter().collect(), || {
        format!("found {found:?}, expected {expected:?}")
    })?;
    // The capture of the side with the fault is enough.
    let own = verdict.accusations(faulty);
    ensure(expected.is_none_or(|it| own.contains(&it)), || format!("its own capture has {own:?}"))?;
    let differ = verdict.hashes(0).1 + verdict.hashes(1).1;
    if played["rule"].is_null() && differ == 0 {
        return fail("no hashes differ");
    }
    let frames = played["frames"].as_u64().ok_or("how many frames did it take?")?;
    ensure(frames <= SOON, || format!("it took {frames} frames"))
}

/// The README says so: the frames are those of no hash of the partner.
fn reversed_hashes() -> Outcome {
    let verdict = captures::check(&matches()?["unseen"])?;
    for side in [0, 1] {
        let (accused, hashes) = (verdict.accusations(side), verdict.hashes(side));
        ensure(accused.is_empty(), || format!("side {side}: {accused:?}"))?;
        // Frame 0 is the same in both orders, and what was compared before the fault stays.
        ensure(hashes.0 < 4 && hashes.1 == 0, || format!("side {side}: {hashes:?} were compared"))?;
    }
    Ok(())
}

/// The table of the README has a row for each fault of the page, in its order.
fn the_readme() -> Outcome {
    let readme = site::readme()?;
    let section = readme.lines().skip_while(|line| *line != "## The faults").skip(1);
    let section = section.take_while(|line| !line.starts_with('#'));
    let rows: Vec<&str> = section.filter(|line| line.starts_with("| ")).skip(1).collect();
    let row = |fault: &Value| -> Result<String, Failed> {
        let text = |name: &str| fault[name].as_str().ok_or_else(|| format!("no {name}"));
        let rule = fault["rule"].as_str().unwrap_or("a desync");
        Ok(format!("| {} | {rule} | {} |", text("label")?, text("see")?))
    };
    let faults = matches()?["faulty"].as_array().ok_or("no faults")?;
    let expected: Vec<String> = faults.iter().map(row).collect::<Result<_, _>>()?;
    ensure(rows == expected, || format!("the table should be\n{}", expected.join("\n")))
}
