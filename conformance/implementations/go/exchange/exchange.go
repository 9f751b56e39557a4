// Package exchange is the exchange of state hashes: it says when the hash of
// a confirmed frame is queued, sent, kept and discarded (EXCH), and how two
// hashes of one frame are compared (DETECT).
//
// An exchange has no clock, no goroutine and no lock. It changes only when one
// of its methods is called, and all calls come from one goroutine.
package exchange

import "rollwire.example/wire"

const (
	historyBound = 120  // EXCH-3
	inboundBound = 4096 // EXCH-19
	eventBound   = 4096 // DETECT-14
)

// A Channel is what the exchange sees of the channel to the other peer. The
// exchange never changes it.
type Channel interface {
	// Open says whether the channel is open (EXCH-10).
	Open() bool
	// Send hands over a datagram. An error means that it was refused and
	// that nothing of it was sent (EXCH-13).
	Send(datagram []byte) error
}

// Options choose between the two ways in which an exchange can conform.
type Options struct {
	// Lasting keeps the hashes of the other peer after a comparison and
	// after a rollback: EXCH-35, EXCH-36 and DETECT-16 to DETECT-18.
	Lasting bool
	// Sends is how often each hash is sent, 1 to 3 (EXCH-36). Less than 1
	// means 1, and without Lasting it is ignored.
	Sends int
}

// An Exchange holds the hashes of one peer. New makes one.
type Exchange struct {
	channel Channel
	lasting bool
	sends   int

	history     table // the own hashes of confirmed frames
	queue       []*queued
	inbound     table // the hashes that the other peer sent
	rollingBack bool
	ticking     bool

	detection detection
}

// A queued hash waits to be sent. The queue holds pointers, so that a Tick can
// tell an entry from a later one that has the same frame and hash (EXCH-33).
type queued struct {
	Pair
	sent int  // accepted sends
	gone bool // it has left the queue
}

// New returns an exchange that holds nothing.
func New(channel Channel, options Options) *Exchange {
	x := &Exchange{channel: channel, lasting: options.Lasting, sends: 1}
	if options.Lasting && options.Sends > 1 {
		x.sends = options.Sends
	}
	x.detection.lasting = options.Lasting
	return x
}

// Confirm hands over the hash of a frame that the game has confirmed (EXCH-1,
// EXCH-2, EXCH-5, DETECT-1). Every frame and every hash can be sent, so
// nothing has to be refused here (EXCH-32).
func (x *Exchange) Confirm(frame uint32, hash wire.Hash) {
	if _, known := x.history.get(frame); known {
		return
	}
	// The order is that of DETECT-15: enter, compare, then drop.
	x.history.put(frame, hash)
	x.queue = append(x.queue, &queued{Pair: Pair{frame, hash}})
	x.compare(frame)
	x.history.trim(historyBound)
}

// Receive takes the hash of the other peer from a STATE_HASH, also while the
// channel is not open (EXCH-15 to EXCH-19, DETECT-2). Datagrams that a codec
// refuses and messages of another type do not come here (EXCH-18).
func (x *Exchange) Receive(m wire.StateHash) {
	x.inbound.put(m.Frame, m.Hash)
	x.compare(m.Frame)
	x.inbound.trim(inboundBound)
}

// BeginRollback removes what the rollback to the frame makes invalid, and
// holds up sending and comparing until EndRollback (EXCH-20 to EXCH-24,
// EXCH-35, DETECT-8, DETECT-10, DETECT-17).
func (x *Exchange) BeginRollback(target uint32) {
	x.rollingBack = true
	x.removeQueued(target)
	x.history.removeFrom(target)
	if !x.lasting {
		x.inbound.removeFrom(target)
	}
	x.detection.rollBack(target)
}

// EndRollback ends a rollback, however often it was begun, and compares what
// became known in it (EXCH-24 to EXCH-26, DETECT-9).
func (x *Exchange) EndRollback() {
	if !x.rollingBack {
		return
	}
	x.rollingBack = false
	for _, pair := range x.history.pairs() {
		x.compare(pair.Frame)
	}
}

// Reset begins anew, for the next episode (EXCH-27 to EXCH-29, DETECT-12).
func (x *Exchange) Reset() {
	x.removeQueued(0)
	x.history.clear()
	x.inbound.clear()
	x.rollingBack = false
	x.detection.reset()
}

// compare compares the two hashes of a frame, if both are known (DETECT-3,
// DETECT-4, DETECT-8, DETECT-16).
func (x *Exchange) compare(frame uint32) {
	local, isConfirmed := x.history.get(frame)
	remote, isReceived := x.inbound.get(frame)
	if x.rollingBack || !isConfirmed || !isReceived {
		return
	}
	if !x.lasting {
		x.inbound.remove(frame)
	}
	x.detection.compared(Event{Frame: frame, Local: local, Peer: remote})
}

// History returns the own hashes by ascending frame (EXCH-3).
func (x *Exchange) History() []Pair { return x.history.pairs() }

// Inbound returns the hashes of the other peer by ascending frame (EXCH-19).
func (x *Exchange) Inbound() []Pair { return x.inbound.pairs() }

// Queue returns the hashes that wait to be sent, in their order (EXCH-7).
func (x *Exchange) Queue() []Pair {
	pairs := make([]Pair, 0, len(x.queue))
	for _, entry := range x.queue {
		pairs = append(pairs, entry.Pair)
	}
	return pairs
}
