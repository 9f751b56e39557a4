//! What a chart shows: its name, its unit, and its value at a point.

use rollwire_conformance::text::grouped;

use crate::sweep::Measured;

/// A column of the table that `rollwire simulate` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Agreed,
    Lost,
    Verified,
    Noticed,
    Datagrams,
    Bytes,
}

impl Measure {
    /// All of them, in the order of the table.
    pub(super) const ALL: [Self; 6] =
        [Self::Agreed, Self::Lost, Self::Verified, Self::Noticed, Self::Datagrams, Self::Bytes];

    /// The title of its chart, without the unit.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Agreed => "Agreed ends",
            Self::Lost => "Inputs missing at the end",
            Self::Verified => "Verified frames",
            Self::Noticed => "Desyncs that a peer noticed",
            Self::Datagrams => "Datagrams that one peer sends",
            Self::Bytes => "Bytes that one peer sends",
        }
    }

    /// What a tick stands for.
    pub(super) const fn unit(self) -> &'static str {
        match self {
            Self::Agreed => "% of episodes",
            Self::Lost => "% of inputs",
            Self::Verified => "% of frames",
            Self::Noticed => "% of desyncs",
            Self::Datagrams | Self::Bytes => "a second",
        }
    }

    /// Its value: parts of a thousand, or a number a second. There is none if nothing could be noticed
    /// or verified.
    pub(super) fn of(self, measured: &Measured) -> Option<u64> {
        match self {
            Self::Agreed => Some(measured.agreed()),
            Self::Lost => Some(measured.lost()),
            Self::Verified => measured.verified(),
            Self::Noticed => measured.noticed(),
            Self::Datagrams => Some(measured.a_second().0),
            Self::Bytes => Some(measured.a_second().1),
        }
    }

    /// A value for people.
    pub(super) fn shown(self, value: u64) -> String {
        match self {
            Self::Datagrams | Self::Bytes => grouped(value),
            _ => format!("{}.{}%", value / 10, value % 10),
        }
    }

    /// A value beside its axis, whose unit is in the title.
    pub(super) fn tick(self, value: u64) -> String {
        match self {
            Self::Datagrams | Self::Bytes => grouped(value),
            _ if value.is_multiple_of(10) => (value / 10).to_string(),
            _ => format!("{}.{}", value / 10, value % 10),
        }
    }

    /// The end of its axis, if that does not depend on what was measured.
    pub(super) const fn top(self) -> Option<u64> {
        match self {
            Self::Agreed | Self::Verified | Self::Noticed => Some(1000),
            Self::Lost | Self::Datagrams | Self::Bytes => None,
        }
    }

    /// The text of a cell of the table.
    pub(super) fn cell(self, measured: &Measured) -> String {
        self.of(measured).map_or("–".to_owned(), |value| self.shown(value))
    }
}
