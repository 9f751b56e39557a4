package exchange

import "rollwire.example/wire"

// An Event is a mismatch: the two peers have different states before this
// frame (DETECT-6, DETECT-18).
type Event struct {
	Frame       uint32
	Local, Peer wire.Hash
}

// detection is what the comparisons have shown.
type detection struct {
	lasting bool

	events  []Event
	held    map[Event]bool // the events, to find one quickly
	dropped uint64

	// Without lasting hashes, the verified frame is a high-water mark.
	highest   uint32
	isAnyHigh bool

	// With lasting hashes, it follows from the newest comparison of each
	// frame. Both sets are bounded by what the own game has confirmed.
	equal, different frameSet
}

// compared takes the two hashes of a frame, and notes whether they are equal.
func (d *detection) compared(pair Event) {
	same := pair.Local == pair.Peer
	switch {
	case d.lasting && same: // DETECT-17
		d.equal.insert(pair.Frame)
		d.different.remove(pair.Frame)
	case d.lasting:
		d.different.insert(pair.Frame)
		d.equal.remove(pair.Frame)
	case same && (!d.isAnyHigh || pair.Frame > d.highest): // DETECT-5
		d.highest, d.isAnyHigh = pair.Frame, true
	}
	if !same && !(d.lasting && d.held[pair]) {
		d.add(pair)
	}
}

// add keeps an event, or counts it if there are too many (DETECT-14). Those
// that were found first stay.
func (d *detection) add(event Event) {
	if len(d.events) >= eventBound {
		d.dropped++
		return
	}
	if d.held == nil {
		d.held = map[Event]bool{}
	}
	d.held[event] = true
	d.events = append(d.events, event)
}

// rollBack forgets what was verified from the target on (DETECT-10,
// DETECT-17). It removes no event (DETECT-11).
func (d *detection) rollBack(target uint32) {
	d.equal.removeFrom(target)
	d.different.removeFrom(target)
	switch {
	case !d.isAnyHigh || d.highest < target:
	case target == 0:
		d.isAnyHigh = false
	default:
		d.highest = target - 1
	}
}

func (d *detection) reset() { *d = detection{lasting: d.lasting} }

func (d *detection) verified() (uint32, bool) {
	if !d.lasting {
		return d.highest, d.isAnyHigh
	}
	if len(d.different) > 0 {
		return d.equal.below(d.different[0])
	}
	return d.equal.last()
}

// Verified returns the verified frame, if there is one (DETECT-5, DETECT-17).
func (x *Exchange) Verified() (frame uint32, ok bool) { return x.detection.verified() }

// Events returns the mismatches since the last reset, in the order in which
// they were found (DETECT-6). At most 4096 are kept.
func (x *Exchange) Events() []Event { return append([]Event(nil), x.detection.events...) }

// Dropped counts the mismatches that were not kept (DETECT-14).
func (x *Exchange) Dropped() uint64 { return x.detection.dropped }
