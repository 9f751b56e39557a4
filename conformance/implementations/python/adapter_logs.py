"""The argument --log-peers=FOLDER of the adapter, for tests only: peers log their sessions.

The session number N of a peer, counted from 1 in the order of `open`, is played by a RecordedPeer,
which writes FOLDER/N.jsonl (spec/trace.md). The log is complete when the session is closed, or at
the end of the input. The answers are the same as without the argument.

The logs with an even number show the state of the peer. The channel of all of them is the scripted
one of the adapter: its stimulus `sends` is not in the log, and what it has refused is in `refused`.
An adapter of your own does not need this file.
"""

from __future__ import annotations

import os
import sys

from adapter_sessions import Lasting, PeerSession, Sessions
from rollwire_reference import RecordedPeer


class LoggedPeerSession(PeerSession):
    """The session of a peer that logs itself, until the session is closed."""

    def __init__(self, local: int, first_frame: int, path: str, inspect: bool) -> None:
        super().__init__(local, first_frame)
        self._log = open(path, "w", encoding="utf-8", newline="\n")
        self._recorded = RecordedPeer(
            self.channel, self._log.write, local, first_frame, inspect=inspect
        )
        self.peer = self.takes_stimuli = self._recorded
        self.exchange = self.peer.exchange

    def close(self) -> None:
        with self._log:
            self._recorded.finish()


class PeerLogs:
    """A folder of logs, and how many it has."""

    def __init__(self, folder: str) -> None:
        os.makedirs(folder, exist_ok=True)
        self._folder = folder
        self._count = 0

    def new_peer(self, local: int, first_frame: int, lasting: Lasting) -> PeerSession:
        """A session that writes the next log. Hashes do not last: `log_peers` has refused that."""
        self._count += 1
        path = os.path.join(self._folder, f"{self._count}.jsonl")
        return LoggedPeerSession(local, first_frame, path, inspect=self._count % 2 == 0)


def log_peers(argument: str, sessions: Sessions) -> None:
    """Does what `--log-peers=FOLDER` says, after all other arguments. Exits if it cannot."""
    name, _, folder = argument.partition("=")
    if name != "--log-peers" or not folder:
        sys.exit(f"{argument} does not name a folder: --log-peers=FOLDER")
    if sessions.lasting is not None:
        sys.exit("--log-peers cannot be used with --lasting-hashes: a log cannot be judged then")
    try:
        sessions.new_peer = PeerLogs(folder).new_peer
    except OSError as error:
        sys.exit(f"{argument}: the folder cannot be made: {error}")
