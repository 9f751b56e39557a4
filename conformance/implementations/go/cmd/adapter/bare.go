package main

import (
	"rollwire.example/exchange"
	"rollwire.example/wire"
)

// A game is what a session is about: a whole peer, or an exchange alone. Both
// have these stimuli.
type game interface {
	Confirm(frame uint32, hash wire.Hash)
	Tick()
	BeginRollback(target uint32)
	EndRollback()
	Reset()
	Receive(datagram []byte)
	Open()
	Close()
}

// A bare game is an exchange without a peer around it.
type bare struct {
	*exchange.Exchange
	revision wire.Revision
	line     *line
}

// Receive hands a STATE_HASH to the exchange. Everything else changes nothing
// (EXCH-18).
func (b bare) Receive(datagram []byte) {
	message, err := wire.Decode(b.revision, datagram)
	if err != nil {
		return
	}
	if m, ok := message.(wire.StateHash); ok {
		b.Exchange.Receive(m)
	}
}

// Open opens the channel, which changes nothing in the exchange (EXCH-10).
func (b bare) Open() { b.line.open = true }

// Close closes the channel.
func (b bare) Close() { b.line.open = false }
