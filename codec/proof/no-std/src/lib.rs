//! `rollwire-codec` in a program without the standard library.
//!
//! A program can have only one panic handler.
//! This library defines its own, so it compiles only if it does not link the standard library, which
//! defines another one: with the feature `plant-std`, it fails with E0152.

#![no_std]

#[cfg(feature = "plant-std")]
extern crate std;

use core::panic::PanicInfo;

use rollwire_codec::decode;

/// Decodes `datagram`, encodes it again into `out` and returns how many bytes that took;
/// 0 if the datagram was refused.
#[expect(unsafe_code, reason = "only a symbol keeps the codec from being dropped at link time")]
#[unsafe(no_mangle)]
pub extern "C" fn rollwire_reencode(datagram: &[u8; 64], len: u8, out: &mut [u8; 64]) -> usize {
    let Some(datagram) = datagram.get(..len.into()) else {
        return 0;
    };
    let Ok(message) = decode(datagram) else {
        return 0;
    };
    message.encode(out).map_or(0, <[u8]>::len)
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}
