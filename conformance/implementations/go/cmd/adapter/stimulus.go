package main

import (
	"rollwire.example/value"
	"rollwire.example/wire"
)

// A stimulus is what happens to a session. Everything that can be malformed
// in it was found before.
type stimulus func(*session)

// parse reads a stimulus: an object with one member. Whatever is missing or
// too much in it is malformed.
func (a *adapter) parse(s *session, given any) (stimulus, error) {
	m, ok := given.(object)
	if !ok || len(m) != 1 {
		return nil, malformed("a stimulus is not an object with one member")
	}
	for name, content := range m {
		if name == "recv" {
			return a.parseRecv(content)
		}
		if read, ok := exchangeStimuli[name]; ok {
			return read(s, content)
		}
		if read, ok := peerStimuli[name]; ok && s.peer != nil {
			return read(content)
		}
	}
	return nil, malformed("a stimulus has an unknown form")
}

// exchangeStimuli are for every session.
var exchangeStimuli = map[string]func(*session, any) (stimulus, error){
	"confirm":  parseConfirm,
	"tick":     parseTick,
	"rollback": parseRollback,
	"reset":    parseReset,
	"channel":  parseChannel,
	"sends":    parseSends,
}

// parseRecv delivers the datagram in a buffer that is used again.
func (a *adapter) parseRecv(content any) (stimulus, error) {
	datagram, err := hexOf(content)
	if err != nil {
		return nil, err
	}
	return func(s *session) {
		view, done := a.receive.put(datagram)
		defer done()
		s.game.Receive(view)
	}, nil
}

func parseConfirm(_ *session, content any) (stimulus, error) {
	m, err := members(content, "frame", "hash")
	if err != nil {
		return nil, err
	}
	frame, err := frame(m["frame"])
	if err != nil {
		return nil, err
	}
	text, _ := m["hash"].(string)
	hash, err := wire.ParseHash(text)
	if err != nil {
		return nil, malformed("%v", err)
	}
	return func(s *session) { s.game.Confirm(frame, hash) }, nil
}

func parseTick(_ *session, content any) (stimulus, error) {
	_, err := members(content)
	return func(s *session) { s.game.Tick() }, err
}

func parseReset(_ *session, content any) (stimulus, error) {
	_, err := members(content)
	return func(s *session) { s.game.Reset() }, err
}

func parseRollback(_ *session, content any) (stimulus, error) {
	if content == "end" {
		return func(s *session) { s.game.EndRollback() }, nil
	}
	m, err := members(content, "begin")
	if err != nil {
		return nil, err
	}
	target, err := frame(m["begin"])
	return func(s *session) { s.game.BeginRollback(target) }, err
}

func parseChannel(_ *session, content any) (stimulus, error) {
	switch content {
	case "open":
		return func(s *session) { s.game.Open() }, nil
	case "closed":
		return func(s *session) { s.game.Close() }, nil
	}
	return nil, malformed("a channel is open or closed")
}

func parseSends(s *session, content any) (stimulus, error) {
	names := []string{"accept", "refuse", "how"}
	given, _ := content.(object)
	_, hasTypes := given["types"]
	if hasTypes && s.peer != nil {
		names = append(names, "types")
	}
	m, err := members(content, names...)
	if err != nil {
		return nil, err
	}
	var rule sendRule
	if rule.accept, err = number(m["accept"], 65535); err != nil {
		return nil, err
	}
	if m["refuse"] == "all" {
		rule.refuseAll = true
	} else if rule.refuse, err = number(m["refuse"], 65535); err != nil {
		return nil, err
	}
	switch m["how"] {
	case "false":
		rule.how = errReturnedFalse
	case "throw":
		rule.how = errThrown
	default:
		return nil, malformed("a send is refused by false or by throw")
	}
	if hasTypes {
		err = rule.countTypes(m["types"])
	} else {
		rule.counts[wire.KindStateHash] = true
	}
	return func(s *session) { s.line.rule = rule }, err
}

// countTypes reads a list of first bytes, each of them once.
func (r *sendRule) countTypes(given any) error {
	types, ok := given.([]any)
	if !ok {
		return malformed("types is not a list")
	}
	for _, each := range types {
		first, err := number(each, 31)
		if err != nil {
			return err
		}
		if r.counts[first] {
			return malformed("types has %d twice", first)
		}
		r.counts[first] = true
	}
	return nil
}

// members returns the members of an object that has these and no others.
func members(content any, names ...string) (object, error) {
	m, ok := content.(object)
	if !ok || len(m) != len(names) {
		return nil, malformed("a stimulus has a missing or a surplus member")
	}
	for _, name := range names {
		if _, ok := m[name]; !ok {
			return nil, malformed("a stimulus lacks %s", name)
		}
	}
	return m, nil
}

// number reads an integer from 0 to the greatest that is allowed.
func number(given any, greatest uint64) (uint64, error) {
	n, err := value.Unsigned(given, "a number", 53)
	if err != nil || n > greatest {
		return 0, malformed("a number is not an integer from 0 to %d", greatest)
	}
	return n, nil
}

// frame reads a frame.
func frame(given any) (uint32, error) {
	n, err := number(given, 1<<32-1)
	return uint32(n), err
}
