//! Every possible first two bytes: no datagram causes a panic, and every accepted one is canonical.

use rollwire_codec::decode;

#[test]
fn every_two_bytes_before_every_body() {
    let mut bodies = Vec::new();
    for len in [0, 4, 5, 6, 7, 8, 9, 11, 12, 13, 22, 82, 87] {
        for fill in [0x00, 0x01, 0x0f, b'a', 0xff] {
            bodies.push(vec![fill; len]);
        }
    }
    // INPUT and INPUT_RESPONSE whose counts fit their lengths.
    bodies.push(b"\0\0\0\0\0\x01\xff\0\0\0\0\x03".to_vec());
    bodies.push(b"\0\0\x01\0\0\0\0\x03".to_vec());

    let mut accepted = 0;
    let mut wire = Vec::new();
    let mut out = [0; 128];
    for first in 0..=u8::MAX {
        for second in 0..=u8::MAX {
            for body in &bodies {
                wire.clear();
                wire.extend([first, second]);
                wire.extend(body);
                match decode(&wire) {
                    Ok(message) => {
                        accepted += 1;
                        assert_eq!(message.message_type().to_byte(), first);
                        assert_eq!(message.encoded_len(), wire.len());
                        let written = message.encode(&mut out).unwrap();
                        if first == 0x01 {
                            wire[8] = 0;
                        }
                        assert_eq!(written, wire);
                    }
                    Err(error) => assert!(error.offset() <= wire.len(), "{error}"),
                }
            }
        }
    }
    assert!(accepted > 256 * 12, "{accepted}");
}
