//! The report of a check as one HTML file: verdicts by rule, time on one axis for both sides, and the
//! datagrams up to each violation. It has no script, and needs nothing from elsewhere.
//!
//! | file | story |
//! |---|---|
//! | `names` | what the sides are called |
//! | `rules` | verdicts by rule |
//! | `scale` | where a time and a value stand |
//! | `side` | a side on the axis, with its episodes |
//! | `lane` | what one side did over time, of one measure |
//! | `path` | the lines and areas of a lane |
//! | `figures` | frames and round trips |
//! | `ways` | what was lost or late |
//! | `traffic` | bytes a second by message |
//! | `violations` | a mark for each kind, and a section with its datagrams |
//! | `story` | the first frame that differs |
//!
//! Lines are told from one another by their dashes, and areas by their order, not by their colours alone.

mod figures;
mod lane;
mod names;
mod path;
mod rules;
mod scale;
mod side;
mod story;
mod traffic;
mod violations;
mod ways;

use askama::Template;
use rollwire_conformance::text::{plural, policy, sanitize};

use self::{
    figures::Figure,
    scale::{Axis, Percent},
    side::Placed,
    story::Story,
    violations::Card,
};
use crate::{
    crossing::Crossing,
    findings::Findings,
    line::Moment,
    picture::Picture,
    text::{loss, notes},
};

const STYLE: &str = include_str!("../../templates/capture.css");

/// The height of a row of marks, in pixels.
const MARK: usize = 26;

/// The page of these captures.
#[must_use]
pub fn html(captures: &[Findings], crossing: Option<&Crossing>, picture: &Picture) -> String {
    let apart = crossing.and_then(Crossing::clocks_apart);
    let mut sides = placed(captures, crossing.is_some(), apart, picture);
    let axis = Axis::over(sides.iter().flat_map(Placed::times).collect::<Vec<_>>());
    sides.iter_mut().for_each(|side| side.place(&axis));
    let cards = violations::cards(captures, &sides, &axis);
    let mut figures = figures::of_slices(&axis, &sides);
    if let Some(passages) = &picture.passages {
        figures.extend(ways::figures(&axis, &sides, passages));
    }
    figures.extend(traffic::figure(&axis, &sides));
    let is_diverged = crossing.is_some_and(|it| it.hashes.differ > 0)
        || captures.iter().flat_map(|it| &it.sides).any(|side| side.hashes.differ > 0);
    let names: Vec<&str> = sides.iter().map(|side| &*side.name).collect();
    let page = Page {
        policy: policy(STYLE, None),
        style: STYLE,
        names: names.join(" and "),
        files: captures.iter().map(summary).collect(),
        is_red: captures.iter().any(|it| it.violations().0 + it.malformed > 0),
        is_weak: is_diverged || captures.iter().any(|it| it.datagrams() == 0),
        verdict: verdict(captures, is_diverged),
        rules: rules::rows(&cards, &sides),
        ticks: axis.ticks(),
        time: axis.words(),
        clocks: clocks(&sides, crossing.is_some(), apart),
        strips: strips(&sides, &cards),
        figures,
        traffic: traffic::rows(&sides),
        ways: crossing.map(|it| loss(&names, it)).unwrap_or_default(),
        story: crossing.and_then(|it| Story::of(it.divergence.as_ref()?, &sides)),
        notes: captures.iter().flat_map(notes).collect(),
        cards,
        sides,
    };
    // Writing to memory does not fail.
    page.render().unwrap_or_default()
}

#[derive(Template)]
#[template(path = "capture.html")]
struct Page<'a> {
    policy: String,
    style: &'static str,
    names: String,
    /// What each file holds.
    files: Vec<String>,
    is_red: bool,
    /// Whether something is to be said although no rule is broken.
    is_weak: bool,
    verdict: String,
    rules: Vec<rules::Row>,
    ticks: Vec<(Percent, String)>,
    /// The axis in words.
    time: String,
    clocks: String,
    strips: Vec<Strip>,
    figures: Vec<Figure>,
    traffic: Vec<traffic::Row>,
    ways: Vec<(String, Vec<String>)>,
    story: Option<Story>,
    notes: Vec<String>,
    cards: Vec<Card>,
    sides: Vec<Placed<'a>>,
}

