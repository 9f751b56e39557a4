// Package refusal has the one kind of error with which the codec and the
// digest refuse their input.
//
// A refusal is an ordinary result and not a fault of the program
// (REFUSAL-1). A caller tells it from every other error with Of.
package refusal

import (
	"errors"
	"fmt"
)

// A Class says why an input was refused. The set is closed (REFUSAL-2).
type Class string

// The eight classes.
const (
	Empty       Class = "empty"
	UnknownType Class = "unknown_type"
	Truncated   Class = "truncated"
	Trailing    Class = "trailing"
	Count       Class = "count"
	Value       Class = "value"
	Text        Class = "text"
	Range       Class = "range"
)

// An Error is a refusal.
type Error struct {
	Class Class
	// Offset is the byte at which a decoder refused (REFUSAL-3). An encoder
	// leaves it at 0. A digest sets it to the byte of the text where it
	// stopped to read, or leaves it at 0 as well.
	Offset int
	Reason string
}

// Error returns the class and the reason.
func (e *Error) Error() string {
	return fmt.Sprintf("%s: %s", e.Class, e.Reason)
}

// At returns a refusal at an offset.
func At(offset int, class Class, format string, arguments ...any) error {
	return &Error{Class: class, Offset: offset, Reason: fmt.Sprintf(format, arguments...)}
}

// New returns a refusal without an offset.
func New(class Class, format string, arguments ...any) error {
	return At(0, class, format, arguments...)
}

// Of returns the refusal that err is, or nil if err is none.
func Of(err error) *Error {
	var refused *Error
	if errors.As(err, &refused) {
		return refused
	}
	return nil
}
