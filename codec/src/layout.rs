//! The checked fields: what a message's own file and [`DecodeError`](crate::DecodeError) both need to
//! know about them.

/// The offset of INPUT's count.
pub(crate) const INPUT_COUNT: usize = 1 + 2 + 4;

/// The greatest count of INPUT.
pub(crate) const INPUT_MAX_ENTRIES: usize = 15;

/// The offset of INPUT_REQUEST's `end`.
pub(crate) const INPUT_REQUEST_END: usize = 1 + 4;

/// The offset of FOCUS_STATE's `focused`.
pub(crate) const FOCUS_STATE_FOCUSED: usize = 1;
