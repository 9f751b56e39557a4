package peer

import "rollwire.example/wire"

// Ended says that the local game has ended: the frame is the first that is
// not part of the episode (EPISODE-7).
func (p *Peer) Ended(frame uint32) {
	p.do(func() { p.ended(frame) })
}

func (p *Peer) ended(frame uint32) {
	e := &p.episode
	if e.phase != Playing {
		return
	}
	e.phase = Ending
	e.current.hasOwn, e.current.own = true, frame
	p.timers.set(timerCompletes, p.now+endLimit)
	p.sendEnd(&e.current, e.number)
	if e.current.hasPartner {
		p.agree()
	} else {
		p.setEndRepeat()
	}
}

// sendEnd sends the own END of an episode.
func (p *Peer) sendEnd(of *endings, number int64) (handed bool) {
	handed, _ = p.send(wire.EpisodeEnd{Frame: of.own, Episode: uint32(number)})
	if handed {
		of.handed, of.handedAt = true, p.now
	}
	return handed
}

func (p *Peer) setEndRepeat() {
	if repeat := p.config.Parameters.EndRepeat; repeat > 0 {
		p.timers.set(timerEndRepeats, p.now+int64(repeat))
	}
}

// repeatEnd repeats the END while no END of the partner is known (EPISODE-7).
func (p *Peer) repeatEnd() {
	p.setEndRepeat()
	p.sendEnd(&p.episode.current, p.episode.number)
}

// receiveEnd takes the partner's END (EPISODE-8), and answers one that is
// repeated (EPISODE-14).
func (p *Peer) receiveEnd(m wire.EpisodeEnd) {
	e := &p.episode
	number := int64(m.Episode)
	of := &e.current
	switch {
	case e.phase == "":
		return
	case number == e.number:
	case number == e.number-1:
		of = &e.previous
	default:
		return
	}
	isRepeat := of.received
	of.received = true
	if isRepeat {
		p.answerEnd(of, number)
		return
	}
	if of == &e.current && e.phase != Complete {
		of.hasPartner, of.partner = true, m.Frame
		if e.phase == Ending {
			p.agree()
		}
	}
}

// answerEnd tells the own END again to a partner that has not heard it. The
// pause keeps two peers from answering each other's answers (EPISODE-14).
func (p *Peer) answerEnd(of *endings, number int64) {
	if !of.hasOwn || of.answers >= endAnswerBound {
		return
	}
	if of.handed && p.now-of.handedAt < endPause {
		return
	}
	if p.sendEnd(of, number) {
		of.answers++
	}
}

// agree fixes the end when both ENDs are known (EPISODE-9). The episode
// completes when it is confirmed, or after a while (EPISODE-10).
func (p *Peer) agree() {
	e := &p.episode
	end := e.current.own
	if e.current.partner < end {
		end = e.current.partner
	}
	e.end, e.agreed = int64(end), true
	for frame := range p.sync.held {
		if frame >= e.end {
			delete(p.sync.held, frame)
		}
	}
	p.timers.stop(timerEndRepeats)
	p.timers.set(timerCompletes, p.now+confirmLimit)
}

// completeIfConfirmed completes an episode whose agreed end is confirmed
// (EPISODE-10). It runs after every stimulus.
func (p *Peer) completeIfConfirmed() {
	e := &p.episode
	if e.phase == Ending && e.agreed && p.base() >= e.end-1 {
		p.complete()
	}
}

// complete ends the episode. Without an agreement the end is the own one
// (EPISODE-11). The exchange stays as it is (EPISODE-15).
func (p *Peer) complete() {
	e := &p.episode
	e.phase = Complete
	if !e.agreed {
		e.end = int64(e.current.own)
	}
	p.timers.stop(timerCompletes, timerEndRepeats)
	p.endRequest()
}
