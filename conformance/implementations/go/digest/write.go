package digest

import (
	"fmt"
	"sort"
	"unicode/utf16"
)

// appendValue writes a value in its canonical form (DIGEST-5).
func (f *Form) appendValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return fmt.Append(b, v)
	case number:
		return f.appendNumber(b, string(v))
	case text:
		return appendText(b, v)
	case array:
		b = append(b, '[')
		for i, element := range v {
			if i > 0 {
				b = append(b, f.comma...)
			}
			b = f.appendValue(b, element)
		}
		return append(b, ']')
	default:
		return f.appendObject(b, v.(object))
	}
}

// appendObject writes the members by ascending key (DIGEST-6). Of several
// members with the same key, it writes the last (DIGEST-7).
func (f *Form) appendObject(b []byte, members object) []byte {
	// The sort is stable, so the last of the text is the last here too.
	sort.SliceStable(members, func(i, j int) bool { return less(members[i].key, members[j].key) })
	b = append(b, '{')
	isFirst := true
	for i, m := range members {
		if i+1 < len(members) && !less(m.key, members[i+1].key) {
			continue
		}
		if !isFirst {
			b = append(b, f.comma...)
		}
		isFirst = false
		b = appendText(b, m.key)
		b = append(b, f.colon...)
		b = f.appendValue(b, m.value)
	}
	return append(b, '}')
}

// less compares code point by code point; a prefix is less.
func less(a, b text) bool {
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return i < len(b) && a[i] < b[i]
		}
	}
	return len(a) < len(b)
}

// appendText writes a string in ASCII (DIGEST-10 to DIGEST-13).
func appendText(b []byte, points text) []byte {
	b = append(b, '"')
	for _, point := range points {
		switch {
		case point == '"' || point == '\\':
			b = append(b, '\\', byte(point))
		case point == '\b':
			b = append(b, `\b`...)
		case point == '\f':
			b = append(b, `\f`...)
		case point == '\n':
			b = append(b, `\n`...)
		case point == '\r':
			b = append(b, `\r`...)
		case point == '\t':
			b = append(b, `\t`...)
		case 0x20 <= point && point <= 0x7e:
			b = append(b, byte(point))
		case point > 0xffff:
			high, low := utf16.EncodeRune(point)
			b = fmt.Appendf(b, `\u%04x\u%04x`, high, low)
		default:
			b = fmt.Appendf(b, `\u%04x`, point)
		}
	}
	return append(b, '"')
}
