package rollwire;

/**
 * The numbers that a peer may choose, and is then held to.
 *
 * @param redundancy the most entries of an INPUT, 1 to 15 (SYNC-3)
 * @param ahead how many frames beyond the confirmed frame an entry may be, 256 to 4096 (SYNC-9)
 * @param kept how many own entries are kept for requests, 1024 to 1,000,000 (CATCHUP-10)
 * @param validationRepeatMs 500, or 0 for a VALIDATION_PING that is never repeated (VALID-2)
 * @param endRepeatMs 250, or 0 for an EPISODE_END that is never repeated (EPISODE-7)
 * @param requestRepeats how often an INPUT_REQUEST is repeated, 0 to 2 (CATCHUP-3)
 */
public record Parameters(
        int redundancy,
        int ahead,
        int kept,
        int validationRepeatMs,
        int endRepeatMs,
        int requestRepeats) {
    /** Refuses what the chapter PEER does not allow. */
    public Parameters {
        range("redundancy", redundancy, 1, 15);
        range("ahead", ahead, 256, 4096);
        range("kept", kept, 1024, 1_000_000);
        either("validationRepeatMs", validationRepeatMs, 500);
        either("endRepeatMs", endRepeatMs, 250);
        range("requestRepeats", requestRepeats, 0, 2);
    }

    /** The defaults of a revision. */
    public static Parameters ofRevision(int revision) {
        return new Parameters(revision >= 7 ? 10 : 3, 4096, 1024, 500, 250, 2);
    }

    /** Numbers for a deployed partner, which takes a repeated END for another one. */
    public static Parameters forDeployedPartner() {
        return new Parameters(10, 4096, 1024, 500, 0, 2);
    }

    private static void range(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value);
        }
    }

    private static void either(String name, int value, int other) {
        if (value != 0 && value != other) {
            throw new IllegalArgumentException(name + " is " + value);
        }
    }
}
