package wire

import "rollwire.example/refusal"

// A Revision is a number of the protocol from 1 to 7. No datagram carries it.
type Revision int

// The first and the newest revision.
const (
	Oldest Revision = 1
	Newest Revision = 7
)

// A Kind is a message type: the first byte of a datagram (WIRE-2).
type Kind uint8

// The message types.
const (
	KindInput          Kind = 0x01
	KindPing           Kind = 0x02
	KindPong           Kind = 0x03
	KindKeepalive      Kind = 0x04
	KindEpisodeEnd     Kind = 0x05
	KindEpisodeReady   Kind = 0x06
	KindStateHash      Kind = 0x07
	KindValidationPing Kind = 0x10
	KindValidationPong Kind = 0x11
	KindInputRequest   Kind = 0x12
	KindInputResponse  Kind = 0x13
	KindFocusState     Kind = 0x14
)

const (
	entrySize = 5
	// MaxResponseEntries is the greatest count that an INPUT_RESPONSE can
	// say (INPUT_RESPONSE-5).
	MaxResponseEntries = 65535
)

// A layout is what all datagrams of one kind have in common.
type layout struct {
	name  string
	since Revision
	// header counts the bytes before the entries. It is the whole length of
	// a message that has none.
	header int
}

var layouts = map[Kind]layout{
	KindInput:          {"input", 1, 9},
	KindPing:           {"ping", 1, 9},
	KindPong:           {"pong", 1, 9},
	KindKeepalive:      {"keepalive", 1, 1},
	KindEpisodeEnd:     {"episode_end", 2, 9},
	KindEpisodeReady:   {"episode_ready", 3, 13},
	KindStateHash:      {"state_hash", 4, 13},
	KindValidationPing: {"validation_ping", 5, 9},
	KindValidationPong: {"validation_pong", 5, 9},
	KindInputRequest:   {"input_request", 6, 9},
	KindInputResponse:  {"input_response", 6, 5},
	KindFocusState:     {"focus_state", 6, 6},
}

// String returns the name of the message in JSON.
func (k Kind) String() string {
	if l, ok := layouts[k]; ok {
		return l.name
	}
	return "unknown"
}

// KindOf finds a message by its name. It refuses the name of a message that
// the revision does not have (WIRE-4).
func KindOf(revision Revision, name string) (Kind, error) {
	for kind, l := range layouts {
		if l.name == name && l.since <= revision {
			return kind, nil
		}
	}
	return 0, refusal.New(refusal.UnknownType, "revision %d has no message with this name", revision)
}

// MaxInputEntries is the greatest number of entries of an INPUT (INPUT-4,
// INPUT-11). A receiver of revision 1 to 6 may accept more (INPUT-6); this one
// does not.
func MaxInputEntries(revision Revision) int {
	if revision < 7 {
		return 5
	}
	return 15
}
