package main

import (
	"rollwire.example/value"
	"rollwire.example/wire"
)

// A stimulus is what happens to a session. Its parsing is done before.
type stimulus func(*session)

// parse reads a stimulus: an object with one member. Whatever is missing or
// too much in it is malformed.
func (s *session) parse(given any) (stimulus, error) {
	members, ok := given.(object)
	if !ok || len(members) != 1 {
		return nil, malformed("a stimulus is not an object with one member")
	}
	for name, content := range members {
		read, known := stimuli[name]
		if !known || read.onlyPeer && !s.isPeer() {
			return nil, malformed("a stimulus has an unknown form")
		}
		return read.parse(s, content)
	}
	return nil, nil
}

// A form is how one stimulus is read.
type form struct {
	parse    func(s *session, content any) (stimulus, error)
	onlyPeer bool
}

var stimuli = map[string]form{
	"confirm":  {parse: parseConfirm},
	"tick":     {parse: empty((*session).tick)},
	"recv":     {parse: parseRecv},
	"rollback": {parse: parseRollback},
	"reset":    {parse: empty((*session).reset)},
	"channel":  {parse: parseChannel},
	"sends":    {parse: parseSends},
}

// empty reads a stimulus whose content is an empty object.
func empty(apply stimulus) func(*session, any) (stimulus, error) {
	return func(_ *session, content any) (stimulus, error) {
		if _, err := members(content); err != nil {
			return nil, err
		}
		return apply, nil
	}
}

func parseConfirm(_ *session, content any) (stimulus, error) {
	m, err := members(content, "frame", "hash")
	if err != nil {
		return nil, err
	}
	frame, err := number(m["frame"], 1<<32-1)
	if err != nil {
		return nil, err
	}
	text, _ := m["hash"].(string)
	hash, err := wire.ParseHash(text)
	if err != nil {
		return nil, malformed("%v", err)
	}
	return func(s *session) { s.confirm(uint32(frame), hash) }, nil
}

func parseRecv(_ *session, content any) (stimulus, error) {
	datagram, err := hexOf(content)
	if err != nil {
		return nil, err
	}
	return func(s *session) { s.receive(datagram) }, nil
}

func parseRollback(_ *session, content any) (stimulus, error) {
	if content == "end" {
		return (*session).endRollback, nil
	}
	m, err := members(content, "begin")
	if err != nil {
		return nil, err
	}
	target, err := number(m["begin"], 1<<32-1)
	if err != nil {
		return nil, err
	}
	return func(s *session) { s.beginRollback(uint32(target)) }, nil
}

func parseChannel(_ *session, content any) (stimulus, error) {
	if content != "open" && content != "closed" {
		return nil, malformed("a channel is open or closed")
	}
	return func(s *session) { s.setOpen(content == "open") }, nil
}

func parseSends(s *session, content any) (stimulus, error) {
	names := []string{"accept", "refuse", "how"}
	m, _ := content.(object)
	_, hasTypes := m["types"]
	if hasTypes && s.isPeer() {
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
	if !hasTypes {
		rule.counts[wire.KindStateHash] = true
		return func(s *session) { s.line.rule = rule }, nil
	}
	types, ok := m["types"].([]any)
	if !ok {
		return nil, malformed("types is not a list")
	}
	for _, each := range types {
		first, err := number(each, 31)
		if err != nil {
			return nil, err
		}
		if rule.counts[first] {
			return nil, malformed("types has %d twice", first)
		}
		rule.counts[first] = true
	}
	return func(s *session) { s.line.rule = rule }, nil
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
