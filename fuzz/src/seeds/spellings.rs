//! Datagrams in the spellings that the reader of captures knows.

use std::fmt::Write as _;

use rollwire_model::hex::plain;

use crate::published;

/// One published datagram in this many becomes a seed in each spelling.
const DATAGRAMS_PER_SEED: usize = 24;

/// Texts with datagrams.
pub(super) fn texts() -> Vec<Vec<u8>> {
    let datagrams = published::set().bytes().filter_map(|case| Some(case.bytes()?.to_vec()));
    let short = datagrams.filter(|bytes| (1..=64).contains(&bytes.len()));
    short.step_by(DATAGRAMS_PER_SEED).flat_map(|bytes| spellings(&bytes)).collect()
}

fn spellings(bytes: &[u8]) -> Vec<Vec<u8>> {
    let joined = |separator: &str, each: &dyn Fn(&u8) -> String| {
        bytes.iter().map(each).collect::<Vec<_>>().join(separator)
    };
    let decimal = joined(", ", &|byte| byte.to_string());
    let pairs = joined(" ", &|byte| format!("{byte:02x}"));
    let texts = [
        plain(bytes),
        joined(":", &|byte| format!("{byte:02x}")),
        joined(", ", &|byte| format!("0x{byte:02x}")),
        format!("b'{}'", joined("", &|byte| format!("\\x{byte:02x}"))),
        format!("Uint8Array({}) [{decimal}]", bytes.len()),
        format!("<Buffer {pairs}>"),
        format!("{{\"type\":\"Buffer\",\"data\":[{decimal}]}}"),
        dump(bytes),
    ];
    texts.map(String::into_bytes).into()
}

/// A dump as `xxd -g1` writes it.
fn dump(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (at, line) in bytes.chunks(16).enumerate() {
        let pairs: Vec<String> = line.iter().map(|byte| format!("{byte:02x}")).collect();
        let shown = |byte: &u8| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '.' };
        let characters: String = line.iter().map(shown).collect();
        let _ = writeln!(text, "{:08x}: {:<47}  {characters}", 16 * at, pairs.join(" "));
    }
    text
}
