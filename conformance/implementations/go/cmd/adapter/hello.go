package main

import (
	"encoding/json"

	"rollwire.example/peer"
)

// maxSessions is how many sessions may be open at once.
const maxSessions = 64

var capabilities = []string{
	"decode", "encode", "reencode", "nan-payload", "digest",
	"exchange", "detect", "inspect", "advance",
	"inputs", "liveness", "validation", "episodes", "catch-up", "focus",
}

func (a *adapter) hello(request object) (any, error) {
	offered, _ := request["protocol"].([]any)
	speaks := false
	for _, version := range offered {
		speaks = speaks || version == json.Number("1")
	}
	nonce, isText := request["nonce"].(string)
	if !speaks || !isText {
		return nil, malformed("hello needs a nonce, and protocol 1 among those that are offered")
	}
	declared := capabilities
	if a.settings.lasting {
		declared = append(declared[:len(declared):len(declared)], "lasting-hashes")
	}
	return object{
		"protocol":     1,
		"nonce":        nonce,
		"impl":         object{"name": "rollwire-go", "version": "0.1.0", "language": "Go"},
		"revision":     a.settings.revision,
		"capabilities": declared,
		"window":       256,
		"sessions":     maxSessions,
		"parameters":   others(a.settings.parameters),
	}, nil
}

// others returns the parameters that are others than the defaults.
func others(p peer.Parameters) object {
	d := peer.Defaults()
	changed := object{}
	for _, each := range []struct {
		name            string
		value, standard int
	}{
		{"redundancy", p.Redundancy, d.Redundancy},
		{"ahead", p.Ahead, d.Ahead},
		{"kept", p.Kept, d.Kept},
		{"validation_repeat_ms", p.ValidationRepeat, d.ValidationRepeat},
		{"end_repeat_ms", p.EndRepeat, d.EndRepeat},
		{"request_repeats", p.RequestRepeats, d.RequestRepeats},
		{"hash_sends", p.HashSends, d.HashSends},
	} {
		if each.value != each.standard {
			changed[each.name] = each.value
		}
	}
	return changed
}
