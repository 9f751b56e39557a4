package rollwire;

/** The channel next to an exchange. The exchange looks at it and never changes it. */
public interface Channel extends Sender {
    /** Whether the channel is open. Nothing is sent while it is not (EXCH-10). */
    boolean isOpen();
}
