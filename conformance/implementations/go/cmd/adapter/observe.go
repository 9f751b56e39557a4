package main

import (
	"fmt"
	"strconv"

	"rollwire.example/exchange"
)

// The observations of a long scenario have megabytes, so they are appended
// piece by piece and not made with encoding/json.

func observeExchange(b []byte, x *exchange.Exchange) []byte {
	b = appendPairs(append(b, `,"queue":`...), x.Queue())
	b = appendPairs(append(b, `,"map":`...), x.Inbound())
	b = appendPairs(append(b, `,"history":`...), x.History())
	verified, ok := x.Verified()
	b = appendFrame(append(b, `,"verified":`...), verified, ok)
	b = append(b, `,"events":[`...)
	for i, event := range x.Events() {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, `{"frame":%d,"local":"%s","peer":"%s"}`, event.Frame, event.Local, event.Peer)
	}
	return append(b, ']')
}

func appendPairs(b []byte, pairs []exchange.Pair) []byte {
	b = append(b, '[')
	for i, pair := range pairs {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, `[%d,"%s"]`, pair.Frame, pair.Hash)
	}
	return append(b, ']')
}

// appendFrame writes a frame, or null for none.
func appendFrame(b []byte, frame uint32, ok bool) []byte {
	if !ok {
		return append(b, "null"...)
	}
	return strconv.AppendUint(b, uint64(frame), 10)
}
