package exchange

import (
	"container/list"
	"sort"

	"rollwire.example/wire"
)

// A Pair is a frame and the hash of its state.
type Pair struct {
	Frame uint32
	Hash  wire.Hash
}

// A table maps frames to hashes and remembers the order of insertion. A map
// of Go alone does not: it has another order in each loop.
type table struct {
	order    list.List // of Pair, the first inserted in front
	elements map[uint32]*list.Element
}

// get returns the hash of a frame.
func (t *table) get(frame uint32) (wire.Hash, bool) {
	if element, ok := t.elements[frame]; ok {
		return element.Value.(Pair).Hash, true
	}
	return wire.Hash{}, false
}

// put sets the hash of a frame. A frame that was there already keeps its
// place in the order (EXCH-19).
func (t *table) put(frame uint32, hash wire.Hash) {
	pair := Pair{frame, hash}
	if element, ok := t.elements[frame]; ok {
		element.Value = pair
		return
	}
	if t.elements == nil {
		t.elements = map[uint32]*list.Element{}
	}
	t.elements[frame] = t.order.PushBack(pair)
}

// remove takes a frame out, if it is there.
func (t *table) remove(frame uint32) {
	if element, ok := t.elements[frame]; ok {
		t.order.Remove(element)
		delete(t.elements, frame)
	}
}

// removeFrom takes out every frame that is first or greater.
func (t *table) removeFrom(first uint32) {
	for element := t.order.Front(); element != nil; {
		next := element.Next()
		if frame := element.Value.(Pair).Frame; frame >= first {
			t.remove(frame)
		}
		element = next
	}
}

// trim takes out what was inserted first, until at most bound entries are
// left.
func (t *table) trim(bound int) {
	for t.order.Len() > bound {
		t.remove(t.order.Front().Value.(Pair).Frame)
	}
}

// clear takes out everything.
func (t *table) clear() { *t = table{} }

// pairs returns what the table holds, by ascending frame.
func (t *table) pairs() []Pair {
	pairs := make([]Pair, 0, t.order.Len())
	for element := t.order.Front(); element != nil; element = element.Next() {
		pairs = append(pairs, element.Value.(Pair))
	}
	sort.Slice(pairs, func(i, j int) bool { return pairs[i].Frame < pairs[j].Frame })
	return pairs
}
