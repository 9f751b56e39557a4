package rollwire;

/**
 * An episode as a game sees it.
 *
 * @param number counts from 0
 * @param phase where it stands
 * @param end the first frame that is not part of it, or -1 while that is unknown
 * @param agreed whether both peers have named an end; it means something once the end is known
 * @param start how it started, or null while it has not
 * @param hashes how the hashes of the two READYs compare, or null while they are not compared
 */
public record EpisodeState(
        long number, Phase phase, long end, boolean agreed, Start start, Hashes hashes) {
    /** Where an episode stands. */
    public enum Phase {
        /** The own game is ready, and the partner's may not be. */
        WAITING,
        /** The game runs. */
        PLAYING,
        /** The own game has ended, and the end is not settled. */
        ENDING,
        /** The end is settled. */
        COMPLETE
    }

    /** How an episode started. */
    public enum Start {
        /** Both peers were ready. */
        BOTH,
        /** The time was up (EPISODE-4). */
        ALONE
    }

    /** How the hashes of the two READYs compare. */
    public enum Hashes {
        /** Both games start from the same state. */
        EQUAL,
        /** They do not. */
        DIFFERENT
    }
}
