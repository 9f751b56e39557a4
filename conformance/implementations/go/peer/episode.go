package peer

import "rollwire.example/wire"

const (
	readyInterval    = 500   // EPISODE-2
	startLimit       = 5_000 // EPISODE-4
	readyAnswerBound = 10    // EPISODE-6
	confirmLimit     = 500   // EPISODE-10
	endLimit         = 2_000 // EPISODE-11
	endPause         = 250   // EPISODE-14
	endAnswerBound   = 8     // EPISODE-14
	waitingWindow    = 128   // EPISODE-13
)

// A Phase is a phase of an episode (EPISODE-1 to EPISODE-11).
type Phase string

// The phases.
const (
	Waiting  Phase = "waiting"
	Playing  Phase = "playing"
	Ending   Phase = "ending"
	Complete Phase = "complete"
)

// A Start says how an episode started (EPISODE-4). It is empty before.
type Start string

// The two ways to start.
const (
	StartBoth  Start = "both"
	StartAlone Start = "alone"
)

// A Comparison is that of the two hashes (EPISODE-5). It is empty before.
type Comparison string

// The two results.
const (
	Equal     Comparison = "equal"
	Different Comparison = "different"
)

// episodeState is what EPISODE holds.
type episodeState struct {
	number int64 // -1 before the first episode
	phase  Phase // empty before the first episode
	start  Start
	hashes Comparison

	// The end is known when it is agreed, or when the episode is complete.
	end    int64
	agreed bool

	ownReady     wire.ReadyHash
	partnerReady *wire.ReadyHash
	nextReady    *wire.ReadyHash // of the next episode
	readyAnswers int

	current, previous endings
}

// endings is what is known of the ENDs of one episode.
type endings struct {
	hasOwn, hasPartner bool
	own, partner       uint32
	// received says that an END of the partner has arrived, also when it was
	// too late to count.
	received bool
	// handed says that the own END was handed to the channel, the last time
	// at handedAt.
	handed   bool
	handedAt int64
	answers  int
}

// running says whether the episode has started and is not complete.
func (e *episodeState) running() bool { return e.phase == Playing || e.phase == Ending }

// counts says whether a hash or an input of the frame counts now. Such a
// message does not name its episode, so what may be from another one is
// dropped (EPISODE-13).
func (p *Peer) counts(frame uint32) bool {
	e := &p.episode
	if e.phase != Waiting {
		return e.running()
	}
	mayBeOld := e.number > 0 && !e.previous.received
	return !mayBeOld && int64(frame) <= p.first()+waitingWindow
}

// Ready says that the game has reset itself for the next episode (EPISODE-1,
// EPISODE-2).
func (p *Peer) Ready(hash wire.ReadyHash) {
	p.do(func() { p.ready(hash) })
}

func (p *Peer) ready(hash wire.ReadyHash) {
	e := &p.episode
	if e.phase != "" && e.phase != Complete {
		return
	}
	p.episode = episodeState{
		number:       e.number + 1,
		phase:        Waiting,
		ownReady:     hash,
		partnerReady: e.nextReady,
		previous:     e.current,
	}
	p.reset()
	p.timers.set(timerStartsAlone, p.now+startLimit)
	p.sendReady()
	p.startIfBothReady()
}

// sendReady sends the own READY, and sets the timer of its repeat, whatever
// becomes of it (EPISODE-2).
func (p *Peer) sendReady() (handed bool) {
	if p.episode.phase == Waiting {
		p.timers.set(timerReadyRepeats, p.now+readyInterval)
	}
	handed, _ = p.send(wire.EpisodeReady{Episode: uint32(p.episode.number + 1), Hash: p.episode.ownReady})
	return handed
}

// receiveReady takes the partner's READY, of the current episode or of the
// next (EPISODE-3 to EPISODE-6).
func (p *Peer) receiveReady(m wire.EpisodeReady) {
	e := &p.episode
	switch int64(m.Episode) {
	case e.number + 2:
		if e.nextReady == nil {
			e.nextReady = &m.Hash
		}
	case e.number + 1:
		if e.phase == "" {
			return // A READY with the number 0 is of no episode.
		}
		if e.partnerReady == nil {
			e.partnerReady = &m.Hash
		}
		if e.phase == Waiting {
			p.startIfBothReady()
			return
		}
		p.compareReadies()
		if e.readyAnswers < readyAnswerBound && p.sendReady() {
			e.readyAnswers++
		}
	}
}

func (p *Peer) startIfBothReady() {
	if p.episode.partnerReady != nil {
		p.start(StartBoth)
		p.compareReadies()
	}
}

// start ends the wait (EPISODE-4).
func (p *Peer) start(how Start) {
	p.episode.phase = Playing
	p.episode.start = how
	p.timers.stop(timerStartsAlone, timerReadyRepeats)
}

// compareReadies compares the two hashes once, when both are known
// (EPISODE-5).
func (p *Peer) compareReadies() {
	e := &p.episode
	if e.partnerReady == nil || e.hashes != "" {
		return
	}
	e.hashes = Different
	if *e.partnerReady == e.ownReady {
		e.hashes = Equal
	}
}

// An Episode is what is known of the current episode.
type Episode struct {
	Number uint32
	Phase  Phase
	// HasEnd says that End and Agreed are known (EPISODE-9 to EPISODE-11).
	HasEnd bool
	End    uint32
	Agreed bool
	// Start and Hashes are empty while they are unknown.
	Start  Start
	Hashes Comparison
}

// Episode returns the current episode, if one has begun (EPISODE-1).
func (p *Peer) Episode() (Episode, bool) {
	e := &p.episode
	return Episode{
		Number: uint32(e.number),
		Phase:  e.phase,
		HasEnd: e.agreed || e.phase == Complete,
		End:    uint32(e.end),
		Agreed: e.agreed,
		Start:  e.start,
		Hashes: e.hashes,
	}, e.phase != ""
}
