package wire

import (
	"encoding/hex"

	"rollwire.example/refusal"
)

// A Hash is the hash of a state as STATE_HASH carries it: eight raw bytes
// (STATE_HASH-3).
type Hash [8]byte

// A ReadyHash is the hash of a state as EPISODE_READY carries it: eight ASCII
// characters, one for each digit (EPISODE_READY-3). It is a type of its own,
// so that nobody can exchange it with a Hash of the same size.
type ReadyHash [8]byte

// ParseHash reads 16 hex digits, and refuses every other text (STATE_HASH-4).
// It refuses digits in upper case, so that each hash has one text
// (STATE_HASH-5).
func ParseHash(text string) (Hash, error) {
	var hash Hash
	if len(text) != 2*len(hash) || firstBadDigit(text) >= 0 {
		return hash, refusal.New(refusal.Text, "the hash is not 16 digits of 0-9a-f")
	}
	// hex.Decode takes digits alone: no sign, no space and no prefix.
	if _, err := hex.Decode(hash[:], []byte(text)); err != nil {
		return hash, refusal.New(refusal.Text, "%v", err)
	}
	return hash, nil
}

// ParseReadyHash reads 8 hex digits, and refuses every other text
// (EPISODE_READY-5), also digits in upper case (EPISODE_READY-6).
func ParseReadyHash(text string) (ReadyHash, error) {
	var hash ReadyHash
	if len(text) != len(hash) || firstBadDigit(text) >= 0 {
		return hash, refusal.New(refusal.Text, "the hash is not 8 digits of 0-9a-f")
	}
	copy(hash[:], text)
	return hash, nil
}

// String returns the 16 digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// String returns the 8 digits.
func (h ReadyHash) String() string { return string(h[:]) }

// firstBadDigit returns where the text has something else than a hex digit in
// lower case, or -1.
func firstBadDigit(text string) int {
	for i := 0; i < len(text); i++ {
		digit := '0' <= text[i] && text[i] <= '9' || 'a' <= text[i] && text[i] <= 'f'
		if !digit {
			return i
		}
	}
	return -1
}
