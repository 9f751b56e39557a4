package rollwire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The events: mismatches in the order in which they were found. Those above the bound are counted
 * and not kept, so a peer that repeats a wrong hash cannot exhaust the memory (DETECT-14).
 */
final class Mismatches {
    private final int bound;
    private final List<Mismatch> events = new ArrayList<>();
    /** What the events hold, if one that they hold already is not added again; or null. */
    private final HashSet<Mismatch> known;
    private long dropped;

    Mismatches(ExchangeOptions options) {
        bound = options.eventBound();
        known = options.lastingHashes() ? new HashSet<>() : null;
    }

    void add(Mismatch event) {
        if (known != null && known.contains(event)) {
            return; // DETECT-18
        }
        if (events.size() >= bound) {
            dropped++;
            return;
        }
        events.add(event);
        if (known != null) {
            known.add(event);
        }
    }

    List<Mismatch> all() {
        return List.copyOf(events);
    }

    List<Mismatch> take() {
        List<Mismatch> taken = all();
        events.clear();
        if (known != null) {
            known.clear();
        }
        return taken;
    }

    long dropped() {
        return dropped;
    }
}
