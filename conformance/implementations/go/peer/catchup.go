package peer

import (
	"sort"

	"rollwire.example/wire"
)

const (
	holeWindow      = 1024  // frames above the base that are looked at
	requestInterval = 1_000 // CATCHUP-3
	requestLimit    = 3_000 // CATCHUP-5
	responseBound   = 3_275 // CATCHUP-9
)

// catchUpState is what CATCHUP holds.
type catchUpState struct {
	requesting bool
	request    wire.InputRequest
	repeats    int // that are left

	// untold has the own frames that were in no accepted INPUT, in ascending
	// order.
	untold []int64
}

// CatchUp says that the game wants to have its missing inputs (CATCHUP-1,
// CATCHUP-2).
func (p *Peer) CatchUp() {
	p.do(func() {
		if p.catchUp.requesting || !p.episode.running() {
			return
		}
		first, last, ok := p.holes(p.first(), p.base()+holeWindow)
		if !ok {
			return
		}
		p.catchUp.requesting = true
		p.catchUp.request = wire.InputRequest{Start: uint32(first), End: uint32(last)}
		p.catchUp.repeats = p.config.Parameters.RequestRepeats
		p.timers.set(timerRequestGivenUp, p.now+requestLimit)
		p.sendRequest()
	})
}

// sendRequest sends the request, and sets the timer of its next repeat, also
// if it is refused (CATCHUP-3).
func (p *Peer) sendRequest() {
	if p.catchUp.repeats > 0 {
		p.timers.set(timerRequestRepeats, p.now+requestInterval)
	}
	p.send(p.catchUp.request)
}

func (p *Peer) repeatRequest() {
	p.catchUp.repeats--
	p.sendRequest()
}

// endRequest ends the request, if there is one (CATCHUP-4 to CATCHUP-6).
func (p *Peer) endRequest() {
	p.catchUp.requesting = false
	p.timers.stop(timerRequestGivenUp, timerRequestRepeats)
}

// endRequestIfClosed ends the request when no hole is left in its range,
// however the entries came (CATCHUP-4).
func (p *Peer) endRequestIfClosed() {
	if !p.catchUp.requesting {
		return
	}
	r := p.catchUp.request
	if _, _, ok := p.holes(int64(r.Start), int64(r.End)); !ok {
		p.endRequest()
	}
}

// holes returns the first and the last hole from first to last. A hole is a
// frame above the base that must exist, and that the partner's entry lacks
// for: one below a held entry, or below the agreed end.
func (p *Peer) holes(first, last int64) (firstHole, lastHole int64, ok bool) {
	limit := int64(0)
	for frame := range p.sync.held {
		if frame > limit {
			limit = frame
		}
	}
	if p.episode.agreed && p.episode.end > limit {
		limit = p.episode.end
	}
	if first <= p.base() {
		first = p.base() + 1
	}
	if last >= limit {
		last = limit - 1
	}
	for frame := first; frame <= last; frame++ {
		if _, known := p.sync.held[frame]; known {
			continue
		}
		if !ok {
			firstHole, ok = frame, true
		}
		lastHole = frame
	}
	return firstHole, lastHole, ok
}

// answerRequest sends what is kept of the range, from its lowest frame on. It
// looks only at frames that are kept, so a range of all frames takes no
// longer (CATCHUP-7 to CATCHUP-10).
func (p *Peer) answerRequest(m wire.InputRequest) {
	first, last := int64(m.Start), int64(m.End)
	if first < p.sync.own.oldest() {
		first = p.sync.own.oldest()
	}
	if last >= p.sync.own.next {
		last = p.sync.own.next - 1
	}
	if last >= first+responseBound {
		last = first + responseBound - 1
	}
	p.send(wire.InputResponse{Player: p.config.Local, Entries: p.ownEntries(first, last)})
}

// receiveResponse stores what counts of a response, whether or not there is a
// request (CATCHUP-11, EPISODE-13).
func (p *Peer) receiveResponse(m wire.InputResponse) {
	if m.Player == p.partner() && p.episode.phase != Waiting {
		p.store(m.Entries)
	}
}

// tellUntold sends the own entries that are older than the INPUT of this act
// and that no INPUT has told, before they are forgotten (CATCHUP-12 to
// CATCHUP-14).
func (p *Peer) tellUntold(oldestOfInput int64) {
	untold := p.catchUp.untold
	// What is not kept any more cannot be told.
	untold = untold[sort.Search(len(untold), func(i int) bool { return untold[i] >= p.sync.own.oldest() }):]
	p.catchUp.untold = untold
	older := untold[:sort.Search(len(untold), func(i int) bool { return untold[i] >= oldestOfInput })]
	for len(older) > 0 && p.channel.isOpen {
		batch := older
		if most := wire.MaxInputEntries(wire.Newest); len(batch) > most {
			batch = batch[:most]
		}
		var entries []wire.Entry
		for _, frame := range batch {
			entries = append(entries, p.ownEntries(frame, frame)...)
		}
		older = older[len(batch):]
		if !p.sendInput(entries) {
			return
		}
	}
}

// forgetTold notes that everything untold from first to last was told. A
// batch has all that is untold between its ends.
func (p *Peer) forgetTold(first, last int64) {
	untold := p.catchUp.untold
	from := sort.Search(len(untold), func(i int) bool { return untold[i] >= first })
	to := sort.Search(len(untold), func(i int) bool { return untold[i] > last })
	switch {
	case from == 0:
		p.catchUp.untold = untold[to:]
	default:
		p.catchUp.untold = append(untold[:from], untold[to:]...)
	}
}

// Request returns the range of the request that waits for its answer, if
// there is one (CATCHUP-1).
func (p *Peer) Request() (wire.InputRequest, bool) {
	return p.catchUp.request, p.catchUp.requesting
}
