//! An observation in the words of the chapters.

use rollwire_model::exchange::{Claim, Member, Mismatch, Observation};

use crate::text::{
    around::{around_difference, lists_around_difference, missing_and_surplus},
    shorten,
};

/// Lists with more elements than this are compared in words as well.
const FEW: usize = 6;

/// A member of an observation as the chapters write it; datagrams that are not a STATE_HASH in hex.
#[must_use]
pub fn member_of(member: Member, observation: &Observation) -> String {
    let elements = elements(member, observation);
    shorten(&text(member, &elements.join(between(member))))
}

/// A member of two observations, the right one first. Of long lists, both are cut around the first
/// difference, and the second text says what is missing and what is surplus.
#[must_use]
pub fn compared(member: Member, right: &Observation, got: &Observation) -> (String, String) {
    let [right, got] = [right, got].map(|it| elements(member, it));
    let between = between(member);
    if right.len().max(got.len()) <= FEW {
        let [right, got] = [right, got].map(|it| text(member, &it.join(between)));
        return around_difference(&right, &got);
    }
    let (one, other) = lists_around_difference(&right, &got, between);
    let note = missing_and_surplus(&right, &got);
    (text(member, &one), format!("{}; {note}", text(member, &other)))
}

fn text(member: Member, elements: &str) -> String {
    match elements {
        "" if member == Member::Verified => format!("{member} none"),
        "" => format!("{member} -"),
        _ => format!("{member} {elements}"),
    }
}

fn between(member: Member) -> &'static str {
    if member == Member::Events { ", " } else { " " }
}

/// The elements of a member, each as text.
fn elements(member: Member, observation: &Observation) -> Vec<String> {
    let is_whole = observation.sent.iter().all(|datagram| datagram.bytes().len() == 13);
    if member == Member::Sent && !is_whole {
        return observation.sent.iter().map(ToString::to_string).collect();
    }
    if member == Member::Events {
        // Both hashes are to be seen, since they may have changed places.
        let event =
            |it: &Mismatch| format!("{} (local {:#}, peer {:#})", it.frame, it.local, it.peer);
        return observation.events.iter().map(event).collect();
    }
    let frames = Claim::observed(member, observation).frames;
    let element = |(frame, hash): &(u32, Option<_>)| match hash {
        Some(hash) => format!("{frame}={hash:#}"),
        None => frame.to_string(),
    };
    frames.iter().map(element).collect()
}

#[cfg(test)]
mod tests {
    use rollwire_model::exchange::{Entry, StateHash};

    use super::*;

    #[test]
    fn long_lists_are_compared_in_words() {
        let entry = |frame: u32| -> Entry { (frame, StateHash([0xaa; 8])) };
        let right = Observation { queue: (0..17).map(entry).collect(), ..Observation::default() };
        let mut got = right.clone();
        got.queue.remove(9);
        got.queue[2].1 = StateHash([0xbb; 8]);
        let (expected, text) = compared(Member::Queue, &right, &got);
        assert!(expected.starts_with("queue 0=aa 1=aa 2=aa "), "{expected}");
        let note = "; missing 2=aa, 9=aa, surplus 2=bb; 17 expected, 16 came";
        assert!(text.starts_with("queue 0=aa 1=aa 2=bb ") && text.ends_with(note), "{text}");
        let none = Observation::default();
        let short = Observation { queue: vec![entry(5)], ..Observation::default() };
        let texts = compared(Member::Queue, &none, &short);
        assert_eq!(texts, ("queue -".to_owned(), "queue 5=aa".to_owned()));
        assert_eq!(member_of(Member::Verified, &none), "verified none");
    }
}
