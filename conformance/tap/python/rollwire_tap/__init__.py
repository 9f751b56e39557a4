"""Records the datagrams of a channel as a rollwire capture (spec/capture.md)."""

from rollwire_tap.tap import Tap

__all__ = ["Tap"]
