package peer

import (
	"errors"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"rollwire.example/wire"
)

// A fake channel notes what it accepts.
type fake struct {
	sent    []wire.Message
	refuses bool
	onSend  func()
}

func (f *fake) Send(datagram []byte) error {
	if f.onSend != nil {
		f.onSend()
	}
	if f.refuses {
		return errors.New("the send buffer is full")
	}
	message, err := wire.Decode(wire.Newest, datagram)
	if err != nil {
		panic(err)
	}
	f.sent = append(f.sent, message)
	return nil
}

// took returns what was sent since the last call.
func (f *fake) took() string {
	var list []string
	for _, message := range f.sent {
		list = append(list, fmt.Sprintf("%s%v", message.Kind(), message))
	}
	f.sent = nil
	return strings.Join(list, " ")
}

var ready, _ = wire.ParseReadyHash("aaaaaaaa")

// started returns the peer 0 in its first episode.
func started(channel Sender) *Peer {
	p := New(Config{Parameters: Defaults()}, channel)
	p.Ready(ready)
	receive(p, wire.EpisodeReady{Episode: 1, Hash: ready})
	return p
}

func receive(p *Peer, message wire.Message) {
	datagram, err := wire.Encode(wire.Newest, message)
	if err != nil {
		panic(err)
	}
	p.Receive(datagram)
}

