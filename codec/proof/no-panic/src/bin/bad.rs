//! Must not link, which shows that the check of `good` works.

use std::{
    hint::black_box,
    io::{self, Read},
};

use no_panic::no_panic;

fn main() -> io::Result<()> {
    let mut datagram = Vec::new();
    io::stdin().read_to_end(&mut datagram)?;
    black_box(planted(&datagram));
    Ok(())
}

#[no_panic]
#[inline(never)]
fn planted(datagram: &[u8]) -> u8 {
    datagram[12]
}
