package main

import (
	"fmt"
	"math"
	"strconv"

	"rollwire.example/exchange"
	"rollwire.example/peer"
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

func observePeer(b []byte, p *peer.Peer) []byte {
	confirmed, ok := p.Confirmed()
	b = appendFrame(append(b, `,"confirmed":`...), confirmed, ok)
	b = append(b, `,"held":[`...)
	for i, entry := range p.Held() {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, "[%d,%d]", entry.Frame, entry.Action)
	}
	b = append(b, `],"round_trips":[`...)
	for i, roundTrip := range p.RoundTrips() {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, `"%016x"`, math.Float64bits(roundTrip))
	}
	b = fmt.Appendf(b, `],"validation":"%s","episode":`, p.Validation())
	b = appendEpisode(b, p)
	b = append(b, `,"request":`...)
	if r, ok := p.Request(); ok {
		b = fmt.Appendf(b, "[%d,%d]", r.Start, r.End)
	} else {
		b = append(b, "null"...)
	}
	partner := "hidden"
	if p.PartnerShown() {
		partner = "shown"
	}
	return fmt.Appendf(b, `,"partner":"%s"`, partner)
}

func appendEpisode(b []byte, p *peer.Peer) []byte {
	e, ok := p.Episode()
	if !ok {
		return append(b, "null"...)
	}
	b = fmt.Appendf(b, `{"number":%d,"phase":"%s","end":`, e.Number, e.Phase)
	b = appendFrame(b, e.End, e.HasEnd)
	b = append(b, `,"agreed":`...)
	if e.HasEnd {
		b = strconv.AppendBool(b, e.Agreed)
	} else {
		b = append(b, "null"...)
	}
	b = appendWord(append(b, `,"start":`...), string(e.Start))
	b = appendWord(append(b, `,"hashes":`...), string(e.Hashes))
	return append(b, '}')
}

// appendWord writes a word, or null for an empty one.
func appendWord(b []byte, word string) []byte {
	if word == "" {
		return append(b, "null"...)
	}
	return strconv.AppendQuote(b, word)
}
