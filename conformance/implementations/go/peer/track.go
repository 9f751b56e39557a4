package peer

// A track is the actions of consecutive frames, without gaps. It keeps the
// newest ones.
//
// Frames are int64 in this package: the frame before frame 0 and the one
// after 4294967295 occur, as the base and as the next own frame.
type track struct {
	next    int64 // the frame of the next action
	actions []byte
	keep    int
}

// add appends the action of the next frame.
func (t *track) add(action byte) {
	if len(t.actions) >= 2*t.keep {
		// The old ones go all at once, which costs little for each.
		t.actions = append(t.actions[:0], t.actions[len(t.actions)-t.keep:]...)
	}
	t.actions = append(t.actions, action)
	t.next++
}

// oldest returns the first frame that is kept. It is next if there is none.
func (t *track) oldest() int64 {
	kept := len(t.actions)
	if kept > t.keep {
		kept = t.keep
	}
	return t.next - int64(kept)
}

// at returns the action of a frame that is kept.
func (t *track) at(frame int64) (byte, bool) {
	if frame < t.oldest() || frame >= t.next {
		return 0, false
	}
	return t.actions[len(t.actions)-int(t.next-frame)], true
}
