package exchange

import "rollwire.example/wire"

// Tick sends what is queued, from the front, until one hash is refused
// (EXCH-6 to EXCH-14, EXCH-36).
//
// Send may call the exchange again (EXCH-33). So an entry stays in the queue
// while it is sent: a Reset or a rollback in between finds it there and
// removes it, and nothing has to be put back. What is confirmed in between
// waits for the next Tick, and a Tick within a Tick does nothing.
func (x *Exchange) Tick() {
	if x.ticking {
		return
	}
	x.ticking = true
	defer func() { x.ticking = false }()

	for _, entry := range append([]*queued(nil), x.queue...) {
		if entry.gone {
			continue
		}
		if x.rollingBack || !x.channel.Open() {
			return // EXCH-9, EXCH-10
		}
		datagram, err := wire.Encode(wire.Newest, wire.StateHash(entry.Pair))
		if err != nil {
			return // A STATE_HASH can always be encoded.
		}
		if x.channel.Send(datagram) != nil {
			return // EXCH-11 to EXCH-13
		}
		if entry.sent++; entry.sent >= x.sends && !entry.gone {
			x.removeFront(entry)
		}
	}
}

// removeFront takes an entry out that has been sent often enough. It is at the
// front: no entry behind it was sent more often, so whatever was before it has
// left before.
func (x *Exchange) removeFront(entry *queued) {
	if len(x.queue) > 0 && x.queue[0] == entry {
		entry.gone = true
		x.queue[0] = nil // so that the memory can be used again
		x.queue = x.queue[1:]
	}
}

// removeQueued takes the frames from first on out of the queue, together with
// their remaining sends (EXCH-20, EXCH-27). The others stay in their order.
func (x *Exchange) removeQueued(first uint32) {
	var kept []*queued
	for _, entry := range x.queue {
		if entry.Frame >= first {
			entry.gone = true
		} else {
			kept = append(kept, entry)
		}
	}
	x.queue = kept
}
