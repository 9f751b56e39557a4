package value

import (
	"fmt"

	"rollwire.example/wire"
)

type entry struct {
	Frame  uint32 `json:"frame"`
	Action uint8  `json:"action"`
}

// Fields returns the fields of a message for encoding/json.
func Fields(message wire.Message) map[string]any {
	switch m := message.(type) {
	case wire.Input:
		return map[string]any{"player": m.Player, "current_frame": m.CurrentFrame, "entries": entries(m.Entries)}
	case wire.Ping:
		return timestamp(m.Timestamp)
	case wire.Pong:
		return timestamp(m.Timestamp)
	case wire.ValidationPing:
		return timestamp(m.Timestamp)
	case wire.ValidationPong:
		return timestamp(m.Timestamp)
	case wire.EpisodeEnd:
		return map[string]any{"frame": m.Frame, "episode": m.Episode}
	case wire.EpisodeReady:
		return map[string]any{"episode": m.Episode, "hash": m.Hash.String()}
	case wire.StateHash:
		return map[string]any{"frame": m.Frame, "hash": m.Hash.String()}
	case wire.InputRequest:
		return map[string]any{"start": m.Start, "end": m.End}
	case wire.InputResponse:
		return map[string]any{"player": m.Player, "entries": entries(m.Entries)}
	case wire.FocusState:
		return map[string]any{"focused": m.Focused, "frame": m.Frame}
	default:
		return map[string]any{}
	}
}

func timestamp(bits uint64) map[string]any {
	return map[string]any{"timestamp": fmt.Sprintf("%016x", bits)}
}

// entries never returns nil, which encoding/json would write as null.
func entries(from []wire.Entry) []entry {
	to := make([]entry, len(from))
	for i, e := range from {
		to[i] = entry(e)
	}
	return to
}
