package peer

import "rollwire.example/wire"

// focusState is what FOCUS holds.
type focusState struct {
	shown         bool   // the own page
	frame         uint32 // of the newest change
	told          bool   // the state in the newest FOCUS_STATE that was accepted
	partnerHidden bool
}

// Focus says that the own page is shown or hidden, at a frame (FOCUS-1,
// FOCUS-2).
func (p *Peer) Focus(shown bool, frame uint32) {
	p.do(func() {
		if shown != p.focus.shown {
			p.focus.shown, p.focus.frame = shown, frame
			p.tellFocus()
		}
	})
}

// tellFocus sends a FOCUS_STATE. If it is refused, it waits for the next
// change or opening (FOCUS-7).
func (p *Peer) tellFocus() {
	shown := p.focus.shown
	if _, accepted := p.send(wire.FocusState{Focused: shown, Frame: p.focus.frame}); accepted {
		p.focus.told = shown
	}
}

// tellFocusAgain is for an opening: the partner takes the page for shown from
// now on, whatever it was told before (FOCUS-3, FOCUS-5).
func (p *Peer) tellFocusAgain() {
	p.focus.partnerHidden = false
	if !p.focus.shown || p.focus.shown != p.focus.told {
		p.tellFocus()
	}
}

// PartnerShown says whether the page of the partner is shown (FOCUS-4,
// FOCUS-5).
func (p *Peer) PartnerShown() bool { return !p.focus.partnerHidden }
