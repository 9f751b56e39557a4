//! The checks can fail: examples, scenarios and observations that are not true are refuted, edited
//! layouts decode differently, and errors name their cause.

use rollwire_model::{
    Layout, Level, Model, chapters,
    examples::{Action, Example, Expected, examples},
    exchange::{
        Datagram, Line, Member, Mismatch, NotationError, Observation, Says, Session, StateHash,
        Stimulus, WorkedScenario, worked_scenarios,
    },
    hex::{self, Hex},
    peer::{Double, EpisodeView, Page, Phase, ValidationPhase, View},
};

#[test]
fn an_example_that_is_not_true_is_refuted() {
    for example in examples().unwrap() {
        let mut wrong = example.clone();
        wrong.expected = match &example.expected {
            Expected::Bytes(bytes) => Expected::Bytes([&bytes[..], &[0]].concat()),
            Expected::Reject(class, _) => Expected::Reject(*class, Some(99)),
            Expected::Value(value) => {
                let mut value = value.clone();
                value.message.push('x');
                Expected::Value(value)
            }
        };
        let Example { chapter, line, .. } = example;
        let error = wrong.run().expect_err("it is not true").to_string();
        assert!(error.starts_with(&format!("spec/{chapter}:{line}: expected ")), "{error}");
        assert!(error.contains(", found "), "{error}");
    }
}

/// The bytes of an encoded value are a claim too.
#[test]
fn an_example_that_encodes_differently_is_refuted() {
    let mut decodes = examples().unwrap();
    decodes
        .retain(|it| matches!((&it.action, &it.expected), (Action::Decode(_), Expected::Value(_))));
    for mut example in decodes {
        example.reencode = Some(vec![0xff]);
        example.run().unwrap_err();
    }
}

/// The line of an example is that of its first line, as an editor counts.
#[test]
fn an_example_names_its_first_line() {
    for Example { chapter, line, .. } in examples().unwrap() {
        let text = chapters().iter().find(|it| it.name == chapter).unwrap().text;
        assert_eq!(text.lines().nth(line - 2), Some("```example"), "{chapter}:{line}");
    }
}

#[test]
fn a_scenario_that_is_not_true_is_refuted() {
    for scenario in worked_scenarios().unwrap() {
        for at in 0..scenario.scene.lines.len() {
            let mut wrong = scenario.clone();
            let line = &mut wrong.scene.lines[at];
            for claim in &mut line.claims {
                match &mut claim.says {
                    Says::Frames(frames) => frames.push((7, None)),
                    Says::Sent(datagrams) => datagrams.push(Datagram::new(vec![4])),
                    Says::Peer(text) => text.push('7'),
                }
            }
            if line.claims.is_empty() {
                // A line without claims states that nothing was sent.
                line.claims = "tick | sent 1".parse::<Line>().unwrap().claims;
            }
            let error = wrong.run().expect_err("it is not true").to_string();
            assert!(
                error.starts_with(&format!("spec/{}:{}: ", wrong.chapter, wrong.line)),
                "{error}"
            );
        }
    }
}

fn scenario(text: &str) -> Result<(), String> {
    let scene = text.parse().map_err(|error: NotationError| error.to_string())?;
    let scenario = WorkedScenario { chapter: "exchange.md", line: 1, scene };
    scenario.run().map_err(|error| error.message)
}

#[test]
fn each_part_of_a_claim_counts() {
    let begin = "confirm 5 aa\n\nconfirm 10 bb";
    for right in ["queue 5=aa 10=bb", "queue 5 10", "history 5 10=bb", "verified none", "map -"] {
        assert_eq!(scenario(&format!("{begin} | {right}")), Ok(()), "{right}");
    }
    for (wrong, text) in [
        ("queue 5=aa 10=aa", "confirm 10 bb: expected queue 5=aa 10=aa, found queue 5=aa 10=bb"),
        ("queue 5=bb 10=bb", "confirm 10 bb: expected queue 5=bb 10=bb, found queue 5=aa 10=bb"),
        ("queue 6=aa 10=bb", "confirm 10 bb: expected queue 6=aa 10=bb, found queue 5=aa 10=bb"),
        ("queue 5=aa", "confirm 10 bb: expected queue 5=aa, found queue 5=aa 10=bb"),
        ("history -", "confirm 10 bb: expected history -, found history 5=aa 10=bb"),
        ("verified 5", "confirm 10 bb: expected verified 5, found verified none"),
        ("sent 5", "confirm 10 bb: expected sent 5, found sent -"),
    ] {
        assert_eq!(scenario(&format!("{begin} | {wrong}")), Err(text.to_owned()));
    }
    // A line without a claim about `sent` claims that nothing is sent.
    let text = "tick: expected sent -, found sent 5=aa 10=bb";
    assert_eq!(scenario(&format!("{begin}\ntick")), Err(text.to_owned()));
    assert_eq!(scenario("jump"), Err("expected a stimulus, found \"jump\"".to_owned()));
    let text = "expected 16 lower-case hex digits, found \"xy\"";
    assert_eq!(scenario("confirm 1 xy"), Err(text.to_owned()));
}

