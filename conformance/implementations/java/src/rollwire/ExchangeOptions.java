package rollwire;

/**
 * What an exchange may choose.
 *
 * @param lastingHashes whether received hashes stay in the map after a comparison and a rollback,
 *     the capability {@code lasting-hashes}
 * @param hashSends how often each own hash is sent, 1 to 3; more than 1 only with lasting hashes
 *     (EXCH-36)
 * @param mapBound how many received hashes are kept, at least 4096 (EXCH-19)
 * @param eventBound how many mismatches are kept until the game takes them, at least 4096
 *     (DETECT-14)
 */
public record ExchangeOptions(
        boolean lastingHashes, int hashSends, int mapBound, int eventBound) {
    /** The smallest bound that the rules allow for the map and for the events. */
    public static final int LEAST_BOUND = 4096;

    /** Refuses what the rules do not allow. */
    public ExchangeOptions {
        if (hashSends < 1 || hashSends > 3 || hashSends > 1 && !lastingHashes) {
            throw new IllegalArgumentException("hashSends");
        }
        if (mapBound < LEAST_BOUND || eventBound < LEAST_BOUND) {
            throw new IllegalArgumentException("a bound is below " + LEAST_BOUND);
        }
    }

    /** Hashes that are used up by a comparison and sent once, with the smallest bounds. */
    public static ExchangeOptions plain() {
        return new ExchangeOptions(false, 1, LEAST_BOUND, LEAST_BOUND);
    }

    /** Hashes that last, each sent so many times, with the smallest bounds. */
    public static ExchangeOptions lasting(int hashSends) {
        return new ExchangeOptions(true, hashSends, LEAST_BOUND, LEAST_BOUND);
    }

    /** The same with another bound of the events. */
    public ExchangeOptions withEventBound(int bound) {
        return new ExchangeOptions(lastingHashes, hashSends, mapBound, bound);
    }
}
