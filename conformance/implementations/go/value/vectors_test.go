package value

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollwire.example/refusal"
	"rollwire.example/wire"
)

// The vectors are only data, so a test can read them without rollwire. This
// is all that it takes for the codec.
const vectors = "../../../../vectors/codec"

type vector struct {
	ID        string `json:"id"`
	Since     int    `json:"since"`
	Until     int    `json:"until"`
	Hex       *string
	Canonical string
	Value     *struct {
		Type   string
		Fields map[string]any
	}
	Reject refusal.Class
	Checks []string
}

func TestVectors(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(vectors, "*.json"))
	if len(files) == 0 {
		t.Skip("the vectors are not here")
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		decoder := json.NewDecoder(f)
		decoder.UseNumber() // 1.5 and 2^53 must arrive as they are written.
		var content struct{ Cases []vector }
		if err := decoder.Decode(&content); err != nil {
			t.Fatal(file, err)
		}
		f.Close()
		for _, c := range content.Cases {
			if c.Until == 0 {
				c.Until = int(wire.Newest)
			}
			for r := c.Since; r <= c.Until; r++ {
				c.check(t, wire.Revision(r))
			}
		}
	}
}

// check leaves out the cases with more than one right answer.
func (c vector) check(t *testing.T, r wire.Revision) {
	var message wire.Message
	var err error
	switch {
	case c.Hex != nil:
		datagram, bad := hex.DecodeString(strings.ReplaceAll(*c.Hex, " ", ""))
		if bad != nil {
			t.Fatal(c.ID, bad)
		}
		message, err = wire.Decode(r, datagram)
	case c.Value != nil:
		if message, err = Parse(r, c.Value.Type, c.Value.Fields); err == nil {
			_, err = wire.Encode(r, message)
		}
	}
	if c.Reject != "" {
		if refused := refusal.Of(err); refused == nil || refused.Class != c.Reject {
			t.Errorf("%s: got %v, want the refusal %s", c.ID, err, c.Reject)
		}
		return
	}
	if c.Hex == nil || c.Value == nil {
		return
	}
	if err != nil {
		t.Errorf("%s: %v", c.ID, err)
		return
	}
	got, want := normal(Fields(message)), normal(c.Value.Fields)
	if message.Kind().String() != c.Value.Type || got != want {
		t.Errorf("%s: got %s %s, want %s", c.ID, message.Kind(), got, want)
	}
}

// normal returns a value as JSON whose members are sorted at every depth.
func normal(value any) string {
	text, _ := json.Marshal(value)
	var again any
	json.Unmarshal(text, &again)
	text, _ = json.Marshal(again)
	return string(text)
}

// What a JSON library makes of numbers is the most common fault of an encoder.
func TestUnsigned(t *testing.T) {
	for _, each := range []struct {
		given any
		class refusal.Class
	}{
		{json.Number("255"), ""},
		{json.Number("256"), refusal.Range},
		{json.Number("-1"), refusal.Range},
		{json.Number("9007199254740991"), refusal.Range},
		{json.Number("99999999999999999999"), refusal.Range},
		{json.Number("1.5"), refusal.Value},
		{json.Number("1e2"), refusal.Value},
		{"5", refusal.Value},
		{true, refusal.Value},
		{nil, refusal.Value},
	} {
		_, err := Unsigned(each.given, "action", 8)
		refused := refusal.Of(err)
		if each.class == "" && err != nil || each.class != "" && (refused == nil || refused.Class != each.class) {
			t.Errorf("%v: got %v, want %q", each.given, err, each.class)
		}
	}
}
