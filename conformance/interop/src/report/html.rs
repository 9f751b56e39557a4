//! The matrix as one HTML file: no script, and nothing from elsewhere.

use askama::Template;
use rollwire_conformance::text::{grouped, sanitize};

use super::{
    Report,
    text::{Cost, blamed, broken, costs},
    timeline::{self, Fate},
};
use crate::{matrix::Cell, pair::Failure};

/// The height of a datagram in the picture, and where the lines of the two peers stand.
const ROW: usize = 30;
const TOP: usize = 34;
const LEFT: usize = 60;
const RIGHT: usize = 420;

/// The report as HTML.
#[must_use]
pub fn html(report: &Report) -> String {
    let page = Page {
        seed: format!("{:016x}", report.seed),
        is_green: report.is_green(),
        names: report.peers.iter().map(|peer| sanitize(&peer.name)).collect(),
        commands: report
            .peers
            .iter()
            .map(|peer| {
                let command = peer.command.as_deref().unwrap_or("the model of the specification");
                (sanitize(&peer.name), sanitize(command))
            })
            .collect(),
        rows: report
            .cells
            .chunks(report.peers.len().max(1))
            .map(|row| (name(report, row[0].first), row.iter().map(square).collect()))
            .collect(),
        costs: costs(report),
        cards: report.cells.iter().filter_map(|cell| card(report, cell)).collect(),
    };
    // Writing to memory does not fail.
    page.render().unwrap_or_default()
}

#[derive(Template)]
#[template(path = "matrix.html")]
struct Page {
    seed: String,
    is_green: bool,
    names: Vec<String>,
    commands: Vec<(String, String)>,
    rows: Vec<(String, Vec<Square>)>,
    costs: Vec<Cost>,
    cards: Vec<Card>,
}

/// A pair in the matrix.
struct Square {
    class: &'static str,
    text: String,
    /// Where it is explained.
    anchor: Option<String>,
}

/// What is said of a pair that is not green.
struct Card {
    anchor: String,
    title: String,
    facts: Vec<(&'static str, String)>,
    events: Vec<String>,
    picture: Option<Picture>,
}

/// The newest datagrams of a failed game, as arrows between two lines.
struct Picture {
    names: [String; 2],
    height: usize,
    end: usize,
    arrows: Vec<Arrow>,
}

struct Arrow {
    class: &'static str,
    from: usize,
    to: usize,
    y: usize,
    sent: String,
    arrived: String,
    what: String,
    sent_x: usize,
    arrived_x: usize,
    sent_anchor: &'static str,
    arrived_anchor: &'static str,
}

fn name(report: &Report, at: usize) -> String {
    report.peers.get(at).map_or(String::new(), |peer| sanitize(&peer.name))
}

fn anchor(cell: &Cell) -> String {
    format!("pair-{}-{}", cell.first, cell.second)
}

fn square(cell: &Cell) -> Square {
    let games: u64 = cell.verdict.played.iter().map(|it| it.games).sum();
    let failed: u64 = cell.verdict.played.iter().map(|it| it.failed).sum();
    match (&cell.verdict.fault, failed) {
        (Some(_), _) => Square { class: "error", text: "!".to_owned(), anchor: Some(anchor(cell)) },
        (None, 0) => Square { class: "pass", text: "ok".to_owned(), anchor: None },
        (None, _) => {
            let text = format!("{} of {}", grouped(failed), grouped(games));
            Square { class: "fail", text, anchor: Some(anchor(cell)) }
        }
    }
}

fn card(report: &Report, cell: &Cell) -> Option<Card> {
    let names = [name(report, cell.first), name(report, cell.second)];
    let title = format!("A {} · B {}", names[0], names[1]);
    let mut card =
        Card { anchor: anchor(cell), title, facts: vec![], events: vec![], picture: None };
    if let Some((at, fault)) = &cell.verdict.fault {
        let text = format!("{} could not go on: {}", names[*at % 2], sanitize(&fault.0));
        card.facts.push(("incomplete", text));
    }
    if let Some(failure) = &cell.verdict.failure {
        let violation = &failure.violation;
        let all = broken(cell);
        let all: Vec<String> =
            all.iter().map(|(it, count)| format!("{} in {count}", it.name())).collect();
        card.facts.extend([
            ("broken", format!("{}: {}", violation.property.name(), violation.property.says())),
            ("games", all.join(", ")),
            (
                "seen",
                format!(
                    "{} ms, at {}: {}",
                    violation.time,
                    names[violation.at % 2],
                    sanitize(&violation.what)
                ),
            ),
            ("fault", blamed(failure.blame, &names)),
            ("rules", violation.property.chapter().to_owned()),
            ("game", format!("seed {:016x} on {}", failure.seed, sanitize(&failure.link))),
        ]);
        if let Some(script) = &failure.script {
            let rest = if script.events.is_empty() { ", and nothing is lost" } else { ", but" };
            card.facts.push(("link", format!("every datagram takes {} ms{rest}", script.delay)));
            card.events = script.events.iter().map(ToString::to_string).collect();
        }
        card.picture = picture(failure, names);
    }
    (!card.facts.is_empty()).then_some(card)
}

fn picture(failure: &Failure, names: [String; 2]) -> Option<Picture> {
    let rows = timeline::rows(failure);
    if rows.is_empty() {
        return None;
    }
    let arrow = |(at, row): (usize, &timeline::Row)| {
        let goes_right = row.from == 0;
        let (from, end) = if goes_right { (LEFT, RIGHT) } else { (RIGHT, LEFT) };
        let halfway = (LEFT + RIGHT) / 2;
        let (class, to, arrived) = match &row.fate {
            Fate::Lost => ("lost", halfway, String::new()),
            Fate::OnItsWay => ("waiting", halfway, String::new()),
            Fate::Arrived(times) => {
                let times: Vec<String> = times.iter().map(u64::to_string).collect();
                ("arrived", end, times.join(", "))
            }
        };
        let (sent_x, arrived_x) =
            if goes_right { (LEFT - 8, RIGHT + 8) } else { (RIGHT + 8, LEFT - 8) };
        let (sent_anchor, arrived_anchor) =
            if goes_right { ("end", "start") } else { ("start", "end") };
        Arrow {
            class,
            from,
            to,
            y: TOP + at * ROW + ROW / 2,
            sent: row.time.to_string(),
            arrived,
            what: row.what.clone(),
            sent_x,
            arrived_x,
            sent_anchor,
            arrived_anchor,
        }
    };
    let end = TOP + rows.len() * ROW;
    let arrows = rows.iter().enumerate().map(arrow).collect();
    Some(Picture { names, height: end + 10, end, arrows })
}
