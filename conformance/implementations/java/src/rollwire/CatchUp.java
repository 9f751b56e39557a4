package rollwire;

import rollwire.Timers.Timer;

/** CATCHUP: holes in the partner's inputs are asked for, and questions are answered. */
final class CatchUp {
    private static final int REPEAT_MS = 1000;
    private static final int LIMIT_MS = 3000;
    /** How many frames above the base are looked at. */
    private static final int LOOK_AHEAD = 1024;
    /** 3,275 entries are 16,380 bytes: the most that fits into 16 KiB (CATCHUP-9). */
    private static final int MAX_ANSWER = 3275;

    private final Timers timers;
    private final Link link;
    private final int player;
    private final int repeats;
    private final OwnInputs own;
    private final PartnerInputs partner;
    private Message.InputRequest request;
    private int repeatsLeft;

    CatchUp(Timers timers, Link link, PeerOptions options, OwnInputs own, PartnerInputs partner) {
        this.timers = timers;
        this.link = link;
        player = options.local();
        repeats = options.parameters().requestRepeats();
        this.own = own;
        this.partner = partner;
    }

    /** The request that is waiting, or null. */
    Message.InputRequest request() {
        return request;
    }

    /** The game wants its missing inputs (CATCHUP-1 to CATCHUP-3). */
    void ask() {
        if (request != null) {
            return;
        }
        long from = partner.base() + 1;
        long to = partner.base() + LOOK_AHEAD;
        long first = partner.firstHole(from, to);
        if (first < 0) {
            return;
        }
        request = new Message.InputRequest(first, partner.lastHole(first, to));
        repeatsLeft = repeats;
        timers.after(Timer.REQUEST_GIVEN_UP, LIMIT_MS);
        scheduleRepeat();
        link.send(request);
    }

    void repeatDue() {
        repeatsLeft--;
        scheduleRepeat();
        link.send(request);
    }

    /** The request is given up, or what it belongs to is over (CATCHUP-5, CATCHUP-6). */
    void end() {
        request = null;
        timers.stop(Timer.REQUEST_GIVEN_UP);
        timers.stop(Timer.REQUEST_REPEAT);
    }

    /** The request is over as soon as its range has no hole left, for any reason (CATCHUP-4). */
    void settle() {
        if (request != null && partner.firstHole(request.start(), request.end()) < 0) {
            end();
        }
    }

    /** Exactly one answer, with what is kept (CATCHUP-7 to CATCHUP-9). */
    void answer(Message.InputRequest asked) {
        if (link.isOpen()) {
            link.send(new Message.InputResponse(
                    player, own.kept(asked.start(), asked.end(), MAX_ANSWER)));
        }
    }

    private void scheduleRepeat() {
        if (repeatsLeft > 0) {
            timers.after(Timer.REQUEST_REPEAT, REPEAT_MS);
        }
    }
}
