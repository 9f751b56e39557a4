package peer

// A timer is one of the things that a peer waits for. Timers that are due at
// the same millisecond fire in the order of these numbers (PEER-2).
type timer int

const (
	timerValidationFails timer = iota
	timerValidationPing
	timerPing
	timerStartsAlone
	timerReadyRepeats
	timerCompletes
	timerEndRepeats
	timerRequestGivenUp
	timerRequestRepeats
	timerCount
)

// timers say when each timer is due. There is one of each, so a list that is
// ordered by time is not needed.
type timers struct {
	due     [timerCount]int64
	running [timerCount]bool
}

func (t *timers) set(which timer, due int64) {
	t.due[which], t.running[which] = due, true
}

func (t *timers) stop(which ...timer) {
	for _, each := range which {
		t.running[each] = false
	}
}

// next returns the timer that fires first, if one is due until then.
func (t *timers) next(until int64) (timer, bool) {
	first := timerCount
	for each := timer(0); each < timerCount; each++ {
		// A later one of the same millisecond does not come before.
		if t.running[each] && t.due[each] <= until && (first == timerCount || t.due[each] < t.due[first]) {
			first = each
		}
	}
	return first, first < timerCount
}

// Advance says that this many milliseconds have passed. Timers fire in their
// order, each while the clock shows its time (PEER-1, PEER-2). A negative
// number counts as 0.
func (p *Peer) Advance(milliseconds int64) {
	p.do(func() {
		until := p.now
		if milliseconds > 0 {
			until += milliseconds
		}
		for {
			which, ok := p.timers.next(until)
			if !ok {
				break
			}
			p.now = p.timers.due[which]
			p.timers.stop(which)
			p.fire(which)
		}
		p.now = until
	})
}

func (p *Peer) fire(which timer) {
	switch which {
	case timerValidationFails:
		p.validationFails()
	case timerValidationPing:
		p.sendValidationPing()
	case timerPing:
		p.sendPing()
	case timerStartsAlone:
		p.start(StartAlone)
	case timerReadyRepeats:
		p.sendReady()
	case timerCompletes:
		p.complete()
	case timerEndRepeats:
		p.repeatEnd()
	case timerRequestGivenUp:
		p.endRequest()
	case timerRequestRepeats:
		p.repeatRequest()
	}
}
