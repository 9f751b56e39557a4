package wire

import (
	"encoding/binary"

	"rollwire.example/refusal"
)

// Decode reads one datagram. It refuses what it must and what it should
// refuse, in the order of checks of the specification, so that the class is
// always that of the first check that fails (REFUSAL-2).
//
// The message has no part of the datagram in it: a caller may use its receive
// buffer again (WIRE-3).
func Decode(revision Revision, datagram []byte) (Message, error) {
	if len(datagram) == 0 {
		return nil, refusal.At(0, refusal.Empty, "the datagram has no bytes") // WIRE-1
	}
	kind := Kind(datagram[0])
	l, known := layouts[kind]
	if !known || l.since > revision {
		return nil, refusal.At(0, refusal.UnknownType, "0x%02x is no message type of revision %d", datagram[0], revision) // WIRE-2
	}
	if len(datagram) < l.header {
		return nil, tooShort(datagram, l.header)
	}
	// The length is an int, in which 5 + 5·65535 does not overflow. Nothing
	// is reserved for a count before the length has confirmed it.
	length := l.header
	switch kind {
	case KindInput:
		count := int(datagram[7])
		if count < 1 || count > MaxInputEntries(revision) {
			return nil, refusal.At(7, refusal.Count, "%d entries, expected 1 to %d", count, MaxInputEntries(revision)) // INPUT-5 to INPUT-7
		}
		length += entrySize * count
	case KindInputResponse:
		length += entrySize * int(binary.BigEndian.Uint16(datagram[3:]))
	}
	if len(datagram) < length {
		return nil, tooShort(datagram, length)
	}
	if len(datagram) > length {
		return nil, refusal.At(length, refusal.Trailing, "expected %d bytes, found %d", length, len(datagram))
	}
	return decodeFields(kind, datagram)
}

func tooShort(datagram []byte, length int) error {
	return refusal.At(len(datagram), refusal.Truncated, "expected %d bytes, found %d", length, len(datagram))
}

// decodeFields reads a datagram whose length is right.
func decodeFields(kind Kind, datagram []byte) (Message, error) {
	u16 := func(offset int) uint16 { return binary.BigEndian.Uint16(datagram[offset:]) }
	u32 := func(offset int) uint32 { return binary.BigEndian.Uint32(datagram[offset:]) }
	u64 := func(offset int) uint64 { return binary.BigEndian.Uint64(datagram[offset:]) }

	switch kind {
	case KindInput:
		// Byte 8 is reserved and ignored (INPUT-8).
		return Input{Player: u16(1), CurrentFrame: u32(3), Entries: decodeEntries(datagram[9:])}, nil
	case KindPing:
		return Ping{u64(1)}, nil
	case KindPong:
		return Pong{u64(1)}, nil
	case KindValidationPing:
		return ValidationPing{u64(1)}, nil
	case KindValidationPong:
		return ValidationPong{u64(1)}, nil
	case KindEpisodeEnd:
		return EpisodeEnd{Frame: u32(1), Episode: u32(5)}, nil
	case KindEpisodeReady:
		m := EpisodeReady{Episode: u32(1)}
		copy(m.Hash[:], datagram[5:])
		if bad := firstBadDigit(m.Hash.String()); bad >= 0 {
			return nil, refusal.At(5+bad, refusal.Text, "0x%02x is no digit of 0-9a-f", datagram[5+bad]) // EPISODE_READY-4
		}
		return m, nil
	case KindStateHash:
		m := StateHash{Frame: u32(1)}
		copy(m.Hash[:], datagram[5:])
		return m, nil
	case KindInputRequest:
		m := InputRequest{Start: u32(1), End: u32(5)}
		if m.Start > m.End {
			return nil, refusal.At(5, refusal.Range, "the end is less than the start") // INPUT_REQUEST-4
		}
		return m, nil
	case KindInputResponse:
		return InputResponse{Player: u16(1), Entries: decodeEntries(datagram[5:])}, nil
	case KindFocusState:
		if datagram[1] > 1 {
			return nil, refusal.At(1, refusal.Value, "%d is neither 0 nor 1", datagram[1]) // FOCUS_STATE-3
		}
		return FocusState{Focused: datagram[1] == 1, Frame: u32(2)}, nil
	default:
		return Keepalive{}, nil
	}
}

// decodeEntries keeps every entry in the order given, also repeats (INPUT-10).
func decodeEntries(bytes []byte) []Entry {
	entries := make([]Entry, 0, len(bytes)/entrySize)
	for ; len(bytes) >= entrySize; bytes = bytes[entrySize:] {
		entries = append(entries, Entry{Frame: binary.BigEndian.Uint32(bytes), Action: bytes[4]})
	}
	return entries
}
