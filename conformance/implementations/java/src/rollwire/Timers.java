package rollwire;

import java.util.Arrays;

/** The clock of a peer, and when each of its timers is due. */
final class Timers {
    /** The timers, in the order in which those of one millisecond fire (PEER-2). */
    enum Timer {
        VALIDATION_FAILS,
        VALIDATION_PING,
        PING,
        START_ALONE,
        READY_REPEAT,
        EPISODE_COMPLETE,
        END_REPEAT,
        REQUEST_GIVEN_UP,
        REQUEST_REPEAT
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final Timer[] ALL = Timer.values();

    private final long[] due = new long[ALL.length];
    private long now;

    Timers() {
        Arrays.fill(due, NEVER);
    }

    long now() {
        return now;
    }

    /** The clock as the bits of a double, which is the form of a timestamp. */
    long timestamp() {
        return Double.doubleToRawLongBits(now);
    }

    /** Sets a timer, in place of the time that it had. */
    void after(Timer timer, long milliseconds) {
        due[timer.ordinal()] = now + milliseconds;
    }

    void stop(Timer timer) {
        due[timer.ordinal()] = NEVER;
    }

    /**
     * Moves the clock to the timer that is due next and takes it, or to the end if none is due
     * until then.
     *
     * @return the timer that fires now, or null
     */
    Timer next(long end) {
        int next = 0;
        for (int i = 1; i < due.length; i++) {
            if (due[i] < due[next]) {
                next = i;
            }
        }
        if (due[next] > end) {
            now = end;
            return null;
        }
        now = due[next];
        due[next] = NEVER;
        return ALL[next];
    }
}
