package rollwire;

import java.util.ArrayList;
import java.util.List;
import rollwire.Link.Sent;
import rollwire.Timers.Timer;

/** VALID: a channel is proved to work in both directions before the game. */
final class Validation {
    private static final int FIRST_PING_MS = 100;
    private static final int LIMIT_MS = 15_000;

    private final Timers timers;
    private final Link link;
    private final Liveness liveness;
    private final int repeatMs;
    /** The own pings that the channel has accepted since the opening: at most thirty. */
    private final List<Long> pings = new ArrayList<>();
    private ValidationState state = ValidationState.IDLE;
    private boolean answered;
    private boolean seen;

    Validation(Timers timers, Link link, Liveness liveness, int repeatMs) {
        this.timers = timers;
        this.link = link;
        this.liveness = liveness;
        this.repeatMs = repeatMs;
    }

    ValidationState state() {
        return state;
    }

    void opened() {
        if (state == ValidationState.VALIDATED) {
            liveness.start(); // LIVE-3
        } else if (state == ValidationState.IDLE) {
            state = ValidationState.VALIDATING;
            timers.after(Timer.VALIDATION_PING, FIRST_PING_MS);
            timers.after(Timer.VALIDATION_FAILS, LIMIT_MS);
        }
    }

    /** What was proved on a channel that has closed is worth nothing on the next one (VALID-8). */
    void closed() {
        if (state == ValidationState.VALIDATING) {
            leave(ValidationState.IDLE);
        }
    }

    void pingDue() {
        if (repeatMs > 0) {
            timers.after(Timer.VALIDATION_PING, repeatMs);
        }
        long timestamp = timers.timestamp();
        if (link.send(new Message.ValidationPing(timestamp)) == Sent.ACCEPTED) {
            pings.add(timestamp);
        }
    }

    void failDue() {
        leave(ValidationState.FAILED);
    }

    void ping(Message.ValidationPing ping) {
        link.send(new Message.ValidationPong(ping.timestampBits()));
        if (state == ValidationState.VALIDATING) {
            seen = true;
            check();
        }
    }

    void pong(Message.ValidationPong pong) {
        // While it is not validating, the list is empty.
        if (pings.contains(pong.timestampBits())) {
            answered = true;
            check();
        }
    }

    private void check() {
        if (answered && seen) {
            leave(ValidationState.VALIDATED);
            liveness.start();
        }
    }

    private void leave(ValidationState next) {
        state = next;
        timers.stop(Timer.VALIDATION_PING);
        timers.stop(Timer.VALIDATION_FAILS);
        pings.clear();
        answered = false;
        seen = false;
    }
}
