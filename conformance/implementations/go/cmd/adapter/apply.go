package main

import "rollwire.example/wire"

func (s *session) isPeer() bool { return false }

func (s *session) confirm(frame uint32, hash wire.Hash) { s.exchange.Confirm(frame, hash) }
func (s *session) tick()                                { s.exchange.Tick() }
func (s *session) beginRollback(target uint32)          { s.exchange.BeginRollback(target) }
func (s *session) endRollback()                         { s.exchange.EndRollback() }
func (s *session) reset()                               { s.exchange.Reset() }
func (s *session) setOpen(open bool)                    { s.line.open = open }
