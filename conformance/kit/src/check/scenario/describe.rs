//! An observation in the words of the chapters.

use std::borrow::Cow;

use rollwire_model::exchange::{Claim, Entry, Member, Mismatch, Observation, Says, message_or_hex};

use crate::text::{
    around::{around_difference, lists_around_difference, missing_and_surplus},
    shorten,
};

/// Lists with more elements than this are compared in words as well.
const FEW: usize = 6;

/// Of lists with more elements than this, what both have in common is left out of the comparison as far as
/// it cannot be shown.
const LONG: usize = 1000;

/// A member of an observation as the chapters write it; datagrams that are not a STATE_HASH in hex.
#[must_use]
pub fn member_of(member: Member, observation: &Observation) -> String {
    let elements = elements(member, observation);
    shorten(&text(member, &elements.join(between(member, &[observation]))))
}

/// A member of two observations, the right one first. Of long lists, both are cut around the first
/// difference, and the second text says what is missing and what is surplus.
#[must_use]
pub fn compared(member: Member, right: &Observation, got: &Observation) -> (String, String) {
    let between = between(member, &[right, got]);
    let mut shown = [right, got].map(Cow::Borrowed);
    if [right, got].into_iter().all(|it| list(member, it).len() > LONG) {
        shown = without_what_is_the_same(member, right, got).map(Cow::Owned);
    }
    let lengths = [right, got].map(|it| length(member, it));
    let [right, got] = shown.each_ref().map(|it| elements(member, it));
    if right.len().max(got.len()) <= FEW {
        let [right, got] = [right, got].map(|it| text(member, &it.join(between)));
        return around_difference(&right, &got);
    }
    let (one, other) = lists_around_difference(&right, &got, between);
    let note = missing_and_surplus(&right, &got, lengths);
    (text(member, &one), format!("{}; {note}", text(member, &other)))
}

/// How many elements a member has.
fn length(member: Member, observation: &Observation) -> usize {
    match member {
        Member::Sent => observation.sent.len(),
        Member::Verified => usize::from(observation.verified.is_some()),
        Member::Events => observation.events.len(),
        Member::Queue | Member::Map | Member::History => list(member, observation).len(),
        Member::Held => observation.peer.held.len(),
        Member::RoundTrips => observation.peer.round_trips.len(),
        _ => 1,
    }
}

/// The entries of a list; none for the other members.
fn list(member: Member, observation: &Observation) -> &[Entry] {
    match member {
        Member::Queue => &observation.queue,
        Member::Map => &observation.map,
        Member::History => &observation.history,
        _ => &[],
    }
}

/// Two long lists around what differs: of what both have at the beginning and at the end, as much as can
/// be shown. To write all of it as text would take most of the time of a hostile log.
fn without_what_is_the_same(
    member: Member,
    right: &Observation,
    got: &Observation,
) -> [Observation; 2] {
    let [right, got] = [right, got].map(|it| list(member, it));
    let same = |pairs: &mut dyn Iterator<Item = (&Entry, &Entry)>| {
        pairs.take_while(|(one, other)| one == other).count()
    };
    let begin = same(&mut right.iter().zip(got));
    let (one, other) = (&right[begin..], &got[begin..]);
    let end = same(&mut one.iter().rev().zip(other.iter().rev()));
    [right, got].map(|entries| {
        let until = entries.len() - end.saturating_sub(LONG / 2);
        let kept = entries[begin.saturating_sub(LONG / 2)..until].to_vec();
        let mut observation = Observation::default();
        *match member {
            Member::Queue => &mut observation.queue,
            Member::Map => &mut observation.map,
            _ => &mut observation.history,
        } = kept;
        observation
    })
}

fn text(member: Member, elements: &str) -> String {
    match elements {
        "" if member == Member::Verified => format!("{member} none"),
        "" => format!("{member} -"),
        _ => format!("{member} {elements}"),
    }
}

/// What stands between two elements. A message has blanks of its own.
fn between(member: Member, observations: &[&Observation]) -> &'static str {
    let are_words = member == Member::Sent && !observations.iter().all(|it| sends_hashes(it));
    if are_words || member == Member::Events { ", " } else { " " }
}

/// Whether everything that was sent has the length of a STATE_HASH.
fn sends_hashes(observation: &Observation) -> bool {
    observation.sent.iter().all(|datagram| datagram.bytes().len() == 13)
}

/// The elements of a member, each as text.
fn elements(member: Member, observation: &Observation) -> Vec<String> {
    if member == Member::Sent && !sends_hashes(observation) {
        return observation.sent.iter().map(message_or_hex).collect();
    }
    if member == Member::Events {
        // Both hashes are to be seen, since they may have changed places.
        let event =
            |it: &Mismatch| format!("{} (local {:#}, peer {:#})", it.frame, it.local, it.peer);
        return observation.events.iter().map(event).collect();
    }
    let frames = match Claim::observed(member, observation).says {
        Says::Frames(frames) => frames,
        Says::Sent(datagrams) => return datagrams.iter().map(message_or_hex).collect(),
        Says::Peer(text) if text == "-" => return Vec::new(),
        Says::Peer(text) => return text.split(' ').map(str::to_owned).collect(),
    };
    let element = |(frame, hash): &(u32, Option<_>)| match hash {
        Some(hash) => format!("{frame}={hash:#}"),
        None => frame.to_string(),
    };
    frames.iter().map(element).collect()
}

#[cfg(test)]
mod tests {
    use rollwire_model::exchange::StateHash;

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
        // Much longer ones are described in the same words.
        let right = Observation { queue: (0..9000).map(entry).collect(), ..Observation::default() };
        let mut got = right.clone();
        got.queue[4000].1 = StateHash([0xbb; 8]);
        got.queue.remove(5000);
        let (expected, text) = compared(Member::Queue, &right, &got);
        assert!(expected.starts_with("queue … 3997=aa 3998=aa 3999=aa 4000=aa "), "{expected}");
        let note = "; missing 4000=aa, 5000=aa, surplus 4000=bb; 9000 expected, 8999 came";
        assert!(text.ends_with(note), "{text}");
        let none = Observation::default();
        let short = Observation { queue: vec![entry(5)], ..Observation::default() };
        let texts = compared(Member::Queue, &none, &short);
        assert_eq!(texts, ("queue -".to_owned(), "queue 5=aa".to_owned()));
        assert_eq!(member_of(Member::Verified, &none), "verified none");
    }
}