func expect(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// The base before the first frame is -1, which is no unsigned integer. The
// last frame has no successor.
func TestFirstAndLastFrame(t *testing.T) {
	channel := &fake{}
	p := started(channel)
	receive(p, wire.Input{Player: 1, Entries: []wire.Entry{{Frame: 4096, Action: 1}, {Frame: 4095, Action: 2}, {Frame: 0, Action: 3}}})
	expect(t, "held", p.Held(), "[{0 3} {4095 2}]") // 4096 is 4097 beyond -1.
	p.Act(0, 1)
	confirmed, ok := p.Confirmed()
	expect(t, "confirmed", fmt.Sprint(confirmed, ok), "0 true")

	const last = 4294967295
	p = New(Config{FirstFrame: last, Parameters: Defaults()}, channel)
	p.Ready(ready)
	receive(p, wire.EpisodeReady{Episode: 1, Hash: ready})
	channel.took()
	p.Act(last, 7)
	expect(t, "sent", channel.took(), "input{0 4294967295 [{4294967295 7}]}")
	p.Act(0, 7)
	expect(t, "sent", channel.took(), "")
	_, ok = p.NextFrame()
	expect(t, "a next frame", ok, false)
}

// How time is cut into pieces makes no difference (PEER-1).
func TestTimeInPieces(t *testing.T) {
	play := func(piece int64) string {
		channel := &fake{}
		p := started(channel)
		p.Ended(3)
		for passed := int64(0); passed < 6000; passed += piece {
			p.Advance(piece)
		}
		return channel.took()
	}
	for _, piece := range []int64{1, 7, 250, 3000} {
		pieces := 6000 / piece * piece
		if pieces == 6000 {
			expect(t, fmt.Sprintf("pieces of %d ms", piece), play(piece), play(6000))
		}
	}
}

// A call from within Send is put off, and a Tick from there does nothing
// (EXCH-33). The kit cannot ask about that.
func TestCallsFromWithinSend(t *testing.T) {
	channel := &fake{}
	p := started(channel)
	channel.took()
	channel.onSend = func() {
		channel.onSend = nil
		p.Act(1, 5)
		p.Tick()
	}
	p.Confirm(9, wire.Hash{})
	p.Act(0, 4)
	expect(t, "sent", channel.took(), "input{0 0 [{0 4}]} input{0 1 [{0 4} {1 5}]}")
	p.Tick()
	expect(t, "sent", channel.took(), "state_hash{9 0000000000000000}")
}

// A request of all frames costs no more than a short one (CATCHUP-9).
func TestRequestOfAllFrames(t *testing.T) {
	channel := &fake{}
	p := started(channel)
	p.Act(0, 3)
	channel.took()
	receive(p, wire.InputRequest{Start: 0, End: 4294967295})
	expect(t, "sent", channel.took(), "input_response{0 [{0 3}]}")
}

// What a channel refused for a long time is told later, once (CATCHUP-12).
func TestWhatWasNeverSentIsTold(t *testing.T) {
	channel := &fake{refuses: true}
	p := started(channel)
	for frame := uint32(0); frame < 40; frame++ {
		p.Act(frame, byte(frame))
	}
	channel.refuses = false
	p.Act(40, 40)
	told := map[uint32]int{}
	for _, message := range channel.sent {
		m := message.(wire.Input)
		expect(t, "current frame", m.CurrentFrame, m.Entries[len(m.Entries)-1].Frame)
		for _, entry := range m.Entries {
			told[entry.Frame]++
		}
	}
	expect(t, "INPUTs", len(channel.sent), 4) // 15, 15 and 1, then the last 10
	expect(t, "frames", len(told), 41)
	channel.took()
	p.Act(41, 41)
	expect(t, "INPUTs", len(channel.sent), 1)
}

// Whatever arrives, a peer does not panic, and what it holds is bounded
// (PEER-5).
func FuzzHostilePartner(f *testing.F) {
	f.Add(int64(1))
	f.Fuzz(func(t *testing.T, seed int64) {
		random := rand.New(rand.NewSource(seed))
		channel := &fake{}
		p := New(Config{FirstFrame: uint32(random.Intn(3)), Parameters: Defaults(), LastingHashes: random.Intn(2) == 0}, channel)
		for i := 0; i < 3000; i++ {
			hostile(random, p, channel)
			if held := len(p.Held()); held > p.config.Parameters.Ahead {
				t.Fatalf("%d entries are held", held)
			}
			if len(p.live.unanswered) > unansweredBound || len(p.valid.pings) > 30 || len(p.live.roundTrips) > roundTripBound {
				t.Fatal("too many pings are held")
			}
			if len(p.exchange.Inbound()) > 4096 || len(p.catchUp.untold) > p.config.Parameters.Kept {
				t.Fatal("too much is held")
			}
			if len(channel.sent) > 8000 {
				t.Fatal("too much is sent")
			}
			channel.sent = nil
		}
	})
}

func hostile(random *rand.Rand, p *Peer, channel *fake) {
	near := func() uint32 { return uint32(random.Intn(60)) }
	far := func() uint32 { return random.Uint32() >> random.Intn(32) }
	number := func() uint32 { return uint32(random.Intn(4)) }
	next, _ := p.NextFrame()
	switch random.Intn(18) {
	case 0, 1, 2:
		p.Act(next, byte(random.Intn(256)))
	case 3, 4:
		m := wire.Input{Player: uint16(random.Intn(3))}
		for len(m.Entries) < 15 {
			m.Entries = append(m.Entries, wire.Entry{Frame: next + near() - 30, Action: 1})
		}
		receive(p, m)
	case 5:
		receive(p, wire.InputResponse{Player: 1, Entries: []wire.Entry{{Frame: far()}, {Frame: next}}})
	case 6:
		start := far()
		receive(p, wire.InputRequest{Start: start, End: start | far()})
	case 7:
		receive(p, wire.EpisodeReady{Episode: number(), Hash: ready})
	case 8:
		receive(p, wire.EpisodeEnd{Frame: far(), Episode: number()})
	case 9:
		receive(p, wire.StateHash{Frame: far(), Hash: wire.Hash{byte(random.Intn(2))}})
	case 10:
		receive(p, wire.Pong{Timestamp: random.Uint64()})
		receive(p, wire.ValidationPing{Timestamp: random.Uint64()})
	case 11:
		junk := make([]byte, random.Intn(20))
		random.Read(junk)
		p.Receive(junk)
	case 12:
		p.Advance(int64(random.Intn(1500)))
	case 13:
		p.Close()
		p.Focus(random.Intn(2) == 0, next)
	case 14:
		p.Open()
		p.CatchUp()
	case 15:
		channel.refuses = random.Intn(2) == 0
	case 16:
		p.Confirm(next, wire.Hash{byte(random.Intn(2))})
		p.Tick()
	case 17:
		p.Ended(next)
		p.Ready(ready)
	}
}
