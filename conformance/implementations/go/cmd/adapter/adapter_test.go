package main

import (
	"fmt"
	"strings"
	"testing"

	"rollwire.example/peer"
	"rollwire.example/wire"
)

// converse answers the lines of the input.
func converse(t *testing.T, input string) []string {
	t.Helper()
	var output strings.Builder
	a := newAdapter(settings{revision: wire.Newest, lasting: true, parameters: peer.Defaults()})
	if err := serve(a, strings.NewReader(input), &output); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimRight(output.String(), "\n"), "\n")
}

func TestAnswers(t *testing.T) {
	for _, each := range []struct{ request, prefix string }{
		{`{"id":1,"op":"decode","hex":""}`, `{"id":1,"reject":{"class":"empty"`},
		{`{"id":1,"op":"decode","hex":"0"}`, `{"id":1,"error":`},
		{`{"id":1,"op":"decode","HEX":"04"}`, `{"id":1,"error":`},
		{`{"id":1,"op":"reencode","hex":"04"}`, `{"id":1,"ok":{"hex":"04"}}`},
		{`{"id":1,"op":"probe-1"}`, `{"id":1,"unsupported":{}}`},
		{`{"id":1,"op":5}`, `{"id":1,"error":`},
		{`{"id":1.5,"op":"decode","hex":"04"}`, ``},
		{`{"op":"decode","hex":"04"}`, ``},
		{`{"id":1,"op":"decode","hex":"04"} x`, ``},
		{"{\"id\":1,\"op\":\"\xff\"}", ``},
		{"\r", ``},
	} {
		got := converse(t, each.request+"\n")
		if len(got) != 1 || !strings.HasPrefix(got[0], each.prefix) || each.prefix == "" && got[0] != "" {
			t.Errorf("%s: got %q", each.request, got)
		}
	}
}

// A malformed request changes nothing, not even the stimuli before the fault.
func TestMalformedRequests(t *testing.T) {
	const confirm = `{"confirm":{"frame":5,"hash":"0123456789abcdef"}}`
	input := `{"id":0,"op":"open","session":1}` + "\n"
	requests := []string{
		`"op":"open","session":1`,
		`"op":"open","session":2,"peer":null`,
		`"op":"open","session":2,"peer":{"local":2,"first_frame":0}`,
		`"op":"open","session":2,"peer":{"local":0,"first_frame":0,"more":0}`,
		`"op":"close","session":1,"peer":{"local":0,"first_frame":0}`,
		`"op":"step","session":1,"do":[]`,
		`"op":"step","session":2,"do":[{"tick":{}}]`,
	}
	for _, bad := range []string{
		`{}`, `{"tick":null}`, `{"tick":{"more":1}}`, `{"tick":{},"reset":{}}`, `{"what":{}}`,
		`{"channel":"ajar"}`, `{"rollback":{"begin":-1}}`, `{"confirm":{"frame":5}}`,
		`{"confirm":{"frame":5,"hash":"0123456789ABCDEF"}}`, `{"recv":"0"}`, `{"advance":1}`,
		`{"sends":{"accept":0,"refuse":"all","how":"false","types":[7]}}`,
	} {
		requests = append(requests, `"op":"step","session":1,"do":[`+confirm+`,`+bad+`]`)
	}
	for i, request := range requests {
		input += fmt.Sprintf("{\"id\":%d,%s}\n", i+1, request)
	}
	input += `{"id":99,"op":"step","session":1,"do":[{"tick":{}}]}` + "\n"
	answers := converse(t, input)
	for i := range requests {
		if want := fmt.Sprintf(`{"id":%d,"error":`, i+1); !strings.HasPrefix(answers[i+1], want) {
			t.Errorf("%s: got %s", requests[i], answers[i+1])
		}
	}
	want := `{"id":99,"ok":{"observations":[{"sent":[],"queue":[],"map":[],"history":[],"verified":null,"events":[]}]}}`
	if last := answers[len(answers)-1]; last != want {
		t.Errorf("the session has changed: %s", last)
	}
}

// A line that is too long is left out, and the next one is answered.
func TestLongLines(t *testing.T) {
	long := `{"id":1,"op":"` + strings.Repeat("x", maxLine) + "\"}\n"
	longest := `{"id":2,"op":"` + strings.Repeat("x", maxLine-17) + "\"}\n"
	got := converse(t, long+longest+`{"id":3,"op":"x"}`)
	want := `[{"id":2,"unsupported":{}} {"id":3,"unsupported":{}}]`
	if fmt.Sprint(got) != want || len(longest) != maxLine {
		t.Errorf("got %v", got)
	}
}
