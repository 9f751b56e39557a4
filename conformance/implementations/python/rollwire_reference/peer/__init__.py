"""A whole peer in virtual time: the chapter PEER and the six that follow it, revision 7.

    peer = Peer(channel, local=0)       # one for each partner; validation begins at once
    peer.advance(16)                    # this many milliseconds have passed
    peer.receive(datagram)              # every datagram that arrives
    peer.opened(), peer.closed()        # the channel has opened again, or closed
    peer.ready(hash)                    # the game has reset itself for the next episode
    peer.act(frame, action)             # the local player's action of a frame
    peer.ended(frame)                   # the local game has ended

It opens no socket, reads no clock and starts no thread. Each chapter has a module:

    peer        Peer: all stimuli, and the state that a game reads
    parameters  the numbers that a peer may choose
    clock       virtual time, and the timers in their order (PEER)
    link        the channel as the chapters see it (PEER)
    inputs      own and partner's inputs, and the confirmed frame (SYNC)
    liveness    round trips (LIVE)
    validation  whether the channel works in both directions (VALID)
    episodes    how episodes begin and end (EPISODE)
    catch_up    how holes in the inputs are closed (CATCHUP)
    focus       whether each page is shown (FOCUS)
"""

from rollwire_reference.peer.episodes import Episode
from rollwire_reference.peer.link import Sender
from rollwire_reference.peer.parameters import Parameters
from rollwire_reference.peer.peer import CHAPTERS, LONGEST_ADVANCE, Peer

__all__ = ["CHAPTERS", "LONGEST_ADVANCE", "Episode", "Parameters", "Peer", "Sender"]
