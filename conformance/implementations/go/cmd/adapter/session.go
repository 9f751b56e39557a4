package main

import (
	"encoding/json"
	"fmt"

	"rollwire.example/exchange"
	"rollwire.example/peer"
	"rollwire.example/wire"
)

// A session is one exchange, alone or as a part of a peer, with its channel.
type session struct {
	line     *line
	game     game
	exchange *exchange.Exchange
	peer     *peer.Peer // nil for an exchange alone
}

func (a *adapter) open(request object) (any, error) {
	number, err := identifier(request["session"])
	if err != nil {
		return nil, err
	}
	if a.sessions[number] != nil {
		return nil, malformed("session %d is open already", number)
	}
	if len(a.sessions) >= maxSessions {
		return nil, malformed("%d sessions are open already", maxSessions)
	}
	s := &session{line: &line{open: true}}
	s.line.rule.counts[wire.KindStateHash] = true
	if given, ok := request["peer"]; ok {
		config, err := a.config(given)
		if err != nil {
			return nil, err
		}
		s.peer = peer.New(config, s.line)
		s.game, s.exchange = s.peer, s.peer.Exchange()
	} else {
		s.exchange = exchange.New(s.line, exchange.Options{
			Lasting: a.settings.lasting,
			Sends:   a.settings.parameters.HashSends,
		})
		s.game = bare{s.exchange, a.settings.revision, s.line}
	}
	a.sessions[number] = s
	return object{}, nil
}

// config reads which peer a session is about.
func (a *adapter) config(given any) (peer.Config, error) {
	m, err := members(given, "local", "first_frame")
	if err != nil {
		return peer.Config{}, err
	}
	local, err := number(m["local"], 1)
	if err != nil {
		return peer.Config{}, err
	}
	first, err := number(m["first_frame"], 1<<32-1)
	if err != nil {
		return peer.Config{}, err
	}
	return peer.Config{
		Local:         uint16(local),
		FirstFrame:    uint32(first),
		Parameters:    a.settings.parameters,
		LastingHashes: a.settings.lasting,
	}, nil
}

func (a *adapter) close(request object) (any, error) {
	number, _, err := a.find(request)
	if err != nil {
		return nil, err
	}
	delete(a.sessions, number)
	return object{}, nil
}

// find returns the session of a request that does not open one.
func (a *adapter) find(request object) (uint64, *session, error) {
	number, err := identifier(request["session"])
	if err != nil {
		return 0, nil, err
	}
	if _, ok := request["peer"]; ok {
		return 0, nil, malformed("only open has a peer")
	}
	s := a.sessions[number]
	if s == nil {
		return 0, nil, malformed("session %d is not open", number)
	}
	return number, s, nil
}

// step processes the stimuli of a step or of an advance. It reads all of them
// before it processes the first, so a malformed request changes nothing.
func (a *adapter) step(request object, once bool) (any, error) {
	_, s, err := a.find(request)
	if err != nil {
		return nil, err
	}
	list, ok := request["do"].([]any)
	if !ok || len(list) == 0 {
		return nil, malformed("do is not a list of stimuli")
	}
	stimuli := make([]stimulus, 0, len(list))
	for _, given := range list {
		next, err := a.parse(s, given)
		if err != nil {
			return nil, err
		}
		stimuli = append(stimuli, next)
	}
	answer := []byte(`{"observations":[`)
	for i, apply := range stimuli {
		apply(s)
		if once && i < len(stimuli)-1 {
			continue
		}
		if !once && i > 0 {
			answer = append(answer, ',')
		}
		answer = s.observe(answer)
	}
	return json.RawMessage(append(answer, "]}"...)), nil
}

// observe appends what a session shows after a stimulus, as JSON.
func (s *session) observe(b []byte) []byte {
	b = append(b, `{"sent":[`...)
	for i, datagram := range s.line.take() {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, `"%x"`, datagram)
	}
	b = append(b, ']')
	b = observeExchange(b, s.exchange)
	if s.peer != nil {
		b = observePeer(b, s.peer)
	}
	return append(b, '}')
}
