package exchange

import "sort"

// A frameSet is a set of frames in ascending order. Nearly every frame is
// greater than those before it, so an insertion is nearly always at the end.
type frameSet []uint32

// search returns where the frame is, or would be.
func (s frameSet) search(frame uint32) (index int, found bool) {
	index = sort.Search(len(s), func(i int) bool { return s[i] >= frame })
	return index, index < len(s) && s[index] == frame
}

func (s *frameSet) insert(frame uint32) {
	index, found := s.search(frame)
	if found {
		return
	}
	*s = append(*s, 0)
	copy((*s)[index+1:], (*s)[index:])
	(*s)[index] = frame
}

func (s *frameSet) remove(frame uint32) {
	if index, found := s.search(frame); found {
		*s = append((*s)[:index], (*s)[index+1:]...)
	}
}

// removeFrom takes out every frame that is first or greater.
func (s *frameSet) removeFrom(first uint32) {
	index, _ := s.search(first)
	*s = (*s)[:index]
}

// below returns the greatest frame that is less than the bound.
func (s frameSet) below(bound uint32) (uint32, bool) {
	index, _ := s.search(bound)
	return s[:index].last()
}

func (s frameSet) last() (uint32, bool) {
	if len(s) == 0 {
		return 0, false
	}
	return s[len(s)-1], true
}
