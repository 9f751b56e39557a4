package main

import "rollwire.example/digest"

func (a *adapter) digest(request object) (any, error) {
	state, isText := request["state"].(string)
	if !isText {
		return nil, malformed("the state is not text")
	}
	var form *digest.Form
	switch request["form"] {
	case digest.StateHash.String():
		form = digest.StateHash
	case digest.EpisodeReady.String():
		form = digest.EpisodeReady
	default:
		return nil, malformed("`form` is not a form of the digest")
	}
	made, err := digest.Of(form, state)
	if err != nil {
		return nil, err
	}
	return object{"hash": made.Hash, "text": made.Text}, nil
}
