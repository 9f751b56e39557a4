//! The text of refusals, and that each class and offset is the one of `spec/refusals.md`.

use rollwire_model::{Level, Model, Refusal, RefusalClass, Value, hex};
use serde_json::json;

fn refusal(revision: u8, datagram: &str) -> Refusal {
    let bytes = hex::parse(datagram).expect("hex");
    Model::specified(revision).decode(&bytes).expect_err("refused")
}

#[test]
fn a_refusal_says_what_was_expected_and_found() {
    for (revision, datagram, text) in [
        (7, "", "empty at byte 0: expected at least 1 byte, found none (WIRE-1)"),
        (
            7,
            "08",
            "unknown_type at byte 0: expected a message type of revision 7, found 0x08 (WIRE-2)",
        ),
        (
            3,
            "07",
            "unknown_type at byte 0: expected a message type of revision 3, found 0x07 (WIRE-2)",
        ),
        (7, "07 00000096", "truncated at byte 5: expected 13 bytes, found 5 bytes (STATE_HASH-1)"),
        (7, "01 0001 00", "truncated at byte 4: expected 9 bytes, found 4 bytes (INPUT-1)"),
        (
            7,
            "01 0001 00000064 02 00 0000006403",
            "truncated at byte 14: expected 19 bytes, found 14 bytes (INPUT-1)",
        ),
        (7, "04 00", "trailing at byte 1: expected 1 byte, found 2 bytes (KEEPALIVE-1)"),
        (
            7,
            "01 0001 00000064 10 00",
            "count at byte 7 in count: expected 1 to 15 entries, found 16 (INPUT-7)",
        ),
        (
            7,
            "01 0001 00000064 00 00",
            "count at byte 7 in count: expected 1 to 15 entries, found 0 (INPUT-5)",
        ),
        (
            7,
            "06 00000001 6131423263336434",
            "text at byte 7 in hash: expected a character 0-9 or a-f, found byte 0x42 (EPISODE_READY-4)",
        ),
        (
            7,
            "14 02 000001b8",
            "value at byte 1 in focused: expected 0 or 1, found 2 (FOCUS_STATE-3)",
        ),
        (
            7,
            "12 0000000a 00000005",
            "range at byte 5 in end: expected at least start, which is 10, found 5 (INPUT_REQUEST-4)",
        ),
    ] {
        assert_eq!(refusal(revision, datagram).to_string(), text);
    }
}

#[test]
fn only_should_and_may_have_an_alternative() {
    let six =
        "01 0001 00000064 06 00 0000006400 0000006501 0000006602 0000006703 0000006804 0000006905";
    for (revision, datagram, level) in [
        (7, "07 00000096", Level::Must),
        (7, "01 0001 00000064 10 00", Level::Must),
        (7, "01 0001 00000064 00 00", Level::Should),
        (7, "14 02 000001b8", Level::Should),
        (6, six, Level::May),
    ] {
        let refusal = refusal(revision, datagram);
        assert_eq!(refusal.level, level, "{datagram}");
        assert_eq!(refusal.alternative.is_some(), level != Level::Must, "{datagram}");
    }
}

#[test]
fn an_encoder_names_the_field() {
    let entries = json!([{"frame": 1, "action": 2}, {"frame": 2, "action": 256}]);
    let value =
        Value::new("input").with("player", 0).with("current_frame", 2).with("entries", entries);
    let refusal = Model::latest().encode(&value).expect_err("action 256");
    assert_eq!(
        refusal.to_string(),
        "range in entries[1].action: expected 0 to 255, found 256 (INPUT-12)"
    );
}

#[test]
fn an_encoder_refuses_missing_and_surplus_fields() {
    for value in [
        Value::new("episode_end").with("frame", 450),
        Value::new("episode_end").with("frame", 450).with("episode", 0).with("type", 5),
        Value::new("keepalive").with("frame", 450),
        Value::new("input_response").with("player", 0).with("entries", json!([{"frame": 1}])),
        Value::new("input_response")
            .with("player", 0)
            .with("entries", json!([{"frame": 1, "action": 2, "x": 3}])),
        Value::new("input_response").with("player", 0).with("entries", json!([])).with("count", 0),
        Value::new("ping").with("timestamp", "40934a"),
    ] {
        let refusal = Model::latest().encode(&value).expect_err("refused");
        assert_eq!(refusal.class, RefusalClass::Value, "{value}");
    }
}

#[test]
fn a_number_is_an_integer_by_its_value() {
    let value =
        |frame| Value::new("state_hash").with("frame", frame).with("hash", "0123456789abcdef");
    let model = Model::latest();
    assert_eq!(model.encode(&value(json!(5.0))), model.encode(&value(json!(5))));
    for (frame, class) in [
        (json!(5.5), RefusalClass::Value),
        (json!(-5.0), RefusalClass::Range),
        (json!(1e300), RefusalClass::Range),
        (json!(u64::MAX), RefusalClass::Range),
    ] {
        assert_eq!(
            model.encode(&value(frame.clone())).expect_err("refused").class,
            class,
            "{frame}"
        );
    }
}

#[test]
fn classes_have_names_that_can_be_parsed() {
    for class in RefusalClass::ALL {
        assert_eq!(class.to_string().parse(), Ok(class));
        assert_eq!(serde_json::to_value(class).expect("JSON"), class.as_str());
    }
    let error = "length".parse::<RefusalClass>().expect_err("no class");
    assert_eq!(error.to_string(), "expected one of the eight refusal classes, found \"length\"");
}
