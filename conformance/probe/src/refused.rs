//! Datagrams of every class of refusal, made from the layouts.

use rollwire_model::{Level, Model, RefusalClass, peer::Message, rule};

/// What would betray that one was taken for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trap {
    /// Nothing that can be seen.
    None,
    /// An answer with its timestamp.
    Echo,
    /// An INPUT_RESPONSE.
    Response,
    /// A READY.
    Ready,
}

/// A datagram that a codec refuses.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub(crate) bytes: Vec<u8>,
    pub(crate) class: RefusalClass,
    pub(crate) rule: String,
    /// Whether a peer may accept it all the same, as the alternative of a SHOULD.
    pub(crate) is_should: bool,
    pub(crate) trap: Trap,
}

/// All of them. `ready` is the own READY of the running episode, and `stamp` gives a timestamp by number.
pub(crate) fn all(model: &Model, ready: Option<&Message>, stamp: fn(u64) -> u64) -> Vec<Refused> {
    let mut all: Vec<Refused> = Vec::new();
    let mut add = |bytes: Vec<u8>, trap: Trap| {
        let Err(refusal) = model.decode(&bytes) else { return };
        let is_should = rule(&refusal.rule).is_some_and(|rule| rule.level == Level::Should);
        let rule = refusal.rule.to_string();
        all.push(Refused { bytes, class: refusal.class, rule, is_should, trap });
    };
    add(Vec::new(), Trap::None);
    for byte in [0x00, 0x08, 0x0f, 0x15, 0x7b, 0xff] {
        add(vec![byte], Trap::None);
        add([vec![byte], vec![0; 12]].concat(), Trap::None);
    }
    for (message, trap) in examples(ready, stamp) {
        let bytes = message.datagram().bytes().to_vec();
        add(bytes[..bytes.len() - 1].to_vec(), trap);
        add(bytes[..1].to_vec(), Trap::None);
        add([&bytes[..], &[0]].concat(), trap);
        add([&bytes[..], &[0; 300]].concat(), trap);
    }
    let input = Message::Input { player: 0, current_frame: 3, entries: vec![(3, 0)] };
    let input = input.datagram().bytes().to_vec();
    for count in [0, 2, 16, 255] {
        let mut bytes = input.clone();
        bytes[7] = count;
        bytes.resize(9 + 5 * usize::from(count), 0);
        if count == 2 {
            bytes.truncate(14);
        }
        add(bytes, Trap::None);
    }
    let mut response = vec![0x13, 0, 0, 0xff, 0xff];
    response.extend([0; 5]);
    add(response, Trap::None);
    for flag in [2, 0xff] {
        add(vec![0x14, flag, 0, 0, 0, 1], Trap::None);
    }
    if let Some(Message::EpisodeReady { episode, .. }) = ready {
        let bad = Message::EpisodeReady { episode: *episode, hash: *b"zz\0\xff<>&\"" };
        add(bad.datagram().bytes().to_vec(), Trap::Ready);
    }
    let request = Message::InputRequest { start: 9, end: 3 };
    add(request.datagram().bytes().to_vec(), Trap::Response);
    all
}

/// A message of each type, which is then cut or lengthened.
fn examples(ready: Option<&Message>, stamp: fn(u64) -> u64) -> Vec<(Message, Trap)> {
    let mut all = vec![
        (Message::Input { player: 0, current_frame: 3, entries: vec![(3, 0)] }, Trap::None),
        (Message::Ping { timestamp: stamp(0) }, Trap::Echo),
        (Message::Pong { timestamp: 7 }, Trap::None),
        (Message::Keepalive, Trap::None),
        (Message::EpisodeEnd { frame: 1, episode: 0 }, Trap::None),
        (Message::StateHash { frame: 1, hash: [9; 8] }, Trap::None),
        (Message::ValidationPing { timestamp: stamp(1) }, Trap::Echo),
        (Message::ValidationPong { timestamp: 7 }, Trap::None),
        (Message::InputRequest { start: 0, end: 3 }, Trap::Response),
        (Message::InputResponse { player: 0, entries: vec![(3, 0)] }, Trap::None),
        (Message::FocusState { focused: true, frame: 3 }, Trap::None),
    ];
    let own = Message::EpisodeReady { episode: 1, hash: *b"00000000" };
    all.push((ready.unwrap_or(&own).clone(), Trap::Ready));
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_class_of_a_decoder_is_there_and_every_message() {
        let ready = Message::EpisodeReady { episode: 1, hash: *b"00000000" };
        let all = all(&Model::latest(), Some(&ready), |number| number);
        let classes: BTreeSet<_> = all.iter().map(|it| it.class).collect();
        assert_eq!(classes, RefusalClass::ALL.into_iter().collect());
        let types: BTreeSet<u8> = all.iter().filter_map(|it| it.bytes.first().copied()).collect();
        for message in &Model::latest().layout().messages {
            assert!(types.contains(&message.type_byte), "{}", message.name);
        }
        for trap in [Trap::Echo, Trap::Response, Trap::Ready] {
            assert!(all.iter().filter(|it| it.trap == trap).count() > 1, "{trap:?}");
        }
    }
}
