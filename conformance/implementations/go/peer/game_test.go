package peer

import (
	"fmt"
	"math/rand"
	"testing"
)

// A link delays, loses and reorders what one peer sends to the other.
type link struct {
	random *rand.Rand
	loss   float64
	now    int64
	flying []flight
}

type flight struct {
	arrives  int64
	datagram []byte
}

func (l *link) Send(datagram []byte) error {
	if l.random.Float64() >= l.loss {
		l.flying = append(l.flying, flight{l.now + 20 + l.random.Int63n(80), datagram})
	}
	return nil
}

// deliver hands over what has arrived.
func (l *link) deliver(to *Peer) {
	var late []flight
	for _, f := range l.flying {
		if f.arrives > l.now {
			late = append(late, f)
			continue
		}
		to.Receive(f.datagram)
	}
	l.flying = late
}

// Two peers play three short episodes on a bad line: this is how a game uses
// a Peer. Both agree on every end, and what is confirmed is right. The last
// frames may stay unconfirmed: nothing repeats them but an answer to a
// request, and the peers wait only 500 ms for that (EPISODE-10).
func TestTwoPeersOnABadLine(t *testing.T) {
	for seed := int64(1); seed <= 20; seed++ {
		random := rand.New(rand.NewSource(seed))
		var peers [2]*Peer
		var links [2]*link
		for i := range peers {
			links[i] = &link{random: random, loss: 0.2}
			peers[i] = New(Config{Local: uint16(i), Parameters: Defaults(), LastingHashes: true}, links[i])
		}
		for episode := uint32(0); episode < 3; episode++ {
			ends := [2]uint32{100, 103}
			for _, p := range peers {
				p.Ready(ready)
			}
			for now := 0; now < 20_000; now += 10 {
				for i, p := range peers {
					step(p, now, ends[i])
				}
				for i, p := range peers {
					links[i].now += 10
					p.Advance(10)
					links[i].deliver(peers[1-i])
				}
			}
			for i, p := range peers {
				got, _ := p.Episode()
				want := Episode{Number: episode, Phase: Complete, HasEnd: true, End: 100, Agreed: true, Start: StartBoth, Hashes: Equal}
				expect(t, fmt.Sprintf("seed %d, peer %d", seed, i), got, want)
				confirmed, _ := p.Confirmed()
				if confirmed < 80 {
					t.Errorf("seed %d, peer %d: only %d is confirmed", seed, i, confirmed)
				}
				for frame := uint32(0); frame <= confirmed; frame++ {
					action, ok := p.PartnerAction(frame)
					if !ok || action != actionOf(1-i, frame) {
						t.Fatalf("seed %d, peer %d: the action of frame %d is %d, %v", seed, i, frame, action, ok)
					}
				}
				if events := p.Exchange().Events(); len(events) > 0 {
					t.Errorf("seed %d, peer %d: a mismatch %v", seed, i, events[0])
				}
			}
		}
	}
}

// step is one step of a game at 20 steps a second.
func step(p *Peer, now int, end uint32) {
	e, _ := p.Episode()
	next, _ := p.NextFrame()
	if now%50 != 0 || e.Phase != Playing && e.Phase != Ending {
		return
	}
	p.CatchUp() // It does nothing if nothing is missing.
	if e.Phase == Ending {
		return
	}
	if next >= end {
		p.Ended(end)
		return
	}
	p.Act(next, actionOf(int(p.config.Local), next))
	if confirmed, ok := p.Confirmed(); ok && confirmed%5 == 0 {
		p.Confirm(confirmed, [8]byte{byte(confirmed)})
	}
	p.Tick()
}

func actionOf(player int, frame uint32) byte { return byte(player*100) + byte(frame%100) }
