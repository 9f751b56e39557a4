// Package wire reads and writes the twelve messages of the protocol.
//
// A message is a Go value of one of the types below. Decode makes it from a
// datagram, and Encode makes the datagram from it. Most of the values that an
// encoder must refuse do not fit into these types at all: a uint32 cannot be
// -1. What remains is checked by Encode, and by the functions that read hash
// text.
package wire

// A Message is one of Input, Ping, Pong, Keepalive, EpisodeEnd, EpisodeReady,
// StateHash, ValidationPing, ValidationPong, InputRequest, InputResponse and
// FocusState.
type Message interface {
	// Kind returns the message type, which is the first byte of its datagram.
	Kind() Kind
}

// An Entry is the action of a player at a frame (INPUT-10, INPUT_RESPONSE-4).
type Entry struct {
	Frame  uint32
	Action uint8
}

// Input carries the newest actions of a player (INPUT-1 to INPUT-12).
type Input struct {
	Player       uint16
	CurrentFrame uint32
	Entries      []Entry
}

// Ping asks for a Pong. The timestamp is the bits of a double, because a
// conversion to a float64 could change a NaN (PING-2, PING-3).
type Ping struct{ Timestamp uint64 }

// Pong has the 64 bits of the Ping that it answers (PONG-5).
type Pong struct{ Timestamp uint64 }

// ValidationPing asks for a ValidationPong (VALIDATION_PING-2).
type ValidationPing struct{ Timestamp uint64 }

// ValidationPong has the 64 bits of its ValidationPing (VALIDATION_PONG-5).
type ValidationPong struct{ Timestamp uint64 }

// Keepalive has no effect (KEEPALIVE-2).
type Keepalive struct{}

// EpisodeEnd says where an episode ends: Frame is the first frame that is not
// part of it (EPISODE_END-5). Episodes count from 0 here (EPISODE_END-6).
type EpisodeEnd struct{ Frame, Episode uint32 }

// EpisodeReady says that the sender has reset its game. Episodes count from 1
// here (EPISODE_READY-8).
type EpisodeReady struct {
	Episode uint32
	Hash    ReadyHash
}

// StateHash carries the hash of a confirmed state (STATE_HASH-1 to 3).
type StateHash struct {
	Frame uint32
	Hash  Hash
}

// InputRequest asks for the inputs from Start to End, both included
// (INPUT_REQUEST-7).
type InputRequest struct{ Start, End uint32 }

// InputResponse answers an InputRequest (INPUT_RESPONSE-1 to 4).
type InputResponse struct {
	Player  uint16
	Entries []Entry
}

// FocusState says whether the page of the sender is shown (FOCUS_STATE-2).
type FocusState struct {
	Focused bool
	Frame   uint32
}

// Kind returns the message type.
func (Input) Kind() Kind { return KindInput }

// Kind returns the message type.
func (Ping) Kind() Kind { return KindPing }

// Kind returns the message type.
func (Pong) Kind() Kind { return KindPong }

// Kind returns the message type.
func (Keepalive) Kind() Kind { return KindKeepalive }

// Kind returns the message type.
func (EpisodeEnd) Kind() Kind { return KindEpisodeEnd }

// Kind returns the message type.
func (EpisodeReady) Kind() Kind { return KindEpisodeReady }

// Kind returns the message type.
func (StateHash) Kind() Kind { return KindStateHash }

// Kind returns the message type.
func (ValidationPing) Kind() Kind { return KindValidationPing }

// Kind returns the message type.
func (ValidationPong) Kind() Kind { return KindValidationPong }

// Kind returns the message type.
func (InputRequest) Kind() Kind { return KindInputRequest }

// Kind returns the message type.
func (InputResponse) Kind() Kind { return KindInputResponse }

// Kind returns the message type.
func (FocusState) Kind() Kind { return KindFocusState }
