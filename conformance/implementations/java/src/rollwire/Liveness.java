package rollwire;

import java.util.ArrayDeque;
import rollwire.Link.Sent;
import rollwire.Timers.Timer;

/** LIVE: pings are sent and answered, and round trips are measured. */
final class Liveness {
    private static final int INTERVAL_MS = 500;
    private static final int UNANSWERED = 32;
    private static final int ROUND_TRIPS = 10;

    private final Timers timers;
    private final Link link;
    /** When each unanswered PING was sent, in milliseconds, the oldest first. */
    private final ArrayDeque<Long> unanswered = new ArrayDeque<>();
    private final ArrayDeque<Long> roundTrips = new ArrayDeque<>();

    Liveness(Timers timers, Link link) {
        this.timers = timers;
        this.link = link;
    }

    /** The peer is validated and its channel is open: the first PING comes in 500 ms. */
    void start() {
        timers.after(Timer.PING, INTERVAL_MS);
    }

    void closed() {
        timers.stop(Timer.PING);
        unanswered.clear();
    }

    void pingDue() {
        timers.after(Timer.PING, INTERVAL_MS);
        if (link.send(new Message.Ping(timers.timestamp())) == Sent.ACCEPTED) {
            unanswered.add(timers.now());
            if (unanswered.size() > UNANSWERED) {
                unanswered.remove();
            }
        }
    }

    void ping(Message.Ping ping) {
        link.send(new Message.Pong(ping.timestampBits()));
    }

    /** Only the bits of an unanswered PING count: no other number is near enough (LIVE-8, 9). */
    void pong(Message.Pong pong) {
        for (Long sent : unanswered) {
            if (Double.doubleToRawLongBits(sent) == pong.timestampBits()) {
                unanswered.remove(sent);
                roundTrips.add(timers.now() - sent);
                if (roundTrips.size() > ROUND_TRIPS) {
                    roundTrips.remove();
                }
                return;
            }
        }
    }

    long[] roundTrips() {
        long[] all = new long[roundTrips.size()];
        int i = 0;
        for (Long roundTrip : roundTrips) {
            all[i++] = roundTrip;
        }
        return all;
    }
}
