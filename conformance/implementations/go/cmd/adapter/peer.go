package main

import "rollwire.example/wire"

// peerStimuli are for the sessions of a peer alone.
var peerStimuli = map[string]func(any) (stimulus, error){
	"advance":  parseAdvance,
	"act":      parseAct,
	"ready":    parseReady,
	"ended":    parseEnded,
	"catch_up": parseCatchUp,
	"focus":    parseFocus,
}

func parseAdvance(content any) (stimulus, error) {
	milliseconds, err := number(content, 3_600_000)
	return func(s *session) { s.peer.Advance(int64(milliseconds)) }, err
}

func parseAct(content any) (stimulus, error) {
	m, err := members(content, "frame", "action")
	if err != nil {
		return nil, err
	}
	frame, err := frame(m["frame"])
	if err != nil {
		return nil, err
	}
	action, err := number(m["action"], 255)
	return func(s *session) { s.peer.Act(frame, byte(action)) }, err
}

func parseReady(content any) (stimulus, error) {
	m, err := members(content, "hash")
	if err != nil {
		return nil, err
	}
	text, _ := m["hash"].(string)
	hash, err := wire.ParseReadyHash(text)
	if err != nil {
		return nil, malformed("%v", err)
	}
	return func(s *session) { s.peer.Ready(hash) }, nil
}

func parseEnded(content any) (stimulus, error) {
	m, err := members(content, "frame")
	if err != nil {
		return nil, err
	}
	end, err := frame(m["frame"])
	return func(s *session) { s.peer.Ended(end) }, err
}

func parseCatchUp(content any) (stimulus, error) {
	_, err := members(content)
	return func(s *session) { s.peer.CatchUp() }, err
}

func parseFocus(content any) (stimulus, error) {
	m, err := members(content, "shown", "frame")
	if err != nil {
		return nil, err
	}
	shown, ok := m["shown"].(bool)
	if !ok {
		return nil, malformed("shown is not a flag")
	}
	frame, err := frame(m["frame"])
	return func(s *session) { s.peer.Focus(shown, frame) }, err
}
