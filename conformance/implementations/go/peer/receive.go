package peer

import "rollwire.example/wire"

// Receive takes a datagram. One that the codec refuses changes nothing
// (PEER-4). What arrives counts also while the channel is not open, but
// nothing is answered then.
func (p *Peer) Receive(datagram []byte) {
	message, err := wire.Decode(wire.Newest, datagram)
	if err != nil {
		return
	}
	p.do(func() { p.receive(message) })
}

func (p *Peer) receive(message wire.Message) {
	switch m := message.(type) {
	case wire.Input:
		p.receiveInput(m)
	case wire.InputRequest:
		p.answerRequest(m)
	case wire.InputResponse:
		p.receiveResponse(m)
	case wire.Ping:
		p.send(wire.Pong(m)) // LIVE-5
	case wire.Pong:
		p.receivePong(m)
	case wire.ValidationPing:
		p.receiveValidationPing(m)
	case wire.ValidationPong:
		p.receiveValidationPong(m)
	case wire.EpisodeReady:
		p.receiveReady(m)
	case wire.EpisodeEnd:
		p.receiveEnd(m)
	case wire.StateHash:
		if p.counts(m.Frame) {
			p.exchange.Receive(m)
		}
	case wire.FocusState:
		p.focus.partnerHidden = !m.Focused // FOCUS-4
	}
}
