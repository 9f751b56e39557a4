package digest

import (
	"math"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"rollwire.example/refusal"
)

const (
	maxDepth  = 100  // DIGEST-29, DIGEST-3
	maxDigits = 4300 // DIGEST-23
)

// The values of a state. A value is one of these types, a bool, or nil.
type (
	// A number is kept as its token.
	number string
	// A text is kept as code points. A surrogate without its other half is
	// one of them (DIGEST-13); a string of Go could not hold it.
	text  []rune
	array []any
	// The members of an object have the order of the text.
	object []member
)

type member struct {
	key   text
	value any
}

// A reader reads one JSON text.
//
// encoding/json is not used, because it replaces lone surrogates and bytes
// that are not UTF-8, and keeps only one of several members with the same key
// without saying which.
type reader struct {
	form  *Form
	state string
	at    int
	depth int

	// These faults count only if the whole text is JSON, so they are noted
	// and not returned.
	longInteger, infinite bool
}

// read reads a state, in the order of checks of the specification.
func read(form *Form, state string) (any, error) {
	r := &reader{form: form, state: state}
	r.space()
	root, err := r.value()
	if err != nil {
		return nil, err
	}
	r.space()
	if r.at < len(r.state) {
		return nil, r.notJSON("something follows the value")
	}
	if r.longInteger {
		return nil, refusal.New(refusal.Range, "an integer has more than %d digits", maxDigits)
	}
	switch root.(type) {
	case array, object:
	default:
		return nil, refusal.New(refusal.Value, "the state is neither an object nor an array") // DIGEST-2
	}
	if r.infinite {
		return nil, refusal.New(refusal.Range, "a number is infinite") // DIGEST-25
	}
	return root, nil
}

func (r *reader) notJSON(reason string) error {
	return refusal.At(r.at, refusal.Text, "not JSON at byte %d: %s", r.at, reason)
}

// peek returns the next byte, or 0 at the end of the text. A 0 in the text
// itself is no JSON outside of strings, so the two need no distinction.
func (r *reader) peek() byte {
	if r.at < len(r.state) {
		return r.state[r.at]
	}
	return 0
}

func (r *reader) take(b byte) bool {
	if r.at < len(r.state) && r.state[r.at] == b {
		r.at++
		return true
	}
	return false
}

// space passes over white space (DIGEST-4).
func (r *reader) space() {
	for r.take(' ') || r.take('\t') || r.take('\n') || r.take('\r') {
	}
}

func (r *reader) value() (any, error) {
	switch b := r.peek(); {
	case b == '{':
		return r.nested(r.object)
	case b == '[':
		return r.nested(r.array)
	case b == '"':
		return r.text()
	case b == '-' || isDigit(b):
		return r.number()
	case b == 't':
		return true, r.word("true")
	case b == 'f':
		return false, r.word("false")
	case b == 'n':
		return nil, r.word("null")
	}
	return nil, r.notJSON("expected a value")
}

func (r *reader) word(word string) error {
	if len(r.state)-r.at < len(word) || r.state[r.at:r.at+len(word)] != word {
		return r.notJSON("expected a value")
	}
	r.at += len(word)
	return nil
}

// nested counts the depth, which bounds the recursion. The specification lets
// a reader stop where the 101st level begins.
func (r *reader) nested(content func() (any, error)) (any, error) {
	if r.depth == maxDepth {
		return nil, refusal.At(r.at, refusal.Range, "nested more than %d deep", maxDepth)
	}
	r.depth++
	defer func() { r.depth-- }()
	r.at++ // the bracket
	r.space()
	return content()
}

func (r *reader) array() (any, error) {
	elements := array{}
	if r.take(']') {
		return elements, nil
	}
	for {
		element, err := r.value()
		if err != nil {
			return nil, err
		}
		elements = append(elements, element)
		r.space()
		if r.take(']') {
			return elements, nil
		}
		if !r.take(',') {
			return nil, r.notJSON("expected , or ]")
		}
		r.space()
	}
}

func (r *reader) object() (any, error) {
	members := object{}
	if r.take('}') {
		return members, nil
	}
	for {
		if r.peek() != '"' {
			return nil, r.notJSON("expected a key")
		}
		key, err := r.text()
		if err != nil {
			return nil, err
		}
		r.space()
		if !r.take(':') {
			return nil, r.notJSON("expected :")
		}
		r.space()
		value, err := r.value()
		if err != nil {
			return nil, err
		}
		members = append(members, member{key, value})
		r.space()
		if r.take('}') {
			return members, nil
		}
		if !r.take(',') {
			return nil, r.notJSON("expected , or }")
		}
		r.space()
	}
}

