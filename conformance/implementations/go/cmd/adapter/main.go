// The command adapter connects this implementation to rollwire: it reads one
// request in JSON from each line of standard input, and writes one answer to
// standard output.
package main

import (
	"bufio"
	"errors"
	"flag"
	"io"
	"log"
	"os"

	"rollwire.example/peer"
	"rollwire.example/wire"
)

// maxLine is the longest line of either side, with its line end.
const maxLine = 4 << 20

func main() {
	log.SetFlags(0)
	settings := settings{revision: wire.Newest, lasting: true, parameters: peer.Defaults()}
	p := &settings.parameters
	flag.IntVar((*int)(&settings.revision), "revision", int(wire.Newest), "the protocol revision, 1 to 7")
	flag.BoolVar(&settings.lasting, "lasting-hashes", true, "keep hashes that were compared")
	flag.IntVar(&p.Redundancy, "redundancy", p.Redundancy, "the most entries of an INPUT, 1 to 15")
	flag.IntVar(&p.Ahead, "ahead", p.Ahead, "how far beyond the confirmed frame an entry may be, 256 to 4096")
	flag.IntVar(&p.Kept, "kept", p.Kept, "how many own entries are kept, 1024 to 1000000")
	flag.IntVar(&p.ValidationRepeat, "validation-repeat-ms", p.ValidationRepeat, "0 or 500")
	flag.IntVar(&p.EndRepeat, "end-repeat-ms", p.EndRepeat, "0 or 250")
	flag.IntVar(&p.RequestRepeats, "request-repeats", p.RequestRepeats, "0 to 2")
	flag.IntVar(&p.HashSends, "hash-sends", p.HashSends, "how often a lasting hash is sent, 1 to 3")
	flag.Parse()
	if settings.revision < wire.Oldest || settings.revision > wire.Newest {
		log.Fatal("-revision must be 1 to 7")
	}
	if err := p.Check(); err != nil {
		log.Fatal(err)
	}
	if err := serve(newAdapter(settings), os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// serve answers every line of the input, until there is none.
func serve(a *adapter, input io.Reader, output io.Writer) error {
	in := bufio.NewReaderSize(input, 64<<10)
	out := bufio.NewWriterSize(output, 64<<10)
	for {
		line, err := readLine(in)
		switch {
		case err == io.EOF:
			return out.Flush()
		case errors.Is(err, errTooLong):
			log.Print(err)
		case err != nil:
			return err
		default:
			if answer := a.answer(line); answer != nil {
				out.Write(append(answer, '\n')) // Flush reports its error.
			}
		}
		// One flush is enough for all requests that arrived together, but
		// nothing may be left unwritten before a read that could block.
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
}

var errTooLong = errors.New("a line is longer than 4 MiB and was left out")

// readLine returns the next line without its end. It never keeps more than
// maxLine bytes of one. A last line without an end counts.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	tooLong := false
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			tooLong = true
		}
		if !tooLong {
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(line) == 0 && !tooLong:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			return nil, err
		case tooLong:
			return nil, errTooLong
		}
		if n := len(line); n > 0 && line[n-1] == '\n' {
			line = line[:n-1]
		}
		return line, nil
	}
}
