package rollwire.adapter;

import rollwire.Stimulus;

/** One element of the list {@code do}, read and checked. */
sealed interface Step {
    /** Something that reaches the exchange or the peer. */
    record Happens(Stimulus stimulus) implements Step {
    }

    /** A datagram arrives; it may be malformed. */
    record Arrives(String hex) implements Step {
    }

    /** The channel is told how to answer. */
    record Script(ScriptedChannel.Sends sends) implements Step {
    }
}
