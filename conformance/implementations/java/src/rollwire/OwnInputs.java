package rollwire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import rollwire.Link.Sent;

/** The own entries: kept for a while, sent with every act, and told later if they never were. */
final class OwnInputs {
    private final int player;
    private final long firstFrame;
    private final int redundancy;
    private final int batch;
    private final Link link;
    private final byte[] actions;
    /** Frames that left the INPUT of an act before the channel had accepted them, ascending. */
    private final ArrayDeque<Long> untold = new ArrayDeque<>();
    private long next;
    /** The newest frame that was in an accepted INPUT of an act. */
    private long told;

    OwnInputs(PeerOptions options, Codec codec, Link link) {
        player = options.local();
        firstFrame = options.firstFrame();
        redundancy = options.parameters().redundancy();
        batch = codec.maxInputEntries();
        this.link = link;
        actions = new byte[options.parameters().kept()];
        reset();
    }

    void reset() {
        next = firstFrame;
        told = firstFrame - 1;
        untold.clear();
    }

    /** The next own frame. */
    long next() {
        return next;
    }

    /** The own action of a frame, or -1 if it is not kept. */
    int action(long frame) {
        return frame < oldest() || frame >= next ? -1 : at(frame);
    }

    /** An act. Only one for the next own frame counts (SYNC-1, SYNC-2). */
    void act(long frame, int action) {
        if (frame != next) {
            return;
        }
        actions[(int) (frame % actions.length)] = (byte) action;
        next++;
        long from = Math.max(firstFrame, next - redundancy);
        noteUntold(from - 1);
        tellUntold();
        if (link.send(new Message.Input(player, frame, entries(from, frame))) == Sent.ACCEPTED) {
            told = frame;
        }
    }

    /** The own entries of a range that are kept, the lowest frames first (CATCHUP-8, CATCHUP-9). */
    List<Entry> kept(long start, long end, int most) {
        // The range is cut to what is kept before anything is counted: it may have 2^32 frames.
        long from = Math.max(start, oldest());
        long to = Math.min(Math.min(end, next - 1), from + most - 1);
        return entries(from, to);
    }

    /** The entry that leaves the INPUT with this act was in no accepted one if told is older. */
    private void noteUntold(long leaving) {
        if (leaving >= firstFrame && leaving > told) {
            untold.add(leaving);
        }
        while (!untold.isEmpty() && untold.peek() < oldest()) {
            untold.remove();
        }
    }

    /** Tells what would never be told otherwise (CATCHUP-12 to CATCHUP-14). */
    private void tellUntold() {
        while (!untold.isEmpty()) {
            List<Entry> entries = new ArrayList<>(batch);
            long newest = 0;
            for (Long frame : untold) {
                if (entries.size() == batch) {
                    break;
                }
                newest = frame;
                entries.add(new Entry(newest, at(newest)));
            }
            if (link.send(new Message.Input(player, newest, entries)) != Sent.ACCEPTED) {
                return;
            }
            for (int i = 0; i < entries.size(); i++) {
                untold.remove();
            }
        }
    }

    private List<Entry> entries(long from, long to) {
        List<Entry> entries = new ArrayList<>();
        for (long frame = from; frame <= to; frame++) {
            entries.add(new Entry(frame, at(frame)));
        }
        return entries;
    }

    private long oldest() {
        return Math.max(firstFrame, next - actions.length);
    }

    private int at(long frame) {
        return actions[(int) (frame % actions.length)] & 0xff;
    }
}
