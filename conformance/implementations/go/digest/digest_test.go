package digest

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"rollwire.example/refusal"
)

// A few of the worked numbers of the specification.
func TestNumbers(t *testing.T) {
	for _, each := range []struct{ token, rounded, exact string }{
		{"-0", "0", "0"},
		{"-0.0", "0", "-0.0"},
		{"1E2", "100", "100.0"},
		{"-1e-11", "-0.0", "-1e-11"},
		{"1.5e-10", "1e-10", "1.5e-10"},
		{"0.00048828125", "0.0004882812", "0.00048828125"},
		{"0.99999999999", "1.0", "0.99999999999"},
		{"18446744073709551616", "18446744073709552000", "18446744073709551616"},
		{"1e16", "10000000000000000", "1e+16"},
		{"1e21", "1e+21", "1e+21"},
		// Two shortest texts are equally close: the even one is right.
		{"0.0000000298023223876953125", "2.98e-08", "2.9802322387695312e-08"},
		// The closest 16 digits do not read back; these do.
		{"5.684341886080802e-14", "0.0", "5.684341886080802e-14"},
	} {
		check := func(form *Form, want string) {
			made, err := Of(form, "["+each.token+"]")
			if got := strings.Trim(made.Text, "[]"); err != nil || got != want {
				t.Errorf("%s in the form %s: got %s and %v, want %s", each.token, form, got, err, want)
			}
		}
		check(StateHash, each.rounded)
		check(EpisodeReady, each.exact)
	}
}

// strconv.ParseFloat alone is wrong for each of these tokens (DIGEST-14).
func TestLongTokens(t *testing.T) {
	for _, each := range []struct {
		token string
		want  float64
	}{
		{"1" + strings.Repeat("0", 900) + "e-900", 1},
		{"0." + strings.Repeat("0", 99_999) + "1e100000", 1},
		{"1e" + strings.Repeat("9", 5000), math.Inf(1)},
		{"-1e-" + strings.Repeat("9", 5000), math.Copysign(0, -1)},
		// Just above the value halfway between 1 and the next double.
		{"1.00000000000000011102230246251565404236316680908203125" + strings.Repeat("0", 2000) + "1", math.Nextafter(1, 2)},
		{"1.00000000000000011102230246251565404236316680908203125" + strings.Repeat("0", 2000), 1},
	} {
		if got := double(each.token); math.Float64bits(got) != math.Float64bits(each.want) {
			t.Errorf("%.20s...: got %g, want %g", each.token, got, each.want)
		}
	}
}

// Rounding to ten places is compared with the integers of the specification.
func TestRoundingExactly(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for i := 0; i < 100_000; i++ {
		x := math.Float64frombits(random.Uint64())
		if i%2 == 0 {
			// Many of these are ties.
			x = float64(random.Intn(1<<20)) / float64(uint64(1)<<random.Intn(40))
		}
		if math.IsNaN(x) || math.Abs(x) >= 1<<53 || x == math.Trunc(x) {
			continue
		}
		want := string(appendPointed(nil, slowlyRounded(x)))
		if got := string(appendRounded(nil, x)); got != want {
			t.Fatalf("%g: got %s, want %s", x, got, want)
		}
	}
}

// slowlyRounded does what the chapter says under "Rounding exactly".
func slowlyRounded(x float64) float64 {
	exact := new(big.Rat).SetFloat64(math.Abs(x)) // m / 2^k
	n := new(big.Int).Mul(exact.Num(), big.NewInt(10_000_000_000))
	q, r := new(big.Int).QuoRem(n, exact.Denom(), new(big.Int))
	twice := new(big.Int).Lsh(r, 1)
	if c := twice.Cmp(exact.Denom()); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(1))
	}
	result, _ := new(big.Rat).SetFrac(q, big.NewInt(10_000_000_000)).Float64()
	return math.Copysign(result, x)
}

