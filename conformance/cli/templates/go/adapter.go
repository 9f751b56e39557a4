// The adapter: reads a request from each line of standard input and answers it with one line.
// `rollwire explain adapter.md` describes the protocol. Your code belongs in codec.go.
package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
)

// An object is a map and not a struct, because encoding/json would take "ID" for the member "id" of one.
type object = map[string]any

// What `rollwire` may ask. Extend `capabilities` and `messages` with your implementation.
var declared = object{
	"protocol":     1,
	"impl":         object{"name": "my-implementation", "version": "0.1.0", "language": "Go"},
	"capabilities": []string{"decode", "encode"},
	"messages":     []string{"state_hash"},
}

// One function for each question. What is not here is answered with `unsupported`.
var questions = map[string]func(object) (object, error){
	"hello":  hello,
	"decode": decode,
	"encode": encode,
}

const maxID = 1<<53 - 1

func hello(request object) (object, error) {
	offered, _ := request["protocol"].([]any)
	for _, version := range offered {
		if version == json.Number("1") {
			answer := object{"nonce": request["nonce"]}
			for name, value := range declared {
				answer[name] = value
			}
			return answer, nil
		}
	}
	return nil, errors.New("this adapter speaks only protocol 1")
}

func decode(request object) (object, error) {
	text, isText := request["hex"].(string)
	datagram, err := hex.DecodeString(text)
	if err != nil || !isText {
		return nil, errors.New("`hex` is not hex")
	}
	message, err := Decode(datagram)
	if err != nil {
		return nil, err
	}
	fields := object{"frame": message.Frame, "hash": hex.EncodeToString(message.Hash[:])}
	return object{"type": "state_hash", "fields": fields}, nil
}

// The fields may be wrong on purpose. What a StateHash cannot hold is refused here in its place.
func encode(request object) (object, error) {
	if name, isText := request["type"].(string); !isText || name != "state_hash" {
		return nil, &Refusal{"unknown_type", "only STATE_HASH is known"}
	}
	fields, isObject := request["fields"].(object)
	if !isObject {
		return nil, errors.New("`fields` is not an object")
	}
	frame, isInteger := integer(fields["frame"])
	if !isInteger {
		return nil, &Refusal{"value", "the frame is not an integer"}
	}
	if frame < 0 || frame > 0xffffffff {
		return nil, &Refusal{"range", "the frame is not a u32"}
	}
	text, isText := fields["hash"].(string)
	if !isText {
		return nil, &Refusal{"value", "the hash is not text"}
	}
	hash, err := hex.DecodeString(text)
	if err != nil || len(hash) != 8 {
		return nil, &Refusal{"text", "the hash is not 16 hex digits"}
	}
	message := StateHash{Frame: uint32(frame)}
	copy(message.Hash[:], hash)
	return object{"hex": hex.EncodeToString(Encode(message))}, nil
}

// An integer has no point and no exponent.
func integer(value any) (int64, bool) {
	number, isNumber := value.(json.Number)
	result, err := strconv.ParseInt(number.String(), 10, 64)
	return result, isNumber && err == nil
}

// Returns the answer without its id. A refusal is an answer; every other error is a defect, and so is a
// panic.
func answer(request object) (answer object) {
	defer func() {
		if defect := recover(); defect != nil {
			answer = object{"error": object{"message": fmt.Sprint(defect)}}
		}
	}()
	op, isText := request["op"].(string)
	if !isText {
		return object{"error": object{"message": "`op` is not text"}}
	}
	question, isKnown := questions[op]
	if !isKnown {
		return object{"unsupported": object{}}
	}
	ok, err := question(request)
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return object{"reject": object{"class": refusal.Class, "message": refusal.Message}}
	}
	if err != nil {
		return object{"error": object{"message": err.Error()}}
	}
	return object{"ok": ok}
}

// Returns the request on a line and its id.
func parse(line []byte) (object, int64, error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber() // a float64 would take 1.0 for 1
	var request object
	if err := decoder.Decode(&request); err != nil {
		return nil, 0, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, 0, errors.New("there is text after the request")
	}
	id, isInteger := integer(request["id"])
	if !isInteger || id < 0 || id > maxID {
		return nil, 0, errors.New("the request has no id")
	}
	return request, id, nil
}

// Answers until the end of standard input, and exits with code 0.
func main() {
	input, output := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		line, end := input.ReadBytes('\n')
		if line = bytes.TrimSpace(line); len(line) > 0 {
			// Without an id a request cannot be answered, and is only logged.
			if request, id, err := parse(line); err != nil {
				fmt.Fprintf(os.Stderr, "%v: %.200q\n", err, line)
			} else {
				answer := answer(request)
				answer["id"] = id
				if output.Encode(answer) != nil {
					os.Exit(1)
				}
			}
		}
		if end != nil {
			return
		}
	}
}
