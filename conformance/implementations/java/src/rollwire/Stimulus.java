package rollwire;

/**
 * What reaches a peer. A peer changes when one of these is handed to {@link Peer#handle}, and at no
 * other time.
 */
public sealed interface Stimulus {
    /** So many milliseconds have passed, 0 to 3,600,000. */
    record Advance(int milliseconds) implements Stimulus {
        /** The longest time that may pass at once. */
        public static final int MAX = 3_600_000;

        /** Refuses a time outside of its range. */
        public Advance {
            if (milliseconds < 0 || milliseconds > MAX) {
                throw new IllegalArgumentException("milliseconds");
            }
        }
    }

    /** A datagram has arrived, and this is what it means. */
    record Receive(Message message) implements Stimulus {
    }

    /** The channel has opened or closed. */
    record ChannelChange(boolean open) implements Stimulus {
    }

    /** The action of the local player for a frame. */
    record Act(long frame, int action) implements Stimulus {
        /** Refuses what does not fit an entry. */
        public Act {
            Fields.u32("frame", frame);
            Fields.u8("action", action);
        }
    }

    /** The game begins again at its first frame. */
    record Reset() implements Stimulus {
    }

    /** The game has reset itself for the next episode; the hash is 8 lower-case hex digits. */
    record Ready(String hash) implements Stimulus {
        /** Refuses any other hash text. */
        public Ready {
            if (!Hex.isHex(hash, 8)) {
                throw new Refusal(RefusalClass.TEXT, "not 8 lower-case hex digits");
            }
        }
    }

    /** The local game has ended; this is the first frame that is not part of the episode. */
    record Ended(long frame) implements Stimulus {
        /** Refuses what is not a frame. */
        public Ended {
            Fields.u32("frame", frame);
        }
    }

    /** The game wants to have its missing inputs. */
    record CatchUp() implements Stimulus {
    }

    /** The own page is now shown or hidden. */
    record Focus(boolean shown, long frame) implements Stimulus {
        /** Refuses what is not a frame. */
        public Focus {
            Fields.u32("frame", frame);
        }
    }

    /** The game has confirmed a frame. */
    record Confirm(long frame, long hash) implements Stimulus {
        /** Refuses what is not a frame (EXCH-32). */
        public Confirm {
            Fields.u32("frame", frame);
        }
    }

    /** The game's step has reached the point where hashes are sent. */
    record Tick() implements Stimulus {
    }

    /** The game goes back to a frame. */
    record RollbackBegin(long target) implements Stimulus {
        /** Refuses what is not a frame. */
        public RollbackBegin {
            Fields.u32("target", target);
        }
    }

    /** The game has simulated again up to where it was. */
    record RollbackEnd() implements Stimulus {
    }
}
