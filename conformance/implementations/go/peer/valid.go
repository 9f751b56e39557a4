package peer

import "rollwire.example/wire"

const (
	validationDelay = 100    // VALID-1
	validationLimit = 15_000 // VALID-7
)

// A Validation is a state of VALID (VALID-6 to VALID-8).
type Validation string

// The states. A peer is idle only while its channel is closed.
const (
	Idle       Validation = "idle"
	Validating Validation = "validating"
	Validated  Validation = "validated"
	Failed     Validation = "failed"
)

// validState is what VALID holds.
type validState struct {
	state    Validation
	pings    []uint64 // the accepted own pings; at most 30 within the limit
	answered bool     // one of them
	seen     bool     // a ping of the partner
}

// beginValidation begins anew at an opening, unless the matter is decided
// (VALID-1, VALID-6 to VALID-8).
func (p *Peer) beginValidation() {
	if p.valid.state == Validated || p.valid.state == Failed {
		return
	}
	p.valid = validState{state: Validating}
	p.timers.set(timerValidationPing, p.now+validationDelay)
	p.timers.set(timerValidationFails, p.now+validationLimit)
}

// breakOffValidation forgets everything at a closing (VALID-8).
func (p *Peer) breakOffValidation() {
	if p.valid.state == Validating {
		p.valid = validState{state: Idle}
		p.timers.stop(timerValidationPing, timerValidationFails)
	}
}

func (p *Peer) validationFails() {
	p.valid = validState{state: Failed}
	p.timers.stop(timerValidationPing)
}

// sendValidationPing sends the ping that is due (VALID-1, VALID-2).
func (p *Peer) sendValidationPing() {
	if repeat := p.config.Parameters.ValidationRepeat; repeat > 0 {
		p.timers.set(timerValidationPing, p.now+int64(repeat))
	}
	if _, accepted := p.send(wire.ValidationPing{Timestamp: p.timestamp()}); accepted {
		p.valid.pings = append(p.valid.pings, p.timestamp())
	}
}

// receiveValidationPing answers in every state. While validating, the ping
// counts even if the answer is refused (VALID-3, VALID-4).
func (p *Peer) receiveValidationPing(m wire.ValidationPing) {
	p.send(wire.ValidationPong(m))
	if p.valid.state == Validating {
		p.valid.seen = true
		p.validateIfProved()
	}
}

// receiveValidationPong counts a pong that answers an own ping (VALID-5).
func (p *Peer) receiveValidationPong(m wire.ValidationPong) {
	if p.valid.state != Validating {
		return
	}
	for _, timestamp := range p.valid.pings {
		if timestamp == m.Timestamp {
			p.valid.answered = true
		}
	}
	p.validateIfProved()
}

// validateIfProved ends the validation if both directions are proved
// (VALID-6). The first PING is counted from here (LIVE-1).
func (p *Peer) validateIfProved() {
	if p.valid.answered && p.valid.seen {
		p.valid = validState{state: Validated}
		p.timers.stop(timerValidationPing, timerValidationFails)
		p.beginPings()
	}
}

// Validation returns the state of the validation (VALID-6 to VALID-8).
func (p *Peer) Validation() Validation { return p.valid.state }
