package main

type session struct{}

func (a *adapter) digest(object) (any, error)     { return nil, errUnsupported }
func (a *adapter) open(object) (any, error)       { return nil, errUnsupported }
func (a *adapter) step(object, bool) (any, error) { return nil, errUnsupported }
func (a *adapter) close(object) (any, error)      { return nil, errUnsupported }
