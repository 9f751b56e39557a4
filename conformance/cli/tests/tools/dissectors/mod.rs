//! Wireshark's dissector and the description for Kaitai Struct, held against every published datagram in
//! every revision, against random ones, and against a table with a message that no chapter describes.

mod datagrams;
mod expected;
mod kaitai;
mod tshark;
mod ways;
mod wireshark;

use crate::support::Test;

pub(crate) fn tests() -> Vec<Test> {
    [wireshark::tests(), ways::tests(), kaitai::tests()].into_iter().flatten().collect()
}
