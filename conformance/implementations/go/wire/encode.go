package wire

import (
	"encoding/binary"

	"rollwire.example/refusal"
)

// Encode writes a message as a new datagram, or refuses it. It never changes
// what it was given: it drops no entry and cuts no text.
func Encode(revision Revision, message Message) ([]byte, error) {
	kind := message.Kind()
	l := layouts[kind]
	if l.since > revision {
		return nil, refusal.New(refusal.UnknownType, "revision %d has no %s", revision, l.name) // WIRE-4
	}
	b := make([]byte, 1, l.header)
	b[0] = byte(kind)
	switch m := message.(type) {
	case Input:
		if len(m.Entries) < 1 || len(m.Entries) > MaxInputEntries(revision) {
			return nil, refusal.New(refusal.Count, "%d entries, expected 1 to %d", len(m.Entries), MaxInputEntries(revision)) // INPUT-11
		}
		b = binary.BigEndian.AppendUint16(b, m.Player)
		b = binary.BigEndian.AppendUint32(b, m.CurrentFrame)
		b = append(b, byte(len(m.Entries)), 0) // The reserved byte is 0 (INPUT-9).
		b = appendEntries(b, m.Entries)
	case Ping:
		b = binary.BigEndian.AppendUint64(b, m.Timestamp)
	case Pong:
		b = binary.BigEndian.AppendUint64(b, m.Timestamp)
	case ValidationPing:
		b = binary.BigEndian.AppendUint64(b, m.Timestamp)
	case ValidationPong:
		b = binary.BigEndian.AppendUint64(b, m.Timestamp)
	case EpisodeEnd:
		b = binary.BigEndian.AppendUint32(b, m.Frame)
		b = binary.BigEndian.AppendUint32(b, m.Episode)
	case EpisodeReady:
		// The type lets a caller fill the eight bytes with anything.
		if firstBadDigit(m.Hash.String()) >= 0 {
			return nil, refusal.New(refusal.Text, "the hash is not 8 digits of 0-9a-f") // EPISODE_READY-5
		}
		b = binary.BigEndian.AppendUint32(b, m.Episode)
		b = append(b, m.Hash[:]...)
	case StateHash:
		b = binary.BigEndian.AppendUint32(b, m.Frame)
		b = append(b, m.Hash[:]...)
	case InputRequest:
		if m.Start > m.End {
			return nil, refusal.New(refusal.Range, "the start is greater than the end") // INPUT_REQUEST-5
		}
		b = binary.BigEndian.AppendUint32(b, m.Start)
		b = binary.BigEndian.AppendUint32(b, m.End)
	case InputResponse:
		if len(m.Entries) > MaxResponseEntries {
			return nil, refusal.New(refusal.Count, "%d entries, expected at most %d", len(m.Entries), MaxResponseEntries) // INPUT_RESPONSE-5
		}
		b = binary.BigEndian.AppendUint16(b, m.Player)
		b = binary.BigEndian.AppendUint16(b, uint16(len(m.Entries)))
		b = appendEntries(b, m.Entries)
	case FocusState:
		focused := byte(0)
		if m.Focused {
			focused = 1
		}
		b = append(b, focused)
		b = binary.BigEndian.AppendUint32(b, m.Frame)
	case Keepalive:
		// The type is the whole message (KEEPALIVE-1).
	}
	return b, nil
}

func appendEntries(b []byte, entries []Entry) []byte {
	for _, entry := range entries {
		b = binary.BigEndian.AppendUint32(b, entry.Frame)
		b = append(b, entry.Action)
	}
	return b
}
