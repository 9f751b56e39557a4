// Package value converts messages from and to their form in JSON.
//
// A value in JSON can be wrong in ways that a Go type cannot be: 256 for a
// byte, 1.5 for a frame, a number where a list must be. So the refusals of an
// encoder that the package wire leaves to its types are here.
//
// JSON is expected as encoding/json reads it into an any with UseNumber: the
// text of each number is then still known.
package value

import (
	"encoding/json"
	"strconv"
	"strings"

	"rollwire.example/refusal"
	"rollwire.example/wire"
)

// Parse makes a message from its name and its fields. It refuses a name that
// the revision does not have (WIRE-4), an integer outside its field as range,
// and a value of another type as value: INPUT-12, PING-4, PONG-4,
// EPISODE_END-4, EPISODE_READY-7, STATE_HASH-6, VALIDATION_PING-4,
// VALIDATION_PONG-4, INPUT_REQUEST-6, INPUT_RESPONSE-6, FOCUS_STATE-5.
func Parse(revision wire.Revision, name string, fields map[string]any) (wire.Message, error) {
	kind, err := wire.KindOf(revision, name)
	if err != nil {
		return nil, err
	}
	r := reader{fields: fields}
	message := r.message(kind)
	if r.err != nil {
		return nil, r.err
	}
	return message, nil
}

// A reader reads fields and remembers the first refusal, so that its caller
// looks for one only once.
type reader struct {
	fields map[string]any
	err    error
}

func (r *reader) message(kind wire.Kind) wire.Message {
	switch kind {
	case wire.KindInput:
		return wire.Input{Player: r.u16("player"), CurrentFrame: r.u32("current_frame"), Entries: r.entries()}
	case wire.KindPing:
		return wire.Ping{Timestamp: r.timestamp()}
	case wire.KindPong:
		return wire.Pong{Timestamp: r.timestamp()}
	case wire.KindValidationPing:
		return wire.ValidationPing{Timestamp: r.timestamp()}
	case wire.KindValidationPong:
		return wire.ValidationPong{Timestamp: r.timestamp()}
	case wire.KindEpisodeEnd:
		return wire.EpisodeEnd{Frame: r.u32("frame"), Episode: r.u32("episode")}
	case wire.KindEpisodeReady:
		m := wire.EpisodeReady{Episode: r.u32("episode")}
		if text, ok := r.text("hash"); ok {
			hash, err := wire.ParseReadyHash(text)
			m.Hash = hash
			r.refuse(err)
		}
		return m
	case wire.KindStateHash:
		m := wire.StateHash{Frame: r.u32("frame")}
		if text, ok := r.text("hash"); ok {
			hash, err := wire.ParseHash(text)
			m.Hash = hash
			r.refuse(err)
		}
		return m
	case wire.KindInputRequest:
		return wire.InputRequest{Start: r.u32("start"), End: r.u32("end")}
	case wire.KindInputResponse:
		return wire.InputResponse{Player: r.u16("player"), Entries: r.entries()}
	case wire.KindFocusState:
		return wire.FocusState{Focused: r.flag("focused"), Frame: r.u32("frame")}
	default:
		return wire.Keepalive{}
	}
}

func (r *reader) refuse(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *reader) u16(name string) uint16 { return uint16(r.integer(r.fields[name], name, 16)) }
func (r *reader) u32(name string) uint32 { return uint32(r.integer(r.fields[name], name, 32)) }

func (r *reader) integer(given any, name string, bits int) uint64 {
	n, err := Unsigned(given, name, bits)
	r.refuse(err)
	return n
}

func (r *reader) text(name string) (string, bool) {
	text, ok := r.fields[name].(string)
	if !ok {
		r.refuse(refusal.New(refusal.Value, "%s is not text", name))
	}
	return text, ok
}

func (r *reader) flag(name string) bool {
	flag, ok := r.fields[name].(bool)
	if !ok {
		r.refuse(refusal.New(refusal.Value, "%s is not a boolean", name))
	}
	return flag
}

// timestamp reads the 16 hex digits of the bits of a double. Text is never
// refused as text here: that class is for hashes.
func (r *reader) timestamp() uint64 {
	text, ok := r.text("timestamp")
	if !ok {
		return 0
	}
	bits, err := strconv.ParseUint(text, 16, 64)
	if err != nil || len(text) != 16 {
		r.refuse(refusal.New(refusal.Value, "timestamp is not 16 hex digits"))
	}
	return bits
}

func (r *reader) entries() []wire.Entry {
	list, ok := r.fields["entries"].([]any)
	if !ok {
		r.refuse(refusal.New(refusal.Value, "entries is not a list"))
		return nil
	}
	entries := make([]wire.Entry, 0, len(list))
	for _, item := range list {
		fields, ok := item.(map[string]any)
		if !ok {
			r.refuse(refusal.New(refusal.Value, "an entry is not an object"))
			return nil
		}
		entries = append(entries, wire.Entry{
			Frame:  uint32(r.integer(fields["frame"], "frame", 32)),
			Action: uint8(r.integer(fields["action"], "action", 8)),
		})
	}
	return entries
}

// Unsigned reads an unsigned integer of at most this many bits. It refuses
// everything that is not an integer as value, and every other integer as
// range. 1.0 is not an integer here, which the specification permits.
func Unsigned(given any, name string, bits int) (uint64, error) {
	number, ok := given.(json.Number)
	if !ok {
		return 0, refusal.New(refusal.Value, "%s is not a number", name)
	}
	text := number.String()
	if strings.ContainsAny(text, ".eE") {
		return 0, refusal.New(refusal.Value, "%s is not an integer", name)
	}
	if text == "-0" {
		return 0, nil
	}
	// What is left is a JSON integer, so the only error is that it does not
	// fit. A minus sign does not fit either.
	n, err := strconv.ParseUint(text, 10, bits)
	if err != nil {
		return 0, refusal.New(refusal.Range, "%s is outside its field of %d bits", name, bits)
	}
	return n, nil
}
