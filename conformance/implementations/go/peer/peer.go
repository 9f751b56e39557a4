// Package peer is a whole peer in virtual time: it sends and receives inputs
// (SYNC), measures round trips (LIVE), validates the channel (VALID), begins
// and ends episodes (EPISODE), closes holes (CATCHUP), knows whether pages are
// shown (FOCUS), and has an exchange of hashes (EXCH, DETECT).
//
// A peer has no clock, no socket and no goroutine: the game tells it what
// happens by calling its methods, which the chapter PEER calls stimuli, and
// gives it a Sender. All calls come from one goroutine. It speaks revision 7.
package peer

import (
	"math"

	"rollwire.example/exchange"
	"rollwire.example/wire"
)

// A Sender hands a datagram over to the channel. An error means that the
// channel has refused it (PEER-3). It may call the peer again: such a call is
// put off until what is being processed is done.
type Sender interface {
	Send(datagram []byte) error
}

// A Config says which of the two peers this is.
type Config struct {
	// Local is the own player index, 0 or 1.
	Local uint16
	// FirstFrame is the frame that both peers count from.
	FirstFrame uint32
	// Parameters must have passed their Check.
	Parameters Parameters
	// LastingHashes is an option of the exchange.
	LastingHashes bool
}

// A Peer is one of the two peers of a game. New makes one.
type Peer struct {
	config  Config
	channel channel
	now     int64 // milliseconds since the peer was created
	timers  timers

	exchange *exchange.Exchange
	sync     syncState
	live     liveState
	valid    validState
	episode  episodeState
	catchUp  catchUpState
	focus    focusState

	busy    bool
	delayed []func()
}

// channel is what the peer knows of its channel. It is also the channel of
// the exchange.
type channel struct {
	sender Sender
	isOpen bool
}

// Open says whether the channel is open.
func (c *channel) Open() bool { return c.isOpen }

// Send hands a datagram over.
func (c *channel) Send(datagram []byte) error { return c.sender.Send(datagram) }

// New returns a peer whose clock shows 0 and whose channel is open.
func New(config Config, sender Sender) *Peer {
	p := &Peer{config: config, channel: channel{sender: sender, isOpen: true}}
	p.exchange = exchange.New(&p.channel, exchange.Options{
		Lasting: config.LastingHashes,
		Sends:   config.Parameters.HashSends,
	})
	p.episode.number = -1
	p.focus = focusState{shown: true, told: true}
	p.resetInputs()
	p.opening()
	return p
}

// do runs one stimulus. A stimulus that comes from within another one, which
// means from Send, waits until that is done.
func (p *Peer) do(stimulus func()) {
	if p.busy {
		p.delayed = append(p.delayed, stimulus)
		return
	}
	p.busy = true
	defer func() { p.busy = false }()
	stimulus()
	p.settle()
	for len(p.delayed) > 0 {
		next := p.delayed[0]
		p.delayed = p.delayed[1:]
		next()
		p.settle()
	}
}

// settle draws the conclusions that can follow from any stimulus.
func (p *Peer) settle() {
	p.confirmInputs()
	p.completeIfConfirmed()
	p.endRequestIfClosed()
}

// send hands a message to the channel, if it is open (PEER-3). It says
// whether the message was handed over, and whether it was accepted. An error
// has no other effect: it is like a loss that the sender knows of.
func (p *Peer) send(message wire.Message) (handed, accepted bool) {
	if !p.channel.isOpen {
		return false, false
	}
	datagram, err := wire.Encode(wire.Newest, message)
	if err != nil {
		return false, false // The peer makes no message that is refused.
	}
	return true, p.channel.Send(datagram) == nil
}

// timestamp returns the clock as the bits of a double (LIVE-2, VALID-1).
func (p *Peer) timestamp() uint64 { return math.Float64bits(float64(p.now)) }

// partner returns the player index of the partner.
func (p *Peer) partner() uint16 { return 1 - p.config.Local }

// Open says that the channel has opened (VALID-8, LIVE-3, FOCUS-3).
func (p *Peer) Open() {
	p.do(func() {
		if !p.channel.isOpen {
			p.channel.isOpen = true
			p.opening()
		}
	})
}

// opening is what happens at each opening, the creation of the peer included.
func (p *Peer) opening() {
	p.beginValidation()
	p.beginPings()
	p.tellFocusAgain()
}

// Close says that the channel has closed (VALID-8, LIVE-3, LIVE-12).
func (p *Peer) Close() {
	p.do(func() {
		if p.channel.isOpen {
			p.channel.isOpen = false
			p.breakOffValidation()
			p.endPings()
		}
	})
}

// Reset begins again at the first frame: it empties the inputs and the
// exchange and ends a request (SYNC-13, EXCH-27, CATCHUP-6). Everything else
// stays.
func (p *Peer) Reset() { p.do(p.reset) }

func (p *Peer) reset() {
	p.resetInputs()
	p.exchange.Reset()
	p.endRequest()
}

// Confirm hands over the hash of a confirmed frame (EXCH-1).
func (p *Peer) Confirm(frame uint32, hash wire.Hash) {
	p.do(func() { p.exchange.Confirm(frame, hash) })
}

// Tick sends the hashes that are queued (EXCH-6). From within Send it does
// nothing (EXCH-33).
func (p *Peer) Tick() {
	if !p.busy {
		p.do(p.exchange.Tick)
	}
}

// BeginRollback begins a rollback to the frame (EXCH-20).
func (p *Peer) BeginRollback(target uint32) {
	p.do(func() { p.exchange.BeginRollback(target) })
}

// EndRollback ends a rollback (EXCH-26).
func (p *Peer) EndRollback() { p.do(p.exchange.EndRollback) }

// Exchange returns the exchange of the peer, to read its state.
func (p *Peer) Exchange() *exchange.Exchange { return p.exchange }
