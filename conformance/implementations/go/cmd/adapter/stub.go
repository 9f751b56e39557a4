package main

func (a *adapter) digest(object) (any, error) { return nil, errUnsupported }
