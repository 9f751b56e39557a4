package peer

import "fmt"

// Parameters are the numbers that a peer may choose. The chapter PEER says
// what each of them means.
type Parameters struct {
	Redundancy       int // the most entries of an INPUT, SYNC-3
	Ahead            int // how far beyond the base an entry may be, SYNC-9
	Kept             int // how many own entries are kept, CATCHUP-10
	ValidationRepeat int // milliseconds, 0 for never, VALID-2
	EndRepeat        int // milliseconds, 0 for never, EPISODE-7
	RequestRepeats   int // CATCHUP-3
	HashSends        int // EXCH-36
}

// Defaults returns the parameters that a peer has if it declares none.
func Defaults() Parameters {
	return Parameters{
		Redundancy:       10,
		Ahead:            4096,
		Kept:             1024,
		ValidationRepeat: 500,
		EndRepeat:        250,
		RequestRepeats:   2,
		HashSends:        1,
	}
}

// Check returns an error if a parameter is outside its range.
func (p Parameters) Check() error {
	switch {
	case p.Redundancy < 1 || p.Redundancy > 15:
		return fmt.Errorf("a redundancy of %d is not 1 to 15", p.Redundancy)
	case p.Ahead < 256 || p.Ahead > 4096:
		return fmt.Errorf("an ahead of %d is not 256 to 4096", p.Ahead)
	case p.Kept < 1024 || p.Kept > 1_000_000:
		return fmt.Errorf("a kept of %d is not 1024 to 1000000", p.Kept)
	case p.ValidationRepeat != 0 && p.ValidationRepeat != 500:
		return fmt.Errorf("a validation repeat of %d ms is neither 0 nor 500", p.ValidationRepeat)
	case p.EndRepeat != 0 && p.EndRepeat != 250:
		return fmt.Errorf("an end repeat of %d ms is neither 0 nor 250", p.EndRepeat)
	case p.RequestRepeats < 0 || p.RequestRepeats > 2:
		return fmt.Errorf("%d request repeats are not 0 to 2", p.RequestRepeats)
	case p.HashSends < 1 || p.HashSends > 3:
		return fmt.Errorf("%d sends of a hash are not 1 to 3", p.HashSends)
	}
	return nil
}
