package exchange

import (
	"errors"
	"fmt"
	"testing"

	"rollwire.example/wire"
)

// A fake channel refuses when it is told to, and may call back.
type fake struct {
	closed, refuses bool
	sent            []uint32
	onSend          func()
}

func (f *fake) Open() bool { return !f.closed }

func (f *fake) Send(datagram []byte) error {
	if f.onSend != nil {
		f.onSend()
	}
	if f.refuses {
		return errors.New("the send buffer is full")
	}
	message, _ := wire.Decode(wire.Newest, datagram)
	f.sent = append(f.sent, message.(wire.StateHash).Frame)
	return nil
}

func hash(b byte) (h wire.Hash) {
	for i := range h {
		h[i] = b
	}
	return h
}

func frames(pairs []Pair) string {
	list := []uint32{}
	for _, pair := range pairs {
		list = append(list, pair.Frame)
	}
	return fmt.Sprint(list)
}

func expect(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestRefusedEntryStaysInFront(t *testing.T) {
	channel := &fake{}
	x := New(channel, Options{})
	x.Confirm(10, hash(0xaa))
	x.Confirm(5, hash(0xbb))
	channel.refuses = true
	x.Tick()
	expect(t, "queue", frames(x.Queue()), "[10 5]")
	channel.refuses = false
	x.Tick()
	expect(t, "sent", channel.sent, "[10 5]")
	expect(t, "queue", frames(x.Queue()), "[]")
}

// The kit cannot ask about EXCH-33, because its channel does not call back.
func TestResetWithinSend(t *testing.T) {
	for _, refuses := range []bool{false, true} {
		channel := &fake{refuses: refuses}
		x := New(channel, Options{})
		x.Confirm(1, hash(0xaa))
		x.Confirm(2, hash(0xbb))
		channel.onSend = func() {
			channel.onSend = nil
			x.Reset()
			// The same frame and hash again: it is another entry.
			x.Confirm(1, hash(0xaa))
		}
		x.Tick()
		expect(t, "queue after the tick", frames(x.Queue()), "[1]")
		channel.refuses, channel.sent = false, nil
		x.Tick()
		expect(t, "sent", channel.sent, "[1]")
	}
}

func TestTickWithinSend(t *testing.T) {
	channel := &fake{}
	x := New(channel, Options{})
	x.Confirm(1, hash(0xaa))
	x.Confirm(2, hash(0xbb))
	channel.onSend = x.Tick
	x.Tick()
	expect(t, "sent", channel.sent, "[1 2]")
}

func TestRollbackWithinSend(t *testing.T) {
	channel := &fake{}
	x := New(channel, Options{Lasting: true, Sends: 2})
	for frame := uint32(1); frame <= 3; frame++ {
		x.Confirm(frame, hash(0xaa))
	}
	channel.onSend = func() { x.BeginRollback(2); x.EndRollback() }
	x.Tick()
	expect(t, "sent", channel.sent, "[1]")
	expect(t, "queue", frames(x.Queue()), "[1]")
}

// A hash that is compared at once does not displace another one (DETECT-15).
func TestFullMap(t *testing.T) {
	x := New(&fake{}, Options{})
	for frame := uint32(0); frame < inboundBound; frame++ {
		x.Receive(wire.StateHash{Frame: frame})
	}
	x.Confirm(9000, hash(0xaa))
	x.Receive(wire.StateHash{Frame: 9000, Hash: hash(0xaa)})
	expect(t, "entries", len(x.Inbound()), inboundBound)
	expect(t, "first", x.Inbound()[0].Frame, 0)
	x.Receive(wire.StateHash{Frame: 9001})
	expect(t, "entries", len(x.Inbound()), inboundBound)
	expect(t, "first", x.Inbound()[0].Frame, 1)
}

// A peer that repeats a wrong hash cannot exhaust the memory (DETECT-14).
func TestEventsAreBounded(t *testing.T) {
	for _, lasting := range []bool{false, true} {
		x := New(&fake{}, Options{Lasting: lasting})
		x.Confirm(5, hash(0xaa))
		for i := 0; i < eventBound+10; i++ {
			x.Receive(wire.StateHash{Frame: 5, Hash: wire.Hash{byte(i >> 8), byte(i)}})
		}
		expect(t, "events", len(x.Events()), eventBound)
		expect(t, "dropped", x.Dropped(), 10)
		x.Reset()
		expect(t, "dropped", x.Dropped(), 0)
	}
}

// With hashes that last, the verified frame falls and rises again (DETECT-17).
func TestVerifiedOfLastingHashes(t *testing.T) {
	x := New(&fake{}, Options{Lasting: true})
	for _, frame := range []uint32{5, 10, 15} {
		x.Confirm(frame, hash(0xaa))
		x.Receive(wire.StateHash{Frame: frame, Hash: hash(0xaa)})
	}
	verified, _ := x.Verified()
	expect(t, "verified", verified, 15)
	x.Receive(wire.StateHash{Frame: 10, Hash: hash(0xbb)})
	verified, _ = x.Verified()
	expect(t, "verified", verified, 5)
	x.Receive(wire.StateHash{Frame: 10, Hash: hash(0xaa)})
	verified, _ = x.Verified()
	expect(t, "verified", verified, 15)
}
