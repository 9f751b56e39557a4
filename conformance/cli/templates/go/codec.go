package main

import (
	"encoding/binary"
	"fmt"
)

// Your implementation, or the way to it. This one knows STATE_HASH and nothing else.
//
// STATE_HASH has 13 bytes: 07, the frame as a big-endian u32, and eight raw bytes of hash.
const (
	typeStateHash   = 7
	stateHashLength = 13
)

// StateHash is the message STATE_HASH.
type StateHash struct {
	Frame uint32
	Hash  [8]byte
}

// Refusal is the error with which the implementation refuses a datagram or a value. Every other error
// is a defect.
type Refusal struct {
	Class   string // a class of `rollwire explain refusals.md`
	Message string
}

func (r *Refusal) Error() string { return r.Class + ": " + r.Message }

// Decode reads a datagram, or returns a *Refusal.
func Decode(datagram []byte) (StateHash, error) {
	switch {
	case len(datagram) == 0:
		return StateHash{}, &Refusal{"empty", "the datagram is empty"}
	case datagram[0] != typeStateHash:
		return StateHash{}, &Refusal{"unknown_type", fmt.Sprintf("the type is %d", datagram[0])}
	case len(datagram) < stateHashLength:
		return StateHash{}, &Refusal{"truncated", fmt.Sprintf("%d bytes are too few", len(datagram))}
	case len(datagram) > stateHashLength:
		return StateHash{}, &Refusal{"trailing", fmt.Sprintf("%d bytes are too many", len(datagram))}
	}
	message := StateHash{Frame: binary.BigEndian.Uint32(datagram[1:5])}
	copy(message.Hash[:], datagram[5:])
	return message, nil
}

// Encode writes a datagram. Every StateHash can be written.
func Encode(message StateHash) []byte {
	datagram := binary.BigEndian.AppendUint32([]byte{typeStateHash}, message.Frame)
	return append(datagram, message.Hash[:]...)
}