#[test]
fn every_member_of_an_observation_is_compared() {
    let hash = StateHash([7; 8]);
    let entry = (1, hash);
    let sent = vec![Datagram::new(vec![4])];
    let of_peer = |peer: View| Observation { peer, ..Observation::default() };
    let episode = EpisodeView {
        number: 0,
        phase: Phase::Waiting,
        end: None,
        agreed: None,
        start: None,
        hashes: None,
    };
    let different = [
        Observation { sent, ..Observation::default() },
        Observation { queue: vec![entry], ..Observation::default() },
        Observation { map: vec![entry], ..Observation::default() },
        Observation { history: vec![entry], ..Observation::default() },
        Observation { verified: Some(0), ..Observation::default() },
        Observation {
            events: vec![Mismatch { frame: 1, local: hash, peer: hash }],
            ..Observation::default()
        },
        of_peer(View { confirmed: Some(0), ..View::default() }),
        of_peer(View { held: vec![(0, 0)], ..View::default() }),
        of_peer(View { round_trips: vec![Double(0)], ..View::default() }),
        of_peer(View { validation: ValidationPhase::Failed, ..View::default() }),
        of_peer(View { episode: Some(episode), ..View::default() }),
        of_peer(View { request: Some((0, 0)), ..View::default() }),
        of_peer(View { partner: Page::Hidden, ..View::default() }),
    ];
    assert_eq!(different.len(), Member::ALL.len());
    let same = Observation::default();
    assert_eq!(same.differences(&same).count(), 0);
    for (member, other) in Member::ALL.into_iter().zip(different) {
        assert_eq!(same.differences(&other).collect::<Vec<_>>(), [member]);
    }
}

#[test]
fn a_session_shows_its_state() {
    let mut session = Session::specified(&Model::latest());
    session.step(&Stimulus::Confirm { frame: 5, hash: StateHash([7; 8]) });
    assert_eq!(session.state().queue, [(5, StateHash([7; 8]))]);
}

/// An edited layout is how a wrong implementation is made.
#[test]
fn an_edited_layout_decodes_differently() {
    let mut layout = Layout::builtin().clone();
    assert!(layout.message_mut("pings").is_none());
    let message = layout.message_mut("episode_end").unwrap();
    assert!(message.field_mut("frames").is_none());
    message.field_mut("frame").unwrap().signed = true;
    let model = Model::new(&layout, layout.revision);
    for (hex, frame) in [
        ("05 80000000 00000001", -(1_i64 << 31)),
        ("05 ffffffff 00000001", -1),
        ("05 7fffffff 00000001", i64::from(i32::MAX)),
        ("05 00000000 00000001", 0),
    ] {
        let value = model.decode(&hex::parse(hex).unwrap()).unwrap();
        assert_eq!(value.fields["frame"], frame, "{hex}");
        assert_eq!(value.fields["episode"], 1);
    }
}

#[test]
fn errors_and_names_state_their_cause() {
    let text = "not a table of message layouts: ";
    assert!(Layout::parse("revision = ").unwrap_err().to_string().starts_with(text));
    let levels = [Level::Must, Level::Should, Level::May].map(|level| level.to_string());
    assert_eq!(levels, ["MUST", "SHOULD", "MAY"]);
    let hex = Hex::try_from("07 00".to_owned()).unwrap();
    assert_eq!(
        (hex.as_str(), hex.to_string(), hex.bytes()),
        ("07 00", "07 00".to_owned(), &[7, 0][..])
    );
    for (text, error) in [
        ("0g", "expected a hex digit or a blank, found 'g'"),
        ("070", "expected two hex digits a byte, found one left over"),
    ] {
        assert_eq!(hex::parse(text).unwrap_err().to_string(), error);
    }
    let (short, long) = (StateHash([0xaa; 8]), StateHash([1, 1, 1, 1, 1, 1, 1, 2]));
    assert_eq!((format!("{short:#}"), format!("{short}")), ("aa".to_owned(), "aa".repeat(8)));
    assert_eq!(
        (format!("{long:#}"), format!("{long:?}")),
        ("0101010101010102".to_owned(), "0101010101010102".to_owned())
    );
    let error = "AB".parse::<StateHash>().unwrap_err().to_string();
    assert_eq!(error, "expected 16 lower-case hex digits, found \"AB\"");
}
