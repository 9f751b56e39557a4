package rollwire;

import rollwire.EpisodeState.Hashes;
import rollwire.EpisodeState.Phase;
import rollwire.EpisodeState.Start;
import rollwire.Timers.Timer;

/** EPISODE: how episodes begin and end at both peers. */
final class Episodes {
    private static final int READY_REPEAT_MS = 500;
    private static final int START_ALONE_MS = 5000;
    private static final int SETTLE_MS = 500;
    private static final int END_ALONE_MS = 2000;
    private static final int READY_ANSWERS = 10;
    /** How far beyond the first frame a peer that waits takes entries and hashes (EPISODE-13). */
    private static final int EARLY_FRAMES = 128;
    /** Below every frame: nothing is taken. */
    static final long NOTHING = -1;

    private final Timers timers;
    private final Link link;
    private final PeerOptions options;
    private final PartnerInputs partner;

    private long number = -1;
    private Phase phase;
    private Start start;
    private Hashes hashes;
    private String ownHash;
    private String partnerHash;
    /** The hash of the partner's READY for the next episode, or null. */
    private String nextHash;
    private int readyAnswers;
    private long end;
    private boolean agreed;
    private EndRecord ends;
    /** The ends of the episode before, or null. */
    private EndRecord lastEnds;

    Episodes(Timers timers, Link link, PeerOptions options, PartnerInputs partner) {
        this.timers = timers;
        this.link = link;
        this.options = options;
        this.partner = partner;
    }

    /** The current episode, or null before the first one. */
    EpisodeState state() {
        return phase == null ? null : new EpisodeState(number, phase, end, agreed, start, hashes);
    }

    /** Whether a {@code ready} counts now (EPISODE-1). */
    boolean canBegin() {
        return phase == null || phase == Phase.COMPLETE;
    }

    /** Whether acts and requests count now (EPISODE-12, CATCHUP-2). */
    boolean isRunning() {
        return phase == Phase.PLAYING || phase == Phase.ENDING;
    }

    /** The greatest frame whose entry or hash is taken from the partner now (EPISODE-13). */
    long limit() {
        if (isRunning()) {
            return Fields.MAX_U32;
        }
        // The partner may still play the episode before, as long as it has not sent its END.
        boolean mayPlayTheLast = lastEnds != null && !lastEnds.heard();
        return phase != Phase.WAITING || mayPlayTheLast
                ? NOTHING
                : options.firstFrame() + EARLY_FRAMES;
    }

    /** Begins the next episode. The peer has emptied its inputs and its exchange. */
    void begin(String hash) {
        number++;
        phase = Phase.WAITING;
        start = null;
        hashes = null;
        ownHash = hash;
        partnerHash = nextHash;
        nextHash = null;
        readyAnswers = 0;
        end = -1;
        agreed = false;
        lastEnds = ends;
        ends = new EndRecord(number, timers, link);
        timers.after(Timer.READY_REPEAT, READY_REPEAT_MS);
        timers.after(Timer.START_ALONE, START_ALONE_MS);
        sendReady();
        if (partnerHash != null) {
            start(Start.BOTH);
        }
    }

    void readyRepeatDue() {
        timers.after(Timer.READY_REPEAT, READY_REPEAT_MS);
        sendReady();
    }

    void startAloneDue() {
        start(Start.ALONE);
    }

    void received(Message.EpisodeReady ready) {
        long episode = ready.episode() - 1;
        if (episode == number + 1) {
            if (nextHash == null) {
                nextHash = ready.hash();
            }
        } else if (phase != null && episode == number) {
            receivedCurrent(ready.hash());
        }
    }

    private void receivedCurrent(String hash) {
        if (partnerHash == null) {
            partnerHash = hash;
        }
        if (phase == Phase.WAITING) {
            start(Start.BOTH);
            return;
        }
        compareHashes();
        // Its sender may still be waiting (EPISODE-6).
        if (link.isOpen() && readyAnswers < READY_ANSWERS) {
            readyAnswers++;
            sendReady();
        }
    }

    private void start(Start how) {
        phase = Phase.PLAYING;
        start = how;
        timers.stop(Timer.READY_REPEAT);
        timers.stop(Timer.START_ALONE);
        compareHashes();
    }

    private void compareHashes() {
        if (hashes == null && partnerHash != null) {
            hashes = ownHash.equals(partnerHash) ? Hashes.EQUAL : Hashes.DIFFERENT;
        }
    }

    private void sendReady() {
        link.send(new Message.EpisodeReady(number + 1, ownHash));
    }

    /** The own game has ended (EPISODE-7). */
    void ended(long frame) {
        if (phase != Phase.PLAYING) {
            return;
        }
        phase = Phase.ENDING;
        ends.endOwn(frame);
        if (ends.partner() >= 0) {
            agree();
            return;
        }
        timers.after(Timer.EPISODE_COMPLETE, END_ALONE_MS);
        scheduleEndRepeat();
    }

    void endRepeatDue() {
        scheduleEndRepeat();
        ends.hand();
    }

    private void scheduleEndRepeat() {
        int repeatMs = options.parameters().endRepeatMs();
        if (repeatMs > 0) {
            timers.after(Timer.END_REPEAT, repeatMs);
        }
    }

    void received(Message.EpisodeEnd message) {
        if (ends != null && message.episode() == ends.episode()) {
            boolean known = ends.partner() >= 0;
            ends.receive(message.frame(), phase != Phase.COMPLETE);
            if (phase == Phase.ENDING && !known) {
                agree();
            }
        } else if (lastEnds != null && message.episode() == lastEnds.episode()) {
            lastEnds.receive(message.frame(), false);
        }
    }

    /** Both ENDs are known (EPISODE-9). */
    private void agree() {
        end = Math.min(ends.own(), ends.partner());
        agreed = true;
        partner.agree(end);
        timers.stop(Timer.END_REPEAT);
        timers.after(Timer.EPISODE_COMPLETE, SETTLE_MS);
    }

    /** Completes the episode if the inputs up to its agreed end are confirmed (EPISODE-10). */
    boolean settle() {
        boolean confirmed = phase == Phase.ENDING && agreed && partner.base() >= end - 1;
        if (confirmed) {
            complete();
        }
        return confirmed;
    }

    void completeDue() {
        complete();
    }

    private void complete() {
        phase = Phase.COMPLETE;
        timers.stop(Timer.EPISODE_COMPLETE);
        timers.stop(Timer.END_REPEAT);
        if (!agreed) {
            end = ends.own(); // EPISODE-11
        }
    }
}
