package rollwire;

/**
 * A datagram, a value or a state was refused.
 *
 * <p>A refusal is an answer and not a crash (REFUSAL-1): nothing has changed, and the next datagram
 * is handled as if the refused one had never come. It carries no stack trace, because a peer can
 * send bad datagrams at any rate, and a trace is the expensive part of an exception.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RefusalClass kind;
    private final int offset;

    /** A refusal at a byte of a datagram (REFUSAL-3). */
    public Refusal(RefusalClass kind, int offset, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.offset = offset;
    }

    /** A refusal of a value or of a state, which has no offset. */
    public Refusal(RefusalClass kind, String message) {
        this(kind, -1, message);
    }

    /** Why it was refused. */
    public RefusalClass kind() {
        return kind;
    }

    /** The offset in the datagram at which a decoder refused it, or -1 where there is none. */
    public int offset() {
        return offset;
    }
}
