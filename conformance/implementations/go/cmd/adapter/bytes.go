package main

import "encoding/hex"

// hexOf reads the bytes of a datagram, "" for none.
func hexOf(given any) ([]byte, error) {
	text, ok := given.(string)
	if !ok {
		return nil, malformed("the bytes are not text")
	}
	datagram, err := hex.DecodeString(text)
	if err != nil {
		return nil, malformed("%v", err)
	}
	return datagram, nil
}

// A receiveBuffer hands over datagrams as a game receives them: as a part of
// a larger buffer that is used again. A codec that reads beyond the end of a
// datagram, or keeps a part of it, is then seen to be wrong.
type receiveBuffer struct{ bytes []byte }

// put returns a view of the datagram. The caller calls done when the datagram
// has been handled; the view is then overwritten.
func (b *receiveBuffer) put(datagram []byte) (view []byte, done func()) {
	const before, after = 7, 32
	if need := before + len(datagram) + after; need > len(b.bytes) {
		b.bytes = make([]byte, need)
		fill(b.bytes)
	}
	view = b.bytes[before : before+len(datagram)]
	copy(view, datagram)
	return view, func() { fill(view) }
}

func fill(bytes []byte) {
	for i := range bytes {
		bytes[i] = 0xa7
	}
}
