package peer

import (
	"math"

	"rollwire.example/wire"
)

const (
	pingInterval    = 500 // LIVE-1
	unansweredBound = 32  // LIVE-11
	roundTripBound  = 10  // LIVE-10
)

// liveState is what LIVE holds.
type liveState struct {
	unanswered []uint64  // the timestamps of PINGs, the oldest first
	roundTrips []float64 // milliseconds, the oldest first
}

// beginPings sets the timer at an opening. A peer that is not validated begins
// when it is (LIVE-1, LIVE-3).
func (p *Peer) beginPings() {
	if p.valid.state == Validated {
		p.timers.set(timerPing, p.now+pingInterval)
	}
}

// endPings stops the timer at a closing, and forgets the unanswered PINGs
// (LIVE-3, LIVE-12).
func (p *Peer) endPings() {
	p.timers.stop(timerPing)
	p.live.unanswered = nil
}

// sendPing sends the PING that is due (LIVE-2, LIVE-4, LIVE-11).
func (p *Peer) sendPing() {
	p.timers.set(timerPing, p.now+pingInterval)
	if _, accepted := p.send(wire.Ping{Timestamp: p.timestamp()}); accepted {
		p.live.unanswered = newest(append(p.live.unanswered, p.timestamp()), unansweredBound)
	}
}

// receivePong measures a round trip, if the PONG answers a PING. The bits
// decide, and not the numbers (LIVE-8 to LIVE-10).
func (p *Peer) receivePong(m wire.Pong) {
	for i, timestamp := range p.live.unanswered {
		if timestamp == m.Timestamp {
			p.live.unanswered = append(p.live.unanswered[:i], p.live.unanswered[i+1:]...)
			roundTrip := float64(p.now) - math.Float64frombits(timestamp)
			p.live.roundTrips = newest(append(p.live.roundTrips, roundTrip), roundTripBound)
			return
		}
	}
}

// newest returns the last elements of a list, at most this many.
func newest[T any](list []T, bound int) []T {
	if len(list) > bound {
		list = list[len(list)-bound:]
	}
	return list
}

// RoundTrips returns the newest round trips in milliseconds, the oldest first
// (LIVE-10).
func (p *Peer) RoundTrips() []float64 { return append([]float64(nil), p.live.roundTrips...) }
