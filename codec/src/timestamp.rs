//! A double that is preserved bit for bit.

use core::fmt;

/// A moment of the sender's clock, in milliseconds, as the bits of an IEEE 754 double.
///
/// The protocol compares and echoes the bits, so −0 differs from 0, and a NaN equals itself.
/// [`as_millis`](Self::as_millis) converts them into a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The timestamp with these bits; every pattern is valid.
    #[inline]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The bits, the most significant one being the sign.
    #[inline]
    pub const fn to_bits(self) -> u64 {
        self.0
    }

    /// The timestamp of a clock that reads `millis`.
    #[inline]
    pub const fn from_millis(millis: f64) -> Self {
        Self(millis.to_bits())
    }

    /// What the clock read, in milliseconds.
    #[inline]
    pub const fn as_millis(self) -> f64 {
        f64::from_bits(self.0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({:#018x} = {:?} ms)", self.0, self.as_millis())
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::format;

    use super::*;

    #[test]
    fn milliseconds_survive() {
        assert_eq!(Timestamp::from_millis(1234.5).as_millis(), 1234.5);
        assert_eq!(Timestamp::from_millis(1.0).to_bits(), 0x3ff0_0000_0000_0000);
    }

    #[test]
    fn bits_are_compared_not_numbers() {
        let nan = Timestamp::from_bits(0x7ff8_0000_0000_0000);
        assert_eq!(nan, nan);
        assert_ne!(Timestamp::from_millis(0.0), Timestamp::from_millis(-0.0));
    }

    #[test]
    fn debug_shows_bits_and_milliseconds() {
        let timestamp = Timestamp::from_millis(1.5);
        assert_eq!(format!("{timestamp:?}"), "Timestamp(0x3ff8000000000000 = 1.5 ms)");
    }
}
