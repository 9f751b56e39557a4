//! The pages of captures of whole games: nothing is left out, and every link leads somewhere.

use std::collections::BTreeSet;

use rollwire_capture::{
    Findings,
    crossing::{Pair, picture_both},
    html,
    line::Record,
};
use rollwire_interop::{ModelSeat, link::named};
use rollwire_mutants::peer::mutants;

use crate::captures::{FOUND, LINES, check, file, game};

struct Drawn {
    pair: Pair,
    datagrams: u64,
    pieces: usize,
    page: String,
}

fn drawn(tapes: &[Vec<Record>; 2]) -> Drawn {
    let files = tapes.each_ref().map(|tape| file(tape));
    let (pair, picture) = picture_both(check(&files[0]), check(&files[1])).unwrap();
    let page = html(&pair.captures, Some(&pair.crossing), &picture);
    Drawn { pair, datagrams: picture.datagrams(), pieces: picture.pieces(), page }
}

/// The values of an attribute of a page.
fn values<'a>(page: &'a str, attribute: &str) -> BTreeSet<&'a str> {
    let start = format!(" {attribute}=\"");
    page.split(&*start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_picture_shows_every_datagram_of_a_game() {
    for line in LINES {
        let drawn = drawn(&game(&mut ModelSeat::right(), &mut ModelSeat::right(), 3, line).tapes);
        let counted: u64 = drawn.pair.captures.iter().map(Findings::datagrams).sum();
        assert_eq!(drawn.datagrams, counted, "{line}");
        assert!((180..=360).contains(&drawn.pieces), "{line}: {}", drawn.pieces);
        for shown in ["told", "confirmed", "verified", "Round trips", "Lost on the way", "INPUT"] {
            assert!(drawn.page.contains(shown), "{line}: {shown}");
        }
        assert!(!drawn.page.contains("id=\"m1\""), "{line}: a mark without a violation");
        // The clocks of a simulated game are one clock; the fastest datagrams differ by a part of the delay.
        let apart = drawn.pair.crossing.clocks_apart().unwrap();
        assert!(apart.abs() < 100_000, "{line}: {apart}");
    }
    assert!(LINES.iter().any(|line| named(line).is_some()));
}

#[test]
fn every_violation_has_a_mark_and_a_section() {
    let all = mutants();
    let mut most = 0;
    for (name, rule) in FOUND.iter().step_by(6) {
        let mutant = all.iter().find(|mutant| mutant.name == *name).expect("a mutant");
        let mut wrong = ModelSeat::new(mutant.behaviour());
        let game = game(&mut wrong, &mut ModelSeat::right(), 1, "mobile");
        let Drawn { pair, page, .. } = drawn(&game.tapes);
        let sides = pair.captures.iter().flat_map(|capture| &capture.sides);
        let kinds: usize = sides.clone().map(|side| side.violations.len()).sum();
        let (ids, links) = (values(&page, "id"), values(&page, "href"));
        for number in 1..=kinds {
            for part in [format!("m{number}"), format!("v{number}")] {
                assert!(ids.contains(&*part), "{name}: {part}");
                assert!(links.contains(&*format!("#{part}")), "{name}: {part}");
            }
        }
        assert!(!ids.contains(&*format!("m{}", kinds + 1)), "{name}: a mark too many");
        for link in links {
            let target = link.strip_prefix('#').expect("a link within the page");
            assert!(ids.contains(target), "{name}: {link} leads nowhere");
        }
        // The lines up to it are those of the report for a terminal.
        for violation in sides.flat_map(|side| &side.violations) {
            assert!(page.contains(&violation.rule) && violation.around.len() <= 6, "{name}");
            let lines =
                violation.around.iter().map(|it| format!("<td class=\"figure\">{}</td>", it.line));
            lines.for_each(|line| assert!(page.contains(&line), "{name}: {line}"));
        }
        assert!(kinds == 0 || page.contains(&format!("<th scope=\"row\">{rule}</th>")), "{name}");
        most = most.max(kinds);
    }
    assert!(most > 1, "no game has several violations");
}
