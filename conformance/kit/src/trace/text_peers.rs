//! The part of the text report that tells what has become of whole peers.

use std::io::{self, Write};

use rollwire_model::peer::{Hashes, Start, ValidationPhase};

use super::{
    inputs::{LostFrames, LostInputs},
    log::Findings,
    story::{EpisodeStory, Story},
};
use crate::text::{describe::paragraph, grouped, plural, sanitize};

/// The column where the text of a row begins.
const INDENT: usize = 16;

/// How many episodes of a session are shown.
const SHOWN: usize = 8;

/// Shows what has become of the peers of a log.
///
/// # Errors
/// If the sink cannot be written.
pub(super) fn show_stories(sink: &mut dyn Write, findings: &Findings) -> io::Result<()> {
    for (session, story) in (1..).zip(&findings.peers) {
        let which =
            if findings.sessions > 1 { format!(", session {session}") } else { String::new() };
        writeln!(sink, "{}{which}: a whole peer", sanitize(&findings.name))?;
        show_story(sink, story)?;
        writeln!(sink)?;
    }
    Ok(())
}

fn show_story(sink: &mut dyn Write, story: &Story) -> io::Result<()> {
    match story.validation {
        Some((ValidationPhase::Failed, at)) => {
            row(sink, "validation", &format!("failed at {} ms", grouped(at)))?;
        }
        Some((_, at)) => row(sink, "validated", &format!("at {} ms", grouped(at)))?,
        None => {}
    }
    for episode in story.episodes.iter().take(SHOWN) {
        row(sink, &format!("episode {}", episode.number), &told(episode))?;
    }
    let hidden = story.episodes.len().saturating_sub(SHOWN) as u64 + story.more_episodes;
    if hidden > 0 {
        row(sink, "", &format!("and {}", plural(hidden, "more episode", "more episodes")))?;
    }
    if story.in_doubt {
        row(sink, "", "it breaks off at a line that cannot be read")?;
    }
    Ok(())
}

/// An episode in words.
fn told(episode: &EpisodeStory) -> String {
    let ms = |at: u64| format!("{} ms", grouped(at));
    let mut parts = Vec::new();
    match (episode.started_ms, episode.start, episode.ready_ms) {
        (Some(at), Some(Start::Both), _) => {
            parts.push(format!("started at {} with both sides ready", ms(at)));
        }
        (Some(at), Some(Start::Alone), _) => {
            parts
                .push(format!("started at {} alone: no READY of the partner came in time", ms(at)));
        }
        (_, _, Some(at)) => parts.push(format!("ready at {}, and never started", ms(at))),
        _ => {}
    }
    if episode.hashes == Some(Hashes::Different) {
        parts.push("the two READYs have different hashes".to_owned());
    }
    if let Some(at) = episode.ended_ms {
        parts.push(format!("ended at {}", ms(at)));
    }
    match (episode.complete_ms, episode.end, episode.agreed) {
        (Some(at), Some(end), Some(true)) => {
            parts.push(format!(
                "complete at {}: both peers end at frame {}",
                ms(at),
                grouped(u64::from(end))
            ));
            if episode.confirmed.map_or(-1, i64::from) < i64::from(end) - 1 {
                parts.push("inputs before the end are missing".to_owned());
            }
        }
        (Some(at), Some(end), _) => parts.push(format!(
            "complete at {}: the own end at frame {}, since no END of the partner came in time",
            ms(at),
            grouped(u64::from(end))
        )),
        _ => {}
    }
    match episode.confirmed {
        Some(frame) => parts.push(format!("confirmed to frame {}", grouped(u64::from(frame)))),
        None => parts.push("no frame confirmed".to_owned()),
    }
    parts.join("; ")
}

/// Shows which inputs of the two peers with these names were lost.
///
/// # Errors
/// If the sink cannot be written.
pub(super) fn show_inputs(
    sink: &mut dyn Write,
    names: [&str; 2],
    inputs: &[LostInputs],
) -> io::Result<()> {
    for it in inputs {
        let session =
            if it.session > 1 { format!(" of session {}", it.session) } else { String::new() };
        writeln!(sink, "\ninputs, episode {}{session}", it.episode)?;
        for from in 0..2 {
            let frames = plural(it.acted[from], "frame", "frames");
            let lost = match &it.lost[from] {
                _ if it.acted[from] == 0 => "nothing to lose".to_owned(),
                None => "it is not known which of them arrived".to_owned(),
                Some(LostFrames { count: 0, .. }) => "all of them arrived".to_owned(),
                Some(lost) => format!("{} never arrived: {}", grouped(lost.count), rows(lost)),
            };
            row(
                sink,
                "",
                &format!("{} → {}: {frames} acted, {lost}", names[from], names[1 - from]),
            )?;
        }
    }
    Ok(())
}

fn rows(lost: &LostFrames) -> String {
    let row = |(from, to): &(u32, u32)| match from == to {
        true => from.to_string(),
        false => format!("{from} to {to}"),
    };
    let rows: Vec<String> = lost.first.iter().map(row).collect();
    let more = if lost.more > 0 {
        format!(", and {} more rows", grouped(lost.more))
    } else {
        String::new()
    };
    format!("{}{more}", rows.join(", "))
}

fn row(sink: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    let text = paragraph(text, INDENT);
    writeln!(sink, "{}", format!("      {name:<10}{}", text.trim_start()).trim_end())
}
