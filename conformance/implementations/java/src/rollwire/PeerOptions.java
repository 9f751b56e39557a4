package rollwire;

/**
 * What a peer is given.
 *
 * @param local the own player index, 0 or 1; the partner has the other one
 * @param firstFrame the frame from which both peers count
 * @param revision the revision of the protocol, 6 or 7: earlier ones lack messages that a peer
 *     sends
 * @param parameters the numbers that it chooses
 * @param exchange the options of its exchange
 */
public record PeerOptions(
        int local, long firstFrame, int revision, Parameters parameters, ExchangeOptions exchange) {
    /** Refuses what no peer can be given. */
    public PeerOptions {
        if (local != 0 && local != 1) {
            throw new IllegalArgumentException("the player index of a peer is 0 or 1");
        }
        Fields.u32("first_frame", firstFrame);
        if (revision < 6 || revision > Codec.NEWEST_REVISION) {
            throw new IllegalArgumentException("a peer needs revision 6 or 7");
        }
        if (parameters.redundancy() > new Codec(revision).maxInputEntries()) {
            throw new IllegalArgumentException("redundancy is too great for the revision");
        }
    }

    /** The newest revision, the default parameters and a plain exchange. */
    public static PeerOptions of(int local, long firstFrame) {
        int revision = Codec.NEWEST_REVISION;
        return new PeerOptions(local, firstFrame, revision,
                Parameters.ofRevision(revision), ExchangeOptions.plain());
    }
}
