package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"runtime/debug"
	"unicode/utf8"

	"rollwire.example/peer"
	"rollwire.example/refusal"
	"rollwire.example/value"
	"rollwire.example/wire"
)

// settings are what the command line chooses.
type settings struct {
	revision   wire.Revision
	lasting    bool
	parameters peer.Parameters
}

// An adapter answers requests. What lasts from one to the next are its
// sessions.
type adapter struct {
	settings settings
	sessions map[uint64]*session
	receive  receiveBuffer
}

func newAdapter(s settings) *adapter {
	return &adapter{settings: s, sessions: map[uint64]*session{}}
}

// An object is a JSON object as encoding/json reads it into an any. A struct
// would not do: encoding/json finds its members whatever their case, and does
// not tell a missing member from a zero.
type object = map[string]any

// errUnsupported is the answer to an operation that the adapter does not have.
var errUnsupported = errors.New("unsupported operation")

// answer returns the answer to one line, without its end, or nil if the line
// has no id to answer to.
func (a *adapter) answer(line []byte) []byte {
	if len(bytes.TrimSpace(line)) == 0 {
		return nil
	}
	request, err := parse(line)
	if err != nil {
		log.Printf("a line is no request: %v", err)
		return nil
	}
	id, err := identifier(request["id"])
	if err != nil {
		log.Printf("a request has no id: %v", err)
		return nil
	}
	member, content := "ok", any(nil)
	ok, err := a.perform(request)
	switch refused := refusal.Of(err); {
	case err == nil:
		content = ok
	case errors.Is(err, errUnsupported):
		member, content = "unsupported", object{}
	case refused != nil:
		member, content = "reject", object{"class": refused.Class, "message": refused.Reason}
	default:
		member, content = "error", object{"message": err.Error()}
	}
	body, err := json.Marshal(content)
	if err != nil {
		body, _ = json.Marshal(object{"message": err.Error()})
		member = "error"
	}
	return append(append(fmt.Appendf(nil, `{"id":%d,"%s":`, id, member), body...), '}')
}

// perform runs the operation. A panic is a fault and not a refusal, and it
// must not end the program: the other sessions go on.
func (a *adapter) perform(request object) (ok any, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			log.Printf("panic: %v\n%s", fault, debug.Stack())
			ok, err = nil, fmt.Errorf("panic: %v", fault)
		}
	}()
	operation, isText := request["op"].(string)
	if !isText {
		return nil, errors.New("malformed: op is not text")
	}
	switch operation {
	case "hello":
		return a.hello(request)
	case "decode":
		return a.decode(request)
	case "encode":
		return a.encode(request)
	case "reencode":
		return a.reencode(request)
	case "digest":
		return a.digest(request)
	case "open":
		return a.open(request)
	case "step", "advance":
		return a.step(request, operation == "advance")
	case "close":
		return a.close(request)
	}
	return nil, errUnsupported
}

func (a *adapter) decode(request object) (any, error) {
	message, err := a.decodeHex(request)
	if err != nil {
		return nil, err
	}
	return object{"type": message.Kind().String(), "fields": value.Fields(message)}, nil
}

func (a *adapter) encode(request object) (any, error) {
	name, isText := request["type"].(string)
	fields, isObject := request["fields"].(object)
	if !isText || !isObject {
		return nil, errors.New("malformed: encode needs type and fields")
	}
	message, err := value.Parse(a.settings.revision, name, fields)
	if err != nil {
		return nil, err
	}
	return a.encodeHex(message)
}

func (a *adapter) reencode(request object) (any, error) {
	message, err := a.decodeHex(request)
	if err != nil {
		return nil, err
	}
	return a.encodeHex(message)
}

func (a *adapter) decodeHex(request object) (wire.Message, error) {
	datagram, err := hexOf(request["hex"])
	if err != nil {
		return nil, err
	}
	view, done := a.receive.put(datagram)
	message, err := wire.Decode(a.settings.revision, view)
	done()
	return message, err
}

func (a *adapter) encodeHex(message wire.Message) (any, error) {
	datagram, err := wire.Encode(a.settings.revision, message)
	if err != nil {
		return nil, err
	}
	return object{"hex": fmt.Sprintf("%x", datagram)}, nil
}

// parse reads one JSON object. The text of its numbers is kept, so that 1.5
// and 2^53 arrive as they were written.
func parse(line []byte) (object, error) {
	// encoding/json would replace bytes that are not UTF-8 without an error.
	if !utf8.Valid(line) {
		return nil, errors.New("not UTF-8")
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	var request any
	if err := decoder.Decode(&request); err != nil {
		return nil, err
	}
	// A Decoder does not look at what follows the first value.
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errors.New("something follows the object")
	}
	if o, ok := request.(object); ok {
		return o, nil
	}
	return nil, errors.New("not an object")
}

// identifier reads an id or the number of a session: 0 to 2^53 - 1.
func identifier(given any) (uint64, error) {
	n, err := value.Unsigned(given, "the number", 53)
	if err != nil {
		return 0, malformed("%v", err)
	}
	return n, nil
}

// malformed returns an error that is not a refusal, so it is answered with
// error and not with reject.
func malformed(format string, arguments ...any) error {
	return errors.New("malformed: " + fmt.Sprintf(format, arguments...))
}