/// The marks and the episodes of a side.
struct Strip {
    side: usize,
    name: String,
    /// The height of its marks, and of all of it, in pixels.
    marks: usize,
    height: usize,
    words: String,
}

fn strips(sides: &[Placed<'_>], cards: &[Card]) -> Vec<Strip> {
    let strip = |(at, side): (usize, &Placed<'_>)| {
        let own = || cards.iter().filter(move |card| card.side == at);
        let marks = MARK * own().map(|card| card.row + 1).max().unwrap_or(0);
        let bands: Vec<&str> = side.bands.iter().map(|band| &*band.title).collect();
        let bands =
            if bands.is_empty() { "no episode is seen".to_owned() } else { bands.join("; ") };
        let kinds = plural(own().count() as u64, "kind", "kinds");
        let words = format!("{}: {kinds} of violations; {bands}", side.name);
        Strip { side: at, name: side.name.clone(), marks, height: marks + 26, words }
    };
    sides.iter().enumerate().map(strip).collect()
}

/// The sides on the axis of the first.
fn placed<'a>(
    captures: &[Findings],
    are_both: bool,
    apart: Option<i64>,
    picture: &'a Picture,
) -> Vec<Placed<'a>> {
    let taps = captures.iter().enumerate();
    let taps = taps.flat_map(|(file, it)| (0..it.sides.len()).map(move |tap| (file, tap)));
    let begins = |key: &(usize, usize)| {
        let begin = picture.tracks.get(key).and_then(|track| track.slices.begin());
        begin.and_then(|begin: Moment| i64::try_from(begin.0).ok()).unwrap_or(0)
    };
    let place = |(name, key): (String, (usize, usize))| {
        let is_second = are_both && key != (0, 0) && (key.0 > 0 || captures.len() == 1);
        // Without an estimate, both begin at the left.
        let shift =
            if is_second { apart.unwrap_or_else(|| begins(&key) - begins(&(0, 0))) } else { 0 };
        Placed::new(name, picture.tracks.get(&key), shift)
    };
    names::of_sides(captures).into_iter().zip(taps).map(place).collect()
}

fn clocks(sides: &[Placed<'_>], are_both: bool, apart: Option<i64>) -> String {
    let [one, other, ..] = sides else { return String::new() };
    let (one, other) = (&one.name, &other.name);
    match apart {
        _ if !are_both => "All times are those of the tap that recorded them.".to_owned(),
        None => format!(
            "No datagram arrived in one of the directions, so the clocks cannot be compared: {one} and {other} both begin at the left."
        ),
        Some(apart) if apart.abs() < 1000 => {
            format!("The clocks of {one} and {other} agree to the millisecond.")
        }
        Some(apart) => format!(
            "The axis is the clock of {one}. The clock of {other} is taken to be {} {}: then the fastest datagram takes as long in one direction as in the other.",
            scale::milliseconds(apart.saturating_abs()),
            if apart < 0 { "behind" } else { "ahead" }
        ),
    }
}

fn summary(findings: &Findings) -> String {
    let compared: u64 = findings.sides.iter().map(|side| side.hashes.frames).sum();
    let lasted = findings.sides.iter().map(|side| side.lasted).max().unwrap_or_default();
    format!(
        "{}: {}, {} s, {}",
        sanitize(&findings.name),
        plural(findings.datagrams(), "datagram", "datagrams"),
        lasted,
        plural(compared, "frame compared", "frames compared"),
    )
}

fn verdict(captures: &[Findings], is_diverged: bool) -> String {
    let (mut broken, mut kinds, mut malformed) = (0, 0, 0);
    for capture in captures {
        let (count, of_kinds) = capture.violations();
        (broken, kinds) = (broken + count, kinds + of_kinds);
        malformed += capture.malformed;
    }
    let mut parts = Vec::new();
    if broken > 0 {
        let kinds = plural(kinds, "kind", "kinds");
        parts.push(format!("{} of {kinds}", plural(broken, "violation", "violations")));
    }
    if malformed > 0 {
        parts.push(format!("{} that cannot be read", plural(malformed, "line", "lines")));
    }
    if captures.iter().any(|it| it.datagrams() == 0) {
        parts.push("a capture without datagrams: nothing was checked".to_owned());
    }
    if parts.is_empty() {
        parts.push("no rule was broken".to_owned());
    }
    if is_diverged {
        parts.push("the states of the peers differ".to_owned());
    }
    parts.join("; ")
}
