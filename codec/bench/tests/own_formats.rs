//! Postcard and prost have formats of their own, which cannot express every rule of this protocol. A
//! message that breaks such a rule is refused in them too, and the most similar valid one is accepted.

use fastrand::Rng;
use rollwire_codec_bench::{
    mix,
    peers::{Postcard, Prost},
    postcard, prost,
    subject::Subject,
};

#[test]
fn a_message_of_the_wrong_length_is_refused() {
    fn refused<S: Subject>(rng: &mut Rng) {
        for (index, datagram) in mix::mix(rng).iter().enumerate() {
            let bytes = S::translate(datagram);
            for len in 0..bytes.len() {
                assert!(
                    S::decode(&bytes[..len]).is_err(),
                    "{} accepts {len} of {bytes:02x?}",
                    S::NAME
                );
            }
            let longer = [&bytes[..], &[rng.u8(..)]].concat();
            assert!(S::decode(&longer).is_err(), "{} accepts {longer:02x?}", S::NAME);
            let measured = mix::shorter_or_longer(index, bytes);
            assert!(S::decode(&measured).is_err(), "{} accepts {measured:02x?}", S::NAME);
        }
    }
    let mut rng = Rng::with_seed(4);
    refused::<Postcard>(&mut rng);
    refused::<Prost>(&mut rng);
}

/// Protocol Buffers demand it, so that a later version may say more.
#[test]
fn prost_skips_a_field_that_it_does_not_know() {
    let bytes = Prost::translate(&[0x04]);
    assert!(Prost::decode(&[&bytes[..], &[0x78, 0x00]].concat()).is_ok());
}

const HASHES: [(&[u8; 8], bool); 5] = [
    (b"09afcafe", true),
    (b"G9afcafe", false),
    (b"09afcafA", false),
    (b"09af:afe", false),
    (b"09a`cafe", false),
];

#[test]
fn rules_that_postcard_cannot_say() {
    use postcard::{Entry, Message};

    fn judged(message: &Message, is_right: bool) {
        let bytes = ::postcard::to_stdvec(message).unwrap();
        assert_eq!(
            Postcard::decode(&bytes).is_ok(),
            is_right,
            "{:02x?}",
            &bytes[..bytes.len().min(40)]
        );
    }
    let entries = |count| vec![Entry { frame: 1, action: 0xff }; count];
    for (count, is_right) in [(0, false), (1, true), (15, true), (16, false)] {
        let entries = entries(count);
        judged(&Message::Input { player: 0xffff, current_frame: 1, entries }, is_right);
    }
    for (count, is_right) in [(0, true), (0xffff, true), (0x1_0000, false)] {
        judged(&Message::InputResponse { player: 1, entries: entries(count) }, is_right);
    }
    for (start, end, is_right) in [(0, 0, true), (7, 8, true), (8, 7, false)] {
        judged(&Message::InputRequest { start, end }, is_right);
    }
    for (hash, is_right) in HASHES {
        judged(&Message::EpisodeReady { episode: 1, hash: *hash }, is_right);
    }
    let mut focus =
        ::postcard::to_stdvec(&Message::FocusState { focused: true, frame: 1 }).unwrap();
    assert_eq!(focus[1], 1);
    assert!(Postcard::decode(&focus).is_ok());
    focus[1] = 2;
    assert!(Postcard::decode(&focus).is_err());
}

#[test]
fn rules_that_prost_cannot_say() {
    use prost::{Datagram, Entry, EpisodeReady, Input, InputRequest, InputResponse, Message};

    fn judged(message: Message, is_right: bool) {
        let bytes = ::prost::Message::encode_to_vec(&Datagram { message: Some(message) });
        assert_eq!(
            Prost::decode(&bytes).is_ok(),
            is_right,
            "{:02x?}",
            &bytes[..bytes.len().min(40)]
        );
    }
    let input = |player, action, count| {
        let entries = vec![Entry { frame: 1, action }; count];
        Message::Input(Input { player, current_frame: 1, entries })
    };
    let response = |player, action, count| {
        let entries = vec![Entry { frame: 1, action }; count];
        Message::InputResponse(InputResponse { player, entries })
    };
    for (count, is_right) in [(0, false), (1, true), (15, true), (16, false)] {
        judged(input(0xffff, 0xff, count), is_right);
    }
    for (count, is_right) in [(0, true), (0xffff, true), (0x1_0000, false)] {
        judged(response(0xffff, 0xff, count), is_right);
    }
    for message in [&input as &dyn Fn(_, _, _) -> _, &response] {
        judged(message(0x1_0000, 0xff, 1), false);
        judged(message(0xffff, 0x100, 1), false);
    }
    for (start, end, is_right) in [(0, 0, true), (7, 8, true), (8, 7, false)] {
        judged(Message::InputRequest(InputRequest { start, end }), is_right);
    }
    let texts = HASHES.map(|(hash, is_right)| (str::from_utf8(hash).unwrap(), is_right));
    for (hash, is_right) in texts.into_iter().chain([("09afcaf", false), ("09afcafe0", false)]) {
        judged(Message::EpisodeReady(EpisodeReady { episode: 1, hash: hash.to_owned() }), is_right);
    }
}
