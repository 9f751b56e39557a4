package digest

import "strings"

// enough is how many significant digits decide on the nearest double. The
// values halfway between two doubles have at most 767; of what follows, it
// only matters whether it is zero.
const enough = 780

// normalise takes a JSON number apart, so that it is 0.digits · 10^exponent.
// The digits neither begin nor end with 0; a zero has none.
func normalise(token string) (digits string, exponent int64, negative bool) {
	if token[0] == '-' {
		negative = true
		token = token[1:]
	}
	mantissa, power := token, ""
	if i := strings.IndexAny(token, "eE"); i >= 0 {
		mantissa, power = token[:i], token[i+1:]
	}
	whole, fraction := mantissa, ""
	if i := strings.IndexByte(mantissa, '.'); i >= 0 {
		whole, fraction = mantissa[:i], mantissa[i+1:]
	}
	all := whole + fraction
	digits = strings.TrimLeft(all, "0")
	exponent = int64(len(whole)-(len(all)-len(digits))) + saturated(power)
	if len(digits) > enough {
		rest := strings.TrimLeft(digits[enough:], "0")
		digits = digits[:enough]
		if rest != "" {
			digits += "1"
		}
	}
	return strings.TrimRight(digits, "0"), exponent, negative
}

// saturated reads an exponent, and stops at a magnitude that no number of
// digits in one text can make up for.
func saturated(power string) int64 {
	const most = 1 << 40
	sign, value := int64(1), int64(0)
	switch {
	case strings.HasPrefix(power, "-"):
		sign, power = -1, power[1:]
	case strings.HasPrefix(power, "+"):
		power = power[1:]
	}
	for _, digit := range power {
		if value = value*10 + int64(digit-'0'); value > most {
			value = most
		}
	}
	return sign * value
}
