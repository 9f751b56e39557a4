// Package digest makes the hash of a state, which two peers compare.
//
// The state is JSON text. It is read, written again in a canonical form that
// is the same in every language, and hashed. Neither encoding/json nor
// strconv alone does what the chapter DIGEST asks for; the comments say where.
package digest

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
)

// A Form says how numbers and separators are written, and how the canonical
// text is hashed. StateHash and EpisodeReady are the two forms.
type Form struct {
	name     string
	comma    string // DIGEST-8, DIGEST-9
	colon    string
	exact    bool // numbers are written as they are spelled
	hash     func(text []byte) []byte
	hexChars int
}

// StateHash is the form of 16 digits for STATE_HASH (DIGEST-26).
var StateHash = &Form{
	name: "state_hash", comma: ",", colon: ":", hexChars: 16,
	hash: func(text []byte) []byte { sum := sha256.Sum256(text); return sum[:] },
}

// EpisodeReady is the form of 8 digits for EPISODE_READY (DIGEST-27).
var EpisodeReady = &Form{
	name: "episode_ready", comma: ", ", colon: ": ", exact: true, hexChars: 8,
	hash: func(text []byte) []byte { sum := md5.Sum(text); return sum[:] },
}

// String returns the name of the form in JSON.
func (f *Form) String() string { return f.name }

// A Digest is the hash of a state.
type Digest struct {
	// Hash has 16 or 8 hex digits in lower case.
	Hash string
	// Text is the canonical text, which is ASCII.
	Text string
}

// Of makes the digest of a state, which is JSON text. It refuses a text that
// has none: DIGEST-1 to DIGEST-3, DIGEST-23, DIGEST-25, DIGEST-30.
func Of(form *Form, state string) (Digest, error) {
	root, err := read(form, state)
	if err != nil {
		return Digest{}, err
	}
	text := form.appendValue(nil, root)
	return Digest{
		Hash: hex.EncodeToString(form.hash(text))[:form.hexChars],
		Text: string(text),
	}, nil
}
