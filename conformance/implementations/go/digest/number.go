package digest

import (
	"math"
	"strconv"
	"strings"
)

// appendNumber writes a number in the way of the form.
func (f *Form) appendNumber(b []byte, token string) []byte {
	if !f.exact {
		return appendRounded(b, double(token))
	}
	if strings.ContainsAny(token, ".eE") {
		return appendPointed(b, double(token)) // DIGEST-24
	}
	if token == "-0" {
		token = "0"
	}
	return append(b, token...) // DIGEST-22
}

// appendRounded writes a number of the 16-digit form. The first case that
// applies to the value decides (DIGEST-15 to DIGEST-20).
func appendRounded(b []byte, x float64) []byte {
	magnitude := math.Abs(x)
	switch {
	case math.IsInf(x, 0):
		return append(b, "null"...)
	case x == 0:
		return append(b, '0')
	case magnitude >= 1e21:
		return appendPointed(b, x)
	case x == math.Trunc(x):
		return appendIntegral(b, x)
	}
	// With 10 places, strconv rounds the exact binary value, and a tie to
	// the even digit. What it writes is the multiple of 10^-10, and reading
	// it gives the double nearest to it, with its sign (DIGEST-18).
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 10, 64), 64)
	return appendPointed(b, rounded) // DIGEST-19
}

// appendIntegral writes an integral number without a point (DIGEST-17).
func appendIntegral(b []byte, x float64) []byte {
	negative, digits, exponent := shortest(x)
	if negative {
		b = append(b, '-')
	}
	b = append(b, digits...)
	return append(b, strings.Repeat("0", exponent+1-len(digits))...)
}

// appendPointed writes a finite number as repr of Python does (DIGEST-21).
func appendPointed(b []byte, x float64) []byte {
	if x == 0 {
		if math.Signbit(x) {
			b = append(b, '-')
		}
		return append(b, "0.0"...)
	}
	negative, digits, exponent := shortest(x)
	if negative {
		b = append(b, '-')
	}
	switch {
	case exponent < -4 || exponent >= 16:
		b = append(b, digits[0])
		if len(digits) > 1 {
			b = append(append(b, '.'), digits[1:]...)
		}
		b = append(b, 'e')
		sign := byte('+')
		if exponent < 0 {
			sign, exponent = '-', -exponent
		}
		b = append(b, sign)
		if exponent < 10 {
			b = append(b, '0')
		}
		return strconv.AppendInt(b, int64(exponent), 10)
	case exponent < 0:
		b = append(append(b, "0."...), strings.Repeat("0", -exponent-1)...)
		return append(b, digits...)
	case len(digits) <= exponent+1:
		b = append(b, digits...)
		b = append(b, strings.Repeat("0", exponent+1-len(digits))...)
		return append(b, ".0"...)
	default:
		b = append(append(b, digits[:exponent+1]...), '.')
		return append(b, digits[exponent+1:]...)
	}
}

// shortest returns the shortest digits that read back as x, so that x is
// D.IGITS · 10^exponent. Of several it returns the closest, and of two that
// are equally close the even one. strconv does so too, but promises only the
// number of digits: a test of this package watches over the rest.
func shortest(x float64) (negative bool, digits string, exponent int) {
	text := strconv.FormatFloat(x, 'e', -1, 64)
	if text[0] == '-' {
		negative = true
		text = text[1:]
	}
	mantissa, power, _ := strings.Cut(text, "e")
	exponent, _ = strconv.Atoi(power)
	return negative, strings.Replace(mantissa, ".", "", 1), exponent
}
