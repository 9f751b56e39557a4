//! What the sides are called.

use rollwire_conformance::text::sanitize;

use crate::{findings::Findings, monitor, side::SideFindings};

/// A name for each side of these captures, in their order. No two are the same.
pub(super) fn of_sides(captures: &[Findings]) -> Vec<String> {
    let sides = || captures.iter().flat_map(|it| it.sides.iter().map(move |side| (it, side)));
    let peers: Vec<&str> = sides().map(|(_, side)| &*side.peer).collect();
    let named = sides().enumerate().map(|(at, (capture, side))| {
        let is_unique = peers.iter().filter(|peer| **peer == side.peer).count() == 1;
        match (&*side.peer, &*side.tap) {
            (peer, _) if is_unique && !peer.is_empty() => sanitize(peer),
            (_, tap) if captures.len() == 1 && !tap.is_empty() => sanitize(tap),
            _ if captures.len() == 1 => "own side".to_owned(),
            _ if capture.sides.len() == 1 => sanitize(&capture.name),
            _ => format!("side {}", at + 1),
        }
    });
    let mut names: Vec<String> = named.collect();
    let taken = names.clone();
    for (at, name) in names.iter_mut().enumerate() {
        if taken.iter().filter(|other| *other == name).count() > 1 {
            *name = format!("{name}, side {}", at + 1);
        }
    }
    names
}

/// Whose fault something is: the side with this name, or its partner.
pub(super) fn who(name: &str, side: &SideFindings, fault: monitor::Side) -> String {
    match fault {
        monitor::Side::Own => name.to_owned(),
        monitor::Side::Partner if side.peer.is_empty() => "partner".to_owned(),
        monitor::Side::Partner => format!("partner of {name}"),
    }
}
