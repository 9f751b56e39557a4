package peer

import (
	"math"
	"sort"

	"rollwire.example/wire"
)

// syncState is what SYNC holds.
type syncState struct {
	own     track          // the own actions
	held    map[int64]byte // the partner's actions beyond the base
	settled track          // the partner's actions up to the base
}

// base is the confirmed frame, or the frame before the first one.
func (p *Peer) base() int64 { return p.sync.settled.next - 1 }

func (p *Peer) first() int64 { return int64(p.config.FirstFrame) }

func (p *Peer) resetInputs() {
	p.sync = syncState{
		own:     track{next: p.first(), keep: p.config.Parameters.Kept},
		held:    map[int64]byte{},
		settled: track{next: p.first(), keep: p.config.Parameters.Ahead},
	}
	p.catchUp.untold = nil
}

// Act says that the action of the local player for a frame has been taken
// (SYNC-1 to SYNC-5, EPISODE-12, CATCHUP-12).
func (p *Peer) Act(frame uint32, action byte) {
	p.do(func() { p.act(int64(frame), action) })
}

func (p *Peer) act(frame int64, action byte) {
	own := &p.sync.own
	if !p.episode.running() || frame != own.next {
		return
	}
	own.add(action)
	oldest := own.next - int64(p.config.Parameters.Redundancy)
	if oldest < own.oldest() {
		oldest = own.oldest()
	}
	p.catchUp.untold = append(p.catchUp.untold, frame)
	p.tellUntold(oldest)
	p.sendInput(p.ownEntries(oldest, frame))
}

// sendInput sends one INPUT. What it told does not have to be told again.
func (p *Peer) sendInput(entries []wire.Entry) (accepted bool) {
	_, accepted = p.send(wire.Input{
		Player:       p.config.Local,
		CurrentFrame: entries[len(entries)-1].Frame,
		Entries:      entries,
	})
	if accepted {
		p.forgetTold(int64(entries[0].Frame), int64(entries[len(entries)-1].Frame))
	}
	return accepted
}

// ownEntries returns the own entries from first to last, which are kept.
func (p *Peer) ownEntries(first, last int64) []wire.Entry {
	var entries []wire.Entry
	for frame := first; frame <= last; frame++ {
		action, _ := p.sync.own.at(frame)
		entries = append(entries, wire.Entry{Frame: uint32(frame), Action: action})
	}
	return entries
}

// receiveInput stores what counts of an INPUT. Its current frame has no
// effect (SYNC-6 to SYNC-10).
func (p *Peer) receiveInput(m wire.Input) {
	if m.Player == p.partner() {
		p.store(m.Entries)
	}
}

// store keeps the partner's entries. The base does not move meanwhile, so it
// decides in the same way for all of them (SYNC-9).
func (p *Peer) store(entries []wire.Entry) {
	base := p.base()
	for _, entry := range entries {
		frame := int64(entry.Frame)
		switch {
		case !p.counts(entry.Frame): // EPISODE-13
		case frame <= base || frame > base+int64(p.config.Parameters.Ahead):
		case p.episode.agreed && frame >= p.episode.end: // EPISODE-9
		default:
			if _, known := p.sync.held[frame]; !known { // SYNC-8
				p.sync.held[frame] = entry.Action
			}
		}
	}
}

// confirmInputs moves the base as far as both players' actions are known
// (SYNC-11, SYNC-12).
func (p *Peer) confirmInputs() {
	for {
		frame := p.sync.settled.next
		action, known := p.sync.held[frame]
		if !known || frame >= p.sync.own.next {
			return
		}
		delete(p.sync.held, frame)
		p.sync.settled.add(action)
	}
}

// Confirmed returns the confirmed frame, if there is one (SYNC-11).
func (p *Peer) Confirmed() (frame uint32, ok bool) {
	if p.base() < p.first() {
		return 0, false
	}
	return uint32(p.base()), true
}

// Held returns the partner's entries beyond the confirmed frame, by ascending
// frame (SYNC-8, SYNC-12).
func (p *Peer) Held() []wire.Entry {
	entries := make([]wire.Entry, 0, len(p.sync.held))
	for frame, action := range p.sync.held {
		entries = append(entries, wire.Entry{Frame: uint32(frame), Action: action})
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Frame < entries[j].Frame })
	return entries
}

// PartnerAction returns the partner's action for a frame, if it is known and
// still kept. Confirmed frames leave what Held returns in the same stimulus
// (SYNC-12), so the newest of them are kept here: as many as one datagram can
// confirm.
func (p *Peer) PartnerAction(frame uint32) (action byte, ok bool) {
	if action, ok = p.sync.held[int64(frame)]; ok {
		return action, true
	}
	return p.sync.settled.at(int64(frame))
}

// NextFrame returns the frame that the next Act is for (SYNC-1). There is none
// after the frame 4294967295.
func (p *Peer) NextFrame() (frame uint32, ok bool) {
	if p.sync.own.next > math.MaxUint32 {
		return 0, false
	}
	return uint32(p.sync.own.next), true
}
