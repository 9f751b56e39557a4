package rollwire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The partner's entries, and the confirmed frame.
 *
 * <p>They lie in a ring that is twice as large as the window, so that the game can still read the
 * actions that one datagram has confirmed (SYNC, "What a peer holds").
 */
final class PartnerInputs {
    private static final long UNKNOWN = -1;

    private final long firstFrame;
    private final int ahead;
    private final long[] frames;
    private final byte[] actions;
    /** The confirmed frame, or the frame before the first one. */
    private long base;
    /** The highest frame that was ever stored and not removed; it may be confirmed by now. */
    private long highest;
    /** Entries from this frame on are dropped: the agreed end of the episode. */
    private long end;

    PartnerInputs(long firstFrame, int ahead) {
        this.firstFrame = firstFrame;
        this.ahead = ahead;
        frames = new long[2 * ahead];
        actions = new byte[2 * ahead];
        end = Long.MAX_VALUE;
        reset();
    }

    /** Empties everything but the agreed end, which outlives a reset (EPISODE-9). */
    void reset() {
        Arrays.fill(frames, UNKNOWN);
        base = firstFrame - 1;
        highest = base;
    }

    /** A new episode has no end yet. */
    void forgetEnd() {
        end = Long.MAX_VALUE;
    }

    long base() {
        return base;
    }

    /** The confirmed frame, or -1 for none. */
    long confirmed() {
        return base >= firstFrame ? base : -1;
    }

    /** Takes entries, each by itself, all against the confirmed frame from before (SYNC-7 to 9). */
    void receive(List<Entry> entries, long limit) {
        long last = Math.min(limit, Math.min(base + ahead, end - 1));
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            long frame = entry.frame();
            if (frame > base && frame <= last && !isKnown(frame)) {
                frames[slot(frame)] = frame;
                actions[slot(frame)] = (byte) entry.action();
                highest = Math.max(highest, frame);
            }
        }
    }

    /** Moves the confirmed frame to where both sides are known without a gap (SYNC-11). */
    void confirm(long nextOwn) {
        while (base + 1 < nextOwn && isKnown(base + 1)) {
            base++;
        }
        highest = Math.max(highest, base);
    }

    /** The end is agreed: entries at or beyond it leave, and later ones are dropped (EPISODE-9). */
    void agree(long agreedEnd) {
        end = agreedEnd;
        long from = Math.max(end, base + 1);
        for (long frame = from; frame <= highest; frame++) {
            frames[slot(frame)] = UNKNOWN;
        }
        highest = Math.min(highest, from - 1);
        while (highest > base && !isKnown(highest)) {
            highest--;
        }
    }

    /** The entries beyond the confirmed frame, by ascending frame. */
    List<Entry> held() {
        List<Entry> held = new ArrayList<>();
        for (long frame = base + 1; frame <= highest; frame++) {
            if (isKnown(frame)) {
                held.add(new Entry(frame, actions[slot(frame)] & 0xff));
            }
        }
        return held;
    }

    /** The action of a frame, or -1 if it is not known or too old. */
    int action(long frame) {
        return isKnown(frame) ? actions[slot(frame)] & 0xff : -1;
    }

    /** The first hole from one frame to another, or -1 if there is none. */
    long firstHole(long from, long to) {
        long last = Math.min(to, lastPossibleHole());
        for (long frame = Math.max(from, base + 1); frame <= last; frame++) {
            if (!isKnown(frame)) {
                return frame;
            }
        }
        return -1;
    }

    /** The last hole down to a frame, not beyond another; there must be one. */
    long lastHole(long from, long to) {
        long frame = Math.min(to, lastPossibleHole());
        while (frame > from && isKnown(frame)) {
            frame--;
        }
        return frame;
    }

    /** A frame must exist below the highest entry that is held, and below the agreed end. */
    private long lastPossibleHole() {
        return end == Long.MAX_VALUE ? highest - 1 : Math.max(highest, end) - 1;
    }

    private boolean isKnown(long frame) {
        return frames[slot(frame)] == frame;
    }

    private int slot(long frame) {
        return (int) (frame % frames.length);
    }
}
