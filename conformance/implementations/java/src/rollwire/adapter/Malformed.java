package rollwire.adapter;

/** A request is not one of the adapter protocol. It is answered with {@code error}. */
final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message, null, false, false);
    }
}