// The shortest digits must read back, and must be those nearest to the exact
// value, a tie to even (DIGEST-21). strconv promises only their number.
func TestShortest(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	for i := 0; i < 300_000; i++ {
		x := math.Float64frombits(random.Uint64() &^ (1 << 63))
		if i%3 == 0 {
			x = math.Ldexp(float64(random.Intn(200)+1), random.Intn(2000)-1074)
		}
		if math.IsNaN(x) || math.IsInf(x, 0) || x == 0 {
			continue
		}
		text := string(appendPointed(nil, x))
		if back, err := strconv.ParseFloat(text, 64); err != nil || back != x {
			t.Fatalf("%g was written %s", x, text)
		}
		// With a given number of digits, strconv rounds the exact value, a
		// tie to even. At a power of two the result may fail to read back,
		// because the doubles below are nearer than those above.
		_, digits, exponent := shortest(x)
		closest := strconv.FormatFloat(x, 'e', len(digits)-1, 64)
		if back, _ := strconv.ParseFloat(closest, 64); back != x {
			continue
		}
		want, power, _ := strings.Cut(strings.Replace(closest, ".", "", 1), "e")
		if n, _ := strconv.Atoi(power); digits != want || exponent != n {
			t.Fatalf("%g: got %se%d, want %s", x, digits, exponent, closest)
		}
	}
}

func TestOrderOfChecks(t *testing.T) {
	deep := strings.Repeat("[", 101) + strings.Repeat("]", 101)
	for _, each := range []struct {
		state          string
		state16, eight refusal.Class
	}{
		{`[1,]`, refusal.Text, refusal.Text},
		{`{} x`, refusal.Text, refusal.Text},
		{"\ufeff{}", refusal.Text, refusal.Text},
		{"[\"\xff\"]", refusal.Text, refusal.Text},
		{`"x"`, refusal.Value, refusal.Value},
		{deep, refusal.Range, refusal.Range},
		{`[1e309]`, "", refusal.Range},
		// A scalar that is infinite: the scalar comes first.
		{`1e309`, refusal.Value, refusal.Value},
		// A scalar that is too long: the length comes first.
		{strings.Repeat("9", 4301), refusal.Value, refusal.Range},
		// A member that does not count can still be refused (DIGEST-30).
		{`{"a":` + strings.Repeat("9", 4301) + `,"a":1}`, "", refusal.Range},
	} {
		for form, want := range map[*Form]refusal.Class{StateHash: each.state16, EpisodeReady: each.eight} {
			_, err := Of(form, each.state)
			got := refusal.Class("")
			if refused := refusal.Of(err); refused != nil {
				got = refused.Class
			}
			if got != want {
				t.Errorf("%.20q in the form %s: got %q, want %q", each.state, form, got, want)
			}
		}
	}
}

func TestVectors(t *testing.T) {
	files, _ := filepath.Glob("../../../../vectors/digest/*.json")
	if len(files) == 0 {
		t.Skip("the vectors are not here")
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var set struct {
			Cases []struct{ ID, Form, State, Text, Hash string }
		}
		if err := json.Unmarshal(content, &set); err != nil {
			t.Fatal(file, err)
		}
		for _, c := range set.Cases {
			form := StateHash
			if c.Form == EpisodeReady.String() {
				form = EpisodeReady
			}
			if c.Hash == "" {
				continue // The case has several right answers, or none.
			}
			if made, err := Of(form, c.State); err != nil || made.Hash != c.Hash || made.Text != c.Text && c.Text != "" {
				t.Errorf("%s: got %+v and %v", c.ID, made, err)
			}
		}
	}
}

// No text makes the reader panic. A canonical text can be read again, and in
// the form of 8 digits, which rounds nothing, it is its own canonical text.
func FuzzOf(f *testing.F) {
	for _, seed := range []string{`{"a":[1,-2.5e3,"\ud83d\ude00\ud800"]}`, `[[]]`, `[1e`, "{\"\\u", `[-]`, `"\`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, state string) {
		for _, form := range []*Form{StateHash, EpisodeReady} {
			made, err := Of(form, state)
			if err != nil {
				if refusal.Of(err) == nil {
					t.Fatalf("%v is no refusal", err)
				}
				continue
			}
			again, err := Of(form, made.Text)
			if err != nil || form == EpisodeReady && again != made {
				t.Fatalf("%q became %q, then %q and %v", state, made.Text, again.Text, err)
			}
		}
	})
}