// text reads a string from its first to its last quotation mark.
func (r *reader) text() (text, error) {
	r.at++
	points := text{}
	for {
		switch b := r.peek(); {
		case r.take('"'):
			return points, nil
		case r.take('\\'):
			point, err := r.escape()
			if err != nil {
				return nil, err
			}
			points = append(points, point)
		case b < 0x20:
			return nil, r.notJSON("a control character, or the end, within a string")
		default:
			point, size := utf8.DecodeRuneInString(r.state[r.at:])
			if point == utf8.RuneError && size <= 1 {
				return nil, r.notJSON("not UTF-8")
			}
			points = append(points, point)
			r.at += size
		}
	}
}

// escape reads what follows a backslash. Two escapes that form a surrogate
// pair are one character.
func (r *reader) escape() (rune, error) {
	b := r.peek()
	if b == 'u' {
		first, err := r.unit()
		if err != nil || !utf16.IsSurrogate(first) {
			return first, err
		}
		start := r.at
		if r.take('\\') && r.peek() == 'u' {
			second, err := r.unit()
			if err != nil {
				return 0, err
			}
			if pair := utf16.DecodeRune(first, second); pair != utf8.RuneError {
				return pair, nil
			}
		}
		r.at = start // The second one is read again, by itself.
		return first, nil
	}
	for i := 0; i < len(escapes); i += 2 {
		if escapes[i] == b {
			r.at++
			return rune(escapes[i+1]), nil
		}
	}
	return 0, r.notJSON("an unknown escape")
}

// escapes has each short escape, and then what it stands for.
const escapes = "\"\"\\\\//b\bf\fn\nr\rt\t"

// unit reads u and four hex digits, in either case.
func (r *reader) unit() (rune, error) {
	r.at++
	unit := rune(0)
	for i := 0; i < 4; i++ {
		b := r.peek()
		digit := rune(b)
		switch {
		case isDigit(b):
			digit -= '0'
		case 'a' <= b && b <= 'f':
			digit -= 'a' - 10
		case 'A' <= b && b <= 'F':
			digit -= 'A' - 10
		default:
			return 0, r.notJSON("expected four hex digits")
		}
		unit = unit<<4 | digit
		r.at++
	}
	return unit, nil
}

// number reads a number by the grammar of JSON. strconv would also accept
// +1, .5, 01, 1_0, 0x1 and words.
func (r *reader) number() (any, error) {
	start := r.at
	r.take('-')
	integer := r.at
	if !r.take('0') && r.digits() == 0 {
		return nil, r.notJSON("expected a digit")
	}
	integerDigits := r.at - integer
	isInteger := true
	if r.take('.') {
		isInteger = false
		if r.digits() == 0 {
			return nil, r.notJSON("expected a digit")
		}
	}
	if r.take('e') || r.take('E') {
		isInteger = false
		if !r.take('+') {
			r.take('-')
		}
		if r.digits() == 0 {
			return nil, r.notJSON("expected a digit")
		}
	}
	token := r.state[start:r.at]
	if r.form.exact {
		if isInteger {
			r.longInteger = r.longInteger || integerDigits > maxDigits
		} else {
			r.infinite = r.infinite || math.IsInf(double(token), 0)
		}
	}
	return number(token), nil
}

func (r *reader) digits() (count int) {
	for ; isDigit(r.peek()); r.at++ {
		count++
	}
	return count
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// double returns the binary64 value nearest to the exact value of a JSON
// number (DIGEST-14).
//
// strconv.ParseFloat is right for at most 800 digits and for an exponent of
// at most five. So the token is first brought into the form 0.DIGITS with an
// exponent.
func double(token string) float64 {
	digits, exponent, negative := normalise(token)
	sign := ""
	if negative {
		sign = "-"
	}
	// 0.DIGITS is less than 1 and at least 0.1.
	switch {
	case digits == "" || exponent < -400:
		digits, exponent = "0", 0
	case exponent > 400:
		digits, exponent = "1", 400
	}
	// The error of a number that is out of range comes with the infinite
	// value, which is what is wanted.
	value, _ := strconv.ParseFloat(sign+"0."+digits+"e"+strconv.FormatInt(exponent, 10), 64)
	return value
}
