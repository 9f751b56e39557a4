package rollwire;

/** What is known of the ends of one episode, and how often a repeated END of it was answered. */
final class EndRecord {
    private static final int QUIET_MS = 250;
    private static final int MAX_ANSWERS = 8;

    private final long episode;
    private final Timers timers;
    private final Link link;
    private long own = -1;
    private long partner = -1;
    private boolean heard;
    private int answers;
    private long handedAt = -QUIET_MS;

    EndRecord(long episode, Timers timers, Link link) {
        this.episode = episode;
        this.timers = timers;
        this.link = link;
    }

    long episode() {
        return episode;
    }

    /** The own END, or -1. */
    long own() {
        return own;
    }

    /** The partner's END that counts, or -1 (EPISODE-8). */
    long partner() {
        return partner;
    }

    /** Whether an END of the partner has arrived at all, whether it counts or not. */
    boolean heard() {
        return heard;
    }

    void endOwn(long frame) {
        own = frame;
        hand();
    }

    /** Hands the own END to the channel, if it is open. */
    void hand() {
        if (link.isOpen()) {
            handedAt = timers.now();
            link.send(new Message.EpisodeEnd(own, episode));
        }
    }

    /** An END of the partner has arrived. A repeat is answered (EPISODE-14). */
    void receive(long frame, boolean counts) {
        if (heard) {
            answer();
            return;
        }
        heard = true;
        if (counts) {
            partner = frame;
        }
    }

    private void answer() {
        // The pause keeps two peers from answering each other's answers.
        boolean quiet = timers.now() - handedAt < QUIET_MS;
        if (own >= 0 && link.isOpen() && !quiet && answers < MAX_ANSWERS) {
            answers++;
            hand();
        }
    }
}
