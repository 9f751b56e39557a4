package main

import "errors"

// A line is the channel of a session. It notes what was sent, and refuses as
// a stimulus sends says. That counts even while it is closed: an attempt to
// send on a closed channel must be seen.
type line struct {
	open   bool
	rule   sendRule
	posted [][]byte // the accepted datagrams that no observation has shown
}

// A sendRule says which datagrams are refused.
type sendRule struct {
	accept, refuse uint64
	refuseAll      bool
	how            error
	counts         [256]bool // by first byte; all other datagrams are accepted
}

// Both ways to refuse are an error in Go. They differ in nothing else.
var (
	errReturnedFalse = errors.New("send returned false")
	errThrown        = errors.New("send has thrown an error")
)

// Open says whether the channel is open.
func (l *line) Open() bool { return l.open }

// Send accepts a datagram or refuses it.
func (l *line) Send(datagram []byte) error {
	if r := &l.rule; len(datagram) > 0 && r.counts[datagram[0]] {
		switch {
		case r.accept > 0:
			r.accept--
		case r.refuseAll:
			return r.how
		case r.refuse > 0:
			r.refuse--
			return r.how
		}
	}
	l.posted = append(l.posted, append([]byte(nil), datagram...))
	return nil
}

// take returns the datagrams that were accepted since the last call.
func (l *line) take() [][]byte {
	posted := l.posted
	l.posted = nil
	return posted
}
