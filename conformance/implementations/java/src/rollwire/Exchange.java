package rollwire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exchange of state hashes, with the detection of mismatches.
 *
 * <p>It has no clock and no thread, and is not safe for use by several threads at once. It changes
 * only while one of its methods runs. {@code send} may call it again (EXCH-33). An
 * {@link OutOfMemoryError} that leaves one of its methods has to end the program (EXCH-34).
 */
public final class Exchange {
    /** How many own hashes are kept for comparison (EXCH-3). */
    public static final int HISTORY_BOUND = 120;

    private final ExchangeOptions options;
    private final Codec codec = new Codec();
    // Large enough that it never grows: an insertion either happens or fails as a whole.
    private final Map<Long, Long> history = new LinkedHashMap<>(256);
    // In order of insertion, and a hash that is replaced keeps its place (EXCH-19).
    private final Map<Long, Long> inbound = new LinkedHashMap<>();
    private final HashQueue queue;
    private Verified verified;
    private Mismatches events;
    private boolean rollingBack;
    private boolean ticking;

    /** An exchange that holds nothing; no rollback is in progress. */
    public Exchange(ExchangeOptions options) {
        this.options = options;
        queue = new HashQueue(options.hashSends());
        forget();
    }

    /** An exchange with the options of {@link ExchangeOptions#plain}. */
    public Exchange() {
        this(ExchangeOptions.plain());
    }

    /**
     * The game has confirmed a frame. A frame that is still in the history changes nothing
     * (EXCH-1, EXCH-2).
     *
     * @param hash the digest of the state before the frame is simulated (EXCH-30)
     * @throws Refusal if the frame is none (EXCH-32)
     */
    public void confirm(long frame, long hash) {
        Fields.u32("frame", frame);
        Long key = frame;
        if (history.containsKey(key)) {
            return;
        }
        HashQueue.Node node = queue.prepare(frame, hash);
        history.put(key, hash);
        queue.append(node);
        if (!rollingBack) {
            compare(key);
        }
        dropEldest(history, HISTORY_BOUND);
    }

    /** The same with the hash as 16 lower-case hex digits. */
    public void confirm(long frame, String hash) {
        confirm(frame, Hex.parse64(hash));
    }

    /** The game's step has reached the point where hashes are sent: nothing else sends (EXCH-6). */
    public void tick(Channel channel) {
        if (rollingBack || ticking) {
            return;
        }
        ticking = true;
        try {
            queue.send(codec, channel);
        } finally {
            ticking = false;
        }
    }

    /** A datagram has arrived. One that is refused changes nothing (EXCH-18). */
    public void receive(byte[] datagram) {
        receive(datagram, 0, datagram.length);
    }

    /** The same for a datagram that is a part of a buffer, which may be used again at once. */
    public void receive(byte[] buffer, int offset, int length) {
        Message message;
        try {
            message = codec.decode(buffer, offset, length);
        } catch (Refusal e) {
            return;
        }
        receive(message);
    }

    /** A message has arrived. Only a STATE_HASH has an effect (EXCH-15 to EXCH-18). */
    public void receive(Message message) {
        if (message instanceof Message.StateHash hash) {
            Long key = hash.frame();
            inbound.put(key, hash.hash());
            if (!rollingBack) {
                compare(key);
            }
            dropEldest(inbound, options.mapBound());
        }
    }

    /** The game goes back to a frame, so what is known of it and of later ones is void. */
    public void rollbackBegin(long target) {
        Fields.u32("target", target);
        rollingBack = true;
        queue.removeFrom(target);
        removeFrom(history, target);
        if (!options.lastingHashes()) {
            removeFrom(inbound, target);
        }
        verified.rollback(target);
    }

    /** The game is where it was. What became a pair in the meantime is compared (DETECT-9). */
    public void rollbackEnd() {
        if (!rollingBack) {
            return;
        }
        rollingBack = false;
        Long[] frames = history.keySet().toArray(new Long[0]);
        Arrays.sort(frames);
        for (Long frame : frames) {
            compare(frame);
        }
    }

    /** The episode ends: everything is emptied, and a rollback ends (EXCH-27, EXCH-28). */
    public void reset() {
        queue.removeFrom(0);
        history.clear();
        inbound.clear();
        rollingBack = false;
        forget();
    }

    /** The own hashes that are waiting to be sent, in their order. */
    public List<FrameHash> queue() {
        return queue.entries();
    }

    /** The received hashes, by ascending frame. */
    public List<FrameHash> inbound() {
        return byFrame(inbound);
    }

    /** The own hashes that are kept for comparison, by ascending frame. */
    public List<FrameHash> history() {
        return byFrame(history);
    }

    /** The verified frame, or -1 for none (DETECT-5, DETECT-17). */
    public long verified() {
        return verified.frame();
    }

    /** The mismatches since the last reset, without those that were taken. */
    public List<Mismatch> events() {
        return events.all();
    }

    /** Takes the mismatches out, which makes room for others (DETECT-14). */
    public List<Mismatch> takeEvents() {
        return events.take();
    }

    /** How many mismatches since the last reset were not kept (DETECT-14). */
    public long droppedEvents() {
        return events.dropped();
    }

    private void compare(Long frame) {
        Long local = history.get(frame);
        Long peer = inbound.get(frame);
        if (local == null || peer == null) {
            return;
        }
        if (!options.lastingHashes()) {
            inbound.remove(frame); // DETECT-4
        }
        boolean equal = local.equals(peer);
        verified.compared(frame, equal);
        if (!equal) {
            events.add(new Mismatch(frame, local, peer));
        }
    }

    private void forget() {
        verified = options.lastingHashes()
                ? new Verified.NewestResults()
                : new Verified.HighWaterMark();
        events = new Mismatches(options);
    }

    private static void dropEldest(Map<Long, Long> map, int bound) {
        if (map.size() > bound) {
            Iterator<Long> eldest = map.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    private static void removeFrom(Map<Long, Long> map, long target) {
        Iterator<Long> frames = map.keySet().iterator();
        while (frames.hasNext()) {
            if (frames.next() >= target) {
                frames.remove();
            }
        }
    }

    private static List<FrameHash> byFrame(Map<Long, Long> map) {
        List<FrameHash> pairs = new ArrayList<>(map.size());
        for (Map.Entry<Long, Long> pair : new TreeMap<>(map).entrySet()) {
            pairs.add(new FrameHash(pair.getKey(), pair.getValue()));
        }
        return pairs;
    }
}
