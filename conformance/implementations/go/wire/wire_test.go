package wire

import (
	"bytes"
	"reflect"
	"testing"

	"rollwire.example/refusal"
)

// Two layouts have the same length. The types keep them apart: this does not
// compile if a Hash is written where a ReadyHash must be.
func TestTwoHashesOfOneSize(t *testing.T) {
	hash, err := ParseHash("0123456789abcdef")
	if err != nil {
		t.Fatal(err)
	}
	ready, err := ParseReadyHash("0123abcd")
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range []struct {
		message Message
		want    string
	}{
		{StateHash{Frame: 150, Hash: hash}, "\x07\x00\x00\x00\x96\x01\x23\x45\x67\x89\xab\xcd\xef"},
		{EpisodeReady{Episode: 1, Hash: ready}, "\x06\x00\x00\x00\x010123abcd"},
	} {
		got, err := Encode(Newest, each.message)
		if err != nil || string(got) != each.want {
			t.Errorf("%v: got %x and %v, want %x", each.message, got, err, each.want)
		}
	}
}

// The first check that fails decides on the class and on the offset.
func TestOrderOfChecks(t *testing.T) {
	for _, each := range []struct {
		datagram string
		class    refusal.Class
		offset   int
	}{
		{"", refusal.Empty, 0},
		{"\x08\x00", refusal.UnknownType, 0},
		{"\x01\x00\x00\x00\x00", refusal.Truncated, 5},
		// The count is looked at before the length.
		{"\x01\x00\x00\x00\x00\x00\x00\x10\x00", refusal.Count, 7},
		{"\x01\x00\x01\x00\x00\x00\x64\x02\x00\x00\x00\x00\x64\x03", refusal.Truncated, 14},
		// The length is looked at before the characters.
		{"\x06\x00\x00\x00\x01a1B2c3d4\x00", refusal.Trailing, 13},
		{"\x06\x00\x00\x00\x01a1B2c3d4", refusal.Text, 7},
		{"\x12\x00\x00\x00\x0a\x00\x00\x00\x05", refusal.Range, 5},
		{"\x14\x02\x00\x00\x00\x00", refusal.Value, 1},
		// A count of 65535 in 5 bytes: nothing is reserved for it.
		{"\x13\x00\x01\xff\xff", refusal.Truncated, 5},
	} {
		_, err := Decode(Newest, []byte(each.datagram))
		refused := refusal.Of(err)
		if refused == nil || refused.Class != each.class || refused.Offset != each.offset {
			t.Errorf("%x: got %+v, want %s at %d", each.datagram, refused, each.class, each.offset)
		}
	}
}

func TestRevisions(t *testing.T) {
	six := Input{Entries: make([]Entry, 6)}
	if _, err := Encode(6, six); refusal.Of(err).Class != refusal.Count {
		t.Errorf("revision 6 has at most 5 entries, got %v", err)
	}
	if _, err := Encode(7, six); err != nil {
		t.Error(err)
	}
	if _, err := Encode(3, StateHash{}); refusal.Of(err).Class != refusal.UnknownType {
		t.Errorf("revision 3 has no STATE_HASH, got %v", err)
	}
}

// No datagram makes the decoder panic, and each that it accepts is written
// again as it was, except for the reserved byte of INPUT. The buffer is
// overwritten before the comparison, as a receive buffer would be.
func FuzzDecode(f *testing.F) {
	for kind := 0; kind < 256; kind++ {
		for _, size := range []int{0, 4, 5, 8, 12, 13} {
			f.Add(append([]byte{byte(kind)}, make([]byte, size)...), uint8(7))
		}
	}
	f.Fuzz(func(t *testing.T, datagram []byte, revision uint8) {
		r := Revision(revision%7) + 1
		view := append([]byte(nil), datagram...)
		message, err := Decode(r, view)
		if err != nil {
			if refusal.Of(err) == nil {
				t.Fatalf("%v is no refusal", err)
			}
			return
		}
		for i := range view {
			view[i] = 0xff
		}
		again, err := Encode(r, message)
		if err != nil {
			t.Fatal(err)
		}
		if message.Kind() == KindInput {
			datagram[8] = 0
		}
		if !bytes.Equal(again, datagram) {
			t.Fatalf("%x became %x", datagram, again)
		}
		if back, err := Decode(r, again); err != nil || !reflect.DeepEqual(back, message) {
			t.Fatalf("%+v became %+v, %v", message, back, err)
		}
	})
}
